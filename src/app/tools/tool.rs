//! The tools that drag something on the canvas, and the state of the active one between frames.
//!
//! Must not know: sessions, the effects of the tools.

use super::connect::ConnectTool;
use super::context_menu::ContextMenu;
use super::drag_feeling::DragFeelingTool;
use super::drag_owner::DragOwnerTool;
use super::insertion_slot::stages;
use super::marquee::Marquee;
use super::move_cards::MoveCardsTool;
use crate::app::canvas::OverlayKind;
use crate::app::command::action::Selection;
use crate::app::document::camera_target::DrawnView;
use crate::edit::Intent;
use crate::model::{Map, ObjectRef, StageId, TouchpointId};
use crate::scene::ObjectId;
use crate::theme::Sizes;
use egui::Rect;

/// A drag in progress.
#[derive(Clone, Debug)]
pub enum Tool {
    /// Moves cards.
    MoveCards(Box<MoveCardsTool>),
    /// Moves a stage.
    MoveStage(StageId),
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
        drawn: &DrawnView<'_>,
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
            ObjectId::Object(ObjectRef::Touchpoint(id)) => {
                let selected = selection.touchpoints();
                let one = std::slice::from_ref(id);
                let ids = if selected.contains(id) { selected } else { one };
                let (x, _) = drawn.scene.to_strip(at);
                Tool::MoveCards(Box::new(MoveCardsTool::start(map, ids, drawn.strip(), x)))
            }
            ObjectId::Object(ObjectRef::Stage(id)) => Tool::MoveStage(id.clone()),
            ObjectId::Object(ObjectRef::Feeling(id, persona)) => {
                let persona = persona.as_ref();
                Tool::DragFeeling(Box::new(DragFeelingTool::start(
                    map, id, persona, at.1, sizes,
                )?))
            }
            _ => return None,
        })
    }

    /// Returns the intent for the pointer position, or `None` if nothing changes.
    pub fn proposal(&self, drawn: &DrawnView<'_>, at: (f64, f64)) -> Option<Intent> {
        let (strip, (x, _)) = (drawn.strip(), drawn.scene.to_strip(at));
        match self {
            Tool::MoveCards(cards) => cards.proposal(strip, x),
            Tool::MoveStage(id) => {
                let others = stages(strip).filter(|(other, _)| *other != id);
                Some(Intent::MoveStage {
                    id: id.clone(),
                    to: others.filter(|(_, area)| area.center_x() < x).count(),
                })
            }
            Tool::DragFeeling(face) => Some(face.proposal(at.1)),
            Tool::DragOwner(_) | Tool::Marquee(_) | Tool::Connect(_) => None,
        }
    }
}

/// The active tool and its state between frames.
#[derive(Default)]
pub struct ToolState {
    /// Current drag.
    pub(super) active: Option<Tool>,
    /// Card that shows its connect handle.
    pub(super) handle_card: Option<TouchpointId>,
    /// Card at the pointer, or at whose plus the pointer is.
    pub(super) plus_card: Option<TouchpointId>,
    /// Card at the drop position.
    pub(super) drop_card: Option<TouchpointId>,
    /// Last rectangle of the path popup.
    pub(super) popup_rect: Option<Rect>,
    /// Whether the label of a new path gets the focus.
    pub(crate) focus_path_label: bool,
    /// Last pointer position that was previewed.
    pub(super) last_position: (f64, f64),
    /// The context menu.
    pub menu: ContextMenu,
}

impl ToolState {
    /// Returns the outlines of the dragged subjects and the drop target.
    pub fn drop_targets(&self) -> Vec<(ObjectId, OverlayKind)> {
        let mut targets: Vec<ObjectId> = Vec::new();
        let card = |id: &TouchpointId| ObjectRef::Touchpoint(id.clone()).into();
        match &self.active {
            Some(Tool::MoveCards(cards)) => targets.extend(cards.ids.iter().map(card)),
            Some(Tool::MoveStage(id)) => targets.push(ObjectRef::Stage(id.clone()).into()),
            Some(Tool::DragOwner(owner)) => targets.extend(owner.tags()),
            _ => {}
        }
        targets.extend(self.drop_card.iter().map(card));
        let target = |tag| (tag, OverlayKind::Target);
        targets.into_iter().map(target).collect()
    }
}
