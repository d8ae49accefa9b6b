//! Modal that shows the progress of a background task.
//!
//! Must not know: purpose and result of the task.

use super::dialog::{is_new, modal};
use crate::app::ui::style::UNIT;
use egui::{Context, Key, Label, Modifiers, ProgressBar, Role, Spinner, WidgetInfo};

/// Shows the progress of a task, if known as a fraction; returns whether the task
/// continues.
pub fn show(ctx: &Context, description: &str, fraction: Option<f32>) -> bool {
    let first = is_new(ctx, "work");
    let escape = ctx.input_mut(|i| i.consume_key(Modifiers::NONE, Key::Escape));
    let modal = modal(ctx, "work").show(ctx, |ui| {
        ui.set_width(380.0_f32.min(ui.ctx().content_rect().width() - 14.0 * UNIT));
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
