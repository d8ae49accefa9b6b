//! Copy, cut, paste and duplicate through the clipboard.

use super::{FIRST, Window};
use egui::{Event, Key, Modifiers, OutputCommand};
use egui_kittest::kittest::Queryable;
use std::path::PathBuf;
use touchline::app::command::action::Selection;
use touchline::model::{Map, ObjectRef};

impl Window {
    pub(super) fn event(&mut self, event: Event) {
        self.harness.event(event);
        self.harness.step();
    }

    /// Sends a copy or cut event and returns the copied text.
    fn copied_text(&mut self, event: Event) -> String {
        self.event(event);
        let commands = &self.harness.output().platform_output.commands;
        let text = commands.iter().find_map(|command| match command {
            OutputCommand::CopyText(text) => Some(text.clone()),
            _ => None,
        });
        self.run_until_idle();
        text.expect("something was copied")
    }

    pub(super) fn paste(&mut self, text: &str) {
        self.event(Event::Paste(text.to_owned()));
        self.run_until_idle();
    }

    pub(super) fn map(&self) -> &Map {
        self.document().session.map()
    }

    pub(super) fn undo(&mut self) {
        self.key(Modifiers::COMMAND, Key::Z);
    }
}

fn sample(name: &str) -> PathBuf {
    format!("sample_maps/{name}.journey.ron").into()
}

#[test]
fn copied_touchpoint_is_pasted_after_it_and_undone_exactly() {
    let (_folder, _path, mut window) = Window::with_bank_account();
    let before = window.map().clone();
    window.press(FIRST);
    let Selection::One(ObjectRef::Touchpoint(copied)) = window.document().selection.clone() else {
        panic!("no touchpoint is selected");
    };
    let text = window.copied_text(Event::Copy);
    assert!(text.starts_with(&format!("// {FIRST}")), "{text}");
    assert_eq!(*window.map(), before);

    window.paste(&text);
    let Selection::One(ObjectRef::Touchpoint(pasted)) = window.document().selection.clone() else {
        panic!("the pasted touchpoint is not selected");
    };
    assert_ne!(pasted, copied);
    assert_eq!(
        window.map().touchpoint_count(),
        before.touchpoint_count() + 1
    );
    assert_eq!(window.map().departments(), before.departments());
    assert_eq!(window.map().stage_of(&pasted), before.stage_of(&copied));
    window.undo();
    assert_eq!(*window.map(), before);
}

#[test]
fn cut_stage_is_pasted_into_another_map_with_its_references() {
    let other = sample("disrupted-flight");
    let (_folder, path, _) = Window::with_bank_account();
    let mut window = Window::open(&[path, other], Vec::new());
    let from = window.map().clone();
    let stage = from.stages().as_slice()[0].clone();
    window.key(Modifiers::NONE, Key::ArrowDown);
    assert_eq!(
        window.document().selection,
        Selection::One(ObjectRef::Stage(stage.id.clone()))
    );
    let text = window.copied_text(Event::Cut);
    assert!(!window.map().stages().contains(&stage.id));

    window.key(Modifiers::CTRL, Key::Tab);
    let before = window.map().clone();
    assert_ne!(before.header().title, from.header().title);
    window.paste(&text);
    let after = window.map();
    assert_eq!(after.stages().len(), before.stages().len() + 1);
    let Selection::One(ObjectRef::Stage(new)) = &window.document().selection else {
        panic!("the stage is not selected");
    };
    assert_eq!(after.stages().get(new).unwrap().name, stage.name);
    let names = |map: &Map, id: &touchline::model::StageId| -> Vec<(String, Option<String>)> {
        let inside = map.touchpoints_in(id).iter();
        let owner = |t: &touchline::model::Touchpoint| {
            let owner = map.departments().get(t.owner.as_ref()?)?;
            Some(owner.name.to_lowercase())
        };
        inside.map(|t| (t.name.clone(), owner(t))).collect()
    };
    assert_eq!(names(after, new), names(&from, &stage.id));
    window.undo();
    assert_eq!(*window.map(), before);
    window.key(Modifiers::CTRL, Key::Tab);
    window.undo();
    assert_eq!(*window.map(), from);
}

#[test]
fn duplicating_a_stage_keeps_its_touchpoints_in_order() {
    let (_folder, _path, mut window) = Window::with_bank_account();
    let before = window.map().clone();
    window.key(Modifiers::NONE, Key::ArrowDown);
    window.key(Modifiers::COMMAND, Key::D);
    let map = window.map();
    let stages = map.stages().as_slice();
    assert_eq!(stages.len(), before.stages().len() + 1);
    assert_eq!(stages[0].name, stages[1].name);
    let names = |at: usize| -> Vec<&str> {
        let inside = map.touchpoints_in(&stages[at].id).iter();
        inside.map(|t| t.name.as_str()).collect()
    };
    assert_eq!(names(0), names(1));
    window.undo();
    assert_eq!(*window.map(), before);
}

