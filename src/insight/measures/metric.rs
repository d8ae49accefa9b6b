//! Standardized survey metrics by their usual names, and scales by unit or name.
//!
//! Must not know: statistics, dates.

use crate::folding::fold_text;
use crate::model::{Answers, MAX_SCALE_STEPS, Measurement};

/// A standardized survey metric.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum SurveyMetric {
    /// Net Promoter Score: the share of promoters less that of detractors, −100 to 100
    /// (Reichheld, The one number you need to grow, Harvard Business Review, December 2003).
    Nps,
    /// Customer satisfaction: a mean, usually from 1 to 5, or a share of satisfied customers.
    Csat,
    /// Customer Effort Score, from 1 to 7 in its present form (Dixon, Toman and DeLisi, The
    /// Effortless Experience, 2013).
    Ces,
}

impl SurveyMetric {
    /// The short name.
    fn name(self) -> &'static str {
        match self {
            SurveyMetric::Nps => "NPS",
            SurveyMetric::Csat => "CSAT",
            SurveyMetric::Ces => "CES",
        }
    }

    /// Whether a higher value is better; `None` for CES, whose scales run both ways.
    pub(super) fn is_higher_better(self) -> Option<bool> {
        (self != SurveyMetric::Ces).then_some(true)
    }
}

/// The usual names, the longest of each kind first.
const NAMES: [(&str, SurveyMetric); 18] = [
    ("net promoter score", SurveyMetric::Nps),
    ("net promoter", SurveyMetric::Nps),
    ("nps score", SurveyMetric::Nps),
    ("nps", SurveyMetric::Nps),
    ("tnps", SurveyMetric::Nps),
    ("rnps", SurveyMetric::Nps),
    ("enps", SurveyMetric::Nps),
    ("customer satisfaction score", SurveyMetric::Csat),
    ("customer satisfaction", SurveyMetric::Csat),
    ("satisfaction score", SurveyMetric::Csat),
    ("satisfaction", SurveyMetric::Csat),
    ("csat score", SurveyMetric::Csat),
    ("csat", SurveyMetric::Csat),
    ("customer effort score", SurveyMetric::Ces),
    ("customer effort", SurveyMetric::Ces),
    ("effort score", SurveyMetric::Ces),
    ("effort", SurveyMetric::Ces),
    ("ces", SurveyMetric::Ces),
];

/// Words that may stand before such a name.
const QUALIFIERS: [&str; 11] = [
    "overall",
    "total",
    "average",
    "mean",
    "relationship",
    "relational",
    "transactional",
    "brand",
    "product",
    "employee",
    "the",
];

/// A metric as recognized from its name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct RecognizedMetric {
    /// The standardized metric; `None` for any other.
    pub survey: Option<SurveyMetric>,
    /// The name in one spelling: `NPS`, `CSAT app`, `time to decision`.
    pub name: String,
}

/// Whether two names are of one metric: `Net Promoter Score` and `NPS`.
pub(crate) fn is_same_metric(one: &str, other: &str) -> bool {
    recognize(one) == recognize(other)
}

/// The words of a text, folded.
fn words(text: &str) -> Vec<String> {
    let words = text.split(|c: char| !c.is_alphanumeric() && c != '%');
    let words = words.filter(|word| !word.is_empty());
    words.map(fold_text).collect()
}

/// Removes a name at the beginning of words.
fn strip_name<'w>(words: &'w [String], name: &str) -> Option<&'w [String]> {
    let mut rest = words;
    for expected in name.split(' ') {
        rest = rest.split_first().filter(|(word, _)| *word == expected)?.1;
    }
    Some(rest)
}

/// Recognizes a metric: one of the usual names, alone or with what it is of, behind a bracket,
/// comma, colon or dash: `Net Promoter Score (NPS)`, `CSAT – app`. `NPS promoters` is
/// another metric.
pub(super) fn recognize(metric: &str) -> RecognizedMetric {
    let metric = metric.trim();
    let cut = metric.find(['(', ',', ':', '–', '—', '/', '|']);
    let cut = cut.or_else(|| metric.find(" - "));
    let (head, tail) = metric.split_at(cut.unwrap_or(metric.len()));
    let head = words(head);
    let known = |word: &&String| QUALIFIERS.contains(&word.as_str());
    let qualifiers: Vec<&String> = head.iter().take_while(known).collect();
    let rest = &head[qualifiers.len()..];
    let survey = NAMES.iter().find_map(|(name, survey)| {
        let rest = strip_name(rest, name)?;
        rest.is_empty().then_some(*survey)
    });
    let Some(survey) = survey else {
        return RecognizedMetric {
            survey: None,
            name: words(metric).join(" "),
        };
    };
    let mut name = vec![survey.name().to_owned()];
    name.extend(
        qualifiers
            .into_iter()
            .filter(|word| *word != "the")
            .cloned(),
    );
    let tail = words(tail);
    if tail != [fold_text(survey.name())] {
        name.extend(tail);
    }
    RecognizedMetric {
        survey: Some(survey),
        name: name.join(" "),
    }
}

