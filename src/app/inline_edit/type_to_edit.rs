//! Begins inline editing on typing, or on input method composition, while a card or
//! stage is selected and no field has the keyboard.
//!
//! Must not know: the edited texts.

use crate::app::app::App;
use crate::app::command::action::Selection;
use egui::output::IMEOutput;
use egui::{Context, Event, IMEPurpose, ImeEvent, Modifiers, Rect, Ui};

impl App {
    /// Begins inline editing with typed text: replaces the name of the selection, or
    /// adds a text in the lane cell at the lane cursor.
    pub(crate) fn begin_by_typing(&mut self, ctx: &Context) {
        if !self.awaits_writing(ctx) {
            return;
        }
        let composed = ctx.input_mut(|input| {
            let begins = input.events.iter().any(is_composed);
            let all = |event: &mut Event| begins && matches!(event, Event::Ime(_));
            input.events.extract_if(.., all).collect::<Vec<_>>()
        });
        if !composed.is_empty() {
            let at = self
                .document()
                .map(|d| (d.selection.clone(), d.lane.clone()));
            match at {
                Some((Selection::Touchpoint(id), Some(lane))) => {
                    self.write_in_lane(&lane, &id, None, true);
                }
                _ => self.begin_editing(None),
            }
            if let Some(editor) = &mut self.hands.editor {
                editor.compose(composed);
            }
            return;
        }
        let typed = ctx.input(|input| typed(&input.events, input.modifiers));
        // Digits and symbols are shortcuts, except with the lane cursor.
        let in_lane = self.situation().in_lane;
        let begins = |c: char| c.is_alphabetic() || (in_lane && !c.is_whitespace());
        if !typed.starts_with(begins) {
            return;
        }
        ctx.input_mut(|input| {
            input
                .events
                .retain(|event| !matches!(event, Event::Text(_)));
        });
        self.begin_editing(Some(&typed));
    }

    /// Enables input methods at the selection, as if a field were there.
    pub(crate) fn offer_composing(&self, ui: &Ui, at: Option<Rect>) {
        let Some(rect) = at.filter(|_| self.over.is_none() && self.awaits_writing(ui.ctx())) else {
            return;
        };
        keep_composing(ui, rect);
    }

    /// Whether typing begins inline editing.
    fn awaits_writing(&self, ctx: &Context) -> bool {
        self.situation().writes
            && self.hands.editor.is_none()
            && !crate::app::ui::list_has_keyboard(ctx)
            && !ctx.text_edit_focused()
    }
}

/// Enables input methods at a rectangle without a field.
pub(crate) fn keep_composing(ui: &Ui, rect: Rect) {
    let output = IMEOutput {
        purpose: IMEPurpose::Normal,
        rect,
        cursor_rect: Rect::from_min_max(rect.left_top(), rect.left_bottom()),
        should_interrupt_composition: false,
    };
    ui.output_mut(|out| {
        out.ime.get_or_insert(output);
    });
}

/// Returns the text typed without a modifier of shortcuts. Each key event has its own
/// modifiers, because a key may be released by the end of the frame.
fn typed(events: &[Event], held: Modifiers) -> String {
    let free = |held: &Modifiers| !held.command && !held.ctrl && !held.alt;
    let mut typing = free(&held);
    let mut typed = String::new();
    for event in events {
        match event {
            Event::Key {
                pressed: true,
                modifiers,
                ..
            } => typing = free(modifiers),
            Event::Text(text) if typing => typed.push_str(text),
            _ => {}
        }
    }
    typed
}

/// Whether an event has text from an input method. Events without text occur when one
/// is enabled.
fn is_composed(event: &Event) -> bool {
    match event {
        Event::Ime(ImeEvent::Preedit { text, .. } | ImeEvent::Commit(text)) => {
            !text.trim().is_empty()
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::typed;
    use egui::{Event, Key, Modifiers};

    #[test]
    fn text_typed_with_alt_is_ignored_after_alt_is_released() {
        let key = |key, modifiers| Event::Key {
            key,
            physical_key: None,
            pressed: true,
            repeat: false,
            modifiers,
        };
        let text = |text: &str| Event::Text(text.to_owned());
        let events = [
            key(Key::C, Modifiers::ALT),
            text("c"),
            key(Key::S, Modifiers::SHIFT),
            text("S"),
        ];
        assert_eq!(typed(&events, Modifiers::NONE), "S");
        assert_eq!(typed(&events[..2], Modifiers::NONE), "");
        assert_eq!(typed(&[text("é")], Modifiers::NONE), "é");
    }
}
