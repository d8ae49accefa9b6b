//! Background task on a thread, for work that would block the window: opening large
//! files, exporting images.
//!
//! Must not know: how files are read and images are drawn.

use crate::render::ExportFileError;
use crate::session::{OpenError, Session};
use crate::task::{Progress, Task, TaskFailed};
use egui::Context;
use std::path::PathBuf;
use std::time::Duration;

/// Time to wait for a task before a modal is shown, so that none flashes up.
const GRACE_PERIOD: Duration = Duration::from_millis(120);

/// Interval at which the task is polled.
const POLL_INTERVAL: Duration = Duration::from_millis(60);

/// A task that waits for its turn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Job {
    /// Opens a large file.
    Open(PathBuf),
    /// Exports the map with this key.
    Export(u64, PathBuf),
}

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

    /// Whether it was polled, and has not ended in its first moments.
    pub fn was_polled(&self) -> bool {
        self.polled
    }

    /// Description on screen.
    pub fn description(&self) -> &str {
        &self.description
    }

    /// Completed fraction, if known.
    pub fn fraction(&self) -> Option<f32> {
        self.task.progress().fraction()
    }
}
