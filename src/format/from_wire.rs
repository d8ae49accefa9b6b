//! Conversion of a map from wire types to the model, record by record in the order
//! of the file. A mistake becomes a warning, never an error.
//!
//! Must not know: the text of the file.

use super::field_conversion::{FieldContext, evidence};
use super::id_assignment::{IdTable, PendingWarnings, RecordPath};
use super::id_tables::{IdTables, UnreferencedIds};
use super::v1;
use super::warning::WarningKind;
use crate::model::{
    Action, Backstage, Channel, Department, Environment, Feeling, Fork, Header, Id, Image,
    ImageData, Lane, LaneId, LaneKind, Lift, Map, Note, Opportunity, Pain, Path, Persona, Stage,
    Suppression, Table, Touchpoint, TouchpointId,
};
use std::collections::BTreeMap;

/// Converts a map and keeps its indexes consistent.
pub(super) fn from_wire(wire: v1::Map) -> (Map, PendingWarnings) {
    let mut pending = PendingWarnings::default();
    let warnings = &mut pending;
    let mut ids = IdTables::of(&wire, warnings);
    let mut unreferenced = UnreferencedIds::of(&wire, warnings);

    let mut map = Map::default();
    let mut context = FieldContext::new(RecordPath::Map, "", warnings);
    *map.header_mut() = Header {
        title: wire.title,
        kind: wire.kind,
        forked_from: wire.forked_from.map(|f| Fork {
            file: f.file,
            date: f.date,
        }),
        scenario: wire.scenario,
        measurements: context.measurements(wire.measurements),
        extra: context.pairs("extra", wire.extra, |_, key, _| key),
    };
    for (at, p) in wire.personas.into_iter().enumerate() {
        let id = ids.personas.next();
        let mut context = FieldContext::new(RecordPath::Top("personas", at), id.as_str(), warnings);
        let record = Persona {
            id: id.clone(),
            name: p.name,
            role: p.role,
            goals: p.goals,
            needs: p.needs,
            frustrations: p.frustrations,
            quote: p.quote,
            picture: context.reference(&ids.images, "picture", p.picture),
            evidence: evidence(p.evidence, p.source),
        };
        map.insert(&usize::MAX, record);
    }
    for d in wire.departments {
        let record = Department {
            id: ids.departments.next(),
            name: d.name,
            short: d.short,
            colour: d.colour,
            contact: d.contact,
        };
        map.insert(&usize::MAX, record);
    }
    for c in wire.channels {
        let record = Channel {
            id: ids.channels.next(),
            name: c.name,
            icon: c.icon.filter(|icon| !icon.is_empty()),
            digital: c.digital,
            mobile: c.mobile,
            self_service: c.self_service,
            automated: c.automated,
        };
        map.insert(&usize::MAX, record);
    }
    for e in wire.environments {
        let record = Environment {
            id: ids.environments.next(),
            name: e.name,
            kind: e.kind,
        };
        map.insert(&usize::MAX, record);
    }
    lanes(&mut map, wire.lanes, &mut ids.lanes, warnings);
    for (s, stage) in wire.stages.into_iter().enumerate() {
        let id = ids.stages.next();
        let mut context = FieldContext::new(RecordPath::Top("stages", s), id.as_str(), warnings);
        let record = Stage {
            id: id.clone(),
            name: stage.name,
            goal: stage.goal,
            owner: context.reference(&ids.departments, "owner", stage.owner),
            supporters: context.references(&ids.departments, "supporters", stage.supporters),
            time: stage.time,
            duration: stage.duration,
            notes: stage.notes,
        };
        map.insert(&usize::MAX, record);
        map.reserve_touchpoints(stage.touchpoints.len());
        let end_of_stage = (id, usize::MAX);
        for (t, wire) in stage.touchpoints.into_iter().enumerate() {
            let id = ids.touchpoints.next();
            let path = RecordPath::Touchpoint(s, t);
            let record = touchpoint(id, wire, path, &ids, &mut unreferenced, warnings);
            map.insert(&end_of_stage, record);
        }
    }
    for (at, a) in wire.actions.into_iter().enumerate() {
        let id = ids.actions.next();
        let mut context = FieldContext::new(RecordPath::Top("actions", at), id.as_str(), warnings);
        let record = Action {
            id: id.clone(),
            name: a.name,
            owner: context.reference(&ids.departments, "owner", a.owner),
            status: a.status,
            due: a.due,
            lift: a.lift.map(|lift| Lift {
                metric: lift.metric,
                by: context.decimal("lift", lift.by),
            }),
            notes: a.notes,
        };
        map.insert(&usize::MAX, record);
    }
    for note in wire.notes {
        let record = Note {
            id: unreferenced.notes.next(),
            text: note.text,
            votes: note.votes,
        };
        map.insert(&usize::MAX, record);
    }
    for (at, s) in wire.suppressions.into_iter().enumerate() {
        if !map.insert(
            &usize::MAX,
            Suppression::new(&s.rule, &s.subject, &s.reason),
        ) {
            warnings.push(
                RecordPath::Top("suppressions", at).segments(),
                &s.subject,
                WarningKind::DuplicateSuppression,
            );
        }
    }
    for p in wire.pictures {
        let record = Image {
            id: ids.images.next(),
            name: p.name,
            data: ImageData::from_base64(&p.data.join("\n")),
        };
        map.insert(&usize::MAX, record);
    }
    (map, pending)
}

