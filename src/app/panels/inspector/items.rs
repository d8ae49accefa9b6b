//! Form sections for lists of a touchpoint: pain points, opportunities, backstage items
//! and measurements.

use super::pickers;
use crate::app::panels::form::{Form, ListSection};
use crate::app::ui::rows::{Swatch, two_columns};
use crate::insight::is_mean;
use crate::model::{
    Answers, Backstage, BackstageKind, Decimal, Department, Field, Measurement, Opportunity, Pain,
    parse_date,
};
use crate::theme::Icon;
use egui::Ui;

pub(super) const PAINS: ListSection<Pain> = ListSection {
    title: "Pain points",
    noun: "pain point",
    empty: "No pain points here yet",
    list: Field::Pains,
    first: Field::Pain,
    new: |form| Pain {
        id: form.cx.ids.new_id("pain"),
        ..Pain::default()
    },
    fields: pain,
};

fn pain(ui: &mut Ui, form: &mut Form<'_, '_>, at: u16, pain: &mut Pain) {
    let icons = [Icon::Flag1, Icon::Flag2, Icon::Flag3];
    let tint = form.cx.theme.pain;
    form.lines(ui, Field::Pain(at), &mut pain.text);
    form.level(ui, "Severity", &mut pain.severity, icons, tint);
    form.votes(ui, Field::PainVotes(at), &mut pain.votes);
    form.evidence(ui, Field::PainSource(at), &mut pain.evidence);
    let action = |action| Field::PainAction(at, action);
    pickers::actions(ui, form, action, &mut pain.actions);
}

pub(super) const OPPORTUNITIES: ListSection<Opportunity> = ListSection {
    title: "Opportunities",
    noun: "opportunity",
    empty: "No opportunities here yet",
    list: Field::Opportunities,
    first: Field::Opportunity,
    new: |form| Opportunity {
        id: form.cx.ids.new_id("opportunity"),
        ..Opportunity::default()
    },
    fields: opportunity,
};

fn opportunity(ui: &mut Ui, form: &mut Form<'_, '_>, at: u16, opportunity: &mut Opportunity) {
    let (icons, tint) = ([Icon::Bulb; 3], form.cx.theme.opportunity);
    form.lines(ui, Field::Opportunity(at), &mut opportunity.text);
    form.level(ui, "Value", &mut opportunity.value, icons, tint);
    form.checkbox(ui, "Would delight", &mut opportunity.delight);
    form.votes(ui, Field::OpportunityVotes(at), &mut opportunity.votes);
    form.evidence(ui, Field::OpportunitySource(at), &mut opportunity.evidence);
    let action = |action| Field::OpportunityAction(at, action);
    pickers::actions(ui, form, action, &mut opportunity.actions);
}

pub(super) const BACKSTAGE: ListSection<Backstage> = ListSection {
    title: "Backstage",
    noun: "backstage item",
    empty: "Nothing backstage yet: processes, systems, people",
    list: Field::BackstageItems,
    first: Field::Backstage,
    new: |_| Backstage::default(),
    fields: backstage_item,
};

const KINDS: [(BackstageKind, &str, Icon); 3] = [
    (BackstageKind::Process, "Process", Icon::Process),
    (BackstageKind::System, "System", Icon::System),
    (BackstageKind::People, "People", Icon::People),
];

fn backstage_item(ui: &mut Ui, form: &mut Form<'_, '_>, at: u16, item: &mut Backstage) {
    form.line(ui, Field::Backstage(at), &mut item.text);
    let soft = form.cx.theme.ink_soft;
    let words = KINDS.map(|(kind, word, icon)| (kind, word, Swatch::Icon(icon, soft)));
    form.segmented(ui, "Kind", &mut item.kind, &words);
    let field = Field::BackstageDepartment(at);
    pickers::reference::<Department>(ui, form, field, &mut item.department);
}

pub(super) const MEASUREMENTS: ListSection<Measurement> = ListSection {
    title: "Measurements",
    noun: "measurement",
    empty: "No measurements here yet",
    list: Field::Measurements,
    first: Field::Metric,
    new: |_| Measurement::default(),
    fields: measurement,
};

/// Counts of answers as they are typed: `24/56/20`.
#[derive(Clone, Default, PartialEq)]
struct Counts(Vec<u32>);

impl Counts {
    fn parse(text: &str) -> Option<Counts> {
        let counts = text.split('/').map(|it| it.trim().parse().ok());
        let counts: Vec<u32> = counts.collect::<Option<_>>()?;
        Answers::of(&counts).is_some().then_some(Counts(counts))
    }
}

impl std::fmt::Display for Counts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let counts: Vec<String> = self.0.iter().map(u32::to_string).collect();
        f.write_str(&counts.join("/"))
    }
}

fn measurement(ui: &mut Ui, form: &mut Form<'_, '_>, at: u16, measurement: &mut Measurement) {
    form.line(ui, Field::Metric(at), &mut measurement.metric);
    let was = (measurement.value, measurement.n);
    two_columns(ui, |left, right| {
        let field = Field::MeasuredValue(at);
        form.readable(left, field, Decimal::readings, &mut measurement.value);
        form.line(right, Field::Unit(at), &mut measurement.unit);
    });
    two_columns(ui, |left, right| {
        let size = Field::SampleSize(at);
        form.readable(left, size, Decimal::counts, &mut measurement.n);
        form.parsed(
            right,
            Field::MeasuredOn(at),
            parse_date,
            &mut measurement.date,
        );
    });
    if was != (measurement.value, measurement.n) && !measurement.agrees_with_counts() {
        measurement.counts.clear();
    }
    two_columns(ui, |left, right| {
        let counts = Counts(measurement.counts.clone());
        let mut counts = Some(counts).filter(|it| !it.0.is_empty());
        let before = counts.clone();
        form.parsed(left, Field::Counts(at), Counts::parse, &mut counts);
        if counts != before {
            let Counts(counts) = counts.unwrap_or_default();
            if counts.is_empty() {
                measurement.counts.clear();
            } else {
                measurement.set_counts(counts);
            }
        }
        let target = Field::Target(at);
        form.readable(right, target, Decimal::readings, &mut measurement.target);
    });
    if measurement.sd.is_some() || (measurement.n.is_some() && is_mean(measurement)) {
        let field = Field::Spread(at);
        form.readable(ui, field, Decimal::readings, &mut measurement.sd);
    }
}
