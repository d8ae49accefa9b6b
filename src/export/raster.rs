//! Pixels of glyphs and icons at one size, for PNG and for the canvas.
//!
//! Must not know: the model, layout, what keeps the pixels.

use crate::geom::{Path, Segment};
use crate::text::{Bitmap, FontKey, Typesetter};
use crate::theme::Icon;
use std::sync::Arc;
use tiny_skia::{FillRule, LineCap, LineJoin, Mask, PathBuilder, Stroke, Transform};

/// A glyph of a font or an icon.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Symbol {
    Glyph(FontKey, u32),
    Icon(Icon),
}

/// The pixels of a symbol, row by row.
pub(crate) struct Raster {
    /// Offset of the left edge from the whole pixel of the symbol's origin.
    pub(crate) left: f32,
    /// Offset of the top edge from the whole pixel of the symbol's origin.
    pub(crate) top: f32,
    /// Width in pixels, at least 1.
    pub(crate) width: usize,
    pub(crate) pixels: RasterPixels,
}

/// The content of the pixels of a symbol.
pub(crate) enum RasterPixels {
    /// The covered share of each pixel, 0 … 255.
    Coverage(Vec<u8>),
    /// Red, green, blue, opacity; not premultiplied.
    Rgba(Vec<u8>),
}

impl RasterPixels {
    /// The bytes, and the number of bytes a pixel.
    pub(crate) fn bytes(&self) -> (&[u8], usize) {
        match self {
            RasterPixels::Coverage(bytes) => (bytes, 1),
            RasterPixels::Rgba(bytes) => (bytes, 4),
        }
    }
}

/// Maximum side in pixels; tiny-skia is slow from there on.
const MAX_SIDE: f32 = 8_192.0;

/// The drawing of a glyph, in ems.
pub(super) enum GlyphDrawing {
    Outline(Arc<Path>),
    Bitmap(Arc<Bitmap>),
}

impl GlyphDrawing {
    /// The bitmap of a glyph that is nearest to `size` pixels an em, or its outline.
    pub(super) fn of(
        font: FontKey,
        glyph: u32,
        size: f32,
        typesetter: &mut Typesetter,
    ) -> Option<GlyphDrawing> {
        if typesetter.has_bitmaps(font)
            && let Some(bitmap) = typesetter.bitmap(font, glyph, size)
        {
            return Some(GlyphDrawing::Bitmap(bitmap));
        }
        let outline = typesetter.outline(font, glyph)?;
        (!outline.0.is_empty()).then_some(GlyphDrawing::Outline(outline))
    }
}

impl Symbol {
    /// The symbol at `size` pixels an em, or a side of an icon, moved by a part of a pixel. Lines
    /// are at least `thinnest` pixels wide. `None` if there is nothing to see.
    pub(crate) fn rasterize(
        self,
        size: f32,
        offset: (f32, f32),
        thinnest: f32,
        typesetter: &mut Typesetter,
    ) -> Option<Raster> {
        match self {
            Symbol::Icon(icon) => {
                let scale = size / Icon::SIDE;
                let pen = Stroke {
                    width: (Icon::STROKE * scale).max(thinnest),
                    line_cap: LineCap::Round,
                    line_join: LineJoin::Round,
                    ..Stroke::default()
                };
                let place = placed(scale, offset.0, offset.1);
                coverage(&skia_path(icon.lines(), place)?.stroke(&pen, 1.0)?)
            }
            Symbol::Glyph(font, glyph) => match GlyphDrawing::of(font, glyph, size, typesetter)? {
                GlyphDrawing::Outline(path) => {
                    coverage(&skia_path(&path, placed(size, offset.0, offset.1))?)
                }
                GlyphDrawing::Bitmap(bitmap) => downscale(&bitmap, size),
            },
        }
    }
}

/// Scale and translation to pixels.
pub(super) fn placed(scale: f32, x: f32, y: f32) -> Transform {
    Transform::from_row(scale, 0.0, 0.0, scale, x, y)
}

pub(super) fn skia_path(path: &Path, place: Transform) -> Option<tiny_skia::Path> {
    let mut out = PathBuilder::with_capacity(path.0.len() + 1, path.0.len() * 2);
    for segment in &path.0 {
        match *segment {
            Segment::Move(p) => out.move_to(p.x, p.y),
            Segment::Line(p) => out.line_to(p.x, p.y),
            Segment::Cubic(a, b, p) => out.cubic_to(a.x, a.y, b.x, b.y, p.x, p.y),
            Segment::Close => out.close(),
        }
    }
    out.finish()?.transform(place)
}

