//! Assigning departments, channels, environments and personas to cards: dragged from
//! the Assign page onto one card or a selection, and by number keys.

use super::Window;
use super::tools::ids;
use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable;
use touchline::edit::Intent;
use touchline::model::{Map, Persona, TouchpointId};

const NONE: Modifiers = Modifiers::NONE;

/// A window with a persona without feelings, and the Assign page.
fn window() -> (tempfile::TempDir, Window) {
    let (folder, _path, mut window) = Window::with_bank_account();
    let persona = Persona::new("nobody-yet".into(), "Ruth");
    let document = window.harness.state_mut().document_mut().unwrap();
    let add = Intent::AddPersona(Box::new(persona));
    assert!(document.session.apply(&add).is_ok());
    window.key(Modifiers::COMMAND, Key::K);
    let search = window.harness.get_by_label("Search");
    search.type_text("assign owner");
    window.run_until_idle();
    window.key(NONE, Key::Enter);
    (folder, window)
}

/// Predicate: the touchpoint has the assigned value.
type Has = fn(&Map, &TouchpointId) -> bool;

/// Names to drag, each with the predicate whether a card has it.
fn assignables(map: &Map) -> [(String, Has); 4] {
    let department = map.departments().as_slice().last().unwrap();
    let channel = map.channels().as_slice().last().unwrap();
    let environment = map.environments().as_slice().last().unwrap();
    [
        (department.name.clone(), |map, id| {
            let last = map.departments().as_slice().last().unwrap();
            map.touchpoint(id).unwrap().owner.as_ref() == Some(&last.id)
        }),
        (channel.name.clone(), |map, id| {
            let last = map.channels().as_slice().last().unwrap();
            map.touchpoint(id).unwrap().channel.as_ref() == Some(&last.id)
        }),
        (environment.name.clone(), |map, id| {
            let last = map.environments().as_slice().last().unwrap();
            map.touchpoint(id).unwrap().environment.as_ref() == Some(&last.id)
        }),
        ("Ruth".to_owned(), |map, id| {
            let feelings = &map.touchpoint(id).unwrap().feelings;
            let ruth = Some("nobody-yet".into());
            feelings.iter().any(|f| f.persona == ruth)
        }),
    ]
}

#[test]
fn each_kind_is_assigned_by_dragging_onto_a_card() {
    let (_folder, mut window) = window();
    let before = window.map_clone();
    let all = ids(&before);
    for (name, has) in assignables(&before) {
        let id = all[..3].iter().find(|id| !has(&before, id)).unwrap();
        let label = format!("Assign {name}");
        window.harness.get_by_label(&label).scroll_to_me();
        window.run_until_idle();
        let (chip, card) = (
            window.leftmost_button(&label).center(),
            window.card(id).center(),
        );
        window.hold(chip, card, NONE);
        assert_eq!(
            window.map_clone(),
            before,
            "nothing is assigned before the drop"
        );
        window.key(NONE, Key::Escape);
        window.button(card, false, NONE);
        window.run_until_idle();
        assert_eq!(window.map_clone(), before, "{name} after Escape");

        window.drag_and_drop(chip, card, NONE);
        let after = window.map_clone();
        assert!(has(&after, id), "{name}");
        let others = all.iter().filter(|other| *other != id);
        for other in others {
            assert_eq!(after.touchpoint(other), before.touchpoint(other));
        }
        window.assert_undo_restores(&before);
    }
}

#[test]
fn drop_on_a_selected_card_assigns_to_the_whole_selection() {
    let (_folder, mut window) = window();
    let before = window.map_clone();
    let all = ids(&before);
    window.click_card(&all[0], NONE);
    window.click_card(&all[1], Modifiers::SHIFT);
    for (name, has) in assignables(&before) {
        let label = format!("Assign {name}");
        window.harness.get_by_label(&label).scroll_to_me();
        window.run_until_idle();
        let chip = window.leftmost_button(&label).center();
        let card = window.card(&all[1]).center();
        window.drag_and_drop(chip, card, NONE);
        let after = window.map_clone();
        assert!(has(&after, &all[0]) && has(&after, &all[1]), "{name}");
        assert_eq!(after.touchpoint(&all[2]), before.touchpoint(&all[2]));
        assert_eq!(window.document().selection.touchpoints(), &all[..2]);
        window.assert_undo_restores(&before);
    }
}

#[test]
fn number_keys_assign_environments_and_personas() {
    let (_folder, mut window) = window();
    let before = window.map_clone();
    let all = ids(&before);
    window.click_card(&all[0], NONE);
    window.click_card(&all[1], Modifiers::SHIFT);
    let environment = before.environments().as_slice()[0].id.clone();
    window.key(Modifiers::COMMAND | Modifiers::ALT, Key::Num1);
    for id in &all[..2] {
        let given = window.touchpoint(&id.to_string()).environment.clone();
        assert_eq!(given, Some(environment.clone()));
    }
    window.assert_undo_restores(&before);

    let ruth = before.personas().position(&"nobody-yet".into()).unwrap();
    let ruth = [Key::Num1, Key::Num2, Key::Num3, Key::Num4][ruth];
    window.key(Modifiers::SHIFT, ruth);
    let [.., (_, has)] = assignables(&before);
    let after = window.map_clone();
    assert!(has(&after, &all[0]) && has(&after, &all[1]));
    window.assert_undo_restores(&before);
}

#[test]
fn cards_are_selected_by_shared_owner_or_channel() {
    let (_folder, mut window) = window();
    let before = window.map_clone();
    let all = ids(&before);
    let owned = before.touchpoints().find(|t| t.owner.is_some()).unwrap();
    let card = all.iter().find(|id| **id == owned.id).unwrap();
    let same_owner = before.touchpoints().filter(|t| t.owner == owned.owner);
    let same_channel = before.touchpoints().filter(|t| t.channel == owned.channel);
    let found = [
        (
            "select same owner",
            same_owner.map(|t| t.id.clone()).collect::<Vec<_>>(),
        ),
        (
            "select same channel",
            same_channel.map(|t| t.id.clone()).collect(),
        ),
    ];
    for (command, expected) in found {
        window.click_card(card, NONE);
        assert_eq!(
            window.document().selection.touchpoints().first(),
            Some(card)
        );
        window.key(Modifiers::COMMAND, Key::K);
        window.harness.get_by_label("Search").type_text(command);
        window.run_until_idle();
        window.key(NONE, Key::Enter);
        assert_eq!(window.document().selection.touchpoints(), expected);
    }
    assert_eq!(window.map_clone(), before);
}

#[test]
fn ids_of_records_made_in_panels_name_their_kind() {
    let (_folder, _path, mut window) = Window::with_bank_account();
    window.press(super::FIRST);
    for (field, kind) in [
        ("Owner", "department-"),
        ("Channel", "channel-"),
        ("Environment", "environment-"),
    ] {
        window.harness.get_by_label(field).click();
        window.run_until_idle();
        let search = format!("{field}: search");
        // A name without a letter gives no id of its own.
        window.harness.get_by_label(&search).type_text("!!!");
        window.run_until_idle();
        window.key(Modifiers::NONE, Key::Enter);
        let map = window.document().session.map();
        let first = map.touchpoints().find(|t| t.name == super::FIRST).unwrap();
        let id = match field {
            "Owner" => first.owner.as_ref().map(ToString::to_string),
            "Channel" => first.channel.as_ref().map(ToString::to_string),
            _ => first.environment.as_ref().map(ToString::to_string),
        };
        assert!(id.as_ref().unwrap().starts_with(kind), "{id:?} of {field}");
    }
}
