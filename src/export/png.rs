//! PNG of any size in bounded memory: the image is painted in bands of tiles and written row by
//! row.
//!
//! Must not know: the model, layout.

use super::fit::{FitNote, fit};
use super::raster::placed;
use super::tile_painter::TilePainter;
use super::{ExportError, Size, exported_items};
use crate::geom::{Area, Origin, Point, Rect, pt};
use crate::image::Pixels;
use crate::scene::{Group, Scene, SceneItem, Tone};
use crate::text::Typesetter;
use std::io::{self, Write};
use tiny_skia::Pixmap;

/// Approximate number of pixels of a band.
const BAND_PIXELS: u64 = 4 << 20;

/// Maximum width of a tile in pixels; tiny-skia is slow from 8,192 on.
const MAX_TILE_WIDTH: u64 = 4_096;

/// Pixels per metre at scale 1: 96 to the inch.
const PIXELS_PER_METER: f64 = 96.0 / 0.0254;

/// Writes the scene as PNG: eight bits of red, green and blue, sRGB, with the items of the zoom that
/// is its scale. `told` is called from time to time with the number of rows of pixels written and of
/// all. Returns how the picture differs from the size asked for.
///
/// # Errors
///
/// [`ExportError::TooLarge`], [`ExportError::TooNarrow`] and [`ExportError::NoSize`] for an impossible size,
/// [`ExportError::Write`] if writing to the sink fails.
pub fn png(
    scene: &Scene,
    size: Size,
    typesetter: &mut Typesetter,
    sink: &mut dyn Write,
    told: &mut dyn FnMut(u64, u64),
) -> Result<Option<FitNote>, ExportError> {
    let fitted = fit(scene, size)?;
    let (scene, scale) = (&*fitted.scene, fitted.scale);
    let (width, height) = (fitted.width, fitted.height);
    let items = placed_items(scene, scale, scale as f32);
    let mut encoder = png::Encoder::new(sink, width as u32, height as u32);
    encoder.set_color(png::ColorType::Rgb);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_source_srgb(png::SrgbRenderingIntent::Perceptual);
    encoder.set_deflate_compression(png::DeflateCompression::FdeflateUltraFast);
    encoder.set_filter(png::Filter::Up);
    if !matches!(size, Size::Width(_)) {
        let density = (PIXELS_PER_METER * scale).round().clamp(1.0, 4e9) as u32;
        encoder.set_pixel_dims(Some(png::PixelDimensions {
            xppu: density,
            yppu: density,
            unit: png::Unit::Meter,
        }));
    }
    let mut writer = encoder.write_header().map_err(export_error)?;
    let mut stream = writer
        .stream_writer_with_size(1 << 20)
        .map_err(export_error)?;

    let mut painter = TilePainter::new(typesetter, &scene.colors);
    let rows = (BAND_PIXELS / width).clamp(16, 1024).min(height);
    let mut row = Vec::with_capacity(width as usize * 3);
    for top in (0..height).step_by(rows as usize) {
        let band = rows.min(height - top);
        let mut tiles = Vec::new();
        for left in (0..width).step_by(MAX_TILE_WIDTH as usize) {
            let size = (MAX_TILE_WIDTH.min(width - left), band);
            tiles.push(render_tile(
                scene,
                &items,
                &mut painter,
                scale,
                (left as f64, top as f64),
                size,
            )?);
        }
        for y in 0..band as usize {
            row.clear();
            for tile in &tiles {
                let stride = tile.width() as usize * 4;
                let pixels = &tile.data()[y * stride..][..stride];
                row.extend(pixels.chunks_exact(4).flat_map(|p| [p[0], p[1], p[2]]));
            }
            stream.write_all(&row)?;
        }
        told(top + band, height);
    }
    stream.finish().map_err(export_error)?;
    writer.finish().map_err(export_error)?;
    Ok(fitted.note)
}

/// Paints a part of the scene into a picture of this width and height, as large as it fits, with the
/// paper around it. `None` for a picture or part without size.
pub fn thumbnail(
    scene: &Scene,
    part: &Area,
    [width, height]: [u32; 2],
    typesetter: &mut Typesetter,
) -> Option<Pixels> {
    let (w, h) = (f64::from(width), f64::from(height));
    let scale = (w / part.width()).min(h / part.height());
    if !(scale.is_finite() && scale > 0.0) {
        return None;
    }
    let (x, y) = (
        part.center_x() * scale - w / 2.0,
        (part.top + part.bottom) / 2.0 * scale - h / 2.0,
    );
    let items = placed_items(scene, scale, scale as f32);
    let mut painter = TilePainter::new(typesetter, &scene.colors);
    let size = (u64::from(width), u64::from(height));
    let pixels = render_tile(scene, &items, &mut painter, scale, (x, y), size).ok()?;
    let rgba = pixels.take();
    Some(Pixels {
        width,
        height,
        rgba,
    })
}

