//! What hands do on the map: drag cards, stages and faces, draw a box, draw
//! paths, write texts in place.
//!
//! Each gesture is a small machine of its own: where the pointer is goes in, a
//! wish comes out, which is proposed while the button is down and becomes one
//! step when it is released. `drive` feeds them. The machines must not know:
//! egui, sessions.

mod connect;
mod connect_handles;
mod context_menu;
mod drag_feeling;
mod drag_owner;
mod drag_preview;
mod driver;
mod marquee;
mod move_cards;
mod move_stage;
mod path_popup;
#[cfg(test)]
mod proptests;

pub use drag_feeling::step as feel;

use super::canvas::OverlayKind;
use super::canvas::card_geometry::Places;
use super::command::action::Selection;
use super::inline_edit::Editor;
use crate::edit::Intent;
use crate::model::{Map, Said, TouchpointId};
use crate::scene::{Scene, Tag};
use crate::theme::Sizes;
use connect::Wire;
use context_menu::ContextMenu;
use drag_feeling::FaceDrag;
use drag_owner::OwnerDrag;
use egui::Rect;
use marquee::Band;
use move_cards::Cards;
use move_stage::StageDrag;
use std::sync::Arc;

/// What is in the hand.
#[derive(Clone, Debug)]
pub enum Gesture {
    /// Cards on their way.
    Cards(Box<Cards>),
    /// A stage on its way.
    Stage(StageDrag),
    /// A face on its curve.
    Face(Box<FaceDrag>),
    /// What somebody else shall own.
    Owner(OwnerDrag),
    /// A box that selects.
    Band(Band),
    /// A path.
    Wire(Wire),
}

impl Gesture {
    /// Takes up what lies under a button that went down here. `band`: draws a
    /// box whatever lies there; `keep`: what is selected stays selected then.
    pub fn begin(
        map: &Map,
        places: &Places,
        selection: &Selection,
        tag: Option<&Tag>,
        at: (f64, f64),
        (band, keep): (bool, bool),
        sizes: &Sizes,
    ) -> Option<Gesture> {
        if band {
            let kept = if keep { selection.touchpoints() } else { &[] };
            return Some(Gesture::Band(Band::start(at, kept)));
        }
        Some(match tag? {
            Tag::Card(id) => {
                let selected = selection.touchpoints();
                let one = std::slice::from_ref(id);
                let ids = if selected.contains(id) { selected } else { one };
                Gesture::Cards(Box::new(Cards::take(map, ids, places, at.0)))
            }
            Tag::Stage(id) => Gesture::Stage(StageDrag { id: id.clone() }),
            Tag::Face(id, persona) => {
                let persona = persona.as_ref();
                Gesture::Face(Box::new(FaceDrag::take(map, id, persona, at.1, sizes)?))
            }
            _ => return None,
        })
    }

    /// What the pointer here asks for; `None`: that all stays as it was.
    pub fn proposal(&self, places: &Places, at: (f64, f64)) -> Option<Intent> {
        match self {
            Gesture::Cards(cards) => cards.proposal(places, at.0),
            Gesture::Stage(stage) => Some(stage.proposal(places, at.0)),
            Gesture::Face(face) => Some(face.proposal(at.1)),
            Gesture::Owner(_) | Gesture::Band(_) | Gesture::Wire(_) => None,
        }
    }
}

/// What the hands hold, and what they need to know between frames.
#[derive(Default)]
pub struct Hands {
    /// What is being dragged.
    held: Option<Gesture>,
    /// The text that is being written in place.
    pub(crate) editor: Option<Editor>,
    /// The card that shows its handle.
    handle: Option<TouchpointId>,
    /// The card on which something would be dropped.
    over: Option<TouchpointId>,
    /// Where what can be said about a path was shown last.
    popup: Option<Rect>,
    /// A path was drawn: its name is what is typed next.
    pub(super) name_path: bool,
    /// Where the pointer was when it last asked for something.
    last: (f64, f64),
    places: Option<(Arc<Scene>, Arc<Places>)>,
    /// The menu of what is selected.
    pub menu: ContextMenu,
}

impl Hands {
    /// The text that is being written over the map.
    pub fn writing(&self) -> Option<(Tag, Said)> {
        self.editor.as_ref().map(Editor::text)
    }

    /// Where things are in a picture.
    fn places(&mut self, scene: &Arc<Scene>) -> Arc<Places> {
        match &self.places {
            Some((known, places)) if Arc::ptr_eq(known, scene) => places.clone(),
            _ => {
                let places = Arc::new(Places::of(scene));
                self.places = Some((scene.clone(), places.clone()));
                places
            }
        }
    }

    /// What is outlined for what is being dragged: the gap where it will land.
    pub fn targets(&self) -> Vec<(Tag, OverlayKind)> {
        let mut targets = Vec::new();
        match &self.held {
            Some(Gesture::Cards(cards)) => {
                targets.extend(cards.ids.iter().cloned().map(Tag::Card));
            }
            Some(Gesture::Stage(stage)) => targets.push(Tag::Stage(stage.id.clone())),
            Some(Gesture::Owner(owner)) => targets.extend(owner.tags()),
            _ => {}
        }
        targets.extend(self.over.iter().cloned().map(Tag::Card));
        let target = |tag| (tag, OverlayKind::Target);
        targets.into_iter().map(target).collect()
    }
}
