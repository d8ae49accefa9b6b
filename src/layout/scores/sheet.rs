//! The laid-out scores sheet.
//!
//! Must not know: how anything is laid out, colours.

use crate::geom::{Path, Rect};
use crate::layout::text_block::{TextRole, TextRun};
use crate::model::ObjectRef;
use crate::theme::{Density, Icon};

/// The laid-out sheet, without colours. Distances in map units.
#[derive(Clone, Debug)]
pub struct ScoresLayout {
    /// Density of the sheet.
    pub density: Density,
    /// Width of the sheet.
    pub width: f64,
    /// Height of the sheet.
    pub height: f64,
    /// Title, scenario, titles of columns and stages, relative to the top left corner.
    pub texts: Vec<TextRun>,
    /// Lines below the titles of stages.
    pub rules: Vec<Path>,
    /// The metrics.
    pub rows: Vec<ScoreRow>,
    /// The lists.
    pub lists: Vec<ListPlate>,
}

/// A laid-out metric; its parts are relative to its top left corner.
#[derive(Clone, Debug)]
pub struct ScoreRow {
    /// The record that is measured.
    pub object: ObjectRef,
    /// Place and metric.
    pub title: String,
    /// Value, change and source in words.
    pub description: String,
    /// Left edge.
    pub x: f64,
    /// Top.
    pub y: f64,
    /// Width and height.
    pub area: Rect,
    /// The texts.
    pub runs: Vec<TextRun>,
    /// The conclusion.
    pub verdict: Option<(Icon, TextRole, Rect)>,
    /// The interval over time, where it is known.
    pub bands: Vec<Path>,
    /// The line from value to value; `None` for fewer than two.
    pub line: Option<Path>,
    /// The values; the last one is the newest.
    pub points: Vec<Rect>,
    /// The target.
    pub target: Option<Path>,
}

/// A laid-out list; its parts are relative to its top left corner.
#[derive(Clone, Debug)]
pub struct ListPlate {
    /// Left edge.
    pub x: f64,
    /// Top.
    pub y: f64,
    /// Width and height.
    pub area: Rect,
    /// The icon.
    pub icon: (Icon, TextRole, Rect),
    /// The title.
    pub title: Vec<TextRun>,
    /// The entries.
    pub entries: Vec<ListRow>,
}

/// A laid-out entry of a list.
#[derive(Clone, Debug)]
pub struct ListRow {
    /// The record that it is about.
    pub object: ObjectRef,
    /// Its name.
    pub title: String,
    /// The text below it.
    pub description: String,
    /// Its area in the list.
    pub area: Rect,
    /// The texts.
    pub runs: Vec<TextRun>,
}
