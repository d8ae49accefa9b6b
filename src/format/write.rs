//! The canonical text of a map, in format 1.
//!
//! Two spaces a level, `\n`, defaults left out, fields in the order of the
//! format. Personas, stages, touchpoints, actions and pictures take a block, one
//! field a line; every other record takes one line. So what changes in the map changes
//! only its own lines.
//!
//! Each function takes its record apart by name: a field that is added to the
//! model does not compile until it is written here. Must not know: reading.

use super::pretty_printer::{BlockFields, FieldWriter as _, PrettyPrinter};
use super::v1::VERSION;
use crate::model::{
    Action, Backstage, Channel, Department, Environment, Feeling, Fork, Header, Id, Image,
    ImageData, Lane, LaneContentKind, LaneId, LaneKind, Lift, Map, Measurement, Note, Opportunity,
    Pain, Path, Persona, Scale, Stage, Suppression, Touchpoint,
};
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use std::collections::BTreeMap;

/// Returns the canonical text of a map.
pub fn write(map: &Map) -> String {
    let mut w = PrettyPrinter::default();
    w.out.reserve(1024 + 512 * map.touchpoint_count());
    w.record(|w| whole(w, map));
    w.out.push('\n');
    w.out
}

fn whole(b: &mut BlockFields<'_>, map: &Map) {
    let Header {
        title,
        kind,
        forked_from,
        scenario,
        measurements,
        extra,
    } = map.header();
    b.word("format", VERSION);
    b.text("title", title);
    b.kind_if("kind", *kind);
    if let Some(Fork { file, date }) = forked_from {
        b.open("forked_from").inline(|l| {
            l.text("file", file);
            l.quoted_if("date", *date);
        });
        b.close();
    }
    b.text_if("scenario", scenario);
    b.list_if("personas", map.personas(), persona);
    b.list_if("departments", map.departments(), department);
    b.list_if("channels", map.channels(), channel);
    b.list_if("environments", map.environments(), environment);
    let lanes = stated_lanes(map.lanes().as_slice());
    b.list_if("lanes", lanes, lane);
    b.list_if("stages", map.stages(), |w, s| {
        stage(w, s, map.touchpoints_in(&s.id));
    });
    b.list_if("actions", map.actions(), action);
    b.list_if("measurements", measurements, measurement);
    b.list_if("notes", map.notes(), note);
    b.list_if("suppressions", map.suppressions(), suppression);
    if !extra.is_empty() {
        let pairs = extra.iter().map(|(k, v)| (k.as_str(), v.as_str()));
        b.open("extra").pairs(pairs);
        b.close();
    }
    // Last, so that what people read and merge by hand comes before it.
    b.list_if("pictures", map.images(), picture);
}

/// Lanes that must be written: reading adds the standard lanes that are
/// missing, in their usual order, so such a tail is left out.
fn stated_lanes(lanes: &[Lane]) -> &[Lane] {
    let usual = |lane: &Lane| {
        LaneKind::STANDARD
            .iter()
            .position(|kind| *kind == lane.kind)
            .filter(|_| *lane == Lane::standard(lane.kind))
    };
    let mut after = LaneKind::STANDARD.len();
    let mut stated = lanes.len();
    while let Some(place) = stated.checked_sub(1).and_then(|at| usual(&lanes[at])) {
        if place >= after {
            break;
        }
        after = place;
        stated -= 1;
    }
    &lanes[..stated]
}

fn persona(w: &mut PrettyPrinter, persona: &Persona) {
    let Persona {
        id,
        name,
        role,
        goals,
        needs,
        frustrations,
        quote,
        picture,
        evidence,
    } = persona;
    w.record(|b| {
        b.id("id", id);
        b.text("name", name);
        b.text_if("role", role);
        b.texts_if("goals", goals);
        b.texts_if("needs", needs);
        b.texts_if("frustrations", frustrations);
        b.text_if("quote", quote);
        b.id_if("picture", picture.as_ref());
        b.evidence_if(evidence);
    });
}

fn department(w: &mut PrettyPrinter, department: &Department) {
    let Department {
        id,
        name,
        short,
        colour,
        contact,
    } = department;
    w.inline(|l| {
        l.id("id", id);
        l.text("name", name);
        l.text_if("short", short);
        l.quoted_if("colour", *colour);
        l.text_if("contact", contact);
    });
}

