//! The graph view of a map.
//!
//! [`Graph`] is derived from a map, once for each revision, and never saved:
//! touchpoints and the links between them, and queries on them. [`Flow`] is its part about the
//! order of steps, cheap enough to derive stage by stage. Positions are indices
//! in the order of [`crate::model::Map::touchpoints`] and valid for one revision
//! only; petgraph's own indices never leave this folder.
//!
//! Must not know: drawing, files, windows, rules.

mod absorbing_chain;
mod emotion_curve;
mod flow;
mod handoff;
mod journey_graph;
mod reachability;
mod routes;
mod stage_flow;
mod starts;
mod step_scores;
mod traffic;
mod trails;

#[cfg(test)]
mod proptests;
#[cfg(test)]
mod tests;

pub use absorbing_chain::AbsorbingChain;
pub use emotion_curve::{CurvePoint, EmotionCurve};
pub use flow::Flow;
pub use handoff::{Handoff, HandoffMatrix, MatrixCell};
pub use journey_graph::{Graph, is_rounded_whole};
pub use reachability::{Branch, BranchPoint};
pub use routes::{DirectRoutes, RouteTime};
pub use stage_flow::{
    FlowLink, LinkTarget, OutEdge, StageCarry, StageExit, StageFlow, StepRole, locate,
};
pub use step_scores::Moment;
pub use traffic::Traffic;
pub use trails::{JourneyRoute, TrailSearch};
