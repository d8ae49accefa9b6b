//! The flow of a map as a layered graph from left to right: the main line in one
//! row, alternatives and failures below it, ways back as arcs above, and what
//! nobody comes to apart, under everything else.
//!
//! Layers come from the order of the journey (`net`), then the order in each layer
//! (`order`), how high everything stands (`rows`), where lines meet cards
//! (`ports`), how far right (`columns`), the arcs (`arcs`) and at last the lines.
//! Lines swing only in the gutters between layers and run level past cards, so
//! they cross neither cards nor words.
//!
//! A pure function of the map, the options and the text measure.
//! Must not know: colours, the scene, egui.

mod arcs;
mod card;
mod columns;
mod legend;
mod lines;
mod net;
mod order;
mod ports;
mod rows;
#[cfg(test)]
mod tests;

pub(super) use card::mood;
pub use card::{FlowCard, Tint};
pub use legend::{FlowHeader, Key, Sample};
pub use lines::FlowLine;

use super::block::{Block, Ink, Run};
use super::place::{self, BandText};
use crate::geom::Rect;
use crate::graph::Graph;
use crate::model::{Map, Record, StageId};
use crate::text::Measure;
use crate::theme::{Density, size};
use card::Cards;
use columns::Columns;
use lines::Drawing;
use net::{Class, Net};
use ports::Ports;
use std::sync::Arc;

/// What cards are coloured by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Colouring {
    /// Who owns them.
    #[default]
    Owner,
    /// How they feel to the first persona.
    Feeling,
    /// How contact happens.
    Channel,
    /// The strongest that they, or what they say, rest on.
    Evidence,
}

impl Colouring {
    /// Every one.
    pub const ALL: [Colouring; 4] = [
        Colouring::Owner,
        Colouring::Feeling,
        Colouring::Channel,
        Colouring::Evidence,
    ];

    /// Its name on screen.
    pub fn title(self) -> &'static str {
        match self {
            Colouring::Owner => "Owner",
            Colouring::Feeling => "Feeling",
            Colouring::Channel => "Channel",
            Colouring::Evidence => "Evidence",
        }
    }
}

/// How the flow shall be shown.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct FlowOptions {
    /// What cards are coloured by.
    pub colouring: Colouring,
    /// How much room things take.
    pub density: Density,
}

/// The flow, laid out. Distances in map units.
#[derive(Clone, Debug, Default)]
pub struct FlowLayout {
    /// How much room things take.
    pub density: Density,
    /// Width of the picture.
    pub width: f64,
    /// Height of the picture.
    pub height: f64,
    /// What stands above the stages.
    pub header: FlowHeader,
    /// Top of the stage band.
    pub band_y: f64,
    /// Height of the stage band.
    pub band_height: f32,
    /// The stages from left to right.
    pub stages: Vec<FlowStage>,
    /// The height of the main line, to which slices are relative.
    pub main_y: f64,
    /// From top to bottom of all cards and lines, relative to the main line.
    pub body: (f32, f32),
    /// Where the part that no customer comes to begins, relative to the main line.
    pub apart: Option<f32>,
    /// Cards and lines, some layers each.
    pub slices: Vec<Slice>,
    /// How many lines cross between two layers.
    pub crossings: usize,
}

/// A stage of the flow.
#[derive(Clone, Debug)]
pub struct FlowStage {
    /// Which stage.
    pub id: StageId,
    /// Its left edge.
    pub x: f64,
    /// Its width.
    pub width: f32,
    /// Name, goal and owner, relative to the top left of its part of the band.
    pub runs: Vec<Run>,
    /// The name alone, for reading from afar.
    pub far: Vec<Run>,
    /// Where the owner's colour goes in the band.
    pub owner_mark: Rect,
    /// What is said where no customer comes to some of it, relative to its left
    /// edge and the main line.
    pub apart: Vec<Run>,
}

/// Some layers of the flow. Coordinates are relative to its left edge and the main line.
#[derive(Clone, Debug)]
pub struct Slice {
    /// Its left edge.
    pub x: f64,
    /// Its cards in the order of the journey.
    pub cards: Vec<FlowCard>,
    /// The lines that leave its cards.
    pub lines: Vec<FlowLine>,
}

/// How many layers a slice has.
const SLICE: usize = 8;
/// Air between the stage band and what is below it.
const UNDER_BAND: f32 = 22.0;

