//! Selection of several touchpoints, and the commands that work on all of them.
//!
//! Must not know: egui, sessions, views.

use super::navigation;
use super::navigation::Direction;
use crate::app::command::action::Selection;
use crate::edit::{Intent, plan};
use crate::model::{Map, ObjectRef, StageId, Touchpoint, TouchpointId};
use rustc_hash::FxHashSet;

impl Selection {
    /// Selects an object, or the record that shows it.
    pub fn of_object(map: &Map, object: &ObjectRef) -> Selection {
        match object {
            ObjectRef::Map
            | ObjectRef::Action(_)
            | ObjectRef::Note(_)
            | ObjectRef::Image(_)
            | ObjectRef::Suppression(_) => Selection::Nothing,
            ObjectRef::Stage(id) => Selection::Stage(id.clone()),
            ObjectRef::Lane(id) => Selection::Lane(id.clone()),
            ObjectRef::Touchpoint(id)
            | ObjectRef::Pain(id, _)
            | ObjectRef::Opportunity(id, _)
            | ObjectRef::Feeling(id, _)
            | ObjectRef::Cell(id, _) => Selection::Touchpoint(id.clone()),
            ObjectRef::Path { from, to, .. } => {
                let written = map
                    .touchpoint(from)
                    .and_then(|t| t.paths.iter().find(|p| p.to == *to));
                match written {
                    Some(path) => Selection::Path {
                        from: from.clone(),
                        to: to.clone(),
                        kind: path.kind,
                    },
                    None => Selection::Touchpoint(from.clone()),
                }
            }
            ObjectRef::Persona(id) => Selection::Persona(id.clone()),
            ObjectRef::Department(id) => Selection::Department(id.clone()),
            ObjectRef::Channel(id) => Selection::Channel(id.clone()),
            ObjectRef::Environment(id) => Selection::Environment(id.clone()),
        }
    }

    /// Selects these touchpoints in timeline order; ids that are not in the map are
    /// ignored.
    pub fn of_touchpoints(map: &Map, wanted: &[TouchpointId]) -> Selection {
        let wanted: FxHashSet<&TouchpointId> = wanted.iter().collect();
        Selection::matching(map, |t| wanted.contains(&t.id))
    }

    /// Selects the touchpoints that meet a condition, in timeline order.
    pub fn matching(map: &Map, holds: impl Fn(&Touchpoint) -> bool) -> Selection {
        let found = map.touchpoints().filter(|t| holds(t));
        let mut found: Vec<TouchpointId> = found.map(|t| t.id.clone()).collect();
        match (found.pop(), found.is_empty()) {
            (None, _) => Selection::Nothing,
            (Some(only), true) => Selection::Touchpoint(only),
            (Some(last), false) => {
                found.push(last);
                Selection::Touchpoints(found)
            }
        }
    }

    /// Selected touchpoints, one or several, in timeline order.
    pub fn touchpoints(&self) -> &[TouchpointId] {
        match self {
            Selection::Touchpoint(id) => std::slice::from_ref(id),
            Selection::Touchpoints(ids) => ids,
            _ => &[],
        }
    }

    /// Adds an object to the selection, or removes it if selected. Only touchpoints can
    /// be selected together: any other object replaces the selection.
    #[must_use]
    pub fn toggled(&self, map: &Map, other: &Selection) -> Selection {
        let Selection::Touchpoint(other) = other else {
            return other.clone();
        };
        let mut ids = self.touchpoints().to_vec();
        match ids.iter().position(|id| id == other) {
            Some(at) => {
                ids.remove(at);
            }
            None => ids.push(other.clone()),
        }
        Selection::of_touchpoints(map, &ids)
    }

    /// The part of the selection that is still in the map.
    #[must_use]
    pub fn pruned(&self, map: &Map) -> Selection {
        match self {
            // Moving may also have changed the timeline order.
            Selection::Touchpoints(ids) => Selection::of_touchpoints(map, ids),
            one if navigation::exists(map, one) => one.clone(),
            _ => Selection::Nothing,
        }
    }
}

/// Criterion by which a selection is extended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SelectBy {
    /// All touchpoints.
    Map,
    /// Same stages as the selection.
    Stage,
    /// Same owners as the selection; no owner counts as one.
    Owner,
    /// Same channels as the selection; no channel counts as one.
    Channel,
}

