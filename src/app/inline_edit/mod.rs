//! Inline editing of texts on the map. Typed text is applied at once and forms one
//! step; Escape restores the former text.
//!
//! Must not know: the available texts and their order (`spot` does), the appearance of
//! the field (`field` does).

mod field;
mod lane_cells;
mod tab_order;
pub(crate) mod target;
mod type_to_edit;

pub use tab_order::{Next, is_walked, lane_beside};
pub use target::{clear, link};

use super::app::App;
use super::command::action::Selection;
use super::document::camera_target::Shown;
use super::document::navigation::Way;
use crate::edit::Intent;
use crate::model::{Id as _, LaneId, PainId, Said, TouchpointId};
use crate::render::View;
use crate::scene::Tag;
use egui::{Context, Event, InputState, Key, Modifiers, Pos2};
use field::Seat;
use std::borrow::Cow;
use target::Spot;

/// An inline edit in progress.
#[derive(Clone, Debug)]
pub struct Editor {
    pub(crate) spot: Spot,
    /// Subject that shows the text.
    tag: Tag,
    /// Key of the edited document.
    pub(crate) document: u64,
    /// Text before editing.
    base: String,
    /// Text of the field, and the text of the map that resulted. They differ for a lane
    /// title: the map shows the default title while the field is empty.
    pub(crate) typed: String,
    pub(crate) known: String,
    /// State of the history before editing.
    state: u64,
    /// Whether all text is selected, so that typing replaces it.
    pub(crate) all: bool,
    /// Screen position of the click that places the caret.
    pub(crate) clicked: Option<Pos2>,
    pub(crate) wants_focus: bool,
    /// Input method events that arrived before the field existed.
    pub(crate) composed: Vec<Event>,
    /// Last geometry of the text, used while the text is empty.
    pub(crate) seat: Option<Seat>,
    pub(crate) end: Option<End>,
}

/// Ways to end an inline edit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum End {
    /// Keeps the text.
    Keep,
    /// Restores the former text.
    Restore,
    /// Keeps the text and edits the next or previous one.
    Next(Way),
}

impl Editor {
    /// Returns the address of the edited text, which the canvas hides.
    pub(crate) fn text(&self) -> (Tag, Said) {
        (self.tag.clone(), self.spot.said())
    }

    /// Places the caret at a screen position.
    pub(crate) fn put_caret(&mut self, at: Pos2) {
        self.all = false;
        self.clicked = Some(at);
    }

    /// Passes earlier input method events to the field.
    pub(crate) fn compose(&mut self, events: Vec<Event>) {
        self.composed = events;
        self.all = true;
    }
}

impl App {
    /// Begins inline editing of the selection: of the lane cell at the lane cursor,
    /// else of the name of the selection, or of the map if nothing is selected. `typed`
    /// replaces a name, and becomes one more text in a lane that has room for it. If
    /// the name is not on the map, the inspector's name field gets the focus.
    pub(crate) fn begin_editing(&mut self, typed: Option<&str>) {
        let Some(document) = self.document() else {
            return;
        };
        // Other views have no room for inline editing.
        let (map, view) = (document.session.map(), document.view);
        let writes = view.writes();
        let drawn = |spot: &Spot| writes && spot.is_drawn(map, view == View::Journey);
        match (&document.selection, document.lane.clone()) {
            (Selection::Touchpoint(id), Some(lane)) if writes => {
                self.write_in_lane(&lane, &id.clone(), typed, typed.is_some());
            }
            (selection, _) => match Spot::of(selection).filter(drawn) {
                Some(spot) => self.write(spot, None, typed),
                None => {
                    self.preferences.inspector = true;
                    self.sides.focus_name();
                }
            },
        }
    }

    /// Begins inline editing in a lane cell: of its first text; with `more` of a new
    /// one if there is room.
    pub(crate) fn write_in_lane(
        &mut self,
        lane: &LaneId,
        id: &TouchpointId,
        typed: Option<&str>,
        more: bool,
    ) {
        let mint = &mut self.mint;
        let Some(document) = self.documents.get(self.active) else {
            return;
        };
        let map = document.session.map();
        let (Some(record), Some(touchpoint)) = (map.lanes().get(lane), map.touchpoint(id)) else {
            return;
        };
        let first = match Next::in_lane(map, record, touchpoint, Way::On) {
            Next::Spot(spot) => Some(spot),
            Next::Empty(..) => None,
        };
        if let Some(spot) = first.clone().filter(|_| !more) {
            self.write(spot, None, typed);
            return;
        }
        let mut mint = |name: &str| mint.mint::<PainId>(name).as_str().to_owned();
        match target::make_room(map, lane, id, &mut mint) {
            Some((made, spot)) => self.write(spot, made.as_ref(), typed),
            None => {
                if let Some(spot) = first {
                    self.write(spot, None, typed);
                }
            }
        }
    }

