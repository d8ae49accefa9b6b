//! Short messages at the bottom that go away by themselves. What is about work
//! at stake is a question in the window instead.
//!
//! Must not know: what happened.

use super::look::UNIT;
use super::widgets::{Sign, sign_button};
use egui::{Align2, Area, Context, Frame, Id, Order, vec2};

/// How long a message stays, in seconds.
const SECONDS: f64 = 6.0;

struct Toast {
    text: String,
    /// Since when it has been seen; `None`: not shown yet.
    since: Option<f64>,
}

/// The messages on screen.
#[derive(Default)]
pub struct Toasts(Vec<Toast>);

impl Toasts {
    /// Says something that goes away by itself.
    pub fn say(&mut self, text: impl Into<String>) {
        let text = text.into();
        self.0.retain(|toast| toast.text != text);
        self.0.push(Toast { text, since: None });
        let surplus = self.0.len().saturating_sub(4);
        self.0.drain(..surplus);
    }

    /// What is said right now.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|toast| toast.text.as_str())
    }

    /// Shows the messages.
    pub fn show(&mut self, ctx: &Context) {
        let now = ctx.time();
        for toast in &mut self.0 {
            toast.since.get_or_insert(now);
        }
        let left = |toast: &Toast| SECONDS - (now - toast.since.unwrap_or(now));
        self.0.retain(|toast| left(toast) > 0.0);
        if self.0.is_empty() {
            return;
        }
        let soonest = self.0.iter().map(left).fold(f64::INFINITY, f64::min);
        if soonest.is_finite() {
            ctx.request_repaint_after_secs(soonest as f32 + 0.01);
        }
        let mut dismissed = None;
        Area::new(Id::unique("messages"))
            .order(Order::Tooltip)
            .anchor(Align2::CENTER_BOTTOM, vec2(0.0, -12.0 * UNIT))
            .show(ctx, |ui| {
                for (i, toast) in self.0.iter().enumerate() {
                    Frame::popup(ui.style())
                        .inner_margin(egui::Margin::symmetric(14, 8))
                        .show(ui, |ui| {
                            ui.horizontal(|ui| {
                                ui.set_max_width(520.0);
                                ui.add(egui::Label::new(&toast.text).wrap());
                                let label = "Dismiss message";
                                if sign_button(ui, Sign::Close, label, label, false).clicked() {
                                    dismissed = Some(i);
                                }
                            });
                        });
                }
            });
        if let Some(i) = dismissed {
            self.0.remove(i);
        }
    }
}

/// A sentence with a capital letter and a full stop.
pub fn sentence(text: &str) -> String {
    let mut letters = text.trim().chars();
    let Some(first) = letters.next() else {
        return String::new();
    };
    let mut sentence: String = first.to_uppercase().chain(letters).collect();
    if !sentence.ends_with(['.', '?', '!', '…']) {
        sentence.push('.');
    }
    sentence
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_message_is_said_once() {
        let mut toasts = Toasts::default();
        toasts.say("Saved");
        toasts.say("Undone");
        toasts.say("Saved");
        assert_eq!(toasts.texts().collect::<Vec<_>>(), ["Undone", "Saved"]);
    }

    #[test]
    fn sentences_begin_large_and_end() {
        assert_eq!(sentence("there is no stage"), "There is no stage.");
        assert_eq!(sentence("Where to?"), "Where to?");
    }
}
