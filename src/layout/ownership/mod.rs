//! The ownership matrix: stages as columns, departments as rows with missing owners first,
//! touchpoints as chips in the cells, and handoffs as arcs between the rows.
//!
//! Ownership is counted first (`tally`); cells and row headers determine heights, then rows and
//! columns get their positions and arcs their ports. Cells grow with their content; nothing is left
//! out.
//!
//! A pure function of the map, the density and the text measure.
//! Must not know: colours, the scene, egui.

mod arcs;
mod cell;
mod counts;
mod header;
mod row_header;
#[cfg(test)]
mod tests;

pub use arcs::HandoffArc;
pub use cell::{CELL_MARGIN, CHIP_STRIPE, Chip, OwnerCell, StageMark};
pub use counts::{OwnedCell, Owner, OwnerTotals, Workload};
pub use row_header::{RowHeader, TITLE_STRIPE};

use super::flow;
use super::header::Header;
use super::stage_band::StageBand;
use super::text_block::{TextContext, TextRole, TextRun};
use crate::graph::Graph;
use crate::model::{Map, Record, StageId};
use crate::text::Measure;
use crate::theme::{Density, size};
use arcs::ArcPlan;
use cell::CellInput;
use counts::OwnershipCounts;
use std::sync::Arc;

/// The laid-out matrix. Distances in map units.
#[derive(Clone, Debug, Default)]
pub struct OwnershipLayout {
    /// Density of the view.
    pub density: Density,
    /// Width of the drawn matrix.
    pub width: f64,
    /// Height of the drawn matrix.
    pub height: f64,
    /// The header above the stages.
    pub header: Header,
    /// Top of the stage band.
    pub band_y: f64,
    /// Height of the stage band.
    pub band_height: f32,
    /// The stages from left to right.
    pub stages: Vec<OwnerStage>,
    /// Width of the row headers.
    pub titles: f32,
    /// Width of the strip of arcs beside them.
    pub arc_strip_width: f32,
    /// Top of the first row; rows are relative to it.
    pub body_y: f64,
    /// No owner, the departments, unknown owners and what needs no owner if there are any, and
    /// finally the totals of stages.
    pub rows: Vec<OwnerRow>,
    /// Handoffs, relative to the top left of the strip.
    pub arcs: Vec<HandoffArc>,
    /// Number of handoffs without an arc because there are too many.
    pub hidden: usize,
    /// Texts above the arcs, relative to the top left of their part of the band.
    pub arc_strip_title: Vec<TextRun>,
}

/// A stage of the matrix.
#[derive(Clone, Debug)]
pub struct OwnerStage {
    /// The stage.
    pub id: StageId,
    /// Left edge.
    pub x: f64,
    /// Its part of the band.
    pub band: StageBand,
}

/// The row of one owner.
#[derive(Clone, Debug)]
pub struct OwnerRow {
    /// The owner; `None` for the totals of stages.
    pub owner: Option<Owner>,
    /// Top, relative to the first row.
    pub y: f32,
    /// Height.
    pub height: f32,
    /// The header with name and totals.
    pub header: RowHeader,
    /// Totals of the owner.
    pub totals: OwnerTotals,
    /// The cells with any content, by stage.
    pub cells: Vec<OwnerCell>,
}

/// Gap between the stage band and the content below.
const UNDER_BAND: f32 = 10.0;
/// Gap between the last department and the totals.
const BEFORE_SUMS: f32 = 14.0;

/// Lays out the ownership matrix of a map.
pub fn ownership(map: &Map, density: Density, measure: &mut dyn Measure) -> OwnershipLayout {
    let graph = Graph::of(map);
    let sizes = density.sizes();
    let text = &mut TextContext { sizes, measure };
    let mut tally = OwnershipCounts::of(map, &graph);
    let plan = ArcPlan::of(&tally.handoffs, tally.owners.len(), text);
    let titles = row_header::column_width(sizes);
    let abreast = chips_per_row_by_stage(&tally);

    let mut x = f64::from(titles + plan.width);
    let mut band_height: f32 = sizes.stage_band;
    let mut stages = Vec::with_capacity(map.stages().len());
    for (record, abreast) in map.stages().iter().zip(&abreast) {
        let width = cell::column_width(*abreast, sizes);
        let band = StageBand::new(record, width, map, text);
        band_height = band_height.max(band.bottom);
        let id = record.id.clone();
        stages.push(OwnerStage { id, x, band });
        x += f64::from(width);
    }
    for (stage, record) in stages.iter_mut().zip(map.stages()) {
        stage.band.set_height(record.name(), band_height, text);
    }
    let width = (x + f64::from(size::MARGIN)).max(f64::from(header::MIN_WIDTH));

    let numbers = flow::step_numbers(&graph);
    let mut rows = rows(map, &mut tally, (&numbers, &abreast), &plan.hidden, text);
    let mut y = 0.0;
    let last = rows.len() - 1;
    for (at, row) in rows.iter_mut().enumerate() {
        if at == last {
            y += BEFORE_SUMS;
        }
        row.height = row.height.max(plan.needs.get(at).copied().unwrap_or(0.0));
        row.y = y;
        y += row.height;
        for cell in &mut row.cells {
            cell.set_height(row.height, text);
        }
    }
    add_overview_names(map, &mut rows, text);
    let spans: Vec<(f32, f32)> = rows.iter().map(|row| (row.y, row.height)).collect();
    let arcs = plan.draw(&spans, text);

    let header = header::header(map, &tally, width as f32, text);
    let band_y = f64::from(header.height);
    let body_y = band_y + f64::from(band_height + UNDER_BAND);
    let count: usize = tally.handoffs.values().map(|passing| passing.count).sum();
    // Each is counted in the row that hands over and in the row that takes over.
    let hidden = plan.hidden.iter().sum::<usize>() / 2;
    OwnershipLayout {
        density,
        width,
        height: body_y + f64::from(y + size::MARGIN),
        header,
        band_y,
        band_height,
        stages,
        titles,
        arc_strip_width: plan.width,
        body_y,
        rows,
        arcs,
        hidden,
        arc_strip_title: strip_title((count, hidden), band_height, plan.width, text),
    }
}

