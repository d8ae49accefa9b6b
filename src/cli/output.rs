//! JSON and text output shared by several commands. Fields of JSON are only ever
//! added; a change of meaning raises the version.
//!
//! Must not know: the commands.

use super::outcome::CliError;
use crate::english::quoted;
use crate::graph::{CurvePoint, EmotionCurve, Graph, RouteTime};
use crate::model::{Map, Span, TouchpointId};
use crate::text::{escaped, is_escaped};
use serde::Serialize;
use std::borrow::Cow;
use std::io::Write;

/// The output format of commands with text and JSON output.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum TextOrJson {
    /// For people
    Text,
    /// JSON, for other programs
    Json,
}

/// Writes a value as indented JSON with a final newline.
pub(super) fn write_json(value: &impl Serialize, out: &mut dyn Write) -> Result<(), CliError> {
    let json = serde_json::to_string_pretty(value);
    let json = json.map_err(|error| CliError::Output(error.into()))?;
    write_json_text(&json, out)
}

/// Writes JSON with a final newline. Characters that a terminal obeys and that JSON allows in texts
/// become `\u` escapes, which mean the same.
pub(super) fn write_json_text(json: &str, out: &mut dyn Write) -> Result<(), CliError> {
    let mut safe = String::with_capacity(json.len());
    for c in json.chars() {
        // The line breaks of the layout; those inside of texts are escaped already.
        if c == '\n' || !is_escaped(c) {
            safe.push(c);
            continue;
        }
        for unit in c.encode_utf16(&mut [0; 2]) {
            safe.push_str(&format!("\\u{unit:04x}"));
        }
    }
    writeln!(out, "{safe}")?;
    Ok(())
}

/// Peak, trough, end and mean of a curve, by the ids of touchpoints.
#[derive(Serialize)]
pub(super) struct CurveJson {
    scored: usize,
    silent: usize,
    peak: MomentJson,
    trough: MomentJson,
    end: MomentJson,
    mean: f64,
}

#[derive(Serialize)]
struct MomentJson {
    touchpoint: Option<TouchpointId>,
    moment: &'static str,
    score: f64,
}

impl CurveJson {
    pub(super) fn of(graph: &Graph, curve: &EmotionCurve) -> CurveJson {
        let moment = |moment: CurvePoint| MomentJson {
            touchpoint: graph.touchpoint(moment.touchpoint).cloned(),
            moment: moment.moment.word(),
            score: moment.score.value(),
        };
        CurveJson {
            scored: curve.points.len(),
            silent: curve.unscored,
            peak: moment(curve.peak),
            trough: moment(curve.trough),
            end: moment(curve.end),
            mean: (curve.mean() * 1000.0).round() / 1000.0,
        }
    }
}

/// The names of touchpoints on one line each, by position.
pub(super) struct StepNames<'m>(Vec<Cow<'m, str>>);

impl<'m> StepNames<'m> {
    pub(super) fn of(map: &'m Map) -> StepNames<'m> {
        StepNames(map.touchpoints().map(|t| escaped(t.name.trim())).collect())
    }

    pub(super) fn quoted(&self, position: usize) -> String {
        quoted(self.0.get(position).map_or("", |name| name))
    }
}

/// Formats a curve: `peak +1.9 at “A”, trough −1.2 at “B”, end +0.4 at “C”, mean
/// +0.2`.
pub(super) fn curve_text(names: &StepNames<'_>, curve: &EmotionCurve) -> String {
    if let [only] = curve.points.as_slice()
        && curve.peak == *only
        && curve.trough == *only
    {
        return format!("{} at {}", only.score, names.quoted(only.touchpoint));
    }
    let say = |what: &str, moment: CurvePoint| {
        let name = names.quoted(moment.touchpoint);
        format!("{what} {} {} {name}", moment.score, moment.moment.word())
    };
    let mean = crate::model::Score::from_value(curve.mean());
    format!(
        "{}, {}, {}, mean {}",
        say("peak", curve.peak),
        say("trough", curve.trough),
        say("end", curve.end),
        mean.map_or(String::new(), |mean| mean.to_string())
    )
}

/// Formats a time, such as `2 d 4 h`, with the number of steps that have no
/// duration.
pub(super) fn time_text(time: RouteTime, steps: usize) -> String {
    let minutes = u32::try_from(time.minutes).unwrap_or(u32::MAX);
    let span = Span::from_minutes(minutes);
    match time.unknown {
        0 => span.to_string(),
        unknown if unknown == steps => "no times".to_owned(),
        1 => format!("{span} and one step without a time"),
        unknown => format!("{span} and {unknown} steps without a time"),
    }
}
