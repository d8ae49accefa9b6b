//! The graph view of a map.
//!
//! [`Graph`] is derived from a map, once for each revision, and never saved:
//! typed nodes and edges, and queries on them. [`Flow`] is its part about the
//! order of steps, cheap enough to derive stage by stage. Positions are indices
//! in the order of [`crate::model::Map::touchpoints`] and valid for one revision
//! only; petgraph's own indices never leave this folder.
//!
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
