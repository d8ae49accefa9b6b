//! Greedy line breaking over measured words, the same for real and for fixed widths.
//!
//! Must not know: fonts, shaping.

use super::char_class::{hard_break_len, trim_line_end};
use super::hyphenation::drawn;
use super::segmentation::{
    CHUNK, Word, floor_grapheme, is_blank, may_break_between, pieces, words,
};
use std::borrow::Cow;
use std::ops::Range;
use unicode_linebreak::linebreaks;
use unicode_segmentation::UnicodeSegmentation;

/// Measures words in ems.
pub(super) trait WordMetrics {
    /// Width of a blank.
    fn blank(&self) -> f32;
    /// Measures a word, or a part of one, without blanks.
    fn word(&mut self, word: &str) -> Word;
    /// Offsets in a word of a text before which it may be broken with a hyphen.
    fn hyphens(&mut self, text: &str, word: &str) -> Vec<usize>;
    /// Fills `out` with the ends of the clusters of a piece, in bytes, and the width up to each, in
    /// the order of the text.
    fn clusters(&mut self, piece: &str, out: &mut Vec<(usize, f32)>);
}

/// Width of a line of words in ems, without trailing white space.
pub(super) fn line_width(ruler: &mut impl WordMetrics, line: &str) -> f32 {
    let line = trim_line_end(line);
    let blanks = line.bytes().filter(|b| is_blank(*b)).count();
    let start = blanks as f32 * ruler.blank();
    words(line).fold(start, |width, (_, word)| width + ruler.word(word).width)
}

/// A line of a broken text.
pub(super) struct BrokenLine {
    /// Byte range in the text.
    pub(super) range: Range<usize>,
    /// Width in ems.
    pub(super) width: f32,
    /// Whether a hyphen is drawn at its end.
    pub(super) hyphen: bool,
}

impl BrokenLine {
    /// The line as it is drawn, of the text that was broken.
    pub(super) fn text<'t>(&self, text: &'t str) -> Cow<'t, str> {
        drawn(&text[self.range.clone()], self.hyphen)
    }
}

/// The end of the first part of a word that is cut: offset in the word, width of the part in ems,
/// and whether it ends in a hyphen.
type Cut = (usize, f32, bool);

/// Breaks a text into lines of at most `max` ems.
pub(super) fn wrap(
    ruler: &mut impl WordMetrics,
    text: &str,
    max: f32,
    lines: &mut Vec<BrokenLine>,
) {
    let bytes = text.as_bytes();
    let mut filler = LineBreaker {
        metrics: ruler,
        text,
        // A measured width must fit itself in spite of rounding when scaled to ems.
        max: if max.is_nan() {
            f32::INFINITY
        } else {
            max.max(0.0) + 1e-3
        },
        lines,
        start: 0,
        last: None,
        width: 0.0,
        opportunity: None,
        clusters: Vec::new(),
    };
    let mut at = 0;
    while at < bytes.len() {
        let break_len = |at: usize| match bytes[at] {
            0x0a..=0x0d | 0xc2 | 0xe2 => hard_break_len(&bytes[at..]),
            _ => 0,
        };
        let end = (at..bytes.len()).find(|at| break_len(*at) > 0);
        let gap = end.map_or(0, break_len);
        let end = end.unwrap_or(bytes.len());
        filler.paragraph(at..end);
        at = end + gap;
    }
}

/// The last word on the line.
#[derive(Clone)]
struct PendingWord {
    range: Range<usize>,
    plain_end: bool,
}

/// The last break opportunity on the line.
#[derive(Clone, Copy)]
struct BreakOpportunity {
    /// End of the line if broken here, and its width.
    end: (usize, f32),
    /// Start of the next line, and the width up to there.
    next: (usize, f32),
}

struct LineBreaker<'a, R> {
    metrics: &'a mut R,
    text: &'a str,
    max: f32,
    lines: &'a mut Vec<BrokenLine>,
    start: usize,
    last: Option<PendingWord>,
    width: f32,
    opportunity: Option<BreakOpportunity>,
    clusters: Vec<(usize, f32)>,
}

