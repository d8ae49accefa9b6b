//! Text measurement that stops when a background task is cancelled.
//!
//! Must not know: threads, windows.

use crate::task::Progress;
use crate::text::{Measure, Style, WrappedLine};

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
        if self.progress.is_cancelled() {
            return 0.0;
        }
        self.measure.width(text, style)
    }

    fn wrap(&mut self, text: &str, style: Style, max: f32) -> Vec<WrappedLine> {
        if !self.progress.is_cancelled() {
            return self.measure.wrap(text, style, max);
        }
        let whole = WrappedLine {
            range: 0..text.len(),
            width: 0.0,
            hyphen: false,
        };
        let lines = (!text.is_empty()).then_some(whole);
        lines.into_iter().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::arbitrary;
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
}
