//! The measurer with real fonts. Words are shaped once; lines are composed from them.
//!
//! Must not know: the model, scenes, egui.

use super::cache::LineCache;
use super::char_class::{displayable, needs_bidi, trim_line_end};
use super::fonts::{FallbackFace, FontFile, FontKey, Glyph, ShapedLine, TextGlyph, TextGlyphs};
use super::glyph::{self, Bitmap};
use super::segmentation::{pieces, words};
use super::shaper::Shaper;
use super::word_metrics::{BoundMetrics, FaceMetrics};
use super::wrap::{BrokenLine, WordMetrics as _, line_width, wrap};
use super::{Face, Measure, Style, WrappedLine};
use crate::geom::Path;
use rustc_hash::FxHashMap;
use skrifa::MetadataProvider;
use skrifa::string::StringId;
use std::collections::BTreeSet;
use std::hash::Hash;
use std::sync::Arc;

/// Shapes, measures and wraps text, with caches. One per thread.
pub struct Typesetter {
    metrics: [FaceMetrics; 3],
    shaper: Shaper,
    lines: [LineCache; 3],
    text_words: [FxHashMap<Box<str>, Arc<TextGlyphs>>; 3],
    broken: Vec<BrokenLine>,
    outlines: FxHashMap<(FontKey, u32), Option<Arc<Path>>>,
    bitmaps: FxHashMap<(FontKey, u32, u16), Option<Arc<Bitmap>>>,
    bitmap_fonts: FxHashMap<FontKey, bool>,
}

/// Number of entries at which a cache is cleared.
const MAX_OUTLINES: usize = 20_000;
const MAX_BITMAPS: usize = 512;
const MAX_TEXT_WORDS: usize = 20_000;

/// Length in bytes above which a line with right-to-left text is drawn in the order of its
/// characters; such a line is unreadable anyway.
const MAX_BIDI: usize = 8_192;

impl Typesetter {
    /// A typesetter that uses system fonts for characters the bundled faces lack. They are loaded
    /// when the first such character appears.
    pub fn new() -> Typesetter {
        Typesetter::with(Shaper::new(true))
    }

    /// A typesetter with the bundled faces only: the same result on every machine.
    pub fn bundled() -> Typesetter {
        Typesetter::with(Shaper::new(false))
    }

    /// A typesetter with the same fonts, for another thread.
    pub fn sibling(&self) -> Typesetter {
        Typesetter::with(Shaper::new(self.shaper.uses_system_fonts()))
    }

    fn with(mut shaper: Shaper) -> Typesetter {
        let rulers = Face::ALL.map(|face| FaceMetrics::new(face, &mut shaper));
        Typesetter {
            metrics: rulers,
            shaper,
            lines: Default::default(),
            text_words: Default::default(),
            broken: Vec::new(),
            outlines: FxHashMap::default(),
            bitmaps: FxHashMap::default(),
            bitmap_fonts: FxHashMap::default(),
        }
    }

