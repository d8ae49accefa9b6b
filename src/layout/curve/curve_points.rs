//! Positions of faces on the main line, and the data that curves exchange between stages.
//!
//! Must not know: how curves are drawn.

use super::{face_x, score_y};
use crate::layout::LayoutInputs;
use crate::layout::cell_content::persona_index;
use crate::layout::grid::GridStep;
use crate::layout::stage::StageLayout;
use crate::model::Touchpoint;

/// A face on the main line: x relative to its stage, y to the lane, index in the stage.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::layout) struct FacePosition {
    pub(super) x: f32,
    pub(super) y: f32,
    pub(super) step: usize,
}

/// The faces of each persona on the main line of one stage.
#[derive(Clone, Debug, Default)]
pub(in crate::layout) struct FacePositions(pub(super) Vec<Vec<FacePosition>>);

/// Summary of the faces of one persona in one stage, for the curve in other stages.
#[derive(Clone, Copy, Debug, Default)]
pub(in crate::layout) struct CurveSummary {
    count: u32,
    first: [Option<FacePosition>; 2],
    last: Option<FacePosition>,
    peak: Option<FacePosition>,
    low: Option<FacePosition>,
}

/// Data of the other stages for the curve of one persona in one stage; x relative to this stage.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(in crate::layout) struct CurveNeighbors {
    /// The last face before this stage.
    pub(super) before: Option<(f64, f32)>,
    /// The next two faces after this stage.
    pub(super) after: [Option<(f64, f32)>; 2],
    /// Indices in this stage of the peak, the low and the end of the whole curve.
    pub(super) marks: [Option<usize>; 3],
}

impl FacePositions {
    pub fn of(
        shown: &LayoutInputs<'_>,
        touchpoints: &[Touchpoint],
        steps: &[GridStep],
    ) -> FacePositions {
        let (map, drawn) = (shown.map, &shown.shared.visible_curves);
        let face_x = |place, side| face_x(place, drawn.count, side, shown.sizes);
        let mut spots = vec![Vec::new(); map.personas().len().max(1)];
        for (index, (step, touchpoint)) in steps.iter().zip(touchpoints).enumerate() {
            for feeling in touchpoint.feelings.iter().filter(|_| !step.is_branch) {
                if let Some(score) = feeling.score {
                    let persona = persona_index(map, feeling);
                    let Some(place) = drawn.place(persona) else {
                        continue;
                    };
                    spots[persona].push(FacePosition {
                        x: shown.sizes.card_x(step.column) + face_x(place, false),
                        y: score_y(score, shown.sizes),
                        step: index,
                    });
                }
            }
        }
        FacePositions(spots)
    }

    /// Summaries for other stages, by persona.
    pub fn summaries(&self) -> impl Iterator<Item = CurveSummary> + '_ {
        self.0.iter().map(|line| CurveSummary::of(line))
    }
}

impl CurveSummary {
    fn of(line: &[FacePosition]) -> CurveSummary {
        let mut course = CurveSummary {
            count: line.len() as u32,
            first: [line.first().copied(), line.get(1).copied()],
            last: line.last().copied(),
            ..CurveSummary::default()
        };
        for spot in line {
            course.add_extremes(Some(*spot), Some(*spot));
        }
        course
    }

    /// Takes over a higher peak and a lower low; returns whether each was taken. The first of equal
    /// peaks counts, and the last of equal lows.
    fn add_extremes(&mut self, peak: Option<FacePosition>, low: Option<FacePosition>) -> [bool; 2] {
        let higher = |spot: &FacePosition| self.peak.is_none_or(|peak| spot.y < peak.y);
        let lower = |spot: &FacePosition| self.low.is_none_or(|low| spot.y >= low.y);
        let (peak, low) = (peak.filter(higher), low.filter(lower));
        self.peak = peak.or(self.peak);
        self.low = low.or(self.low);
        [peak.is_some(), low.is_some()]
    }
}

/// Data exchanged between stages, by stage and within it by persona.
#[derive(Clone, Debug, Default)]
pub(in crate::layout) struct CurveLinks {
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
        let mut before = None;
        let mut whole = CurveSummary::default();
        let mut marks = [None; 3];
        for (at, x) in every() {
            let course = &courses[at];
            around[at].before = before.map(|(left, y): (f64, f32)| (left - x, y));
            let [peak, low] = whole.add_extremes(course.peak, course.low);
            whole.count += course.count;
            for (mark, new) in marks.iter_mut().zip([peak, low, course.count > 0]) {
                if new {
                    *mark = Some(at);
                }
            }
            if let Some(spot) = course.last {
                whole.last = Some(spot);
                before = Some((x + f64::from(spot.x), spot.y));
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
            let found = [whole.peak, whole.low, whole.last];
            for (mark, (at, spot)) in marks.into_iter().zip(found).enumerate() {
                if let (Some(at), Some(spot)) = (at, spot) {
                    around[at].marks[mark] = Some(spot.step);
                }
            }
        }
    }
}

impl CurveNeighbors {
    /// Label of a face that is an extreme or the end of the whole curve; empty for others.
    pub(super) fn mark_label(&self, step: usize) -> &'static str {
        let [peak, low, end] = self.marks;
        match step {
            s if Some(s) == peak && Some(s) == end => "peak, end",
            s if Some(s) == low && Some(s) == end => "low, end",
            s if Some(s) == peak => "peak",
            s if Some(s) == low => "low",
            s if Some(s) == end => "end",
            _ => "",
        }
    }
}
