//! Form section for the opportunities of a touchpoint.

use super::pickers;
use crate::app::panels::form::{Form, ListSection};
use crate::model::{Field, Opportunity, Touchpoint};
use crate::theme::Icon;
use egui::Ui;

const SECTION: ListSection = ListSection {
    title: "Opportunities",
    noun: "opportunity",
    empty: "No opportunities here yet",
    list: Some(Field::Opportunities),
    first: Field::Opportunity,
};

pub(super) fn show(ui: &mut Ui, form: &mut Form<'_>, t: &mut Touchpoint) {
    if form.list(ui, &SECTION, &mut t.opportunities, fields) {
        t.opportunities.push(Opportunity {
            id: form.mint("opportunity"),
            ..Opportunity::default()
        });
    }
}

fn fields(ui: &mut Ui, form: &mut Form<'_>, at: u16, opportunity: &mut Opportunity) {
    let hint = "What could be better";
    form.lines(ui, Field::Opportunity(at), hint, &mut opportunity.text);
    let (icons, tint) = ([Icon::Bulb; 3], form.theme.opportunity);
    form.level(ui, "Value", &mut opportunity.value, icons, tint);
    form.checkbox(ui, "Would delight", &mut opportunity.delight);
    form.votes(ui, Field::OpportunityVotes(at), &mut opportunity.votes);
    form.evidence(ui, Field::OpportunitySource(at), &mut opportunity.evidence);
    pickers::actions(ui, form, &mut opportunity.actions);
}
