//! Curve pieces between faces, by monotone cubic interpolation.
//!
//! Must not know: personas, stages.

use super::face_positions::{CurveNeighbors, FacePosition};
use crate::geom::{Point, pt};

/// A piece of a curve from one face to the next, relative to stage and lane.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CurveSegment {
    /// The persona, by place in the list.
    pub persona: usize,
    /// The touchpoint at the left end, by index in its stage.
    pub step: usize,
    /// Start, two control points, end.
    pub points: [Point; 4],
}

/// Adds the pieces of one persona's curve that begin in a stage.
pub(super) fn add_segments(
    persona: usize,
    spots: &[FacePosition],
    around: &CurveNeighbors,
    out: &mut Vec<CurveSegment>,
) {
    let known = |at: (f64, f32)| (at.0, at.1, 0);
    let own = spots.iter().map(|s| (f64::from(s.x), s.y, s.step));
    let mut line: Vec<(f64, f32, usize)> = around.before.map(known).into_iter().collect();
    let first = line.len();
    line.extend(own);
    line.extend(around.after.iter().flatten().map(|at| known(*at)));
    let slopes = slopes(&line);
    for i in first..first + spots.len() {
        let (Some((x0, y0, step)), Some((x1, y1, _))) = (line.get(i), line.get(i + 1)) else {
            continue;
        };
        let left = *x0 as f32;
        let width = (x1 - x0) as f32;
        let third = width / 3.0;
        out.push(CurveSegment {
            persona,
            step: *step,
            points: [
                pt(left, *y0),
                pt(left + third, y0 + slopes[i] * third),
                pt(left + width - third, y1 - slopes[i + 1] * third),
                pt(left + width, *y1),
            ],
        });
    }
}

/// Slopes of a monotone cubic at the given points; 0 at every extreme and at both ends of a level
/// stretch.
fn slopes(line: &[(f64, f32, usize)]) -> Vec<f32> {
    let mut slopes = vec![0.0; line.len()];
    for (slope, at) in slopes.iter_mut().skip(1).zip(line.windows(3)) {
        let secant = |a: (f64, f32, usize), b: (f64, f32, usize)| (b.1 - a.1) / (b.0 - a.0) as f32;
        let (before, after) = (secant(at[0], at[1]), secant(at[1], at[2]));
        if before * after > 0.0 {
            // The harmonic mean stays within the region that Fritsch and Carlson prove monotone.
            *slope = 2.0 * before * after / (before + after);
        }
    }
    slopes
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::{Strategy, prop_assert, proptest};

    fn line() -> impl Strategy<Value = Vec<(f64, f32, usize)>> {
        proptest::collection::vec((1_u32..400, -20_i32..=20), 2..30).prop_map(|steps| {
            let mut x = 0.0;
            steps
                .into_iter()
                .enumerate()
                .map(|(i, (dx, score))| {
                    x += f64::from(dx);
                    (x, score as f32, i)
                })
                .collect()
        })
    }

    proptest! {
        #[test]
        fn the_curve_never_overshoots(line in line()) {
            let slopes = slopes(&line);
            for i in 1..line.len() {
                let (y0, y1) = (line[i - 1].1, line[i].1);
                let third = (line[i].0 - line[i - 1].0) as f32 / 3.0;
                let (c0, c1) = (y0 + slopes[i - 1] * third, y1 - slopes[i] * third);
                for step in 0..=40 {
                    let t = step as f32 / 40.0;
                    let u = 1.0 - t;
                    let y = u * u * u * y0 + 3.0 * u * u * t * c0 + 3.0 * u * t * t * c1 + t * t * t * y1;
                    prop_assert!(y >= y0.min(y1) - 0.001 && y <= y0.max(y1) + 0.001);
                }
            }
        }
    }
}
