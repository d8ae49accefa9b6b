//! Conversion of a map from wire types to the model. A mistake becomes a warning, never an error.
//!
//! Must not know: the text of the file, the fields of records.

use super::fields::{Conversion, Convert as _, WireRecord as _};
use super::ids::{IdTable, IdTables, items};
use super::pending_warnings::{PendingWarning, PendingWarnings, RecordPath};
use super::v1;
use super::warning::WarningKind;
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
        measurements: wire.measurements.convert("measurements", c),
        extra: wire.extra.convert("extra", c),
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
    for (at, s) in wire.suppressions.into_iter().enumerate() {
        let record = Suppression::new(&s.rule, &s.subject, &s.reason);
        if !map.insert(&usize::MAX, record) {
            c.warnings.add(PendingWarning {
                path: RecordPath::default().inside("suppressions", at).segments(),
                first: None,
                subject: Some(s.subject),
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
    }
}
