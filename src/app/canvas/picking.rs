//! Where things in view are on screen, and what lies under a point: for those
//! who draw over the map or aim at it.
//!
//! Must not know: what things on the map mean.

use super::spatial_index::{Index, View};
use super::widget::CanvasView;
use crate::model::Said;
use crate::scene::{Group, Item, Pin, Scene, Shape, Tag, TextLine};
use crate::text::Face;
use crate::theme::size::LEADING;
use egui::{Pos2, Rect, Vec2, pos2, vec2};
use std::sync::Arc;

/// How far from a line the pointer may be, in points.
const REACH: f32 = 7.0;

/// A text in view.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Words {
    /// Around its lines, in points.
    pub rect: Rect,
    /// Em size in points.
    pub size: f32,
    /// Which face.
    pub face: Face,
    /// Around the thing that says it, in points.
    pub room: Rect,
}

impl CanvasView {
    /// Leaves out a text that is being written over the map; `None`: all is drawn.
    pub fn hide(&mut self, text: Option<(Tag, Said)>) {
        self.painter.hide(text);
    }

    /// Where a text of a thing is on screen; `None` where none of it is drawn.
    pub fn words_of(&mut self, scene: &Arc<Scene>, tag: &Tag, said: Said) -> Option<Words> {
        self.seek(scene, tag, |view, group, subject| {
            let zoom = view.zoom();
            let mut lines = lines(group, subject, zoom).filter(|line| line.said == Some(said));
            let first = lines.next()?;
            let around = lines.fold(line_box(first), |all, line| all.union(&line_box(line)));
            let room = &group.body.subjects.get(subject as usize)?.area;
            Some(Words {
                rect: view.on_screen(group, &around),
                size: first.size * zoom,
                face: first.face,
                room: view.on_screen(group, room),
            })
        })
    }

    /// Which text of a thing is nearest to a point on screen, from line to line,
    /// at most `reach` map units above or below it.
    pub fn said_near(
        &mut self,
        scene: &Arc<Scene>,
        tag: &Tag,
        at: Pos2,
        reach: f32,
    ) -> Option<Said> {
        self.seek(scene, tag, |view, group, subject| {
            let y = view.on_map(at, group.pin).1 - group.origin.y;
            let away = |line: &TextLine| {
                let line = line_box(line);
                (line.min.y - y as f32).max(y as f32 - line.max.y).max(0.0)
            };
            lines(group, subject, view.zoom())
                .filter_map(|line| Some((line.said?, away(line))))
                .filter(|(_, away)| *away <= reach)
                .min_by(|a, b| a.1.total_cmp(&b.1))
                .map(|(said, _)| said)
        })
    }

    /// Where a thing is on screen; `None` where it is out of view.
    pub fn area_of(&mut self, scene: &Arc<Scene>, tag: &Tag) -> Option<Rect> {
        self.seek(scene, tag, |view, group, subject| {
            let area = &group.body.subjects.get(subject as usize)?.area;
            let rect = view.on_screen(group, area);
            (rect.is_positive() && rect.intersects(view.rect)).then_some(rect)
        })
    }

    /// Where the pictures of a thing are on screen, in their order: each has one
    /// frame, whether it can be shown or not.
    pub fn frames_of(&mut self, scene: &Arc<Scene>, tag: &Tag) -> Vec<Rect> {
        let frames = self.seek(scene, tag, |view, group, subject| {
            let items = group.body.items.iter();
            let its = items.filter(|item| item.subject == subject);
            let frames = its.filter_map(|item| match &item.shape {
                Shape::Rect {
                    rect,
                    stroke: Some(_),
                    ..
                } => Some(view.on_screen(group, rect)),
                _ => None,
            });
            let frames: Vec<Rect> = frames.collect();
            (!frames.is_empty()).then_some(frames)
        });
        frames.unwrap_or_default()
    }

    /// Where the line of a path starts and ends on screen; `None` where it is
    /// out of view.
    pub fn ends_of(&mut self, scene: &Arc<Scene>, tag: &Tag) -> Option<(Pos2, Pos2)> {
        self.seek(scene, tag, |view, group, subject| {
            let its = |item: &&Item| item.subject == subject;
            let line = group.body.items.iter().filter(its);
            let line = line.map(|item| &item.shape).find_map(|shape| match shape {
                Shape::Path {
                    path,
                    stroke: Some(_),
                    ..
                } => path.ends(),
                _ => None,
            })?;
            let on_screen = |p: crate::geom::Point| {
                let spot = crate::geom::Rect { min: p, max: p };
                view.on_screen(group, &spot).min
            };
            Some((on_screen(line.0), on_screen(line.1)))
        })
    }

