//! Pixels of glyphs and icons, made once for each size and quarter of a pixel, and their blending.
//!
//! Must not know: the model, layout.

use super::raster::{Raster, RasterPixels, Symbol};
use crate::text::Typesetter;
use crate::theme::Color;
use rustc_hash::FxHashMap;
use std::rc::Rc;
use tiny_skia::PixmapMut;

/// A symbol at a size and a subpixel offset.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct RasterKey {
    symbol: Symbol,
    /// Pixels an em, or the side of an icon; the bits of an `f32`.
    size: u32,
    /// Offset in quarters of a pixel to the right and down.
    quarter: (u8, u8),
}

/// Total size of rasters in bytes above which the cache is cleared.
const MAX_BYTES: usize = 32 << 20;

#[derive(Default)]
pub(super) struct RasterCache {
    known: FxHashMap<RasterKey, Option<Rc<Raster>>>,
    bytes: usize,
}

impl RasterCache {
    /// The pixels of a symbol with its origin at (x, y) pixels, and the position of their top left
    /// corner.
    pub(super) fn get(
        &mut self,
        symbol: Symbol,
        size: f32,
        (x, y): (f32, f32),
        typesetter: &mut Typesetter,
    ) -> Option<(Rc<Raster>, (i32, i32))> {
        let (column, right) = pixel_and_quarter(x);
        let (row, down) = pixel_and_quarter(y);
        let key = RasterKey {
            symbol,
            size: size.to_bits(),
            quarter: (right, down),
        };
        if !self.known.contains_key(&key) {
            let offset = (f32::from(right) / 4.0, f32::from(down) / 4.0);
            let raster = symbol.rasterize(size, offset, 0.0, typesetter);
            let pixels = raster.as_ref().map_or(0, |it| it.pixels.bytes().0.len());
            let bytes = pixels + size_of::<RasterKey>() * 2;
            if self.bytes + bytes > MAX_BYTES {
                self.known.clear();
                self.bytes = 0;
            }
            self.bytes += bytes;
            self.known.insert(key, raster.map(Rc::new));
        }
        let raster = Rc::clone(self.known.get(&key)?.as_ref()?);
        let corner = match raster.pixels {
            RasterPixels::Coverage(_) => (
                column.saturating_add(raster.left as i32),
                row.saturating_add(raster.top as i32),
            ),
            RasterPixels::Rgba(_) => (
                (x + raster.left).round() as i32,
                (y + raster.top).round() as i32,
            ),
        };
        Some((raster, corner))
    }
}

/// The whole pixel and the additional quarters.
fn pixel_and_quarter(at: f32) -> (i32, u8) {
    let quarters = (at * 4.0).round() as i32;
    (quarters.div_euclid(4), quarters.rem_euclid(4) as u8)
}

/// Paints the pixels of a symbol with their top left corner at (x, y); the color is that of the
/// covered pixels of a symbol without colors of its own, the opacity that of one with colors.
pub(super) fn blit(
    target: &mut PixmapMut<'_>,
    raster: &Raster,
    (x, y): (i32, i32),
    color: Color,
    opacity: f32,
) {
    let (bytes, depth) = raster.pixels.bytes();
    let alpha = if depth == 1 {
        u32::from(color.a)
    } else {
        (255.0 * opacity.clamp(0.0, 1.0)).round() as u32
    };
    let row_bytes = raster.width * depth;
    let (Some(columns), Some(rows)) = (
        visible_part(x, raster.width, target.width()),
        visible_part(y, bytes.len() / row_bytes, target.height()),
    ) else {
        return;
    };
    if alpha == 0 {
        return;
    }
    let stride = target.width() as usize * 4;
    let left = usize::try_from(x).unwrap_or(0);
    let top = usize::try_from(y).unwrap_or(0);
    for (row, to) in rows.zip(top..) {
        let from = &bytes[row * row_bytes..][columns.start * depth..columns.end * depth];
        let pixels = &mut target.data_mut()[to * stride + left * 4..][..columns.len() * 4];
        for (from, pixel) in from.chunks_exact(depth).zip(pixels.chunks_exact_mut(4)) {
            match *from {
                [0] => {}
                [cover] => blend(pixel, [color.r, color.g, color.b], cover, alpha),
                [r, g, b, cover] => blend(pixel, [r, g, b], cover, alpha),
                _ => {}
            }
        }
    }
}

/// The part of a length that starts at `at` inside a room that starts at 0.
fn visible_part(at: i32, length: usize, room: u32) -> Option<std::ops::Range<usize>> {
    let start = usize::try_from(at.saturating_neg()).unwrap_or(0);
    let end = usize::try_from(i64::from(room) - i64::from(at)).ok()?;
    let end = end.min(length);
    (start < end).then_some(start..end)
}

/// Blends without premultiplication, because the background is opaque.
fn blend(pixel: &mut [u8], paint: [u8; 3], cover: u8, alpha: u32) {
    let over = div_255(u32::from(cover) * alpha);
    for (under, paint) in pixel.iter_mut().zip(paint) {
        *under = div_255(u32::from(paint) * over + u32::from(*under) * (255 - over)) as u8;
    }
}

fn div_255(value: u32) -> u32 {
    (value + 128 + ((value + 128) >> 8)) >> 8
}
