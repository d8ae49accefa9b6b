//! The camera: the visible part of the map and its zoom, and its movements.
//!
//! Must not know: egui, scenes, clocks.

use crate::geom::Area;

/// Zoom steps per octave. Text is rasterised at these steps, so that it is sharp while
/// the camera rests.
pub(super) const ZOOM_STEPS: f32 = 12.0;

/// Largest zoom of any map.
pub(super) const MAX_ZOOM: f32 = 8.0;

/// The centre of the view and its zoom.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Camera {
    /// Horizontal position of the centre, in map units.
    pub x: f64,
    /// Vertical position of the centre, in map units.
    pub y: f64,
    /// Points per map unit.
    pub zoom: f32,
}

impl Default for Camera {
    fn default() -> Self {
        Camera {
            x: 0.0,
            y: 0.0,
            zoom: 1.0,
        }
    }
}

impl Camera {
    /// Returns a camera that shows the whole area in a view of a size in points, with a
    /// margin in points on every side.
    pub fn fitting(area: &Area, view: (f32, f32), margin: f32) -> Camera {
        let zoom = fit_zoom(area.width(), area.height(), view, margin);
        // Rounded down to a zoom step, never up: the area must fit.
        let step = (zoom.max(1e-6).log2() * ZOOM_STEPS + 1e-3).floor();
        Camera {
            x: (area.left + area.right) / 2.0,
            y: (area.top + area.bottom) / 2.0,
            zoom: (step / ZOOM_STEPS).exp2(),
        }
    }

    /// Pans the map in points; positive values move the map to the right and down.
    pub fn pan(&mut self, dx: f32, dy: f32) {
        self.x -= f64::from(dx) / f64::from(self.zoom);
        self.y -= f64::from(dy) / f64::from(self.zoom);
    }

    /// Sets the zoom and keeps the map point fixed that lies at an offset in points
    /// from the centre of the view.
    pub fn zoom_at(&mut self, zoom: f32, from_middle: (f32, f32)) {
        let (dx, dy) = (f64::from(from_middle.0), f64::from(from_middle.1));
        let (before, after) = (f64::from(self.zoom), f64::from(zoom));
        self.x += dx / before - dx / after;
        self.y += dy / before - dy / after;
        self.zoom = zoom;
    }

    /// Returns the zoom a number of steps further in (positive) or out, rounded to a
    /// step.
    pub fn stepped(&self, steps: i32) -> f32 {
        let step = (self.zoom.log2() * ZOOM_STEPS).round() + steps as f32;
        (step / ZOOM_STEPS).exp2()
    }

    /// Returns the camera with its center on a map of a size in map units, and its zoom
    /// limited: out to half of the zoom that fits the map into a view of a size in points.
    #[must_use]
    pub fn within(self, map: (f64, f64), view: (f32, f32)) -> Camera {
        let fit = fit_zoom(map.0, map.1, view, 0.0);
        let zoom = (fit * 0.5).clamp(1e-5, 0.25);
        let min_zoom = Camera { zoom, ..self }.stepped(0);
        Camera {
            x: self.x.clamp(0.0, map.0.max(0.0)),
            y: self.y.clamp(0.0, map.1.max(0.0)),
            zoom: self.zoom.clamp(min_zoom, MAX_ZOOM),
        }
    }

    /// Returns the visible area for a view size in points.
    pub fn area(&self, view: (f32, f32)) -> Area {
        let zoom = f64::from(self.zoom);
        let (w, h) = (f64::from(view.0) / zoom, f64::from(view.1) / zoom);
        Area::new(self.x - w / 2.0, self.y - h / 2.0, w, h)
    }

