//! The summary of a future journey on a page, plain or in Markdown.
//!
//! Must not know: how it is found.

use super::shifts::{Fate, StepShift, WasIs};
use super::summary::FutureSummary;
use crate::english::{count, join_with_and, quoted};
use crate::insight::escape_markdown;
use crate::model::{Score, Span};

/// Pain points and opportunities that are named for an action.
const MAX_ANSWERS: usize = 2;

/// A line of the summary.
enum SummaryLine {
    Heading(String),
    Item(String),
}

/// Formats the summary as plain text.
pub fn summary_to_text(summary: &FutureSummary) -> String {
    let mut text = format!("{}\n", title(summary));
    for line in lines(summary) {
        text.push_str(&match line {
            SummaryLine::Heading(heading) => format!("\n{heading}\n"),
            SummaryLine::Item(item) => format!("  {item}\n"),
        });
    }
    text
}

/// Formats the summary in Markdown.
pub fn summary_to_markdown(summary: &FutureSummary) -> String {
    let mut text = format!("# {}\n", escape_markdown(&title(summary)));
    for line in lines(summary) {
        text.push_str(&match line {
            SummaryLine::Heading(heading) => format!("\n## {}\n\n", escape_markdown(&heading)),
            SummaryLine::Item(item) => format!("- {}\n", escape_markdown(&item)),
        });
    }
    text
}

fn title(summary: &FutureSummary) -> String {
    let [before, after] = summary.titles.each_ref().map(|title| one_line(title));
    format!("From {} to {}", quoted(&before), quoted(&after))
}

pub(super) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn lines(summary: &FutureSummary) -> Vec<SummaryLine> {
    let mut lines = vec![SummaryLine::Heading("In total".to_owned())];
    lines.extend(totals(summary).into_iter().map(SummaryLine::Item));
    for (heading, items) in lists(summary) {
        let items = items.into_iter().map(|(name, rest)| name + &rest);
        section(heading, items.collect(), &mut lines);
    }
    for stage in &summary.stages {
        let steps = stage.steps.iter().filter(|step| step.fate != Fate::Kept);
        let mut told: Vec<String> = steps.map(step_line).collect();
        let kept = stage
            .steps
            .iter()
            .filter(|step| step.fate == Fate::Kept)
            .count();
        if kept > 0 {
            told.push(format!("{} kept", count(kept, "step")));
        }
        let heading = match stage.fate {
            Fate::New | Fate::Removed => {
                format!("{} ({})", one_line(&stage.name), stage.fate.word())
            }
            Fate::Kept | Fate::Changed => one_line(&stage.name),
        };
        section(&heading, told, &mut lines);
    }
    lines
}

