//! The emotion curve of a persona along a route, with its peak, trough and end.
//!
//! People remember the strongest moment and the last one rather than the mean
//! (the peak–end rule: Fredrickson and Kahneman, “Duration neglect in
//! retrospective evaluations of affective episodes”, 1993). So a curve always
//! includes peak, trough and end.

use super::journey_graph::{Graph, StepInfo};
use super::step_scores::{Moment, StepScores};
use crate::model::{PersonaId, Score};

/// A score on a route.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CurvePoint {
    /// The index of its step on the route, from 0.
    pub step: usize,
    /// The position of its touchpoint.
    pub touchpoint: usize,
    /// The moment of the step.
    pub moment: Moment,
    /// The score.
    pub score: Score,
}

impl CurvePoint {
    /// Whether this is the moment at the touchpoint.
    pub fn is_at(&self) -> bool {
        self.moment == Moment::At
    }

    /// The moment with a score better by one, or the best there is.
    #[must_use]
    pub fn raised(&self) -> CurvePoint {
        let best = Score::from_tenths(i64::from(self.score.tenths()) + 10);
        CurvePoint {
            score: best.or(Score::from_tenths(20)).unwrap_or(self.score),
            ..*self
        }
    }
}

/// The emotion curve of a persona along a route.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EmotionCurve {
    /// The scores at the touchpoints in order; at least one.
    pub points: Vec<CurvePoint>,
    /// The best moment, before and after steps included; the first of equal ones.
    pub peak: CurvePoint,
    /// The worst moment, before and after steps included; the first of equal ones.
    pub trough: CurvePoint,
    /// The last moment, after the last step included.
    pub end: CurvePoint,
    /// The number of steps without a score.
    pub unscored: usize,
}

impl EmotionCurve {
    /// The mean of the scores at the touchpoints. Never to be shown without peak, trough and
    /// end.
    pub fn mean(&self) -> f64 {
        let tenths = self.points.iter().map(|m| i64::from(m.score.tenths()));
        let sum: i64 = tenths.sum();
        sum as f64 / 10.0 / self.points.len() as f64
    }

    /// The largest drop from one touchpoint to the next; `None` if the curve never falls.
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
    /// The scores of a persona at a step: of several feelings the first with a score counts.
    fn step_scores(&self, step: &StepInfo, persona: Option<&PersonaId>) -> StepScores {
        let who = persona.or(self.main_persona.as_ref());
        let own = || step.feelings.iter().filter(|(by, _)| by.as_ref() == who);
        let scored = own().find(|(_, scores)| scores.at.is_some());
        let found = scored.or_else(|| own().next());
        found.map_or(StepScores::default(), |(_, scores)| *scores)
    }

    /// The score of a persona at each touchpoint; `None` selects the first
    /// persona of the map, or the customer if the map has no personas. Of several
    /// feelings of one persona at one touchpoint the first with a score counts.
    pub fn scores(&self, persona: Option<&PersonaId>) -> Vec<Option<Score>> {
        let of_step = |step| self.step_scores(step, persona).at;
        self.steps.iter().map(of_step).collect()
    }

    /// The scored moments of a persona along a route in order, see [`Graph::scores`].
    pub fn moments(&self, persona: Option<&PersonaId>, way: &[usize]) -> Vec<CurvePoint> {
        let steps = self.scored_steps(persona, way);
        let moments = steps.flat_map(|(scores, point)| scores.moments().map(point));
        moments.collect()
    }

    /// The scores of each step of a route, and what makes a point of one of them.
    fn scored_steps(
        &self,
        persona: Option<&PersonaId>,
        way: &[usize],
    ) -> impl Iterator<Item = (StepScores, impl Fn((Moment, Score)) -> CurvePoint + Copy)> {
        way.iter()
            .enumerate()
            .filter_map(move |(step, &touchpoint)| {
                let scores = self.step_scores(self.steps.get(touchpoint)?, persona);
                let point = move |(moment, score)| CurvePoint {
                    step,
                    touchpoint,
                    moment,
                    score,
                };
                Some((scores, point))
            })
    }

    /// The emotion curve of a persona along a route, see [`Graph::scores`]; `None` if no
    /// touchpoint on it has a score.
    pub fn curve(&self, persona: Option<&PersonaId>, way: &[usize]) -> Option<EmotionCurve> {
        let steps = self.scored_steps(persona, way);
        let (mut points, mut peak, mut trough, mut end) = (Vec::new(), None, None, None);
        for (scores, point) in steps {
            points.extend(scores.at.map(|score| point((Moment::At, score))));
            let best = scores.extreme(|score, best| score > best).map(point);
            let worst = scores.extreme(|score, worst| score < worst).map(point);
            let is_best =
                |it: &CurvePoint| peak.is_none_or(|peak: CurvePoint| it.score > peak.score);
            let is_worst =
                |it: &CurvePoint| trough.is_none_or(|low: CurvePoint| it.score < low.score);
            peak = best.filter(is_best).or(peak);
            trough = worst.filter(is_worst).or(trough);
            end = scores.moments().next_back().map(point).or(end);
        }
        let unscored = way.len() - points.len();
        (!points.is_empty()).then_some(())?;
        Some(EmotionCurve {
            points,
            peak: peak?,
            trough: trough?,
            end: end?,
            unscored,
        })
    }
}
