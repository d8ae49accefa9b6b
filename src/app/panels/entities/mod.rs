//! The entities page: lists of personas, departments, channels and environments, to
//! add, rename, reorder, merge and open.
//!
//! Must not know: the other places of editing; opening a record selects it.

mod duplicates;
mod entity;

pub(super) use entity::Listed;

use super::form::{Form, edit};
use crate::app::command::action::{Command, Context};
use crate::app::ui::drag_reorder::{GRIP, Reorder};
use crate::app::ui::rows::{ROW, Section, Sign, Swatch, row, section, sign};
use crate::app::ui::style::UNIT;
use crate::model::{Channel, Department, Environment, Id, Persona};
use egui::{Rect, Role, ScrollArea, Sense, Ui, WidgetInfo, pos2, vec2};

/// Width of the usage count.
const COUNT: f32 = 7.0 * UNIT;

/// Shows the lists of all kinds.
pub fn people(ui: &mut Ui, cx: &mut Context<'_>) {
    ScrollArea::vertical()
        .id_salt("people")
        .auto_shrink(false)
        .show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = UNIT;
            // Space for the scroll bar, which overlays the content.
            ui.set_max_width(ui.available_width() - 2.0 * UNIT);
            list::<Persona>(ui, cx);
            list::<Department>(ui, cx);
            list::<Channel>(ui, cx);
            list::<Environment>(ui, cx);
            ui.add_space(8.0 * UNIT);
        });
}

fn list<R: Listed>(ui: &mut Ui, cx: &mut Context<'_>) {
    let records = R::all(cx.map);
    let add = format!("Add {}", R::WORD);
    let what = Section {
        title: R::TITLE,
        count: Some(records.len()),
        add: Some(&add),
        empty: R::EMPTY,
        open: true,
    };
    let wanted = section(ui, &what, |ui| {
        doubles::<R>(ui, cx);
        let mut order = Reorder::default();
        for (i, record) in records.iter().enumerate() {
            let key = format!("{}/{}", R::WORD, record.id());
            let mut shown = Shown {
                place: i,
                count: cx.usage.count(&record.thing()),
                curve: record.curve(cx.hidden_curves),
                toggled: false,
                selected: *cx.selection == record.selection(),
            };
            let mut rect = Rect::NOTHING;
            edit(ui, cx, &key, record, R::set, |ui, form, record| {
                rect = line(ui, form, &mut order, &mut shown, record);
            });
            order.row(rect);
            if shown.toggled {
                cx.queue.extend(record.toggle_curve(shown.curve));
            }
        }
        if let Some((from, to)) = order.end(ui)
            && let Some(record) = records.get(from)
        {
            let id = record.id().clone();
            cx.queue.push(Command::Edit(R::shift(id, to)));
        }
    });
    if wanted {
        let name = format!("New {}", R::WORD);
        let id = R::Id::from_text(&(cx.mint)(&name));
        let record = R::new(id, name);
        let selection = record.selection();
        cx.queue.push(Command::Edit(record.add()));
        cx.queue.push(Command::Select {
            selection,
            reveal: false,
        });
    }
}

/// Shows a merge button for records with the same name.
fn doubles<R: Listed>(ui: &mut Ui, cx: &mut Context<'_>) {
    let records = R::all(cx.map);
    let usage = cx.usage;
    for (keep, other) in duplicates::pairs(records, |r| usage.count(&r.thing())) {
        let (keep, other) = (&records[keep], &records[other]);
        let (from, into) = (other.id().clone(), keep.id().clone());
        let Some(intent) = R::merge(from, into) else {
            continue;
        };
        let (from, into) = (other.name().trim(), keep.name().trim());
        let text = format!("Merge “{from}” into “{into}”");
        let response = ui.push_id(other.id().to_string(), |ui| {
            row(ui, Swatch::None, &text, false)
        });
        let tip = format!("They look like the same {}.", R::WORD);
        if response.inner.on_hover_text(tip).clicked() {
            cx.queue.push(Command::Edit(intent));
        }
    }
}

