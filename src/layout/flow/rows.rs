//! The rows of the flow and their content: stages, and cards and edges in chunks.
//!
//! Must not know: colours, the scene.

use super::back_edges::OverheadArc;
use super::card::FlowCard;
use super::edges::{EdgePainter, FlowEdge};
use super::layered_graph::VerticalBand;
use super::line_breaking;
use crate::geom::{Rect, pt};
use crate::graph::Graph;
use crate::layout::stage_band::StageBand;
use crate::layout::text_block::{TextContext, TextRole, TextRun};
use crate::model::{Map, Record, StageId};
use crate::theme::size;
use std::ops::Range;

/// A row of the flow; the next one continues below.
#[derive(Clone, Debug, Default)]
pub struct FlowRow {
    /// Top of the stage band.
    pub band_y: f64,
    /// Height of the main line, to which chunks are relative.
    pub main_y: f64,
    /// Top and bottom of cards and edges, relative to the main line.
    pub body: (f32, f32),
    /// Top of the unreachable part relative to the main line, if the row has any.
    pub unreachable_y: Option<f32>,
    /// The stages from left to right.
    pub stages: Vec<FlowStage>,
    /// Cards and edges in chunks of several layers.
    pub chunks: Vec<FlowChunk>,
}

/// A stage of the flow, or the part of it in one row.
#[derive(Clone, Debug)]
pub struct FlowStage {
    /// The stage.
    pub id: StageId,
    /// Index among all stages.
    pub at: usize,
    /// Left edge.
    pub x: f64,
    /// Its part of the band.
    pub band: StageBand,
    /// Heading above unreachable touchpoints, relative to the left edge and the main line.
    pub unreachable_heading: Vec<TextRun>,
}

/// Several layers of the flow. Coordinates are relative to the left edge and the main line.
#[derive(Clone, Debug, Default)]
pub struct FlowChunk {
    /// Left edge.
    pub x: f64,
    /// The cards in the order of the journey.
    pub cards: Vec<FlowCard>,
    /// The edges that leave the cards; in the first chunk of a row also those that continue in it.
    pub edges: Vec<FlowEdge>,
}

/// Number of layers of a chunk.
const LAYERS_PER_CHUNK: usize = 8;
/// Gap between the stage band and the content below.
const UNDER_BAND: f32 = 22.0;
/// Gap between two rows.
const ROW_GAP: f32 = 34.0;
/// All gaps of a row, with some room for arcs.
pub(super) const ROW_MARGIN: f32 = UNDER_BAND + ROW_GAP + 26.0;

/// The layers of each row, and its offset to the left compared to a flow without breaks.
fn row_layers(drawing: &EdgePainter<'_>) -> Vec<(Range<usize>, f64)> {
    let columns = drawing.columns;
    let ends = columns.breaks.iter().copied().chain([columns.x.len()]);
    let mut start = 0;
    let mut spans = Vec::new();
    for end in ends {
        let left = match start {
            0 => 0.0,
            fold => columns.gutters[fold].break_x() - f64::from(size::MARGIN),
        };
        spans.push((start..end, left));
        start = end;
    }
    spans
}

