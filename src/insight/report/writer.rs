//! The data of a narrative, and text in Markdown.
//!
//! Must not know: the sections.

use crate::english::quoted;
use crate::graph::Graph;
use crate::insight::stats::Stats;
use crate::model::{Date, DepartmentId, Map, Touchpoint};

pub(super) struct NarrativeWriter<'m> {
    pub(super) map: &'m Map,
    pub(super) graph: &'m Graph,
    pub(super) touchpoints: Vec<&'m Touchpoint>,
    pub(super) stats: Stats,
    pub(super) today: Date,
}

impl NarrativeWriter<'_> {
    pub(super) fn department(&self, id: &DepartmentId) -> String {
        let department = self.map.departments().get(id);
        department.map_or_else(
            || escape_markdown(&id.to_string()),
            |d| escape_markdown(&d.name),
        )
    }

    pub(super) fn touchpoint(&self, position: usize) -> String {
        quoted_markdown(&self.touchpoints[position].name)
    }
}

/// Puts user text on one line and escapes Markdown.
pub(super) fn escape_markdown(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    let mut plain = String::new();
    for c in words.join(" ").chars() {
        if "\\`*_[]<>#|~".contains(c) {
            plain.push('\\');
        }
        plain.push(c);
    }
    plain
}

pub(super) fn quoted_markdown(text: &str) -> String {
    escape_markdown(&quoted(text))
}

pub(super) fn bold(text: &str) -> String {
    match text.trim() {
        "" => "**(no name)**".to_owned(),
        text => format!("**{}**", escape_markdown(text)),
    }
}

/// Escapes a text and ends it with a full stop.
pub(super) fn escaped_sentence(text: &str) -> String {
    let text = escape_markdown(text);
    if text.is_empty() || text.ends_with(['.', '!', '?', '…', '”', '。']) {
        return text;
    }
    format!("{text}.")
}
