//! The capture line: type a line, press Enter, type the next.
//!
//! What is typed goes behind what is selected, and what was captured is
//! selected: where the next line goes is always what can be seen. Must not
//! know: the grammar (`crate::capture` does).

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

/// So many lines can be recalled.
const PAST: usize = 200;

/// The capture line, open or not. What was typed stays when it is closed.
#[derive(Default)]
pub struct Capture {
    open: bool,
    text: String,
    /// Where the caret stood when it was last shown, in bytes.
    caret: usize,
    /// The caret shall go there, in bytes.
    put_caret: Option<usize>,
    /// The field shall get the focus.
    wants_focus: bool,
    /// Which offer of the completion is on, and whether arrows chose it.
    offer: usize,
    chosen: bool,
    /// The offers were sent away for what stands there now.
    dismissed: bool,
    /// Lines that were taken, the last one last, and which one is shown again.
    past: Vec<String>,
    recalled: Option<usize>,
    /// What was typed before older lines were recalled.
    draft: String,
    /// Keys that wait for what was typed before them to be read.
    waiting: Vec<Event>,
    known: Option<Known>,
    /// How tall it is in this frame, in points.
    height: f32,
}

/// The names of a map at one of its revisions.
struct Known {
    key: u64,
    revision: u64,
    names: Names,
}

/// The id of the field.
fn field_id() -> Id {
    Id::unique("capture line")
}

impl Capture {
    /// Whether it is shown.
    pub fn is_open(&self) -> bool {
        self.open
    }

    /// Whether something is being written in it.
    pub fn has_text(&self, ctx: &Context) -> bool {
        self.open && !self.text.is_empty() && ctx.memory(|m| m.has_focus(field_id()))
    }

    /// Shows it and takes the keyboard; `typed` is what came before it could.
    fn show_up(&mut self, typed: &str) {
        self.open = true;
        self.wants_focus = true;
        if !typed.is_empty() {
            self.text.push_str(typed);
            self.put_caret = Some(self.text.len());
        }
    }

    /// How much it takes of the bottom of the window in this frame, in points.
    pub(super) fn take_height(&mut self) -> f32 {
        std::mem::take(&mut self.height)
    }

    fn close(&mut self) {
        self.open = false;
        self.wants_focus = false;
    }

    /// Puts other text into the line, with the caret at its end.
    fn set(&mut self, text: String) {
        self.caret = text.len();
        self.put_caret = Some(text.len());
        self.text = text;
        self.dismissed = true;
        self.chosen = false;
        self.offer = 0;
    }

    /// The names in the map, read again where it changed.
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

    /// Puts an offer into the line.
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
    /// Opens the capture line, or closes it where it has the keyboard already.
    pub(super) fn toggle_capture(&mut self, ctx: &Context) {
        if self.capture.open && ctx.memory(|m| m.has_focus(field_id())) {
            self.capture.close();
            return;
        }
        // What was typed right behind the key that opens the line is meant for it.
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

    /// Makes a touchpoint of the line.
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

    /// Goes on in the next stage, or the one before. On the last one there is none to go to.
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

    /// One line of text from the clipboard goes into the line; more is shown before.
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

/// Where a line goes: behind what is selected.
pub(crate) fn place(map: &Map, selection: &Selection) -> Place {
    match navigation::place_for_touchpoint(map, selection) {
        Some((stage, at)) => {
            let (stage, at) = after_branches(map, stage, at);
            Place::At(stage, at)
        }
        None => Place::End,
    }
}

/// The stage that a line goes to.
fn stage_of_place(map: &Map, place: &Place) -> Option<StageId> {
    match place {
        Place::At(stage, _) => Some(stage.clone()),
        Place::After(id) => map.stage_of(id).cloned(),
        Place::End => map.stages().as_slice().last().map(|stage| stage.id.clone()),
    }
}

/// The name of the stage that a line goes to.
pub(crate) fn stage_name<'a>(map: &'a Map, place: &Place) -> Option<&'a str> {
    let id = stage_of_place(map, place)?;
    map.stages().get(&id).map(Record::name)
}

/// What the step is called in the history.
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