    /// Returns the camera that shows the area with as little movement as possible;
    /// unchanged if the area is in view with a margin in points. Parts at the left and
    /// top that pinned groups cover (`covered`, in points) count as out of view.
    #[must_use]
    pub fn revealing(
        self,
        area: &Area,
        view: (f32, f32),
        covered: (f32, f32),
        margin: f32,
    ) -> Camera {
        let zoom = f64::from(self.zoom);
        let seen = self.area(view);
        let margin = f64::from(margin) / zoom;
        let shift = |low: f64, high: f64, from: f64, to: f64| {
            let (from, to) = (from + margin, to - margin);
            if low < from || high - low > to - from {
                low - from
            } else if high > to {
                high - to
            } else {
                0.0
            }
        };
        let left = seen.left + f64::from(covered.0) / zoom;
        let top = seen.top + f64::from(covered.1) / zoom;
        Camera {
            x: self.x + shift(area.left, area.right, left, seen.right),
            y: self.y + shift(area.top, area.bottom, top, seen.bottom),
            zoom: self.zoom,
        }
    }
}

/// Returns the zoom at which a size in map units fits into a view with a margin in
/// points.
fn fit_zoom(width: f64, height: f64, view: (f32, f32), margin: f32) -> f32 {
    let room = |side: f32| f64::from((side - 2.0 * margin).max(1.0));
    let zoom = (room(view.0) / width.max(1.0)).min(room(view.1) / height.max(1.0));
    zoom.clamp(1e-6, f64::from(MAX_ZOOM)) as f32
}

/// Duration of an animation, in seconds.
const ANIMATION_SECONDS: f32 = 0.15;

/// An animation from one camera to another.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CameraAnimation {
    /// Start of the animation.
    pub from: Camera,
    /// End of the animation.
    pub to: Camera,
    /// Linear progress, 0 … 1.
    pub progress: f32,
}

impl CameraAnimation {
    /// Creates an animation; it is finished at once if `reduced_motion` or if nothing
    /// moves.
    pub fn new(from: Camera, to: Camera, reduced_motion: bool) -> CameraAnimation {
        let progress = if reduced_motion || from == to {
            1.0
        } else {
            0.0
        };
        CameraAnimation { from, to, progress }
    }

    /// Advances the animation by a time in seconds.
    pub fn advance(&mut self, seconds: f32) {
        self.progress = (self.progress + seconds / ANIMATION_SECONDS).clamp(0.0, 1.0);
    }

    /// Whether the animation has finished.
    pub fn is_done(&self) -> bool {
        // A tolerance, because time steps do not add up exactly.
        self.progress > 0.999
    }

