//! Lane cursor: position of the arrow keys on a card or below it in a lane. Left and
//! right keep the lane, up and down change it.
//!
//! Must not know: egui, where anything is drawn.

use super::Document;
use super::camera_target::CameraTarget;
use super::navigation;
use super::navigation::Direction;
use crate::app::command::action::Selection;
use crate::app::editing::ownership;
use crate::model::{LaneId, Map};
use crate::render::View;
use crate::scene::ObjectId;

impl Document {
    /// Moves the cursor to a lane below the selected card, or back to the card.
    pub fn move_cursor_to_lane(&mut self, lane: Option<LaneId>) {
        let Selection::Touchpoint(id) = &self.selection else {
            return;
        };
        let tag = match &lane {
            Some(lane) => ObjectId::Cell(lane.clone(), id.clone()),
            None => ObjectId::Card(id.clone()),
        };
        self.camera_target = Some(CameraTarget::Reveal(tag));
        self.cursor_lane = lane;
    }

    /// Handles the left and right arrow keys; keeps the lane.
    pub fn move_horizontally(&mut self, way: Direction) {
        let lane = self.cursor_lane.clone();
        if let Some(next) =
            navigation::horizontal_neighbor(self.session.map(), &self.selection, way)
        {
            self.select(next, true);
        }
        if lane.is_some() {
            self.move_cursor_to_lane(lane);
        }
    }

    /// Handles the up and down arrow keys; from the lowest card down into the lanes.
    pub fn move_vertically(&mut self, way: Direction) {
        let map = self.session.map();
        let next = match &self.selection {
            Selection::Touchpoint(id) if self.view == View::Ownership => {
                ownership::vertical_neighbor(map, id, way).map(Selection::Touchpoint)
            }
            other => navigation::vertical_neighbor(map, other, way),
        };
        let card = matches!(self.selection, Selection::Touchpoint(_)) && self.view == View::Journey;
        if card && (self.cursor_lane.is_some() || (way == Direction::Next && next.is_none())) {
            let lane = crate::app::inline_edit::adjacent_lane(map, self.cursor_lane.as_ref(), way);
            if lane != self.cursor_lane {
                self.move_cursor_to_lane(lane);
            }
        } else if let Some(next) = next {
            self.select(next, true);
        }
    }

    /// Address of the link in the selected cell.
    pub fn selected_link(&self) -> Option<&str> {
        let Selection::Touchpoint(id) = &self.selection else {
            return None;
        };
        crate::app::inline_edit::cell_link(self.session.map(), self.cursor_lane.as_ref(), id)
    }
}

/// Whether the cursor can enter a lane.
pub(crate) fn accepts_cursor(map: &Map, lane: &LaneId) -> bool {
    let lane = map.lanes().get(lane);
    lane.is_some_and(|lane| crate::app::inline_edit::is_navigable(map, lane))
}
