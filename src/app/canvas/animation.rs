//! Movements of the camera that explain where things went.
//!
//! Must not know: egui, scenes, clocks.

use super::camera::Camera;

/// The longest that a glide takes, in seconds.
const GLIDE_SECONDS: f32 = 0.15;

/// A movement of the camera from one place to another.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Glide {
    /// Where it started.
    pub from: Camera,
    /// Where it leads.
    pub to: Camera,
    /// How much of it is done, 0 … 1.
    pub progress: f32,
}

impl Glide {
    /// A glide at its start; at its end already where motion is not wanted.
    pub fn new(from: Camera, to: Camera, reduced_motion: bool) -> Glide {
        let progress = if reduced_motion || from == to {
            1.0
        } else {
            0.0
        };
        Glide { from, to, progress }
    }

    /// Lets so many seconds pass.
    pub fn advance(&mut self, seconds: f32) {
        self.progress = (self.progress + seconds / GLIDE_SECONDS).clamp(0.0, 1.0);
    }

    /// Whether the end is reached.
    pub fn done(&self) -> bool {
        // A hair before the end is the end: steps of time do not add up exactly.
        self.progress > 0.999
    }

    /// Where the camera is now: slow at both ends, and a zoom about a point
    /// keeps that point still all the way.
    pub fn camera(&self) -> Camera {
        if self.done() {
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
    fn a_glide_starts_and_ends_where_it_should_and_keeps_the_pointer_still() {
        let from = Camera {
            x: 100.0,
            y: 100.0,
            zoom: 0.5,
        };
        let mut to = from;
        to.zoom_at(2.0, (200.0, 50.0));
        let mut glide = Glide::new(from, to, false);
        assert_eq!(glide.camera(), from);
        let still = map_point(&from, (200.0, 50.0));
        while !glide.done() {
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
    fn reduced_motion_jumps_and_glides_are_short() {
        let to = Camera {
            x: 5.0,
            ..Camera::default()
        };
        assert!(Glide::new(Camera::default(), to, true).done());
        let mut glide = Glide::new(Camera::default(), to, false);
        glide.advance(0.1);
        assert!(!glide.done());
        glide.advance(0.05);
        assert!(glide.done());
    }
}
