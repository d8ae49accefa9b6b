//! Commands that assign departments, channels, environments and personas to the
//! selection: by number key, or from the Assign page.
//!
//! Must not know: how anything is drawn.

use crate::app::app::App;
use crate::app::chrome::side_panels::Page;
use crate::app::command::action::Command;
use crate::app::command::table::CommandId;
use crate::app::editing::assign;
use crate::app::editing::assign::Gift;
use crate::model::{Map, TouchpointId};

/// Assignment of a number key: the record at this index, counted from 0.
fn numbered(map: &Map, id: CommandId, place: usize) -> Option<Gift> {
    Some(match id {
        CommandId::GiveOwner => {
            let it = map.departments().as_slice().get(place)?;
            Gift::Owner(Some(it.id.clone()))
        }
        CommandId::GiveChannel => {
            let it = map.channels().as_slice().get(place)?;
            Gift::Channel(Some(it.id.clone()))
        }
        CommandId::GiveEnvironment => {
            let it = map.environments().as_slice().get(place)?;
            Gift::Environment(Some(it.id.clone()))
        }
        CommandId::GivePersona => {
            let it = map.personas().as_slice().get(place)?;
            Gift::Persona(it.id.clone())
        }
        _ => return None,
    })
}

impl App {
    /// Runs a command by its shortcut with this index.
    pub(crate) fn key_pressed(&mut self, id: CommandId, nth: usize) {
        let gives = matches!(
            id,
            CommandId::GiveOwner
                | CommandId::GiveChannel
                | CommandId::GiveEnvironment
                | CommandId::GivePersona
        );
        if !gives {
            self.queue.push(Command::Run(id));
            return;
        }
        let Some(document) = self.document() else {
            return;
        };
        match numbered(document.session.map(), id, nth) {
            Some(gift) => self.queue.push(Command::Give(gift)),
            None => self.queue.push(Command::Run(id)),
        }
    }

    /// Assigns a value to the selected touchpoints, or removes it if all have it.
    pub(crate) fn give(&mut self, gift: &Gift) {
        let Some(document) = self.document() else {
            return;
        };
        let ids: Vec<TouchpointId> = document.selection.touchpoints().to_vec();
        if ids.is_empty() {
            self.toasts
                .say("Select touchpoints first, or drag it onto one.".to_owned());
            return;
        }
        if let Some(intent) = assign::toggle(document.session.map(), &ids, gift) {
            self.edit(&intent, None);
        }
    }

    /// Shows the Assign page.
    pub(crate) fn show_palette_page(&mut self) {
        self.preferences.outline = true;
        self.sides.page = Page::Palette;
    }
}
