//! Rules on measurements and their quality.

use crate::english::{count_in_words, quoted};
use crate::insight::context::CheckContext;
use crate::insight::rule::catalogue;
use crate::model::{Date, Decimal, Field, Measurement, ObjectRef};

catalogue! {
    Measurement;
    MOMENT_UNMEASURED = "moment-unmeasured", Advice,
        "The first or last contact, or a moment of truth, is not measured.",
        "The peak and the end shape what customers remember, and the first contact decides whether they continue: measurements are worth most there.",
        "Fredrickson and Kahneman, Duration neglect in retrospective evaluations of affective episodes, Journal of Personality and Social Psychology 65, 1993",
        "“Receives the card” is the last contact and has no measurement.";
    SAMPLE_SMALL = "sample-small", Advice,
        "A measurement rests on so few answers that it can be off by more than a tenth of its scale.",
        "Decisions would rest on chance. The interval is Wilson's for 95 %; for means and NPS it is the widest that the value allows.",
        "Wilson, Probable inference, the law of succession, and statistical inference, Journal of the American Statistical Association 22, 1927; Bhatia and Davis, A better bound on the variance, American Mathematical Monthly 107, 2000",
        "NPS 20 from 30 answers: anything from −15 to 50.";
    MEASUREMENT_STALE = "measurement-stale", Advice,
        "The newest measurement is more than a year old.",
        "Prices, people and seasons have changed since; the figure describes the past.",
        "Touchline's own rule: a year covers every season",
        "CSAT 4.2, in March of the year before last.";
    MEASUREMENT_FALLING = "measurement-falling", Warning,
        "NPS or CSAT fell since the previous measurement by more than chance explains; CES is left out, because its scale has no agreed direction.",
        "Something changed between the two dates, and its cause may still be remembered.",
        "Touchline's own rule: a fall counts if the 95 % interval of the difference excludes zero or, without a number of answers, from a twentieth of the scale",
        "CSAT 4.4 in autumn, 3.9 in spring, each from 300 answers.";
    SURVEY_FATIGUE = "survey-fatigue", Advice,
        "On one path through the journey a customer can be asked more than four times.",
        "Customers who are asked too often stop answering, and those who still answer are no longer representative.",
        "Porter, Whitcomb and Weitzer, Multiple surveys of students and survey fatigue, New Directions for Institutional Research 121, 2004",
        "CSAT after the call, the visit, the letter, the login and the first bill.";
}

/// Maximum half-width of an interval, as a share of the scale.
const MAX_HALF_WIDTH: f64 = 0.1;
/// Age in days after which a measurement is stale.
const MAX_AGE_DAYS: i32 = 365;
/// Maximum number of surveys on one route.
const MAX_SURVEYS: usize = 4;
/// The 97.5 % quantile of the normal distribution.
const Z: f64 = 1.959_964;
/// Minimum reported fall without a number of answers, as a share of the scale.
const MIN_FALL: f64 = 0.05;

/// A 95 % confidence interval, in the unit of the metric.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ConfidenceInterval {
    /// The lower bound.
    pub low: f64,
    /// The upper bound.
    pub high: f64,
    /// The ends of the metric's scale.
    pub scale: (f64, f64),
}

/// The scale of a metric: of NPS, of percentages, of `of 5`, and of CSAT and CES
/// by default. `None` for any other metric, and for a value outside its scale.
fn scale(measurement: &Measurement) -> Option<(f64, f64)> {
    let value = measurement.value?.value();
    let unit = measurement.unit.trim();
    let top = unit.strip_prefix("of ").or(unit.strip_prefix('/'));
    let top = top.and_then(|top| top.trim().parse::<u8>().ok());
    let scale = match (top, unit, standard_metric(measurement)) {
        (_, _, Some("NPS")) => (-100.0, 100.0),
        (Some(10), ..) => (0.0, 10.0),
        (Some(top), ..) if top > 1 => (1.0, f64::from(top)),
        (None, "%", _) => (0.0, 100.0),
        (None, "", Some("CSAT")) if value <= 5.0 => (1.0, 5.0),
        (None, "", Some("CSAT")) => (0.0, 100.0),
        (None, "", Some("CES")) => (1.0, 7.0),
        _ => return None,
    };
    (scale.0..=scale.1).contains(&value).then_some(scale)
}