fn channel(w: &mut PrettyPrinter, channel: &Channel) {
    let Channel {
        id,
        name,
        icon,
        digital,
        mobile,
        self_service,
        automated,
    } = channel;
    w.inline(|l| {
        l.id("id", id);
        l.text("name", name);
        l.quoted_if("icon", icon.as_ref());
        l.flag_if("digital", *digital);
        l.flag_if("mobile", *mobile);
        l.flag_if("self_service", *self_service);
        l.flag_if("automated", *automated);
    });
}

fn environment(w: &mut PrettyPrinter, environment: &Environment) {
    let Environment { id, name, kind } = environment;
    w.inline(|l| {
        l.id("id", id);
        l.text("name", name);
        l.kind_if("kind", *kind);
    });
}

fn lane(w: &mut PrettyPrinter, lane: &Lane) {
    let Lane {
        id,
        kind,
        name,
        holds,
        hidden,
    } = lane;
    w.inline(|l| {
        l.id("id", id);
        l.word_if("kind", (*kind == LaneKind::Custom).then_some("custom"));
        l.word_if(
            "holds",
            (*holds != LaneContentKind::Text).then_some(holds.word()),
        );
        if let LaneContentKind::Score(Scale { from, to }) = *holds {
            if from != Scale::ZERO_TO_TEN.from {
                l.decimal("from", from);
            }
            if to != Scale::ZERO_TO_TEN.to {
                l.decimal("to", to);
            }
        }
        l.text_if("name", name);
        l.flag_if("hidden", *hidden);
    });
}

fn stage(w: &mut PrettyPrinter, stage: &Stage, touchpoints: &[Touchpoint]) {
    let Stage {
        id,
        name,
        goal,
        owner,
        supporters,
        time,
        duration,
        notes,
    } = stage;
    w.record(|b| {
        b.id("id", id);
        b.text("name", name);
        b.text_if("goal", goal);
        b.id_if("owner", owner.as_ref());
        b.ids_if("supporters", supporters);
        b.text_if("time", time);
        b.quoted_if("duration", *duration);
        b.text_if("notes", notes);
        b.list_if("touchpoints", touchpoints, touchpoint);
    });
}

fn touchpoint(w: &mut PrettyPrinter, touchpoint: &Touchpoint) {
    let Touchpoint {
        id,
        name,
        description,
        channel,
        environment,
        owner,
        supporters,
        time,
        duration,
        moment_of_truth,
        feelings,
        pains,
        opportunities,
        backstage: backstage_items,
        measurements,
        paths,
        ends,
        evidence,
        tags,
        pictures,
        texts,
        votes,
        notes,
    } = touchpoint;
    w.record(|b| {
        b.id("id", id);
        b.text("name", name);
        b.text_if("description", description);
        b.id_if("channel", channel.as_ref());
        b.id_if("environment", environment.as_ref());
        b.id_if("owner", owner.as_ref());
        b.ids_if("supporters", supporters);
        b.text_if("time", time);
        b.quoted_if("duration", *duration);
        b.flag_if("moment_of_truth", *moment_of_truth);
        b.list_if("feelings", feelings, feeling);
        b.list_if("pains", pains, pain);
        b.list_if("opportunities", opportunities, opportunity);
        b.list_if("backstage", backstage_items, backstage);
        b.list_if("measurements", measurements, measurement);
        b.list_if("paths", paths, path);
        b.flag_if("ends", *ends);
        b.evidence_if(evidence);
        b.texts_if("tags", tags);
        b.ids_if("pictures", pictures);
        lane_texts(b, texts);
        b.count_if("votes", *votes);
        b.text_if("notes", notes);
    });
}

fn lane_texts(b: &mut BlockFields<'_>, texts: &BTreeMap<LaneId, String>) {
    if !texts.is_empty() {
        let pairs = texts.iter().map(|(k, v)| (k.as_str(), v.as_str()));
        b.open("texts").pairs(pairs);
        b.close();
    }
}

