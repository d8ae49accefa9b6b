//! Changes the feeling of one persona at touchpoints by keys.
//!
//! Must not know: egui, sessions, views.

use super::assign::feeling_index;
use crate::edit::Intent;
use crate::english::count;
use crate::model::{Feeling, Map, PersonaId, Score, TouchpointId};

/// Score change of a key press, in tenths.
const KEY_STEP_TENTHS: f64 = 5.0;

/// A change of scores by a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ScoreChange {
    /// Half a point up.
    Better,
    /// Half a point down.
    Worse,
    /// Sets the score to the middle of the scale.
    Neutral,
    /// Sets this score.
    To(Score),
}

/// Returns the intent that changes the score of a persona at touchpoints; one without a
/// feeling of the persona gets a neutral one first. `None` if no score changes. Without
/// a persona the feeling is that of the customer.
pub fn score_intent(
    map: &Map,
    ids: &[TouchpointId],
    persona: Option<&PersonaId>,
    change: ScoreChange,
) -> Option<Intent> {
    let mut intents = Vec::new();
    for before in ids.iter().filter_map(|id| map.touchpoint(id)) {
        let mut after = before.clone();
        let known = match persona {
            Some(persona) => feeling_index(map, before, persona),
            None => (!before.feelings.is_empty()).then_some(0),
        };
        let at = known.unwrap_or_else(|| {
            after.feelings.push(Feeling {
                persona: persona.cloned(),
                ..Feeling::default()
            });
            before.feelings.len()
        });
        if let Some(feeling) = after.feelings.get_mut(at) {
            let score = feeling.score.unwrap_or(Score::NEUTRAL);
            feeling.score = Some(match change {
                ScoreChange::Better => shifted_score(score, KEY_STEP_TENTHS),
                ScoreChange::Worse => shifted_score(score, -KEY_STEP_TENTHS),
                ScoreChange::Neutral => Score::NEUTRAL,
                ScoreChange::To(score) => score,
            });
        }
        if after != *before {
            intents.push(Intent::SetTouchpoint(Box::new(after)));
        }
    }
    let label = match ids.len() {
        1 => "Change feeling".to_owned(),
        many => format!("Change feeling at {}", count(many, "touchpoint")),
    };
    (!intents.is_empty()).then_some(Intent::Batch { label, intents })
}

/// Returns a score moved by tenths within the scale.
pub fn shifted_score(score: Score, tenths: f64) -> Score {
    let tenths = (f64::from(score.tenths()) + tenths).clamp(-20.0, 20.0);
    Score::from_tenths(tenths as i64).unwrap_or(score)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::document::multi_selection::tests::map;
    use crate::edit::plan;
    use crate::model::Persona;

    #[test]
    fn each_persona_has_scores_of_its_own() {
        let mut map = map("ab");
        let apply = |map: &mut Map, intent: Intent| plan(map, &intent).unwrap().apply(map);
        for name in ["jana", "tom"] {
            let persona = Box::new(Persona::new(name.into(), name));
            apply(&mut map, Intent::AddPersona(persona)).unwrap();
        }
        let ids: Vec<TouchpointId> = vec!["a".into(), "b".into()];
        let (jana, tom): (PersonaId, PersonaId) = ("jana".into(), "tom".into());
        for (persona, change) in [
            (&tom, ScoreChange::Worse),
            (&jana, ScoreChange::Better),
            (&jana, ScoreChange::Better),
            (&tom, ScoreChange::Neutral),
        ] {
            let intent = score_intent(&map, &ids, Some(persona), change).unwrap();
            apply(&mut map, intent).unwrap();
        }
        for id in &ids {
            let touchpoint = map.touchpoint(id).unwrap();
            let score = |persona| {
                let at = feeling_index(&map, touchpoint, persona).unwrap();
                touchpoint.feelings[at].score.unwrap().tenths()
            };
            assert_eq!((score(&jana), score(&tom)), (10, 0));
            assert_eq!(touchpoint.feelings.len(), 2);
        }
        let again = score_intent(&map, &ids, Some(&tom), ScoreChange::Neutral);
        assert_eq!(again, None);
    }
}
