//! Paints items onto one tile of the image. Images of the scene are decoded once for the size at
//! which they are drawn.
//!
//! Must not know: the model, layout.

use super::glyph_cache::{RasterCache, blit};
use super::raster::{Symbol, skia_path};
use super::round_rect::round_rect;
use crate::geom::{Point, Rect};
use crate::image::decode;
use crate::scene::{Dash, Shape, Stroke, TextLine, Tone};
use crate::text::Typesetter;
use crate::theme::{Color, RoleColors};
use rustc_hash::FxHashMap;
use std::sync::Arc;
use tiny_skia::{
    FillRule, FilterQuality, IntSize, LineCap, LineJoin, Paint, Pattern, Pixmap, PixmapMut,
    SpreadMode, StrokeDash, Transform,
};

/// State shared by all tiles.
pub(super) struct TilePainter<'a> {
    typesetter: &'a mut Typesetter,
    colors: &'a RoleColors,
    rasters: RasterCache,
    images: ImageCache,
}

/// Size of text in pixels an em below which it is not drawn.
const MIN_TEXT_SIZE: f32 = 0.7;

/// Maximum coordinate in pixels; larger ones are never visible, and tiny-skia is inaccurate with
/// them.
const MAX_COORDINATE: f32 = 65_536.0;

impl<'a> TilePainter<'a> {
    pub(super) fn new(typesetter: &'a mut Typesetter, colors: &'a RoleColors) -> TilePainter<'a> {
        TilePainter {
            typesetter,
            colors,
            rasters: RasterCache::default(),
            images: ImageCache::default(),
        }
    }

    /// Paints one item, placed on a tile.
    pub(super) fn shape(
        &mut self,
        tile: &mut PixmapMut<'_>,
        place: Transform,
        shape: &Shape,
        tone: Tone,
    ) {
        match shape {
            Shape::Rect {
                rect,
                radius,
                fill,
                stroke,
            } => {
                let outline = (*radius > 0.0 || stroke.is_some())
                    .then(|| skia_path(&round_rect(rect, *radius), place))
                    .flatten();
                let fill = fill.map(|fill| tone.fill(self.colors.color(fill)));
                match (fill, &outline) {
                    (Some(color), _) if *radius <= 0.0 => {
                        fill_rect(tile, place, rect, color);
                    }
                    (Some(color), Some(outline)) => fill_path(tile, outline, color),
                    _ => {}
                }
                if let Some((stroke, outline)) = stroke.as_ref().zip(outline) {
                    self.stroke(tile, place, &outline, stroke, tone);
                }
            }
            Shape::Path { path, fill, stroke } => {
                let Some(path) = skia_path(&path.unpack(), place) else {
                    return;
                };
                if let Some(fill) = fill {
                    fill_path(tile, &path, tone.fill(self.colors.color(*fill)));
                }
                if let Some(stroke) = stroke {
                    self.stroke(tile, place, &path, stroke, tone);
                }
            }
            Shape::Icon { icon, rect, color } => {
                let side = rect.width().min(rect.height()) * place.sx;
                let at = on_tile(place, rect.min);
                let color = self.colors.color(*color);
                self.symbol(tile, Symbol::Icon(*icon), side, at, color, tone);
            }
            Shape::Image {
                source,
                rect,
                round,
            } => {
                let radius = if *round { rect.width() / 2.0 } else { 0.0 };
                let side = rect.width().max(rect.height()) * place.sx;
                if let Some(picture) = self.images.get(&source.bytes, side)
                    && let Some(path) =
                        skia_path(&round_rect(rect, radius), place).filter(is_within_range)
                {
                    draw_image(tile, picture, &path, *round, tone.image_opacity());
                }
            }
            Shape::Text(line) => self.text(tile, place, line, tone),
        }
    }

    fn text(&mut self, tile: &mut PixmapMut<'_>, place: Transform, line: &TextLine, tone: Tone) {
        let size = line.size * place.sx;
        if !(MIN_TEXT_SIZE..MAX_COORDINATE).contains(&size) {
            return;
        }
        let shaped = self.typesetter.shape(&line.text, line.face);
        let (left, base) = on_tile(place, line.at);
        // Baselines are on whole pixels, as on screen.
        let base = base.round();
        let width = tile.width() as f32;
        let color = self.colors.color(line.color);
        for glyph in &shaped.glyphs {
            let at = (left + glyph.x * size, base + glyph.y * size);
            if at.0 > width + size || at.0 < -3.0 * size {
                continue;
            }
            let symbol = Symbol::Glyph(glyph.font, glyph.id);
            self.symbol(tile, symbol, size, at, color, tone);
        }
    }

    fn stroke(
        &self,
        tile: &mut PixmapMut<'_>,
        place: Transform,
        path: &tiny_skia::Path,
        stroke: &Stroke,
        tone: Tone,
    ) {
        let paint = paint(tone.line(self.colors.color(stroke.color)));
        draw_stroke(tile, path, stroke, stroke.width * place.sx, &paint);
    }

    /// Paints a glyph or an icon with its origin at a position on the tile.
    fn symbol(
        &mut self,
        tile: &mut PixmapMut<'_>,
        symbol: Symbol,
        size: f32,
        at: (f32, f32),
        color: Color,
        tone: Tone,
    ) {
        if let Some((raster, at)) = self.rasters.get(symbol, size, at, self.typesetter) {
            blit(tile, &raster, at, tone.text(color), tone.image_opacity());
        }
    }
}

