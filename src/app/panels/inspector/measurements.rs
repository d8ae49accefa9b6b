//! Form section for measurements, of a touchpoint or the whole journey.

use super::value_fields;
use crate::app::panels::form::Form;
use crate::app::ui::rows::{Section, section, two_columns};
use crate::app::ui::style::UNIT;
use crate::model::Measurement;
use egui::Ui;

pub(super) fn show(
    ui: &mut Ui,
    form: &mut Form<'_>,
    measurements: &mut Vec<Measurement>,
    empty: &str,
) {
    let what = Section {
        title: "Measurements",
        count: Some(measurements.len()),
        add: Some("Add measurement"),
        empty,
        open: true,
    };
    let mut gone = None;
    let add = section(ui, &what, |ui| {
        for (i, measurement) in measurements.iter_mut().enumerate() {
            ui.push_id(("measurement", i), |ui| {
                form.with_prefix(&format!("Measurement {}", i + 1), |form| {
                    if fields(ui, form, measurement) {
                        gone = Some(i);
                    }
                });
            });
        }
    });
    if let Some(i) = gone {
        measurements.remove(i);
        form.mark_discrete_change();
    }
    if add {
        measurements.push(Measurement {
            metric: String::new(),
            value: None,
            unit: String::new(),
            n: None,
            date: None,
        });
        form.mark_discrete_change();
        form.focus_when_shown(ui, format!("Measurement {} metric", measurements.len()));
    }
}

/// Shows the fields of a measurement; returns whether to delete it.
fn fields(ui: &mut Ui, form: &mut Form<'_>, measurement: &mut Measurement) -> bool {
    form.line(
        ui,
        "Metric",
        "NPS, CSAT, CES or one of your own",
        &mut measurement.metric,
    );
    two_columns(ui, |left, right| {
        value_fields::optional_decimal(left, form, "Value", "Not yet", &mut measurement.value);
        form.line(right, "Unit", "%, min, of 5", &mut measurement.unit);
    });
    two_columns(ui, |left, right| {
        form.parsed(
            left,
            "Sample size",
            "How many answers",
            "Write a whole number, such as “120”",
            false,
            &mut measurement.n,
            u32::to_string,
            |text| text.parse().ok(),
        );
        value_fields::date(right, form, "Date", &mut measurement.date);
    });
    let name = form.field_name("Delete");
    let gone = ui
        .button("Delete measurement")
        .accessible_name(name)
        .clicked();
    ui.add_space(3.0 * UNIT);
    gone
}
