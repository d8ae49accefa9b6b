//! Property tests of copying and pasting, over random maps and selections.

use super::{CopySelection, Fragment, FragmentKind, PasteTarget, looks_like_map};
use crate::edit::{IdFactory, Intent, plan};
use crate::format;
use crate::insight;
use crate::model::arbitrary;
use crate::model::{
    Department, Feeling, Id, Lane, LaneKind, Map, Persona, Score, Stage, StageId, Touchpoint,
    TouchpointId,
};
use proptest::prelude::{
    ProptestConfig, Strategy, any, prop_assert, prop_assert_eq, prop_assume, proptest,
};
use std::collections::BTreeSet;

/// A selection of records, chosen by the bits of a number.
fn copied(map: &Map, bits: u64, stages: bool) -> CopySelection {
    let chosen = |at: &usize| bits >> (at % 64) & 1 == 1;
    if stages {
        let ids = map.stages().iter().enumerate();
        CopySelection::Stages(
            ids.filter(|(at, _)| chosen(at))
                .map(|(_, s)| s.id.clone())
                .collect(),
        )
    } else {
        let ids = map.touchpoints().enumerate();
        CopySelection::Touchpoints(
            ids.filter(|(at, _)| chosen(at))
                .map(|(_, t)| t.id.clone())
                .collect(),
        )
    }
}

fn place(map: &Map, bits: u64) -> PasteTarget {
    let stages = map.stages().as_slice();
    PasteTarget {
        touchpoints: (!stages.is_empty()).then(|| {
            let stage = &stages[bits as usize % stages.len()].id;
            (
                stage.clone(),
                bits as usize % (map.touchpoints_in(stage).len() + 1),
            )
        }),
        stages: bits as usize % (stages.len() + 1),
    }
}

/// A map and a random selection of its records.
fn maps() -> impl Strategy<Value = (Map, u64, bool)> {
    (arbitrary::map(), any::<u64>(), any::<bool>())
}

/// Pastes; returns the map after it, and the map after undoing it.
fn paste(fragment: &Fragment, map: &Map, bits: u64) -> (Map, Map) {
    let mut count = bits;
    let mut random = || {
        count = count
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        count >> 16
    };
    let mut minter = IdFactory::new(&mut random);
    let pasted = fragment.paste("Paste", map, &place(map, bits), &mut minter);
    let changes = plan(map, &pasted.intent).unwrap();
    let mut after = map.clone();
    changes.apply(&mut after).unwrap();
    assert!(
        pasted
            .touchpoints
            .iter()
            .all(|id| after.touchpoint(id).is_some())
    );
    assert!(pasted.stages.iter().all(|id| after.stages().contains(id)));
    assert_eq!(pasted.touchpoints.len(), fragment.map().touchpoint_count());
    let mut undone = after.clone();
    changes.inverse().apply(&mut undone).unwrap();
    (after, undone)
}

fn dangling(map: &Map) -> BTreeSet<String> {
    let found = insight::check(map, crate::model::Date::constant(2026, 6, 1));
    let dangling = found
        .iter()
        .filter(|f| f.rule.id == insight::rules::REFERENCE_DANGLING.id);
    dangling.map(|f| f.message.clone()).collect()
}