/// Lays out the flow of a map.
pub fn flow(map: &Map, options: &FlowOptions, measure: &mut dyn Measure) -> FlowLayout {
    let graph = Graph::of(map);
    let sizes = options.density.sizes();
    let mut net = Net::of(map, &graph);
    order::arrange(&mut net);
    let mut runs = rows::runs(&net);

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
    let widths: Vec<f32> = streams.iter().map(|share| lines::width(*share)).collect();
    let words = lines::words(&net, graph.flow(), map, sizes, measure);
    let needs: Vec<f32> = cards.iter().map(|card| card.rect.height()).collect();
    let ports = Ports::of(&net, &runs, &needs, &widths, &words, sizes);
    let least = ports::least(sizes) - ports::port(sizes);
    let heights = rows::place(&net, &mut runs, &ports.reach, least);
    let y = &heights.y;
    let columns = Columns::of(&net, &ports, y, &words, sizes);
    let (arcs, levels) = arcs::arcs(&net, &columns, &words);

    let main = net.items.iter().zip(&ports.reach);
    let main = main.filter(|(item, _)| item.class == Class::Main);
    let above = main
        .map(|(_, reach)| reach.above)
        .fold(ports::port(sizes), f32::max);
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
    let top = match levels {
        0 => -above,
        levels => drawing.arcs - levels as f32 * lines::LEVEL,
    };
    let bottom = net.items.iter().zip(&ports.reach).zip(y);
    let bottom = bottom
        .map(|((_, reach), y)| y + reach.below)
        .fold(above, f32::max);

    let width = (columns.right() + f64::from(size::MARGIN)).max(f64::from(legend::WIDTH.0));
    let header = legend::header(map, graph.flow(), &cards, options, width as f32, measure);
    let mut stages = stages(map, &net, &columns, options, measure);
    let band_height = stages.1;
    for (stage, record) in stages.0.iter_mut().zip(map.stages()) {
        let room = (stage.width, band_height);
        stage.far = place::far_name(record.name(), room, sizes, measure);
    }
    if let Some(floor) = heights.apart {
        apart(&mut stages.0, &net, &columns, floor, options, measure);
    }
    for (card, (up, height)) in cards.iter_mut().zip(&ports.cards) {
        card.rect.max.y = *height;
        card.shift(0.0, y[card.at] - up);
    }
    let slices = slices(map, &graph, &drawing, cards, &streams, &arcs);
    let band_y = f64::from(header.height);
    let main_y = band_y + f64::from(band_height + UNDER_BAND - top);
    FlowLayout {
        density: options.density,
        width,
        height: main_y + f64::from(bottom + size::MARGIN),
        header,
        band_y,
        band_height,
        stages: stages.0,
        main_y,
        body: (top, bottom),
        apart: heights.apart,
        slices,
        crossings: order::crossings(&net),
    }
}

/// What people call the touchpoints across the room, as in the journey.
pub fn numbers(graph: &Graph) -> Vec<Arc<str>> {
    let (mut main, mut sides) = (0, 0);
    let number = |side: &Option<usize>| -> Arc<str> {
        if side.is_some() {
            sides += 1;
            format!("{main}{}", place::letters(sides - 1)).into()
        } else {
            (main, sides) = (main + 1, 0);
            main.to_string().into()
        }
    };
    graph.flow().side_of.iter().map(number).collect()
}

/// The stages and the height of their band.
fn stages(
    map: &Map,
    net: &Net,
    columns: &Columns,
    options: &FlowOptions,
    measure: &mut dyn Measure,
) -> (Vec<FlowStage>, f32) {
    let sizes = options.density.sizes();
    let mut band: f32 = sizes.band;
    // Stages meet in the middle of the gutter between them.
    let edge = |layer: usize| {
        let gutter = &columns.gutters[layer];
        let right = columns.x.get(layer).copied().unwrap_or(columns.right());
        match layer {
            0 => right - 16.0,
            _ if layer == columns.x.len() => gutter.x + 16.0,
            _ => (gutter.x + right) / 2.0,
        }
    };
    let stages = map
        .stages()
        .iter()
        .zip(&net.stages)
        .map(|(record, layers)| {
            let (left, right) = (edge(layers.start), edge(layers.end));
            let width = (right - left) as f32;
            let text = BandText::of(record, width, map, sizes, measure);
            band = band.max(text.bottom);
            FlowStage {
                id: record.id.clone(),
                x: left,
                width,
                runs: text.runs,
                far: Vec::new(),
                owner_mark: text.owner_mark,
                apart: Vec::new(),
            }
        });
    let stages = stages.collect();
    (stages, band)
}

/// Says over what no customer comes to, stage by stage, that it is so: over the
/// first such card, where no line runs.
fn apart(
    stages: &mut [FlowStage],
    net: &Net,
    columns: &Columns,
    floor: f32,
    options: &FlowOptions,
    measure: &mut dyn Measure,
) {
    let sizes = options.density.sizes();
    let style = sizes.text(size::SMALL_STRONG);
    let words = "No way leads here from the first contact";
    let mut block = Block::new(words, style, Ink::Bad, sizes.card, measure);
    block.cut_to(2.0 * style.size * size::LEADING + 0.1, measure);
    for (stage, layers) in stages.iter_mut().zip(&net.stages) {
        let lost = |layer: &usize| {
            let mut items = net.layers[*layer].iter().map(|item| &net.items[*item]);
            items.any(|item| item.class == Class::Apart && item.line.is_none())
        };
        if let Some(layer) = layers.clone().find(lost) {
            let left = (columns.x[layer] - stage.x) as f32;
            block.place(left, floor - block.height() - 8.0, &mut stage.apart);
        }
    }
}

/// Cards and lines in slices.
fn slices(
    map: &Map,
    graph: &Graph,
    drawing: &Drawing<'_>,
    cards: Vec<FlowCard>,
    streams: &[f64],
    arcs: &[arcs::Arc],
) -> Vec<Slice> {
    let (net, columns) = (drawing.net, drawing.columns);
    let firsts = columns.x.iter().step_by(SLICE);
    let mut slices: Vec<Slice> = firsts
        .map(|x| Slice {
            x: *x,
            cards: Vec::new(),
            lines: Vec::new(),
        })
        .collect();
    let mut arcs = arcs.iter().peekable();
    let ids: Vec<_> = map.touchpoints().map(|t| &t.id).collect();
    for (at, line) in net.lines.iter().enumerate() {
        let arc = arcs.next_if(|arc| arc.line == at);
        let slice = &mut slices[net.items[line.from].layer / SLICE];
        let link = (line.link, &graph.flow().links[line.link]);
        let ends = (ids[line.from].clone(), ids[line.to].clone());
        let drawn = drawing.line(at, arc, slice.x);
        let size = (streams[at], drawing.widths[at]);
        slice
            .lines
            .push(lines::FlowLine::new(link, ends, size, drawn));
    }
    for mut card in cards {
        let layer = net.items[card.at].layer;
        let slice = &mut slices[layer / SLICE];
        card.shift((columns.x[layer] - slice.x) as f32, 0.0);
        slice.cards.push(card);
    }
    slices
}
