//! Background task on a thread, for work that would block the window: opening large
//! files, exporting images. A modal shows its progress and a cancel button.
//!
//! Must not know: how files are read and images are drawn.

use crate::app::ui::style;
use crate::app::ui::style::UNIT;
use crate::render::{ExportFileError, Progress};
use crate::session::{OpenError, Session};
use egui::{Context, Key, Modifiers};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
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
    progress: Arc<Progress>,
    result: Receiver<TaskResult>,
    polled: bool,
    shown: bool,
}

/// Status of a task.
pub enum TaskStatus {
    /// In progress.
    Busy,
    /// Done.
    Done(TaskResult),
    /// Failed: the thread could not be started or panicked.
    Failed,
}

impl BackgroundTask {
    /// Starts a task; `what` describes it on screen. The task can observe cancellation
    /// and report progress through its [`Progress`].
    pub fn start(
        what: impl Into<String>,
        work: impl FnOnce(&Progress) -> TaskResult + Send + 'static,
    ) -> BackgroundTask {
        let pace = Arc::new(Progress::default());
        let (sender, result) = channel();
        let told = pace.clone();
        let thread = std::thread::Builder::new().name("work".to_owned());
        // Without a thread the sender is dropped and the task counts as failed.
        let _ = thread.spawn(move || {
            // Fails if the result is no longer needed.
            let _ = sender.send(work(&told));
        });
        BackgroundTask {
            description: what.into(),
            progress: pace,
            result,
            polled: false,
            shown: false,
        }
    }

    /// Polls the task; waits a moment the first time.
    pub fn poll(&mut self, ctx: &Context) -> TaskStatus {
        let patience = match std::mem::replace(&mut self.polled, true) {
            false => GRACE_PERIOD,
            true => Duration::ZERO,
        };
        match self.result.recv_timeout(patience) {
            Ok(done) => TaskStatus::Done(done),
            Err(RecvTimeoutError::Disconnected) => TaskStatus::Failed,
            Err(RecvTimeoutError::Timeout) => {
                ctx.request_repaint_after(POLL_INTERVAL);
                TaskStatus::Busy
            }
        }
    }

    /// Shows the progress and returns whether the task continues. If cancelled, the
    /// task is told to stop and its result is dropped.
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
            if let Some(share) = self.progress.fraction() {
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
        if cancel {
            self.progress.cancel();
        }
        !cancel
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wait(work: &mut BackgroundTask) -> TaskStatus {
        loop {
            match work.poll(&Context::default()) {
                TaskStatus::Busy => std::thread::yield_now(),
                state => return state,
            }
        }
    }

    #[test]
    fn tasks_run_in_background_and_observe_cancellation() {
        let mut work = BackgroundTask::start("Waiting", |pace| {
            while !pace.is_cancelled() {
                std::thread::yield_now();
            }
            TaskResult::Exported(PathBuf::from("x"), Ok(()))
        });
        assert!(matches!(work.poll(&Context::default()), TaskStatus::Busy));
        work.progress.cancel();
        assert!(matches!(
            wait(&mut work),
            TaskStatus::Done(TaskResult::Exported(..))
        ));
    }

    #[test]
    fn task_with_panicked_thread_is_reported_as_lost() {
        let mut work = BackgroundTask::start("Gone", |_| -> TaskResult {
            std::panic::resume_unwind(Box::new(()));
        });
        assert!(matches!(wait(&mut work), TaskStatus::Failed));
    }
}
