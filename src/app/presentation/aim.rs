//! The inputs of the view of a stop, and the pages of a stage that is wider than the screen.
//!
//! Must not know: documents, keys.

use super::shown::Shown;
use crate::model::LaneId;

/// The view of a stop.
#[derive(Default)]
pub(super) struct Aim {
    /// Inputs of the present view.
    pub last: Option<AimKey>,
    /// Index of the page of a stage.
    pub page: usize,
    /// Number of pages.
    pub pages: usize,
    /// Size of the screen in points, and the lanes, for which the rows of the whole journey were
    /// chosen.
    pub composed_for: Option<((f32, f32), Vec<LaneId>)>,
    /// Left end of the view and right end of the page of a stage, in map units.
    pub page_ends: Option<(f64, f64)>,
}

/// All that the view of a stop depends on.
#[derive(Clone, PartialEq)]
pub(super) struct AimKey {
    /// The content that is shown.
    pub shown: Shown,
    /// Index of the page.
    pub page: usize,
    /// Size of the screen, in points.
    pub screen: (f32, f32),
    /// Position and size of what is shown, in map units.
    pub place: (f64, f64, f64),
    /// The lanes.
    pub lanes: Vec<LaneId>,
}

impl Aim {
    /// Aims anew in the next frame, at the first page.
    pub fn restart(&mut self) {
        *self = Aim::default();
    }

    /// Shows the last page.
    pub fn show_last_page(&mut self) {
        self.page = usize::MAX;
    }

    /// Turns to the next or previous page of a stage; returns whether there is one.
    pub fn turn_page(&mut self, on: bool) -> bool {
        if self.pages < 2 {
            return false;
        }
        let next = if on {
            Some(self.page + 1).filter(|page| *page < self.pages)
        } else {
            self.page.checked_sub(1)
        };
        if let Some(page) = next {
            self.page = page;
        }
        next.is_some()
    }

    /// The page and the number of pages, if there are several.
    pub fn pages(&self) -> Option<(usize, usize)> {
        (self.pages > 1).then_some((self.page + 1, self.pages))
    }
}
