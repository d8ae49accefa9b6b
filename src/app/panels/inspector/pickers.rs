//! Combo boxes for references to other records, shared by several forms.

use crate::app::panels::entity::Listed;
use crate::app::panels::form::Form;
use crate::app::ui::combo_box::{ComboChoice, ComboEntry, ComboLabel};
use crate::app::ui::rows::{ROW_HEIGHT, SmallIcon, Swatch, small_icon_button};
use crate::app::ui::style::UNIT;
use crate::model::{Action, ActionId, Department, DepartmentId, Field};
use egui::Ui;

fn entries<R: Listed>(form: &Form<'_>) -> Vec<ComboEntry> {
    let records = R::all(form.map).iter().enumerate();
    records
        .map(|(i, record)| ComboEntry {
            text: record.name().to_owned(),
            swatch: record.swatch(form, i),
        })
        .collect()
}

/// Returns the chosen record; a new one is added first.
fn resolve<R: Listed>(form: &mut Form<'_>, picked: ComboChoice) -> Option<R::Id> {
    match picked {
        ComboChoice::None => None,
        ComboChoice::Entry(i) => R::all(form.map).get(i).map(|record| record.id().clone()),
        ComboChoice::New(name) => {
            let id: R::Id = form.mint(&name);
            form.edit_before(R::new(id.clone(), name).add());
            Some(id)
        }
    }
}

/// Name and swatch of a referenced record; an unknown one is named by its id.
fn name_and_swatch<R: Listed>(form: &Form<'_>, id: &R::Id) -> (String, Option<Swatch>) {
    let known = R::all(form.map).iter().enumerate();
    match known.clone().find(|(_, record)| record.id() == id) {
        Some((i, record)) => (record.name().to_owned(), Some(record.swatch(form, i))),
        None => (format!("Unknown {} “{id}”", R::WORD), None),
    }
}

/// Shows a combo box for a reference; `none` is the label for none, and `loud` marks a
/// missing one with a warning colour.
pub(super) fn reference<R: Listed>(
    ui: &mut Ui,
    form: &mut Form<'_>,
    field: Field,
    none: &str,
    loud: bool,
    value: &mut Option<R::Id>,
) {
    let unowned = form.theme.unowned;
    let known = value.as_ref().map(|id| name_and_swatch::<R>(form, id));
    let (text, swatch, warns) = match &known {
        Some((name, Some(swatch))) => (name.as_str(), *swatch, false),
        Some((name, None)) => (name.as_str(), Swatch::Missing(unowned), true),
        None if loud => (none, Swatch::Missing(unowned), true),
        None => (none, Swatch::None, false),
    };
    let shown = ComboLabel {
        text,
        swatch,
        warning_color: warns.then_some(unowned),
    };
    let entries = entries::<R>(form);
    let picked = form.combo_box(ui, field, &shown, Some(none), Some(R::WORD), || entries);
    if let Some(picked) = picked {
        *value = resolve::<R>(form, picked);
    }
}

/// Shows the supporting departments: a combo box to add one, and a row for each.
pub(super) fn supporters(ui: &mut Ui, form: &mut Form<'_>, value: &mut Vec<DepartmentId>) {
    add_reference::<Department>(ui, form, "Supporters", "Add a supporter", value);
    references::<Department>(ui, form, "Remove supporter", value);
}

/// Shows the actions that address a pain or an opportunity.
pub(super) fn actions(ui: &mut Ui, form: &mut Form<'_>, value: &mut Vec<ActionId>) {
    references::<Action>(ui, form, "Remove action", value);
    add_reference::<Action>(ui, form, "Actions", "Add an action", value);
}

/// Shows a combo box that adds a reference.
fn add_reference<R: Listed>(
    ui: &mut Ui,
    form: &mut Form<'_>,
    title: &str,
    text: &str,
    value: &mut Vec<R::Id>,
) {
    let shown = ComboLabel {
        text,
        swatch: Swatch::None,
        warning_color: None,
    };
    let entries = entries::<R>(form);
    let picked = form.combo_box(ui, title, &shown, None, Some(R::WORD), || entries);
    if let Some(id) = picked.and_then(|picked| resolve::<R>(form, picked))
        && !value.contains(&id)
    {
        value.push(id);
    }
}

/// Shows a row for each reference, with a button of the name `remove`.
fn references<R: Listed>(ui: &mut Ui, form: &mut Form<'_>, remove: &str, value: &mut Vec<R::Id>) {
    let mut gone = None;
    for (place, id) in value.iter().enumerate() {
        let (name, swatch) = name_and_swatch::<R>(form, id);
        let button = format!("{} {name}", form.field_name(remove));
        if removable_row(ui, swatch.unwrap_or(Swatch::None), &name, &button) {
            gone = Some(place);
        }
    }
    if let Some(place) = gone {
        value.remove(place);
        form.mark_discrete_change();
    }
}

/// Shows a row with a remove button; returns whether it was clicked.
pub(super) fn removable_row(ui: &mut Ui, swatch: Swatch, text: &str, name: &str) -> bool {
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = UNIT;
        let room = ui.available_width() - ROW_HEIGHT - UNIT;
        let (rect, response) =
            ui.allocate_exact_size(egui::vec2(room, ROW_HEIGHT), egui::Sense::hover());
        let left = rect.left() + UNIT;
        swatch.paint(ui.painter(), left, rect.center().y);
        let from = egui::pos2(left + swatch.width(), rect.center().y);
        let font = egui::TextStyle::Body.resolve(ui.style());
        let tint = ui.visuals().text_color();
        let width = rect.right() - from.x;
        crate::app::ui::rows::elided_text(ui, &response, from, width, text, font, tint);
        small_icon_button(ui, SmallIcon::Cross, name).clicked()
    })
    .inner
}
