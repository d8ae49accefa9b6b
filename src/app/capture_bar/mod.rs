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
use super::document::navigation;
use super::handlers::clipboard::after_branches;
use crate::capture::{Completion, Names, Place, Writer, complete, list, parse};
use crate::model::{Map, Record, StageId};
use egui::{Context, Event, Id};

/// Maximum number of lines in the history.
const PAST: usize = 200;

/// State of the capture bar. Typed text survives closing.
#[derive(Default)]
pub struct Capture {
    open: bool,
    text: String,
    /// Last caret position, in bytes.
    caret: usize,
    /// Requested caret position, in bytes.
    put_caret: Option<usize>,
    /// Whether the field requests the focus.
    wants_focus: bool,
    /// Index of the highlighted suggestion, and whether arrow keys chose it.
    offer: usize,
    chosen: bool,
    /// Whether the suggestions are dismissed for the current text.
    dismissed: bool,
    /// Submitted lines, oldest first, and the index of the recalled one.
    past: Vec<String>,
    recalled: Option<usize>,
    /// Text typed before the history was recalled.
    draft: String,
    /// Key events deferred until the field has read the preceding text.
    waiting: Vec<Event>,
    known: Option<Known>,
    /// Height of the bar in this frame, in points.
    height: f32,
}

/// Names of a map, cached by document and revision.
struct Known {
    key: u64,
    revision: u64,
    names: Names,
}

/// Returns the id of the field.
fn field_id() -> Id {
    Id::unique("capture line")
}

