//! Handoff marks of the journey: shown, never saved.

use super::Window;
use egui::accesskit::{Role, Toggled};
use egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT, Queryable};
use touchline::app::Appearance;
use touchline::app::command::action::Selection;
use touchline::graph::Graph;
use touchline::model::ObjectRef;
use touchline::render::View;
use touchline::scene::ObjectId;
use touchline::text::Typesetter;

const NONE: Modifiers = Modifiers::NONE;

/// Accessible descriptions of all cards and paths on the canvas.
fn descriptions(window: &mut Window) -> (String, String) {
    let (mut cards, mut paths) = (String::new(), String::new());
    let look = Appearance::default();
    let document = window.harness.state_mut().document_mut().unwrap();
    let scene = document
        .front_scene(look, &mut Typesetter::bundled())
        .unwrap();
    for subject in scene.groups.iter().flat_map(|group| &group.content.objects) {
        let words = match subject.id {
            ObjectId::Object(ObjectRef::Touchpoint(_)) => &mut cards,
            ObjectId::Object(ObjectRef::Path { .. }) => &mut paths,
            _ => continue,
        };
        *words += &format!("{}: {}\n", subject.title, subject.description);
    }
    (cards, paths)
}

#[test]
fn handoff_marks_toggle_by_button_key_and_menu_and_persist_per_map() {
    let (_folder, path, mut window) = Window::with_bank_account();
    window.harness.set_size(egui::vec2(1800.0, 1000.0));
    window.run_until_idle();
    let text = std::fs::read(&path).unwrap();
    let before = window.map_clone();
    let (cards, paths) = descriptions(&mut window);
    assert!(!cards.contains("unavoidable step") && !paths.contains("Handoff"));

    window.press("Handoffs");
    assert!(window.document().shows_handoffs);
    let button = window
        .harness
        .get_by_role_and_label(Role::Button, "Handoffs");
    assert_eq!(button.accesskit_node().toggled(), Some(Toggled::True));
    let (cards, paths) = descriptions(&mut window);
    let wanted = "unavoidable step; hands over to Compliance";
    assert!(cards.contains(wanted), "{cards}");
    let wanted = "Handoff from Marketing to Digital banking";
    assert!(paths.contains(wanted), "{paths}");
    assert!(
        paths.contains("Handoff from no owner to Marketing"),
        "{paths}"
    );

    // Switching to another view and back keeps the setting.
    window.press("Flow");
    assert!(!window.shows_label("Handoffs"));
    window.press("Journey");
    assert!(window.document().shows_handoffs);
    window.key(Modifiers::ALT, Key::H);
    assert!(!window.document().shows_handoffs);
    assert!(!descriptions(&mut window).0.contains("unavoidable step"));

    // From another view the command switches to the journey.
    window.press("Flow");
    window.key(Modifiers::ALT, Key::H);
    assert_eq!(window.document().view, View::Journey);
    assert!(window.document().shows_handoffs);

    window.press("Menu");
    window.press("View");
    let line = window
        .harness
        .get_by_role_and_label(Role::Button, "Handoffs between owners");
    assert_eq!(line.accesskit_node().toggled(), Some(Toggled::True));
    line.click();
    window.run_until_idle();
    assert!(!window.document().shows_handoffs);

    // The setting is not part of the map, its history or its file.
    assert_eq!(window.map_clone(), before);
    assert!(!window.document().session.is_dirty());
    window.key(Modifiers::COMMAND, Key::S);
    assert_eq!(std::fs::read(&path).unwrap(), text);
}

#[test]
fn new_owner_removes_a_handoff_mark_at_once() {
    let (_folder, _path, mut window) = Window::with_bank_account();
    window.key(Modifiers::ALT, Key::H);
    let first = window.map_clone().touchpoints().next().unwrap().id.clone();
    let gap = "Handoff from no owner to Marketing";
    assert!(descriptions(&mut window).1.contains(gap));
    let owner = window
        .map_clone()
        .touchpoints()
        .nth(1)
        .unwrap()
        .owner
        .clone()
        .unwrap();
    let place = window.map_clone().departments().position(&owner).unwrap();
    window.click_card(&first, NONE);
    let keys = [
        Key::Num1,
        Key::Num2,
        Key::Num3,
        Key::Num4,
        Key::Num5,
        Key::Num6,
    ];
    window.key(NONE, keys[place]);
    let (_, paths) = descriptions(&mut window);
    let asks = paths
        .lines()
        .find(|line| line.starts_with("Next step: Asks flatmates"));
    assert!(
        asks.is_some_and(|line| !line.contains("Handoff")),
        "{paths}"
    );
}

#[test]
fn dominators_are_counted_highlighted_and_stepped_through() {
    let (_folder, _path, mut window) = Window::with_bank_account();
    window.harness.set_size(egui::vec2(1800.0, 1000.0));
    window.run_until_idle();
    let map = window.map_clone();
    let graph = Graph::of(&map);
    let (first, last) = (graph.first_contact(), graph.last_contact());
    let mut passed = graph.dominators(first.unwrap(), last.unwrap()).unwrap();
    passed.sort_unstable();
    let ids: Vec<_> = map.touchpoints().map(|it| it.id.clone()).collect();
    assert!(passed.len() < ids.len());
    let label = format!("Unavoidable steps {}", passed.len());
    assert!(!window.shows_label(&label));
    window.press("Handoffs");
    window.press(&label);
    let button = window.harness.get_by_role_and_label(Role::Button, &label);
    assert_eq!(button.accesskit_node().toggled(), Some(Toggled::True));

    // Steps through all of them and wraps around.
    for at in passed.iter().chain(passed.first()) {
        window.key(NONE, Key::Period);
        let wanted = Selection::One(ObjectRef::Touchpoint(ids[*at].clone()));
        assert_eq!(window.document().selection, wanted);
    }
    window.key(NONE, Key::Comma);
    let wanted = Selection::One(ObjectRef::Touchpoint(ids[passed[passed.len() - 1]].clone()));
    assert_eq!(window.document().selection, wanted);
    let lit = window.highlight();
    for (at, touchpoint) in map.touchpoints().enumerate() {
        assert_eq!(
            lit.contains_touchpoint(&map, touchpoint),
            passed.contains(&at)
        );
    }

    // It restricts another highlight and is turned off with the handoff marks.
    window.key(Modifiers::ALT, Key::P);
    let hurting = map.touchpoints().enumerate();
    let mut hurting = hurting.filter(|(at, it)| passed.contains(at) && !it.pains.is_empty());
    let wanted = hurting.next().map(|(_, it)| it.id.clone()).unwrap();
    window.key(NONE, Key::Period);
    assert_eq!(
        window.document().selection,
        Selection::One(ObjectRef::Touchpoint(wanted.clone()))
    );
    window.key(Modifiers::ALT, Key::P);
    window.press("Handoffs");
    assert!(!window.shows_label(&label));
    assert!(
        map.touchpoints()
            .all(|it| window.highlight().contains_touchpoint(&map, it))
    );
}
