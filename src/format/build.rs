//! From the shape of the file to the model, record by record in the order of the
//! file. What is wrong becomes a notice, never a refusal.

use super::fields::{Here, evidence};
use super::ids::{Ids, Pending, Pendings, Place};
use super::known::{Known, Unnamed};
use super::notice::NoticeKind;
use super::v1;
use super::values::Name;
use crate::model::{
    Action, Backstage, Channel, Department, Environment, Feeling, Fork, Header, Id, Image,
    ImageData, Lane, LaneId, LaneKind, Lift, Map, Note, Opportunity, Pain, Path, Persona, Stage,
    Suppression, Table, Touchpoint, TouchpointId,
};
use std::collections::BTreeMap;

/// Builds the map. Every index in it is whole.
pub(super) fn build(shape: v1::Map<'_>) -> (Map, Pendings) {
    let mut notices = Pendings::default();
    let n = &mut notices;
    let mut known = Known::of(&shape, n);
    let mut unnamed = Unnamed::of(&shape, n);

    let mut map = Map::default();
    let mut here = Here {
        place: Place::Map,
        subject: "",
        notices: n,
    };
    *map.header_mut() = Header {
        title: shape.title,
        kind: shape.kind,
        forked_from: shape.forked_from.map(|f| Fork {
            file: f.file,
            date: f.date,
        }),
        scenario: shape.scenario,
        measurements: here.measurements(shape.measurements),
        extra: here.pairs("extra", shape.extra, |_, key, _| key),
    };
    for (at, p) in shape.personas.into_iter().enumerate() {
        let id = known.personas.next();
        let mut here = Here {
            place: Place::Top("personas", at),
            subject: id.as_str(),
            notices: n,
        };
        let record = Persona {
            id: id.clone(),
            name: p.name,
            role: p.role,
            goals: p.goals,
            needs: p.needs,
            frustrations: p.frustrations,
            quote: p.quote,
            picture: here.one(&known.images, "picture", p.picture),
            evidence: evidence(p.evidence, p.source),
        };
        map.insert(&usize::MAX, record);
    }
    for d in shape.departments {
        let record = Department {
            id: known.departments.next(),
            name: d.name,
            short: d.short,
            colour: d.colour,
            contact: d.contact,
        };
        map.insert(&usize::MAX, record);
    }
    for c in shape.channels {
        let record = Channel {
            id: known.channels.next(),
            name: c.name,
            icon: c.icon.filter(|icon| !icon.is_empty()),
            digital: c.digital,
            mobile: c.mobile,
            self_service: c.self_service,
            automated: c.automated,
        };
        map.insert(&usize::MAX, record);
    }
    for e in shape.environments {
        let record = Environment {
            id: known.environments.next(),
            name: e.name,
            kind: e.kind,
        };
        map.insert(&usize::MAX, record);
    }
    lanes(&mut map, shape.lanes, &mut known.lanes, n);
    for (s, stage) in shape.stages.into_iter().enumerate() {
        let id = known.stages.next();
        let mut here = Here {
            place: Place::Top("stages", s),
            subject: id.as_str(),
            notices: n,
        };
        let record = Stage {
            id: id.clone(),
            name: stage.name,
            goal: stage.goal,
            owner: here.one(&known.departments, "owner", stage.owner),
            supporters: here.many(&known.departments, "supporters", stage.supporters),
            time: stage.time,
            duration: stage.duration,
            notes: stage.notes,
        };
        map.insert(&usize::MAX, record);
        let home = (id, usize::MAX);
        for (t, shape) in stage.touchpoints.into_iter().enumerate() {
            let id = known.touchpoints.next();
            let place = (s, t);
            let record = touchpoint(id, shape, place, &known, &mut unnamed, n);
            map.insert(&home, record);
        }
    }
    for (at, a) in shape.actions.into_iter().enumerate() {
        let id = known.actions.next();
        let mut here = Here {
            place: Place::Top("actions", at),
            subject: id.as_str(),
            notices: n,
        };
        let record = Action {
            id: id.clone(),
            name: a.name,
            owner: here.one(&known.departments, "owner", a.owner),
            status: a.status,
            due: a.due,
            lift: a.lift.map(|lift| Lift {
                metric: lift.metric,
                by: here.decimal("lift", lift.by),
            }),
            notes: a.notes,
        };
        map.insert(&usize::MAX, record);
    }
    for note in shape.notes {
        let record = Note {
            id: unnamed.notes.next(),
            text: note.text,
            votes: note.votes,
        };
        map.insert(&usize::MAX, record);
    }
    for (at, s) in shape.suppressions.into_iter().enumerate() {
        if !map.insert(
            &usize::MAX,
            Suppression::new(&s.rule, &s.subject, &s.reason),
        ) {
            n.push(|| Pending {
                path: Place::Top("suppressions", at).steps(),
                subject: s.subject,
                kind: NoticeKind::DuplicateSuppression,
                first: None,
            });
        }
    }
    for p in shape.pictures {
        let record = Image {
            id: known.images.next(),
            name: p.name,
            data: ImageData::from_base64(&p.data.join("\n")),
        };
        map.insert(&usize::MAX, record);
    }
    (map, notices)
}

