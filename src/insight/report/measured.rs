//! Narrative section on measurements: the newest value of each metric and the way to it.

use super::writer::{NarrativeWriter, escape_markdown, first_lines, quoted_markdown};
use crate::english::count_in_words;
use crate::insight::measures::{MeasurementSeries, series_of};
use crate::model::Measurement;

/// Maximum number of listed touchpoints.
const MAX_LISTED: usize = 12;

impl NarrativeWriter<'_> {
    /// The measurements of touchpoints: those that fall first, then those over time.
    pub(crate) fn measured(&self) -> Vec<String> {
        let mut lines = Vec::new();
        for touchpoint in &self.touchpoints {
            let all = series_of(&touchpoint.measurements);
            let falls = all.iter().any(|series| series.fall().is_some());
            let changes = all.iter().any(|series| series.taken.len() > 1);
            let figures: Vec<String> = all.iter().map(figures).collect();
            if !figures.is_empty() {
                let (name, figures) = (quoted_markdown(&touchpoint.name), figures.join("; "));
                lines.push(((!falls, !changes), format!("- {name}: {figures}.")));
            }
        }
        lines.sort_by_key(|(order, _)| *order);
        let lines: Vec<String> = lines.into_iter().map(|(_, line)| line).collect();
        Vec::from_iter((!lines.is_empty()).then(|| first_lines(lines, MAX_LISTED)))
    }

    /// The measurements of one record, a text a metric.
    pub(super) fn series(&self, measurements: &[Measurement]) -> Vec<String> {
        series_of(measurements).iter().map(figures).collect()
    }
}

/// The values of a series in order, with dates and the number of answers of the newest:
/// `NPS 18 → 12 (2025-10-31 to 2026-04-30, 340 answers)`.
fn figures(series: &MeasurementSeries<'_>) -> String {
    let (_, newest) = series.newest();
    let values = series.taken.iter().filter_map(|(_, it)| it.value);
    let values: Vec<String> = values.map(|value| value.to_string()).collect();
    let mut about = Vec::new();
    let oldest = series.taken[0].1;
    about.extend(match (oldest.date, newest.date) {
        (Some(from), Some(to)) if from != to => Some(format!("{from} to {to}")),
        (_, to) => to.map(|to| to.to_string()),
    });
    about.extend(
        newest
            .n
            .map(|n| count_in_words(n as usize, "answer", "answers")),
    );
    let words = [
        newest.metric.trim(),
        &values.join(" → "),
        newest.unit.trim(),
    ];
    let words: Vec<&str> = words.into_iter().filter(|word| !word.is_empty()).collect();
    let mut text = words.join(" ");
    if !about.is_empty() {
        text += &format!(" ({})", about.join(", "));
    }
    let text = escape_markdown(&text);
    if series.fall().is_some() {
        format!("**{text}**")
    } else {
        text
    }
}
