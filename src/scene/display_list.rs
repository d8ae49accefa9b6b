//! A map as drawn: its groups of items, its size and the highlight in effect.
//!
//! Must not know: what is highlighted and why, backends.

use super::highlight::Highlight;
use super::item::{Group, GroupKey, SceneObject};
use crate::theme::Color;

/// A complete drawing. Groups are painted in order, and so are the items of a group.
#[derive(Clone, Debug)]
pub struct Scene {
    /// Width in map units.
    pub width: f64,
    /// Height in map units.
    pub height: f64,
    /// Background colour.
    pub background: Color,
    /// Title for assistive tools.
    pub title: String,
    /// Description for assistive tools.
    pub description: String,
    /// The highlight in effect; everything else that can be dimmed is dimmed.
    pub highlight: Highlight,
    /// The groups; empty ones keep their index.
    pub groups: Vec<Group>,
}

impl Scene {
    /// The group with this address.
    pub fn group(&self, key: GroupKey) -> Option<&Group> {
        self.groups.iter().find(|group| group.key == key)
    }

    /// The opacity of an object's items under the highlight in effect, 0 … 1.
    pub fn opacity(&self, subject: &SceneObject) -> f32 {
        if self.highlight.is_off() || self.highlight.contains_object(subject) {
            1.0
        } else {
            DIMMED_OPACITY
        }
    }
}

/// Opacity of dimmed items, 0 … 1.
pub const DIMMED_OPACITY: f32 = 0.18;
