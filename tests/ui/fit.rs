//! Controls stay inside the window at every width, text size and view.
//!
//! A larger text leaves fewer points: 640 points at 200 % are 320.

use super::Window;
use egui::{LayerId, Rect, vec2};
use touchline::app::command::table::CommandId;

/// Widths in points: those of windows, and what larger text leaves of them.
const WIDTHS: [f32; 22] = [
    320.0, 366.0, 427.0, 480.0, 512.0, 560.0, 640.0, 720.0, 800.0, 880.0, 960.0, 1024.0, 1100.0,
    1240.0, 1280.0, 1366.0, 1440.0, 1590.0, 1760.0, 1920.0, 2560.0, 3840.0,
];

/// Height of the status bar, in points.
const STATUS_HEIGHT: f32 = 30.0;
/// Height of a toolbar of one row, in points.
const TOOLBAR_HEIGHT: f32 = 50.0;

const VIEWS: [CommandId; 4] = [
    CommandId::ViewFlow,
    CommandId::ViewOwnership,
    CommandId::ViewFindings,
    CommandId::ViewJourney,
];

const TITLES: [&str; 4] = [
    "T",
    "Eröffnung eines Gemeinschaftskontos für Wohngemeinschaftsmitbewohnerinnen und Hausverwaltungsgesellschaften",
    "銀行口座を開設する大学生のカスタマージャーニー（現状）と改善後の姿についての地図",
    "رحلة العميل عند فتح حساب مصرفي جديد للطلاب القادمين من خارج المدينة",
];

impl Window {
    fn resize(&mut self, width: f32, height: f32) {
        self.harness.set_size(vec2(width, height));
        self.run_until_idle();
    }

    fn run_command(&mut self, id: CommandId) {
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
                // Contents of panels below the window are clipped to no height.
                let is_in_bar = widget.interact_rect.height() > 1.0;
                widget.sense.is_focusable() && is_in_bar && (y < TOOLBAR_HEIGHT || y > below)
            });
            controls.map(|widget| widget.rect).collect()
        })
    }

    /// Asserts that the controls of the bars are inside the window and beside each other.
    fn assert_bars_fit(&self, what: &str) {
        let screen = self.harness.ctx.content_rect();
        let controls = self.bar_controls();
        assert!(controls.len() > 6, "{what}: {controls:?}");
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
fn the_toolbar_is_one_row() {
    let (_folder, _path, mut window) = Window::with_bank_account();
    for width in WIDTHS {
        window.resize(width, 720.0);
        let top = window.canvas().top();
        assert!(top <= TOOLBAR_HEIGHT, "{width}: the map begins at {top}");
    }
}
