//! Keys one after the other, also where a slow frame brings many at once: what a key
//! leads to is there before the next one is looked at, so that nothing typed goes astray.
//!
//! Must not know: what keys mean.

use crate::app::app::App;
use crate::app::command::table::CommandId;
use egui::{Context, Event, Key};

/// So many frames keys wait at most for a field that a command opens.
const PATIENCE: u8 = 2;

/// Keys that wait for their turn.
#[derive(Default)]
pub(crate) struct Strokes {
    behind: Vec<Event>,
    pause: u8,
}

impl Strokes {
    /// Told which command a key ran.
    pub fn ran(&mut self, id: CommandId) {
        if leads_on(id) {
            self.pause = PATIENCE;
        }
    }
}

impl App {
    /// Leaves in the input of this frame what may be acted on now; the rest waits for
    /// the next one. A field that has the keyboard reads all, up to a key that ends it.
    pub(crate) fn take_turns(&mut self, ctx: &Context) {
        let on_map = self.writes_on_map(ctx);
        let focused = ctx.text_edit_focused();
        let strokes = &mut self.strokes;
        ctx.input_mut(|input| {
            input.events.splice(0..0, strokes.behind.drain(..));
            let events = &input.events;
            let from = match on_map {
                // It comes, or has just gone.
                Some(false) => Some(0),
                Some(true) => events.iter().position(ends).map(|end| end + 1),
                // The capture line may be gone behind Escape.
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

/// Where the second of several keys begins.
fn second(events: &[Event]) -> Option<usize> {
    let first = events.iter().position(is_stroke)?;
    let later = events[first + 1..].iter().position(begins)?;
    Some(first + 1 + later)
}

/// Whether it comes from the keyboard.
fn is_stroke(event: &Event) -> bool {
    matches!(event, Event::Key { .. } | Event::Text(_) | Event::Ime(_)) || is_clip(event)
}

/// Whether a key goes down, other than one that is held.
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

/// Whether it may end a field on the map.
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

/// Whether the keyboard may be elsewhere after a command.
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
