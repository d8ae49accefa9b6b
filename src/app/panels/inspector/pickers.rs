//! Combo boxes for references to other records, shared by several forms.

use crate::app::panels::context::PanelContext;
use crate::app::panels::entity::Listed;
use crate::app::panels::form::Form;
use crate::app::ui::combo_box::{ComboBox, ComboChoice, ComboEntries};
use crate::app::ui::rows::{Swatch, removable_row};
use crate::edit::Intent;
use crate::model::{Action, ActionId, Department, DepartmentId, Field};
use egui::Ui;

/// Returns all records of a kind as entries of a combo box.
pub(super) fn entries<R: Listed>(cx: &PanelContext<'_>) -> ComboEntries {
    let records = R::ALL(cx.map).iter().enumerate();
    records
        .map(|(i, record)| (record.name().to_owned(), R::SWATCH(cx, i, record)))
        .collect()
}

/// Returns the chosen record, and the intent that adds it if it is new.
pub(super) fn resolve<R: Listed>(
    cx: &mut PanelContext<'_>,
    picked: ComboChoice,
) -> (Option<Intent>, Option<R::Id>) {
    match picked {
        ComboChoice::None => (None, None),
        ComboChoice::Entry(i) => (None, R::ALL(cx.map).get(i).map(|r| r.id().clone())),
        ComboChoice::New(name) => {
            let id: R::Id = cx.ids.new_id(&name);
            (Some(R::ADD(Box::new(R::NEW(id.clone(), name)))), Some(id))
        }
    }
}

/// Name and swatch of a referenced record; `None` for an unknown one.
pub(super) fn name_and_swatch<R: Listed>(
    cx: &PanelContext<'_>,
    id: &R::Id,
) -> Option<(String, Swatch)> {
    let records = R::ALL(cx.map);
    let place = records.iter().position(|record| record.id() == id)?;
    let record = &records[place];
    Some((record.name().to_owned(), R::SWATCH(cx, place, record)))
}

/// Shows a combo box for a reference; a missing owner has a warning colour.
pub(super) fn reference<R: Listed>(
    ui: &mut Ui,
    form: &mut Form<'_, '_>,
    field: Field,
    value: &mut Option<R::Id>,
) {
    let none = format!("No {}", field.caption().to_lowercase());
    let unowned = form.cx.theme.unowned;
    let known = value.as_ref().map(|id| {
        name_and_swatch::<R>(form.cx, id).ok_or_else(|| format!("Unknown {} “{id}”", R::WORD))
    });
    let (text, swatch, warns) = match &known {
        Some(Ok((name, swatch))) => (name, *swatch, false),
        Some(Err(unknown)) => (unknown, Swatch::Missing(unowned), true),
        None if field == Field::Owner && !form.needs_no_owner() => {
            (&none, Swatch::Missing(unowned), true)
        }
        None => (&none, Swatch::None, false),
    };
    let combo = ComboBox {
        text,
        swatch,
        warning_color: warns.then_some(unowned),
        none: Some(&none),
        add: Some(R::WORD),
        field: Some(form.field_id(field)),
    };
    if let Some(id) = pick::<R>(ui, form, field.caption(), &combo) {
        *value = id;
    }
}

/// Shows a combo box of all records of a kind; returns the choice of the user, if any.
fn pick<R: Listed>(
    ui: &mut Ui,
    form: &mut Form<'_, '_>,
    title: &str,
    combo: &ComboBox<'_>,
) -> Option<Option<R::Id>> {
    let entries = entries::<R>(form.cx);
    let picked = form.combo_box(ui, title, combo, || entries)?;
    let (add, id) = resolve::<R>(form.cx, picked);
    form.preceding_intents.extend(add);
    Some(id)
}

/// Shows the supporting departments: a combo box to add one, and a row for each.
pub(super) fn supporters(ui: &mut Ui, form: &mut Form<'_, '_>, value: &mut Vec<DepartmentId>) {
    let combo = ComboBox::labeled("Add a supporter");
    add_reference::<Department>(ui, form, "Supporters", combo, value);
    references::<Department>(ui, form, "Remove supporter", value);
}

/// Shows the actions that address a pain or an opportunity; `field` is that of an action.
pub(super) fn actions(
    ui: &mut Ui,
    form: &mut Form<'_, '_>,
    field: impl Fn(u16) -> Field,
    value: &mut Vec<ActionId>,
) {
    references::<Action>(ui, form, "Remove action", value);
    let combo = ComboBox {
        field: Some(form.field_id(field(Field::index(value.len())))),
        ..ComboBox::labeled("Add an action")
    };
    add_reference::<Action>(ui, form, "Actions", combo, value);
}

/// Shows a combo box that adds a reference.
fn add_reference<R: Listed>(
    ui: &mut Ui,
    form: &mut Form<'_, '_>,
    title: &str,
    combo: ComboBox<'_>,
    value: &mut Vec<R::Id>,
) {
    let combo = ComboBox {
        add: Some(R::WORD),
        ..combo
    };
    let picked = pick::<R>(ui, form, title, &combo).flatten();
    value.extend(picked.filter(|id| !value.contains(id)));
}

/// Shows a row for each reference, with a button of the name `remove`.
fn references<R: Listed>(
    ui: &mut Ui,
    form: &mut Form<'_, '_>,
    remove: &str,
    value: &mut Vec<R::Id>,
) {
    form.items(ui, remove, value, |ui, form, _, id| {
        let known = name_and_swatch::<R>(form.cx, id);
        let unknown = || (format!("Unknown {} “{id}”", R::WORD), Swatch::None);
        let (name, swatch) = known.unwrap_or_else(unknown);
        let button = format!("{} {name}", form.field_name(remove));
        removable_row(ui, swatch, &name, &button)
    });
}
