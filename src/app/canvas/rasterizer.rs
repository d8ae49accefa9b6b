//! Rasterises outlines to exact coverage: the covered share of each pixel's area.
//!
//! Must not know: fonts, textures.

use crate::geom::{Path, Point, Segment, pt};
use tiny_skia::{LineCap, LineJoin, PathBuilder, Stroke};

/// Coverage of pixels, 0 … 255, row by row.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Coverage {
    /// Left edge in pixels, relative to the origin of the outline.
    pub(super) left: i32,
    /// Top edge in pixels, relative to the origin of the outline.
    pub(super) top: i32,
    /// Width in pixels.
    pub(super) width: usize,
    /// Height in pixels.
    pub(super) height: usize,
    /// One byte per pixel.
    pub(super) pixels: Vec<u8>,
}

/// Largest side of a raster, in pixels.
const MAX_RASTER_SIDE: f32 = 512.0;

/// Fills an outline, scaled and then shifted right by `shift` pixels, by the non-zero
/// rule provided that contours of opposite directions do not overlap. `None` if nothing
/// is covered or the result would be too large.
pub(super) fn fill(path: &Path, scale: f32, shift: f32) -> Option<Coverage> {
    let bounds = path.bounds();
    let (left, right) = (bounds.min.x * scale + shift, bounds.max.x * scale + shift);
    let (top, bottom) = (bounds.min.y * scale, bounds.max.y * scale);
    let sound = right > left && bottom > top;
    if !sound || right - left > MAX_RASTER_SIDE || bottom - top > MAX_RASTER_SIDE {
        return None;
    }
    let (left, top) = (left.floor(), top.floor());
    let width = (right.ceil() - left) as usize;
    let height = (bottom.ceil() - top) as usize;
    let mut sums = AreaAccumulator {
        width,
        height,
        cells: vec![0.0; width * height + 2],
    };
    let place = |p: Point| pt(p.x * scale + shift - left, p.y * scale - top);
    let (mut start, mut last) = (pt(0.0, 0.0), pt(0.0, 0.0));
    for segment in &path.0 {
        match *segment {
            Segment::Move(p) => {
                sums.line(last, start);
                start = place(p);
                last = start;
            }
            Segment::Line(p) => {
                let p = place(p);
                sums.line(last, p);
                last = p;
            }
            Segment::Cubic(a, b, p) => {
                let (a, b, p) = (place(a), place(b), place(p));
                sums.cubic(last, a, b, p);
                last = p;
            }
            Segment::Close => {
                sums.line(last, start);
                last = start;
            }
        }
    }
    sums.line(last, start);
    Some(Coverage {
        left: left as i32,
        top: top as i32,
        width,
        height,
        pixels: sums.pixels(),
    })
}

/// Strokes scaled lines with round caps; never thinner than a pixel.
pub(super) fn stroke(path: &Path, width: f32, scale: f32) -> Option<Coverage> {
    let mut lines = PathBuilder::new();
    for segment in &path.0 {
        match *segment {
            Segment::Move(p) => lines.move_to(p.x * scale, p.y * scale),
            Segment::Line(p) => lines.line_to(p.x * scale, p.y * scale),
            Segment::Cubic(a, b, p) => lines.cubic_to(
                a.x * scale,
                a.y * scale,
                b.x * scale,
                b.y * scale,
                p.x * scale,
                p.y * scale,
            ),
            Segment::Close => lines.close(),
        }
    }
    let pen = Stroke {
        width: (width * scale).max(1.0),
        line_cap: LineCap::Round,
        line_join: LineJoin::Round,
        ..Stroke::default()
    };
    let outline = lines.finish()?.stroke(&pen, 1.0)?;
    let bounds = outline.bounds();
    let (left, top) = (bounds.left().floor(), bounds.top().floor());
    let (wide, tall) = (
        (bounds.right().ceil() - left) as u32,
        (bounds.bottom().ceil() - top) as u32,
    );
    let mut mask = tiny_skia::Mask::new(wide.max(1), tall.max(1))?;
    mask.fill_path(
        &outline,
        tiny_skia::FillRule::Winding,
        true,
        tiny_skia::Transform::from_translate(-left, -top),
    );
    Some(Coverage {
        left: left as i32,
        top: top as i32,
        width: mask.width() as usize,
        height: mask.height() as usize,
        pixels: mask.data().to_vec(),
    })
}

/// Signed area per pixel. A line's contribution applies to all pixels right of it, so a
/// running sum along the row gives the coverage.
struct AreaAccumulator {
    width: usize,
    height: usize,
    cells: Vec<f32>,
}

impl AreaAccumulator {
    fn cubic(&mut self, from: Point, a: Point, b: Point, to: Point) {
        let bend = |p: Point, q: Point, r: Point| {
            (p.x - 2.0 * q.x + r.x).abs() + (p.y - 2.0 * q.y + r.y).abs()
        };
        // An error of a tenth of a pixel is invisible.
        let steps = (bend(from, a, b).max(bend(a, b, to)) * 7.5)
            .sqrt()
            .ceil()
            .clamp(1.0, 64.0);
        let mut last = from;
        for i in 1..=steps as usize {
            let t = i as f32 / steps;
            let p = on_cubic(from, a, b, to, t);
            self.line(last, p);
            last = p;
        }
    }

