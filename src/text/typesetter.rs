//! The measurer with real fonts. Words are shaped once; lines are put together from them.

use super::cache::WordCache;
use super::chars::{needs_bidi, trim, visible};
use super::fonts::FontKey;
use super::glyph::{self, Bitmap};
use super::shaper::Shaper;
use super::words::{CHUNK, Word, pieces, words};
use super::wrap::{Broken, Ruler, line_width, wrap};
use super::{Face, Line, Measure, Style};
use crate::geom::Path;
use parley::fontique::Blob;
use rustc_hash::FxHashMap;
use skrifa::MetadataProvider;
use skrifa::string::StringId;
use std::sync::Arc;

/// A glyph on a line.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Glyph {
    /// Which font.
    pub font: FontKey,
    /// Which glyph of it.
    pub id: u32,
    /// Right of the line's left end, in ems.
    pub x: f32,
    /// Below the baseline, in ems.
    pub y: f32,
}

/// One shaped line.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Shaped {
    /// The glyphs that show something, from left to right within each word.
    pub glyphs: Vec<Glyph>,
    /// In ems.
    pub width: f32,
}

impl Shaped {
    /// Whether the bundled faces hold every glyph of the line.
    pub fn is_bundled(&self) -> bool {
        self.glyphs
            .iter()
            .all(|glyph| glyph.font.face().is_some() && glyph.id != 0)
    }
}

/// A font of the system that holds characters the bundled faces lack.
#[derive(Clone, Debug)]
pub struct FallbackFace {
    /// Its full name, made unique.
    pub name: String,
    /// Which face of the file.
    pub index: u32,
    data: Blob<u8>,
}

impl FallbackFace {
    /// The whole font file or collection.
    pub fn bytes(&self) -> &[u8] {
        self.data.as_ref()
    }
}

/// Shapes, measures and wraps text; holds the caches for that. One for each thread.
pub struct Typesetter {
    rulers: [FaceRuler; 3],
    shaper: Shaper,
    lines: [Lines; 3],
    broken: Vec<Broken>,
    outlines: FxHashMap<(FontKey, u32), Option<Arc<Path>>>,
    bitmaps: FxHashMap<(FontKey, u32, u16), Option<Arc<Bitmap>>>,
    colour: FxHashMap<FontKey, bool>,
}

/// Caches are emptied when they hold that many entries.
const MAX_LINES: usize = 8_192;
const MAX_OUTLINES: usize = 20_000;
const MAX_BITMAPS: usize = 512;

/// Above this length, in bytes, a line with right-to-left text is drawn in
/// the order of its characters; nobody reads such a line.
const MAX_BIDI: usize = 8_192;

/// The words of one face.
struct FaceRuler {
    face: Face,
    blank: f32,
    words: WordCache,
}

/// Lines in two generations: what is used again in time stays.
#[derive(Default)]
struct Lines {
    young: FxHashMap<Box<str>, Arc<Shaped>>,
    old: FxHashMap<Box<str>, Arc<Shaped>>,
}

impl Lines {
    fn get(&mut self, line: &str) -> Option<Arc<Shaped>> {
        if let Some(found) = self.young.get(line) {
            return Some(Arc::clone(found));
        }
        let (key, found) = self.old.remove_entry(line)?;
        self.add(key, Arc::clone(&found));
        Some(found)
    }

    fn add(&mut self, line: Box<str>, shaped: Arc<Shaped>) {
        if self.young.len() >= MAX_LINES {
            self.old = std::mem::take(&mut self.young);
        }
        self.young.insert(line, shaped);
    }
}

/// A face's words together with what shapes new ones.
struct Bound<'a> {
    ruler: &'a mut FaceRuler,
    shaper: &'a mut Shaper,
}

impl Bound<'_> {
    /// The width of a word; its glyphs, from `x` ems on, are added to `out`.
    fn append(&mut self, word: &str, x: f32, out: &mut Vec<Glyph>) -> f32 {
        if word.len() > CHUNK {
            return self.append_pieces(word, x, out);
        }
        let known = match self.ruler.words.get(word) {
            Some(known) => known,
            None => {
                self.learn(word);
                match self.ruler.words.get(word) {
                    Some(known) => known,
                    None => return 0.0,
                }
            }
        };
        let glyphs = self.ruler.words.glyphs(known);
        out.extend(glyphs.iter().map(|g| Glyph { x: g.x + x, ..*g }));
        known.word.width
    }

    fn append_pieces(&mut self, word: &str, x: f32, out: &mut Vec<Glyph>) -> f32 {
        let mut width = 0.0;
        for piece in pieces(word) {
            width += self.append(piece, x + width, out);
        }
        width
    }

    /// Shapes a new word.
    #[cold]
    fn learn(&mut self, word: &str) -> Word {
        let mut info = Word::classify(word);
        let mut glyphs = Vec::new();
        let first = pieces(word).next();
        info.width = if first.is_some_and(|first| first.len() < word.len()) {
            self.append_pieces(word, 0.0, &mut glyphs)
        } else {
            self.shaper
                .shape(&visible(word), self.ruler.face, 0.0, &mut glyphs)
        };
        self.ruler.words.add(word, info, &glyphs);
        info
    }
}

