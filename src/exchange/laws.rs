//! The laws of copying and pasting, over random maps and choices.

use super::{Copied, Fragment, Kind, Place, looks_like_a_map};
use crate::edit::{Intent, Minter, plan};
use crate::format;
use crate::insight;
use crate::model::arbitrary;
use crate::model::{
    Department, Feeling, Id, Lane, LaneKind, Map, Persona, Score, Stage, StageId, Touchpoint,
    TouchpointId,
};
use proptest::prelude::{ProptestConfig, Strategy, any, prop_assert, prop_assert_eq, proptest};
use std::collections::BTreeSet;

/// Some of the map, chosen by the bits of a number.
fn copied(map: &Map, bits: u64, stages: bool) -> Copied {
    let chosen = |at: &usize| bits >> (at % 64) & 1 == 1;
    if stages {
        let ids = map.stages().iter().enumerate();
        Copied::Stages(
            ids.filter(|(at, _)| chosen(at))
                .map(|(_, s)| s.id.clone())
                .collect(),
        )
    } else {
        let ids = map.touchpoints().enumerate();
        Copied::Touchpoints(
            ids.filter(|(at, _)| chosen(at))
                .map(|(_, t)| t.id.clone())
                .collect(),
        )
    }
}

fn place(map: &Map, bits: u64) -> Place {
    let stages = map.stages().as_slice();
    Place {
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

/// A map, with a fragment of it in about all cases.
fn maps() -> impl Strategy<Value = (Map, u64, bool)> {
    (arbitrary::map(), any::<u64>(), any::<bool>())
}

/// Pastes and gives the map before, the map after, and what undoing gives.
fn paste(fragment: &Fragment, map: &Map, bits: u64) -> (Map, Map) {
    let mut count = bits;
    let mut random = || {
        count = count
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        count >> 16
    };
    let mut minter = Minter::new(&mut random);
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

/// Ids of pains and opportunities, each as often as it is used.
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
    fn pasting_into_the_same_map_reuses_everything_and_undoes((map, bits, stages) in maps()) {
        let Some(fragment) = Fragment::of(&map, &copied(&map, bits, stages)) else { return Ok(()) };
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
    fn pasting_elsewhere_brings_what_is_needed((map, bits, stages) in maps(), other in arbitrary::map()) {
        let Some(fragment) = Fragment::of(&map, &copied(&map, bits, stages)) else { return Ok(()) };
        prop_assert!(dangling(fragment.map()).is_subset(&dangling(&map)));
        for target in [Map::titled("Empty"), other] {
            let (after, undone) = paste(&fragment, &target, bits);
            prop_assert_eq!(&undone, &target);
            prop_assert!(after.is_consistent());
            let known: BTreeSet<String> = &dangling(&map) | &dangling(&target);
            prop_assert!(dangling(&after).is_subset(&known), "{:?}", dangling(&after));
        }
    }

    #[test]
    fn a_fragment_survives_as_text((map, bits, stages) in maps()) {
        let Some(fragment) = Fragment::of(&map, &copied(&map, bits, stages)) else { return Ok(()) };
        let text = fragment.text();
        prop_assert!(looks_like_a_map(&text));
        let read = Fragment::read(&text).unwrap();
        prop_assert_eq!(&read, &fragment);
        prop_assert_eq!(read.text(), text);
    }

    #[test]
    fn any_text_is_read_or_refused(text in ".{0,60}") {
        if let Ok(fragment) = Fragment::read(&text) {
            prop_assert!(!fragment.map().stages().is_empty());
        }
    }
}

/// A bank with one stage and two touchpoints that Sales owns and Jana feels.
fn bank(department: &str) -> Map {
    let mut map = Map::titled("Bank");
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
    let changes = plan(&map, &Intent::Together { label, intents }).unwrap();
    changes.apply(&mut map).unwrap();
    map
}

fn all(map: &Map) -> Copied {
    Copied::Touchpoints(map.touchpoints().map(|t| t.id.clone()).collect())
}

#[test]
fn the_text_reads_as_a_list_and_as_a_map() {
    let map = bank("Sales");
    let text = Fragment::of(&map, &all(&map)).unwrap().text();
    assert!(
        text.starts_with("// Reads the offer #Sales -1\n// Visits the branch\n(\n"),
        "{text}"
    );
    assert!(format::read(text.as_bytes()).unwrap().warnings.is_empty());
    let stages = Copied::Stages(vec![StageId::from_text("s1")]);
    let text = Fragment::of(&map, &stages).unwrap().text();
    assert!(
        text.starts_with("// >Compare\n// Reads the offer"),
        "{text}"
    );
    assert_eq!(Fragment::read(&text).unwrap().kind(), Kind::Stages);
}

#[test]
fn an_empty_map_gets_stage_department_persona_and_lane() {
    let map = bank("Sales");
    let fragment = Fragment::of(&map, &all(&map)).unwrap();
    let (after, _) = paste(&fragment, &Map::titled("Empty"), 3);
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
fn what_bears_the_name_already_is_used() {
    let map = bank("Sales");
    let fragment = Fragment::of(&map, &all(&map)).unwrap();
    let mut target = Map::titled("Other");
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
    // “The first persona” meant Jana, who is the second one here.
    assert_eq!(first.feelings[0].persona, Some("jana".into()));
}

#[test]
fn an_id_that_somebody_wrote_says_nothing_in_another_map() {
    let map = bank("Sales");
    let fragment = Fragment::of(&map, &all(&map)).unwrap();
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
fn paths_to_what_is_not_copied_are_left_out() {
    let map = bank("Sales");
    let one = Copied::Touchpoints(vec!["t1".into()]);
    let fragment = Fragment::of(&map, &one).unwrap();
    assert!(
        fragment
            .map()
            .touchpoints()
            .next()
            .unwrap()
            .paths
            .is_empty()
    );
    assert_eq!(fragment.words(), "touchpoint");
    assert!(Fragment::of(&map, &Copied::Stages(vec!["gone".into()])).is_none());
}

#[test]
fn a_list_is_no_map_and_a_broken_map_is_no_list() {
    assert!(!looks_like_a_map("Reads the offer #Sales\n(or not)"));
    assert!(!looks_like_a_map("(maybe) asks a friend"));
    assert!(looks_like_a_map("// A\n(format: 1, stages: [(name: "));
    assert!(Fragment::read("(format: 1, stages: [])").is_err());
    assert!(Fragment::read("(format: 99, stages: [])").is_err());
}
