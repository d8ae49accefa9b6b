//! Paints items onto one tile of the image.
//!
//! Must not know: the model, layout.

use super::glyph_cache::{MAX_SIDE, MaskCache, MaskShape, blit, blit_bitmap, skia_path};
use super::images::{self, ImageCache};
use crate::geom::{Origin, Path, Rect};
use crate::scene::{Dash, Shape, Stroke, TextLine};
use crate::text::{Bitmap, FontKey, Glyph, Typesetter};
use crate::theme::Color;
use crate::theme::Icon;
use rustc_hash::FxHashMap;
use std::rc::Rc;
use std::sync::Arc;
use tiny_skia::{
    FillRule, LineCap, LineJoin, Paint, PathBuilder, PixmapMut, StrokeDash, Transform,
};

/// State shared by all tiles.
pub(super) struct TilePainter<'a> {
    typesetter: &'a mut Typesetter,
    masks: MaskCache,
    bitmaps: FxHashMap<(FontKey, u32, u32), Option<Rc<ScaledBitmap>>>,
    images: ImageCache,
    /// Pixels per map unit.
    scale: f64,
}

/// A bitmap glyph at the size at which it is drawn.
struct ScaledBitmap {
    width: usize,
    rgba: Vec<u8>,
    /// Offset of the left and top edge from the glyph's origin, in pixels.
    offset: (f32, f32),
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
            masks: MaskCache::default(),
            bitmaps: FxHashMap::default(),
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
                let Some(path) = skia_path(&path.unpack(), place.scale, (place.x, place.y)) else {
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
                self.icon(tile, place, *icon, rect, *color, opacity);
            }
            Shape::Image {
                source,
                rect,
                round,
            } => {
                let radius = if *round { rect.width() / 2.0 } else { 0.0 };
                let side = rect.width().max(rect.height()) * place.scale;
                if let Some(picture) = self.images.get(&source.bytes, side)
                    && let Some(path) = rounded_rect(place, rect, radius).filter(is_within_range)
                {
                    images::draw(&mut tile.pixels, picture, &path, *round, opacity);
                }
            }
            Shape::Text(line) => self.text(tile, place, line, opacity),
        }
    }

    fn icon(
        &mut self,
        tile: &mut Tile<'_>,
        place: TileTransform,
        icon: Icon,
        rect: &Rect,
        color: Color,
        opacity: f32,
    ) {
        let side = rect.width().min(rect.height()) * place.scale;
        let at = place.point(rect.min.x, rect.min.y);
        if side > MAX_SIDE {
            let Some(path) = skia_path(icon.lines(), side / 24.0, at).filter(is_within_range)
            else {
                return;
            };
            let pen = tiny_skia::Stroke {
                width: Icon::STROKE * side / 24.0,
                line_cap: LineCap::Round,
                line_join: LineJoin::Round,
                ..tiny_skia::Stroke::default()
            };
            tile.pixels.stroke_path(
                &path,
                &paint(color, opacity),
                &pen,
                Transform::identity(),
                None,
            );
            return;
        }
        let lines = || Some(StaticPath(icon.lines()));
        if let Some((mask, at)) = self.masks.get(MaskShape::Icon(icon), side, at, lines) {
            blit(&mut tile.pixels, &mask, at, color, opacity);
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
            self.glyph(tile, glyph, size, at, line.color, opacity);
        }
    }

    fn glyph(
        &mut self,
        tile: &mut Tile<'_>,
        glyph: &Glyph,
        size: f32,
        at: (f32, f32),
        color: Color,
        opacity: f32,
    ) {
        let Glyph { font, id, .. } = *glyph;
        let typesetter = &mut *self.typesetter;
        if typesetter.has_bitmaps(font) {
            let small = self
                .bitmaps
                .entry((font, id, size.to_bits()))
                .or_insert_with(|| {
                    let picture = typesetter.bitmap(font, id, size)?;
                    downscale(&picture, size).map(Rc::new)
                });
            if let Some(small) = small {
                let x = (at.0 + small.offset.0).round() as i32;
                let y = (at.1 + small.offset.1).round() as i32;
                blit_bitmap(&mut tile.pixels, &small.rgba, small.width, (x, y), opacity);
                return;
            }
        }
        if size > MAX_SIDE {
            if let Some(outline) = typesetter.outline(font, id)
                && let Some(path) = skia_path(&outline, size, at)
            {
                fill_path(tile, &path, color, opacity);
            }
            return;
        }
        let outline = || typesetter.outline(font, id);
        if let Some((mask, at)) = self
            .masks
            .get(MaskShape::Glyph(font, id), size, at, outline)
        {
            blit(&mut tile.pixels, &mask, at, color, opacity);
        }
    }
}

/// A static path.
struct StaticPath(&'static Path);

impl AsRef<Path> for StaticPath {
    fn as_ref(&self) -> &Path {
        self.0
    }
}

/// The bitmap reduced to `size` pixels an em, each pixel the mean of those it covers.
fn downscale(picture: &Arc<Bitmap>, size: f32) -> Option<ScaledBitmap> {
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
    Some(ScaledBitmap {
        width,
        rgba,
        offset: (rect.min.x * size, rect.min.y * size),
    })
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
