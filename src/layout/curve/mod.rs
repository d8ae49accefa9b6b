//! The emotion curves.
//!
//! One curve per persona through the main line, by monotone cubic interpolation: Fritsch and
//! Carlson, "Monotone Piecewise Cubic Interpolation", SIAM J. Numer. Anal. 17 (1980). The curve
//! never exceeds the range of the data.
//! Must not know: colours, the scene.

mod face_positions;
mod labels;
mod scale;

use super::LayoutInputs;
use super::cell_content::persona_index;
use super::stage::StageLayout;
use super::text_block::{NumberSlot, TextRole, TextRun};
use crate::geom::{Point, Rect, pt};
use crate::model::{Score, Touchpoint};
use crate::theme::size;
use face_positions::{CurveNeighbors, CurveSummary, FacePosition};
use scale::{face_x, score_y};

pub(super) use face_positions::FacePositions;
pub use scale::FeelingScale;
pub(super) use scale::{VisibleCurves, content_bottom, lane_height, scale};

/// Maximum number of curves that are all drawn in full; of more, only the one in front is.
const MAX_FULL_CURVES: usize = 3;
/// Size of the dots on faint curves relative to faces.
const FAINT_FACE: f32 = 0.42;

/// The curves of one stage.
#[derive(Clone, Debug, Default)]
pub struct StageCurves {
    /// The persona in front, by place in the list: its curve is tinted and has the moments of truth.
    pub front: usize,
    /// Whether the other curves are faint, with dots instead of faces and without words, because
    /// nobody could follow that many.
    pub is_rest_faint: bool,
    /// Pieces between faces; the piece to the next stage belongs to its left end.
    pub segments: Vec<CurveSegment>,
    /// The faces.
    pub faces: Vec<CurveFace>,
}

/// A piece of a curve from one face to the next, relative to stage and lane.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CurveSegment {
    /// The persona, by place in the list.
    pub persona: usize,
    /// The persona of which this is the curve in the earlier of two maps, by place in the list.
    pub earlier_of: Option<usize>,
    /// The touchpoint at the left end, by index in its stage.
    pub step: usize,
    /// Start, two control points, end.
    pub points: [Point; 4],
}

/// A face on a curve, relative to stage and lane.
#[derive(Clone, Debug)]
pub struct CurveFace {
    /// The persona, by place in the list.
    pub persona: usize,
    /// The persona of which this is a feeling in the earlier of two maps, by place in the list.
    pub earlier_of: Option<usize>,
    /// Index of the touchpoint in its stage.
    pub step: usize,
    /// The score.
    pub score: Score,
    /// Center of the face.
    pub at: Point,
    /// Diameter of the face.
    pub size: f32,
    /// Whether the face is a dot on a faint curve.
    pub is_faint: bool,
    /// Heights of the scores before and after, if known.
    pub before_after: (Option<f32>, Option<f32>),
    /// The named emotion, with peak, low or end.
    pub label: Option<FaceLabel>,
    /// The way from a feeling in the earlier of two maps to that of now.
    pub change: Option<FeelingChange>,
}

/// The change of a feeling between two maps.
#[derive(Clone, Debug)]
pub struct FeelingChange {
    /// Center of the face of now.
    pub to: Point,
    /// Whether it is better now.
    pub is_better: bool,
    /// The difference of both scores.
    pub runs: Vec<TextRun>,
    /// Bounding box of the line and the difference.
    pub rect: Rect,
}

/// A label beside a face.
#[derive(Clone, Debug)]
pub struct FaceLabel {
    /// Place of the number of a side branch.
    pub number: Option<NumberSlot>,
    /// The lines.
    pub runs: Vec<TextRun>,
    /// Bounding box of the lines.
    pub rect: Rect,
}

