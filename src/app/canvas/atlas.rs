//! One texture with all glyphs and icons on screen, and a white corner for
//! everything that is plain colour, so that a whole map is one draw call.
//!
//! Must not know: scenes, cameras, layout.

use super::rasterizer::{Coverage, fill, stroke};
use crate::text::{FontKey, Typesetter};
use crate::theme::Icon;
use egui::{Color32, ColorImage, TextureHandle, TextureOptions};
use rustc_hash::FxHashMap;

/// The first size of the texture, in pixels a side.
const FIRST_SIDE: usize = 512;
/// The largest size of the texture; beyond it everything is dropped and made anew.
const LAST_SIDE: usize = 4096;
/// The largest em that is rasterised; what is larger is scaled up.
const MAX_EM: f32 = 192.0;
/// Parts of a pixel at which glyphs are made, along x.
const PHASES: f32 = 4.0;
/// Sizes are told apart to this part of a pixel.
const SIZE_STEP: f32 = 16.0;

/// A picture in the texture, in pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Entry {
    /// Left edge in the texture.
    pub(super) u: u16,
    /// Top edge in the texture.
    pub(super) v: u16,
    /// Width; 0: nothing to draw.
    pub(super) width: u16,
    /// Height.
    pub(super) height: u16,
    /// Where its left edge lies, right of the pen, in pixels of its own size.
    pub(super) left: f32,
    /// Where its top edge lies, below the baseline.
    pub(super) top: f32,
    /// Pixels to draw for a pixel of it; not 1 for pictures and huge glyphs.
    pub(super) scale: f32,
    /// It has colours of its own.
    pub(super) coloured: bool,
}

const NOTHING: Entry = Entry {
    u: 0,
    v: 0,
    width: 0,
    height: 0,
    left: 0.0,
    top: 0.0,
    scale: 1.0,
    coloured: false,
};

#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Key {
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

/// The texture has no room left; it was emptied, and what was placed before
/// must be placed again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Full;

struct Shelf {
    top: usize,
    height: usize,
    used: usize,
    /// Columns that are newer than the texture.
    dirty: Option<(usize, usize)>,
}

/// The glyphs and icons in use.
pub(super) struct Atlas {
    texture: Option<TextureHandle>,
    image: ColorImage,
    shelves: Vec<Shelf>,
    entries: FxHashMap<Key, Entry>,
    whole: bool,
    generation: u64,
    emptied_at: u64,
}

impl Default for Atlas {
    fn default() -> Self {
        let mut atlas = Atlas {
            texture: None,
            image: ColorImage::default(),
            shelves: Vec::new(),
            entries: FxHashMap::default(),
            whole: true,
            generation: 0,
            emptied_at: 0,
        };
        atlas.empty(FIRST_SIDE);
        atlas
    }
}

impl Atlas {
    /// Pixels a side.
    pub(super) fn side(&self) -> f32 {
        self.image.size[0] as f32
    }

    /// Grows whenever the texture is emptied; positions of older ones are stale.
    pub(super) fn generation(&self) -> u64 {
        self.generation
    }

    /// A glyph at so many pixels an em and so far right of a whole pixel
    /// (0 … 1). Light text is made a little heavier, because blending in
    /// perceptual space eats thin light strokes.
    ///
    /// # Errors
    /// [`Full`] where there was no room.
    pub(super) fn glyph(
        &mut self,
        source: &mut Typesetter,
        (font, id): (FontKey, u32),
        px: f32,
        phase: f32,
        bright: bool,
    ) -> Result<Entry, Full> {
        let em = px.min(MAX_EM);
        let key = Key::Glyph {
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
        let mut entry = NOTHING;
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
                let image = shrunk(image, wanted);
                entry = self.place(&image)?;
                entry.scale = picture.rect.width() * em / image.size[0] as f32;
                entry.left = picture.rect.min.x * em / entry.scale;
                entry.top = picture.rect.min.y * em / entry.scale;
                entry.coloured = true;
            }
        } else if let Some(coverage) = source
            .outline(font, id)
            .and_then(|path| fill(&path, em, quarter))
        {
            entry = self.place_coverage(&coverage, bright)?;
        }
        entry.scale *= px / em;
        self.entries.insert(key, entry);
        Ok(entry)
    }

    /// An icon so many pixels wide; its position is that of its grid's corner.
    ///
    /// # Errors
    /// [`Full`] where there was no room.
    pub(super) fn icon(&mut self, icon: Icon, px: f32, bright: bool) -> Result<Entry, Full> {
        let side = px.min(MAX_EM);
        let key = Key::Icon {
            icon,
            size: (side * SIZE_STEP).round() as u16,
            bright,
        };
        if let Some(entry) = self.entries.get(&key) {
            return Ok(*entry);
        }
        let mut entry = NOTHING;
        if let Some(coverage) = stroke(icon.lines(), Icon::STROKE, side / 24.0) {
            entry = self.place_coverage(&coverage, bright)?;
        }
        entry.scale = px / side;
        self.entries.insert(key, entry);
        Ok(entry)
    }

    /// Sends what is new to the texture and gives it.
    pub(super) fn texture(&mut self, ctx: &egui::Context) -> egui::TextureId {
        let texture = self.texture.get_or_insert_with(|| {
            self.whole = false;
            ctx.load_texture("map glyphs", self.image.clone(), TextureOptions::LINEAR)
        });
        if std::mem::take(&mut self.whole) {
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

    fn place_coverage(&mut self, coverage: &Coverage, bright: bool) -> Result<Entry, Full> {
        let pixels = coverage
            .pixels
            .iter()
            .map(|c| Color32::from_white_alpha(if bright { heavier(*c) } else { *c }))
            .collect();
        let mut entry = self.place(&ColorImage::new([coverage.width, coverage.height], pixels))?;
        entry.left = coverage.left as f32;
        entry.top = coverage.top as f32;
        Ok(entry)
    }

    /// Finds room for a picture, with an empty pixel around it.
    fn place(&mut self, picture: &ColorImage) -> Result<Entry, Full> {
        let [width, height] = picture.size;
        let side = self.image.size[0];
        if width + 2 > side || height + 2 > side {
            return Ok(NOTHING);
        }
        // Shelves of few heights waste a little and are reused more.
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
                    return Err(self.out_of_room());
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
        Ok(Entry {
            u: x as u16,
            v: y as u16,
            width: width as u16,
            height: height as u16,
            ..NOTHING
        })
    }

    /// Empties the texture; makes it larger if it fills up with one picture.
    fn out_of_room(&mut self) -> Full {
        let side = self.image.size[0];
        let again = self.generation == self.emptied_at;
        self.empty(if again || side == FIRST_SIDE {
            (side * 2).min(LAST_SIDE)
        } else {
            side
        });
        Full
    }

    /// Says that a picture was finished without running out of room.
    pub(super) fn settled(&mut self) {
        self.emptied_at = self.generation.wrapping_sub(1);
    }

    fn empty(&mut self, side: usize) {
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
        self.whole = true;
        self.generation += 1;
        self.emptied_at = self.generation;
    }
}

/// Coverage for light strokes on a dark ground: 2c − c², as egui does it.
fn heavier(coverage: u8) -> u8 {
    let c = u32::from(coverage);
    ((2 * 255 * c - c * c) / 255) as u8
}

/// A picture halved until it is not more than twice as wide as wanted.
fn shrunk(mut image: ColorImage, wanted: usize) -> ColorImage {
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
