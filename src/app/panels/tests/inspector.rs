//! Tests of the inspector: its fields and the resulting steps.

use super::{TestPanel, bank, harness, offer, type_into};
use crate::app::command::action::{Selection, UiAction};
use crate::app::panels::inspector;
use crate::edit::Intent;
use crate::model::{Field, FieldRef, Level, ObjectRef, Touchpoint};
use egui::Key;
use egui::accesskit::Role;
use egui_kittest::kittest::Queryable;

#[test]
fn typing_a_name_is_one_step() {
    let mut harness = offer();
    harness.run();
    let name = harness.get_by_label("Name");
    assert_eq!(name.value().as_deref(), Some("Reads the offer"));
    name.focus();
    harness.run();
    for letter in ["s", "!"] {
        harness.get_by_label("Name").type_text(letter);
        harness.run();
    }
    let world = harness.state();
    assert!(world.touchpoint().name.contains('s') && world.touchpoint().name.contains('!'));
    let fields: Vec<FieldRef> = world
        .commands
        .iter()
        .map(|command| match command {
            UiAction::EditField(Intent::SetTouchpoint(_), field) => field.clone(),
            other => panic!("not typing: {other:?}"),
        })
        .collect();
    let name = ObjectRef::Touchpoint("offer".into()).field(Field::Name);
    assert_eq!(fields, [name.clone(), name]);
}

#[test]
fn chosen_owner_is_stored() {
    let mut harness = offer();
    harness.run();
    let owner = harness.get_by_role_and_label(Role::ComboBox, "Owner");
    assert_eq!(owner.value().as_deref(), Some("No owner"));
    owner.click();
    harness.run();
    harness.get_by_label("Branch sales").click();
    harness.run();
    let world = harness.state();
    assert_eq!(world.touchpoint().owner, Some("sales".into()));
    assert!(matches!(
        world.commands.as_slice(),
        [UiAction::Edit(Intent::SetTouchpoint(_))]
    ));
    assert!(
        harness.query_by_label("Owner: search").is_none(),
        "the list stays open"
    );
}

#[test]
fn a_new_owner_is_made_and_chosen_in_one_step() {
    let mut harness = offer();
    harness.run();
    harness
        .get_by_role_and_label(Role::ComboBox, "Owner")
        .click();
    harness.run();
    harness.get_by_label("Owner: search").type_text("Legal");
    harness.run();
    harness.get_by_label("Add department “Legal”").click();
    harness.run();
    let world = harness.state();
    assert_eq!(world.touchpoint().owner, Some("legal-100000".into()));
    assert_eq!(world.map.departments().len(), 2);
    assert_eq!(world.commands.len(), 1, "{:?}", world.commands);
}

#[test]
fn pain_point_is_added_with_a_severity() {
    let mut harness = offer();
    harness.run();
    harness.get_by_label("Add pain point").click();
    harness.run();
    assert!(harness.get_by_label("Pain 1 text").is_focused());
    harness
        .get_by_label("Pain 1 text")
        .type_text("Fees are hidden");
    harness.run();
    harness.get_by_label("Pain 1 severity: high").click();
    harness.run();
    let pain = &harness.state().touchpoint().pains[0];
    assert_eq!(
        (pain.text.as_str(), pain.severity),
        ("Fees are hidden", Level::High)
    );
}

#[test]
fn invalid_duration_stays_in_the_field_without_an_edit() {
    let mut harness = offer();
    harness.run();
    type_into(&mut harness, "Duration", "20");
    assert_eq!(harness.state().touchpoint().duration, None);
    assert!(harness.state().commands.is_empty());
    assert!(
        harness
            .query_by_label_contains("Write it as “45 min”")
            .is_some()
    );
    harness.get_by_label("Duration").type_text(" min");
    harness.key_press(Key::Enter);
    harness.run();
    let minutes = harness.state().touchpoint().duration.map(|d| d.minutes());
    assert_eq!(minutes, Some(20));
    assert!(
        harness
            .query_by_label_contains("Write it as “45 min”")
            .is_none()
    );
}

