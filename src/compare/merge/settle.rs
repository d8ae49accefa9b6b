//! Conflicts settled by people, as an edit: the value that is chosen comes into the map, and the
//! conflict goes.
//!
//! Must not know: how versions are merged, windows.

use super::value::keys_of;
use crate::compare::listed::{Listed, in_list};
use crate::edit::{Intent, PlanError, plan_and_apply};
use crate::model::{
    Action, Channel, Comment, Conflict, ConflictChoice, ConflictId, ConflictKind, Department,
    Environment, Header, Id as _, Image, ImageData, Lane, Map, Note, ObjectRef, Persona, SavedView,
    Stage, StageId, Suppression,
};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use thiserror::Error;

/// Why a conflict cannot be settled in a way.
#[derive(Debug, Error, PartialEq, Eq)]
pub enum SettleError {
    /// It was settled already, or went with its record.
    #[error("this was decided already")]
    Settled,
    /// The place of the value is no longer in the map.
    #[error("what this was about has changed since: edit it, then keep what the map has")]
    Changed,
    /// The edit is refused.
    #[error(transparent)]
    Refused(#[from] PlanError),
}

/// Returns the edit that settles a conflict, under a label. [`ConflictChoice::Current`] keeps the map as it is.
///
/// # Errors
/// If the conflict is not in the map, or its value no longer has a place there.
pub fn settle(
    map: &Map,
    id: &ConflictId,
    choice: ConflictChoice,
    label: String,
) -> Result<Intent, SettleError> {
    let conflict = map.conflicts().get(id).ok_or(SettleError::Settled)?;
    let mut edits = SettleEdits {
        map: map.clone(),
        intents: Vec::new(),
    };
    if choice != ConflictChoice::Current {
        edits.choose(conflict, conflict.value(choice))?;
    }
    if edits.map.conflicts().contains(id) {
        edits.edit(Intent::DeleteConflict(id.clone()))?;
    }
    let intents = edits.intents;
    Ok(Intent::Batch { label, intents })
}

/// Edits that settle a conflict in a copy of the map.
struct SettleEdits {
    map: Map,
    intents: Vec<Intent>,
}

impl SettleEdits {
    fn edit(&mut self, intent: Intent) -> Result<(), PlanError> {
        if !plan_and_apply(&mut self.map, &intent)?.is_empty() {
            self.intents.push(intent);
        }
        Ok(())
    }

    /// Brings the value of a side into the map.
    fn choose(&mut self, conflict: &Conflict, value: Option<&str>) -> Result<(), SettleError> {
        let object = conflict.subject();
        match (conflict.kind, conflict.field.as_slice()) {
            (ConflictKind::Deletion, []) if value.is_none() => self.delete(&object),
            // What is kept is in the map.
            (ConflictKind::Deletion, _) if value.is_some() => Ok(()),
            (ConflictKind::Place, []) => self.move_record(&object, value),
            (ConflictKind::Place, [field]) if field == "stage" => {
                self.move_to_stage(&object, value)
            }
            (_, [field]) if field == "data" && conflict.list == "pictures" => {
                self.choose_image(&object, value)
            }
            (_, []) => Err(SettleError::Changed),
            (kind, path) => self.change(&object, (kind, path, value)),
        }
    }

    fn delete(&mut self, object: &ObjectRef) -> Result<(), SettleError> {
        if let ObjectRef::Touchpoint(id) = object {
            return Ok(self.edit(Intent::DeleteTouchpoint(id.clone()))?);
        }
        let mut intent = None;
        let of = &mut Deleting(&mut intent);
        in_list!(of.listed, object, ());
        match intent {
            Some(intent) => Ok(self.edit(intent)?),
            None => Err(SettleError::Changed),
        }
    }

    /// Moves a record behind another one of its list; to the beginning without one.
    fn move_record(&mut self, object: &ObjectRef, after: Option<&str>) -> Result<(), SettleError> {
        if let ObjectRef::Touchpoint(id) = object {
            let stage = self.map.stage_of(id).ok_or(SettleError::Changed)?.clone();
            let list = self.map.touchpoints_in(&stage).iter();
            let others = list
                .map(|it| it.id.as_str())
                .filter(|other| *other != id.as_str());
            let to = place_after(others, after).ok_or(SettleError::Changed)?;
            return Ok(self.edit(Intent::MoveTouchpoint {
                id: id.clone(),
                stage,
                to,
            })?);
        }
        let mut intent = None;
        let of = &mut Moving(&self.map, after, &mut intent);
        in_list!(of.listed, object, ());
        match intent {
            Some(intent) => Ok(self.edit(intent)?),
            None => Err(SettleError::Changed),
        }
    }

    fn move_to_stage(
        &mut self,
        object: &ObjectRef,
        stage: Option<&str>,
    ) -> Result<(), SettleError> {
        let (ObjectRef::Touchpoint(id), Some(stage)) = (object, stage) else {
            return Err(SettleError::Changed);
        };
        let stage = StageId::from(stage);
        if self.map.stage_of(id) == Some(&stage) {
            return Ok(());
        }
        let to = self.map.touchpoints_in(&stage).len();
        Ok(self.edit(Intent::MoveTouchpoint {
            id: id.clone(),
            stage,
            to,
        })?)
    }

