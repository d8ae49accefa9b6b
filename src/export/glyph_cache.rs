//! Coverage masks of glyphs and icons, rasterised once for each size and quarter of a pixel, and
//! then reused.
//!
//! Must not know: the model, layout.

use crate::geom::{Path, Segment};
use crate::text::FontKey;
use crate::theme::Color;
use crate::theme::Icon;
use rustc_hash::FxHashMap;
use std::rc::Rc;
use tiny_skia::{FillRule, LineCap, LineJoin, Mask, PathBuilder, PixmapMut, Stroke, Transform};

/// The shape of a mask.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum MaskShape {
    Glyph(FontKey, u32),
    Icon(Icon),
}

/// A shape at a size and a subpixel offset.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct MaskKey {
    drawing: MaskShape,
    /// Pixels an em, or the side of an icon; the bits of an `f32`.
    size: u32,
    /// Offset in quarters of a pixel to the right and down.
    quarter: (u8, u8),
}

/// Coverage of each pixel, 0 … 255.
pub(super) struct CoverageMask {
    /// Offset of the left and the top edge, relative to the whole pixel of the origin.
    left: i32,
    top: i32,
    width: usize,
    data: Vec<u8>,
}

/// Total size of masks in bytes above which the cache is cleared.
const MAX_BYTES: usize = 32 << 20;

/// Maximum side of a mask in pixels; larger shapes are rare and drawn directly.
pub(super) const MAX_SIDE: f32 = 128.0;

#[derive(Default)]
pub(super) struct MaskCache {
    known: FxHashMap<MaskKey, Option<Rc<CoverageMask>>>,
    bytes: usize,
}

impl MaskCache {
    /// The mask of a shape with its origin at (x, y) pixels, and the whole pixel to which it is
    /// relative. `path` returns the outline: in ems for glyphs.
    pub(super) fn get<P: AsRef<Path>>(
        &mut self,
        drawing: MaskShape,
        size: f32,
        (x, y): (f32, f32),
        path: impl FnOnce() -> Option<P>,
    ) -> Option<(Rc<CoverageMask>, (i32, i32))> {
        let (column, right) = pixel_and_quarter(x);
        let (row, down) = pixel_and_quarter(y);
        let key = MaskKey {
            drawing,
            size: size.to_bits(),
            quarter: (right, down),
        };
        if let Some(known) = self.known.get(&key) {
            return known.clone().map(|mask| (mask, (column, row)));
        }
        let offset = (f32::from(right) / 4.0, f32::from(down) / 4.0);
        let mask = path()
            .and_then(|path| match drawing {
                MaskShape::Glyph(..) => rasterize(path.as_ref(), size, offset, None),
                MaskShape::Icon(_) => {
                    rasterize(path.as_ref(), size / 24.0, offset, Some(Icon::STROKE))
                }
            })
            .map(Rc::new);
        let bytes = mask.as_ref().map_or(0, |mask| mask.data.len()) + size_of::<MaskKey>() * 2;
        if self.bytes + bytes > MAX_BYTES {
            self.known.clear();
            self.bytes = 0;
        }
        self.bytes += bytes;
        self.known.insert(key, mask.clone());
        mask.map(|mask| (mask, (column, row)))
    }
}

/// The whole pixel and the additional quarters.
fn pixel_and_quarter(at: f32) -> (i32, u8) {
    let quarters = (at * 4.0).round() as i32;
    (quarters.div_euclid(4), quarters.rem_euclid(4) as u8)
}

/// Converts a path for tiny-skia, scaled and translated.
pub(super) fn skia_path(path: &Path, scale: f32, (x, y): (f32, f32)) -> Option<tiny_skia::Path> {
    let mut out = PathBuilder::with_capacity(path.0.len() + 1, path.0.len() * 2);
    for segment in &path.0 {
        match *segment {
            Segment::Move(p) => out.move_to(p.x * scale + x, p.y * scale + y),
            Segment::Line(p) => out.line_to(p.x * scale + x, p.y * scale + y),
            Segment::Cubic(a, b, p) => out.cubic_to(
                a.x * scale + x,
                a.y * scale + y,
                b.x * scale + x,
                b.y * scale + y,
                p.x * scale + x,
                p.y * scale + y,
            ),
            Segment::Close => out.close(),
        }
    }
    out.finish()
}