/// All ids of pains and opportunities, with duplicates.
fn claims(map: &Map) -> Vec<String> {
    let pains = map
        .touchpoints()
        .flat_map(|t| t.pains.iter().map(|p| p.id.to_string()));
    let opportunities = map
        .touchpoints()
        .flat_map(|t| &t.opportunities)
        .map(|o| o.id.to_string());
    pains.chain(opportunities).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn pasting_into_the_same_map_reuses_records_and_can_be_undone((map, bits, stages) in maps()) {
        let Some(fragment) = Fragment::extract(&map, &copied(&map, bits, stages)) else { return Ok(()) };
        let (after, undone) = paste(&fragment, &map, bits);
        prop_assert_eq!(&undone, &map);
        prop_assert!(after.is_consistent());
        prop_assert_eq!(after.departments(), map.departments());
        prop_assert_eq!(after.channels(), map.channels());
        prop_assert_eq!(after.environments(), map.environments());
        prop_assert_eq!(after.personas(), map.personas());
        prop_assert_eq!(after.lanes(), map.lanes());
        prop_assert!(after.images().len() <= map.images().len() + fragment.map().images().len());
        prop_assert_eq!(after.actions(), map.actions());
        prop_assert_eq!(after.touchpoint_count(), map.touchpoint_count() + fragment.map().touchpoint_count());
        prop_assert!(dangling(&after).is_subset(&dangling(&map)));
        let claims = claims(&after);
        let distinct: BTreeSet<&String> = claims.iter().collect();
        prop_assert_eq!(distinct.len(), claims.len());
    }

    #[test]
    fn pasting_into_another_map_adds_the_required_records((map, bits, stages) in maps(), other in arbitrary::map()) {
        let Some(fragment) = Fragment::extract(&map, &copied(&map, bits, stages)) else { return Ok(()) };
        prop_assert!(dangling(fragment.map()).is_subset(&dangling(&map)));
        for target in [Map::with_title("Empty"), other] {
            let (after, undone) = paste(&fragment, &target, bits);
            prop_assert_eq!(&undone, &target);
            prop_assert!(after.is_consistent());
            let known: BTreeSet<String> = &dangling(&map) | &dangling(&target);
            prop_assert!(dangling(&after).is_subset(&known), "{:?}", dangling(&after));
        }
    }

    #[test]
    fn a_copy_keeps_every_field_and_every_record_referred_to(map in arbitrary::map()) {
        let whole = all(&map);
        prop_assume!(map.touchpoint_count() > 0);
        let part = Fragment::extract(&map, &whole).unwrap();
        for before in map.touchpoints() {
            let mut before = before.clone();
            before.paths.retain(|path| map.touchpoint(&path.to).is_some());
            prop_assert_eq!(part.map().touchpoint(&before.id), Some(&before));
        }
        // The copy lacks no record that the map has.
        prop_assert!(dangling(part.map()).is_subset(&dangling(&map)));
    }

    #[test]
    fn a_fragment_round_trips_through_text((map, bits, stages) in maps()) {
        let Some(fragment) = Fragment::extract(&map, &copied(&map, bits, stages)) else { return Ok(()) };
        let text = fragment.text();
        prop_assert!(looks_like_map(&text));
        let read = Fragment::read(&text).unwrap();
        prop_assert_eq!(&read, &fragment);
        prop_assert_eq!(read.text(), text);
    }

    #[test]
    fn any_text_is_read_or_rejected(text in ".{0,60}") {
        if let Ok(fragment) = Fragment::read(&text) {
            prop_assert!(!fragment.map().stages().is_empty());
        }
    }
}

/// A map with one stage, two touchpoints, an owner and a feeling of the first persona.
fn bank(department: &str) -> Map {
    let mut map = Map::with_title("Bank");
    let mut first = Touchpoint::new("t1".into(), "Reads the offer");
    first.owner = Some("d1".into());
    first.texts.insert("l1".into(), "Brochure".to_owned());
    first.feelings.push(Feeling {
        score: Score::from_tenths(-10),
        ..Feeling::default()
    });
    first.paths.push(crate::model::Path {
        to: "t2".into(),
        kind: crate::model::PathKind::Alternative,
        label: String::new(),
        share: None,
    });
    let second = Touchpoint::new("t2".into(), "Visits\nthe branch");
    let add = |touchpoint| Intent::AddTouchpoint {
        stage: "s1".into(),
        at: 9,
        touchpoint: Box::new(touchpoint),
    };
    let intents = vec![
        Intent::AddDepartment(Box::new(Department::new("d1".into(), department))),
        Intent::AddPersona(Box::new(Persona::new("p1".into(), "Jana"))),
        Intent::AddLane(Box::new(Lane {
            id: "l1".into(),
            kind: LaneKind::Custom,
            name: "Material".to_owned(),
            ..Lane::standard(LaneKind::Custom)
        })),
        Intent::AddStage {
            at: 0,
            stage: Box::new(Stage::new("s1".into(), "Compare")),
        },
        add(first),
        add(second),
    ];
    let label = String::new();
    let changes = plan(&map, &Intent::Batch { label, intents }).unwrap();
    changes.apply(&mut map).unwrap();
    map
}

fn all(map: &Map) -> CopySelection {
    CopySelection::Touchpoints(map.touchpoints().map(|t| t.id.clone()).collect())
}