/// Selects all touchpoints that share a value with the selected ones.
pub fn select_by(map: &Map, selection: &Selection, same: SelectBy) -> Selection {
    let selected: Vec<&Touchpoint> = selection
        .touchpoints()
        .iter()
        .filter_map(|id| map.touchpoint(id))
        .collect();
    match same {
        SelectBy::Map => Selection::matching(map, |_| true),
        SelectBy::Stage => {
            let mut stages: FxHashSet<&StageId> = FxHashSet::default();
            stages.extend(selected.iter().filter_map(|t| map.stage_of(&t.id)));
            if let Selection::Stage(id) = selection {
                stages.insert(id);
            }
            Selection::matching(map, |t| {
                map.stage_of(&t.id).is_some_and(|s| stages.contains(s))
            })
        }
        SelectBy::Owner => {
            let owners: FxHashSet<_> = selected.iter().map(|t| &t.owner).collect();
            Selection::matching(map, |t| owners.contains(&t.owner))
        }
        SelectBy::Channel => {
            let channels: FxHashSet<_> = selected.iter().map(|t| &t.channel).collect();
            Selection::matching(map, |t| channels.contains(&t.channel))
        }
    }
}

/// Builds the intent that deletes several touchpoints, and the selection afterwards.
pub fn delete(map: &Map, ids: &[TouchpointId]) -> (Intent, Selection) {
    let gone: FxHashSet<&TouchpointId> = ids.iter().collect();
    let order: Vec<&TouchpointId> = map.touchpoints().map(|t| &t.id).collect();
    let last = order.iter().rposition(|id| gone.contains(id)).unwrap_or(0);
    let stays = |id: &&&TouchpointId| !gone.contains(**id);
    let after = order.iter().skip(last).find(stays);
    let next = after.or_else(|| order.iter().take(last).rev().find(stays));
    let next = next.map_or(Selection::Nothing, |id| {
        Selection::Touchpoint((*id).clone())
    });
    let deletions = ids.iter().cloned().map(Intent::DeleteTouchpoint);
    (
        Intent::Together {
            label: format!("Delete {}", touchpoints_text(ids.len())),
            intents: deletions.collect(),
        },
        next,
    )
}

/// Builds the intent that moves several touchpoints by one position, as one undo step;
/// those at the edge, or blocked by one that cannot move, stay. `None` if none can
/// move.
pub fn shift(map: &Map, ids: &[TouchpointId], way: Direction) -> Option<Intent> {
    let mut scratch = map.clone();
    let mut stuck: FxHashSet<TouchpointId> = FxHashSet::default();
    let mut moves = Vec::new();
    let mut order: Vec<&TouchpointId> = ids.iter().collect();
    // Moves the foremost first, so that its position is free for the next.
    if way == Direction::Next {
        order.reverse();
    }
    for id in order {
        let one = Selection::Touchpoint(id.clone());
        let step = navigation::shift(&scratch, &one, way).filter(|step| match step {
            Intent::MoveTouchpoint { stage, to, .. } if scratch.stage_of(id) == Some(stage) => {
                let there = scratch.touchpoints_in(stage).get(*to);
                !there.is_some_and(|t| stuck.contains(&t.id))
            }
            _ => true,
        });
        let moved = step.and_then(|step| {
            let changes = plan(&scratch, &step).ok()?;
            changes.apply(&mut scratch).ok()?;
            Some(step)
        });
        match moved {
            Some(step) => moves.push(step),
            None => {
                stuck.insert(id.clone());
            }
        }
    }
    (!moves.is_empty()).then(|| Intent::Together {
        label: format!("Move {}", touchpoints_text(ids.len())),
        intents: moves,
    })
}

/// The outermost touchpoint of a selection in a direction.
pub fn outermost(ids: &[TouchpointId], way: Direction) -> Option<&TouchpointId> {
    match way {
        Direction::Previous => ids.first(),
        Direction::Next => ids.last(),
    }
}

/// "1 touchpoint", "3 touchpoints".
pub fn touchpoints_text(many: usize) -> String {
    self::count_noun(many, "touchpoint")
}

