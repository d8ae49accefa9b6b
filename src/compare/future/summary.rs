//! The summary of a future journey.
//!
//! Must not know: sentences.

use super::shifts::{Hypothesis, StageShift, StepShift, Totals};
use super::{steps, totals};
use crate::compare::comparison::Comparison;

/// A future journey against the current one.
#[derive(Clone, Debug, PartialEq)]
pub struct FutureSummary {
    /// The titles of both maps.
    pub titles: [String; 2],
    /// The stages, those that are removed behind the stage that they followed.
    pub stages: Vec<StageShift>,
    /// Actions that change something, with their expected effects.
    pub hypotheses: Vec<Hypothesis>,
    /// Totals.
    pub totals: Totals,
}

impl FutureSummary {
    /// The summary of a comparison of a current journey with a future one.
    pub fn of(comparison: &Comparison) -> FutureSummary {
        let stages = steps::stages(comparison);
        let totals = totals::totals(comparison, &stages);
        let hypotheses = totals::hypotheses(comparison);
        let maps = [&comparison.before, &comparison.aligned];
        FutureSummary {
            titles: maps.map(|map| map.header().title.clone()),
            stages,
            hypotheses,
            totals,
        }
    }

    /// All steps.
    pub fn steps(&self) -> impl Iterator<Item = &StepShift> {
        self.stages.iter().flat_map(|stage| &stage.steps)
    }
}
