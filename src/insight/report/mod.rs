//! A narrative of the journey in Markdown, for readers who do not know the map.
//!
//! Sections: personas, stages, feelings, pain points, opportunities, measurements, ownership,
//! actions, and open questions.
//!
//! Must not know: files, windows.

mod actions;
mod feelings;
mod measured;
mod notes;
mod outline;
mod pains;
mod stages;
mod writer;

pub use outline::outline;

use super::checks::evidence::Claims;
use super::finding::Findings;
use super::rule::Severity;
use super::stats::Stats;
use crate::english::{capitalize, count_in_words};
use crate::graph::Graph;
use crate::model::{Date, Map, MapKind, Persona};
pub use notes::{SpeakerNotes, speaker_notes};
pub(crate) use writer::escape_markdown;
use writer::{NarrativeWriter, bold, escaped_sentence, first_lines, unless_blank};

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
    for (heading, section) in sections(&teller, findings) {
        if !section.is_empty() {
            paragraphs.push(format!("## {heading}"));
            paragraphs.extend(section);
        }
    }
    let mut story = paragraphs.join("\n\n");
    story.push('\n');
    story
}

/// Heading of the section on the course of the stages.
const STAGES: &str = "What happens";

/// The sections with their headings; empty ones have nothing to say.
fn sections(writer: &NarrativeWriter<'_>, findings: &Findings) -> [(&'static str, Vec<String>); 9] {
    [
        ("Who", writer.who()),
        (STAGES, writer.stages()),
        ("How it feels", writer.feelings()),
        ("What hurts", writer.pains()),
        ("What could be better", writer.opportunities()),
        ("What is measured", writer.measured()),
        ("Who answers for it", writer.owners()),
        ("What will be done", writer.actions()),
        ("How sure this is", writer.unknown(findings)),
    ]
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
            let stages = count_in_words(stats.stages, "stage", "stages");
            let touchpoints = count_in_words(stats.touchpoints, "touchpoint", "touchpoints");
            said += &format!(" It has {stages} and {touchpoints}");
            if stats.branches > 0 {
                said += &format!(", {} of them on side branches", stats.branches);
            }
            said.push('.');
        }
        let words: Vec<&str> = said.split_whitespace().collect();
        let mut paragraphs = vec![format!("# {title}"), words.join(" ")];
        let whole = self.series(&header.measurements).join("; ");
        paragraphs.extend((!whole.is_empty()).then(|| format!("Measured on the whole: {whole}.")));
        paragraphs
    }

    fn who(&self) -> Vec<String> {
        let personas: Vec<String> = self.map.personas().iter().map(persona).collect();
        Vec::from_iter((!personas.is_empty()).then(|| personas.join("\n")))
    }

    fn unknown(&self, findings: &Findings) -> Vec<String> {
        let stats = &self.stats;
        let mut said = Vec::new();
        let Claims { all, with_evidence } = stats.claims;
        if all > 0 {
            said.push(format!(
                "{with_evidence} of {all} claims rest on something seen, said or measured."
            ));
        }
        if stats.touchpoints > 0 {
            let (measured, all) = (stats.measured, stats.touchpoints);
            said.push(format!("{measured} of {all} touchpoints are measured."));
        }
        if said.is_empty() {
            return said;
        }
        let mut paragraphs = vec![said.join(" ")];
        let open = findings.open.iter();
        let serious = open.filter(|f| f.severity() > Severity::Advice);
        let lines = serious.map(|f| format!("- {}.", capitalize(&escape_markdown(&f.message))));
        let lines: Vec<String> = lines.collect();
        let advice = findings.open.len() - lines.len();
        if !lines.is_empty() {
            paragraphs.push("To look at first:".to_owned());
            paragraphs.push(first_lines(lines, MAX_WARNINGS));
        }
        if advice > 0 {
            let more = count_in_words(advice, "piece of advice", "pieces of advice");
            paragraphs.push(format!("`touchline check` has {more} more."));
        }
        paragraphs
    }
}

fn persona(persona: &Persona) -> String {
    let role = unless_blank(&persona.role, |role| format!(", {}", escape_markdown(role)));
    let mut said = format!("- {}{role}.", bold(&persona.name));
    for (label, items) in [
        ("Wants", &persona.goals),
        ("Needs", &persona.needs),
        ("Is frustrated by", &persona.frustrations),
    ] {
        let items = items.iter().map(|item| escape_markdown(item));
        let items: Vec<String> = items.map(|i| i.trim_end_matches('.').to_owned()).collect();
        if !items.is_empty() {
            said += &format!(" {label}: {}.", items.join("; "));
        }
    }
    said + &unless_blank(&persona.quote, |quote| {
        format!(" *{}*", escaped_sentence(quote))
    })
}
