//! Form of a path between two touchpoints, and the form section for the paths from a
//! touchpoint.

use crate::app::panels::form::Form;
use crate::app::ui::buttons::{ControlIcon, small_icon_button};
use crate::app::ui::combo_box::{ComboBox, ComboChoice};
use crate::app::ui::rows::{Section, Swatch, caption, hint_label, paint_label};
use crate::app::ui::style::{ROW_HEIGHT, UNIT, bold_font};
use crate::edit::Intent;
use crate::model::{Field, ObjectRef, Path, PathKind, Share, Touchpoint, TouchpointId};
use egui::{Sense, Ui, vec2};

/// Shows the form of a path, which is a part of the touchpoint at its start.
pub(super) fn path_fields(
    ui: &mut Ui,
    form: &mut Form<'_, '_>,
    t: &mut Touchpoint,
    to: &TouchpointId,
    kind: PathKind,
) {
    for (word, end) in [("From", &t.id), ("To", to)] {
        let text = format!("{word}  {}", form.cx.numbered_name(end));
        let target = ObjectRef::Touchpoint(end.clone());
        form.cx.link_row(ui, &text, target);
    }
    ui.add_space(UNIT);
    match t.paths.iter().position(|p| p.to == *to && p.kind == kind) {
        Some(i) => {
            details(ui, form, &mut t.paths, i);
            let now = t.paths[i].kind;
            if now != kind {
                form.cx.select(ObjectRef::Path {
                    from: t.id.clone(),
                    to: to.clone(),
                    kind: now,
                });
            }
        }
        None => {
            hint_label(
                ui,
                "This path follows from the order of the touchpoints; the file does not contain it.",
            );
            if ui.button("Make explicit to label it").clicked() {
                let at = Field::index(t.paths.len());
                form.focus_when_shown(ui, Field::PathLabel(at));
                t.paths.push(new_path(to.clone(), kind));
            }
        }
    }
    ui.add_space(2.0 * UNIT);
    ui.horizontal(|ui| {
        if ui.button("Remove path").clicked() {
            form.cx.edit(Intent::Disconnect {
                from: t.id.clone(),
                to: to.clone(),
                kind,
            });
            form.cx.select(ObjectRef::Touchpoint(t.id.clone()));
        }
        if small_icon_button(ui, ControlIcon::GoTo, "Go to target").clicked() {
            form.cx.select(ObjectRef::Touchpoint(to.clone()));
        }
    });
}

fn new_path(to: TouchpointId, kind: PathKind) -> Path {
    Path {
        to,
        kind,
        label: String::new(),
        share: None,
    }
}

/// Shows kind, label and share of an explicit path. A kind for which there is another path
/// to the same target is refused.
fn details(ui: &mut Ui, form: &mut Form<'_, '_>, paths: &mut [Path], i: usize) {
    let kinds = [
        (PathKind::Next, "Next step", Swatch::None),
        (PathKind::Alternative, "Alternative", Swatch::None),
        (PathKind::Failure, "Failure", Swatch::None),
        (PathKind::Return, "Loop", Swatch::None),
    ];
    let at = Field::index(i);
    let mut path = paths[i].clone();
    caption(ui, "Kind");
    form.choice(ui, "Kind", Some(Field::Path(at)), &mut path.kind, &kinds);
    form.line(ui, Field::PathLabel(at), &mut path.label);
    form.parsed(ui, Field::PathShare(at), Share::parse, &mut path.share);
    let mut others = paths.iter().enumerate().filter(|(other, _)| *other != i);
    if !others.any(|(_, other)| other.to == path.to && other.kind == path.kind) {
        paths[i] = path;
    }
}

/// Shows the paths from a touchpoint.
pub(super) fn section(ui: &mut Ui, form: &mut Form<'_, '_>, t: &mut Touchpoint) {
    Section::titled("Paths").show(ui, |ui| {
        let mut gone = None;
        for i in 0..t.paths.len() {
            ui.push_id(("path", i), |ui| {
                form.with_prefix(&Field::Path(Field::index(i)).group(), |form| {
                    if path_header(ui, form, &t.paths[i].to) {
                        gone = Some(i);
                    }
                    details(ui, form, &mut t.paths, i);
                    ui.add_space(2.0 * UNIT);
                });
            });
        }
        if let Some(i) = gone {
            t.paths.remove(i);
        }
        implicit_path(ui, form, t);
        connect_combo_box(ui, form, t);
        ui.add_space(UNIT);
        form.checkbox(ui, "The journey may end here", &mut t.ends);
    });
}

/// Shows the target of a path; returns whether to delete the path.
fn path_header(ui: &mut Ui, form: &mut Form<'_, '_>, to: &TouchpointId) -> bool {
    let header = ui.horizontal(|ui| {
        let room = ui.available_width() - 2.0 * (ROW_HEIGHT + 2.0 * UNIT);
        let (rect, response) = ui.allocate_exact_size(vec2(room, ROW_HEIGHT), Sense::hover());
        let (font, tint) = (bold_font(14.0), ui.visuals().text_color());
        let text = format!("To {}", form.cx.numbered_name(to));
        paint_label(ui, &response, rect, Swatch::None, &text, font, tint);
        let name = form.field_name("Go to target");
        if small_icon_button(ui, ControlIcon::GoTo, &name).clicked() {
            form.cx.select(ObjectRef::Touchpoint(to.clone()));
        }
        small_icon_button(ui, ControlIcon::Close, &form.field_name("Remove")).clicked()
    });
    header.inner
}

/// Shows the implicit path to the next step.
fn implicit_path(ui: &mut Ui, form: &Form<'_, '_>, t: &Touchpoint) {
    if t.ends || t.paths.iter().any(|p| p.kind == PathKind::Next) {
        return;
    }
    match form.cx.layout.implied_next(form.cx.map, &t.id) {
        Some(next) => {
            let next = form.cx.numbered_name(&next.id);
            hint_label(ui, &format!("Next step: {next}"));
        }
        None => hint_label(ui, "Next step: none, the map ends here"),
    }
}

/// Shows a combo box of the other touchpoints; a choice adds a path there.
fn connect_combo_box(ui: &mut Ui, form: &mut Form<'_, '_>, t: &mut Touchpoint) {
    let (map, layout) = (form.cx.map, form.cx.layout);
    let others = || {
        let all = map.touchpoints().zip(layout.steps());
        all.filter(|(other, _)| other.id != t.id)
    };
    let entries = || {
        others()
            .map(|(other, step)| (format!("{} {}", step.number, other.name), Swatch::None))
            .collect()
    };
    let field = Field::PathTarget(Field::index(t.paths.len()));
    let combo = ComboBox {
        field: Some(form.field_id(field)),
        ..ComboBox::labeled("Connect to …")
    };
    if let Some(ComboChoice::Entry(i)) = form.combo_box(ui, "Connect to", &combo, entries)
        && let Some((other, _)) = others().nth(i)
    {
        let path = new_path(other.id.clone(), PathKind::Alternative);
        let mut there = t.paths.iter();
        if !there.any(|p| p.to == path.to && p.kind == path.kind) {
            let at = Field::index(t.paths.len());
            form.focus_when_shown(ui, Field::PathLabel(at));
            t.paths.push(path);
        }
    }
}
