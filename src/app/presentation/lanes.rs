//! The lanes that a presentation shows: number keys hide and show them, and they can be revealed
//! one by one.
//!
//! Must not know: egui, the screen.

use super::stage_fit::LaneNeed;
use crate::layout::LaneBand;
use crate::model::{Lane, LaneId, LaneKind};
use std::collections::{BTreeMap, BTreeSet};

/// Lanes that are kept before all others where not all can be read, the first first.
const RANKS: [LaneKind; 5] = [
    LaneKind::Touchpoints,
    LaneKind::Feelings,
    LaneKind::Pains,
    LaneKind::Thoughts,
    LaneKind::Opportunities,
];

/// The choice of lanes.
#[derive(Default)]
pub(super) struct LaneChoice {
    hidden: BTreeSet<LaneId>,
    /// Number of lanes revealed so far; `None` while all are shown.
    revealed: Option<usize>,
    /// Heights of the lanes as last laid out.
    heights: BTreeMap<LaneId, f32>,
}

impl LaneChoice {
    /// Takes note of the heights of laid out lanes.
    pub fn note_heights(&mut self, bands: &[LaneBand]) {
        for band in bands {
            self.heights.insert(band.id.clone(), band.height);
        }
    }

    /// The chosen ones of the lanes that a document shows, from top to bottom.
    pub fn chosen(&self, lanes: &[&Lane]) -> Vec<LaneNeed> {
        let chosen = lanes.iter();
        let chosen = chosen.filter(|lane| !self.hidden.contains(&lane.id));
        let chosen = chosen.map(|lane| LaneNeed {
            id: lane.id.clone(),
            height: self.heights.get(&lane.id).copied().unwrap_or(0.0),
            rank: RANKS
                .iter()
                .position(|kind| *kind == lane.kind)
                .unwrap_or(RANKS.len()),
        });
        chosen.take(self.revealed.unwrap_or(usize::MAX)).collect()
    }

    /// Hides the lane with this index or shows it again; returns what was done, as a sentence.
    pub fn toggle(&mut self, lanes: &[&Lane], index: usize) -> String {
        let Some(lane) = lanes.get(index) else {
            return format!("No lane has the number {}.", index + 1);
        };
        if self.hidden.remove(&lane.id) {
            return format!("“{}” is shown.", lane.title());
        }
        let is_shown = |lane: &&&Lane| !self.hidden.contains(&lane.id);
        if lanes.iter().filter(is_shown).count() <= 1 {
            return "The last lane stays.".to_owned();
        }
        self.hidden.insert(lane.id.clone());
        format!("“{}” is hidden.", lane.title())
    }

    /// Shows all lanes.
    pub fn show_all(&mut self) {
        self.hidden.clear();
        self.revealed = None;
    }

    /// Reveals one lane more, or takes one back. The first time all but the first are hidden.
    pub fn reveal(&mut self, lanes: &[&Lane], on: bool) {
        let is_shown = |lane: &&&Lane| !self.hidden.contains(&lane.id);
        let count = lanes.iter().filter(is_shown).count();
        self.revealed = match (self.revealed, on) {
            (None, true) => Some(1),
            (None, false) => Some(count.saturating_sub(1).max(1)),
            (Some(shown), true) => Some(shown + 1),
            (Some(shown), false) => Some(shown.saturating_sub(1).max(1)),
        };
        if self.revealed >= Some(count) {
            self.revealed = None;
        }
    }

    /// Whether lanes are being revealed one by one.
    pub fn is_revealing(&self) -> bool {
        self.revealed.is_some()
    }

    /// Shows all lanes that are not hidden.
    pub fn end_reveal(&mut self) {
        self.revealed = None;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Map;

    /// A map that shows three lanes.
    fn map() -> Map {
        let others = [
            "storyboard",
            "thoughts",
            "motivations",
            "channels",
            "environments",
            "departments",
            "opportunities",
            "measurements",
            "backstage",
        ];
        let others = others
            .map(|id| format!(r#"(id: "{id}", hidden: true)"#))
            .join(", ");
        let shown = r#"(id: "touchpoints"), (id: "feelings"), (id: "pains")"#;
        let text = format!(r#"(title: "T", lanes: [{shown}, {others}])"#);
        crate::format::read(text.as_bytes()).unwrap().map
    }

    fn lanes(map: &Map) -> Vec<&Lane> {
        map.lanes().iter().filter(|lane| !lane.hidden).collect()
    }

    fn shown(choice: &LaneChoice, map: &Map) -> Vec<String> {
        let lanes = choice.chosen(&lanes(map)).into_iter();
        lanes.map(|lane| lane.id.to_string()).collect()
    }

    #[test]
    fn lanes_are_hidden_by_number_and_the_last_one_stays() {
        let map = map();
        let mut choice = LaneChoice::default();
        let all = shown(&choice, &map);
        choice.toggle(&lanes(&map), 1);
        assert_eq!(shown(&choice, &map), [all[0].clone(), all[2].clone()]);
        choice.toggle(&lanes(&map), 0);
        assert_eq!(choice.toggle(&lanes(&map), 2), "The last lane stays.");
        assert!(choice.toggle(&lanes(&map), 9).contains("number 10"));
        choice.show_all();
        assert_eq!(shown(&choice, &map), all);
    }

    #[test]
    fn lanes_are_revealed_one_by_one() {
        let map = map();
        let mut choice = LaneChoice::default();
        let counts: Vec<usize> = (0..4)
            .map(|_| {
                choice.reveal(&lanes(&map), true);
                shown(&choice, &map).len()
            })
            .collect();
        assert_eq!(counts, [1, 2, 3, 1]);
        choice.reveal(&lanes(&map), false);
        assert_eq!(shown(&choice, &map).len(), 1);
    }
}
