//! Sentences about scores: what a figure rests on, what changed, and how it improved.
//!
//! Must not know: windows, escaping.

use super::actions::serves;
use super::map_scores::Scores;
use super::score::{AttentionReason, ScoreChange, ScoreSeries, ScoreVerdict};
use crate::english::{count, count_in_words, join_with_and, quoted, sentence};
use crate::insight::measures::{ConfidenceInterval, is_same_metric};
use crate::model::{Action, ActionStatus, Answers, Date, Decimal, Measurement, Record as _};

/// Formats a value with at most two decimals.
pub fn figure(value: f64) -> String {
    let hundredths = (value * 100.0).round() / 100.0;
    Decimal::from_value(hundredths).map_or(String::new(), |value| value.to_string())
}

/// Formats a difference with its sign.
pub fn signed(value: f64) -> String {
    if value > 0.0 {
        format!("+{}", figure(value))
    } else {
        figure(value)
    }
}

/// Formats a range: `3.6 to 4`.
fn range(low: f64, high: f64) -> String {
    format!("{} to {}", figure(low), figure(high))
}

/// The unit behind a value: ` of 5`, `%`.
fn unit(measurement: &Measurement) -> String {
    match measurement.unit.trim() {
        "" => String::new(),
        unit => format!(" {unit}"),
    }
}

impl<'m> Scores<'m> {
    /// The name of a series: `CSAT at “Gets the card”`.
    pub fn name(&self, score: &ScoreSeries<'_>) -> String {
        let metric = score.newest().metric.trim();
        match score.touchpoint.and_then(|at| self.touchpoint(at)) {
            Some(touchpoint) => format!("{metric} at {}", quoted(&touchpoint.name)),
            None => format!("{metric} of the whole journey"),
        }
    }

    /// The reasons to look at a series: `worse by 0.4, 0.3 below the target of 4.2`.
    pub fn attention_text(&self, score: &ScoreSeries<'_>) -> String {
        let words = score.attention.iter().map(|reason| match reason {
            AttentionReason::Worse => {
                let by = score.recent.map_or(0.0, |change| change.by.abs());
                format!("worse by {}", figure(by))
            }
            AttentionReason::BelowTarget { by, is_certain } => {
                let target = score.target.unwrap_or_default();
                let chance = if *is_certain { "" } else { ", may be chance" };
                format!("{} below the target of {target}{chance}", figure(*by))
            }
            AttentionReason::LowAt(moment) => {
                format!("in the lower half of its scale, at the {}", moment.name())
            }
        });
        join_with_and(&words.collect::<Vec<_>>())
    }

    /// How a metric came from its first value to its newest one, as paragraphs: the change with
    /// its interval, and the actions that were done in between.
    pub fn story(&self, score: &ScoreSeries<'_>) -> Option<String> {
        let change = score.overall?;
        let (from, to) = (change.from.date?, change.to.date?);
        let name = self.name(score);
        let verb = match change.verdict {
            ScoreVerdict::Better => "improved",
            ScoreVerdict::Worse => "became worse",
            ScoreVerdict::Unchanged => "stayed",
            _ if change.by > 0.0 => "rose",
            _ => "fell",
        };
        let values = match change.verdict {
            ScoreVerdict::Unchanged => format!("at {}", value_text(change.to)),
            _ => format!(
                "from {} to {}",
                figure(value(change.from)),
                value_text(change.to)
            ),
        };
        let span = time_between(from, to);
        let mut text = sentence(&format!("{name} {verb} {values} {span} ({from} to {to})"));
        text += " ";
        text += &sentence(&change_text(&change));
        let mut done: Vec<(Date, &Action)> = self
            .actions(score)
            .filter_map(|action| Some((action.done_on?, action)))
            .filter(|(day, _)| *day > from && *day <= to)
            .collect();
        done.sort_by_key(|(day, _)| *day);
        let done: Vec<String> = done
            .iter()
            .map(|(day, it)| self.action_text(*day, it))
            .collect();
        text += &match done.as_slice() {
            [] => " No action with a date was done in between.".to_owned(),
            _ => format!(" Done in between: {}.", join_with_and(&done)),
        };
        Some(text)
    }

