//! Sentences about a command that does nothing: the state that it needs, or the end that was
//! reached.
//!
//! Must not know: how a command is carried out, how a sentence is shown.

use super::enablement::{CommandState, Enablement, is_in_owner_row, is_step};
use super::table::CommandId;
use crate::app::document::Document;
use crate::app::document::selection::Selection;
use crate::model::{ObjectRef, Record};
use crate::render::View;

impl CommandState<'_> {
    /// Returns the state that a condition asks for, without a full stop.
    pub fn requirement(&self, condition: Enablement) -> &'static str {
        let Some(document) = self.document else {
            return match condition {
                Enablement::ManyMaps => "Only one map is open",
                _ => "Open a map first",
            };
        };
        match condition {
            Enablement::Always | Enablement::Map => "Open a map first",
            Enablement::Fork => "This map was not forked from another one",
            Enablement::Conflicts => "No merge left anything to decide",
            Enablement::SelectedConflict if document.session.map().conflicts().is_empty() => {
                "No merge left anything to decide"
            }
            Enablement::SelectedConflict => "Alt+M goes to what a merge left to decide",
            Enablement::CanUndo => "There is nothing to undo",
            Enablement::CanRedo => "There is nothing to redo",
            Enablement::Touchpoint => "Select one touchpoint first",
            Enablement::Touchpoints => "Select a touchpoint first",
            Enablement::TouchpointOrStage => "Select a touchpoint or a stage first",
            Enablement::Path => "Select a path first",
            Enablement::Lane => "Select a lane first",
            Enablement::Foldable => "Select a touchpoint, a stage or a lane first",
            Enablement::Reorderable if document.view == View::Ownership => {
                "Select a touchpoint or a stage first"
            }
            Enablement::Reorderable if is_step(document) => {
                "Alt with ← and → moves it; Alt with ↑ and ↓ moves lanes and reference data"
            }
            Enablement::Reorderable => {
                "Select a lane, a persona, a department, a channel or an environment first"
            }
            Enablement::ShowsLink => "Select a touchpoint with a link first",
            Enablement::Deletable
                if matches!(document.selection.object(), Some(ObjectRef::Lane(_))) =>
            {
                "The page Lanes (Ctrl+L) hides lanes, and deletes those of your own"
            }
            Enablement::Selected | Enablement::Deletable => "Select something first",
            Enablement::Highlighted => {
                "Nothing is highlighted: U, P, a filter or a search does that"
            }
            Enablement::HasSavedViews => "This map has no saved views: Alt+V saves the present one",
            Enablement::ShowsSavedLanes => "The lanes are those of the map",
            Enablement::Filtered => "No filter is active",
            Enablement::Comparing => "Choose a map to compare with first",
            Enablement::ManyMaps => "Only one map is open",
        }
    }
}

/// Returns why an enabled command has changed nothing, without a full stop; `None` if that is
/// seen anyway.
pub(crate) fn end_reached(id: CommandId, document: &Document) -> Option<String> {
    let empty = document.session.map().touchpoints().next().is_none();
    let persona = document.chosen_persona();
    let whose = persona.map_or("Customer", |persona| persona.name());
    let step = match document.selection.object() {
        Some(ObjectRef::Stage(_)) => "stage",
        _ => "touchpoint",
    };
    Some(match id {
        CommandId::MoveLeft => "This is the first place already".to_owned(),
        CommandId::MoveRight => "This is the last place already".to_owned(),
        CommandId::MoveUp if is_in_owner_row(document) => "No row is above".to_owned(),
        CommandId::MoveDown if is_in_owner_row(document) => "No row is below".to_owned(),
        CommandId::MoveUp => "This is the first in its list already".to_owned(),
        CommandId::MoveDown => "This is the last in its list already".to_owned(),
        CommandId::SelectNext
        | CommandId::SelectPrevious
        | CommandId::SelectUp
        | CommandId::SelectDown
        | CommandId::SelectAll
            if empty =>
        {
            "This map has no touchpoint yet: A adds one".to_owned()
        }
        CommandId::SelectNext => format!("This is the last {step}"),
        CommandId::SelectPrevious => format!("This is the first {step}"),
        CommandId::SelectUp => "Nothing is above".to_owned(),
        CommandId::SelectDown => "Nothing is below".to_owned(),
        CommandId::SelectAll => "All touchpoints are selected".to_owned(),
        CommandId::SelectStage => "The whole stage is selected".to_owned(),
        CommandId::Rename if matches!(document.selection, Selection::Touchpoints(_)) => {
            "Several touchpoints have no name in common: select one".to_owned()
        }
        CommandId::ConnectTo => {
            "Choose the touchpoint to which the path leads, or type its name".to_owned()
        }
        CommandId::Findings => "The findings are listed in the left panel".to_owned(),
        CommandId::Delete => "There is no text to delete in this lane".to_owned(),
        CommandId::RaiseFeeling => format!("{whose} feels +2.0 already, the highest score"),
        CommandId::CheckStage => "This was noted as checked today already".to_owned(),
        CommandId::LowerFeeling => format!("{whose} feels −2.0 already, the lowest score"),
        CommandId::NeutralFeeling => format!("{whose} feels 0.0 already"),
        CommandId::ViewJourney
        | CommandId::ViewFlow
        | CommandId::ViewOwnership
        | CommandId::ViewFindings
        | CommandId::ViewScores => format!("This is the {} already", id.label().to_lowercase()),
        _ => return None,
    })
}
