//! Background task on a thread, for work that would block the window: opening large
//! files, exporting images. A modal shows its progress and a cancel button.
//!
//! Must not know: how files are read and images are drawn.

use crate::app::ui::style;
use crate::app::ui::style::UNIT;
use crate::render::ExportFileError;
use crate::session::{OpenError, Session};
use crate::task::{Progress, Task, TaskFailed};
use egui::{Context, Key, Modifiers};
use std::path::PathBuf;
use std::time::Duration;

/// Time to wait for a task before a modal is shown, so that none flashes up.
const GRACE_PERIOD: Duration = Duration::from_millis(120);

/// Interval at which the task is polled.
const POLL_INTERVAL: Duration = Duration::from_millis(60);

/// Result of a task.
pub enum TaskResult {
    /// A map was opened, or not.
    Opened(PathBuf, Box<Result<Session, OpenError>>),
    /// An image was exported, or not.
    Exported(PathBuf, Result<(), ExportFileError>),
}

/// A task in progress.
pub struct BackgroundTask {
    description: String,
    task: Task<TaskResult>,
    polled: bool,
    shown: bool,
}

impl BackgroundTask {
    /// Starts a task; `what` describes it on screen. The task can observe cancellation
    /// and report progress through its [`Progress`].
    pub fn start(
        what: impl Into<String>,
        work: impl FnOnce(&Progress) -> TaskResult + Send + 'static,
    ) -> BackgroundTask {
        BackgroundTask {
            description: what.into(),
            // Polled at an interval, for its progress.
            task: Task::spawn("work", || (), work),
            polled: false,
            shown: false,
        }
    }

    /// Polls the task; waits a moment the first time.
    pub fn poll(&mut self, ctx: &Context) -> Option<Result<TaskResult, TaskFailed>> {
        let result = if std::mem::replace(&mut self.polled, true) {
            self.task.poll()
        } else {
            self.task.poll_timeout(GRACE_PERIOD)
        };
        if result.is_none() {
            ctx.request_repaint_after(POLL_INTERVAL);
        }
        result
    }

    /// Shows the progress and returns whether the task continues; otherwise it should
    /// be dropped, which cancels it.
    pub fn show(&mut self, ctx: &Context) -> bool {
        let first = !std::mem::replace(&mut self.shown, true);
        let mut cancel = ctx.input_mut(|i| i.consume_key(Modifiers::NONE, Key::Escape));
        style::modal(ctx, "work").show(ctx, |ui| {
            style::set_modal_width(ui, 380.0);
            ui.horizontal(|ui| {
                let spinner = ui.add(egui::Spinner::new().size(5.0 * UNIT));
                spinner.widget_info(|| {
                    egui::WidgetInfo::labeled(egui::Role::ProgressIndicator, true, "Progress")
                });
                ui.add(egui::Label::new(&self.description).wrap());
            });
            if let Some(share) = self.task.progress().fraction() {
                ui.add_space(UNIT);
                let bar = ui.add(egui::ProgressBar::new(share).show_percentage());
                bar.widget_info(|| {
                    let role = egui::Role::ProgressIndicator;
                    let percent = (share * 100.0).round();
                    egui::WidgetInfo::labeled(role, true, format!("{percent} % done"))
                });
            }
            ui.add_space(2.0 * UNIT);
            let button = ui.button("Cancel");
            if first {
                button.request_focus();
            }
            cancel |= button.clicked();
        });
        !cancel
    }
}
