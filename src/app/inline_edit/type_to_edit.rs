//! What is typed, or composed with an input method, while a card or stage is
//! selected and no field has the keyboard: it begins to write.
//!
//! Must not know: what is written.

use crate::app::app::App;
use crate::app::command::action::Selection;
use egui::output::IMEOutput;
use egui::{Context, Event, IMEPurpose, ImeEvent, Modifiers, Rect, Ui};

impl App {
    /// A letter typed with a card or stage selected begins its name anew; with
    /// the arrows in a lane it begins a text there.
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
        // Digits and signs are commands, but where a text of a lane is awaited.
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

    /// Lets input methods work at the selected thing, as if a field were there.
    pub(crate) fn offer_composing(&self, ui: &Ui, at: Option<Rect>) {
        let Some(rect) = at.filter(|_| self.over.is_none() && self.awaits_writing(ui.ctx())) else {
            return;
        };
        keep_composing(ui, rect);
    }

    /// Whether typing would begin to write.
    fn awaits_writing(&self, ctx: &Context) -> bool {
        self.situation().writes
            && self.hands.editor.is_none()
            && !crate::app::ui::list_has_keyboard(ctx)
            && !ctx.text_edit_focused()
    }
}

/// Lets input methods work here where no field does.
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

/// What was typed with no key held that makes it a command. At the end of a frame such a
/// key may have been let go of already: each key says what was held with it.
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

/// Whether it is words from an input method. Empty ones come when it is allowed.
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
    fn a_letter_with_alt_is_no_name_although_alt_was_let_go_of_in_the_same_frame() {
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
