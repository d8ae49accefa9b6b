//! Form of a channel.

use super::usages;
use crate::app::command::action::Selection;
use crate::app::panels::context::PanelContext;
use crate::app::panels::form::{Form, edit_record};
use crate::app::ui::rows::kind_heading;
use crate::edit::Intent;
use crate::model::{Channel, Field, ObjectRef};
use egui::Ui;

pub(super) fn show(ui: &mut Ui, cx: &mut PanelContext<'_>, channel: &Channel) {
    kind_heading(ui, cx.theme, "Channel");
    let object = ObjectRef::Channel(channel.id.clone());
    edit_record(ui, cx, object, channel, Intent::SetChannel, fields);
}

fn fields(ui: &mut Ui, form: &mut Form<'_>, channel: &mut Channel) {
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
    usages::show(ui, form, channel);
    ui.separator();
    if ui.button("Delete channel").clicked() {
        form.push_edit(Intent::DeleteChannel(channel.id.clone()));
        form.select(Selection::Nothing);
    }
}
