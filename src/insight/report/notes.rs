//! The report as plain text to be said with slides: what concerns the whole, and each stage.

use super::writer::NarrativeWriter;
use super::{Findings, STAGES, Stats, sections};
use crate::graph::Graph;
use crate::model::{Date, Map};

/// Notes of a speaker who shows a map.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SpeakerNotes {
    /// About the whole journey: everything in the report but the course of each stage.
    pub overview: String,
    /// About each stage.
    pub stages: Vec<String>,
}

/// Returns the notes of a speaker who shows a map on a day, given its graph and findings.
pub fn speaker_notes(map: &Map, graph: &Graph, findings: &Findings, today: Date) -> SpeakerNotes {
    let writer = NarrativeWriter {
        map,
        graph,
        touchpoints: map.touchpoints().collect(),
        stats: Stats::of(map, graph, today),
        today,
    };
    let mut overview = writer.head();
    // The title is on the slide.
    overview.remove(0);
    for (heading, section) in sections(&writer, findings) {
        if heading != STAGES && !section.is_empty() {
            overview.push(heading.to_owned());
            overview.extend(section);
        }
    }
    let stages = writer.stage_lines().into_iter();
    SpeakerNotes {
        overview: plain(&overview.join("\n")),
        stages: stages.map(|lines| plain(&lines.join("\n"))).collect(),
    }
}

/// Markdown of the report as plain text.
fn plain(markdown: &str) -> String {
    let mut text = String::with_capacity(markdown.len());
    for (at, line) in markdown.lines().enumerate() {
        if at > 0 {
            text.push('\n');
        }
        let line = line.trim_start();
        let line = line.trim_start_matches("## ");
        let line = match line.strip_prefix("- ") {
            Some(entry) => {
                text.push_str("• ");
                entry
            }
            None => line,
        };
        let mut chars = line.chars();
        while let Some(c) = chars.next() {
            match c {
                '\\' => text.extend(chars.next()),
                '*' | '`' => {}
                c => text.push(c),
            }
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_of_markdown_are_left_out() {
        assert_eq!(
            plain("## Who\n- **Jana \\*** wants `x`\\_y"),
            "Who\n• Jana * wants x_y"
        );
    }
}
