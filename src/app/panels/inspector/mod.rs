//! The inspector: the form of the selected record; one file per kind.
//!
//! Must not know: sessions, the canvas.

mod action;
mod custom_lanes;
mod entities;
mod feelings;
mod images;
mod items;
mod lane;
mod map;
mod multiple;
mod path;
pub(super) mod paths;
pub(super) mod pickers;
mod stage;
mod touchpoint;
mod usages;
mod value_fields;

use crate::app::command::action::Selection;
use crate::app::panels::context::PanelContext;
use crate::app::ui::style::UNIT;
use crate::model::ObjectRef;
use egui::{ScrollArea, Ui};

/// Shows the form of the selection, scrolling; without a selection, or if its record is
/// gone, the form of the map.
pub fn inspector(ui: &mut Ui, cx: &mut PanelContext<'_>) {
    let selection = cx.selection.clone();
    ScrollArea::vertical()
        .id_salt(("inspector", format!("{selection:?}")))
        .auto_shrink(false)
        .show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = UNIT;
            // Space for the scroll bar, which overlays the content.
            ui.set_max_width(ui.available_width() - 2.0 * UNIT);
            if !record(ui, cx, &selection) {
                map::show(ui, cx);
            }
            ui.add_space(8.0 * UNIT);
        });
}

/// Shows the form of the selected record; returns whether it exists.
fn record(ui: &mut Ui, cx: &mut PanelContext<'_>, selection: &Selection) -> bool {
    let map = cx.map;
    let object = match selection {
        Selection::Nothing => return false,
        Selection::Touchpoints(ids) => {
            multiple::show(ui, cx, ids);
            return true;
        }
        Selection::One(object) => object,
    };
    match object {
        ObjectRef::Touchpoint(id) => match map.touchpoint(id) {
            Some(touchpoint) => touchpoint::show(ui, cx, touchpoint),
            None => return false,
        },
        ObjectRef::Stage(id) => match map.stages().get(id) {
            Some(stage) => stage::show(ui, cx, stage),
            None => return false,
        },
        ObjectRef::Path { from, to, kind } => match map.touchpoint(from) {
            Some(touchpoint) => path::show(ui, cx, touchpoint, to, *kind),
            None => return false,
        },
        ObjectRef::Lane(id) => match map.lanes().get(id) {
            Some(lane) => lane::show(ui, cx, lane),
            None => return false,
        },
        ObjectRef::Persona(id) => match map.personas().get(id) {
            Some(persona) => entities::persona(ui, cx, persona),
            None => return false,
        },
        ObjectRef::Department(id) => match map.departments().get(id) {
            Some(department) => entities::department(ui, cx, department),
            None => return false,
        },
        ObjectRef::Channel(id) => match map.channels().get(id) {
            Some(channel) => entities::channel(ui, cx, channel),
            None => return false,
        },
        ObjectRef::Environment(id) => match map.environments().get(id) {
            Some(environment) => entities::environment(ui, cx, environment),
            None => return false,
        },
        _ => return false,
    }
    true
}
