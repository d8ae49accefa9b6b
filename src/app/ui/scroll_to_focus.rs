//! What gets the focus by keyboard comes into sight, whatever scrolls around
//! it; and pages without any control are scrolled by keys.
//!
//! Must not know: what has the focus.

use egui::accesskit::{Action, ActionRequest, TreeId};
use egui::{Context, Event, Id, Key, Modifiers, Ui, vec2};

/// What is taller than this is not brought into sight, in points.
const TALLEST: f32 = 160.0;

/// Watches the focus from frame to frame.
#[derive(Default)]
pub struct Follow {
    last: Option<Id>,
    /// What has the focus out of sight.
    due: Option<Id>,
}

impl Follow {
    /// Before anything is shown: asks what has the focus to scroll into sight.
    pub(crate) fn begin(&mut self, ctx: &Context) {
        let Some(id) = self.due.take() else {
            return;
        };
        // As assistive tools ask for it: whatever scrolls around it answers.
        let request = ActionRequest {
            action: Action::ScrollIntoView,
            target_tree: TreeId::ROOT,
            target_node: id.accesskit_id(),
            data: None,
        };
        ctx.input_mut(|i| i.events.push(Event::AccessKitActionRequest(request)));
    }

    /// After everything was shown: looks whether something got the focus that
    /// is cut off.
    pub(crate) fn end(&mut self, ctx: &Context) {
        let focused = ctx.memory(|memory| memory.focused());
        if focused == self.last {
            return;
        }
        self.last = focused;
        // Who points at something sees it, and what pops up does so in sight.
        let pointed = ctx.input(|i| i.pointer.any_down() || i.pointer.any_released());
        let popped = egui::Popup::is_any_open(ctx);
        // Not its response: asking for that can take the focus away.
        let found = |id| ctx.viewport(|it| it.this_pass.widgets.get(id).copied());
        let Some(widget) = focused.and_then(found) else {
            return;
        };
        let seen = widget.interact_rect.expand(1.0);
        // What is taller is a list or page of its own, and scrolls by itself.
        let small = widget.rect.height() < TALLEST;
        if small && !pointed && !popped && !seen.contains_rect(widget.rect) {
            self.due = focused;
            ctx.request_repaint();
        }
    }
}

/// Scrolls by keys what scrolls around `ui`: for pages that hold nothing to go
/// to. `page` is the height that is seen, in points.
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
