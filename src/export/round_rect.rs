//! Rectangles with round corners as paths.

use crate::geom::{Path, Point, Rect, pt};

/// Control points at this share of the radius from the corner make a cubic that is a quarter circle to
/// within 0.03 %.
const CORNER_CONTROL: f32 = 0.447_715_2;

/// A rectangle with round corners, a circle if the radius is half of its sides; the radius is at most
/// half of the shorter side.
pub(super) fn round_rect(rect: &Rect, radius: f32) -> Path {
    let Rect { min, max } = *rect;
    let radius = radius.min(rect.width() / 2.0).min(rect.height() / 2.0);
    if radius <= 0.0 {
        return Path::polygon(&[min, pt(max.x, min.y), max, pt(min.x, max.y)]);
    }
    let (r, k) = (radius, radius * CORNER_CONTROL);
    let has_top = rect.width() > 2.0 * r;
    let has_side = rect.height() > 2.0 * r;
    // A side of no length is left out.
    let corner = |path: Path, has_side: bool, enter: Point, controls: [Point; 2], leave: Point| {
        let path = if has_side { path.line(enter) } else { path };
        path.cubic(controls[0], controls[1], leave)
    };
    let mut path = Path::start(pt(min.x + r, min.y));
    path = corner(
        path,
        has_top,
        pt(max.x - r, min.y),
        [pt(max.x - k, min.y), pt(max.x, min.y + k)],
        pt(max.x, min.y + r),
    );
    path = corner(
        path,
        has_side,
        pt(max.x, max.y - r),
        [pt(max.x, max.y - k), pt(max.x - k, max.y)],
        pt(max.x - r, max.y),
    );
    path = corner(
        path,
        has_top,
        pt(min.x + r, max.y),
        [pt(min.x + k, max.y), pt(min.x, max.y - k)],
        pt(min.x, max.y - r),
    );
    path = corner(
        path,
        has_side,
        pt(min.x, min.y + r),
        [pt(min.x, min.y + k), pt(min.x + k, min.y)],
        pt(min.x + r, min.y),
    );
    path.close()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sides_without_length_are_left_out() {
        let segments = |width, height, radius| {
            let path = round_rect(&Rect::new(1.0, 2.0, width, height), radius);
            assert_eq!(path.bounds(), Rect::new(1.0, 2.0, width, height));
            path.0.len()
        };
        assert_eq!(segments(8.0, 4.0, 0.0), 5);
        assert_eq!(segments(8.0, 4.0, 1.0), 10);
        assert_eq!(segments(8.0, 4.0, 2.0), 8);
        assert_eq!(segments(4.0, 4.0, 9.0), 6);
    }
}
