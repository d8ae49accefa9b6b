//! Single answers, counted by kind.
//!
//! Must not know: maps.

use crate::folding::fold_text;
use crate::insight::{SurveyScale, survey_scale};

/// Words that count, and words that do not.
const YES: [&str; 5] = ["yes", "y", "true", "ja", "1"];
const NO: [&str; 5] = ["no", "n", "false", "nein", "0"];

/// The counts of answers to one question.
#[derive(Debug)]
pub(super) struct AnswerCounts {
    scale: SurveyScale,
    pub counts: Vec<u32>,
}

impl AnswerCounts {
    /// The counts for a metric with a unit: of NPS, of a scale from 1 that the unit states or the
    /// metric usually has, or of yes and no for a share. The error says that the scale is unknown.
    pub fn new(metric: &str, unit: &str) -> Result<AnswerCounts, String> {
        let scale = survey_scale(metric, unit);
        let scale = scale.ok_or("the scale is unknown: write “of 5” or “%” in a column unit")?;
        let kinds = match scale {
            SurveyScale::Nps => 3,
            SurveyScale::Share => 2,
            SurveyScale::Steps(steps) => steps,
        };
        Ok(AnswerCounts {
            scale,
            counts: vec![0; kinds],
        })
    }

    /// Counts an answer. The error says why it is none.
    pub fn add(&mut self, answer: &str) -> Result<(), String> {
        let number = || answer.parse::<usize>().ok();
        let folded = fold_text(answer);
        let kind = match self.scale {
            SurveyScale::Nps => number().and_then(|it| match it {
                9 | 10 => Some(0),
                7 | 8 => Some(1),
                0..=6 => Some(2),
                _ => None,
            }),
            SurveyScale::Share if YES.contains(&folded.as_str()) => Some(0),
            SurveyScale::Share if NO.contains(&folded.as_str()) => Some(1),
            SurveyScale::Share => None,
            SurveyScale::Steps(steps) => number()
                .filter(|it| (1..=steps).contains(it))
                .map(|it| it - 1),
        };
        let kind = kind.ok_or_else(|| {
            let expected = match self.scale {
                SurveyScale::Nps => "0 to 10".to_owned(),
                SurveyScale::Share => "yes or no".to_owned(),
                SurveyScale::Steps(steps) => format!("1 to {steps}"),
            };
            format!("“{answer}” is no answer from {expected}")
        })?;
        if let Some(count) = self.counts.get_mut(kind) {
            *count = count.saturating_add(1);
        }
        Ok(())
    }
}
