//! Form of an environment.

use super::usages;
use crate::app::command::action::Selection;
use crate::app::panels::context::PanelContext;
use crate::app::panels::form::{Form, edit_record};
use crate::app::ui::rows::{Swatch, kind_heading};
use crate::edit::Intent;
use crate::model::{Environment, EnvironmentKind, Field, ObjectRef};
use egui::Ui;

const KINDS: [(EnvironmentKind, &str, Swatch); 3] = [
    (EnvironmentKind::Physical, "A place", Swatch::None),
    (EnvironmentKind::Digital, "A screen", Swatch::None),
    (EnvironmentKind::Social, "Among people", Swatch::None),
];

pub(super) fn show(ui: &mut Ui, cx: &mut PanelContext<'_>, environment: &Environment) {
    kind_heading(ui, cx.theme, "Environment");
    let object = ObjectRef::Environment(environment.id.clone());
    edit_record(ui, cx, object, environment, Intent::SetEnvironment, fields);
}

fn fields(ui: &mut Ui, form: &mut Form<'_>, environment: &mut Environment) {
    form.line(ui, Field::Name, "Such as “At home”", &mut environment.name);
    form.segmented(ui, "Kind", &mut environment.kind, &KINDS);
    usages::show(ui, form, environment);
    ui.separator();
    if ui.button("Delete environment").clicked() {
        form.push_edit(Intent::DeleteEnvironment(environment.id.clone()));
        form.select(Selection::Nothing);
    }
}
