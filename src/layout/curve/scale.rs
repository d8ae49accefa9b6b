//! Heights of scores, places of faces beside each other, and the scale of the lane.
//!
//! Must not know: stages, colours.

use crate::layout::comparison_options::ComparisonOptions;
use crate::layout::text_block::{TextContext, TextRole, TextRun};
use crate::model::{Map, PersonaId, Score, Touchpoint};
use crate::theme::{Sizes, size};
use std::collections::BTreeSet;

/// The scale of the lane.
#[derive(Clone, Debug)]
pub struct FeelingScale {
    /// Height of the neutral line, relative to the top of the lane.
    pub neutral: f32,
    /// Labels of the scale: text relative to the left of the lane.
    pub runs: Vec<TextRun>,
}

/// Personas whose curves are drawn.
#[derive(Debug)]
pub(in crate::layout) struct VisibleCurves {
    /// Index of each persona among those drawn.
    places: Vec<Option<usize>>,
    earlier_of: Vec<Option<usize>>,
    /// Number of personas drawn, at least one, without those of an earlier map.
    pub(super) count: usize,
}

impl VisibleCurves {
    pub fn of(
        map: &Map,
        hidden: &BTreeSet<PersonaId>,
        compared: Option<&ComparisonOptions>,
    ) -> VisibleCurves {
        let personas = map.personas();
        let mut places = Vec::with_capacity(personas.len());
        let mut earlier_of = vec![None; personas.len()];
        let mut next = 0;
        for (at, persona) in personas.iter().enumerate() {
            let now = compared.and_then(|it| it.earlier.get(&persona.id));
            let now = now.and_then(|id| personas.position(id));
            if let Some(now) = now.filter(|now| *now < at) {
                // Above or below the face of now.
                earlier_of[at] = Some(now);
                places.push(places[now]);
                continue;
            }
            let shown = !hidden.contains(&persona.id);
            places.push(shown.then_some(next));
            next += usize::from(shown);
        }
        if places.is_empty() {
            // Without personas there is one curve, of the customer.
            places.push(Some(0));
        }
        VisibleCurves {
            count: next.max(1),
            places,
            earlier_of,
        }
    }

    /// The persona whose feelings in the earlier of two maps a persona has, by places in the list.
    pub(super) fn earlier_of(&self, persona: usize) -> Option<usize> {
        self.earlier_of.get(persona).copied().flatten()
    }

    /// The persona in front, by place in the list: the wanted one if it is drawn, else the first
    /// that is.
    pub fn front(&self, map: &Map, wanted: Option<&PersonaId>) -> usize {
        let wanted = wanted.and_then(|id| map.personas().position(id));
        let wanted = wanted.filter(|at| self.place(*at).is_some());
        let first = || self.places.iter().position(Option::is_some);
        wanted.or_else(first).unwrap_or(0)
    }

    pub(super) fn place(&self, persona: usize) -> Option<usize> {
        self.places.get(persona).copied().flatten()
    }
}

/// Height of the neutral line.
fn neutral_y(sizes: &Sizes) -> f32 {
    sizes.lane_pad + sizes.curve_margin + sizes.two_points
}

/// Height of the lane.
pub(in crate::layout) fn lane_height(sizes: &Sizes) -> f32 {
    2.0 * neutral_y(sizes)
}

/// Bottom of the feelings in a stage; 0 if there are none.
pub(in crate::layout) fn content_bottom(touchpoints: &[Touchpoint], sizes: &Sizes) -> f32 {
    let mut feelings = touchpoints.iter().flat_map(|t| &t.feelings);
    let any = feelings.any(|feeling| feeling.score.is_some());
    if any { lane_height(sizes) } else { 0.0 }
}

pub(super) fn score_y(score: Score, sizes: &Sizes) -> f32 {
    neutral_y(sizes) - score.tenths() as f32 / 20.0 * sizes.two_points
}

/// Width of a card relative to the comfortable density.
pub(super) fn width_ratio(sizes: &Sizes) -> f32 {
    sizes.card / size::CARD
}

/// Left end and width of the room for the faces of more than three personas in a column, in the
/// comfortable density.
const MANY_FACES: (f32, f32) = (34.0, 106.0);
/// The same for the faces of branches.
const MANY_BRANCHES: (f32, f32) = (168.0, 60.0);

/// Position of a persona's face in a column, from the left edge of the card: personas side by side,
/// so that equal scores do not hide each other, and branches beside their main step.
pub(super) fn face_x(persona: usize, personas: usize, side: bool, sizes: &Sizes) -> f32 {
    let ratio = width_ratio(sizes);
    let first = match personas {
        1 => 84.0,
        2 => 58.0,
        _ => 34.0,
    };
    let (main, branch) = (sizes.face + 4.0, sizes.face * 25.0 / 30.0);
    let most = (personas - 1).max(1) as f32;
    if personas <= 3 {
        let first = first * ratio;
        return if side {
            first + personas as f32 * main + sizes.face * 0.6 + persona as f32 * branch
        } else {
            first + persona as f32 * main
        };
    }
    // Many stand closer together, because only one of them is a whole face.
    let ((start, room), widest) = if side {
        (MANY_BRANCHES, branch)
    } else {
        (MANY_FACES, main)
    };
    start * ratio + persona as f32 * (room * ratio / most).min(widest)
}

/// The scale of the lane with its labels.
pub(in crate::layout) fn scale(text: &mut TextContext<'_>) -> FeelingScale {
    let sizes = text.sizes;
    let mut runs = Vec::new();
    for (score, word) in [
        (Score::MAX, "delighted"),
        (Score::NEUTRAL, "neutral"),
        (Score::MIN, "awful"),
    ] {
        let block = text.block(word, size::SMALL, TextRole::Soft, sizes.title_column);
        let top = score_y(score, sizes) - block.height() / 2.0;
        block.place(14.0, top, &mut runs);
    }
    FeelingScale {
        neutral: neutral_y(sizes),
        runs,
    }
}
