//! The impact of touchpoints: how many more customers would arrive if fewer were lost there, and
//! the feeling they would remember if it were better there. Arithmetic on the map's own shares
//! and feelings, not proof of cause.
//!
//! Must not know: words for people, windows.

use crate::graph::{AbsorbingChain, CurvePoint, Graph};
use crate::model::PersonaId;

/// Loops with more touchpoints have their impact computed for the [`MAX_EXACT`] largest losses only.
const LARGE_LOOP: usize = 400;
/// See [`LARGE_LOOP`].
const MAX_EXACT: usize = 200;

/// The way of customers through a map, and the impact of its touchpoints. Shares are of all
/// customers, 0 … 1.
#[derive(Clone, Debug, Default)]
pub struct Impact {
    /// The share of customers who arrive at the last contact.
    pub arrives: f64,
    /// The ends elsewhere, marked as such, that customers get to, with their shares; the largest
    /// first.
    pub ends: Vec<(usize, f64)>,
    /// The share of customers who leave on the way, where nothing leads on.
    pub leaves: f64,
    /// The share of customers who are caught in a loop that nothing leads out of.
    pub caught: f64,
    /// The number of branches at which a share is not stated, so that it was spread evenly.
    pub assumed: usize,
    /// The expected number of touchpoints passed by a customer.
    pub contacts: f64,
    /// The expected time of a customer in minutes.
    pub minutes: f64,
    /// The number of touchpoints without a time that customers pass.
    pub untimed: usize,
    /// The touchpoints at which customers are lost, by what halving the loss would bring.
    pub losses: Vec<LossImpact>,
    /// The remembered feeling; `None` without scores on the usual way.
    pub feeling: Option<RememberedFeeling>,
    /// The touchpoints of the usual way by what a better feeling there would bring.
    pub feelings: Vec<FeelingImpact>,
}

/// A touchpoint at which customers are lost: they leave, or take a way from which nobody arrives.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LossImpact {
    /// The position of the touchpoint.
    pub touchpoint: usize,
    /// The expected number of visits of a customer.
    pub visits: f64,
    /// The share of all customers lost here.
    pub lost: f64,
    /// The share of all customers who would arrive in addition if half of the loss stayed and went
    /// on like the others: the removal effect, halved.
    pub gain: f64,
}

/// The feeling that is remembered, by peak and end, beside the plain mean. A meta-analysis of 174
/// effects (Alaybek et al., Organizational Behavior and Human Decision Processes 170, 2022,
/// doi 10.1016/j.obhdp.2022.104149) finds both equally good, so neither is the right one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RememberedFeeling {
    /// The moment of the greatest intensity, whichever its sign; the later of equal ones.
    pub peak: CurvePoint,
    /// The last moment.
    pub end: CurvePoint,
    /// The mean of the scores at the touchpoints.
    pub mean: f64,
}

impl RememberedFeeling {
    /// The mean of peak and end.
    pub fn peak_end(&self) -> f64 {
        f64::midpoint(self.peak.score.value(), self.end.score.value())
    }
}

/// The effect of a better feeling at a touchpoint of the usual way.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FeelingImpact {
    /// The position of the touchpoint.
    pub touchpoint: usize,
    /// The difference of the mean of peak and end.
    pub peak_end: f64,
    /// The difference of the mean of all scores.
    pub mean: f64,
}

impl Impact {
    /// Computes the expected number of visits of a customer to each touchpoint.
    pub fn visits(graph: &Graph) -> Vec<f64> {
        graph.absorbing_chain().visits(&starts(graph))
    }

    /// Computes the impact of all touchpoints for a persona; `None` is the first.
    pub fn of(graph: &Graph, persona: Option<&PersonaId>) -> Impact {
        let (Some(last), chain) = (graph.last_contact(), graph.absorbing_chain()) else {
            return Impact::default();
        };
        let starts = starts(graph);
        let visits = chain.visits(&starts);
        let arrival = chain.arrival(|at| at == last);
        let mut impact = Impact {
            arrives: starts.iter().map(|(at, share)| arrival[*at] * share).sum(),
            contacts: visits.iter().sum(),
            assumed: graph.assumed_branches(),
            losses: losses(&chain, &visits, &arrival, last),
            ..Impact::default()
        };
        for (at, visits) in visits
            .iter()
            .enumerate()
            .filter(|(_, visits)| **visits > 0.0)
        {
            let leaving = visits * chain.leaving(at);
            if at != last && leaving > 0.0 {
                match graph.is_marked_end(at) {
                    true => impact.ends.push((at, leaving)),
                    false => impact.leaves += leaving,
                }
            }
            if chain.is_trap(at) {
                impact.caught += visits;
            }
            match graph.minutes(at) {
                Some(minutes) => impact.minutes += visits * f64::from(minutes),
                None => impact.untimed += 1,
            }
        }
        impact.ends.sort_by(|a, b| b.1.total_cmp(&a.1));
        let moments = graph.moments(persona, &graph.usual_route());
        impact.feeling = remembered(&moments);
        impact.feelings = feelings(&moments);
        impact
    }
}

