//! The differences of two maps with the same ids, section by section.
//!
//! Must not know: matching, sentences.

use super::difference::{Difference, DifferenceKind, DifferenceSection, FieldChange, Place};
use super::fields::{self, FieldRow};
use super::matching::Objects;
use super::moves::{interleave, moved};
use super::records::{Sides, changed_fields};
use crate::model::{IndexedList, Map, ObjectRef, Record, StageId, Touchpoint, TouchpointId};
use rustc_hash::FxHashSet;
use serde::Serialize;
use serde_json::Value;

/// Returns the differences by stages and lists; no section is empty.
pub(super) fn sections(sides: &Sides<'_>) -> Vec<DifferenceSection> {
    Builder::build(sides)
}

/// A list of records, and the stage of a list of touchpoints.
struct ListPlace<'m, R: Record> {
    list: &'m IndexedList<R>,
    stage: Option<StageId>,
}

/// Collects the differences of two maps by sections.
struct Builder<'m> {
    sides: &'m Sides<'m>,
    sections: Vec<DifferenceSection>,
}

impl<'m> Builder<'m> {
    fn build(sides: &'m Sides<'m>) -> Vec<DifferenceSection> {
        let (before, after) = (sides.before, sides.after);
        let mut builder = Builder {
            sides,
            sections: Vec::new(),
        };
        builder.header();
        builder.list(
            "Personas",
            before.personas(),
            after.personas(),
            fields::PERSONA,
        );
        builder.list(
            "Departments",
            before.departments(),
            after.departments(),
            fields::DEPARTMENT,
        );
        builder.list(
            "Channels",
            before.channels(),
            after.channels(),
            fields::CHANNEL,
        );
        builder.list(
            "Environments",
            before.environments(),
            after.environments(),
            fields::ENVIRONMENT,
        );
        builder.list("Lanes", before.lanes(), after.lanes(), fields::LANE);
        builder.stages();
        builder.list("Actions", before.actions(), after.actions(), fields::ACTION);
        builder.list("Parked notes", before.notes(), after.notes(), fields::NOTE);
        builder.list(
            "Comments",
            before.comments(),
            after.comments(),
            fields::COMMENT,
        );
        builder.list(
            "Saved views",
            before.saved_views(),
            after.saved_views(),
            fields::SAVED_VIEW,
        );
        builder.list(
            "Accepted findings",
            before.suppressions(),
            after.suppressions(),
            fields::SUPPRESSION,
        );
        builder.list(
            "Open conflicts",
            before.conflicts(),
            after.conflicts(),
            fields::CONFLICT,
        );
        builder.list("Pictures", before.images(), after.images(), fields::IMAGE);
        builder.sections
    }

    fn push(&mut self, title: &str, stage: Option<Objects>, differences: Vec<Difference>) {
        if !differences.is_empty() {
            self.sections.push(DifferenceSection {
                title: title.to_owned(),
                stage,
                differences,
            });
        }
    }

    fn header(&mut self) {
        let headers = [self.sides.before.header(), self.sides.after.header()];
        if headers[0] == headers[1] {
            return;
        }
        let objects = self.sides.objects(&ObjectRef::Map, true, true);
        let [was, is] = headers.map(to_value);
        let fields = changed_fields(
            self.sides,
            fields::HEADER,
            &ObjectRef::Map,
            &objects,
            [&was, &is],
        );
        self.push("The map", None, vec![changed(objects, fields)]);
    }

    fn list<R: Record + Serialize + Default>(
        &mut self,
        title: &str,
        before: &'m IndexedList<R>,
        after: &'m IndexedList<R>,
        rows: &'static [FieldRow],
    ) {
        if before != after {
            let differences = self.records(before, after, rows);
            self.push(title, None, differences);
        }
    }

    /// The differences of two lists that are no stages of touchpoints.
    fn records<R: Record + Serialize + Default>(
        &self,
        before: &'m IndexedList<R>,
        after: &'m IndexedList<R>,
        rows: &'static [FieldRow],
    ) -> Vec<Difference> {
        let moves = self.moves(after, &|record| before.position(record.id()));
        let [from, to] = [before, after].map(|list| ListPlace { list, stage: None });
        let mut differences = Vec::new();
        for (id, _) in interleave(&ids(before), &ids(after)) {
            let is_moved = moves.contains(&id);
            self.record(
                before.get(&id),
                after.get(&id),
                rows,
                &mut differences,
                |it| {
                    let moved = is_moved || it != DifferenceKind::Moved;
                    moved.then(|| [self.place(&from, &id), self.place(&to, &id)])
                },
            );
        }
        differences
    }

    /// Those records of a list that have to move to get from their former order to this one.
    fn moves<R: Record>(
        &self,
        after: &IndexedList<R>,
        former: &dyn Fn(&R) -> Option<usize>,
    ) -> FxHashSet<R::Id> {
        let kept = after
            .iter()
            .filter_map(|record| Some((record.id(), former(record)?)));
        let (ids, places): (Vec<&R::Id>, Vec<usize>) = kept.unzip();
        let moves = ids.into_iter().zip(moved(&places));
        moves
            .filter(|(_, moves)| *moves)
            .map(|(id, _)| id.clone())
            .collect()
    }

