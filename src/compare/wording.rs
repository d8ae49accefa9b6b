//! The words in which two versions of a text differ.
//!
//! Must not know: maps, fields.

use similar::{Algorithm, DiffOp, capture_diff_slices, group_diff_ops};
use std::ops::Range;
use unicode_segmentation::UnicodeSegmentation as _;

/// Words and gaps that are told around a change.
const CONTEXT: usize = 4;

/// Words and gaps of a text that is compared word by word.
const MAX_WORDS: usize = 4000;

/// Characters of a text that is told as a whole.
const SHORT: usize = 60;

/// Returns the changed parts of a text with a few words around them, each as before and after.
/// Short texts, and those that have little in common, are one part.
pub(super) fn changed_parts<'t>(was: &'t str, is: &'t str) -> Vec<[&'t str; 2]> {
    let whole = vec![[was, is]];
    let is_short = |text: &str| text.chars().nth(SHORT).is_none();
    let words = [was, is].map(|text| text.split_word_bounds().collect::<Vec<_>>());
    if is_short(was) && is_short(is) || words.iter().any(|words| words.len() > MAX_WORDS) {
        return whole;
    }
    let operations = capture_diff_slices(Algorithm::Myers, &words[0], &words[1]);
    let kept = operations.iter().map(|it| match it {
        DiffOp::Equal { len, .. } => *len,
        _ => 0,
    });
    if 2 * kept.sum::<usize>() < words[0].len().max(words[1].len()) {
        return whole;
    }
    let groups = group_diff_ops(operations, CONTEXT);
    let parts = groups.iter().filter_map(|group| {
        let (first, last) = (group.first()?, group.last()?);
        let old = first.old_range().start..last.old_range().end;
        let new = first.new_range().start..last.new_range().end;
        Some([part(was, &words[0], old), part(is, &words[1], new)])
    });
    let parts: Vec<[&str; 2]> = parts.collect();
    let is_told = |[was, is]: &[&str; 2]| was != is && !was.is_empty();
    if parts.iter().all(is_told) {
        parts
    } else {
        whole
    }
}

fn part<'t>(text: &'t str, words: &[&str], range: Range<usize>) -> &'t str {
    let length = |words: &[&str]| words.iter().map(|word| word.len()).sum::<usize>();
    let start = length(&words[..range.start]);
    let end = start + length(&words[range]);
    text[start..end].trim()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_texts_tell_the_changed_words_alone() {
        let was = "The customer waits at the counter until somebody has time, then asks for a form and fills it in.";
        let is = was
            .replace("counter", "desk")
            .replace("a form", "two forms");
        assert_eq!(
            changed_parts(was, &is),
            [
                [
                    "at the counter until somebody",
                    "at the desk until somebody"
                ],
                ["asks for a form and fills", "asks for two forms and fills"],
            ]
        );
        let other = "Nobody remembers how this step came about, but everybody does it on Mondays.";
        assert_eq!(changed_parts(was, other), [[was, other]]);
        assert_eq!(changed_parts("a", "b"), [["a", "b"]]);
    }
}
