//! The overview in the status bar, where it covers nothing; larger while the pointer is on it.
//!
//! Must not know: how the overview is drawn.

use crate::app::canvas::Minimap;
use crate::app::frame::FrameCx;
use crate::app::ui::style::{self, UNIT};
use egui::{Align2, Area, Order, Rect, Stroke, StrokeKind, Ui, Vec2, vec2};

/// Size in the status bar, in points.
const SMALL: Vec2 = vec2(132.0, 20.0);

/// Largest size while the pointer is on it, in points.
const LARGE: Vec2 = vec2(320.0, 180.0);

/// Width of the status bar below which its other contents need the room, in points.
const MIN_WIDTH: f32 = 720.0;

/// Shows the overview of the view in front; `width` is that of the status bar.
pub(super) fn show_overview(ui: &mut Ui, cx: &mut FrameCx<'_>, width: f32) {
    if width < MIN_WIDTH || !cx.preferences.minimap {
        return;
    }
    let Some(scene) = cx.document.front_scene(cx.appearance, cx.typesetter) else {
        return;
    };
    let mut show = |ui: &mut Ui, rect: Rect| {
        let edge = Stroke::new(1.0, style::color(cx.theme.card_edge));
        let fill = style::color(cx.theme.card);
        ui.painter()
            .rect(rect, 3.0, fill, edge, StrokeKind::Outside);
        let document = &mut *cx.document;
        let seen = document.canvas_size.unwrap_or_default().into();
        let (minimap, camera) = (&mut document.minimap, &mut document.camera);
        if minimap.show(ui, rect, &scene, camera, seen, cx.theme) {
            document.camera_animation = None;
            ui.ctx().request_repaint();
        }
    };
    let (id, rect) = ui.allocate_space(SMALL);
    show(ui, rect);
    let above = ui.ctx().content_rect().with_max_y(rect.top() - UNIT);
    let above = above.with_max_x(rect.right());
    let size = Minimap::size_within(&scene, LARGE);
    let large = Align2::RIGHT_BOTTOM.align_size_within_rect(size, above);
    // The pointer may cross the gap between both.
    let reach = large.with_max_y(rect.top());
    let id = id.with("large");
    let was_open = ui.data(|data| data.get_temp(id).unwrap_or(false));
    let pointer = ui.input(|i| i.pointer.hover_pos());
    let is_on = |rect: Rect| pointer.is_some_and(|at| rect.contains(at));
    let is_held = ui.input(|i| i.pointer.any_down());
    let is_open =
        (is_on(rect) && ui.rect_contains_pointer(rect)) || (was_open && (is_on(reach) || is_held));
    ui.data_mut(|data| data.insert_temp(id, is_open));
    if is_open {
        // An area moved into the window by a guess of its size would lie over the small one.
        let area = Area::new(id)
            .order(Order::Foreground)
            .fixed_pos(large.min)
            .constrain(false)
            .default_size(size);
        area.show(ui.ctx(), |ui| show(ui, large));
    }
}
