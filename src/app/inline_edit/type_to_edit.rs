//! Begins inline editing on typing, or on input method composition, while the lane cursor
//! is in a lane and no field has the keyboard.
//!
//! Must not know: the edited texts.

use super::editor::InlineEdit;
use crate::app::command::CommandState;
use crate::app::command::action::UiAction;
use egui::output::IMEOutput;
use egui::{Context, Event, IMEPurpose, ImeEvent, Modifiers, Rect, Ui};

impl InlineEdit {
    /// Begins inline editing with typed text, which is added in the cell at the lane
    /// cursor.
    pub(crate) fn type_to_edit(
        &self,
        ctx: &Context,
        commands: &CommandState<'_>,
        actions: &mut Vec<UiAction>,
    ) {
        if !self.accepts_typing(ctx, commands) {
            return;
        }
        let composed = ctx.input_mut(|input| {
            let begins = input.events.iter().any(is_ime_text);
            let all = |event: &mut Event| begins && matches!(event, Event::Ime(_));
            input.events.extract_if(.., all).collect::<Vec<_>>()
        });
        if !composed.is_empty() {
            let typed = None;
            actions.push(UiAction::EditSelection { typed, composed });
            return;
        }
        let typed = ctx.input(|input| typed_text(&input.events, input.modifiers));
        let signs = commands.types_signs();
        let begins = |c: char| c.is_alphabetic() || (signs && !c.is_whitespace());
        if !typed.starts_with(begins) {
            return;
        }
        ctx.input_mut(|input| {
            input
                .events
                .retain(|event| !matches!(event, Event::Text(_)));
        });
        actions.push(UiAction::EditSelection {
            typed: Some(typed),
            composed,
        });
    }

    /// Whether typing begins inline editing.
    pub(super) fn accepts_typing(&self, ctx: &Context, commands: &CommandState<'_>) -> bool {
        commands.types_letters()
            && self.editor.is_none()
            && !crate::app::ui::list_has_keyboard(ctx)
            && !ctx.text_edit_focused()
    }
}

/// Enables input methods at a rectangle without a field.
pub(crate) fn set_ime_area(ui: &Ui, rect: Rect) {
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
fn typed_text(events: &[Event], held: Modifiers) -> String {
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
fn is_ime_text(event: &Event) -> bool {
    match event {
        Event::Ime(ImeEvent::Preedit { text, .. } | ImeEvent::Commit(text)) => {
            !text.trim().is_empty()
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::typed_text;
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
        assert_eq!(typed_text(&events, Modifiers::NONE), "S");
        assert_eq!(typed_text(&events[..2], Modifiers::NONE), "");
        assert_eq!(typed_text(&[text("é")], Modifiers::NONE), "é");
    }
}
