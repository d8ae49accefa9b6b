//! Background task on a thread, for work that would block the window: opening large
//! files, exporting images.
//!
//! Must not know: how files are read and images are drawn.

use crate::render::{ExportFileError, Progress};
use crate::session::{OpenError, Session};
use egui::Context;
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

    /// Description on screen.
    pub fn description(&self) -> &str {
        &self.description
    }

    /// Completed fraction, if known.
    pub fn fraction(&self) -> Option<f32> {
        self.progress.fraction()
    }

    /// Tells the task to stop; its result is dropped.
    pub fn cancel(self) {
        self.progress.cancel();
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
