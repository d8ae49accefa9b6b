//! What the plain lists of a map mean as a graph.
//!
//! [`Graph`] is derived from a map, once a revision, and never saved: typed nodes
//! and edges, and what can be asked about them. [`Flow`] is the part of it that
//! says how the journey goes on, cheap enough to be derived stage by stage.
//! Positions are indices into [`crate::model::Map::touchpoints`] order and hold
//! for one revision only; petgraph's own indices never leave this folder.
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