impl<R: WordMetrics> LineBreaker<'_, R> {
    fn paragraph(&mut self, range: Range<usize>) {
        self.start_line(range.start);
        let bytes = self.text.as_bytes();
        let mut at = range.start;
        loop {
            let blanks = at;
            while at < range.end && is_blank(bytes[at]) {
                at += 1;
            }
            let start = at;
            while at < range.end && !is_blank(bytes[at]) {
                at += 1;
            }
            if start == at {
                break;
            }
            self.push_word(start..at, start - blanks);
        }
        let last = self.last.as_ref();
        let end = last.map_or(range.start, |last| last.range.end);
        self.push_line(end, self.width, false);
    }

    fn start_line(&mut self, start: usize) {
        self.start = start;
        self.last = None;
        self.width = 0.0;
        self.opportunity = None;
    }

    /// Adds the line that ends here to the result.
    fn push_line(&mut self, end: usize, width: f32, hyphen: bool) {
        let line = &self.text[self.start..end];
        let mut kept = (line, width);
        if !hyphen && !line.ends_with(|c: char| c.is_ascii()) {
            let trimmed = trim_line_end(line);
            if trimmed.len() < line.len() {
                kept = (trimmed, line_width(self.metrics, trimmed));
            }
        }
        self.lines.push(BrokenLine {
            range: self.start..self.start + kept.0.len(),
            width: kept.1,
            hyphen,
        });
    }

    fn measure(&mut self, word: &str) -> Word {
        if word.len() > CHUNK {
            return Word {
                width: f32::INFINITY,
                has_inner_break: true,
                ..Word::default()
            };
        }
        self.metrics.word(word)
    }

    /// Appends a word to the line, breaking as often as needed.
    fn push_word(&mut self, mut range: Range<usize>, mut blanks: usize) {
        let text = self.text;
        let mut word = self.measure(&text[range.clone()]);
        loop {
            let gap = blanks as f32 * self.metrics.blank();
            let room = self.max - self.width - gap;
            if word.width <= room {
                self.extend(range, gap, word);
                return;
            }
            let Some(last) = self.last.clone() else {
                if blanks > 0 {
                    // Leading blanks are kept only if the first word fits after them.
                    self.start_line(range.start);
                    blanks = 0;
                    continue;
                }
                let cut = match self.cut(&text[range.clone()], room, false) {
                    Some(cut) => Some(cut),
                    None => self.hyphenate(&range, room),
                };
                match cut.or_else(|| self.cut(&text[range.clone()], room, true)) {
                    Some((cut, width, hyphen)) if cut < range.len() => {
                        self.push_line(range.start + cut, width, hyphen);
                        range.start += cut;
                        self.start_line(range.start);
                        word = self.measure(&text[range.clone()]);
                        continue;
                    }
                    Some((_, width, _)) => word.width = width,
                    None => word.width = 0.0,
                }
                self.extend(range, gap, word);
                return;
            };
            if word.has_inner_break
                && let Some((cut, width, _)) = self.cut(&text[range.clone()], room, false)
            {
                if cut == range.len() {
                    word.width = width;
                    self.extend(range, gap, word);
                    return;
                }
                self.push_line(range.start + cut, self.width + gap + width, false);
                range.start += cut;
                self.start_line(range.start);
                word = self.measure(&text[range.clone()]);
                blanks = 0;
                continue;
            }
            let bound = !self.breaks_between(&last, &range, word);
            match self.opportunity {
                Some(chance) if bound => {
                    self.push_line(chance.end.0, chance.end.1, false);
                    self.start = chance.next.0;
                    self.width -= chance.next.1;
                    self.opportunity = None;
                }
                _ => {
                    self.push_line(last.range.end, self.width, false);
                    self.start_line(range.start);
                    blanks = 0;
                }
            }
        }
    }

    fn breaks_between(&self, last: &PendingWord, next: &Range<usize>, word: Word) -> bool {
        (last.plain_end && word.breaks_before)
            || may_break_between(&self.text[last.range.clone()], &self.text[next.clone()])
    }

    fn extend(&mut self, range: Range<usize>, gap: f32, word: Word) {
        if let Some(last) = &self.last
            && self.breaks_between(last, &range, word)
        {
            self.opportunity = Some(BreakOpportunity {
                end: (last.range.end, self.width),
                next: (range.start, self.width + gap),
            });
        }
        self.width += gap + word.width;
        self.last = Some(PendingWord {
            range,
            plain_end: word.breaks_after,
        });
    }

    /// Finds the cut after which the first part of a word is at most `room` wide, with the width of
    /// that part. Without `force` only break opportunities count; with it any cluster boundary, and
    /// at least one cluster is taken.
    fn cut(&mut self, word: &str, room: f32, force: bool) -> Option<Cut> {
        let (mut done, mut used) = (0, 0.0);
        for piece in pieces(word) {
            let left = room - used;
            // Measuring long pieces that cannot fit is skipped; hardly any character is narrower.
            let hopeless = piece.len() > CHUNK / 4 && piece.len() as f32 * 0.05 > left;
            if !hopeless {
                let width = self.metrics.word(piece).width;
                if width <= left {
                    used += width;
                    done += piece.len();
                    continue;
                }
            }
            let force = force && done == 0;
            return match self.cut_piece(piece, left, force) {
                Some((cut, width)) => Some((done + cut, used + width, false)),
                None if done > 0 => Some((done, used, false)),
                None => None,
            };
        }
        Some((done, used, false))
    }

    /// Finds the last place for a hyphen in the rest of a word after which the first part is at
    /// most `room` wide.
    fn hyphenate(&mut self, rest: &Range<usize>, room: f32) -> Option<Cut> {
        if rest.len() > CHUNK {
            return None;
        }
        let text = self.text;
        // The rules are about whole words.
        let before = &text[text.floor_char_boundary(rest.start.saturating_sub(CHUNK))..rest.start];
        let begun = before.chars().rev().take_while(|c| !c.is_whitespace());
        let start = rest.start - begun.map(char::len_utf8).sum::<usize>();
        let places = self.metrics.hyphens(text, &text[start..rest.end]);
        let places = places.into_iter().map(|at| start + at);
        let places: Vec<usize> = places.filter(|at| *at > rest.start).collect();
        places.into_iter().rev().find_map(|at| {
            let part = drawn(&text[rest.start..at], true);
            let width = self.metrics.word(&part).width;
            (width <= room).then_some((at - rest.start, width, true))
        })
    }

    /// Like [`LineBreaker::cut`] for one piece: at a break opportunity or else, with `force`, at any
    /// cluster boundary.
    fn cut_piece(&mut self, piece: &str, room: f32, force: bool) -> Option<(usize, f32)> {
        if room < 0.01 {
            // No cluster fits.
            let first = piece.graphemes(true).next().filter(|_| force)?;
            return Some((first.len(), self.metrics.word(first).width));
        }
        let mut clusters = std::mem::take(&mut self.clusters);
        // Enough for a line of narrow letters; seldom extended.
        let mut bytes = (room.min(CHUNK as f32) * 5.0) as usize + 8;
        let window = loop {
            let window = &piece[..floor_grapheme(piece, bytes)];
            self.metrics.clusters(window, &mut clusters);
            let width = clusters.last().map_or(0.0, |(_, width)| *width);
            if width > room || window.len() == piece.len() {
                break window;
            }
            bytes *= 3;
        };
        let near = |at: &usize| {
            let found = clusters.partition_point(|(end, _)| end < at);
            let cluster = clusters.get(found);
            cluster.is_some_and(|(_, width)| *width <= room + 0.2)
        };
        let breaks = linebreaks(window).map(|(at, _)| at);
        let breaks = breaks.filter(|at| *at < window.len());
        let mut places: Vec<usize> = breaks.take_while(near).collect();
        let mut found = self.last_that_fits(piece, room, &places);
        if force && found.is_none() {
            places.clear();
            let ends = window.grapheme_indices(true).map(|(at, c)| at + c.len());
            places.extend(ends.take_while(near));
            found = self.last_that_fits(piece, room, &places).or_else(|| {
                let first = piece.graphemes(true).next()?;
                Some((first.len(), self.metrics.word(first).width))
            });
        }
        self.clusters = clusters;
        found
    }

    fn last_that_fits(&mut self, piece: &str, room: f32, places: &[usize]) -> Option<(usize, f32)> {
        places.iter().rev().find_map(|at| {
            let width = self.metrics.word(&piece[..*at]).width;
            (width <= room).then_some((*at, width))
        })
    }
}
