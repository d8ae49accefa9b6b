//! Rules on measurements, their quality, and durations.

use crate::english::{count, join_with_and, quoted};
use crate::insight::context::CheckContext;
use crate::insight::finding::Fix;
use crate::insight::measures::{
    ConfidenceInterval, Fall, MeasurementSeries, confidence_interval, is_possible_deviation,
    is_survey, scale, series_of,
};
use crate::insight::rule::{Rule, catalogue};
use crate::model::{Date, Decimal, Field, MapKind, Measurement, ObjectRef, Record as _, Span};

catalogue! {
    Measurement;
    MOMENT_UNMEASURED = "moment-unmeasured", Advice, "Key moment not measured",
        "The first or last contact, or a moment of truth, is not measured.",
        "The peak and the end shape what customers remember, and the first contact decides whether they continue: measurements are worth most there.",
        "Fredrickson and Kahneman, Duration neglect in retrospective evaluations of affective episodes, Journal of Personality and Social Psychology 65, 1993",
        "“Receives the card” is the last contact and has no measurement.";
    SAMPLE_SMALL = "sample-small", Advice, "Small sample",
        "A measurement rests on so few answers that it can be off by more than a tenth of its scale.",
        "Decisions would rest on chance. The interval is Wilson's for 95 %, for means and NPS with a known standard deviation Student's; without it, it is the widest that the value allows, so the true one lies within.",
        "Wilson, Probable inference, the law of succession, and statistical inference, Journal of the American Statistical Association 22, 1927; Student, The probable error of a mean, Biometrika 6, 1908; Bhatia and Davis, A better bound on the variance, American Mathematical Monthly 107, 2000",
        "NPS 20 from 30 answers: at most, anything from −15 to 50.";
    MEASUREMENT_IMPOSSIBLE = "measurement-impossible", Warning, "Impossible value",
        "A value is off the scale of its metric, does not follow from its counts, its standard deviation is larger than the scale allows, or its date is in the future.",
        "The figure is wrong, and everything compared with it misleads.",
        "Reichheld, The one number you need to grow, Harvard Business Review, December 2003 (NPS from −100 to 100); for other metrics the scale that the unit states",
        "NPS 140, or CSAT 9 of 5.";
    MEASUREMENT_UNDATED = "measurement-undated", Advice, "Measurement without date",
        "A measurement has a value and no date.",
        "Nobody can tell whether it still holds, or which of two is the newer one.",
        "Touchline's own rule",
        "NPS 18, at some time.";
    MEASUREMENT_STALE = "measurement-stale", Advice, "Old measurement",
        "The newest measurement of a metric is more than a year old.",
        "Prices, people and seasons have changed since; the figure describes the past.",
        "Touchline's own rule: a year covers every season",
        "CSAT 4.2, in March of the year before last.";
    MEASUREMENT_FALLING = "measurement-falling", Warning, "Falling measurement",
        "NPS or CSAT fell, at once or in small steps; CES is left out, because its scale has no agreed direction.",
        "Something changed between the dates, and its cause may still be remembered.",
        "Touchline's own rule: a fall counts from a twentieth of the scale on, and a smaller one if the 95 % interval of the difference excludes zero",
        "CSAT 4.4 in autumn, 3.9 in spring, each from 300 answers.";
    SURVEY_FATIGUE = "survey-fatigue", Advice, "Too many surveys",
        "On one path through the journey, a customer can be surveyed more than four times.",
        "Customers who are asked too often stop answering, and those who still answer are no longer representative.",
        "Porter, Whitcomb and Weitzer, Multiple surveys of students and survey fatigue, New Directions for Institutional Research 121, 2004",
        "CSAT after the call, the visit, the letter, the login and the first bill.";
    STAGE_TOO_SHORT = "stage-too-short", Warning, "Stage shorter than its steps",
        "The steps of a stage take longer than the stage.",
        "Durations that contradict each other make every sum of them wrong: the length of the journey and the shortest and longest route.",
        "Arithmetic: a stage lasts at least as long as its steps along the usual route",
        "“Apply” takes 20 min, and “Fills in the form” alone 45 min.";
}

