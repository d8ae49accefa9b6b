//! A lane.

use crate::app::context::{Context, Selection};
use crate::app::panels::form::{Form, edit};
use crate::app::panels::widgets::{kind, quiet};
use crate::edit::Intent;
use crate::model::{Lane, LaneKind};
use egui::Ui;

pub(super) fn show(ui: &mut Ui, cx: &mut Context<'_>, lane: &Lane) {
    kind(ui, cx.theme, "Lane");
    let key = format!("lane/{}", lane.id);
    edit(ui, cx, &key, lane, Intent::SetLane, fields);
}

fn fields(ui: &mut Ui, form: &mut Form<'_>, lane: &mut Lane) {
    form.line(ui, "Name", "As its kind is called", &mut lane.name);
    let mut visible = !lane.hidden;
    form.tick(ui, "Visible", &mut visible);
    lane.hidden = !visible;
    if lane.kind == LaneKind::Custom {
        quiet(ui, "Its texts stand with each touchpoint.");
        ui.separator();
        if ui.button("Delete lane with its texts").clicked() {
            form.wish(Intent::DeleteLane(lane.id.clone()));
            form.go(Selection::Nothing);
        }
    } else {
        quiet(ui, &format!("Shows: {}", lane.kind.title().to_lowercase()));
    }
}
