//! Preferences, focus, accessible names, dialogs at the end.

use crate::Window;
use egui::accesskit::Role;
use egui::{Key, Modifiers, OutputCommand};
use egui_kittest::kittest::{NodeT, Queryable};
use touchline::app::command::action::Selection;
use touchline::app::platform::file_dialog::FileResponse;
use touchline::model::ObjectRef;
use touchline::settings::{AppDirs, Motion, ThemeChoice};
use touchline::text::Typesetter;
use touchline::theme::{Density, DepartmentPalette};

fn home() -> (tempfile::TempDir, AppDirs) {
    let folder = tempfile::tempdir().unwrap();
    let home = AppDirs::in_folder(folder.path().join("own"));
    (folder, home)
}

fn radio(window: &mut Window, label: &str) {
    window.click(Role::RadioButton, label);
}

#[test]
fn preferences_apply_at_once_and_persist() {
    let (_folder, home) = home();
    let mut window = Window::at(&home, &[], Vec::new());
    window.key(Modifiers::COMMAND, Key::Comma);
    radio(&mut window, "Theme: Dark");
    radio(&mut window, "Motion: Off");
    radio(&mut window, "Density: Compact");
    radio(&mut window, "Department colours: Okabe–Ito");
    radio(&mut window, "Text size: 125 %");
    let overview = window
        .harness
        .get_by_role_and_label(Role::CheckBox, "Overview map");
    overview.scroll_to_me();
    window.run_until_idle();
    window.click(Role::CheckBox, "Overview map");
    assert_eq!(window.harness.ctx.theme(), egui::Theme::Dark);
    assert_eq!(window.harness.ctx.zoom_factor(), 1.25);
    assert_eq!(window.harness.ctx.global_style().animation_time, 0.0);
    window.key(Modifiers::NONE, Key::Escape);
    assert!(!window.shows_label("Preferences"));
    let chosen = window.harness.state().preferences().clone();
    drop(window);

    let window = Window::at(&home, &[], Vec::new());
    let found = window.harness.state().preferences();
    assert_eq!(*found, chosen);
    assert_eq!(
        (found.theme, found.motion),
        (ThemeChoice::Dark, Motion::Reduced)
    );
    assert_eq!(
        (found.palette, found.minimap),
        (DepartmentPalette::OkabeIto, false)
    );
    assert_eq!(found.density, Density::Compact);
    assert_eq!(window.harness.ctx.zoom_factor(), 1.25);
}

#[test]
fn density_key_toggles_and_keeps_the_selection_in_view() {
    let (_folder, _path, mut window) = Window::with_bank_account();
    window.press(crate::FIRST);
    for _ in 0..12 {
        window.key(Modifiers::NONE, Key::ArrowRight);
    }
    let Selection::One(ObjectRef::Touchpoint(id)) = window.document().selection.clone() else {
        panic!("no card is selected");
    };
    let name = window.touchpoint(&id.to_string()).name.clone();
    // Only objects in view have a rectangle that can be measured.
    let card = |window: &Window| {
        let card = window.harness.get_by_role_and_label(Role::Button, &name);
        card.rect().width() / window.document().camera.zoom
    };
    window.key(Modifiers::ALT, Key::D);
    let density = |window: &Window| window.harness.state().preferences().density;
    assert_eq!(density(&window), Density::Compact);
    let compact = card(&window);
    window.key(Modifiers::ALT, Key::D);
    assert_eq!(density(&window), Density::Comfortable);
    assert!(compact < 0.8 * card(&window));
}

#[test]
fn preferences_work_by_keyboard_and_can_be_reset() {
    let mut window = Window::open(&[], Vec::new());
    window.key(Modifiers::COMMAND, Key::Comma);
    // The selected option has the focus, so the next one is reached by Tab.
    window.key(Modifiers::NONE, Key::Tab);
    window.key(Modifiers::NONE, Key::Space);
    assert_eq!(
        window.harness.state().preferences().theme,
        ThemeChoice::Dark
    );
    window.press("Reset to defaults");
    assert_eq!(
        window.harness.state().preferences().theme,
        ThemeChoice::Light
    );
    window.press("Done");
    assert!(!window.shows_label("Preferences"));
}

