//! Key handling of the capture bar.
//!
//! Must not know: the content of a line.

use super::{CaptureBar, field_id};
use crate::app::command::action::UiAction;
use crate::app::command::table::CommandId;
use crate::app::document::Document;
use crate::app::document::navigation::{Direction, adjacent};
use crate::app::editing::structure::{insertion_point, target_stage};
use crate::capture::list;
use crate::model::ObjectRef;
use egui::{Context, Event, Key, Modifiers};

/// Actions that keys trigger in the capture bar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum CaptureKey {
    Submit,
    Tab,
    BackTab,
    Cancel,
    Up,
    Down,
    Run(CommandId),
}

impl CaptureBar {
    /// Handles the next key while the bar has the keyboard, and returns whether there was
    /// one. A key that follows text in the same frame is deferred until the field has
    /// read that text.
    pub fn handle_key(
        &mut self,
        ctx: &Context,
        document: &mut Document,
        actions: &mut Vec<UiAction>,
    ) -> bool {
        let waiting = std::mem::take(&mut self.deferred_events);
        if !waiting.is_empty() {
            ctx.input_mut(|input| {
                let new = std::mem::replace(&mut input.events, waiting);
                input.events.extend(new);
            });
        }
        if !self.open || !ctx.memory(|m| m.has_focus(field_id())) {
            return false;
        }
        let empty = self.text.is_empty();
        let acts =
            |event: &Event| capture_key(event, empty).is_some() || pasted_list(event).is_some();
        let mut event = None;
        ctx.input_mut(|input| match input.events.iter().position(acts) {
            Some(at) if input.events.iter().take(at).any(is_typing) => {
                self.deferred_events = input.events.split_off(at);
            }
            Some(at) => event = Some(input.events.remove(at)),
            None => {}
        });
        if !self.deferred_events.is_empty() {
            ctx.request_repaint();
        }
        let Some(event) = event else {
            return false;
        };
        if let Some(text) = pasted_list(&event) {
            actions.push(UiAction::Paste(text.to_owned()));
        } else if let Some(key) = capture_key(&event, empty) {
            self.apply_key(key, ctx, document, actions);
        }
        true
    }

    fn apply_key(
        &mut self,
        key: CaptureKey,
        ctx: &Context,
        document: &mut Document,
        actions: &mut Vec<UiAction>,
    ) {
        let names = self.vocabulary(document);
        let completion = self.completion(&names);
        match (key, completion) {
            (CaptureKey::Tab, Some(found)) => self.accept_suggestion(&found, self.suggestion),
            (CaptureKey::Submit, Some(found)) if self.is_suggestion_chosen => {
                self.accept_suggestion(&found, self.suggestion)
            }
            (CaptureKey::Up | CaptureKey::Down, Some(found)) => {
                let count = found.items.len();
                // The first Down key only confirms the highlighted suggestion.
                self.suggestion = match (key, self.is_suggestion_chosen) {
                    (CaptureKey::Up, true) => (self.suggestion + count - 1) % count,
                    (CaptureKey::Down, true) => (self.suggestion + 1) % count,
                    (CaptureKey::Up, false) => count - 1,
                    _ => 0,
                };
                self.is_suggestion_chosen = true;
            }
            (CaptureKey::Cancel, Some(_)) => self.are_suggestions_dismissed = true,
            (CaptureKey::Up, None) => self.recall_history(true),
            (CaptureKey::Down, None) => self.recall_history(false),
            (CaptureKey::Cancel, None) => {
                self.close();
                ctx.memory_mut(|memory| memory.surrender_focus(field_id()));
            }
            (CaptureKey::Submit, _) => actions.push(UiAction::SubmitCaptureLine),
            (CaptureKey::Tab, None) => select_adjacent_stage(document, Direction::Next),
            (CaptureKey::BackTab, _) => select_adjacent_stage(document, Direction::Previous),
            (CaptureKey::Run(id), _) => actions.push(UiAction::RunCommand(id)),
        }
    }
}

/// Selects the next or previous stage as the target; does nothing at the ends.
fn select_adjacent_stage(document: &mut Document, way: Direction) {
    let map = document.session.map();
    let here = target_stage(map, &insertion_point(map, &document.selection));
    let next = here.and_then(|id| adjacent(map, &ObjectRef::Stage(id).into(), way));
    if let Some(stage) = next {
        document.select(stage, true);
    }
}

/// Returns the action of a key event in the bar.
fn capture_key(event: &Event, empty: bool) -> Option<CaptureKey> {
    let Event::Key {
        key,
        pressed: true,
        modifiers,
        ..
    } = event
    else {
        return None;
    };
    let plain = !modifiers.any();
    let shift = modifiers.matches_exact(Modifiers::SHIFT);
    let command = modifiers.matches_exact(Modifiers::COMMAND);
    Some(match key {
        Key::Enter if plain || command => CaptureKey::Submit,
        Key::Tab if plain => CaptureKey::Tab,
        Key::Tab if shift => CaptureKey::BackTab,
        Key::Escape if plain => CaptureKey::Cancel,
        Key::ArrowUp if plain => CaptureKey::Up,
        Key::ArrowDown if plain => CaptureKey::Down,
        // An empty line has nothing to undo, so the map's undo applies.
        Key::Z if empty && command => CaptureKey::Run(CommandId::Undo),
        Key::Y if empty && command => CaptureKey::Run(CommandId::Redo),
        Key::Z if empty && modifiers.matches_exact(Modifiers::COMMAND | Modifiers::SHIFT) => {
            CaptureKey::Run(CommandId::Redo)
        }
        _ => return None,
    })
}

/// Returns pasted text of more than one line.
fn pasted_list(event: &Event) -> Option<&str> {
    match event {
        Event::Paste(text) if list::is_list(text) => Some(text),
        _ => None,
    }
}

/// Whether an event may change the text of the field.
fn is_typing(event: &Event) -> bool {
    matches!(
        event,
        Event::Text(_)
            | Event::Paste(_)
            | Event::Cut
            | Event::Ime(_)
            | Event::Key { pressed: true, .. }
    )
}
