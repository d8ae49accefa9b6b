//! Word metrics of one face: each word is shaped once; its width and glyphs are then cached.
//!
//! Must not know: how lines are broken.

use super::Face;
use super::cache::WordCache;
use super::char_class::visible;
use super::segmentation::{CHUNK, Word, pieces};
use super::shaped_line::Glyph;
use super::shaper::Shaper;
use super::wrap::Ruler;

/// The cached words of one face and the width of a blank.
pub(super) struct FaceRuler {
    face: Face,
    blank: f32,
    words: WordCache,
}

impl FaceRuler {
    pub(super) fn new(face: Face, shaper: &mut Shaper) -> FaceRuler {
        FaceRuler {
            face,
            blank: shaper.shape(" ", face, 0.0, &mut Vec::new()),
            words: WordCache::default(),
        }
    }
}

/// The cached words of a face with the shaper for new ones.
pub(super) struct Bound<'a> {
    pub(super) ruler: &'a mut FaceRuler,
    pub(super) shaper: &'a mut Shaper,
}

impl Bound<'_> {
    /// Adds the glyphs of a word to `out`, from `x` ems on, and returns the width of the word.
    pub(super) fn append(&mut self, word: &str, x: f32, out: &mut Vec<Glyph>) -> f32 {
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

    /// Shapes a new word and caches it.
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