impl LayoutInputs<'_> {
    /// Whether only the curve in front is drawn in full.
    fn are_others_faint(&self) -> bool {
        self.shared.visible_curves.count > MAX_FULL_CURVES
    }

    /// The curves in one stage; `around` is by persona.
    pub(super) fn curve(
        &mut self,
        stage: &StageLayout,
        around: &[CurveNeighbors],
        touchpoints: &[Touchpoint],
    ) -> StageCurves {
        let (drawn, sizes) = (&self.shared.visible_curves, self.text.sizes);
        let (front, is_rest_faint) = (self.front, self.are_others_faint());
        let mut faces = Vec::new();
        for (index, (step, touchpoint)) in stage.steps().iter().zip(touchpoints).enumerate() {
            for feeling in &touchpoint.feelings {
                let persona = persona_index(self.map, feeling);
                let (Some(score), Some(place)) = (feeling.score, drawn.place(persona)) else {
                    continue;
                };
                let side = step.is_branch && !stage.is_folded();
                let x = if stage.is_folded() {
                    let mut worst = stage.face_positions.drawn[persona].iter();
                    match worst.find(|face| face.step == index) {
                        Some(face) => face.x,
                        None => continue,
                    }
                } else {
                    sizes.card_x(step.column) + face_x(place, drawn.count, side, sizes)
                };
                let earlier_of = drawn.earlier_of(persona);
                let is_faint = earlier_of.is_some() || (is_rest_faint && persona != front);
                let scale = match (is_faint, side) {
                    (true, _) => FAINT_FACE,
                    (_, true) => 0.72,
                    _ => 1.0,
                };
                let y = |score| score_y(score, sizes);
                faces.push(CurveFace {
                    persona,
                    earlier_of,
                    step: index,
                    score,
                    at: pt(x, y(score)),
                    size: sizes.face * scale,
                    is_faint,
                    before_after: (feeling.before.map(y), feeling.after.map(y)),
                    label: None,
                    change: None,
                });
            }
        }
        let mut segments = Vec::new();
        for (persona, (spots, around)) in stage.face_positions.drawn.iter().zip(around).enumerate()
        {
            let earlier_of = drawn.earlier_of(persona);
            add_segments((persona, earlier_of), spots, around, &mut segments);
        }
        // What is in front is drawn last.
        segments.sort_by_key(|segment| segment.persona == front);
        faces.sort_by_key(|face| face.persona == front);
        self.add_changes(&mut faces);
        self.add_labels(stage, around, touchpoints, &mut faces);
        StageCurves {
            front,
            is_rest_faint,
            segments,
            faces,
        }
    }
}

impl LayoutInputs<'_> {
    /// Adds the changes from the feelings in the earlier of two maps to those of now.
    fn add_changes(&mut self, faces: &mut [CurveFace]) {
        if faces.iter().all(|face| face.earlier_of.is_none()) {
            return;
        }
        let squares = faces.iter();
        let squares = squares.map(|face| Rect::centered_square(face.at, face.size));
        let mut taken: Vec<Rect> = squares.collect();
        for at in 0..faces.len() {
            let then = &faces[at];
            let Some(now) = then.earlier_of else {
                continue;
            };
            let mut others = faces.iter();
            let now = others.find(|face| face.persona == now && face.step == then.step);
            let Some(now) = now.filter(|now| now.score != then.score) else {
                continue;
            };
            let tenths = i32::from(now.score.tenths()) - i32::from(then.score.tenths());
            let sign = if tenths > 0 { '+' } else { '−' };
            let words = format!("{sign}{:.1}", f64::from(tenths.abs()) / 10.0);
            let role = match tenths > 0 {
                true => TextRole::Good,
                false => TextRole::Bad,
            };
            let block = self
                .text
                .block(&words, size::SMALL_STRONG, role, f32::INFINITY);
            let line = Rect {
                min: pt(then.at.x - 3.0, then.at.y.min(now.at.y)),
                max: pt(then.at.x + 3.0, then.at.y.max(now.at.y)),
            };
            let to = now.at;
            let place = change_place(&line, now.size, (block.width(), block.height()), &taken);
            let mut runs = Vec::new();
            let mut rect = line;
            if let Some(place) = place {
                block.place(place.min.x, place.min.y, &mut runs);
                rect = line.union(&place);
                taken.push(place);
            }
            taken.push(line);
            faces[at].change = Some(FeelingChange {
                to,
                is_better: tenths > 0,
                runs,
                rect,
            });
        }
    }
}