    /// Returns the current camera: eased at both ends. A zoom about a point keeps that
    /// point fixed throughout.
    pub fn camera(&self) -> Camera {
        if self.is_done() {
            return self.to;
        }
        let t = self.progress * self.progress * (3.0 - 2.0 * self.progress);
        let (z0, z1) = (f64::from(self.from.zoom), f64::from(self.to.zoom));
        let zoom = z0 * (z1 / z0).powf(f64::from(t));
        let way = if (z1 / z0 - 1.0).abs() < 1e-6 {
            f64::from(t)
        } else {
            (1.0 - z0 / zoom) / (1.0 - z0 / z1)
        };
        Camera {
            x: self.from.x + (self.to.x - self.from.x) * way,
            y: self.from.y + (self.to.y - self.from.y) * way,
            zoom: zoom as f32,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn map_point(camera: &Camera, from_middle: (f32, f32)) -> (f64, f64) {
        let zoom = f64::from(camera.zoom);
        (
            camera.x + f64::from(from_middle.0) / zoom,
            camera.y + f64::from(from_middle.1) / zoom,
        )
    }

    #[test]
    fn zooming_keeps_the_point_under_the_pointer() {
        let mut camera = Camera {
            x: 4_800_000.0,
            y: 300.0,
            zoom: 0.5,
        };
        let before = map_point(&camera, (310.0, -120.0));
        camera.zoom_at(3.0, (310.0, -120.0));
        let after = map_point(&camera, (310.0, -120.0));
        assert!((before.0 - after.0).abs() < 1e-3 && (before.1 - after.1).abs() < 1e-3);
        assert_eq!(camera.zoom, 3.0);
    }

    #[test]
    fn opposite_pans_cancel_out() {
        let mut camera = Camera {
            x: 10.0,
            y: 20.0,
            zoom: 0.25,
        };
        camera.pan(100.0, -50.0);
        assert_eq!(camera.x, 10.0 - 400.0);
        assert_eq!(camera.y, 20.0 + 200.0);
        camera.pan(-100.0, 50.0);
        assert_eq!(
            camera,
            Camera {
                x: 10.0,
                y: 20.0,
                zoom: 0.25
            }
        );
    }

    #[test]
    fn fitted_area_is_in_view_at_a_zoom_step() {
        for width in [10.0, 500.0, 3_333.0, 5e6] {
            let area = Area::new(-7.0, 3.0, width, 400.0);
            let camera = Camera::fitting(&area, (1280.0, 720.0), 24.0);
            let seen = camera.area((1280.0, 720.0));
            assert!(seen.left <= area.left && seen.right >= area.right);
            assert!(seen.top <= area.top && seen.bottom >= area.bottom);
            assert!((camera.zoom / camera.stepped(0) - 1.0).abs() < 1e-4);
        }
    }

    #[test]
    fn opposite_zoom_steps_cancel_out() {
        let mut camera = Camera::default();
        for _ in 0..40 {
            camera.zoom = camera.stepped(3);
        }
        for _ in 0..40 {
            camera.zoom = camera.stepped(-3);
        }
        assert_eq!(camera.zoom, 1.0);
        assert_eq!(camera.stepped(12), 2.0);
    }

    #[test]
    fn camera_is_clamped_to_its_limits() {
        let view = (1000.0, 1000.0);
        let camera = Camera {
            x: -50.0,
            y: 900.0,
            zoom: 100.0,
        }
        .within((1000.0, 500.0), view);
        assert_eq!((camera.x, camera.y, camera.zoom), (0.0, 500.0, MAX_ZOOM));
        let far = Camera {
            zoom: 0.0,
            ..camera
        };
        assert!(far.within((1000.0, 500.0), view).zoom <= 0.25);
        let far = far.within((5e6, 2000.0), view);
        assert!(f64::from(far.zoom) * 5e6 <= 1000.0);
    }

    #[test]
    fn revealing_moves_only_as_far_as_needed() {
        let camera = Camera {
            x: 500.0,
            y: 500.0,
            zoom: 1.0,
        };
        let view = (1000.0, 1000.0);
        let inside = Area::new(400.0, 400.0, 100.0, 100.0);
        assert_eq!(camera.revealing(&inside, view, (0.0, 0.0), 10.0), camera);
        let right = Area::new(1200.0, 400.0, 100.0, 100.0);
        assert_eq!(
            camera.revealing(&right, view, (0.0, 0.0), 10.0).x,
            500.0 + 310.0
        );
        let under_titles = Area::new(50.0, 400.0, 100.0, 100.0);
        assert_eq!(
            camera.revealing(&under_titles, view, (100.0, 0.0), 10.0).x,
            500.0 - 60.0
        );
    }

    #[test]
    fn animation_reaches_both_ends_and_keeps_the_zoom_point_fixed() {
        let from = Camera {
            x: 100.0,
            y: 100.0,
            zoom: 0.5,
        };
        let mut to = from;
        to.zoom_at(2.0, (200.0, 50.0));
        let mut glide = CameraAnimation::new(from, to, false);
        assert_eq!(glide.camera(), from);
        let still = map_point(&from, (200.0, 50.0));
        while !glide.is_done() {
            glide.advance(0.016);
            let now = map_point(&glide.camera(), (200.0, 50.0));
            assert!(
                (now.0 - still.0).abs() < 1e-2 && (now.1 - still.1).abs() < 1e-2,
                "{now:?}"
            );
        }
        assert_eq!(glide.camera(), to);
    }

    #[test]
    fn reduced_motion_finishes_at_once_and_animations_are_short() {
        let to = Camera {
            x: 5.0,
            ..Camera::default()
        };
        assert!(CameraAnimation::new(Camera::default(), to, true).is_done());
        let mut glide = CameraAnimation::new(Camera::default(), to, false);
        glide.advance(0.1);
        assert!(!glide.is_done());
        glide.advance(0.05);
        assert!(glide.is_done());
    }
}