#[test]
fn the_clipboard_text_reads_as_a_list_and_as_a_map() {
    let map = bank("Sales");
    let text = Fragment::extract(&map, &all(&map)).unwrap().text();
    assert!(
        text.starts_with("// Reads the offer #Sales -1\n// Visits the branch\n(\n"),
        "{text}"
    );
    assert!(format::read(text.as_bytes()).unwrap().warnings.is_empty());
    let stages = CopySelection::Stages(vec![StageId::from_text("s1")]);
    let text = Fragment::extract(&map, &stages).unwrap().text();
    assert!(
        text.starts_with("// >Compare\n// Reads the offer"),
        "{text}"
    );
    assert_eq!(Fragment::read(&text).unwrap().kind, FragmentKind::Stages);
}

#[test]
fn pasting_into_an_empty_map_adds_stage_department_persona_and_lane() {
    let map = bank("Sales");
    let fragment = Fragment::extract(&map, &all(&map)).unwrap();
    let (after, _) = paste(&fragment, &Map::with_title("Empty"), 3);
    assert_eq!(after.stages().as_slice()[0].name, "Compare");
    assert_eq!(after.departments().as_slice()[0].name, "Sales");
    assert_eq!(after.personas().as_slice()[0].name, "Jana");
    let all: Vec<&Touchpoint> = after.touchpoints().collect();
    assert_ne!(all[0].id, TouchpointId::from_text("t1"));
    assert_eq!(all[0].paths[0].to, all[1].id);
    let lane = all[0].texts.keys().next().unwrap();
    assert_eq!(after.lanes().get(lane).unwrap().name, "Material");
}

#[test]
fn records_with_the_same_name_are_reused() {
    let map = bank("Sales");
    let fragment = Fragment::extract(&map, &all(&map)).unwrap();
    let mut target = Map::with_title("Other");
    for intent in [
        Intent::AddDepartment(Box::new(Department::new("other".into(), " SALES"))),
        Intent::AddPersona(Box::new(Persona::new("ben".into(), "Ben"))),
        Intent::AddPersona(Box::new(Persona::new("jana".into(), "jana"))),
    ] {
        plan(&target, &intent).unwrap().apply(&mut target).unwrap();
    }
    let (after, _) = paste(&fragment, &target, 3);
    assert_eq!((after.departments().len(), after.personas().len()), (1, 2));
    let first = after.touchpoints().next().unwrap();
    assert_eq!(first.owner, Some("other".into()));
    // “The first persona” was Jana, who is second in the target map.
    assert_eq!(first.feelings[0].persona, Some("jana".into()));
}

#[test]
fn hand_written_ids_are_not_matched_across_maps() {
    let map = bank("Sales");
    let fragment = Fragment::extract(&map, &all(&map)).unwrap();
    let (after, _) = paste(&fragment, &bank("Legal"), 3);
    let names: Vec<&str> = after
        .departments()
        .iter()
        .map(|d| d.name.as_str())
        .collect();
    assert_eq!(names, ["Legal", "Sales"]);
    let pasted = after
        .touchpoints()
        .find(|t| t.id.as_str() != "t1" && t.owner.is_some());
    let owner = pasted.and_then(|t| after.departments().get(t.owner.as_ref()?));
    assert_eq!(owner.map(|d| d.name.as_str()), Some("Sales"));
}

#[test]
fn paths_to_touchpoints_outside_the_selection_are_dropped() {
    let map = bank("Sales");
    let one = CopySelection::Touchpoints(vec!["t1".into()]);
    let fragment = Fragment::extract(&map, &one).unwrap();
    assert!(
        fragment
            .map()
            .touchpoints()
            .next()
            .unwrap()
            .paths
            .is_empty()
    );
    assert_eq!(fragment.summary(), "touchpoint");
    assert!(Fragment::extract(&map, &CopySelection::Stages(vec!["gone".into()])).is_none());
}

#[test]
fn lists_and_broken_maps_are_distinguished() {
    assert!(!looks_like_map("Reads the offer #Sales\n(or not)"));
    assert!(!looks_like_map("(maybe) asks a friend"));
    assert!(looks_like_map("// A\n(format: 1, stages: [(name: "));
    assert!(Fragment::read("(format: 1, stages: [])").is_err());
    assert!(Fragment::read("(format: 99, stages: [])").is_err());
}
