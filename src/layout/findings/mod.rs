//! The findings sheet: the findings of all checks on a page. The header has title and counts; below
//! it each rule has a plate with its findings and their reason, by family, in columns that give the
//! page its aspect ratio.
//!
//! All texts are inputs. Must not know: what a rule is, colours.

mod columns;
mod table;
#[cfg(test)]
mod tests;

use super::header;
use super::text_block::{TextBlock, TextContext, TextRole};
use crate::geom::Rect;
use crate::model::Map;
use crate::text::Measure;
use crate::theme::{Density, size};
use columns::{ColumnItem, ColumnUnit};
pub use columns::{FindingsColumn, RoleIcon};
use std::ops::Range;
pub use table::{PageTable, TablePage, table};

/// Texts of the findings sheet.
#[derive(Clone, Debug, Default)]
pub struct FindingsPage {
    /// Time or kind of the checks.
    pub when: String,
    /// Number of findings of each kind, with its icon.
    pub counts: Vec<(RoleIcon, String)>,
    /// The findings.
    pub families: Vec<FamilySection>,
    /// Text shown if there are no findings.
    pub empty_text: String,
}

/// Related rules.
#[derive(Clone, Debug)]
pub struct FamilySection {
    /// Name of the family and number of its findings.
    pub title: String,
    /// The rules.
    pub rules: Vec<RuleEntry>,
}

/// A rule with its findings.
#[derive(Clone, Debug)]
pub struct RuleEntry {
    /// Icon of the severity.
    pub icon: RoleIcon,
    /// Name of the rule.
    pub title: String,
    /// The findings of the rule.
    pub findings: Vec<FindingEntry>,
    /// Reason why the findings matter.
    pub why: String,
    /// Source of the reason.
    pub source: String,
}

/// A finding.
#[derive(Clone, Debug)]
pub struct FindingEntry {
    /// The finding in a sentence.
    pub sentence: String,
    /// The object of the map it is about.
    pub about: String,
}

/// The laid-out sheet, without colours. Distances in map units.
#[derive(Clone, Debug)]
pub struct FindingsLayout {
    /// Density of the sheet.
    pub density: Density,
    /// Width of the sheet.
    pub width: f64,
    /// Height of the sheet.
    pub height: f64,
    /// Title, scenario and counts.
    pub header: FindingsColumn,
    /// The columns from left to right.
    pub columns: Vec<FindingsColumn>,
}

/// Width of a column at type scale 1: 60 to 70 characters to a line.
const COLUMN_WIDTH: f32 = 430.0;
/// Gap between columns.
const COLUMN_GAP: f32 = 28.0;
/// Ratio of width to height of the sheet, approximated by whole columns.
const ASPECT_RATIO: f32 = 1.41;
/// Minimum width of the header.
const MIN_HEADER_WIDTH: f32 = 720.0;

/// Lays out the findings sheet of a map.
pub fn findings(
    map: &Map,
    page: &FindingsPage,
    density: Density,
    measure: &mut dyn Measure,
) -> FindingsLayout {
    let sizes = density.sizes();
    let width = COLUMN_WIDTH * sizes.type_scale;
    let text = &mut TextContext { sizes, measure };
    let units = units(page, width, text);
    let whole: f32 = units.iter().map(ColumnUnit::height).sum();
    let wanted = (ASPECT_RATIO * whole / (width + COLUMN_GAP))
        .sqrt()
        .ceil()
        .max(1.0);
    let filled = columns::fill(&units, wanted as usize);
    let count = filled.len().max(1);
    let width = (row_width(count, width)).max(MIN_HEADER_WIDTH);
    sheet(map, page, (&units, &filled), width, density, text)
}

/// Lays out the same content on pages of an aspect ratio (width over height), each with as many
/// columns.
pub fn findings_pages(
    map: &Map,
    page: &FindingsPage,
    density: Density,
    (columns, aspect): (usize, f32),
    measure: &mut dyn Measure,
) -> Vec<FindingsLayout> {
    let sizes = density.sizes();
    let width = COLUMN_WIDTH * sizes.type_scale;
    let text = &mut TextContext { sizes, measure };
    let units = units(page, width, text);
    let all = row_width(columns, width);
    let height = (all + 2.0 * size::MARGIN) / aspect;
    let top = header(map, page, all, &mut FindingsColumn::default(), text);
    let filled = columns::fill_height(&units, height - top - size::MARGIN);
    let mut pages = filled.chunks(columns.max(1)).peekable();
    let empty: &[Range<usize>] = &[];
    let none = pages.peek().is_none().then_some(empty);
    let pages = pages.chain(none).map(|filled| {
        let mut laid_out = sheet(map, page, (&units, filled), all, density, text);
        laid_out.height = laid_out.height.max(f64::from(height));
        laid_out
    });
    pages.collect()
}

/// Width of so many columns beside each other.
fn row_width(columns: usize, width: f32) -> f32 {
    columns as f32 * (width + COLUMN_GAP) - COLUMN_GAP
}

