//! Form of a persona.

use super::{images, usages, value_fields};
use crate::app::command::action::{Selection, UiAction};
use crate::app::panels::context::PanelContext;
use crate::app::panels::form::{Form, edit_record};
use crate::app::ui::rows::kind_heading;
use crate::edit::Intent;
use crate::model::{Field, ObjectRef, Persona};
use egui::Ui;

pub(super) fn show(ui: &mut Ui, cx: &mut PanelContext<'_>, persona: &Persona) {
    kind_heading(ui, cx.theme, "Persona");
    let mut shown = !cx.hidden_curves.contains(&persona.id);
    if ui.checkbox(&mut shown, "Curve is drawn").changed() {
        let id = persona.id.clone();
        cx.actions.push(UiAction::ShowCurve(id, shown));
    }
    let object = ObjectRef::Persona(persona.id.clone());
    edit_record(ui, cx, object, persona, Intent::SetPersona, fields);
}

fn fields(ui: &mut Ui, form: &mut Form<'_>, persona: &mut Persona) {
    form.line(ui, Field::Name, "A name one remembers", &mut persona.name);
    form.line(
        ui,
        Field::Role,
        "Who they are, such as “Student, 21”",
        &mut persona.role,
    );
    images::persona_image(ui, form, persona);
    value_fields::text_list(
        ui,
        form,
        "Goals",
        Field::PersonaGoal,
        "What they want to achieve",
        &mut persona.goals,
    );
    value_fields::text_list(
        ui,
        form,
        "Needs",
        Field::Need,
        "What they need on the way",
        &mut persona.needs,
    );
    value_fields::text_list(
        ui,
        form,
        "Frustrations",
        Field::Frustration,
        "What wears them out",
        &mut persona.frustrations,
    );
    form.lines(
        ui,
        Field::PersonaQuote,
        "In their own words",
        &mut persona.quote,
    );
    form.evidence(ui, Field::Source, &mut persona.evidence);
    usages::show(ui, form, persona);
    ui.separator();
    if ui.button("Delete persona with its feelings").clicked() {
        form.push_edit(Intent::DeletePersona(persona.id.clone()));
        form.select(Selection::Nothing);
    }
}
