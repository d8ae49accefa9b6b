//! The scores sheet: a row for each metric, by stage, with a small line over time; beside the rows
//! the lists of a monthly meeting.
//!
//! All texts and shares are inputs. Must not know: how a score is computed, colours.

mod list;
mod row;
#[cfg(test)]
mod tests;

use super::header;
use super::text_block::{TextContext, TextRole, TextRun};
use crate::geom::{Path, Rect};
use crate::model::{Map, ObjectRef};
use crate::text::Measure;
use crate::theme::{Density, Icon, size};

/// Texts and figures of the scores sheet.
#[derive(Clone, Debug, Default)]
pub struct ScoresPage {
    /// The day and period of the scores.
    pub when: String,
    /// First and last date of all lines; empty without two dates.
    pub span: [String; 2],
    /// The metrics of the whole journey, then those of each stage.
    pub sections: Vec<ScoreSection>,
    /// The lists beside the rows.
    pub lists: Vec<ScoreList>,
    /// Text shown if nothing is measured.
    pub empty_text: String,
}

/// The metrics of a stage or of the whole journey.
#[derive(Clone, Debug)]
pub struct ScoreSection {
    /// The name.
    pub title: String,
    /// The metrics in map order.
    pub rows: Vec<ScoreEntry>,
}

/// A metric of one record.
#[derive(Clone, Debug)]
pub struct ScoreEntry {
    /// The record that is measured.
    pub object: ObjectRef,
    /// The name of the touchpoint with its number; empty in rows that follow one of the same.
    pub place: String,
    /// The metric.
    pub metric: String,
    /// The newest value with its unit.
    pub value: String,
    /// The answers and date that it rests on.
    pub basis: String,
    /// The change with its conclusion.
    pub change: String,
    /// The conclusion as an icon with its role; `None` without a change.
    pub verdict: Option<(Icon, TextRole)>,
    /// The target in words; empty if there is none.
    pub target: String,
    /// The reasons to look at it; empty if there are none.
    pub attention: String,
    /// The sentence on the source of the figure, for assistive tools.
    pub source: String,
    /// The values over time.
    pub line: ScoreLine,
}

/// Values over time as shares of the drawn area: from the first to the last date of the sheet, and
/// from the lowest to the highest value of the metric.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ScoreLine {
    /// The values by date.
    pub points: Vec<ScorePoint>,
    /// The target.
    pub target: Option<f32>,
}

/// A value at a date; all shares 0 … 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ScorePoint {
    /// The date.
    pub time: f32,
    /// The value.
    pub value: f32,
    /// The 95 % interval.
    pub interval: Option<(f32, f32)>,
}

/// A list of the monthly meeting.
#[derive(Clone, Debug)]
pub struct ScoreList {
    /// The name with the number of entries.
    pub title: String,
    /// Its icon.
    pub icon: (Icon, TextRole),
    /// The entries.
    pub entries: Vec<ScoreListEntry>,
}

/// An entry of a list.
#[derive(Clone, Debug)]
pub struct ScoreListEntry {
    /// The record that it is about.
    pub object: ObjectRef,
    /// Its name.
    pub name: String,
    /// The text below it; may be empty.
    pub text: String,
}

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

/// Gap between the rows and the lists.
const LISTS_GAP: f32 = 36.0;

/// Lays out the scores sheet of a map.
pub fn scores(
    map: &Map,
    page: &ScoresPage,
    density: Density,
    measure: &mut dyn Measure,
) -> ScoresLayout {
    let text = &mut TextContext {
        sizes: density.sizes(),
        measure,
    };
    let left = size::MARGIN;
    let columns = row::Columns::new(text.sizes);
    let lists_width = list::WIDTH * text.sizes.type_scale;
    let rows_width = if page.sections.is_empty() {
        0.0
    } else {
        columns.width + LISTS_GAP
    };
    let lists_at = left + rows_width;
    let right = match page.lists.is_empty() {
        true => left + columns.width,
        false => lists_at + lists_width,
    };
    let mut sheet = ScoresLayout {
        density,
        width: f64::from(right + left),
        height: 0.0,
        texts: Vec::new(),
        rules: Vec::new(),
        rows: Vec::new(),
        lists: Vec::new(),
    };
    let kind = header::journey_kind(map, &format!(", {}", page.when));
    let mut heading = header::heading(map, &kind);
    for text in &mut heading {
        // No text can be edited on this sheet.
        text.4 = None;
    }
    let width = (right - left).min(1000.0);
    let mut y = text.stack(&heading, (left, size::MARGIN), width, &mut sheet.texts) + 18.0;
    if page.sections.is_empty() {
        let block = text.block(&page.empty_text, size::LEAD, TextRole::Normal, width);
        y = block.place(left, y, &mut sheet.texts) + 18.0;
    }
    let bottom = row::place(page, &columns, (left, y), &mut sheet, text);
    let lists_bottom = list::place(&page.lists, (lists_at, y, lists_width), &mut sheet, text);
    sheet.height = f64::from(bottom.max(lists_bottom) + size::MARGIN);
    sheet
}
