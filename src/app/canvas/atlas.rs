//! A texture atlas with all glyphs and icons on screen and a white corner for plain
//! colour, so that a whole map is one draw call.
//!
//! Must not know: scenes, cameras, layout.

use super::rasterizer::{Coverage, fill, stroke};
use crate::text::{FontKey, Typesetter};
use crate::theme::Icon;
use egui::{Color32, ColorImage, TextureHandle, TextureOptions};
use rustc_hash::FxHashMap;

/// Initial side of the texture, in pixels.
const FIRST_SIDE: usize = 512;
/// Largest side of the texture, in pixels; once full it is cleared and refilled.
const LAST_SIDE: usize = 4096;
/// Largest em that is rasterised, in pixels; larger glyphs are scaled up.
const MAX_EM: f32 = 192.0;
/// Number of horizontal subpixel positions of a glyph.
const PHASES: f32 = 4.0;
/// Number of distinct glyph sizes per pixel.
const SIZE_STEP: f32 = 16.0;

/// A bitmap in the atlas, in pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct AtlasEntry {
    /// Left edge in the texture.
    pub(super) u: u16,
    /// Top edge in the texture.
    pub(super) v: u16,
    /// Width; 0 if there is nothing to draw.
    pub(super) width: u16,
    /// Height.
    pub(super) height: u16,
    /// Offset of the left edge from the pen position, in bitmap pixels.
    pub(super) left: f32,
    /// Offset of the top edge below the baseline, in bitmap pixels.
    pub(super) top: f32,
    /// Screen pixels per bitmap pixel; not 1 for bitmap fonts and very large glyphs.
    pub(super) scale: f32,
    /// Whether the bitmap has its own colours.
    pub(super) colored: bool,
}

const EMPTY_ENTRY: AtlasEntry = AtlasEntry {
    u: 0,
    v: 0,
    width: 0,
    height: 0,
    left: 0.0,
    top: 0.0,
    scale: 1.0,
    colored: false,
};

#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum AtlasKey {
    Glyph {
        font: FontKey,
        size: u16,
        id: u32,
        phase: u8,
        bright: bool,
    },
    Icon {
        icon: Icon,
        size: u16,
        bright: bool,
    },
}

/// Error: the atlas was full and has been cleared; everything in the frame must be
/// inserted again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct AtlasFull;

struct Shelf {
    top: usize,
    height: usize,
    used: usize,
    /// Columns not yet uploaded to the texture.
    dirty: Option<(usize, usize)>,
}

/// An atlas of the glyphs and icons in use.
pub(super) struct Atlas {
    texture: Option<TextureHandle>,
    image: ColorImage,
    shelves: Vec<Shelf>,
    entries: FxHashMap<AtlasKey, AtlasEntry>,
    needs_full_upload: bool,
    generation: u64,
    cleared_at: u64,
}

impl Default for Atlas {
    fn default() -> Self {
        let mut atlas = Atlas {
            texture: None,
            image: ColorImage::default(),
            shelves: Vec::new(),
            entries: FxHashMap::default(),
            needs_full_upload: true,
            generation: 0,
            cleared_at: 0,
        };
        atlas.reset(FIRST_SIDE);
        atlas
    }
}

impl Atlas {
    /// Side of the texture, in pixels.
    pub(super) fn side(&self) -> f32 {
        self.image.size[0] as f32
    }

    /// Counter that grows whenever the atlas is cleared; texture positions of older
    /// generations are stale.
    pub(super) fn generation(&self) -> u64 {
        self.generation
    }

