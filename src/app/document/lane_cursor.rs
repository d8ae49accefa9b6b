//! Lane cursor: position of the arrow keys on a card or below it in a lane. Left and
//! right keep the lane, up and down change it.
//!
//! Must not know: egui, where anything is drawn.

use super::Document;
use super::camera_target::CameraTarget;
use super::navigation;
use super::navigation::Direction;
use super::ownership;
use super::selection::Selection;
use crate::layout::is_worth_showing;
use crate::model::{Lane, LaneContentKind, LaneId, Link, Map, ObjectRef, TouchpointId};
use crate::render::View;

impl Document {
    /// Moves the cursor to a lane below the selected card, or back to the card.
    pub fn move_cursor_to_lane(&mut self, lane: Option<LaneId>) {
        let Selection::One(ObjectRef::Touchpoint(id)) = &self.selection else {
            return;
        };
        let tag = match &lane {
            Some(lane) => ObjectRef::Cell(id.clone(), lane.clone()),
            None => ObjectRef::Touchpoint(id.clone()),
        };
        self.camera_target = Some(CameraTarget::Reveal(tag));
        self.cursor_lane = lane;
    }

    /// Handles the left and right arrow keys; keeps the lane.
    pub fn move_horizontally(&mut self, way: Direction) {
        let lane = self.cursor_lane.clone();
        let next = self.horizontal_neighbor(way);
        // A folded stage has no cells.
        let keeps = !matches!(next, Some(ObjectRef::Stage(_)));
        if let Some(next) = next {
            self.select(next, true);
        }
        if lane.is_some() && keeps {
            self.move_cursor_to_lane(lane);
        }
    }

    /// Handles the up and down arrow keys; from the lowest card down into the lanes.
    pub fn move_vertically(&mut self, way: Direction) {
        let map = self.session.map();
        let next = match &self.selection {
            Selection::One(ObjectRef::Touchpoint(id)) if self.view == View::Ownership => {
                ownership::vertical_neighbor(map, id, way).map(ObjectRef::Touchpoint)
            }
            other => navigation::vertical_neighbor(map, other, way),
        };
        let card = matches!(self.selection, Selection::One(ObjectRef::Touchpoint(_)))
            && self.view == View::Journey;
        if card && (self.cursor_lane.is_some() || (way == Direction::Next && next.is_none())) {
            let lane = adjacent_lane(map, self.cursor_lane.as_ref(), way);
            if lane != self.cursor_lane {
                self.move_cursor_to_lane(lane);
            } else {
                self.move_to_row(way);
            }
        } else if next.is_none() && self.view == View::Journey {
            self.move_to_row(way);
        } else if let Some(next) = next {
            self.select(next, true);
        }
    }

    /// Selects the touchpoint in the row of the journey above or below; nothing in one row.
    fn move_to_row(&mut self, way: Direction) {
        let from = match &self.selection {
            Selection::One(ObjectRef::Touchpoint(id)) => Some(id),
            Selection::One(ObjectRef::Stage(id)) => {
                let first = self.session.map().touchpoints_in(id).first();
                first.map(|touchpoint| &touchpoint.id)
            }
            _ => None,
        };
        if let Some(id) = from.and_then(|id| self.row_neighbor(id, way)) {
            self.select(ObjectRef::Touchpoint(id), true);
        }
    }

    /// Address of the link in the selected cell.
    pub fn selected_link(&self) -> Option<&str> {
        let Selection::One(ObjectRef::Touchpoint(id)) = &self.selection else {
            return None;
        };
        cell_link(self.session.map(), self.cursor_lane.as_ref(), id)
    }
}

/// Whether the cursor can enter a lane.
pub(crate) fn accepts_cursor(map: &Map, lane: &LaneId) -> bool {
    let lane = map.lanes().get(lane);
    lane.is_some_and(|lane| is_navigable(map, lane))
}

/// Whether arrow keys can enter a lane: it is visible and its texts are editable.
pub fn is_navigable(map: &Map, lane: &Lane) -> bool {
    !lane.hidden && lane.has_text_fields() && is_worth_showing(map, lane)
}

/// Returns the editable lane above or below another one; `None` stands for the cards.
pub fn adjacent_lane(map: &Map, lane: Option<&LaneId>, way: Direction) -> Option<LaneId> {
    let lanes = map.lanes().iter();
    let lanes: Vec<&Lane> = lanes.filter(|lane| is_navigable(map, lane)).collect();
    let at = lane.and_then(|id| lanes.iter().position(|l| l.id == *id));
    let next = match (at, way) {
        (None, Direction::Next) => lanes.first(),
        (None, Direction::Previous) => None,
        // The last lane is the end when going down.
        (Some(at), Direction::Next) => lanes.get(at + 1).or(lanes.get(at)),
        (Some(at), Direction::Previous) => at.checked_sub(1).and_then(|at| lanes.get(at)),
    };
    next.map(|lane| lane.id.clone())
}

/// Returns the address of a touchpoint's link: in this lane, else in the first visible
/// lane with one.
pub fn cell_link<'m>(map: &'m Map, lane: Option<&LaneId>, id: &TouchpointId) -> Option<&'m str> {
    let texts = &map.touchpoint(id)?.texts;
    let address = |lane: &Lane| {
        let text = texts
            .get(&lane.id)
            .filter(|_| lane.holds == LaneContentKind::Link)?;
        Link::parse(text).map(|link| link.address)
    };
    let here = lane.and_then(|id| map.lanes().get(id)).and_then(address);
    here.or_else(|| map.lanes().iter().filter(|l| !l.hidden).find_map(address))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::document::multi_selection::tests::map;
    use crate::model::LaneKind;

    #[test]
    fn arrow_keys_visit_the_editable_lanes() {
        let map = map("a");
        let mut lanes = map.lanes().iter();
        let pains = lanes.find(|l| l.kind == LaneKind::Pains).unwrap();
        let mut walked = Vec::new();
        let mut at = adjacent_lane(&map, None, Direction::Next);
        while let Some(lane) = at.filter(|lane| !walked.contains(lane)) {
            at = adjacent_lane(&map, Some(&lane), Direction::Next);
            walked.push(lane);
        }
        assert!(walked.contains(&pains.id) && walked.len() > 3);
        let mut back = Vec::new();
        let mut at = walked.last().cloned();
        while let Some(lane) = at {
            at = adjacent_lane(&map, Some(&lane), Direction::Previous);
            back.insert(0, lane);
        }
        assert_eq!(back, walked);
    }
}
