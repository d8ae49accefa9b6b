//! The capture bar: adds touchpoints from typed lines.
//!
//! A line is inserted after the selection and its touchpoint is selected, so the target
//! of the next line is always visible.
//!
//! Must not know: the grammar (`crate::capture` does).

mod completions;
mod field;
pub(crate) mod highlighting;
mod keys;

use super::app::App;
use super::command::action::Selection;
use super::document::Document;
use super::editing::structure;
use crate::capture::{
    Completion, InsertionPoint, IntentBuilder, Vocabulary, complete, list, parse,
};
use crate::model::{Map, Record, StageId};
use egui::{Context, Event, Id};

/// Maximum number of lines in the history.
const MAX_HISTORY: usize = 200;

/// State of the capture bar. Typed text survives closing.
#[derive(Default)]
pub struct CaptureBar {
    open: bool,
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
    /// Key events deferred until the field has read the preceding text.
    deferred_events: Vec<Event>,
    vocabulary: Option<CachedVocabulary>,
    /// Height of the bar in this frame, in points.
    height: f32,
}

/// Names of a map, cached by document and revision.
struct CachedVocabulary {
    key: u64,
    revision: u64,
    names: Vocabulary,
}

/// Returns the id of the field.
fn field_id() -> Id {
    Id::unique("capture line")
}

impl CaptureBar {
    /// Whether the bar is open.
    pub fn is_open(&self) -> bool {
        self.open
    }

    /// Whether the field has text and the keyboard focus.
    pub fn has_text(&self, ctx: &Context) -> bool {
        self.open && !self.text.is_empty() && ctx.memory(|m| m.has_focus(field_id()))
    }

    /// Opens the bar and requests the focus; appends `typed`, the text that arrived
    /// before.
    fn open_with(&mut self, typed: &str) {
        self.open = true;
        self.wants_focus = true;
        if !typed.is_empty() {
            self.text.push_str(typed);
            self.requested_caret = Some(self.text.len());
        }
    }

