//! Camera animations.
//!
//! Must not know: egui, scenes, clocks.

use super::camera::Camera;

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