    /// Returns a glyph rasterised at `px` pixels per em and a horizontal subpixel
    /// offset of `phase` (0 … 1). Light text is made a little heavier, because blending
    /// in perceptual space thins light strokes.
    ///
    /// # Errors
    /// [`AtlasFull`] if there was no room.
    pub(super) fn glyph(
        &mut self,
        source: &mut Typesetter,
        (font, id): (FontKey, u32),
        px: f32,
        phase: f32,
        bright: bool,
    ) -> Result<AtlasEntry, AtlasFull> {
        let em = px.min(MAX_EM);
        let key = AtlasKey::Glyph {
            font,
            size: (em * SIZE_STEP).round() as u16,
            id,
            phase: (phase * PHASES) as u8,
            bright,
        };
        if let Some(entry) = self.entries.get(&key) {
            return Ok(*entry);
        }
        let quarter = (phase * PHASES).floor() / PHASES;
        let mut entry = EMPTY_ENTRY;
        let picture = if source.has_bitmaps(font) {
            source.bitmap(font, id, em)
        } else {
            None
        };
        if let Some(picture) = picture {
            let size = [picture.width as usize, picture.height as usize];
            if picture.rgba.len() == size[0] * size[1] * 4 && size[0] > 0 && size[1] > 0 {
                let image = ColorImage::from_rgba_unmultiplied(size, &picture.rgba);
                let wanted = (picture.rect.width() * em).ceil().max(1.0) as usize;
                let image = downscale(image, wanted);
                entry = self.insert(&image)?;
                entry.scale = picture.rect.width() * em / image.size[0] as f32;
                entry.left = picture.rect.min.x * em / entry.scale;
                entry.top = picture.rect.min.y * em / entry.scale;
                entry.colored = true;
            }
        } else if let Some(coverage) = source
            .outline(font, id)
            .and_then(|path| fill(&path, em, quarter))
        {
            entry = self.insert_coverage(&coverage, bright)?;
        }
        entry.scale *= px / em;
        self.entries.insert(key, entry);
        Ok(entry)
    }

    /// Returns an icon `px` pixels wide; its origin is the corner of its grid.
    ///
    /// # Errors
    /// [`AtlasFull`] if there was no room.
    pub(super) fn icon(
        &mut self,
        icon: Icon,
        px: f32,
        bright: bool,
    ) -> Result<AtlasEntry, AtlasFull> {
        let side = px.min(MAX_EM);
        let key = AtlasKey::Icon {
            icon,
            size: (side * SIZE_STEP).round() as u16,
            bright,
        };
        if let Some(entry) = self.entries.get(&key) {
            return Ok(*entry);
        }
        let mut entry = EMPTY_ENTRY;
        if let Some(coverage) = stroke(icon.lines(), Icon::STROKE, side / 24.0) {
            entry = self.insert_coverage(&coverage, bright)?;
        }
        entry.scale = px / side;
        self.entries.insert(key, entry);
        Ok(entry)
    }

    /// Uploads the changed parts of the atlas and returns the texture.
    pub(super) fn texture(&mut self, ctx: &egui::Context) -> egui::TextureId {
        let texture = self.texture.get_or_insert_with(|| {
            self.needs_full_upload = false;
            ctx.load_texture("map glyphs", self.image.clone(), TextureOptions::LINEAR)
        });
        if std::mem::take(&mut self.needs_full_upload) {
            texture.set(self.image.clone(), TextureOptions::LINEAR);
            for shelf in &mut self.shelves {
                shelf.dirty = None;
            }
        }
        for shelf in &mut self.shelves {
            if let Some((from, to)) = shelf.dirty.take() {
                let part = self
                    .image
                    .region_by_pixels([from, shelf.top], [to - from, shelf.height]);
                texture.set_partial([from, shelf.top], part, TextureOptions::LINEAR);
            }
        }
        texture.id()
    }

    fn insert_coverage(
        &mut self,
        coverage: &Coverage,
        bright: bool,
    ) -> Result<AtlasEntry, AtlasFull> {
        let pixels = coverage
            .pixels
            .iter()
            .map(|c| Color32::from_white_alpha(if bright { boost_coverage(*c) } else { *c }))
            .collect();
        let mut entry = self.insert(&ColorImage::new([coverage.width, coverage.height], pixels))?;
        entry.left = coverage.left as f32;
        entry.top = coverage.top as f32;
        Ok(entry)
    }

