//! Background task on a thread, for work that would block the window: opening large
//! files, exporting images. A modal shows its progress and a cancel button.
//!
//! Must not know: how files are read and images are drawn.

use crate::app::ui::style;
use crate::app::ui::style::UNIT;
use crate::render::{Pace, PaperError};
use crate::session::{OpenError, Session};
use egui::{Context, Key, Modifiers};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::Duration;

/// Time to wait for a task before a modal is shown, so that none flashes up.
const PATIENCE: Duration = Duration::from_millis(120);

/// Interval at which the task is polled.
const LOOK_AGAIN: Duration = Duration::from_millis(60);

/// Result of a task.
pub enum Done {
    /// A map was opened, or not.
    Opened(PathBuf, Box<Result<Session, OpenError>>),
    /// An image was exported, or not.
    Exported(PathBuf, Result<(), PaperError>),
}

/// A task in progress.
pub struct Work {
    what: String,
    pace: Arc<Pace>,
    result: Receiver<Done>,
    waited: bool,
    shown: bool,
}

/// Status of a task.
pub enum State {
    /// In progress.
    Busy,
    /// Done.
    Done(Done),
    /// Failed: the thread could not be started or panicked.
    Lost,
}

impl Work {
    /// Starts a task; `what` describes it on screen. The task can observe cancellation
    /// and report progress through its [`Pace`].
    pub fn start(
        what: impl Into<String>,
        work: impl FnOnce(&Pace) -> Done + Send + 'static,
    ) -> Work {
        let pace = Arc::new(Pace::default());
        let (sender, result) = channel();
        let told = pace.clone();
        let thread = std::thread::Builder::new().name("work".to_owned());
        // Without a thread the sender is dropped and the task counts as failed.
        let _ = thread.spawn(move || {
            // Fails if the result is no longer needed.
            let _ = sender.send(work(&told));
        });
        Work {
            what: what.into(),
            pace,
            result,
            waited: false,
            shown: false,
        }
    }

    /// Polls the task; waits a moment the first time.
    pub fn poll(&mut self, ctx: &Context) -> State {
        let patience = match std::mem::replace(&mut self.waited, true) {
            false => PATIENCE,
            true => Duration::ZERO,
        };
        match self.result.recv_timeout(patience) {
            Ok(done) => State::Done(done),
            Err(RecvTimeoutError::Disconnected) => State::Lost,
            Err(RecvTimeoutError::Timeout) => {
                ctx.request_repaint_after(LOOK_AGAIN);
                State::Busy
            }
        }
    }

    /// Shows the progress and returns whether the task continues. If cancelled, the
    /// task is told to stop and its result is dropped.
    pub fn show(&mut self, ctx: &Context) -> bool {
        let first = !std::mem::replace(&mut self.shown, true);
        let mut cancel = ctx.input_mut(|i| i.consume_key(Modifiers::NONE, Key::Escape));
        style::sheet(ctx, "work").show(ctx, |ui| {
            style::sheet_width(ui, 380.0);
            ui.horizontal(|ui| {
                let spinner = ui.add(egui::Spinner::new().size(5.0 * UNIT));
                spinner.widget_info(|| {
                    egui::WidgetInfo::labeled(egui::Role::ProgressIndicator, true, "Progress")
                });
                ui.add(egui::Label::new(&self.what).wrap());
            });
            if let Some(share) = self.pace.share() {
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
            self.pace.stop();
        }
        !cancel
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wait(work: &mut Work) -> State {
        loop {
            match work.poll(&Context::default()) {
                State::Busy => std::thread::yield_now(),
                state => return state,
            }
        }
    }

    #[test]
    fn tasks_run_in_background_and_observe_cancellation() {
        let mut work = Work::start("Waiting", |pace| {
            while !pace.is_stopped() {
                std::thread::yield_now();
            }
            Done::Exported(PathBuf::from("x"), Ok(()))
        });
        assert!(matches!(work.poll(&Context::default()), State::Busy));
        work.pace.stop();
        assert!(matches!(wait(&mut work), State::Done(Done::Exported(..))));
    }

    #[test]
    fn task_with_panicked_thread_is_reported_as_lost() {
        let mut work = Work::start("Gone", |_| -> Done {
            std::panic::resume_unwind(Box::new(()));
        });
        assert!(matches!(wait(&mut work), State::Lost));
    }
}
