//! What the plain lists of a map mean as a graph.
//!
//! Derived from the map and never saved. Positions are indices into
//! [`crate::model::Map::touchpoints`] order and hold for one revision only.
//! Must not know: drawing, files, windows.

mod flow;
mod stage;

pub use flow::{Flow, Link};
pub use stage::{Leg, Open, Place, StageFlow, To, locate, onward};