    fn place<R: Record>(&self, place: &ListPlace<'m, R>, id: &R::Id) -> Option<Place> {
        let index = place.list.position(id)?;
        let is_before = |object: &ObjectRef| object.is_in(self.sides.before);
        let is_after = |object: &ObjectRef| object.is_in(self.sides.after);
        let objects = |object: ObjectRef| {
            self.sides
                .objects(&object, is_before(&object), is_after(&object))
        };
        let previous = index
            .checked_sub(1)
            .and_then(|at| place.list.as_slice().get(at));
        Some(Place {
            stage: place.stage.clone().map(|id| objects(ObjectRef::Stage(id))),
            index,
            previous: previous.map(|record| objects(record.object())),
        })
    }

    /// Appends the differences of one record. `places` returns its places before and after if a
    /// difference of a kind is to be told.
    fn record<R: Record + Serialize + Default>(
        &self,
        before: Option<&R>,
        after: Option<&R>,
        rows: &'static [FieldRow],
        differences: &mut Vec<Difference>,
        places: impl Fn(DifferenceKind) -> Option<[Option<Place>; 2]>,
    ) {
        let Some(record) = after.or(before) else {
            return;
        };
        let object = record.object();
        let objects = self
            .sides
            .objects(&object, before.is_some(), after.is_some());
        let kind = match (before, after) {
            (None, _) => DifferenceKind::Added,
            (_, None) => DifferenceKind::Removed,
            _ => DifferenceKind::Moved,
        };
        let mut fields = Vec::new();
        if before != after {
            let value = |side: Option<&R>| side.map_or_else(|| to_value(&R::default()), to_value);
            let values = [value(before), value(after)];
            fields = changed_fields(
                self.sides,
                rows,
                &object,
                &objects,
                [&values[0], &values[1]],
            );
        }
        let is_whole = kind != DifferenceKind::Moved;
        if let Some([from, to]) = places(kind) {
            differences.push(Difference {
                objects: objects.clone(),
                kind,
                fields: if is_whole {
                    std::mem::take(&mut fields)
                } else {
                    Vec::new()
                },
                from,
                to,
            });
        }
        if !is_whole && before != after {
            differences.push(changed(objects, fields));
        }
    }

    fn stages(&mut self) {
        let (before, after) = (self.sides.before, self.sides.after);
        let moves = self.moves(after.stages(), &|stage| before.stages().position(&stage.id));
        let [from, to] = [before, after].map(|map| ListPlace {
            list: map.stages(),
            stage: None,
        });
        for (id, _) in interleave(&ids(before.stages()), &ids(after.stages())) {
            let sides = [before, after].map(|map| map.stages().get(&id));
            let mut differences = Vec::new();
            let is_moved = moves.contains(&id);
            self.record(
                sides[0],
                sides[1],
                fields::STAGE,
                &mut differences,
                |kind| {
                    let told = is_moved || kind != DifferenceKind::Moved;
                    told.then(|| [self.place(&from, &id), self.place(&to, &id)])
                },
            );
            self.touchpoints(&id, &mut differences);
            let object = ObjectRef::Stage(id);
            let objects = self
                .sides
                .objects(&object, sides[0].is_some(), sides[1].is_some());
            let name = sides[1].or(sides[0]).map_or("", Record::name);
            self.push(name, Some(objects), differences);
        }
    }

    /// Appends the differences of the touchpoints that are in a stage now, or were and are gone.
    fn touchpoints(&self, stage: &StageId, differences: &mut Vec<Difference>) {
        let (before, after) = (self.sides.before, self.sides.after);
        let lists = [before.touchpoint_list(stage), after.touchpoint_list(stage)];
        if lists[0] == lists[1] {
            return;
        }
        let empty = IndexedList::default();
        let [was, is] = lists.map(|list| list.unwrap_or(&empty));
        let moves = self.moves(is, &|touchpoint| was.position(&touchpoint.id));
        for (id, is_here) in interleave(&ids(was), &ids(is)) {
            let sides = [before, after].map(|map| map.touchpoint(&id));
            if !is_here && sides[1].is_some() {
                // Told in the stage that it is in now.
                continue;
            }
            let is_moved = moves.contains(&id) || before.stage_of(&id) != Some(stage);
            self.record(
                sides[0],
                sides[1],
                fields::TOUCHPOINT,
                differences,
                |kind| {
                    let told = is_moved || kind != DifferenceKind::Moved;
                    told.then(|| [before, after].map(|map| self.touchpoint_place(map, &id)))
                },
            );
        }
    }

    fn touchpoint_place(&self, map: &'m Map, id: &TouchpointId) -> Option<Place> {
        let stage = map.stage_of(id)?;
        let place: ListPlace<'m, Touchpoint> = ListPlace {
            list: map.touchpoint_list(stage)?,
            stage: Some(stage.clone()),
        };
        self.place(&place, id)
    }
}

fn ids<R: Record>(list: &IndexedList<R>) -> Vec<R::Id> {
    list.iter().map(|record| record.id().clone()).collect()
}

fn changed(objects: Objects, fields: Vec<FieldChange>) -> Difference {
    Difference {
        objects,
        kind: DifferenceKind::Changed,
        fields,
        from: None,
        to: None,
    }
}

/// The serialized form of a record. Serializing plain data does not fail.
fn to_value<R: Serialize>(record: &R) -> Value {
    serde_json::to_value(record).unwrap_or_default()
}
