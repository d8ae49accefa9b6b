//! The emotion curves.
//!
//! One curve per persona through the main line, by monotone cubic interpolation: Fritsch and
//! Carlson, "Monotone Piecewise Cubic Interpolation", SIAM J. Numer. Anal. 17 (1980). The curve
//! never exceeds the range of the data.
//! Must not know: colours, the scene.

mod curve_points;
mod face_positions;
mod label;
mod scale;
mod smooth;

use super::LayoutInputs;
use super::cell_content::persona_index;
use super::stage::StageLayout;
use super::text_block::TextRun;
use crate::geom::{Point, Rect, pt};
use crate::model::{Score, Touchpoint};
use crate::text::Measure;
use face_positions::CurveNeighbors;
use scale::{face_x, score_y};
use smooth::add_segments;

pub(super) use curve_points::CurveLinks;
pub(super) use face_positions::FacePositions;
pub use scale::FeelingScale;
pub(super) use scale::{VisibleCurves, content_bottom, lane_height, scale};
pub use smooth::CurveSegment;

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
