//! References to departments, channels, environments and personas.

use crate::model::{Field, Map, ObjectRef, PictureLanes};
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
pub fn references_to(map: &Map, object: &ObjectRef) -> Vec<Reference> {
    let mut found = Vec::new();
    for_each_use(map, &mut |to, reference| {
        if to == object {
            found.push(reference);
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
        let mut counts: FxHashMap<ObjectRef, usize> = FxHashMap::default();
        for_each_use(map, &mut |to, _| match counts.get_mut(to) {
            Some(count) => *count += 1,
            None => drop(counts.insert(to.clone(), 1)),
        });
        ReferenceCounts(counts)
    }

    /// The number of references to a record.
    pub fn count(&self, object: &ObjectRef) -> usize {
        self.0.get(object).copied().unwrap_or(0)
    }
}

/// Calls `see` with each used record and the reference to it, once for each role.
fn for_each_use(map: &Map, see: &mut dyn FnMut(&ObjectRef, Reference)) {
    let mut last = ObjectRef::Map;
    let mut seen = Vec::new();
    map.for_each_reference(&PictureLanes::default(), &mut |referrer, field, to| {
        let role = match field {
            Field::Owner => ReferenceRole::Owner,
            Field::Supporter(_) => ReferenceRole::Supporter,
            Field::BackstageDepartment(_) => ReferenceRole::Backstage,
            Field::Channel => ReferenceRole::Channel,
            Field::Environment => ReferenceRole::Environment,
            Field::FeelingPersona(_) => ReferenceRole::Feeling,
            _ => return,
        };
        if last != *referrer {
            last.clone_from(referrer);
            seen.clear();
        }
        if !seen.contains(&(to.clone(), role)) {
            let referrer = referrer.clone();
            see(&to, Reference { referrer, role });
            seen.push((to, role));
        }
    });
}

#[cfg(test)]
mod laws {
    use super::*;
    use crate::model::arbitrary;
    use crate::model::{Feeling, Touchpoint};
    use proptest::prelude::{ProptestConfig, prop_assert, prop_assert_eq, proptest};

    fn things(map: &Map) -> Vec<ObjectRef> {
        let mut all: Vec<ObjectRef> = Vec::new();
        all.extend(map.departments().iter().map(ObjectRef::from));
        all.extend(map.channels().iter().map(ObjectRef::from));
        all.extend(map.environments().iter().map(ObjectRef::from));
        all.extend(map.personas().iter().map(ObjectRef::from));
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
