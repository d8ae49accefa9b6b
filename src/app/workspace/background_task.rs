//! Work that would keep the window waiting, on a thread of its own: opening
//! large files, exporting pictures. A sheet says what is going on and cancels.
//!
//! Must not know: how files are read and pictures are drawn.

use crate::app::ui::style;
use crate::app::ui::style::UNIT;
use crate::render::{Pace, PaperError};
use crate::session::{OpenError, Session};
use egui::{Context, Key, Modifiers};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::Duration;

/// Work that is done sooner than this is waited for: no sheet flashes up.
const PATIENCE: Duration = Duration::from_millis(120);

/// How often the window looks whether it is done.
const LOOK_AGAIN: Duration = Duration::from_millis(60);

/// What came of it.
pub enum Done {
    /// A map was opened, or not.
    Opened(PathBuf, Box<Result<Session, OpenError>>),
    /// A picture was exported, or not.
    Exported(PathBuf, Result<(), PaperError>),
}

/// Work under way.
pub struct Work {
    what: String,
    pace: Arc<Pace>,
    result: Receiver<Done>,
    waited: bool,
    shown: bool,
}

/// How it stands.
pub enum State {
    /// It goes on.
    Busy,
    /// It is done.
    Done(Done),
    /// It came to nothing: no thread could be had, or the thread is gone.
    Lost,
}

impl Work {
    /// Starts work; `what` says on screen what is done. The work hears when it
    /// is no longer wanted, and may say how far it is.
    pub fn start(
        what: impl Into<String>,
        work: impl FnOnce(&Pace) -> Done + Send + 'static,
    ) -> Work {
        let pace = Arc::new(Pace::default());
        let (sender, result) = channel();
        let told = pace.clone();
        let thread = std::thread::Builder::new().name("work".to_owned());
        // Where no thread can be had the sender is dropped, and the work is lost.
        let _ = thread.spawn(move || {
            // Nobody may wait for the result any more.
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

    /// Looks whether it is done; waits a moment the first time.
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

    /// Shows what is going on; whether it shall go on. Where not, the work is
    /// told to stop, and what it comes to is dropped.
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
    fn work_is_done_beside_and_hears_that_it_is_cancelled() {
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
    fn work_whose_thread_is_gone_is_lost_and_no_more() {
        let mut work = Work::start("Gone", |_| -> Done {
            std::panic::resume_unwind(Box::new(()));
        });
        assert!(matches!(wait(&mut work), State::Lost));
    }
}
