//! Assigns an owner, a channel, an environment or a persona's feeling to one or several
//! touchpoints, always as one undo step.
//!
//! Must not know: egui, sessions, views.

use crate::app::document::multi_selection::count;
use crate::edit::Intent;
use crate::model::{
    ChannelId, DepartmentId, EnvironmentId, Feeling, Map, PersonaId, Score, Touchpoint,
    TouchpointId,
};

/// A value that can be assigned to touchpoints.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Gift {
    /// An owner, or none.
    Owner(Option<DepartmentId>),
    /// A channel, or none.
    Channel(Option<ChannelId>),
    /// An environment, or none.
    Environment(Option<EnvironmentId>),
    /// A neutral feeling of a persona that has none there yet.
    Persona(PersonaId),
}

impl Gift {
    /// Noun for the label in the history.
    fn word(&self) -> &'static str {
        match self {
            Gift::Owner(_) => "owner",
            Gift::Channel(_) => "channel",
            Gift::Environment(_) => "environment",
            Gift::Persona(_) => "persona",
        }
    }

    fn give(&self, map: &Map, touchpoint: &mut Touchpoint) {
        match self {
            Gift::Owner(owner) => touchpoint.owner.clone_from(owner),
            Gift::Channel(channel) => touchpoint.channel.clone_from(channel),
            Gift::Environment(environment) => touchpoint.environment.clone_from(environment),
            Gift::Persona(persona) => {
                if feeling_of(map, touchpoint, persona).is_none() {
                    touchpoint.feelings.push(Feeling {
                        persona: Some(persona.clone()),
                        score: Some(Score::NEUTRAL),
                        ..Feeling::default()
                    });
                }
            }
        }
    }

    fn is_given(&self, map: &Map, touchpoint: &Touchpoint) -> bool {
        let mut after = touchpoint.clone();
        self.give(map, &mut after);
        after == *touchpoint
    }

    /// The assignment that removes the value; `None` for a persona's feeling.
    fn opposite(&self) -> Option<Gift> {
        Some(match self {
            Gift::Owner(_) => Gift::Owner(None),
            Gift::Channel(_) => Gift::Channel(None),
            Gift::Environment(_) => Gift::Environment(None),
            Gift::Persona(_) => return None,
        })
    }
}

/// Index of a persona's feeling at a touchpoint. A feeling without a persona belongs to
/// the first persona.
pub fn feeling_of(map: &Map, touchpoint: &Touchpoint, persona: &PersonaId) -> Option<usize> {
    let first = map.personas().as_slice().first().map(|p| &p.id);
    touchpoint
        .feelings
        .iter()
        .position(|f| f.persona.as_ref().or(first) == Some(persona))
}

/// Builds the intent that assigns a value to these touchpoints; `None` if all have it.
pub fn give(map: &Map, ids: &[TouchpointId], gift: &Gift) -> Option<Intent> {
    let mut intents = Vec::new();
    for before in ids.iter().filter_map(|id| map.touchpoint(id)) {
        let mut after = before.clone();
        gift.give(map, &mut after);
        if after != *before {
            intents.push(Intent::SetTouchpoint(Box::new(after)));
        }
    }
    let label = match (gift, ids.len()) {
        (Gift::Persona(_), many) => format!("Add feeling to {}", count(many)),
        (gift, 1) => format!("Set {}", gift.word()),
        (gift, many) => format!("Set {} of {}", gift.word(), count(many)),
    };
    (!intents.is_empty()).then_some(Intent::Together { label, intents })
}

/// Builds the intent that assigns a value, or removes it if all touchpoints have it.
pub fn toggle(map: &Map, ids: &[TouchpointId], gift: &Gift) -> Option<Intent> {
    let mut there = ids.iter().filter_map(|id| map.touchpoint(id));
    match gift.opposite() {
        Some(opposite) if there.all(|t| gift.is_given(map, t)) => give(map, ids, &opposite),
        _ => give(map, ids, gift),
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
        let sales = Gift::Owner(Some("sales".into()));
        let one = give(&map, &ids[..1], &sales);
        assert_eq!(one.as_ref().unwrap().label(), "Set owner");
        assert!(done(&mut map, one));
        // Only one of the two has it: toggling assigns it to both.
        let both = toggle(&map, &ids, &sales);
        assert_eq!(both.as_ref().unwrap().label(), "Set owner of 2 touchpoints");
        assert!(done(&mut map, both));
        let owners = |map: &Map| map.touchpoints().filter(|t| t.owner.is_some()).count();
        assert_eq!(owners(&map), 2);
        assert_eq!(give(&map, &ids, &sales), None);
        let back = toggle(&map, &ids, &sales);
        assert!(done(&mut map, back));
        assert_eq!(owners(&map), 0);
    }

    #[test]
    fn assigning_a_persona_adds_at_most_one_feeling() {
        let mut map = map("a");
        let add = Intent::AddPersona(Box::new(Persona::new("jana".into(), "Jana")));
        assert!(done(&mut map, Some(add)));
        let ids: Vec<TouchpointId> = vec!["a".into()];
        let jana = Gift::Persona("jana".into());
        let first = give(&map, &ids, &jana);
        assert!(done(&mut map, first));
        let feeling = &map.touchpoint(&ids[0]).unwrap().feelings[0];
        assert_eq!(feeling.score, Some(Score::NEUTRAL));
        assert_eq!(toggle(&map, &ids, &jana), None);
    }
}
