//! Changes of owner in the ownership view.
//!
//! Must not know: egui, sessions, how anything is drawn.

use super::assign::{self, Assignment};
use crate::app::document::navigation::Direction;
use crate::app::document::ownership::owner_row;
use crate::app::document::selection::Selection;
use crate::edit::Intent;
use crate::model::{DepartmentId, Map, ObjectRef, Record};

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
        return assign::assign_intent(map, selection.touchpoints(), &Assignment::Owner(owner));
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
    use crate::model::{Department, TouchpointId};

    fn done(map: &mut Map, intent: &Intent) {
        plan(map, intent).unwrap().apply(map).unwrap();
    }

    /// A stage "s0" with a, b and c and a stage "s1" with d, and two departments.
    fn two() -> Map {
        let mut map = map("abc d");
        for name in ["sales", "ops"] {
            let department = Department::new(name.into(), name);
            done(&mut map, &Intent::AddDepartment(Box::new(department)));
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
                done(&mut map, &intent);
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
        done(&mut map, &all_rows);
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
        done(&mut map, &intent);
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
