//! The canonical text of a map, in format 1.
//!
//! Two spaces a level, `\n`, defaults left out, fields in the order of the
//! format. Personas, stages, touchpoints and actions take a block, one field a
//! line; every other record takes one line. So what changes in the map changes
//! only its own lines.
//!
//! Each function takes its record apart by name: a field that is added to the
//! model does not compile until it is written here.

use crate::model::{
    Action, ActionStatus, Backstage, BackstageKind, Basis, Channel, Decimal, Department,
    Environment, EnvironmentKind, Evidence, Feeling, Fork, Header, Id, Lane, LaneKind, Level, Lift,
    Map, MapKind, Measurement, Note, Opportunity, Pain, Path, PathKind, Persona, Score, Stage,
    Suppression, Touchpoint,
};
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// Gives the canonical text of a map.
pub fn write(map: &Map) -> String {
    let mut w = Writer {
        out: String::with_capacity(1024 + 512 * map.touchpoint_count()),
        depth: 0,
    };
    w.record(|w| whole(w, map));
    w.out.push('\n');
    w.out
}

struct Writer {
    out: String,
    depth: usize,
}

impl Writer {
    fn line(&mut self) {
        self.out.push('\n');
        for _ in 0..self.depth {
            self.out.push_str("  ");
        }
    }

    /// A record as a block of lines.
    fn record(&mut self, fields: impl FnOnce(&mut Block<'_>)) {
        self.out.push('(');
        self.depth += 1;
        fields(&mut Block { w: self });
        self.depth -= 1;
        self.line();
        self.out.push(')');
    }

    /// A record on one line.
    fn inline(&mut self, fields: impl FnOnce(&mut Line<'_>)) {
        self.out.push('(');
        fields(&mut Line {
            w: self,
            first: true,
        });
        self.out.push(')');
    }

    /// One item a line.
    fn list<T>(&mut self, items: impl IntoIterator<Item = T>, mut item: impl FnMut(&mut Self, T)) {
        self.out.push('[');
        self.depth += 1;
        for each in items {
            self.line();
            item(self, each);
            self.out.push(',');
        }
        self.depth -= 1;
        self.line();
        self.out.push(']');
    }

    fn text(&mut self, text: &str) {
        self.out.push('"');
        let mut plain = 0;
        for (at, c) in text.char_indices() {
            let short = match c {
                '"' => "\\\"",
                '\\' => "\\\\",
                '\n' => "\\n",
                '\r' => "\\r",
                '\t' => "\\t",
                c if must_be_escaped(c) => "",
                _ => continue,
            };
            self.out.push_str(&text[plain..at]);
            plain = at + c.len_utf8();
            if short.is_empty() {
                // Writing to a String cannot fail.
                let _ = write!(self.out, "\\u{{{:x}}}", u32::from(c));
            } else {
                self.out.push_str(short);
            }
        }
        self.out.push_str(&text[plain..]);
        self.out.push('"');
    }

    fn texts<T: AsRef<str>>(&mut self, texts: &[T]) {
        self.out.push('[');
        for (i, text) in texts.iter().enumerate() {
            if i > 0 {
                self.out.push_str(", ");
            }
            self.text(text.as_ref());
        }
        self.out.push(']');
    }

    fn pairs<'a>(&mut self, pairs: impl Iterator<Item = (&'a str, &'a str)>) {
        self.out.push('{');
        for (i, (key, text)) in pairs.enumerate() {
            if i > 0 {
                self.out.push_str(", ");
            }
            self.text(key);
            self.out.push_str(": ");
            self.text(text);
        }
        self.out.push('}');
    }
}

/// Characters that a person could not see or that would turn the text around:
/// control characters, line and paragraph separators, bidi controls, the byte
/// order mark. Joiners stay: emoji and Persian need them.
fn must_be_escaped(c: char) -> bool {
    c.is_control()
        || matches!(
            c,
            '\u{61C}'
                | '\u{200E}'
                | '\u{200F}'
                | '\u{2028}'..='\u{202E}'
                | '\u{2066}'..='\u{2069}'
                | '\u{FEFF}'
        )
}

/// Fields, each where its layout puts it. Defaults are left out here, once.
trait Fields {
    /// Opens a field; its value is written next.
    fn open(&mut self, name: &str) -> &mut Writer;
    /// Ends the field.
    fn close(&mut self);