fn on_tile(place: Transform, p: Point) -> (f32, f32) {
    (p.x * place.sx + place.tx, p.y * place.sy + place.ty)
}

fn paint(color: Color) -> Paint<'static> {
    let mut paint = Paint {
        anti_alias: true,
        ..Paint::default()
    };
    paint.set_color_rgba8(color.r, color.g, color.b, color.a);
    paint
}

fn is_within_range(path: &tiny_skia::Path) -> bool {
    let bounds = path.bounds();
    let sides = [bounds.left(), bounds.top(), bounds.right(), bounds.bottom()];
    sides.iter().all(|side| side.abs() <= MAX_COORDINATE)
}

fn fill_path(tile: &mut PixmapMut<'_>, path: &tiny_skia::Path, color: Color) {
    let bounds = path.bounds();
    // tiny-skia cannot fill a path without area.
    if bounds.width() < 1e-3 || bounds.height() < 1e-3 || !is_within_range(path) {
        return;
    }
    let paint = paint(color);
    tile.fill_path(path, &paint, FillRule::Winding, Transform::identity(), None);
}

fn draw_stroke(
    tile: &mut PixmapMut<'_>,
    path: &tiny_skia::Path,
    stroke: &Stroke,
    width: f32,
    paint: &Paint<'_>,
) {
    if !(width > 0.0 && width < MAX_COORDINATE && is_within_range(path)) {
        return;
    }
    let pen = tiny_skia::Stroke {
        width,
        line_cap: match stroke.dash {
            Dash::Dotted => LineCap::Round,
            Dash::Solid | Dash::Dashed => LineCap::Butt,
        },
        line_join: LineJoin::Round,
        dash: stroke
            .dash
            .pattern()
            .and_then(|[on, off]| StrokeDash::new(vec![on * width, off * width], 0.0)),
        ..tiny_skia::Stroke::default()
    };
    tile.stroke_path(path, paint, &pen, Transform::identity(), None);
}

fn fill_rect(tile: &mut PixmapMut<'_>, place: Transform, rect: &Rect, color: Color) {
    let ((x0, y0), (x1, y1)) = (on_tile(place, rect.min), on_tile(place, rect.max));
    // Clipped to the tile, because large coordinates cost time.
    let (right, bottom) = (tile.width() as f32 + 2.0, tile.height() as f32 + 2.0);
    let shown =
        tiny_skia::Rect::from_ltrb(x0.max(-2.0), y0.max(-2.0), x1.min(right), y1.min(bottom));
    if let Some(shown) = shown {
        tile.fill_rect(shown, &paint(color), Transform::identity(), None);
    }
}

/// Maximum longer side of a decoded image in pixels.
const MAX_IMAGE_SIDE: f32 = 2_048.0;

/// Decoded images by size and the address of their bytes, which the scene keeps alive.
#[derive(Default)]
struct ImageCache(FxHashMap<(usize, u32), Option<Pixmap>>);

impl ImageCache {
    /// The image whose longer side is drawn with this many pixels; `None` if it cannot be decoded
    /// or is too small to be seen.
    fn get(&mut self, bytes: &Arc<[u8]>, side: f32) -> Option<&Pixmap> {
        if side < 1.0 {
            return None;
        }
        // Round images show only a part; twice as many pixels suffice for any of them.
        let side = (side * 2.0).clamp(16.0, MAX_IMAGE_SIDE).round() as u32;
        let key = (Arc::as_ptr(bytes).cast::<u8>() as usize, side);
        let decoded = self.0.entry(key).or_insert_with(|| {
            let pixels = decode(bytes, side).ok()?;
            let size = IntSize::from_wh(pixels.width, pixels.height)?;
            let mut rgba = pixels.rgba;
            for pixel in rgba.as_chunks_mut::<4>().0 {
                let [r, g, b, a] = pixel.map(u32::from);
                *pixel = [r * a / 255, g * a / 255, b * a / 255, a].map(|c| c as u8);
            }
            Pixmap::from_vec(rgba, size)
        });
        decoded.as_ref()
    }
}

/// Draws an image into a path: stretched to its bounds, or if `round` covering them, cropped around
/// its center.
fn draw_image(
    pixels: &mut PixmapMut<'_>,
    picture: &Pixmap,
    path: &tiny_skia::Path,
    round: bool,
    opacity: f32,
) {
    let bounds = path.bounds();
    let (w, h) = (picture.width() as f32, picture.height() as f32);
    let (mut sx, mut sy) = (bounds.width() / w, bounds.height() / h);
    if round {
        let scale = sx.max(sy);
        (sx, sy) = (scale, scale);
    }
    let x = bounds.left() + (bounds.width() - w * sx) / 2.0;
    let y = bounds.top() + (bounds.height() - h * sy) / 2.0;
    let shader = Pattern::new(
        picture.as_ref(),
        SpreadMode::Pad,
        FilterQuality::Bilinear,
        opacity,
        Transform::from_row(sx, 0.0, 0.0, sy, x, y),
    );
    let paint = Paint {
        shader,
        anti_alias: true,
        ..Paint::default()
    };
    pixels.fill_path(path, &paint, FillRule::Winding, Transform::identity(), None);
}
