//! Tools of the canvas: dragging cards, stages and faces, rubber-band selection,
//! connecting.
//!
//! Each tool is a small state machine: it takes pointer positions and returns an
//! intent, which is previewed while the button is down and committed as one step on
//! release. `driver` drives the tools; the map changes by its actions only.
//!
//! Must not know: egui, sessions (the state machines).

mod add_places;
mod connect;
mod connect_handles;
mod context_menu;
mod drag_feeling;
mod drag_owner;
mod drag_preview;
mod driver;
mod insertion_slot;
mod marquee;
mod move_cards;
mod path_popup;
#[cfg(test)]
mod proptests;
mod tool;

pub(crate) use add_places::add_at;
pub use tool::ToolState;
