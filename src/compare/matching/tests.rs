//! Laws and cases of matching.

use super::*;
use crate::model::{Stage, Table, Touchpoint, arbitrary};
use proptest::prelude::*;
use std::collections::BTreeSet;

fn pairs(matching: &Matching, mirrored: bool) -> BTreeSet<(String, String)> {
    let name = |object: &ObjectRef| format!("{object:?}");
    let pairs = matching.pairs().map(|(one, other, _)| {
        if mirrored {
            (name(other), name(one))
        } else {
            (name(one), name(other))
        }
    });
    pairs.collect()
}

/// The map with other ids for all records, and all names numbered.
fn rewritten(map: &Map) -> Map {
    let mut renames = Renames::default();
    for_each_object(map, &mut |object| {
        if !matches!(object, ObjectRef::Lane(_)) {
            let id = format!("other {}", object.key());
            renames.insert(object.clone(), object.with_own_id(&id));
        }
    });
    map.with_renamed(&renames)
}

/// A stage of touchpoints whose ids number them.
fn numbered(names: &[&str]) -> Map {
    let mut map = Map::with_title("T");
    map.insert(&0, Stage::new("s".into(), "S"));
    for (at, name) in names.iter().enumerate() {
        let id = format!("t{}", at + 1).as_str().into();
        map.insert(&("s".into(), at), Touchpoint::new(id, *name));
    }
    map
}

#[test]
fn ids_that_number_touchpoints_by_place_are_not_believed() {
    let before = numbered(&["Calls", "Waits", "Pays", "Signs", "Leaves"]);
    let after = numbered(&["Calls", "Gets a letter", "Waits", "Pays", "Signs", "Leaves"]);
    let matching = Matching::of(&before, &after);
    let partner = |id: &str| matching.after(&ObjectRef::Touchpoint(id.into())).cloned();
    for (was, is) in [("t1", "t1"), ("t2", "t3"), ("t3", "t4"), ("t5", "t6")] {
        assert_eq!(
            partner(was),
            Some(ObjectRef::Touchpoint(is.into())),
            "{was}"
        );
    }
    // One renamed touchpoint keeps its id, even if its name was that of another one.
    let after = numbered(&["Waits", "Waits longer", "Pays", "Signs", "Leaves"]);
    let matching = Matching::of(&before, &after);
    assert_eq!(
        matching.reason(&ObjectRef::Touchpoint("t1".into())),
        Some(MatchedBy::Id)
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]

    #[test]
    fn matchings_are_symmetric(one in arbitrary::map(), other in arbitrary::map()) {
        for after in [other.clone(), rewritten(&other), rewritten(&one)] {
            let matching = Matching::of(&one, &after);
            let mirror = Matching::of(&after, &one);
            prop_assert_eq!(pairs(&matching, false), pairs(&mirror, true));
            let aligned = matching.align(&one, &after);
            prop_assert!(aligned.is_consistent());
            prop_assert_eq!(aligned.touchpoint_count(), after.touchpoint_count());
        }
    }

    #[test]
    fn corrections_decide_and_can_be_taken_back(map in arbitrary::map(), other in arbitrary::map()) {
        let after = rewritten(&other);
        let mut corrections = Corrections::default();
        let found = Matching::of(&map, &after);
        for (one, other, _) in found.pairs() {
            corrections.part(one.clone(), other.clone());
        }
        let parted = Matching::with(&map, &after, &corrections);
        for (one, other, _) in found.pairs() {
            prop_assert!(parted.after(one) != Some(other));
            prop_assert!(corrections.join(one.clone(), other.clone()));
        }
        let joined = Matching::with(&map, &after, &corrections);
        for (one, other, _) in found.pairs() {
            prop_assert_eq!(joined.after(one), Some(other));
            corrections.reset(one, other);
        }
        prop_assert!(corrections.is_empty());
    }

    #[test]
    fn other_ids_alone_are_no_difference(map in arbitrary::map()) {
        let after = rewritten(&map);
        let mut corrections = Corrections::default();
        for_each_object(&map, &mut |object| {
            let touchpoint = |id: &crate::model::TouchpointId| format!("other {id}").as_str().into();
            let other = match &object {
                ObjectRef::Lane(_) => object.clone(),
                ObjectRef::Pain(id, pain) => {
                    ObjectRef::Pain(touchpoint(id), format!("other {pain}").as_str().into())
                }
                ObjectRef::Opportunity(id, idea) => {
                    ObjectRef::Opportunity(touchpoint(id), format!("other {idea}").as_str().into())
                }
                record => record.with_own_id(&format!("other {}", record.key())),
            };
            corrections.join(object, other);
        });
        let matching = Matching::with(&map, &after, &corrections);
        prop_assert_eq!(&matching.align(&map, &after), &map);
    }
}
