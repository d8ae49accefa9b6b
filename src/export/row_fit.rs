//! The rows with which a drawing is largest in a room.
//!
//! Must not know: units of paper, formats.

use crate::scene::Scene;
use std::borrow::Cow;

/// Number of times that the search for the largest scale halves its interval.
const STEPS: usize = 16;

/// A scale at which a scene fits a room, in rows of a width.
pub(super) struct RowFit {
    /// Units of the room per map unit.
    pub(super) scale: f64,
    row_width: f64,
}

impl RowFit {
    /// The largest scale at which the scene fits a room of this width and height.
    pub(super) fn largest(scene: &Scene, (width, height): (f64, f64)) -> RowFit {
        let sides = (scene.width.max(1.0), scene.height.max(1.0));
        let mut best = (width / sides.0).min(height / sides.1);
        let mut row_width = scene.width;
        let mut most = height / sides.1;
        if scene.rows.is_some() {
            // Composed already.
            most = best;
        }
        for _ in 0..STEPS {
            if most <= best {
                break;
            }
            // The scales lie decades apart, so the middle is that of their ratio.
            let scale = (best * most).sqrt();
            let (rows, _) = scene.in_rows(width / scale);
            if rows.width * scale <= width * 1.0001 && rows.height * scale <= height * 1.0001 {
                (best, row_width) = (scale, width / scale);
            } else {
                most = scale;
            }
        }
        RowFit {
            scale: best,
            row_width,
        }
    }

    /// The scene in these rows, and their number.
    pub(super) fn scene<'a>(&self, scene: &'a Scene) -> (Cow<'a, Scene>, usize) {
        if self.row_width >= scene.width {
            let rows = scene.rows.as_ref().map_or(1, |rows| rows.len());
            return (Cow::Borrowed(scene), rows);
        }
        let (rows, count) = scene.in_rows(self.row_width);
        (Cow::Owned(rows), count)
    }
}