impl Capture {
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
    fn show_up(&mut self, typed: &str) {
        self.open = true;
        self.wants_focus = true;
        if !typed.is_empty() {
            self.text.push_str(typed);
            self.put_caret = Some(self.text.len());
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
    fn set(&mut self, text: String) {
        self.caret = text.len();
        self.put_caret = Some(text.len());
        self.text = text;
        self.dismissed = true;
        self.chosen = false;
        self.offer = 0;
    }

    /// Returns the names of the map, read again if it changed.
    fn names(&mut self, document: &Document) -> &Names {
        let (key, revision) = (document.key, document.session.revision());
        let fresh = matches!(&self.known, Some(k) if k.key == key && k.revision == revision);
        if !fresh {
            self.known = None;
        }
        let known = self.known.get_or_insert_with(|| Known {
            key,
            revision,
            names: Names::of(document.session.map()),
        });
        &known.names
    }

    fn completion(&mut self, document: &Document) -> Option<Completion> {
        if self.dismissed {
            return None;
        }
        self.names(document);
        let names = &self.known.as_ref()?.names;
        complete(&self.text, self.caret, names)
    }

    /// Inserts a suggestion into the text.
    fn accept(&mut self, completion: &Completion, at: usize) {
        let offer = completion.offers.get(at);
        if let (Some(offer), true) = (offer, self.text.get(completion.span.clone()).is_some()) {
            let end = completion.span.start + offer.text.len();
            let mut text = self.text.clone();
            text.replace_range(completion.span.clone(), &offer.text);
            self.set(text);
            self.caret = end;
            self.put_caret = Some(end);
        }
    }

    fn recall(&mut self, back: bool) {
        let last = self.past.len().checked_sub(1);
        let to = match (self.recalled, back) {
            (None, true) => last,
            (None, false) => return,
            (Some(at), true) => Some(at.saturating_sub(1)),
            (Some(at), false) => Some(at + 1).filter(|at| Some(*at) <= last),
        };
        if self.recalled.is_none() {
            self.draft = std::mem::take(&mut self.text);
        }
        let text = match to.and_then(|at| self.past.get(at)) {
            Some(line) => line.clone(),
            None => std::mem::take(&mut self.draft),
        };
        self.recalled = to;
        self.set(text);
    }
}

impl App {
    /// Opens the capture bar, or closes it if it has the keyboard.
    pub(super) fn toggle_capture(&mut self, ctx: &Context) {
        if self.capture.open && ctx.memory(|m| m.has_focus(field_id())) {
            self.capture.close();
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
        self.capture.show_up(behind);
    }

    /// Adds a touchpoint from the line.
    pub(super) fn take_line(&mut self) {
        let Some(document) = self.documents.get(self.active) else {
            return;
        };
        self.capture.names(document);
        let Some(known) = &self.capture.known else {
            return;
        };
        let said = parse(&self.capture.text, &known.names).said();
        let map = document.session.map();
        let place = place(map, &document.selection);
        let (intent, written) = self.mint.with(|minter| {
            let mut writer = Writer::new(map, &place, minter);
            let written = writer.write(&said);
            (writer.finish(&label(&said)), written)
        });
        let Some(written) = written else {
            return;
        };
        if let Some(intent) = intent
            && !self.edit(&intent, None)
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
        let capture = &mut self.capture;
        let line = std::mem::take(&mut capture.text);
        capture.set(String::new());
        capture.dismissed = false;
        capture.recalled = None;
        if capture.past.last() != Some(&line) {
            capture.past.push(line);
        }
        let surplus = capture.past.len().saturating_sub(PAST);
        capture.past.drain(..surplus);
    }

    /// Selects the next stage (`on`) or the previous one as the target; does nothing at
    /// the ends.
    fn go_to_stage(&mut self, on: bool) {
        let Some(document) = self.documents.get_mut(self.active) else {
            return;
        };
        let map = document.session.map();
        let stages = map.stages();
        let here = stage_of_place(map, &place(map, &document.selection));
        let Some(at) = here.and_then(|id| stages.position(&id)) else {
            return;
        };
        let to = if on { Some(at + 1) } else { at.checked_sub(1) };
        if let Some(stage) = to.and_then(|to| stages.as_slice().get(to)) {
            document.select(Selection::Stage(stage.id.clone()), true);
        }
    }

    /// Puts one line of pasted text into the bar; several lines open the list dialog.
    pub(super) fn paste_words(&mut self, text: &str) {
        let free =
            self.start.is_none() && self.document().is_some() && self.capture.text.is_empty();
        if free && !list::is_list(text) {
            let line = text.trim();
            if !line.is_empty() {
                self.capture.show_up("");
                self.capture.set(line.to_owned());
            }
            return;
        }
        self.over = Some(super::modals::Over::List(Box::new(
            crate::app::modals::ListSheet::of(text),
        )));
    }
}

/// Returns the insertion point of a line: after the selection, else at the end.
pub(crate) fn place(map: &Map, selection: &Selection) -> Place {
    match navigation::place_for_touchpoint(map, selection) {
        Some((stage, at)) => {
            let (stage, at) = after_branches(map, stage, at);
            Place::At(stage, at)
        }
        None => Place::End,
    }
}

/// Returns the stage of an insertion point.
fn stage_of_place(map: &Map, place: &Place) -> Option<StageId> {
    match place {
        Place::At(stage, _) => Some(stage.clone()),
        Place::After(id) => map.stage_of(id).cloned(),
        Place::End => map.stages().as_slice().last().map(|stage| stage.id.clone()),
    }
}

/// Returns the name of the stage of an insertion point.
pub(crate) fn stage_name<'a>(map: &'a Map, place: &Place) -> Option<&'a str> {
    let id = stage_of_place(map, place)?;
    map.stages().get(&id).map(Record::name)
}

/// Returns the label of the step in the history.
fn label(said: &crate::capture::Said) -> String {
    match (&said.name, &said.stage) {
        (name, Some(_)) if name.is_empty() && said.is_no_touchpoint() => "Add stage".to_owned(),
        (name, _) if name.is_empty() => "Add touchpoint".to_owned(),
        (name, _) => {
            let short: String = name.chars().take(40).collect();
            let dots = if short.len() < name.len() { "…" } else { "" };
            format!("Add “{short}{dots}”")
        }
    }
}