/// "1 stage", "2 stages".
pub fn count_noun(count: usize, one: &str) -> String {
    match count {
        1 => format!("1 {one}"),
        count => format!("{count} {one}s"),
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::model::{Record, Stage};

    /// Builds a map from letters: `"ab c"` is two stages with a, b and c.
    pub(crate) fn map(stages: &str) -> Map {
        let mut map = Map::with_title("Test");
        for (at, inside) in stages.split(' ').enumerate() {
            let id: StageId = format!("s{at}").as_str().into();
            let mut intents = vec![Intent::AddStage {
                at,
                stage: Box::new(Stage::new(id.clone(), format!("Stage {at}"))),
            }];
            for (at, letter) in inside.chars().enumerate() {
                let name = letter.to_string();
                intents.push(Intent::AddTouchpoint {
                    stage: id.clone(),
                    at,
                    touchpoint: Box::new(Touchpoint::new(name.as_str().into(), name)),
                });
            }
            for intent in intents {
                plan(&map, &intent).unwrap().apply(&mut map).unwrap();
            }
        }
        map
    }

    /// Inverse of [`map`].
    pub(crate) fn spelled(map: &Map) -> String {
        let stages = map.stages().iter().map(|stage| {
            let inside = map.touchpoints_in(stage.id()).iter();
            inside.map(|t| t.name.clone()).collect::<String>()
        });
        stages.collect::<Vec<_>>().join(" ")
    }

    fn ids(letters: &str) -> Vec<TouchpointId> {
        letters
            .chars()
            .map(|c| c.to_string().as_str().into())
            .collect()
    }

    fn after(stages: &str, letters: &str, way: Direction) -> String {
        let mut map = map(stages);
        if let Some(intent) = shift(&map, &ids(letters), way) {
            plan(&map, &intent).unwrap().apply(&mut map).unwrap();
        }
        spelled(&map)
    }

    #[test]
    fn multi_selection_keeps_timeline_order_and_at_least_two_touchpoints() {
        let map = map("ab cd");
        let two = Selection::of_touchpoints(&map, &ids("da"));
        assert_eq!(two, Selection::Touchpoints(ids("ad")));
        let one = two.toggled(&map, &Selection::Touchpoint("a".into()));
        assert_eq!(one, Selection::Touchpoint("d".into()));
        assert_eq!(one.toggled(&map, &one), Selection::Nothing);
        let three = two.toggled(&map, &Selection::Touchpoint("b".into()));
        assert_eq!(three.touchpoints(), ids("abd"));
        let stage = Selection::Stage("s0".into());
        assert_eq!(three.toggled(&map, &stage), stage);
        assert_eq!(stage.toggled(&map, &one), one);
        assert_eq!(
            Selection::of_touchpoints(&map, &ids("xy")).touchpoints(),
            []
        );
    }

    #[test]
    fn pruning_removes_missing_touchpoints() {
        let map = map("ab");
        let several = Selection::Touchpoints(ids("axb"));
        assert_eq!(several.pruned(&map), Selection::Touchpoints(ids("ab")));
        assert_eq!(
            Selection::Touchpoints(ids("ax")).pruned(&map),
            Selection::Touchpoint("a".into())
        );
        assert_eq!(
            Selection::Stage("gone".into()).pruned(&map),
            Selection::Nothing
        );
    }

    #[test]
    fn moving_several_touchpoints_keeps_their_order() {
        assert_eq!(after("abcd", "bc", Direction::Next), "adbc");
        assert_eq!(after("abcd", "bc", Direction::Previous), "bcad");
        assert_eq!(after("abcd", "ac", Direction::Previous), "acbd");
        assert_eq!(after("abcd", "ab", Direction::Previous), "abcd");
        assert_eq!(after("abc d", "bc", Direction::Next), "a bcd");
        assert_eq!(after("a bcd", "bc", Direction::Previous), "abc d");
    }

    #[test]
    fn deleting_several_selects_the_next_touchpoint() {
        let map = map("ab cd");
        let next = |letters: &str| delete(&map, &ids(letters)).1;
        assert_eq!(next("ab"), Selection::Touchpoint("c".into()));
        assert_eq!(next("cd"), Selection::Touchpoint("b".into()));
        assert_eq!(next("abcd"), Selection::Nothing);
        let (intent, _) = delete(&map, &ids("ad"));
        assert_eq!(intent.label(), "Delete 2 touchpoints");
        let mut map = map.clone();
        plan(&map, &intent).unwrap().apply(&mut map).unwrap();
        assert_eq!(spelled(&map), "b c");
    }

    #[test]
    fn selection_extends_by_shared_values() {
        let mut map = map("ab cd");
        for id in ["a", "d"] {
            let mut touchpoint = map.touchpoint(&id.into()).unwrap().clone();
            touchpoint.channel = Some("web".into());
            let intent = Intent::SetTouchpoint(Box::new(touchpoint));
            plan(&map, &intent).unwrap().apply(&mut map).unwrap();
        }
        let one = Selection::Touchpoint("d".into());
        assert_eq!(
            select_by(&map, &one, SelectBy::Map).touchpoints(),
            ids("abcd")
        );
        assert_eq!(
            select_by(&map, &one, SelectBy::Stage).touchpoints(),
            ids("cd")
        );
        assert_eq!(
            select_by(&map, &one, SelectBy::Channel).touchpoints(),
            ids("ad")
        );
        assert_eq!(
            select_by(&map, &one, SelectBy::Owner).touchpoints(),
            ids("abcd")
        );
        let stage = Selection::Stage("s0".into());
        assert_eq!(
            select_by(&map, &stage, SelectBy::Stage).touchpoints(),
            ids("ab")
        );
    }
}
