//! The arrows that fold stages and lanes on the canvas: on each that is folded, and on the one
//! under the pointer.
//!
//! Must not know: how folded stages are laid out.

use crate::app::command::action::UiAction;
use crate::app::command::table::CommandId;
use crate::app::frame::FrameCx;
use crate::app::ui::buttons::describe;
use crate::app::ui::rows::paint_fold_arrow;
use crate::layout::StageLayout;
use crate::model::{Id as _, Record};
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
    let document = &*cx.document;
    let (camera, layout) = (document.camera, &picture.layout);
    if camera.zoom < MIN_ZOOM {
        return;
    }
    let map = document.session.map();
    let at = |x: f64, y: f64| camera.point_to_screen((x, y), canvas);
    let free = canvas.min + Vec2::from(document.covered);
    // The band and the titles stay at the edges of the canvas.
    let top = at(0.0, layout.band_y).y;
    let top = if document.covered.1 > 0.0 {
        top.max(canvas.top())
    } else {
        top
    };
    let band = layout.band_height * camera.zoom;
    let titles = f64::from(layout.density.sizes().title_column);
    let (left, right) = (at(0.0, 0.0).x, at(titles, 0.0).x);
    let left = if document.covered.0 > 0.0 {
        left.max(canvas.left())
    } else {
        left
    };
    let right = left + (right - at(0.0, 0.0).x);

    let mut folding = document.folding.clone();
    let in_view = |stage: &&StageLayout| {
        let end = at(stage.x + f64::from(stage.band.width), 0.0).x;
        end > free.x && at(stage.x, 0.0).x < canvas.right()
    };
    for stage in layout.stages.iter().filter(in_view) {
        let end = at(stage.x + f64::from(stage.band.width), 0.0).x;
        let area = Rect::from_min_max(
            pos2(at(stage.x, 0.0).x.max(free.x), top),
            pos2(end.min(canvas.right()), top + band),
        );
        let arrow = area.right()
            - if end <= canvas.right() {
                TIP * camera.zoom
            } else {
                0.0
            };
        // Below the name, which may be as wide as a folded stage.
        let corner = pos2(arrow - SIDE, area.bottom() - SIDE - 3.0);
        let arrow = Rect::from_min_size(corner, Vec2::splat(SIDE));
        let name = map.stages().get(&stage.id).map_or("", Record::name);
        if fold_arrow(
            ui,
            canvas,
            (area, arrow),
            !stage.is_folded(),
            (stage.id.as_str(), &format!("stage {name}")),
        ) {
            folding.toggle_stage(&stage.id);
        }
    }
    for lane in &layout.lanes {
        let (top, bottom) = (
            at(0.0, lane.y).y,
            at(0.0, lane.y + f64::from(lane.height)).y,
        );
        let area = Rect::from_min_max(pos2(left, top.max(free.y)), pos2(right, bottom));
        let corner = pos2(area.right() - SIDE - 2.0, area.top() + 3.0);
        let arrow = Rect::from_min_size(corner, Vec2::splat(SIDE));
        if area.height() < SIDE / 2.0 || area.top() > canvas.bottom() {
            continue;
        }
        let title = map.lanes().get(&lane.id).map_or("", |lane| lane.title());
        if fold_arrow(
            ui,
            canvas,
            (area, arrow),
            !lane.is_folded,
            (lane.id.as_str(), &format!("lane {title}")),
        ) {
            folding.toggle_lane(&lane.id);
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
