//! Controls stay inside the window at every width, text size and view.
//!
//! A larger text leaves fewer points: 640 points at 200 % are 320.

use super::Window;
use egui::{Key, LayerId, Modifiers, Order, Rect, vec2};
use egui_kittest::kittest::Queryable;
use touchline::app::command::action::Selection;
use touchline::app::command::table::{COMMANDS, CommandGroup, CommandId};
use touchline::app::platform::file_dialog::FileResponse;
use touchline::model::ObjectRef;

/// Widths in points: those of windows, and what larger text leaves of them.
const WIDTHS: [f32; 22] = [
    320.0, 366.0, 427.0, 480.0, 512.0, 560.0, 640.0, 720.0, 800.0, 880.0, 960.0, 1024.0, 1100.0,
    1240.0, 1280.0, 1366.0, 1440.0, 1590.0, 1760.0, 1920.0, 2560.0, 3840.0,
];

/// Height of the status bar, in points.
const STATUS_HEIGHT: f32 = 30.0;
/// Height of a toolbar of one row, in points.
const TOOLBAR_HEIGHT: f32 = 50.0;

const VIEWS: [CommandId; 5] = [
    CommandId::ViewFlow,
    CommandId::ViewOwnership,
    CommandId::ViewFindings,
    CommandId::ViewScores,
    CommandId::ViewJourney,
];

const TITLES: [&str; 4] = [
    "T",
    "Eröffnung eines Gemeinschaftskontos für Wohngemeinschaftsmitbewohnerinnen und Hausverwaltungsgesellschaften",
    "Διαδρομή πελάτη κατά το άνοιγμα τραπεζικού λογαριασμού για νέους φοιτητές από άλλη πόλη",
    "Đăng ký tài khoản ngân hàng – Открытие банковского счёта для студентов из других городов",
];

impl Window {
    fn resize(&mut self, width: f32, height: f32) {
        self.harness.set_size(vec2(width, height));
        self.run_until_idle();
    }

    pub(super) fn run_command(&mut self, id: CommandId) {
        self.harness.state_mut().queue_command(id);
        self.harness.step();
        self.run_until_idle();
    }

    /// Rectangles of the controls of the toolbar and of the status bar.
    fn bar_controls(&self) -> Vec<Rect> {
        let below = self.harness.ctx.content_rect().bottom() - STATUS_HEIGHT;
        self.harness.ctx.viewport(|viewport| {
            let widgets = &viewport.prev_pass.widgets;
            let controls = widgets.get_layer(LayerId::background()).filter(|widget| {
                let y = widget.rect.center().y;
                // The contents of panels are clipped at the edges of the bars.
                let is_in_bar = widget.interact_rect.height() > widget.rect.height() - 1.0;
                widget.sense.is_focusable() && is_in_bar && (y < TOOLBAR_HEIGHT || y > below)
            });
            controls.map(|widget| widget.rect).collect()
        })
    }

    /// Asserts that the controls of the bars are inside the window and beside each other.
    fn assert_bars_fit(&self, what: &str) {
        let screen = self.harness.ctx.content_rect();
        let controls = self.bar_controls();
        assert!(controls.len() > 3, "{what}: {controls:?}");
        for (i, rect) in controls.iter().enumerate() {
            assert!(rect.is_positive(), "{what}: {rect}");
            assert!(screen.contains_rect(*rect), "{what}: {rect}");
            for other in &controls[..i] {
                let shared = rect.intersect(*other);
                let apart = shared.width() <= 0.0 || shared.height() <= 0.0;
                assert!(apart, "{what}: {rect} and {other}");
            }
        }
        let present = self.leftmost_button("Present");
        assert!(controls.contains(&present), "{what}: Present at {present}");
    }
}

#[test]
fn bars_fit_every_width_view_and_title() {
    let (_folder, _path, mut window) = Window::with_bank_account();
    for view in VIEWS {
        window.run_command(view);
        for width in WIDTHS {
            let height = if width < 640.0 { 210.0 } else { 720.0 };
            window.resize(width, height);
            window.assert_bars_fit(&format!("{view:?} at {width}"));
        }
    }
    window.run_command(CommandId::ToggleHandoffs);
    window.run_command(CommandId::HighlightPain);
    for title in TITLES {
        window.resize(1280.0, 720.0);
        window.fill("Map name", title);
        for width in WIDTHS {
            window.resize(width, 420.0);
            window.assert_bars_fit(&format!("{title} at {width}"));
        }
    }
}

