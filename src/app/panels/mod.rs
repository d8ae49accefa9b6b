//! The panels around the map: the inspector on the right; outline, lanes,
//! people and findings on the left.
//!
//! Panels read a [`crate::app::context::Context`] and push commands into its
//! queue. Must not know: sessions, files, the canvas, who carries commands out.

mod choice;
mod findings;
mod form;
mod inspector;
mod lanes;
mod outline;
mod outline_rows;
mod people;
mod reorder;
#[cfg(test)]
mod tests;
mod widgets;

pub use findings::findings;
pub use form::focus_field;
pub use inspector::inspector;
pub use lanes::lanes;
pub use outline::outline;
pub use people::people;
