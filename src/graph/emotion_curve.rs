//! The emotion curve of a persona along a route, with its peak, trough and end.
//!
//! People remember the strongest moment and the last one rather than the mean
//! (the peak–end rule: Fredrickson and Kahneman, “Duration neglect in
//! retrospective evaluations of affective episodes”, 1993). So a curve always
//! includes peak, trough and end.

use super::journey_graph::{Graph, StepInfo};
use crate::model::{PersonaId, Score};

/// A scored step of a route.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CurvePoint {
    /// Its index on the route, from 0.
    pub step: usize,
    /// The position of its touchpoint.
    pub touchpoint: usize,
    /// The score.
    pub score: Score,
}

/// The emotion curve of a persona along a route.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EmotionCurve {
    /// The scored steps in order; at least one.
    pub points: Vec<CurvePoint>,
    /// The best moment; the first of equal ones.
    pub peak: CurvePoint,
    /// The worst moment; the first of equal ones.
    pub trough: CurvePoint,
    /// The last moment.
    pub end: CurvePoint,
    /// The number of steps without a score.
    pub unscored: usize,
}

impl EmotionCurve {
    /// The mean of the scores. Never to be shown without peak, trough and end.
    pub fn mean(&self) -> f64 {
        let tenths = self.points.iter().map(|m| i64::from(m.score.tenths()));
        let sum: i64 = tenths.sum();
        sum as f64 / 10.0 / self.points.len() as f64
    }

    /// The largest drop from one moment to the next; `None` if the curve never falls.
    pub fn largest_drop(&self) -> Option<(CurvePoint, CurvePoint)> {
        let falls = self.points.windows(2).map(|pair| (pair[0], pair[1]));
        falls
            .filter(|(before, after)| after.score < before.score)
            // The first of equal ones.
            .min_by_key(|(before, after)| {
                i16::from(after.score.tenths()) - i16::from(before.score.tenths())
            })
    }
}

impl Graph {
    /// The score of a persona at each touchpoint; `None` selects the first
    /// persona of the map, or the customer if the map has no personas. Of several
    /// feelings of one persona at one touchpoint the first with a score counts.
    pub fn scores(&self, persona: Option<&PersonaId>) -> Vec<Option<Score>> {
        let who = persona.or(self.main_persona.as_ref());
        let of_step = |step: &StepInfo| {
            let mut scores = step.scores.iter();
            scores
                .find(|(felt_by, _)| felt_by.as_ref() == who)
                .map(|(_, score)| *score)
        };
        self.steps.iter().map(of_step).collect()
    }

    /// The emotion curve along a route, given the result of [`Graph::scores`];
    /// `None` if no step has a score.
    pub fn curve(&self, scores: &[Option<Score>], way: &[usize]) -> Option<EmotionCurve> {
        let scored = way.iter().enumerate().filter_map(|(step, &touchpoint)| {
            let score = scores.get(touchpoint).copied().flatten()?;
            Some(CurvePoint {
                step,
                touchpoint,
                score,
            })
        });
        let moments: Vec<CurvePoint> = scored.collect();
        let peak = *moments.iter().rev().max_by_key(|m| m.score)?;
        let trough = *moments.iter().min_by_key(|m| m.score)?;
        let end = *moments.last()?;
        Some(EmotionCurve {
            unscored: way.len() - moments.len(),
            points: moments,
            peak,
            trough,
            end,
        })
    }
}
