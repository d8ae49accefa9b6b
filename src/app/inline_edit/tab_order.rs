//! Tab order of the editable texts: along names, within a lane cell, and from cell to
//! cell.
//!
//! Must not know: egui, sessions.

use super::target::Spot;
use crate::app::command::action::Selection;
use crate::app::document::navigation;
use crate::app::document::navigation::Way;
use crate::layout::has_room;
use crate::model::{Lane, LaneId, Map, Touchpoint, TouchpointId};

/// Next place to edit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Next {
    /// An existing text.
    Spot(Spot),
    /// An empty cell of a lane.
    Empty(LaneId, TouchpointId),
}

impl Spot {
    /// Returns the text before or after this one: for a name the next name, for a cell
    /// its next text, else the cell of the next card.
    pub fn beside(&self, map: &Map, way: Way) -> Option<Next> {
        match self {
            Spot::Title => (way == Way::On).then_some(Next::Spot(Spot::Scenario)),
            Spot::Scenario => match way {
                Way::Back => Some(Next::Spot(Spot::Title)),
                Way::On => {
                    let measured = !map.header().measurements.is_empty();
                    measured.then_some(Next::Spot(Spot::Measured))
                }
            },
            Spot::Measured => (way == Way::Back).then_some(Next::Spot(Spot::Scenario)),
            Spot::Persona(..) => None,
            Spot::Cell(lane, id, said) => {
                let record = map.lanes().get(lane)?;
                let here = map.touchpoint(id)?.sayings(record);
                let next = match (here.iter().position(|s| s == said), way) {
                    (Some(at), Way::On) => here.get(at + 1),
                    (Some(at), Way::Back) => at.checked_sub(1).and_then(|at| here.get(at)),
                    (None, _) => None,
                };
                if let Some(said) = next {
                    return Some(Next::Spot(Spot::Cell(lane.clone(), id.clone(), *said)));
                }
                let touchpoint = Selection::Touchpoint(id.clone());
                let Selection::Touchpoint(id) = navigation::beside(map, &touchpoint, way)? else {
                    return None;
                };
                Some(Next::in_lane(map, record, map.touchpoint(&id)?, way))
            }
            Spot::Lane(id) => {
                let shown: Vec<&Lane> = map.lanes().iter().filter(|l| !l.hidden).collect();
                let at = shown.iter().position(|lane| lane.id == *id)?;
                let next = match way {
                    Way::On => shown.get(at + 1),
                    Way::Back => at.checked_sub(1).and_then(|at| shown.get(at)),
                };
                next.map(|lane| Next::Spot(Spot::Lane(lane.id.clone())))
            }
            other => {
                let next = navigation::beside(map, &other.selection(), way)?;
                Some(Next::Spot(match (other, next) {
                    (Spot::Goal(_), Selection::Stage(id)) => Spot::Goal(id),
                    (_, next) => Spot::of(&next)?,
                }))
            }
        }
    }
}

impl Next {
    /// Returns the first text of a cell, or the last one when going back.
    pub fn in_lane(map: &Map, lane: &Lane, touchpoint: &Touchpoint, way: Way) -> Next {
        debug_assert!(map.lanes().contains(&lane.id));
        let sayings = touchpoint.sayings(lane);
        let said = match way {
            Way::On => sayings.first(),
            Way::Back => sayings.last(),
        };
        let (lane, id) = (lane.id.clone(), touchpoint.id.clone());
        match said {
            Some(said) => Next::Spot(Spot::Cell(lane, id, *said)),
            None => Next::Empty(lane, id),
        }
    }
}

/// Whether arrow keys can enter a lane: it is visible and its texts are editable.
pub fn is_walked(map: &Map, lane: &Lane) -> bool {
    !lane.hidden && lane.is_written() && has_room(map, lane)
}

/// Returns the editable lane above or below another one; `None` stands for the cards.
pub fn lane_beside(map: &Map, lane: Option<&LaneId>, way: Way) -> Option<LaneId> {
    let lanes = map.lanes().iter();
    let lanes: Vec<&Lane> = lanes.filter(|lane| is_walked(map, lane)).collect();
    let at = lane.and_then(|id| lanes.iter().position(|l| l.id == *id));
    let next = match (at, way) {
        (None, Way::On) => lanes.first(),
        (None, Way::Back) => None,
        // The last lane is the end when going down.
        (Some(at), Way::On) => lanes.get(at + 1).or(lanes.get(at)),
        (Some(at), Way::Back) => at.checked_sub(1).and_then(|at| lanes.get(at)),
    };
    next.map(|lane| lane.id.clone())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::document::multi_selection::tests::map;
    use crate::app::inline_edit::target::{clear, make_room};
    use crate::edit::Intent;
    use crate::edit::plan;
    use crate::model::{LaneKind, Said};

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
        let mut mint = |name: &str| format!("{name}-1");
        for text in ["first", "second"] {
            let (made, spot) = make_room(&map, &pains, &"a".into(), &mut mint).unwrap();
            done(&mut map, &made.unwrap());
            let written = spot.with(&map, text).unwrap();
            done(&mut map, &written);
            assert_eq!(spot.text(&map).as_deref(), Some(text));
        }
        let first = Spot::Cell(pains.clone(), "a".into(), Said::Pain(0));
        let second = Spot::Cell(pains.clone(), "a".into(), Said::Pain(1));
        assert_eq!(
            first.beside(&map, Way::On),
            Some(Next::Spot(second.clone()))
        );
        let next = Next::Empty(pains.clone(), "b".into());
        assert_eq!(second.beside(&map, Way::On), Some(next));
        assert_eq!(
            second.beside(&map, Way::Back),
            Some(Next::Spot(first.clone()))
        );
        assert_eq!(first.beside(&map, Way::Back), None);
        let gone = clear(&map, &pains, &"a".into()).unwrap();
        done(&mut map, &gone);
        assert_eq!(first.text(&map), None);
        assert_eq!(clear(&map, &pains, &"a".into()), None);
    }

    #[test]
    fn arrow_keys_visit_the_editable_lanes() {
        let map = map("a");
        let mut walked = Vec::new();
        let mut at = lane_beside(&map, None, Way::On);
        while let Some(lane) = at.filter(|lane| !walked.contains(lane)) {
            at = lane_beside(&map, Some(&lane), Way::On);
            walked.push(lane);
        }
        assert!(walked.contains(&lane(&map, LaneKind::Pains)) && walked.len() > 3);
        let mut back = Vec::new();
        let mut at = walked.last().cloned();
        while let Some(lane) = at {
            at = lane_beside(&map, Some(&lane), Way::Back);
            back.insert(0, lane);
        }
        assert_eq!(back, walked);
    }
}
