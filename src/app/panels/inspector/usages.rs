//! Usages of a department, channel, environment or persona, and merging with another
//! one.

use super::paths;
use crate::app::command::action::{Selection, UiAction};
use crate::app::panels::entity::Entity;
use crate::app::panels::form::Form;
use crate::app::ui::combo_box::{ComboChoice, ComboEntry, ComboLabel};
use crate::app::ui::rows::{Section, Swatch, hint_label, row, section};
use crate::insight::{Reference, ReferenceRole, references_to};
use crate::model::ObjectRef;
use crate::search::filter::Facet;
use egui::{Checkbox, Ui};

/// Maximum number of listed usages.
const MAX_LISTED_USAGES: usize = 40;

/// Smallest number of usages for which the list starts collapsed.
const MIN_FOLDED_USAGES: usize = 12;

/// Shows a checkbox that filters the map by the record.
fn filter_checkbox(ui: &mut Ui, form: &mut Form<'_>, object: ObjectRef) {
    let Some(facet) = Facet::of_record(object) else {
        return;
    };
    let mut on = form.filter.contains(&facet);
    let tick = ui.add(Checkbox::new(&mut on, "Highlight on the map"));
    let tip = "Filter by this and dim everything else";
    if tick.on_hover_text(tip).changed() {
        form.push_command(UiAction::ToggleFilter(facet));
    }
}

/// Shows the usages as links, and the merge control.
pub(super) fn show<R: Entity>(ui: &mut Ui, form: &mut Form<'_>, record: &R) {
    let places = references_to(form.map, &record.object());
    let what = Section {
        title: "Where used",
        count: Some(places.len()),
        add: None,
        empty: "Used nowhere",
        open: places.len() < MIN_FOLDED_USAGES,
    };
    if !places.is_empty() {
        filter_checkbox(ui, form, record.object());
    }
    section(ui, &what, |ui| {
        for place in places.iter().take(MAX_LISTED_USAGES) {
            let text = usage_text(form, place);
            let clicked = ui.push_id((&text, format!("{:?}", place.referrer)), |ui| {
                row(ui, Swatch::None, &text, false).clicked()
            });
            if clicked.inner {
                form.select(Selection::of_object(form.map, &place.referrer));
            }
        }
        if places.len() > MAX_LISTED_USAGES {
            hint_label(
                ui,
                &format!("and {} more", places.len() - MAX_LISTED_USAGES),
            );
        }
    });
    merge_combo_box(ui, form, record);
}

/// Describes a usage: "7a Signs the contract, supports".
fn usage_text(form: &Form<'_>, place: &Reference) -> String {
    let name = match &place.referrer {
        ObjectRef::Touchpoint(id) => paths::numbered_name(form, id),
        record => format!("{} {}", record.noun(), record.name(form.map)),
    };
    match place.role {
        ReferenceRole::Channel | ReferenceRole::Environment | ReferenceRole::Feeling => name,
        role => format!("{name}, {}", role.word()),
    }
}

/// Shows a combo box of the other records of the kind; a choice merges this one into
/// it.
fn merge_combo_box<R: Entity>(ui: &mut Ui, form: &mut Form<'_>, record: &R) {
    let all = R::all(form.map);
    let here = record.id();
    if all.len() < 2 || R::merge(here.clone(), here.clone()).is_none() {
        return;
    }
    let others: Vec<(usize, &R)> = all
        .iter()
        .enumerate()
        .filter(|(_, r)| r.id() != here)
        .collect();
    let entries = others
        .iter()
        .map(|(place, other)| ComboEntry {
            text: other.name().to_owned(),
            swatch: other.swatch(form, *place),
        })
        .collect();
    let shown = ComboLabel {
        text: "Choose the one that stays",
        swatch: Swatch::None,
        warning_color: None,
    };
    let picked = form.combo_box(ui, "Merge into", &shown, None, None, || entries);
    if let Some(ComboChoice::Entry(place)) = picked
        && let Some((_, other)) = others.get(place)
    {
        if let Some(intent) = R::merge(here.clone(), other.id().clone()) {
            form.push_edit(intent);
        }
        form.select(other.object());
    }
}
