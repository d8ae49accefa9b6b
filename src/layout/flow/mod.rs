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

pub(super) use card::mood;
pub use card::{FlowCard, Tint};
pub use edges::FlowLine;
pub use legend::{FlowHeader, Key, Sample};
pub use rows::{FlowStage, Slice, Strip};

use super::grid;
use crate::graph::Graph;
use crate::model::Map;
use crate::text::Measure;
use crate::theme::{Density, size};
use card::Cards;
use edges::Drawing;
use layered_graph::{Class, Net};
use ports::Ports;
use std::sync::Arc;
use x_coordinates::Columns;

/// The property by which cards are coloured.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Colouring {
    /// The owner.
    #[default]
    Owner,
    /// The feeling of the first persona.
    Feeling,
    /// The channel.
    Channel,
    /// The strongest evidence of a touchpoint and its statements.
    Evidence,
}

impl Colouring {
    /// All properties.
    pub const ALL: [Colouring; 4] = [
        Colouring::Owner,
        Colouring::Feeling,
        Colouring::Channel,
        Colouring::Evidence,
    ];

    /// Name on screen.
    pub fn title(self) -> &'static str {
        match self {
            Colouring::Owner => "Owner",
            Colouring::Feeling => "Feeling",
            Colouring::Channel => "Channel",
            Colouring::Evidence => "Evidence",
        }
    }
}

/// Options of the flow view.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct FlowOptions {
    /// The property by which cards are coloured.
    pub colouring: Colouring,
    /// Density of the view.
    pub density: Density,
}

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
    pub strips: Vec<Strip>,
    /// Number of edge crossings between layers.
    pub crossings: usize,
}

/// Lays out the flow of a map.
pub fn flow(map: &Map, options: &FlowOptions, measure: &mut dyn Measure) -> FlowLayout {
    let graph = Graph::of(map);
    let sizes = options.density.sizes();
    let mut net = Net::of(map, &graph);
    crossing_reduction::arrange(&mut net);
    let mut runs = y_coordinates::runs(&net);

    let maker = Cards::new(map, &graph, options);
    let numbers = numbers(&graph);
    let mut cards: Vec<FlowCard> = map
        .touchpoints()
        .enumerate()
        .zip(numbers)
        .map(|(touchpoint, number)| {
            let reached = net.reached[touchpoint.0];
            maker.card(touchpoint, number, reached, measure)
        })
        .collect();
    let stream = graph.stream();
    let streams: Vec<f64> = net.lines.iter().map(|l| stream.links[l.link]).collect();
    let widths: Vec<f32> = streams.iter().map(|share| edges::width(*share)).collect();
    let words = edges::words(&net, graph.flow(), map, sizes, measure);
    let needs: Vec<f32> = cards.iter().map(|card| card.rect.height()).collect();
    let ports = Ports::of(&net, &runs, &needs, &widths, &words, sizes);
    let least = ports::least(sizes) - ports::port(sizes);
    let heights = y_coordinates::place(&net, &mut runs, &ports.reach, least);
    let y = &heights.y;
    let main = net.items.iter().zip(&ports.reach);
    let main = main.filter(|(item, _)| item.class == Class::Main);
    let above = main
        .map(|(_, reach)| reach.above)
        .fold(ports::port(sizes), f32::max);
    let bottom = net.items.iter().zip(&ports.reach).zip(y);
    let bottom = bottom
        .map(|((_, reach), y)| y + reach.below)
        .fold(above, f32::max);
    let about = f64::from(above + bottom + rows::AROUND + 1.5 * sizes.band);
    let columns = Columns::of(&net, &ports, y, &words, about, sizes);
    let (arcs, _) = back_edges::arcs(&net, &columns, &words);
    let drawing = Drawing {
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
    let mut strips = rows::strips(map, &graph, &drawing, cards, &streams, &arcs);
    let band_height = rows::stages(map, &drawing, &mut strips, heights.apart, options, measure);
    let (_, right) = rows::stack(&mut strips, band_height, 0.0);
    let width = (right + f64::from(size::MARGIN)).max(f64::from(legend::WIDTH.0));
    let slices = strips.iter().flat_map(|strip| &strip.slices);
    let cards: Vec<&FlowCard> = slices.flat_map(|slice| &slice.cards).collect();
    let header = legend::header(map, graph.flow(), &cards, options, width as f32, measure);
    let (bottom, _) = rows::stack(&mut strips, band_height, f64::from(header.height));
    FlowLayout {
        density: options.density,
        width,
        height: bottom + f64::from(size::MARGIN),
        header,
        band_height,
        strips,
        crossings: crossing_reduction::crossings(&net),
    }
}

/// Numbers of the touchpoints for discussion, as in the journey.
pub fn numbers(graph: &Graph) -> Vec<Arc<str>> {
    let (mut main, mut sides) = (0, 0);
    let number = |side: &Option<usize>| -> Arc<str> {
        if side.is_some() {
            sides += 1;
            format!("{main}{}", grid::letters(sides - 1)).into()
        } else {
            (main, sides) = (main + 1, 0);
            main.to_string().into()
        }
    };
    graph.flow().side_of.iter().map(number).collect()
}
