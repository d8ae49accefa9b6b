//! The object at a point of the screen.
//!
//! Must not know: the meaning of subjects.

use super::spatial_index::{SpatialIndex, Viewport};
use crate::scene::{ObjectId, Scene};
use egui::{Pos2, Rect, Vec2, pos2, vec2};

/// Pick distance around a line, in points.
const PICK_RADIUS: f32 = 7.0;

/// Returns the subject at a screen position, ignoring the frame of the map. Thin lines
/// are tried last, with a tolerance.
pub(super) fn subject_at(
    scene: &Scene,
    index: &SpatialIndex,
    view: &Viewport,
    at: Pos2,
) -> Option<ObjectId> {
    let hit = index.hit(scene, view, at);
    let hit = hit.filter(|object| object.id != ObjectId::Chrome);
    let hit = hit.map(|object| object.id.clone());
    hit.or_else(|| path_near(scene, index, view, at))
}

fn path_near(scene: &Scene, index: &SpatialIndex, view: &Viewport, at: Pos2) -> Option<ObjectId> {
    let reach = f64::from(PICK_RADIUS * view.ppp) / view.scale;
    let mut visible = Vec::new();
    index.visible(&view.around(at, PICK_RADIUS), &mut visible);
    visible.into_iter().rev().find_map(|number| {
        let group = scene.groups.get(number as usize)?;
        let (x, y) = view.on_map_of(at, group);
        let line = scene.path_near(number as usize, x, y, reach as f32)?;
        Some(line.id.clone())
    })
}

/// Returns the auto-scroll speed in points per second for a pointer near an edge of the
/// unpinned part of a canvas; zero elsewhere.
pub fn auto_scroll_speed(canvas: Rect, covered: (f32, f32), at: Pos2) -> Vec2 {
    /// Distance from the edge at which scrolling begins, in points.
    const EDGE: f32 = 44.0;
    /// Speed at the very edge, in points per second.
    const FASTEST: f32 = 1100.0;
    let free = Rect::from_min_max(canvas.min + vec2(covered.0, covered.1), canvas.max);
    let push = |low: f32, high: f32| {
        let near = |distance: f32| (1.0 - distance.max(0.0) / EDGE).max(0.0);
        (near(low) - near(high)) * FASTEST
    };
    let pushed = pos2(
        push(at.x - free.min.x, free.max.x - at.x),
        push(at.y - free.min.y, free.max.y - at.y),
    );
    pushed.to_vec2()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn auto_scroll_happens_only_near_an_edge() {
        let canvas = Rect::from_min_max(pos2(0.0, 0.0), pos2(1000.0, 600.0));
        assert_eq!(
            auto_scroll_speed(canvas, (100.0, 50.0), pos2(500.0, 300.0)),
            Vec2::ZERO
        );
        assert!(auto_scroll_speed(canvas, (100.0, 50.0), pos2(110.0, 300.0)).x > 0.0);
        assert!(auto_scroll_speed(canvas, (100.0, 50.0), pos2(995.0, 300.0)).x < -500.0);
        assert!(auto_scroll_speed(canvas, (100.0, 50.0), pos2(500.0, 590.0)).y < 0.0);
    }
}