/// Maximum half-width of an interval, as a share of the scale.
const MAX_HALF_WIDTH: f64 = 0.1;
/// Age in days after which a measurement is stale.
const MAX_AGE_DAYS: i32 = 365;
/// Maximum number of surveys on one route.
const MAX_SURVEYS: usize = 4;
/// Maximum number of records that each have a finding about missing dates; more have one
/// together.
const MAX_UNDATED: usize = 3;

pub(crate) fn check(cx: &mut CheckContext<'_>) {
    if cx.is_journey() {
        unmeasured(cx);
    }
    for touchpoint in cx.touchpoints.clone() {
        let at = format!(" at {}", quoted(&touchpoint.name));
        check_measurements(cx, touchpoint.into(), &touchpoint.measurements, &at);
    }
    let header = &cx.map.header().measurements;
    check_measurements(cx, ObjectRef::Map, header, "");
    undated(cx);
    survey_fatigue(cx);
    stage_durations(cx);
}

/// The label of the fixes.
const ENTER_MEASUREMENT: &str = "Enter a measurement";

fn unmeasured(cx: &mut CheckContext<'_>) {
    let (first, last) = (cx.graph.first_contact(), cx.graph.last_contact());
    for (position, touchpoint) in cx.touchpoints.clone().into_iter().enumerate() {
        if touchpoint.is_measured() || cx.is_social(position) {
            continue;
        }
        let name = quoted(&touchpoint.name);
        let message = if Some(position) == first {
            format!("first contact {name}: not measured")
        } else if Some(position) == last {
            format!("last contact {name}: not measured")
        } else if touchpoint.moment_of_truth {
            format!("moment of truth {name}: not measured")
        } else {
            continue;
        };
        cx.report(&MOMENT_UNMEASURED, touchpoint, message)
            .fill_in(ENTER_MEASUREMENT, Field::Measurements);
    }
}

/// Reports the findings about the measurements of one record; `at` names it in messages
/// and is empty for the whole journey.
fn check_measurements(
    cx: &mut CheckContext<'_>,
    subject: ObjectRef,
    measurements: &[Measurement],
    at: &str,
) {
    let (today, kind) = (cx.today, cx.map.header().kind);
    let enter = (ENTER_MEASUREMENT, Field::Measurements);
    for series in series_of(measurements) {
        let mut report = |rule: &'static Rule, index: usize, message: String, fix| {
            let (label, field): (&'static str, Field) = fix;
            let location = subject
                .clone()
                .field(Field::Measurement(Field::index(index)));
            cx.report(rule, subject.clone(), message)
                .at(location)
                .about(&*series.name)
                .fill_in(label, field);
        };
        if let Some((index, message, fix)) = impossible(&series, at, kind, today) {
            report(&MEASUREMENT_IMPOSSIBLE, index, message, fix);
        }
        let (last, newest) = series.newest();
        if let Some(message) = small_sample(newest, at) {
            let fix = ("Enter more answers", Field::SampleSize(Field::index(last)));
            report(&SAMPLE_SMALL, last, message, fix);
        }
        if let Some(fall) = series.fall() {
            report(
                &MEASUREMENT_FALLING,
                last,
                fall_message(&fall, newest, at),
                enter,
            );
        }
        if let Some(date) = newest.date.filter(|date| is_old(*date, today)) {
            let metric = newest.metric.trim();
            let message = format!("{metric}{at}: last measured on {date}, over a year ago");
            report(&MEASUREMENT_STALE, last, message, enter);
        }
    }
}

