//! Data that curves exchange between stages.
//!
//! Must not know: how curves are drawn.

use super::face_positions::{CurveNeighbors, CurveSummary};
use crate::layout::stage::StageLayout;

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