/// Distance of the overview names from the top of their row, and from its bottom.
const OVERVIEW_PADDING: f32 = 4.0;

/// Adds the names of the rows for overview zoom, in the largest size at which all of them fit.
fn add_overview_names(map: &Map, rows: &mut [OwnerRow], text: &mut TextContext<'_>) {
    let width = row_header::text_width(text.sizes);
    let name = |row: &OwnerRow| {
        let owner = row.owner.as_ref();
        owner.map_or_else(|| "All".to_owned(), |owner| owner.name(map))
    };
    let height = |row: &OwnerRow| row.height - 2.0 * OVERVIEW_PADDING;
    let level = rows.iter().fold(0, |level, row| {
        text.overview_level(level, &name(row), (width, height(row)))
    });
    for row in rows {
        let role = match row.owner {
            Some(Owner::Nobody) => TextRole::Unowned,
            _ => TextRole::Normal,
        };
        let mut block = text.overview_block(level, &name(row), role, width);
        block.truncate_to_height(height(row), text.measure);
        let left = row_header::TEXT_LEFT;
        block.place(left, OVERVIEW_PADDING, &mut row.header.far);
    }
}

/// Number of chips side by side in each stage.
fn chips_per_row_by_stage(tally: &OwnershipCounts) -> Vec<usize> {
    let mut most = vec![0; tally.stages.len()];
    for holding in &tally.owners {
        for (stage, part) in &holding.cells {
            most[*stage] = part.owned.len().max(most[*stage]);
        }
    }
    most.into_iter().map(cell::chips_per_row).collect()
}

/// The rows with the height they need, not yet below each other; takes the counts of their cells.
fn rows(
    map: &Map,
    tally: &mut OwnershipCounts,
    (numbers, abreast): (&[Arc<str>], &[usize]),
    hidden: &[usize],
    text: &mut TextContext<'_>,
) -> Vec<OwnerRow> {
    let mut stages = Vec::with_capacity(abreast.len());
    let mut next = 0;
    for (_, touchpoints) in map.touchpoint_lists() {
        let first = next;
        next += touchpoints.len();
        stages.push((touchpoints.as_slice(), &numbers[first..next]));
    }
    let mut rows = Vec::with_capacity(tally.owners.len() + 1);
    for (counts, hidden) in tally.owners.iter_mut().zip(hidden) {
        let header = row_header::row_header(map, counts, &tally.load, *hidden, text);
        let cells = std::mem::take(&mut counts.cells).into_iter();
        let cells = cells.map(|(stage, part)| {
            let (touchpoints, numbers) = stages[stage];
            let input = CellInput {
                stage: (stage, abreast[stage]),
                touchpoints,
                numbers,
                owner: Some(&counts.owner),
            };
            OwnerCell::new(&input, part, text)
        });
        let cells = cells.collect();
        let owner = Some(counts.owner.clone());
        rows.push(OwnerRow::new(owner, header, counts.totals, cells));
    }
    rows.push(total_row(tally, abreast, text));
    rows
}

/// The row of the totals of each stage.
fn total_row(tally: &OwnershipCounts, abreast: &[usize], text: &mut TextContext<'_>) -> OwnerRow {
    let totals = OwnerTotals {
        workload: tally.load,
        stages: tally.stages.len(),
        ..OwnerTotals::default()
    };
    let header = row_header::total_header(&totals.workload, totals.stages, text);
    let stages = tally.stages.iter().enumerate();
    let cells = stages.filter(|(_, load)| load.touchpoints > 0);
    let cells = cells.map(|(stage, load)| {
        let counts = OwnedCell {
            workload: *load,
            ..OwnedCell::default()
        };
        let input = CellInput {
            stage: (stage, abreast[stage]),
            touchpoints: &[],
            numbers: &[],
            owner: None,
        };
        OwnerCell::new(&input, counts, text)
    });
    let cells = cells.collect();
    OwnerRow::new(None, header, totals, cells)
}

impl OwnerRow {
    /// A row as high as its header and its cells need.
    fn new(
        owner: Option<Owner>,
        (header, height): (RowHeader, f32),
        totals: OwnerTotals,
        cells: Vec<OwnerCell>,
    ) -> OwnerRow {
        let heights = cells.iter().map(|cell| cell.rect.height());
        OwnerRow {
            owner,
            y: 0.0,
            height: heights.fold(height, f32::max),
            header,
            totals,
            cells,
        }
    }
}

/// Texts above the arcs, at the bottom of the band.
fn strip_title(
    (count, hidden): (usize, usize),
    band: f32,
    width: f32,
    text: &mut TextContext<'_>,
) -> Vec<TextRun> {
    let first = match count {
        0 => String::new(),
        1 => "1 handoff".to_owned(),
        n => format!("{n} handoffs"),
    };
    let second = match hidden {
        0 => String::new(),
        n => format!("{n} not drawn"),
    };
    let mut block = |words: &str, style| text.block(words, style, TextRole::Soft, width - 12.0);
    let first = block(&first, size::STRONG);
    let second = block(&second, size::SMALL);
    let top = (band - first.height() - second.height() - 4.0).max(0.0);
    let mut runs = Vec::new();
    let y = first.place(6.0, top, &mut runs);
    second.place(6.0, y, &mut runs);
    runs
}
