//! Word metrics of one face: each word is shaped once; its width and glyphs are then cached.
//!
//! Must not know: how lines are broken.

use super::Face;
use super::cache::{CachedWord, WordCache};
use super::char_class::displayable;
use super::fonts::Glyph;
use super::hyphenation::Hyphenator;
use super::segmentation::{CHUNK, Word, pieces};
use super::shaper::Shaper;
use super::wrap::WordMetrics;

/// The cached words of one face and the width of a blank.
pub(super) struct FaceMetrics {
    face: Face,
    blank: f32,
    words: WordCache,
    hyphenator: Hyphenator,
}

impl FaceMetrics {
    pub(super) fn new(face: Face, shaper: &mut Shaper) -> FaceMetrics {
        FaceMetrics {
            face,
            blank: shaper.shape(" ", face, 0.0, &mut Vec::new()),
            words: WordCache::default(),
            hyphenator: Hyphenator::default(),
        }
    }
}

/// The cached words of a face with the shaper for new ones.
pub(super) struct BoundMetrics<'a> {
    pub(super) metrics: &'a mut FaceMetrics,
    pub(super) shaper: &'a mut Shaper,
}

impl BoundMetrics<'_> {
    /// Adds the glyphs of a word to `out`, from `x` ems on, and returns the width of the word.
    pub(super) fn append(&mut self, word: &str, x: f32, out: &mut Vec<Glyph>) -> f32 {
        if word.len() > CHUNK {
            return self.append_pieces(word, x, out);
        }
        let known = self.known(word);
        let glyphs = self.metrics.words.glyphs(known);
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

    fn known(&mut self, word: &str) -> CachedWord {
        let known = self.metrics.words.get(word);
        known.unwrap_or_else(|| self.shape_and_cache(word))
    }

    /// Shapes a new word and caches it.
    #[cold]
    fn shape_and_cache(&mut self, word: &str) -> CachedWord {
        let mut info = Word::classify(word);
        let mut glyphs = Vec::new();
        let first = pieces(word).next();
        info.width = if first.is_some_and(|first| first.len() < word.len()) {
            self.append_pieces(word, 0.0, &mut glyphs)
        } else {
            self.shaper
                .shape(&displayable(word), self.metrics.face, 0.0, &mut glyphs)
        };
        self.metrics.words.add(word, info, &glyphs)
    }
}

impl WordMetrics for BoundMetrics<'_> {
    fn blank(&self) -> f32 {
        self.metrics.blank
    }

    fn word(&mut self, word: &str) -> Word {
        if word.len() > CHUNK {
            let mut info = Word::classify(word);
            info.width = pieces(word).map(|piece| self.word(piece).width).sum();
            return info;
        }
        self.known(word).word
    }

    fn hyphens(&mut self, text: &str, word: &str) -> Vec<usize> {
        self.metrics.hyphenator.places(text, word)
    }

    fn clusters(&mut self, piece: &str, out: &mut Vec<(usize, f32)>) {
        self.shaper.clusters(piece, self.metrics.face, out);
    }
}