#[test]
fn department_palette_changes_the_drawn_colors() {
    let (_folder, _path, mut window) = Window::with_bank_account();
    let colors = |window: &mut Window| {
        let mut colors: Vec<String> = Vec::new();
        let app = window.harness.state_mut();
        let look = touchline::app::Appearance {
            palette: app.preferences().palette,
            ..touchline::app::Appearance::default()
        };
        let document = app.document_mut().unwrap();
        let scene = document
            .rendered_journey(look, &mut Typesetter::bundled())
            .scene
            .clone();
        for group in &scene.groups {
            for item in &group.content.items {
                if let touchline::scene::Shape::Rect {
                    fill: Some(fill), ..
                } = &item.shape
                {
                    colors.push(format!("{:?}", scene.colors.color(*fill)));
                }
            }
        }
        colors
    };
    let before = colors(&mut window);
    window.key(Modifiers::COMMAND, Key::Comma);
    radio(&mut window, "Department colours: High contrast");
    window.press("Done");
    assert_ne!(colors(&mut window), before);
}

#[test]
fn closed_modal_restores_the_focus() {
    let (_folder, _path, mut window) = Window::with_bank_account();
    for (modifiers, key) in [
        (Modifiers::COMMAND, Key::Comma),
        (Modifiers::COMMAND, Key::K),
        (Modifiers::NONE, Key::F1),
    ] {
        window.harness.get_by_label("Map name").focus();
        window.run_until_idle();
        window.key(modifiers, key);
        window.key(Modifiers::NONE, Key::Escape);
        let focused = window.harness.get_by_label("Map name");
        assert!(focused.accesskit_node().is_focused(), "{key:?}");
    }
}

/// Focusable controls without an accessible name.
pub(crate) fn unnamed_controls(window: &Window) -> Vec<String> {
    let mut found = Vec::new();
    let mut left = vec![window.harness.root()];
    while let Some(node) = left.pop() {
        let it = node.accesskit_node();
        let name = it.label().or(it.value()).unwrap_or_default();
        let focusable = it.data().supports_action(egui::accesskit::Action::Focus);
        if focusable && !it.is_disabled() && name.trim().is_empty() {
            found.push(format!("{:?} at {:?}", it.role(), node.rect()));
        }
        left.extend(node.children());
    }
    found
}

pub(crate) fn select(window: &mut Window, selection: impl Into<Selection>) {
    let document = window.harness.state_mut().document_mut().unwrap();
    document.selection = selection.into();
    window.harness.step();
    window.run_until_idle();
}

/// One selection of each kind.
pub(crate) fn selection_of_each_kind(window: &Window) -> Vec<Selection> {
    let map = window.document().session.map();
    let mut all = vec![Selection::Nothing];
    let mut add = |object: Option<ObjectRef>| all.extend(object.map(Selection::One));
    let touchpoint = map.touchpoints().next();
    add(touchpoint.map(|t| ObjectRef::Touchpoint(t.id.clone())));
    let stages = map.stages().as_slice();
    add(stages.first().map(|s| ObjectRef::Stage(s.id.clone())));
    let lanes = map.lanes().as_slice();
    add(lanes.first().map(|l| ObjectRef::Lane(l.id.clone())));
    let personas = map.personas().as_slice();
    add(personas.first().map(|p| ObjectRef::Persona(p.id.clone())));
    let departments = map.departments().as_slice();
    add(departments
        .first()
        .map(|d| ObjectRef::Department(d.id.clone())));
    let channels = map.channels().as_slice();
    add(channels.first().map(|c| ObjectRef::Channel(c.id.clone())));
    let environments = map.environments().as_slice();
    add(environments
        .first()
        .map(|e| ObjectRef::Environment(e.id.clone())));
    all
}

#[test]
fn every_control_has_a_name() {
    let mut window = Window::open(&[], Vec::new());
    assert_eq!(unnamed_controls(&window), [""; 0], "start");
    drop(window);
    let (_folder, _path, window_) = Window::with_bank_account();
    window = window_;
    window.key(Modifiers::COMMAND, Key::B);
    for page in ["Outline", "Lanes"] {
        window
            .harness
            .get_all_by_label(page)
            .next()
            .unwrap()
            .click();
        window.run_until_idle();
        assert_eq!(unnamed_controls(&window), [""; 0], "{page}");
    }
    for selection in selection_of_each_kind(&window) {
        select(&mut window, selection.clone());
        assert_eq!(unnamed_controls(&window), [""; 0], "{selection:?}");
    }
    for (modifiers, key) in [
        (Modifiers::COMMAND, Key::Comma),
        (Modifiers::COMMAND, Key::K),
        (Modifiers::NONE, Key::F1),
        (Modifiers::NONE, Key::F10),
        (Modifiers::SHIFT, Key::F1),
    ] {
        window.key(modifiers, key);
        assert_eq!(unnamed_controls(&window), [""; 0], "{key:?}");
        window.key(Modifiers::NONE, Key::Escape);
    }
}

