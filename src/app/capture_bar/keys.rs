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
enum Act {
    Take,
    Tab,
    BackTab,
    Leave,
    Up,
    Down,
    Run(CommandId),
}

impl App {
    /// Handles keys while the capture bar has the keyboard. A key that follows text in
    /// the same frame is deferred until the field has read that text.
    pub(crate) fn capture_keys(&mut self, ctx: &Context) {
        let waiting = std::mem::take(&mut self.capture.waiting);
        if !waiting.is_empty() {
            ctx.input_mut(|input| {
                let new = std::mem::replace(&mut input.events, waiting);
                input.events.extend(new);
            });
        }
        while self.capture.open && ctx.memory(|m| m.has_focus(field_id())) {
            let empty = self.capture.text.is_empty();
            let acts = |event: &Event| act(event, empty).is_some() || pasted_list(event).is_some();
            let mut event = None;
            ctx.input_mut(|input| match input.events.iter().position(acts) {
                Some(at) if input.events.iter().take(at).any(is_typing) => {
                    self.capture.waiting = input.events.split_off(at);
                }
                Some(at) => event = Some(input.events.remove(at)),
                None => {}
            });
            let Some(event) = event else {
                break;
            };
            if let Some(text) = pasted_list(&event) {
                self.paste(text);
            } else if let Some(act) = act(&event, empty) {
                self.do_in_capture(act, ctx);
            }
        }
        if !self.capture.waiting.is_empty() {
            ctx.request_repaint();
        }
    }

    fn do_in_capture(&mut self, act: Act, ctx: &Context) {
        let Some(document) = self.documents.get(self.active) else {
            return;
        };
        let capture = &mut self.capture;
        let completion = capture.completion(document);
        match (act, completion) {
            (Act::Tab, Some(found)) => capture.accept(&found, capture.offer),
            (Act::Take, Some(found)) if capture.chosen => capture.accept(&found, capture.offer),
            (Act::Up | Act::Down, Some(found)) => {
                let count = found.offers.len();
                // The first Down key only confirms the highlighted suggestion.
                capture.offer = match (act, capture.chosen) {
                    (Act::Up, true) => (capture.offer + count - 1) % count,
                    (Act::Down, true) => (capture.offer + 1) % count,
                    (Act::Up, false) => count - 1,
                    _ => 0,
                };
                capture.chosen = true;
            }
            (Act::Leave, Some(_)) => capture.dismissed = true,
            (Act::Up, None) => capture.recall(true),
            (Act::Down, None) => capture.recall(false),
            (Act::Leave, None) => {
                capture.close();
                ctx.memory_mut(|memory| memory.surrender_focus(field_id()));
            }
            (Act::Take, _) => self.take_line(),
            (Act::Tab, None) => self.go_to_stage(true),
            (Act::BackTab, _) => self.go_to_stage(false),
            (Act::Run(id), _) => self.run(id),
        }
    }
}

/// Returns the action of a key event in the bar.
fn act(event: &Event, empty: bool) -> Option<Act> {
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
        Key::Enter if plain || command => Act::Take,
        Key::Tab if plain => Act::Tab,
        Key::Tab if shift => Act::BackTab,
        Key::Escape if plain => Act::Leave,
        Key::ArrowUp if plain => Act::Up,
        Key::ArrowDown if plain => Act::Down,
        // An empty line has nothing to undo, so the map's undo applies.
        Key::Z if empty && command => Act::Run(CommandId::Undo),
        Key::Y if empty && command => Act::Run(CommandId::Redo),
        Key::Z if empty && modifiers.matches_exact(Modifiers::COMMAND | Modifiers::SHIFT) => {
            Act::Run(CommandId::Redo)
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