/// The lists of a summary under their headings: the name of each item, and what follows it in a
/// sentence.
pub(super) fn lists(summary: &FutureSummary) -> [(&'static str, Vec<(String, String)>); 7] {
    let relieved = |step: &StepShift| step.stops_being_bad() && !step.starts_to_delight();
    [
        ("Pain points removed", pains_removed(summary)),
        ("Pain points added", pains_added(summary)),
        ("Opportunities taken", taken(summary)),
        ("Delights added", delights(summary)),
        (
            "Delights customers",
            names(summary, StepShift::starts_to_delight),
        ),
        ("Only stops being bad", names(summary, relieved)),
        ("Expected effects", hypotheses(summary)),
    ]
}

fn section(heading: &str, items: Vec<String>, lines: &mut Vec<SummaryLine>) {
    if !items.is_empty() {
        lines.push(SummaryLine::Heading(heading.to_owned()));
        lines.extend(items.into_iter().map(SummaryLine::Item));
    }
}

/// `Pains: 12 → 5`.
fn pair(word: &str, [was, is]: [String; 2]) -> String {
    if was == is {
        format!("{word}: {was}, as before")
    } else {
        format!("{word}: {was} → {is}")
    }
}

fn stated<T>([was, is]: WasIs<T>, text: impl Fn(T) -> String) -> [String; 2] {
    [was, is].map(|value| value.map_or_else(|| "–".to_owned(), &text))
}

fn totals(summary: &FutureSummary) -> Vec<String> {
    let fates = Fate::ALL.iter().zip(summary.totals.steps);
    let fates = fates.map(|(fate, count)| format!("{count} {}", fate.word()));
    let mut lines = vec![format!("Steps: {}", fates.collect::<Vec<_>>().join(", "))];
    let rows = total_rows(summary).into_iter();
    lines.extend(rows.map(|(name, values)| pair(&name, values)));
    lines
}

/// The totals of both journeys: the name of each, before and after.
pub(super) fn total_rows(summary: &FutureSummary) -> Vec<(String, [String; 2])> {
    let totals = &summary.totals;
    let mut lines: Vec<(String, [String; 2])> = Vec::new();
    let time = |side: usize| {
        let minutes = u32::try_from(totals.minutes[side]).unwrap_or(u32::MAX);
        let span = Span::from_minutes(minutes);
        match totals.untimed[side] {
            0 => span.to_string(),
            unknown => format!("{span} and {} without a time", count(unknown, "step")),
        }
    };
    if totals.minutes != [0, 0] {
        lines.push(("Time on the usual route".to_owned(), [time(0), time(1)]));
    }
    for (name, mean) in &totals.feelings {
        let mean = stated(*mean, |mean| {
            Score::from_value(mean).map_or_else(String::new, |score| score.to_string())
        });
        lines.push((format!("Mean feeling of {}", one_line(name)), mean));
    }
    for lane in &totals.lanes {
        let mean = stated(lane.mean, |mean| format!("{mean:.1}"));
        lines.push((format!("Mean of {}", quoted(&one_line(&lane.lane))), mean));
    }
    let counts = [
        ("Pain points", totals.pains),
        ("Handoffs on the usual route", totals.handoffs),
        ("Handoffs on all paths", totals.all_handoffs),
        ("Steps without an owner", totals.unowned),
        ("Self-service steps", totals.self_service),
        ("Automated steps", totals.automated),
    ];
    let counts = counts.map(|(name, pair)| (name.to_owned(), pair.map(|it| it.to_string())));
    lines.extend(counts);
    lines
}

fn by(actions: &[String]) -> String {
    let names: Vec<String> = actions.iter().map(|name| quoted(&one_line(name))).collect();
    match names.as_slice() {
        [] => String::new(),
        names => format!(", by {}", join_with_and(names)),
    }
}

fn pains_removed(summary: &FutureSummary) -> Vec<(String, String)> {
    let all = summary
        .steps()
        .flat_map(|step| step.pains_removed.iter().map(move |it| (step, it)));
    let lines = all.map(|(step, pain)| {
        let how = match (step.fate, pain.actions.as_slice()) {
            (Fate::Removed, []) => ", with the step".to_owned(),
            (_, []) => ", no action says how".to_owned(),
            (_, actions) => by(actions),
        };
        (at_step(&pain.text, step), how)
    });
    lines.collect()
}

fn pains_added(summary: &FutureSummary) -> Vec<(String, String)> {
    let all = summary
        .steps()
        .flat_map(|step| step.pains_added.iter().map(move |it| (step, it)));
    all.map(|(step, text)| (at_step(text, step), String::new()))
        .collect()
}

fn at_step(text: &str, step: &StepShift) -> String {
    format!(
        "{} at {}",
        quoted(&one_line(text)),
        quoted(&one_line(&step.name))
    )
}

fn taken(summary: &FutureSummary) -> Vec<(String, String)> {
    let all = summary
        .steps()
        .flat_map(|step| step.taken.iter().map(move |it| (step, it)));
    let lines = all.map(|(step, idea)| {
        let delight = if idea.delight { " (a delight)" } else { "" };
        let name = format!("{}{delight}", at_step(&idea.text, step));
        (name, by(&idea.actions))
    });
    lines.collect()
}

fn delights(summary: &FutureSummary) -> Vec<(String, String)> {
    let all = summary
        .steps()
        .flat_map(|step| step.delights_added.iter().map(move |it| (step, it)));
    all.map(|(step, text)| (at_step(text, step), String::new()))
        .collect()
}

fn names(summary: &FutureSummary, holds: impl Fn(&StepShift) -> bool) -> Vec<(String, String)> {
    let steps = summary.steps().filter(|step| holds(step));
    let names = steps.map(|step| {
        let name = quoted(&one_line(&step.name));
        match feelings(step).as_slice() {
            [] => (name, String::new()),
            feelings => (name, format!(": {}", feelings.join(", "))),
        }
    });
    names.collect()
}

/// The feelings that differ: `Jana −1.3 → +0.7`.
fn feelings(step: &StepShift) -> Vec<String> {
    let shifts = step.feelings.iter().filter(|it| it.score[0] != it.score[1]);
    let lines = shifts.map(|it| {
        let [was, is] = stated(it.score, |score| score.to_string());
        match &it.score {
            [None, _] => format!("{} {is}", one_line(&it.name)),
            _ => format!("{} {was} → {is}", one_line(&it.name)),
        }
    });
    lines.collect()
}

fn hypotheses(summary: &FutureSummary) -> Vec<(String, String)> {
    let lines = summary.hypotheses.iter().map(|it| {
        let mut line = String::new();
        if let Some(effect) = &it.effect {
            line.push_str(&format!(": {effect}"));
        }
        let answers = it.answers.iter().take(MAX_ANSWERS);
        let mut answers: Vec<String> = answers.map(|text| quoted(&one_line(text))).collect();
        if it.answers.len() > MAX_ANSWERS {
            answers.push(format!("{} more", it.answers.len() - MAX_ANSWERS));
        }
        if !answers.is_empty() {
            line.push_str(&format!(", for {}", join_with_and(&answers)));
        }
        let duty = [
            it.owner.clone().map(|owner| one_line(&owner)),
            it.due.clone(),
        ];
        let duty: Vec<String> = duty.into_iter().flatten().collect();
        if !duty.is_empty() {
            line.push_str(&format!(" ({})", duty.join(", ")));
        }
        (quoted(&one_line(&it.action)), line)
    });
    lines.collect()
}

/// A step that differs: `changed “Signs”: Phone → App, owner Sales → Nobody, 12 min saved`.
fn step_line(step: &StepShift) -> String {
    let parts = step_parts(step);
    let name = quoted(&one_line(&step.name));
    match parts.as_slice() {
        [] => format!("{} {name}", step.fate.word()),
        parts => format!("{} {name}: {}", step.fate.word(), parts.join(", ")),
    }
}

/// The differences of a step: `channel Phone → App`, `12 min saved`.
pub(super) fn step_parts(step: &StepShift) -> Vec<String> {
    let mut parts = Vec::new();
    let arrow = |values: &WasIs<String>, nobody: &str| {
        let [was, is] = values
            .clone()
            .map(|it| it.unwrap_or_else(|| nobody.to_owned()));
        format!("{} → {}", one_line(&was), one_line(&is))
    };
    if let Some(channel) = &step.channel {
        parts.push(format!("channel {}", arrow(channel, "none")));
    }
    if step.becomes_self_service {
        parts.push("self-service".to_owned());
    }
    if step.becomes_automated {
        parts.push("automated".to_owned());
    }
    if let Some(owner) = &step.owner {
        parts.push(format!("owner {}", arrow(owner, "nobody")));
    }
    if step.fate != Fate::Removed {
        parts.extend(feelings(step));
    }
    if let Some(saved) = step.minutes_saved().filter(|saved| *saved != 0) {
        let span = Span::from_minutes(u32::try_from(saved.unsigned_abs()).unwrap_or(u32::MAX));
        let word = if saved > 0 { "saved" } else { "more" };
        parts.push(format!("{span} {word}"));
    }
    parts
}
