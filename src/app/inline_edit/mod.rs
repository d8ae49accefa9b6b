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

pub use tab_order::TabStop;
pub use target::clear_cell;

use super::app::App;
use super::command::action::Selection;
use super::document::camera_target::CameraTarget;
use super::document::navigation::Direction;
use crate::edit::Intent;
use crate::model::{Field, FieldRef, Id as _, LaneId, PainId, TouchpointId};
use crate::render::View;
use crate::scene::ObjectId;
use egui::{Context, Event, InputState, Key, Modifiers, Pos2};
use field::FieldGeometry;
use std::borrow::Cow;

/// An inline edit in progress.
#[derive(Clone, Debug)]
pub struct InlineEditor {
    pub(crate) target: FieldRef,
    /// Subject that shows the text.
    tag: ObjectId,
    /// Key of the edited document.
    pub(crate) document_key: u64,
    /// Text before editing.
    original_text: String,
    /// Text of the field, and the text of the map that resulted. They differ for a lane
    /// title: the map shows the default title while the field is empty.
    pub(crate) field_text: String,
    pub(crate) map_text: String,
    /// State of the history before editing.
    history_state: u64,
    /// Whether all text is selected, so that typing replaces it.
    pub(crate) select_all: bool,
    /// Screen position of the click that places the caret.
    pub(crate) click_position: Option<Pos2>,
    pub(crate) wants_focus: bool,
    /// Input method events that arrived before the field existed.
    pub(crate) pending_ime_events: Vec<Event>,
    /// Last geometry of the text, used while the text is empty.
    pub(crate) geometry: Option<FieldGeometry>,
    pub(crate) end: Option<EditEnd>,
}

/// Ways to end an inline edit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum EditEnd {
    /// Keeps the text.
    Commit,
    /// Restores the former text.
    Cancel,
    /// Keeps the text and edits the next or previous one.
    Advance(Direction),
}

impl InlineEditor {
    /// Returns the address of the edited text, which the canvas hides.
    pub(crate) fn text_address(&self) -> (ObjectId, Field) {
        (self.tag.clone(), self.target.field)
    }

    /// Places the caret at a screen position.
    pub(crate) fn set_caret_at(&mut self, at: Pos2) {
        self.select_all = false;
        self.click_position = Some(at);
    }

    /// Passes earlier input method events to the field.
    pub(crate) fn queue_ime_events(&mut self, events: Vec<Event>) {
        self.pending_ime_events = events;
        self.select_all = true;
    }
}

impl App {
    /// Begins inline editing of the selection: of the lane cell at the lane cursor,
    /// else of the name of the selection, or of the map if nothing is selected. `typed`
    /// replaces a name, and becomes one more text in a lane that has room for it. If
    /// the name is not on the map, the inspector's name field gets the focus.
    pub(crate) fn begin_inline_edit(&mut self, typed: Option<&str>) {
        let Some(document) = self.document() else {
            return;
        };
        // Other views have no room for inline editing.
        let (map, view) = (document.session.map(), document.view);
        let writes = view.supports_inline_edit();
        let drawn = |spot: &FieldRef| writes && spot.is_drawn(map, view == View::Journey);
        match (&document.selection, document.cursor_lane.clone()) {
            (Selection::Touchpoint(id), Some(lane)) if writes => {
                self.begin_lane_edit(&lane, &id.clone(), typed, typed.is_some());
            }
            (selection, _) => match selection.name_field().filter(drawn) {
                Some(spot) => self.begin_edit_of(spot, None, typed),
                None => {
                    self.settings.preferences.inspector = true;
                    self.chrome.side_panels.focus_name();
                }
            },
        }
    }

    /// Begins inline editing in a lane cell: of its first text; with `more` of a new
    /// one if there is room.
    pub(crate) fn begin_lane_edit(
        &mut self,
        lane: &LaneId,
        id: &TouchpointId,
        typed: Option<&str>,
        more: bool,
    ) {
        let mint = &mut self.workspace.id_generator;
        let Some(document) = self.workspace.documents.get(self.workspace.active) else {
            return;
        };
        let map = document.session.map();
        let (Some(record), Some(touchpoint)) = (map.lanes().get(lane), map.touchpoint(id)) else {
            return;
        };
        let first = match TabStop::in_lane(map, record, touchpoint, Direction::Next) {
            TabStop::Text(spot) => Some(spot),
            TabStop::EmptyCell(..) => None,
        };
        if let Some(spot) = first.clone().filter(|_| !more) {
            self.begin_edit_of(spot, None, typed);
            return;
        }
        let mut mint = |name: &str| mint.new_id::<PainId>(name).as_str().to_owned();
        match target::add_text_slot(map, lane, id, &mut mint) {
            Some((made, spot)) => self.begin_edit_of(spot, made.as_ref(), typed),
            None => {
                if let Some(spot) = first {
                    self.begin_edit_of(spot, None, typed);
                }
            }
        }
    }

