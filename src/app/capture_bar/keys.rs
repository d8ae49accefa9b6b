//! Key handling of the capture bar.
//!
//! Must not know: the content of a line.

use super::{CaptureBar, field_id};
use crate::app::command::action::UiAction;
use crate::app::command::table::CommandId;
use crate::app::document::Document;
use crate::app::document::change_note::ChangeNote;
use crate::app::document::navigation::{Direction, adjacent};
use crate::app::editing::structure::{insertion_point, target_stage};
use crate::capture::list;
use crate::model::ObjectRef;
use egui::{Context, Event, Key, Modifiers};

impl CaptureBar {
    /// Handles the next key while the bar has the keyboard, and returns whether there was
    /// one.
    pub fn handle_key(
        &mut self,
        ctx: &Context,
        document: &mut Document,
        actions: &mut Vec<UiAction>,
    ) -> bool {
        if !self.open || !ctx.memory(|m| m.has_focus(field_id())) {
            return false;
        }
        let empty = self.text.is_empty();
        let acts =
            |event: &Event| capture_key(event, empty).is_some() || pasted_list(event).is_some();
        let event = ctx.input_mut(|input| {
            let at = input.events.iter().position(acts)?;
            Some(input.events.remove(at))
        });
        let Some(event) = event else {
            return false;
        };
        if let Some(text) = pasted_list(&event) {
            actions.push(UiAction::Paste(text.to_owned()));
        } else if let Some((key, shift)) = capture_key(&event, empty) {
            self.apply_key(key, shift, ctx, document, actions);
        }
        true
    }

    fn apply_key(
        &mut self,
        key: Key,
        shift: bool,
        ctx: &Context,
        document: &mut Document,
        actions: &mut Vec<UiAction>,
    ) {
        let names = self.vocabulary(document);
        match (key, self.completion(&names)) {
            (Key::Tab, _) if shift => select_adjacent_stage(document, Direction::Previous),
            (Key::Tab, None) => select_adjacent_stage(document, Direction::Next),
            (Key::Tab, Some(found)) => self.accept_suggestion(&found, self.suggestion),
            (Key::Enter, Some(found)) if self.is_suggestion_chosen => {
                self.accept_suggestion(&found, self.suggestion)
            }
            (Key::Enter, _) => actions.push(UiAction::SubmitCaptureLine),
            (Key::ArrowUp | Key::ArrowDown, Some(found)) => {
                let count = found.items.len();
                // The first Down key only confirms the highlighted suggestion.
                self.suggestion = match (key, self.is_suggestion_chosen) {
                    (Key::ArrowUp, true) => (self.suggestion + count - 1) % count,
                    (Key::ArrowUp, false) => count - 1,
                    (_, true) => (self.suggestion + 1) % count,
                    (_, false) => 0,
                };
                self.is_suggestion_chosen = true;
            }
            (Key::ArrowUp, None) if self.history.is_empty() => {
                note(document, "No line was added before");
            }
            (Key::ArrowUp | Key::ArrowDown, None) => self.recall_history(key == Key::ArrowUp),
            (Key::Escape, Some(_)) => self.are_suggestions_dismissed = true,
            (Key::Escape, None) => {
                self.close();
                ctx.memory_mut(|memory| memory.surrender_focus(field_id()));
            }
            (Key::Z, _) if !shift => actions.push(UiAction::RunCommand(CommandId::Undo)),
            _ => actions.push(UiAction::RunCommand(CommandId::Redo)),
        }
    }
}

/// Selects the next or previous stage as the target, or says that there is none.
fn select_adjacent_stage(document: &mut Document, way: Direction) {
    let map = document.session.map();
    let here = target_stage(map, &insertion_point(map, &document.selection));
    let next = here.and_then(|id| adjacent(map, &ObjectRef::Stage(id).into(), way));
    match (next, way) {
        (Some(stage), _) => document.select(stage, true),
        (None, Direction::Previous) => note(document, "This is the first stage"),
        (None, Direction::Next) => note(document, "This is the last stage: “>Name” adds one"),
    }
}

fn note(document: &mut Document, text: &str) {
    let object = document.primary_object().unwrap_or(ObjectRef::Map);
    document.note = Some(ChangeNote::new(text.to_owned(), object));
}

/// Returns a key that means something in the bar, and whether Shift is held.
fn capture_key(event: &Event, empty: bool) -> Option<(Key, bool)> {
    let Event::Key {
        key,
        pressed: true,
        modifiers,
        ..
    } = event
    else {
        return None;
    };
    let shift = modifiers.shift;
    let plain = !modifiers.any();
    let command = modifiers.matches_exact(Modifiers::COMMAND);
    let means_something = match key {
        Key::Enter => plain || command,
        Key::Tab => plain || modifiers.matches_exact(Modifiers::SHIFT),
        Key::Escape | Key::ArrowUp | Key::ArrowDown => plain,
        // An empty line has nothing to undo, so the map's undo applies.
        Key::Y => empty && command,
        Key::Z => {
            empty && (command || modifiers.matches_exact(Modifiers::COMMAND | Modifiers::SHIFT))
        }
        _ => false,
    };
    means_something.then_some((*key, shift))
}

/// Returns pasted text of more than one line.
fn pasted_list(event: &Event) -> Option<&str> {
    match event {
        Event::Paste(text) if list::is_list(text) => Some(text),
        _ => None,
    }
}