    fn line(&mut self, from: Point, to: Point) {
        if from.y == to.y {
            return;
        }
        let (direction, top, bottom) = if from.y < to.y {
            (1.0, from, to)
        } else {
            (-1.0, to, from)
        };
        let slope = (bottom.x - top.x) / (bottom.y - top.y);
        let mut x = top.x;
        let last_row = (bottom.y.ceil() as usize).min(self.height);
        for row in (top.y.max(0.0) as usize)..last_row {
            let dy = (bottom.y.min((row + 1) as f32) - top.y.max(row as f32)).max(0.0);
            let next = x + slope * dy;
            self.add_row_segment(row, x.min(next), x.max(next), dy * direction);
            x = next;
        }
    }

    /// Adds a segment within one row, from `x0` to `x1`, with a signed height.
    fn add_row_segment(&mut self, row: usize, x0: f32, x1: f32, height: f32) {
        let base = row * self.width;
        let limit = self.width as f32;
        let (x0, x1) = (x0.clamp(0.0, limit), x1.clamp(0.0, limit));
        let first = x0.floor() as usize;
        let end = (x1.ceil() as usize).max(first + 1);
        if end == first + 1 {
            let middle = (x0 + x1) / 2.0 - first as f32;
            self.add(base + first, height * (1.0 - middle));
            self.add(base + first + 1, height * middle);
            return;
        }
        let slope = 1.0 / (x1 - x0);
        for cell in first..end {
            // Area left of the line within this cell, as a share of the cell's height.
            let from = x0.max(cell as f32);
            let to = x1.min((cell + 1) as f32);
            let share = (to - from) * slope;
            let right_of = (cell + 1) as f32 - (from + to) / 2.0;
            self.add(base + cell, height * share * right_of);
            self.add(base + cell + 1, height * share * (1.0 - right_of));
        }
    }

    fn add(&mut self, at: usize, value: f32) {
        if let Some(cell) = self.cells.get_mut(at) {
            *cell += value;
        }
    }

    fn pixels(&self) -> Vec<u8> {
        let mut out = Vec::with_capacity(self.width * self.height);
        let mut carry = 0.0;
        for row in self.cells.chunks_exact(self.width).take(self.height) {
            let mut sum = carry;
            for cell in row {
                sum += cell;
                out.push((sum.abs().min(1.0) * 255.0 + 0.5) as u8);
            }
            // Overflow beyond the right edge is stored in the next row's first cell and
            // cancelled there by the running sum, which is zero at each end.
            carry = sum;
        }
        out
    }
}

/// Returns the point of a cubic curve at `t`.
pub(super) fn on_cubic(from: Point, a: Point, b: Point, to: Point, t: f32) -> Point {
    let u = 1.0 - t;
    let (w0, w1, w2, w3) = (u * u * u, 3.0 * u * u * t, 3.0 * u * t * t, t * t * t);
    pt(
        w0 * from.x + w1 * a.x + w2 * b.x + w3 * to.x,
        w0 * from.y + w1 * a.y + w2 * b.y + w3 * to.y,
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn area(coverage: &Coverage) -> f32 {
        coverage.pixels.iter().map(|p| f32::from(*p) / 255.0).sum()
    }

    #[test]
    fn square_between_pixels_has_partial_coverage() {
        let square = Path::polygon(&[pt(0.5, 0.5), pt(2.5, 0.5), pt(2.5, 1.5), pt(0.5, 1.5)]);
        let c = fill(&square, 1.0, 0.0).unwrap();
        assert_eq!((c.left, c.top, c.width, c.height), (0, 0, 3, 2));
        assert_eq!(c.pixels, vec![64, 128, 64, 64, 128, 64]);
    }

    #[test]
    fn the_covered_area_is_exact_for_slopes_and_shifts() {
        let triangle = Path::polygon(&[pt(0.0, -7.3), pt(9.1, 0.4), pt(-3.3, 2.2)]);
        let exact = ((9.1_f32) * 9.5 - (-3.3) * 7.7).abs() / 2.0;
        for (scale, shift) in [(1.0, 0.0), (1.0, 0.25), (2.5, 0.75), (8.0, 0.5)] {
            let c = fill(&triangle, scale, shift).unwrap();
            let found = area(&c) / (scale * scale);
            assert!(
                (found - exact).abs() < 0.4 / scale,
                "{found} {exact} at {scale}"
            );
        }
    }

    #[test]
    fn hole_is_not_covered() {
        let outer = [pt(0.0, 0.0), pt(8.0, 0.0), pt(8.0, 8.0), pt(0.0, 8.0)];
        let mut ring = Path::polygon(&outer);
        let hole = [pt(2.0, 2.0), pt(2.0, 6.0), pt(6.0, 6.0), pt(6.0, 2.0)];
        ring.0.extend(Path::polygon(&hole).0);
        let c = fill(&ring, 1.0, 0.0).unwrap();
        assert_eq!(c.pixels[3 * 8 + 3], 0);
        assert_eq!(c.pixels[8 + 1], 255);
        assert!((area(&c) - 48.0).abs() < 0.1);
    }

    #[test]
    fn empty_and_huge_outlines_are_rejected() {
        assert_eq!(fill(&Path::default(), 1.0, 0.0), None);
        let square = Path::polygon(&[pt(0.0, 0.0), pt(1.0, 0.0), pt(1.0, 1.0), pt(0.0, 1.0)]);
        assert_eq!(fill(&square, 10_000.0, 0.0), None);
        assert_eq!(fill(&square, f32::NAN, 0.0), None);
    }
}
