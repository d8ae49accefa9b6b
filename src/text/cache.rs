//! Caches of shaped words and lines with their glyphs, tuned for lookup rather than insertion.
//!
//! Must not know: how text is shaped.

use super::fonts::{Glyph, ShapedLine};
use super::segmentation::Word;
use rustc_hash::FxHashMap;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

/// Number of words at which the cache is cleared. A map of 20,000 touchpoints has about 10,000
/// different words.
const MAX_WORDS: usize = 50_000;

/// Cached words of one face.
#[derive(Default)]
pub(super) struct WordCache {
    short: FxHashMap<ShortWord, CachedWord>,
    long: FxHashMap<Box<str>, CachedWord>,
    glyphs: Vec<Glyph>,
}

/// A cached word and the range of its glyphs.
#[derive(Clone, Copy)]
pub(super) struct CachedWord {
    pub(super) word: Word,
    start: u32,
    count: u32,
}

/// A word of at most 16 bytes, stored inline: its first and its last eight bytes, which overlap,
/// and its length.
#[derive(Clone, Copy, PartialEq, Eq)]
struct ShortWord {
    head: u64,
    tail: u64,
    len: u8,
}

impl Hash for ShortWord {
    fn hash<H: Hasher>(&self, state: &mut H) {
        state.write_u64(self.head ^ u64::from(self.len));
        state.write_u64(self.tail);
    }
}

impl ShortWord {
    fn new(word: &str) -> Option<ShortWord> {
        let bytes = word.as_bytes();
        let len = u8::try_from(bytes.len()).ok().filter(|len| *len <= 16)?;
        let word = |part: Option<&[u8; 8]>| part.map(|part| u64::from_le_bytes(*part));
        let half = |part: Option<&[u8; 4]>| part.map(|part| u32::from_le_bytes(*part).into());
        let ends = word(bytes.first_chunk()).zip(word(bytes.last_chunk()));
        let ends = ends.or_else(|| half(bytes.first_chunk()).zip(half(bytes.last_chunk())));
        let (head, tail) = ends.unwrap_or_else(|| {
            let fold = |sum: u64, byte: &u8| (sum << 8) | u64::from(*byte);
            (bytes.iter().fold(0, fold), 0)
        });
        Some(ShortWord { head, tail, len })
    }
}

impl WordCache {
    pub(super) fn get(&self, word: &str) -> Option<CachedWord> {
        match ShortWord::new(word) {
            Some(short) => self.short.get(&short).copied(),
            None => self.long.get(word).copied(),
        }
    }

    pub(super) fn glyphs(&self, known: CachedWord) -> &[Glyph] {
        let start = known.start as usize;
        self.glyphs
            .get(start..start + known.count as usize)
            .unwrap_or_default()
    }

    pub(super) fn add(&mut self, text: &str, word: Word, glyphs: &[Glyph]) -> CachedWord {
        if self.short.len() + self.long.len() >= MAX_WORDS {
            *self = WordCache::default();
        }
        let known = CachedWord {
            word,
            start: self.glyphs.len() as u32,
            count: glyphs.len() as u32,
        };
        self.glyphs.extend_from_slice(glyphs);
        match ShortWord::new(text) {
            Some(short) => self.short.insert(short, known),
            None => self.long.insert(text.into(), known),
        };
        known
    }
}

/// Number of lines at which a generation ends.
const MAX_LINES: usize = 8_192;

/// Cached lines of one face in two generations; a line used again moves to the young one.
#[derive(Default)]
pub(super) struct LineCache {
    young: FxHashMap<Box<str>, Arc<ShapedLine>>,
    old: FxHashMap<Box<str>, Arc<ShapedLine>>,
}

impl LineCache {
    pub(super) fn get(&mut self, line: &str) -> Option<Arc<ShapedLine>> {
        if let Some(found) = self.young.get(line) {
            return Some(Arc::clone(found));
        }
        let (key, found) = self.old.remove_entry(line)?;
        self.add(key, Arc::clone(&found));
        Some(found)
    }

    pub(super) fn add(&mut self, line: Box<str>, shaped: Arc<ShapedLine>) {
        if self.young.len() >= MAX_LINES {
            self.old = std::mem::take(&mut self.young);
        }
        self.young.insert(line, shaped);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_words_have_distinct_keys() {
        let all = "aaaaaaaaaaaaaaaaaaaa";
        let nul = "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0";
        let mut cache = WordCache::default();
        for source in [all, nul] {
            for len in 0..source.len() {
                let word = Word {
                    width: len as f32,
                    ..Word::default()
                };
                assert!(cache.get(&source[..len]).is_none() || len == 0);
                cache.add(&source[..len], word, &[]);
            }
            for len in 0..source.len() {
                assert_eq!(cache.get(&source[..len]).unwrap().word.width, len as f32);
            }
        }
        assert!(ShortWord::new("abcdefghijklmnop").is_some());
        assert!(ShortWord::new("abcdefghijklmnopq").is_none());
    }

    #[test]
    fn the_cache_is_bounded() {
        let mut cache = WordCache::default();
        for i in 0..MAX_WORDS * 2 + 5 {
            cache.add(&i.to_string(), Word::default(), &[]);
        }
        assert!(cache.short.len() <= MAX_WORDS);
    }
}
