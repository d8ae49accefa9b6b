//! Preview of a drag: a label beside the pointer and the drop target.
//!
//! Must not know: the effects of the tools.

use super::drag_owner::names_with_count;
use super::tool::{Tool, ToolState};
use crate::app::frame::FrameCx;
use crate::app::ui::style;
use crate::layout::ownership::Owner;
use crate::model::Record;
use egui::{Area, Color32, Frame, Id, Order, Pos2, Rect, Stroke, StrokeKind, Ui, vec2};

impl ToolState {
    /// Shows the preview of the current drag.
    pub(super) fn show_drag_preview(
        &self,
        ui: &Ui,
        cx: &FrameCx<'_>,
        canvas: Rect,
        at: Pos2,
        on_map: (f64, f64),
    ) {
        let Some(held) = &self.active else {
            return;
        };
        let document = &*cx.document;
        let map = document.session.map();
        match held {
            Tool::MoveCards(cards) => {
                pointer_label(ui, at, &names_with_count(map, &cards.ids));
            }
            Tool::MoveStage(id) => {
                let name = map.stages().get(id).map_or("", Record::name);
                pointer_label(ui, at, name);
            }
            Tool::DragFeeling(face) => pointer_label(ui, at, &face.score(on_map.1).to_string()),
            Tool::DragOwner(owner) => {
                let what = owner.name(map);
                let Some((holder, row)) = owner.row_at(on_map.1) else {
                    pointer_label(ui, at, &what);
                    return;
                };
                let accent = style::color(cx.theme.accent);
                let row = document.camera.to_screen(row, canvas);
                tinted_box(ui, canvas, row.intersect(canvas).shrink(2.0), accent);
                let words = match holder {
                    Owner::Nobody => format!("{what}: no owner"),
                    holder => format!("{what} to {}", holder.name(map)),
                };
                pointer_label(ui, at, &words);
            }
            Tool::Marquee(band) => {
                let accent = style::color(cx.theme.accent);
                let rect = document.camera.to_screen(&band.area(), canvas);
                tinted_box(ui, canvas, rect, accent);
            }
            Tool::Connect(_) => {}
        }
    }
}

/// Draws a tinted box on the canvas.
fn tinted_box(ui: &Ui, canvas: Rect, rect: Rect, accent: Color32) {
    ui.painter_at(canvas).rect(
        rect,
        3.0,
        accent.gamma_multiply(0.10),
        Stroke::new(1.5, accent),
        StrokeKind::Middle,
    );
}

/// Shows a label beside the pointer.
fn pointer_label(ui: &Ui, at: Pos2, words: &str) {
    Area::new(Id::unique("held"))
        .order(Order::Tooltip)
        .interactable(false)
        .fixed_pos(at + vec2(14.0, 10.0))
        .show(ui.ctx(), |ui| {
            Frame::popup(ui.style()).show(ui, |ui| {
                ui.set_max_width(240.0);
                ui.label(style::bold_text(words));
            });
        });
}
