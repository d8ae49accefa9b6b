//! Notes beside the objects that a command has changed.
//!
//! Must not know: how a note is drawn.

use crate::app::app::App;
use crate::app::command::action::{Selection, UiAction};
use crate::app::command::no_effect::end_reached;
use crate::app::command::table::CommandId;
use crate::app::document::Document;
use crate::app::document::change_note::ChangeNote;
use crate::app::editing::change_text::change_text;
use crate::app::ui::list_has_keyboard;
use crate::edit::{Change, ChangeSet, Edit};
use crate::layout::flow::CardColoring;
use crate::model::{LaneId, LaneKind, ObjectRef};
use crate::render::View;
use egui::{Context, Event, Key, KeyboardShortcut};

/// Key of a document, with the numbers of its steps to undo and to redo and the state
/// that they led to.
type HistoryState = (u64, usize, usize, u64);

/// State of the history, selection, lane cursor and view.
type VisibleState = (HistoryState, Selection, Option<LaneId>, View);

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
        let hidden = hidden_feelings(document, &step.changes);
        let (text, object) = if undo {
            let label = format!("Undone: {}", step.label);
            change_text(map, &step.changes.inverse(), &label, selected.as_ref())
        } else {
            change_text(map, &step.changes, &step.label, selected.as_ref())
        };
        let text = hidden.map_or_else(|| text.clone(), |why| format!("{text} ({why})"));
        self.show_note(text, object);
    }

    /// Returns what a command that only moves or edits changes.
    pub(super) fn visible_state(&self) -> Option<VisibleState> {
        let document = self.document()?;
        let (selection, lane) = (document.selection.clone(), document.cursor_lane.clone());
        Some((history_state(document), selection, lane, document.view))
    }

    /// Says that a command has changed nothing, where an end has been reached.
    pub(super) fn note_without_effect(&mut self, id: CommandId, before: Option<VisibleState>) {
        let now = self.visible_state();
        if now.is_some()
            && now == before
            && let Some(why) = self.document().and_then(|d| end_reached(id, d))
        {
            self.note_at_selection(why);
        }
    }

    /// Says that a key has no meaning, if one was pressed that might have.
    pub(super) fn note_unused_key(&mut self, ctx: &Context) {
        let here = self.document().is_some() && !self.screen.is_home();
        if here
            && !ctx.text_edit_focused()
            && !list_has_keyboard(ctx)
            && let Some(key) = unused_key(ctx)
        {
            self.note_at_selection(format!(
                "{key} does nothing here. A adds touchpoints, Enter edits the name, ? lists the keys"
            ));
        }
    }

    /// Shows a note beside the selection, or as a message without one.
    pub(super) fn note_at_selection(&mut self, text: String) {
        let object = self.document().and_then(Document::primary_object);
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

/// Returns why changed feelings are not seen on the map, if they are not.
fn hidden_feelings(document: &Document, changes: &ChangeSet) -> Option<&'static str> {
    let feels_else = |change: &Change| match change {
        Change::Touchpoint(edit) => match edit.as_ref() {
            Edit::Replace { before, after } => before.feelings != after.feelings,
            _ => false,
        },
        _ => false,
    };
    if !changes.0.iter().any(feels_else) {
        return None;
    }
    let mut lanes = document.session.map().lanes().iter();
    let persona = document.chosen_persona();
    match document.view {
        View::Flow if document.coloring == CardColoring::Feeling => None,
        View::Journey => {
            let hidden = lanes.any(|lane| lane.kind == LaneKind::Feelings && lane.hidden);
            let curve = persona.is_some_and(|p| document.hidden_curves.contains(&p.id));
            match (hidden, curve) {
                (true, _) => Some("the lane is hidden"),
                (_, true) => Some("the curve is hidden"),
                _ => None,
            }
        }
        _ => Some("not drawn in this view"),
    }
}

/// Returns the name of a key press that nobody has used: a letter, digit or sign, or a
/// shortcut.
fn unused_key(ctx: &Context) -> Option<String> {
    let (shortcut, text) = ctx.input(|input| {
        let mut events = input.events.iter();
        events.find_map(|event| match event {
            Event::Key {
                key,
                pressed: true,
                modifiers,
                ..
            } => {
                let held = modifiers.ctrl || modifiers.command || modifiers.alt;
                let letter = Key::A..=Key::Z;
                let digit = Key::Num0..=Key::Num9;
                let names_one = held && (letter.contains(key) || digit.contains(key));
                let shortcut = KeyboardShortcut::new(*modifiers, *key);
                let named = names_one || (Key::F1..=Key::F12).contains(key);
                named.then_some((Some(shortcut), String::new()))
            }
            Event::Text(text) if !text.trim().is_empty() => Some((None, text.clone())),
            _ => None,
        })
    })?;
    Some(match shortcut {
        Some(shortcut) => ctx.format_shortcut(&shortcut),
        None => format!("“{text}”"),
    })
}
