//! Inline editing of texts on the map. Typed text is applied at once and forms one
//! step; Escape restores the former text.
//!
//! Must not know: sessions (handlers begin and end an edit), the appearance of the field
//! (`field` does).

use super::geometry::FieldGeometry;
use crate::app::document::Document;
use crate::app::document::navigation::Direction;
use crate::app::document::selection::Selection;
use crate::model::FieldRef;
use egui::{Context, Event, InputState, Key, Modifiers, Pos2};

/// State of inline editing.
#[derive(Default)]
pub(crate) struct InlineEdit {
    /// The edit in progress.
    pub editor: Option<InlineEditor>,
}

/// An inline edit in progress.
#[derive(Clone, Debug)]
pub struct InlineEditor {
    pub(crate) target: FieldRef,
    /// The text as drawn: the object on the map that shows it, and the field.
    pub(crate) shown: FieldRef,
    /// Key of the edited document.
    pub(crate) document_key: u64,
    /// Text before editing.
    pub(crate) original_text: String,
    /// Text of the field, and the text of the map that resulted. They differ for a lane
    /// title: the map shows the default title while the field is empty.
    pub(super) field_text: String,
    pub(super) map_text: String,
    /// Whether the field has text that the map gets at the end of this frame.
    pub(super) is_typed: bool,
    /// Whether the text of the field cannot be read.
    pub(super) is_refused: bool,
    /// State of the history before editing.
    pub(crate) history_state: u64,
    /// Whether all text is selected, so that typing replaces it.
    pub(super) select_all: bool,
    /// Screen position of the click that places the caret.
    pub(super) click_position: Option<Pos2>,
    pub(super) wants_focus: bool,
    /// Input method events that arrived before the field existed.
    pub(super) pending_ime_events: Vec<Event>,
    /// Selection before the object was added whose name this is; Escape then adds nothing.
    pub(crate) added_from: Option<Selection>,
    /// Last geometry of the text, used while the text is empty.
    pub(super) geometry: Option<FieldGeometry>,
    /// Way in which the edit ends in this frame.
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
    /// Begins an edit of a text of the document. `typed` is the text with what was typed,
    /// with which the map has been changed already.
    pub(crate) fn new(
        document: &Document,
        target: FieldRef,
        original_text: String,
        history_state: u64,
        typed: Option<&str>,
    ) -> InlineEditor {
        let map = document.session.map();
        let map_text = target.drawn_text(map).unwrap_or_default().into_owned();
        InlineEditor {
            shown: target.shown_in(map).field(target.field),
            document_key: document.key,
            original_text,
            // The map may have normalised the text.
            field_text: typed.map_or_else(|| map_text.clone(), str::to_owned),
            map_text,
            is_typed: false,
            is_refused: false,
            history_state,
            select_all: typed.is_none() && target.is_name(),
            click_position: None,
            target,
            wants_focus: true,
            pending_ime_events: Vec::new(),
            added_from: None,
            geometry: None,
            end: None,
        }
    }

    /// Places the caret at a screen position.
    pub(crate) fn set_caret_at(&mut self, at: Pos2) {
        self.select_all = false;
        self.click_position = Some(at);
    }

    /// Passes earlier input method events to the field.
    pub(crate) fn queue_ime_events(&mut self, events: Vec<Event>) {
        self.pending_ime_events = events;
    }
}

impl InlineEdit {
    /// Handles the keys that end an inline edit. They take effect after the field has
    /// read the preceding text.
    pub(crate) fn handle_keys(&mut self, ctx: &Context, document: &Document) {
        let Some(editor) = &mut self.editor else {
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
                let way = if back {
                    Direction::Previous
                } else {
                    Direction::Next
                };
                return Some(EditEnd::Advance(way));
            }
            if input.consume_key(Modifiers::COMMAND, Key::Enter) {
                return Some(EditEnd::Commit);
            }
            let new_line = lines || shift(input, Key::Enter);
            (!new_line && input.consume_key(Modifiers::NONE, Key::Enter)).then_some(EditEnd::Commit)
        });
    }
}
