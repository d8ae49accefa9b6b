//! Tests of filters and facets.

use super::{Facet, FacetKind, FacetValue, Filter, Tag, facet_counts};
use crate::format;
use crate::model::{Basis, Id, Map, ObjectRef, arbitrary};
use proptest::prelude::*;

const MAP: &str = r#"(
    title: "T",
    personas: [(id: "jana", name: "Jana"), (id: "tom", name: "Tom")],
    departments: [(id: "sales", name: "Sales"), (id: "it", name: "IT")],
    channels: [(id: "phone", name: "Phone")],
    stages: [
        (name: "S", touchpoints: [
            (id: "a", name: "A", owner: "sales", channel: "phone", feelings: [(score: 1)]),
            (id: "b", name: "B", owner: "it", tags: ["pilot"], feelings: [(persona: "tom", score: 1)]),
        ]),
        (name: "R", touchpoints: [
            (id: "c", name: "C", channel: "phone", pains: [(text: "p", evidence: assumption)]),
            (id: "d", name: "D", owner: "gone", channel: "phone"),
        ]),
    ],
)"#;

fn map() -> Map {
    format::read(MAP.as_bytes()).unwrap().map
}

fn persona(id: &str) -> Facet {
    Facet::of_record(ObjectRef::Persona(id.into())).unwrap()
}

fn passing(map: &Map, facets: &[Facet]) -> String {
    let filter = Filter(facets.to_vec());
    let pass = map.touchpoints().filter(|t| filter.matches(map, t));
    pass.map(|t| t.id.as_str()).collect()
}

#[test]
fn values_of_a_kind_are_alternatives_and_kinds_narrow() {
    let map = map();
    let owner = |id: Option<&str>| Facet {
        kind: FacetKind::Owner,
        value: id.map(|id| FacetValue::Object(ObjectRef::Department(id.into()))),
    };
    let none = |kind| Facet { kind, value: None };
    let (sales, nobody) = (owner(Some("sales")), owner(None));
    let phone = Facet::of_record(ObjectRef::Channel("phone".into())).unwrap();
    assert_eq!(passing(&map, &[]), "abcd");
    assert_eq!(passing(&map, std::slice::from_ref(&sales)), "a");
    assert_eq!(passing(&map, &[sales.clone(), nobody.clone()]), "ac");
    assert_eq!(passing(&map, &[sales, nobody, phone.clone()]), "ac");
    assert_eq!(passing(&map, &[none(FacetKind::Channel)]), "b");
    assert_eq!(passing(&map, &[none(FacetKind::Channel), phone]), "abcd");
    let pilot = Facet {
        kind: FacetKind::Tag,
        value: Some(FacetValue::Tag(Tag::new("Pilót"))),
    };
    assert_eq!(passing(&map, &[pilot]), "b");
    assert_eq!(passing(&map, &[persona("jana")]), "a");
    let assumed = Facet {
        kind: FacetKind::Evidence,
        value: Some(FacetValue::Basis(Basis::Assumption)),
    };
    assert_eq!(passing(&map, &[assumed]), "c");
    assert_eq!(passing(&map, &[none(FacetKind::Evidence)]), "abd");
}

#[test]
fn stages_of_matching_touchpoints_are_highlighted() {
    let map = map();
    let mut filter = Filter::default();
    filter.toggle(persona("tom"));
    let chosen = filter.highlighted(&map);
    assert_eq!(chosen.touchpoints.len(), 1);
    assert_eq!(chosen.stages.len(), 1);
    assert!(chosen.personas.contains(&"tom".into()));
    filter.toggle(persona("tom"));
    assert!(filter.is_empty());
}

#[test]
fn facets_are_listed_with_counts_the_most_frequent_first() {
    let map = map();
    let said: Vec<String> = facet_counts(&map)
        .iter()
        .map(|c| format!("{} {} {}", c.facet.kind.title(), c.label, c.count))
        .collect();
    assert_eq!(
        said,
        [
            "Persona Jana 1",
            "Persona Tom 1",
            "Owner Sales 1",
            "Owner IT 1",
            "Owner gone 1",
            "Owner No owner 1",
            "Channel Phone 3",
            "Channel No channel 1",
            "Evidence Assumption 1",
            "Evidence No evidence 3",
            "Tag pilot 1",
        ]
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn facet_counts_equal_highlighted_touchpoints(map in arbitrary::map()) {
        for choice in facet_counts(&map) {
            let mut filter = Filter::default();
            filter.toggle(choice.facet);
            prop_assert_eq!(filter.highlighted(&map).touchpoints.len(), choice.count);
        }
    }
}
