//! Progress and cancellation shared between a background task and its owner.
//!
//! Must not know: threads, windows.

use crate::text::{Measure, Style, WrappedLine};
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};

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

/// Text measurement that can be cancelled: from then on every text is one line of
/// zero width, so that the layout finishes soon.
pub struct CancellableMeasure<'a> {
    measure: &'a mut dyn Measure,
    progress: &'a Progress,
}

impl<'a> CancellableMeasure<'a> {
    /// Wraps a text measure.
    pub fn new(measure: &'a mut dyn Measure, pace: &'a Progress) -> CancellableMeasure<'a> {
        CancellableMeasure {
            measure,
            progress: pace,
        }
    }
}

impl Measure for CancellableMeasure<'_> {
    fn width(&mut self, text: &str, style: Style) -> f32 {
        match self.progress.is_cancelled() {
            true => 0.0,
            false => self.measure.width(text, style),
        }
    }

    fn wrap(&mut self, text: &str, style: Style, max: f32) -> Vec<WrappedLine> {
        if !self.progress.is_cancelled() {
            return self.measure.wrap(text, style, max);
        }
        let whole = WrappedLine {
            range: 0..text.len(),
            width: 0.0,
        };
        let lines = (!text.is_empty()).then_some(whole);
        lines.into_iter().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Map, arbitrary};
    use crate::render::RenderOptions;
    use crate::session::Session;
    use crate::text::FixedWidth;
    use proptest::prelude::*;

    /// Counts measurements and cancels at the first one.
    struct Counting<'a>(usize, &'a Progress);

    impl Measure for Counting<'_> {
        fn width(&mut self, text: &str, style: Style) -> f32 {
            self.0 += 1;
            self.1.cancel();
            FixedWidth.width(text, style)
        }

        fn wrap(&mut self, text: &str, style: Style, max: f32) -> Vec<WrappedLine> {
            self.0 += 1;
            self.1.cancel();
            FixedWidth.wrap(text, style, max)
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]
        #[test]
        fn a_cancelled_layout_stops_measuring_and_ends(map in arbitrary::map()) {
            let pace = Progress::default();
            let mut counting = Counting(0, &pace);
            let mut session = Session::untitled(map);
            session.render(&RenderOptions::default(), &mut CancellableMeasure::new(&mut counting, &pace));
            prop_assert!(counting.0 <= 1, "{} texts", counting.0);
        }
    }

    #[test]
    fn progress_is_known_once_reported() {
        let pace = Progress::default();
        assert_eq!(pace.fraction(), None);
        pace.report(1, 4);
        assert_eq!(pace.fraction(), Some(0.25));
        pace.report(9, 4);
        assert_eq!(pace.fraction(), Some(1.0));
        pace.report(0, 0);
        assert_eq!(pace.fraction(), None);
        let mut session = Session::untitled(Map::with_title("T"));
        session.render(&RenderOptions::default(), &mut FixedWidth);
    }
}
