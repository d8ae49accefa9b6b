//! Queue of keyboard events: after a key that may move the focus, later events of the
//! same frame wait for the next frame, so that slow frames do not misdirect input.
//!
//! Must not know: what keys mean.

use super::layout::KeyboardLayout;
use crate::app::command::table::{CommandId, has_shortcut};
use crate::app::ui::is_focus_pending;
use egui::{Context, Event, Key};

/// Maximum number of frames that keys wait for a field opened by a command.
const MAX_WAIT_FRAMES: u8 = 2;

/// Keyboard events that wait for a later frame.
#[derive(Default)]
pub(crate) struct KeyQueue {
    waiting: Vec<Event>,
    wait_frames: u8,
    layout: KeyboardLayout,
    /// Number of frames in which a field has been about to get the focus.
    pending_frames: u8,
    /// Whether a text field had the focus at the end of the last frame.
    pub text_had_focus: bool,
}

impl KeyQueue {
    /// Notes the command that a key ran.
    pub fn note_command(&mut self, id: CommandId) {
        if !id.entry().keeps_focus() {
            self.wait_frames = MAX_WAIT_FRAMES;
        }
    }

    /// Leaves only the events in the input that can be handled in this frame, with the
    /// keys that they stand for on the keyboard layout in use; the others wait. A focused field receives all events up to a key that closes it.
    /// `on_map` is the focus of the field for editing in place: `Some(false)` if it is
    /// about to get the focus or has just closed.
    pub fn hold_back(&mut self, ctx: &Context, on_map: Option<bool>) {
        let focused = ctx.text_edit_focused();
        self.pending_frames = match is_focus_pending(ctx) {
            true => self.pending_frames.saturating_add(1),
            false => 0,
        };
        // A field that is never shown must not keep the keys for ever.
        let is_pending = (1..=MAX_WAIT_FRAMES).contains(&self.pending_frames);
        ctx.input_mut(|input| {
            input.events.splice(0..0, self.waiting.drain(..));
            let events = &input.events;
            let from = match on_map {
                // The field is about to appear or has just closed.
                Some(false) => Some(0),
                Some(true) => events.iter().position(ends_field).map(|end| end + 1),
                // The capture bar may close after Escape.
                None if focused => events.iter().position(is_escape).map(|end| end + 1),
                None if self.wait_frames > 0 || is_pending => Some(0),
                None => second_key(events),
            };
            self.wait_frames = if focused && on_map != Some(false) {
                0
            } else {
                self.wait_frames.saturating_sub(1)
            };
            if let Some(from) = from {
                let held = input
                    .events
                    .extract_if(from.., |event| is_keyboard_event(event));
                self.waiting.extend(held);
            }
            self.layout.resolve(&mut input.events, has_shortcut);
        });
        if !self.waiting.is_empty() {
            ctx.request_repaint();
        }
    }
}

/// Index of the second key press.
fn second_key(events: &[Event]) -> Option<usize> {
    let first = events.iter().position(is_keyboard_event)?;
    let later = events[first + 1..].iter().position(is_key_press)?;
    Some(first + 1 + later)
}

fn is_keyboard_event(event: &Event) -> bool {
    matches!(event, Event::Key { .. } | Event::Text(_) | Event::Ime(_)) || is_clipboard_event(event)
}

/// Whether this is a key press that is not a repeat.
fn is_key_press(event: &Event) -> bool {
    let repeat = matches!(event, Event::Key { repeat: true, .. });
    (is_pressed(event, |_| true) && !repeat) || is_clipboard_event(event)
}

/// Whether this is a press of one of these keys.
fn is_pressed(event: &Event, keys: impl Fn(Key) -> bool) -> bool {
    matches!(event, Event::Key { key, pressed: true, .. } if keys(*key))
}

fn is_clipboard_event(event: &Event) -> bool {
    matches!(
        event,
        Event::Copy | Event::Cut | Event::Paste(_) | Event::PasteImage(_)
    )
}

/// Whether this key may close a field on the map.
fn ends_field(event: &Event) -> bool {
    is_pressed(event, |key| {
        matches!(key, Key::Enter | Key::Tab | Key::Escape)
    })
}

fn is_escape(event: &Event) -> bool {
    is_pressed(event, |key| key == Key::Escape)
}
