//! The emotion curves.
//!
//! Must not know: how curves are computed.

use super::SceneBuilder;
use super::groups::GroupBuilder;
use crate::geom::{Path, Point, Rect, pt, split_cubic};
use crate::layout::{
    CurveFace, FeelingChange, FeelingScale, GridStep, LaneBand, LaneLegend, StageCurves,
    StageLayout, score_label,
};
use crate::model::{ObjectRef, Touchpoint};
use crate::scene::item::{Marks, Stroke, ZoomRange};
use crate::theme::ColorRole;

impl SceneBuilder<'_> {
    pub(super) fn curve(
        &self,
        curve: &StageCurves,
        stage: &StageLayout,
        touchpoints: &[Touchpoint],
        lane: &LaneBand,
        builder: &mut GroupBuilder,
    ) {
        let LaneLegend::Scale(FeelingScale { neutral, .. }) = lane.legend else {
            return;
        };
        let mut told: Vec<usize> = Vec::new();
        for segment in &curve.segments {
            // Belongs to the persona's faces, so that both are highlighted together.
            let persona = self.map.personas().as_slice().get(segment.persona);
            let touchpoint = touchpoints[segment.step].id.clone();
            let tag = ObjectRef::Feeling(touchpoint, persona.map(|p| p.id.clone()));
            // Once a stage, for exports that join the pieces to one curve.
            let is_first = !told.contains(&segment.persona);
            let name = persona.filter(|_| is_first).map_or("", |p| &p.name);
            if is_first {
                told.push(segment.persona);
            }
            builder.subject(tag, "", name, Marks::NONE, Rect::EMPTY);
            let is_front = segment.persona == curve.front;
            // Only one curve is tinted above and below the neutral line; several would hide each
            // other.
            if is_front {
                for (points, above) in split_at_neutral(segment.points, neutral) {
                    let theme = self.theme;
                    let color = if above { theme.good } else { theme.bad };
                    let area = Path::start(pt(points[0].x, neutral))
                        .line(points[0])
                        .cubic(points[1], points[2], points[3])
                        .line(pt(points[3].x, neutral))
                        .close();
                    builder.path(area, Some(color.opacity(13)), None);
                }
            }
            let [a, b, c, d] = segment.points;
            let line = match segment.earlier_of {
                Some(now) => Stroke::dashed(2.0, ColorRole::persona(now)),
                None if is_front || !curve.is_rest_faint => {
                    Stroke::solid(3.0, ColorRole::persona(segment.persona))
                }
                None => Stroke::solid(1.6, faint(segment.persona)),
            };
            builder.stroke(Path::start(a).cubic(b, c, d), line);
        }
        for dot in &curve.faces {
            let side = stage.steps()[dot.step].is_branch;
            let moment = touchpoints[dot.step].moment_of_truth && !side;
            let moment = moment && dot.persona == curve.front;
            self.face(
                (dot, &stage.steps()[dot.step]),
                moment,
                touchpoints,
                builder,
            );
        }
    }

    fn face(
        &self,
        (dot, step): (&CurveFace, &GridStep),
        moment: bool,
        touchpoints: &[Touchpoint],
        builder: &mut GroupBuilder,
    ) {
        let touchpoint = &touchpoints[dot.step];
        let persona = self.map.personas().as_slice().get(dot.persona);
        let tag = ObjectRef::Feeling(touchpoint.id.clone(), persona.map(|p| p.id.clone()));
        let who = persona.map_or("The customer", |p| p.name.as_str());
        let title = format!("{who} feels {} at {}", dot.score, touchpoint.name);
        // Feelings are relevant to pains: the face is highlighted with the pains.
        let marks = Marks::of_touchpoint(self.map, touchpoint).without(Marks::UNOWNED);
        let area = Rect::centered_square(dot.at, dot.size);
        builder.subject(tag.clone(), &title, "", marks, area);
        if let Some(change) = &dot.change {
            self.feeling_change(dot.at, change, builder);
        }
        if let Some(now) = dot.earlier_of {
            let edge = Stroke::solid(2.0, ColorRole::persona(now));
            builder.disc(dot.at, dot.size, Some(self.theme.paper), Some(edge));
            return;
        }
        if dot.is_faint {
            builder.disc(dot.at, dot.size, Some(faint(dot.persona)), None);
            return;
        }

        let color = ColorRole::persona(dot.persona);
        builder.zoom(ZoomRange::from(0.3));
        let tick = |x: f32, y: f32| Path::start(pt(x - 4.0, y)).line(pt(x + 4.0, y));
        let (before, after) = dot.before_after;
        for (x, y) in [(-1.0, before), (1.0, after)] {
            if let Some(y) = y {
                let x = dot.at.x + x * (dot.size / 2.0 + 7.0);
                let hair = Stroke::solid(1.2, color.opacity(70));
                builder.stroke(Path::start(pt(x, y)).line(pt(x, dot.at.y)), hair);
                builder.stroke(tick(x, y), Stroke::solid(2.0, color));
            }
        }
        builder.zoom(ZoomRange::ALL);

        if moment {
            let r = dot.size * 0.86;
            let diamond = Path::polygon(&[
                pt(dot.at.x, dot.at.y - r),
                pt(dot.at.x + r, dot.at.y),
                pt(dot.at.x, dot.at.y + r),
                pt(dot.at.x - r, dot.at.y),
            ]);
            let edge = Stroke::solid(2.0, self.theme.moment);
            builder.path(diamond, Some(self.theme.paper), Some(edge));
        }
        let ground = ColorRole::face(dot.score.tenths());
        let edge = Stroke::solid(2.2, color);
        builder.disc(dot.at, dot.size, Some(ground), Some(edge));
        builder.zoom(ZoomRange::from(0.22));
        let face = Rect::centered_square(dot.at, dot.size * 0.84);
        let icon = score_label(dot.score).0;
        builder.icon(icon, face, ground.text_on());
        if let Some(label) = &dot.label {
            // The label belongs to the face, so that it can be pointed at beside it.
            builder.subject(tag, "", "", marks, label.rect);
            // A translucent background keeps the label readable where a curve runs behind it.
            builder.fill(label.rect.grow(1.0), 4.0, self.theme.paper.opacity(80));
            if let Some(slot) = &label.number {
                builder.number(slot, (dot.step, step), self.role_color(slot.role));
            }
            self.texts(&label.runs, builder);
        }
        builder.zoom(ZoomRange::ALL);
    }
}

