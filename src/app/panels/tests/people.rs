//! Tests of the entities page.

use super::{TestPanel, bank, drag, harness, type_into};
use crate::app::command::action::Selection;
use crate::app::panels::{entities_panel, inspector};
use crate::edit::Intent;
use crate::model::{Department, ObjectRef, Touchpoint};
use egui::accesskit::Role;
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable;

#[test]
fn departments_are_renamed_and_deleted() {
    let mut harness = harness(TestPanel::new(bank(), Selection::Nothing), entities_panel);
    harness.run();
    type_into(&mut harness, "Department 1 name", "X");
    let name = |h: &Harness<'_, TestPanel>| h.state().map.departments().as_slice()[0].name.clone();
    assert!(name(&harness).contains('X'));
    harness.get_by_label("Department 1: delete").click();
    harness.run();
    assert!(harness.state().map.departments().is_empty());
}

fn departments(harness: &Harness<'_, TestPanel>) -> Vec<String> {
    let map = &harness.state().map;
    map.departments().iter().map(|d| d.name.clone()).collect()
}

fn with_departments(names: &[&str]) -> Vec<Intent> {
    let mut intents = bank();
    for (i, name) in names.iter().enumerate() {
        let id = format!("more{i}");
        intents.push(Intent::AddDepartment(Box::new(Department::new(
            id.as_str().into(),
            *name,
        ))));
    }
    intents
}

#[test]
fn dragging_a_row_moves_the_department() {
    let intents = with_departments(&["Legal", "IT"]);
    let mut harness = harness(TestPanel::new(intents, Selection::Nothing), entities_panel);
    harness.run();
    drag(&mut harness, "Department 1: drag", "Department 3: drag");
    assert_eq!(departments(&harness), ["Legal", "IT", "Branch sales"]);
    assert_eq!(harness.state().commands.len(), 1);
    drag(&mut harness, "Department 3: drag", "Department 1: drag");
    assert_eq!(departments(&harness), ["Legal", "Branch sales", "IT"]);
}

#[test]
fn departments_with_equal_names_are_detected_and_merged() {
    let mut intents = with_departments(&["branch  Sales"]);
    let mut owned = Touchpoint::new("owned".into(), "Signs");
    owned.owner = Some("more0".into());
    owned.supporters = vec!["sales".into()];
    intents.push(Intent::AddTouchpoint {
        stage: "compare".into(),
        at: 9,
        touchpoint: Box::new(owned),
    });
    intents.push(Intent::SetTouchpoint(Box::new({
        let mut offer = Touchpoint::new("offer".into(), "Reads the offer");
        offer.owner = Some("more0".into());
        offer
    })));
    let mut harness = harness(TestPanel::new(intents, Selection::Nothing), entities_panel);
    harness.run();
    harness
        .get_by_label("Merge “Branch sales” into “branch  Sales”")
        .click();
    harness.run();
    assert_eq!(departments(&harness), ["branch  Sales"]);
    let map = &harness.state().map;
    let owned = map.touchpoint(&"owned".into()).unwrap();
    assert_eq!(owned.owner, Some("more0".into()));
    assert!(owned.supporters.is_empty());
    assert!(harness.query_by_label_contains("Merge").is_none());
}

#[test]
fn usages_are_links_and_department_merges_into_another() {
    let mut intents = with_departments(&["Legal"]);
    let mut offer = Touchpoint::new("offer".into(), "Reads the offer");
    offer.owner = Some("sales".into());
    intents.push(Intent::SetTouchpoint(Box::new(offer)));
    let world = TestPanel::new(
        intents,
        Selection::One(ObjectRef::Department("sales".into())),
    );
    let mut harness = harness(world, inspector);
    harness.run();
    harness.get_by_label("1 Reads the offer, owner").click();
    harness.run();
    let offer = Selection::One(ObjectRef::Touchpoint("offer".into()));
    assert_eq!(harness.state().selection, offer);

    harness.state_mut().selection = Selection::One(ObjectRef::Department("sales".into()));
    harness.run();
    harness
        .get_by_role_and_label(Role::ComboBox, "Merge into")
        .click();
    harness.run();
    harness.get_by_label("Legal").click();
    harness.run();
    assert_eq!(departments(&harness), ["Legal"]);
    assert_eq!(harness.state().touchpoint().owner, Some("more0".into()));
    let legal = Selection::One(ObjectRef::Department("more0".into()));
    assert_eq!(harness.state().selection, legal);
}

#[test]
fn the_curve_of_a_persona_is_toggled() {
    let mut harness = harness(TestPanel::new(bank(), Selection::Nothing), entities_panel);
    harness.run();
    let before = harness.state().map.clone();
    harness.get_by_label("Persona 1: curve").click();
    harness.run();
    assert!(harness.state().hidden.contains(&"jana".into()));
    harness.get_by_label("Persona 1: curve").click();
    harness.run();
    assert!(harness.state().hidden.is_empty());
    assert_eq!(harness.state().map, before);
}