    fn metrics(&mut self, face: Face) -> BoundMetrics<'_> {
        BoundMetrics {
            metrics: &mut self.metrics[face.index()],
            shaper: &mut self.shaper,
        }
    }

    /// Sets the widths of lines with right-to-left text to those of the lines shaped as a whole.
    /// The parts of such a line can use other fallback fonts there than alone; a line that becomes
    /// too wide is wrapped again, narrower.
    fn rewrap_bidi(&mut self, text: &str, face: Face, max: f32, broken: &mut Vec<BrokenLine>) {
        let mut room = max;
        for _ in 0..16 {
            let mut narrower = room;
            for line in broken.iter_mut() {
                let drawn = line.text(text);
                if is_bidi(&drawn) {
                    let width = self.shape(&drawn, face).width;
                    let put_together = std::mem::replace(&mut line.width, width);
                    if width > max + 1e-3 {
                        // Narrower than the composed width, so that the same line cannot result
                        // again.
                        narrower = narrower.min(put_together.min(room) - 1e-3);
                    }
                }
            }
            if narrower >= room || narrower <= 0.0 {
                return;
            }
            room = narrower;
            broken.clear();
            wrap(&mut self.metrics(face), text, room, broken);
        }
        for line in broken {
            let drawn = line.text(text);
            if is_bidi(&drawn) {
                line.width = self.shape(&drawn, face).width;
            }
        }
    }

    /// The glyphs of one unbroken line, in visual order; the base direction is that of its first
    /// letter. Trailing white space is left out.
    pub fn shape(&mut self, line: &str, face: Face) -> Arc<ShapedLine> {
        let line = trim_line_end(line);
        if let Some(known) = self.lines[face.index()].get(line) {
            return known;
        }
        let shaped = Arc::new(self.shape_uncached(line, face));
        self.lines[face.index()].add(line.into(), Arc::clone(&shaped));
        shaped
    }

    fn shape_uncached(&mut self, line: &str, face: Face) -> ShapedLine {
        let mut shaped = ShapedLine::default();
        if is_bidi(line) {
            shaped.width = self
                .shaper
                .shape(&displayable(line), face, 0.0, &mut shaped.glyphs);
            return shaped;
        }
        let mut bound = self.metrics(face);
        let blank = bound.blank();
        let mut end = 0;
        for (start, word) in words(line) {
            let x = shaped.width + (start - end) as f32 * blank;
            shaped.width = x + bound.append(word, x, &mut shaped.glyphs);
            end = start + word.len();
        }
        shaped.width += (line.len() - end) as f32 * blank;
        shaped
    }

    /// The glyphs of one unbroken line like [`Typesetter::shape`], blanks between words included,
    /// with the text that each stands for, and that text: the line as it is shown.
    pub fn text_glyphs(&mut self, line: &str, face: Face) -> (Vec<TextGlyph>, String) {
        let shown = displayable(trim_line_end(line)).into_owned();
        if is_bidi(&shown) {
            return (self.shaper.text_glyphs(&shown, face).glyphs, shown);
        }
        let mut glyphs = Vec::with_capacity(shown.len());
        let blank = self.metrics(face).blank();
        let space = self.shaper.glyph_of(' ', face);
        let (mut x, mut end) = (0.0, 0);
        for (start, word) in words(&shown) {
            for at in end..start {
                let glyph = Glyph {
                    font: face.into(),
                    id: space,
                    x,
                    y: 0.0,
                };
                let text = at..at + 1;
                glyphs.push(TextGlyph { glyph, text });
                x += blank;
            }
            end = start;
            for piece in pieces(word) {
                let known = self.text_word(piece, face);
                glyphs.extend(known.glyphs.iter().map(|it| TextGlyph {
                    glyph: Glyph {
                        x: x + it.glyph.x,
                        ..it.glyph
                    },
                    text: end + it.text.start..end + it.text.end,
                }));
                x += known.width;
                end += piece.len();
            }
        }
        (glyphs, shown)
    }

    /// The glyphs of a word, which is shaped once.
    fn text_word(&mut self, word: &str, face: Face) -> Arc<TextGlyphs> {
        let known = &mut self.text_words[face.index()];
        if let Some(found) = known.get(word) {
            return Arc::clone(found);
        }
        if known.len() >= MAX_TEXT_WORDS {
            known.clear();
        }
        let shaped = Arc::new(self.shaper.text_glyphs(word, face));
        known.insert(word.into(), Arc::clone(&shaped));
        shaped
    }

    /// The file of a font; `None` for an instance of a variable font other than its default.
    pub fn font_file(&self, font: FontKey) -> Option<FontFile> {
        let font = self.shaper.fonts.get(font)?;
        font.coords
            .iter()
            .all(|coord| *coord == 0)
            .then(|| FontFile {
                data: Arc::new(font.data.clone()),
                index: font.index,
            })
    }

    /// A message about the scripts of which no typeface was found since the last one, with what to
    /// install.
    pub fn take_missing_scripts(&mut self) -> Option<String> {
        self.shaper.missing.take_message()
    }

    /// The outline of a glyph in ems, y down; `None` if it has none.
    pub fn outline(&mut self, font: FontKey, glyph: u32) -> Option<Arc<Path>> {
        let font_file = self.shaper.fonts.get(font);
        cached(&mut self.outlines, MAX_OUTLINES, (font, glyph), || {
            glyph::outline(font_file?, glyph)
        })
    }

    /// Whether the font contains bitmap glyphs; if [`Typesetter::bitmap`] finds one, it replaces
    /// the outline.
    pub fn has_bitmaps(&mut self, font: FontKey) -> bool {
        if font.face().is_some() {
            return false;
        }
        let fonts = &self.shaper.fonts;
        *self
            .bitmap_fonts
            .entry(font)
            .or_insert_with(|| fonts.get(font).is_some_and(glyph::has_bitmaps))
    }

    /// The bitmap of a glyph, of the size nearest to `px` pixels an em; `None` if the font has
    /// none.
    pub fn bitmap(&mut self, font: FontKey, glyph: u32, px: f32) -> Option<Arc<Bitmap>> {
        let key = (font, glyph, px.clamp(1.0, 65_535.0) as u16);
        let font_file = self.shaper.fonts.get(font);
        cached(&mut self.bitmaps, MAX_BITMAPS, key, || {
            glyph::bitmap(font_file?, glyph, px)
        })
    }

    /// The system fonts that characters of the text need, by code point; empty if the bundled faces
    /// contain all. Bitmap fonts are left out.
    pub fn fallback_faces(&mut self, text: &str) -> Vec<FallbackFace> {
        let is_lacking = |c: &char| !c.is_control() && !self.shaper.covers(*c, Face::Regular);
        let lacking: BTreeSet<char> = text.chars().filter(is_lacking).collect();
        let mut keys: Vec<FontKey> = Vec::new();
        for c in lacking {
            for key in self.shaper.fallbacks(&c.to_string(), Face::Regular) {
                if !keys.contains(&key) && !self.has_bitmaps(key) {
                    keys.push(key);
                }
            }
        }
        let face = |key: FontKey| {
            let font = self.shaper.fonts.get(key)?;
            let file = skrifa::FontRef::from_index(font.data.as_ref(), font.index).ok()?;
            let names = file.localized_strings(StringId::FULL_NAME);
            let name = names.english_or_first().map(|name| name.to_string());
            Some(FallbackFace {
                name: format!("{} {}", name.unwrap_or_default(), key.0),
                index: font.index,
                data: font.data.clone(),
            })
        };
        keys.into_iter().filter_map(face).collect()
    }
}

