//! The flow of a map as a layered graph from left to right: the main line in one row, alternatives
//! and failures below it, back edges as arcs above, and unreachable touchpoints apart, below
//! everything else.
//!
//! The stages of the layout: layers from the order of the journey (`net`), the order in each layer
//! (`order`), y coordinates (`rows`), ports of edges at cards (`ports`), x coordinates (`columns`),
//! arcs (`arcs`) and finally the edges (`lines`). Edges bend only in the gutters between layers and
//! are level beside cards, so that they cross neither cards nor labels.
//!
//! A pure function of the map, the options and the text measure.
//! Must not know: colours, the scene, egui.

mod back_edges;
mod card;
mod crossing_reduction;
mod edges;
mod layered_graph;
mod legend;
mod line_breaking;
mod ports;
mod rows;
#[cfg(test)]
mod tests;
mod x_coordinates;
mod y_coordinates;

pub use crate::model::CardColoring;
pub use card::{FlowCard, FlowOptions, score_label};
pub use edges::FlowEdge;
pub use rows::{FlowChunk, FlowRow, FlowStage};

use super::grid::StepCounter;
use super::header::Header;
use super::text_block::TextContext;
use crate::geom::pt;
use crate::graph::Graph;
use crate::model::Map;
use crate::text::Measure;
use crate::theme::{Density, size};
use card::FlowCardBuilder;
use edges::EdgePainter;
use layered_graph::{LayeredGraph, VerticalBand};
use ports::Ports;
use std::sync::Arc;
use x_coordinates::Columns;

/// The laid-out flow. Distances in map units.
#[derive(Clone, Debug, Default)]
pub struct FlowLayout {
    /// Density of the view.
    pub density: Density,
    /// Width of the drawn flow.
    pub width: f64,
    /// Height of the drawn flow.
    pub height: f64,
    /// The header above the stages.
    pub header: Header,
    /// Height of the stage band of each row.
    pub band_height: f32,
    /// The rows below each other, at least one.
    pub rows: Vec<FlowRow>,
}

/// Lays out the flow of a map.
pub fn flow(map: &Map, options: &FlowOptions, measure: &mut dyn Measure) -> FlowLayout {
    let graph = Graph::of(map);
    let sizes = options.density.sizes();
    let mut text = TextContext { sizes, measure };
    let mut net = LayeredGraph::of(map, &graph);
    crossing_reduction::order_layers(&mut net);
    let mut runs = y_coordinates::align_segments(&net);

    let maker = FlowCardBuilder::new(map, &graph, options);
    let touchpoints = map.touchpoints().enumerate().zip(step_numbers(&graph));
    let mut cards: Vec<FlowCard> = touchpoints
        .map(|(touchpoint, number)| {
            let reached = net.reachable[touchpoint.0];
            maker.card(touchpoint, number, reached, &mut text)
        })
        .collect();
    maker.add_overview_names(&mut cards, &mut text);
    let traffic = graph.traffic();
    let shares: Vec<f64> = net.edges.iter().map(|l| traffic.links[l.link]).collect();
    let widths: Vec<f32> = shares.iter().copied().map(edges::edge_width).collect();
    let words = edges::edge_labels(&net, graph.flow(), map, &mut text);
    let needs: Vec<f32> = cards.iter().map(|card| card.card.rect.height()).collect();
    let ports = Ports::of(&net, &runs, &needs, &widths, &words, sizes);
    let least = ports::min_card_height(sizes) - ports::min_port_offset(sizes);
    let heights = y_coordinates::assign_y(&net, &mut runs, &ports.extents, least);
    let y = &heights.y;
    let mut above = ports::min_port_offset(sizes);
    for (node, extent) in net.nodes.iter().zip(&ports.extents) {
        if node.band == VerticalBand::Main {
            above = above.max(extent.above);
        }
    }
    let bottoms = ports.extents.iter().zip(y);
    let bottom = bottoms
        .map(|(extent, y)| y + extent.below)
        .fold(above, f32::max);
    let about = f64::from(above + bottom + rows::ROW_MARGIN + 1.5 * sizes.stage_band);
    let columns = Columns::of(&net, &ports, y, &words, about, sizes);
    let arcs = back_edges::assign_arc_levels(&net, &columns, &words);
    let drawing = EdgePainter {
        net: &net,
        ports: &ports,
        columns: &columns,
        y,
        shares: &shares,
        widths: &widths,
        words: &words,
        sizes,
        arcs: -above - 18.0,
    };
    for (card, (up, height)) in cards.iter_mut().zip(&ports.cards) {
        card.card.rect.max.y = *height;
        card.card.shift(pt(0.0, y[card.at] - up), 0.0);
    }
    let mut rows = rows::build_rows(map, &graph, &drawing, cards, &arcs);
    let floor = heights.unreachable_y;
    let band_height = rows::place_stages(map, &drawing, &mut rows, floor, &mut text);
    let (_, right) = rows::stack_rows(&mut rows, band_height, 0.0);
    let width = (right + f64::from(size::MARGIN)).max(f64::from(legend::WIDTH.0));
    let chunks = rows.iter().flat_map(|row| &row.chunks);
    let cards: Vec<&FlowCard> = chunks.flat_map(|chunk| &chunk.cards).collect();
    let width_above = width as f32;
    let header = legend::header(&maker, graph.flow(), &cards, width_above, &mut text);
    let (bottom, _) = rows::stack_rows(&mut rows, band_height, f64::from(header.height));
    FlowLayout {
        density: options.density,
        width,
        height: bottom + f64::from(size::MARGIN),
        header,
        band_height,
        rows,
    }
}

/// Numbers of the touchpoints for discussion, as in the journey.
pub fn step_numbers(graph: &Graph) -> Vec<Arc<str>> {
    let mut counter = StepCounter::default();
    let branches = graph.flow().branch_of.iter();
    branches
        .map(|branch| counter.next_number(branch.is_some()))
        .collect()
}