impl Ruler for Bound<'_> {
    fn blank(&self) -> f32 {
        self.ruler.blank
    }

    fn word(&mut self, word: &str) -> Word {
        if word.len() > CHUNK {
            let mut info = Word::classify(word);
            info.width = pieces(word).map(|piece| self.word(piece).width).sum();
            return info;
        }
        match self.ruler.words.get(word) {
            Some(known) => known.word,
            None => self.learn(word),
        }
    }

    fn clusters(&mut self, piece: &str, out: &mut Vec<(usize, f32)>) {
        self.shaper.clusters(piece, self.ruler.face, out);
    }
}

impl Typesetter {
    /// With the fonts of the system for what the bundled faces lack. They are
    /// looked for when the first such character appears.
    pub fn new() -> Typesetter {
        Typesetter::with(Shaper::new(true))
    }

    /// With the bundled faces only: the same result on every machine.
    pub fn bundled() -> Typesetter {
        Typesetter::with(Shaper::new(false))
    }

    /// Another one for another thread, with the same fonts.
    pub fn sibling(&self) -> Typesetter {
        Typesetter::with(Shaper::new(self.shaper.with_system()))
    }

    fn with(mut shaper: Shaper) -> Typesetter {
        let rulers = Face::ALL.map(|face| FaceRuler {
            face,
            blank: shaper.shape(" ", face, 0.0, &mut Vec::new()),
            words: WordCache::default(),
        });
        Typesetter {
            rulers,
            shaper,
            lines: Default::default(),
            broken: Vec::new(),
            outlines: FxHashMap::default(),
            bitmaps: FxHashMap::default(),
            colour: FxHashMap::default(),
        }
    }

