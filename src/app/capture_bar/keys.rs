//! Key handling of the capture bar.
//!
//! Must not know: the content of a line.

use super::field_id;
use crate::app::app::App;
use crate::app::command::table::CommandId;
use crate::capture::list;
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

impl App {
    /// Handles keys while the capture bar has the keyboard. A key that follows text in
    /// the same frame is deferred until the field has read that text.
    pub(crate) fn handle_capture_keys(&mut self, ctx: &Context) {
        let waiting = std::mem::take(&mut self.capture_bar.deferred_events);
        if !waiting.is_empty() {
            ctx.input_mut(|input| {
                let new = std::mem::replace(&mut input.events, waiting);
                input.events.extend(new);
            });
        }
        while self.capture_bar.open && ctx.memory(|m| m.has_focus(field_id())) {
            let empty = self.capture_bar.text.is_empty();
            let acts =
                |event: &Event| capture_key(event, empty).is_some() || pasted_list(event).is_some();
            let mut event = None;
            ctx.input_mut(|input| match input.events.iter().position(acts) {
                Some(at) if input.events.iter().take(at).any(is_typing) => {
                    self.capture_bar.deferred_events = input.events.split_off(at);
                }
                Some(at) => event = Some(input.events.remove(at)),
                None => {}
            });
            let Some(event) = event else {
                break;
            };
            if let Some(text) = pasted_list(&event) {
                self.paste(text);
            } else if let Some(act) = capture_key(&event, empty) {
                self.handle_capture_key(act, ctx);
            }
        }
        if !self.capture_bar.deferred_events.is_empty() {
            ctx.request_repaint();
        }
    }

    fn handle_capture_key(&mut self, act: CaptureKey, ctx: &Context) {
        let Some(document) = self.workspace.documents.get(self.workspace.active) else {
            return;
        };
        let capture = &mut self.capture_bar;
        let completion = capture.completion(document);
        match (act, completion) {
            (CaptureKey::Tab, Some(found)) => capture.accept_suggestion(&found, capture.suggestion),
            (CaptureKey::Submit, Some(found)) if capture.is_suggestion_chosen => {
                capture.accept_suggestion(&found, capture.suggestion)
            }
            (CaptureKey::Up | CaptureKey::Down, Some(found)) => {
                let count = found.items.len();
                // The first Down key only confirms the highlighted suggestion.
                capture.suggestion = match (act, capture.is_suggestion_chosen) {
                    (CaptureKey::Up, true) => (capture.suggestion + count - 1) % count,
                    (CaptureKey::Down, true) => (capture.suggestion + 1) % count,
                    (CaptureKey::Up, false) => count - 1,
                    _ => 0,
                };
                capture.is_suggestion_chosen = true;
            }
            (CaptureKey::Cancel, Some(_)) => capture.are_suggestions_dismissed = true,
            (CaptureKey::Up, None) => capture.recall_history(true),
            (CaptureKey::Down, None) => capture.recall_history(false),
            (CaptureKey::Cancel, None) => {
                capture.close();
                ctx.memory_mut(|memory| memory.surrender_focus(field_id()));
            }
            (CaptureKey::Submit, _) => self.submit_capture_line(),
            (CaptureKey::Tab, None) => self.capture_into_adjacent_stage(true),
            (CaptureKey::BackTab, _) => self.capture_into_adjacent_stage(false),
            (CaptureKey::Run(id), _) => self.queue_command(id),
        }
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
