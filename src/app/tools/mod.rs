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

pub use drag_feeling::shift_feelings as feel;

use super::canvas::OverlayKind;
use super::canvas::card_geometry::CardGeometry;
use super::command::action::Selection;
use super::inline_edit::InlineEditor;
use crate::edit::Intent;
use crate::model::{Field, Map, TouchpointId};
use crate::scene::{ObjectId, Scene};
use crate::theme::Sizes;
use connect::ConnectTool;
use context_menu::ContextMenu;
use drag_feeling::DragFeelingTool;
use drag_owner::DragOwnerTool;
use egui::Rect;
use marquee::Marquee;
use move_cards::MoveCardsTool;
use move_stage::MoveStageTool;
use std::sync::Arc;

/// A drag in progress.
#[derive(Clone, Debug)]
pub enum Tool {
    /// Moves cards.
    MoveCards(Box<MoveCardsTool>),
    /// Moves a stage.
    MoveStage(MoveStageTool),
    /// Changes a feeling.
    DragFeeling(Box<DragFeelingTool>),
    /// Assigns an owner.
    DragOwner(DragOwnerTool),
    /// Selects by a rectangle.
    Marquee(Marquee),
    /// Draws or reroutes a path.
    Connect(ConnectTool),
}

impl Tool {
    /// Starts the tool for the subject at the press position. `band` starts a
    /// rubber-band selection in any case; with `keep` the selection is extended.
    pub fn begin(
        map: &Map,
        places: &CardGeometry,
        selection: &Selection,
        tag: Option<&ObjectId>,
        at: (f64, f64),
        (band, keep): (bool, bool),
        sizes: &Sizes,
    ) -> Option<Tool> {
        if band {
            let kept = if keep { selection.touchpoints() } else { &[] };
            return Some(Tool::Marquee(Marquee::start(at, kept)));
        }
        Some(match tag? {
            ObjectId::Card(id) => {
                let selected = selection.touchpoints();
                let one = std::slice::from_ref(id);
                let ids = if selected.contains(id) { selected } else { one };
                Tool::MoveCards(Box::new(MoveCardsTool::start(map, ids, places, at.0)))
            }
            ObjectId::Stage(id) => Tool::MoveStage(MoveStageTool { id: id.clone() }),
            ObjectId::Face(id, persona) => {
                let persona = persona.as_ref();
                Tool::DragFeeling(Box::new(DragFeelingTool::start(
                    map, id, persona, at.1, sizes,
                )?))
            }
            _ => return None,
        })
    }

    /// Returns the intent for the pointer position, or `None` if nothing changes.
    pub fn proposal(&self, places: &CardGeometry, at: (f64, f64)) -> Option<Intent> {
        match self {
            Tool::MoveCards(cards) => cards.proposal(places, at.0),
            Tool::MoveStage(stage) => Some(stage.proposal(places, at.0)),
            Tool::DragFeeling(face) => Some(face.proposal(at.1)),
            Tool::DragOwner(_) | Tool::Marquee(_) | Tool::Connect(_) => None,
        }
    }
}

/// The active tool and its state between frames.
#[derive(Default)]
pub struct ToolState {
    /// Current drag.
    active: Option<Tool>,
    /// Current inline edit.
    pub(crate) editor: Option<InlineEditor>,
    /// Card that shows its connect handle.
    handle_card: Option<TouchpointId>,
    /// Card at the drop position.
    drop_card: Option<TouchpointId>,
    /// Last rectangle of the path popup.
    popup_rect: Option<Rect>,
    /// Whether the label of a new path gets the focus.
    pub(super) focus_path_label: bool,
    /// Last pointer position that was previewed.
    last_position: (f64, f64),
    geometry: Option<(Arc<Scene>, Arc<CardGeometry>)>,
    /// The context menu.
    pub menu: ContextMenu,
}

impl ToolState {
    /// Returns the text covered by the inline editor.
    pub fn edited_text(&self) -> Option<(ObjectId, Field)> {
        self.editor.as_ref().map(InlineEditor::text_address)
    }

    /// Returns the card geometry of a scene, cached.
    fn card_geometry(&mut self, scene: &Arc<Scene>) -> Arc<CardGeometry> {
        match &self.geometry {
            Some((known, places)) if Arc::ptr_eq(known, scene) => places.clone(),
            _ => {
                let places = Arc::new(CardGeometry::from_scene(scene));
                self.geometry = Some((scene.clone(), places.clone()));
                places
            }
        }
    }

    /// Returns the outlines of the dragged subjects and the drop target.
    pub fn drop_targets(&self) -> Vec<(ObjectId, OverlayKind)> {
        let mut targets = Vec::new();
        match &self.active {
            Some(Tool::MoveCards(cards)) => {
                targets.extend(cards.ids.iter().cloned().map(ObjectId::Card));
            }
            Some(Tool::MoveStage(stage)) => targets.push(ObjectId::Stage(stage.id.clone())),
            Some(Tool::DragOwner(owner)) => targets.extend(owner.tags()),
            _ => {}
        }
        targets.extend(self.drop_card.iter().cloned().map(ObjectId::Card));
        let target = |tag| (tag, OverlayKind::Target);
        targets.into_iter().map(target).collect()
    }
}
