//! The active tool of the canvas and its state between frames.
//!
//! Must not know: the effects of the tools.

use super::context_menu::ContextMenu;
use super::tool::Tool;
use crate::app::canvas::OverlayKind;
use crate::model::{ObjectRef, TouchpointId};
use crate::scene::ObjectId;
use egui::Rect;

/// The active tool and its state between frames.
#[derive(Default)]
pub struct ToolState {
    /// Current drag.
    pub(super) active: Option<Tool>,
    /// Card that shows its connect handle.
    pub(super) handle_card: Option<TouchpointId>,
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
