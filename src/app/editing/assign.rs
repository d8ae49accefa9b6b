//! Assigns an owner, a channel, an environment or a persona's feeling to one or several
//! touchpoints, or an owner to a stage, always as one undo step.
//!
//! Must not know: egui, sessions, views.

use crate::app::document::Assignment;
use crate::app::document::navigation::Direction;
use crate::app::document::ownership::owner_row;
use crate::app::document::selection::Selection;
use crate::edit::Intent;
use crate::english::count;
use crate::model::{
    DepartmentId, Feeling, Map, ObjectRef, PersonaId, Record, Score, Touchpoint, TouchpointId,
};

impl Assignment {
    /// Noun for the label in the history.
    fn noun(&self) -> &'static str {
        match self {
            Assignment::Owner(_) => "owner",
            Assignment::Channel(_) => "channel",
            Assignment::Environment(_) => "environment",
            Assignment::Persona(_) => "persona",
        }
    }

    fn apply_to(&self, map: &Map, touchpoint: &mut Touchpoint) {
        match self {
            Assignment::Owner(owner) => touchpoint.owner.clone_from(owner),
            Assignment::Channel(channel) => touchpoint.channel.clone_from(channel),
            Assignment::Environment(environment) => touchpoint.environment.clone_from(environment),
            Assignment::Persona(persona) => {
                if feeling_index(map, touchpoint, persona).is_none() {
                    touchpoint.feelings.push(Feeling {
                        persona: Some(persona.clone()),
                        score: Some(Score::NEUTRAL),
                        ..Feeling::default()
                    });
                }
            }
        }
    }

    fn is_applied(&self, map: &Map, touchpoint: &Touchpoint) -> bool {
        let mut after = touchpoint.clone();
        self.apply_to(map, &mut after);
        after == *touchpoint
    }

    /// The assignment that removes the value; `None` for a persona's feeling.
    fn inverse(&self) -> Option<Assignment> {
        Some(match self {
            Assignment::Owner(_) => Assignment::Owner(None),
            Assignment::Channel(_) => Assignment::Channel(None),
            Assignment::Environment(_) => Assignment::Environment(None),
            Assignment::Persona(_) => return None,
        })
    }
}

/// Index of a persona's feeling at a touchpoint. A feeling without a persona belongs to
/// the first persona.
pub fn feeling_index(map: &Map, touchpoint: &Touchpoint, persona: &PersonaId) -> Option<usize> {
    let first = map.personas().as_slice().first().map(|p| &p.id);
    touchpoint
        .feelings
        .iter()
        .position(|f| f.persona.as_ref().or(first) == Some(persona))
}

/// Builds the intent that assigns a value to these touchpoints; `None` if all have it.
pub fn assign_intent(map: &Map, ids: &[TouchpointId], gift: &Assignment) -> Option<Intent> {
    let mut intents = Vec::new();
    for before in ids.iter().filter_map(|id| map.touchpoint(id)) {
        let mut after = before.clone();
        gift.apply_to(map, &mut after);
        if after != *before {
            intents.push(Intent::SetTouchpoint(Box::new(after)));
        }
    }
    let label = match (gift, ids.len()) {
        (Assignment::Persona(_), many) => format!("Add feeling to {}", count(many, "touchpoint")),
        (gift, 1) => format!("Set {}", gift.noun()),
        (gift, many) => format!("Set {} of {}", gift.noun(), count(many, "touchpoint")),
    };
    (!intents.is_empty()).then_some(Intent::Batch { label, intents })
}

/// Builds the intent that assigns a value, or removes it if all touchpoints have it.
pub fn toggle_intent(map: &Map, ids: &[TouchpointId], gift: &Assignment) -> Option<Intent> {
    let mut there = ids.iter().filter_map(|id| map.touchpoint(id));
    match gift.inverse() {
        Some(opposite) if there.all(|t| gift.is_applied(map, t)) => {
            assign_intent(map, ids, &opposite)
        }
        _ => assign_intent(map, ids, gift),
    }
}

/// Builds the intent that assigns the selection to the department above or below; the
/// row above the first department is unowned.
pub fn neighbor_owner_intent(map: &Map, selection: &Selection, way: Direction) -> Option<Intent> {
    let owner = match selection {
        Selection::One(ObjectRef::Stage(id)) => map.stages().get(id)?.owner.as_ref(),
        other => {
            let first = other.touchpoints().first()?;
            map.touchpoint(first)?.owner.as_ref()
        }
    };
    let row = owner_row(map, owner);
    let next = match way {
        Direction::Previous => row.checked_sub(1)?,
        Direction::Next => row + 1,
    };
    let owner = match next.checked_sub(1) {
        None => None,
        Some(at) => Some(map.departments().as_slice().get(at)?.id.clone()),
    };
    owner_intent(map, selection, owner)
}

