//! Screen geometry of the objects in view, for overlays and pointer tools.
//!
//! Must not know: the meaning of objects.

use super::picking::subject_at;
use super::spatial_index::Viewport;
use super::widget::CanvasView;
use crate::model::{Field, FieldRef, ObjectRef};
use crate::scene::{Group, ObjectId, PartKind, Pin, Scene, Shape, TextLine};
use crate::text::Face;
use crate::theme::size::LEADING;
use egui::{Pos2, Rect};
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

    /// Returns the screen geometry of a text as drawn, or `None` if no line of it
    /// is drawn.
    pub fn text_geometry(&mut self, scene: &Arc<Scene>, text: &FieldRef) -> Option<TextGeometry> {
        self.find_in_view(scene, &text.object, |view, group, subject| {
            let zoom = view.zoom();
            let mut lines =
                text_lines(group, subject, zoom).filter(|line| line.text_field == Some(text.field));
            let first = lines.next()?;
            let around = lines.fold(line_box(first), |all, line| all.union(&line_box(line)));
            let room = &group.content.objects.get(subject as usize)?.area;
            Some(TextGeometry {
                rect: view.on_screen(group, &around),
                size: first.size * zoom,
                face: first.face,
                subject_rect: view.on_screen(group, room),
            })
        })
    }

    /// Returns the text field of a subject whose line is nearest to a screen point, at
    /// most `reach` map units above or below that point.
    pub fn nearest_text_field(
        &mut self,
        scene: &Arc<Scene>,
        object: &ObjectRef,
        at: Pos2,
        reach: f32,
    ) -> Option<Field> {
        self.find_in_view(scene, object, |view, group, subject| {
            let y = view.on_map(at, group.pin).1 - group.origin.y;
            let away = |line: &TextLine| {
                let line = line_box(line);
                (line.min.y - y as f32).max(y as f32 - line.max.y).max(0.0)
            };
            text_lines(group, subject, view.zoom())
                .filter_map(|line| Some((line.text_field?, away(line))))
                .filter(|(_, away)| *away <= reach)
                .min_by(|a, b| a.1.total_cmp(&b.1))
                .map(|(said, _)| said)
        })
    }

    /// Returns the screen rectangle of a subject, or `None` if it is out of view.
    pub fn subject_rect_on_screen(
        &mut self,
        scene: &Arc<Scene>,
        object: &ObjectRef,
    ) -> Option<Rect> {
        self.find_in_view(scene, object, |view, group, subject| {
            let area = &group.content.objects.get(subject as usize)?.area;
            let rect = view.on_screen(group, area);
            (rect.is_positive() && rect.intersects(view.rect)).then_some(rect)
        })
    }

    /// Returns the screen rectangles of the parts of a subject that have this meaning,
    /// in drawing order; none if it is out of view.
    pub fn parts(&mut self, scene: &Arc<Scene>, object: &ObjectRef, kind: PartKind) -> Vec<Rect> {
        let parts = self.find_in_view(scene, object, |view, group, subject| {
            let its = group.content.parts_of(subject, kind);
            let parts: Vec<Rect> = its.map(|rect| view.on_screen(group, &rect)).collect();
            (!parts.is_empty()).then_some(parts)
        });
        parts.unwrap_or_default()
    }

    /// Returns the screen positions of both ends of a path, or `None` if it is out of
    /// view.
    pub fn path_ends(&mut self, scene: &Arc<Scene>, object: &ObjectRef) -> Option<(Pos2, Pos2)> {
        let mut end = |kind| Some(self.parts(scene, object, kind).first()?.min);
        Some((end(PartKind::PathStart)?, end(PartKind::PathEnd)?))
    }

    /// Returns the first `Some` that `ask` gives for a subject in view. One object may
    /// have several subjects, such as a face and the word beside it; `ask` gets the
    /// index of each in its group.
    fn find_in_view<T>(
        &mut self,
        scene: &Arc<Scene>,
        object: &ObjectRef,
        ask: impl Fn(&Viewport, &Group, u32) -> Option<T>,
    ) -> Option<T> {
        let view = self.viewport?;
        let index = self.painter.index_for(scene);
        index.visible(&view, &mut self.visible);
        self.visible.iter().find_map(|number| {
            let group = scene.groups.get(*number as usize)?;
            let subjects = (0..).zip(&group.content.objects);
            let mut parts = subjects.filter(|(_, subject)| subject.id.object() == Some(object));
            parts.find_map(|(at, _)| ask(&view, group, at))
        })
    }

    /// Returns the topmost subject at a window position, and the position on the map.
    pub fn pick(&mut self, scene: &Arc<Scene>, at: Pos2) -> Option<(Option<ObjectId>, (f64, f64))> {
        let view = self.viewport?;
        let index = self.painter.index_for(scene);
        Some((
            subject_at(scene, index, &view, at),
            view.on_map(at, Pin::None),
        ))
    }

    /// Cancels the current drag.
    pub fn cancel_drag(&mut self) {
        self.press = None;
    }
}

/// Iterates over the text lines of a subject that are drawn at a zoom.
fn text_lines(group: &Group, subject: u32, zoom: f32) -> impl Iterator<Item = &TextLine> {
    let items = group.content.items.iter();
    let drawn = items.filter(move |item| item.object == subject && item.zoom.contains(zoom));
    drawn.filter_map(|item| match &item.shape {
        Shape::Text(line) => Some(line),
        _ => None,
    })
}

/// Bounds of a line of text, in group coordinates.
fn line_box(line: &TextLine) -> crate::geom::Rect {
    let style = crate::text::Style {
        face: line.face,
        size: line.size,
    };
    let top = line.at.y - crate::layout::baseline(style);
    crate::geom::Rect::new(line.at.x, top, line.width, line.size * LEADING)
}
