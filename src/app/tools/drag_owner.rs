//! Drags touchpoints, or the owner mark of a stage, to the row of a new owner. A drop
//! outside all rows changes nothing.
//!
//! No preview during the drag, because rows would change their height under the
//! pointer.
//!
//! Must not know: egui, sessions.

use crate::app::canvas::Area;
use crate::app::command::action::Selection;
use crate::app::editing::assign;
use crate::edit::Intent;
use crate::layout::ownership::Owner;
use crate::model::{Map, ObjectRef, Record, TouchpointId};
use crate::scene::{ObjectId, Pin, Scene};

/// A drag to a new owner.
#[derive(Clone, Debug)]
pub struct DragOwnerTool {
    /// Dragged touchpoints or stage.
    pub dragged: Selection,
    rows: Vec<(Owner, Area)>,
}

impl DragOwnerTool {
    /// Starts a drag of the subject, with the rest of the selection if it is selected.
    /// `None` if the subject cannot have an owner.
    pub fn start(
        map: &Map,
        scene: &Scene,
        selection: &Selection,
        tag: &ObjectId,
    ) -> Option<DragOwnerTool> {
        let what = match tag {
            ObjectId::Object(ObjectRef::Touchpoint(id)) if selection.touchpoints().contains(id) => {
                Selection::of_touchpoints(map, selection.touchpoints())
            }
            ObjectId::Object(ObjectRef::Touchpoint(id)) => {
                Selection::One(ObjectRef::Touchpoint(id.clone()))
            }
            ObjectId::StageOwner(id) => Selection::One(ObjectRef::Stage(id.clone())),
            _ => return None,
        };
        Some(DragOwnerTool {
            dragged: what,
            rows: department_rows(scene),
        })
    }

    /// Returns the tags of the dragged subjects.
    pub fn tags(&self) -> Vec<ObjectId> {
        match &self.dragged {
            Selection::One(ObjectRef::Stage(id)) => vec![ObjectId::StageOwner(id.clone())],
            touchpoints => {
                let cards = touchpoints.touchpoints().iter().cloned();
                cards.map(|id| ObjectRef::Touchpoint(id).into()).collect()
            }
        }
    }

    /// Returns the name of the dragged touchpoints or stage.
    pub fn name(&self, map: &Map) -> String {
        match &self.dragged {
            Selection::One(ObjectRef::Stage(id)) => {
                map.stages().get(id).map_or("", Record::name).to_owned()
            }
            touchpoints => names_with_count(map, touchpoints.touchpoints()),
        }
    }

    /// Returns the owner and area of the row at this y; `None` outside all rows and on
    /// the rows of unknown owners and of what needs none, which accept nothing.
    pub fn row_at(&self, y: f64) -> Option<(&Owner, &Area)> {
        let row = self
            .rows
            .iter()
            .find(|(_, row)| row.top <= y && y < row.bottom);
        let (holder, area) = row?;
        accepts(holder).then_some((holder, area))
    }

    /// Returns the intent that assigns the owner of the row at this y.
    pub fn intent(&self, map: &Map, y: f64) -> Option<Intent> {
        let (holder, _) = self.row_at(y)?;
        assign::owner_intent(map, &self.dragged, holder.department().cloned())
    }
}

/// Whether touchpoints can be put into the row of an owner.
pub(super) fn accepts(owner: &Owner) -> bool {
    !matches!(owner, Owner::Unknown | Owner::NotNeeded)
}

/// Returns the owner rows from top to bottom, over the whole width of the scene,
/// located by their titles.
pub(super) fn department_rows(scene: &Scene) -> Vec<(Owner, Area)> {
    let titles = scene.places(|group| group.pin == Pin::Left);
    let rows = titles.filter_map(|(shown, title)| {
        let holder = match shown {
            ObjectId::Object(ObjectRef::Department(id)) => Owner::Department(id.clone()),
            ObjectId::OwnershipCell(cell) if cell.1.is_none() => cell.0.clone(),
            _ => return None,
        };
        let row = Area {
            left: 0.0,
            right: scene.width,
            ..title
        };
        Some((holder, row))
    });
    rows.collect()
}

/// Returns the name of the first touchpoint, and the number of others.
pub(super) fn names_with_count(map: &Map, ids: &[TouchpointId]) -> String {
    let first = ids.first().and_then(|id| map.touchpoint(id));
    let name = first.map_or("", |touchpoint| touchpoint.name.as_str());
    match ids.len() {
        0 | 1 => name.to_owned(),
        many => format!("{name} and {} more", many - 1),
    }
}
