//! Enablement of commands.
//!
//! Must not know: commands, egui.

use crate::app::document::Document;
use crate::app::document::conflicts::conflicts_of;
use crate::app::document::selection::Selection;
use crate::model::{Lane, LaneKind, ObjectRef};
use crate::render::View;

/// Condition under which a command is enabled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Enablement {
    /// No condition.
    Always,
    /// A map is open.
    Map,
    /// The map is a fork of another one.
    Fork,
    /// A merge left something to decide.
    Conflicts,
    /// A merge left something to decide about the selection.
    SelectedConflict,
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
    /// Touchpoints, a stage or a lane are selected.
    Foldable,
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
    /// The map has saved views.
    HasSavedViews,
    /// The lanes are those of a saved view.
    ShowsSavedLanes,
    /// A filter is active.
    Filtered,
    /// The map is compared with another one.
    Comparing,
    /// More than one map is open.
    ManyMaps,
}

/// State that the conditions of commands look at.
#[derive(Clone, Copy, Default)]
pub struct CommandState<'a> {
    /// The map in front, if one is open and shown.
    pub document: Option<&'a Document>,
    /// Whether more than one map is open.
    pub several_maps_open: bool,
    /// Whether a text is undone first, so that there are no steps to undo or redo.
    pub text_is_undone: bool,
}

impl CommandState<'_> {
    /// Whether a condition holds.
    pub fn holds(&self, condition: Enablement) -> bool {
        let Some(document) = self.document else {
            return condition == Enablement::Always
                || condition == Enablement::ManyMaps && self.several_maps_open;
        };
        let history = document.session.history();
        let object = document.selection.object();
        let several = matches!(document.selection, Selection::Touchpoints(_));
        match condition {
            Enablement::Always | Enablement::Map => true,
            Enablement::ManyMaps => self.several_maps_open,
            Enablement::Fork => document.session.map().header().forked_from.is_some(),
            Enablement::Conflicts => !document.session.map().conflicts().is_empty(),
            Enablement::SelectedConflict => {
                let map = document.session.map();
                conflicts_of(map, &document.selection).next().is_some()
            }
            Enablement::CanUndo => history.done().len() > 0 && !self.text_is_undone,
            Enablement::CanRedo => history.undone().len() > 0 && !self.text_is_undone,
            Enablement::Touchpoint => matches!(object, Some(ObjectRef::Touchpoint(_))),
            Enablement::Touchpoints => !document.selection.touchpoints().is_empty(),
            Enablement::TouchpointOrStage => is_step(document),
            Enablement::Path => matches!(object, Some(ObjectRef::Path { .. })),
            Enablement::Lane => matches!(object, Some(ObjectRef::Lane(_))),
            Enablement::Foldable => matches!(object, Some(ObjectRef::Lane(_))) || is_step(document),
            Enablement::Reorderable => {
                let fixed = matches!(object, Some(ObjectRef::Path { .. })) || is_step(document);
                is_in_owner_row(document) || (object.is_some() && !fixed)
            }
            Enablement::ShowsLink => document.selected_link().is_some(),
            Enablement::Selected => object.is_some() || several,
            Enablement::Deletable => match object {
                Some(object) => !matches!(object, ObjectRef::Lane(_)),
                None => several,
            },
            Enablement::Highlighted => {
                document.view == View::Compare
                    || document.highlighting.is_active()
                    || document.highlights_dominators()
            }
            Enablement::HasSavedViews => !document.session.map().saved_views().is_empty(),
            Enablement::ShowsSavedLanes => document.lanes.is_some(),
            Enablement::Comparing => document.comparison.is_some(),
            Enablement::Filtered => !document.highlighting.filter.is_empty(),
        }
    }

    /// Whether typed letters are text, because the lane cursor is in a lane.
    pub fn types_letters(&self) -> bool {
        self.cursor_lane().is_some()
    }

    /// Whether typed digits and signs are text too. In the feelings lane they change the
    /// score.
    pub fn types_signs(&self) -> bool {
        let lane = self.cursor_lane();
        lane.is_some_and(|lane| lane.kind != LaneKind::Feelings)
    }

    fn cursor_lane(&self) -> Option<&Lane> {
        let document = self.document?;
        let lane = document.cursor_lane.as_ref()?;
        document.session.map().lanes().get(lane)
    }
}

/// Whether touchpoints or a stage are selected, which can have an owner.
pub(super) fn is_step(document: &Document) -> bool {
    let stage = matches!(document.selection.object(), Some(ObjectRef::Stage(_)));
    stage || !document.selection.touchpoints().is_empty()
}

/// Whether the selection is in the row of its owner.
pub fn is_in_owner_row(document: &Document) -> bool {
    document.view == View::Ownership && is_step(document)
}
