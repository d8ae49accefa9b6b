//! Form section for the opportunities of a touchpoint.

use super::pickers;
use crate::app::panels::form::Form;
use crate::app::ui::rows::{Section, section};
use crate::app::ui::style::UNIT;
use crate::model::{Opportunity, OpportunityId, Touchpoint};
use crate::theme::Icon;
use egui::Ui;

pub(super) fn show(ui: &mut Ui, form: &mut Form<'_>, t: &mut Touchpoint) {
    let what = Section {
        title: "Opportunities",
        count: Some(t.opportunities.len()),
        add: Some("Add opportunity"),
        empty: "No opportunities here yet",
        open: true,
    };
    let mut gone = None;
    let add = section(ui, &what, |ui| {
        for (i, opportunity) in t.opportunities.iter_mut().enumerate() {
            let id = opportunity.id.clone();
            ui.push_id(("opportunity", id.to_string()), |ui| {
                form.with_prefix(&format!("Opportunity {}", i + 1), |form| {
                    if fields(ui, form, opportunity) {
                        gone = Some(i);
                    }
                });
            });
        }
    });
    if let Some(i) = gone {
        t.opportunities.remove(i);
        form.mark_discrete_change();
    }
    if add {
        let id: OpportunityId = form.mint("opportunity");
        t.opportunities.push(Opportunity {
            id,
            ..Opportunity::default()
        });
        form.mark_discrete_change();
        form.focus_when_shown(ui, format!("Opportunity {} text", t.opportunities.len()));
    }
}

/// Shows the fields of an opportunity; returns whether to delete it.
fn fields(ui: &mut Ui, form: &mut Form<'_>, opportunity: &mut Opportunity) -> bool {
    let icons = [Icon::Bulb; 3];
    form.lines(ui, "Text", "What could be better", &mut opportunity.text);
    form.level(
        ui,
        "Value",
        &mut opportunity.value,
        icons,
        form.theme.opportunity,
    );
    form.checkbox(ui, "Would delight", &mut opportunity.delight);
    form.votes(ui, &mut opportunity.votes);
    form.evidence(ui, &mut opportunity.evidence);
    pickers::actions(ui, form, &mut opportunity.actions);
    let name = form.field_name("Delete");
    let gone = ui
        .button("Delete opportunity")
        .accessible_name(name)
        .clicked();
    ui.add_space(3.0 * UNIT);
    gone
}
