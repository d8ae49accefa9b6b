//! Tests of the list of lanes and of custom lane content.

use super::{TestPanel, bank, drag, harness, type_into};
use crate::app::command::action::Selection;
use crate::app::panels::{inspector, lanes};
use crate::edit::Intent;
use crate::model::{Lane, LaneContentKind, ObjectRef, Scale};
use egui::Key;
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable;

#[test]
fn lanes_are_hidden_moved_and_added() {
    let mut harness = harness(TestPanel::new(bank(), Selection::Nothing), lanes);
    harness.run();
    harness.get_by_label("Show Feelings").click();
    harness.run();
    assert!(
        harness
            .state()
            .map
            .lanes()
            .get(&"feelings".into())
            .unwrap()
            .hidden
    );
    harness.get_by_label("Move Feelings up").click();
    harness.run();
    harness.get_by_label("Move Feelings up").click();
    harness.run();
    assert_eq!(
        harness.state().map.lanes().position(&"feelings".into()),
        Some(0)
    );
    drag(&mut harness, "Drag Feelings", "Drag Touchpoints");
    assert_eq!(
        harness.state().map.lanes().position(&"feelings".into()),
        Some(1)
    );
    let count = harness.state().map.lanes().len();
    harness.get_by_label("Add own lane").click();
    harness.run();
    assert_eq!(harness.state().map.lanes().len(), count + 1);
    assert!(
        harness
            .get_by_label(&format!("Lane {} name", count + 1))
            .is_focused()
    );
}

fn with_lane(holds: LaneContentKind) -> Harness<'static, TestPanel> {
    let mut intents = bank();
    let lane = Lane::custom("own".into(), "Own", holds);
    intents.push(Intent::AddLane(Box::new(lane)));
    let selection = Selection::One(ObjectRef::Touchpoint("offer".into()));
    let mut harness = harness(TestPanel::new(intents, selection), inspector);
    harness.run();
    harness
}

fn own_text(harness: &Harness<'_, TestPanel>) -> Option<String> {
    harness
        .state()
        .touchpoint()
        .texts
        .get(&"own".into())
        .cloned()
}

#[test]
fn score_outside_its_scale_shows_a_message() {
    let mut harness = with_lane(LaneContentKind::Score(Scale::ZERO_TO_TEN));
    type_into(&mut harness, "Lane own", "7,5");
    harness.key_press(Key::Enter);
    harness.run();
    assert_eq!(own_text(&harness).as_deref(), Some("7.5"));
    let wrong = "Write a number from 0 to 10";
    assert!(harness.query_by_label(wrong).is_none());
    let mut harness = with_lane(LaneContentKind::Score(Scale::ZERO_TO_TEN));
    type_into(&mut harness, "Lane own", "75");
    harness.key_press(Key::Enter);
    harness.run();
    assert_eq!(own_text(&harness), None);
    assert!(harness.query_by_label(wrong).is_some());
}

#[test]
fn link_has_title_and_address_and_opens() {
    let mut harness = with_lane(LaneContentKind::Link);
    type_into(&mut harness, "Lane own", "https://bank.example/fees");
    type_into(&mut harness, "Lane own in words", "Fees of ");
    type_into(&mut harness, "Lane own in words", "2026");
    let text = own_text(&harness).unwrap();
    let link = crate::model::Link::parse(&text).unwrap();
    assert_eq!(link.address, "https://bank.example/fees", "{text}");
    assert!(link.title.contains("Fees of"), "{text}");
    harness.get_by_label("Open bank.example").click();
    harness.step();
    let commands = &harness.output().platform_output.commands;
    let opens = |c: &egui::OutputCommand| matches!(c, egui::OutputCommand::OpenUrl(open) if open.url == link.address);
    assert!(commands.iter().any(opens), "{commands:?}");
}

#[test]
fn invalid_address_cannot_be_opened() {
    let mut harness = with_lane(LaneContentKind::Link);
    type_into(&mut harness, "Lane own", "javascript:alert(1)");
    assert_eq!(own_text(&harness).as_deref(), Some("javascript:alert(1)"));
    assert!(harness.query_by_label_contains("Open ").is_none());
    assert!(
        harness
            .query_by_label_contains("An address begins")
            .is_some()
    );
}

#[test]
fn content_type_of_a_custom_lane_can_be_changed() {
    let mut intents = bank();
    intents.push(Intent::AddLane(Box::new(Lane::custom(
        "own".into(),
        "Own",
        LaneContentKind::Text,
    ))));
    let mut harness = harness(
        TestPanel::new(intents, Selection::One(ObjectRef::Lane("own".into()))),
        inspector,
    );
    harness.run();
    harness.get_by_label("Holds: score").click();
    harness.run();
    type_into(&mut harness, "To", "5");
    harness.key_press(Key::Enter);
    harness.run();
    let lane = harness
        .state()
        .map
        .lanes()
        .get(&"own".into())
        .unwrap()
        .clone();
    let LaneContentKind::Score(scale) = lane.holds else {
        panic!("no score");
    };
    assert_ne!(scale.to, Scale::ZERO_TO_TEN.to);
    harness.get_by_label("Holds: list").click();
    harness.run();
    let lane = harness.state().map.lanes().get(&"own".into()).unwrap();
    assert_eq!(lane.holds, LaneContentKind::List);
}
