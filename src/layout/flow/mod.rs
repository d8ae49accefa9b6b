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
mod options;
mod ports;
mod rows;
#[cfg(test)]
mod tests;
mod x_coordinates;
mod y_coordinates;

pub(super) use card::score_label;
pub use card::{FlowCard, Tint};
pub use edges::FlowEdge;
pub use legend::{FlowHeader, LegendEntry, LegendSample};
pub use options::{CardColoring, FlowOptions};
pub use rows::{FlowChunk, FlowRow, FlowStage};

use super::grid;
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
    pub header: FlowHeader,
    /// Height of the stage band of each row.
    pub band_height: f32,
    /// The rows below each other, at least one.
    pub rows: Vec<FlowRow>,
    /// Number of edge crossings between layers.
    pub crossings: usize,
}

/// Lays out the flow of a map.
pub fn flow(map: &Map, options: &FlowOptions, measure: &mut dyn Measure) -> FlowLayout {
    let graph = Graph::of(map);
    let sizes = options.density.sizes();
    let mut net = LayeredGraph::of(map, &graph);
    crossing_reduction::order_layers(&mut net);
    let mut runs = y_coordinates::align_segments(&net);

    let maker = FlowCardBuilder::new(map, &graph, options);
    let numbers = step_numbers(&graph);
    let mut cards: Vec<FlowCard> = map
        .touchpoints()
        .enumerate()
        .zip(numbers)
        .map(|(touchpoint, number)| {
            let reached = net.reachable[touchpoint.0];
            maker.card(touchpoint, number, reached, measure)
        })
        .collect();
    let stream = graph.traffic();
    let streams: Vec<f64> = net.edges.iter().map(|l| stream.links[l.link]).collect();
    let widths: Vec<f32> = streams
        .iter()
        .map(|share| edges::edge_width(*share))
        .collect();
    let words = edges::edge_labels(&net, graph.flow(), map, sizes, measure);
    let needs: Vec<f32> = cards.iter().map(|card| card.rect.height()).collect();
    let ports = Ports::of(&net, &runs, &needs, &widths, &words, sizes);
    let least = ports::min_card_height(sizes) - ports::min_port_offset(sizes);
    let heights = y_coordinates::assign_y(&net, &mut runs, &ports.extents, least);
    let y = &heights.y;
    let main = net.nodes.iter().zip(&ports.extents);
    let main = main.filter(|(item, _)| item.band == VerticalBand::Main);
    let above = main
        .map(|(_, reach)| reach.above)
        .fold(ports::min_port_offset(sizes), f32::max);
    let bottom = net.nodes.iter().zip(&ports.extents).zip(y);
    let bottom = bottom
        .map(|((_, reach), y)| y + reach.below)
        .fold(above, f32::max);
    let about = f64::from(above + bottom + rows::ROW_MARGIN + 1.5 * sizes.stage_band);
    let columns = Columns::of(&net, &ports, y, &words, about, sizes);
    let (arcs, _) = back_edges::assign_arc_levels(&net, &columns, &words);
    let drawing = EdgePainter {
        net: &net,
        ports: &ports,
        columns: &columns,
        y,
        widths: &widths,
        words: &words,
        sizes,
        arcs: -above - 18.0,
    };
    for (card, (up, height)) in cards.iter_mut().zip(&ports.cards) {
        card.rect.max.y = *height;
        card.shift(0.0, y[card.at] - up);
    }
    let mut strips = rows::build_rows(map, &graph, &drawing, cards, &streams, &arcs);
    let band_height = rows::place_stages(
        map,
        &drawing,
        &mut strips,
        heights.unreachable_y,
        options,
        measure,
    );
    let (_, right) = rows::stack_rows(&mut strips, band_height, 0.0);
    let width = (right + f64::from(size::MARGIN)).max(f64::from(legend::WIDTH.0));
    let slices = strips.iter().flat_map(|strip| &strip.chunks);
    let cards: Vec<&FlowCard> = slices.flat_map(|slice| &slice.cards).collect();
    let header = legend::header(map, graph.flow(), &cards, options, width as f32, measure);
    let (bottom, _) = rows::stack_rows(&mut strips, band_height, f64::from(header.height));
    FlowLayout {
        density: options.density,
        width,
        height: bottom + f64::from(size::MARGIN),
        header,
        band_height,
        rows: strips,
        crossings: crossing_reduction::crossings(&net),
    }
}

/// Numbers of the touchpoints for discussion, as in the journey.
pub fn step_numbers(graph: &Graph) -> Vec<Arc<str>> {
    let (mut main, mut sides) = (0, 0);
    let number = |side: &Option<usize>| -> Arc<str> {
        if side.is_some() {
            sides += 1;
            format!("{main}{}", grid::branch_letters(sides - 1)).into()
        } else {
            (main, sides) = (main + 1, 0);
            main.to_string().into()
        }
    };
    graph.flow().branch_of.iter().map(number).collect()
}
