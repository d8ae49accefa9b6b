//! The side panels: the inspector on the right; outline, lanes, entities, findings and
//! history on the left.
//!
//! Panels read a [`crate::app::context::Context`] and push commands into its queue.
//!
//! Must not know: sessions, files, the canvas, the execution of commands.

mod choice;
mod field;
mod finding;
mod finding_rows;
mod findings;
mod form;
mod history;
mod inspector;
mod lanes;
mod list;
mod outline;
mod outline_rows;
mod palette_page;
mod people;
mod reorder;
#[cfg(test)]
mod tests;
mod widgets;

pub use field::{focus_field, point_at_field};
pub use findings::{findings, focus_findings};
pub use history::history;
pub use inspector::inspector;
pub use lanes::lanes;
pub use list::{belongs_to_list, list_has_keyboard};
pub use outline::outline;
pub use palette_page::palette_page;
pub use people::people;