/// The lanes of the file, then the standard lanes it does not name.
fn lanes(map: &mut Map, shapes: Vec<v1::Lane<'_>>, ids: &mut Ids<LaneId>, notices: &mut Pendings) {
    let mut all: Vec<Lane> = Vec::new();
    for (at, shape) in shapes.into_iter().enumerate() {
        let id = ids.next();
        let mut here = Here {
            place: Place::Top("lanes", at),
            subject: id.as_str(),
            notices,
        };
        let holds = here.holds(&shape);
        let kind = LaneKind::STANDARD
            .into_iter()
            .find(|kind| kind.word() == id.as_str())
            .unwrap_or(LaneKind::Custom);
        all.push(Lane {
            id: id.clone(),
            kind,
            name: shape.name,
            holds,
            hidden: shape.hidden,
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
    shape: v1::Touchpoint<'_>,
    (s, t): (usize, usize),
    known: &Known,
    unnamed: &mut Unnamed,
    notices: &mut Pendings,
) -> Touchpoint {
    let home = Place::Touchpoint(s, t);
    let mut here = Here {
        place: home,
        subject: id.as_str(),
        notices,
    };
    let mut record = Touchpoint {
        id: id.clone(),
        name: shape.name,
        description: shape.description,
        channel: here.one(&known.channels, "channel", shape.channel),
        environment: here.one(&known.environments, "environment", shape.environment),
        owner: here.one(&known.departments, "owner", shape.owner),
        supporters: here.many(&known.departments, "supporters", shape.supporters),
        time: shape.time,
        duration: shape.duration,
        moment_of_truth: shape.moment_of_truth,
        feelings: Vec::with_capacity(shape.feelings.len()),
        pains: Vec::with_capacity(shape.pains.len()),
        opportunities: Vec::with_capacity(shape.opportunities.len()),
        backstage: Vec::with_capacity(shape.backstage.len()),
        measurements: here.measurements(shape.measurements),
        paths: Vec::with_capacity(shape.paths.len()),
        ends: shape.ends,
        evidence: evidence(shape.evidence, shape.source),
        tags: shape.tags,
        pictures: here.many(&known.images, "pictures", shape.pictures),
        texts: BTreeMap::new(),
        votes: shape.votes,
        notes: shape.notes,
    };
    record.texts = here.pairs("texts", shape.texts, |here, key, at| {
        let name = Name(key.into());
        known
            .lanes
            .refer(&name, "texts", here.subject, here.notices, || {
                home.item("texts", at)
            })
    });
    for (at, f) in shape.feelings.into_iter().enumerate() {
        here.place = Place::Inside(s, t, "feelings", at);
        record.feelings.push(Feeling {
            persona: here.one(&known.personas, "persona", f.persona),
            score: here.score("score", f.score),
            before: here.score("before", f.before),
            after: here.score("after", f.after),
            emotion: f.emotion,
            quote: f.quote,
            thought: f.thought,
            motivation: f.motivation,
            evidence: evidence(f.evidence, f.source),
        });
    }
    for (at, p) in shape.pains.into_iter().enumerate() {
        here.place = Place::Inside(s, t, "pains", at);
        record.pains.push(Pain {
            id: unnamed.pains.next(),
            text: p.text,
            severity: p.severity,
            votes: p.votes,
            actions: here.many(&known.actions, "actions", p.actions),
            evidence: evidence(p.evidence, p.source),
        });
    }
    for (at, o) in shape.opportunities.into_iter().enumerate() {
        here.place = Place::Inside(s, t, "opportunities", at);
        record.opportunities.push(Opportunity {
            id: unnamed.opportunities.next(),
            text: o.text,
            value: o.value,
            delight: o.delight,
            votes: o.votes,
            actions: here.many(&known.actions, "actions", o.actions),
            evidence: evidence(o.evidence, o.source),
        });
    }
    for (at, b) in shape.backstage.into_iter().enumerate() {
        here.place = Place::Inside(s, t, "backstage", at);
        record.backstage.push(Backstage {
            text: b.text,
            kind: b.kind,
            department: here.one(&known.departments, "department", b.department),
        });
    }
    for (at, p) in shape.paths.into_iter().enumerate() {
        here.place = Place::Inside(s, t, "paths", at);
        let place = here.place;
        record.paths.push(Path {
            to: known
                .touchpoints
                .refer(&p.to, "to", here.subject, here.notices, || {
                    place.field("to")
                }),
            kind: p.kind,
            label: p.label,
            share: p.share,
        });
    }
    record
}
