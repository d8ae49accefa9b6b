//! Drags cards within and between stages: all selected cards, with the side branches of
//! each main step.
//!
//! Must not know: egui, sessions.

use super::insertion_slot::insertion_slot;
use crate::edit::Intent;
use crate::english::count;
use crate::graph::Flow;
use crate::model::{Map, ObjectRef, StageId, TouchpointId};
use crate::scene::Scene;
use rustc_hash::FxHashSet;

/// A drag of cards.
#[derive(Clone, Debug)]
pub struct MoveCardsTool {
    /// Dragged touchpoints, in timeline order.
    pub ids: Vec<TouchpointId>,
    moved: FxHashSet<TouchpointId>,
    /// The map without the preview.
    base: Map,
    from: f64,
    /// Distance the pointer must move before cards move, in map units.
    dead_zone: f64,
}

impl MoveCardsTool {
    /// Starts a drag of cards at this x.
    pub fn start(map: &Map, ids: &[TouchpointId], scene: &Scene, x: f64) -> MoveCardsTool {
        let ids = with_branches(map, ids);
        let first = ids.first().cloned().map(ObjectRef::Touchpoint);
        let area = first.and_then(|card| scene.area_of(&card, None));
        MoveCardsTool {
            moved: ids.iter().cloned().collect(),
            dead_zone: area.map_or(0.0, |area| area.width() / 2.0),
            ids,
            base: map.clone(),
            from: x,
        }
    }

    /// Returns the move for the pointer at this x, or `None` if nothing moves.
    pub fn proposal(&self, scene: &Scene, x: f64) -> Option<Intent> {
        if (x - self.from).abs() < self.dead_zone {
            return None;
        }
        let (stage, at) = insertion_slot(scene, &self.base, &self.moved, x)?;
        Some(move_together(&self.base, &self.ids, &stage, at))
    }
}

/// Adds the side branches of the touchpoints, in timeline order.
fn with_branches(map: &Map, ids: &[TouchpointId]) -> Vec<TouchpointId> {
    let wanted: FxHashSet<&TouchpointId> = ids.iter().collect();
    let flow = Flow::of(map);
    let all: Vec<&TouchpointId> = map.touchpoints().map(|t| &t.id).collect();
    let goes = |(at, id): &(usize, &&TouchpointId)| {
        let main = flow.branch_of.get(*at).copied().flatten();
        let main = main.and_then(|main| all.get(main));
        wanted.contains(**id) || main.is_some_and(|main| wanted.contains(*main))
    };
    let going = all.iter().enumerate().filter(goes);
    going.map(|(_, id)| (*id).clone()).collect()
}

/// Returns the intent that moves touchpoints next to each other to an index of a stage,
/// counted without them.
pub fn move_together(map: &Map, ids: &[TouchpointId], stage: &StageId, at: usize) -> Intent {
    let mut inside: Vec<&TouchpointId> = map.touchpoints_in(stage).iter().map(|t| &t.id).collect();
    let others = inside.iter().filter(|id| !ids.contains(id));
    let mut before: Option<&TouchpointId> = others.copied().take(at).last();
    let mut moves = Vec::with_capacity(ids.len());
    for id in ids {
        inside.retain(|other| *other != id);
        let follows = before.and_then(|before| inside.iter().position(|other| *other == before));
        let to = follows.map_or(0, |place| place + 1);
        moves.push(Intent::MoveTouchpoint {
            id: id.clone(),
            stage: stage.clone(),
            to,
        });
        inside.insert(to, id);
        before = Some(id);
    }
    match <[Intent; 1]>::try_from(moves) {
        Ok([only]) => only,
        Err(intents) => Intent::Batch {
            label: format!("Move {}", count(ids.len(), "touchpoint")),
            intents,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::document::multi_selection::tests::{map, spelled};
    use crate::edit::plan;

    fn landed(stages: &str, letters: &str, stage: &str, at: usize) -> String {
        let mut map = map(stages);
        let ids: Vec<TouchpointId> = letters
            .chars()
            .map(|c| c.to_string().as_str().into())
            .collect();
        let intent = move_together(&map, &ids, &stage.into(), at);
        plan(&map, &intent).unwrap().apply(&mut map).unwrap();
        spelled(&map)
    }

    #[test]
    fn dropped_cards_stay_together_at_the_drop_index() {
        assert_eq!(landed("abc def", "b", "s1", 1), "ac dbef");
        assert_eq!(landed("abc def", "ac", "s1", 3), "b defac");
        assert_eq!(landed("abcde f", "bd", "s0", 0), "bdace f");
        assert_eq!(landed("abcde f", "bd", "s0", 3), "acebd f");
        assert_eq!(landed("abc def", "ce", "s0", 2), "abce df");
        assert_eq!(landed("ab c", "abc", "s1", 0), " abc");
    }
}
