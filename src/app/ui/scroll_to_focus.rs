//! Scrolls widgets that get the keyboard focus into view, and scrolls pages without
//! focusable content by keys.
//!
//! Must not know: what has the focus.

use egui::accesskit::{Action, ActionRequest, TreeId};
use egui::{Context, Event, Id, Key, Modifiers, Ui, vec2};

/// Maximum height of a widget that is scrolled into view, in points.
const MAX_WIDGET_HEIGHT: f32 = 160.0;

/// Tracks the focus between frames.
#[derive(Default)]
pub struct ScrollToFocus {
    last_focus: Option<Id>,
    /// Focused widget outside the visible area.
    hidden_focus: Option<Id>,
}

impl ScrollToFocus {
    /// Before widgets are shown: requests to scroll the focused widget into view.
    pub(crate) fn begin(&mut self, ctx: &Context) {
        let Some(id) = self.hidden_focus.take() else {
            return;
        };
        // The same request as from assistive tools, which every scroll area answers.
        let request = ActionRequest {
            action: Action::ScrollIntoView,
            target_tree: TreeId::ROOT,
            target_node: id.accesskit_id(),
            data: None,
        };
        ctx.input_mut(|i| i.events.push(Event::AccessKitActionRequest(request)));
    }

    /// After widgets were shown: detects a newly focused widget that is cut off.
    pub(crate) fn end(&mut self, ctx: &Context) {
        let focused = ctx.memory(|memory| memory.focused());
        if focused == self.last_focus {
            return;
        }
        self.last_focus = focused;
        // Widgets clicked with the pointer are visible.
        let pointed = ctx.input(|i| i.pointer.any_down() || i.pointer.any_released());
        // Reading the response instead could take the focus away.
        let found = |id| ctx.viewport(|it| it.this_pass.widgets.get(id).copied());
        let Some(widget) = focused.and_then(found) else {
            return;
        };
        let seen = widget.interact_rect.expand(1.0);
        // Taller widgets are lists or pages that scroll by themselves.
        let small = widget.rect.height() < MAX_WIDGET_HEIGHT;
        if small && !pointed && !seen.contains_rect(widget.rect) {
            self.hidden_focus = focused;
            ctx.request_repaint();
        }
    }
}

/// Scrolls the area around `ui` by keys, for pages without focusable content. `page` is
/// the visible height, in points.
pub(crate) fn scroll_by_keys(ui: &Ui, page: f32) {
    const LINE: f32 = 60.0;
    const WHOLE: f32 = 1e6;
    let keys = [
        (Key::ArrowDown, -LINE),
        (Key::ArrowUp, LINE),
        (Key::PageDown, LINE - page),
        (Key::Space, LINE - page),
        (Key::PageUp, page - LINE),
        (Key::End, -WHOLE),
        (Key::Home, WHOLE),
    ];
    let by: f32 = ui.input_mut(|i| {
        let pressed = |(key, by)| i.count_and_consume_key(Modifiers::NONE, key) as f32 * by;
        keys.map(pressed).iter().sum()
    });
    if by != 0.0 {
        ui.scroll_with_delta_animation(vec2(0.0, by), egui::style::ScrollAnimation::none());
    }
}