    fn bound(&mut self, face: Face) -> Bound<'_> {
        Bound {
            ruler: &mut self.rulers[face.index()],
            shaper: &mut self.shaper,
        }
    }

    /// Gives lines with right-to-left text the widths they have when shaped as
    /// a whole. The parts of such a line can take other fallback fonts there
    /// than alone; where that makes it too wide, it is broken anew, narrower.
    fn settle(&mut self, text: &str, face: Face, max: f32, broken: &mut Vec<Broken>) {
        let mut room = max;
        for _ in 0..16 {
            let mut narrower = room;
            for (range, width) in broken.iter_mut() {
                let line = &text[range.clone()];
                if is_bidi(line) {
                    let put_together = std::mem::replace(width, self.shape(line, face).width);
                    if *width > max + 1e-3 {
                        // The same line must not come again, however wrong its parts were.
                        narrower = narrower.min(put_together.min(room) - 1e-3);
                    }
                }
            }
            if narrower >= room || narrower <= 0.0 {
                return;
            }
            room = narrower;
            broken.clear();
            wrap(&mut self.bound(face), text, room, broken);
        }
        for (range, width) in broken {
            if is_bidi(&text[range.clone()]) {
                *width = self.shape(&text[range.clone()], face).width;
            }
        }
    }

    /// The glyphs of one unbroken line, in visual order; the base direction is
    /// that of its first letter. White space at its end is left out.
    pub fn shape(&mut self, line: &str, face: Face) -> Arc<Shaped> {
        let line = trim(line);
        if let Some(known) = self.lines[face.index()].get(line) {
            return known;
        }
        let shaped = Arc::new(self.shape_anew(line, face));
        self.lines[face.index()].add(line.into(), Arc::clone(&shaped));
        shaped
    }

    fn shape_anew(&mut self, line: &str, face: Face) -> Shaped {
        let mut shaped = Shaped::default();
        if is_bidi(line) {
            shaped.width = self
                .shaper
                .shape(&visible(line), face, 0.0, &mut shaped.glyphs);
            return shaped;
        }
        let mut bound = self.bound(face);
        let blank = bound.ruler.blank;
        let mut end = 0;
        for (start, word) in words(line) {
            let x = shaped.width + (start - end) as f32 * blank;
            shaped.width = x + bound.append(word, x, &mut shaped.glyphs);
            end = start + word.len();
        }
        shaped.width += (line.len() - end) as f32 * blank;
        shaped
    }

    /// The line shaped as one, to hold against the line put together from words.
    #[cfg(test)]
    pub(super) fn shape_whole(&mut self, line: &str, face: Face, out: &mut Vec<Glyph>) -> f32 {
        self.shaper.shape(&visible(line), face, 0.0, out)
    }

    /// Width of a line in ems, set in another font alone: to test fonts cut down.
    #[cfg(test)]
    pub(crate) fn width_in(font: Vec<u8>, line: &str) -> f32 {
        Shaper::of_font(font).shape(line, Face::Regular, 0.0, &mut Vec::new())
    }

    /// Whether the bundled face holds every character of the line.
    pub fn is_bundled(&self, line: &str, face: Face) -> bool {
        line.is_ascii()
            || line
                .chars()
                .all(|c| c.is_ascii() || self.shaper.covers(c, face))
    }

    /// The outline of a glyph in ems, y down; `None` where it has none.
    pub fn outline(&mut self, font: FontKey, glyph: u32) -> Option<Arc<Path>> {
        if let Some(known) = self.outlines.get(&(font, glyph)) {
            return known.clone();
        }
        if self.outlines.len() >= MAX_OUTLINES {
            self.outlines.clear();
        }
        let found = self
            .shaper
            .fonts
            .get(font)
            .and_then(|font| glyph::outline(font, glyph))
            .map(Arc::new);
        self.outlines.insert((font, glyph), found.clone());
        found
    }

    /// Whether the font shows its glyphs by pictures; draw [`Typesetter::bitmap`]
    /// where it has one, the outline otherwise.
    pub fn has_bitmaps(&mut self, font: FontKey) -> bool {
        if font.face().is_some() {
            return false;
        }
        let fonts = &self.shaper.fonts;
        *self
            .colour
            .entry(font)
            .or_insert_with(|| fonts.get(font).is_some_and(glyph::has_bitmaps))
    }

    /// The picture of a glyph, of the size nearest to `px` pixels an em; `None`
    /// where the font has none.
    pub fn bitmap(&mut self, font: FontKey, glyph: u32, px: f32) -> Option<Arc<Bitmap>> {
        let key = (font, glyph, px.clamp(1.0, 65_535.0) as u16);
        if let Some(known) = self.bitmaps.get(&key) {
            return known.clone();
        }
        if self.bitmaps.len() >= MAX_BITMAPS {
            self.bitmaps.clear();
        }
        let found = self
            .shaper
            .fonts
            .get(font)
            .and_then(|font| glyph::bitmap(font, glyph, px))
            .map(Arc::new);
        self.bitmaps.insert(key, found.clone());
        found
    }

    /// The fonts of the system that characters of the text need, by code point;
    /// empty where the bundled faces hold all. Fonts of pictures are left out.
    pub fn fallback_faces(&mut self, text: &str) -> Vec<FallbackFace> {
        let mut lacking: Vec<char> = text
            .chars()
            .filter(|c| !c.is_control() && !self.shaper.covers(*c, Face::Regular))
            .collect();
        lacking.sort_unstable();
        lacking.dedup();
        let mut keys: Vec<FontKey> = Vec::new();
        for c in lacking {
            let mut letter = [0; 4];
            for key in self
                .shaper
                .fallbacks(c.encode_utf8(&mut letter), Face::Regular)
            {
                if !keys.contains(&key) && !self.has_bitmaps(key) {
                    keys.push(key);
                }
            }
        }
        keys.into_iter()
            .filter_map(|key| {
                let font = self.shaper.fonts.get(key)?;
                let file = skrifa::FontRef::from_index(font.data.as_ref(), font.index).ok()?;
                let name = file
                    .localized_strings(StringId::FULL_NAME)
                    .english_or_first()
                    .map(|name| name.to_string())
                    .unwrap_or_default();
                Some(FallbackFace {
                    name: format!("{name} {}", key.0),
                    index: font.index,
                    data: font.data.clone(),
                })
            })
            .collect()
    }
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
            line_width(&mut self.bound(style.face), text)
        };
        ems * style.size
    }

    fn wrap(&mut self, text: &str, style: Style, max: f32) -> Vec<Line> {
        let max = super::ems(max, style);
        let mut broken = std::mem::take(&mut self.broken);
        broken.clear();
        wrap(&mut self.bound(style.face), text, max, &mut broken);
        if needs_bidi(text) {
            self.settle(text, style.face, max, &mut broken);
        }
        let lines = super::lines(broken.drain(..), style);
        self.broken = broken;
        lines
    }
}
