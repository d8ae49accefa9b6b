//! Forms of personas, departments, channels and environments.

use super::{images, usages, value_fields};
use crate::app::document::selection::Selection;
use crate::app::panels::context::PanelContext;
use crate::app::panels::entity::Entity;
use crate::app::panels::form::{Form, edit_record};
use crate::app::ui::rows::{Swatch, caption, icon_button, kind_heading};
use crate::app::ui::style::UNIT;
use crate::english::capitalize;
use crate::model::{Channel, Department, Environment, EnvironmentKind, Field, Persona, Rgb};
use egui::Ui;

const KINDS: [(EnvironmentKind, &str, Swatch); 3] = [
    (EnvironmentKind::Physical, "A place", Swatch::None),
    (EnvironmentKind::Digital, "A screen", Swatch::None),
    (EnvironmentKind::Social, "Among people", Swatch::None),
];

/// Shows the form of a record: its `fields`, its usages and a button that deletes it.
fn show<R: Entity>(
    ui: &mut Ui,
    cx: &mut PanelContext<'_>,
    record: &R,
    fields: fn(&mut Ui, &mut Form<'_>, &mut R),
) {
    kind_heading(ui, cx.theme, &capitalize(R::WORD));
    if let Some(mut drawn) = record.curve(cx.hidden_curves)
        && ui.checkbox(&mut drawn, "Curve is drawn").changed()
    {
        cx.actions.extend(record.toggle_curve(Some(!drawn)));
    }
    edit_record(
        ui,
        cx,
        record.object(),
        record,
        R::set,
        |ui, form, record| {
            fields(ui, form, record);
            usages::show(ui, form, record);
            ui.separator();
            if ui.button(R::DELETE).clicked() {
                form.push_edit(R::delete(record.id().clone()));
                form.select(Selection::Nothing);
            }
        },
    );
}

pub(super) fn persona(ui: &mut Ui, cx: &mut PanelContext<'_>, persona: &Persona) {
    show(ui, cx, persona, persona_fields);
}

pub(super) fn department(ui: &mut Ui, cx: &mut PanelContext<'_>, department: &Department) {
    show(ui, cx, department, department_fields);
}

pub(super) fn channel(ui: &mut Ui, cx: &mut PanelContext<'_>, channel: &Channel) {
    show(ui, cx, channel, channel_fields);
}

pub(super) fn environment(ui: &mut Ui, cx: &mut PanelContext<'_>, environment: &Environment) {
    show(ui, cx, environment, environment_fields);
}

fn persona_fields(ui: &mut Ui, form: &mut Form<'_>, persona: &mut Persona) {
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
        "What frustrates them",
        &mut persona.frustrations,
    );
    form.lines(
        ui,
        Field::PersonaQuote,
        "In their own words",
        &mut persona.quote,
    );
    form.evidence(ui, Field::Source, &mut persona.evidence);
}

fn department_fields(ui: &mut Ui, form: &mut Form<'_>, department: &mut Department) {
    form.line(
        ui,
        Field::Name,
        "Such as “Branch sales”",
        &mut department.name,
    );
    form.line(
        ui,
        Field::ShortName,
        "For the stripe on cards",
        &mut department.short,
    );
    color_field(ui, form, &mut department.colour);
    form.line(ui, Field::Contact, "Whom to ask", &mut department.contact);
}

/// Shows the colour: a palette of distinct colours, the automatic choice, and a field
/// for corporate colours.
fn color_field(ui: &mut Ui, form: &mut Form<'_>, value: &mut Option<Rgb>) {
    caption(ui, "Colour");
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = UNIT;
        let auto = icon_button(
            ui,
            Swatch::None,
            "Automatic",
            "Colour: automatic",
            value.is_none(),
        );
        if auto.clicked() && value.is_some() {
            *value = None;
            form.mark_discrete_change();
        }
        for colour in form.theme.departments.iter().copied() {
            let rgb = Rgb([colour.r, colour.g, colour.b]);
            let name = format!("Colour {rgb}");
            let chosen = *value == Some(rgb);
            let swatch = Swatch::Filled(colour);
            if icon_button(ui, swatch, "", &name, chosen).clicked() && !chosen {
                *value = Some(rgb);
                form.mark_discrete_change();
            }
        }
    });
    form.parsed(
        ui,
        Field::Color,
        "#0072b2",
        "Write it as “#” and six digits: “#0072b2”",
        false,
        value,
        Rgb::to_string,
        Rgb::parse,
    );
}

fn channel_fields(ui: &mut Ui, form: &mut Form<'_>, channel: &mut Channel) {
    form.line(ui, Field::Name, "Such as “Phone”", &mut channel.name);
    let mut icon = channel.icon.clone().unwrap_or_default();
    form.line(
        ui,
        Field::Icon,
        "phone, web, app, shop, post, email …",
        &mut icon,
    );
    channel.icon = (!icon.is_empty()).then_some(icon);
    form.checkbox(ui, "Digital", &mut channel.digital);
    form.checkbox(ui, "Works on a mobile device", &mut channel.mobile);
    form.checkbox(ui, "Customers serve themselves", &mut channel.self_service);
    form.checkbox(ui, "Nobody works on the other end", &mut channel.automated);
}

fn environment_fields(ui: &mut Ui, form: &mut Form<'_>, environment: &mut Environment) {
    form.line(ui, Field::Name, "Such as “At home”", &mut environment.name);
    form.segmented(ui, "Kind", &mut environment.kind, &KINDS);
}
