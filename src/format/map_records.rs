//! A map as the lists of records of format 1: read into the model, where a mistake becomes a
//! warning and never an error, and written as canonical text.
//!
//! The text has two spaces a level, `\n`, defaults left out, fields in the order of the
//! format. Personas, stages, touchpoints, actions, comments, saved views, conflicts and pictures take a block, one
//! field a line; every other record takes one line. So what changes in the map changes
//! only its own lines.
//!
//! Must not know: the fields of records in lists.

use super::fields::{Conversion, Convert as _, WireRecord as _};
use super::ids::{IdTable, IdTables, items};
use super::pending_warnings::{PendingWarning, PendingWarnings, RecordPath};
use super::printer::{FieldPrinter, PrettyPrinter, RecordLayout};
use super::warning::WarningKind;
use super::{VERSION, v1};
use crate::model::{Header, Lane, LaneKind, Map, Record, Suppression, Table, Touchpoint};

/// Converts a map and keeps its indexes consistent.
pub(super) fn from_wire(wire: v1::Map) -> (Map, PendingWarnings) {
    let mut warnings = PendingWarnings::default();
    let c = &mut Conversion {
        record: RecordPath::default(),
        outer: None,
        ids: assign_ids(&wire, &mut warnings),
        warnings,
    };
    let mut map = Map::default();
    *map.header_mut() = Header {
        title: wire.title,
        kind: wire.kind,
        forked_from: wire.forked_from.convert("forked_from", c),
        scenario: wire.scenario,
        keeper: wire.keeper,
        rhythm: wire.rhythm.convert("rhythm", c),
        measurements: wire.measurements.convert("measurements", c),
        extra: wire.extra.convert("extra", c),
        fork_point: wire.fork_point.convert("fork_point", c),
    };
    insert_all(&mut map, wire.personas.convert("personas", c));
    insert_all(&mut map, wire.departments.convert("departments", c));
    insert_all(&mut map, wire.channels.convert("channels", c));
    insert_all(&mut map, wire.environments.convert("environments", c));
    insert_lanes(&mut map, wire.lanes.convert("lanes", c));
    for (at, mut stage) in wire.stages.into_iter().enumerate() {
        c.record = RecordPath::default().inside("stages", at);
        let touchpoints = std::mem::take(&mut stage.touchpoints);
        let stage = stage.to_model(c);
        let place = (stage.id.clone(), usize::MAX);
        map.insert(&usize::MAX, stage);
        let touchpoints: Vec<Touchpoint> = touchpoints.convert("touchpoints", c);
        map.reserve_touchpoints(touchpoints.len());
        for touchpoint in touchpoints {
            map.insert(&place, touchpoint);
        }
    }
    c.record = RecordPath::default();
    insert_all(&mut map, wire.actions.convert("actions", c));
    insert_all(&mut map, wire.notes.convert("notes", c));
    insert_all(&mut map, wire.comments.convert("comments", c));
    insert_all(&mut map, wire.saved_views.convert("saved_views", c));
    insert_all(&mut map, wire.conflicts.convert("conflicts", c));
    for (at, s) in wire.suppressions.into_iter().enumerate() {
        let record = Suppression::new(&s.rule, &s.subject, &s.reason).with_detail(&s.detail);
        if !map.insert(&usize::MAX, record) {
            c.warnings.add(PendingWarning {
                path: RecordPath::default().inside("suppressions", at).segments(),
                first: None,
                subject: Some(s.subject),
                place: Some(format!("suppressions {} {}", s.rule, s.detail)),
                kind: WarningKind::DuplicateSuppression,
            });
        }
    }
    insert_all(&mut map, wire.pictures.convert("pictures", c));
    (map, std::mem::take(&mut c.warnings))
}

fn insert_all<R: Record>(map: &mut Map, records: Vec<R>)
where
    Map: Table<R, Place = usize>,
{
    for record in records {
        map.insert(&usize::MAX, record);
    }
}

/// Adds the lanes of the file, then the standard lanes that it does not name.
fn insert_lanes(map: &mut Map, mut lanes: Vec<Lane>) {
    for kind in LaneKind::STANDARD {
        let lane = Lane::standard(kind);
        Table::<Lane>::remove(map, &lane.id);
        if !lanes.iter().any(|l| l.kind == kind) {
            lanes.push(lane);
        }
    }
    insert_all(map, lanes);
}

