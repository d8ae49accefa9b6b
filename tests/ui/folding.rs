//! Folding of stages and lanes, and the overview beside the map.

use crate::{FIRST, Window};
use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable;
use touchline::app::command::action::Selection;
use touchline::model::{ObjectRef, StageId};
use touchline::settings::AppDirs;

impl Window {
    fn stage_name(&self, index: usize) -> String {
        let map = self.document().session.map();
        map.stages().as_slice()[index].name.clone()
    }

    fn folded_stages(&self) -> Vec<StageId> {
        let stages = &self.document().folding.stages;
        stages.iter().cloned().collect()
    }

    fn selected_stage(&self) -> Option<String> {
        match &self.document().selection {
            Selection::One(ObjectRef::Stage(id)) => {
                let stage = self.document().session.map().stages().get(id);
                stage.map(|stage| stage.name.clone())
            }
            _ => None,
        }
    }
}

#[test]
fn a_stage_folds_by_key_and_button_and_the_map_stays_as_it_is() {
    let (_folder, _path, mut window) = Window::with_bank_account();
    let before = window.document().session.map().clone();
    let name = window.stage_name(0);
    window.press(FIRST);
    window.key(Modifiers::NONE, Key::Z);
    assert_eq!(window.selected_stage(), Some(name.clone()));
    assert_eq!(window.folded_stages().len(), 1);
    let card = |window: &Window| {
        let cards = window
            .harness
            .query_all_by_role_and_label(Role::Button, FIRST);
        cards.count()
    };
    assert_eq!(card(&window), 0, "the card is folded away");
    // The stage itself is still there, with the button that unfolds it.
    assert!(window.shows_label(&name));
    window.press(&format!("Unfold stage {name}"));
    assert_eq!(window.folded_stages(), []);
    assert_eq!(card(&window), 1);
    window.press(&format!("Fold stage {name}"));
    assert_eq!(window.folded_stages().len(), 1);
    let session = &window.document().session;
    assert_eq!(*session.map(), before);
    assert!(!session.is_dirty() && session.history().done().len() == 0);
}

#[test]
fn arrows_pass_a_folded_stage_in_one_step_and_down_enters_it() {
    let (_folder, _path, mut window) = Window::with_bank_account();
    let second = window.stage_name(1);
    let map = window.document().session.map();
    let ends = map.touchpoints_in(&map.stages().as_slice()[0].id);
    let before = ends.last().unwrap().id.clone();
    let inside = map.touchpoints_in(&map.stages().as_slice()[1].id);
    let inside = inside.first().unwrap().id.clone();
    window.press(&second);
    window.key(Modifiers::NONE, Key::Z);
    window.key(Modifiers::NONE, Key::ArrowLeft);
    let card = |id| Selection::One(ObjectRef::Touchpoint(id));
    assert_eq!(window.document().selection, card(before));
    window.key(Modifiers::NONE, Key::ArrowRight);
    assert_eq!(window.selected_stage(), Some(second.clone()));
    window.key(Modifiers::NONE, Key::ArrowRight);
    assert_ne!(window.selected_stage(), Some(second.clone()));
    assert_eq!(window.folded_stages().len(), 1);
    window.press(&second);
    window.key(Modifiers::NONE, Key::ArrowDown);
    assert_eq!(window.document().selection, card(inside));
    assert_eq!(window.folded_stages(), []);
}

#[test]
fn search_and_the_outline_unfold_what_they_lead_to() {
    let (_folder, _path, mut window) = Window::with_bank_account();
    window.press(FIRST);
    window.key(Modifiers::NONE, Key::Z);
    window.key(Modifiers::COMMAND, Key::K);
    window
        .harness
        .get_by_label("Search")
        .type_text("flatmates which");
    window.run_until_idle();
    window.key(Modifiers::NONE, Key::Enter);
    assert_eq!(window.folded_stages(), []);
    let name = window.stage_name(0);
    // The outline folds the same stages as the map.
    window.key(Modifiers::COMMAND, Key::B);
    window.press(&format!("Fold {name}"));
    assert_eq!(window.folded_stages().len(), 1);
    window.press(&format!("Unfold {name}"));
    assert_eq!(window.folded_stages(), []);
}

