//! Form of a department.

use super::usages;
use crate::app::command::action::Selection;
use crate::app::panels::context::PanelContext;
use crate::app::panels::form::{Form, edit_record};
use crate::app::ui::rows::{Swatch, caption, icon_button, kind_heading};
use crate::app::ui::style::UNIT;
use crate::edit::Intent;
use crate::model::{Department, Field, ObjectRef, Rgb};
use egui::Ui;

pub(super) fn show(ui: &mut Ui, cx: &mut PanelContext<'_>, department: &Department) {
    kind_heading(ui, cx.theme, "Department");
    let object = ObjectRef::Department(department.id.clone());
    edit_record(ui, cx, object, department, Intent::SetDepartment, fields);
}

fn fields(ui: &mut Ui, form: &mut Form<'_>, department: &mut Department) {
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
    usages::show(ui, form, department);
    ui.separator();
    if ui.button("Delete department").clicked() {
        form.push_edit(Intent::DeleteDepartment(department.id.clone()));
        form.select(Selection::Nothing);
    }
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