/// The standardized survey metric of a measurement: `NPS`, `CSAT` or `CES`.
fn standard_metric(measurement: &Measurement) -> Option<&'static str> {
    let metric = measurement.metric.trim();
    let mut standard = ["NPS", "CSAT", "CES"].into_iter();
    standard.find(|word| metric.eq_ignore_ascii_case(word))
}

/// The value as a fraction of its scale, 0 … 1.
fn share(measurement: &Measurement, scale: (f64, f64)) -> f64 {
    let value = measurement.value.unwrap_or_default().value();
    (value - scale.0) / (scale.1 - scale.0)
}

/// The 95 % confidence interval of a measured value; `None` if the number of
/// answers or the scale is unknown.
///
/// The score interval of Wilson (1927) for the fraction of the scale. For
/// proportions it is exact in that sense; a mean on a bounded scale varies at
/// most as much as a proportion (Bhatia and Davis, 2000), so there it is
/// conservative.
pub fn confidence_interval(measurement: &Measurement) -> Option<ConfidenceInterval> {
    let scale = scale(measurement)?;
    let n = f64::from(measurement.n.filter(|n| *n > 0)?);
    let p = share(measurement, scale);
    let spread = 1.0 + Z * Z / n;
    let middle = (p + Z * Z / (2.0 * n)) / spread;
    let half = Z / spread * (p * (1.0 - p) / n + Z * Z / (4.0 * n * n)).sqrt();
    let width = scale.1 - scale.0;
    Some(ConfidenceInterval {
        low: scale.0 + width * (middle - half).max(0.0),
        high: scale.0 + width * (middle + half).min(1.0),
        scale,
    })
}

/// Whether the measurement comes from a survey of customers.
fn is_survey(measurement: &Measurement) -> bool {
    let unit = measurement.unit.trim();
    standard_metric(measurement).is_some() || unit.starts_with("of ") || unit.starts_with('/')
}

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
    survey_fatigue(cx);
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
            format!("the first contact, {name}, is not measured")
        } else if Some(position) == last {
            format!("the last contact, {name}, is not measured")
        } else if touchpoint.moment_of_truth {
            format!("{name} is a moment of truth and is not measured")
        } else {
            continue;
        };
        cx.report(&MOMENT_UNMEASURED, touchpoint, message)
            .fill_in(ENTER_MEASUREMENT, Field::Measurements);
    }
}

/// The index of the newest measurement with a value for each metric, and of the
/// one before it.
fn newest(measurements: &[Measurement]) -> Vec<(usize, Option<usize>)> {
    let mut newest: Vec<(usize, Option<usize>)> = Vec::new();
    let taken = measurements.iter().enumerate();
    for (at, it) in taken.filter(|(_, it)| it.value.is_some()) {
        let same = |other: &usize| {
            let other = &measurements[*other];
            let metric = other.metric.trim().to_lowercase() == it.metric.trim().to_lowercase();
            metric && other.unit.trim() == it.unit.trim()
        };
        let Some((last, before)) = newest.iter_mut().find(|(last, _)| same(last)) else {
            newest.push((at, None));
            continue;
        };
        if it.date >= measurements[*last].date {
            *before = Some(std::mem::replace(last, at));
        } else if before.is_none_or(|before| it.date >= measurements[before].date) {
            *before = Some(at);
        }
    }
    newest
}