    fn text(&mut self, name: &str, text: &str) {
        self.open(name).text(text);
        self.close();
    }

    fn text_if(&mut self, name: &str, text: &str) {
        if !text.is_empty() {
            self.text(name, text);
        }
    }

    fn id<I: Id>(&mut self, name: &str, id: &I) {
        self.text(name, id.as_str());
    }

    fn id_if<I: Id>(&mut self, name: &str, id: Option<&I>) {
        if let Some(id) = id {
            self.id(name, id);
        }
    }

    fn ids_if<I: Id>(&mut self, name: &str, ids: &[I]) {
        if !ids.is_empty() {
            let ids: Vec<&str> = ids.iter().map(Id::as_str).collect();
            self.open(name).texts(&ids);
            self.close();
        }
    }

    fn texts_if(&mut self, name: &str, texts: &[String]) {
        if !texts.is_empty() {
            self.open(name).texts(texts);
            self.close();
        }
    }

    /// As it stands: a word or a number.
    fn word(&mut self, name: &str, word: impl std::fmt::Display) {
        let w = self.open(name);
        // Writing to a String cannot fail.
        let _ = write!(w.out, "{word}");
        self.close();
    }

    fn word_if(&mut self, name: &str, word: Option<&'static str>) {
        if let Some(word) = word {
            self.word(name, word);
        }
    }

    fn flag_if(&mut self, name: &str, flag: bool) {
        if flag {
            self.word(name, true);
        }
    }

    fn count_if(&mut self, name: &str, count: u32) {
        if count > 0 {
            self.word(name, count);
        }
    }

    fn quoted_if<T: std::fmt::Display>(&mut self, name: &str, value: Option<T>) {
        if let Some(value) = value {
            self.text(name, &value.to_string());
        }
    }

    fn score_if(&mut self, name: &str, score: Option<Score>) {
        if let Some(score) = score {
            let tenths = score.tenths();
            let sign = if tenths < 0 { "-" } else { "" };
            let size = tenths.unsigned_abs();
            self.word(name, format_args!("{sign}{}.{}", size / 10, size % 10));
        }
    }

    fn decimal(&mut self, name: &str, value: Decimal) {
        // The shortest text that reads back exactly; at most three decimals.
        self.word(name, value.value());
    }

    fn level_if(&mut self, name: &str, level: Level) {
        if level != Level::default() {
            self.word(name, level.number());
        }
    }

    fn evidence_if(&mut self, evidence: &Evidence) {
        let Evidence { basis, source } = evidence;
        self.word_if("evidence", basis.map(basis_word));
        self.text_if("source", source);
    }
}

struct Block<'a> {
    w: &'a mut Writer,
}

impl Fields for Block<'_> {
    fn open(&mut self, name: &str) -> &mut Writer {
        self.w.line();
        self.w.out.push_str(name);
        self.w.out.push_str(": ");
        self.w
    }

    fn close(&mut self) {
        self.w.out.push(',');
    }
}

impl Block<'_> {
    fn list_if<'t, T: 't>(
        &mut self,
        name: &str,
        items: impl IntoIterator<Item = &'t T, IntoIter: ExactSizeIterator>,
        item: impl FnMut(&mut Writer, &'t T),
    ) {
        let items = items.into_iter();
        if items.len() > 0 {
            self.open(name).list(items, item);
            self.close();
        }
    }
}

struct Line<'a> {
    w: &'a mut Writer,
    first: bool,
}

impl Fields for Line<'_> {
    fn open(&mut self, name: &str) -> &mut Writer {
        if !self.first {
            self.w.out.push_str(", ");
        }
        self.first = false;
        self.w.out.push_str(name);
        self.w.out.push_str(": ");
        self.w
    }

    fn close(&mut self) {}
}

fn whole(b: &mut Block<'_>, map: &Map) {
    let Header {
        title,
        kind,
        forked_from,
        scenario,
        measurements,
        extra,
    } = map.header();
    b.word("format", super::VERSION);
    b.text("title", title);
    b.word_if(
        "kind",
        match kind {
            MapKind::Current => None,
            MapKind::Future => Some("future"),
        },
    );
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
}

