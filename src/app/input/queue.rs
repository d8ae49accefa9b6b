//! Queue of events: a frame gets one key press, or the text typed into one field, and later
//! events wait for their frame. So keys do the same however slow frames divide them.
//!
//! The queue is a plugin of egui, because egui moves the focus by the keys of a frame before
//! the program sees them.
//!
//! Must not know: what keys mean.

use super::clipboard::{self, Clipboard, Content};
use super::layout::KeyboardLayout;
use crate::app::command::pressed::has_shortcut;
use crate::app::command::table::CommandId;
use egui::{Context, Event, FullOutput, Id, Key, Modifiers, Plugin, RawInput, ViewportId};

/// Frames in which a field that a command opens gets the focus, at most.
const OPENING_FRAMES: u8 = 2;

/// Maximum number of frames that events wait, one after the other.
const MAX_WAIT_FRAMES: u8 = 6;

/// Events that wait for a later frame.
#[derive(Default)]
pub(crate) struct KeyQueue {
    waiting: Vec<Event>,
    /// Number of frames in which no key is released.
    wait_frames: u8,
    /// Number of frames that events have waited.
    waited: u8,
    layout: KeyboardLayout,
    /// Widget with the focus at the end of the last frame.
    focused: Option<Id>,
    /// Whether a text field had the focus at the end of the last frame.
    text_had_focus: bool,
    /// Clipboard of the system; `None` if the events come with its content.
    clipboard: Option<Clipboard>,
}

impl KeyQueue {
    /// Adds the queue to a context.
    pub fn install(ctx: &Context) {
        ctx.add_plugin(KeyQueue::default());
    }

    /// Calls a function with the queue of a context; without one the result is the default.
    pub fn with<R: Default>(ctx: &Context, call: impl FnOnce(&mut KeyQueue) -> R) -> R {
        let queue = ctx.plugin_opt::<KeyQueue>();
        queue.map_or_else(R::default, |queue| call(&mut queue.lock()))
    }

    /// Reads and writes the clipboard of the system from now on.
    pub fn use_clipboard(&mut self, clipboard: Clipboard) {
        self.clipboard = Some(clipboard);
    }

    /// Whether a text field had the focus at the end of the last frame.
    pub fn text_had_focus(&self) -> bool {
        self.text_had_focus
    }

    /// Notes the command that a key ran. In a text field it may end the edit.
    pub fn note_command(&mut self, id: CommandId) {
        let moves_focus = self.text_had_focus || !id.entry().keeps_focus();
        self.wait_frames = if moves_focus { OPENING_FRAMES } else { 0 };
    }

    /// Notes an action that may open a field, close one, or change what keys mean.
    pub fn note_action(&mut self) {
        self.wait_frames = self.wait_frames.max(1);
    }

    /// Pastes the content of the clipboard before all that waits; returns whether the queue
    /// reads the clipboard.
    pub fn paste(&mut self) -> bool {
        if self.clipboard.is_some() {
            self.waiting.insert(0, paste_key());
        }
        self.clipboard.is_some()
    }

    /// Puts a picture into the clipboard.
    ///
    /// # Errors
    /// The reason why it cannot, as sentences.
    pub fn copy_image(&mut self, ctx: &Context, image: &egui::ColorImage) -> Result<(), String> {
        match &mut self.clipboard {
            Some(clipboard) => clipboard.copy_image(image),
            None => {
                ctx.copy_image(image.clone());
                Ok(())
            }
        }
    }

    /// Returns what went wrong with the clipboard, as sentences.
    pub fn take_messages(&mut self) -> Vec<String> {
        let clipboard = self.clipboard.as_mut();
        clipboard.map_or_else(Vec::new, Clipboard::take_messages)
    }

