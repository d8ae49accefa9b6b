//! Form of an action.

use super::{pickers, value_fields};
use crate::app::panels::context::PanelContext;
use crate::app::panels::form::{Form, edit_record};
use crate::app::ui::rows::{Swatch, two_columns};
use crate::app::ui::style::UNIT;
use crate::edit::Intent;
use crate::model::{Action, ActionStatus, Decimal, Department, Field, Lift, ObjectRef};
use crate::theme::Icon;
use egui::Ui;

pub(super) fn show(ui: &mut Ui, cx: &mut PanelContext<'_>, number: usize, action: &Action) {
    let object = ObjectRef::Action(action.id.clone());
    let prefix = format!("Action {number}");
    edit_record(
        ui,
        cx,
        object,
        action,
        Intent::SetAction,
        |ui, form, action| {
            form.with_prefix(&prefix, |form| fields(ui, form, action));
        },
    );
}

fn fields(ui: &mut Ui, form: &mut Form<'_>, action: &mut Action) {
    form.line(ui, Field::Name, "What will be done", &mut action.name);
    two_columns(ui, |left, right| {
        pickers::reference::<Department>(
            left,
            form,
            Field::Owner,
            "No owner",
            true,
            &mut action.owner,
        );
        value_fields::date(right, form, Field::Due, &mut action.due);
    });
    let soft = form.theme.ink_soft;
    let statuses = [
        (ActionStatus::Planned, "Planned", Swatch::None),
        (ActionStatus::Started, "Started", Swatch::None),
        (ActionStatus::Done, "Done", Swatch::Icon(Icon::Check, soft)),
        (ActionStatus::Dropped, "Dropped", Swatch::None),
    ];
    form.segmented(ui, "Status", &mut action.status, &statuses);
    lift(ui, form, &mut action.lift);
    form.lines(ui, Field::Notes, "Anything else", &mut action.notes);
    let name = form.field_name("Delete");
    if ui.button("Delete action").accessible_name(name).clicked() {
        form.push_edit(Intent::DeleteAction(action.id.clone()));
    }
    ui.add_space(3.0 * UNIT);
}

/// Shows the expected improvement of a metric; an empty metric without a number is
/// stored as none.
fn lift(ui: &mut Ui, form: &mut Form<'_>, lift: &mut Option<Lift>) {
    let mut metric = lift.as_ref().map(|l| l.metric.clone()).unwrap_or_default();
    let mut by = lift.as_ref().map(|l| l.by);
    two_columns(ui, |left, right| {
        form.line(left, Field::LiftMetric, "CSAT, feeling …", &mut metric);
        form.parsed(
            right,
            Field::LiftBy,
            "Such as 0.4",
            "Write a number, such as “0.4”",
            false,
            &mut by,
            Decimal::to_string,
            Decimal::parse,
        );
    });
    *lift = (!metric.is_empty() || by.is_some()).then(|| Lift {
        metric,
        by: by.unwrap_or_default(),
    });
}