/// The scale of a metric.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MetricScale {
    /// The lowest possible value.
    pub low: f64,
    /// The highest possible value.
    pub high: f64,
    /// Whether the value is a share of the answers, so that value and number of answers
    /// determine its variance.
    pub is_proportion: bool,
    /// Whether a value outside is a mistake: the unit states the scale, or the metric has it
    /// by definition. A percentage of anything else may exceed 100.
    pub is_strict: bool,
}

impl MetricScale {
    const fn of_mean(low: f64, high: f64) -> MetricScale {
        MetricScale {
            low,
            high,
            is_proportion: false,
            is_strict: true,
        }
    }

    const fn of_share() -> MetricScale {
        MetricScale {
            is_proportion: true,
            ..MetricScale::of_mean(0.0, 100.0)
        }
    }

    /// Whether a value is on the scale.
    pub fn contains(&self, value: f64) -> bool {
        (self.low..=self.high).contains(&value)
    }

    /// The value as a fraction of the scale, 0 … 1.
    pub fn fraction(&self, value: f64) -> f64 {
        (value - self.low) / (self.high - self.low)
    }
}

/// The highest value of a scale that a unit can state.
const MAX_STATED: u16 = 100;

/// The scale that a unit states: `of 5`, `out of 10`, `/7`, `1–5`, `0 to 10`, `stars`. A scale
/// that is stated by its top begins at 0 from 10 on, otherwise at 1.
pub(super) fn stated_range(unit: &str) -> Option<(f64, f64)> {
    let slash = unit.trim_start().starts_with('/');
    let unit = unit
        .replace(['–', '—', '-', '…'], " to ")
        .replace("..", " to ");
    let mut words = words(&unit);
    words.retain(|word| !matches!(word.as_str(), "scale" | "points" | "stars" | "from"));
    let number = |word: &str| word.parse().ok().filter(|top| *top <= MAX_STATED);
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let (low, high) = match words.as_slice() {
        [] if unit.trim().eq_ignore_ascii_case("stars") => (1, 5),
        ["of", top] | ["out", "of", top] => {
            let top = number(top)?;
            (u16::from(top < 10), top)
        }
        [top] if slash => {
            let top = number(top)?;
            (u16::from(top < 10), top)
        }
        [low, "to", high] => (number(low)?, number(high)?),
        _ => return None,
    };
    (low < high).then_some((f64::from(low), f64::from(high)))
}

/// The scale of a measurement: of its counts, as its unit states it, of NPS, of percentages, and of CSAT and
/// CES by the range that the value fits. `None` if that is unknown.
pub fn scale(measurement: &Measurement) -> Option<MetricScale> {
    match measurement.answers() {
        Some(Answers::Share(_)) => return Some(MetricScale::of_share()),
        Some(Answers::Nps(_)) => return Some(MetricScale::of_mean(-100.0, 100.0)),
        Some(Answers::Scale(counts)) => {
            return Some(MetricScale::of_mean(1.0, counts.len() as f64));
        }
        None => {}
    }
    let value = measurement.value?.value();
    let unit = measurement.unit.trim();
    let survey = recognize(&measurement.metric).survey;
    if let Some((low, high)) = stated_range(unit) {
        return Some(MetricScale::of_mean(low, high));
    }
    let percentage = MetricScale {
        is_strict: survey.is_some(),
        ..MetricScale::of_share()
    };
    match (survey, unit) {
        (Some(SurveyMetric::Nps), "" | "%" | "points") => Some(MetricScale::of_mean(-100.0, 100.0)),
        (_, "%") => Some(percentage),
        (Some(SurveyMetric::Csat), "") => match value {
            1.0..=5.0 => Some(MetricScale::of_mean(1.0, 5.0)),
            // A fraction, or a mean on a longer scale.
            0.0..=10.0 => None,
            _ => Some(percentage),
        },
        (Some(SurveyMetric::Ces), "") => match value {
            1.0..=7.0 => Some(MetricScale::of_mean(1.0, 7.0)),
            0.0..=10.0 => None,
            _ => Some(percentage),
        },
        _ => None,
    }
}

