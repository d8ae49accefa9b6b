//! The graph view of a map.
//!
//! [`Graph`] is derived from a map, once for each revision, and never saved:
//! typed nodes and edges, and queries on them. [`Flow`] is its part about the
//! order of steps, cheap enough to derive stage by stage. Positions are indices
//! in the order of [`crate::model::Map::touchpoints`] and valid for one revision
//! only; petgraph's own indices never leave this folder.
//!
//! Must not know: drawing, files, windows, rules.

mod flow;
mod fork;
mod handoff;
mod mood;
mod network;
mod reach;
mod stage;
mod stream;
mod wander;
mod way;

#[cfg(test)]
mod case;
#[cfg(test)]
mod laws;

pub use flow::{Flow, Link};
pub use fork::{Branch, Fork};
pub use handoff::{Cell, Handoff, Silos};
pub use mood::{Curve, Moment};
pub use network::{Edge, Graph, Node};
pub use stage::{Leg, Open, Place, StageFlow, To, locate, onward};
pub use stream::Stream;
pub use wander::Wanderings;
pub use way::{Direct, Time, Way, Ways};
