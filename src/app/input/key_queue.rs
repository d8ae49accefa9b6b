//! Queue of keyboard events: after a key that may move the focus, later events of the
//! same frame wait for the next frame, so that slow frames do not misdirect input.
//!
//! Must not know: what keys mean.

use crate::app::app::App;
use crate::app::command::table::CommandId;
use egui::{Context, Event, Key};

/// Maximum number of frames that keys wait for a field opened by a command.
const PATIENCE: u8 = 2;

/// Keyboard events that wait for a later frame.
#[derive(Default)]
pub(crate) struct Strokes {
    behind: Vec<Event>,
    pause: u8,
}

impl Strokes {
    /// Notes the command that a key ran.
    pub fn ran(&mut self, id: CommandId) {
        if leads_on(id) {
            self.pause = PATIENCE;
        }
    }
}

impl App {
    /// Leaves only the events in the input that can be handled in this frame; the
    /// others wait. A focused field receives all events up to a key that closes it.
    pub(crate) fn take_turns(&mut self, ctx: &Context) {
        let on_map = self.writes_on_map(ctx);
        let focused = ctx.text_edit_focused();
        let strokes = &mut self.strokes;
        ctx.input_mut(|input| {
            input.events.splice(0..0, strokes.behind.drain(..));
            let events = &input.events;
            let from = match on_map {
                // The field is about to appear or has just closed.
                Some(false) => Some(0),
                Some(true) => events.iter().position(ends).map(|end| end + 1),
                // The capture bar may close after Escape.
                None if focused => events.iter().position(escapes).map(|end| end + 1),
                None if strokes.pause > 0 => Some(0),
                None => second(events),
            };
            strokes.pause = match focused && on_map != Some(false) {
                true => 0,
                false => strokes.pause.saturating_sub(1),
            };
            if let Some(from) = from {
                let held = input.events.extract_if(from.., |event| is_stroke(event));
                strokes.behind.extend(held);
            }
        });
        if !strokes.behind.is_empty() {
            ctx.request_repaint();
        }
    }
}

/// Index of the second key press.
fn second(events: &[Event]) -> Option<usize> {
    let first = events.iter().position(is_stroke)?;
    let later = events[first + 1..].iter().position(begins)?;
    Some(first + 1 + later)
}

/// Whether this is a keyboard event.
fn is_stroke(event: &Event) -> bool {
    matches!(event, Event::Key { .. } | Event::Text(_) | Event::Ime(_)) || is_clip(event)
}

/// Whether this is a key press that is not a repeat.
fn begins(event: &Event) -> bool {
    let down = |event: &Event| {
        matches!(
            event,
            Event::Key {
                pressed: true,
                repeat: false,
                ..
            }
        )
    };
    down(event) || is_clip(event)
}

fn is_clip(event: &Event) -> bool {
    matches!(
        event,
        Event::Copy | Event::Cut | Event::Paste(_) | Event::PasteImage(_)
    )
}

/// Whether this key may close a field on the map.
fn ends(event: &Event) -> bool {
    matches!(
        event,
        Event::Key {
            key: Key::Enter | Key::Tab | Key::Escape,
            pressed: true,
            ..
        }
    )
}

fn escapes(event: &Event) -> bool {
    let Event::Key { key, pressed, .. } = event else {
        return false;
    };
    *key == Key::Escape && *pressed
}

/// Whether a command may move the focus.
fn leads_on(id: CommandId) -> bool {
    use CommandId as C;
    !matches!(
        id,
        C::Undo
            | C::Redo
            | C::Duplicate
            | C::MoveLeft
            | C::MoveRight
            | C::MoveUp
            | C::MoveDown
            | C::Delete
            | C::GiveOwner
            | C::GiveChannel
            | C::GiveEnvironment
            | C::GivePersona
            | C::FeelBetter
            | C::FeelWorse
            | C::SelectPrevious
            | C::SelectNext
            | C::SelectUp
            | C::SelectDown
            | C::SelectAll
            | C::SelectStage
            | C::SelectNothing
            | C::NextLit
            | C::PreviousLit
            | C::FitAll
            | C::ZoomToSelection
            | C::ZoomIn
            | C::ZoomOut
            | C::ZoomFull
            | C::PanLeft
            | C::PanRight
            | C::PanUp
            | C::PanDown
    )
}
