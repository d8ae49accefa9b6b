//! Form of a lane.

use super::value_fields;
use crate::app::command::action::Selection;
use crate::app::panels::context::PanelContext;
use crate::app::panels::form::{Form, edit_record};
use crate::app::ui::rows::{Swatch, hint_label, kind_heading, two_columns};
use crate::edit::Intent;
use crate::model::{Field, Lane, LaneContentKind, LaneKind, ObjectRef, Scale};
use egui::Ui;

pub(super) fn show(ui: &mut Ui, cx: &mut PanelContext<'_>, lane: &Lane) {
    kind_heading(ui, cx.theme, "Lane");
    let object = ObjectRef::Lane(lane.id.clone());
    edit_record(ui, cx, object, lane, Intent::SetLane, fields);
}

fn fields(ui: &mut Ui, form: &mut Form<'_>, lane: &mut Lane) {
    form.line(ui, Field::Name, "Name of its kind", &mut lane.name);
    let mut visible = !lane.hidden;
    form.checkbox(ui, "Visible", &mut visible);
    lane.hidden = !visible;
    if lane.kind != LaneKind::Custom {
        hint_label(ui, &format!("Shows: {}", lane.kind.title().to_lowercase()));
        if lane.kind == LaneKind::Storyboard {
            hint_label(ui, "It takes room once a touchpoint has a picture.");
        }
        return;
    }
    let scale = match lane.holds {
        LaneContentKind::Score(scale) => scale,
        _ => Scale::ZERO_TO_TEN,
    };
    let kinds = [
        (LaneContentKind::Text, "Text", Swatch::None),
        (LaneContentKind::List, "List", Swatch::None),
        (LaneContentKind::Score(scale), "Score", Swatch::None),
        (LaneContentKind::Picture, "Picture", Swatch::None),
        (LaneContentKind::Link, "Link", Swatch::None),
    ];
    form.segmented(ui, "Holds", &mut lane.holds, &kinds);
    if let LaneContentKind::Score(scale) = &mut lane.holds {
        two_columns(ui, |left, right| {
            value_fields::decimal(left, form, Field::ScaleFrom, &mut scale.from);
            value_fields::decimal(right, form, Field::ScaleTo, &mut scale.to);
        });
    }
    hint_label(
        ui,
        "The content belongs to the touchpoints and is kept when you choose another kind.",
    );
    ui.separator();
    if ui.button("Delete lane with what it holds").clicked() {
        form.push_edit(Intent::DeleteLane(lane.id.clone()));
        form.select(Selection::Nothing);
    }
}
