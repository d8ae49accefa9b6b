//! Screen geometry of the objects in view, for overlays and pointer tools.
//!
//! Must not know: the meaning of objects.

use super::picking::subject_at;
use super::spatial_index::Viewport;
use super::widget::CanvasView;
use crate::geom::Rect as Bounds;
use crate::model::{Field, FieldRef, ObjectRef};
use crate::scene::{Group, ObjectId, PartKind, Scene, SceneObject, Shape, TextLine};
use crate::text::Face;
use egui::{Pos2, Rect};
use rustc_hash::FxHashSet;
use std::sync::Arc;

/// Screen geometry of a text in view.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TextGeometry {
    /// Bounds of the text lines, in points.
    pub rect: Rect,
    /// Em size in points.
    pub size: f32,
    /// Font face.
    pub face: Face,
    /// Bounds of the subject that contains the text, in points.
    pub subject_rect: Rect,
}

impl CanvasView {
    /// Hides a text while an inline editor covers it; `None` shows everything.
    pub fn set_hidden_text(&mut self, text: Option<FieldRef>) {
        self.painter.set_hidden_text(text);
    }

    /// Returns the screen geometry of a text as drawn, or `None` if no line of it is
    /// drawn.
    pub fn text_geometry(&mut self, scene: &Arc<Scene>, text: &FieldRef) -> Option<TextGeometry> {
        let mut found = self.find_in_view(scene, |view, group| {
            let zoom = view.zoom();
            let mut lines = text_lines(group, &text.object, zoom)
                .filter(|(_, line)| line.text_field == Some(text.field));
            let (shown, first) = lines.next()?;
            let around = lines.fold(first.bounds(), |all, (_, line)| all.union(&line.bounds()));
            Some(TextGeometry {
                rect: view.on_screen(group, &around),
                size: first.size * zoom,
                face: first.face,
                subject_rect: view.on_screen(group, &shown.area),
            })
        })?;
        if !found.subject_rect.is_positive() {
            // The texts of a stage are drawn apart from it.
            found.subject_rect = self.object_rect(scene, &text.object)?;
        }
        Some(found)
    }

    /// Returns the text field of an object whose line is nearest to a screen point, at
    /// most `reach` map units above or below that point.
    pub fn nearest_text_field(
        &mut self,
        scene: &Arc<Scene>,
        object: &ObjectRef,
        at: Pos2,
        reach: f32,
    ) -> Option<Field> {
        self.find_in_view(scene, |view, group| {
            let (_, y) = view.on_map_of(at, group);
            let y = (y - group.origin.y) as f32;
            let away = |line: Bounds| (line.min.y - y).max(y - line.max.y).max(0.0);
            text_lines(group, object, view.zoom())
                .filter_map(|(_, line)| Some((line.text_field?, away(line.bounds()))))
                .filter(|(_, away)| *away <= reach)
                .min_by(|a, b| a.1.total_cmp(&b.1))
                .map(|(said, _)| said)
        })
    }

    /// Returns the screen rectangle of an object, or `None` if it is out of view.
    pub fn object_rect(&mut self, scene: &Arc<Scene>, object: &ObjectRef) -> Option<Rect> {
        self.find_in_view(scene, |view, group| {
            let areas = group.content.parts(object, PartKind::Whole);
            let mut rects = areas.map(|area| view.on_screen(group, &area));
            rects.find(|rect| rect.is_positive() && rect.intersects(view.rect))
        })
    }

    /// Returns the screen rectangles of the parts of an object that have this meaning,
    /// in drawing order; none if it is out of view.
    pub fn parts(&mut self, scene: &Arc<Scene>, object: &ObjectRef, kind: PartKind) -> Vec<Rect> {
        let parts = self.find_in_view(scene, |view, group| {
            let parts = group.content.parts(object, kind);
            let parts: Vec<Rect> = parts.map(|rect| view.on_screen(group, &rect)).collect();
            (!parts.is_empty()).then_some(parts)
        });
        parts.unwrap_or_default()
    }

    /// Returns the screen positions of both ends of a path, or `None` if it is out of
    /// view.
    pub fn path_ends(&mut self, scene: &Arc<Scene>, path: &ObjectRef) -> Option<(Pos2, Pos2)> {
        let mut end = |kind| Some(self.parts(scene, path, kind).first()?.min);
        Some((end(PartKind::PathStart)?, end(PartKind::PathEnd)?))
    }

    /// Returns the objects in view that meet a condition, with their screen rectangles; of one that
    /// is drawn in several rows the first.
    pub fn areas_in_view(
        &mut self,
        scene: &Arc<Scene>,
        wanted: impl Fn(&ObjectRef) -> bool,
    ) -> Vec<(ObjectRef, Rect)> {
        let mut found: Vec<(ObjectRef, Rect)> = Vec::new();
        let Some(view) = self.viewport else {
            return found;
        };
        let index = self.painter.index_for(scene);
        index.visible(&view, &mut self.visible);
        let mut known = FxHashSet::default();
        let groups = self.visible.iter();
        for group in groups.filter_map(|number| scene.groups.get(*number as usize)) {
            for shown in &group.content.objects {
                let rect = view.on_screen(group, &shown.area);
                if let Some(object) = shown.id.object().filter(|object| wanted(object))
                    && rect.is_positive()
                    && rect.intersects(view.rect)
                    && known.insert(object)
                {
                    found.push((object.clone(), rect));
                }
            }
        }
        found
    }

    /// Returns the first `Some` that `ask` gives for a group in view.
    fn find_in_view<T>(
        &mut self,
        scene: &Arc<Scene>,
        ask: impl Fn(&Viewport, &Group) -> Option<T>,
    ) -> Option<T> {
        let view = self.viewport?;
        let index = self.painter.index_for(scene);
        index.visible(&view, &mut self.visible);
        let mut groups = self.visible.iter();
        groups.find_map(|number| ask(&view, scene.groups.get(*number as usize)?))
    }

    /// Returns the topmost subject at a window position, and the position on the map.
    pub fn pick(&mut self, scene: &Arc<Scene>, at: Pos2) -> Option<(Option<ObjectId>, (f64, f64))> {
        let view = self.viewport?;
        let index = self.painter.index_for(scene);
        Some((subject_at(scene, index, &view, at), view.on_map(at)))
    }

    /// Cancels the current drag.
    pub fn cancel_drag(&mut self) {
        self.press = None;
    }
}

/// Iterates over the editable text lines of an object that are drawn at a zoom.
fn text_lines<'g>(
    group: &'g Group,
    object: &'g ObjectRef,
    zoom: f32,
) -> impl Iterator<Item = (&'g SceneObject, &'g TextLine)> {
    let items = group.content.items.iter();
    let drawn = items.filter(move |item| item.zoom.contains(zoom));
    drawn.filter_map(move |item| match &item.shape {
        Shape::Text(line) if line.text_field.is_some() => {
            let shown = group.content.objects.get(item.object as usize)?;
            (shown.id.object() == Some(object)).then_some((shown, line))
        }
        _ => None,
    })
}
