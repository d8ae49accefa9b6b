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
mod chip;
mod counts;
mod header;
mod row_header;
#[cfg(test)]
mod tests;

pub use arcs::HandoffArc;
pub use cell::{CELL_MARGIN, OwnerCell, StageMark};
pub use chip::{CHIP_STRIPE, Chip};
pub use counts::{Owner, Workload};
pub use header::{OwnerHeader, OwnerLegendEntry, OwnerLegendSample};
pub use row_header::{RowHeader, TITLE_STRIPE};

use super::flow;
use super::grid;
use super::grid::BandText;
use super::text_block::{TextBlock, TextRole, TextRun};
use crate::geom::Rect;
use crate::graph::Graph;
use crate::model::{Map, Record, StageId};
use crate::text::Measure;
use crate::theme::{Density, Sizes, size};
use arcs::ArcPlan;
use cell::CellInput;
use counts::{OwnedCell, OwnershipCounts};
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
    pub header: OwnerHeader,
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
    /// No owner, the departments, unknown owners if there are any, and finally the totals of
    /// stages.
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
    /// Width.
    pub width: f32,
    /// Name, goal and owner, relative to the top left of its part of the band.
    pub runs: Vec<TextRun>,
    /// The name alone, enlarged for overview zoom.
    pub far: Vec<TextRun>,
    /// Place of the owner's colour in the band.
    pub owner_mark: Rect,
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
    /// Total workload of the owner.
    pub workload: Workload,
    /// Number of stages owned.
    pub stages: usize,
    /// Number of touchpoints of other owners that this one supports.
    pub supports: usize,
    /// Number of handoffs away from the owner.
    pub handoffs_out: usize,
    /// Number of handoffs to the owner.
    pub handoffs_in: usize,
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
    let tally = OwnershipCounts::of(map, &graph);
    let plan = ArcPlan::of(&tally.handoffs, tally.owners.len(), sizes, measure);
    let titles = row_header::column_width(sizes);
    let abreast = chips_per_row_by_stage(&tally);

    let mut x = f64::from(titles + plan.width);
    let mut band_height: f32 = sizes.stage_band;
    let mut stages = Vec::with_capacity(map.stages().len());
    for (record, abreast) in map.stages().iter().zip(&abreast) {
        let width = cell::column_width(*abreast, sizes);
        let text = BandText::of(record, width, map, sizes, measure);
        band_height = band_height.max(text.bottom);
        stages.push(OwnerStage {
            id: record.id.clone(),
            x,
            width,
            runs: text.runs,
            far: Vec::new(),
            owner_mark: text.owner_mark,
        });
        x += f64::from(width);
    }
    for (stage, record) in stages.iter_mut().zip(map.stages()) {
        let room = (stage.width, band_height);
        stage.far = grid::overview_name(record.name(), room, sizes, measure);
    }
    let width = (x + f64::from(size::MARGIN)).max(f64::from(header::MIN_WIDTH));

    let numbers = flow::step_numbers(&graph);
    let mut rows = rows(map, &tally, &numbers, &abreast, sizes, measure);
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
            cell.set_height(row.height, measure);
        }
    }
    let spans: Vec<(f32, f32)> = rows.iter().map(|row| (row.y, row.height)).collect();
    let arcs = plan.draw(&spans, measure);

    let header = header::header(map, &tally, width as f32, sizes, measure);
    let band_y = f64::from(header.height);
    let body_y = band_y + f64::from(band_height + UNDER_BAND);
    let count: usize = tally.handoffs.values().map(|passing| passing.count).sum();
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
        hidden: plan.hidden,
        arc_strip_title: strip_title(
            (count, plan.hidden),
            band_height,
            plan.width,
            sizes,
            measure,
        ),
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

/// The rows with the height they need, not yet below each other.
fn rows(
    map: &Map,
    tally: &OwnershipCounts,
    numbers: &[Arc<str>],
    abreast: &[usize],
    sizes: &Sizes,
    measure: &mut dyn Measure,
) -> Vec<OwnerRow> {
    let mut firsts = Vec::with_capacity(abreast.len());
    let mut next = 0;
    for (_, touchpoints) in map.touchpoint_lists() {
        firsts.push(next);
        next += touchpoints.len();
    }
    let stages: Vec<_> = map
        .touchpoint_lists()
        .map(|(_, list)| list.as_slice())
        .collect();
    let mut rows = Vec::with_capacity(tally.owners.len() + 1);
    for holding in &tally.owners {
        let (title, mut height) = row_header::row_header(map, holding, &tally.load, sizes, measure);
        let mut cells = Vec::with_capacity(holding.cells.len());
        for (stage, part) in &holding.cells {
            let touchpoints = stages[*stage];
            let first = firsts[*stage];
            let subject = CellInput {
                stage: (*stage, abreast[*stage]),
                touchpoints,
                numbers: &numbers[first..first + touchpoints.len()],
                owner: Some(&holding.owner),
            };
            let cell = cell::OwnerCell::new(&subject, part, sizes, measure);
            height = height.max(cell.rect.height());
            cells.push(cell);
        }
        rows.push(OwnerRow {
            owner: Some(holding.owner.clone()),
            y: 0.0,
            height,
            header: title,
            workload: holding.load,
            stages: holding.stages,
            supports: holding.supports,
            handoffs_out: holding.handoffs_out,
            handoffs_in: holding.handoffs_in,
            cells,
        });
    }
    rows.push(total_row(tally, abreast, sizes, measure));
    rows
}

/// The row of the totals of each stage.
fn total_row(
    tally: &OwnershipCounts,
    abreast: &[usize],
    sizes: &Sizes,
    measure: &mut dyn Measure,
) -> OwnerRow {
    let (title, mut height) =
        row_header::total_header(&tally.load, tally.stages.len(), sizes, measure);
    let mut cells = Vec::new();
    for (stage, load) in tally.stages.iter().enumerate() {
        if load.touchpoints == 0 {
            continue;
        }
        let part = OwnedCell {
            load: *load,
            ..OwnedCell::default()
        };
        let subject = CellInput {
            stage: (stage, abreast[stage]),
            touchpoints: &[],
            numbers: &[],
            owner: None,
        };
        let cell = OwnerCell::new(&subject, &part, sizes, measure);
        height = height.max(cell.rect.height());
        cells.push(cell);
    }
    OwnerRow {
        owner: None,
        y: 0.0,
        height,
        header: title,
        workload: tally.load,
        stages: tally.stages.len(),
        supports: 0,
        handoffs_out: 0,
        handoffs_in: 0,
        cells,
    }
}

/// Texts above the arcs, at the bottom of the band.
fn strip_title(
    (count, hidden): (usize, usize),
    band: f32,
    width: f32,
    sizes: &Sizes,
    measure: &mut dyn Measure,
) -> Vec<TextRun> {
    let mut runs = Vec::new();
    let mut block = |words: &str, style, ink| {
        TextBlock::new(words, sizes.text(style), ink, width - 12.0, measure)
    };
    let words = header::handoff_titles(count, hidden);
    let first = block(&words[0], size::STRONG, TextRole::Soft);
    let second = block(&words[1], size::SMALL, TextRole::Soft);
    let top = (band - first.height() - second.height() - 4.0).max(0.0);
    let y = first.place(6.0, top, &mut runs);
    second.place(6.0, y, &mut runs);
    runs
}