    /// Ends a frame. Keys wait while the focus moves, and while `focus_is_coming`: a field
    /// that is about to get the focus, or has just closed.
    pub fn end_frame(&mut self, ctx: &Context, focus_is_coming: bool) {
        let focused = ctx.memory(|memory| memory.focused());
        let moved = focused != self.focused;
        self.focused = focused;
        self.text_had_focus = ctx.text_edit_focused();
        // A field keeps its keys from egui once it has been drawn with the focus.
        if focus_is_coming || moved {
            self.note_action();
        }
        if !self.waiting.is_empty() {
            ctx.request_repaint();
        }
    }

    /// Puts the content of the clipboard in the place of a paste key at the front; returns
    /// whether it is still being read.
    fn read_clipboard(&mut self, ctx: &Context) -> bool {
        let (Some(clipboard), Some(at)) = (
            self.clipboard.as_mut(),
            self.waiting.iter().position(starts_unit),
        ) else {
            return false;
        };
        if !is_paste_key(&self.waiting[at]) {
            return false;
        }
        let Some(content) = clipboard.poll(ctx, &mut self.waiting) else {
            return true;
        };
        match content {
            Content::Text(text) => self.waiting[at] = Event::Paste(text),
            Content::Image(image) => self.waiting[at] = Event::PasteImage(image),
            Content::Nothing => {
                self.waiting.remove(at);
            }
        }
        false
    }
}

impl Plugin for KeyQueue {
    fn debug_name(&self) -> &'static str {
        "key queue"
    }

    fn on_exit(&mut self, _: &Context) {
        // A clipboard manager takes over what was copied.
        self.clipboard = None;
    }

    fn input_hook(&mut self, ctx: &Context, input: &mut RawInput) {
        // A further pass of a frame repeats it without events, and the keys of other windows are
        // not those of this one.
        if ctx.current_pass_index() > 0 || input.viewport_id != ViewportId::ROOT {
            return;
        }
        let mut events = std::mem::take(&mut input.events);
        self.layout.resolve(&mut events, has_shortcut);
        if let Some(clipboard) = &mut self.clipboard {
            clipboard.on_events(ctx, &mut events);
        }
        self.waiting.append(&mut events);
        let reading = self.read_clipboard(ctx);
        let waits = self.wait_frames > 0 && self.waited < MAX_WAIT_FRAMES;
        self.wait_frames = self.wait_frames.saturating_sub(1);
        if reading {
            // The pointer goes on while the clipboard is read.
            let others = |event: &mut Event| !is_keyboard_event(event);
            input.events = self.waiting.extract_if(.., others).collect();
        } else {
            let first = self.waiting.iter().position(starts_unit);
            let count = match first {
                None => self.waiting.len(),
                Some(first) if waits => first,
                Some(first) => {
                    let typing = ctx.text_edit_focused();
                    if !(typing && is_typing(&self.waiting[first], self.waiting.get(first + 1))) {
                        // A menu may open, or a list, and take the next key.
                        self.note_action();
                    }
                    unit_len(&self.waiting, typing)
                }
            };
            input.events = self.waiting.drain(..count).collect();
        }
        let held = waits && !self.waiting.is_empty();
        self.waited = if held { self.waited + 1 } else { 0 };
        if !self.waiting.is_empty() {
            ctx.request_repaint();
        }
    }

    fn output_hook(&mut self, _: &Context, output: &mut FullOutput) {
        if let Some(clipboard) = &mut self.clipboard {
            clipboard.take_copied(&mut output.platform_output.commands);
        }
    }
}

/// Number of events that a frame gets: up to the second key press. Text that is typed into a
/// focused field counts as one press.
fn unit_len(events: &[Event], text_is_focused: bool) -> usize {
    let first = events.iter().position(starts_unit);
    let (mut pressed, mut typing) = (None, false);
    for (at, event) in events.iter().enumerate() {
        let follows = at > 0 && matches!(event, Event::Text(_)) && is_pressed(&events[at - 1]);
        match event {
            Event::Key {
                key,
                pressed: false,
                ..
            } if pressed == Some(*key) => pressed = None,
            _ if follows || !starts_unit(event) => {}
            _ => {
                let key = pressed_key(event);
                let repeats = key.is_some() && key == pressed;
                let composes = matches!(event, Event::Ime(_));
                let types = (text_is_focused || composes) && is_typing(event, events.get(at + 1));
                if Some(at) != first && !repeats && !(typing && types) {
                    return at;
                }
                (pressed, typing) = (key, types);
            }
        }
    }
    events.len()
}

