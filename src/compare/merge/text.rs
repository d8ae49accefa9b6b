//! Merging of long texts word by word.
//!
//! Must not know: maps.

use similar::{Algorithm, DiffOp, capture_diff_slices};
use std::ops::Range;

/// Merges two versions of a text with the one that both began with; `None` where both changed the
/// same place, or places that touch, in different ways.
pub(super) fn merge_words(base: &str, ours: &str, theirs: &str) -> Option<String> {
    let [base, ours, theirs] = [base, ours, theirs].map(words);
    let mut merged = String::new();
    let mut taken = 0;
    let (ours, theirs) = (changes(&base, &ours), changes(&base, &theirs));
    let (mut ours, mut theirs) = (ours.into_iter().peekable(), theirs.into_iter().peekable());
    loop {
        let next = match (ours.peek(), theirs.peek()) {
            (Some(a), Some(b)) if a == b => {
                ours.next();
                theirs.next()
            }
            (Some(a), Some(b)) if a.at.end < b.at.start => ours.next(),
            (Some(a), Some(b)) if b.at.end < a.at.start => theirs.next(),
            (Some(_), Some(_)) => return None,
            (Some(_), None) => ours.next(),
            (None, _) => theirs.next(),
        };
        let Some(change) = next else {
            merged.extend(base[taken..].iter().copied());
            return Some(merged);
        };
        merged.extend(base[taken..change.at.start].iter().copied());
        merged.extend(change.words.iter().copied());
        taken = change.at.end;
    }
}

/// Words of the base that one side replaced.
#[derive(PartialEq)]
struct WordChange<'t> {
    at: Range<usize>,
    words: Vec<&'t str>,
}

/// Splits a text into words, each with the blanks behind it.
fn words(text: &str) -> Vec<&str> {
    let mut words = Vec::new();
    let (mut start, mut in_blanks) = (0, false);
    for (at, c) in text.char_indices() {
        if in_blanks && !c.is_whitespace() {
            words.push(&text[start..at]);
            start = at;
        }
        in_blanks = c.is_whitespace();
    }
    words.extend(Some(&text[start..]).filter(|rest| !rest.is_empty()));
    words
}

fn changes<'t>(base: &[&str], side: &[&'t str]) -> Vec<WordChange<'t>> {
    let mut changes: Vec<WordChange<'t>> = Vec::new();
    for op in capture_diff_slices(Algorithm::Myers, base, side) {
        if matches!(op, DiffOp::Equal { .. }) {
            continue;
        }
        let (at, words) = (op.old_range(), side[op.new_range()].to_vec());
        match changes.last_mut().filter(|last| last.at.end == at.start) {
            Some(last) => {
                last.at.end = at.end;
                last.words.extend(words);
            }
            None => changes.push(WordChange { at, words }),
        }
    }
    changes
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Rule 4: a long text is merged by words.
    #[test]
    fn words_changed_apart_merge_and_words_that_touch_do_not() {
        let base = "Jana waits a day. Then she calls.\n";
        let merge = |ours: &str, theirs: &str| merge_words(base, ours, theirs);
        assert_eq!(
            merge(
                "Jana waits two days. Then she calls.\n",
                "Jana waits a day. Then she writes.\nAngry.\n"
            )
            .as_deref(),
            Some("Jana waits two days. Then she writes.\nAngry.\n")
        );
        let twice = "Jana waits a day. Then she shouts.\n";
        assert_eq!(merge(twice, twice).as_deref(), Some(twice));
        assert_eq!(
            merge(
                "Jana waits an hour. Then she calls.\n",
                "Tom waits two days. Then she calls.\n"
            ),
            None
        );
        assert_eq!(merge(base, "").as_deref(), Some(""));
    }
}
