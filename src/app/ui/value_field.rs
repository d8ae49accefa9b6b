//! A text field for a value: the value is taken when the field is left, and text that
//! cannot be read changes nothing.
//!
//! Must not know: maps, the kinds of values.

use egui::{Align, Color32, Context, Event, Id, Key, Label, Layout, Response, RichText, Ui};

/// Text that was typed and is not the value yet.
#[derive(Clone)]
struct Draft {
    text: String,
    /// The text of the value that it replaces.
    former: String,
}

/// The result of a frame of a value field.
pub(crate) enum Typed<V> {
    /// There is no other value.
    Unchanged,
    /// A value is being typed and becomes that of the field when the field is left.
    Held(V),
    /// The field was left, or a reading was chosen.
    Done(V),
}

/// A text field for a value.
pub(crate) struct ValueField<'f, V> {
    /// Identifies the typed text.
    pub id: Id,
    /// The text of the present value.
    pub shown: String,
    /// Returns the values that a text can mean: none if it cannot be read.
    pub read: &'f dyn Fn(&str) -> Vec<V>,
    /// Returns the text of a value.
    pub text_of: &'f dyn Fn(&V) -> String,
    /// The sentence below text that cannot be read.
    pub correction: &'f str,
    /// Color of text that cannot be read, and of the sentence below it.
    pub tint: Color32,
}

impl<V> ValueField<'_, V> {
    /// Shows the field; `add` adds its control to edit the text, in the given color.
    /// Escape restores the text of the value.
    pub(crate) fn show(
        &self,
        ui: &mut Ui,
        add: impl FnOnce(&mut Ui, &mut String, Option<Color32>) -> Response,
    ) -> Typed<V> {
        let draft: Option<Draft> = ui.data(|d| d.get_temp(self.id));
        // The value may have changed elsewhere, as by undo.
        let draft = draft.filter(|draft| draft.former == self.shown);
        let mut text = draft.map_or_else(|| self.shown.clone(), |draft| draft.text);
        // The text that is shown for a value means that value, however it could be read.
        let is_open = |text: &str| match (self.read)(text).len() {
            0 => !text.is_empty() || self.shown != text,
            1 => false,
            _ => text != self.shown,
        };
        let tint = is_open(&text).then_some(self.tint);
        let response = add(ui, &mut text, tint);
        if text == self.shown || (response.lost_focus() && is_escaped(ui)) {
            forget_typed_text(ui.ctx(), self.id);
            if is_open(&self.shown) {
                self.show_remark(ui, self.correction);
            }
            return Typed::Unchanged;
        }
        let mut readings = (self.read)(&text);
        if readings.len() == 1 && !response.has_focus() {
            forget_typed_text(ui.ctx(), self.id);
            return readings.pop().map_or(Typed::Unchanged, Typed::Done);
        }
        let former = self.shown.clone();
        ui.data_mut(|d| {
            d.insert_temp(
                self.id,
                Draft {
                    text: text.clone(),
                    former,
                },
            )
        });
        match readings.len() {
            0 => {
                self.show_remark(ui, self.correction);
            }
            1 => return readings.pop().map_or(Typed::Unchanged, Typed::Held),
            _ => {
                let question = format!("“{}” can be read in two ways. Choose one:", text.trim());
                self.show_remark(ui, &question);
                let choices = ui.horizontal_wrapped(|ui| {
                    let mut offers = readings.into_iter();
                    offers.find(|value| ui.button((self.text_of)(value)).clicked())
                });
                if let Some(value) = choices.inner {
                    forget_typed_text(ui.ctx(), self.id);
                    return Typed::Done(value);
                }
            }
        }
        Typed::Unchanged
    }

    /// Shows a sentence below the field, also in a column that stretches its lines.
    fn show_remark(&self, ui: &mut Ui, text: &str) {
        let text = RichText::new(text).color(self.tint);
        ui.with_layout(Layout::top_down(Align::Min), |ui| {
            ui.add(Label::new(text).wrap());
        });
    }
}

/// Forgets the typed text of a field, which shows its value again.
pub(crate) fn forget_typed_text(ctx: &Context, field: Id) {
    ctx.data_mut(|d| d.remove::<Draft>(field));
}

/// Whether Escape was pressed in this frame, also if it was handled before.
fn is_escaped(ui: &Ui) -> bool {
    let escape = |event: &Event| {
        matches!(
            event,
            Event::Key {
                key: Key::Escape,
                pressed: true,
                ..
            }
        )
    };
    ui.input(|i| i.raw.events.iter().chain(&i.events).any(escape))
}