/// The newest measurement of a series that cannot be true, the reason, and the fix. In a future map
/// a value with a date to come and without answers is a target.
fn impossible(
    series: &MeasurementSeries<'_>,
    at: &str,
    kind: MapKind,
    today: Date,
) -> Option<(usize, String, (&'static str, Field))> {
    series.taken.iter().rev().find_map(|(index, it)| {
        let (figure, scale) = (figure(it), scale(it).filter(|scale| scale.is_strict));
        let field = Field::index(*index);
        let (message, fix) = if let Some(scale) = scale
            && !scale.contains(value(it).value())
        {
            let (low, high) = (number(scale.low), number(scale.high));
            (
                format!("{figure}{at}: off the scale from {low} to {high}"),
                ("Correct the value", Field::MeasuredValue(field)),
            )
        } else if let Some(sd) = it.sd
            && let Some(scale) = scale
            && !is_possible_deviation(it, scale)
        {
            (
                format!("{figure}{at}: no answers on its scale have a standard deviation of {sd}"),
                ("Correct the standard deviation", Field::Spread(field)),
            )
        } else if let Some(answers) = it.answers()
            && !it.agrees_with_counts()
        {
            let (value, n) = (number(answers.value()), answers.n().unwrap_or(0));
            (
                format!(
                    "{figure}{at}: its counts give {value} from {}",
                    count(n as usize, "answer")
                ),
                ("Correct the answers by kind", Field::Counts(field)),
            )
        } else {
            let is_target = kind == MapKind::Future && it.n.is_none();
            let date = it.date.filter(|date| *date > today && !is_target)?;
            (
                format!("{figure}{at}: dated {date}, in the future"),
                ("Correct the date", Field::MeasuredOn(field)),
            )
        };
        Some((*index, message, fix))
    })
}

fn small_sample(newest: &Measurement, at: &str) -> Option<String> {
    let figure = figure(newest);
    if newest.n == Some(0) {
        return Some(format!("{figure}{at}: no answers"));
    }
    let interval = confidence_interval(newest)?;
    let ConfidenceInterval {
        low, high, scale, ..
    } = interval;
    if high - low <= 2.0 * MAX_HALF_WIDTH * (scale.high - scale.low) {
        return None;
    }
    let (low, high) = (number(low), number(high));
    let answers = count(newest.n.unwrap_or(0) as usize, "answer");
    let widest = if interval.is_bound { " at most" } else { "" };
    Some(format!(
        "{figure}{at}: only {answers}, may be anything from {low} to {high}{widest}"
    ))
}

fn fall_message(fall: &Fall<'_>, newest: &Measurement, at: &str) -> String {
    let (metric, from, to) = (newest.metric.trim(), value(fall.from), value(newest));
    let when = newest
        .date
        .map_or(String::new(), |date| format!(" by {date}"));
    let steps = match fall.count {
        2 => String::new(),
        count => format!(" in {} steps", count - 1),
    };
    let answers = (fall.from.n.unwrap_or(0), newest.n.unwrap_or(0));
    let chance = match answers {
        _ if !fall.may_be_chance => String::new(),
        (n, m) if n == m => format!(", may be chance with {n} answers each"),
        (n, m) => format!(", may be chance with {n} and {m} answers"),
    };
    format!("{metric}{at}: down from {from} to {to}{steps}{when}{chance}")
}

fn is_old(date: Date, today: Date) -> bool {
    date.until(today)
        .is_ok_and(|span| span.get_days() > MAX_AGE_DAYS)
}

/// Formats a measurement: `CSAT 3.4 of 5`.
fn figure(measurement: &Measurement) -> String {
    let unit = measurement.unit.trim();
    let gap = if unit.is_empty() { "" } else { " " };
    let value = value(measurement);
    format!("{} {value}{gap}{unit}", measurement.metric.trim())
}

fn value(measurement: &Measurement) -> Decimal {
    measurement.value.unwrap_or_default()
}

/// Formats a number with at most one decimal.
fn number(value: f64) -> String {
    Decimal::from_value((value * 10.0).round() / 10.0).map_or(String::new(), |d| d.to_string())
}

/// Reports values without a date: one finding a record, or one for the map if there are many.
fn undated(cx: &mut CheckContext<'_>) {
    const LABEL: &str = "Enter the date";
    let touchpoints = cx.touchpoints.iter();
    let records = touchpoints.map(|t| {
        (
            t.object(),
            &t.measurements,
            format!("at {}", quoted(&t.name)),
        )
    });
    let header = &cx.map.header().measurements;
    let whole = (ObjectRef::Map, header, "for the whole journey".to_owned());
    let mut found = Vec::new();
    for (subject, measurements, name) in records.chain([whole]) {
        let dateless = |it: &&Measurement| it.value.is_some() && it.date.is_none();
        let all: Vec<String> = measurements.iter().filter(dateless).map(figure).collect();
        if let Some(first) = measurements.iter().position(|it| dateless(&it)) {
            found.push((subject, first, all, name));
        }
    }
    if found.len() > MAX_UNDATED {
        let count: usize = found.iter().map(|(_, _, all, _)| all.len()).sum();
        let (subject, first, ..) = found.swap_remove(0);
        let field = subject.field(Field::MeasuredOn(Field::index(first)));
        let message = format!("{count} measurements: no date");
        cx.report(&MEASUREMENT_UNDATED, ObjectRef::Map, message)
            .fix(Fix::FillIn {
                label: LABEL,
                field,
            });
        return;
    }
    for (subject, first, all, name) in found {
        let figures = join_with_and(&all);
        let message = format!("{figures} {name}: no date");
        let field = Field::MeasuredOn(Field::index(first));
        let location = subject.clone().field(field);
        cx.report(&MEASUREMENT_UNDATED, subject, message)
            .at(location)
            .fill_in(LABEL, field);
    }
}

/// Compares the duration of each stage with that of its steps along the usual route.
fn stage_durations(cx: &mut CheckContext<'_>) {
    let mut usual = cx.graph.usual_route();
    usual.sort_unstable();
    let mut first = 0;
    for (stage, touchpoints) in cx.map.touchpoint_lists() {
        let end = first + touchpoints.len();
        let steps = usual.partition_point(|at| *at < first)..usual.partition_point(|at| *at < end);
        first = end;
        let steps = cx.graph.route_time(&usual[steps]).minutes;
        let Some(whole) = stage.duration.filter(|it| u64::from(it.minutes()) < steps) else {
            continue;
        };
        let name = quoted(&stage.name);
        let steps = Span::from_minutes(u32::try_from(steps).unwrap_or(u32::MAX));
        let message = format!("stage {name}: {whole}, but its steps take {steps}");
        cx.report(&STAGE_TOO_SHORT, stage, message)
            .at(stage.object().field(Field::Duration))
            .fill_in("Correct the duration", Field::Duration);
    }
}

fn survey_fatigue(cx: &mut CheckContext<'_>) {
    let graph = cx.graph;
    let touchpoints = cx.touchpoints.iter();
    let asked: Vec<bool> = touchpoints
        .map(|touchpoint| touchpoint.measurements.iter().any(is_survey))
        .collect();
    if asked.iter().filter(|asked| **asked).count() <= MAX_SURVEYS {
        return;
    }
    let ends = graph.first_contact().zip(graph.last_contact());
    let Some(direct) = ends.and_then(|(first, last)| graph.direct_routes(first, last)) else {
        return;
    };
    let way = direct.heaviest(|at| (i64::from(asked[at]), 0));
    let surveys = way.iter().filter(|at| asked[**at]).count();
    if surveys > MAX_SURVEYS {
        let message = format!("customers can be surveyed {surveys} times on one path");
        cx.report(&SURVEY_FATIGUE, ObjectRef::Map, message);
    }
}
