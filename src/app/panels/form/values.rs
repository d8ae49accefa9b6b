//! Fields for values: numbers and durations that are typed, choices, levels, votes,
//! evidence.
//!
//! Must not know: the execution of commands.

use super::Form;
use crate::app::command::held_value;
use crate::app::panels::hints::{correction, hint};
use crate::app::ui::buttons::{ControlIcon, small_icon_button};
use crate::app::ui::field_focus::apply_field_focus;
use crate::app::ui::rows::{Swatch, caption, icon_button};
use crate::app::ui::style::{UNIT, color};
use crate::app::ui::value_field::{Typed, ValueField};
use crate::model::{Basis, Decimal, Evidence, Field, Level};
use crate::theme::{Color, Icon};
use egui::{TextEdit, Ui};

/// The texts of a field for a value.
pub(in crate::app::panels) struct ValueText<'t, V> {
    pub title: &'t str,
    pub width: f32,
    /// The sentence below text that cannot be read.
    pub correction: &'t str,
    /// Returns the values that a text can mean.
    pub read: &'t dyn Fn(&str) -> Vec<V>,
    pub text_of: &'t dyn Fn(&V) -> String,
}

impl Form<'_, '_> {
    /// Shows a field for a value. An empty field is no value, or invalid if the value is
    /// required, as the ends of a scale are.
    pub(in crate::app::panels) fn parsed<T: PartialEq + ToString>(
        &mut self,
        ui: &mut Ui,
        field: Field,
        parse: impl Fn(&str) -> Option<T>,
        value: &mut Option<T>,
    ) {
        self.readable(ui, field, |text| parse(text).into_iter().collect(), value);
    }

    /// Shows a field for a value like [`Form::parsed`]; `read` returns the values that a
    /// text can mean.
    pub(in crate::app::panels) fn readable<T: PartialEq + ToString>(
        &mut self,
        ui: &mut Ui,
        field: Field,
        read: impl Fn(&str) -> Vec<T>,
        value: &mut Option<T>,
    ) {
        let required = matches!(field, Field::ScaleFrom | Field::ScaleTo);
        let text_of = |value: &Option<T>| value.as_ref().map(T::to_string).unwrap_or_default();
        let read = |text: &str| match text.trim() {
            "" if required => Vec::new(),
            "" => vec![None],
            text => read(text).into_iter().map(Some).collect(),
        };
        let text = ValueText {
            title: field.caption(),
            width: f32::INFINITY,
            correction: correction(field),
            read: &read,
            text_of: &text_of,
        };
        caption(ui, text.title);
        self.value(ui, field, &text, value);
    }

    /// Shows a text field for a value, without a caption.
    pub(in crate::app::panels) fn value<V: PartialEq>(
        &mut self,
        ui: &mut Ui,
        field: Field,
        text: &ValueText<'_, V>,
        value: &mut V,
    ) {
        let name = self.field_name(text.title);
        let hint = hint(&self.object, field);
        let width = text.width;
        let typed = ValueField {
            id: ui.make_persistent_id(("draft", &name)),
            shown: (text.text_of)(value),
            read: text.read,
            text_of: text.text_of,
            correction: text.correction,
            tint: color(self.cx.theme.pain),
        };
        let id = typed.id;
        let typed = typed.show(ui, |ui, text, tint| {
            let edit = TextEdit::singleline(text)
                .hint_text(hint)
                .text_color_opt(tint)
                .desired_width(width)
                .id_salt(&name);
            let response = ui.add(edit).accessible_name(&name);
            apply_field_focus(ui, self.field_id(field), &response);
            response
        });
        held_value::release(ui.ctx(), id);
        match typed {
            Typed::Unchanged => {}
            Typed::Held(new) => {
                *value = new;
                self.held_field = Some(id);
            }
            Typed::Done(new) => *value = new,
        }
    }

    /// Shows votes: a number and a button for one more.
    pub(in crate::app::panels) fn votes(&mut self, ui: &mut Ui, field: Field, votes: &mut u32) {
        caption(ui, "Votes");
        ui.horizontal(|ui| {
            let read = |text: &str| match text.trim() {
                "" => vec![0],
                text => Decimal::counts(text),
            };
            let text = ValueText {
                title: field.caption(),
                width: 12.0 * UNIT,
                correction: correction(field),
                read: &read,
                text_of: &u32::to_string,
            };
            self.value(ui, field, &text, votes);
            self.vote_button(ui, votes);
        });
    }

    /// Shows a button for one more vote.
    pub(in crate::app::panels) fn vote_button(&mut self, ui: &mut Ui, votes: &mut u32) {
        let name = self.field_name("One more vote");
        if small_icon_button(ui, ControlIcon::Plus, &name).clicked() {
            *votes = votes.saturating_add(1);
        }
    }

    /// Shows a segmented control: a caption above, `words` as buttons.
    pub(in crate::app::panels) fn segmented<T: Copy + PartialEq>(
        &mut self,
        ui: &mut Ui,
        title: &str,
        value: &mut T,
        words: &[(T, &str, Swatch)],
    ) {
        caption(ui, title);
        self.choice(ui, title, None, value, words);
    }

    /// Shows a segmented control without a caption; the chosen button takes the focus of
    /// the field.
    pub(in crate::app::panels) fn choice<T: Copy + PartialEq>(
        &mut self,
        ui: &mut Ui,
        title: &str,
        field: Option<Field>,
        value: &mut T,
        words: &[(T, &str, Swatch)],
    ) {
        let name = self.field_name(title);
        let former = *value;
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing.x = UNIT;
            for (option, word, swatch) in words {
                let full = format!("{name}: {}", word.to_lowercase());
                let is_chosen = *option == former;
                let response = icon_button(ui, *swatch, word, &full, is_chosen);
                if let Some(field) = field.filter(|_| is_chosen) {
                    apply_field_focus(ui, self.field_id(field), &response);
                }
                if response.clicked() {
                    *value = *option;
                }
            }
        });
    }

    /// Shows a level: low, medium or high, as one to three icons.
    pub(in crate::app::panels) fn level(
        &mut self,
        ui: &mut Ui,
        title: &str,
        value: &mut Level,
        icons: [Icon; 3],
        tint: Color,
    ) {
        let [low, medium, high] = icons.map(|icon| Swatch::Icon(icon, tint));
        let words = [
            (Level::Low, "Low", low),
            (Level::Medium, "Medium", medium),
            (Level::High, "High", high),
        ];
        self.segmented(ui, title, value, &words);
    }

    /// Shows the evidence of a statement: its basis, and its source
    /// in the field `source`.
    pub(in crate::app::panels) fn evidence(
        &mut self,
        ui: &mut Ui,
        source: Field,
        evidence: &mut Evidence,
    ) {
        let (soft, unsure) = (self.cx.theme.ink_soft, self.cx.theme.assumption);
        let basis = |basis, word, icon, tint| (Some(basis), word, Swatch::Icon(icon, tint));
        let words = [
            (None, "No evidence", Swatch::None),
            basis(Basis::Assumption, "Assumption", Icon::Question, unsure),
            basis(Basis::Observed, "Observed", Icon::Eye, soft),
            basis(Basis::Interviewed, "Interviewed", Icon::Interview, soft),
            basis(Basis::Measured, "Measured", Icon::Chart, soft),
        ];
        caption(ui, "Evidence");
        let field = (source == Field::Source).then_some(Field::Basis);
        self.choice(ui, "Evidence", field, &mut evidence.basis, &words);
        if evidence.basis.is_some() || !evidence.source.is_empty() {
            self.line(ui, source, &mut evidence.source);
        }
    }
}
