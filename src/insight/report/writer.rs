//! The data of a narrative, and text in Markdown.
//!
//! Must not know: the sections.

use crate::english::quoted;
use crate::graph::Graph;
use crate::insight::stats::Stats;
use crate::model::{Date, DepartmentId, Id as _, Map, Touchpoint};

pub(super) struct NarrativeWriter<'m> {
    pub(super) map: &'m Map,
    pub(super) graph: &'m Graph,
    pub(super) touchpoints: Vec<&'m Touchpoint>,
    pub(super) stats: Stats,
    pub(super) today: Date,
}

impl NarrativeWriter<'_> {
    /// The name of an owner; `nobody` if there is none.
    pub(super) fn owner(&self, id: Option<&DepartmentId>, nobody: &str) -> String {
        id.map_or(nobody.to_owned(), |id| {
            let department = self.map.departments().get(id);
            named(department.map_or(id.as_str(), |d| &d.name))
        })
    }

    pub(super) fn touchpoint(&self, position: usize) -> String {
        quoted_markdown(&self.touchpoints[position].name)
    }

    /// The names of the touchpoints for which `holds` is true.
    pub(super) fn touchpoints_where(&self, holds: impl Fn(&Touchpoint) -> bool) -> Vec<String> {
        let touchpoints = self.touchpoints.iter().filter(|t| holds(t));
        touchpoints.map(|t| quoted_markdown(&t.name)).collect()
    }
}

/// Joins the first lines of a list and the number of the others.
pub(super) fn first_lines(mut lines: Vec<String>, most: usize) -> String {
    if lines.len() > most {
        let more = lines.len() - most;
        lines.truncate(most);
        lines.push(format!("- and {more} more."));
    }
    lines.join("\n")
}

/// Formats a text that is not blank, for instance with what comes before and after it.
pub(super) fn unless_blank(text: &str, format: impl FnOnce(&str) -> String) -> String {
    if text.trim().is_empty() {
        String::new()
    } else {
        format(text)
    }
}

/// Puts user text on one line and escapes Markdown.
pub(crate) fn escape_markdown(text: &str) -> String {
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

/// Escapes a name, which may be missing.
pub(super) fn named(text: &str) -> String {
    match text.trim() {
        "" => "(no name)".to_owned(),
        text => escape_markdown(text),
    }
}

pub(super) fn bold(text: &str) -> String {
    format!("**{}**", named(text))
}

/// Escapes a text and ends it with a full stop.
pub(super) fn escaped_sentence(text: &str) -> String {
    let mut text = escape_markdown(text);
    if !text.is_empty() && !text.ends_with(['.', '!', '?', '…', '”', '。']) {
        text.push('.');
    }
    text
}
