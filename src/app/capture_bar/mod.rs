//! The capture bar: adds touchpoints from typed lines.
//!
//! A line is inserted after the selection and its touchpoint is selected, so the target
//! of the next line is always visible.
//!
//! Must not know: the grammar (`crate::capture` does).

mod field;
mod keys;

use super::document::Document;
use crate::capture::{Completion, ParsedLine, Vocabulary, complete, list, parse};
use crate::model::PersonaId;
use egui::{Context, Id};
use std::sync::Arc;

/// Maximum number of lines in the history.
const MAX_HISTORY: usize = 200;

/// State of the capture bar. Typed text survives closing.
#[derive(Default)]
pub struct CaptureBar {
    /// Whether the bar is open.
    pub open: bool,
    text: String,
    /// Last caret position, in bytes.
    caret: usize,
    /// Requested caret position, in bytes.
    requested_caret: Option<usize>,
    /// Whether the field requests the focus.
    wants_focus: bool,
    /// Index of the highlighted suggestion, and whether arrow keys chose it.
    suggestion: usize,
    is_suggestion_chosen: bool,
    /// Whether the suggestions are dismissed for the current text.
    are_suggestions_dismissed: bool,
    /// Submitted lines, oldest first, and the index of the recalled one.
    history: Vec<String>,
    history_index: Option<usize>,
    /// Text typed before the history was recalled.
    draft: String,
    /// Names of the map in front.
    vocabulary: Option<(VocabularyKey, Arc<Vocabulary>)>,
    /// Height of the bar in this frame, in points.
    pub height: f32,
}

/// Document, revision and chosen persona that a vocabulary was taken from.
type VocabularyKey = (u64, u64, Option<PersonaId>);

fn field_id() -> Id {
    Id::unique("capture line")
}

impl CaptureBar {
    /// Whether the field has text and the keyboard focus.
    pub fn has_text(&self, ctx: &Context) -> bool {
        !self.text.is_empty() && self.has_focus(ctx)
    }

    /// Whether the field is about to get the focus.
    pub fn wants_focus(&self) -> bool {
        self.open && self.wants_focus
    }

    /// Whether the field of the bar has the focus.
    pub fn has_focus(&self, ctx: &Context) -> bool {
        self.open && ctx.memory(|m| m.has_focus(field_id()))
    }

    /// Opens the bar and requests the focus.
    fn open(&mut self) {
        self.open = true;
        self.wants_focus = true;
    }

    fn close(&mut self) {
        self.open = false;
        self.wants_focus = false;
    }

    /// Replaces the text and moves the caret to its end.
    fn set_text(&mut self, text: String) {
        self.caret = text.len();
        self.requested_caret = Some(text.len());
        self.text = text;
        self.are_suggestions_dismissed = true;
        self.is_suggestion_chosen = false;
        self.suggestion = 0;
    }

    /// Returns the names of the map, read again if it changed.
    fn vocabulary(&mut self, document: &Document) -> Arc<Vocabulary> {
        let persona = document.chosen_persona();
        let id = persona.map(|persona| persona.id.clone());
        let key = (document.key, document.session.revision(), id);
        match &self.vocabulary {
            Some((known, names)) if *known == key => names.clone(),
            _ => {
                let mut names = Vocabulary::of(document.session.map());
                names.choose_persona(persona.map(|persona| persona.name.as_str()));
                let names = Arc::new(names);
                self.vocabulary = Some((key, names.clone()));
                names
            }
        }
    }

    fn completion(&self, names: &Vocabulary) -> Option<Completion> {
        (!self.are_suggestions_dismissed)
            .then(|| complete(&self.text, self.caret, names))
            .flatten()
    }

    /// Inserts a suggestion into the text.
    fn accept_suggestion(&mut self, completion: &Completion, at: usize) {
        let span = completion.span.clone();
        if let Some(offer) = completion.items.get(at)
            && self.text.get(span.clone()).is_some()
        {
            let end = span.start + offer.text.len();
            let mut text = self.text.clone();
            text.replace_range(span, &offer.text);
            self.set_text(text);
            self.caret = end;
            self.requested_caret = Some(end);
        }
    }

    fn recall_history(&mut self, back: bool) {
        let last = self.history.len().checked_sub(1);
        let to = match (self.history_index, back) {
            (None, true) => last,
            (None, false) => return,
            (Some(at), true) => Some(at.saturating_sub(1)),
            (Some(at), false) => Some(at + 1).filter(|at| Some(*at) <= last),
        };
        if self.history_index.is_none() {
            self.draft = std::mem::take(&mut self.text);
        }
        let text = match to.and_then(|at| self.history.get(at)) {
            Some(line) => line.clone(),
            None => std::mem::take(&mut self.draft),
        };
        self.history_index = to;
        self.set_text(text);
    }

    /// Opens the bar, or closes it if it has the keyboard.
    pub fn toggle(&mut self, ctx: &Context) {
        if self.open && ctx.memory(|m| m.has_focus(field_id())) {
            self.close();
            return;
        }
        self.open();
    }

    /// Opens the bar with a pasted line; returns whether it is short enough and there was no text.
    pub fn paste(&mut self, text: &str) -> bool {
        let line = text.trim();
        if !self.text.is_empty() || line.len() > list::MAX_CHARS {
            return false;
        }
        if !line.is_empty() {
            self.open();
            self.set_text(line.to_owned());
        }
        true
    }

    /// Text of the line.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Opens the bar with a line of an earlier start. If a new one has been begun, the
    /// earlier one can be recalled.
    pub fn restore(&mut self, line: String) {
        if self.text.is_empty() {
            self.open = true;
            self.set_text(line);
        } else {
            self.history.push(line);
        }
    }

    /// Interprets the line with the names of a map.
    pub fn parsed_line(&mut self, document: &Document) -> ParsedLine {
        let names = self.vocabulary(document);
        parse(&self.text, &names).interpret()
    }

    /// Moves the line to the history.
    pub fn finish_line(&mut self) {
        let line = std::mem::take(&mut self.text);
        self.set_text(String::new());
        self.are_suggestions_dismissed = false;
        self.history_index = None;
        if self.history.last() != Some(&line) {
            self.history.push(line);
        }
        let surplus = self.history.len().saturating_sub(MAX_HISTORY);
        self.history.drain(..surplus);
    }
}