    /// Begins inline editing of a text; `made` is an intent that adds the text first.
    pub(crate) fn begin_edit_of(
        &mut self,
        spot: FieldRef,
        made: Option<&Intent>,
        typed: Option<&str>,
    ) {
        if self.interaction.tools.editor.is_some() {
            self.end_inline_edit(EditEnd::Commit);
        }
        let Some(document) = self.document_mut() else {
            return;
        };
        let tag = spot.tag(document.session.map());
        let selection = Selection::of_object(document.session.map(), &spot.object);
        document.select(selection, true);
        if let Some(lane) = spot.lane() {
            document.move_cursor_to_lane(Some(lane.clone()));
        }
        document.camera_target = Some(CameraTarget::Reveal(tag.clone()));
        document.session.seal();
        let state = document.session.history().state();
        if let Some(made) = made {
            self.apply_intent(made, Some(&spot.merge_key()));
        }
        let Some(map) = self.document().map(|d| d.session.map()) else {
            return;
        };
        let Some(base) = spot.drawn_text(map).map(Cow::into_owned) else {
            return;
        };
        if let Some(intent) = typed.and_then(|typed| spot.set_text_intent(map, typed)) {
            self.apply_intent(&intent, Some(&spot.merge_key()));
        }
        let Some(document) = self.document() else {
            return;
        };
        let known = spot.drawn_text(document.session.map()).unwrap_or_default();
        let known = known.into_owned();
        self.interaction.tools.editor = Some(InlineEditor {
            document_key: document.key,
            // The map may have normalised the text.
            field_text: typed.map_or_else(|| known.clone(), str::to_owned),
            map_text: known,
            original_text: base,
            history_state: state,
            select_all: typed.is_none() && spot.is_name(),
            click_position: None,
            target: spot,
            tag,
            wants_focus: true,
            pending_ime_events: Vec::new(),
            geometry: None,
            end: None,
        });
    }

    /// Handles the keys that end an inline edit. They take effect after the field has
    /// read the preceding text.
    pub(crate) fn handle_inline_edit_keys(&mut self, ctx: &Context) {
        let (Some(editor), Some(document)) = (
            &mut self.interaction.tools.editor,
            self.workspace.documents.get(self.workspace.active),
        ) else {
            return;
        };
        let lines = editor.target.is_multiline(document.session.map());
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
                return Some(EditEnd::Cancel);
            }
            let back = shift(input, Key::Tab);
            if input.consume_key(Modifiers::NONE, Key::Tab) {
                return Some(EditEnd::Advance(if back {
                    Direction::Previous
                } else {
                    Direction::Next
                }));
            }
            if input.consume_key(Modifiers::COMMAND, Key::Enter) {
                return Some(EditEnd::Commit);
            }
            let new_line = lines || shift(input, Key::Enter);
            (!new_line && input.consume_key(Modifiers::NONE, Key::Enter)).then_some(EditEnd::Commit)
        });
    }

    /// Ends inline editing and keeps the text.
    pub(crate) fn commit_inline_edit(&mut self) {
        self.end_inline_edit(EditEnd::Commit);
    }

    pub(crate) fn end_inline_edit(&mut self, end: EditEnd) {
        let Some(editor) = self.interaction.tools.editor.take() else {
            return;
        };
        // Another document may be active by now.
        let mut documents = self.workspace.documents.iter_mut();
        let Some(document) = documents.find(|d| d.key == editor.document_key) else {
            return;
        };
        let (map, history) = (document.session.map(), document.session.history());
        let now = editor.target.drawn_text(map).unwrap_or_default();
        let key = editor.target.merge_key();
        let last = history.done().last();
        let ours = history.state() != editor.history_state
            && last.is_some_and(|step| step.merge_key.as_ref() == Some(&key));
        let blank = now.trim().is_empty();
        let nothing = now == editor.original_text || (blank && editor.original_text.is_empty());
        if ours && (end == EditEnd::Cancel || nothing) {
            document.session.withdraw();
            document.prune_selection();
        } else if ours
            && blank
            && let Some(gone) = editor.target.remove_empty_intent(map)
        {
            // The text exists, so the removal cannot fail.
            let _ = document.session.apply_merging(&gone, Some(&key));
            document.prune_selection();
        }
        document.session.seal();
        if let EditEnd::Advance(way) = end
            && let Some(next) = editor.target.tab_neighbor(document.session.map(), way)
        {
            match next {
                TabStop::Text(spot) => self.begin_edit_of(spot, None, None),
                TabStop::EmptyCell(lane, id) => self.begin_lane_edit(&lane, &id, None, false),
            }
        }
    }
}
