//! Paints items onto one tile of the image.
//!
//! Must not know: the model, layout.

use super::glyph_cache::{RasterCache, blit};
use super::images::{self, ImageCache};
use super::raster::{Symbol, skia_path};
use crate::geom::{Origin, Rect};
use crate::scene::{Dash, Shape, Stroke, TextLine};
use crate::text::Typesetter;
use crate::theme::Color;
use tiny_skia::{
    FillRule, LineCap, LineJoin, Paint, PathBuilder, PixmapMut, StrokeDash, Transform,
};

/// State shared by all tiles.
pub(super) struct TilePainter<'a> {
    typesetter: &'a mut Typesetter,
    rasters: RasterCache,
    images: ImageCache,
    /// Pixels per map unit.
    scale: f64,
}

/// A part of the image: its pixels and the position of its top left pixel.
pub(super) struct Tile<'a> {
    pub(super) pixels: PixmapMut<'a>,
    pub(super) x: i64,
    pub(super) y: i64,
}

/// Transform of items onto the tile: map units times `scale` plus `x` and `y`.
#[derive(Clone, Copy)]
struct TileTransform {
    scale: f32,
    x: f32,
    y: f32,
}

impl TileTransform {
    fn point(&self, x: f32, y: f32) -> (f32, f32) {
        (x * self.scale + self.x, y * self.scale + self.y)
    }
}

/// Size of text in pixels an em below which it is not drawn.
const MIN_TEXT_SIZE: f32 = 0.7;

/// Maximum coordinate in pixels; larger ones are never visible, and tiny-skia is inaccurate with
/// them.
const MAX_COORDINATE: f32 = 65_536.0;

/// Distance of a cubic's control points from the corner of a quarter circle, as a share of its
/// radius.
const CORNER_CONTROL: f32 = 0.447_715;

impl<'a> TilePainter<'a> {
    pub(super) fn new(typesetter: &'a mut Typesetter, scale: f64) -> TilePainter<'a> {
        TilePainter {
            typesetter,
            rasters: RasterCache::default(),
            images: ImageCache::default(),
            scale,
        }
    }

    /// Paints one item of a group with this origin.
    pub(super) fn shape(
        &mut self,
        tile: &mut Tile<'_>,
        origin: Origin,
        shape: &Shape,
        opacity: f32,
    ) {
        let place = TileTransform {
            scale: self.scale as f32,
            x: (origin.x * self.scale - tile.x as f64) as f32,
            y: (origin.y * self.scale - tile.y as f64) as f32,
        };
        match shape {
            Shape::Rect {
                rect,
                radius,
                fill,
                stroke,
            } => {
                if let Some(color) = fill {
                    fill_rect(tile, place, rect, *radius, *color, opacity);
                }
                if let Some(stroke) = stroke
                    && let Some(path) = rounded_rect(place, rect, *radius)
                {
                    draw_stroke(tile, place, &path, stroke, opacity);
                }
            }
            Shape::Path { path, fill, stroke } => {
                let Some(path) = skia_path(path, place.scale, (place.x, place.y)) else {
                    return;
                };
                if let Some(color) = fill {
                    fill_path(tile, &path, *color, opacity);
                }
                if let Some(stroke) = stroke {
                    draw_stroke(tile, place, &path, stroke, opacity);
                }
            }
            Shape::Icon { icon, rect, color } => {
                let side = rect.width().min(rect.height()) * place.scale;
                let at = place.point(rect.min.x, rect.min.y);
                self.symbol(tile, Symbol::Icon(*icon), side, at, *color, opacity);
            }
            Shape::Image {
                bytes, rect, round, ..
            } => {
                let radius = if *round { rect.width() / 2.0 } else { 0.0 };
                let side = rect.width().max(rect.height()) * place.scale;
                if let Some(picture) = self.images.get(bytes, side)
                    && let Some(path) = rounded_rect(place, rect, radius).filter(is_within_range)
                {
                    images::draw(&mut tile.pixels, picture, &path, *round, opacity);
                }
            }
            Shape::Text(line) => self.text(tile, place, line, opacity),
        }
    }

    fn text(&mut self, tile: &mut Tile<'_>, place: TileTransform, line: &TextLine, opacity: f32) {
        let size = line.size * place.scale;
        if !(MIN_TEXT_SIZE..MAX_COORDINATE).contains(&size) {
            return;
        }
        let shaped = self.typesetter.shape(&line.text, line.face);
        let (left, base) = place.point(line.at.x, line.at.y);
        // Baselines are on whole pixels, as on screen.
        let base = base.round();
        let width = tile.pixels.width() as f32;
        for glyph in &shaped.glyphs {
            let at = (left + glyph.x * size, base + glyph.y * size);
            if at.0 > width + size || at.0 < -3.0 * size {
                continue;
            }
            let symbol = Symbol::Glyph(glyph.font, glyph.id);
            self.symbol(tile, symbol, size, at, line.color, opacity);
        }
    }

    /// Paints a glyph or an icon with its origin at a position on the tile.
    fn symbol(
        &mut self,
        tile: &mut Tile<'_>,
        symbol: Symbol,
        size: f32,
        at: (f32, f32),
        color: Color,
        opacity: f32,
    ) {
        if let Some((raster, at)) = self.rasters.get(symbol, size, at, self.typesetter) {
            blit(&mut tile.pixels, &raster, at, color, opacity);
        }
    }
}

fn paint(color: Color, opacity: f32) -> Paint<'static> {
    let color = color.alpha(opacity);
    let mut paint = Paint {
        anti_alias: true,
        ..Paint::default()
    };
    paint.set_color_rgba8(color.r, color.g, color.b, color.a);
    paint
}

