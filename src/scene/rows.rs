//! Places in a journey that is broken into rows, like text into lines, and on the strip that it is
//! without rows.
//!
//! Must not know: how rows are drawn, backends.

use crate::geom::Area;
use std::ops::Range;

/// The rows of a scene, from top to bottom.
///
/// Tools and layout know the strip: all stages beside each other. A place on it lies in the row
/// that shows its column, in the band of stages or in a lane of that row.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Rows {
    /// Width of the lane titles at the left of each row.
    pub(super) titles: f64,
    /// Top of the band of stages on the strip; what is above is above the rows as well.
    pub(super) band_top: f64,
    pub(super) rows: Vec<Row>,
}

/// One row.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Row {
    /// Left and right end on the strip.
    pub columns: Range<f64>,
    /// The band of stages, and the lanes that have room in the row.
    pub bands: Vec<RowBand>,
    /// Bottom, with the gap to the next row.
    pub bottom: f64,
}

/// A lane, or the band of stages, in a row.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct RowBand {
    /// Top on the strip.
    pub strip_top: f64,
    /// Top in the row.
    pub top: f64,
    /// Height in the row, at most that on the strip.
    pub height: f64,
}

impl Row {
    pub(super) fn top(&self) -> f64 {
        self.bands.first().map_or(0.0, |band| band.top)
    }

    /// The band or lane that holds a height on the strip; that above if it has no room here.
    pub(super) fn band_of(&self, y: f64) -> Option<&RowBand> {
        let after = self.bands.partition_point(|band| band.strip_top <= y);
        self.bands.get(after.saturating_sub(1))
    }
}

impl Rows {
    /// Number of rows.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there is no row.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The row at a height of the drawing, by index: the first one above all.
    pub fn row_at(&self, y: f64) -> usize {
        let after = self.rows.partition_point(|row| row.top() <= y);
        after.saturating_sub(1)
    }

    /// Top of a row, and the top of the next one.
    pub fn span(&self, row: usize) -> Option<Range<f64>> {
        let row = self.rows.get(row)?;
        Some(row.top()..row.bottom)
    }

    /// Height of the band of stages at the top of each row.
    pub fn band_height(&self) -> f64 {
        let band = self.rows.first().and_then(|row| row.bands.first());
        band.map_or(0.0, |band| band.height)
    }

    /// The row that shows a column of the strip, by index.
    pub fn row_of(&self, x: f64) -> usize {
        let after = self.rows.partition_point(|row| row.columns.start <= x);
        after.saturating_sub(1)
    }

    /// The column of the row above or below that lies under a column of the strip, and the columns of
    /// that row; `None` if there is no such row.
    pub fn neighbor_column(&self, x: f64, down: bool) -> Option<(f64, Range<f64>)> {
        let here = self.row_of(x);
        let there = if down { here + 1 } else { here.checked_sub(1)? };
        let (row, other) = (self.rows.get(here)?, self.rows.get(there)?);
        let x = x - row.columns.start + other.columns.start;
        Some((x, other.columns.clone()))
    }

    /// The place in the rows of a point of the strip.
    pub fn from_strip(&self, (x, y): (f64, f64)) -> (f64, f64) {
        let row = self.rows.get(self.row_of(x));
        let Some((row, band)) = row.and_then(|row| Some((row, row.band_of(y)?))) else {
            return (x, y);
        };
        if y < self.band_top {
            return (x, y);
        }
        let is_last = row.bands.last() == Some(band);
        let down = (y - band.strip_top).min(if is_last { f64::MAX } else { band.height });
        (x - row.columns.start + self.titles, band.top + down)
    }

    /// The point of the strip at a place in the rows.
    pub fn to_strip(&self, (x, y): (f64, f64)) -> (f64, f64) {
        let at = self.row_at(y);
        let Some(row) = self.rows.get(at).filter(|row| row.top() <= y) else {
            return (x, y);
        };
        let after = row.bands.partition_point(|band| band.top <= y);
        let Some(band) = row.bands.get(after.saturating_sub(1)) else {
            return (x, y);
        };
        let columns = &row.columns;
        let mut x = x - self.titles + columns.start;
        if at > 0 {
            x = x.max(columns.start);
        }
        if at + 1 < self.rows.len() {
            // The end belongs to the next row.
            x = x.min(columns.end - 0.01);
        }
        (x, band.strip_top + y - band.top)
    }

    /// The place in the rows of an area of the strip, by its middle and its top.
    pub fn area_from_strip(&self, area: &Area) -> Area {
        let (x, y) = self.from_strip((area.center_x(), area.top));
        Area::new(x - area.width() / 2.0, y, area.width(), area.height())
    }
}
