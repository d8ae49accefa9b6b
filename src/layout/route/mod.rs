//! Routes between cards: straight on, down to a branch and up again, loops above.
//!
//! Lines run in the gutters between columns, in the gaps between rows and in the band above the
//! cards, so that they never cross a card.
//! Must not know: colours, the scene.

mod connect;
mod course;
mod loops;
mod route_labels;

use super::handoffs::HandoffMark;
use super::text_block::TextRun;
use crate::geom::Point;
use crate::model::{PathKind, TouchpointId};
pub(super) use connect::connect_stages;
pub(super) use course::{CardRows, part_key, routes};
pub(super) use route_labels::{RelativeTarget, StageRoutes};

/// A route, relative to the lane and the stage in which it starts.
#[derive(Clone, Debug)]
pub struct DrawnRoute {
    /// The touchpoint at the start, by index in its stage.
    pub from: usize,
    /// The touchpoint at the end.
    pub target: TouchpointId,
    /// Kind of path.
    pub kind: PathKind,
    /// Corner points; the last one is the tip of the arrow.
    pub points: Vec<Point>,
    /// The lines of the label: condition, share and handoff.
    pub label: Vec<TextRun>,
    /// The handoff mark, if handoffs are shown and the route is one.
    pub handoff: Option<HandoffMark>,
}

/// Corner radius of lines.
pub const BEND: f32 = 9.0;
