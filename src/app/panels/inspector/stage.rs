//! Form of a stage.

use super::{paths, pickers, value_fields};
use crate::app::command::action::Selection;
use crate::app::panels::context::PanelContext;
use crate::app::panels::form::{Form, edit_record};
use crate::app::ui::focus_field;
use crate::app::ui::rows::{Section, Swatch, kind_heading, row, section};
use crate::edit::Intent;
use crate::model::{Department, Field, ObjectRef, Stage, Touchpoint, TouchpointId};
use egui::Ui;

pub(super) fn show(ui: &mut Ui, cx: &mut PanelContext<'_>, stage: &Stage) {
    kind_heading(ui, cx.theme, "Stage");
    let object = ObjectRef::Stage(stage.id.clone());
    edit_record(ui, cx, object, stage, Intent::SetStage, fields);
}

fn fields(ui: &mut Ui, form: &mut Form<'_>, stage: &mut Stage) {
    form.line(
        ui,
        Field::Name,
        "A phase, such as “Compare offers”",
        &mut stage.name,
    );
    form.lines(
        ui,
        Field::StageGoal,
        "What the customer wants to achieve",
        &mut stage.goal,
    );
    pickers::reference::<Department>(ui, form, Field::Owner, "No owner", true, &mut stage.owner);
    pickers::supporters(ui, form, &mut stage.supporters);
    form.line(ui, Field::Time, "Such as “week 2”", &mut stage.time);
    value_fields::duration(ui, form, &mut stage.duration);
    form.lines(ui, Field::Notes, "Anything else", &mut stage.notes);
    let held = form.map.touchpoints_in(&stage.id);
    let what = Section {
        title: "Touchpoints",
        count: Some(held.len()),
        add: Some("Add touchpoint to this stage"),
        empty: "No touchpoints in this stage yet",
        open: true,
    };
    let add = section(ui, &what, |ui| {
        for touchpoint in held {
            let text = paths::numbered_name(form, &touchpoint.id);
            let clicked = ui.push_id(touchpoint.id.to_string(), |ui| {
                row(ui, Swatch::None, &text, false).clicked()
            });
            if clicked.inner {
                form.select(ObjectRef::Touchpoint(touchpoint.id.clone()));
            }
        }
    });
    if add {
        let name = "New touchpoint";
        let id: TouchpointId = form.mint(name);
        form.push_edit(Intent::AddTouchpoint {
            stage: stage.id.clone(),
            at: held.len(),
            touchpoint: Box::new(Touchpoint::new(id.clone(), name)),
        });
        focus_field(
            ui.ctx(),
            &ObjectRef::Touchpoint(id.clone()).field(Field::Name),
        );
        form.select(ObjectRef::Touchpoint(id));
    }
    ui.separator();
    let text = match held.len() {
        0 => "Delete stage".to_owned(),
        1 => "Delete stage with its touchpoint".to_owned(),
        count => format!("Delete stage with its {count} touchpoints"),
    };
    if ui.button(text).clicked() {
        form.push_edit(Intent::DeleteStage(stage.id.clone()));
        form.select(Selection::Nothing);
    }
}
