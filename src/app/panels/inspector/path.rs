//! Form of a path between two touchpoints.

use super::paths;
use crate::app::panels::context::PanelContext;
use crate::app::panels::form::{Form, edit_record};
use crate::app::ui::rows::{SmallIcon, Swatch, hint_label, kind_heading, row, small_icon_button};
use crate::app::ui::style::UNIT;
use crate::edit::Intent;
use crate::model::{Field, ObjectRef, Path, PathKind, Touchpoint, TouchpointId};
use egui::Ui;

pub(super) fn show(
    ui: &mut Ui,
    cx: &mut PanelContext<'_>,
    from: &Touchpoint,
    to: &TouchpointId,
    way: PathKind,
) {
    kind_heading(ui, cx.theme, "Path");
    let object = ObjectRef::Touchpoint(from.id.clone());
    edit_record(
        ui,
        cx,
        object,
        from,
        Intent::SetTouchpoint,
        |ui, form, t| {
            fields(ui, form, t, to, way);
        },
    );
}

fn fields(ui: &mut Ui, form: &mut Form<'_>, t: &mut Touchpoint, to: &TouchpointId, way: PathKind) {
    for (word, end) in [("From", t.id.clone()), ("To", to.clone())] {
        let text = format!("{word}  {}", paths::numbered_name(form, &end));
        if row(ui, Swatch::None, &text, false).clicked() {
            form.select(ObjectRef::Touchpoint(end));
        }
    }
    ui.add_space(UNIT);
    let at = t.paths.iter().position(|p| p.to == *to && p.kind == way);
    match at {
        Some(i) => {
            let before = t.paths[i].clone();
            paths::details(ui, form, Field::index(i), &mut t.paths[i]);
            let now = t.paths[i].clone();
            let same = |p: &&Path| p.to == now.to && p.kind == now.kind;
            if t.paths.iter().filter(same).count() > 1 {
                t.paths[i] = before;
            } else if now.kind != way {
                form.select(ObjectRef::Path {
                    from: t.id.clone(),
                    to: to.clone(),
                    kind: now.kind,
                });
            }
        }
        None => {
            hint_label(
                ui,
                "This path follows from the order of the touchpoints; the file does not contain it.",
            );
            if ui.button("Make explicit to label it").clicked() {
                t.paths.push(Path {
                    to: to.clone(),
                    kind: way,
                    label: String::new(),
                    share: None,
                });
                form.mark_discrete_change();
            }
        }
    }
    ui.add_space(2.0 * UNIT);
    ui.horizontal(|ui| {
        if ui.button("Remove path").clicked() {
            form.push_edit(Intent::Disconnect {
                from: t.id.clone(),
                to: to.clone(),
                kind: way,
            });
            form.select(ObjectRef::Touchpoint(t.id.clone()));
        }
        if small_icon_button(ui, SmallIcon::GoTo, "Go to target").clicked() {
            form.select(ObjectRef::Touchpoint(to.clone()));
        }
    });
}