/// Places the header and the units of each column, in a width without the margins.
fn sheet(
    map: &Map,
    page: &FindingsPage,
    (units, filled): (&[ColumnUnit], &[Range<usize>]),
    all: f32,
    density: Density,
    text: &mut TextContext<'_>,
) -> FindingsLayout {
    let width = COLUMN_WIDTH * text.sizes.type_scale;
    let left = size::MARGIN;
    let mut sheet = FindingsLayout {
        density,
        width: f64::from(all + 2.0 * left),
        height: 0.0,
        header: FindingsColumn::default(),
        columns: Vec::new(),
    };
    let top = header(map, page, all, &mut sheet.header, text);
    let mut bottom = top;
    for (at, chosen) in filled.iter().enumerate() {
        let mut column = FindingsColumn {
            x: f64::from(left + at as f32 * (width + COLUMN_GAP)),
            y: f64::from(top),
            ..FindingsColumn::default()
        };
        let end = columns::place(units, chosen.clone(), width, &mut column);
        bottom = bottom.max(top + end);
        sheet.columns.push(column);
    }
    sheet.height = f64::from(bottom + size::MARGIN);
    sheet
}

/// Lays out the header; returns its bottom.
fn header(
    map: &Map,
    page: &FindingsPage,
    width: f32,
    sheet: &mut FindingsColumn,
    text: &mut TextContext<'_>,
) -> f32 {
    let icon = text.sizes.icon;
    let left = size::MARGIN;
    let kind = header::journey_kind(map, &format!(", {}", page.when));
    let mut texts = header::heading(map, &kind);
    for text in &mut texts {
        // No text can be edited on this sheet.
        text.4 = None;
    }
    let corner = (left, size::MARGIN);
    let mut y = text.stack(&texts, corner, width.min(1000.0), &mut sheet.runs);
    y += 16.0;
    let (mut x, role) = (left, TextRole::Normal);
    let line = text.sizes.text(size::STRONG).size * size::LEADING;
    for (sign, words) in &page.counts {
        let block = text.block(words, size::STRONG, role, width);
        let square = Rect::new(x, y + (line - icon) / 2.0, icon, icon);
        sheet.icons.push((*sign, square));
        block.place(x + icon + 6.0, y, &mut sheet.runs);
        x += icon + 6.0 + block.width() + 26.0;
    }
    if !page.counts.is_empty() {
        y += line;
    }
    if page.families.is_empty() {
        let block = text.block(&page.empty_text, size::LEAD, role, width);
        y = block.place(left, y, &mut sheet.runs);
    }
    y + 14.0
}

/// Everything below the header as units.
fn units(page: &FindingsPage, width: f32, text: &mut TextContext<'_>) -> Vec<ColumnUnit> {
    let mut units = Vec::new();
    let mut plate = 0;
    for (group, family) in page.families.iter().enumerate() {
        let mut title = |words: &str| {
            let block = text.block(words, size::STAGE, TextRole::Normal, width);
            ColumnItem::of(18.0 * text.sizes.spacing, vec![(0.0, 0.0, block)], 2.0)
        };
        let mut first = Some(title(&family.title));
        let again = title(&format!("{}, continued", family.title));
        for noted in &family.rules {
            plate += 1;
            rule(noted, width, text, |mut atoms, head| {
                let mut again = vec![again.clone()];
                again.extend(head);
                for atom in atoms.iter_mut().chain(&mut again[1..]) {
                    atom.plate = Some(plate);
                }
                if let Some(title) = first.take() {
                    atoms.insert(0, title);
                }
                units.push(ColumnUnit {
                    group,
                    items: atoms,
                    repeated_header: again,
                });
            });
        }
    }
    units
}

/// Passes the findings of a rule to `put` as units: the first with the name of the rule, the
/// last with its reason. All but the first come with a header to be repeated at the top of a
/// column.
fn rule(
    noted: &RuleEntry,
    width: f32,
    text: &mut TextContext<'_>,
    mut put: impl FnMut(Vec<ColumnItem>, Option<ColumnItem>),
) {
    let (pad, sizes) = (12.0, text.sizes);
    let left = pad + sizes.icon + 9.0;
    let room = width - left - pad;
    let mut block = |words: &str, style, role| text.block(words, style, role, room);
    let stack = |above: f32, blocks: Vec<TextBlock>, gap: f32, below: f32| {
        let mut y = 0.0;
        let mut placed = Vec::new();
        for block in blocks.into_iter().filter(|block| !block.is_empty()) {
            let height = block.height();
            placed.push((left, y, block));
            y += height + gap;
        }
        ColumnItem::of(above, placed, below)
    };
    let title = block(&noted.title, size::STRONG, TextRole::Normal);
    let line = sizes.text(size::STRONG).size * size::LEADING;
    let mut head = stack(10.0 * sizes.spacing, vec![title], 0.0, 0.0).padded(pad);
    let square = Rect::new(pad, pad + (line - sizes.icon) / 2.0, sizes.icon, sizes.icon);
    head.icon = Some((noted.icon, square));
    let why = block(&noted.why, size::BODY, TextRole::Soft);
    let source = block(&noted.source, size::SMALL, TextRole::Soft);
    let foot = stack(0.0, vec![why, source], 3.0, pad).padded(10.0);
    let again = head.clone();
    let (mut head, mut foot) = (Some(head), Some(foot));
    let count = noted.findings.len().max(1);
    for at in 0..count {
        let mut atoms: Vec<ColumnItem> = head.take().into_iter().collect();
        if let Some(said) = noted.findings.get(at) {
            let sentence = block(&said.sentence, size::BODY, TextRole::Normal);
            let about = block(&said.about, size::SMALL_STRONG, TextRole::Soft);
            atoms.push(stack(0.0, vec![sentence, about], 1.0, 0.0).padded(7.0));
        }
        if at + 1 == count {
            atoms.extend(foot.take());
        }
        put(atoms, (at > 0).then(|| again.clone()));
    }
}
