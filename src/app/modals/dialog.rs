//! Frames of modals: a dialog with a title and buttons, a page with a close button, and the
//! progress of a task.
//!
//! Must not know: what a modal shows or answers.

use crate::app::ui::buttons::{ControlIcon, control_button, primary_button};
use crate::app::ui::style;
use crate::app::ui::style::UNIT;
use egui::{
    Align, Button, Context, Id, Key, Label, LayerId, Layout, Margin, ModalResponse, Modifiers,
    Order, ProgressBar, Response, Role, Spinner, Ui, WidgetInfo,
};

/// A button of a dialog.
pub(super) struct Choice<'a, T> {
    label: &'a str,
    answer: T,
    tip: &'a str,
    enabled: bool,
    primary: bool,
}

impl<'a, T> Choice<'a, T> {
    /// Creates a button that gives this answer.
    pub fn new(label: &'a str, answer: T) -> Choice<'a, T> {
        Choice {
            label,
            answer,
            tip: "",
            enabled: true,
            primary: false,
        }
    }

    /// Creates the default button, which has the focus at first.
    pub fn primary(label: &'a str, answer: T) -> Choice<'a, T> {
        Choice {
            primary: true,
            ..Choice::new(label, answer)
        }
    }

    /// Enables the button or disables it.
    pub fn enabled(self, enabled: bool) -> Choice<'a, T> {
        Choice { enabled, ..self }
    }

    /// Adds a tooltip.
    pub fn tip(self, tip: &'a str) -> Choice<'a, T> {
        Choice { tip, ..self }
    }
}

/// A modal with a title, a body and a row of buttons.
pub(super) struct Dialog<'a, T> {
    /// Name of the kind of dialog, unique among modals.
    pub name: &'a str,
    pub title: &'a str,
    /// Width in points, if the window is wide enough.
    pub width: f32,
    /// Buttons.
    pub choices: &'a [Choice<'a, T>],
    /// Answer of Escape and of a click beside the dialog.
    pub dismissed: T,
}

impl<T: Copy> Dialog<'_, T> {
    /// Shows the dialog and returns the answer once there is one. The body may return
    /// the widget that has the focus at first instead of the default button.
    pub fn show(&self, ctx: &Context, body: impl FnOnce(&mut Ui) -> Option<Response>) -> Option<T> {
        let first = is_new(ctx, self.name);
        let modal = show_modal(modal(ctx, self.name), ctx, self.width, |ui| {
            ui.add(Label::new(style::heading(self.title)).wrap());
            ui.add_space(UNIT);
            let mut focus = body(ui);
            ui.add_space(2.0 * UNIT);
            let mut answer = None;
            ui.horizontal_wrapped(|ui| {
                for choice in self.choices {
                    let button = ui.add_enabled_ui(choice.enabled, |ui| {
                        if choice.primary {
                            primary_button(ui, choice.label)
                        } else {
                            ui.add(Button::new(choice.label))
                        }
                    });
                    let mut button = button.inner;
                    if !choice.tip.is_empty() {
                        button = button.on_hover_text(choice.tip);
                    }
                    if button.clicked() {
                        answer = Some(choice.answer);
                    }
                    if choice.primary {
                        focus.get_or_insert(button);
                    }
                }
            });
            if let Some(focus) = focus.filter(|_| first) {
                focus.request_focus();
            }
            answer
        });
        let dismissed = modal.should_close().then_some(self.dismissed);
        modal.inner.or(dismissed)
    }
}

/// Shows a modal with a title and a close button, which has the focus at first; returns
/// whether the modal stays open.
pub(super) fn page(
    ctx: &Context,
    name: &str,
    title: &str,
    width: f32,
    body: impl FnOnce(&mut Ui),
) -> bool {
    let first = is_new(ctx, name);
    let modal = show_modal(modal(ctx, name), ctx, width, |ui| {
        let close = ui.horizontal(|ui| {
            ui.label(style::heading(title));
            let label = format!("Close {}", title.to_lowercase());
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                control_button(ui, ControlIcon::Close, &label, &label, false)
            })
            .inner
        });
        if first {
            close.inner.request_focus();
        }
        body(ui);
        close.inner.clicked()
    });
    !modal.inner && !modal.should_close()
}

/// Margin between the edge of a modal and its content, in points.
const MARGIN: i8 = 20;

/// Shows a modal of this width, in points, or narrower in a narrow window. It scrolls if the
/// window is too low for it.
pub(super) fn show_modal<R>(
    modal: egui::Modal,
    ctx: &Context,
    width: f32,
    add: impl FnOnce(&mut Ui) -> R,
) -> ModalResponse<R> {
    let window = ctx.content_rect().size();
    let edges = 2.0 * f32::from(MARGIN) + 4.0 * UNIT;
    modal.show(ctx, |ui| {
        ui.set_width(width.min(window.x - edges));
        style::scroll_list(window.y - edges).show(ui, add).inner
    })
}