/// State of a row besides the record, and the user's action on it.
struct Shown {
    place: usize,
    count: usize,
    /// Visibility of the curve; `None` for kinds without one.
    curve: Option<bool>,
    toggled: bool,
    selected: bool,
}

/// Shows a row: grip, swatch, name field, usage count, open and delete buttons.
fn line<R: Listed>(
    ui: &mut Ui,
    form: &mut Form<'_>,
    order: &mut Reorder,
    shown: &mut Shown,
    record: &mut R,
) -> Rect {
    let mut title = R::WORD.to_owned();
    if let Some(first) = title.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    let number = format!("{title} {}", shown.place + 1);
    let swatch = record.swatch(form, shown.place);
    let response = ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = UNIT;
        order.grip(ui, &format!("{number}: drag"));
        match shown.curve {
            Some(drawn) => {
                let name = format!("{number}: curve");
                shown.toggled = toggle(ui, swatch, drawn, &name);
            }
            None => {
                let (rect, _) = ui.allocate_exact_size(vec2(swatch.width(), ROW), Sense::hover());
                swatch.paint(ui.painter(), rect.left(), rect.center().y);
            }
        }
        let room = ui.available_width() - COUNT - 2.0 * ROW - UNIT;
        let name = format!("{number} name");
        // The field may be too narrow for the name.
        let whole = record.name().to_owned();
        form.bare(ui, &name, "Name", room.max(GRIP), record.name_mut())
            .on_hover_text(whole);
        ui.spacing_mut().item_spacing.x = 0.0;
        let (rect, response) = ui.allocate_exact_size(vec2(COUNT, ROW), Sense::hover());
        let font = egui::TextStyle::Small.resolve(ui.style());
        let tint = ui.visuals().weak_text_color();
        let at = pos2(rect.right(), rect.center().y);
        let count = format!("{}×", shown.count);
        ui.painter()
            .text(at, egui::Align2::RIGHT_CENTER, count, font, tint);
        response.on_hover_text(places(shown.count));
        if sign(ui, Sign::GoTo, &format!("{number}: open")).clicked() {
            form.go(record.selection());
        }
        if sign(ui, Sign::Cross, &format!("{number}: delete")).clicked() {
            form.wish(R::delete(record.id().clone()));
        }
    });
    let rect = response.response.rect;
    if shown.selected {
        let edge = ui.visuals().selection.stroke.color;
        let bar = Rect::from_min_max(rect.min - vec2(UNIT, 0.0), rect.left_bottom());
        ui.painter().rect_filled(bar, 1.0, edge);
    }
    rect
}

/// Describes a usage count: "Used in 3 places".
pub(super) fn places(count: usize) -> String {
    match count {
        0 => "Used nowhere".to_owned(),
        1 => "Used in 1 place".to_owned(),
        _ => format!("Used in {count} places"),
    }
}

/// Shows the swatch as a toggle: filled if the curve is drawn, hollow if not. Returns
/// whether it was clicked.
fn toggle(ui: &mut Ui, swatch: Swatch, drawn: bool, name: &str) -> bool {
    let (rect, response) = ui.allocate_exact_size(vec2(swatch.width(), ROW), Sense::click());
    let enabled = ui.is_enabled();
    response.widget_info(|| WidgetInfo::selected(Role::CheckBox, enabled, drawn, name));
    crate::app::ui::rows::ground(ui, rect, &response, false);
    let shown = match swatch {
        Swatch::Filled(color) if !drawn => Swatch::Missing(color),
        swatch => swatch,
    };
    shown.paint(ui.painter(), rect.left(), rect.center().y);
    let tip = if drawn {
        "The curve is drawn. Click to leave it out."
    } else {
        "The curve is left out. Click to draw it."
    };
    response.on_hover_text(tip).clicked()
}
