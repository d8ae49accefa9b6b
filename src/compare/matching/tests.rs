//! Laws and cases of matching.

use super::*;
use crate::model::arbitrary;
use proptest::prelude::*;
use std::collections::BTreeSet;

fn pairs(matching: &Matching, mirrored: bool) -> BTreeSet<(String, String)> {
    let name = |object: &ObjectRef| format!("{object:?}");
    let pairs = matching.pairs().map(|(one, other, _)| match mirrored {
        true => (name(other), name(one)),
        false => (name(one), name(other)),
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
}
