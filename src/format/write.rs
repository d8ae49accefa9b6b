//! The canonical text of a map, in format 1.
//!
//! Two spaces a level, `\n`, defaults left out, fields in the order of the
//! format. Personas, stages, touchpoints, actions and pictures take a block, one
//! field a line; every other record takes one line. So what changes in the map changes
//! only its own lines.
//!
//! Each record is taken apart by name: a field that is added to the model does not
//! compile until it is written here. Must not know: reading.

use super::pretty_printer::{BlockFields, FieldWriter as _, InlineFields, PrettyPrinter};
use super::v1::VERSION;
use crate::model::{
    Action, Backstage, Channel, Department, Environment, Feeling, Fork, Header, Id as _, Image,
    ImageData, Lane, LaneContentKind, LaneId, LaneKind, Lift, Map, Measurement, Note, Opportunity,
    Pain, Path, Persona, Scale, Stage, Suppression, Touchpoint,
};
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;

/// Characters of base 64 a line: a small change of a picture stays a small
/// difference, and no line is too long to look at.
const IMAGE_LINE: usize = 96;

/// Returns the canonical text of a map.
pub fn write(map: &Map) -> String {
    let mut w = PrettyPrinter::default();
    w.out.reserve(1024 + 512 * map.touchpoint_count());
    w.block(|fields| map_fields(fields, map));
    w.out.push('\n');
    w.out
}

fn map_fields(fields: &mut BlockFields<'_>, map: &Map) {
    let Header {
        title,
        kind,
        forked_from,
        scenario,
        measurements,
        extra,
    } = map.header();
    fields.word("format", &VERSION);
    fields.text("title", title);
    fields.keyword_if("kind", kind);
    fields.record_if("forked_from", forked_from, fork);
    fields.text_if("scenario", scenario);
    fields.blocks_if("personas", map.personas(), persona);
    fields.lines_if("departments", map.departments(), department);
    fields.lines_if("channels", map.channels(), channel);
    fields.lines_if("environments", map.environments(), environment);
    fields.lines_if("lanes", stated_lanes(map.lanes().as_slice()), lane);
    fields.blocks_if("stages", map.stages(), |fields, record| {
        stage(fields, record);
        fields.blocks_if("touchpoints", map.touchpoints_in(&record.id), touchpoint);
    });
    fields.blocks_if("actions", map.actions(), action);
    fields.lines_if("measurements", measurements, measurement);
    fields.lines_if("notes", map.notes(), note);
    fields.lines_if("suppressions", map.suppressions(), suppression);
    fields.pairs_if("extra", extra, String::as_str);
    // Last, so that what people read and merge by hand comes before it.
    fields.blocks_if("pictures", map.images(), image);
}

