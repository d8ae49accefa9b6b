//! Manners of the program: preferences, focus, names, questions at the end.

use crate::Window;
use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT, Queryable};
use touchline::session::{Home, Motion, ThemeChoice};
use touchline::text::Typesetter;
use touchline::theme::Palette;

fn home() -> (tempfile::TempDir, Home) {
    let folder = tempfile::tempdir().unwrap();
    let home = Home::at(folder.path().join("own"));
    (folder, home)
}

fn radio(window: &mut Window, label: &str) {
    window.click(Role::RadioButton, label);
}

#[test]
fn preferences_are_seen_at_once_and_kept() {
    let (_folder, home) = home();
    let mut window = Window::at(&home, &[], Vec::new());
    window.key(Modifiers::COMMAND, Key::Comma);
    radio(&mut window, "Theme: Dark");
    radio(&mut window, "Motion: Jump");
    radio(&mut window, "Department colours: Okabe–Ito");
    radio(&mut window, "Text size: 125 %");
    window.click(Role::CheckBox, "Overview map");
    assert_eq!(window.harness.ctx.theme(), egui::Theme::Dark);
    assert_eq!(window.harness.ctx.zoom_factor(), 1.25);
    assert_eq!(window.harness.ctx.global_style().animation_time, 0.0);
    window.key(Modifiers::NONE, Key::Escape);
    assert!(!window.sees("Preferences"));
    let chosen = window.harness.state().preferences().clone();
    drop(window);

    let window = Window::at(&home, &[], Vec::new());
    let found = window.harness.state().preferences();
    assert_eq!(*found, chosen);
    assert_eq!(
        (found.theme, found.motion),
        (ThemeChoice::Dark, Motion::Reduced)
    );
    assert_eq!((found.palette, found.minimap), (Palette::OkabeIto, false));
    assert_eq!(window.harness.ctx.zoom_factor(), 1.25);
}

#[test]
fn preferences_need_no_mouse_and_can_be_taken_back() {
    let mut window = Window::open(&[], Vec::new());
    window.key(Modifiers::COMMAND, Key::Comma);
    // The choice that is made has the focus: the next one is a Tab away.
    window.key(Modifiers::NONE, Key::Tab);
    window.key(Modifiers::NONE, Key::Space);
    assert_eq!(
        window.harness.state().preferences().theme,
        ThemeChoice::Dark
    );
    window.press("As on the first day");
    assert_eq!(
        window.harness.state().preferences().theme,
        ThemeChoice::Light
    );
    window.press("Done");
    assert!(!window.sees("Preferences"));
}

#[test]
fn the_palette_of_departments_is_drawn() {
    let (_folder, _path, mut window) = Window::with_bank_account();
    let colours = |window: &mut Window| {
        let mut colours: Vec<String> = Vec::new();
        let app = window.harness.state_mut();
        let look = touchline::app::Look {
            palette: app.preferences().palette,
            ..touchline::app::Look::default()
        };
        let document = app.document_mut().unwrap();
        let lit = document.lit;
        let (_, scene) = document.picture(look, lit, &mut Typesetter::bundled());
        for group in &scene.groups {
            for item in &group.body.items {
                if let touchline::scene::Shape::Rect {
                    fill: Some(fill), ..
                } = &item.shape
                {
                    colours.push(format!("{fill:?}"));
                }
            }
        }
        colours
    };
    let before = colours(&mut window);
    window.key(Modifiers::COMMAND, Key::Comma);
    radio(&mut window, "Department colours: High contrast");
    window.press("Done");
    assert_ne!(colours(&mut window), before);
}

#[test]
fn a_sheet_gives_the_focus_back() {
    let (_folder, _path, mut window) = Window::with_bank_account();
    for (modifiers, key) in [
        (Modifiers::COMMAND, Key::Comma),
        (Modifiers::COMMAND, Key::K),
        (Modifiers::NONE, Key::F1),
    ] {
        window.harness.get_by_label("Map name").focus();
        window.settle();
        window.key(modifiers, key);
        window.key(Modifiers::NONE, Key::Escape);
        let focused = window.harness.get_by_label("Map name");
        assert!(focused.accesskit_node().is_focused(), "{key:?}");
    }
}
