//! References to departments, channels, environments and personas.

use crate::model::{DepartmentId, Map, ObjectRef};
use rustc_hash::FxHashMap;

/// The role of the referenced record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReferenceRole {
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

impl ReferenceRole {
    /// The word for the role.
    pub fn word(self) -> &'static str {
        match self {
            ReferenceRole::Owner => "owner",
            ReferenceRole::Supporter => "supports",
            ReferenceRole::Backstage => "backstage",
            ReferenceRole::Channel => "channel",
            ReferenceRole::Environment => "environment",
            ReferenceRole::Feeling => "feels",
        }
    }
}

/// A reference to a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reference {
    /// The record that contains the reference.
    pub referrer: ObjectRef,
    /// The role of the referenced record.
    pub role: ReferenceRole,
}

/// Lists all references to a record: stage by stage with their touchpoints, then
/// actions. A touchpoint is listed once for each role.
pub fn references_to(map: &Map, thing: &ObjectRef) -> Vec<Reference> {
    let mut found: Vec<Reference> = Vec::new();
    for_each_reference(map, &mut |other, user, role| {
        if other == *thing {
            // References from one record come in a row or nearly so.
            let known = found.iter().rev().take_while(|u| u.referrer == user);
            if !known.into_iter().any(|u| u.role == role) {
                found.push(Reference {
                    referrer: user,
                    role,
                });
            }
        }
    });
    found
}

/// The number of references to every record, counted in one pass.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReferenceCounts(FxHashMap<ObjectRef, usize>);

impl ReferenceCounts {
    /// Counts the references that [`references_to`] lists.
    pub fn of(map: &Map) -> ReferenceCounts {
        let mut last: FxHashMap<ObjectRef, Vec<Reference>> = FxHashMap::default();
        let mut counts: FxHashMap<ObjectRef, usize> = FxHashMap::default();
        for_each_reference(map, &mut |thing, user, role| {
            let recent = last.entry(thing.clone()).or_default();
            if recent.first().is_some_and(|u| u.referrer != user) {
                recent.clear();
            }
            if !recent.iter().any(|u| u.role == role) {
                recent.push(Reference {
                    referrer: user,
                    role,
                });
                *counts.entry(thing).or_default() += 1;
            }
        });
        ReferenceCounts(counts)
    }

    /// The number of references to a record.
    pub fn count(&self, thing: &ObjectRef) -> usize {
        self.0.get(thing).copied().unwrap_or(0)
    }
}

/// Calls `see` with each reference: the record referred to, and the one that contains
/// the reference. Those from one record come in a row.
fn for_each_reference(map: &Map, see: &mut dyn FnMut(ObjectRef, ObjectRef, ReferenceRole)) {
    let first = map.personas().iter().next().map(|p| &p.id);
    let department = |id: &DepartmentId| ObjectRef::Department(id.clone());
    for stage in map.stages() {
        let user = || ObjectRef::Stage(stage.id.clone());
        if let Some(id) = &stage.owner {
            see(department(id), user(), ReferenceRole::Owner);
        }
        for id in &stage.supporters {
            see(department(id), user(), ReferenceRole::Supporter);
        }
        for t in map.touchpoints_in(&stage.id) {
            let user = || ObjectRef::Touchpoint(t.id.clone());
            if let Some(id) = &t.owner {
                see(department(id), user(), ReferenceRole::Owner);
            }
            for id in &t.supporters {
                see(department(id), user(), ReferenceRole::Supporter);
            }
            for id in t.backstage.iter().filter_map(|b| b.department.as_ref()) {
                see(department(id), user(), ReferenceRole::Backstage);
            }
            if let Some(id) = &t.channel {
                let channel = ObjectRef::Channel(id.clone());
                see(channel, user(), ReferenceRole::Channel);
            }
            if let Some(id) = &t.environment {
                let environment = ObjectRef::Environment(id.clone());
                see(environment, user(), ReferenceRole::Environment);
            }
            // A feeling without a persona belongs to the first one.
            let feelings = t.feelings.iter();
            for id in feelings.filter_map(|f| f.persona.as_ref().or(first)) {
                let persona = ObjectRef::Persona(id.clone());
                see(persona, user(), ReferenceRole::Feeling);
            }
        }
    }
    for action in map.actions() {
        if let Some(id) = &action.owner {
            let user = ObjectRef::Action(action.id.clone());
            see(department(id), user, ReferenceRole::Owner);
        }
    }
}

#[cfg(test)]
mod laws {
    use super::*;
    use crate::model::arbitrary;
    use crate::model::{Feeling, Touchpoint};
    use proptest::prelude::{ProptestConfig, prop_assert, prop_assert_eq, proptest};

    fn things(map: &Map) -> Vec<ObjectRef> {
        let mut all: Vec<ObjectRef> = Vec::new();
        all.extend(
            map.departments()
                .iter()
                .map(|d| ObjectRef::Department(d.id.clone())),
        );
        all.extend(
            map.channels()
                .iter()
                .map(|c| ObjectRef::Channel(c.id.clone())),
        );
        all.extend(
            map.environments()
                .iter()
                .map(|e| ObjectRef::Environment(e.id.clone())),
        );
        all.extend(
            map.personas()
                .iter()
                .map(|p| ObjectRef::Persona(p.id.clone())),
        );
        all
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(96))]

        #[test]
        fn counts_equal_the_lengths_of_duplicate_free_lists(map in arbitrary::map()) {
            let usage = ReferenceCounts::of(&map);
            for thing in things(&map) {
                let uses = references_to(&map, &thing);
                prop_assert_eq!(usage.count(&thing), uses.len());
                for (i, one) in uses.iter().enumerate() {
                    prop_assert!(!uses[..i].contains(one), "{one:?} twice");
                }
                if let ObjectRef::Department(id) = &thing {
                    let owned = |t: &&Touchpoint| t.owner.as_ref() == Some(id);
                    let listed = uses.iter().filter(|u| u.role == ReferenceRole::Owner && matches!(u.referrer, ObjectRef::Touchpoint(_)));
                    prop_assert_eq!(listed.count(), map.touchpoints().filter(owned).count());
                }
            }
        }
    }

    #[test]
    fn a_feeling_without_a_persona_counts_for_the_first_one() {
        use crate::edit::{Intent, plan};
        use crate::model::{Persona, Stage};
        let mut map = Map::with_title("T");
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
        let usage = ReferenceCounts::of(&map);
        assert_eq!(usage.count(&ObjectRef::Persona("jana".into())), 1);
        assert_eq!(usage.count(&ObjectRef::Persona("ben".into())), 0);
    }
}
