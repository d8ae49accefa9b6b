//! The context of one frame: the data that parts of the window read, and the queue
//! of actions through which they change anything.
//!
//! Must not know: the application, handlers, files.

use super::command::CommandState;
use super::command::action::UiAction;
use super::document::{Appearance, Document};
use super::ui::toasts::Toasts;
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
    /// Enabled and checked state of commands, computed once a frame.
    pub commands: CommandState,
    /// Actions, carried out after the frame.
    pub actions: &'a mut Vec<UiAction>,
    /// Messages to the user.
    pub toasts: &'a mut Toasts,
}
