//! The scores sheet: a row for each metric, by stage, with a small line over time; beside the rows
//! the lists of a monthly meeting.
//!
//! All texts and shares are inputs. Must not know: how a score is computed, colours.

mod list;
mod page;
mod row;
mod sheet;
#[cfg(test)]
mod tests;

use super::header;
use super::text_block::{TextContext, TextRole};
use crate::model::Map;
use crate::text::Measure;
use crate::theme::{Density, size};
pub use page::{
    ScoreEntry, ScoreLine, ScoreList, ScoreListEntry, ScorePoint, ScoreSection, ScoresPage,
};
pub use sheet::{ListPlate, ListRow, ScoreRow, ScoresLayout};

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
    let columns = row::ScoreColumns::new(text.sizes);
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
