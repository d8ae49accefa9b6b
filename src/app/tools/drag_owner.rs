//! Dragging touchpoints, or the mark of a stage, onto the row of whoever shall
//! own them. What is dropped beside all rows stays whose it is.
//!
//! Nothing is proposed on the way: rows would change their height under the pointer.
//!
//! Must not know: egui, sessions.

use super::drag_preview::names;
use crate::app::canvas::Area;
use crate::app::command::action::Selection;
use crate::app::editing::ownership;
use crate::edit::Intent;
use crate::layout::ownership::Holder;
use crate::model::{Map, Record};
use crate::scene::{Pin, Scene, Tag};

/// Something in the hand that somebody shall own.
#[derive(Clone, Debug)]
pub struct OwnerDrag {
    /// Touchpoints or a stage.
    pub what: Selection,
    rows: Vec<(Holder, Area)>,
}

impl OwnerDrag {
    /// Takes up what lies here; all that is selected goes with it. `None` where
    /// nothing lies that somebody could own.
    pub fn take(map: &Map, scene: &Scene, selection: &Selection, tag: &Tag) -> Option<OwnerDrag> {
        let what = match tag {
            Tag::Card(id) if selection.touchpoints().contains(id) => {
                Selection::of_touchpoints(map, selection.touchpoints())
            }
            Tag::Card(id) => Selection::Touchpoint(id.clone()),
            Tag::StageOwner(id) => Selection::Stage(id.clone()),
            _ => return None,
        };
        Some(OwnerDrag {
            what,
            rows: rows(scene),
        })
    }

    /// What is in the hand, as things on the canvas.
    pub fn tags(&self) -> Vec<Tag> {
        match &self.what {
            Selection::Stage(id) => vec![Tag::StageOwner(id.clone())],
            touchpoints => touchpoints
                .touchpoints()
                .iter()
                .cloned()
                .map(Tag::Card)
                .collect(),
        }
    }

    /// What it is called.
    pub fn name(&self, map: &Map) -> String {
        match &self.what {
            Selection::Stage(id) => map.stages().get(id).map_or("", Record::name).to_owned(),
            touchpoints => names(map, touchpoints.touchpoints()),
        }
    }

    /// Who has the row at this height, and where the row lies; `None` beside all
    /// rows, and where nothing can be given: unknown owners take nothing.
    pub fn target(&self, y: f64) -> Option<(&Holder, &Area)> {
        let row = self
            .rows
            .iter()
            .find(|(_, row)| row.top <= y && y < row.bottom);
        let (holder, area) = row?;
        (*holder != Holder::Unknown).then_some((holder, area))
    }

    /// The wish to give it to whoever has the row at this height.
    pub fn intent(&self, map: &Map, y: f64) -> Option<Intent> {
        let (holder, _) = self.target(y)?;
        ownership::give(map, &self.what, holder.department().cloned())
    }
}

/// The rows from top to bottom, over the whole width of the picture: their titles
/// say where they lie.
fn rows(scene: &Scene) -> Vec<(Holder, Area)> {
    let mut rows = Vec::new();
    for group in scene.groups.iter().filter(|group| group.pin == Pin::Left) {
        for subject in &group.body.subjects {
            let holder = match &subject.tag {
                Tag::Department(id) => Holder::Department(id.clone()),
                Tag::Owned(what) if what.1.is_none() => what.0.clone(),
                _ => continue,
            };
            let area = Area {
                left: 0.0,
                top: group.origin.y + f64::from(subject.area.min.y),
                right: scene.width,
                bottom: group.origin.y + f64::from(subject.area.max.y),
            };
            rows.push((holder, area));
        }
    }
    rows
}