fn is_within_range(path: &tiny_skia::Path) -> bool {
    let bounds = path.bounds();
    let near = -MAX_COORDINATE..=MAX_COORDINATE;
    near.contains(&bounds.left())
        && near.contains(&bounds.top())
        && near.contains(&bounds.right())
        && near.contains(&bounds.bottom())
}

fn fill_path(tile: &mut Tile<'_>, path: &tiny_skia::Path, color: Color, opacity: f32) {
    let bounds = path.bounds();
    // tiny-skia cannot fill a path without area.
    if bounds.width() < 1e-3 || bounds.height() < 1e-3 || !is_within_range(path) {
        return;
    }
    let paint = paint(color, opacity);
    tile.pixels
        .fill_path(path, &paint, FillRule::Winding, Transform::identity(), None);
}

fn draw_stroke(
    tile: &mut Tile<'_>,
    place: TileTransform,
    path: &tiny_skia::Path,
    stroke: &Stroke,
    opacity: f32,
) {
    let width = stroke.width * place.scale;
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
    let paint = paint(stroke.color, opacity);
    tile.pixels
        .stroke_path(path, &paint, &pen, Transform::identity(), None);
}

fn fill_rect(
    tile: &mut Tile<'_>,
    place: TileTransform,
    rect: &Rect,
    radius: f32,
    color: Color,
    opacity: f32,
) {
    let (x0, y0) = place.point(rect.min.x, rect.min.y);
    let (x1, y1) = place.point(rect.max.x, rect.max.y);
    if radius <= 0.0 {
        // Clipped to the tile, because large coordinates cost time.
        let (w, h) = (tile.pixels.width() as f32, tile.pixels.height() as f32);
        let rect = tiny_skia::Rect::from_ltrb(
            x0.max(-2.0),
            y0.max(-2.0),
            x1.min(w + 2.0),
            y1.min(h + 2.0),
        );
        if let Some(rect) = rect {
            let paint = paint(color, opacity);
            tile.pixels
                .fill_rect(rect, &paint, Transform::identity(), None);
        }
        return;
    }
    if let Some(path) = rounded_rect(place, rect, radius) {
        fill_path(tile, &path, color, opacity);
    }
}

fn rounded_rect(place: TileTransform, rect: &Rect, radius: f32) -> Option<tiny_skia::Path> {
    let (x0, y0) = place.point(rect.min.x, rect.min.y);
    let (x1, y1) = place.point(rect.max.x, rect.max.y);
    let mut out = PathBuilder::with_capacity(10, 20);
    let radius = (radius * place.scale)
        .min((x1 - x0) / 2.0)
        .min((y1 - y0) / 2.0);
    if radius <= 0.0 {
        out.push_rect(tiny_skia::Rect::from_ltrb(x0, y0, x1, y1)?);
        return out.finish();
    }
    let k = radius * CORNER_CONTROL;
    out.move_to(x0 + radius, y0);
    out.line_to(x1 - radius, y0);
    out.cubic_to(x1 - k, y0, x1, y0 + k, x1, y0 + radius);
    out.line_to(x1, y1 - radius);
    out.cubic_to(x1, y1 - k, x1 - k, y1, x1 - radius, y1);
    out.line_to(x0 + radius, y1);
    out.cubic_to(x0 + k, y1, x0, y1 - k, x0, y1 - radius);
    out.line_to(x0, y0 + radius);
    out.cubic_to(x0, y0 + k, x0 + k, y0, x0 + radius, y0);
    out.close();
    out.finish()
}