#[test]
fn a_map_name_without_room_ends_in_an_ellipsis_and_is_edited_whole() {
    let (_folder, _path, mut window) = Window::with_bank_account();
    window.resize(1280.0, 720.0);
    let title = "Opening an account for a small company with several signatories";
    window.fill("Map name", title);
    window.key(Modifiers::NONE, Key::Escape);
    let shapes = &window.harness.output().shapes;
    let is_cut = shapes.iter().any(|shape| match &shape.shape {
        egui::Shape::Text(text) => {
            let start = text.galley.text().strip_suffix('…');
            start.is_some_and(|start| start.len() > 3 && title.starts_with(start))
        }
        _ => false,
    });
    assert!(is_cut);
    assert_eq!(
        window.harness.get_by_label("Map name").value(),
        Some(title.to_owned())
    );
    window.harness.get_by_label("Map name").focus();
    window.harness.run();
    window.harness.event(egui::Event::Text("!".to_owned()));
    window.run_until_idle();
    let now = &window.document().session.map().header().title;
    assert_eq!(now.replace('!', ""), title);
    assert!(now.contains('!'));
}

#[test]
fn the_toolbar_is_one_row() {
    let (_folder, _path, mut window) = Window::with_bank_account();
    for width in WIDTHS {
        window.resize(width, 720.0);
        let top = window.canvas().top();
        assert!(top <= TOOLBAR_HEIGHT, "{width}: the map begins at {top}");
    }
}

impl Window {
    fn select_first(&mut self) {
        let map = self.document().session.map();
        let first = map.touchpoints().next().unwrap().id.clone();
        let document = self.harness.state_mut().document_mut().unwrap();
        document.selection = Selection::One(ObjectRef::Touchpoint(first));
        self.run_until_idle();
    }

    /// Asserts that popups and dialogs are inside the window.
    fn assert_areas_fit(&self, what: &str) {
        let screen = self.harness.ctx.content_rect();
        let memory = self.harness.ctx.memory(|memory| {
            let shown = memory
                .layer_ids()
                .filter(|layer| layer.order != Order::Background);
            let shown = shown.filter(|layer| memory.areas().is_visible(layer));
            let rects = shown.filter_map(|layer| memory.area_rect(layer.id));
            rects.collect::<Vec<_>>()
        });
        for rect in memory {
            assert!(
                screen.contains_rect(rect.shrink(1.0)),
                "{what}: {rect} in {screen}"
            );
        }
    }

    /// Asserts that each of the next widgets that a key focuses is inside the window, and
    /// returns how many there are until the focus comes round or leaves the layer.
    fn walk(&mut self, key: Key, what: &str) -> usize {
        let focused = |window: &Window| window.harness.ctx.memory(|memory| memory.focused());
        let mut seen = vec![focused(self)];
        for _ in 0..200 {
            self.harness.key_press(key);
            self.harness.run_steps(6);
            let now = focused(self);
            let screen = self.harness.ctx.content_rect();
            let place = now.and_then(|id| self.harness.ctx.read_response(id));
            let place = place.map(|response| response.rect);
            // A field of several lines scrolls with its caret.
            let is_in_sight = |rect: Rect| match rect.height() > screen.height() / 2.0 {
                true => screen.intersects(rect),
                false => screen.contains_rect(rect.shrink(1.0)),
            };
            assert!(
                place.is_none_or(is_in_sight),
                "{what}: {place:?} in {screen}, after {}",
                seen.len()
            );
            if seen.contains(&now) {
                break;
            }
            seen.push(now);
        }
        seen.len()
    }
}

const SIZES: [(f32, f32); 5] = [
    (320.0, 210.0),
    (480.0, 320.0),
    (560.0, 360.0),
    (640.0, 420.0),
    (1280.0, 720.0),
];

