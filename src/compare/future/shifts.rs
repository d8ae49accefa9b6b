//! The parts of a summary of a future journey as data.
//!
//! Must not know: how they are found or told.

use crate::compare::matching::Objects;
use crate::model::{PersonaId, Score};
use serde::Serialize;

/// The least score of a step that delights, in tenths: the upper half of the good feelings.
pub const DELIGHT_TENTHS: i8 = 10;

/// The fate of a stage or a step in the future journey.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Fate {
    /// Nothing about it differs.
    Kept,
    /// It has other content or another place.
    Changed,
    /// Only the current journey has it.
    Removed,
    /// Only the future journey has it.
    New,
}

impl Fate {
    /// All fates, in the order in which they are counted.
    pub const ALL: [Fate; 4] = [Fate::Kept, Fate::Changed, Fate::New, Fate::Removed];

    /// The word on screen.
    pub fn word(self) -> &'static str {
        match self {
            Fate::Kept => "kept",
            Fate::Changed => "changed",
            Fate::Removed => "removed",
            Fate::New => "new",
        }
    }
}

/// A value in both journeys; `None` where it is not stated.
pub type WasIs<T> = [Option<T>; 2];

/// The feeling of a persona at a step, in both journeys.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FeelingShift {
    /// The persona; `None` is the first one, or the customer.
    pub persona: Option<PersonaId>,
    /// The name of the persona.
    pub name: String,
    /// The scores.
    pub score: WasIs<Score>,
}

/// A pain point that the future journey does not have any more.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RemovedPain {
    /// The text.
    pub text: String,
    /// The names of the actions that answer it.
    pub actions: Vec<String>,
}

/// An opportunity of the current journey that the future one has taken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TakenOpportunity {
    /// The text.
    pub text: String,
    /// Whether it exceeds what customers expect.
    pub delight: bool,
    /// The names of the actions that take it up.
    pub actions: Vec<String>,
}

/// A step in both journeys.
#[derive(Clone, Debug, PartialEq)]
pub struct StepShift {
    /// The touchpoint.
    pub objects: Objects,
    /// The name, that in the future journey if it has the step.
    pub name: String,
    /// The fate.
    pub fate: Fate,
    /// The names of the channels if they differ.
    pub channel: Option<WasIs<String>>,
    /// Whether customers serve themselves only in the future.
    pub becomes_self_service: bool,
    /// Whether no person works on the other end only in the future.
    pub becomes_automated: bool,
    /// The names of the owners if they differ.
    pub owner: Option<WasIs<String>>,
    /// The feelings of each persona with a score on one of both sides.
    pub feelings: Vec<FeelingShift>,
    /// The durations in minutes.
    pub minutes: WasIs<u32>,
    /// Pain points that are gone.
    pub pains_removed: Vec<RemovedPain>,
    /// The texts of pain points that the current journey does not have.
    pub pains_added: Vec<String>,
    /// Opportunities that were taken.
    pub taken: Vec<TakenOpportunity>,
    /// The texts of delights that the current journey does not have.
    pub delights_added: Vec<String>,
}

impl StepShift {
    /// Whether some persona felt bad here, and none feels bad any more.
    pub fn stops_being_bad(&self) -> bool {
        let is_bad = |score: Option<Score>| score.is_some_and(|score| score < Score::NEUTRAL);
        let was_bad = self.feelings.iter().any(|it| is_bad(it.score[0]));
        self.objects.after.is_some()
            && was_bad
            && !self.feelings.iter().any(|it| is_bad(it.score[1]))
    }

    /// Whether the step delights only in the future: by a feeling of [`DELIGHT_TENTHS`] or by a delight
    /// that was added or taken.
    pub fn starts_to_delight(&self) -> bool {
        let delights =
            |score: Option<Score>| score.is_some_and(|score| score.tenths() >= DELIGHT_TENTHS);
        let shifts = |it: &FeelingShift| delights(it.score[1]) && !delights(it.score[0]);
        self.objects.after.is_some()
            && (self.feelings.iter().any(shifts)
                || !self.delights_added.is_empty()
                || self.taken.iter().any(|it| it.delight))
    }

    /// The minutes that customers save; of a new step less than none. `None` if a duration is not
    /// stated.
    pub fn minutes_saved(&self) -> Option<i64> {
        let has = [&self.objects.before, &self.objects.after].map(Option::is_some);
        let minutes = [0, 1].map(|side| match (has[side], self.minutes[side]) {
            (false, _) => Some(0),
            (true, minutes) => minutes.map(i64::from),
        });
        Some(minutes[0]? - minutes[1]?)
    }
}

/// A stage in both journeys.
#[derive(Clone, Debug, PartialEq)]
pub struct StageShift {
    /// The stage.
    pub objects: Objects,
    /// The name.
    pub name: String,
    /// The fate of the stage itself.
    pub fate: Fate,
    /// The steps, those that are removed behind the step that they followed.
    pub steps: Vec<StepShift>,
}

/// An action of the future journey with its expected effect.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Hypothesis {
    /// The name of the action.
    pub action: String,
    /// The name of the department that carries it out.
    pub owner: Option<String>,
    /// The due date.
    pub due: Option<String>,
    /// The metric and the expected change: `feeling +1.1`.
    pub effect: Option<String>,
    /// The texts of the pain points and opportunities that it answers in one of the journeys.
    pub answers: Vec<String>,
}

/// The effort in a lane with scores, as a mean over its touchpoints.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct LaneMean {
    /// The title of the lane.
    pub lane: String,
    /// The means of the touchpoints with a score.
    pub mean: WasIs<f64>,
}

/// Totals of both journeys.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Totals {
    /// The number of steps of each fate, in the order of [`Fate::ALL`].
    pub steps: [usize; 4],
    /// The time that the usual route takes in minutes, before and after, of steps with a duration.
    pub minutes: [u64; 2],
    /// The number of steps on it without one.
    pub untimed: [usize; 2],
    /// Handoffs between owners on the usual route.
    pub handoffs: [usize; 2],
    /// Handoffs on all paths.
    pub all_handoffs: [usize; 2],
    /// Steps without an owner who is needed.
    pub unowned: [usize; 2],
    /// Steps in which customers serve themselves.
    pub self_service: [usize; 2],
    /// Steps in which no person works on the other end.
    pub automated: [usize; 2],
    /// Pain points.
    pub pains: [usize; 2],
    /// Means of the feelings of each persona on the usual route.
    pub feelings: Vec<(String, WasIs<f64>)>,
    /// Means of lanes with scores, such as the effort of customers.
    pub lanes: Vec<LaneMean>,
}
