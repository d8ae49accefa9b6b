//! Preview of a drag: a label beside the pointer and the drop target.
//!
//! Must not know: the effects of the tools.

use super::Gesture;
use crate::app::app::App;
use crate::app::ui::style;
use crate::layout::ownership::Holder;
use crate::model::{Map, Record, TouchpointId};
use egui::{Area, Color32, Frame, Id, Order, Pos2, Rect, Stroke, StrokeKind, Ui, vec2};

impl App {
    /// Shows the preview of the current drag.
    pub(crate) fn show_held(&self, ui: &Ui, canvas: Rect, at: Pos2, on_map: (f64, f64)) {
        let (Some(document), Some(held)) = (self.document(), &self.hands.held) else {
            return;
        };
        let map = document.session.map();
        match held {
            Gesture::Cards(cards) => {
                ghost(ui, at, &names(map, &cards.ids));
            }
            Gesture::Stage(stage) => {
                let name = map.stages().get(&stage.id).map_or("", Record::name);
                ghost(ui, at, name);
            }
            Gesture::Face(face) => ghost(ui, at, &face.score(on_map.1).to_string()),
            Gesture::Owner(owner) => {
                let what = owner.name(map);
                let Some((holder, row)) = owner.target(on_map.1) else {
                    ghost(ui, at, &what);
                    return;
                };
                let accent = style::color(self.theme().accent);
                let row = document.camera.on_screen(row, canvas);
                frame(ui, canvas, row.intersect(canvas).shrink(2.0), accent);
                let words = match holder {
                    Holder::Nobody => format!("{what}: no owner"),
                    holder => format!("{what} to {}", holder.name(map)),
                };
                ghost(ui, at, &words);
            }
            Gesture::Band(band) => {
                let accent = style::color(self.theme().accent);
                let rect = document.camera.on_screen(&band.area(), canvas);
                frame(ui, canvas, rect, accent);
            }
            Gesture::Wire(_) => {}
        }
    }
}

/// Returns the name of the first touchpoint, and the number of others.
pub(crate) fn names(map: &Map, ids: &[TouchpointId]) -> String {
    let first = ids.first().and_then(|id| map.touchpoint(id));
    let name = first.map_or("", |touchpoint| touchpoint.name.as_str());
    match ids.len() {
        0 | 1 => name.to_owned(),
        many => format!("{name} and {} more", many - 1),
    }
}

/// Draws a tinted box on the canvas.
fn frame(ui: &Ui, canvas: Rect, rect: Rect, accent: Color32) {
    ui.painter_at(canvas).rect(
        rect,
        3.0,
        accent.gamma_multiply(0.10),
        Stroke::new(1.5, accent),
        StrokeKind::Middle,
    );
}

/// Shows a label beside the pointer.
fn ghost(ui: &Ui, at: Pos2, words: &str) {
    Area::new(Id::unique("held"))
        .order(Order::Tooltip)
        .interactable(false)
        .fixed_pos(at + vec2(14.0, 10.0))
        .show(ui.ctx(), |ui| {
            Frame::popup(ui.style()).show(ui, |ui| {
                ui.set_max_width(240.0);
                ui.label(style::bold(words));
            });
        });
}
