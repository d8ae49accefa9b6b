//! Forms of personas, departments, channels and environments.

use super::{images, usages};
use crate::app::panels::context::PanelContext;
use crate::app::panels::entity::Entity;
use crate::app::panels::form::{Form, edit_record};
use crate::app::ui::rows::{Swatch, caption, icon_button, kind_heading};
use crate::app::ui::style::UNIT;
use crate::model::{Channel, Department, Environment, EnvironmentKind, Field, Persona, Rgb};
use egui::Ui;

/// Shows the form of a record: its `fields`, its usages and a button that deletes it.
pub(super) fn show<R: Entity>(
    ui: &mut Ui,
    cx: &mut PanelContext<'_>,
    record: &R,
    fields: fn(&mut Ui, &mut Form<'_, '_>, &mut R),
) {
    let object = record.object();
    kind_heading(ui, object.noun());
    if let Some((mut drawn, toggle)) = cx.curve(&object)
        && ui.checkbox(&mut drawn, "Curve is drawn").changed()
    {
        cx.actions.push(toggle);
    }
    edit_record(ui, cx, record, R::SET, |ui, form, record| {
        fields(ui, form, record);
        usages::show(ui, form, record);
        form.delete_button(ui, R::DELETE_LABEL, R::DELETE(record.id().clone()));
    });
}

pub(super) fn persona(ui: &mut Ui, form: &mut Form<'_, '_>, persona: &mut Persona) {
    form.line(ui, Field::Name, &mut persona.name);
    form.line(ui, Field::Role, &mut persona.role);
    images::persona_image(ui, form, persona);
    form.text_list(ui, "Goals", Field::PersonaGoal, &mut persona.goals);
    form.text_list(ui, "Needs", Field::Need, &mut persona.needs);
    let frustrations = &mut persona.frustrations;
    form.text_list(ui, "Frustrations", Field::Frustration, frustrations);
    form.lines(ui, Field::PersonaQuote, &mut persona.quote);
    form.evidence(ui, Field::Source, &mut persona.evidence);
}

pub(super) fn department(ui: &mut Ui, form: &mut Form<'_, '_>, department: &mut Department) {
    form.line(ui, Field::Name, &mut department.name);
    form.line(ui, Field::ShortName, &mut department.short);
    color_field(ui, form, &mut department.colour);
    form.line(ui, Field::Contact, &mut department.contact);
}

/// Shows the colour: a palette of distinct colours, the automatic choice, and a field
/// for corporate colours.
fn color_field(ui: &mut Ui, form: &mut Form<'_, '_>, value: &mut Option<Rgb>) {
    caption(ui, "Colour");
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = UNIT;
        let automatic = ("Automatic", "Colour: automatic".to_owned());
        let mut choices = vec![(None, Swatch::None, automatic)];
        choices.extend(form.cx.theme.departments.iter().map(|color| {
            let rgb = Rgb([color.r, color.g, color.b]);
            let name = ("", format!("Colour {rgb}"));
            (Some(rgb), Swatch::Filled(*color), name)
        }));
        for (choice, swatch, (text, name)) in choices {
            if icon_button(ui, swatch, text, &name, *value == choice).clicked() {
                *value = choice;
            }
        }
    });
    form.parsed(ui, Field::Color, Rgb::parse, value);
}

pub(super) fn channel(ui: &mut Ui, form: &mut Form<'_, '_>, channel: &mut Channel) {
    form.line(ui, Field::Name, &mut channel.name);
    let mut icon = channel.icon.clone().unwrap_or_default();
    form.line(ui, Field::Icon, &mut icon);
    channel.icon = (!icon.is_empty()).then_some(icon);
    form.checkbox(ui, "Digital", &mut channel.digital);
    form.checkbox(ui, "Works on a mobile device", &mut channel.mobile);
    form.checkbox(ui, "Customers serve themselves", &mut channel.self_service);
    form.checkbox(ui, "Automated", &mut channel.automated);
}

pub(super) fn environment(ui: &mut Ui, form: &mut Form<'_, '_>, environment: &mut Environment) {
    form.line(ui, Field::Name, &mut environment.name);
    let kinds = [
        (EnvironmentKind::Physical, "A place", Swatch::None),
        (EnvironmentKind::Digital, "A screen", Swatch::None),
        (EnvironmentKind::Social, "Among people", Swatch::None),
    ];
    form.segmented(ui, "Kind", &mut environment.kind, &kinds);
}
