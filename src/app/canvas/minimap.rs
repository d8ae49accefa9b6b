//! An overview of the whole map in a corner: stages, cards and faces as blocks, and a
//! draggable rectangle for the visible part.
//!
//! Must not know: the meaning of the map, the painting of the map itself.

use super::camera::{Area, Camera};
use super::fill_tessellator::quad;
use super::item_painter::color32;
use crate::model::ObjectRef;
use crate::scene::{ObjectId, Scene};
use crate::theme::Color;
use egui::epaint::{Mesh, WHITE_UV};
use egui::{Color32, CornerRadius, Rect, Sense, Stroke, StrokeKind, Ui, Vec2, pos2, vec2};
use rustc_hash::FxHashSet;
use std::sync::{Arc, Weak};

/// Colours of the minimap.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MinimapColors {
    /// Background.
    pub paper: Color,
    /// Stages.
    pub band: Color,
    /// Cards and faces.
    pub ink: Color,
    /// Outline of the visible part.
    pub accent: Color,
}

/// Opacity of dimmed subjects, relative to others. Stronger than on the map because the
/// blocks are small.
const DIMMED_OPACITY: f32 = 0.3;

/// Cache key: everything the mesh depends on.
#[derive(Clone, PartialEq)]
struct MinimapCacheKey {
    rect: Rect,
    ppp: f32,
    colors: MinimapColors,
}

/// A minimap. Keeps its mesh between frames.
#[derive(Default)]
pub struct Minimap {
    cache: Option<(Weak<Scene>, MinimapCacheKey, Arc<Mesh>)>,
    dragging: bool,
}

impl Minimap {
    /// Draws the minimap into a rectangle in points, and moves the camera on a click or
    /// drag. `seen` is the size of the canvas in points. Returns whether the camera
    /// moved.
    pub fn show(
        &mut self,
        ui: &mut Ui,
        rect: Rect,
        scene: &Arc<Scene>,
        camera: &mut Camera,
        seen: Vec2,
        colors: MinimapColors,
    ) -> bool {
        let response = ui.allocate_rect(rect, Sense::click_and_drag());
        let info = || egui::WidgetInfo::labeled(egui::Role::Image, true, "Overview of the map");
        response.widget_info(info);
        let frame = MinimapTransform::new(scene, rect);
        let mesh = self.mesh(ui, scene, rect, colors, &frame);
        let painter = ui.painter_at(rect);
        painter.add(egui::Shape::Mesh(mesh));
        let area = camera.area((seen.x, seen.y));
        let view = frame.rect(&area).intersect(rect.shrink(1.0));
        if view.is_positive() {
            // A minimum size keeps the rectangle visible.
            let view = Rect::from_center_size(view.center(), view.size().max(vec2(4.0, 4.0)));
            let accent = color32(colors.accent, 1.0);
            painter.rect(
                view,
                CornerRadius::same(2),
                accent.gamma_multiply(0.12),
                Stroke::new(1.5, accent),
                StrokeKind::Inside,
            );
        }
        let held = response.dragged() || response.is_pointer_button_down_on();
        let at = response
            .interact_pointer_pos()
            .filter(|_| held || response.clicked());
        self.dragging = held;
        if let Some(at) = at {
            let before = *camera;
            (camera.x, camera.y) = frame.on_map(at);
            camera.x = camera.x.clamp(0.0, scene.width.max(0.0));
            camera.y = camera.y.clamp(0.0, scene.height.max(0.0));
            return *camera != before;
        }
        false
    }

    /// Whether the minimap is being dragged.
    pub fn is_dragging(&self) -> bool {
        self.dragging
    }

    fn mesh(
        &mut self,
        ui: &Ui,
        scene: &Arc<Scene>,
        rect: Rect,
        colors: MinimapColors,
        frame: &MinimapTransform,
    ) -> Arc<Mesh> {
        let cause = MinimapCacheKey {
            rect,
            ppp: ui.pixels_per_point(),
            colors,
        };
        if let Some((kept, since, mesh)) = &self.cache
            && std::ptr::eq(kept.as_ptr(), Arc::as_ptr(scene))
            && *since == cause
        {
            return Arc::clone(mesh);
        }
        let mesh = Arc::new(draw(scene, frame, rect, cause.ppp, colors));
        self.cache = Some((Arc::downgrade(scene), cause, Arc::clone(&mesh)));
        mesh
    }
}

/// Maps map units to points in the minimap. Long maps are compressed in x, so that
/// their height stays visible.
struct MinimapTransform {
    corner: egui::Pos2,
    scale: (f64, f64),
}

impl MinimapTransform {
    fn new(scene: &Scene, rect: Rect) -> MinimapTransform {
        let inner = rect.shrink(4.0);
        let x = f64::from(inner.width()) / scene.width.max(1.0);
        let y = f64::from(inner.height()) / scene.height.max(1.0);
        let y = y.min(x * 8.0);
        let x = x.min(y);
        let (w, h) = ((scene.width * x) as f32, (scene.height * y) as f32);
        MinimapTransform {
            corner: inner.center() - vec2(w, h) / 2.0,
            scale: (x, y),
        }
    }

    fn rect(&self, area: &Area) -> Rect {
        let x = |v: f64| self.corner.x + (v * self.scale.0) as f32;
        let y = |v: f64| self.corner.y + (v * self.scale.1) as f32;
        Rect::from_min_max(
            pos2(x(area.left), y(area.top)),
            pos2(x(area.right), y(area.bottom)),
        )
    }