/// Whether an event is a key press, or what comes of one.
fn starts_unit(event: &Event) -> bool {
    is_pressed(event) || (is_keyboard_event(event) && !matches!(event, Event::Key { .. }))
}

fn is_keyboard_event(event: &Event) -> bool {
    matches!(
        event,
        Event::Key { .. }
            | Event::Text(_)
            | Event::Ime(_)
            | Event::Copy
            | Event::Cut
            | Event::Paste(_)
            | Event::PasteImage(_)
    )
}

fn is_pressed(event: &Event) -> bool {
    matches!(event, Event::Key { pressed: true, .. })
}

fn pressed_key(event: &Event) -> Option<Key> {
    match event {
        Event::Key {
            key, pressed: true, ..
        } => Some(*key),
        _ => None,
    }
}

/// Whether an event types text; a key press does by the event behind it.
fn is_typing(event: &Event, next: Option<&Event>) -> bool {
    match event {
        Event::Text(_) | Event::Ime(_) => true,
        Event::Key { modifiers, .. } => {
            let free = !modifiers.ctrl && !modifiers.command && !modifiers.alt;
            free && matches!(next, Some(Event::Text(_)))
        }
        _ => false,
    }
}

/// The press that stands for the content of the clipboard until that was read.
fn paste_key() -> Event {
    Event::Key {
        key: Key::V,
        physical_key: None,
        pressed: true,
        repeat: false,
        modifiers: Modifiers::COMMAND,
    }
}

fn is_paste_key(event: &Event) -> bool {
    matches!(event, Event::Key { key, pressed: true, modifiers, .. }
        if clipboard::is_shortcut(*key, *modifiers, Key::V))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn press(key: Key, modifiers: Modifiers) -> Event {
        Event::Key {
            key,
            physical_key: None,
            pressed: true,
            repeat: false,
            modifiers,
        }
    }

    fn release(key: Key) -> Event {
        match press(key, Modifiers::NONE) {
            Event::Key {
                key, physical_key, ..
            } => Event::Key {
                key,
                physical_key,
                pressed: false,
                repeat: false,
                modifiers: Modifiers::NONE,
            },
            event => event,
        }
    }

    fn text(text: &str) -> Event {
        Event::Text(text.to_owned())
    }

    #[test]
    fn a_frame_gets_one_press_or_a_run_of_typed_text() {
        use Key::{A, ArrowRight, B, Enter};
        const NONE: Modifiers = Modifiers::NONE;
        let line = [
            press(A, NONE),
            text("a"),
            press(B, NONE),
            text("b"),
            release(A),
            release(B),
            press(Enter, NONE),
            release(Enter),
            text("c"),
        ];
        assert_eq!(unit_len(&line, true), 6);
        assert_eq!(unit_len(&line, false), 2);
        assert_eq!(unit_len(&line[6..], true), 2);
        // A key that is held down repeats within the frame.
        let held = [
            Event::PointerGone,
            press(ArrowRight, NONE),
            press(ArrowRight, NONE),
            release(ArrowRight),
            press(ArrowRight, NONE),
        ];
        assert_eq!(unit_len(&held, false), 4);
        // A shortcut with Alt types its letter and is no text.
        let shortcut = [
            press(A, Modifiers::ALT),
            text("a"),
            press(B, NONE),
            text("b"),
        ];
        assert_eq!(unit_len(&shortcut, true), 2);
        assert_eq!(unit_len(&[text("a"), text("b")], true), 2);
        assert_eq!(unit_len(&[text("a"), text("b")], false), 1);
        assert_eq!(unit_len(&[], false), 0);
    }
}