#[test]
fn focused_field_receives_the_pasted_text() {
    let (_folder, _path, mut window) = Window::with_bank_account();
    window.press(FIRST);
    let count = window.map().touchpoint_count();
    let text = window.copied_text(Event::Copy);
    window.harness.get_by_label("Notes").focus();
    window.run_until_idle();
    window.paste(&text);
    assert_eq!(window.map().touchpoint_count(), count);
    let Selection::One(ObjectRef::Touchpoint(id)) = window.document().selection.clone() else {
        panic!("the selection is gone");
    };
    assert!(window.touchpoint(&id.to_string()).notes.contains(FIRST));
}

#[test]
fn fragment_pasted_on_the_home_screen_becomes_a_map() {
    let (_folder, _path, mut window) = Window::with_bank_account();
    window.press(FIRST);
    let text = window.copied_text(Event::Copy);
    let mut other = Window::open(&[], Vec::new());
    other.paste(&text);
    assert_eq!(other.map().touchpoint_count(), 1);
    assert_eq!(other.document().title(), "Opening a bank account");
    assert!(other.document().session.is_dirty());
}

#[test]
fn invalid_fragment_shows_an_error_and_changes_nothing() {
    let (_folder, _path, mut window) = Window::with_bank_account();
    let before = window.map().clone();
    window.paste("// A\n(format: 1, stages: [(name: ");
    assert_eq!(*window.map(), before);
    let said = window.harness.state().messages().join(" ");
    assert!(said.contains("cannot be pasted"), "{said}");
}

#[test]
fn departments_are_reordered_and_merged() {
    let (_folder, _path, mut window) = Window::with_bank_account();
    let before = window.map().clone();
    let ids =
        |map: &Map| -> Vec<String> { map.departments().iter().map(|d| d.id.to_string()).collect() };
    let all = ids(&before);
    window.key(Modifiers::COMMAND | Modifiers::SHIFT, Key::L);
    window.press("Department 2: open");
    assert_eq!(
        window.document().selection,
        Selection::One(ObjectRef::Department(all[1].as_str().into()))
    );
    window.key(Modifiers::ALT, Key::ArrowUp);
    assert_eq!(ids(window.map())[..2], [all[1].clone(), all[0].clone()]);
    window.key(Modifiers::ALT, Key::ArrowDown);
    assert_eq!(ids(window.map()), all);

    window.harness.get_by_label("Merge into").click();
    window.run_until_idle();
    let into = before.departments().as_slice()[0].name.clone();
    window.press(&into);
    assert_eq!(window.map().departments().len(), all.len() - 1);
    let gone = all[1].as_str().into();
    assert!(
        window
            .map()
            .touchpoints()
            .all(|t| t.owner != Some(&gone).cloned())
    );
    for _ in 0..3 {
        window.undo();
    }
    assert_eq!(*window.map(), before);
}

#[test]
fn hidden_curve_is_not_drawn_and_the_map_is_unchanged() {
    let mut window = Window::open(&[sample("hospital-outpatient")], Vec::new());
    let before = window.map().clone();
    assert!(before.personas().len() > 1, "the sample has one persona");
    let faces = |window: &mut Window| {
        let document = window.harness.state_mut().document_mut().unwrap();
        let mut typesetter = touchline::text::Typesetter::bundled();
        let look = touchline::app::Appearance::default();
        let scene = document
            .rendered_journey(look, &mut typesetter)
            .scene
            .clone();
        let subjects = scene.groups.iter().flat_map(|g| &g.content.objects);
        let is_face = |s: &&touchline::scene::SceneObject| {
            matches!(
                s.id,
                touchline::scene::ObjectId::Object(ObjectRef::Feeling(..))
            )
        };
        subjects.filter(is_face).count()
    };
    let all = faces(&mut window);
    window.key(Modifiers::COMMAND | Modifiers::SHIFT, Key::L);
    window.click(egui::accesskit::Role::CheckBox, "Persona 1: curve");
    let fewer = faces(&mut window);
    assert!(fewer < all && fewer > 0, "{fewer} of {all}");
    assert_eq!(*window.map(), before);
    assert!(!window.document().session.is_dirty());
    window.click(egui::accesskit::Role::CheckBox, "Persona 1: curve");
    assert_eq!(faces(&mut window), all);
}
