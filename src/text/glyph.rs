//! Outlines of glyphs, and bitmaps from fonts that contain them.
//!
//! Must not know: shaping, layout.

use super::fonts::Font;
use crate::geom::{Path, Rect, Segment, pt};
use skrifa::bitmap::{BitmapData, BitmapStrikes, Origin};
use skrifa::instance::{LocationRef, NormalizedCoord, Size};
use skrifa::outline::{DrawSettings, OutlinePen};
use skrifa::{FontRef, GlyphId, MetadataProvider};

/// A bitmap glyph, such as a colour emoji.
#[derive(Clone, Debug, PartialEq)]
pub struct Bitmap {
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
    /// Red, green, blue, opacity; not premultiplied; rows from the top.
    pub rgba: Vec<u8>,
    /// Position relative to the glyph's origin on the baseline, in ems, y down.
    pub rect: Rect,
}

/// Maximum side of a bitmap glyph in pixels; a larger one means a broken font.
const MAX_SIDE: u32 = 2048;

struct OutlineBuilder {
    path: Vec<Segment>,
    scale: f32,
    last: (f32, f32),
}

impl OutlineBuilder {
    fn at(&mut self, x: f32, y: f32) -> crate::geom::Point {
        self.last = (x, y);
        pt(x * self.scale, -y * self.scale)
    }
}

impl OutlinePen for OutlineBuilder {
    fn move_to(&mut self, x: f32, y: f32) {
        let p = self.at(x, y);
        self.path.push(Segment::Move(p));
    }

    fn line_to(&mut self, x: f32, y: f32) {
        let p = self.at(x, y);
        self.path.push(Segment::Line(p));
    }

    fn quad_to(&mut self, cx: f32, cy: f32, x: f32, y: f32) {
        let (x0, y0) = self.last;
        let third = |end: f32, control: f32| end + (control - end) * (2.0 / 3.0);
        let (ax, ay) = (third(x0, cx), third(y0, cy));
        self.curve_to(ax, ay, third(x, cx), third(y, cy), x, y);
    }

    fn curve_to(&mut self, ax: f32, ay: f32, bx: f32, by: f32, x: f32, y: f32) {
        let (a, b) = (self.at(ax, ay), self.at(bx, by));
        let p = self.at(x, y);
        self.path.push(Segment::Cubic(a, b, p));
    }

    fn close(&mut self) {
        self.path.push(Segment::Close);
    }
}

fn font_ref(font: &Font) -> Option<FontRef<'_>> {
    FontRef::from_index(font.data.as_ref(), font.index).ok()
}

fn units_per_em(file: &FontRef<'_>) -> f32 {
    let metrics = file.metrics(Size::unscaled(), LocationRef::default());
    f32::from(metrics.units_per_em.max(1))
}

/// The outline in ems, y down; `None` if the font has none or is broken.
pub(super) fn outline(font: &Font, glyph: u32) -> Option<Path> {
    let file = font_ref(font)?;
    let coords = font.coords.iter();
    let coords: Vec<NormalizedCoord> = coords
        .map(|bits| NormalizedCoord::from_bits(*bits))
        .collect();
    let glyph = file.outline_glyphs().get(GlyphId::new(glyph))?;
    let mut pen = OutlineBuilder {
        path: Vec::new(),
        scale: 1.0 / units_per_em(&file),
        last: (0.0, 0.0),
    };
    let settings = DrawSettings::unhinted(Size::unscaled(), LocationRef::new(&coords));
    glyph.draw(settings, &mut pen).ok()?;
    Some(Path(pen.path))
}

/// Whether the font contains bitmap glyphs.
pub(super) fn has_bitmaps(font: &Font) -> bool {
    font_ref(font).is_some_and(|file| !file.bitmap_strikes().is_empty())
}

/// The bitmap nearest to `px` pixels an em; `None` if there is none or it cannot be decoded.
pub(super) fn bitmap(font: &Font, glyph: u32, px: f32) -> Option<Bitmap> {
    let file = font_ref(font)?;
    let units = units_per_em(&file);
    let found = BitmapStrikes::new(&file).glyph_for_size(Size::new(px), GlyphId::new(glyph))?;
    let (width, height, rgba) = match found.data {
        BitmapData::Png(bytes) => decode(bytes)?,
        BitmapData::Bgra(bytes) => {
            let (width, height) = (found.width, found.height);
            let len = (width as usize)
                .checked_mul(height as usize)?
                .checked_mul(4)?;
            let straight = |[b, g, r, a]: &[u8; 4]| {
                let plain = |c: u8| {
                    let full = (u32::from(c) * 255).checked_div(u32::from(*a));
                    full.map_or(0, |c| c.min(255) as u8)
                };
                [plain(*r), plain(*g), plain(*b), *a]
            };
            let (pixels, _) = bytes.get(..len)?.as_chunks::<4>();
            let rgba = pixels.iter().flat_map(straight).collect();
            (width, height, rgba)
        }
        BitmapData::Mask(_) => return None,
    };
    let (px_x, px_y) = (found.ppem_x.max(1.0), found.ppem_y.max(1.0));
    let left = found.bearing_x / units + found.inner_bearing_x / px_x;
    let rise = found.bearing_y / units + found.inner_bearing_y / px_y;
    let tall = height as f32 / px_y;
    let top = match found.placement_origin {
        Origin::TopLeft => -rise,
        Origin::BottomLeft => -rise - tall,
    };
    Some(Bitmap {
        width,
        height,
        rgba,
        rect: Rect::new(left, top, width as f32 / px_x, tall),
    })
}

fn decode(bytes: &[u8]) -> Option<(u32, u32, Vec<u8>)> {
    let mut decoder = png::Decoder::new(std::io::Cursor::new(bytes));
    decoder.set_transformations(
        png::Transformations::EXPAND | png::Transformations::STRIP_16 | png::Transformations::ALPHA,
    );
    let mut reader = decoder.read_info().ok()?;
    let (width, height) = (reader.info().width, reader.info().height);
    if width > MAX_SIDE || height > MAX_SIDE {
        return None;
    }
    let mut data = vec![0; reader.output_buffer_size()?];
    let frame = reader.next_frame(&mut data).ok()?;
    data.truncate(frame.buffer_size());
    let rgba = match frame.color_type {
        png::ColorType::Rgba => data,
        png::ColorType::GrayscaleAlpha => data
            .chunks_exact(2)
            .flat_map(|p| [p[0], p[0], p[0], p[1]])
            .collect(),
        png::ColorType::Rgb | png::ColorType::Grayscale | png::ColorType::Indexed => return None,
    };
    (rgba.len() == width as usize * height as usize * 4).then_some((width, height, rgba))
}
