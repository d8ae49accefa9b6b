//! Notes beside the objects that a command has changed.
//!
//! Must not know: how a note is drawn.

use crate::app::app::App;
use crate::app::command::action::UiAction;
use crate::app::document::Document;
use crate::app::document::change_note::ChangeNote;
use crate::app::editing::change_text::change_text;
use crate::model::ObjectRef;
use crate::render::View;

/// Key of a document, with the numbers of its steps to undo and to redo and the state
/// that they led to.
type HistoryState = (u64, usize, usize, u64);

fn history_state(document: &Document) -> HistoryState {
    let history = document.session.history();
    let (done, undone) = (history.done().len(), history.undone().len());
    (document.key, done, undone, history.state())
}

impl App {
    /// Returns the state of the history before an action that may be a key; `None` for
    /// actions that are seen where they are made.
    pub(super) fn state_before(&self, action: &UiAction) -> Option<HistoryState> {
        use UiAction::{Assign, Paste, RunCommand};
        let by_key = matches!(action, RunCommand(_) | Assign(_) | Paste(_));
        self.document().filter(|_| by_key).map(history_state)
    }

    /// Shows beside the changed object what has changed since; a field that has opened
    /// there shows it by itself.
    pub(super) fn note_change(&mut self, before: Option<HistoryState>) {
        let Some(document) = self.document() else {
            return;
        };
        let now = history_state(document);
        let Some(before) = before.filter(|before| *before != now && before.0 == now.0) else {
            return;
        };
        if self.interaction.inline_edit.editor.is_some() {
            return;
        }
        let (map, history) = (document.session.map(), document.session.history());
        let undo = now.1 < before.1 && now.2 > before.2;
        let step = if undo {
            history.undone().last()
        } else {
            history.done().last()
        };
        let Some(step) = step else {
            return;
        };
        let selected = document.primary_object();
        let (text, object) = if undo {
            let label = format!("Undone: {}", step.label);
            change_text(map, &step.changes.inverse(), &label, selected.as_ref())
        } else {
            change_text(map, &step.changes, &step.label, selected.as_ref())
        };
        self.show_note(text, object);
    }

    /// Names the persona whose feelings keys change.
    pub(super) fn report_chosen_persona(&mut self) {
        let Some(document) = self.document() else {
            return;
        };
        let text = match document.chosen_persona() {
            Some(persona) => format!("+, − and 0 change the feelings of {}", persona.name),
            None => "This map has no persona".to_owned(),
        };
        self.show_note(text, document.primary_object());
    }

    /// Shows a note beside an object on the canvas, or as a message without one.
    pub(super) fn show_note(&mut self, text: String, object: Option<ObjectRef>) {
        match (self.document_mut(), object) {
            (Some(document), Some(object)) if document.view != View::Findings => {
                document.note = Some(ChangeNote::new(text, object));
            }
            _ => self.ui.toasts.push(format!("{text}.")),
        }
    }
}
