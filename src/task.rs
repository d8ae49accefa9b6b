//! Background tasks: work on a thread of its own, polled by its owner.
//!
//! One policy for all of them: completion wakes the owner, a panic or a thread that
//! cannot be started is [`TaskFailed`], and a dropped task is cancelled.
//!
//! Must not know: windows, maps.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, TryRecvError, channel};
use std::time::Duration;

/// The number of steps that a completed task is divided into.
const SCALE: u32 = 1_000;

/// Progress and cancellation flag of a background task.
#[derive(Debug, Default)]
pub struct Progress {
    cancelled: AtomicBool,
    done: AtomicU32,
}

impl Progress {
    /// Requests cancellation.
    pub fn cancel(&self) {
        self.cancelled.store(true, Ordering::Relaxed);
    }

    /// Whether cancellation was requested.
    pub fn is_cancelled(&self) -> bool {
        self.cancelled.load(Ordering::Relaxed)
    }

    /// Reports that `done` of `of` parts are done.
    pub fn report(&self, done: u64, of: u64) {
        let share = done.min(of) * u64::from(SCALE) / of.max(1);
        self.done.store(share as u32, Ordering::Relaxed);
    }

    /// Returns the completed fraction, 0 … 1; `None` if unknown.
    pub fn fraction(&self) -> Option<f32> {
        let done = self.done.load(Ordering::Relaxed);
        (done > 0).then_some(done as f32 / SCALE as f32)
    }
}

/// The end of a task without a result: its thread panicked or could not be started.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the task ended without a result")]
pub struct TaskFailed;

/// A background task with a result of type `T`. Dropping it requests cancellation and
/// discards the result.
#[derive(Debug)]
pub struct Task<T> {
    progress: Arc<Progress>,
    result: Receiver<T>,
}

impl<T: Send + 'static> Task<T> {
    /// Starts `work` on a thread with this name and calls `wake` when it has ended,
    /// whether by returning or by a panic.
    pub fn spawn(
        name: &str,
        wake: impl FnOnce() + Send + 'static,
        work: impl FnOnce(&Progress) -> T + Send + 'static,
    ) -> Task<T> {
        let (sender, result) = channel();
        let progress = Arc::new(Progress::default());
        let shared = progress.clone();
        let thread = std::thread::Builder::new().name(name.to_owned());
        // Without a thread the sender is dropped, and polling reports the failure.
        let _ = thread.spawn(move || {
            let _wake = OnDrop(Some(wake));
            // Dropped before `_wake`, so that the owner finds the end once it is woken.
            let sender = sender;
            // Fails if the owner has dropped the task.
            let _ = sender.send(work(&shared));
        });
        Task { progress, result }
    }
}

impl<T> Task<T> {
    /// Returns the result once there is one. Further calls return [`TaskFailed`].
    pub fn poll(&self) -> Option<Result<T, TaskFailed>> {
        match self.result.try_recv() {
            Ok(result) => Some(Ok(result)),
            Err(TryRecvError::Empty) => None,
            Err(TryRecvError::Disconnected) => Some(Err(TaskFailed)),
        }
    }

    /// Like [`Task::poll`], but waits at most for this time.
    pub fn poll_timeout(&self, timeout: Duration) -> Option<Result<T, TaskFailed>> {
        match self.result.recv_timeout(timeout) {
            Ok(result) => Some(Ok(result)),
            Err(RecvTimeoutError::Timeout) => None,
            Err(RecvTimeoutError::Disconnected) => Some(Err(TaskFailed)),
        }
    }

    /// Waits for the result.
    ///
    /// # Errors
    /// If the task ended without one.
    pub fn wait(self) -> Result<T, TaskFailed> {
        self.result.recv().map_err(|_| TaskFailed)
    }

    /// Returns the progress, through which the task can be cancelled.
    pub fn progress(&self) -> &Progress {
        &self.progress
    }

    /// Polls an optional task and removes it when it has ended.
    pub fn poll_slot(slot: &mut Option<Task<T>>) -> Option<Result<T, TaskFailed>> {
        let result = slot.as_ref()?.poll()?;
        *slot = None;
        Some(result)
    }

