//! Usages of a department, channel, environment or persona, and merging with another
//! one.

use crate::app::command::action::{Selection, UiAction};
use crate::app::panels::context::PanelContext;
use crate::app::panels::entity::Entity;
use crate::app::panels::form::Form;
use crate::app::ui::combo_box::{ComboBox, ComboChoice};
use crate::app::ui::rows::Section;
use crate::insight::{Reference, ReferenceRole, references_to};
use crate::model::ObjectRef;
use crate::search::filter::Facet;
use egui::{Checkbox, Ui};

/// Smallest number of usages for which the list starts collapsed.
const MIN_FOLDED_USAGES: usize = 12;

/// Shows a checkbox that filters the map by the record.
fn filter_checkbox(ui: &mut Ui, cx: &mut PanelContext<'_>, object: ObjectRef) {
    let Some(facet) = Facet::of_record(object) else {
        return;
    };
    let mut on = cx.filter.contains(&facet);
    let tick = ui.add(Checkbox::new(&mut on, "Highlight on map"));
    let tip = "Filter by this and dim everything else";
    if tick.on_hover_text(tip).changed() {
        cx.actions.push(UiAction::ToggleFilter(facet));
    }
}

/// Shows the usages as links, and the merge control.
pub(super) fn show<R: Entity>(ui: &mut Ui, form: &mut Form<'_, '_>, record: &R) {
    let cx = &mut *form.cx;
    let places = references_to(cx.map, &record.object());
    let section = Section {
        closed: places.len() >= MIN_FOLDED_USAGES,
        ..Section::list("Where used", places.len(), "Used nowhere")
    };
    if !places.is_empty() {
        filter_checkbox(ui, cx, record.object());
    }
    section.show(ui, |ui| {
        cx.link_rows(ui, &places, |cx, place| {
            let target = Selection::of_object(cx.map, &place.referrer);
            (usage_text(cx, place), target)
        });
    });
    merge_combo_box(ui, form, record);
}

/// Describes a usage: "7a Signs the contract, supports".
fn usage_text(cx: &PanelContext<'_>, place: &Reference) -> String {
    let name = match &place.referrer {
        ObjectRef::Touchpoint(id) => cx.numbered_name(id),
        record => format!("{} {}", record.noun(), record.name(cx.map)),
    };
    match place.role {
        ReferenceRole::Channel | ReferenceRole::Environment | ReferenceRole::Feeling => name,
        role => format!("{name}, {}", role.word()),
    }
}

/// Shows a combo box of the other records of the kind; a choice merges this one into
/// it.
fn merge_combo_box<R: Entity>(ui: &mut Ui, form: &mut Form<'_, '_>, record: &R) {
    let here = record.id();
    let others = R::ALL(form.cx.map).iter().enumerate();
    let others: Vec<(usize, &R)> = others.filter(|(_, other)| other.id() != here).collect();
    let Some(merge) = R::MERGE.filter(|_| !others.is_empty()) else {
        return;
    };
    let entry = |(place, other): &(usize, &R)| {
        let swatch = R::SWATCH(form.cx, *place, other);
        (other.name().to_owned(), swatch)
    };
    let entries = others.iter().map(entry).collect();
    let combo = ComboBox::labeled("Choose the one that stays");
    if let Some(ComboChoice::Entry(place)) = form.combo_box(ui, "Merge into", &combo, || entries)
        && let Some((_, other)) = others.get(place)
    {
        form.cx.edit(merge(here.clone(), other.id().clone()));
        form.cx.select(other.object());
    }
}
