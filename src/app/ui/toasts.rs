//! Toasts: short messages that disappear after a time. Messages about unsaved work are
//! dialogs instead.
//!
//! Must not know: what happened.

use super::buttons::{ControlIcon, ICON_BUTTON, control_button};
use super::style::{self, UNIT};
use egui::accesskit::Live;
use egui::{Align2, Area, Context, Frame, Id, Label, Margin, Order, Popup, Rect, Ui, vec2};

/// Minimum display time of a message, in seconds.
const MIN_SECONDS: f64 = 6.0;

/// Display time per character, in seconds: twice the usual reading time.
const SECONDS_PER_CHAR: f64 = 0.08;

/// Maximum width of the words, in points.
const MAX_TEXT_WIDTH: f32 = 480.0;

struct Toast {
    text: String,
    /// Time of the first display; `None` if not shown yet.
    shown_since: Option<f64>,
}

/// Visible toasts.
#[derive(Default)]
pub struct Toasts {
    toasts: Vec<Toast>,
    /// Size of all toasts in the last frame.
    size: egui::Vec2,
}

impl Toasts {
    /// Adds a message; an equal one is replaced, and at most four are kept.
    pub fn push(&mut self, text: impl Into<String>) {
        let text = style::visible_text(text);
        self.toasts.retain(|toast| toast.text != text);
        self.toasts.push(Toast {
            text,
            shown_since: None,
        });
        let surplus = self.toasts.len().saturating_sub(4);
        self.toasts.drain(..surplus);
    }

    /// Adds messages.
    pub fn extend(&mut self, texts: impl IntoIterator<Item = String>) {
        texts.into_iter().for_each(|text| self.push(text));
    }

    /// Texts of the toasts.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        self.toasts.iter().map(|toast| toast.text.as_str())
    }

    /// Shows the toasts at the bottom, above the height `taken` there, in points; at
    /// the top if they would cover the selection. Assistive tools read them out.
    pub fn show(&mut self, ctx: &Context, selected: Option<Rect>, taken: f32) {
        let now = ctx.time();
        for toast in &mut self.toasts {
            toast.shown_since.get_or_insert(now);
        }
        let stays =
            |toast: &Toast| MIN_SECONDS.max(SECONDS_PER_CHAR * toast.text.chars().count() as f64);
        let left = |toast: &Toast| stays(toast) - (now - toast.shown_since.unwrap_or(now));
        self.toasts.retain(|toast| left(toast) > 0.0);
        if self.toasts.is_empty() {
            return;
        }
        let soonest = self.toasts.iter().map(left).fold(f64::INFINITY, f64::min);
        if soonest.is_finite() {
            ctx.request_repaint_after_secs(soonest as f32 + 0.01);
        }
        let mut dismissed = None;
        let room = ctx.content_rect();
        let shift = vec2(0.0, 12.0 * UNIT);
        let rise = shift + vec2(0.0, taken);
        let below = Align2::CENTER_BOTTOM.align_size_within_rect(self.size, room.translate(-rise));
        let above = Align2::CENTER_TOP.align_size_within_rect(self.size, room.translate(shift));
        let covers = |place: Rect| selected.is_some_and(|it| it.expand(UNIT).intersects(place));
        let (anchor, shift) = if covers(below) && !covers(above) {
            (Align2::CENTER_TOP, shift)
        } else {
            (Align2::CENTER_BOTTOM, -rise)
        };
        // Over dialogs, but below a menu, whose entries it would cover.
        let order = if Popup::is_any_open(ctx) {
            Order::Middle
        } else {
            Order::Tooltip
        };
        // Beside the words are margins and the button.
        let width = (room.width() - ICON_BUTTON - 14.0 * UNIT).min(MAX_TEXT_WIDTH);
        let area = Area::new(Id::unique("messages")).order(order);
        let shown = area.anchor(anchor, shift).show(ctx, |ui| {
            for (i, toast) in self.toasts.iter().enumerate() {
                let frame = Frame::popup(ui.style()).inner_margin(Margin::symmetric(14, 8));
                let line = |ui: &mut Ui| {
                    let words = |ui: &mut Ui| {
                        ui.set_max_width(width);
                        ui.add(Label::new(&toast.text).wrap())
                    };
                    let label = ui.scope(words).inner;
                    ui.ctx().accesskit_node_builder(label.id, |node| {
                        node.set_live(Live::Polite);
                    });
                    let name = "Dismiss message";
                    if control_button(ui, ControlIcon::Close, name, name, false).clicked() {
                        dismissed = Some(i);
                    }
                };
                frame.show(ui, |ui| ui.horizontal(line));
            }
        });
        self.size = shown.response.rect.size();
        if let Some(i) = dismissed {
            self.toasts.remove(i);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_messages_are_shown_once() {
        let mut toasts = Toasts::default();
        toasts.push("Saved");
        toasts.push("Undone");
        toasts.push("Saved");
        assert_eq!(toasts.texts().collect::<Vec<_>>(), ["Undone", "Saved"]);
    }
}
