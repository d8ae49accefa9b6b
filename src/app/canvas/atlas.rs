//! A texture atlas with all glyphs and icons on screen and a white corner for plain
//! colour, so that a whole map is one draw call.
//!
//! Must not know: scenes, cameras, layout.

use crate::export::raster::{Raster, RasterPixels, Symbol};
use crate::text::Typesetter;
use egui::epaint::{TextOptions, TextureAtlas};
use egui::{Color32, ColorImage, TextureHandle, TextureOptions, Vec2, vec2};
use rustc_hash::FxHashMap;

/// Largest side of the texture, in pixels. It has its width from the start and grows in
/// height until it is a square; once full it is cleared and refilled.
const LAST_SIDE: usize = 4096;
/// Initial height of the texture, in pixels.
const FIRST_HEIGHT: usize = 64;
/// Largest em that is rasterised, in pixels; larger glyphs are scaled up.
const MAX_EM: f32 = 192.0;
/// Number of horizontal subpixel positions of a glyph.
const PHASES: f32 = 4.0;
/// Number of distinct glyph sizes per pixel.
const SIZE_STEP: f32 = 16.0;

/// A bitmap in the atlas, in pixels.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct AtlasEntry {
    /// Left edge in the texture.
    pub(super) u: u16,
    /// Top edge in the texture.
    pub(super) v: u16,
    /// Width; 0 if there is nothing to draw.
    pub(super) width: u16,
    pub(super) height: u16,
    /// Offset of the left edge from the pen position, in bitmap pixels.
    pub(super) left: f32,
    /// Offset of the top edge below the baseline, in bitmap pixels.
    pub(super) top: f32,
    /// Screen pixels per bitmap pixel; not 1 for very large glyphs.
    pub(super) scale: f32,
    /// Whether the bitmap has its own colours.
    pub(super) colored: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, Hash)]
struct AtlasKey {
    symbol: Symbol,
    size: u16,
    phase: u8,
    bright: bool,
}

pub(super) struct Atlas {
    texture: Option<TextureHandle>,
    atlas: TextureAtlas,
    /// Size of the texture at the last check for stale positions.
    size: [usize; 2],
    entries: FxHashMap<AtlasKey, AtlasEntry>,
    generation: u64,
}

impl Default for Atlas {
    fn default() -> Self {
        Atlas {
            texture: None,
            atlas: TextureAtlas::new([1024, FIRST_HEIGHT], TextOptions::default()),
            size: [1024, FIRST_HEIGHT],
            entries: FxHashMap::default(),
            generation: 0,
        }
    }
}

impl Atlas {
    /// Size of a pixel, as a share of the texture.
    pub(super) fn texel(&self) -> Vec2 {
        let [width, height] = self.atlas.size();
        vec2(1.0 / width as f32, 1.0 / height as f32)
    }

    /// Counter that grows whenever texture positions become stale.
    pub(super) fn generation(&self) -> u64 {
        self.generation
    }

    /// Whether the texture positions of this frame are stale, because the atlas grew or
    /// ran out of room; everything must be painted again. A full atlas is cleared.
    pub(super) fn became_stale(&mut self) -> bool {
        let size = self.atlas.size();
        if self.atlas.fill_ratio() >= 1.0 {
            self.clear(size);
        } else if size == self.size {
            return false;
        } else {
            self.size = size;
            self.generation += 1;
        }
        true
    }

    /// Adapts the width of the texture to the graphics card.
    pub(super) fn fit(&mut self, ctx: &egui::Context) {
        let width = ctx.input(|i| i.max_texture_side).min(LAST_SIDE);
        if width != self.size[0] {
            self.clear([width, FIRST_HEIGHT]);
        }
    }

    fn clear(&mut self, size: [usize; 2]) {
        self.atlas = TextureAtlas::new(size, TextOptions::default());
        self.size = size;
        self.entries.clear();
        self.generation += 1;
    }

    /// Returns a symbol rasterised at `px` pixels per em or side, and a horizontal
    /// subpixel offset of `phase` (0 … 1). Light text is made a little heavier, because
    /// blending in perceptual space thins light strokes.
    pub(super) fn entry(
        &mut self,
        source: &mut Typesetter,
        symbol: Symbol,
        px: f32,
        phase: f32,
        bright: bool,
    ) -> AtlasEntry {
        let size = px.min(MAX_EM);
        let key = AtlasKey {
            symbol,
            size: (size * SIZE_STEP).round() as u16,
            phase: (phase * PHASES) as u8,
            bright,
        };
        if let Some(entry) = self.entries.get(&key) {
            return *entry;
        }
        let quarter = (phase * PHASES).floor() / PHASES;
        let raster = symbol.rasterize(size, (quarter, 0.0), 1.0, source);
        let mut entry = raster.map_or_else(AtlasEntry::default, |it| self.insert(&it, bright));
        entry.scale = px / size;
        self.entries.insert(key, entry);
        entry
    }

    /// Uploads the changed parts of the atlas and returns the texture.
    pub(super) fn texture(&mut self, ctx: &egui::Context) -> egui::TextureId {
        let texture = self.texture.get_or_insert_with(|| {
            // Replaced before it is used: the first change is the whole image.
            ctx.load_texture("map glyphs", ColorImage::default(), TextureOptions::LINEAR)
        });
        if let Some(delta) = self.atlas.take_delta() {
            ctx.tex_manager().write().set(texture.id(), delta);
        }
        texture.id()
    }

    fn insert(&mut self, raster: &Raster, bright: bool) -> AtlasEntry {
        let (bytes, depth) = raster.pixels.bytes();
        let (width, height) = (raster.width, bytes.len() / depth / raster.width);
        let side = self.atlas.size()[0];
        if width > side || height > side {
            return AtlasEntry::default();
        }
        let ((x, y), image) = self.atlas.allocate((width, height));
        for (at, pixel) in bytes.chunks_exact(depth).enumerate() {
            image[(x + at % width, y + at / width)] = match *pixel {
                [cover] if bright => Color32::from_white_alpha(boost_coverage(cover)),
                [cover] => Color32::from_white_alpha(cover),
                [r, g, b, a] => Color32::from_rgba_unmultiplied(r, g, b, a),
                _ => Color32::TRANSPARENT,
            };
        }
        AtlasEntry {
            u: x as u16,
            v: y as u16,
            width: width as u16,
            height: height as u16,
            left: raster.left,
            top: raster.top,
            scale: 1.0,
            colored: matches!(raster.pixels, RasterPixels::Rgba(_)),
        }
    }
}

/// Adjusts coverage for light strokes on a dark background: 2c − c², as egui does.
fn boost_coverage(coverage: u8) -> u8 {
    let c = u32::from(coverage);
    ((2 * 255 * c - c * c) / 255) as u8
}
