//! Small drawing of a whole map: stages, cards with the stripe of their owner, and curves of
//! feelings, as wide as there is room.
//!
//! Must not know: files, threads, cards of the home screen.

use crate::app::ui::style::{self, color};
use crate::layout::Layout;
use crate::model::{Map, PersonaId, Touchpoint};
use crate::scene::department_color;
use crate::theme::{Color, Theme};
use egui::epaint::CubicBezierShape;
use egui::{Color32, Painter, Pos2, Rect, Shape, Stroke, StrokeKind, lerp, pos2, vec2};

/// Minimum number of columns in the width, so that the cards of short maps are not huge.
const MIN_COLUMNS: f32 = 7.0;
/// Maximum number of rows of cards.
const MAX_ROWS: usize = 3;

/// A small drawing of a map. Lengths along the map are fractions of its width.
pub struct MapDrawing {
    /// Left and right end of each stage.
    stages: Vec<(f32, f32)>,
    /// Cards: left and right end, row, color of the owner.
    cards: Vec<(f32, f32, usize, Option<Color>)>,
    /// Curves: color, and place and height (−1 to +1, the strongest feeling being 1) of each face.
    curves: Vec<(Color, Vec<(f32, f32)>)>,
}

impl MapDrawing {
    /// Draws a map that is laid out.
    pub fn new(map: &Map, layout: &Layout, theme: &Theme) -> MapDrawing {
        let sizes = layout.density.sizes();
        let start = layout.stages.first().map_or(0.0, |stage| stage.x);
        let end = layout.stages.last();
        let end = end.map_or(start, |stage| stage.x + f64::from(stage.band.width));
        let width = (end - start).max(f64::from(MIN_COLUMNS * sizes.pitch()));
        let along = |x: f64| ((x - start) / width) as f32;
        let personas: Vec<&PersonaId> = map.personas().iter().map(|p| &p.id).collect();
        let mut curves: Vec<(Color, Vec<(f32, f32)>)> = (0..personas.len().max(1))
            .map(|at| (theme.personas[at % theme.personas.len()], Vec::new()))
            .collect();
        let (mut stages, mut cards) = (Vec::new(), Vec::new());
        for stage in &layout.stages {
            stages.push((along(stage.x), along(stage.x + f64::from(stage.band.width))));
            let touchpoints = map.touchpoints_in(&stage.id);
            for (step, touchpoint) in stage.steps().iter().zip(touchpoints) {
                let left = stage.x + f64::from(sizes.card_x(step.column));
                let (left, right) = (along(left), along(left + f64::from(sizes.card)));
                if step.row < MAX_ROWS {
                    let owner = touchpoint.owner.as_ref();
                    let owner = owner.and_then(|id| map.departments().position(id));
                    let owner = owner.map(|at| department_color(map, at, theme));
                    cards.push((left, right, step.row, owner));
                }
                if !step.is_branch {
                    for (persona, score) in scores(touchpoint, &personas) {
                        curves[persona].1.push(((left + right) / 2.0, score));
                    }
                }
            }
        }
        let strongest = curves.iter().flat_map(|(_, points)| points);
        let strongest = strongest.map(|(_, score)| score.abs()).fold(0.25, f32::max);
        for (_, points) in &mut curves {
            points.iter_mut().for_each(|(_, score)| *score /= strongest);
        }
        MapDrawing {
            stages,
            cards,
            curves,
        }
    }

    /// Colors of the owners of the cards.
    #[cfg(test)]
    pub(super) fn owners(&self) -> Vec<Option<Color>> {
        self.cards.iter().map(|card| card.3).collect()
    }

    /// Paints the drawing.
    pub fn paint(&self, painter: &Painter, rect: Rect, theme: &Theme) {
        let room = rect.shrink2(vec2(rect.width() * 0.05, rect.height() * 0.09));
        let band = room.height() * 0.15;
        let rows = self.cards.iter().map(|card| card.2 + 1).max().unwrap_or(1);
        let feels = self.curves.iter().any(|(_, points)| !points.is_empty());
        let height = room.height()
            * match (feels, rows) {
                (true, 3..) => 0.15,
                (true, _) => 0.19,
                (false, _) => 0.28,
            };
        let row = |at: usize| room.top() + band * 1.35 + at as f32 * height * 1.2;
        let x = |along: f32| lerp(room.x_range(), along);
        if self.stages.is_empty() {
            return paint_empty(painter, room, (band, row(0), height), theme);
        }
        for (left, right) in &self.stages {
            let stage = Rect::from_min_max(
                pos2(x(*left) + 0.5, room.top()),
                pos2(x(*right) - 0.5, room.top() + band),
            );
            painter.add(chevron(stage, color(theme.band)));
        }
        let edge = Stroke::new(0.8, color(theme.card_edge));
        for (left, right, at, owner) in &self.cards {
            let top = row(*at);
            let card = Rect::from_min_max(pos2(x(*left), top), pos2(x(*right), top + height));
            painter.rect(card, 1.5, color(theme.card), edge, StrokeKind::Inside);
            let stripe = card.with_max_x(card.left() + (card.width() * 0.25).clamp(1.5, 3.0));
            painter.rect_filled(stripe, 0.5, color(owner.unwrap_or(theme.card_edge)));
            if card.width() > 14.0 {
                let ink = Stroke::new(1.2, color(theme.ink_soft).gamma_multiply(0.6));
                for (line, end) in [(0.36, 4.0), (0.64, card.width() * 0.4)] {
                    let y = lerp(card.y_range(), line);
                    painter.hline(stripe.right() + 2.5..=card.right() - end, y, ink);
                }
            }
        }
        if feels {
            self.paint_curves(painter, room.with_min_y(row(rows) + 2.0), theme);
        }
    }

