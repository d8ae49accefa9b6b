//! Form of a lane.

use super::value_fields;
use crate::app::command::action::{Context, Selection};
use crate::app::panels::form::{Form, edit};
use crate::app::ui::rows::{Swatch, kind, pair, quiet};
use crate::edit::Intent;
use crate::model::{Holds, Lane, LaneKind, Scale};
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
    if lane.kind != LaneKind::Custom {
        quiet(ui, &format!("Shows: {}", lane.kind.title().to_lowercase()));
        if lane.kind == LaneKind::Storyboard {
            quiet(ui, "It takes room once a touchpoint has a picture.");
        }
        return;
    }
    let scale = match lane.holds {
        Holds::Score(scale) => scale,
        _ => Scale::USUAL,
    };
    let kinds = [
        (Holds::Text, "Text", Swatch::None),
        (Holds::List, "List", Swatch::None),
        (Holds::Score(scale), "Score", Swatch::None),
        (Holds::Picture, "Picture", Swatch::None),
        (Holds::Link, "Link", Swatch::None),
    ];
    form.one_of(ui, "Holds", &mut lane.holds, &kinds);
    if let Holds::Score(scale) = &mut lane.holds {
        pair(ui, |left, right| {
            value_fields::decimal(left, form, "From", &mut scale.from);
            value_fields::decimal(right, form, "To", &mut scale.to);
        });
    }
    quiet(
        ui,
        "What it holds stands with each touchpoint, and stays when you choose another kind.",
    );
    ui.separator();
    if ui.button("Delete lane with what it holds").clicked() {
        form.wish(Intent::DeleteLane(lane.id.clone()));
        form.go(Selection::Nothing);
    }
}
