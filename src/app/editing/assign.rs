//! Assigns an owner, a channel, an environment or a persona's feeling to one or several
//! touchpoints, always as one undo step.
//!
//! Must not know: egui, sessions, views.

pub use crate::app::document::assignment::Assignment;
use crate::app::document::multi_selection::touchpoints_text;
use crate::edit::Intent;
use crate::model::{Feeling, Map, PersonaId, Score, Touchpoint, TouchpointId};

impl Assignment {
    /// Noun for the label in the history.
    fn noun(&self) -> &'static str {
        match self {
            Assignment::Owner(_) => "owner",
            Assignment::Channel(_) => "channel",
            Assignment::Environment(_) => "environment",
            Assignment::Persona(_) => "persona",
        }
    }

    fn apply_to(&self, map: &Map, touchpoint: &mut Touchpoint) {
        match self {
            Assignment::Owner(owner) => touchpoint.owner.clone_from(owner),
            Assignment::Channel(channel) => touchpoint.channel.clone_from(channel),
            Assignment::Environment(environment) => touchpoint.environment.clone_from(environment),
            Assignment::Persona(persona) => {
                if feeling_index(map, touchpoint, persona).is_none() {
                    touchpoint.feelings.push(Feeling {
                        persona: Some(persona.clone()),
                        score: Some(Score::NEUTRAL),
                        ..Feeling::default()
                    });
                }
            }
        }
    }

    fn is_applied(&self, map: &Map, touchpoint: &Touchpoint) -> bool {
        let mut after = touchpoint.clone();
        self.apply_to(map, &mut after);
        after == *touchpoint
    }

    /// The assignment that removes the value; `None` for a persona's feeling.
    fn inverse(&self) -> Option<Assignment> {
        Some(match self {
            Assignment::Owner(_) => Assignment::Owner(None),
            Assignment::Channel(_) => Assignment::Channel(None),
            Assignment::Environment(_) => Assignment::Environment(None),
            Assignment::Persona(_) => return None,
        })
    }
}

/// Index of a persona's feeling at a touchpoint. A feeling without a persona belongs to
/// the first persona.
pub fn feeling_index(map: &Map, touchpoint: &Touchpoint, persona: &PersonaId) -> Option<usize> {
    let first = map.personas().as_slice().first().map(|p| &p.id);
    touchpoint
        .feelings
        .iter()
        .position(|f| f.persona.as_ref().or(first) == Some(persona))
}

/// Builds the intent that assigns a value to these touchpoints; `None` if all have it.
pub fn assign_intent(map: &Map, ids: &[TouchpointId], gift: &Assignment) -> Option<Intent> {
    let mut intents = Vec::new();
    for before in ids.iter().filter_map(|id| map.touchpoint(id)) {
        let mut after = before.clone();
        gift.apply_to(map, &mut after);
        if after != *before {
            intents.push(Intent::SetTouchpoint(Box::new(after)));
        }
    }
    let label = match (gift, ids.len()) {
        (Assignment::Persona(_), many) => format!("Add feeling to {}", touchpoints_text(many)),
        (gift, 1) => format!("Set {}", gift.noun()),
        (gift, many) => format!("Set {} of {}", gift.noun(), touchpoints_text(many)),
    };
    (!intents.is_empty()).then_some(Intent::Batch { label, intents })
}

/// Builds the intent that assigns a value, or removes it if all touchpoints have it.
pub fn toggle_intent(map: &Map, ids: &[TouchpointId], gift: &Assignment) -> Option<Intent> {
    let mut there = ids.iter().filter_map(|id| map.touchpoint(id));
    match gift.inverse() {
        Some(opposite) if there.all(|t| gift.is_applied(map, t)) => {
            assign_intent(map, ids, &opposite)
        }
        _ => assign_intent(map, ids, gift),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::document::multi_selection::tests::map;
    use crate::edit::plan;
    use crate::model::Persona;

    fn done(map: &mut Map, intent: Option<Intent>) -> bool {
        let Some(intent) = intent else {
            return false;
        };
        plan(map, &intent).unwrap().apply(map).unwrap();
        true
    }

    #[test]
    fn toggling_an_owner_assigns_to_all_then_removes_from_all() {
        let mut map = map("abc");
        let ids: Vec<TouchpointId> = vec!["a".into(), "b".into()];
        let sales = Assignment::Owner(Some("sales".into()));
        let one = assign_intent(&map, &ids[..1], &sales);
        assert_eq!(one.as_ref().unwrap().label(), "Set owner");
        assert!(done(&mut map, one));
        // Only one of the two has it: toggling assigns it to both.
        let both = toggle_intent(&map, &ids, &sales);
        assert_eq!(both.as_ref().unwrap().label(), "Set owner of 2 touchpoints");
        assert!(done(&mut map, both));
        let owners = |map: &Map| map.touchpoints().filter(|t| t.owner.is_some()).count();
        assert_eq!(owners(&map), 2);
        assert_eq!(assign_intent(&map, &ids, &sales), None);
        let back = toggle_intent(&map, &ids, &sales);
        assert!(done(&mut map, back));
        assert_eq!(owners(&map), 0);
    }

    #[test]
    fn assigning_a_persona_adds_at_most_one_feeling() {
        let mut map = map("a");
        let add = Intent::AddPersona(Box::new(Persona::new("jana".into(), "Jana")));
        assert!(done(&mut map, Some(add)));
        let ids: Vec<TouchpointId> = vec!["a".into()];
        let jana = Assignment::Persona("jana".into());
        let first = assign_intent(&map, &ids, &jana);
        assert!(done(&mut map, first));
        let feeling = &map.touchpoint(&ids[0]).unwrap().feelings[0];
        assert_eq!(feeling.score, Some(Score::NEUTRAL));
        assert_eq!(toggle_intent(&map, &ids, &jana), None);
    }
}