/// Builds the intent that sets the owner of the selected touchpoints or stage; `None`
/// if it is unchanged.
pub fn owner_intent(
    map: &Map,
    selection: &Selection,
    owner: Option<DepartmentId>,
) -> Option<Intent> {
    let Selection::One(ObjectRef::Stage(id)) = selection else {
        return assign_intent(map, selection.touchpoints(), &Assignment::Owner(owner));
    };
    let mut stage = map.stages().get(id)?.clone();
    if stage.owner == owner {
        return None;
    }
    stage.owner = owner;
    Some(Intent::Batch {
        label: format!("Set owner of {}", stage.name()),
        intents: vec![Intent::SetStage(Box::new(stage))],
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::document::multi_selection::tests::map;
    use crate::app::document::ownership::{handoff_selection, owned_selection, vertical_neighbor};
    use crate::edit::plan;
    use crate::layout::ownership::Owner;
    use crate::model::{Department, Persona};

    fn done(map: &mut Map, intent: Option<Intent>) -> bool {
        let Some(intent) = intent else {
            return false;
        };
        plan(map, &intent).unwrap().apply(map).unwrap();
        true
    }

    #[test]
    fn toggling_an_owner_assigns_to_all_then_removes_from_all() {
        let mut map = map("abc");
        let ids: Vec<TouchpointId> = vec!["a".into(), "b".into()];
        let sales = Assignment::Owner(Some("sales".into()));
        let one = assign_intent(&map, &ids[..1], &sales);
        assert_eq!(one.as_ref().unwrap().label(), "Set owner");
        assert!(done(&mut map, one));
        // Only one of the two has it: toggling assigns it to both.
        let both = toggle_intent(&map, &ids, &sales);
        assert_eq!(both.as_ref().unwrap().label(), "Set owner of 2 touchpoints");
        assert!(done(&mut map, both));
        let owners = |map: &Map| map.touchpoints().filter(|t| t.owner.is_some()).count();
        assert_eq!(owners(&map), 2);
        assert_eq!(assign_intent(&map, &ids, &sales), None);
        let back = toggle_intent(&map, &ids, &sales);
        assert!(done(&mut map, back));
        assert_eq!(owners(&map), 0);
    }

    #[test]
    fn assigning_a_persona_adds_at_most_one_feeling() {
        let mut map = map("a");
        let add = Intent::AddPersona(Box::new(Persona::new("jana".into(), "Jana")));
        assert!(done(&mut map, Some(add)));
        let ids: Vec<TouchpointId> = vec!["a".into()];
        let jana = Assignment::Persona("jana".into());
        let first = assign_intent(&map, &ids, &jana);
        assert!(done(&mut map, first));
        let feeling = &map.touchpoint(&ids[0]).unwrap().feelings[0];
        assert_eq!(feeling.score, Some(Score::NEUTRAL));
        assert_eq!(toggle_intent(&map, &ids, &jana), None);
    }

    /// A stage "s0" with a, b and c and a stage "s1" with d, and two departments.
    fn two() -> Map {
        let mut map = map("abc d");
        for name in ["sales", "ops"] {
            let department = Department::new(name.into(), name);
            done(&mut map, Some(Intent::AddDepartment(Box::new(department))));
        }
        map
    }

    fn selected(letters: &str) -> Selection {
        let mut ids: Vec<TouchpointId> = letters
            .chars()
            .map(|c| c.to_string().as_str().into())
            .collect();
        match ids.len() {
            1 => Selection::One(ObjectRef::Touchpoint(ids.remove(0))),
            _ => Selection::Touchpoints(ids),
        }
    }

    #[test]
    fn owners_change_row_by_row_and_stop_at_the_ends() {
        let mut map = two();
        for what in [
            selected("a"),
            selected("bd"),
            Selection::One(ObjectRef::Stage("s1".into())),
        ] {
            assert_eq!(
                neighbor_owner_intent(&map, &what, Direction::Previous),
                None
            );
            let mut steps = 0;
            while let Some(intent) = neighbor_owner_intent(&map, &what, Direction::Next) {
                done(&mut map, Some(intent));
                steps += 1;
            }
            assert_eq!(steps, 2);
        }
        let ops = Owner::Department("ops".into());
        assert_eq!(owned_selection(&map, &ops, None), selected("abd"));
        assert_eq!(
            owned_selection(&map, &ops, Some(&"s0".into())),
            selected("ab")
        );
        assert_eq!(
            map.stages().get(&"s1".into()).unwrap().owner,
            Some("ops".into())
        );
        assert_eq!(
            owner_intent(
                &map,
                &Selection::One(ObjectRef::Stage("s1".into())),
                Some("ops".into())
            ),
            None
        );
    }

    #[test]
    fn vertical_neighbors_follow_the_rows_of_a_column() {
        let mut map = two();
        let all_rows = owner_intent(&map, &selected("b"), Some("sales".into())).unwrap();
        done(&mut map, Some(all_rows));
        // a and c are unowned; b, in the row below, belongs to sales.
        assert_eq!(
            vertical_neighbor(&map, &"a".into(), Direction::Next),
            Some("c".into())
        );
        assert_eq!(
            vertical_neighbor(&map, &"c".into(), Direction::Next),
            Some("b".into())
        );
        assert_eq!(vertical_neighbor(&map, &"b".into(), Direction::Next), None);
        assert_eq!(
            vertical_neighbor(&map, &"c".into(), Direction::Previous),
            Some("a".into())
        );
        assert_eq!(
            vertical_neighbor(&map, &"d".into(), Direction::Previous),
            None
        );
    }

    #[test]
    fn handoff_selects_the_touchpoints_at_both_ends() {
        let mut map = two();
        let intent = owner_intent(&map, &selected("b"), Some("sales".into())).unwrap();
        done(&mut map, Some(intent));
        let sales = Owner::Department("sales".into());
        assert_eq!(
            handoff_selection(&map, &Owner::Nobody, &sales),
            selected("ab")
        );
        assert_eq!(
            handoff_selection(&map, &sales, &Owner::Nobody),
            selected("bc")
        );
        assert_eq!(handoff_selection(&map, &sales, &sales), Selection::Nothing);
    }
}
