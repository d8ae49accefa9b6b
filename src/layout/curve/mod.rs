//! The emotion curves.
//!
//! One curve per persona through the main line, by monotone cubic interpolation: Fritsch and
//! Carlson, "Monotone Piecewise Cubic Interpolation", SIAM J. Numer. Anal. 17 (1980). The curve
//! never exceeds the range of the data.
//! Must not know: colours, the scene.

mod curve_points;
mod label;
mod smooth;

use super::LayoutInputs;
use super::cell_content::persona_index;
use super::stage::StageLayout;
use super::text_block::{TextBlock, TextRole, TextRun};
use crate::geom::{Point, Rect, pt};
use crate::model::{Map, PersonaId, Score, Touchpoint};
use crate::text::Measure;
use crate::theme::{Sizes, size};
use curve_points::CurveNeighbors;
pub(super) use curve_points::{CurveLinks, FacePositions};
use smooth::add_segments;
use std::collections::BTreeSet;

/// The scale of the lane.
#[derive(Clone, Debug)]
pub struct FeelingScale {
    /// Height of the neutral line, relative to the top of the lane.
    pub neutral: f32,
    /// Labels of the scale: text relative to the left of the lane.
    pub runs: Vec<TextRun>,
}

/// The curves of one stage.
#[derive(Clone, Debug, Default)]
pub struct StageCurves {
    /// The persona whose curve is tinted and has the moments of truth, by place in the list: the
    /// first one drawn.
    pub main: usize,
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
    /// Index of the touchpoint in its stage.
    pub step: usize,
    /// The score.
    pub score: Score,
    /// Center of the face.
    pub at: Point,
    /// Diameter of the face.
    pub size: f32,
    /// Heights of the scores before and after, if known.
    pub before_after: (Option<f32>, Option<f32>),
    /// The named emotion, with peak, low or end.
    pub label: Option<FaceLabel>,
}

/// A label beside a face.
#[derive(Clone, Debug)]
pub struct FaceLabel {
    /// The lines.
    pub runs: Vec<TextRun>,
    /// Bounding box of the lines.
    pub rect: Rect,
}

/// Personas whose curves are drawn.
#[derive(Debug)]
pub(super) struct VisibleCurves {
    /// Index of each persona among those drawn.
    places: Vec<Option<usize>>,
    /// Number of personas drawn, at least one.
    count: usize,
    /// The first persona drawn, by place in the list.
    main: usize,
}

impl VisibleCurves {
    pub fn of(map: &Map, hidden: &BTreeSet<PersonaId>) -> VisibleCurves {
        let mut places = Vec::with_capacity(map.personas().len());
        let mut next = 0;
        for persona in map.personas() {
            let shown = !hidden.contains(&persona.id);
            places.push(shown.then_some(next));
            next += usize::from(shown);
        }
        if places.is_empty() {
            // Without personas there is one curve, of the customer.
            places.push(Some(0));
        }
        VisibleCurves {
            main: places.iter().position(Option::is_some).unwrap_or(0),
            count: next.max(1),
            places,
        }
    }

    fn place(&self, persona: usize) -> Option<usize> {
        self.places.get(persona).copied().flatten()
    }
}

/// Height of the neutral line.
fn neutral_y(sizes: &Sizes) -> f32 {
    sizes.lane_pad + sizes.curve_margin + sizes.two_points
}

/// Height of the lane.
pub(super) fn lane_height(sizes: &Sizes) -> f32 {
    2.0 * neutral_y(sizes)
}

/// Bottom of the feelings in a stage; 0 if there are none.
pub(super) fn content_bottom(touchpoints: &[Touchpoint], sizes: &Sizes) -> f32 {
    let mut feelings = touchpoints.iter().flat_map(|t| &t.feelings);
    match feelings.any(|feeling| feeling.score.is_some()) {
        true => lane_height(sizes),
        false => 0.0,
    }
}

fn score_y(score: Score, sizes: &Sizes) -> f32 {
    neutral_y(sizes) - score.tenths() as f32 / 20.0 * sizes.two_points
}

/// Width of a card relative to the comfortable density.
fn width_ratio(sizes: &Sizes) -> f32 {
    sizes.card / size::CARD
}

/// Position of a persona's face in a column, from the left edge of the card: personas side by side,
/// so that equal scores do not hide each other, and branches beside their main step.
fn face_x(persona: usize, personas: usize, side: bool, sizes: &Sizes) -> f32 {
    let first = match personas {
        1 => 84.0,
        2 => 58.0,
        _ => 34.0,
    };
    let first = first * width_ratio(sizes);
    let beside = sizes.face + 4.0;
    if side {
        let (apart, next) = (sizes.face * 0.6, sizes.face * 25.0 / 30.0);
        first + personas as f32 * beside + apart + persona as f32 * next
    } else {
        first + persona as f32 * beside
    }
}

/// The scale of the lane with its labels.
pub(super) fn scale(sizes: &Sizes, measure: &mut dyn Measure) -> FeelingScale {
    let style = sizes.text(size::SMALL);
    let mut runs = Vec::new();
    for (score, word) in [
        (Score::MAX, "delighted"),
        (Score::NEUTRAL, "neutral"),
        (Score::MIN, "awful"),
    ] {
        let block = TextBlock::new(word, style, TextRole::Soft, sizes.title_column, measure);
        block.place(
            14.0,
            score_y(score, sizes) - block.height() / 2.0,
            &mut runs,
        );
    }
    FeelingScale {
        neutral: neutral_y(sizes),
        runs,
    }
}

impl LayoutInputs<'_> {
    /// The curves in one stage; `around` is by persona.
    pub(super) fn curve(
        &self,
        stage: &StageLayout,
        around: &[CurveNeighbors],
        touchpoints: &[Touchpoint],
        measure: &mut dyn Measure,
    ) -> StageCurves {
        let (drawn, sizes) = (&self.shared.visible_curves, self.sizes);
        let mut dots = Vec::new();
        for (index, (step, touchpoint)) in stage.steps().iter().zip(touchpoints).enumerate() {
            for feeling in &touchpoint.feelings {
                let Some(score) = feeling.score else { continue };
                let persona = persona_index(self.map, feeling);
                let Some(place) = drawn.place(persona) else {
                    continue;
                };
                let x =
                    sizes.card_x(step.column) + face_x(place, drawn.count, step.is_branch, sizes);
                dots.push(CurveFace {
                    persona,
                    step: index,
                    score,
                    at: pt(x, score_y(score, sizes)),
                    size: if step.is_branch {
                        sizes.face * 0.72
                    } else {
                        sizes.face
                    },
                    before_after: (
                        feeling.before.map(|score| score_y(score, sizes)),
                        feeling.after.map(|score| score_y(score, sizes)),
                    ),
                    label: None,
                });
            }
        }
        let mut segments = Vec::new();
        for (persona, (spots, around)) in stage.face_positions.0.iter().zip(around).enumerate() {
            add_segments(persona, spots, around, &mut segments);
        }
        self.labels(stage, around, touchpoints, &mut dots, measure);
        StageCurves {
            main: drawn.main,
            segments,
            faces: dots,
        }
    }
}