/// Reports the findings about the measurements of one record; `at` names it in messages
/// and is empty for the whole journey.
fn check_measurements(
    cx: &mut CheckContext<'_>,
    subject: ObjectRef,
    measurements: &[Measurement],
    at: &str,
) {
    let today = cx.today;
    let mut report = |rule, index: usize, message: String| {
        let it = &measurements[index];
        let index = Field::index(index);
        let location = subject.clone().field(Field::Measurement(index));
        cx.report(rule, subject.clone(), message)
            .at(location)
            .about(format!("{} {}", it.metric.trim(), it.unit.trim()).trim())
            .fill_in(ENTER_MEASUREMENT, Field::Metric(index));
    };
    let newest = newest(measurements);
    for &(last, before) in &newest {
        let it = &measurements[last];
        if let Some(ConfidenceInterval { low, high, scale }) = confidence_interval(it)
            && high - low > 2.0 * MAX_HALF_WIDTH * (scale.1 - scale.0)
        {
            let (figure, low, high) = (figure(it), number(low), number(high));
            let answers = count_in_words(it.n.unwrap_or(0) as usize, "answer", "answers");
            let message =
                format!("{figure}{at} rests on {answers}: it can be anything from {low} to {high}");
            report(&SAMPLE_SMALL, last, message);
        }
        if let Some(before) = before.map(|before| &measurements[before])
            && has_fallen(before, it)
        {
            let (metric, from, to) = (it.metric.trim(), value(before), value(it));
            let when = it.date.map_or(String::new(), |date| format!(" by {date}"));
            let message = format!("{metric}{at} fell from {from} to {to}{when}");
            report(&MEASUREMENT_FALLING, last, message);
        }
    }
    let dated = newest
        .iter()
        .filter_map(|(last, _)| Some((measurements[*last].date?, *last)));
    if let Some((date, last)) = dated.max()
        && is_old(date, today)
    {
        let at = if at.is_empty() {
            " for the whole journey"
        } else {
            at
        };
        let message = format!("the newest figure{at} is of {date}, more than a year ago");
        report(&MEASUREMENT_STALE, last, message);
    }
}

fn is_old(date: Date, today: Date) -> bool {
    date.until(today)
        .is_ok_and(|span| span.get_days() > MAX_AGE_DAYS)
}

fn has_fallen(before: &Measurement, now: &Measurement) -> bool {
    let higher_is_better = matches!(standard_metric(now), Some("NPS" | "CSAT"));
    let (Some(from), Some(to)) = (scale(before), scale(now)) else {
        return false;
    };
    if !higher_is_better || from != to || before.date.is_none() || before.date == now.date {
        return false;
    }
    let (was, is) = (share(before, from), share(now, to));
    let fall = was - is;
    match (before.n.filter(|n| *n > 0), now.n.filter(|n| *n > 0)) {
        (Some(n), Some(m)) => {
            let variance = was * (1.0 - was) / f64::from(n) + is * (1.0 - is) / f64::from(m);
            fall > Z * variance.sqrt()
        }
        _ => fall >= MIN_FALL,
    }
}

/// Formats a measurement: `CSAT 3.4 of 5`.
fn figure(measurement: &Measurement) -> String {
    let unit = measurement.unit.trim();
    let gap = if unit.is_empty() { "" } else { " " };
    let value = value(measurement);
    format!("{} {value}{gap}{unit}", measurement.metric.trim())
}

fn value(measurement: &Measurement) -> String {
    measurement.value.unwrap_or_default().to_string()
}

/// Formats a number with at most one decimal.
fn number(value: f64) -> String {
    Decimal::from_value((value * 10.0).round() / 10.0).map_or(String::new(), |d| d.to_string())
}