/// Length of the arrowhead of a change.
const CHANGE_HEAD: f32 = 6.0;

impl SceneBuilder<'_> {
    /// The arrow from a feeling in the earlier of two maps to the face of now, with the difference.
    fn feeling_change(&self, from: Point, change: &FeelingChange, builder: &mut GroupBuilder) {
        let color = match change.is_better {
            true => self.theme.good,
            false => self.theme.bad,
        };
        let to = change.to;
        let down = if to.y > from.y { 1.0 } else { -1.0 };
        // The face of now covers the end of the line.
        let tip = to.y - down * self.sizes.face * 0.5;
        builder.zoom(ZoomRange::from(0.3));
        if (tip - from.y) * down > CHANGE_HEAD {
            let base = tip - down * CHANGE_HEAD;
            builder.stroke(
                Path::start(from).line(pt(from.x, base)),
                Stroke::solid(1.6, color),
            );
            let head = Path::polygon(&[
                pt(from.x, tip),
                pt(from.x - CHANGE_HEAD * 0.6, base),
                pt(from.x + CHANGE_HEAD * 0.6, base),
            ]);
            builder.path(head, Some(color), None);
        }
        self.texts(&change.runs, builder);
        builder.zoom(ZoomRange::ALL);
    }
}

/// The colour of a curve that only accompanies the one in front.
fn faint(persona: usize) -> ColorRole {
    ColorRole::persona(persona).over_paper(45)
}

/// A curve piece split where it crosses the neutral line, each part with whether it is above.
fn split_at_neutral(points: [Point; 4], neutral: f32) -> Vec<([Point; 4], bool)> {
    let (y0, y1) = (points[0].y, points[3].y);
    let above = |points: &[Point; 4]| points[0].y + points[3].y <= 2.0 * neutral;
    if (y0 - neutral) * (y1 - neutral) >= 0.0 {
        return vec![(points, above(&points))];
    }
    // The piece is monotone, so bisection finds the only crossing.
    let (mut low, mut high) = (0.0_f32, 1.0_f32);
    for _ in 0..24 {
        let t = (low + high) / 2.0;
        let y = split_cubic(points, t).0[3].y;
        if (y - neutral) * (y0 - neutral) > 0.0 {
            low = t;
        } else {
            high = t;
        }
    }
    let (left, right) = split_cubic(points, low);
    vec![(left, above(&left)), (right, above(&right))]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_crossing_piece_is_split_at_the_neutral_line() {
        let points = [pt(0.0, 0.0), pt(10.0, 0.0), pt(20.0, 30.0), pt(30.0, 30.0)];
        let parts = split_at_neutral(points, 10.0);
        assert_eq!(parts.len(), 2);
        assert!((parts[0].0[3].y - 10.0).abs() < 0.01);
        assert!(parts[0].1 && !parts[1].1);
    }
}
