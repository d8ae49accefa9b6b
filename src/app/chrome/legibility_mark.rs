//! A small mark over the map that tells what the last row of the room cannot read.
//!
//! Must not know: how the map is drawn, the steps of a presentation.

use crate::app::canvas::{Camera, MIN_LEGIBLE_EM};
use crate::app::ui::style::{self, UNIT};
use crate::render::{Legibility, ShownPart, legibility};
use crate::room::Room;
use crate::scene::Scene;
use crate::theme::Theme;
use egui::{Align2, Rect, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo, vec2};
use std::sync::{Arc, Weak};

/// Everything that the legibility of a picture depends on.
type Key = (Weak<Scene>, Camera, (f32, f32), Room);

/// The legibility of what is shown, computed anew only when that changes.
#[derive(Default)]
pub struct LegibilityMark {
    known: Option<(Key, Legibility)>,
}

impl LegibilityMark {
    /// The legibility of a scene in a view of this size in points.
    pub fn check(
        &mut self,
        scene: &Arc<Scene>,
        camera: Camera,
        (size, pixels_per_point): ((f32, f32), f32),
        room: Room,
    ) -> &Legibility {
        let known = self.known.take().filter(|((known, known_camera, ..), _)| {
            std::ptr::eq(known.as_ptr(), Arc::as_ptr(scene)) && *known_camera == camera
        });
        let known = known.filter(|((_, _, known_size, known_room), _)| {
            *known_size == size && *known_room == room
        });
        let (_, found) = self.known.insert(known.unwrap_or_else(|| {
            let shown = ShownPart {
                area: camera.area(size),
                zoom: camera.zoom,
                picture_height: f64::from(size.1 / camera.zoom),
                least_size: MIN_LEGIBLE_EM / (camera.zoom * pixels_per_point),
            };
            let key = (Arc::downgrade(scene), camera, size, room);
            (key, legibility(scene, &shown, room))
        }));
        found
    }
}

/// Shows the mark in the lower right corner of a view, if anything cannot be read.
pub fn show_legibility_mark(ui: &Ui, view: Rect, found: &Legibility, theme: &Theme) {
    if found.is_readable() {
        return;
    }
    let words = format!(
        "Too small for the last row: {} ({:.0} % of the size needed)",
        found.failing_nouns(),
        100.0 / found.enlargement()
    );
    let (font, ink) = (style::small_font(ui), style::color(theme.ink));
    let galley = ui
        .painter()
        .layout(words.clone(), font, ink, view.width() * 0.6);
    let padding = vec2(2.0 * UNIT, UNIT);
    // At the right, because lane titles are at the left.
    let corner = view.right_bottom() - vec2(3.0 * UNIT, 3.0 * UNIT);
    let rect = Align2::RIGHT_BOTTOM.anchor_size(corner, galley.size() + 2.0 * padding);
    let response = ui.interact(rect, ui.scope_id().with("legibility"), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &words));
    let edge = Stroke::new(1.5, style::color(theme.bad));
    ui.painter().rect(
        rect,
        4.0,
        style::color(theme.card),
        edge,
        StrokeKind::Inside,
    );
    ui.painter().galley(rect.min + padding, galley, ink);
}