fn rasterize(
    path: &Path,
    scale: f32,
    offset: (f32, f32),
    pen: Option<f32>,
) -> Option<CoverageMask> {
    let mut lines = skia_path(path, scale, offset)?;
    if let Some(width) = pen {
        let pen = Stroke {
            width: width * scale,
            line_cap: LineCap::Round,
            line_join: LineJoin::Round,
            ..Stroke::default()
        };
        lines = lines.stroke(&pen, 1.0)?;
    }
    let bounds = lines.bounds();
    let (left, top) = (bounds.left().floor(), bounds.top().floor());
    let (width, height) = (bounds.right().ceil() - left, bounds.bottom().ceil() - top);
    if !(1.0..=4.0 * MAX_SIDE).contains(&width) || !(1.0..=4.0 * MAX_SIDE).contains(&height) {
        return None;
    }
    let mut mask = Mask::new(width as u32, height as u32)?;
    let move_in = Transform::from_translate(-left, -top);
    mask.fill_path(&lines, FillRule::Winding, true, move_in);
    Some(CoverageMask {
        left: left as i32,
        top: top as i32,
        width: width as usize,
        data: mask.take(),
    })
}

/// Paints the covered pixels; (x, y) is the pixel to which the mask is relative.
pub(super) fn blit(
    target: &mut PixmapMut<'_>,
    mask: &CoverageMask,
    (x, y): (i32, i32),
    color: Color,
    opacity: f32,
) {
    let alpha = (f32::from(color.a) * opacity.clamp(0.0, 1.0)).round() as u32;
    if alpha == 0 {
        return;
    }
    let paint = [color.r, color.g, color.b].map(u32::from);
    let height = mask.data.len() / mask.width.max(1);
    let Some(clip) = BlitClip::of(
        target,
        (x.saturating_add(mask.left), y.saturating_add(mask.top)),
        mask.width,
        height,
    ) else {
        return;
    };
    let stride = target.width() as usize * 4;
    let data = target.data_mut();
    for (row, to) in clip.rows.clone().zip(clip.top..) {
        let covered = &mask.data[row * mask.width..][clip.columns.clone()];
        let pixels = &mut data[to * stride + clip.left * 4..][..covered.len() * 4];
        for (cover, pixel) in covered.iter().zip(pixels.chunks_exact_mut(4)) {
            if *cover == 0 {
                continue;
            }
            let over = div_255(u32::from(*cover) * alpha);
            blend(pixel, paint, over);
        }
    }
}

/// Paints a bitmap, not premultiplied, of `width` pixels a row.
pub(super) fn blit_bitmap(
    target: &mut PixmapMut<'_>,
    rgba: &[u8],
    width: usize,
    place: (i32, i32),
    opacity: f32,
) {
    let alpha = (255.0 * opacity.clamp(0.0, 1.0)).round() as u32;
    let height = rgba.len() / (width.max(1) * 4);
    let Some(clip) = BlitClip::of(target, place, width, height) else {
        return;
    };
    let stride = target.width() as usize * 4;
    let data = target.data_mut();
    for (row, to) in clip.rows.clone().zip(clip.top..) {
        let from = &rgba[row * width * 4..][..width * 4];
        let from = &from[clip.columns.start * 4..clip.columns.end * 4];
        let pixels = &mut data[to * stride + clip.left * 4..][..from.len()];
        for (source, pixel) in from.chunks_exact(4).zip(pixels.chunks_exact_mut(4)) {
            let over = div_255(u32::from(source[3]) * alpha);
            blend(
                pixel,
                [source[0], source[1], source[2]].map(u32::from),
                over,
            );
        }
    }
}

fn div_255(value: u32) -> u32 {
    (value + 128 + ((value + 128) >> 8)) >> 8
}

/// Blends without premultiplication, because the background is opaque.
fn blend(pixel: &mut [u8], paint: [u32; 3], over: u32) {
    for (under, paint) in pixel.iter_mut().zip(paint) {
        *under = div_255(paint * over + u32::from(*under) * (255 - over)) as u8;
    }
}

/// The part of a mask or bitmap inside the target.
struct BlitClip {
    rows: std::ops::Range<usize>,
    columns: std::ops::Range<usize>,
    left: usize,
    top: usize,
}

impl BlitClip {
    fn of(
        target: &PixmapMut<'_>,
        (x, y): (i32, i32),
        width: usize,
        height: usize,
    ) -> Option<BlitClip> {
        let side = |at: i32, length: usize, room: u32| {
            let start = usize::try_from(at.saturating_neg()).unwrap_or(0);
            let end = i64::from(room) - i64::from(at);
            let end = usize::try_from(end).ok()?.min(length);
            (start < end).then_some(start..end)
        };
        Some(BlitClip {
            columns: side(x, width, target.width())?,
            rows: side(y, height, target.height())?,
            left: usize::try_from(x).unwrap_or(0),
            top: usize::try_from(y).unwrap_or(0),
        })
    }
}
