//! Enablement of commands.
//!
//! Must not know: commands, egui.

use crate::app::document::Document;
use crate::app::document::selection::Selection;
use crate::model::{LaneKind, ObjectRef};
use crate::render::View;

/// Condition under which a command is enabled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Enablement {
    /// No condition.
    Always,
    /// A map is open.
    Map,
    /// There are steps to undo.
    CanUndo,
    /// There are steps to redo.
    CanRedo,
    /// A touchpoint is selected.
    Touchpoint,
    /// Touchpoints are selected, one or several.
    Touchpoints,
    /// Touchpoints or a stage are selected.
    TouchpointOrStage,
    /// A path is selected.
    Path,
    /// A lane is selected.
    Lane,
    /// A record of a list, or a step in the row of its owner, is selected.
    Reorderable,
    /// The selected touchpoint shows a link.
    ShowsLink,
    /// Anything is selected.
    Selected,
    /// The selection can be deleted.
    Deletable,
    /// Something is highlighted.
    Highlighted,
    /// A filter is active.
    Filtered,
    /// More than one map is open.
    ManyMaps,
}

/// State evaluated by the conditions of commands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CommandState {
    /// Whether a map is open.
    pub map_open: bool,
    /// Whether more than one map is open.
    pub several_maps_open: bool,
    /// Whether there are steps to undo.
    pub can_undo: bool,
    /// Whether there are steps to redo.
    pub can_redo: bool,
    /// Kind of the selection.
    pub selection: SelectionKind,
    /// Whether letters edit the name of the selection in place.
    pub can_type_name: bool,
    /// Whether the lane cursor is in a lane, so that typed text goes there.
    pub in_lane: bool,
    /// Whether the selected lane is hidden.
    pub lane_is_hidden: bool,
    /// Whether the selection is in the row of its owner.
    pub in_owner_row: bool,
    /// Whether the selected cell contains a link.
    pub has_link: bool,
    /// Whether there are highlighted objects to step through.
    pub has_highlight: bool,
    /// Whether a filter is active.
    pub has_filter: bool,
}

/// Kind of the selection.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SelectionKind {
    /// Nothing.
    #[default]
    Nothing,
    /// A stage.
    Stage,
    /// A touchpoint.
    Touchpoint,
    /// Several touchpoints.
    Touchpoints,
    /// A path.
    Path,
    /// A department, channel, environment or persona.
    Record,
    /// A lane.
    Lane,
}

impl CommandState {
    /// State with this document in front, and no other map open.
    pub fn of(document: &Document) -> CommandState {
        let history = document.session.history();
        let selected = SelectionKind::of(&document.selection);
        CommandState {
            map_open: true,
            several_maps_open: false,
            can_undo: history.done().len() > 0,
            can_redo: history.undone().len() > 0,
            selection: selected,
            can_type_name: selected.has_inline_name() && document.view.supports_inline_edit(),
            in_lane: document.cursor_lane.as_ref().is_some_and(|id| {
                let lane = document.session.map().lanes().get(id);
                // In the feelings lane plus and minus change the score.
                lane.is_some_and(|lane| lane.kind != LaneKind::Feelings)
            }),
            lane_is_hidden: match &document.selection {
                Selection::One(ObjectRef::Lane(id)) => {
                    let lane = document.session.map().lanes().get(id);
                    lane.is_some_and(|lane| lane.hidden)
                }
                _ => false,
            },
            in_owner_row: document.view == View::Ownership && selected.is_step(),
            has_link: document.selected_link().is_some(),
            has_highlight: document.highlighting.is_active() || document.highlights_dominators(),
            has_filter: !document.highlighting.filter.is_empty(),
        }
    }
}

impl SelectionKind {
    /// Kind of a selection.
    pub fn of(selection: &Selection) -> SelectionKind {
        let object = match selection {
            Selection::Nothing => return SelectionKind::Nothing,
            Selection::Touchpoints(_) => return SelectionKind::Touchpoints,
            Selection::One(object) => object,
        };
        match object {
            ObjectRef::Stage(_) => SelectionKind::Stage,
            ObjectRef::Touchpoint(_) => SelectionKind::Touchpoint,
            ObjectRef::Path { .. } => SelectionKind::Path,
            ObjectRef::Lane(_) => SelectionKind::Lane,
            _ => SelectionKind::Record,
        }
    }

    /// Whether the selection has a name that can be edited in place.
    pub fn has_inline_name(self) -> bool {
        matches!(self, SelectionKind::Touchpoint | SelectionKind::Stage)
    }

    /// Whether the selection is a touchpoint or stage, which can have an owner.
    pub fn is_step(self) -> bool {
        matches!(
            self,
            SelectionKind::Touchpoint | SelectionKind::Touchpoints | SelectionKind::Stage
        )
    }
}

impl Enablement {
    /// Whether the condition holds.
    pub fn is_met(self, now: &CommandState) -> bool {
        let selected = now.selection;
        match self {
            Enablement::Always => true,
            Enablement::Map => now.map_open,
            Enablement::ManyMaps => now.several_maps_open,
            Enablement::CanUndo => now.can_undo,
            Enablement::CanRedo => now.can_redo,
            Enablement::Touchpoint => selected == SelectionKind::Touchpoint,
            Enablement::Touchpoints => {
                matches!(
                    selected,
                    SelectionKind::Touchpoint | SelectionKind::Touchpoints
                )
            }
            Enablement::TouchpointOrStage => selected.is_step(),
            Enablement::Path => selected == SelectionKind::Path,
            Enablement::Lane => selected == SelectionKind::Lane,
            Enablement::Reorderable => {
                now.in_owner_row || matches!(selected, SelectionKind::Record | SelectionKind::Lane)
            }
            Enablement::Selected => selected != SelectionKind::Nothing,
            Enablement::Deletable => {
                !matches!(selected, SelectionKind::Nothing | SelectionKind::Lane)
            }
            Enablement::ShowsLink => now.has_link,
            Enablement::Highlighted => now.has_highlight,
            Enablement::Filtered => now.has_filter,
        }
    }
}
