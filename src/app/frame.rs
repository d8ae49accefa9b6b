//! The context of one frame: the data that parts of the window read, and the queue
//! of actions through which they change anything.
//!
//! Must not know: the application, handlers, files.

use super::command::CommandState;
use super::command::action::UiAction;
use super::command::table::CommandId;
use super::document::{Appearance, Document};
use super::ui::toasts::Toasts;
use crate::session::IdGenerator;
use crate::settings::Preferences;
use crate::text::Typesetter;
use crate::theme::Theme;

/// Borrowed state of the window, given to each of its parts for one frame.
///
/// The document is mutable for the state of its view only (camera, selection);
/// its map changes through [`UiAction::Edit`].
pub(crate) struct FrameCx<'a> {
    /// The document in front.
    pub document: &'a mut Document,
    /// Colors in force.
    pub theme: &'static Theme,
    /// Theme, palette and density of maps.
    pub appearance: Appearance,
    /// Preferences of the user.
    pub preferences: &'a Preferences,
    /// Shared text measurement.
    pub typesetter: &'a mut Typesetter,
    /// Whether more than one map is open.
    pub several_maps_open: bool,
    /// Source of new ids.
    pub ids: &'a mut IdGenerator,
    /// Actions, carried out after the frame.
    pub actions: &'a mut Vec<UiAction>,
    /// Messages to the user.
    pub toasts: &'a mut Toasts,
}

impl FrameCx<'_> {
    /// Queues a command of the command table.
    pub fn run(&mut self, id: CommandId) {
        self.actions.push(UiAction::RunCommand(id));
    }

    /// State for the conditions of commands.
    pub fn commands(&self) -> CommandState<'_> {
        CommandState {
            document: Some(self.document),
            several_maps_open: self.several_maps_open,
            text_is_undone: false,
        }
    }

    /// State of the option that a command toggles; `None` if it toggles none.
    pub fn is_checked(&self, id: CommandId) -> Option<bool> {
        id.is_checked(self.document, self.preferences)
    }
}
