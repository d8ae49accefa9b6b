//! The note beside an object that a command has changed.
//!
//! Must not know: commands, the history.

use crate::app::frame::FrameCx;
use crate::app::ui::style::{self, UNIT};
use crate::scene::Scene;
use egui::accesskit::Live;
use egui::{Align2, Area, Frame, Id, Label, Order, Rect, Stroke, TextWrapMode, Ui, vec2};
use std::sync::Arc;
use std::time::Duration;

/// Height that a note takes above its object, in points.
const NOTE_HEIGHT: f32 = 8.0 * UNIT;

/// Shows the note of the document above its object, or below where there is no room.
pub(super) fn show_change_note(ui: &Ui, cx: &mut FrameCx<'_>, canvas: Rect, scene: &Arc<Scene>) {
    let document = &mut *cx.document;
    let now = ui.input(|i| i.time);
    let left = document.note.as_mut().map(|note| note.seconds_left(now));
    let Some(left) = left.filter(|left| *left > 0.0) else {
        document.note = None;
        return;
    };
    let Some(note) = &document.note else {
        return;
    };
    let rect = document.canvas.object_rect(scene, &note.object);
    let (pivot, at) = match rect {
        Some(rect) if rect.top() - NOTE_HEIGHT > canvas.top() => {
            (Align2::LEFT_BOTTOM, rect.left_top() - vec2(0.0, UNIT))
        }
        Some(rect) => (Align2::LEFT_TOP, rect.left_bottom() + vec2(0.0, UNIT)),
        None if document.camera_animation.is_some() || document.camera_target.is_some() => {
            // On its way into view.
            return ui.ctx().request_repaint_after(Duration::from_millis(100));
        }
        // Not drawn in this view.
        None => (
            Align2::CENTER_BOTTOM,
            canvas.center_bottom() - vec2(0.0, 4.0 * UNIT),
        ),
    };
    let accent = style::color(cx.theme.accent);
    Area::new(Id::unique("change note"))
        .order(Order::Foreground)
        .interactable(false)
        .pivot(pivot)
        .fixed_pos(at)
        .constrain_to(canvas)
        .show(ui.ctx(), |ui| {
            let frame = Frame::popup(ui.style()).stroke(Stroke::new(1.5, accent));
            frame.show(ui, |ui| {
                let words = Label::new(style::bold_text(&note.text));
                let label = ui.add(words.wrap_mode(TextWrapMode::Extend).selectable(false));
                ui.ctx().accesskit_node_builder(label.id, |node| {
                    node.set_live(Live::Polite);
                });
            });
        });
    ui.ctx()
        .request_repaint_after(Duration::from_secs_f64(left.max(0.05)));
}
