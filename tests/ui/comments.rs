//! Comments and questions written, answered and resolved in the inspector.

use super::Window;
use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable;
use touchline::model::{Comment, ObjectRef};

const NONE: Modifiers = Modifiers::NONE;

fn comments(window: &Window) -> Vec<Comment> {
    window
        .document()
        .session
        .map()
        .comments()
        .as_slice()
        .to_vec()
}

fn write(window: &mut Window, text: &str) {
    window.harness.event(egui::Event::Text(text.to_owned()));
    window.run_until_idle();
    window.key(NONE, Key::Enter);
}

#[test]
fn a_question_is_written_by_keys_answered_resolved_and_taken_back() {
    let (_folder, _path, mut window) = Window::with_bank_account();
    window.key(Modifiers::COMMAND, Key::Comma);
    let field = window
        .harness
        .get_by_role_and_label(egui::accesskit::Role::TextInput, "Your name");
    field.focus();
    window.run_until_idle();
    window.harness.event(egui::Event::Text("Jana".to_owned()));
    window.run_until_idle();
    window.press("Done");
    let before = window.map_clone();
    let id = before.touchpoints().next().unwrap().id.clone();
    window.click_card(&id, NONE);
    window.key(Modifiers::ALT, Key::N);
    write(&mut window, "Who tells them?");
    let [question] = &comments(&window)[..] else {
        panic!("one comment")
    };
    assert_eq!(question.subject(), ObjectRef::Touchpoint(id.clone()));
    assert!(question.question && !question.resolved && question.date.is_some());
    assert_eq!(
        (&*question.text, &*question.author),
        ("Who tells them?", "Jana")
    );
    // The next one may be written at once.
    write(&mut window, "They ask twice.");
    assert_eq!(comments(&window).len(), 2);
    assert!(!comments(&window)[1].question);
    window.fill("Reply: Who tells them?", "Sales does.");
    window.key(NONE, Key::Enter);
    assert_eq!(comments(&window)[0].replies[0].text, "Sales does.");
    window.press("Resolve: Who tells them?");
    assert!(comments(&window)[0].resolved);
    assert!(window.shows_label("2 comments, 1 open"));
    window.press("Reopen: Who tells them?");
    assert!(!comments(&window)[0].resolved);
    for _ in 0..5 {
        window.key(Modifiers::COMMAND, Key::Z);
    }
    assert_eq!(window.map_clone(), before);
}

#[test]
fn a_comment_on_the_map_and_one_on_a_deleted_step_are_still_shown() {
    let (_folder, _path, mut window) = Window::with_bank_account();
    window.key(Modifiers::ALT, Key::N);
    write(&mut window, "Read by everybody");
    assert_eq!(comments(&window)[0].subject(), ObjectRef::Map);
    let map = window.map_clone();
    let touchpoint = map.touchpoints().next().unwrap().clone();
    let stage = map.stage_of(&touchpoint.id).unwrap().clone();
    window.click_card(&touchpoint.id, NONE);
    window.key(Modifiers::ALT, Key::N);
    write(&mut window, "Still true");
    window.key(NONE, Key::Escape);
    window.click_card(&touchpoint.id, NONE);
    window.key(NONE, Key::Delete);
    assert_eq!(comments(&window)[1].subject(), ObjectRef::Stage(stage));
    let formerly = &comments(&window)[1].formerly;
    assert!(formerly.contains(&touchpoint.name), "{formerly}");
}