/// Builds the rows, not yet below each other.
pub(super) fn build_rows(
    map: &Map,
    graph: &Graph,
    drawing: &EdgePainter<'_>,
    cards: Vec<FlowCard>,
    arcs: &[Option<OverheadArc>],
) -> Vec<FlowRow> {
    let (net, columns) = (drawing.net, drawing.columns);
    let spans = row_layers(drawing);
    let cuts = columns.break_xs();
    // Chunks are placed as if there were no row breaks, for now.
    let chunk = |x: &f64| FlowChunk {
        x: *x,
        ..FlowChunk::default()
    };
    let row = |(layers, _): &(Range<usize>, f64)| {
        let firsts = columns.x[layers.clone()].iter().step_by(LAYERS_PER_CHUNK);
        FlowRow {
            chunks: firsts.map(chunk).collect(),
            ..FlowRow::default()
        }
    };
    let mut strips: Vec<FlowRow> = spans.iter().map(row).collect();
    let place = |layer: usize| {
        let strip = columns.breaks.partition_point(|fold| *fold <= layer);
        (strip, (layer - spans[strip].0.start) / LAYERS_PER_CHUNK)
    };
    let ids: Vec<_> = map.touchpoints().map(|t| &t.id).collect();
    for (at, line) in net.edges.iter().enumerate() {
        let (strip, slice) = place(net.nodes[line.from].layer);
        let origin = strips[strip].chunks[slice].x;
        let edge = drawing.edge(at, (graph.flow(), &ids), arcs[at].as_ref(), origin);
        let local: Vec<f32> = cuts.iter().map(|cut| (cut - origin) as f32).collect();
        for (part, (other, piece)) in split_edge(edge, &local).into_iter().enumerate() {
            let slice = if part == 0 { slice } else { 0 };
            let Some(slice) = strips[other].chunks.get_mut(slice) else {
                continue;
            };
            slice.edges.push(piece.shifted((origin - slice.x) as f32));
        }
    }
    for mut card in cards {
        let layer = net.nodes[card.at].layer;
        let (strip, slice) = place(layer);
        let slice = &mut strips[strip].chunks[slice];
        card.card
            .shift(pt((columns.x[layer] - slice.x) as f32, 0.0), 0.0);
        slice.cards.push(card);
    }
    for (strip, (_, left)) in strips.iter_mut().zip(&spans) {
        for slice in &mut strip.chunks {
            slice.x -= left;
        }
    }
    strips
}

/// Splits an edge into its pieces by row.
fn split_edge(mut edge: FlowEdge, cuts: &[f32]) -> Vec<(usize, FlowEdge)> {
    let path = std::mem::take(&mut edge.path);
    let head = std::mem::take(&mut edge.head);
    let label = std::mem::take(&mut edge.label);
    let label_ground = edge.label_ground.take();
    let paths = line_breaking::split_at_breaks(&path, cuts).into_iter();
    let piece = |(part, (row, path))| {
        let edge = edge.clone();
        (row, FlowEdge { part, path, ..edge })
    };
    let mut pieces: Vec<(usize, FlowEdge)> = paths.enumerate().map(piece).collect();
    if let Some((_, last)) = pieces.last_mut() {
        last.head = head;
    }
    if let Some(first) = label.first() {
        let row = cuts.partition_point(|cut| *cut < first.at.x);
        let there = pieces.iter().position(|piece| piece.0 == row);
        if let Some((_, piece)) = pieces.get_mut(there.unwrap_or(0)) {
            (piece.label, piece.label_ground) = (label, label_ground);
        }
    }
    pieces
}

/// Adds the stages to their rows; returns the height of the band. `floor` is the top of the
/// unreachable part.
pub(super) fn place_stages(
    map: &Map,
    drawing: &EdgePainter<'_>,
    strips: &mut [FlowRow],
    floor: Option<f32>,
    text: &mut TextContext<'_>,
) -> f32 {
    let (net, columns) = (drawing.net, drawing.columns);
    let mut height: f32 = text.sizes.stage_band;
    // Stages meet in the middle of the gutter between them.
    let edge = |layer: usize| {
        let gutter = &columns.gutters[layer];
        let right = columns.x.get(layer).copied().unwrap_or(columns.right());
        match layer {
            0 => right - 16.0,
            _ if columns.breaks.binary_search(&layer).is_ok() => gutter.break_x(),
            _ if layer == columns.x.len() => gutter.x + 16.0,
            _ => (gutter.x + right) / 2.0,
        }
    };
    for (strip, (layers, shift)) in strips.iter_mut().zip(row_layers(drawing)) {
        for (at, (record, own)) in map.stages().iter().zip(&net.stages).enumerate() {
            let part = own.start.max(layers.start)..own.end.min(layers.end);
            if part.is_empty() {
                continue;
            }
            let (left, right) = (edge(part.start), edge(part.end));
            let band = StageBand::new(record, (right - left) as f32, map, text);
            height = height.max(band.bottom);
            let mut stage = FlowStage {
                id: record.id.clone(),
                at,
                x: left - shift,
                band,
                unreachable_heading: Vec::new(),
            };
            if let Some((floor, x)) = floor.zip(first_unreachable_x(drawing, part)) {
                strip.unreachable_y = Some(floor);
                add_unreachable_heading(&mut stage, (floor, (x - left) as f32), text);
            }
            strip.stages.push(stage);
        }
    }
    for stage in strips.iter_mut().flat_map(|strip| &mut strip.stages) {
        let name = map.stages().get(&stage.id).map_or("", Record::name);
        stage.band.set_height(name, height, text);
    }
    height
}

