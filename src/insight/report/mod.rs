//! A narrative of the journey in Markdown, for readers who do not know the map.
//!
//! Sections: personas, stages, feelings, pain points, ownership, actions, and
//! open questions.
//!
//! Must not know: files, windows.

mod actions;
mod feelings;
mod writer;

use super::finding::{Finding, Findings};
use super::rule::Severity;
use super::stats::Stats;
use crate::english::{capitalize, count_in_words};
use crate::graph::Graph;
use crate::model::{Date, Map, MapKind, Persona, Stage};
use std::fmt::Write;
use writer::{NarrativeWriter, bold, escape_markdown, escaped_sentence};

/// Maximum number of listed warnings.
const MAX_WARNINGS: usize = 12;

/// Writes the narrative of a map on a day, given its graph and findings.
pub fn narrative(map: &Map, graph: &Graph, findings: &Findings, today: Date) -> String {
    let teller = NarrativeWriter {
        map,
        graph,
        touchpoints: map.touchpoints().collect(),
        stats: Stats::of(map, graph, today),
        today,
    };
    let mut paragraphs = teller.head();
    paragraphs.extend(teller.who());
    paragraphs.extend(teller.stages());
    paragraphs.extend(teller.feelings());
    paragraphs.extend(teller.pains());
    paragraphs.extend(teller.owners());
    paragraphs.extend(teller.actions());
    paragraphs.extend(teller.unknown(findings));
    let mut story = paragraphs.join("\n\n");
    story.push('\n');
    story
}

impl NarrativeWriter<'_> {
    fn head(&self) -> Vec<String> {
        let header = self.map.header();
        let title = match header.title.trim() {
            "" => "A journey without a name".to_owned(),
            title => escape_markdown(title),
        };
        let kind = match header.kind {
            MapKind::Current => "This is the journey as it is today.",
            MapKind::Future => "This is the journey as it shall be.",
        };
        let mut said = format!("{kind} {}", escaped_sentence(&header.scenario));
        let stats = &self.stats;
        if stats.touchpoints > 0 {
            let _ = write!(
                said,
                " It has {} and {}",
                count_in_words(stats.stages, "stage", "stages"),
                count_in_words(stats.touchpoints, "touchpoint", "touchpoints")
            );
            if stats.branches > 0 {
                let _ = write!(said, ", {} of them on side branches", stats.branches);
            }
            said.push('.');
        }
        let mut paragraphs = vec![
            format!("# {title}"),
            said.split_whitespace().collect::<Vec<_>>().join(" "),
        ];
        let figures: Vec<String> = header
            .measurements
            .iter()
            .map(|m| {
                let n = m.n.map_or(String::new(), |n| format!(", {n} answers"));
                let date = m.date.map_or(String::new(), |d| format!(", {d}"));
                escape_markdown(&format!("{}{n}{date}", m.to_text()))
            })
            .collect();
        if !figures.is_empty() {
            paragraphs.push(format!("Measured on the whole: {}.", figures.join("; ")));
        }
        paragraphs
    }

    fn who(&self) -> Vec<String> {
        if self.map.personas().is_empty() {
            return Vec::new();
        }
        let all = self.map.personas().iter().map(persona);
        vec!["## Who".to_owned(), all.collect::<Vec<_>>().join("\n")]
    }

    fn stages(&self) -> Vec<String> {
        if self.map.stages().is_empty() {
            return Vec::new();
        }
        let mut first = 0;
        let mut lines = Vec::new();
        for (at, stage) in self.map.stages().iter().enumerate() {
            lines.push(format!("{}. {}", at + 1, self.stage(stage, first)));
            first += self.map.touchpoints_in(&stage.id).len();
        }
        vec!["## What happens".to_owned(), lines.join("\n")]
    }

    fn stage(&self, stage: &Stage, first: usize) -> String {
        let mut about = Vec::new();
        if !stage.time.trim().is_empty() {
            about.push(escape_markdown(&stage.time));
        }
        if let Some(duration) = stage.duration {
            about.push(duration.to_string());
        }
        about.push(match &stage.owner {
            Some(id) => self.department(id),
            None => "no owner".to_owned(),
        });
        let mut said = format!("{} ({}).", bold(&stage.name), about.join(", "));
        if !stage.goal.trim().is_empty() {
            let _ = write!(said, " {}", escaped_sentence(&stage.goal));
        }
        let touchpoints = self.map.touchpoints_in(&stage.id);
        let main = |at: &usize| self.graph.flow().branch_of[first + at].is_none();
        let (main, beside): (Vec<usize>, Vec<usize>) = (0..touchpoints.len()).partition(main);
        let names = |steps: &[usize]| -> Vec<String> {
            steps
                .iter()
                .map(|at| escape_markdown(&touchpoints[*at].name))
                .collect()
        };
        if !main.is_empty() {
            let _ = write!(said, " {}.", names(&main).join(" → "));
        }
        if !beside.is_empty() {
            let _ = write!(said, " On the side: {}.", names(&beside).join("; "));
        }
        said
    }

    fn unknown(&self, findings: &Findings) -> Vec<String> {
        let stats = &self.stats;
        let mut said = Vec::new();
        if stats.claims.all > 0 {
            said.push(format!(
                "{} of {} claims rest on something seen, said or measured.",
                stats.claims.with_evidence, stats.claims.all
            ));
        }
        if stats.touchpoints > 0 {
            said.push(format!(
                "{} of {} touchpoints are measured.",
                stats.measured, stats.touchpoints
            ));
        }
        if said.is_empty() {
            return Vec::new();
        }
        let mut paragraphs = vec!["## How sure this is".to_owned(), said.join(" ")];
        let serious: Vec<&Finding> = findings
            .open
            .iter()
            .filter(|f| f.severity() > Severity::Advice)
            .collect();
        if !serious.is_empty() {
            let lines = serious.iter().take(MAX_WARNINGS);
            let lines = lines.map(|f| format!("- {}.", capitalize(&escape_markdown(&f.message))));
            let mut list: String = lines.collect::<Vec<_>>().join("\n");
            if serious.len() > MAX_WARNINGS {
                let _ = write!(list, "\n- and {} more.", serious.len() - MAX_WARNINGS);
            }
            paragraphs.push("To look at first:".to_owned());
            paragraphs.push(list);
        }
        let advice = findings.open.len() - serious.len();
        if advice > 0 {
            let more = count_in_words(advice, "piece of advice", "pieces of advice");
            paragraphs.push(format!("`touchline check` has {more} more."));
        }
        paragraphs
    }
}

fn persona(persona: &Persona) -> String {
    let mut said = format!("- {}", bold(&persona.name));
    if !persona.role.trim().is_empty() {
        let _ = write!(said, ", {}", escape_markdown(&persona.role));
    }
    said.push('.');
    for (label, items) in [("Wants", &persona.goals), ("Needs", &persona.needs)] {
        if !items.is_empty() {
            let items: Vec<String> = items.iter().map(|item| escape_markdown(item)).collect();
            let items: Vec<&str> = items
                .iter()
                .map(|item| item.trim_end_matches('.'))
                .collect();
            let _ = write!(said, " {label}: {}.", items.join("; "));
        }
    }
    if !persona.quote.trim().is_empty() {
        let _ = write!(said, " *{}*", escaped_sentence(&persona.quote));
    }
    said
}