/// The kinds of answers that a metric counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SurveyScale {
    /// Answers from 0 to 10, counted as promoters, passives and detractors.
    Nps,
    /// Yes or no.
    Share,
    /// A number of steps from 1.
    Steps(usize),
}

/// The kinds of answers to the question of a metric: as the unit states, otherwise of NPS, from 1 to
/// 5 of CSAT and from 1 to 7 of CES. `None` if they are unknown.
pub fn survey_scale(metric: &str, unit: &str) -> Option<SurveyScale> {
    let survey = recognize(metric).survey;
    match (stated_range(unit), unit.trim(), survey) {
        (Some((0.0, 10.0)), _, Some(SurveyMetric::Nps)) | (None, _, Some(SurveyMetric::Nps)) => {
            Some(SurveyScale::Nps)
        }
        (Some((1.0, high)), ..) => {
            let steps = high as usize;
            (4..=MAX_SCALE_STEPS)
                .contains(&steps)
                .then_some(SurveyScale::Steps(steps))
        }
        (Some(_), ..) => None,
        (None, "%", _) => Some(SurveyScale::Share),
        (None, "", Some(SurveyMetric::Csat)) => Some(SurveyScale::Steps(5)),
        (None, "", Some(SurveyMetric::Ces)) => Some(SurveyScale::Steps(7)),
        _ => None,
    }
}

/// Whether the measurement comes from a survey of customers.
pub fn is_survey(measurement: &Measurement) -> bool {
    recognize(&measurement.metric).survey.is_some() || stated_range(&measurement.unit).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Decimal;

    fn of(metric: &str, value: f64, unit: &str) -> Option<(f64, f64)> {
        let measurement = Measurement {
            metric: metric.to_owned(),
            value: Decimal::from_value(value),
            unit: unit.to_owned(),
            ..Measurement::default()
        };
        scale(&measurement).map(|scale| (scale.low, scale.high))
    }

    #[test]
    fn metrics_are_recognized_by_their_usual_names() {
        for (metric, name) in [
            ("NPS", "NPS"),
            ("nps", "NPS"),
            ("Net Promoter Score", "NPS"),
            ("Net Promoter Score (NPS)", "NPS"),
            ("Net-Promoter-Score", "NPS"),
            ("NPS - branch", "NPS branch"),
            ("Relationship NPS", "NPS relationship"),
            ("Customer satisfaction", "CSAT"),
            ("Overall satisfaction", "CSAT overall"),
            ("CSAT – app", "CSAT app"),
            ("CSAT (app)", "CSAT app"),
            ("Customer Effort Score", "CES"),
            ("Effort", "CES"),
            ("NPS promoters", "nps promoters"),
            ("Time to  decision", "time to decision"),
        ] {
            assert_eq!(recognize(metric).name, name, "{metric}");
        }
    }

    #[test]
    fn scales_follow_from_unit_or_name() {
        let nps = Some((-100.0, 100.0));
        assert_eq!(of("nps", -30.0, ""), nps);
        assert_eq!(of("Net Promoter Score", 140.0, ""), nps);
        assert_eq!(of("NPS", 8.6, "of 10"), Some((0.0, 10.0)));
        for unit in [
            "of 5",
            "/5",
            "/ 5",
            "out of 5",
            "1–5",
            "1 to 5",
            "(1-5)",
            "stars",
            "of 5 stars",
        ] {
            assert_eq!(of("Rating", 4.0, unit), Some((1.0, 5.0)), "{unit}");
        }
        assert_eq!(of("CSAT", 9.0, "of 5"), Some((1.0, 5.0)));
        assert_eq!(of("Stars", 7.0, "of 10"), Some((0.0, 10.0)));
        assert_eq!(of("Points", 7.0, "0..20"), Some((0.0, 20.0)));
        assert_eq!(of("CES", 5.5, ""), Some((1.0, 7.0)));
        assert_eq!(of("CSAT", 84.0, "%"), Some((0.0, 100.0)));
        assert_eq!(of("Satisfaction", 84.0, ""), Some((0.0, 100.0)));
        for (metric, unit) in [
            ("Wait", "min"),
            ("Odd", "of 1"),
            ("Odd", "5–1"),
            ("Complaints", "per 1000"),
            ("Complaints", "of 1000"),
            ("CSAT", ""),
            ("NPS", "€"),
        ] {
            assert_eq!(of(metric, 9.0, unit), None, "{metric} {unit}");
        }
    }
}