fn coverage(outline: &tiny_skia::Path) -> Option<Raster> {
    let bounds = outline.bounds();
    let (left, top) = (bounds.left().floor(), bounds.top().floor());
    let (width, height) = (bounds.right().ceil() - left, bounds.bottom().ceil() - top);
    if !(1.0..=MAX_SIDE).contains(&width) || !(1.0..=MAX_SIDE).contains(&height) {
        return None;
    }
    let mut mask = Mask::new(width as u32, height as u32)?;
    let move_in = Transform::from_translate(-left, -top);
    mask.fill_path(outline, FillRule::Winding, true, move_in);
    Some(Raster {
        left,
        top,
        width: width as usize,
        pixels: RasterPixels::Coverage(mask.take()),
    })
}

/// The bitmap reduced to `size` pixels an em, each pixel the mean of those it covers.
fn downscale(picture: &Bitmap, size: f32) -> Option<Raster> {
    let rect = &picture.rect;
    let (from_w, from_h) = (picture.width as usize, picture.height as usize);
    let to = |ems: f32| (ems * size).round().clamp(1.0, 4096.0) as usize;
    let (width, height) = (to(rect.width()), to(rect.height()));
    if from_w == 0 || from_h == 0 || picture.rgba.len() != from_w * from_h * 4 {
        return None;
    }
    let span = |at: usize, to: usize, from: usize| {
        let start = (at * from / to).min(from - 1);
        let end = ((at + 1) * from).div_ceil(to).clamp(start + 1, from);
        start..end
    };
    let mut rgba = Vec::with_capacity(width * height * 4);
    for y in 0..height {
        let rows = span(y, height, from_h);
        for x in 0..width {
            let columns = span(x, width, from_w);
            let (mut sums, mut weight, mut count) = ([0_u64; 3], 0_u64, 0_u64);
            for row in rows.clone() {
                let start = (row * from_w + columns.start) * 4;
                for pixel in picture.rgba[start..][..columns.len() * 4].chunks_exact(4) {
                    let alpha = u64::from(pixel[3]);
                    for (sum, part) in sums.iter_mut().zip(pixel) {
                        *sum += u64::from(*part) * alpha;
                    }
                    weight += alpha;
                    count += 1;
                }
            }
            let mean = |sum: u64| sum.checked_div(weight).unwrap_or(0).min(255) as u8;
            rgba.extend(sums.map(mean));
            rgba.push((weight / count.max(1)).min(255) as u8);
        }
    }
    Some(Raster {
        left: rect.min.x * size,
        top: rect.min.y * size,
        width,
        pixels: RasterPixels::Rgba(rgba),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geom::pt;

    fn covered(path: &Path, scale: f32, shift: f32) -> Option<(Raster, Vec<u8>)> {
        let raster = coverage(&skia_path(path, placed(scale, shift, 0.0))?)?;
        let RasterPixels::Coverage(pixels) = &raster.pixels else {
            panic!("no coverage");
        };
        let pixels = pixels.clone();
        Some((raster, pixels))
    }

    fn area(pixels: &[u8]) -> f32 {
        pixels.iter().map(|p| f32::from(*p) / 255.0).sum()
    }

    #[test]
    fn square_between_pixels_has_partial_coverage() {
        let square = Path::polygon(&[pt(0.5, 0.5), pt(2.5, 0.5), pt(2.5, 1.5), pt(0.5, 1.5)]);
        let (raster, pixels) = covered(&square, 1.0, 0.0).unwrap();
        assert_eq!((raster.left, raster.top, raster.width), (0.0, 0.0, 3));
        assert_eq!(pixels.len(), 6);
        for (found, exact) in pixels.iter().zip([64_u8, 128, 64, 64, 128, 64]) {
            assert!(found.abs_diff(exact) <= 1, "{pixels:?}");
        }
    }

    #[test]
    fn the_covered_area_is_that_of_the_outline_for_slopes_and_shifts() {
        let triangle = Path::polygon(&[pt(0.0, -7.3), pt(9.1, 0.4), pt(-3.3, 2.2)]);
        let exact = ((9.1_f32) * 9.5 - (-3.3) * 7.7).abs() / 2.0;
        for (scale, shift) in [(1.0, 0.0), (1.0, 0.25), (2.5, 0.75), (8.0, 0.5)] {
            let (_, pixels) = covered(&triangle, scale, shift).unwrap();
            let found = area(&pixels) / (scale * scale);
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
        let (_, pixels) = covered(&ring, 1.0, 0.0).unwrap();
        assert_eq!(pixels[3 * 8 + 3], 0);
        assert_eq!(pixels[8 + 1], 255);
        assert!((area(&pixels) - 48.0).abs() < 0.1);
    }

    #[test]
    fn empty_and_huge_outlines_are_rejected() {
        assert!(covered(&Path::default(), 1.0, 0.0).is_none());
        let square = Path::polygon(&[pt(0.0, 0.0), pt(1.0, 0.0), pt(1.0, 1.0), pt(0.0, 1.0)]);
        assert!(covered(&square, 10_000.0, 0.0).is_none());
        assert!(covered(&square, f32::NAN, 0.0).is_none());
    }
}