/// The touchpoints at which customers start, with equal shares.
fn starts(graph: &Graph) -> Vec<(usize, f64)> {
    let starts = graph.starts();
    let each = 1.0 / starts.len() as f64;
    starts.into_iter().map(|at| (at, each)).collect()
}

/// Customers who are lost at a touchpoint leave there, or take a way from which nobody arrives. If
/// half of them went on like the others, the row of the touchpoint would change by `scale` times
/// itself, and the arrival by the formula of Sherman and Morrison for a change of one row.
fn losses(chain: &AbsorbingChain, visits: &[f64], arrival: &[f64], last: usize) -> Vec<LossImpact> {
    let mut losses: Vec<(LossImpact, f64)> = Vec::new();
    for (at, visits) in visits.iter().copied().enumerate() {
        let moves = chain.moves(at).iter();
        let astray = moves.filter(|(to, _)| arrival[*to] <= 0.0);
        let leaving = if at == last { 0.0 } else { chain.leaving(at) };
        let loss: f64 = leaving + astray.map(|(_, share)| share).sum::<f64>();
        if loss > 0.0 && visits > 0.0 && arrival[at] > 0.0 {
            let scale = loss / 2.0 / (1.0 - loss);
            let loss = LossImpact {
                touchpoint: at,
                visits,
                lost: visits * loss,
                gain: visits * scale * arrival[at],
            };
            losses.push((loss, scale));
        }
    }
    losses.sort_by(|a, b| b.0.gain.total_cmp(&a.0.gain));
    for (rank, (loss, scale)) in losses.iter_mut().enumerate() {
        if rank < MAX_EXACT || chain.loop_len(loss.touchpoint) <= LARGE_LOOP {
            let returns = chain.visits_of_itself(loss.touchpoint) - 1.0;
            loss.gain /= 1.0 - *scale * returns;
        }
    }
    losses.sort_by(|a, b| b.0.gain.total_cmp(&a.0.gain));
    losses.into_iter().map(|(loss, _)| loss).collect()
}

/// The more intense of two moments; the second one of equal ones.
fn more_intense(a: CurvePoint, b: CurvePoint) -> CurvePoint {
    let intensity = |point: CurvePoint| point.score.tenths().unsigned_abs();
    if intensity(a) > intensity(b) { a } else { b }
}

fn remembered(moments: &[CurvePoint]) -> Option<RememberedFeeling> {
    let at = moments.iter().filter(|point| point.is_at());
    let (mut sum, mut count) = (0.0, 0.0);
    for point in at {
        sum += point.score.value();
        count += 1.0;
    }
    Some(RememberedFeeling {
        peak: moments.iter().copied().reduce(more_intense)?,
        end: *moments.last()?,
        mean: if count > 0.0 { sum / count } else { 0.0 },
    })
}

/// The effect of a feeling better by one at each touchpoint, those of the most first.
fn feelings(moments: &[CurvePoint]) -> Vec<FeelingImpact> {
    let Some(before) = remembered(moments) else {
        return Vec::new();
    };
    // The most intense moment up to each one, and from each one on.
    let (mut ahead, mut behind) = (moments.to_vec(), moments.to_vec());
    for at in 1..moments.len() {
        ahead[at] = more_intense(ahead[at - 1], ahead[at]);
    }
    for at in (1..moments.len()).rev() {
        behind[at - 1] = more_intense(behind[at - 1], behind[at]);
    }
    let count = moments.iter().filter(|point| point.is_at()).count().max(1);
    let mut start = 0;
    let mut impacts: Vec<FeelingImpact> = Vec::new();
    for step in moments.chunk_by(|a, b| a.step == b.step) {
        let end = start + step.len();
        let raised = step.iter().map(|point| point.raised());
        let (mut rise, mut last) = (0.0, before.end);
        let mut peak = start.checked_sub(1).map(|at| ahead[at]);
        for (point, was) in raised.zip(step) {
            if point.is_at() {
                rise += point.score.value() - was.score.value();
            }
            peak = Some(peak.map_or(point, |peak| more_intense(peak, point)));
            if end == moments.len() {
                last = point;
            }
        }
        let peak = match (peak, behind.get(end)) {
            (Some(peak), Some(behind)) => more_intense(peak, *behind),
            (peak, behind) => peak.or(behind.copied()).unwrap_or(before.peak),
        };
        let peak_end = f64::midpoint(peak.score.value(), last.score.value());
        impacts.push(FeelingImpact {
            touchpoint: step[0].touchpoint,
            peak_end: peak_end - before.peak_end(),
            mean: rise / count as f64,
        });
        start = end;
    }
    impacts.retain(|impact| impact.peak_end != 0.0 || impact.mean != 0.0);
    impacts.sort_by(|a, b| {
        b.peak_end
            .total_cmp(&a.peak_end)
            .then(b.mean.total_cmp(&a.mean))
    });
    impacts
}

#[cfg(test)]
mod tests;
