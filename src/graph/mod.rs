//! What the plain lists of a map mean as a graph.
//!
//! [`Graph`] is derived from a map, once a revision, and never saved: typed nodes
//! and edges, and what can be asked about them. [`Flow`] is the part of it that
//! says how the journey goes on, cheap enough to be derived stage by stage.
//! Positions are indices into [`crate::model::Map::touchpoints`] order and hold
//! for one revision only; petgraph's own indices never leave this folder.
//! Must not know: drawing, files, windows, rules.

mod branching;
mod emotion_curve;
mod flow;
mod handoff;
mod journey_graph;
mod reachability;
mod routes;
mod stage_flow;
mod traffic;
mod trails;

#[cfg(test)]
mod proptests;
#[cfg(test)]
mod tests;

pub use branching::{Branch, Fork};
pub use emotion_curve::{Curve, Moment};
pub use flow::{Flow, Link};
pub use handoff::{Cell, Handoff, Silos};
pub use journey_graph::{Edge, Graph, Node};
pub use routes::{Direct, Time, Way, Ways};
pub use stage_flow::{Leg, Open, Place, StageFlow, To, locate, onward};
pub use traffic::Stream;
pub use trails::Wanderings;
