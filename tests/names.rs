//! Names are compared in one way wherever they are: pasted, captured, checked, searched.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use touchline::capture::{InsertionPoint, IntentBuilder, Vocabulary, parse};
use touchline::clipboard::{CopySelection, Fragment, PasteTarget};
use touchline::edit::{IdFactory, Intent, plan};
use touchline::format;
use touchline::graph::Graph;
use touchline::insight;
use touchline::model::{Date, Map};
use touchline::search::find::find;

/// Pairs of names that are the same, each in a spelling of its own.
const SAME: [[&str; 2]; 9] = [
    ["Büro Café", "Bu\u{308}ro Cafe\u{301}"],
    ["Büro", "buro"],
    ["Straße", "STRASSE"],
    ["Back  office", "Back office"],
    ["Sales team", "Sales\u{a0}team "],
    ["Sales", "Sa\u{200b}les"],
    ["Sales", "\u{202a}Sales\u{202c}"],
    ["İstanbul", "istanbul"],
    ["Sales", "Ｓａｌｅｓ"],
];

/// A map with a department of this name, which owns a touchpoint of the same name.
fn map(id: &str, name: &str) -> Map {
    let text = format!(
        "(title: \"T\", departments: [(id: \"{id}\", name: \"{name}\")], channels: [(name: \"{name}\")],
        stages: [(name: \"S\", touchpoints: [(id: \"t\", name: \"{name}\", owner: \"{id}\")])])"
    );
    format::read(text.as_bytes()).unwrap().map
}

fn apply(map: &mut Map, make: impl FnOnce(&Map, &mut IdFactory<'_>) -> Intent) {
    let mut count = 0;
    let mut random = || {
        count += 1;
        count
    };
    let intent = make(map, &mut IdFactory::new(&mut random));
    plan(map, &intent).unwrap().apply(map).unwrap();
}

/// Pastes all stages of a map behind the first stage of another.
fn paste_all(target: &mut Map, source: &Map) {
    let all = source.stages().iter().map(|s| s.id.clone()).collect();
    let part = Fragment::extract(source, &CopySelection::Stages(all)).unwrap();
    let place = PasteTarget {
        touchpoints: None,
        stages: 1,
    };
    apply(target, |map, ids| {
        part.paste("Paste", map, &place, ids).intent
    });
}

#[test]
fn pasting_finds_the_department_of_the_same_name() {
    for [there, pasted] in SAME {
        let mut target = map("x", there);
        let source = map("y", pasted);
        paste_all(&mut target, &source);
        assert_eq!(target.departments().len(), 1, "{there:?} and {pasted:?}");
        assert!(target.touchpoints().all(|t| t.owner == Some("x".into())));
    }
}

#[test]
fn pasting_prefers_the_exact_name() {
    let mut target = map("x", "Büro");
    apply(&mut target, |_, ids| {
        let department = touchline::model::Department::new(ids.new_id("d"), "Buro");
        Intent::AddDepartment(Box::new(department))
    });
    let source = map("y", "Buro");
    paste_all(&mut target, &source);
    let pasted = target.touchpoints().last().unwrap().owner.clone().unwrap();
    assert_eq!(target.departments().get(&pasted).unwrap().name, "Buro");
}

#[test]
fn capture_finds_the_department_of_the_same_name() {
    for [there, captured] in SAME {
        let mut target = map("x", there);
        let line = parse(&format!("Calls #\"{captured}\""), &Vocabulary::of(&target)).interpret();
        apply(&mut target, |map, ids| {
            let mut builder = IntentBuilder::new(map, &InsertionPoint::End, ids);
            builder.add_line(&line);
            builder.finish("Add").unwrap()
        });
        assert_eq!(target.departments().len(), 1, "{there:?} and {captured:?}");
    }
}

#[test]
fn the_checks_report_a_second_record_of_the_same_name() {
    for [one, other] in SAME {
        let text = format!(
            "(title: \"T\", departments: [(name: \"{one}\"), (name: \"{other}\")],
            stages: [(name: \"S\", touchpoints: [(name: \"{one}\"), (name: \"{other}\")])])"
        );
        let map = format::read(text.as_bytes()).unwrap().map;
        let found = insight::findings(
            &map,
            &Graph::of(&map),
            Date::constant(2026, 6, 1),
            Vec::new(),
        );
        let doubled = found.open.iter().filter(|f| f.rule.id == "duplicate-name");
        assert_eq!(doubled.count(), 2, "{one:?} and {other:?}");
    }
}

#[test]
fn searching_finds_the_same_name() {
    for [there, typed] in SAME {
        for (there, typed) in [(there, typed), (typed, there)] {
            assert!(
                !find(&map("x", there), typed).is_empty(),
                "{typed:?} in {there:?}"
            );
        }
    }
}
