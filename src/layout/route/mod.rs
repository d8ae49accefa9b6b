//! Ways between cards: straight on, down to a branch and up again, loops above.
//!
//! Lines run in the gutters between columns, in the gaps between rows and in
//! the band above the cards, so they never cross a card.

mod connect;
mod course;
mod route_labels;
mod rows;

use super::handoffs::Seam;
use super::text_block::Run;
use crate::geom::Point;
use crate::model::{PathKind, TouchpointId};
pub(super) use connect::connect;
pub(super) use course::{key, routes};
pub(super) use route_labels::{Seen, Ways};
pub(super) use rows::Rows;

/// A drawn way, relative to the stage it starts in and the lane.
#[derive(Clone, Debug)]
pub struct Route {
    /// The touchpoint it leaves, by place in its stage.
    pub from: usize,
    /// The touchpoint it leads to.
    pub target: TouchpointId,
    /// What kind of way it is.
    pub kind: PathKind,
    /// Corner points; the last one is the tip of the arrow.
    pub points: Vec<Point>,
    /// Who takes it and how many.
    pub label: Option<RouteLabel>,
    /// The handoff that it is, where those are shown.
    pub seam: Option<Seam>,
}

/// The words at a way.
#[derive(Clone, Debug)]
pub struct RouteLabel {
    /// Its lines.
    pub runs: Vec<Run>,
}

/// Corner radius of lines.
pub const BEND: f32 = 9.0;