/// Left edge of the first unreachable card in some layers.
fn first_unreachable_x(drawing: &EdgePainter<'_>, mut layers: Range<usize>) -> Option<f64> {
    let net = drawing.net;
    let lost = |layer: &usize| {
        let mut items = net.layers[*layer].iter().map(|item| &net.nodes[*item]);
        items.any(|item| item.band == VerticalBand::Unreachable && item.edge.is_none())
    };
    layers.find(lost).map(|layer| drawing.columns.x[layer])
}

/// Adds the heading of the unreachable part above its first card, where no edge runs.
fn add_unreachable_heading(
    stage: &mut FlowStage,
    (floor, x): (f32, f32),
    text: &mut TextContext<'_>,
) {
    let words = "No way leads here from the first contact";
    let width = text.sizes.card;
    let block = text.block(words, size::SMALL_STRONG, TextRole::Bad, width);
    let block = block.truncate_to_lines(2.0, text.measure);
    let top = floor - block.height() - 8.0;
    block.place(x, top, &mut stage.unreachable_heading);
}

/// Stacks the rows from this height on; returns the bottom of the last one and the right end of the
/// widest.
pub(super) fn stack_rows(strips: &mut [FlowRow], band: f32, top: f64) -> (f64, f64) {
    let (mut y, mut right) = (top, 0.0_f64);
    for (at, strip) in strips.iter_mut().enumerate() {
        if at > 0 {
            y += f64::from(ROW_GAP);
        }
        strip.body = (0.0, 0.0);
        for slice in &strip.chunks {
            let cards = slice.cards.iter().map(|card| card.card.rect);
            let drawn = cards.chain(slice.edges.iter().map(FlowEdge::bounds));
            let bounds = drawn.fold(Rect::default(), |all, rect| all.union(&rect));
            strip.body.0 = strip.body.0.min(bounds.min.y);
            strip.body.1 = strip.body.1.max(bounds.max.y);
            right = right.max(slice.x + f64::from(bounds.max.x));
        }
        if let Some(stage) = strip.stages.last() {
            right = right.max(stage.x + f64::from(stage.band.width));
        }
        strip.band_y = y;
        strip.main_y = y + f64::from(band + UNDER_BAND - strip.body.0);
        y = strip.main_y + f64::from(strip.body.1);
    }
    (y, right)
}

impl FlowEdge {
    /// Bounding box of the edge with its label.
    fn bounds(&self) -> Rect {
        let line = self.path.bounds().grow(self.width / 2.0);
        self.label.iter().fold(line, |all, run| {
            let (at, size) = (run.at, run.style.size);
            all.union(&Rect::new(at.x, at.y - size, run.width, size * 1.2))
        })
    }

    /// The edge translated to the right.
    fn shifted(mut self, by: f32) -> FlowEdge {
        if by == 0.0 {
            return self;
        }
        for path in [&mut self.path, &mut self.head] {
            path.translate(pt(by, 0.0));
        }
        for run in &mut self.label {
            run.at.x += by;
        }
        self.label_ground = self.label_ground.map(|plate| plate.translate(pt(by, 0.0)));
        self
    }
}
