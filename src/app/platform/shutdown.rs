//! Shutdown signals of the system: the program ends with every step on disk.
//!
//! No dialog about unsaved changes is shown; the next start offers to recover them.
//!
//! Must not know: maps.

use crate::storage::Journals;
use egui::Context;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Flag set when the system asks the program to end.
#[derive(Clone, Default)]
pub struct ShutdownSignal(Arc<AtomicBool>);

impl ShutdownSignal {
    /// Whether a shutdown was requested.
    pub fn is_requested(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }

    /// Requests a shutdown.
    pub fn request(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    /// Starts to listen for signals. If the window does not close in time, for example
    /// because it is no longer shown, the process exits.
    #[cfg(unix)]
    pub fn listen(&self, ctx: &Context, journals: &Journals) {
        use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
        use signal_hook::iterator::Signals;
        use std::time::Duration;
        /// Time limit for the window.
        const WINDOW: Duration = Duration::from_secs(3);
        /// Time limit for the disk.
        const DISK: Duration = Duration::from_secs(5);
        let Ok(mut signals) = Signals::new([SIGTERM, SIGINT, SIGHUP]) else {
            return;
        };
        let (ending, ctx, journals) = (self.clone(), ctx.clone(), journals.clone());
        let thread = std::thread::Builder::new().name("signals".to_owned());
        let _ = thread.spawn(move || {
            let Some(signal) = signals.forever().next() else {
                return;
            };
            ending.request();
            ctx.request_repaint();
            journals.flush(DISK);
            std::thread::sleep(WINDOW);
            journals.flush(DISK);
            std::process::exit(128 + signal);
        });
    }

    /// Does nothing: there are no signals on this system.
    #[cfg(not(unix))]
    pub fn listen(&self, _: &Context, _: &Journals) {}
}