/// Draws a scene at a scale, with the items of a zoom, into pixels of red, green, blue and opacity.
///
/// # Errors
///
/// [`ExportError::TooLarge`] and [`ExportError::NoSize`] for an impossible size.
pub fn pixels(
    scene: &Scene,
    scale: f64,
    zoom: f32,
    typesetter: &mut Typesetter,
) -> Result<Pixels, ExportError> {
    let fitted = fit(scene, Size::Scale(scale))?;
    let scene = &*fitted.scene;
    let items = placed_items(scene, scale, zoom);
    let mut painter = TilePainter::new(typesetter, &scene.colors);
    let size = (fitted.width, fitted.height);
    let drawn = render_tile(scene, &items, &mut painter, scale, (0.0, 0.0), size)?;
    Ok(Pixels {
        width: drawn.width(),
        height: drawn.height(),
        // Opaque, so that no colour is premultiplied.
        rgba: drawn.take(),
    })
}

/// The scene of a PNG of this size, in rows where it has to be.
///
/// # Errors
///
/// [`ExportError::TooLarge`], [`ExportError::TooNarrow`] and [`ExportError::NoSize`] for an
/// impossible size.
pub fn png_scene(scene: &Scene, size: Size) -> Result<PngScene, ExportError> {
    let fitted = fit(scene, size)?;
    Ok(PngScene {
        scale: fitted.scale,
        width: fitted.width,
        height: fitted.height,
        note: fitted.note,
        scene: fitted.scene.into_owned(),
    })
}

/// A scene as a PNG has it.
#[derive(Clone, Debug)]
pub struct PngScene {
    /// The scene.
    pub scene: Scene,
    /// Pixels per map unit.
    pub scale: f64,
    /// Width in pixels.
    pub width: u64,
    /// Height in pixels.
    pub height: u64,
    /// Difference from the size asked for.
    pub note: Option<FitNote>,
}

fn export_error(error: png::EncodingError) -> ExportError {
    ExportError::Write(match error {
        png::EncodingError::IoError(error) => error,
        other => io::Error::other(other),
    })
}

/// An item, its group, and the bounds of its pixels.
struct PlacedItem<'a> {
    group: &'a Group,
    item: &'a SceneItem,
    bounds: Rect,
}

/// All items to draw, in painting order.
fn placed_items(scene: &Scene, scale: f64, zoom: f32) -> Vec<PlacedItem<'_>> {
    let items = scene.groups.iter().flat_map(|group| {
        let Origin { x, y } = group.origin;
        let to = move |p: Point| {
            let scaled = |origin: f64, at: f32| ((origin + f64::from(at)) * scale) as f32;
            pt(scaled(x, p.x), scaled(y, p.y))
        };
        exported_items(group, zoom).map(move |item| {
            let bounds = item.shape.bounds();
            let pixels = Rect {
                min: to(bounds.min),
                max: to(bounds.max),
            };
            PlacedItem {
                group,
                item,
                bounds: pixels.grow(2.0),
            }
        })
    });
    items.collect()
}

fn render_tile(
    scene: &Scene,
    items: &[PlacedItem<'_>],
    painter: &mut TilePainter<'_>,
    scale: f64,
    (x, y): (f64, f64),
    (width, height): (u64, u64),
) -> Result<Pixmap, ExportError> {
    let mut pixels = Pixmap::new(width as u32, height as u32).ok_or(ExportError::NoSize)?;
    let ground = scene.colors.paper();
    pixels.fill(tiny_skia::Color::from_rgba8(
        ground.r, ground.g, ground.b, 255,
    ));
    let seen = Rect::new(x as f32, y as f32, width as f32, height as f32);
    for PlacedItem {
        group,
        item,
        bounds,
    } in items
    {
        if bounds.intersects(&seen) {
            let subject = group.content.objects.get(item.object as usize);
            let tone = subject.map_or_else(Tone::default, |subject| scene.tone(subject));
            let Origin { x: left, y: top } = group.origin;
            let place = placed(
                scale as f32,
                (left * scale - x) as f32,
                (top * scale - y) as f32,
            );
            painter.shape(&mut pixels.as_mut(), place, &item.shape, tone);
        }
    }
    Ok(pixels)
}