#[test]
fn accessibility_tree_lists_cards_in_path_order() {
    let (_folder, _path, mut window) = Window::with_bank_account();
    window.key(Modifiers::COMMAND, Key::Num0);
    for _ in 0..3 {
        window.key(Modifiers::COMMAND, Key::Plus);
    }
    let map = window.document().session.map();
    let mut expected: Vec<String> = Vec::new();
    for stage in map.stages() {
        expected.push(stage.name.clone());
        expected.extend(map.touchpoints_in(&stage.id).iter().map(|t| t.name.clone()));
    }
    let mut read = Vec::new();
    let mut left = vec![window.harness.root()];
    while let Some(node) = left.pop() {
        let it = node.accesskit_node();
        let described = it.description().is_some_and(|text| !text.is_empty());
        if it.role() == Role::Button && described {
            read.extend(it.label());
        }
        let children: Vec<_> = node.children().collect();
        left.extend(children.into_iter().rev());
    }
    let places: Vec<usize> = read
        .iter()
        .filter_map(|name| expected.iter().position(|it| it == name))
        .collect();
    assert!(places.len() > 5, "{read:?}");
    assert!(places.is_sorted(), "{read:?}");
}

#[test]
fn f6_cycles_regions_and_arrows_select_on_the_map() {
    let (_folder, _path, mut window) = Window::with_bank_account();
    let role = |window: &Window| {
        let mut left = vec![window.harness.root()];
        while let Some(node) = left.pop() {
            if node.accesskit_node().is_focused() {
                return Some((node.accesskit_node().role(), node.rect()));
            }
            left.extend(node.children());
        }
        None
    };
    let mut seen = Vec::new();
    for _ in 0..4 {
        window.key(Modifiers::NONE, Key::F6);
        seen.push(role(&window).expect("something has the focus"));
    }
    assert_eq!(seen[1].0, Role::Canvas, "{seen:?}");
    assert!(
        seen[0].1.max.y < 60.0 && seen[3].1.min.y > 660.0,
        "{seen:?}"
    );
    assert!(seen[2].1.min.x > 900.0, "{seen:?}");
    window.key(Modifiers::SHIFT, Key::F6);
    window.key(Modifiers::SHIFT, Key::F6);
    assert_eq!(role(&window).unwrap().0, Role::Canvas);
    window.key(Modifiers::NONE, Key::ArrowRight);
    assert!(matches!(
        window.document().selection,
        Selection::One(ObjectRef::Touchpoint(_))
    ));
    window.key(Modifiers::NONE, Key::Escape);
    assert_eq!(window.document().selection, Selection::Nothing);
    assert_eq!(
        role(&window).unwrap().0,
        Role::Canvas,
        "the map keeps the focus"
    );
    // In the toolbar arrow keys move between buttons.
    window.key(Modifiers::SHIFT, Key::F6);
    window.key(Modifiers::NONE, Key::ArrowRight);
    assert_eq!(window.document().selection, Selection::Nothing);
}

#[test]
fn page_shortcut_focuses_the_page_and_then_the_map() {
    let (_folder, _path, mut window) = Window::with_bank_account();
    let both = Modifiers::COMMAND | Modifiers::SHIFT;
    for (held, key) in [(Modifiers::COMMAND, Key::L), (both, Key::L), (both, Key::H)] {
        window.key(held, key);
        let focused = |window: &Window| {
            let id = window.harness.ctx.memory(|memory| memory.focused())?;
            Some(window.harness.ctx.read_response(id)?.rect)
        };
        let place = focused(&window).expect("something has the focus");
        assert!(place.right() < 330.0 && place.top() > 100.0, "{place:?}");
        window.key(held, key);
        let map = window.harness.get_by_role_and_label(Role::Canvas, "Map");
        assert_eq!(focused(&window), Some(map.rect()));
        window.key(Modifiers::NONE, Key::ArrowRight);
        let selected = &window.document().selection;
        assert!(
            matches!(selected, Selection::One(ObjectRef::Touchpoint(_))),
            "{key:?}"
        );
    }
}

