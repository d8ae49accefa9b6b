//! When the system wants the program to end: in order, with every step on disk.
//!
//! What is not saved is not asked about then; the next start offers it.
//! Must not know: maps.

use crate::storage::Journals;
use egui::Context;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Whether the system wants the program to end.
#[derive(Clone, Default)]
pub struct Ending(Arc<AtomicBool>);

impl Ending {
    /// Whether it does.
    pub fn is_wanted(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }

    /// Listens to the system from now on. Where the window does not end by
    /// itself soon, as when nobody shows it any more, the program ends all the same.
    #[cfg(unix)]
    pub fn listen(&self, ctx: &Context, journals: &Journals) {
        use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
        use signal_hook::iterator::Signals;
        use std::time::Duration;
        /// How long the window may take.
        const WINDOW: Duration = Duration::from_secs(3);
        /// How long the disk may take.
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
            ending.0.store(true, Ordering::Relaxed);
            ctx.request_repaint();
            journals.flush(DISK);
            std::thread::sleep(WINDOW);
            journals.flush(DISK);
            std::process::exit(128 + signal);
        });
    }

    /// Listens to the system from now on.
    #[cfg(not(unix))]
    pub fn listen(&self, _: &Context, _: &Journals) {}
}
