//! Positions of faces on the main line, and their summaries for the curves of other stages.
//!
//! Must not know: how curves are drawn.

use super::scale::{face_x, score_y};
use crate::layout::cell_content::persona_index;
use crate::layout::grid::GridStep;
use crate::layout::shared_inputs::LayoutInputs;
use crate::model::{Score, Touchpoint};
use crate::theme::Sizes;

/// A face on the main line: x relative to its stage, heights to the lane, index in the stage.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::layout) struct FacePosition {
    pub(super) x: f32,
    pub(super) y: f32,
    /// Heights of the best and the worst of the scores before, at and after the touchpoint.
    pub(super) extremes: [f32; 2],
    pub(super) step: usize,
}

/// The faces of one stage by persona.
#[derive(Clone, Debug, Default)]
pub(in crate::layout) struct FacePositions {
    /// The faces on the main line; of a folded stage the worst one, in its middle.
    pub(super) drawn: Vec<Vec<FacePosition>>,
    summaries: Vec<CurveSummary>,
}

/// Summary of the faces of one persona in one stage, for the curve in other stages.
#[derive(Clone, Copy, Debug, Default)]
pub(in crate::layout) struct CurveSummary {
    pub(super) count: u32,
    pub(super) first: [Option<FacePosition>; 2],
    /// The last two, the last one first.
    pub(super) last: [Option<FacePosition>; 2],
    pub(super) peak: Option<FacePosition>,
    pub(super) low: Option<FacePosition>,
}

/// Data of the other stages for the curve of one persona in one stage; x relative to this stage.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(in crate::layout) struct CurveNeighbors {
    /// The last two faces before this stage, the last one first.
    pub(super) before: [Option<(f64, f32)>; 2],
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
        is_folded: bool,
    ) -> FacePositions {
        let (map, drawn) = (shown.map, &shown.shared.visible_curves);
        let face_x = |place, side| face_x(place, drawn.count, side, shown.text.sizes);
        let mut spots = vec![Vec::new(); map.personas().len().max(1)];
        for (index, (step, touchpoint)) in steps.iter().zip(touchpoints).enumerate() {
            let on_line = is_folded || !step.is_branch;
            for feeling in touchpoint.feelings.iter().filter(|_| on_line) {
                if let Some(score) = feeling.score {
                    let persona = persona_index(map, feeling);
                    let Some(place) = drawn.place(persona) else {
                        continue;
                    };
                    let scores = [Some(score), feeling.before, feeling.after];
                    let best = scores.into_iter().flatten().fold(score, Score::max);
                    let worst = scores.into_iter().flatten().fold(score, Score::min);
                    let y = |score| score_y(score, shown.text.sizes);
                    spots[persona].push(FacePosition {
                        x: shown.text.sizes.card_x(step.column) + face_x(place, false),
                        y: y(score),
                        extremes: [y(best), y(worst)],
                        step: index,
                    });
                }
            }
        }
        if is_folded {
            return FacePositions::folded(spots, steps, shown.text.sizes);
        }
        FacePositions {
            summaries: spots.iter().map(|line| CurveSummary::of(line)).collect(),
            drawn: spots,
        }
    }

    /// The faces of a folded stage. Peak and low of the whole curve still count all on the main
    /// line, so that folding gives these names to no other face.
    fn folded(spots: Vec<Vec<FacePosition>>, steps: &[GridStep], sizes: &Sizes) -> FacePositions {
        let on_line = |spot: &&FacePosition| !steps[spot.step].is_branch;
        let mut faces = FacePositions::default();
        let count = spots.iter().filter(|line| !line.is_empty()).count();
        let mut place = 0.0;
        for line in &spots {
            let main: Vec<FacePosition> = line.iter().filter(on_line).copied().collect();
            let lower = |a: &FacePosition, b: FacePosition| if b.y > a.y { b } else { *a };
            let worst = line.iter().copied().reduce(|a, b| lower(&a, b));
            let worst = worst.map(|worst| FacePosition {
                x: sizes.card_x(0) + sizes.folded_card * (place + 0.5) / count as f32,
                ..worst
            });
            place += if worst.is_some() { 1.0 } else { 0.0 };
            faces.summaries.push(CurveSummary {
                first: [worst, None],
                last: [worst, None],
                ..CurveSummary::of(&main)
            });
            faces.drawn.push(worst.into_iter().collect());
        }
        faces
    }

    /// Summaries for other stages, by persona.
    pub fn summaries(&self) -> impl Iterator<Item = CurveSummary> + '_ {
        self.summaries.iter().copied()
    }
}

impl CurveSummary {
    fn of(line: &[FacePosition]) -> CurveSummary {
        let mut course = CurveSummary {
            count: line.len() as u32,
            first: [line.first().copied(), line.get(1).copied()],
            last: [line.last().copied(), line.iter().rev().nth(1).copied()],
            ..CurveSummary::default()
        };
        for spot in line {
            course.add_extremes(Some(*spot), Some(*spot));
        }
        course
    }

    /// Takes over a higher peak and a lower low; returns whether each was taken. The first of
    /// equal ones counts, as in [`crate::graph::EmotionCurve`].
    pub(super) fn add_extremes(
        &mut self,
        peak: Option<FacePosition>,
        low: Option<FacePosition>,
    ) -> [bool; 2] {
        let [best, worst] = [0, 1].map(|side| move |spot: &FacePosition| spot.extremes[side]);
        let higher = |spot: &FacePosition| self.peak.is_none_or(|peak| best(spot) < best(&peak));
        let lower = |spot: &FacePosition| self.low.is_none_or(|low| worst(spot) > worst(&low));
        let (peak, low) = (peak.filter(higher), low.filter(lower));
        self.peak = peak.or(self.peak);
        self.low = low.or(self.low);
        [peak.is_some(), low.is_some()]
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
