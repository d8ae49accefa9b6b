//! Form section for the pain points of a touchpoint.

use super::pickers;
use crate::app::panels::form::Form;
use crate::app::ui::rows::{Section, section};
use crate::app::ui::style::UNIT;
use crate::model::{Pain, PainId, Touchpoint};
use crate::theme::Icon;
use egui::Ui;

pub(super) fn show(ui: &mut Ui, form: &mut Form<'_>, t: &mut Touchpoint) {
    let what = Section {
        title: "Pain points",
        count: Some(t.pains.len()),
        add: Some("Add pain point"),
        empty: "No pain points here yet",
        open: true,
    };
    let mut gone = None;
    let add = section(ui, &what, |ui| {
        for (i, pain) in t.pains.iter_mut().enumerate() {
            let id = pain.id.clone();
            ui.push_id(("pain", id.to_string()), |ui| {
                form.with_prefix(&format!("Pain {}", i + 1), |form| {
                    if fields(ui, form, pain) {
                        gone = Some(i);
                    }
                });
            });
        }
    });
    if let Some(i) = gone {
        t.pains.remove(i);
        form.mark_discrete_change();
    }
    if add {
        let id: PainId = form.mint("pain");
        t.pains.push(Pain {
            id,
            ..Pain::default()
        });
        form.mark_discrete_change();
        form.focus_when_shown(ui, format!("Pain {} text", t.pains.len()));
    }
}

/// Shows the fields of a pain point; returns whether to delete it.
fn fields(ui: &mut Ui, form: &mut Form<'_>, pain: &mut Pain) -> bool {
    let icons = [Icon::Flag1, Icon::Flag2, Icon::Flag3];
    form.lines(
        ui,
        "Text",
        "What hurts, in the customer’s words",
        &mut pain.text,
    );
    form.level(ui, "Severity", &mut pain.severity, icons, form.theme.pain);
    form.votes(ui, &mut pain.votes);
    form.evidence(ui, &mut pain.evidence);
    pickers::actions(ui, form, &mut pain.actions);
    let name = form.field_name("Delete");
    let gone = ui
        .button("Delete pain point")
        .accessible_name(name)
        .clicked();
    ui.add_space(3.0 * UNIT);
    gone
}
