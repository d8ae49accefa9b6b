//! A page composed for its sheet: a header of the width of the rows, and the journey in the rows with
//! which it is largest on the page.
//!
//! Must not know: units of paper, windows, files.

use super::rendering::{RenderOptions, RenderedMap};
use crate::layout::RowOptions;
use crate::model::Map;
use crate::scene::Scene;
use crate::text::Measure;

/// Number of times that the search for the largest scale halves its interval.
const STEPS: usize = 10;
/// How much larger a journey must be on a later page than on an earlier one.
const GAIN: f64 = 1.05;
/// Ratio of two scales that are as good as the same.
const CLOSE: f64 = 1.004;

/// The rows of a journey on a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum JourneyRows {
    /// As many as make the journey largest.
    Fill,
    /// At most this many.
    Count(usize),
    /// As many as rows of this width give, in map units.
    Width(u32),
}

impl JourneyRows {
    /// The largest number of rows that can be asked for.
    pub const MAX_COUNT: usize = 99;

    /// Reads `fill`, a number of rows such as `3`, or a width in pixels at 100 % such as `2400px`.
    ///
    /// # Errors
    /// A sentence about the values that are possible.
    pub fn parse(text: &str) -> Result<JourneyRows, String> {
        let text = text.trim().to_ascii_lowercase();
        let width = text.strip_suffix("px").map(str::trim_end);
        match (text.as_str(), width.map(str::parse), text.parse()) {
            ("fill", ..) => Ok(JourneyRows::Fill),
            (_, Some(Ok(width @ 300..=100_000)), _) => Ok(JourneyRows::Width(width)),
            (_, None, Ok(count @ 1..=JourneyRows::MAX_COUNT)) => Ok(JourneyRows::Count(count)),
            _ => Err(
                "use fill, a number of rows from 1 to 99, or the width of a row from 300px to \
                      100000px"
                    .to_owned(),
            ),
        }
    }
}

/// Width and height of a page that has no paper: those of a screen.
pub const SCREEN: (f64, f64) = (16.0, 9.0);

/// A journey composed for a page.
#[derive(Clone, Debug)]
pub struct Composition {
    /// The drawing.
    pub scene: Scene,
    /// Width of a row, in map units; `None` for one row.
    pub row_width: Option<u32>,
}

/// Draws a journey in the rows of a page; of several pages, given as width and height in any unit,
/// that is filled on which it is largest.
pub fn compose(
    map: &Map,
    options: &RenderOptions,
    (rows, pages): (JourneyRows, &[(f64, f64)]),
    measure: &mut dyn Measure,
) -> Composition {
    let mut options = options.clone();
    options.layout.rows = None;
    let strip = RenderedMap::of(map, &options, measure);
    let mut drawer = Drawer {
        map,
        options,
        measure,
    };
    let (drawn, row_width) = match rows {
        JourneyRows::Fill => drawer.largest(strip, pages),
        JourneyRows::Count(count) => drawer.with_count(strip, count),
        JourneyRows::Width(width) => (strip, Some(width)),
    };
    let drawn = drawer.draw(drawn, row_width);
    Composition {
        scene: Scene::clone(drawn.drawn()),
        row_width,
    }
}

/// Draws a journey with several widths of rows, one after the other.
struct Drawer<'a> {
    map: &'a Map,
    options: RenderOptions,
    measure: &'a mut dyn Measure,
}

impl Drawer<'_> {
    /// The drawing with rows of another width; with `None` as one row, which has the header of a page,
    /// too.
    fn draw(&mut self, former: RenderedMap, row_width: Option<u32>) -> RenderedMap {
        let width = row_width.unwrap_or(u32::MAX);
        self.options.layout.rows = Some(RowOptions::of_page(width));
        former.update(self.map, &self.options, self.measure)
    }

    /// Finds the width of rows with which the drawing is largest on any of these pages; `None` for
    /// one row.
    fn largest(&mut self, strip: RenderedMap, pages: &[(f64, f64)]) -> (RenderedMap, Option<u32>) {
        let mut drawn = self.draw(strip, None);
        let single = (drawn.drawn().width.max(1.0), drawn.drawn().height.max(1.0));
        let (mut best, mut row_width) = (0.0, None);
        for (width, height) in pages {
            // A later page must be clearly better, as it is for the sheet.
            best *= GAIN;
            let scale = |(w, h): (f64, f64)| (width / w).min(height / h);
            if scale(single) > best {
                (best, row_width) = (scale(single), None);
            }
            let mut most = height / single.1;
            for _ in 0..STEPS {
                if most <= best * CLOSE {
                    break;
                }
                // The scales lie decades apart, so the middle is that of their ratio.
                let tried = (best * most).sqrt();
                let rows = (width / tried) as u32;
                drawn = self.draw(drawn, Some(rows));
                let reached = scale((drawn.drawn().width, drawn.drawn().height));
                if reached > best {
                    (best, row_width) = (reached, Some(rows));
                }
                if reached < tried {
                    most = tried;
                }
            }
        }
        (drawn, row_width)
    }

    /// Finds the least width with which there are at most this many rows; `None` for one row.
    fn with_count(&mut self, strip: RenderedMap, count: usize) -> (RenderedMap, Option<u32>) {
        if count < 2 {
            return (strip, None);
        }
        let width = strip.scene.width;
        let (mut low, mut high) = (width / count as f64, width);
        let mut drawn = strip;
        for _ in 0..STEPS {
            let tried = f64::midpoint(low, high);
            drawn = self.draw(drawn, Some(tried as u32));
            let rows = drawn.drawn().rows.as_ref();
            if rows.map_or(1, |rows| rows.len()) <= count {
                high = tried;
            } else {
                low = tried;
            }
        }
        (drawn, Some(high as u32))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::arbitrary;
    use crate::text::FixedWidth;
    use proptest::prelude::{ProptestConfig, prop_assert, proptest};

    fn composed(map: &Map, rows: JourneyRows, page: (f64, f64)) -> Scene {
        let options = RenderOptions::default();
        compose(map, &options, (rows, &[page]), &mut FixedWidth).scene
    }

    fn rows(scene: &Scene) -> usize {
        scene.rows.as_ref().map_or(1, |rows| rows.len())
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(12))]
        #[test]
        fn a_page_is_filled_at_least_as_well_as_by_one_row(
            map in arbitrary::map(),
            ratio in 0.5_f64..2.5,
        ) {
            let scale = |scene: &Scene| (ratio / scene.width).min(1.0 / scene.height);
            let filled = composed(&map, JourneyRows::Fill, (ratio, 1.0));
            let single = composed(&map, JourneyRows::Count(1), SCREEN);
            prop_assert!(rows(&single) == 1);
            prop_assert!(scale(&filled) >= scale(&single));
        }

        #[test]
        fn there_are_no_more_rows_than_are_asked_for(map in arbitrary::map(), count in 1..6_usize) {
            let scene = composed(&map, JourneyRows::Count(count), SCREEN);
            prop_assert!(rows(&scene) <= count, "{} {}", rows(&scene), count);
        }
    }
}