#[test]
fn menu_opens_by_key_and_restores_the_focus() {
    let (_folder, _path, mut window) = Window::with_bank_account();
    window.harness.get_by_label("Map name").focus();
    window.run_until_idle();
    window.key(Modifiers::NONE, Key::F10);
    let focused = |window: &Window, label: &str| {
        window
            .harness
            .query_all_by_label(label)
            .any(|node| node.accesskit_node().is_focused())
    };
    assert!(focused(&window, "Map"), "the first line of the menu");
    window.key(Modifiers::NONE, Key::Enter);
    let lists = |window: &Window| {
        let mut found = window.harness.query_all_by_label_contains("Save as…");
        found.next().is_some()
    };
    assert!(lists(&window));
    window.key(Modifiers::NONE, Key::Escape);
    assert!(!lists(&window));
    assert!(focused(&window, "Map name"));
}

#[test]
fn all_shortcuts_fit_in_the_modal() {
    let (_folder, _path, mut window) = Window::with_bank_account();
    window.key(Modifiers::SHIFT, Key::F1);
    for entry in touchline::app::command::table::COMMANDS {
        if entry.shortcuts.is_empty() {
            continue;
        }
        let lowest = window
            .harness
            .query_all_by_label(entry.label)
            .map(|node| node.rect().max.y)
            .fold(f32::NAN, f32::max);
        assert!(lowest < 715.0, "{} is at {lowest}", entry.label);
    }
}

fn two_unsaved(answers: Vec<FileResponse>) -> (tempfile::TempDir, std::path::PathBuf, Window) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("bank.journey.ron");
    std::fs::copy("sample_maps/bank-account.journey.ron", &path).unwrap();
    let mut window = Window::open(std::slice::from_ref(&path), answers);
    window.fill("Map name", "One");
    window.key(Modifiers::NONE, Key::Escape);
    window.key(Modifiers::COMMAND, Key::N);
    window.fill("Map name", "Two");
    window.key(Modifiers::NONE, Key::Escape);
    (folder, path, window)
}

#[test]
fn several_unsaved_maps_share_one_dialog() {
    let (folder, path, mut window) = two_unsaved(Vec::new());
    let elsewhere = folder.path().join("two.journey.ron");
    window
        .dialogs
        .answers
        .replace(vec![FileResponse::Paths(vec![elsewhere.clone()])]);
    window.key(Modifiers::COMMAND, Key::Q);
    assert!(window.shows_label("Save the changes to 2 maps?"));
    window.press("Save all");
    window.run_until_idle();
    let asked = window.dialogs.requests.borrow().len();
    assert_eq!(asked, 1, "only the untitled map asks for a path");
    for (path, title) in [(&path, "One"), (&elsewhere, "Two")] {
        let text = std::fs::read_to_string(path).unwrap();
        assert!(text.contains(&format!("title: \"{title}\"")), "{text}");
    }
}

#[test]
fn only_ticked_maps_are_saved_and_cancel_changes_nothing() {
    let (_folder, path, mut window) = two_unsaved(Vec::new());
    let before = std::fs::read(&path).unwrap();
    window.key(Modifiers::COMMAND, Key::Q);
    window.press("Cancel");
    assert_eq!(std::fs::read(&path).unwrap(), before);
    assert_eq!(window.document().title(), "Two");
    window.key(Modifiers::COMMAND, Key::Q);
    window.click(Role::CheckBox, "Two");
    window.press("Save selected");
    window.run_until_idle();
    assert!(window.dialogs.requests.borrow().is_empty());
    assert!(
        std::fs::read_to_string(&path)
            .unwrap()
            .contains("title: \"One\"")
    );
}

#[test]
fn image_is_exported_in_the_background() {
    let (picture, _folder, _window) = exported("map.svg");
    assert!(picture.contains("<svg"));
}

