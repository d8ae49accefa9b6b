//! Scores as text and Markdown.
//!
//! Must not know: files.

use crate::english::{capitalize, count, quoted};
use crate::insight::{
    RankedScore, ScoreSeries, Scores, action_effects, change_text, escape_markdown, figure,
    value_text,
};
use crate::model::{Date, Map, Record as _};
use crate::text::escaped;

/// Writes the lists of a monthly meeting and all metrics, on a day with the length of the recent
/// period in days.
pub(super) fn of(
    map: &Map,
    scores: &Scores<'_>,
    (day, days): (Date, u16),
    is_markdown: bool,
) -> String {
    let mut writer = Writer {
        is_markdown,
        text: String::new(),
    };
    writer.title(&format!(
        "Scores of {} on {day}",
        quoted(map.header().title.trim())
    ));
    if scores.series.is_empty() {
        writer.line("Nothing is measured yet.");
    }
    let recent = |it: &ScoreSeries<'_>| {
        let change = it.recent?;
        let (from, to) = (figure(change.from.value?.value()), value_text(change.to));
        let (since, until) = (change.from.date?, change.to.date?);
        let (name, said) = (scores.name(it), change_text(&change));
        Some(format!(
            "{name}: {from} → {to} ({since} to {until}): {said}"
        ))
    };
    writer.list("Falling", scores.falling().into_iter().filter_map(recent));
    writer.list(
        "Most improved",
        scores.improved().into_iter().filter_map(recent),
    );
    let attention = scores.attention().into_iter();
    let attention =
        attention.map(|it| format!("{}: {}", scores.name(it), scores.attention_text(it)));
    writer.list("Requires attention", attention);
    let unmeasured = scores.unmeasured.iter().filter_map(|(at, moment)| {
        let name = quoted(&scores.touchpoint(*at)?.name);
        Some(format!("{} {name}", capitalize(moment.name())))
    });
    writer.list("Key moments without a measurement", unmeasured);
    let seldom = scores.seldom().into_iter().map(|it| scores.name(it));
    let heading =
        "Measured in fewer than four of the last twelve months, and passed by most customers";
    writer.list(heading, seldom);
    let heading = format!("Changed in the last {}", count(usize::from(days), "day"));
    writer.list(&heading, scores.series.iter().filter_map(recent));
    let effects = action_effects(map);
    let effects = effects.iter().map(|it| {
        let lift = it.action.lift.as_ref();
        let expected = lift.map_or(String::new(), |lift| {
            format!("{} {}", lift.metric.trim(), lift.by)
        });
        let change = it.change.as_ref().map(change_text);
        let change = change.map_or(String::new(), |change| format!(", measured {change}"));
        let (name, verdict) = (quoted(it.action.name()), it.verdict.word());
        format!("{name}: expected {expected}{change}: {verdict}")
    });
    writer.list("Actions: expected beside measured", effects);
    writer.series(scores);
    let touchpoint = |it: &RankedScore| scores.touchpoint(it.at).map(|it| it.name.clone());
    writer.ranking(
        "Touchpoints, the lowest first",
        &scores.touchpoints,
        touchpoint,
    );
    let stage = |it: &RankedScore| map.stages().iter().nth(it.at).map(|it| it.name.clone());
    writer.ranking("Stages, the lowest first", &scores.stages, stage);
    writer.text
}

struct Writer {
    is_markdown: bool,
    text: String,
}

impl Writer {
    fn safe(&self, text: &str) -> String {
        if self.is_markdown {
            escape_markdown(text)
        } else {
            escaped(text).into_owned()
        }
    }

    fn title(&mut self, title: &str) {
        let mark = if self.is_markdown { "# " } else { "" };
        self.text += &format!("{mark}{}\n", self.safe(title));
    }

    fn heading(&mut self, heading: &str) {
        let (mark, end) = if self.is_markdown {
            ("## ", "\n")
        } else {
            ("", "")
        };
        self.text += &format!("\n{mark}{heading}\n{end}");
    }

    fn line(&mut self, line: &str) {
        let mark = if self.is_markdown { "- " } else { "  " };
        self.text += &format!("{mark}{}\n", self.safe(line));
    }

    fn list(&mut self, heading: &str, lines: impl IntoIterator<Item = String>) {
        let mut lines = lines.into_iter().peekable();
        if lines.peek().is_some() {
            self.heading(heading);
        }
        for line in lines {
            self.line(&line);
        }
    }

    fn series(&mut self, scores: &Scores<'_>) {
        if scores.series.is_empty() {
            return;
        }
        self.heading("All metrics, the lowest first");
        let mut all: Vec<&ScoreSeries<'_>> = scores.series.iter().collect();
        let rank = |it: &ScoreSeries<'_>| it.satisfaction().unwrap_or(f64::INFINITY);
        all.sort_by(|a, b| rank(a).total_cmp(&rank(b)));
        let rows = all.into_iter().map(|it| {
            let newest = it.newest();
            let interval = it.interval().map(|it| {
                let most = if it.is_bound { " at most" } else { "" };
                format!("{} to {}{most}", figure(it.low), figure(it.high))
            });
            [
                scores.name(it),
                value_text(newest),
                interval.unwrap_or_default(),
                newest.n.map_or(String::new(), |n| n.to_string()),
                newest.date.map_or(String::new(), |date| date.to_string()),
                it.target.map_or(String::new(), |target| target.to_string()),
            ]
        });
        let header = ["Metric", "Value", "95 % interval", "n", "Date", "Target"];
        self.text += &table(&header, &rows.collect::<Vec<_>>(), self.is_markdown);
    }

    fn ranking(
        &mut self,
        heading: &str,
        ranked: &[RankedScore],
        name: impl Fn(&RankedScore) -> Option<String>,
    ) {
        let lines = ranked.iter().filter_map(|it| {
            let percent = (it.satisfaction * 100.0).round();
            let values = count(it.values, "value");
            Some(format!(
                "{} at {percent} % of the scale, from {values}",
                quoted(&name(it)?)
            ))
        });
        self.list(heading, lines);
    }
}

/// Formats a table: aligned columns, or one of Markdown.
pub(super) fn table<const N: usize>(
    header: &[&str; N],
    rows: &[[String; N]],
    is_markdown: bool,
) -> String {
    let mut text = String::new();
    if is_markdown {
        text += &format!("| {} |\n|{}\n", header.join(" | "), " --- |".repeat(N));
        for row in rows {
            let cells: Vec<String> = row.iter().map(|cell| escape_markdown(cell)).collect();
            text += &format!("| {} |\n", cells.join(" | "));
        }
        return text;
    }
    let safe = |row: &[String; N]| row.each_ref().map(|cell| escaped(cell).into_owned());
    let rows: Vec<[String; N]> = [header.map(str::to_owned)]
        .iter()
        .chain(rows)
        .map(safe)
        .collect();
    let length = |cell: &str| cell.chars().count();
    let widths: Vec<usize> = (0..N)
        .map(|at| rows.iter().map(|row| length(&row[at])).max().unwrap_or(0))
        .collect();
    for row in &rows {
        let cells = row.iter().zip(&widths);
        let cells =
            cells.map(|(cell, width)| format!("{cell}{}", " ".repeat(width - length(cell))));
        text += &format!("  {}\n", cells.collect::<Vec<_>>().join("  ").trim_end());
    }
    text
}
