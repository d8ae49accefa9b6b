//! Widgets and styles that know no map.
//!
//! Must not know: maps, documents, commands.

pub(crate) mod buttons;
pub(crate) mod capture_highlighting;
pub(crate) mod choices;
pub(crate) mod combo_box;
pub(crate) mod drag_reorder;
pub(crate) mod field_focus;
pub(crate) mod list_focus;
pub(crate) mod reserved_space;
pub(crate) mod rows;
pub(crate) mod scroll_to_focus;
pub mod style;
pub(crate) mod text_field;
pub(crate) mod textures;
pub(crate) mod toasts;
pub(crate) mod value_field;
mod word_order;
pub(crate) use crate::text::display_file_name;
pub use field_focus::{focus_field, highlight_field, is_focus_pending};
pub(crate) use field_focus::{focus_new_name, select_text};
pub use list_focus::{is_list_shortcut, list_has_keyboard};

use crate::text::Typesetter;

/// Resources for drawing text and messages.
pub(crate) struct UiResources {
    /// Shared text measurement.
    pub typesetter: Typesetter,
    /// Messages to the user.
    pub toasts: toasts::Toasts,
}
