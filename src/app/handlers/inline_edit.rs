//! Begins and ends the inline edit of a text on the map.
//!
//! Must not know: the field of the edit, how anything is drawn.

use crate::app::app::App;
use crate::app::command::action::Selection;
use crate::app::document::camera_target::CameraTarget;
use crate::app::document::navigation::Direction;
use crate::app::inline_edit::target::add_text_slot;
use crate::app::inline_edit::{EditEnd, InlineEditor, TabStop};
use crate::edit::Intent;
use crate::model::{FieldRef, LaneId, ObjectRef, TouchpointId};
use crate::render::View;
use egui::{Event, Pos2};

impl App {
    /// Begins inline editing of the selection: of the lane cell at the lane cursor,
    /// else of the name of the selection, or of the map if nothing is selected. `typed`
    /// or `composed` text becomes one more text in the lane, or is added to the one there.
    /// If the name is not on the map, the inspector's name field gets the focus.
    pub(super) fn begin_inline_edit(&mut self, typed: Option<&str>, composed: Vec<Event>) {
        let Some(document) = self.document() else {
            return;
        };
        // Other views have no room for inline editing.
        let (map, view) = (document.session.map(), document.view);
        let writes = view.supports_inline_edit();
        let drawn = |spot: &FieldRef| writes && spot.is_drawn(map, view == View::Journey);
        match (&document.selection, document.cursor_lane.clone()) {
            (Selection::One(ObjectRef::Touchpoint(id)), Some(lane)) if writes => {
                let more = typed.is_some() || !composed.is_empty();
                self.begin_cell_edit(&lane, &id.clone(), typed, more);
            }
            (selection, _) => match selection.name_field().filter(drawn) {
                Some(spot) => self.begin_edit_of(spot, None, typed),
                None => {
                    self.settings.preferences.inspector = true;
                    self.chrome.side_panels.focus_name();
                    return;
                }
            },
        }
        if let Some(editor) = &mut self.interaction.inline_edit.editor
            && !composed.is_empty()
        {
            editor.queue_ime_events(composed);
        }
    }

    /// Begins inline editing of a text, with the caret at a position on screen.
    pub(super) fn begin_text_edit(&mut self, target: FieldRef, caret: Option<Pos2>) {
        self.begin_edit_of(target, None, None);
        if let (Some(editor), Some(at)) = (&mut self.interaction.inline_edit.editor, caret) {
            editor.set_caret_at(at);
        }
    }

    /// Begins inline editing in a lane cell: of its first text; with `more` of a new
    /// one if there is room. A feeling there is one of the chosen persona.
    pub(super) fn begin_cell_edit(
        &mut self,
        lane: &LaneId,
        id: &TouchpointId,
        typed: Option<&str>,
        more: bool,
    ) {
        let workspace = &mut self.workspace;
        let Some(document) = workspace.documents.get(workspace.active) else {
            return;
        };
        let map = document.session.map();
        let (Some(record), Some(touchpoint)) = (map.lanes().get(lane), map.touchpoint(id)) else {
            return;
        };
        let first = match TabStop::in_lane(map, record, touchpoint, Direction::Next) {
            TabStop::Text(spot) => Some((None, spot)),
            TabStop::EmptyCell(..) => None,
        };
        let ids = &mut workspace.id_generator;
        let persona = document.chosen_persona().map(|persona| &persona.id);
        let new = (more || first.is_none())
            .then(|| ids.with_factory(|ids| add_text_slot(map, lane, id, persona, ids)));
        if let Some((made, spot)) = new.flatten().or(first) {
            self.begin_edit_of(spot, made.as_ref(), typed);
        }
    }

    /// Begins inline editing of a text; `made` is an intent that adds the text first.
    fn begin_edit_of(&mut self, target: FieldRef, made: Option<&Intent>, typed: Option<&str>) {
        if self.interaction.inline_edit.editor.is_some() {
            self.end_inline_edit(EditEnd::Commit);
        }
        let Some(document) = self.document_mut() else {
            return;
        };
        let map = document.session.map();
        let tag = target.shown_in(map);
        document.select(Selection::of_object(map, &target.object), true);
        if let Some(lane) = target.lane() {
            document.move_cursor_to_lane(Some(lane.clone()));
        }
        document.camera_target = Some(CameraTarget::Reveal(tag));
        document.session.seal();
        let state = document.session.history().state();
        let key = target.merge_key();
        if let Some(made) = made {
            self.apply_intent(made, Some(&key));
        }
        let Some(map) = self.document().map(|d| d.session.map()) else {
            return;
        };
        let Some(original) = target.drawn_text(map).map(|text| text.into_owned()) else {
            return;
        };
        let text = typed.map(|typed| target.text_with_more(map, typed));
        let text = text.as_deref();
        if let Some(intent) = text.and_then(|text| target.set_text_intent(map, text)) {
            self.apply_intent(&intent, Some(&key));
        }
        let editor = self
            .document()
            .map(|document| InlineEditor::new(document, target, original, state, text));
        self.interaction.inline_edit.editor = editor;
    }

    /// Ends the edit whose field has determined how. Another edit may have begun since.
    pub(super) fn end_finished_edit(&mut self) {
        let editor = self.interaction.inline_edit.editor.as_ref();
        if let Some(end) = editor.and_then(|editor| editor.end) {
            self.end_inline_edit(end);
        }
    }

    /// Ends inline editing in this way.
    pub(super) fn end_inline_edit(&mut self, end: EditEnd) {
        let Some(editor) = self.interaction.inline_edit.editor.take() else {
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
        if let (EditEnd::Cancel, Some(former)) = (end, editor.added_from)
            && document.session.history().state() == editor.history_state
            && document.session.withdraw()
        {
            document.select(former, false);
            document.prune_selection();
        }
        document.session.seal();
        if let EditEnd::Advance(way) = end
            && let Some(next) = editor.target.tab_neighbor(document.session.map(), way)
        {
            match next {
                TabStop::Text(spot) => self.begin_edit_of(spot, None, None),
                TabStop::EmptyCell(lane, id) => self.begin_cell_edit(&lane, &id, None, false),
            }
        }
    }
}
