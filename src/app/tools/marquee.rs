//! A rubber-band selection: a rectangle that selects the cards it touches.
//!
//! Must not know: egui, sessions.

use crate::app::canvas::Area;
use crate::app::command::action::Selection;
use crate::model::{Map, ObjectRef, TouchpointId};
use crate::scene::Scene;

/// A rubber-band selection in progress.
#[derive(Clone, Debug)]
pub struct Marquee {
    from: (f64, f64),
    to: (f64, f64),
    /// Touchpoints selected before that stay selected.
    base_selection: Vec<TouchpointId>,
}

impl Marquee {
    /// Starts a rectangle at a map point; `kept` stays selected.
    pub fn start(at: (f64, f64), kept: &[TouchpointId]) -> Marquee {
        Marquee {
            from: at,
            to: at,
            base_selection: kept.to_vec(),
        }
    }

    /// Extends the rectangle to a map point.
    pub fn extend_to(&mut self, at: (f64, f64)) {
        self.to = at;
    }

    /// Area of the rectangle.
    pub fn area(&self) -> Area {
        Area {
            left: self.from.0.min(self.to.0),
            top: self.from.1.min(self.to.1),
            right: self.from.0.max(self.to.0),
            bottom: self.from.1.max(self.to.1),
        }
    }

    /// Returns the selection of the rectangle.
    pub fn selection(&self, map: &Map, scene: &Scene) -> Selection {
        let area = self.area();
        let near = scene.places(|group| group.area(&group.content.bounds).intersects(&area));
        let touched = near.filter(|(_, card)| card.intersects(&area));
        let touched = touched.filter_map(|(shown, _)| match shown.object()? {
            ObjectRef::Touchpoint(id) => Some(id.clone()),
            _ => None,
        });
        let mut ids: Vec<TouchpointId> = touched.collect();
        ids.extend_from_slice(&self.base_selection);
        Selection::of_touchpoints(map, &ids)
    }
}