    /// The actions that bear on a series: those that serve its touchpoint; on the whole
    /// journey, those that were to move its metric.
    fn actions(&self, score: &ScoreSeries<'m>) -> impl Iterator<Item = &'m Action> {
        let touchpoint = score.touchpoint.and_then(|at| self.touchpoint(at));
        let metric = score.newest().metric.as_str();
        let bears = move |action: &&Action| match touchpoint {
            Some(touchpoint) => serves(action, touchpoint),
            None => {
                let lift = action.lift.as_ref();
                lift.is_some_and(|lift| is_same_metric(&lift.metric, metric))
            }
        };
        let done = |action: &&Action| action.status == ActionStatus::Done;
        self.map.actions().iter().filter(done).filter(bears)
    }

    fn action_text(&self, day: Date, action: &Action) -> String {
        let owner = action
            .owner
            .as_ref()
            .and_then(|id| self.map.departments().get(id));
        let owner = owner.map(|owner| owner.name().trim().to_owned());
        let expected = action.lift.as_ref().map(|lift| {
            let by = signed(lift.by.value());
            format!("expected {} {by}", lift.metric.trim())
        });
        let about = owner.into_iter().chain([day.to_string()]).chain(expected);
        format!(
            "{} ({})",
            quoted(&action.name),
            about.collect::<Vec<_>>().join(", ")
        )
    }
}

fn value(measurement: &Measurement) -> f64 {
    measurement.value.map_or(0.0, Decimal::value)
}

/// Formats a value with its unit: `3.4 of 5`.
pub fn value_text(measurement: &Measurement) -> String {
    format!("{}{}", figure(value(measurement)), unit(measurement))
}

/// Formats the length of a time in months or days: `in twelve months`.
fn time_between(from: Date, to: Date) -> String {
    let days = from.until(to).map_or(0, |span| span.get_days());
    let months = (f64::from(days) / 30.44).round() as usize;
    match months {
        0 | 1 if days < 45 => format!("in {}", count(days.unsigned_abs() as usize, "day")),
        months => format!("in {}", count_in_words(months, "month", "months")),
    }
}

/// The sentence on a change: its size, interval and conclusion.
pub fn change_text(change: &ScoreChange<'_>) -> String {
    match change.by {
        0.0 if change.difference.is_none() => change_reason(change),
        by => format!("{}, {}", signed(by), change_reason(change)),
    }
}

/// The interval and conclusion of a change.
pub fn change_reason(change: &ScoreChange<'_>) -> String {
    let Some(difference) = change.difference else {
        return match change.by {
            0.0 => "no difference".to_owned(),
            _ => "cannot be told from chance: the number of answers or the scale is unknown"
                .to_owned(),
        };
    };
    let range = range(difference.low, difference.high);
    let most = if difference.is_bound { " at most" } else { "" };
    let word = match change.verdict {
        ScoreVerdict::CannotBeTold => "cannot be told from chance",
        verdict => verdict.word(),
    };
    format!("{range}{most} (95 %), {word}")
}

/// The sentence on the source of the newest figure: when it was measured, on how many answers,
/// and how its interval was computed.
pub fn source_text(measurement: &Measurement, interval: Option<&ConfidenceInterval>) -> String {
    let date = measurement
        .date
        .map_or("at an unknown date".to_owned(), |date| format!("on {date}"));
    let answers = measurement
        .n
        .map_or("an unknown number of answers".to_owned(), |n| {
            count(n as usize, "answer")
        });
    let kind = match measurement.answers() {
        Some(Answers::Nps([promoters, passives, detractors])) => {
            format!(": {promoters} promoters, {passives} passives, {detractors} detractors")
        }
        Some(Answers::Share([with, _])) => format!(": {with} of them count"),
        Some(Answers::Scale(counts)) => {
            let counts: Vec<String> = counts.iter().map(u32::to_string).collect();
            format!(": {} from 1 to {}", counts.join(", "), counts.len())
        }
        None => String::new(),
    };
    let entered = format!("measured {date} with {answers}{kind}");
    let Some(interval) = interval else {
        return entered;
    };
    let range = range(interval.low, interval.high);
    let method = if interval.is_bound {
        "the widest interval that value and number of answers allow"
    } else if matches!(measurement.answers(), Some(Answers::Nps(_))) {
        "adjusted Wald interval, 95 %"
    } else if interval.scale.is_proportion {
        "Wilson's interval, 95 %"
    } else {
        "Student's interval, 95 %"
    };
    format!("{entered}; {range} ({method})")
}