/// Creates a modal in the middle of the window.
pub(super) fn modal(ctx: &Context, name: &str) -> egui::Modal {
    let frame = egui::Frame::popup(&ctx.global_style()).inner_margin(Margin::same(MARGIN));
    egui::Modal::new(Id::unique(name))
        .frame(frame)
        .backdrop_color(style::backdrop())
}

/// Whether the modal of this name was not shown in the last frame.
pub(super) fn is_new(ctx: &Context, name: &str) -> bool {
    let layer = LayerId::new(Order::Foreground, Id::unique(name));
    !ctx.memory(|memory| memory.areas().visible_last_frame(&layer))
}

/// Shows the progress of a task, if known as a fraction; returns whether the task
/// continues.
pub fn show_progress(ctx: &Context, description: &str, fraction: Option<f32>) -> bool {
    let first = is_new(ctx, "work");
    let escape = ctx.input_mut(|i| i.consume_key(Modifiers::NONE, Key::Escape));
    let modal = show_modal(modal(ctx, "work"), ctx, 380.0, |ui| {
        ui.horizontal(|ui| {
            let spinner = ui.add(Spinner::new().size(5.0 * UNIT));
            spinner.widget_info(|| WidgetInfo::labeled(Role::ProgressIndicator, true, "Progress"));
            ui.add(Label::new(description).wrap());
        });
        if let Some(fraction) = fraction {
            ui.add_space(UNIT);
            let bar = ui.add(ProgressBar::new(fraction).show_percentage());
            bar.widget_info(|| {
                let percent = (fraction * 100.0).round();
                let role = Role::ProgressIndicator;
                WidgetInfo::labeled(role, true, format!("{percent} % done"))
            });
        }
        ui.add_space(2.0 * UNIT);
        let button = ui.button("Cancel");
        if first {
            button.request_focus();
        }
        button.clicked()
    });
    !escape && !modal.inner
}

/// Content between title and buttons; scrolls if the window is too low.
pub(super) fn scroll_body<R>(ui: &mut Ui, add: impl FnOnce(&mut Ui) -> R) -> R {
    let room = ui.ctx().content_rect().height() - 44.0 * UNIT;
    style::scroll_list(room.max(20.0 * UNIT))
        .auto_shrink([false, true])
        .show(ui, |ui| {
            // Leaves room for focus frames.
            egui::Frame::new().inner_margin(2).show(ui, add).inner
        })
        .inner
}

/// Lines as a list that scrolls if the window is too low.
pub(super) fn bullets(ui: &mut Ui, lines: &[String]) {
    scroll_body(ui, |ui| {
        for line in lines {
            ui.add(Label::new(style::visible_text(format!("•  {line}"))).wrap());
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use egui::Key;
    use egui_kittest::Harness;
    use egui_kittest::kittest::Queryable;

    /// A window with a dialog, and its answer; the dialog closes once there is one.
    fn harness(enabled: bool) -> Harness<'static, Option<&'static str>> {
        let show = move |ui: &mut Ui, answer: &mut Option<&'static str>| {
            let dialog = Dialog {
                name: "test",
                title: "Go on?",
                width: 300.0,
                choices: &[
                    Choice::primary("Yes", "yes").enabled(enabled),
                    Choice::new("No", "no"),
                ],
                dismissed: "dismissed",
            };
            if answer.is_none() {
                *answer = dialog.show(ui.ctx(), |ui| {
                    ui.label("Body");
                    None
                });
            }
        };
        let mut harness = Harness::builder()
            .with_context_setup(crate::app::App::prepare)
            .build_ui_state(show, None);
        harness.run();
        harness
    }

    #[test]
    fn default_button_has_the_focus_and_answers_enter() {
        let mut harness = harness(true);
        assert!(harness.get_by_label("Yes").is_focused());
        harness.key_press(Key::Enter);
        harness.run();
        assert_eq!(*harness.state(), Some("yes"));
    }

    #[test]
    fn escape_dismisses_and_other_buttons_answer() {
        let mut dismissed = harness(true);
        dismissed.key_press(Key::Escape);
        dismissed.run();
        assert_eq!(*dismissed.state(), Some("dismissed"));
        let mut clicked = harness(true);
        clicked.get_by_label("No").click();
        clicked.run();
        assert_eq!(*clicked.state(), Some("no"));
    }

    #[test]
    fn disabled_button_gives_no_answer() {
        let mut harness = harness(false);
        harness.get_by_label("Yes").click();
        harness.run();
        assert_eq!(*harness.state(), None);
    }
}
