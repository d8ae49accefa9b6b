//! Form of an environment.

use super::{pickers, usages};
use crate::app::command::action::{PanelContext, Selection};
use crate::app::panels::form::{Form, edit_record};
use crate::app::ui::rows::{Swatch, kind_heading};
use crate::edit::Intent;
use crate::model::{Environment, Field, ObjectRef};
use egui::Ui;

pub(super) fn show(ui: &mut Ui, cx: &mut PanelContext<'_>, environment: &Environment) {
    kind_heading(ui, cx.theme, "Environment");
    let object = ObjectRef::Environment(environment.id.clone());
    edit_record(ui, cx, object, environment, Intent::SetEnvironment, fields);
}

fn fields(ui: &mut Ui, form: &mut Form<'_>, environment: &mut Environment) {
    form.line(ui, Field::Name, "Such as “At home”", &mut environment.name);
    let kinds = pickers::ENVIRONMENT_KINDS.map(|(kind, word)| (kind, word, Swatch::None));
    form.segmented(ui, "Kind", &mut environment.kind, &kinds);
    usages::show(ui, form, environment);
    ui.separator();
    if ui.button("Delete environment").clicked() {
        form.push_edit(Intent::DeleteEnvironment(environment.id.clone()));
        form.select(Selection::Nothing);
    }
}