fn feeling(w: &mut PrettyPrinter, feeling: &Feeling) {
    let Feeling {
        persona,
        score,
        before,
        after,
        emotion,
        quote,
        thought,
        motivation,
        evidence,
    } = feeling;
    w.inline(|l| {
        l.id_if("persona", persona.as_ref());
        l.score_if("score", *score);
        l.score_if("before", *before);
        l.score_if("after", *after);
        l.text_if("emotion", emotion);
        l.text_if("quote", quote);
        l.text_if("thought", thought);
        l.text_if("motivation", motivation);
        l.evidence_if(evidence);
    });
}

fn pain(w: &mut PrettyPrinter, pain: &Pain) {
    let Pain {
        id,
        text,
        severity,
        votes,
        actions,
        evidence,
    } = pain;
    w.inline(|l| {
        l.id("id", id);
        l.text("text", text);
        l.level_if("severity", *severity);
        l.count_if("votes", *votes);
        l.ids_if("actions", actions);
        l.evidence_if(evidence);
    });
}

fn opportunity(w: &mut PrettyPrinter, opportunity: &Opportunity) {
    let Opportunity {
        id,
        text,
        value,
        delight,
        votes,
        actions,
        evidence,
    } = opportunity;
    w.inline(|l| {
        l.id("id", id);
        l.text("text", text);
        l.level_if("value", *value);
        l.flag_if("delight", *delight);
        l.count_if("votes", *votes);
        l.ids_if("actions", actions);
        l.evidence_if(evidence);
    });
}

fn backstage(w: &mut PrettyPrinter, backstage: &Backstage) {
    let Backstage {
        text,
        kind,
        department,
    } = backstage;
    w.inline(|l| {
        l.text("text", text);
        l.kind_if("kind", *kind);
        l.id_if("department", department.as_ref());
    });
}

fn measurement(w: &mut PrettyPrinter, measurement: &Measurement) {
    let Measurement {
        metric,
        value,
        unit,
        n,
        date,
    } = measurement;
    w.inline(|l| {
        l.text("metric", metric);
        if let Some(value) = value {
            l.decimal("value", *value);
        }
        l.text_if("unit", unit);
        if let Some(n) = n {
            l.word("n", n);
        }
        l.quoted_if("date", *date);
    });
}

fn path(w: &mut PrettyPrinter, path: &Path) {
    let Path {
        to,
        kind,
        label,
        share,
    } = path;
    w.inline(|l| {
        l.id("to", to);
        l.kind_if("kind", *kind);
        l.text_if("label", label);
        if let Some(share) = share {
            l.word("share", share.percent());
        }
    });
}

fn action(w: &mut PrettyPrinter, action: &Action) {
    let Action {
        id,
        name,
        owner,
        status,
        due,
        lift,
        notes,
    } = action;
    w.record(|b| {
        b.id("id", id);
        b.text("name", name);
        b.id_if("owner", owner.as_ref());
        b.kind_if("status", *status);
        b.quoted_if("due", *due);
        if let Some(Lift { metric, by }) = lift {
            b.open("lift").inline(|l| {
                l.text("metric", metric);
                l.decimal("by", *by);
            });
            b.close();
        }
        b.text_if("notes", notes);
    });
}

fn note(w: &mut PrettyPrinter, note: &Note) {
    let Note { id, text, votes } = note;
    w.inline(|l| {
        l.id("id", id);
        l.text("text", text);
        l.count_if("votes", *votes);
    });
}

/// Characters of base 64 a line: a small change of a picture stays a small
/// difference, and no line is too long to look at.
const DATA: usize = 96;

fn picture(w: &mut PrettyPrinter, image: &Image) {
    let Image { id, name, data } = image;
    w.record(|b| {
        b.id("id", id);
        b.text("name", name);
        match data {
            ImageData::Bytes(bytes) => {
                let lines = bytes
                    .chunks(DATA / 4 * 3)
                    .map(|part| BASE64_STANDARD.encode(part));
                b.open("data").list(lines, |w, line| w.text(&line));
            }
            ImageData::Unreadable(text) => {
                b.open("data")
                    .list(text.split('\n'), |w, line| w.text(line));
            }
        }
        b.close();
    });
}

fn suppression(w: &mut PrettyPrinter, suppression: &Suppression) {
    // The id is made of rule and subject.
    let Suppression {
        id: _,
        rule,
        subject,
        reason,
    } = suppression;
    w.inline(|l| {
        l.text("rule", rule);
        l.text("subject", subject);
        l.text_if("reason", reason);
    });
}
