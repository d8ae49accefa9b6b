//! Pictures, bars and links: what lanes show beside text.

use crate::model::{Lane, LaneKind, Map};

/// Whether a lane that the map itself shows takes room: a storyboard does once
/// there is a picture.
pub(super) fn has_room(map: &Map, lane: &Lane) -> bool {
    lane.kind != LaneKind::Storyboard || map.touchpoints().any(|t| !t.pictures.is_empty())
}
