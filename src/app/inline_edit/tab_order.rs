//! Tab order of the editable texts: along names, within a lane cell, and from cell to
//! cell.
//!
//! Must not know: egui, sessions.

use crate::app::command::action::Selection;
use crate::app::document::navigation;
use crate::app::document::navigation::{Direction, neighbor_index};
use crate::model::{Field, FieldRef, Lane, LaneId, Map, ObjectRef, Touchpoint, TouchpointId};

/// Next place to edit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TabStop {
    /// An existing text.
    Text(FieldRef),
    /// An empty cell of a lane.
    EmptyCell(LaneId, TouchpointId),
}

impl FieldRef {
    /// Returns the text before or after this one: for a name the next name, for a cell
    /// its next text, else the cell of the next card.
    pub(crate) fn tab_neighbor(&self, map: &Map, way: Direction) -> Option<TabStop> {
        let field = |field| TabStop::Text(self.object.clone().field(field));
        let next = way == Direction::Next;
        match (&self.object, self.field) {
            (ObjectRef::Map, at) => {
                let measured = !map.header().measurements.is_empty();
                match at {
                    Field::Title => next.then(|| field(Field::Scenario)),
                    Field::Scenario if !next => Some(field(Field::Title)),
                    Field::Scenario => measured.then(|| field(Field::Measurements)),
                    _ => (!next).then(|| field(Field::Scenario)),
                }
            }
            (ObjectRef::Persona(_), _) => None,
            (ObjectRef::Cell(id, lane), said) => {
                let record = map.lanes().get(lane)?;
                let here = map.touchpoint(id)?.text_fields(record);
                let at = here.iter().position(|field| *field == said);
                let next = at.and_then(|at| here.get(neighbor_index(at, here.len(), way)?));
                if let Some(said) = next {
                    return Some(field(*said));
                }
                let id = navigation::timeline_neighbor(map, id, way)?;
                Some(TabStop::in_lane(map, record, map.touchpoint(&id)?, way))
            }
            (ObjectRef::Lane(id), _) => {
                let shown: Vec<&Lane> = map.lanes().iter().filter(|l| !l.hidden).collect();
                let at = shown.iter().position(|lane| lane.id == *id)?;
                let next = shown.get(neighbor_index(at, shown.len(), way)?)?;
                let title = ObjectRef::Lane(next.id.clone()).field(Field::Name);
                Some(TabStop::Text(title))
            }
            (object, said) => {
                let here = Selection::of_object(map, object);
                let next = navigation::adjacent(map, &here, way)?;
                let field = match &next {
                    ObjectRef::Stage(_) if said == Field::StageGoal => said,
                    _ => Field::Name,
                };
                Some(TabStop::Text(next.field(field)))
            }
        }
    }
}

impl TabStop {
    /// Returns the first text of a cell, or the last one when going back.
    pub fn in_lane(map: &Map, lane: &Lane, touchpoint: &Touchpoint, way: Direction) -> TabStop {
        debug_assert!(map.lanes().contains(&lane.id));
        let sayings = touchpoint.text_fields(lane);
        let said = match way {
            Direction::Next => sayings.first(),
            Direction::Previous => sayings.last(),
        };
        match said {
            Some(said) => TabStop::Text(touchpoint.cell_text(&lane.id, *said)),
            None => TabStop::EmptyCell(lane.id.clone(), touchpoint.id.clone()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::document::multi_selection::tests::map;
    use crate::app::inline_edit::target::{add_text_slot, clear_cell};
    use crate::edit::{IdFactory, Intent, plan};
    use crate::model::LaneKind;

    fn done(map: &mut Map, intent: &Intent) {
        plan(map, intent).unwrap().apply(map).unwrap();
    }

    fn lane(map: &Map, kind: LaneKind) -> LaneId {
        let lane = map.lanes().iter().find(|l| l.kind == kind);
        lane.unwrap().id.clone()
    }

    #[test]
    fn tab_order_in_a_lane_goes_from_card_to_card() {
        let mut map = map("ab c");
        let pains = lane(&map, LaneKind::Pains);
        let mut random = 0;
        let mut next = || {
            random += 1;
            random
        };
        let mut ids = IdFactory::new(&mut next);
        for text in ["first", "second"] {
            let (made, spot) = add_text_slot(&map, &pains, &"a".into(), None, &mut ids).unwrap();
            done(&mut map, &made.unwrap());
            let written = spot.set_text_intent(&map, text).unwrap();
            done(&mut map, &written);
            assert_eq!(spot.text(&map).as_deref(), Some(text));
        }
        let first = ObjectRef::Cell("a".into(), pains.clone()).field(Field::Pain(0));
        let second = ObjectRef::Cell("a".into(), pains.clone()).field(Field::Pain(1));
        assert_eq!(
            first.tab_neighbor(&map, Direction::Next),
            Some(TabStop::Text(second.clone()))
        );
        let next = TabStop::EmptyCell(pains.clone(), "b".into());
        assert_eq!(second.tab_neighbor(&map, Direction::Next), Some(next));
        assert_eq!(
            second.tab_neighbor(&map, Direction::Previous),
            Some(TabStop::Text(first.clone()))
        );
        assert_eq!(first.tab_neighbor(&map, Direction::Previous), None);
        let gone = clear_cell(&map, &pains, &"a".into()).unwrap();
        done(&mut map, &gone);
        assert_eq!(first.text(&map), None);
        assert_eq!(clear_cell(&map, &pains, &"a".into()), None);
    }
}
