//! The zoom, the lanes and the pages with which a stage fits the screen: no lane is cut, and as
//! many lanes are shown as can be read.
//!
//! Must not know: egui, scenes, documents.

use crate::model::LaneId;

/// Margin at the bottom and the right of a stage on screen, in points.
const MARGIN: f32 = 20.0;
/// Largest zoom, relative to that at which text can be read.
const MAX_ENLARGEMENT: f32 = 1.8;

/// Number of ranks of lanes for which text may be smaller than can be read: cards and feelings.
const ESSENTIAL: usize = 2;
/// Share of the least zoom that the text of these lanes has at least.
const LEAST_SHARE: f32 = 0.75;

/// A stage and the screen that it shall fit. Lengths in map units but for the screen.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct StageRoom {
    /// Size of the screen, in points.
    pub screen: (f32, f32),
    /// Height of the band of stages.
    pub band: f32,
    /// Width of the lane titles.
    pub titles: f32,
    /// Width of a column.
    pub pitch: f32,
    /// Space beside the columns.
    pub padding: f32,
    /// Number of columns.
    pub columns: usize,
    /// Zoom below which text cannot be read.
    pub least_zoom: f32,
}

/// A lane that shall be shown.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct LaneNeed {
    /// The lane.
    pub id: LaneId,
    /// Height, in map units.
    pub height: f32,
    /// Place in the order in which lanes are kept, 0 first.
    pub rank: usize,
}

/// The way in which a stage fits a screen.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct StageFit {
    /// Zoom in points per map unit.
    pub zoom: f32,
    /// Number of columns on a page.
    pub columns: usize,
    /// Number of pages, at least 1.
    pub pages: usize,
    /// The lanes that fit, from top to bottom.
    pub lanes: Vec<LaneId>,
}

impl StageRoom {
    /// Fits the stage with these lanes. All are shown if they can be read then; else as many as fit
    /// at the least zoom, in the order of their rank, the first in any case.
    pub fn fit(&self, lanes: &[LaneNeed]) -> StageFit {
        let height = |lanes: &[&LaneNeed]| -> f32 {
            self.band + lanes.iter().map(|lane| lane.height).sum::<f32>()
        };
        let all: Vec<&LaneNeed> = lanes.iter().collect();
        let whole = self.zoom(self.columns, height(&all));
        let (zoom, columns, pages, kept) = if whole >= self.least_zoom {
            (whole, self.columns.max(1), 1, all)
        } else {
            let (screen_width, screen_height) = self.screen;
            let free = (screen_width - MARGIN) / self.least_zoom - self.titles - self.padding;
            let most = ((free / self.pitch) as usize).max(1);
            let pages = self.columns.div_ceil(most).max(1);
            // The columns are spread evenly over the pages.
            let columns = self.columns.div_ceil(pages).max(1);
            let room = (screen_height - MARGIN) / self.least_zoom;
            let mut ranked = all.clone();
            ranked.sort_by_key(|lane| lane.rank);
            let mut kept: Vec<&LaneNeed> = Vec::new();
            for lane in ranked {
                let share = if lane.rank < ESSENTIAL {
                    LEAST_SHARE
                } else {
                    1.0
                };
                // A less important lane never stands in for one that is too high.
                if !kept.is_empty() && height(&kept) + lane.height > room / share {
                    break;
                }
                kept.push(lane);
            }
            kept.sort_by_key(|lane| all.iter().position(|other| std::ptr::eq(*other, *lane)));
            (self.zoom(columns, height(&kept)), columns, pages, kept)
        };
        StageFit {
            zoom,
            columns,
            pages,
            lanes: kept.into_iter().map(|lane| lane.id.clone()).collect(),
        }
    }

    /// Zoom at which this many columns and this height fit.
    fn zoom(&self, columns: usize, height: f32) -> f32 {
        let (screen_width, screen_height) = self.screen;
        let width = self.titles + self.padding + columns.max(1) as f32 * self.pitch;
        let across = (screen_width - MARGIN) / width;
        let down = (screen_height - MARGIN) / height.max(1.0);
        let largest = self.least_zoom * MAX_ENLARGEMENT;
        across.min(down).min(largest).max(0.01)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::{ProptestConfig, prop_assert, proptest};

    fn room(columns: usize, screen: (f32, f32)) -> StageRoom {
        StageRoom {
            screen,
            band: 80.0,
            titles: 170.0,
            pitch: 244.0,
            padding: 12.0,
            columns,
            least_zoom: screen.1 / 600.0,
        }
    }

    fn lanes(heights: &[f32]) -> Vec<LaneNeed> {
        let lanes = heights.iter().enumerate();
        let need = |(at, height): (usize, &f32)| LaneNeed {
            id: LaneId::from(format!("l{at}")),
            height: *height,
            rank: (at + 2) % 3,
        };
        lanes.map(need).collect()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn what_is_shown_fits_and_is_read_unless_one_column_or_lane_is_too_large(
            columns in 0..40_usize,
            heights in proptest::collection::vec(20.0_f32..400.0, 1..14),
            width in 600.0_f32..4000.0,
            height in 400.0_f32..2200.0,
        ) {
            let room = room(columns, (width, height));
            let all = lanes(&heights);
            let fit = room.fit(&all);
            prop_assert!(fit.pages * fit.columns >= columns && fit.pages >= 1);
            prop_assert!((fit.pages - 1) * fit.columns < columns.max(1));
            let kept: Vec<&LaneNeed> = all.iter().filter(|l| fit.lanes.contains(&l.id)).collect();
            prop_assert!(kept.iter().map(|lane| &lane.id).eq(&fit.lanes), "in the order of the map");
            let best = all.iter().min_by_key(|lane| lane.rank).unwrap();
            prop_assert!(fit.lanes.contains(&best.id));
            let kept: f32 = kept.iter().map(|lane| lane.height).sum();
            let across = room.titles + room.padding + fit.columns as f32 * room.pitch;
            prop_assert!((room.band + kept) * fit.zoom <= height);
            prop_assert!(across * fit.zoom <= width);
            if fit.columns > 1 && fit.lanes.len() > 1 {
                prop_assert!(fit.zoom >= room.least_zoom * LEAST_SHARE * 0.999 || fit.pages == 1);
            }
        }
    }

    #[test]
    fn all_lanes_are_shown_if_they_can_be_read() {
        let some = lanes(&[100.0, 100.0]);
        let fit = room(2, (1920.0, 1080.0)).fit(&some);
        assert_eq!((fit.lanes.len(), fit.pages, fit.columns), (2, 1, 2));
        let many = lanes(&[100.0; 10]);
        let fit = room(30, (1920.0, 1080.0)).fit(&many);
        assert!(fit.lanes.len() < 10 && fit.pages > 1, "{fit:?}");
    }
}