#[test]
fn page_is_exported_and_its_link_copied() {
    let (page, folder, mut window) = exported("my map.html");
    assert!(page.contains("<article id=\"t0\""));
    window.key(Modifiers::COMMAND, Key::K);
    let search = window.harness.get_by_label("Search");
    search.type_text("Copy link to file");
    window.run_until_idle();
    // A release would be a frame of its own, in which nothing is copied.
    window.harness.key_down(Key::Enter);
    let link = format!("file://{}/my%20map.html", folder.path().display());
    let copied = (0..9).find_map(|_| {
        window.harness.step();
        let commands = &window.harness.output().platform_output.commands;
        commands.iter().find_map(|command| match command {
            OutputCommand::CopyText(text) => Some(text.clone()),
            _ => None,
        })
    });
    assert_eq!(copied, Some(link));
}

/// Exports the bank account with Ctrl+E to a file of this name; returns its content.
fn exported(name: &str) -> (String, tempfile::TempDir, Window) {
    let (folder, _path, mut window) = Window::with_bank_account();
    let picture = folder.path().join(name);
    window
        .dialogs
        .answers
        .replace(vec![FileResponse::Paths(vec![picture.clone()])]);
    window.key(Modifiers::COMMAND, Key::E);
    window.key(Modifiers::NONE, Key::Enter);
    while !window
        .harness
        .state()
        .messages()
        .iter()
        .any(|m| m.starts_with("Exported"))
    {
        window.harness.step();
        assert!(!window.shows_label("The map was not exported"));
    }
    let content = std::fs::read_to_string(&picture).unwrap();
    (content, folder, window)
}

#[test]
fn large_map_opens_in_the_background_and_can_be_cancelled() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("large.journey.ron");
    let mut text = "(format: 1, title: \"Large\", stages: [(name: \"S\", touchpoints: [".to_owned();
    for i in 0..6_000 {
        text.push_str(&format!(
            "(name: \"Touchpoint number {i} of a map that is large\"),\n"
        ));
    }
    text.push_str("])])");
    assert!(text.len() > 300_000);
    touchline::storage::write(&path, text.as_bytes()).unwrap();
    let mut window = Window::open(&[], Vec::new());
    window
        .harness
        .state_mut()
        .open_all(std::slice::from_ref(&path));
    window.harness.step();
    window.harness.step();
    if window.shows_label("Opening large.journey.ron…") {
        window.press("Cancel");
        assert!(window.harness.state().document().is_none());
    }
    window
        .harness
        .state_mut()
        .open_all(std::slice::from_ref(&path));
    while window
        .harness
        .state()
        .document()
        .is_none_or(|d| d.title() != "Large")
    {
        window.harness.step();
    }
    assert_eq!(window.document().session.map().touchpoint_count(), 6_000);
}

#[test]
fn toasts_are_announced_to_assistive_tools() {
    let (_folder, _path, mut window) = Window::with_bank_account();
    window.key(Modifiers::NONE, Key::ArrowRight);
    window.key(Modifiers::NONE, Key::Insert);
    window.key(Modifiers::NONE, Key::Enter);
    window.key(Modifiers::COMMAND, Key::Z);
    window.harness.step();
    let said = window
        .harness
        .state()
        .messages()
        .first()
        .unwrap()
        .to_string();
    let node = window.harness.get_by_label(&said);
    assert_eq!(
        node.accesskit_node().data().live(),
        Some(egui::accesskit::Live::Polite)
    );
}

#[test]
fn toolbar_does_not_overlap_with_large_text_in_a_small_window() {
    let (_folder, _path, mut window) = Window::with_bank_account();
    for _ in 0..5 {
        let app = window.harness.state_mut();
        app.queue_command(touchline::app::command::table::CommandId::LargerText);
        window.run_until_idle();
    }
    assert_eq!(window.harness.ctx.zoom_factor(), 2.0);
    let bar = [
        "Menu",
        "Map name",
        "Filter",
        "More",
        "Outline and lanes",
        "Present",
    ];
    let rects: Vec<egui::Rect> = bar
        .map(|label| {
            window
                .harness
                .get_all_by_label(label)
                .next()
                .unwrap()
                .rect()
        })
        .to_vec();
    for (i, a) in rects.iter().enumerate() {
        assert!(a.max.x <= 640.0, "{} at {a}", bar[i]);
        for (k, b) in rects.iter().enumerate().take(i) {
            assert!(!a.shrink(1.0).intersects(*b), "{} and {}", bar[i], bar[k]);
        }
    }
}
