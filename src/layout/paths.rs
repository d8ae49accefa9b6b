//! Parts of the paths of journey and flow: levels of lines above the cards, and texts.
//!
//! Must not know: how lines run.

use super::text_block::TextRole;
use crate::model::{PathKind, Share};

/// Spans on levels, each from left to right; spans of one level do not touch.
pub(super) struct SpanLevels<T>(Vec<Vec<(T, T)>>);

impl<T: Copy + PartialOrd> SpanLevels<T> {
    pub fn new() -> SpanLevels<T> {
        SpanLevels(Vec::new())
    }

    /// Adds a span on the lowest level that is free over its whole width; returns the level.
    pub fn add(&mut self, left: T, right: T) -> usize {
        let place = |spans: &[(T, T)]| spans.partition_point(|span| span.1 < left);
        let free = |spans: &Vec<(T, T)>| spans.get(place(spans)).is_none_or(|s| right < s.0);
        let level = self.0.iter().position(free).unwrap_or(self.0.len());
        if level == self.0.len() {
            self.0.push(Vec::new());
        }
        let at = place(&self.0[level]);
        self.0[level].insert(at, (left, right));
        level
    }

    /// Number of levels.
    pub fn count(&self) -> usize {
        self.0.len()
    }
}

/// The text of a path: its label, and its share of customers.
pub(super) fn path_words(label: &str, share: Option<Share>) -> Option<String> {
    // No-break spaces keep separator, number and sign on one line.
    let share = share.map(|share| share.to_string().replace(' ', "\u{a0}"));
    match (label, share) {
        ("", share) => share,
        (label, None) => Some(label.to_owned()),
        (label, Some(share)) => Some(format!("{label} ·\u{a0}{share}")),
    }
}

/// Role of the text of a path.
pub(super) fn path_role(kind: PathKind) -> TextRole {
    match kind {
        PathKind::Failure => TextRole::Bad,
        _ => TextRole::Soft,
    }
}
