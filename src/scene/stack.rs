//! Two journeys below each other as one scene, whose columns are in step.
//!
//! Must not know: the maps, how their columns were laid out.

use super::build::caption;
use super::display_list::Scene;
use super::item::{Group, GroupContent, GroupKey, Marks, ObjectId, Pin, SceneObject};
use crate::geom::Rect;
use crate::layout::TextRun;
use std::sync::Arc;

/// Room above the band of stages for the caption of a journey.
const CAPTION: f64 = 26.0;
/// Room between both journeys.
const GAP: f64 = 28.0;

/// One of the two journeys.
pub struct StackedJourney<'c> {
    /// The journey in one row.
    pub scene: Scene,
    /// Its caption, placed at the top left corner.
    pub caption: &'c [TextRun],
}

impl Scene {
    /// This journey with another one below it. The heading of the lower one is left out, and neither
    /// band of stages stays at the top of the window, where it would hide the other journey.
    pub fn stacked(upper: StackedJourney<'_>, lower: StackedJourney<'_>) -> Scene {
        let mut whole = upper.scene;
        let band_top = whole.band_top();
        let mut groups = Vec::with_capacity(whole.groups.len() + lower.scene.groups.len() + 3);
        for mut group in std::mem::take(&mut whole.groups) {
            if group.key != GroupKey::Header {
                group.origin.y += CAPTION;
                group.pin = below_top(group.pin);
            }
            groups.push(group);
        }
        groups.push(caption(upper.caption, band_top));
        let lanes = groups.iter().map(|group| match group.key {
            GroupKey::LaneTitle(lane) => lane + 1,
            _ => 0,
        });
        let lanes = lanes.max().unwrap_or(0);
        let upper_end = whole.height + CAPTION;
        let lower_top = lower.scene.band_top();
        let by = upper_end + GAP + CAPTION - lower_top;
        // When the scene is broken into rows, caption and band are a lane between the others.
        let first_lane = lower.scene.groups.iter().find_map(|group| match group.key {
            GroupKey::LaneTitle(_) => Some(group.origin.y),
            _ => None,
        });
        let band_height = first_lane.map_or(0.0, |top| top - lower_top);
        groups.push(empty_lane(lanes, upper_end, GAP + CAPTION + band_height));
        groups.push(caption(lower.caption, upper_end + GAP));
        for mut group in lower.scene.groups {
            if group.key == GroupKey::Header {
                continue;
            }
            group.origin.y += by;
            group.pin = below_top(group.pin);
            group.key = match group.key {
                GroupKey::LaneBackground(lane) => GroupKey::LaneBackground(lane + lanes + 1),
                GroupKey::Connectors(lane, stage) => GroupKey::Connectors(lane + lanes + 1, stage),
                GroupKey::LaneContent(lane, stage) => {
                    GroupKey::LaneContent(lane + lanes + 1, stage)
                }
                GroupKey::LaneTitle(lane) => GroupKey::LaneTitle(lane + lanes + 1),
                _ => GroupKey::Unnamed,
            };
            groups.push(group);
        }
        whole.height = lower.scene.height + by;
        whole.width = whole.width.max(lower.scene.width);
        whole.groups = groups;
        whole
    }
}

/// A pin without the part that keeps a group at the top of the window.
fn below_top(pin: Pin) -> Pin {
    match pin {
        Pin::Top => Pin::None,
        Pin::Corner => Pin::Left,
        Pin::Along { most, .. } => Pin::Along {
            most,
            is_on_top: false,
        },
        pin => pin,
    }
}

/// The title of a lane without a name.
fn empty_lane(lane: usize, top: f64, height: f64) -> Group {
    let content = GroupContent {
        objects: vec![SceneObject {
            id: ObjectId::Chrome,
            title: Box::default(),
            description: Box::default(),
            marks: Marks::CHROME,
            area: Rect::new(0.0, 0.0, 0.0, height as f32),
        }],
        ..GroupContent::default()
    };
    Group {
        key: GroupKey::LaneTitle(lane),
        origin: crate::geom::Origin { x: 0.0, y: top },
        pin: Pin::Left,
        content: Arc::new(content),
    }
}