/// The lanes that must be stated: reading adds the standard lanes that are
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

fn persona(w: &mut Writer, persona: &Persona) {
    let Persona {
        id,
        name,
        role,
        goals,
        needs,
        frustrations,
        quote,
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
        b.evidence_if(evidence);
    });
}

fn department(w: &mut Writer, department: &Department) {
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

fn channel(w: &mut Writer, channel: &Channel) {
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

fn environment(w: &mut Writer, environment: &Environment) {
    let Environment { id, name, kind } = environment;
    w.inline(|l| {
        l.id("id", id);
        l.text("name", name);
        l.word_if(
            "kind",
            match kind {
                EnvironmentKind::Physical => None,
                EnvironmentKind::Digital => Some("digital"),
                EnvironmentKind::Social => Some("social"),
            },
        );
    });
}

fn lane(w: &mut Writer, lane: &Lane) {
    let Lane {
        id,
        kind,
        name,
        hidden,
    } = lane;
    w.inline(|l| {
        l.id("id", id);
        l.word_if("kind", (*kind == LaneKind::Custom).then_some("custom"));
        l.text_if("name", name);
        l.flag_if("hidden", *hidden);
    });
}

fn stage(w: &mut Writer, stage: &Stage, touchpoints: &[Touchpoint]) {
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

fn touchpoint(w: &mut Writer, touchpoint: &Touchpoint) {
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
        lane_texts(b, texts);
        b.count_if("votes", *votes);
        b.text_if("notes", notes);
    });
}

fn lane_texts(b: &mut Block<'_>, texts: &BTreeMap<crate::model::LaneId, String>) {
    if !texts.is_empty() {
        let pairs = texts.iter().map(|(k, v)| (k.as_str(), v.as_str()));
        b.open("texts").pairs(pairs);
        b.close();
    }
}

fn feeling(w: &mut Writer, feeling: &Feeling) {
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

fn pain(w: &mut Writer, pain: &Pain) {
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

fn opportunity(w: &mut Writer, opportunity: &Opportunity) {
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

fn backstage(w: &mut Writer, backstage: &Backstage) {
    let Backstage {
        text,
        kind,
        department,
    } = backstage;
    w.inline(|l| {
        l.text("text", text);
        l.word_if(
            "kind",
            match kind {
                BackstageKind::Process => None,
                BackstageKind::System => Some("system"),
                BackstageKind::People => Some("people"),
            },
        );
        l.id_if("department", department.as_ref());
    });
}

fn measurement(w: &mut Writer, measurement: &Measurement) {
    let Measurement {
        metric,
        value,
        unit,
        n,
        date,
    } = measurement;
    w.inline(|l| {
        l.text("metric", metric);
        l.decimal("value", *value);
        l.text_if("unit", unit);
        if let Some(n) = n {
            l.word("n", n);
        }
        l.quoted_if("date", *date);
    });
}

fn path(w: &mut Writer, path: &Path) {
    let Path {
        to,
        kind,
        label,
        share,
    } = path;
    w.inline(|l| {
        l.id("to", to);
        l.word_if(
            "kind",
            match kind {
                PathKind::Next => None,
                PathKind::Alternative => Some("alternative"),
                PathKind::Failure => Some("failure"),
                PathKind::Return => Some("return"),
            },
        );
        l.text_if("label", label);
        if let Some(share) = share {
            l.word("share", share.percent());
        }
    });
}

fn action(w: &mut Writer, action: &Action) {
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
        b.word_if(
            "status",
            match status {
                ActionStatus::Planned => None,
                ActionStatus::Started => Some("started"),
                ActionStatus::Done => Some("done"),
                ActionStatus::Dropped => Some("dropped"),
            },
        );
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

fn note(w: &mut Writer, note: &Note) {
    let Note { id, text, votes } = note;
    w.inline(|l| {
        l.id("id", id);
        l.text("text", text);
        l.count_if("votes", *votes);
    });
}

fn suppression(w: &mut Writer, suppression: &Suppression) {
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

fn basis_word(basis: Basis) -> &'static str {
    match basis {
        Basis::Assumption => "assumption",
        Basis::Observed => "observed",
        Basis::Interviewed => "interviewed",
        Basis::Measured => "measured",
    }
}
