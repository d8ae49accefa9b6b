//! Tests of the findings page: navigation, filter, fixes, acceptance.

use super::{TODAY, TestPanel, bank, harness};
use crate::app::command::action::{Selection, UiAction};
use crate::app::panels::findings;
use crate::edit::Intent;
use crate::english::capitalize;
use crate::graph::Graph;
use crate::insight::{self, Finding};
use crate::model::{Field, ObjectRef, Stage, Suppression, Touchpoint};
use egui::Key;
use egui::accesskit::Role;
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable;

const VISIT: &str = "Touchpoint “Visits the branch”: no owner";

/// A map with an owned stage, and two touchpoints without an owner.
fn page() -> Harness<'static, TestPanel> {
    let mut intents = bank();
    intents.push(Intent::SetStage(Box::new(Stage {
        owner: Some("sales".into()),
        ..Stage::new("compare".into(), "Compare")
    })));
    let mut harness = harness(TestPanel::new(intents, Selection::Nothing), findings);
    harness.run();
    harness
}

fn messages(harness: &Harness<'_, TestPanel>) -> Vec<String> {
    let found = insight::check(&harness.state().map, TODAY);
    found.into_iter().map(|f| f.message).collect()
}

fn open(harness: &mut Harness<'_, TestPanel>, message: &str) {
    harness.get_by_label(message).click();
    harness.run();
}

#[test]
fn a_finding_is_explained_and_its_subject_selected() {
    let mut harness = page();
    assert!(harness.query_by_label("Why it matters").is_none());
    open(&mut harness, VISIT);
    let rule = &insight::rules::UNOWNED_TOUCHPOINT;
    for text in [rule.meaning, rule.why, rule.source] {
        harness.get_by_label(text);
    }
    let selection = Selection::One(ObjectRef::Touchpoint("visit".into()));
    assert_eq!(harness.state().selection, selection);
}

#[test]
fn many_findings_of_one_rule_are_one_that_selects_all_and_expands() {
    let mut intents = bank();
    for n in 1..=5 {
        let touchpoint = Touchpoint::new(format!("t{n}").as_str().into(), format!("T{n}"));
        intents.push(Intent::AddTouchpoint {
            stage: "compare".into(),
            at: usize::MAX,
            touchpoint: Box::new(touchpoint),
        });
    }
    let mut harness = harness(TestPanel::new(intents, Selection::Nothing), findings);
    harness.run();
    let map = &harness.state().map;
    let found = insight::findings(map, &Graph::of(map), TODAY, Vec::new()).open;
    let many = found
        .iter()
        .find(|finding| !finding.members.is_empty())
        .unwrap();
    let row = |sign: &str| format!("{sign} {}", capitalize(&many.message));
    let single = many.members[6].message.replace("touchpoint", "Touchpoint");
    assert!(harness.query_by_label(&single).is_none());
    open(&mut harness, &row("+"));
    let subjects = many.members.iter().filter_map(|it| it.subject.touchpoint());
    let subjects: Vec<_> = subjects.cloned().collect();
    assert_eq!(harness.state().selection, Selection::Touchpoints(subjects));
    open(&mut harness, &single);
    assert_eq!(
        harness.state().selection,
        Selection::One(many.members[6].subject.clone())
    );
    open(&mut harness, &row("–"));
    assert!(harness.query_by_label(&single).is_none());
    harness.get_by_label("Reason").focus();
    harness.run();
    harness.get_by_label("Reason").type_text("By design");
    harness.run();
    harness.get_by_label("Accept finding").click();
    harness.run();
    let accepted = harness.state().map.suppressions().len();
    assert_eq!(accepted, many.members.len());
}

#[test]
fn arrow_keys_navigate_the_list_and_collapse_its_groups() {
    let mut harness = page();
    harness.get_by_label("Findings list").focus();
    harness.run();
    // From no cursor to the first finding, past the header above it.
    harness.key_press(Key::ArrowDown);
    harness.run();
    let selection = Selection::One(ObjectRef::Touchpoint("offer".into()));
    assert_eq!(harness.state().selection, selection);
    harness.key_press(Key::Home);
    harness.run();
    harness.key_press(Key::ArrowLeft);
    harness.run();
    assert!(harness.query_by_label(VISIT).is_none());
    harness.key_press(Key::ArrowRight);
    harness.run();
    harness.get_by_label(VISIT);
}