/// Adds the lanes of the file, then the standard lanes that it does not name.
fn lanes(
    map: &mut Map,
    wires: Vec<v1::Lane>,
    ids: &mut IdTable<LaneId>,
    warnings: &mut PendingWarnings,
) {
    let mut all: Vec<Lane> = Vec::new();
    for (at, wire) in wires.into_iter().enumerate() {
        let id = ids.next();
        let mut context = FieldContext::new(RecordPath::Top("lanes", at), id.as_str(), warnings);
        let holds = context.holds(&wire);
        let kind = LaneKind::STANDARD
            .into_iter()
            .find(|kind| kind.word() == id.as_str())
            .unwrap_or(LaneKind::Custom);
        all.push(Lane {
            id: id.clone(),
            kind,
            name: wire.name,
            holds,
            hidden: wire.hidden,
        });
    }
    for kind in LaneKind::STANDARD {
        let lane = Lane::standard(kind);
        Table::<Lane>::remove(map, &lane.id);
        if !all.iter().any(|l| l.kind == kind) {
            all.push(lane);
        }
    }
    for lane in all {
        map.insert(&usize::MAX, lane);
    }
}

fn touchpoint(
    id: TouchpointId,
    wire: v1::Touchpoint,
    record_path: RecordPath,
    ids: &IdTables,
    unreferenced: &mut UnreferencedIds,
    warnings: &mut PendingWarnings,
) -> Touchpoint {
    let mut context = FieldContext::new(record_path, id.as_str(), warnings);
    let mut record = Touchpoint {
        id: id.clone(),
        name: wire.name,
        description: wire.description,
        channel: context.reference(&ids.channels, "channel", wire.channel),
        environment: context.reference(&ids.environments, "environment", wire.environment),
        owner: context.reference(&ids.departments, "owner", wire.owner),
        supporters: context.references(&ids.departments, "supporters", wire.supporters),
        time: wire.time,
        duration: wire.duration,
        moment_of_truth: wire.moment_of_truth,
        feelings: Vec::with_capacity(wire.feelings.len()),
        pains: Vec::with_capacity(wire.pains.len()),
        opportunities: Vec::with_capacity(wire.opportunities.len()),
        backstage: Vec::with_capacity(wire.backstage.len()),
        measurements: context.measurements(wire.measurements),
        paths: Vec::with_capacity(wire.paths.len()),
        ends: wire.ends,
        evidence: evidence(wire.evidence, wire.source),
        tags: wire.tags,
        pictures: context.references(&ids.images, "pictures", wire.pictures),
        texts: BTreeMap::new(),
        votes: wire.votes,
        notes: wire.notes,
    };
    record.texts = context.pairs("texts", wire.texts, |context, key, at| {
        ids.lanes
            .resolve(&key, "texts", context.subject, context.warnings, || {
                record_path.item("texts", at)
            })
    });
    for (at, f) in wire.feelings.into_iter().enumerate() {
        context.record = record_path.inside("feelings", at);
        record.feelings.push(Feeling {
            persona: context.reference(&ids.personas, "persona", f.persona),
            score: context.score("score", f.score),
            before: context.score("before", f.before),
            after: context.score("after", f.after),
            emotion: f.emotion,
            quote: f.quote,
            thought: f.thought,
            motivation: f.motivation,
            evidence: evidence(f.evidence, f.source),
        });
    }
    for (at, p) in wire.pains.into_iter().enumerate() {
        context.record = record_path.inside("pains", at);
        record.pains.push(Pain {
            id: unreferenced.pains.next(),
            text: p.text,
            severity: p.severity,
            votes: p.votes,
            actions: context.references(&ids.actions, "actions", p.actions),
            evidence: evidence(p.evidence, p.source),
        });
    }
    for (at, o) in wire.opportunities.into_iter().enumerate() {
        context.record = record_path.inside("opportunities", at);
        record.opportunities.push(Opportunity {
            id: unreferenced.opportunities.next(),
            text: o.text,
            value: o.value,
            delight: o.delight,
            votes: o.votes,
            actions: context.references(&ids.actions, "actions", o.actions),
            evidence: evidence(o.evidence, o.source),
        });
    }
    for (at, b) in wire.backstage.into_iter().enumerate() {
        context.record = record_path.inside("backstage", at);
        record.backstage.push(Backstage {
            text: b.text,
            kind: b.kind,
            department: context.reference(&ids.departments, "department", b.department),
        });
    }
    for (at, p) in wire.paths.into_iter().enumerate() {
        context.record = record_path.inside("paths", at);
        let path = context.record;
        record.paths.push(Path {
            to: ids
                .touchpoints
                .resolve(&p.to, "to", context.subject, context.warnings, || {
                    path.field("to")
                }),
            kind: p.kind,
            label: p.label,
            share: p.share,
        });
    }
    record
}
