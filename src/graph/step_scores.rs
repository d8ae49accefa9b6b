//! The scores of a feeling before, at and after a touchpoint.
//!
//! Must not know: the graph, routes.

use crate::model::{Feeling, Score};

/// A moment of a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moment {
    /// On arriving.
    Before,
    /// At the touchpoint.
    At,
    /// On leaving.
    After,
}

impl Moment {
    /// The preposition: `after “Pays the fee”`.
    pub fn word(self) -> &'static str {
        match self {
            Moment::Before => "before",
            Moment::At => "at",
            Moment::After => "after",
        }
    }
}

/// The scores of a feeling.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct StepScores {
    before: Option<Score>,
    pub at: Option<Score>,
    after: Option<Score>,
}

impl StepScores {
    pub fn of(feeling: &Feeling) -> StepScores {
        StepScores {
            before: feeling.before,
            at: feeling.score,
            after: feeling.after,
        }
    }

    /// The scores in order.
    pub fn moments(self) -> impl DoubleEndedIterator<Item = (Moment, Score)> {
        let all = [
            (Moment::Before, self.before),
            (Moment::At, self.at),
            (Moment::After, self.after),
        ];
        let known = |(moment, score): (Moment, Option<Score>)| Some((moment, score?));
        all.into_iter().filter_map(known)
    }

    /// The extreme moment by a comparison; of equal ones that at the touchpoint.
    pub fn extreme(self, is_beyond: fn(Score, Score) -> bool) -> Option<(Moment, Score)> {
        let start = self.at.map(|score| (Moment::At, score));
        self.moments()
            .fold(start, |found, (moment, score)| match found {
                Some((_, best)) if !is_beyond(score, best) => found,
                _ => Some((moment, score)),
            })
    }
}