#[test]
fn all_stages_fold_and_unfold_by_the_palette() {
    let (_folder, _path, mut window) = Window::with_bank_account();
    let count = window.document().session.map().stages().len();
    for (command, folded) in [("Fold all stages", count), ("Unfold everything", 0)] {
        window.key(Modifiers::COMMAND, Key::K);
        window.harness.get_by_label("Search").type_text(command);
        window.run_until_idle();
        window.key(Modifiers::NONE, Key::Enter);
        assert_eq!(window.folded_stages().len(), folded, "{command}");
    }
}

#[test]
fn a_lane_folds_to_its_title_and_a_hit_in_it_unfolds_it() {
    let (_folder, _path, mut window) = Window::with_bank_account();
    let lanes = |window: &Window| window.document().folding.lanes.len();
    window.press("Fold lane Touchpoints");
    window.press("Fold lane Feelings");
    assert_eq!(lanes(&window), 2);
    window.press("Unfold lane Feelings");
    assert_eq!(lanes(&window), 1);
    window.press("Fold lane Feelings");
    assert!(window.document().session.history().done().len() == 0);
    let map = window.document().session.map();
    let felt = map
        .touchpoints()
        .find(|t| t.feelings.iter().any(|f| !f.emotion.is_empty()));
    let feelings = &felt.expect("somebody feels something").feelings;
    let felt = feelings.iter().find(|f| !f.emotion.is_empty());
    let emotion = felt.unwrap().emotion.clone();
    window.key(Modifiers::COMMAND, Key::F);
    window
        .harness
        .get_by_label("Find in this map")
        .type_text(&emotion);
    window.run_until_idle();
    window.key(Modifiers::NONE, Key::Enter);
    assert_eq!(lanes(&window), 1, "the lane of feelings is unfolded");
}

#[test]
fn the_overview_covers_nothing_of_the_map() {
    let (_folder, _path, mut window) = Window::with_bank_account();
    let overview = |window: &Window| window.harness.get_by_label("Overview of the map").rect();
    let zoom = window.harness.get_by_label("Zoom in").rect();
    let rect = overview(&window);
    assert!(
        (rect.center().y - zoom.center().y).abs() < 4.0,
        "it is in the status bar"
    );
    assert!(rect.left() >= zoom.right() && rect.right() <= 1280.0);
    // A click leads to the other end of the map.
    let before = window.document().camera.x;
    window
        .harness
        .hover_at(rect.right_center() - egui::vec2(20.0, 0.0));
    window.run_until_idle();
    let both = window
        .harness
        .query_all_by_label("Overview of the map")
        .count();
    assert_eq!(both, 2, "a larger one opens above the pointer");
    window
        .harness
        .drag_at(rect.right_center() - egui::vec2(20.0, 0.0));
    window.run_until_idle();
    window
        .harness
        .drop_at(rect.right_center() - egui::vec2(20.0, 0.0));
    window.run_until_idle();
    assert!(window.document().camera.x > before);
    window.harness.hover_at(egui::pos2(600.0, 300.0));
    window.run_until_idle();
    assert_eq!(
        window
            .harness
            .query_all_by_label("Overview of the map")
            .count(),
        1
    );
}

#[test]
fn what_is_folded_is_folded_again_at_the_next_start() {
    let (folder, path, _) = Window::with_bank_account();
    let home = AppDirs::in_folder(folder.path().join("own"));
    let files = std::slice::from_ref(&path);
    let text = std::fs::read(&path).unwrap();
    let mut window = Window::at(&home, files, Vec::new());
    window.press(&format!("Fold stage {}", window.stage_name(0)));
    window.press("Fold lane Touchpoints");
    let folding = window.document().folding.clone();
    assert_eq!((folding.stages.len(), folding.lanes.len()), (1, 1));
    window.key(Modifiers::COMMAND, Key::W);
    let window = Window::at(&home, files, Vec::new());
    assert_eq!(window.document().folding, folding);
    assert_eq!(std::fs::read(&path).unwrap(), text);
    drop(window);

    // A stage that is gone by then is folded nowhere.
    let stage = folding.stages.first().unwrap().to_string();
    let text = String::from_utf8(text).unwrap();
    let other = text.replace(&format!("\"{stage}\""), "\"another-stage\"");
    touchline::storage::write(&path, other.as_bytes()).unwrap();
    let window = Window::at(&home, files, Vec::new());
    assert_eq!(window.document().folding.stages.len(), 0);
    assert_eq!(window.document().folding.lanes, folding.lanes);
}
