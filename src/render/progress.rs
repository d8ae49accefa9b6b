//! Progress and cancellation shared between a background task and its owner.
//!
//! Must not know: threads, windows.

use crate::text::{Line, Measure, Style};
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};

/// The number of steps that a completed task is divided into.
const WHOLE: u32 = 1_000;

/// Progress and cancellation flag of a background task.
#[derive(Debug, Default)]
pub struct Pace {
    stopped: AtomicBool,
    done: AtomicU32,
}

impl Pace {
    /// Requests cancellation.
    pub fn stop(&self) {
        self.stopped.store(true, Ordering::Relaxed);
    }

    /// Whether cancellation was requested.
    pub fn is_stopped(&self) -> bool {
        self.stopped.load(Ordering::Relaxed)
    }

    /// Reports that `done` of `of` parts are done.
    pub fn tell(&self, done: u64, of: u64) {
        let share = done.min(of) * u64::from(WHOLE) / of.max(1);
        self.done.store(share as u32, Ordering::Relaxed);
    }

    /// Returns the completed fraction, 0 … 1; `None` if unknown.
    pub fn share(&self) -> Option<f32> {
        let done = self.done.load(Ordering::Relaxed);
        (done > 0).then_some(done as f32 / WHOLE as f32)
    }
}

/// Text measurement that can be cancelled: from then on every text is one line of
/// zero width, so that the layout finishes soon.
pub struct Paced<'a> {
    measure: &'a mut dyn Measure,
    pace: &'a Pace,
}

impl<'a> Paced<'a> {
    /// Wraps a text measure.
    pub fn new(measure: &'a mut dyn Measure, pace: &'a Pace) -> Paced<'a> {
        Paced { measure, pace }
    }
}

impl Measure for Paced<'_> {
    fn width(&mut self, text: &str, style: Style) -> f32 {
        match self.pace.is_stopped() {
            true => 0.0,
            false => self.measure.width(text, style),
        }
    }

    fn wrap(&mut self, text: &str, style: Style, max: f32) -> Vec<Line> {
        if !self.pace.is_stopped() {
            return self.measure.wrap(text, style, max);
        }
        let whole = Line {
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
    use crate::render::PictureOptions;
    use crate::session::Session;
    use crate::text::FixedWidth;
    use proptest::prelude::*;

    /// Counts measurements and cancels at the first one.
    struct Counting<'a>(usize, &'a Pace);

    impl Measure for Counting<'_> {
        fn width(&mut self, text: &str, style: Style) -> f32 {
            self.0 += 1;
            self.1.stop();
            FixedWidth.width(text, style)
        }

        fn wrap(&mut self, text: &str, style: Style, max: f32) -> Vec<Line> {
            self.0 += 1;
            self.1.stop();
            FixedWidth.wrap(text, style, max)
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]
        #[test]
        fn a_cancelled_layout_stops_measuring_and_ends(map in arbitrary::map()) {
            let pace = Pace::default();
            let mut counting = Counting(0, &pace);
            let mut session = Session::untitled(map);
            session.picture(&PictureOptions::default(), &mut Paced::new(&mut counting, &pace));
            prop_assert!(counting.0 <= 1, "{} texts", counting.0);
        }
    }

    #[test]
    fn progress_is_known_once_reported() {
        let pace = Pace::default();
        assert_eq!(pace.share(), None);
        pace.tell(1, 4);
        assert_eq!(pace.share(), Some(0.25));
        pace.tell(9, 4);
        assert_eq!(pace.share(), Some(1.0));
        pace.tell(0, 0);
        assert_eq!(pace.share(), None);
        let mut session = Session::untitled(Map::titled("T"));
        session.picture(&PictureOptions::default(), &mut FixedWidth);
    }
}
