//! The arrows that fold stages and lanes on the canvas: on each that is folded, and on the one
//! under the pointer.
//!
//! Must not know: how folded stages are laid out.

use crate::app::command::action::UiAction;
use crate::app::command::table::CommandId;
use crate::app::frame::FrameCx;
use crate::app::ui::buttons::describe;
use crate::app::ui::rows::paint_fold_arrow;
use crate::model::{Id as _, ObjectRef, Record};
use crate::render::RenderedMap;
use egui::{Id, Rect, Role, Sense, Stroke, Ui, Vec2, pos2};

/// Side of an arrow, in points.
const SIDE: f32 = 20.0;

/// Distance of an arrow from the right end of a stage, whose tip is pointed, in map units.
const TIP: f32 = 18.0;

/// Smallest zoom at which there is room for arrows.
const MIN_ZOOM: f32 = 0.3;

/// Shows the arrows. `canvas` is the rectangle of the canvas.
pub(super) fn show_fold_arrows(ui: &Ui, cx: &mut FrameCx<'_>, canvas: Rect, picture: &RenderedMap) {
    let document = &mut *cx.document;
    let zoom = document.camera.zoom;
    if zoom < MIN_ZOOM {
        return;
    }
    let can_fold = |object: &ObjectRef| matches!(object, ObjectRef::Stage(_) | ObjectRef::Lane(_));
    let areas = document.canvas.areas_in_view(picture.drawn(), can_fold);
    let map = document.session.map();
    let free = canvas.min + Vec2::from(document.covered);
    let mut folding = document.folding.clone();
    for (object, area) in areas {
        match object {
            ObjectRef::Stage(id) => {
                let tip = if area.right() <= canvas.right() {
                    TIP * zoom
                } else {
                    0.0
                };
                let area = area.with_min_x(area.left().max(free.x));
                let area = area.with_max_x(area.right().min(canvas.right()));
                // Below the name, which may be as wide as a folded stage.
                let corner = pos2(area.right() - tip - SIDE, area.bottom() - SIDE - 3.0);
                let arrow = Rect::from_min_size(corner, Vec2::splat(SIDE));
                let name = map.stages().get(&id).map_or("", Record::name);
                let is_open = !folding.stages.contains(&id);
                let label = (id.as_str(), &*format!("stage {name}"));
                if fold_arrow(ui, canvas, (area, arrow), is_open, label) {
                    folding.toggle_stage(&id);
                }
            }
            ObjectRef::Lane(id) => {
                let area = area.with_min_y(area.top().max(free.y));
                let corner = pos2(area.right() - SIDE - 8.0, area.top() + 3.0);
                let arrow = Rect::from_min_size(corner, Vec2::splat(SIDE));
                if area.height() < SIDE / 2.0 {
                    continue;
                }
                let title = map.lanes().get(&id).map_or("", |lane| lane.title());
                let is_open = !folding.lanes.contains(&id);
                let label = (id.as_str(), &*format!("lane {title}"));
                if fold_arrow(ui, canvas, (area, arrow), is_open, label) {
                    folding.toggle_lane(&id);
                }
            }
            _ => {}
        }
    }
    if folding != document.folding {
        cx.actions.push(UiAction::Fold(folding));
    }
}

/// Shows an arrow if the pointer is in the area that it folds, or if that is folded; returns
/// whether it was clicked.
fn fold_arrow(
    ui: &Ui,
    canvas: Rect,
    (area, arrow): (Rect, Rect),
    is_open: bool,
    (key, name): (&str, &str),
) -> bool {
    if !canvas.intersects(arrow) {
        return false;
    }
    let response = ui.interact(
        arrow.intersect(canvas),
        // Several stages may have one name.
        Id::unique(("fold", name, key)),
        Sense::CLICK,
    );
    let verb = if is_open { "Fold" } else { "Unfold" };
    describe(
        &response,
        Role::Button,
        Some(is_open),
        &format!("{verb} {name}"),
    );
    if !is_open || ui.rect_contains_pointer(area) {
        let visuals = ui.style().interact(&response);
        let painter = ui.painter_at(canvas);
        let fill = ui.visuals().window_fill;
        let edge = Stroke::new(1.0, visuals.bg_stroke.color);
        painter.circle(arrow.center(), SIDE / 2.0 - 1.0, fill, edge);
        paint_fold_arrow(ui, arrow.center(), is_open, visuals.fg_stroke.color);
    }
    let tip = CommandId::ToggleFold.tooltip_with_keys(ui.ctx());
    response.on_hover_text(tip).clicked()
}