    /// Returns the result of one of several tasks that has ended, and removes the task.
    pub fn poll_any<K>(tasks: &mut Vec<(K, Task<T>)>) -> Option<(K, Result<T, TaskFailed>)> {
        let mut polled = tasks.iter().enumerate();
        let (at, result) = polled.find_map(|(at, (_, task))| Some((at, task.poll()?)))?;
        Some((tasks.remove(at).0, result))
    }
}

impl<T> Drop for Task<T> {
    fn drop(&mut self) {
        self.progress.cancel();
    }
}

/// Calls a function when dropped, also while a panic unwinds.
struct OnDrop<F: FnOnce()>(Option<F>);

impl<F: FnOnce()> Drop for OnDrop<F> {
    fn drop(&mut self) {
        if let Some(call) = self.0.take() {
            call();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A task that is told when to end, and the receiver of its wake-up.
    fn waiting<T: Send + 'static>(
        end: impl FnOnce(&Progress) -> T + Send + 'static,
    ) -> (Task<T>, std::sync::mpsc::Sender<()>, Receiver<()>) {
        let (go, start) = channel();
        let (woken, wakes) = channel();
        let task = Task::spawn(
            "test",
            move || {
                let _ = woken.send(());
            },
            move |progress| {
                // Fails if the test has ended.
                let _ = start.recv();
                end(progress)
            },
        );
        (task, go, wakes)
    }

    #[test]
    fn completion_wakes_the_owner_once_and_yields_the_result() {
        let (task, go, wakes) = waiting(|_| 7);
        assert_eq!(task.poll(), None);
        assert_eq!(task.poll_timeout(Duration::from_millis(1)), None);
        go.send(()).unwrap();
        wakes.recv().unwrap();
        assert_eq!(task.poll(), Some(Ok(7)));
        assert!(wakes.recv().is_err(), "woken twice");
        assert_eq!(task.poll(), Some(Err(TaskFailed)));
    }

    #[test]
    fn a_panic_wakes_the_owner_and_is_a_failure() {
        let (task, go, wakes) = waiting(|_| -> u8 {
            // Without the message of the panic hook.
            std::panic::resume_unwind(Box::new(()))
        });
        assert_eq!(task.poll(), None);
        go.send(()).unwrap();
        wakes.recv().unwrap();
        assert_eq!(task.poll(), Some(Err(TaskFailed)));
        assert_eq!(task.wait(), Err(TaskFailed));
    }

    #[test]
    fn a_dropped_task_is_cancelled_and_its_thread_ends() {
        let (seen, cancelled) = channel();
        let (task, go, wakes) = waiting(move |progress| {
            while !progress.is_cancelled() {
                std::thread::yield_now();
            }
            let _ = seen.send(());
        });
        go.send(()).unwrap();
        assert!(task.poll().is_none());
        drop(task);
        cancelled.recv().unwrap();
        wakes.recv().unwrap();
    }

    #[test]
    fn a_cancelled_task_still_yields_what_it_returns() {
        let (task, go, _wakes) = waiting(Progress::is_cancelled);
        task.progress().cancel();
        go.send(()).unwrap();
        assert_eq!(task.wait(), Ok(true));
    }

    #[test]
    fn ended_tasks_leave_their_slot_and_their_list() {
        let (task, go, wakes) = waiting(|_| 1);
        let mut slot = Some(task);
        assert!(Task::poll_slot(&mut slot).is_none() && slot.is_some());
        go.send(()).unwrap();
        wakes.recv().unwrap();
        assert_eq!(Task::poll_slot(&mut slot), Some(Ok(1)));
        assert!(slot.is_none() && Task::poll_slot(&mut slot).is_none());
        let (first, _pending, _wakes) = waiting(|_| 1);
        let (second, go, wakes) = waiting(|_| 2);
        let mut tasks = vec![("a", first), ("b", second)];
        go.send(()).unwrap();
        wakes.recv().unwrap();
        assert_eq!(Task::poll_any(&mut tasks), Some(("b", Ok(2))));
        assert_eq!(Task::poll_any(&mut tasks), None);
        assert_eq!(tasks.len(), 1);
    }

    #[test]
    fn progress_is_known_once_reported() {
        let progress = Progress::default();
        assert_eq!(progress.fraction(), None);
        progress.report(1, 4);
        assert_eq!(progress.fraction(), Some(0.25));
        progress.report(9, 4);
        assert_eq!(progress.fraction(), Some(1.0));
        progress.report(0, 0);
        assert_eq!(progress.fraction(), None);
    }
}
