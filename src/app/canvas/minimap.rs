//! An overview of the whole map: stages, cards and faces as blocks, and a draggable
//! rectangle for the visible part.
//!
//! Must not know: the meaning of the map, the painting of the map itself.

use super::camera::Camera;
use super::item_painter::color32;
use crate::geom::Area;
use crate::model::ObjectRef;
use crate::scene::{ObjectId, Scene};
use crate::theme::{Color, Theme};
use egui::emath::RectTransform;
use egui::epaint::Mesh;
use egui::{Color32, CornerRadius, Pos2, Rect, Sense, Stroke, StrokeKind, Ui, Vec2, pos2, vec2};
use rustc_hash::FxHashSet;
use std::sync::{Arc, Weak};

/// Opacity of dimmed subjects, relative to others. Stronger than on the map because the
/// blocks are small.
const DIMMED_OPACITY: f32 = 0.3;

/// A minimap, in one or two sizes. Keeps its meshes between frames.
#[derive(Default)]
pub struct Minimap {
    /// The meshes, and all that they depend on: scene with its theme, rectangle, pixels
    /// per point.
    cache: Vec<CachedMesh>,
}

/// Maximum number of meshes kept.
const MAX_SIZES: usize = 2;

type CachedMesh = (Weak<Scene>, (Rect, f32), Arc<Mesh>);

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
        theme: &Theme,
    ) -> bool {
        // Not a stop for Tab: keys move the map itself.
        let response = ui.allocate_rect(rect, Sense::CLICK | Sense::DRAG);
        let info = || egui::WidgetInfo::labeled(egui::Role::Image, true, "Overview of the map");
        response.widget_info(info);
        let frame = transform(scene, rect);
        let mesh = self.mesh(ui, scene, rect, theme, &frame);
        let painter = ui.painter_at(rect);
        painter.add(egui::Shape::Mesh(mesh));
        let area = camera.area((seen.x, seen.y));
        let view = on_minimap(&frame, &area).intersect(rect.shrink(1.0));
        if view.is_positive() {
            // A minimum size keeps the rectangle visible.
            let view = Rect::from_center_size(view.center(), view.size().max(vec2(4.0, 4.0)));
            let accent = color32(theme.accent, 1.0);
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
        if let Some(at) = at {
            let before = *camera;
            let at = frame.inverse().transform_pos(at);
            camera.x = f64::from(at.x).clamp(0.0, scene.width.max(0.0));
            camera.y = f64::from(at.y).clamp(0.0, scene.height.max(0.0));
            return *camera != before;
        }
        false
    }

    /// The largest size with the proportions of a scene, as drawn, within a size.
    pub fn size_within(scene: &Scene, most: Vec2) -> Vec2 {
        let rect = Rect::from_min_size(Pos2::ZERO, most);
        transform(scene, rect).to().size() + Vec2::splat(2.0 * PADDING)
    }

    fn mesh(
        &mut self,
        ui: &Ui,
        scene: &Arc<Scene>,
        rect: Rect,
        theme: &Theme,
        frame: &RectTransform,
    ) -> Arc<Mesh> {
        let key = (rect, ui.pixels_per_point());
        let is_of = |kept: &CachedMesh| std::ptr::eq(kept.0.as_ptr(), Arc::as_ptr(scene));
        self.cache.retain(is_of);
        if let Some((_, _, mesh)) = self.cache.iter().find(|kept| kept.1 == key) {
            return Arc::clone(mesh);
        }
        let mesh = Arc::new(draw(scene, frame, rect, key.1, theme));
        self.cache.truncate(MAX_SIZES - 1);
        let kept = (Arc::downgrade(scene), key, Arc::clone(&mesh));
        self.cache.insert(0, kept);
        mesh
    }
}

/// Space around the map, in points.
const PADDING: f32 = 2.0;

/// Height in points below which a minimap is a strip.
const STRIP: f32 = 24.0;

/// Transform from map units to points in the minimap. Long maps are compressed in x, so
/// that their height stays visible; in a strip high maps are compressed in y.
fn transform(scene: &Scene, rect: Rect) -> RectTransform {
    let inner = rect.shrink(PADDING);
    let map = vec2(scene.width as f32, scene.height as f32).max(Vec2::splat(1.0));
    let fit = inner.size() / map;
    let y = fit.y.min(fit.x * 8.0);
    let most = if rect.height() < STRIP { 8.0 } else { 1.0 };
    let x = fit.x.min(y * most);
    let drawn = Rect::from_center_size(inner.center(), map * vec2(x, y));
    RectTransform::from_to(Rect::from_min_size(Pos2::ZERO, map), drawn)
}

fn on_minimap(frame: &RectTransform, area: &Area) -> Rect {
    let corner = pos2(area.left as f32, area.top as f32);
    let size = vec2(area.width() as f32, area.height() as f32);
    frame.transform_rect(Rect::from_min_size(corner, size))
}

fn draw(scene: &Scene, frame: &RectTransform, rect: Rect, ppp: f32, theme: &Theme) -> Mesh {
    let mut mesh = Mesh::default();
    mesh.add_colored_rect(rect, color32(theme.paper, 0.94));
    let everything = scene.highlight.is_off();
    // Of several blocks in the same pixel only the first is drawn: highlighted ones
    // before dimmed ones.
    let mut taken: FxHashSet<(i32, i32, u8)> = FxHashSet::default();
    let mut block = |at: Rect, kind: u8, color: Color32| {
        let key = ((at.min.x * ppp) as i32, (at.min.y * ppp) as i32, kind);
        if taken.insert(key) {
            let size = at.size().max(Vec2::splat(1.0 / ppp));
            mesh.add_colored_rect(Rect::from_min_size(at.min, size), color);
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
            let area = Area::at(group.origin, &group.content.bounds);
            let block_of_group = on_minimap(frame, &area);
            let narrow = block_of_group.width() * ppp < 1.0 && !group.content.objects.is_empty();
            let origin = frame.transform_pos(pos2(group.origin.x as f32, group.origin.y as f32));
            let at = ((origin.x * ppp) as i32, (origin.y * ppp) as i32);
            if hurried && narrow && !looked.insert(at) {
                continue;
            }
            for subject in &group.content.objects {
                let Some((kind, color, opacity)) = subject_style(&subject.id, theme) else {
                    continue;
                };
                let area = Area::at(group.origin, &subject.area);
                let dimmed = !everything && scene.highlight.contains_object(subject) != lit;
                if area.is_empty() || dimmed {
                    continue;
                }
                let at = on_minimap(frame, &area);
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
fn subject_style(tag: &ObjectId, theme: &Theme) -> Option<(u8, Color, f32)> {
    Some(match tag.object()? {
        ObjectRef::Stage(_) => (0, theme.band.mix(theme.path, 0.15), 1.0),
        ObjectRef::Touchpoint(_) => (1, theme.path, 0.45),
        ObjectRef::Feeling(..) => (2, theme.path, 0.7),
        ObjectRef::Cell(..) => (3, theme.path, 0.16),
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
        let rect = Rect::from_min_size(pos2(0.0, 0.0), vec2(160.0, 90.0));
        let frame = transform(&picture.scene, rect);
        let mesh = draw(&picture.scene, &frame, rect, 1.0, theme);
        let count = |opacity: f32| {
            let color = color32(theme.path, opacity);
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
