//! Laws of comparisons, over random maps and edits.

use super::{Comparison, DifferenceKind, Matching, Objects, Place, SentenceWriter};
use crate::edit::proptests::{intent, rolls};
use crate::edit::{diff, plan_and_apply};
use crate::model::{Map, ObjectRef, arbitrary};
use proptest::prelude::*;

fn edited(map: &Map, edits: Vec<(u8, usize, usize)>) -> Map {
    let mut map = map.clone();
    for roll in edits {
        if let Some(intent) = intent(&map, roll) {
            let _ = plan_and_apply(&mut map, &intent);
        }
    }
    map
}

/// The lists of touchpoints by stage, as a person gets them who carries the differences out in
/// their order.
fn carried_out(before: &Map, comparison: &Comparison) -> Vec<Vec<ObjectRef>> {
    let stage_of = |place: &Option<Place>| {
        let stage = place.as_ref().and_then(|place| place.stage.as_ref());
        stage.and_then(|stage| stage.after.clone().or(stage.before.clone()))
    };
    let mut lists: Vec<(ObjectRef, Vec<ObjectRef>)> = before
        .touchpoint_lists()
        .map(|(stage, list)| (stage.into(), list.iter().map(Into::into).collect()))
        .collect();
    let is_step = |objects: &Objects| {
        let object = objects.after.as_ref().or(objects.before.as_ref());
        matches!(object, Some(ObjectRef::Touchpoint(_)))
    };
    for difference in comparison.differences() {
        let object = difference
            .objects
            .after
            .clone()
            .or(difference.objects.before.clone());
        let Some(object) = object else { continue };
        if let (ObjectRef::Stage(_), DifferenceKind::Added) = (&object, difference.kind) {
            lists.push((object, Vec::new()));
            continue;
        }
        if !is_step(&difference.objects) || difference.kind == DifferenceKind::Changed {
            continue;
        }
        for (_, list) in &mut lists {
            list.retain(|it| *it != object);
        }
        let Some(place) = &difference.to else {
            continue;
        };
        let home = stage_of(&difference.to).unwrap();
        let (_, list) = lists.iter_mut().find(|(stage, _)| *stage == home).unwrap();
        let previous = place.previous.as_ref().and_then(|it| it.after.clone());
        let at = previous.map_or(0, |it| {
            1 + list.iter().position(|other| *other == it).unwrap()
        });
        list.insert(at, object);
    }
    let stages = comparison.aligned().stages().iter();
    let list = |stage: ObjectRef| lists.iter().find(|(it, _)| *it == stage).unwrap().1.clone();
    stages.map(|stage| list(stage.into())).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]

    #[test]
    fn maps_are_equal_exactly_if_nothing_differs(
        one in arbitrary::map(),
        other in arbitrary::map(),
        edits in rolls(10),
    ) {
        for after in [edited(&one, edits), other, one.clone()] {
            let comparison = Comparison::between(&one, &after);
            let writer = SentenceWriter::new(&comparison);
            prop_assert_eq!(comparison.is_empty(), one == *comparison.aligned());
            prop_assert_eq!(comparison.is_empty(), diff(&one, comparison.aligned()).is_empty());
            for difference in comparison.differences() {
                let told = difference.kind != DifferenceKind::Changed || !difference.fields.is_empty();
                prop_assert!(told, "nothing is told: {difference:?}");
                let sentences = writer.sentences(difference);
                let is_sentence = |text: &String| text.ends_with('.') && !text.contains('\n');
                prop_assert!(!sentences.is_empty() && sentences.iter().all(is_sentence));
            }
            for touchpoint in one.touchpoints() {
                let now = comparison.aligned().touchpoint(&touchpoint.id);
                let object = touchpoint.into();
                let mut told = comparison.of_before(&object);
                prop_assert!(now == Some(touchpoint) || told.any(|it| it.kind != DifferenceKind::Moved));
            }
        }
        prop_assert!(Matching::of(&one, &one).align(&one, &one) == one);
    }

    #[test]
    fn differences_carried_out_in_order_give_the_order_of_the_map_after(
        one in arbitrary::map(),
        edits in rolls(16),
    ) {
        // The ids of an edited map are those of the map before it.
        let after = edited(&one, edits);
        let comparison = Comparison::between(&one, &after);
        prop_assume!(comparison.aligned() == &after);
        let lists = after.touchpoint_lists();
        let lists = lists.map(|(_, list)| list.iter().map(ObjectRef::from).collect::<Vec<_>>());
        prop_assert_eq!(carried_out(&one, &comparison), lists.collect::<Vec<_>>());
    }
}
