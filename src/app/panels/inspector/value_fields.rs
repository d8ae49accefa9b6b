//! Fields for values typed as text: durations, dates, numbers, lists of words.

use crate::app::panels::form::Form;
use crate::app::ui::rows::{ROW_HEIGHT, SmallIcon, Swatch, caption, row, small_icon_button};
use crate::app::ui::style::UNIT;
use crate::model::{Date, Decimal, Field, Span};
use egui::Ui;

/// Shows a duration.
pub(super) fn duration(ui: &mut Ui, form: &mut Form<'_>, value: &mut Option<Span>) {
    form.parsed(
        ui,
        Field::Duration,
        "45 min, 3 h, 2 d 4 h",
        "Write it as “45 min”, “3 h”, “2 d 4 h” or “1 w”",
        false,
        value,
        Span::to_string,
        Span::parse,
    );
}

/// Shows a date.
pub(super) fn date(ui: &mut Ui, form: &mut Form<'_>, field: Field, value: &mut Option<Date>) {
    form.parsed(
        ui,
        field,
        "2026-05-31",
        "Write it as year-month-day: “2026-05-31”",
        false,
        value,
        Date::to_string,
        |text| text.parse().ok(),
    );
}

/// Shows a required number with up to three decimals.
pub(super) fn decimal(ui: &mut Ui, form: &mut Form<'_>, field: Field, value: &mut Decimal) {
    let mut number = Some(*value);
    number_field(ui, form, field, "", true, &mut number);
    if let Some(number) = number {
        *value = number;
    }
}

/// Shows an optional number with up to three decimals; `hint` explains a missing one.
pub(super) fn optional_decimal(
    ui: &mut Ui,
    form: &mut Form<'_>,
    field: Field,
    hint: &'static str,
    value: &mut Option<Decimal>,
) {
    number_field(ui, form, field, hint, false, value);
}

fn number_field(
    ui: &mut Ui,
    form: &mut Form<'_>,
    field: Field,
    hint: &'static str,
    required: bool,
    value: &mut Option<Decimal>,
) {
    form.parsed(
        ui,
        field,
        hint,
        "Write a number, such as “4.5”",
        required,
        value,
        Decimal::to_string,
        Decimal::parse,
    );
}

/// Shows a list of short texts, one per line; `field` is that of an entry.
pub(super) fn text_list(
    ui: &mut Ui,
    form: &mut Form<'_>,
    title: &str,
    field: fn(u16) -> Field,
    hint: &'static str,
    value: &mut Vec<String>,
) {
    caption(ui, title);
    let mut gone = None;
    for (i, text) in value.iter_mut().enumerate() {
        let field = field(Field::index(i));
        let name = field.label();
        ui.horizontal(|ui| {
            let room = ui.available_width() - ROW_HEIGHT - 2.0 * UNIT;
            form.uncaptioned_line(ui, &name, field, hint, room, text);
            if small_icon_button(
                ui,
                SmallIcon::Cross,
                &format!("Remove {}", name.to_lowercase()),
            )
            .clicked()
            {
                gone = Some(i);
            }
        });
    }
    if let Some(i) = gone {
        value.remove(i);
        form.mark_discrete_change();
    }
    let next = field(Field::index(value.len()));
    let one = next.label().to_lowercase();
    let add = format!("Add {}", one.trim_end_matches(|c: char| !c.is_alphabetic()));
    if row(ui, Swatch::None, &format!("+ {add}"), false)
        .accessible_name(&add)
        .clicked()
    {
        value.push(String::new());
        form.mark_discrete_change();
        form.focus_when_shown(ui, next);
    }
}
