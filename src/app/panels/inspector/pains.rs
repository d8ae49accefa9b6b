//! Form section for the pain points of a touchpoint.

use super::pickers;
use crate::app::panels::form::{Form, ListSection};
use crate::model::{Field, Pain, Touchpoint};
use crate::theme::Icon;
use egui::Ui;

const SECTION: ListSection = ListSection {
    title: "Pain points",
    noun: "pain point",
    empty: "No pain points here yet",
    list: None,
    first: Field::Pain,
};

pub(super) fn show(ui: &mut Ui, form: &mut Form<'_>, t: &mut Touchpoint) {
    if form.list(ui, &SECTION, &mut t.pains, fields) {
        t.pains.push(Pain {
            id: form.mint("pain"),
            ..Pain::default()
        });
    }
}

fn fields(ui: &mut Ui, form: &mut Form<'_>, at: u16, pain: &mut Pain) {
    let icons = [Icon::Flag1, Icon::Flag2, Icon::Flag3];
    let hint = "What hurts, in the customer’s words";
    form.lines(ui, Field::Pain(at), hint, &mut pain.text);
    form.level(ui, "Severity", &mut pain.severity, icons, form.theme.pain);
    form.votes(ui, Field::PainVotes(at), &mut pain.votes);
    form.evidence(ui, Field::PainSource(at), &mut pain.evidence);
    pickers::actions(ui, form, &mut pain.actions);
}