    /// The first answer about a thing in view. It may be there in several parts,
    /// such as a face and the word beside it; each is asked by its place in its group.
    fn seek<T>(
        &mut self,
        scene: &Arc<Scene>,
        tag: &Tag,
        ask: impl Fn(&View, &Group, u32) -> Option<T>,
    ) -> Option<T> {
        let view = self.view?;
        let index = self.painter.index(scene);
        index.visible(&view, &mut self.visible);
        self.visible.iter().find_map(|number| {
            let group = scene.groups.get(*number as usize)?;
            let subjects = (0..).zip(&group.body.subjects);
            let mut parts = subjects.filter(|(_, subject)| subject.tag == *tag);
            parts.find_map(|(at, _)| ask(&view, group, at))
        })
    }

    /// What lies under a point of the window, and where that is on the map.
    pub fn under(&mut self, scene: &Arc<Scene>, at: Pos2) -> Option<(Option<Tag>, (f64, f64))> {
        let view = self.view?;
        let index = self.painter.index(scene);
        Some((
            thing_at(scene, index, &view, at),
            view.on_map(at, Pin::None),
        ))
    }

    /// Lets go of what is being dragged.
    pub fn let_go(&mut self) {
        self.grip = None;
    }
}

/// The lines of text of a subject that are drawn at a zoom.
fn lines(group: &Group, subject: u32, zoom: f32) -> impl Iterator<Item = &TextLine> {
    let items = group.body.items.iter();
    let drawn = items.filter(move |item| item.subject == subject && item.zoom.holds(zoom));
    drawn.filter_map(|item| match &item.shape {
        Shape::Text(line) => Some(line),
        _ => None,
    })
}

/// The room that a line of text takes, in group coordinates.
fn line_box(line: &TextLine) -> crate::geom::Rect {
    let style = crate::text::Style {
        face: line.face,
        size: line.size,
    };
    let top = line.at.y - crate::layout::baseline(style);
    crate::geom::Rect::new(line.at.x, top, line.width, line.size * LEADING)
}

/// The thing under a point on screen; the frame of the picture is no thing.
/// Lines are thin: they are hit where nothing else is.
pub(super) fn thing_at(scene: &Scene, index: &Index, view: &View, at: Pos2) -> Option<Tag> {
    let hit = index.hit(scene, view, at).and_then(|(group, subject)| {
        let body = &scene.groups.get(group as usize)?.body;
        match &body.subjects.get(subject as usize)?.tag {
            Tag::Frame => None,
            tag => Some(tag.clone()),
        }
    });
    hit.or_else(|| line_at(scene, index, view, at))
}

fn line_at(scene: &Scene, index: &Index, view: &View, at: Pos2) -> Option<Tag> {
    let spot = View {
        rect: Rect::from_center_size(at, Vec2::splat(2.0 * REACH)),
        thinned: false,
        ..*view
    };
    let reach = f64::from(REACH * view.ppp) / view.scale;
    let mut visible = Vec::new();
    index.visible(&spot, &mut visible);
    visible.into_iter().rev().find_map(|number| {
        let group = scene.groups.get(number as usize)?;
        let (x, y) = view.on_map(at, group.pin);
        let line = scene.line_near(number as usize, x, y, reach as f32)?;
        Some(line.tag.clone())
    })
}

/// How far the map shall move in a second when something is held near an edge
/// of the free part of a canvas, in points; nothing where it is held elsewhere.
pub fn edge_speed(canvas: Rect, covered: (f32, f32), at: Pos2) -> Vec2 {
    /// From here on the map moves, in points.
    const EDGE: f32 = 44.0;
    /// At the very edge it moves so fast.
    const FASTEST: f32 = 1100.0;
    let free = Rect::from_min_max(canvas.min + vec2(covered.0, covered.1), canvas.max);
    let push = |low: f32, high: f32| {
        let near = |distance: f32| (1.0 - distance.max(0.0) / EDGE).max(0.0);
        (near(low) - near(high)) * FASTEST
    };
    let pushed = pos2(
        push(at.x - free.min.x, free.max.x - at.x),
        push(at.y - free.min.y, free.max.y - at.y),
    );
    pushed.to_vec2()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_map_moves_only_when_held_near_an_edge() {
        let canvas = Rect::from_min_max(pos2(0.0, 0.0), pos2(1000.0, 600.0));
        assert_eq!(
            edge_speed(canvas, (100.0, 50.0), pos2(500.0, 300.0)),
            Vec2::ZERO
        );
        assert!(edge_speed(canvas, (100.0, 50.0), pos2(110.0, 300.0)).x > 0.0);
        assert!(edge_speed(canvas, (100.0, 50.0), pos2(995.0, 300.0)).x < -500.0);
        assert!(edge_speed(canvas, (100.0, 50.0), pos2(500.0, 590.0)).y < 0.0);
    }
}
