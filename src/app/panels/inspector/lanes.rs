//! Form of a lane, and the form section of a touchpoint for custom lanes: an editor for
//! each lane's content type.

use super::images;
use crate::app::panels::form::Form;
use crate::app::ui::rows::{Section, Swatch, caption, hint_label, two_columns};
use crate::app::ui::style::color;
use crate::edit::Intent;
use crate::model::{
    Decimal, Field, Lane, LaneContentKind, LaneKind, Link, ObjectRef, Scale, Touchpoint,
};
use egui::{OpenUrl, Slider, SliderClamping, TextEdit, Ui};

pub(super) fn fields(ui: &mut Ui, form: &mut Form<'_, '_>, lane: &mut Lane) {
    form.line(ui, Field::Name, &mut lane.name);
    let mut visible = !lane.hidden;
    form.checkbox(ui, "Visible", &mut visible);
    lane.hidden = !visible;
    if lane.kind != LaneKind::Custom {
        hint_label(ui, &format!("Shows: {}", lane.kind.title().to_lowercase()));
        if lane.kind == LaneKind::Storyboard {
            hint_label(ui, "It takes room once a touchpoint has a picture.");
        }
        return;
    }
    let scale = match lane.holds {
        LaneContentKind::Score(scale) => scale,
        _ => Scale::ZERO_TO_TEN,
    };
    let kinds = [
        (LaneContentKind::Text, "Text", Swatch::None),
        (LaneContentKind::List, "List", Swatch::None),
        (LaneContentKind::Score(scale), "Score", Swatch::None),
        (LaneContentKind::Picture, "Picture", Swatch::None),
        (LaneContentKind::Link, "Link", Swatch::None),
    ];
    form.segmented(ui, "Holds", &mut lane.holds, &kinds);
    if let LaneContentKind::Score(scale) = &mut lane.holds {
        two_columns(ui, |left, right| {
            scale_end(left, form, Field::ScaleFrom, &mut scale.from);
            scale_end(right, form, Field::ScaleTo, &mut scale.to);
        });
    }
    hint_label(
        ui,
        "The content belongs to the touchpoints and is kept when you choose another kind.",
    );
    let delete = Intent::DeleteLane(lane.id.clone());
    form.delete_button(ui, "Delete lane with what it holds", delete);
}

fn scale_end(ui: &mut Ui, form: &mut Form<'_, '_>, field: Field, end: &mut Decimal) {
    let mut number = Some(*end);
    form.parsed(ui, field, Decimal::parse, &mut number);
    *end = number.unwrap_or(*end);
}

/// Shows the contents of a touchpoint in the custom lanes.
pub(super) fn section(ui: &mut Ui, form: &mut Form<'_, '_>, t: &mut Touchpoint) {
    let lanes = form.cx.map.lanes().iter();
    let mut own = lanes.filter(|l| l.kind == LaneKind::Custom).peekable();
    if own.peek().is_none() {
        return;
    }
    Section::titled("Own lanes").show(ui, |ui| {
        for lane in own {
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

fn lane_field(
    ui: &mut Ui,
    form: &mut Form<'_, '_>,
    lane: &Lane,
    t: &Touchpoint,
    text: &mut String,
) {
    let title = lane.title();
    match lane.holds {
        LaneContentKind::Text | LaneContentKind::List => {
            let hint = match lane.holds {
                LaneContentKind::List => "One thing a line",
                _ => "",
            };
            form.captioned(ui, title, Field::CustomLane, text, |text| {
                TextEdit::multiline(text).hint_text(hint).desired_rows(2)
            });
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
fn score(ui: &mut Ui, form: &mut Form<'_, '_>, title: &str, scale: Scale, text: &mut String) {
    form.captioned(ui, title, Field::CustomLane, text, |text| {
        TextEdit::singleline(text).hint_text("A number")
    });
    let value = Decimal::parse(text);
    if !text.is_empty() && value.is_none_or(|v| !scale.contains(v)) {
        let wrong = format!("Write a number from {} to {}", scale.from, scale.to);
        ui.colored_label(color(form.cx.theme.pain), wrong);
    }
    let mut number = value.unwrap_or(scale.from).value();
    let ends = scale.from.value()..=scale.to.value();
    // Whole steps if the scale is long enough.
    let length = (ends.end() - ends.start()).abs();
    let step = match length {
        10.0.. => 1.0,
        1.0.. => 0.1,
        _ => 0.001,
    };
    ui.spacing_mut().slider_width = (ui.available_width() - 16.0).max(40.0);
    // The slider must not round typed text.
    let slider = Slider::new(&mut number, ends)
        .show_value(false)
        .clamping(SliderClamping::Edits);
    let name = form.field_name(&format!("{title} slider"));
    if ui.add(slider).accessible_name(&name).changed()
        && let Some(value) = Decimal::from_value((number / step).round() * step)
    {
        *text = value.value().to_string();
        form.mark_typed(Field::CustomLane);
    }
}

/// Shows title and address of a link in two fields, and a button that opens it.
fn link(ui: &mut Ui, form: &mut Form<'_, '_>, title: &str, text: &mut String) {
    let (words, address) = Link::split(text);
    let (mut words, mut address) = (words.to_owned(), address.to_owned());
    let typed = form.captioned(ui, title, Field::CustomLane, &mut address, |text| {
        TextEdit::singleline(text).hint_text("https://…")
    });
    let typed = typed.changed();
    let name = form.field_name(&format!("{title} in words"));
    let width = ui.available_width();
    let words_edit = form.uncaptioned_line(ui, &name, Field::LinkTitle, width, &mut words);
    if typed || words_edit.changed() {
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
                ui.ctx().open_url(OpenUrl::new_tab(link.address));
            }
        }
        None if !text.is_empty() => {
            let wrong = "An address begins with https:// or mailto:";
            ui.colored_label(color(form.cx.theme.pain), wrong);
        }
        None => {}
    }
}