/// The place of words of this size beside the line of a change, which covers no face, no line and no
/// other words; `None` if there is none.
fn change_place(
    line: &Rect,
    face: f32,
    (width, height): (f32, f32),
    taken: &[Rect],
) -> Option<Rect> {
    let x = line.center().x;
    let middle = line.center().y - height / 2.0;
    let beside = face / 2.0 + 3.0;
    let ys = [middle, line.max.y - height / 2.0, line.min.y - height / 2.0];
    let xs = [x + 5.0, x - 5.0 - width, x + beside, x - beside - width];
    let places = xs.into_iter().flat_map(|x| ys.map(|y| (x, y)));
    let mut places = places.map(|(x, y)| Rect::new(x, y, width, height));
    places.find(|place| {
        let apart = place.grow(-0.5);
        !taken.iter().any(|other| other.intersects(&apart))
    })
}

/// Adds the pieces of one persona's curve that begin in a stage.
pub(super) fn add_segments(
    (persona, earlier_of): (usize, Option<usize>),
    spots: &[FacePosition],
    around: &CurveNeighbors,
    out: &mut Vec<CurveSegment>,
) {
    let (line, first) = course(spots, around);
    let slopes = slopes(&line);
    for at in first..first + spots.len() {
        if let Some(points) = piece(&line, &slopes, at) {
            out.push(CurveSegment {
                persona,
                earlier_of,
                step: line[at].2,
                points,
            });
        }
    }
}

/// The pieces of one persona's curve that pass through a stage, also those that begin before it.
fn pieces_through(spots: &[FacePosition], around: &CurveNeighbors) -> Vec<[Point; 4]> {
    let (line, first) = course(spots, around);
    let slopes = slopes(&line);
    let pieces = first.saturating_sub(1)..first + spots.len();
    pieces.filter_map(|at| piece(&line, &slopes, at)).collect()
}

/// The faces of one persona in a stage and the next ones around it, and the index of the first one
/// in the stage.
fn course(spots: &[FacePosition], around: &CurveNeighbors) -> (Vec<(f64, f32, usize)>, usize) {
    let known = |at: &(f64, f32)| (at.0, at.1, 0);
    let before = around.before.iter().rev().flatten().map(known);
    let mut line: Vec<(f64, f32, usize)> = before.collect();
    let first = line.len();
    line.extend(spots.iter().map(|s| (f64::from(s.x), s.y, s.step)));
    line.extend(around.after.iter().flatten().map(known));
    (line, first)
}

/// The piece from the face at an index to the next one, if there is one.
fn piece(line: &[(f64, f32, usize)], slopes: &[f32], at: usize) -> Option<[Point; 4]> {
    let ((x0, y0, _), (x1, y1, _)) = (line.get(at)?, line.get(at + 1)?);
    let (left, width) = (*x0 as f32, (x1 - x0) as f32);
    let third = width / 3.0;
    Some([
        pt(left, *y0),
        pt(left + third, y0 + slopes[at] * third),
        pt(left + width - third, y1 - slopes[at + 1] * third),
        pt(left + width, *y1),
    ])
}

/// Slopes of a monotone cubic at the given points; 0 at every extreme and at both ends of a level
/// stretch.
fn slopes(line: &[(f64, f32, usize)]) -> Vec<f32> {
    let mut slopes = vec![0.0; line.len()];
    for (slope, at) in slopes.iter_mut().skip(1).zip(line.windows(3)) {
        let secant = |a: (f64, f32, usize), b: (f64, f32, usize)| (b.1 - a.1) / (b.0 - a.0) as f32;
        let (before, after) = (secant(at[0], at[1]), secant(at[1], at[2]));
        if before * after > 0.0 {
            // The harmonic mean stays within the region that Fritsch and Carlson prove monotone.
            *slope = 2.0 * before * after / (before + after);
        }
    }
    slopes
}

/// Data exchanged between stages, by stage and within it by persona.
#[derive(Clone, Debug, Default)]
pub(super) struct CurveLinks {
    personas: usize,
    summaries: Vec<CurveSummary>,
    neighbors: Vec<CurveNeighbors>,
    /// The value of `around` in the previous layout.
    previous: Vec<CurveNeighbors>,
}

