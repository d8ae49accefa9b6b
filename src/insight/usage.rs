//! References to departments, channels, environments and personas.

use crate::model::{
    ActionId, ChannelId, DepartmentId, EnvironmentId, Map, PersonaId, StageId, TouchpointId,
};
use rustc_hash::FxHashMap;

/// A record that other records refer to.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Thing {
    /// A department, as owner or supporter.
    Department(DepartmentId),
    /// A channel.
    Channel(ChannelId),
    /// An environment.
    Environment(EnvironmentId),
    /// A persona, by its feelings.
    Persona(PersonaId),
}

/// A record that contains a reference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum User {
    /// A stage.
    Stage(StageId),
    /// A touchpoint.
    Touchpoint(TouchpointId),
    /// An action.
    Action(ActionId),
}

/// The role of the referenced record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// It owns the referring record.
    Owner,
    /// It supports the referring record.
    Supporter,
    /// It works backstage.
    Backstage,
    /// It is the channel.
    Channel,
    /// It is the environment.
    Environment,
    /// It has a feeling there.
    Feeling,
}

impl Role {
    /// The word for the role.
    pub fn word(self) -> &'static str {
        match self {
            Role::Owner => "owner",
            Role::Supporter => "supports",
            Role::Backstage => "backstage",
            Role::Channel => "channel",
            Role::Environment => "environment",
            Role::Feeling => "feels",
        }
    }
}

/// A reference to a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Use {
    /// The record that contains the reference.
    pub user: User,
    /// The role of the referenced record.
    pub role: Role,
}

/// Lists all references to a record: stage by stage with their touchpoints, then
/// actions. A touchpoint is listed once for each role.
pub fn uses(map: &Map, thing: &Thing) -> Vec<Use> {
    let mut found: Vec<Use> = Vec::new();
    each(map, &mut |other, user, role| {
        if other == *thing {
            // References from one record come in a row or nearly so.
            let known = found.iter().rev().take_while(|u| u.user == user);
            if !known.into_iter().any(|u| u.role == role) {
                found.push(Use { user, role });
            }
        }
    });
    found
}

/// The number of references to every record, counted in one pass.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Usage(FxHashMap<Thing, usize>);

impl Usage {
    /// Counts the references that [`uses`] lists.
    pub fn of(map: &Map) -> Usage {
        let mut last: FxHashMap<Thing, Vec<Use>> = FxHashMap::default();
        let mut counts: FxHashMap<Thing, usize> = FxHashMap::default();
        each(map, &mut |thing, user, role| {
            let recent = last.entry(thing.clone()).or_default();
            if recent.first().is_some_and(|u| u.user != user) {
                recent.clear();
            }
            if !recent.iter().any(|u| u.role == role) {
                recent.push(Use { user, role });
                *counts.entry(thing).or_default() += 1;
            }
        });
        Usage(counts)
    }

    /// The number of references to a record.
    pub fn count(&self, thing: &Thing) -> usize {
        self.0.get(thing).copied().unwrap_or(0)
    }
}

/// Calls `see` with each reference; those from one record come in a row.
fn each(map: &Map, see: &mut dyn FnMut(Thing, User, Role)) {
    let first = map.personas().iter().next().map(|p| &p.id);
    for stage in map.stages() {
        let user = || User::Stage(stage.id.clone());
        if let Some(id) = &stage.owner {
            see(Thing::Department(id.clone()), user(), Role::Owner);
        }
        for id in &stage.supporters {
            see(Thing::Department(id.clone()), user(), Role::Supporter);
        }
        for t in map.touchpoints_in(&stage.id) {
            let user = || User::Touchpoint(t.id.clone());
            if let Some(id) = &t.owner {
                see(Thing::Department(id.clone()), user(), Role::Owner);
            }
            for id in &t.supporters {
                see(Thing::Department(id.clone()), user(), Role::Supporter);
            }
            for id in t.backstage.iter().filter_map(|b| b.department.as_ref()) {
                see(Thing::Department(id.clone()), user(), Role::Backstage);
            }
            if let Some(id) = &t.channel {
                see(Thing::Channel(id.clone()), user(), Role::Channel);
            }
            if let Some(id) = &t.environment {
                see(Thing::Environment(id.clone()), user(), Role::Environment);
            }
            // A feeling without a persona belongs to the first one.
            for id in t
                .feelings
                .iter()
                .filter_map(|f| f.persona.as_ref().or(first))
            {
                see(Thing::Persona(id.clone()), user(), Role::Feeling);
            }
        }
    }
    for action in map.actions() {
        if let Some(id) = &action.owner {
            let user = || User::Action(action.id.clone());
            see(Thing::Department(id.clone()), user(), Role::Owner);
        }
    }
}

#[cfg(test)]
mod laws {
    use super::*;
    use crate::model::arbitrary;
    use crate::model::{Feeling, Touchpoint};
    use proptest::prelude::{ProptestConfig, prop_assert, prop_assert_eq, proptest};

    fn things(map: &Map) -> Vec<Thing> {
        let mut all: Vec<Thing> = Vec::new();
        all.extend(
            map.departments()
                .iter()
                .map(|d| Thing::Department(d.id.clone())),
        );
        all.extend(map.channels().iter().map(|c| Thing::Channel(c.id.clone())));
        all.extend(
            map.environments()
                .iter()
                .map(|e| Thing::Environment(e.id.clone())),
        );
        all.extend(map.personas().iter().map(|p| Thing::Persona(p.id.clone())));
        all
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(96))]

        #[test]
        fn counts_equal_the_lengths_of_duplicate_free_lists(map in arbitrary::map()) {
            let usage = Usage::of(&map);
            for thing in things(&map) {
                let uses = uses(&map, &thing);
                prop_assert_eq!(usage.count(&thing), uses.len());
                for (i, one) in uses.iter().enumerate() {
                    prop_assert!(!uses[..i].contains(one), "{one:?} twice");
                }
                if let Thing::Department(id) = &thing {
                    let owned = |t: &&Touchpoint| t.owner.as_ref() == Some(id);
                    let listed = uses.iter().filter(|u| u.role == Role::Owner && matches!(u.user, User::Touchpoint(_)));
                    prop_assert_eq!(listed.count(), map.touchpoints().filter(owned).count());
                }
            }
        }
    }

    #[test]
    fn a_feeling_without_a_persona_counts_for_the_first_one() {
        use crate::edit::{Intent, plan};
        use crate::model::{Persona, Stage};
        let mut map = Map::titled("T");
        let mut touchpoint = Touchpoint::new("t".into(), "T");
        touchpoint.feelings = vec![Feeling::default(), Feeling::default()];
        for intent in [
            Intent::AddPersona(Box::new(Persona::new("jana".into(), "Jana"))),
            Intent::AddPersona(Box::new(Persona::new("ben".into(), "Ben"))),
            Intent::AddStage {
                at: 0,
                stage: Box::new(Stage::new("s".into(), "S")),
            },
            Intent::AddTouchpoint {
                stage: "s".into(),
                at: 0,
                touchpoint: Box::new(touchpoint),
            },
        ] {
            plan(&map, &intent).unwrap().apply(&mut map).unwrap();
        }
        let usage = Usage::of(&map);
        assert_eq!(usage.count(&Thing::Persona("jana".into())), 1);
        assert_eq!(usage.count(&Thing::Persona("ben".into())), 0);
    }
}
