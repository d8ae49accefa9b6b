//! Lane cursor: position of the arrow keys on a card or below it in a lane. Left and
//! right keep the lane, up and down change it.
//!
//! Must not know: egui, where anything is drawn.

use super::Document;
use super::camera_target::Shown;
use super::navigation;
use super::navigation::Way;
use crate::app::command::action::Selection;
use crate::app::editing::ownership;
use crate::model::{LaneId, Map};
use crate::render::View;
use crate::scene::Tag;

impl Document {
    /// Moves the cursor to a lane below the selected card, or back to the card.
    pub fn look_at(&mut self, lane: Option<LaneId>) {
        let Selection::Touchpoint(id) = &self.selection else {
            return;
        };
        let tag = match &lane {
            Some(lane) => Tag::Cell(lane.clone(), id.clone()),
            None => Tag::Card(id.clone()),
        };
        self.wanted = Some(Shown::Near(tag));
        self.lane = lane;
    }

    /// Handles the left and right arrow keys; keeps the lane.
    pub fn go_sideways(&mut self, way: Way) {
        let lane = self.lane.clone();
        if let Some(next) = navigation::sideways(self.session.map(), &self.selection, way) {
            self.select(next, true);
        }
        if lane.is_some() {
            self.look_at(lane);
        }
    }

    /// Handles the up and down arrow keys; from the lowest card down into the lanes.
    pub fn go_upright(&mut self, way: Way) {
        let map = self.session.map();
        let next = match &self.selection {
            Selection::Touchpoint(id) if self.view == View::Ownership => {
                ownership::upright(map, id, way).map(Selection::Touchpoint)
            }
            other => navigation::upright(map, other, way),
        };
        let card = matches!(self.selection, Selection::Touchpoint(_)) && self.view == View::Journey;
        if card && (self.lane.is_some() || (way == Way::On && next.is_none())) {
            let lane = crate::app::inline_edit::lane_beside(map, self.lane.as_ref(), way);
            if lane != self.lane {
                self.look_at(lane);
            }
        } else if let Some(next) = next {
            self.select(next, true);
        }
    }

    /// Address of the link in the selected cell.
    pub fn link(&self) -> Option<&str> {
        let Selection::Touchpoint(id) = &self.selection else {
            return None;
        };
        crate::app::inline_edit::link(self.session.map(), self.lane.as_ref(), id)
    }
}

/// Whether the cursor can enter a lane.
pub(crate) fn holds_cursor(map: &Map, lane: &LaneId) -> bool {
    let lane = map.lanes().get(lane);
    lane.is_some_and(|lane| crate::app::inline_edit::is_walked(map, lane))
}
