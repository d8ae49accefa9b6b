//! Scores: every metric of a map over time, with intervals, targets and changes; the lists of a
//! monthly meeting.
//!
//! Must not know: files, windows.

mod actions;
mod attention;
mod map_scores;
mod periods;
mod ranking;
mod score;
mod sentences;
#[cfg(test)]
mod tests;

pub(super) use actions::serves;
pub use actions::{ActionEffect, EffectVerdict, action_effects};
pub use map_scores::Scores;
pub use periods::{Period, PeriodMean, period_means};
pub use ranking::RankedScore;
pub use score::{AttentionReason, KeyMoment, ScoreChange, ScoreSeries, ScoreVerdict};
pub use sentences::{change_reason, change_text, figure, signed, source_text, value_text};