    /// Gives a picture the data of the picture that the merge kept beside it.
    fn choose_image(&mut self, object: &ObjectRef, value: Option<&str>) -> Result<(), SettleError> {
        let images = self.map.images();
        let (ObjectRef::Image(id), Some(chosen)) = (object, value) else {
            return Err(SettleError::Changed);
        };
        let (image, chosen) = (images.get(id), images.get(&chosen.into()));
        let (image, chosen) = image.zip(chosen).ok_or(SettleError::Changed)?;
        let data = chosen.data.clone();
        let image = Image {
            data,
            ..image.clone()
        };
        Ok(self.edit(Intent::SetImage(Box::new(image)))?)
    }

    /// Changes a field, an item or the place of an item in a record.
    fn change(&mut self, object: &ObjectRef, change: Change<'_>) -> Result<(), SettleError> {
        let intent = match object {
            ObjectRef::Map => {
                let header = changed(self.map.header(), change, "").ok_or(SettleError::Changed)?;
                // The fork point was that of the origin that the map had.
                let is_other = header.forked_from != self.map.header().forked_from;
                let fork_point = if is_other {
                    ImageData::default()
                } else {
                    header.fork_point.clone()
                };
                Some(Intent::SetHeader(Box::new(Header {
                    fork_point,
                    ..header
                })))
            }
            ObjectRef::Touchpoint(id) => {
                let first = self
                    .map
                    .personas()
                    .iter()
                    .next()
                    .map_or("", |it| it.id.as_str());
                let touchpoint = self.map.touchpoint(id);
                let touchpoint = touchpoint.and_then(|it| changed(it, change, first));
                touchpoint.map(|it| Intent::SetTouchpoint(Box::new(it)))
            }
            listed => {
                let mut intent = None;
                let of = &mut Changing(&self.map, change, &mut intent);
                in_list!(of.listed, listed, ());
                intent
            }
        };
        match intent {
            Some(intent) => Ok(self.edit(intent)?),
            None => Err(SettleError::Changed),
        }
    }
}

struct Deleting<'i>(&'i mut Option<Intent>);

impl Deleting<'_> {
    fn listed<R: Listed>(&mut self, id: &R::Id) {
        *self.0 = Some(R::delete(id.clone()));
    }
}

struct Moving<'m, 'i>(&'m Map, Option<&'m str>, &'i mut Option<Intent>);

impl Moving<'_, '_> {
    fn listed<R: Listed>(&mut self, id: &R::Id) {
        let others = R::list(self.0).iter().map(|it| it.id().as_str());
        let others = others.filter(|other| *other != id.as_str());
        *self.2 = place_after(others, self.1).and_then(|to| R::shift(id.clone(), to));
    }
}

struct Changing<'m, 'i>(&'m Map, Change<'m>, &'i mut Option<Intent>);

impl Changing<'_, '_> {
    fn listed<R: Listed + Serialize + DeserializeOwned>(&mut self, id: &R::Id) {
        let record = R::list(self.0).get(id);
        *self.2 = record.and_then(|record| changed(record, self.1, "")?.set());
    }
}

/// Index behind a key among others; 0 without a key, `None` if it is not there.
fn place_after<'k>(mut others: impl Iterator<Item = &'k str>, key: Option<&str>) -> Option<usize> {
    match key {
        None => Some(0),
        Some(key) => others.position(|other| other == key).map(|at| at + 1),
    }
}

/// Kind of a conflict, the path to a field or item, and the value that is chosen.
type Change<'c> = (ConflictKind, &'c [String], Option<&'c str>);

/// Returns a record with a change; `None` if the path leads nowhere or the value does not fit.
fn changed<R: Serialize + DeserializeOwned>(
    record: &R,
    (kind, path, value): Change<'_>,
    first_persona: &str,
) -> Option<R> {
    let record = serde_json::to_value(record).ok()?;
    let candidates: Vec<Option<Value>> = match value {
        _ if kind == ConflictKind::Place => vec![None],
        None => vec![None],
        // A text that reads as something else may be meant as that.
        Some(text) => {
            let own = Some(Value::String(text.to_owned()));
            let read = serde_json::from_str(text).ok();
            [own, read].into_iter().filter(Option::is_some).collect()
        }
    };
    candidates.into_iter().find_map(|candidate| {
        let mut record = record.clone();
        let (last, outer) = path.split_last()?;
        let (list, parent) = descend(&mut record, outer, first_persona)?;
        match parent {
            Value::Object(fields) => match candidate {
                Some(value) => drop(fields.insert(last.clone(), value)),
                None => drop(fields.remove(last)),
            },
            Value::Array(items) => {
                let keys = keys_of(list, items.iter(), first_persona);
                let at = keys.iter().position(|key| key == last)?;
                let item = items.remove(at);
                if kind == ConflictKind::Place {
                    let others = keys.iter().filter(|key| *key != last).map(String::as_str);
                    items.insert(place_after(others, value)?, item);
                }
            }
            _ => return None,
        }
        serde_json::from_value(record).ok()
    })
}

/// The value at a path of names of fields and keys of items, with the last name.
fn descend<'v, 'p>(
    record: &'v mut Value,
    path: &'p [String],
    first_persona: &str,
) -> Option<(&'p str, &'v mut Value)> {
    let (mut value, mut name) = (record, "");
    for step in path {
        value = match value {
            Value::Object(fields) => fields.get_mut(step)?,
            Value::Array(items) => {
                let keys = keys_of(name, items.iter(), first_persona);
                items.get_mut(keys.iter().position(|key| key == step)?)?
            }
            _ => return None,
        };
        name = step;
    }
    Some((name, value))
}