impl CurveLinks {
    /// Updates the data; `still` if the stages are in the same order as before.
    pub fn update(&mut self, stages: &[StageLayout], still: bool, personas: usize) {
        self.personas = personas;
        if still {
            let rows = self.summaries.chunks_exact_mut(personas);
            for (stage, row) in stages.iter().zip(rows).filter(|(s, _)| s.band_changed) {
                let courses = row.iter_mut().zip(stage.face_positions.summaries());
                courses.for_each(|(course, new)| *course = new);
            }
        } else {
            self.summaries.clear();
            let courses = stages
                .iter()
                .flat_map(|stage| stage.face_positions.summaries());
            self.summaries.extend(courses);
        }
        std::mem::swap(&mut self.neighbors, &mut self.previous);
        self.neighbors.clear();
        self.neighbors
            .resize(self.summaries.len(), CurveNeighbors::default());
        let xs: Vec<f64> = stages.iter().map(|stage| stage.x).collect();
        for persona in 0..personas {
            self.update_neighbors(persona, &xs);
        }
    }

    /// Data of the other stages for the curves in a stage, by persona, and whether it differs from
    /// the previous layout.
    pub fn neighbors_of(&self, stage: usize, was: Option<usize>) -> (&[CurveNeighbors], bool) {
        let row = |k: usize| k * self.personas..(k + 1) * self.personas;
        let around = &self.neighbors[row(stage)];
        let former = was.and_then(|was| self.previous.get(row(was)));
        (around, former != Some(around))
    }

    fn update_neighbors(&mut self, persona: usize, xs: &[f64]) {
        let (courses, around) = (&self.summaries, &mut self.neighbors);
        let every = || (persona..courses.len()).step_by(self.personas).zip(xs);
        let mut before = [None; 2];
        let mut whole = CurveSummary::default();
        let mut marks = [None; 3];
        for (at, x) in every() {
            let course = &courses[at];
            around[at].before = before.map(|face| face.map(|(left, y): (f64, f32)| (left - x, y)));
            let [peak, low] = whole.add_extremes(course.peak, course.low);
            whole.count += course.count;
            for (mark, new) in marks.iter_mut().zip([peak, low, course.count > 0]) {
                if new {
                    *mark = Some(at);
                }
            }
            for spot in course.last.iter().rev().flatten() {
                whole.last[0] = Some(*spot);
                before = [Some((x + f64::from(spot.x), spot.y)), before[0]];
            }
        }
        let mut after: [Option<(f64, f32)>; 2] = [None; 2];
        for (at, x) in every().rev() {
            around[at].after = after.map(|face| face.map(|(right, y)| (right - x, y)));
            for spot in courses[at].first.iter().rev().flatten() {
                after = [Some((x + f64::from(spot.x), spot.y)), after[0]];
            }
        }
        if whole.count >= 3 {
            let found = [whole.peak, whole.low, whole.last[0]];
            for (mark, (at, spot)) in marks.into_iter().zip(found).enumerate() {
                if let (Some(at), Some(spot)) = (at, spot) {
                    around[at].marks[mark] = Some(spot.step);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::{Strategy, prop_assert, proptest};

    fn line() -> impl Strategy<Value = Vec<(f64, f32, usize)>> {
        proptest::collection::vec((1_u32..400, -20_i32..=20), 2..30).prop_map(|steps| {
            let mut x = 0.0;
            steps
                .into_iter()
                .enumerate()
                .map(|(i, (dx, score))| {
                    x += f64::from(dx);
                    (x, score as f32, i)
                })
                .collect()
        })
    }

    proptest! {
        #[test]
        fn the_curve_never_overshoots(line in line()) {
            let slopes = slopes(&line);
            for i in 1..line.len() {
                let (y0, y1) = (line[i - 1].1, line[i].1);
                let third = (line[i].0 - line[i - 1].0) as f32 / 3.0;
                let (c0, c1) = (y0 + slopes[i - 1] * third, y1 - slopes[i] * third);
                for step in 0..=40 {
                    let t = step as f32 / 40.0;
                    let u = 1.0 - t;
                    let y = u * u * u * y0 + 3.0 * u * u * t * c0 + 3.0 * u * t * t * c1 + t * t * t * y1;
                    prop_assert!(y >= y0.min(y1) - 0.001 && y <= y0.max(y1) + 0.001);
                }
            }
        }
    }
}