    /// Takes the height of the bar in this frame, in points.
    pub(super) fn take_height(&mut self) -> f32 {
        std::mem::take(&mut self.height)
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
    fn vocabulary(&mut self, document: &Document) -> &Vocabulary {
        let (key, revision) = (document.key, document.session.revision());
        let fresh = matches!(&self.vocabulary, Some(k) if k.key == key && k.revision == revision);
        if !fresh {
            self.vocabulary = None;
        }
        let known = self.vocabulary.get_or_insert_with(|| CachedVocabulary {
            key,
            revision,
            names: Vocabulary::of(document.session.map()),
        });
        &known.names
    }

    fn completion(&mut self, document: &Document) -> Option<Completion> {
        if self.are_suggestions_dismissed {
            return None;
        }
        self.vocabulary(document);
        let names = &self.vocabulary.as_ref()?.names;
        complete(&self.text, self.caret, names)
    }

    /// Inserts a suggestion into the text.
    fn accept_suggestion(&mut self, completion: &Completion, at: usize) {
        let offer = completion.items.get(at);
        if let (Some(offer), true) = (offer, self.text.get(completion.span.clone()).is_some()) {
            let end = completion.span.start + offer.text.len();
            let mut text = self.text.clone();
            text.replace_range(completion.span.clone(), &offer.text);
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
}

impl App {
    /// Opens the capture bar, or closes it if it has the keyboard.
    pub(super) fn toggle_capture_bar(&mut self, ctx: &Context) {
        if self.capture_bar.open && ctx.memory(|m| m.has_focus(field_id())) {
            self.capture_bar.close();
            return;
        }
        // Text typed right after the shortcut belongs to the bar.
        let typed: String = ctx.input(|input| {
            let texts = input.events.iter().filter_map(|event| match event {
                Event::Text(text) => Some(text.as_str()),
                _ => None,
            });
            texts.collect()
        });
        let behind = match typed.strip_prefix(['a', 'A']) {
            Some(rest) if !ctx.text_edit_focused() => rest,
            _ => "",
        };
        self.capture_bar.open_with(behind);
    }

    /// Adds a touchpoint from the line.
    pub(super) fn submit_capture_line(&mut self) {
        let Some(document) = self.workspace.documents.get(self.workspace.active) else {
            return;
        };
        self.capture_bar.vocabulary(document);
        let Some(known) = &self.capture_bar.vocabulary else {
            return;
        };
        let said = parse(&self.capture_bar.text, &known.names).interpret();
        let map = document.session.map();
        let place = insertion_point(map, &document.selection);
        let (intent, written) = self.workspace.id_generator.with_factory(|minter| {
            let mut writer = IntentBuilder::new(map, &place, minter);
            let written = writer.add_line(&said);
            (writer.finish(&capture_step_label(&said)), written)
        });
        let Some(written) = written else {
            return;
        };
        if let Some(intent) = intent
            && !self.apply_intent(&intent, None)
        {
            return;
        }
        let selection = match written.touchpoint {
            Some(id) => Selection::Touchpoint(id),
            None => Selection::Stage(written.stage),
        };
        if let Some(document) = self.document_mut() {
            document.select(selection, true);
        }
        let capture = &mut self.capture_bar;
        let line = std::mem::take(&mut capture.text);
        capture.set_text(String::new());
        capture.are_suggestions_dismissed = false;
        capture.history_index = None;
        if capture.history.last() != Some(&line) {
            capture.history.push(line);
        }
        let surplus = capture.history.len().saturating_sub(MAX_HISTORY);
        capture.history.drain(..surplus);
    }

    /// Selects the next stage (`on`) or the previous one as the target; does nothing at
    /// the ends.
    fn capture_into_adjacent_stage(&mut self, on: bool) {
        let Some(document) = self.workspace.documents.get_mut(self.workspace.active) else {
            return;
        };
        let map = document.session.map();
        let stages = map.stages();
        let here = target_stage(map, &insertion_point(map, &document.selection));
        let Some(at) = here.and_then(|id| stages.position(&id)) else {
            return;
        };
        let to = if on { Some(at + 1) } else { at.checked_sub(1) };
        if let Some(stage) = to.and_then(|to| stages.as_slice().get(to)) {
            document.select(Selection::Stage(stage.id.clone()), true);
        }
    }

    /// Puts one line of pasted text into the bar; several lines open the list dialog.
    pub(super) fn paste_capture_text(&mut self, text: &str) {
        let free = self.screen.home.is_none()
            && self.document().is_some()
            && self.capture_bar.text.is_empty();
        if free && !list::is_list(text) {
            let line = text.trim();
            if !line.is_empty() {
                self.capture_bar.open_with("");
                self.capture_bar.set_text(line.to_owned());
            }
            return;
        }
        self.modals.modal = Some(super::modals::Modal::PasteList(Box::new(
            crate::app::modals::PasteListDialog::with_text(text),
        )));
    }
}

/// Returns the insertion point of a line: after the selection, else at the end.
pub(crate) fn insertion_point(map: &Map, selection: &Selection) -> InsertionPoint {
    match structure::touchpoint_insertion_point(map, selection) {
        Some((stage, at)) => {
            let (stage, at) = structure::after_branches(map, stage, at);
            InsertionPoint::At(stage, at)
        }
        None => InsertionPoint::End,
    }
}

/// Returns the stage of an insertion point.
fn target_stage(map: &Map, place: &InsertionPoint) -> Option<StageId> {
    match place {
        InsertionPoint::At(stage, _) => Some(stage.clone()),
        InsertionPoint::After(id) => map.stage_of(id).cloned(),
        InsertionPoint::End => map.stages().as_slice().last().map(|stage| stage.id.clone()),
    }
}

/// Returns the name of the stage of an insertion point.
pub(crate) fn target_stage_name<'a>(map: &'a Map, place: &InsertionPoint) -> Option<&'a str> {
    let id = target_stage(map, place)?;
    map.stages().get(&id).map(Record::name)
}

/// Returns the label of the step in the history.
fn capture_step_label(said: &crate::capture::ParsedLine) -> String {
    match (&said.name, &said.stage) {
        (name, Some(_)) if name.is_empty() && said.lacks_touchpoint() => "Add stage".to_owned(),
        (name, _) if name.is_empty() => "Add touchpoint".to_owned(),
        (name, _) => {
            let short: String = name.chars().take(40).collect();
            let dots = if short.len() < name.len() { "…" } else { "" };
            format!("Add “{short}{dots}”")
        }
    }
}