/// Returns the value of a cache that is cleared when it is full.
fn cached<K: Eq + Hash, V>(
    cache: &mut FxHashMap<K, Option<Arc<V>>>,
    max: usize,
    key: K,
    make: impl FnOnce() -> Option<V>,
) -> Option<Arc<V>> {
    if cache.len() >= max && !cache.contains_key(&key) {
        cache.clear();
    }
    let value = cache.entry(key).or_insert_with(|| make().map(Arc::new));
    value.clone()
}

impl Default for Typesetter {
    fn default() -> Typesetter {
        Typesetter::new()
    }
}

fn is_bidi(line: &str) -> bool {
    line.len() <= MAX_BIDI && needs_bidi(line)
}

impl Measure for Typesetter {
    fn width(&mut self, text: &str, style: Style) -> f32 {
        let ems = if is_bidi(text) {
            self.shape(text, style.face).width
        } else {
            line_width(&mut self.metrics(style.face), text)
        };
        ems * style.size
    }

    fn wrap(&mut self, text: &str, style: Style, max: f32) -> Vec<WrappedLine> {
        let max = super::ems(max, style);
        let mut broken = std::mem::take(&mut self.broken);
        broken.clear();
        wrap(&mut self.metrics(style.face), text, max, &mut broken);
        if needs_bidi(text) {
            self.rewrap_bidi(text, style.face, max, &mut broken);
        }
        let lines = super::lines(broken.drain(..), style);
        self.broken = broken;
        lines
    }
}

#[cfg(test)]
mod test_shaping {
    use super::*;

    impl Typesetter {
        /// The line shaped as one run, for comparison with the line composed from words.
        pub(in crate::text) fn shape_whole(
            &mut self,
            line: &str,
            face: Face,
            out: &mut Vec<crate::text::Glyph>,
        ) -> f32 {
            self.shaper.shape(&displayable(line), face, 0.0, out)
        }

        /// Width of a line in ems, set in the given font alone, to test font subsets.
        pub(crate) fn width_in(font: Vec<u8>, line: &str) -> f32 {
            Shaper::of_font(font).shape(line, Face::Regular, 0.0, &mut Vec::new())
        }
    }
}
