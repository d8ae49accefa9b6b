//! Narrative section on feelings: the emotion curve of each persona in words.

use super::writer::{NarrativeWriter, escape_markdown, escaped_sentence, quoted_markdown};
use crate::english::join_with_and;
use crate::graph::{CurvePoint, EmotionCurve};
use crate::insight::stats::PersonaCurve;
use crate::model::PersonaId;
use std::fmt::Write;

impl NarrativeWriter<'_> {
    pub(crate) fn feelings(&self) -> Vec<String> {
        let moods: Vec<String> = self
            .stats
            .curves
            .iter()
            .filter_map(|mood| Some(self.persona_curve(mood, mood.curve.as_ref()?)))
            .collect();
        if moods.is_empty() {
            return Vec::new();
        }
        let scale = "Scores run from −2 (awful) to +2 (delighted), along the usual way.";
        let mut paragraphs = vec!["## How it feels".to_owned(), scale.to_owned()];
        paragraphs.extend(moods);
        paragraphs.extend(self.moments());
        paragraphs
    }

    fn persona_curve(&self, mood: &PersonaCurve, curve: &EmotionCurve) -> String {
        let who = mood
            .persona
            .as_ref()
            .and_then(|id| self.map.personas().get(id));
        let who = who.map_or("The customer".to_owned(), |p| escape_markdown(&p.name));
        let persona = mood.persona.as_ref();
        let start = curve.points[0];
        let mut said = format!(
            "**{who}** begins at {} with {}.",
            start.score,
            self.touchpoint(start.touchpoint)
        );
        let _ = write!(
            said,
            " The best moment is {}",
            self.moment(persona, curve.peak)
        );
        let _ = write!(said, " The worst is {}", self.moment(persona, curve.trough));
        if let Some((before, after)) = curve.largest_drop() {
            let _ = write!(
                said,
                " The deepest fall is from {} at {} to {} at {}.",
                before.score,
                self.touchpoint(before.touchpoint),
                after.score,
                self.touchpoint(after.touchpoint)
            );
        }
        let how = match curve.end {
            end if end == curve.peak => ", its best moment",
            end if end == curve.trough => ", its worst moment",
            _ => "",
        };
        let end = self.touchpoint(curve.end.touchpoint);
        let _ = write!(said, " It ends at {} with {end}{how}.", curve.end.score);
        if curve.unscored > 0 {
            let _ = write!(
                said,
                " Nothing is said about {} of {} steps.",
                curve.unscored,
                curve.unscored + curve.points.len()
            );
        }
        said
    }

    /// Describes a moment with its emotion and quote.
    fn moment(&self, persona: Option<&PersonaId>, moment: CurvePoint) -> String {
        let touchpoint = self.touchpoints[moment.touchpoint];
        let main = self.map.personas().iter().next().map(|p| &p.id);
        let felt = touchpoint
            .feelings
            .iter()
            .find(|f| f.persona.as_ref().or(main) == persona && f.score == Some(moment.score));
        let quote = felt.map_or("", |f| f.quote.trim());
        let emotion = felt.map_or("", |f| f.emotion.trim());
        let mut said = format!("{} at {}", quoted_markdown(&touchpoint.name), moment.score);
        if !emotion.is_empty() {
            let _ = write!(said, ", {}", escape_markdown(emotion));
        }
        match quote {
            "" => said.push('.'),
            quote => {
                let _ = write!(said, ": *{}*", escaped_sentence(quote));
            }
        }
        said
    }

    fn moments(&self) -> Option<String> {
        let truth: Vec<String> = self
            .touchpoints
            .iter()
            .filter(|t| t.moment_of_truth)
            .map(|t| quoted_markdown(&t.name))
            .collect();
        (!truth.is_empty()).then(|| format!("What decides: {}.", join_with_and(&truth)))
    }
}