/// Lanes that must be written: reading adds the standard lanes that are
/// missing, in their usual order, so such a tail is left out.
fn stated_lanes(lanes: &[Lane]) -> &[Lane] {
    let usual_place = |lane: &Lane| {
        LaneKind::STANDARD
            .iter()
            .position(|kind| *kind == lane.kind)
            .filter(|_| *lane == Lane::standard(lane.kind))
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

/// Declares the functions that write a record: its fields in the order of the file, each with
/// the method of [`FieldWriter`] or [`BlockFields`] that writes it.
macro_rules! records {
    ($($name:ident($Fields:ident): $Record:ident {
        $($field:ident: $method:ident $(($argument:expr))?,)*
    })*) => {$(
        fn $name(fields: &mut $Fields<'_>, record: &$Record) {
            // Does not compile with a field of the model left out.
            let $Record { $($field: _),* } = record;
            $(fields.$method(stringify!($field), &record.$field $(, $argument)?);)*
        }
    )*};
}

records! {
    fork(InlineFields): Fork {
        file: text,
        date: quoted_if,
    }
    persona(BlockFields): Persona {
        id: id,
        name: text,
        role: text_if,
        goals: texts_if,
        needs: texts_if,
        frustrations: texts_if,
        quote: text_if,
        picture: id_if,
        evidence: evidence_if,
    }
    department(InlineFields): Department {
        id: id,
        name: text,
        short: text_if,
        colour: quoted_if,
        contact: text_if,
    }
    channel(InlineFields): Channel {
        id: id,
        name: text,
        icon: quoted_if,
        digital: flag_if,
        mobile: flag_if,
        self_service: flag_if,
        automated: flag_if,
    }
    environment(InlineFields): Environment {
        id: id,
        name: text,
        kind: keyword_if,
    }
    stage(BlockFields): Stage {
        id: id,
        name: text,
        goal: text_if,
        owner: id_if,
        supporters: ids_if,
        time: text_if,
        duration: quoted_if,
        notes: text_if,
    }
    touchpoint(BlockFields): Touchpoint {
        id: id,
        name: text,
        description: text_if,
        channel: id_if,
        environment: id_if,
        owner: id_if,
        supporters: ids_if,
        time: text_if,
        duration: quoted_if,
        moment_of_truth: flag_if,
        feelings: lines_if(feeling),
        pains: lines_if(pain),
        opportunities: lines_if(opportunity),
        backstage: lines_if(backstage),
        measurements: lines_if(measurement),
        paths: lines_if(path),
        ends: flag_if,
        evidence: evidence_if,
        tags: texts_if,
        pictures: ids_if,
        texts: pairs_if(LaneId::as_str),
        votes: count_if,
        notes: text_if,
    }
    feeling(InlineFields): Feeling {
        persona: id_if,
        score: score_if,
        before: score_if,
        after: score_if,
        emotion: text_if,
        quote: text_if,
        thought: text_if,
        motivation: text_if,
        evidence: evidence_if,
    }
    pain(InlineFields): Pain {
        id: id,
        text: text,
        severity: level_if,
        votes: count_if,
        actions: ids_if,
        evidence: evidence_if,
    }
    opportunity(InlineFields): Opportunity {
        id: id,
        text: text,
        value: level_if,
        delight: flag_if,
        votes: count_if,
        actions: ids_if,
        evidence: evidence_if,
    }
    backstage(InlineFields): Backstage {
        text: text,
        kind: keyword_if,
        department: id_if,
    }
    measurement(InlineFields): Measurement {
        metric: text,
        value: decimal_if,
        unit: text_if,
        n: number_if,
        date: quoted_if,
    }
    path(InlineFields): Path {
        to: id,
        kind: keyword_if,
        label: text_if,
        share: share_if,
    }
    action(BlockFields): Action {
        id: id,
        name: text,
        owner: id_if,
        status: keyword_if,
        due: quoted_if,
        lift: record_if(lift),
        notes: text_if,
    }
    lift(InlineFields): Lift {
        metric: text,
        by: decimal,
    }
    note(InlineFields): Note {
        id: id,
        text: text,
        votes: count_if,
    }
}

fn lane(fields: &mut InlineFields<'_>, lane: &Lane) {
    let Lane {
        id,
        kind,
        name,
        holds,
        hidden,
    } = lane;
    fields.id("id", id);
    if *kind == LaneKind::Custom {
        fields.word("kind", kind.word());
    }
    if *holds != LaneContentKind::Text {
        fields.word("holds", holds.word());
    }
    if let LaneContentKind::Score(Scale { from, to }) = holds {
        if *from != Scale::ZERO_TO_TEN.from {
            fields.decimal("from", from);
        }
        if *to != Scale::ZERO_TO_TEN.to {
            fields.decimal("to", to);
        }
    }
    fields.text_if("name", name);
    fields.flag_if("hidden", hidden);
}

fn suppression(fields: &mut InlineFields<'_>, suppression: &Suppression) {
    // The id is made of rule and subject.
    let Suppression {
        id: _,
        rule,
        subject,
        reason,
    } = suppression;
    fields.text("rule", rule);
    fields.text("subject", subject);
    fields.text_if("reason", reason);
}

fn image(fields: &mut BlockFields<'_>, image: &Image) {
    let Image { id, name, data } = image;
    fields.id("id", id);
    fields.text("name", name);
    let w = fields.open("data");
    match data {
        ImageData::Bytes(bytes) => w.list(bytes.chunks(IMAGE_LINE / 4 * 3), |w, part| {
            w.text(&BASE64_STANDARD.encode(part));
        }),
        ImageData::Unreadable(text) => w.list(text.split('\n'), PrettyPrinter::text),
    }
    fields.close();
}