fn survey_fatigue(cx: &mut CheckContext<'_>) {
    let graph = cx.graph;
    let asked = |at: &usize| cx.touchpoints[*at].measurements.iter().any(is_survey);
    if (0..graph.len()).filter(asked).count() <= MAX_SURVEYS {
        return;
    }
    let ends = graph.first_contact().zip(graph.last_contact());
    let Some(direct) = ends.and_then(|(first, last)| graph.direct_routes(first, last)) else {
        return;
    };
    let way = direct.heaviest(|at| (i64::from(asked(&at)), 0));
    let surveys = way.iter().filter(|at| asked(at)).count();
    if surveys > MAX_SURVEYS {
        let message = format!("a customer can be asked {surveys} times from first to last contact");
        cx.report(&SURVEY_FATIGUE, ObjectRef::Map, message);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn measured(metric: &str, value: f64, unit: &str, n: u32) -> Measurement {
        Measurement {
            metric: metric.to_owned(),
            value: Some(Decimal::from_value(value).unwrap()),
            unit: unit.to_owned(),
            n: Some(n),
            date: None,
        }
    }

    #[test]
    fn planned_measurements_are_not_evaluated() {
        let planned = Measurement {
            value: None,
            ..measured("NPS", 0.0, "", 30)
        };
        assert_eq!(confidence_interval(&planned), None);
        assert!(newest(std::slice::from_ref(&planned)).is_empty());
        let taken = measured("NPS", 12.0, "", 30);
        assert_eq!(newest(&[taken, planned]), [(0, None)]);
    }

    /// The standard textbook example of Wilson's interval: 10 of 20.
    #[test]
    fn the_interval_is_wilsons() {
        let half = confidence_interval(&measured("Finished", 50.0, "%", 20)).unwrap();
        assert!((half.low - 29.93).abs() < 0.01 && (half.high - 70.07).abs() < 0.01);
        let all = confidence_interval(&measured("Finished", 100.0, "%", 3)).unwrap();
        assert!((all.low - 43.85).abs() < 0.01 && all.high == 100.0);
    }

    #[test]
    fn scales_follow_from_metric_and_unit() {
        let of = |metric, value, unit| scale(&measured(metric, value, unit, 1));
        assert_eq!(of("nps", -30.0, ""), Some((-100.0, 100.0)));
        assert_eq!(of("CSAT", 4.0, "of 5"), Some((1.0, 5.0)));
        assert_eq!(of("Stars", 7.0, "of 10"), Some((0.0, 10.0)));
        assert_eq!(of("CES", 5.5, ""), Some((1.0, 7.0)));
        assert_eq!(of("CSAT", 84.0, "%"), Some((0.0, 100.0)));
        assert_eq!(of("CSAT", 9.0, "of 5"), None);
        assert_eq!(of("Wait", 9.0, "min"), None);
        assert_eq!(of("Odd", 1.0, "of 1"), None);
    }

    #[test]
    fn newest_measurements_are_chosen_by_date_not_by_list_order() {
        let date = |month| {
            let mut m = measured("CSAT", 4.0, "of 5", 10);
            m.date = Some(Date::constant(2026, month, 1));
            m
        };
        assert_eq!(newest(&[date(3), date(1), date(2)]), [(0, Some(2))]);
        assert_eq!(newest(&[date(1), date(2), date(3)]), [(2, Some(1))]);
    }

    #[test]
    fn only_significant_falls_count() {
        let date = |mut m: Measurement, month| {
            m.date = Some(Date::constant(2026, month, 1));
            m
        };
        let fell = |was: Measurement, is: Measurement| has_fallen(&date(was, 1), &date(is, 2));
        assert!(fell(
            measured("CSAT", 4.4, "of 5", 300),
            measured("CSAT", 3.9, "of 5", 300)
        ));
        assert!(!fell(
            measured("CSAT", 4.4, "of 5", 30),
            measured("CSAT", 4.2, "of 5", 30)
        ));
        assert!(!fell(
            measured("CSAT", 4.0, "of 5", 300),
            measured("CSAT", 4.4, "of 5", 300)
        ));
        assert!(!fell(
            measured("Wait", 90.0, "%", 300),
            measured("Wait", 20.0, "%", 300)
        ));
    }
}