    fn paint_curves(&self, painter: &Painter, room: Rect, theme: &Theme) {
        let line = Stroke::new(1.0, color(theme.line));
        painter.hline(room.x_range(), room.center().y, line);
        for (tint, points) in self.curves.iter().rev() {
            let at = |(along, score): &(f32, f32)| {
                let x = lerp(room.x_range(), *along);
                pos2(x, room.center().y - score * (room.height() / 2.0 - 2.0))
            };
            let stroke = Stroke::new(1.6, color(*tint));
            let faces: Vec<Pos2> = points.iter().map(at).collect();
            for pair in faces.windows(2) {
                let half = vec2((pair[1].x - pair[0].x) / 2.0, 0.0);
                let ends = [pair[0], pair[0] + half, pair[1] - half, pair[1]];
                let none = Color32::TRANSPARENT;
                painter.add(CubicBezierShape::from_points_stroke(
                    ends, false, none, stroke,
                ));
            }
            let apart = room.width() / faces.len().max(1) as f32;
            if apart > 5.0 {
                for face in faces {
                    painter.circle_filled(face, (apart * 0.16).clamp(1.5, 2.6), color(*tint));
                }
            }
        }
    }
}

/// Scores of a touchpoint by persona, from −1 to +1. A feeling without a persona is that of the
/// first one.
fn scores<'t>(
    touchpoint: &'t Touchpoint,
    personas: &'t [&'t PersonaId],
) -> impl Iterator<Item = (usize, f32)> + 't {
    touchpoint.feelings.iter().filter_map(|feeling| {
        let persona = match &feeling.persona {
            Some(id) => personas.iter().position(|persona| *persona == id)?,
            None => 0,
        };
        Some((persona, f32::from(feeling.score?.tenths()) / 20.0))
    })
}

/// Paints the outlines of what an empty map lacks.
fn paint_empty(painter: &Painter, room: Rect, (band, top, height): (f32, f32, f32), theme: &Theme) {
    let width = room.width() / 4.0;
    let stroke = Stroke::new(1.0, color(theme.ink_soft));
    for (top, height, inset) in [(room.top(), band, 0.0), (top, height, 4.0)] {
        let at = pos2(room.center().x - width / 2.0 + inset, top);
        let rect = Rect::from_min_size(at, vec2(width - 2.0 * inset, height));
        style::dashed_rect(painter, rect, stroke, 3.0, 2.5);
        let (center, arm) = (rect.center(), 2.5);
        painter.hline(center.x - arm..=center.x + arm, center.y, stroke);
        painter.vline(center.x, center.y - arm..=center.y + arm, stroke);
    }
}

/// A stage as an arrow to the right.
fn chevron(rect: Rect, fill: Color32) -> Shape {
    let tip = (rect.height() * 0.3).min(rect.width() * 0.3);
    let points = vec![
        rect.left_top(),
        pos2(rect.right() - tip, rect.top()),
        pos2(rect.right(), rect.center().y),
        pos2(rect.right() - tip, rect.bottom()),
        rect.left_bottom(),
    ];
    Shape::convex_polygon(points, fill, Stroke::NONE)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::{LayoutOptions, layout};
    use crate::model::arbitrary;
    use crate::text::FixedWidth;
    use crate::theme::{Density, LIGHT};
    use proptest::prelude::{ProptestConfig, prop_assert, prop_assert_eq, proptest};

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(32))]
        #[test]
        fn drawings_show_the_whole_map_within_their_width(map in arbitrary::map()) {
            let options = LayoutOptions {
                density: Density::Compact,
                ..LayoutOptions::default()
            };
            let drawn = layout(&map, &options, &mut FixedWidth);
            let drawing = MapDrawing::new(&map, &drawn, &LIGHT);
            prop_assert_eq!(drawing.stages.len(), map.stages().len());
            let ends = drawing.stages.iter().copied();
            let cards = drawing.cards.iter().map(|(left, right, ..)| (*left, *right));
            for (left, right) in ends.chain(cards) {
                prop_assert!(-0.001 <= left && left < right && right <= 1.001);
            }
            for (along, score) in drawing.curves.iter().flat_map(|(_, points)| points) {
                prop_assert!((0.0..=1.0).contains(along) && score.abs() <= 1.0);
            }
        }
    }
}