fn assign_ids(wire: &v1::Map, w: &mut PendingWarnings) -> IdTables {
    let root = RecordPath::default();
    let stages = items(root, "stages", &wire.stages);
    let touchpoints = stages
        .clone()
        .flat_map(|(stage, path)| items(path, "touchpoints", &stage.touchpoints));
    let pains = touchpoints
        .clone()
        .flat_map(|(touchpoint, path)| items(path, "pains", &touchpoint.pains));
    let opportunities = touchpoints
        .clone()
        .flat_map(|(touchpoint, path)| items(path, "opportunities", &touchpoint.opportunities));
    let lanes = LaneKind::STANDARD.map(LaneKind::word);
    IdTables {
        personas: IdTable::assign(items(root, "personas", &wire.personas), &[], w),
        departments: IdTable::assign(items(root, "departments", &wire.departments), &[], w),
        channels: IdTable::assign(items(root, "channels", &wire.channels), &[], w),
        environments: IdTable::assign(items(root, "environments", &wire.environments), &[], w),
        lanes: IdTable::assign(items(root, "lanes", &wire.lanes), &lanes, w),
        stages: IdTable::assign(stages, &[], w),
        touchpoints: IdTable::assign(touchpoints, &[], w),
        actions: IdTable::assign(items(root, "actions", &wire.actions), &[], w),
        images: IdTable::assign(items(root, "pictures", &wire.pictures), &[], w),
        pains: IdTable::assign(pains, &[], w),
        opportunities: IdTable::assign(opportunities, &[], w),
        notes: IdTable::assign(items(root, "notes", &wire.notes), &[], w),
        comments: IdTable::assign(items(root, "comments", &wire.comments), &[], w),
        saved_views: IdTable::assign(items(root, "saved_views", &wire.saved_views), &[], w),
        conflicts: IdTable::assign(items(root, "conflicts", &wire.conflicts), &[], w),
    }
}

/// Returns the canonical text of a map.
pub fn write(map: &Map) -> String {
    let mut printer = PrettyPrinter::default();
    printer.out.reserve(1024 + 512 * map.touchpoint_count());
    printer.record(RecordLayout::Block, |fields| map_fields(fields, map));
    printer.out.push('\n');
    printer.out
}

/// Whether this text is exactly the canonical text of the map, so that saving
/// the unchanged map changes no byte.
pub fn is_canonical(text: &[u8], map: &Map) -> bool {
    write(map).as_bytes() == text
}

fn map_fields(fields: &mut FieldPrinter<'_>, map: &Map) {
    let Header {
        title,
        kind,
        forked_from,
        scenario,
        keeper,
        rhythm,
        measurements,
        extra,
        fork_point,
    } = map.header();
    fields.value("format", &VERSION);
    fields.value("title", title);
    fields.value_if("kind", kind);
    fields.value_if("forked_from", forked_from);
    fields.value_if("scenario", scenario);
    fields.value_if("keeper", keeper);
    fields.value_if("rhythm", rhythm);
    fields.records_if("personas", map.personas());
    fields.records_if("departments", map.departments());
    fields.records_if("channels", map.channels());
    fields.records_if("environments", map.environments());
    fields.records_if("lanes", stated_lanes(map.lanes().as_slice()));
    fields.list_if("stages", map.stages(), |printer, stage| {
        printer.record(RecordLayout::Block, |fields| {
            v1::Stage::print(stage, fields);
            fields.records_if("touchpoints", map.touchpoints_in(&stage.id));
        });
    });
    fields.records_if("actions", map.actions());
    fields.value_if("measurements", measurements);
    fields.records_if("notes", map.notes());
    fields.records_if("comments", map.comments());
    fields.records_if("saved_views", map.saved_views());
    fields.records_if("conflicts", map.conflicts());
    fields.records_if("suppressions", map.suppressions());
    fields.value_if("extra", extra);
    // Last, so that what people read and merge by hand comes before it.
    fields.value_if("fork_point", fork_point);
    fields.records_if("pictures", map.images());
}

/// Lanes that must be written: reading adds the standard lanes that are
/// missing, in their usual order, so such a tail is left out.
fn stated_lanes(lanes: &[Lane]) -> &[Lane] {
    let usual_place = |lane: &Lane| {
        let place = LaneKind::STANDARD
            .iter()
            .position(|kind| *kind == lane.kind);
        place.filter(|_| *lane == Lane::standard(lane.kind))
    };
    let mut next_place = LaneKind::STANDARD.len();
    let mut stated = lanes;
    while let [before @ .., last] = stated
        && let Some(place) = usual_place(last)
        && place < next_place
    {
        next_place = place;
        stated = before;
    }
    stated
}
