//! Form section for custom lanes: an editor for each lane's content type.

use super::images;
use crate::app::panels::form::Form;
use crate::app::ui::rows::{Section, caption, section};
use crate::app::ui::style::color;
use crate::model::{
    Decimal, Field, Lane, LaneContentKind, LaneKind, Link, ObjectRef, Scale, Touchpoint,
};
use egui::Ui;

pub(super) fn show(ui: &mut Ui, form: &mut Form<'_>, t: &mut Touchpoint) {
    let map = form.map;
    let own = || map.lanes().iter().filter(|l| l.kind == LaneKind::Custom);
    if own().next().is_none() {
        return;
    }
    let what = Section {
        title: "Own lanes",
        count: None,
        add: None,
        empty: "",
        open: true,
    };
    section(ui, &what, |ui| {
        for lane in own() {
            let before = t.texts.get(&lane.id).cloned().unwrap_or_default();
            let mut text = before.clone();
            ui.push_id(lane.id.to_string(), |ui| {
                let cell = ObjectRef::Cell(t.id.clone(), lane.id.clone());
                form.with_object(cell, |form| {
                    form.with_prefix("Lane", |form| lane_field(ui, form, lane, t, &mut text));
                });
            });
            if text == before {
                continue;
            }
            if text.is_empty() {
                t.texts.remove(&lane.id);
            } else {
                t.texts.insert(lane.id.clone(), text);
            }
        }
    });
}

fn lane_field(ui: &mut Ui, form: &mut Form<'_>, lane: &Lane, t: &Touchpoint, text: &mut String) {
    let title = lane.title();
    match lane.holds {
        LaneContentKind::Text => {
            form.captioned_lines(ui, title, Field::CustomLane, "", text);
        }
        LaneContentKind::List => {
            form.captioned_lines(ui, title, Field::CustomLane, "One thing a line", text);
        }
        LaneContentKind::Score(scale) => score(ui, form, title, scale, text),
        LaneContentKind::Picture => {
            caption(ui, title);
            let home = ObjectRef::Cell(t.id.clone(), lane.id.clone());
            form.with_prefix(&format!("Lane {}", title.to_lowercase()), |form| {
                images::lane_image(ui, form, home, text);
            });
        }
        LaneContentKind::Link => link(ui, form, title, text),
    }
}

/// Shows a text field and a slider over the scale. Text that is not a number stays in
/// the field with a message.
fn score(ui: &mut Ui, form: &mut Form<'_>, title: &str, scale: Scale, text: &mut String) {
    let hint = "A number";
    form.captioned_line(ui, title, Field::CustomLane, hint, text);
    let value = Decimal::parse(text);
    if !text.is_empty() && value.is_none_or(|v| !scale.contains(v)) {
        let wrong = format!("Write a number from {} to {}", scale.from, scale.to);
        ui.colored_label(color(form.theme.pain), wrong);
    }
    let mut number = value.unwrap_or(scale.from).value();
    let ends = scale.from.value()..=scale.to.value();
    // Whole steps if the scale is long enough.
    let length = (ends.end() - ends.start()).abs();
    let step = if length >= 10.0 {
        1.0
    } else if length >= 1.0 {
        0.1
    } else {
        0.001
    };
    ui.spacing_mut().slider_width = (ui.available_width() - 16.0).max(40.0);
    // The slider must not round typed text.
    let slider = egui::Slider::new(&mut number, ends)
        .show_value(false)
        .clamping(egui::SliderClamping::Edits);
    let name = form.field_name(&format!("{title} slider"));
    if ui.add(slider).accessible_name(&name).changed()
        && let Some(value) = Decimal::from_value((number / step).round() * step)
    {
        *text = value.value().to_string();
        form.mark_typed(Field::CustomLane);
    }
}

/// Shows title and address of a link in two fields, and a button that opens it.
fn link(ui: &mut Ui, form: &mut Form<'_>, title: &str, text: &mut String) {
    let (words, address) = Link::split(text);
    let (mut words, mut address) = (words.to_owned(), address.to_owned());
    let before = (words.clone(), address.clone());
    form.captioned_line(ui, title, Field::CustomLane, "https://…", &mut address);
    let name = form.field_name(&format!("{title} in words"));
    form.uncaptioned_line(
        ui,
        &name,
        Field::LinkTitle,
        "What people read instead",
        ui.available_width(),
        &mut words,
    );
    if (&words, &address) != (&before.0, &before.1) {
        // Angle brackets would end the address early.
        address.retain(|c| !matches!(c, '<' | '>'));
        words.retain(|c| !matches!(c, '<' | '>'));
        *text = match (words.trim().is_empty(), address.trim().is_empty()) {
            (false, true) => format!("{words} <>"),
            (false, false) => format!("{words} <{}>", address.trim()),
            (true, _) => address.trim().to_owned(),
        };
    }
    match Link::parse(text) {
        Some(link) => {
            let label = format!("Open {}", link.domain);
            if ui.link(label).on_hover_text(link.address).clicked() {
                ui.ctx().open_url(egui::OpenUrl::new_tab(link.address));
            }
        }
        None if !text.is_empty() => {
            ui.colored_label(
                color(form.theme.pain),
                "An address begins with https:// or mailto:",
            );
        }
        None => {}
    }
}
