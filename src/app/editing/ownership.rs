//! Selection and editing in the ownership view: touchpoints of a cell or handoff,
//! vertical neighbours, and changes of owner.
//!
//! Must not know: egui, sessions, how anything is drawn.

use super::assign::{self, Assignment};
use crate::app::command::action::Selection;
use crate::app::document::navigation::Direction;
use crate::edit::Intent;
use crate::graph::Graph;
use crate::layout::ownership::Owner;
use crate::model::{DepartmentId, Map, Record, StageId, Touchpoint, TouchpointId};

/// Selects the touchpoints of an owner in a stage, or in all stages; without any, the
/// department, or nothing.
pub fn owned_selection(map: &Map, holder: &Owner, stage: Option<&StageId>) -> Selection {
    let theirs = |touchpoint: &&Touchpoint| Owner::of(map, touchpoint.owner.as_ref()) == *holder;
    let ids: Vec<TouchpointId> = match stage {
        Some(stage) => {
            let touchpoints = map.touchpoints_in(stage).iter();
            touchpoints.filter(theirs).map(|t| t.id.clone()).collect()
        }
        None => map
            .touchpoints()
            .filter(theirs)
            .map(|t| t.id.clone())
            .collect(),
    };
    match (Selection::of_touchpoints(map, &ids), holder) {
        (Selection::Nothing, Owner::Department(id)) => Selection::Department(id.clone()),
        (selection, _) => selection,
    }
}

/// Selects the touchpoints at both ends of all handoffs from one owner to another.
pub fn handoff_selection(map: &Map, from: &Owner, to: &Owner) -> Selection {
    let graph = Graph::of(map);
    let holders: Vec<Owner> = map
        .touchpoints()
        .map(|touchpoint| Owner::of(map, touchpoint.owner.as_ref()))
        .collect();
    let links = graph.flow().links.iter();
    let passing = links.filter(|link| holders[link.from] == *from && holders[link.to] == *to);
    let ends = passing.flat_map(|link| [link.from, link.to]);
    let ids: Vec<TouchpointId> = ends
        .filter_map(|at| graph.touchpoint(at).cloned())
        .collect();
    Selection::of_touchpoints(map, &ids)
}

/// Row of an owner, from the top: unowned, departments, unknown owners.
fn owner_row(map: &Map, owner: Option<&DepartmentId>) -> usize {
    owner.map_or(0, |id| {
        let place = map.departments().position(id);
        place.unwrap_or(map.departments().len()) + 1
    })
}

/// The touchpoint above or below another in the column of its stage.
pub fn vertical_neighbor(map: &Map, id: &TouchpointId, way: Direction) -> Option<TouchpointId> {
    let mut column: Vec<&Touchpoint> = map.touchpoints_in(map.stage_of(id)?).iter().collect();
    column.sort_by_key(|touchpoint| owner_row(map, touchpoint.owner.as_ref()));
    let at = column.iter().position(|touchpoint| touchpoint.id == *id)?;
    let next = match way {
        Direction::Previous => at.checked_sub(1)?,
        Direction::Next => at + 1,
    };
    column.get(next).map(|touchpoint| touchpoint.id.clone())
}

/// Builds the intent that assigns the selection to the department above or below; the
/// row above the first department is unowned.
pub fn neighbor_owner_intent(map: &Map, selection: &Selection, way: Direction) -> Option<Intent> {
    let owner = match selection {
        Selection::Stage(id) => map.stages().get(id)?.owner.as_ref(),
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
    let Selection::Stage(id) = selection else {
        return assign::assign_intent(map, selection.touchpoints(), &Assignment::Owner(owner));
    };
    let mut stage = map.stages().get(id)?.clone();
    if stage.owner == owner {
        return None;
    }
    stage.owner = owner;
    Some(Intent::Together {
        label: format!("Set owner of {}", stage.name()),
        intents: vec![Intent::SetStage(Box::new(stage))],
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::document::multi_selection::tests::map;
    use crate::edit::plan;
    use crate::model::Department;

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
            1 => Selection::Touchpoint(ids.remove(0)),
            _ => Selection::Touchpoints(ids),
        }
    }

    #[test]
    fn owners_change_row_by_row_and_stop_at_the_ends() {
        let mut map = two();
        for what in [selected("a"), selected("bd"), Selection::Stage("s1".into())] {
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
            owner_intent(&map, &Selection::Stage("s1".into()), Some("ops".into())),
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