#[test]
fn missing_feeling_of_a_persona_is_added() {
    let mut harness = offer();
    harness.run();
    harness.get_by_label("Add feeling of Jana").click();
    harness.run();
    harness.get_by_label("Jana: feels bad").click();
    harness.run();
    let feeling = &harness.state().touchpoint().feelings[0];
    assert_eq!(feeling.persona, Some("jana".into()));
    assert_eq!(feeling.score.map(|s| s.tenths()), Some(-10));
}

#[test]
fn path_is_added_and_edited() {
    let mut harness = offer();
    harness.run();
    assert!(
        harness
            .query_by_label_contains("Next step: 2 Visits")
            .is_some()
    );
    harness.get_by_label("Connect to").click();
    harness.run();
    harness.get_by_label("2 Visits the branch").click();
    harness.run();
    let path = &harness.state().touchpoint().paths[0];
    assert_eq!(path.to, "visit".into());
    type_into(&mut harness, "Path 1 share", "12 %");
    harness.get_by_label("Path 1 kind: failure").click();
    harness.run();
    let path = &harness.state().touchpoint().paths[0];
    assert_eq!(path.share.map(|s| s.percent()), Some(12.0));
    assert_eq!(path.kind, crate::model::PathKind::Failure);
}

#[test]
fn every_selection_shows_its_form_without_edits() {
    let path = Selection::One(ObjectRef::Path {
        from: "offer".into(),
        to: "visit".into(),
        kind: crate::model::PathKind::Next,
    });
    for (selection, has) in [
        (Selection::Nothing, "Scenario"),
        (Selection::One(ObjectRef::Stage("compare".into())), "Goal"),
        (path, "Make explicit to label it"),
        (
            Selection::One(ObjectRef::Lane("feelings".into())),
            "Visible",
        ),
        (Selection::One(ObjectRef::Persona("jana".into())), "Role"),
        (
            Selection::One(ObjectRef::Department("sales".into())),
            "Contact",
        ),
        (
            Selection::One(ObjectRef::Touchpoint("gone".into())),
            "Scenario",
        ),
    ] {
        let mut harness = harness(TestPanel::new(bank(), selection.clone()), inspector);
        harness.run();
        assert!(harness.query_by_label(has).is_some(), "{selection:?}");
        assert!(
            harness.state().commands.is_empty(),
            "{selection:?} changed something"
        );
    }
}

#[test]
fn images_are_named_moved_and_replaced() {
    let image = |id: &str| {
        Intent::AddImage(Box::new(crate::model::Image {
            id: id.into(),
            name: id.to_uppercase(),
            data: crate::model::ImageData::Unreadable("?".into()),
        }))
    };
    let mut intents = bank();
    let mut offer = Touchpoint::new("offer".into(), "Reads the offer");
    offer.pictures = vec!["a".into(), "b".into()];
    intents.extend([
        image("a"),
        image("b"),
        Intent::SetTouchpoint(Box::new(offer)),
    ]);
    let selection = Selection::One(ObjectRef::Touchpoint("offer".into()));
    let mut harness = harness(TestPanel::new(intents, selection), inspector);
    harness.run();
    harness.get_by_label("Picture 2: move up").click();
    harness.run();
    assert_eq!(
        harness.state().touchpoint().pictures,
        ["b".into(), "a".into()]
    );
    type_into(&mut harness, "Picture 1 name", "!");
    assert!(
        harness
            .state()
            .map
            .images()
            .get(&"b".into())
            .unwrap()
            .name
            .contains('!')
    );
    harness.get_by_label("Picture 1: replace").click();
    harness.run();
    let instead = ObjectRef::Image("b".into());
    assert!(
        matches!(harness.state().commands.last(), Some(UiAction::ImportImage(home)) if *home == instead)
    );
}
