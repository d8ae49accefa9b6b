//! Tools of the canvas: dragging cards, stages and faces, rubber-band selection,
//! connecting, inline editing.
//!
//! Each tool is a small state machine: it takes pointer positions and returns an
//! intent, which is previewed while the button is down and committed as one step on
//! release. `drive` drives the tools.
//!
//! Must not know: egui, sessions (the state machines).

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

/// A drag in progress.
#[derive(Clone, Debug)]
pub enum Gesture {
    /// Moves cards.
    Cards(Box<Cards>),
    /// Moves a stage.
    Stage(StageDrag),
    /// Changes a feeling.
    Face(Box<FaceDrag>),
    /// Assigns an owner.
    Owner(OwnerDrag),
    /// Selects by a rectangle.
    Band(Band),
    /// Draws or reroutes a path.
    Wire(Wire),
}

impl Gesture {
    /// Starts the tool for the subject at the press position. `band` starts a
    /// rubber-band selection in any case; with `keep` the selection is extended.
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

    /// Returns the intent for the pointer position, or `None` if nothing changes.
    pub fn proposal(&self, places: &Places, at: (f64, f64)) -> Option<Intent> {
        match self {
            Gesture::Cards(cards) => cards.proposal(places, at.0),
            Gesture::Stage(stage) => Some(stage.proposal(places, at.0)),
            Gesture::Face(face) => Some(face.proposal(at.1)),
            Gesture::Owner(_) | Gesture::Band(_) | Gesture::Wire(_) => None,
        }
    }
}

/// The active tool and its state between frames.
#[derive(Default)]
pub struct Hands {
    /// Current drag.
    held: Option<Gesture>,
    /// Current inline edit.
    pub(crate) editor: Option<Editor>,
    /// Card that shows its connect handle.
    handle: Option<TouchpointId>,
    /// Card at the drop position.
    over: Option<TouchpointId>,
    /// Last rectangle of the path popup.
    popup: Option<Rect>,
    /// Whether the label of a new path gets the focus.
    pub(super) name_path: bool,
    /// Last pointer position that was previewed.
    last: (f64, f64),
    places: Option<(Arc<Scene>, Arc<Places>)>,
    /// The context menu.
    pub menu: ContextMenu,
}

impl Hands {
    /// Returns the text covered by the inline editor.
    pub fn writing(&self) -> Option<(Tag, Said)> {
        self.editor.as_ref().map(Editor::text)
    }

    /// Returns the card geometry of a scene, cached.
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

    /// Returns the outlines of the dragged subjects and the drop target.
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
