//! Form section for measurements, of a touchpoint or the whole journey.

use super::value_fields;
use crate::app::panels::form::{Form, ListSection};
use crate::app::ui::rows::two_columns;
use crate::model::{Field, Measurement};
use egui::Ui;

pub(super) fn show(
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
    if form.list(ui, &section, measurements, fields) {
        measurements.push(Measurement::default());
    }
}

fn fields(ui: &mut Ui, form: &mut Form<'_>, at: u16, it: &mut Measurement) {
    let hint = "NPS, CSAT, CES or one of your own";
    form.line(ui, Field::Metric(at), hint, &mut it.metric);
    two_columns(ui, |left, right| {
        let field = Field::MeasuredValue(at);
        value_fields::optional_decimal(left, form, field, "Not yet", &mut it.value);
        form.line(right, Field::Unit(at), "%, min, of 5", &mut it.unit);
    });
    two_columns(ui, |left, right| {
        form.parsed(
            left,
            Field::SampleSize(at),
            "How many answers",
            "Write a whole number, such as “120”",
            false,
            &mut it.n,
            u32::to_string,
            |text| text.parse().ok(),
        );
        value_fields::date(right, form, Field::MeasuredOn(at), &mut it.date);
    });
}
