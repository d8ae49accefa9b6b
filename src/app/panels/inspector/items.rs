//! Form sections for lists of a touchpoint: pain points, opportunities, backstage items
//! and measurements.

use super::{pickers, value_fields};
use crate::app::panels::form::{Form, ListSection};
use crate::app::ui::rows::{Swatch, two_columns};
use crate::model::{
    Backstage, BackstageKind, Department, Field, Measurement, Opportunity, Pain, Touchpoint,
};
use crate::theme::Icon;
use egui::Ui;

const PAINS: ListSection = ListSection {
    title: "Pain points",
    noun: "pain point",
    empty: "No pain points here yet",
    list: None,
    first: Field::Pain,
};

pub(super) fn pains(ui: &mut Ui, form: &mut Form<'_>, t: &mut Touchpoint) {
    if form.list(ui, &PAINS, &mut t.pains, pain) {
        t.pains.push(Pain {
            id: form.mint("pain"),
            ..Pain::default()
        });
    }
}

fn pain(ui: &mut Ui, form: &mut Form<'_>, at: u16, pain: &mut Pain) {
    let icons = [Icon::Flag1, Icon::Flag2, Icon::Flag3];
    let hint = "What hurts, in the customer’s words";
    form.lines(ui, Field::Pain(at), hint, &mut pain.text);
    form.level(ui, "Severity", &mut pain.severity, icons, form.theme.pain);
    form.votes(ui, Field::PainVotes(at), &mut pain.votes);
    form.evidence(ui, Field::PainSource(at), &mut pain.evidence);
    pickers::actions(ui, form, &mut pain.actions);
}

const OPPORTUNITIES: ListSection = ListSection {
    title: "Opportunities",
    noun: "opportunity",
    empty: "No opportunities here yet",
    list: Some(Field::Opportunities),
    first: Field::Opportunity,
};

pub(super) fn opportunities(ui: &mut Ui, form: &mut Form<'_>, t: &mut Touchpoint) {
    if form.list(ui, &OPPORTUNITIES, &mut t.opportunities, opportunity) {
        t.opportunities.push(Opportunity {
            id: form.mint("opportunity"),
            ..Opportunity::default()
        });
    }
}

fn opportunity(ui: &mut Ui, form: &mut Form<'_>, at: u16, opportunity: &mut Opportunity) {
    let hint = "What could be better";
    form.lines(ui, Field::Opportunity(at), hint, &mut opportunity.text);
    let (icons, tint) = ([Icon::Bulb; 3], form.theme.opportunity);
    form.level(ui, "Value", &mut opportunity.value, icons, tint);
    form.checkbox(ui, "Would delight", &mut opportunity.delight);
    form.votes(ui, Field::OpportunityVotes(at), &mut opportunity.votes);
    form.evidence(ui, Field::OpportunitySource(at), &mut opportunity.evidence);
    pickers::actions(ui, form, &mut opportunity.actions);
}

const BACKSTAGE: ListSection = ListSection {
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

pub(super) fn backstage(ui: &mut Ui, form: &mut Form<'_>, t: &mut Touchpoint) {
    if form.list(ui, &BACKSTAGE, &mut t.backstage, backstage_item) {
        t.backstage.push(Backstage::default());
    }
}

fn backstage_item(ui: &mut Ui, form: &mut Form<'_>, at: u16, item: &mut Backstage) {
    let hint = "What is done out of sight";
    form.line(ui, Field::Backstage(at), hint, &mut item.text);
    let soft = form.theme.ink_soft;
    let words = KINDS.map(|(kind, word, icon)| (kind, word, Swatch::Icon(icon, soft)));
    form.segmented(ui, "Kind", &mut item.kind, &words);
    let field = Field::BackstageDepartment(at);
    pickers::reference::<Department>(
        ui,
        form,
        field,
        "No department",
        false,
        &mut item.department,
    );
}

pub(super) fn measurements(
    ui: &mut Ui,
    form: &mut Form<'_>,
    measurements: &mut Vec<Measurement>,
    empty: &'static str,
) {
    let section = ListSection {
        title: "Measurements",
        noun: "measurement",
        empty,
        list: Some(Field::Measurements),
        first: Field::Metric,
    };
    if form.list(ui, &section, measurements, measurement) {
        measurements.push(Measurement::default());
    }
}

fn measurement(ui: &mut Ui, form: &mut Form<'_>, at: u16, measurement: &mut Measurement) {
    let hint = "NPS, CSAT, CES or one of your own";
    form.line(ui, Field::Metric(at), hint, &mut measurement.metric);
    two_columns(ui, |left, right| {
        let field = Field::MeasuredValue(at);
        value_fields::optional_decimal(left, form, field, "Not yet", &mut measurement.value);
        form.line(
            right,
            Field::Unit(at),
            "%, min, of 5",
            &mut measurement.unit,
        );
    });
    two_columns(ui, |left, right| {
        form.parsed(
            left,
            Field::SampleSize(at),
            "How many answers",
            "Write a whole number, such as “120”",
            false,
            &mut measurement.n,
            u32::to_string,
            |text| text.parse().ok(),
        );
        value_fields::date(right, form, Field::MeasuredOn(at), &mut measurement.date);
    });
}
