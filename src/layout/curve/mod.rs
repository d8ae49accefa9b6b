//! The emotion curves.
//!
//! One curve per persona through the main line, by monotone cubic interpolation: Fritsch and
//! Carlson, "Monotone Piecewise Cubic Interpolation", SIAM J. Numer. Anal. 17 (1980). The curve
//! never exceeds the range of the data.
//! Must not know: colours, the scene.

mod curve_points;
mod label;
mod smooth;

use super::Shown;
use super::cell_content::persona_index;
use super::stage::Stage;
use super::text_block::{Block, Ink, Run};
use crate::geom::{Point, Rect, pt};
use crate::model::{Map, PersonaId, Score, Touchpoint};
use crate::text::Measure;
use crate::theme::{Sizes, size};
use curve_points::Around;
pub(super) use curve_points::{Between, Spots};
use smooth::segments_of;
use std::collections::BTreeSet;

/// The scale of the lane.
#[derive(Clone, Debug)]
pub struct Scale {
    /// Height of the neutral line, relative to the top of the lane.
    pub neutral: f32,
    /// Labels of the scale: text relative to the left of the lane.
    pub runs: Vec<Run>,
}

/// The curves of one stage.
#[derive(Clone, Debug, Default)]
pub struct Curve {
    /// The persona whose curve is tinted and has the moments of truth, by place in the list: the
    /// first one drawn.
    pub main: usize,
    /// Pieces between faces; the piece to the next stage belongs to its left end.
    pub segments: Vec<Segment>,
    /// The faces.
    pub dots: Vec<Dot>,
}

/// A piece of a curve from one face to the next, relative to stage and lane.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Segment {
    /// The persona, by place in the list.
    pub persona: usize,
    /// The touchpoint at the left end, by index in its stage.
    pub step: usize,
    /// Start, two control points, end.
    pub points: [Point; 4],
}

/// A face on a curve, relative to stage and lane.
#[derive(Clone, Debug)]
pub struct Dot {
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
    pub label: Option<Label>,
}

/// A label beside a face.
#[derive(Clone, Debug)]
pub struct Label {
    /// The lines.
    pub runs: Vec<Run>,
    /// Bounding box of the lines.
    pub rect: Rect,
}

/// Personas whose curves are drawn.
#[derive(Debug)]
pub(super) struct Drawn {
    /// Index of each persona among those drawn.
    places: Vec<Option<usize>>,
    /// Number of personas drawn, at least one.
    count: usize,
    /// The first persona drawn, by place in the list.
    main: usize,
}

impl Drawn {
    pub fn of(map: &Map, hidden: &BTreeSet<PersonaId>) -> Drawn {
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
        Drawn {
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
fn neutral(sizes: &Sizes) -> f32 {
    sizes.lane_pad + sizes.curve_air + sizes.two_points
}

/// Height of the lane.
pub(super) fn height(sizes: &Sizes) -> f32 {
    2.0 * neutral(sizes)
}

/// Bottom of the feelings in a stage; 0 if there are none.
pub(super) fn bottom(touchpoints: &[Touchpoint], sizes: &Sizes) -> f32 {
    let mut feelings = touchpoints.iter().flat_map(|t| &t.feelings);
    match feelings.any(|feeling| feeling.score.is_some()) {
        true => height(sizes),
        false => 0.0,
    }
}

fn y(score: Score, sizes: &Sizes) -> f32 {
    neutral(sizes) - score.tenths() as f32 / 20.0 * sizes.two_points
}

/// Width of a card relative to the comfortable density.
fn narrower(sizes: &Sizes) -> f32 {
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
    let first = first * narrower(sizes);
    let beside = sizes.face + 4.0;
    if side {
        let (apart, next) = (sizes.face * 0.6, sizes.face * 25.0 / 30.0);
        first + personas as f32 * beside + apart + persona as f32 * next
    } else {
        first + persona as f32 * beside
    }
}

/// The scale of the lane with its labels.
pub(super) fn scale(sizes: &Sizes, measure: &mut dyn Measure) -> Scale {
    let style = sizes.text(size::SMALL);
    let mut runs = Vec::new();
    for (score, word) in [
        (Score::MAX, "delighted"),
        (Score::NEUTRAL, "neutral"),
        (Score::MIN, "awful"),
    ] {
        let block = Block::new(word, style, Ink::Soft, sizes.titles, measure);
        block.place(14.0, y(score, sizes) - block.height() / 2.0, &mut runs);
    }
    Scale {
        neutral: neutral(sizes),
        runs,
    }
}

impl Shown<'_> {
    /// The curves in one stage; `around` is by persona.
    pub(super) fn curve(
        &self,
        stage: &Stage,
        around: &[Around],
        touchpoints: &[Touchpoint],
        measure: &mut dyn Measure,
    ) -> Curve {
        let (drawn, sizes) = (&self.common.drawn, self.sizes);
        let mut dots = Vec::new();
        for (index, (step, touchpoint)) in stage.steps().iter().zip(touchpoints).enumerate() {
            for feeling in &touchpoint.feelings {
                let Some(score) = feeling.score else { continue };
                let persona = persona_index(self.map, feeling);
                let Some(place) = drawn.place(persona) else {
                    continue;
                };
                let x = sizes.card_x(step.column) + face_x(place, drawn.count, step.side, sizes);
                dots.push(Dot {
                    persona,
                    step: index,
                    score,
                    at: pt(x, y(score, sizes)),
                    size: if step.side {
                        sizes.face * 0.72
                    } else {
                        sizes.face
                    },
                    before_after: (
                        feeling.before.map(|score| y(score, sizes)),
                        feeling.after.map(|score| y(score, sizes)),
                    ),
                    label: None,
                });
            }
        }
        let mut segments = Vec::new();
        for (persona, (spots, around)) in stage.spots.0.iter().zip(around).enumerate() {
            segments_of(persona, spots, around, &mut segments);
        }
        self.labels(stage, around, touchpoints, &mut dots, measure);
        Curve {
            main: drawn.main,
            segments,
            dots,
        }
    }
}