    /// Inserts a bitmap with an empty pixel around it.
    fn insert(&mut self, picture: &ColorImage) -> Result<AtlasEntry, AtlasFull> {
        let [width, height] = picture.size;
        let side = self.image.size[0];
        if width + 2 > side || height + 2 > side {
            return Ok(EMPTY_ENTRY);
        }
        // Rounded shelf heights waste a little and are reused more.
        let tall = (height + 1).next_multiple_of(4);
        let fits = |shelf: &Shelf| {
            shelf.height >= tall && shelf.height <= tall + 4 && shelf.used + width < side
        };
        let at = match self.shelves.iter().position(fits) {
            Some(at) => at,
            None => {
                let top = self
                    .shelves
                    .last()
                    .map_or(0, |shelf| shelf.top + shelf.height);
                if top + tall > side {
                    return Err(self.clear_and_grow());
                }
                self.shelves.push(Shelf {
                    top,
                    height: tall,
                    used: 1,
                    dirty: None,
                });
                self.shelves.len() - 1
            }
        };
        let shelf = &mut self.shelves[at];
        let (x, y) = (shelf.used, shelf.top);
        shelf.used += width + 1;
        let (from, to) = shelf.dirty.unwrap_or((x, x));
        shelf.dirty = Some((from.min(x), to.max(shelf.used)));
        for (row, line) in picture.pixels.chunks_exact(width).enumerate() {
            let start = (y + row) * side + x;
            self.image.pixels[start..start + width].copy_from_slice(line);
        }
        Ok(AtlasEntry {
            u: x as u16,
            v: y as u16,
            width: width as u16,
            height: height as u16,
            ..EMPTY_ENTRY
        })
    }

    /// Clears the atlas; doubles its side, up to [`LAST_SIDE`], if no frame was
    /// finished since the last clearing or if it has its initial size.
    fn clear_and_grow(&mut self) -> AtlasFull {
        let side = self.image.size[0];
        let again = self.generation == self.cleared_at;
        self.reset(if again || side == FIRST_SIDE {
            (side * 2).min(LAST_SIDE)
        } else {
            side
        });
        AtlasFull
    }

    /// Records that a frame was finished without running out of room.
    pub(super) fn mark_frame_complete(&mut self) {
        self.cleared_at = self.generation.wrapping_sub(1);
    }

    fn reset(&mut self, side: usize) {
        self.image = ColorImage::filled([side, side], Color32::TRANSPARENT);
        self.entries.clear();
        self.shelves = vec![Shelf {
            top: 0,
            height: 4,
            used: 4,
            dirty: None,
        }];
        for row in 0..2 {
            self.image.pixels[row * side..row * side + 2].fill(Color32::WHITE);
        }
        self.needs_full_upload = true;
        self.generation += 1;
        self.cleared_at = self.generation;
    }
}

/// Adjusts coverage for light strokes on a dark background: 2c − c², as egui does.
fn boost_coverage(coverage: u8) -> u8 {
    let c = u32::from(coverage);
    ((2 * 255 * c - c * c) / 255) as u8
}

/// Halves an image until it is less than twice as wide as wanted.
fn downscale(mut image: ColorImage, wanted: usize) -> ColorImage {
    while image.size[0] >= wanted * 2 && image.size[0] > 1 && image.size[1] > 1 {
        let [width, height] = [image.size[0] / 2, image.size[1] / 2];
        let mut pixels = Vec::with_capacity(width * height);
        for y in 0..height {
            for x in 0..width {
                let at = 2 * y * image.size[0] + 2 * x;
                let four = [at, at + 1, at + image.size[0], at + image.size[0] + 1];
                let mean = |part: fn(&Color32) -> u8| {
                    let sum: u32 = four
                        .iter()
                        .map(|i| u32::from(part(&image.pixels[*i])))
                        .sum();
                    (sum / 4) as u8
                };
                pixels.push(Color32::from_rgba_premultiplied(
                    mean(Color32::r),
                    mean(Color32::g),
                    mean(Color32::b),
                    mean(Color32::a),
                ));
            }
        }
        image = ColorImage::new([width, height], pixels);
    }
    image
}
