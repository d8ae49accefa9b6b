//! Form section for backstage items of a touchpoint.

use super::pickers;
use crate::app::panels::form::Form;
use crate::app::ui::rows::{Section, Swatch, section};
use crate::app::ui::style::UNIT;
use crate::model::{Backstage, BackstageKind, Touchpoint};
use crate::theme::Icon;
use egui::Ui;

pub(super) fn show(ui: &mut Ui, form: &mut Form<'_>, t: &mut Touchpoint) {
    let what = Section {
        title: "Backstage",
        count: Some(t.backstage.len()),
        add: Some("Add backstage item"),
        empty: "Nothing backstage yet: processes, systems, people",
        open: true,
    };
    let mut gone = None;
    let add = section(ui, &what, |ui| {
        for (i, item) in t.backstage.iter_mut().enumerate() {
            ui.push_id(("backstage", i), |ui| {
                form.with_prefix(&format!("Backstage {}", i + 1), |form| {
                    if fields(ui, form, item) {
                        gone = Some(i);
                    }
                });
            });
        }
    });
    if let Some(i) = gone {
        t.backstage.remove(i);
        form.mark_discrete_change();
    }
    if add {
        t.backstage.push(Backstage::default());
        form.mark_discrete_change();
        form.focus_when_shown(ui, format!("Backstage {} text", t.backstage.len()));
    }
}

/// Shows the fields of an item; returns whether to delete it.
fn fields(ui: &mut Ui, form: &mut Form<'_>, item: &mut Backstage) -> bool {
    let soft = form.theme.ink_soft;
    let kinds = [
        (BackstageKind::Process, "Process", Icon::Process),
        (BackstageKind::System, "System", Icon::System),
        (BackstageKind::People, "People", Icon::People),
    ];
    form.line(ui, "Text", "What is done out of sight", &mut item.text);
    let words = kinds.map(|(kind, word, icon)| (kind, word, Swatch::Icon(icon, soft)));
    form.segmented(ui, "Kind", &mut item.kind, &words);
    pickers::department(
        ui,
        form,
        "Department",
        "No department",
        false,
        &mut item.department,
    );
    let name = form.field_name("Delete");
    let gone = ui
        .button("Delete backstage item")
        .accessible_name(name)
        .clicked();
    ui.add_space(3.0 * UNIT);
    gone
}
