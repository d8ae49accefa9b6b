//! Positions of faces on the main line, and the data that curves exchange between stages.
//!
//! Must not know: how curves are drawn.

use super::{face_x, y};
use crate::layout::Shown;
use crate::layout::cell_content::persona_index;
use crate::layout::grid::Step;
use crate::layout::stage::Stage;
use crate::model::Touchpoint;

/// A face on the main line: x relative to its stage, y to the lane, index in the stage.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::layout) struct Spot {
    pub(super) x: f32,
    pub(super) y: f32,
    pub(super) step: usize,
}

/// The faces of each persona on the main line of one stage.
#[derive(Clone, Debug, Default)]
pub(in crate::layout) struct Spots(pub(super) Vec<Vec<Spot>>);

/// Summary of the faces of one persona in one stage, for the curve in other stages.
#[derive(Clone, Copy, Debug, Default)]
pub(in crate::layout) struct Course {
    count: u32,
    first: [Option<Spot>; 2],
    last: Option<Spot>,
    peak: Option<Spot>,
    low: Option<Spot>,
}

/// Data of the other stages for the curve of one persona in one stage; x relative to this stage.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(in crate::layout) struct Around {
    /// The last face before this stage.
    pub(super) before: Option<(f64, f32)>,
    /// The next two faces after this stage.
    pub(super) after: [Option<(f64, f32)>; 2],
    /// Indices in this stage of the peak, the low and the end of the whole curve.
    pub(super) marks: [Option<usize>; 3],
}

impl Spots {
    pub fn of(shown: &Shown<'_>, touchpoints: &[Touchpoint], steps: &[Step]) -> Spots {
        let (map, drawn) = (shown.map, &shown.common.drawn);
        let face_x = |place, side| face_x(place, drawn.count, side, shown.sizes);
        let mut spots = vec![Vec::new(); map.personas().len().max(1)];
        for (index, (step, touchpoint)) in steps.iter().zip(touchpoints).enumerate() {
            for feeling in touchpoint.feelings.iter().filter(|_| !step.side) {
                if let Some(score) = feeling.score {
                    let persona = persona_index(map, feeling);
                    let Some(place) = drawn.place(persona) else {
                        continue;
                    };
                    spots[persona].push(Spot {
                        x: shown.sizes.card_x(step.column) + face_x(place, false),
                        y: y(score, shown.sizes),
                        step: index,
                    });
                }
            }
        }
        Spots(spots)
    }

    /// Summaries for other stages, by persona.
    pub fn courses(&self) -> impl Iterator<Item = Course> + '_ {
        self.0.iter().map(|line| Course::of(line))
    }
}

impl Course {
    fn of(line: &[Spot]) -> Course {
        let mut course = Course {
            count: line.len() as u32,
            first: [line.first().copied(), line.get(1).copied()],
            last: line.last().copied(),
            ..Course::default()
        };
        for spot in line {
            course.mark(Some(*spot), Some(*spot));
        }
        course
    }

    /// Takes over a higher peak and a lower low; returns whether each was taken. The first of equal
    /// peaks counts, and the last of equal lows.
    fn mark(&mut self, peak: Option<Spot>, low: Option<Spot>) -> [bool; 2] {
        let higher = |spot: &Spot| self.peak.is_none_or(|peak| spot.y < peak.y);
        let lower = |spot: &Spot| self.low.is_none_or(|low| spot.y >= low.y);
        let (peak, low) = (peak.filter(higher), low.filter(lower));
        self.peak = peak.or(self.peak);
        self.low = low.or(self.low);
        [peak.is_some(), low.is_some()]
    }
}

/// Data exchanged between stages, by stage and within it by persona.
#[derive(Clone, Debug, Default)]
pub(in crate::layout) struct Between {
    personas: usize,
    courses: Vec<Course>,
    around: Vec<Around>,
    /// The value of `around` in the previous layout.
    former: Vec<Around>,
}

impl Between {
    /// Updates the data; `still` if the stages are in the same order as before.
    pub fn follow(&mut self, stages: &[Stage], still: bool, personas: usize) {
        self.personas = personas;
        if still {
            let rows = self.courses.chunks_exact_mut(personas);
            for (stage, row) in stages.iter().zip(rows).filter(|(s, _)| s.band_fresh) {
                let courses = row.iter_mut().zip(stage.spots.courses());
                courses.for_each(|(course, new)| *course = new);
            }
        } else {
            self.courses.clear();
            let courses = stages.iter().flat_map(|stage| stage.spots.courses());
            self.courses.extend(courses);
        }
        std::mem::swap(&mut self.around, &mut self.former);
        self.around.clear();
        self.around.resize(self.courses.len(), Around::default());
        let xs: Vec<f64> = stages.iter().map(|stage| stage.x).collect();
        for persona in 0..personas {
            self.look_around(persona, &xs);
        }
    }

    /// Data of the other stages for the curves in a stage, by persona, and whether it differs from
    /// the previous layout.
    pub fn at(&self, stage: usize, was: Option<usize>) -> (&[Around], bool) {
        let row = |k: usize| k * self.personas..(k + 1) * self.personas;
        let around = &self.around[row(stage)];
        let former = was.and_then(|was| self.former.get(row(was)));
        (around, former != Some(around))
    }

    fn look_around(&mut self, persona: usize, xs: &[f64]) {
        let (courses, around) = (&self.courses, &mut self.around);
        let every = || (persona..courses.len()).step_by(self.personas).zip(xs);
        let mut before = None;
        let mut whole = Course::default();
        let mut marks = [None; 3];
        for (at, x) in every() {
            let course = &courses[at];
            around[at].before = before.map(|(left, y): (f64, f32)| (left - x, y));
            let [peak, low] = whole.mark(course.peak, course.low);
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

impl Around {
    /// Label of a face that is an extreme or the end of the whole curve; empty for others.
    pub(super) fn word(&self, step: usize) -> &'static str {
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
