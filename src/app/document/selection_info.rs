//! Selection of a document: its objects on the canvas, and its description.
//!
//! Must not know: how anything is drawn.

use super::Document;
use super::camera_target::CameraTarget;
use super::lane_cursor::accepts_cursor;
use super::ownership;
use super::selection::Selection;
use crate::english::count;
use crate::model::{LaneId, ObjectRef};
use crate::scene::ObjectId;

impl Document {
    /// Changes the selection; `reveal` moves the camera to it.
    pub fn select(&mut self, selection: impl Into<Selection>, reveal: bool) {
        let selection = selection.into();
        if self.selection != selection {
            self.session.seal();
        }
        self.selection = selection;
        self.cursor_lane = None;
        if reveal && let Some(tag) = self.primary_object() {
            self.camera_target = Some(CameraTarget::Reveal(tag));
        }
    }

    /// Drops the parts of the selection that are no longer in the map.
    pub fn prune_selection(&mut self) {
        let map = self.session.map();
        let selection = self.selection.pruned(map);
        let keeps = |lane: &LaneId| selection == self.selection && accepts_cursor(map, lane);
        self.cursor_lane = self.cursor_lane.take().filter(keeps);
        self.selection = selection;
    }

    /// Objects on the canvas that represent the selection.
    pub fn selected_objects(&self) -> Vec<ObjectRef> {
        match &self.selection {
            Selection::Touchpoints(ids) => ids.iter().cloned().map(ObjectRef::Touchpoint).collect(),
            // Outlined, but the camera does not move there when the persona is selected
            // in a list.
            Selection::One(persona @ ObjectRef::Persona(_)) => vec![persona.clone()],
            _ => self.primary_object().into_iter().collect(),
        }
    }

    /// Primary object of the selection on the canvas.
    pub fn primary_object(&self) -> Option<ObjectRef> {
        match &self.selection {
            Selection::Touchpoints(ids) => ids.first().cloned().map(ObjectRef::Touchpoint),
            Selection::One(
                ObjectRef::Persona(_) | ObjectRef::Channel(_) | ObjectRef::Environment(_),
            ) => None,
            other => other.object().cloned(),
        }
    }

    /// Selection represented by an object on the canvas.
    pub fn selection_of(&self, tag: &ObjectId) -> Selection {
        let map = self.session.map();
        match tag {
            ObjectId::Chrome => Selection::Nothing,
            ObjectId::StageOwner(id) | ObjectId::FoldedStage(id) => {
                Selection::One(ObjectRef::Stage(id.clone()))
            }
            ObjectId::OwnershipCell(cell) => {
                ownership::owned_selection(map, &cell.0, cell.1.as_ref())
            }
            ObjectId::Handoff(ends) => ownership::handoff_selection(map, &ends.0, &ends.1),
            ObjectId::Object(path @ ObjectRef::Path { .. }) => path.clone().into(),
            ObjectId::Object(object) => Selection::of_object(map, object),
        }
    }

    /// Description of the selection for the status bar.
    pub fn selection_text(&self) -> String {
        let map = self.session.map();
        if let Selection::Touchpoints(ids) = &self.selection {
            return format!("{} selected", count(ids.len(), "touchpoint"));
        }
        let Some(object) = self.selection.object() else {
            return String::new();
        };
        let name = object.name(map);
        if let ObjectRef::Path { to, .. } = object {
            let to = map.touchpoint(to).map_or("", |t| t.name.as_str());
            return format!("Path: {name} to {to}");
        }
        let lane = self.cursor_lane.as_ref().and_then(|id| map.lanes().get(id));
        let noun = lane.map_or(object.noun(), |lane| lane.title());
        format!("{noun}: {name}")
    }
}