    fn on_map(&self, at: egui::Pos2) -> (f64, f64) {
        (
            f64::from(at.x - self.corner.x) / self.scale.0,
            f64::from(at.y - self.corner.y) / self.scale.1,
        )
    }
}

fn draw(
    scene: &Scene,
    frame: &MinimapTransform,
    rect: Rect,
    ppp: f32,
    colors: MinimapColors,
) -> Mesh {
    let mut mesh = Mesh::default();
    let plain = Rect::from_min_max(WHITE_UV, WHITE_UV);
    quad(&mut mesh, rect, plain, color32(colors.paper, 0.94));
    let everything = scene.highlight.is_off();
    // Of several blocks in the same pixel only the first is drawn: highlighted ones
    // before dimmed ones.
    let mut taken: FxHashSet<(i32, i32, u8)> = FxHashSet::default();
    let mut block = |at: Rect, kind: u8, color: Color32| {
        let key = ((at.min.x * ppp) as i32, (at.min.y * ppp) as i32, kind);
        if taken.insert(key) {
            let size = at.size().max(Vec2::splat(1.0 / ppp));
            quad(&mut mesh, Rect::from_min_size(at.min, size), plain, color);
        }
    };
    for lit in [true, false] {
        if everything && !lit {
            break;
        }
        // Of groups narrower than a pixel only one is read per position, except for
        // highlighted subjects, which may be in any group.
        let hurried = everything || !lit;
        let mut looked: FxHashSet<(i32, i32)> = FxHashSet::default();
        for group in &scene.groups {
            let (x, y) = (group.origin.x, group.origin.y);
            let width = f64::from(group.content.bounds.width()) * frame.scale.0;
            let pixel = |along: f64, scale: f64| (along * scale * f64::from(ppp)) as i32;
            let at = (pixel(x, frame.scale.0), pixel(y, frame.scale.1));
            let narrow = width * f64::from(ppp) < 1.0 && !group.content.objects.is_empty();
            if hurried && narrow && !looked.insert(at) {
                continue;
            }
            for subject in &group.content.objects {
                let Some((kind, color, opacity)) = subject_style(&subject.id, colors) else {
                    continue;
                };
                let none = subject.area.min.x > subject.area.max.x;
                if none || (!everything && scene.highlight.contains_object(subject) != lit) {
                    continue;
                }
                let at = frame.rect(&Area {
                    left: group.origin.x + f64::from(subject.area.min.x),
                    top: group.origin.y + f64::from(subject.area.min.y),
                    right: group.origin.x + f64::from(subject.area.max.x),
                    bottom: group.origin.y + f64::from(subject.area.max.y),
                });
                let gap = if at.width() > 3.0 { 0.5 } else { 0.0 };
                let share = if lit { 1.0 } else { DIMMED_OPACITY };
                block(at.shrink(gap), kind, color32(color, opacity * share));
            }
        }
    }
    mesh
}

/// Returns the overlap class, the colour and the opacity of a subject, or `None` if it
/// is not drawn.
fn subject_style(tag: &ObjectId, colors: MinimapColors) -> Option<(u8, Color, f32)> {
    Some(match tag.object()? {
        ObjectRef::Stage(_) => (0, colors.band.mix(colors.ink, 0.15), 1.0),
        ObjectRef::Touchpoint(_) => (1, colors.ink, 0.45),
        ObjectRef::Feeling(..) => (2, colors.ink, 0.7),
        ObjectRef::Cell(..) => (3, colors.ink, 0.16),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::RenderOptions;
    use crate::scene::{Highlight, Marks};
    use crate::session::Session;
    use crate::text::Typesetter;

    fn inks(lit: Highlight) -> (usize, usize, usize) {
        let text = r#"(format: 1, title: "M", departments: [(id: "d", name: "D")], stages: [(
            name: "S", owner: "d", touchpoints: [
                (name: "a", owner: "d"), (name: "b"), (name: "c", owner: "d"),
            ])])"#;
        let map = crate::format::read(text.as_bytes()).unwrap().map;
        let options = RenderOptions {
            highlight: lit,
            ..RenderOptions::default()
        };
        let mut session = Session::untitled(map);
        let picture = session.render(&options, &mut Typesetter::bundled());
        let theme = &crate::theme::LIGHT;
        let colors = MinimapColors {
            paper: theme.paper,
            band: theme.band,
            ink: theme.path,
            accent: theme.accent,
        };
        let rect = Rect::from_min_size(pos2(0.0, 0.0), vec2(160.0, 90.0));
        let frame = MinimapTransform::new(&picture.scene, rect);
        let mesh = draw(&picture.scene, &frame, rect, 1.0, colors);
        let count = |opacity: f32| {
            let color = color32(colors.ink, opacity);
            mesh.vertices.iter().filter(|v| v.color == color).count() / 4
        };
        (
            count(0.45),
            count(0.45 * DIMMED_OPACITY),
            mesh.vertices.len() / 4,
        )
    }

    #[test]
    fn dimmed_cards_are_faint_in_the_minimap() {
        let (cards, faint, all) = inks(Highlight::default());
        assert_eq!((cards, faint), (3, 0));
        let lit = inks(Highlight::from(Marks::UNOWNED));
        assert_eq!(lit, (1, 2, all), "one card is highlighted");
    }
}