    /// Begins inline editing of a text; `made` is an intent that adds the text first.
    pub(crate) fn write(&mut self, spot: Spot, made: Option<&Intent>, typed: Option<&str>) {
        if self.hands.editor.is_some() {
            self.end_editing(End::Keep);
        }
        let Some(document) = self.document_mut() else {
            return;
        };
        let tag = spot.tag(document.session.map());
        document.select(spot.selection(), true);
        if let Some(lane) = spot.lane() {
            document.look_at(Some(lane.clone()));
        }
        document.wanted = Some(Shown::Near(tag.clone()));
        document.session.seal();
        let state = document.session.history().state();
        if let Some(made) = made {
            self.edit(made, Some(&spot.key()));
        }
        let Some(map) = self.document().map(|d| d.session.map()) else {
            return;
        };
        let Some(base) = spot.text(map).map(Cow::into_owned) else {
            return;
        };
        if let Some(intent) = typed.and_then(|typed| spot.with(map, typed)) {
            self.edit(&intent, Some(&spot.key()));
        }
        let Some(document) = self.document() else {
            return;
        };
        let known = spot.text(document.session.map()).unwrap_or_default();
        let known = known.into_owned();
        self.hands.editor = Some(Editor {
            document: document.key,
            // The map may have normalised the text.
            typed: typed.map_or_else(|| known.clone(), str::to_owned),
            known,
            base,
            state,
            all: typed.is_none() && spot.is_name(),
            clicked: None,
            spot,
            tag,
            wants_focus: true,
            composed: Vec::new(),
            seat: None,
            end: None,
        });
    }

    /// Handles the keys that end an inline edit. They take effect after the field has
    /// read the preceding text.
    pub(crate) fn editor_keys(&mut self, ctx: &Context) {
        let (Some(editor), Some(document)) =
            (&mut self.hands.editor, self.documents.get(self.active))
        else {
            return;
        };
        let lines = editor.spot.has_lines(document.session.map());
        // Shift at the time of the key event; it may be released by the end of the
        // frame.
        let shift = |input: &InputState, wanted: Key| {
            input.events.iter().any(|event| {
                matches!(event, Event::Key { key, pressed: true, modifiers, .. }
                    if *key == wanted && modifiers.shift)
            })
        };
        editor.end = ctx.input_mut(|input| {
            if input.consume_key(Modifiers::NONE, Key::Escape) {
                return Some(End::Restore);
            }
            let back = shift(input, Key::Tab);
            if input.consume_key(Modifiers::NONE, Key::Tab) {
                return Some(End::Next(if back { Way::Back } else { Way::On }));
            }
            if input.consume_key(Modifiers::COMMAND, Key::Enter) {
                return Some(End::Keep);
            }
            let new_line = lines || shift(input, Key::Enter);
            (!new_line && input.consume_key(Modifiers::NONE, Key::Enter)).then_some(End::Keep)
        });
    }

    /// Ends inline editing and keeps the text.
    pub(crate) fn stop_writing(&mut self) {
        self.end_editing(End::Keep);
    }

    pub(crate) fn end_editing(&mut self, end: End) {
        let Some(editor) = self.hands.editor.take() else {
            return;
        };
        // Another document may be active by now.
        let mut documents = self.documents.iter_mut();
        let Some(document) = documents.find(|d| d.key == editor.document) else {
            return;
        };
        let (map, history) = (document.session.map(), document.session.history());
        let now = editor.spot.text(map).unwrap_or_default();
        let key = editor.spot.key();
        let last = history.done().last();
        let ours = history.state() != editor.state
            && last.is_some_and(|step| step.merge_key.as_ref() == Some(&key));
        let blank = now.trim().is_empty();
        let nothing = now == editor.base || (blank && editor.base.is_empty());
        if ours && (end == End::Restore || nothing) {
            document.session.withdraw();
            document.prune();
        } else if ours
            && blank
            && let Some(gone) = editor.spot.without(map)
        {
            // The text exists, so the removal cannot fail.
            let _ = document.session.apply_merging(&gone, Some(&key));
            document.prune();
        }
        document.session.seal();
        if let End::Next(way) = end
            && let Some(next) = editor.spot.beside(document.session.map(), way)
        {
            match next {
                Next::Spot(spot) => self.write(spot, None, None),
                Next::Empty(lane, id) => self.write_in_lane(&lane, &id, None, false),
            }
        }
    }
}
