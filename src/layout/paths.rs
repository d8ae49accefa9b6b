//! Parts of the paths of journey and flow: which are drawn, levels of lines above the cards, and
//! texts.
//!
//! Must not know: how lines run.

use super::text_block::TextRole;
use crate::graph::FlowLink;
use crate::model::{PathKind, Share, Touchpoint};
use std::cmp::Reverse;

/// Maximum number of links drawn out of one card; its badge counts the rest.
pub(super) const MAX_LINKS: usize = 20;
/// Maximum number of levels of lines above the cards; more lines run together on the last.
pub(super) const MAX_LEVELS: usize = 24;

/// Whether each link, ordered by source, is drawn: usual links first, then those with the largest
/// shares, then in the order written.
pub(super) fn drawn_links<T>(links: &[FlowLink<T>]) -> Vec<bool> {
    let mut drawn = vec![true; links.len()];
    let mut first = 0;
    for card in links.chunk_by(|a, b| a.from == b.from) {
        let mut order: Vec<usize> = (0..card.len()).collect();
        if card.len() > MAX_LINKS {
            order.sort_by_key(|at| {
                let link = &card[*at];
                (link.kind != PathKind::Next, Reverse(link.share))
            });
        }
        for at in order.into_iter().skip(MAX_LINKS) {
            drawn[first + at] = false;
        }
        first += card.len();
    }
    drawn
}

/// Number of links out of a touchpoint that are not drawn.
pub(super) fn undrawn_links(touchpoint: &Touchpoint) -> usize {
    let mut paths = touchpoint.paths.iter();
    let leads_on = !touchpoint.ends && paths.all(|path| path.kind != PathKind::Next);
    (touchpoint.paths.len() + usize::from(leads_on)).saturating_sub(MAX_LINKS)
}

/// Spans on levels, each from left to right; spans of one level do not touch, except on the last.
pub(super) struct SpanLevels<T> {
    levels: Vec<Vec<(T, T)>>,
    most: usize,
}

impl<T: Copy + PartialOrd> SpanLevels<T> {
    /// No spans, on at most this many levels.
    pub fn new(most: usize) -> SpanLevels<T> {
        SpanLevels {
            levels: Vec::new(),
            most,
        }
    }

    /// Adds a span on the lowest level that is free over its whole width, else on the last;
    /// returns the level, and whether it shares that one.
    pub fn add(&mut self, left: T, right: T) -> (usize, bool) {
        let place = |spans: &[(T, T)]| spans.partition_point(|span| span.1 < left);
        let free = |spans: &Vec<(T, T)>| spans.get(place(spans)).is_none_or(|s| right < s.0);
        let level = self.levels.iter().position(free);
        let level = level.unwrap_or(self.levels.len());
        if level == self.levels.len() {
            if level == self.most {
                return (level - 1, true);
            }
            self.levels.push(Vec::new());
        }
        let at = place(&self.levels[level]);
        self.levels[level].insert(at, (left, right));
        (level, false)
    }

    /// Number of levels.
    pub fn count(&self) -> usize {
        self.levels.len()
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::flow::{FlowOptions, flow};
    use crate::layout::{LaneContent, LayoutOptions, layout};
    use crate::model::Map;
    use crate::text::FixedWidth;

    /// A map in which each touchpoint leads to all others.
    fn dense(count: usize, kind: &str) -> Map {
        let step = |at: usize| {
            let others = (0..count).filter(|to| *to != at);
            let paths: Vec<String> = others
                .map(|to| format!("(to: \"t{to}\", kind: {kind})"))
                .collect();
            format!("(id: \"t{at}\", name: \"T\", paths: [{}])", paths.join(","))
        };
        let steps: Vec<String> = (0..count).map(step).collect();
        let stages = format!("[(name: \"S\", touchpoints: [{}])]", steps.join(","));
        let text = format!("(title: \"T\", stages: {stages})");
        crate::format::read(text.as_bytes()).unwrap().map
    }

    #[test]
    fn more_links_than_can_be_read_are_counted() {
        for kind in ["next", "alternative"] {
            let map = dense(60, kind);
            let journey = layout(&map, &LayoutOptions::default(), &mut FixedWidth);
            let parts = journey.lanes.iter().flat_map(|lane| &lane.parts);
            let mut cards = parts.filter_map(|part| match part.content.as_deref()? {
                LaneContent::Cards { cards, routes } => Some((cards, routes)),
                _ => None,
            });
            let (cards, routes) = cards.next_back().unwrap();
            let counted = |words: String, drawn: usize| {
                let hidden: usize = words.split(' ').next().unwrap().parse().unwrap();
                assert_eq!(hidden, 59 - drawn, "{kind}: {words}");
                assert!(drawn <= MAX_LINKS);
            };
            for (at, card) in cards.iter().enumerate() {
                let words = card.badges.iter().flat_map(|badge| &badge.runs);
                let words: String = words.map(|run| run.text.as_str()).collect();
                counted(words, routes.iter().filter(|it| it.from == at).count());
            }
            let flow = flow(&map, &FlowOptions::default(), &mut FixedWidth);
            let chunks = || flow.rows.iter().flat_map(|row| &row.chunks);
            let edges = || chunks().flat_map(|chunk| &chunk.edges);
            for card in chunks().flat_map(|chunk| &chunk.cards) {
                let badges = card.card.badges.iter().flat_map(|badge| &badge.runs);
                let words = badges.map(|run| run.text.to_string());
                let words = words.filter(|text| text.contains("more")).collect();
                let own = edges().filter(|it| it.from == card.id && it.part == 0);
                counted(words, own.count());
            }
        }
    }

    #[test]
    fn spans_without_a_free_level_share_the_last() {
        let mut levels = SpanLevels::new(3);
        let found: Vec<_> = (0..5).map(|at| levels.add(at, 10 + at)).collect();
        let wanted = [(0, false), (1, false), (2, false), (2, true), (2, true)];
        assert_eq!(found, wanted);
        assert_eq!((levels.add(20, 30), levels.count()), ((0, false), 3));
    }

    #[test]
    fn usual_links_and_large_shares_are_drawn_first() {
        let share = |at: usize| Share::from_percent(at as i64);
        let links: Vec<FlowLink> = (0..30)
            .map(|at| FlowLink {
                from: at / 25,
                to: at,
                kind: match at {
                    24 => PathKind::Next,
                    _ => PathKind::Alternative,
                },
                path_index: Some(at),
                share: share(at).filter(|_| at < 24),
            })
            .collect();
        let drawn = drawn_links(&links);
        let hidden: Vec<usize> = (0..30).filter(|at| !drawn[*at]).collect();
        assert_eq!(hidden, [0, 1, 2, 3, 4]);
    }
}
