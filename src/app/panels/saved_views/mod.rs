//! The saved views of a map as a filmstrip: thumbnails that open them, names, order.
//!
//! Must not know: the execution of commands, cameras.

mod thumbnails;

use super::form::{Form, edit_record};
use crate::app::command::action::UiAction;
use crate::app::command::table::CommandId;
use crate::app::panels::context::PanelContext;
use crate::app::ui::buttons::{ControlIcon, allocate, small_icon_button};
use crate::app::ui::drag_reorder::DragReorder;
use crate::app::ui::rows::{add_row, hint_label, move_buttons, name_or_placeholder};
use crate::app::ui::style::{self, ROW_HEIGHT, UNIT};
use crate::edit::Intent;
use crate::model::{Field, SavedView};
use egui::{Align2, Button, Rect, Sense, Stroke, StrokeKind, TextEdit, Ui, UiBuilder, pos2, vec2};
pub use thumbnails::SavedViewThumbnails;

/// Height of a thumbnail as a share of its width.
const SHAPE: f32 = 9.0 / 16.0;

/// Shows the saved views; `revision` is that of the map.
pub fn saved_views(
    ui: &mut Ui,
    cx: &mut PanelContext<'_>,
    thumbnails: &mut SavedViewThumbnails,
    revision: u64,
) {
    let map = cx.map;
    ui.spacing_mut().item_spacing.y = UNIT;
    let add = add_row(ui, "Save this view", "Save this view");
    let add = add.on_hover_text(CommandId::SaveView.tooltip_with_keys(ui.ctx()));
    if add.clicked() {
        cx.actions.push(UiAction::RunCommand(CommandId::SaveView));
    }
    if map.saved_views().is_empty() {
        hint_label(
            ui,
            "A saved view keeps what is shown under a name: view, highlight, filter, lanes, \
             folding and the part in sight. Opening it shows the map as it is then.",
        );
        return;
    }
    let mut order = DragReorder::default();
    for (at, view) in map.saved_views().iter().enumerate() {
        let mut rect = Rect::NOTHING;
        let number = at + 1;
        edit_record(ui, cx, view, Intent::SetSavedView, |ui, form, view| {
            form.is_list_row = true;
            let row = ui.vertical(|ui| {
                let rect = picture(ui, form, thumbnails, revision, view, number);
                update_button(ui, form, view, rect);
                name_row(ui, form, &mut order, at, view);
            });
            rect = row.response.rect;
        });
        order.add_row(rect);
        ui.add_space(UNIT);
    }
    if let Some((from, to)) = order.finish(ui)
        && let Some(view) = map.saved_views().as_slice().get(from)
    {
        let id = view.id.clone();
        cx.edit(Intent::MoveSavedView { id, to });
    }
}

/// Shows the thumbnail of a view, which opens it; returns its place.
fn picture(
    ui: &mut Ui,
    form: &mut Form<'_, '_>,
    thumbnails: &mut SavedViewThumbnails,
    revision: u64,
    view: &SavedView,
    number: usize,
) -> Rect {
    let width = ui.available_width();
    let size = vec2(width, (width * SHAPE).round());
    let is_open = form.cx.saved_view == Some(&view.id);
    let name = format!("Open {}", name_or_placeholder(&view.name));
    let (rect, response) = allocate(ui, size, Sense::click(), Some(is_open), &name);
    if response.clicked() {
        let open = UiAction::OpenSavedView(view.id.clone());
        form.cx.actions.push(open);
    }
    if !ui.is_rect_visible(rect) {
        return rect;
    }
    let theme = form.cx.theme;
    ui.painter()
        .rect_filled(rect, 4.0, style::color(theme.paper));
    let scale = ui.pixels_per_point();
    let pixels = [rect.width(), rect.height()].map(|side| (side * scale).round().max(1.0) as u32);
    let saved = form.cx.map.saved_views().get(&view.id).unwrap_or(view);
    let texture = thumbnails.get(ui.ctx(), form.cx.map, revision, &unnamed(saved), pixels);
    match texture {
        Some(texture) => {
            let whole = Rect::from_min_max(pos2(0.0, 0.0), pos2(1.0, 1.0));
            let tint = egui::Color32::WHITE;
            ui.painter().image(texture.id(), rect, whole, tint);
        }
        None => {
            let (font, tint) = (style::body_font(ui), ui.visuals().weak_text_color());
            let text = view.view.title();
            ui.painter()
                .text(rect.center(), Align2::CENTER_CENTER, text, font, tint);
        }
    }
    let visuals = ui.style().interact_selectable(&response, is_open);
    let mut edge = visuals.bg_stroke;
    if is_open || response.has_focus() {
        edge = Stroke::new(2.5, ui.visuals().selection.stroke.color);
    } else if edge.width == 0.0 {
        edge = Stroke::new(1.0, style::color(theme.card_edge));
    }
    ui.painter()
        .rect_stroke(rect, 4.0, edge, StrokeKind::Inside);
    let badge = Rect::from_min_size(rect.min + vec2(UNIT, UNIT), vec2(5.0 * UNIT, 5.0 * UNIT));
    ui.painter()
        .rect_filled(badge, 3.0, style::color(theme.ink));
    let (font, tint) = (style::small_font(ui), style::color(theme.paper));
    let text = number.to_string();
    ui.painter()
        .text(badge.center(), Align2::CENTER_CENTER, text, font, tint);
    rect
}

/// A saved view without its name, on which no thumbnail depends.
fn unnamed(view: &SavedView) -> SavedView {
    SavedView {
        name: String::new(),
        ..view.clone()
    }
}

fn name_row(
    ui: &mut Ui,
    form: &mut Form<'_, '_>,
    order: &mut DragReorder,
    at: usize,
    view: &mut SavedView,
) {
    let title = name_or_placeholder(&view.name).to_owned();
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = UNIT;
        order.grip(ui, &format!("Drag {title}"));
        let room = ui.available_width() - 3.0 * ROW_HEIGHT - UNIT;
        let name = format!("Saved view {} name", at + 1);
        let field = form.text(ui, &name, Field::Name, &mut view.name, |text| {
            TextEdit::singleline(text)
                .hint_text("Name")
                .desired_width(room)
        });
        field.on_hover_text(&title);
        ui.spacing_mut().item_spacing.x = 0.0;
        let count = form.cx.map.saved_views().len();
        let name = |word: &str| format!("Move {title} {word}");
        if let Some(to) = move_buttons(ui, at, count, name) {
            let id = view.id.clone();
            form.cx.edit(Intent::MoveSavedView { id, to });
        }
        let delete = format!("Delete saved view {title}");
        if small_icon_button(ui, ControlIcon::Close, &delete).clicked() {
            form.cx.edit(Intent::DeleteSavedView(view.id.clone()));
        }
    });
}

/// Shows the button on a thumbnail that updates its view to what is shown now.
fn update_button(ui: &mut Ui, form: &mut Form<'_, '_>, view: &SavedView, picture: Rect) {
    let title = name_or_placeholder(&view.name);
    let size = vec2(18.0 * UNIT, ROW_HEIGHT);
    let corner = picture.right_top() + vec2(-UNIT - size.x, UNIT);
    let place = UiBuilder::new().max_rect(Rect::from_min_size(corner, size));
    let button = ui.new_child(place).add_sized(size, Button::new("Update"));
    let button = button.accessible_name(format!("Update {title}"));
    let tip = format!("Make “{title}” show what is shown now");
    if button.on_hover_text(tip).clicked() {
        let action = UiAction::UpdateSavedView(view.id.clone());
        form.cx.actions.push(action);
    }
}
