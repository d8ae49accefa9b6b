//! A page of tables in the look of the findings sheet: one under each heading, with the same columns.
//!
//! All texts are inputs. Must not know: what the rows are, colours.

use super::columns::{self, ColumnItem, ColumnUnit, FindingsColumn};
use super::{FindingsLayout, row_width};
use crate::layout::text_block::{TextContext, TextRole};
use crate::text::Measure;
use crate::theme::{Density, size};

/// Texts of a page of tables.
#[derive(Clone, Debug, Default)]
pub struct TablePage {
    /// The line above the title.
    pub kind: String,
    /// The title.
    pub title: String,
    /// The tables.
    pub sections: Vec<PageTable>,
}

/// A table of the page.
#[derive(Clone, Debug, Default)]
pub struct PageTable {
    /// The heading.
    pub title: String,
    /// The titles of the columns of values.
    pub columns: Vec<String>,
    /// The rows: a name, and a value for each column.
    pub rows: Vec<(String, Vec<String>)>,
}

/// Width of the names of rows at type scale 1.
const NAME_WIDTH: f32 = 250.0;
/// Width of a value at type scale 1.
const VALUE_WIDTH: f32 = 190.0;
/// Gap between columns of a table.
const GAP: f32 = 14.0;
/// Padding of a plate.
const PADDING: f32 = 12.0;
/// Ratio of width to height of the page, approximated by whole columns.
const ASPECT_RATIO: f32 = 1.41;

/// Lays out a page of tables.
pub fn table(page: &TablePage, density: Density, measure: &mut dyn Measure) -> FindingsLayout {
    let text = &mut TextContext {
        sizes: density.sizes(),
        measure,
    };
    let scale = text.sizes.type_scale;
    let most = page.sections.iter().map(|it| it.columns.len()).max();
    let values = most.unwrap_or(1) as f32 * (GAP + VALUE_WIDTH * scale);
    let width = 2.0 * PADDING + NAME_WIDTH * scale + values;
    let units = units(page, width, text);
    let whole: f32 = units.iter().map(ColumnUnit::height).sum();
    let wanted = (ASPECT_RATIO * whole / width).sqrt().ceil().max(1.0);
    let filled = columns::fill(&units, wanted as usize);
    let left = size::MARGIN;
    let all = row_width(filled.len().max(1), width);
    let mut sheet = FindingsLayout {
        density,
        width: f64::from(all + 2.0 * left),
        height: 0.0,
        header: FindingsColumn::default(),
        columns: Vec::new(),
    };
    let heading = [
        (
            page.kind.as_str(),
            size::SMALL_STRONG,
            TextRole::Accent,
            0.0,
            None,
        ),
        (
            page.title.as_str(),
            size::TITLE,
            TextRole::Normal,
            2.0,
            None,
        ),
    ];
    let top = text.stack(&heading, (left, left), all, &mut sheet.header.runs) + 14.0;
    let mut bottom = top;
    for (at, chosen) in filled.iter().enumerate() {
        let x = left + at as f32 * (row_width(2, width) - width);
        let mut column = FindingsColumn {
            x: f64::from(x),
            y: f64::from(top),
            ..FindingsColumn::default()
        };
        let end = columns::place(&units, chosen.clone(), width, &mut column);
        bottom = bottom.max(top + end);
        sheet.columns.push(column);
    }
    sheet.height = f64::from(bottom + size::MARGIN);
    sheet
}

/// The sections as units: a row each, the first with heading and titles, which are repeated where a
/// section continues in the next column.
fn units(page: &TablePage, width: f32, text: &mut TextContext<'_>) -> Vec<ColumnUnit> {
    let mut units = Vec::new();
    let name = NAME_WIDTH * text.sizes.type_scale;
    for (group, section) in page.sections.iter().enumerate() {
        let PageTable {
            title,
            columns,
            rows,
        } = section;
        // Fewer columns are wider, so that all tables are as wide as the page has room for.
        let step = (width - 2.0 * PADDING - name) / columns.len().max(1) as f32;
        let value = step - GAP;
        let x = |at: usize| PADDING + name + GAP + at as f32 * step;
        let mut heading = |words: &str| {
            let block = text.block(words, size::STAGE, TextRole::Normal, width);
            ColumnItem::of(18.0 * text.sizes.spacing, vec![(0.0, 0.0, block)], 2.0)
        };
        let (first, again) = (heading(title), heading(&format!("{title}, continued")));
        // One column has its title in that of the page.
        let titles = columns.iter().filter(|_| columns.len() > 1);
        let titles = titles.enumerate();
        let titles = titles.map(|(at, words)| {
            let block = text.block(words, size::SMALL_STRONG, TextRole::Soft, value);
            (x(at), 0.0, block)
        });
        let titles = ColumnItem::of(6.0, titles.collect(), 4.0).padded(PADDING);
        let on_plate = |mut item: ColumnItem| {
            item.plate = Some(group);
            item
        };
        let titles = on_plate(titles);
        let last = rows.len().saturating_sub(1);
        for (at, (words, values)) in rows.iter().enumerate() {
            let block = text.block(words, size::BODY, TextRole::Normal, name);
            let mut blocks = vec![(PADDING, 0.0, block)];
            for (column, words) in values.iter().enumerate() {
                let block = text.block(words, size::BODY, TextRole::Normal, value);
                blocks.push((x(column), 0.0, block));
            }
            let below = if at == last { PADDING } else { 3.0 };
            let row = on_plate(ColumnItem::of(0.0, blocks, below).padded(3.0));
            let repeated_header = vec![again.clone(), titles.clone()];
            let items = match at {
                0 => vec![first.clone(), titles.clone(), row],
                _ => vec![row],
            };
            units.push(ColumnUnit {
                group,
                items,
                repeated_header,
            });
        }
    }
    units
}
