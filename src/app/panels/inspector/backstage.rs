//! Form section for backstage items of a touchpoint.

use super::pickers;
use crate::app::panels::form::{Form, ListSection};
use crate::app::ui::rows::Swatch;
use crate::model::{Backstage, BackstageKind, Field, Touchpoint};
use crate::theme::Icon;
use egui::Ui;

const SECTION: ListSection = ListSection {
    title: "Backstage",
    noun: "backstage item",
    empty: "Nothing backstage yet: processes, systems, people",
    list: Some(Field::BackstageItems),
    first: Field::Backstage,
};

const KINDS: [(BackstageKind, &str, Icon); 3] = [
    (BackstageKind::Process, "Process", Icon::Process),
    (BackstageKind::System, "System", Icon::System),
    (BackstageKind::People, "People", Icon::People),
];

pub(super) fn show(ui: &mut Ui, form: &mut Form<'_>, t: &mut Touchpoint) {
    if form.list(ui, &SECTION, &mut t.backstage, fields) {
        t.backstage.push(Backstage::default());
    }
}

fn fields(ui: &mut Ui, form: &mut Form<'_>, at: u16, item: &mut Backstage) {
    let hint = "What is done out of sight";
    form.line(ui, Field::Backstage(at), hint, &mut item.text);
    let soft = form.theme.ink_soft;
    let words = KINDS.map(|(kind, word, icon)| (kind, word, Swatch::Icon(icon, soft)));
    form.segmented(ui, "Kind", &mut item.kind, &words);
    let field = Field::BackstageDepartment(at);
    pickers::department(
        ui,
        form,
        field,
        "No department",
        false,
        &mut item.department,
    );
}
