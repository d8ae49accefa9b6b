//! Commands that assign departments, channels, environments and personas to the
//! selection: by number key, or from the Assign page.
//!
//! Must not know: how anything is drawn.

use crate::app::app::App;
use crate::app::command::action::UiAction;
use crate::app::command::table::CommandId;
use crate::app::editing::assign;
use crate::app::editing::assign::Assignment;
use crate::model::{Map, TouchpointId};

/// Assignment of a number key: the record at this index, counted from 0.
fn numbered_assignment(map: &Map, id: CommandId, place: usize) -> Option<Assignment> {
    Some(match id {
        CommandId::AssignOwner => {
            let it = map.departments().as_slice().get(place)?;
            Assignment::Owner(Some(it.id.clone()))
        }
        CommandId::AssignChannel => {
            let it = map.channels().as_slice().get(place)?;
            Assignment::Channel(Some(it.id.clone()))
        }
        CommandId::AssignEnvironment => {
            let it = map.environments().as_slice().get(place)?;
            Assignment::Environment(Some(it.id.clone()))
        }
        CommandId::AssignPersona => {
            let it = map.personas().as_slice().get(place)?;
            Assignment::Persona(it.id.clone())
        }
        _ => return None,
    })
}

impl App {
    /// Runs a command by its shortcut with this index.
    pub(crate) fn run_numbered_command(&mut self, id: CommandId, nth: usize) {
        let gives = matches!(
            id,
            CommandId::AssignOwner
                | CommandId::AssignChannel
                | CommandId::AssignEnvironment
                | CommandId::AssignPersona
        );
        if !gives {
            self.actions.push(UiAction::RunCommand(id));
            return;
        }
        let Some(document) = self.document() else {
            return;
        };
        match numbered_assignment(document.session.map(), id, nth) {
            Some(gift) => self.actions.push(UiAction::Assign(gift)),
            None => self.actions.push(UiAction::RunCommand(id)),
        }
    }

    /// Assigns a value to the selected touchpoints, or removes it if all have it.
    pub(crate) fn assign(&mut self, gift: &Assignment) {
        let Some(document) = self.document() else {
            return;
        };
        let ids: Vec<TouchpointId> = document.selection.touchpoints().to_vec();
        if ids.is_empty() {
            self.ui
                .toasts
                .push("Select touchpoints first, or drag it onto one.".to_owned());
            return;
        }
        if let Some(intent) = assign::toggle_intent(document.session.map(), &ids, gift) {
            self.apply_intent(&intent, None);
        }
    }
}
