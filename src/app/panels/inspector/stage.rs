//! Form of a stage.

use super::pickers;
use crate::app::panels::form::Form;
use crate::app::ui::focus_new_name;
use crate::app::ui::rows::Section;
use crate::edit::Intent;
use crate::model::{Department, Field, ObjectRef, Span, Stage, Touchpoint, TouchpointId};
use egui::Ui;

pub(super) fn fields(ui: &mut Ui, form: &mut Form<'_, '_>, stage: &mut Stage) {
    form.line(ui, Field::Name, &mut stage.name);
    form.lines(ui, Field::StageGoal, &mut stage.goal);
    pickers::reference::<Department>(ui, form, Field::Owner, &mut stage.owner);
    pickers::supporters(ui, form, &mut stage.supporters);
    form.line(ui, Field::Time, &mut stage.time);
    form.parsed(ui, Field::Duration, Span::parse, &mut stage.duration);
    form.lines(ui, Field::Notes, &mut stage.notes);
    let held = form.cx.map.touchpoints_in(&stage.id);
    let section = Section {
        add: "Add touchpoint to this stage",
        ..Section::list(
            "Touchpoints",
            held.len(),
            "No touchpoints in this stage yet",
        )
    };
    let add = section.show(ui, |ui| {
        for touchpoint in held {
            let text = form.cx.numbered_name(&touchpoint.id);
            let target = ObjectRef::Touchpoint(touchpoint.id.clone());
            form.cx.link_row(ui, &text, target);
        }
    });
    if add {
        let name = "New touchpoint";
        let id: TouchpointId = form.cx.ids.new_id(name);
        form.cx.edit(Intent::AddTouchpoint {
            stage: stage.id.clone(),
            at: held.len(),
            touchpoint: Box::new(Touchpoint::new(id.clone(), name)),
        });
        let added = ObjectRef::Touchpoint(id.clone());
        focus_new_name(ui.ctx(), &added.field(Field::Name));
        form.cx.select(ObjectRef::Touchpoint(id));
    }
    let text = match held.len() {
        0 => "Delete stage",
        1 => "Delete stage with its touchpoint",
        count => &format!("Delete stage with its {count} touchpoints"),
    };
    form.delete_button(ui, text, Intent::DeleteStage(stage.id.clone()));
}