#[test]
fn fix_is_applied_by_one_click() {
    let mut harness = page();
    open(&mut harness, VISIT);
    harness.get_by_label("Assign to Branch sales").click();
    harness.run();
    assert!(
        !messages(&harness)
            .iter()
            .any(|message| VISIT.ends_with(&message[1..]))
    );
    assert!(harness.query_by_label(VISIT).is_none());
}

#[test]
fn fill_in_fix_goes_to_its_field() {
    let mut harness = page();
    open(&mut harness, VISIT);
    harness.get_by_label("Choose an owner").click();
    harness.run();
    let Some(UiAction::FocusField(field)) = harness.state().commands.last() else {
        panic!("{:?}", harness.state().commands);
    };
    let owner = ObjectRef::Touchpoint("visit".into()).field(Field::Owner);
    assert_eq!(*field, owner);
}

#[test]
fn finding_is_accepted_with_a_reason_and_reopened() {
    let mut harness = page();
    open(&mut harness, VISIT);
    harness.get_by_label("Reason").focus();
    harness.run();
    harness.get_by_label("Reason").type_text("By design");
    harness.run();
    harness
        .get_by_role_and_label(Role::Button, "Accept finding")
        .click();
    harness.run();
    let expected = Suppression::new("unowned-touchpoint", "visit", "By design");
    assert_eq!(harness.state().map.suppressions().as_slice(), [expected]);
    assert!(harness.query_by_label(VISIT).is_none());
    harness.get_by_label("Accepted 1").click();
    harness.run();
    open(&mut harness, VISIT);
    harness.get_by_label("By design");
    harness.get_by_label("Show it again").click();
    harness.run();
    assert!(harness.state().map.suppressions().is_empty());
    assert!(
        messages(&harness)
            .iter()
            .any(|message| VISIT.ends_with(&message[1..]))
    );
}

#[test]
fn findings_are_filtered_by_words_and_severity() {
    let mut harness = page();
    harness.get_by_label("Search findings").focus();
    harness.run();
    harness
        .get_by_label("Search findings")
        .type_text("visits owner");
    harness.run();
    assert!(
        harness.query_by_label(VISIT).is_some(),
        "the filter matches message and family"
    );
    assert!(harness.query_by_label_contains("Reads the offer").is_none());
    harness.get_by_label_contains("Advice ").click();
    harness.run();
    harness.get_by_label("No finding passes this filter");
    harness.get_by_label_contains("Advice ").click();
    harness.run();
}

#[test]
fn findings_are_filtered_by_rule_and_stage_and_sorted() {
    let mut harness = page();
    let choose = |harness: &mut Harness<'_, TestPanel>, menu: &str, value: &str| {
        harness.get_by_label(menu).click();
        harness.run();
        let value = format!("{menu}: {value}");
        harness.get_by_label(&value).click();
        harness.run();
        harness.key_press(Key::Escape);
        harness.run();
    };
    let assert_shown = |harness: &Harness<'_, TestPanel>, is: &dyn Fn(&Finding) -> bool| {
        for finding in insight::check(&harness.state().map, TODAY) {
            let message = capitalize(&finding.message);
            let row = harness.query_by_label(&message);
            assert_eq!(row.is_some(), is(&finding), "{}", finding.message);
        }
    };
    assert_shown(&harness, &|_| true);
    choose(&mut harness, "Rule", "Touchpoint without owner");
    assert_shown(&harness, &|it| it.rule.id == "unowned-touchpoint");
    choose(&mut harness, "Stage", "Compare");
    assert_shown(&harness, &|it| it.rule.id == "unowned-touchpoint");
    harness
        .get_by_label("Stop filtering by Rule: Touchpoint without owner")
        .click();
    harness.run();
    let in_stage = |it: &Finding| it.subject.touchpoint().is_some();
    assert_shown(&harness, &in_stage);
    harness
        .get_by_label("Stop filtering by Stage: Compare")
        .click();
    harness.run();
    for (sort, group) in [
        ("severity", "Advice "),
        ("stage", "Compare "),
        ("topic", "Ownership "),
    ] {
        let sort = format!("Sort by {sort}");
        harness.get_by_label(&sort).click();
        harness.run();
        let mut groups = harness.get_all_by_label_contains(group);
        assert!(groups.next().is_some());
        assert_shown(&harness, &|_| true);
    }
}
