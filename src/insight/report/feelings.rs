//! Narrative section on feelings: the emotion curve of each persona in words.

use super::writer::{
    NarrativeWriter, escape_markdown, escaped_sentence, named, quoted_markdown, unless_blank,
};
use crate::english::join_with_and;
use crate::graph::{CurvePoint, EmotionCurve, Moment};
use crate::insight::stats::PersonaCurve;
use crate::model::PersonaId;

impl NarrativeWriter<'_> {
    pub(crate) fn feelings(&self) -> Vec<String> {
        let curves = self.stats.curves.iter();
        let curves = curves.filter_map(|it| Some(self.persona_curve(it, it.curve.as_ref()?)));
        let mut paragraphs: Vec<String> = curves.collect();
        if paragraphs.is_empty() {
            return paragraphs;
        }
        let scale = "Scores run from −2 (awful) to +2 (delighted), along the usual way.";
        paragraphs.insert(0, scale.to_owned());
        let decisive = self.touchpoints_where(|t| t.moment_of_truth);
        if !decisive.is_empty() {
            paragraphs.push(format!("What decides: {}.", join_with_and(&decisive)));
        }
        paragraphs
    }

    fn persona_curve(&self, felt_by: &PersonaCurve, curve: &EmotionCurve) -> String {
        let persona = felt_by.persona.as_ref();
        let who = persona.and_then(|id| self.map.personas().get(id));
        let who = who.map_or("The customer".to_owned(), |p| named(&p.name));
        let at =
            |point: CurvePoint| format!("{} at {}", point.score, self.touchpoint(point.touchpoint));
        let with = |point: CurvePoint| {
            let word = match point.moment {
                Moment::At => "with",
                moment => moment.word(),
            };
            format!(
                "{} {word} {}",
                point.score,
                self.touchpoint(point.touchpoint)
            )
        };
        let fall = curve
            .largest_drop()
            .map_or(String::new(), |(before, after)| {
                format!(" The deepest fall is from {} to {}.", at(before), at(after))
            });
        let end = match curve.end {
            end if end == curve.peak => ", its best moment",
            end if end == curve.trough => ", its worst moment",
            _ => "",
        };
        let mut said = format!(
            "**{who}** begins at {}. The best moment is {} The worst is {}{fall} It ends at {}{end}.",
            with(curve.points[0]),
            self.moment(persona, curve.peak),
            self.moment(persona, curve.trough),
            with(curve.end),
        );
        if curve.unscored > 0 {
            let (unscored, all) = (curve.unscored, curve.unscored + curve.points.len());
            said += &format!(" Nothing is said about {unscored} of {all} steps.");
        }
        said
    }

    /// Describes a moment with its emotion and quote.
    fn moment(&self, persona: Option<&PersonaId>, moment: CurvePoint) -> String {
        let touchpoint = self.touchpoints[moment.touchpoint];
        let main = self.map.personas().iter().next().map(|p| &p.id);
        let mut feelings = touchpoint.feelings.iter();
        let felt = feelings.find(|f| {
            let scores = [f.before, f.score, f.after];
            f.persona.as_ref().or(main) == persona && scores.contains(&Some(moment.score))
        });
        let (emotion, quote) = felt.map_or(("", ""), |f| (&f.emotion, &f.quote));
        let emotion = unless_blank(emotion, |text| format!(", {}", escape_markdown(text)));
        let quote = match quote.trim() {
            "" => ".".to_owned(),
            quote => format!(": *{}*", escaped_sentence(quote)),
        };
        let name = quoted_markdown(&touchpoint.name);
        let when = match moment.moment {
            Moment::At => "",
            Moment::Before => "before ",
            Moment::After => "after ",
        };
        format!("{when}{name} at {}{emotion}{quote}", moment.score)
    }
}
