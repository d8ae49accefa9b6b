//! The inspector: the form of the selected record; one file per kind.
//!
//! Must not know: sessions, the canvas.

mod comments;
mod conflicts;
mod entities;
mod feelings;
mod images;
mod items;
mod lanes;
mod map;
mod multiple;
mod paths;
mod pickers;
mod stage;
mod touchpoint;
mod usages;

use crate::app::command::action::Selection;
use crate::app::panels::context::PanelContext;
use crate::app::panels::form::edit_record;
use crate::app::ui::rows::{kind_heading, page};
use crate::app::ui::style::UNIT;
use crate::edit::Intent;
use crate::model::ObjectRef;
use egui::Ui;

/// Shows the form of the selection, scrolling; without a selection, or if its record is
/// gone, the form of the map.
pub fn inspector(ui: &mut Ui, cx: &mut PanelContext<'_>) {
    let selection = cx.selection.clone();
    page(ui, ("inspector", format!("{selection:?}")), |ui| {
        conflicts::show(ui, cx, &selection);
        if record(ui, cx, &selection).is_none() {
            map::show(ui, cx);
        }
        comments::show(ui, cx, &selection);
        ui.add_space(8.0 * UNIT);
    });
}

/// Shows the form of the selected record; `None` if it does not exist.
fn record(ui: &mut Ui, cx: &mut PanelContext<'_>, selection: &Selection) -> Option<()> {
    let map = cx.map;
    let object = match selection {
        Selection::Nothing => return None,
        Selection::Touchpoints(ids) => {
            multiple::show(ui, cx, ids);
            return Some(());
        }
        Selection::One(object) => object,
    };
    match object {
        ObjectRef::Touchpoint(id) => {
            let touchpoint = map.touchpoint(id)?;
            kind_heading(ui, object.noun());
            edit_record(
                ui,
                cx,
                touchpoint,
                Intent::SetTouchpoint,
                touchpoint::fields,
            );
        }
        ObjectRef::Stage(id) => {
            let stage = map.stages().get(id)?;
            kind_heading(ui, object.noun());
            edit_record(ui, cx, stage, Intent::SetStage, stage::fields);
        }
        ObjectRef::Path { from, to, kind } => {
            let from = map.touchpoint(from)?;
            kind_heading(ui, object.noun());
            edit_record(ui, cx, from, Intent::SetTouchpoint, |ui, form, from| {
                paths::path_fields(ui, form, from, to, *kind);
            });
        }
        ObjectRef::Lane(id) => {
            let lane = map.lanes().get(id)?;
            kind_heading(ui, object.noun());
            edit_record(ui, cx, lane, Intent::SetLane, lanes::fields);
        }
        ObjectRef::Persona(id) => {
            entities::show(ui, cx, map.personas().get(id)?, entities::persona);
        }
        ObjectRef::Department(id) => {
            entities::show(ui, cx, map.departments().get(id)?, entities::department);
        }
        ObjectRef::Channel(id) => {
            entities::show(ui, cx, map.channels().get(id)?, entities::channel);
        }
        ObjectRef::Environment(id) => {
            entities::show(ui, cx, map.environments().get(id)?, entities::environment);
        }
        _ => return None,
    }
    Some(())
}