#[test]
fn every_menu_line_can_be_reached_inside_the_window() {
    let (_folder, mut window) = Window::with_small_map();
    for (width, height) in SIZES {
        window.resize(width, height);
        for (at, group) in CommandGroup::ALL.iter().enumerate() {
            let what = format!("{group:?} at {width} × {height}");
            window.key(Modifiers::NONE, Key::F10);
            for _ in 0..at {
                window.key(Modifiers::NONE, Key::ArrowDown);
            }
            window.key(Modifiers::NONE, Key::ArrowRight);
            let enabled = COMMANDS.iter().filter(|entry| {
                let state = window.harness.state().command_state();
                entry.group == *group && entry.id.is_enabled(&state)
            });
            let enabled = enabled.count();
            assert_eq!(window.walk(Key::ArrowDown, &what), enabled, "{what}");
            window.key(Modifiers::NONE, Key::Escape);
            window.key(Modifiers::NONE, Key::Escape);
        }
    }
}

#[test]
fn dialogs_and_menus_can_be_used_inside_the_window() {
    let (_folder, mut window) = Window::with_small_map();
    for (width, height) in SIZES {
        window.resize(width, height);
        for id in [
            CommandId::Preferences,
            CommandId::CommandPalette,
            CommandId::Shortcuts,
            CommandId::Help,
            CommandId::PasteList,
            CommandId::Filter,
            CommandId::ContextMenu,
        ] {
            let what = format!("{} at {width} × {height}", id.label());
            window.select_first();
            window.run_command(id);
            window.assert_areas_fit(&what);
            window.walk(Key::Tab, &what);
            window.key(Modifiers::NONE, Key::Escape);
        }
    }
}

#[test]
fn the_start_screen_can_be_used_at_every_width() {
    let mut window = Window::open(&[], Vec::new());
    for width in WIDTHS {
        let height = if width < 640.0 { 210.0 } else { 720.0 };
        window.resize(width, height);
        let what = format!("start screen at {width}");
        let screen = window.harness.ctx.content_rect();
        window.harness.ctx.viewport(|viewport| {
            let widgets = viewport.prev_pass.widgets.get_layer(LayerId::background());
            for widget in widgets.filter(|widget| widget.sense.is_focusable()) {
                let x = widget.rect.x_range();
                let fits = screen.x_range().expand(1.0).contains(x.min)
                    && screen.x_range().expand(1.0).contains(x.max);
                assert!(fits, "{what}: {} in {screen}", widget.rect);
            }
        });
    }
    for (width, height) in SIZES {
        window.resize(width, height);
        window.walk(Key::Tab, &format!("start screen at {width} × {height}"));
    }
}

#[test]
fn messages_and_questions_can_be_used_inside_the_window() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder
        .path()
        .join(format!("{}.journey.ron", "long name ".repeat(12)));
    std::fs::copy("sample_maps/bank-account.journey.ron", &path).unwrap();
    let broken = folder.path().join("broken.journey.ron");
    touchline::storage::write(&broken, b"(\n  title: 7,\n)").unwrap();
    let answers = vec![FileResponse::NoService; SIZES.len()];
    let mut window = Window::open(std::slice::from_ref(&path), answers);
    for (at, (width, height)) in SIZES.into_iter().enumerate() {
        window.resize(1280.0, 720.0);
        window.fill("Map name", &format!("{}{at}", TITLES[1]));
        window.resize(width, height);
        type Open = fn(&mut Window, &std::path::Path);
        let shown: [(&str, Open); 4] = [
            ("a message", |window, _| {
                window.key(Modifiers::COMMAND, Key::Z)
            }),
            ("unsaved changes", |window, _| {
                window.key(Modifiers::COMMAND | Modifiers::SHIFT, Key::Z);
                window.key(Modifiers::COMMAND, Key::W);
            }),
            ("a failure", |window, path| {
                let path = path.to_owned();
                window
                    .harness
                    .state_mut()
                    .open_all(std::slice::from_ref(&path));
                window.run_until_idle();
            }),
            ("a path", |window, _| window.key(Modifiers::COMMAND, Key::O)),
        ];
        for (name, open) in shown {
            let what = format!("{name} at {width} × {height}");
            open(&mut window, &broken);
            window.assert_areas_fit(&what);
            if name != "a message" {
                window.walk(Key::Tab, &what);
                window.key(Modifiers::NONE, Key::Escape);
            }
        }
    }
}
