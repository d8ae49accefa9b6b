//! Selection of several touchpoints, and the commands that work on all of them.
//!
//! Must not know: egui, sessions, views.

use super::selection::Selection;
use crate::model::{Map, ObjectRef, StageId, Touchpoint};
use rustc_hash::FxHashSet;

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
            if let Selection::One(ObjectRef::Stage(id)) = selection {
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

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::app::document::navigation::Direction;
    use crate::app::editing::structure::{delete, shift};
    use crate::edit::{Intent, plan};
    use crate::model::{Record, Stage, TouchpointId};

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
        if let Some(intent) = shift(&map, &Selection::Touchpoints(ids(letters)), way) {
            plan(&map, &intent).unwrap().apply(&mut map).unwrap();
        }
        spelled(&map)
    }

    #[test]
    fn multi_selection_keeps_timeline_order_and_at_least_two_touchpoints() {
        let map = map("ab cd");
        let two = Selection::of_touchpoints(&map, &ids("da"));
        assert_eq!(two, Selection::Touchpoints(ids("ad")));
        let one = two.toggled(&map, &Selection::One(ObjectRef::Touchpoint("a".into())));
        assert_eq!(one, Selection::One(ObjectRef::Touchpoint("d".into())));
        assert_eq!(one.toggled(&map, &one), Selection::Nothing);
        let three = two.toggled(&map, &Selection::One(ObjectRef::Touchpoint("b".into())));
        assert_eq!(three.touchpoints(), ids("abd"));
        let stage = Selection::One(ObjectRef::Stage("s0".into()));
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
            Selection::One(ObjectRef::Touchpoint("a".into()))
        );
        assert_eq!(
            Selection::One(ObjectRef::Stage("gone".into())).pruned(&map),
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
        let next = |letters: &str| {
            delete(&map, &Selection::Touchpoints(ids(letters)))
                .unwrap()
                .1
        };
        assert_eq!(
            next("ab"),
            Selection::One(ObjectRef::Touchpoint("c".into()))
        );
        assert_eq!(
            next("cd"),
            Selection::One(ObjectRef::Touchpoint("b".into()))
        );
        assert_eq!(next("abcd"), Selection::Nothing);
        let (intent, _) = delete(&map, &Selection::Touchpoints(ids("ad"))).unwrap();
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
        let one = Selection::One(ObjectRef::Touchpoint("d".into()));
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
        let stage = Selection::One(ObjectRef::Stage("s0".into()));
        assert_eq!(
            select_by(&map, &stage, SelectBy::Stage).touchpoints(),
            ids("ab")
        );
    }
}
