//! The side panels: the inspector on the right; outline, lanes, entities, findings,
//! history and saved views on the left.
//!
//! Panels read a `PanelContext` and push actions into its queue.
//!
//! Must not know: sessions, files, the canvas, the execution of commands.

mod assign;
pub(crate) mod context;
mod differences;
mod entities;
mod entity;
mod findings;
mod form;
mod hints;
mod history;
mod inspector;
mod lanes;
mod outline;
mod saved_views;
#[cfg(test)]
mod tests;
mod versions;

pub use differences::differences;
pub use findings::findings;
pub use history::history;
pub use inspector::inspector;
pub use lanes::lanes;

pub use assign::assign_panel;
pub use entities::entities_panel;
pub use outline::outline;
pub use saved_views::{SavedViewThumbnails, saved_views};
