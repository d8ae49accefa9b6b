//! The flow as a layered graph: the layer of every card, and a bend in every layer that an edge
//! passes.
//!
//! Edges that are not back edges lead onward in the list, so that one pass over it assigns the
//! layers. Stages have layers of their own, one after the other: a stage is one column of the flow,
//! and an edit in it moves other stages only sideways.
//! Must not know: coordinates.

use crate::graph::Graph;
use crate::layout::paths::drawn_links;
use crate::model::{Map, PathKind};
use std::ops::Range;

/// Number of layers above which an edge runs above the cards.
pub(super) const MAX_LAYER_SPAN: usize = 12;

/// Vertical band of a node.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum VerticalBand {
    /// The main line.
    Main,
    /// Branches, below the main line.
    Branch,
    /// Unreachable touchpoints, below everything else.
    Unreachable,
}

/// A node of the layered graph: a card or a bend.
#[derive(Clone, Copy, Debug)]
pub(super) struct LayerNode {
    pub layer: usize,
    pub band: VerticalBand,
    /// The edge of a bend; `None` for a card.
    pub edge: Option<usize>,
}

/// A segment of an edge from one layer to the next.
#[derive(Clone, Copy, Debug)]
pub(super) struct EdgeSegment {
    pub from: usize,
    pub to: usize,
    pub edge: usize,
}

/// Route of an edge.
#[derive(Clone, Debug)]
pub(super) enum EdgeRoute {
    /// From layer to layer by these segments, with a bend in each layer between.
    ThroughLayers(Range<usize>),
    /// Above the cards: a back edge or a very long one.
    AboveCards,
}

/// An edge of the layered graph.
#[derive(Clone, Debug)]
pub(super) struct LayeredEdge {
    pub link: usize,
    pub from: usize,
    pub to: usize,
    pub route: EdgeRoute,
}

/// The layered graph. The first nodes are the cards, by position.
#[derive(Clone, Debug, Default)]
pub(super) struct LayeredGraph {
    pub nodes: Vec<LayerNode>,
    pub edges: Vec<LayeredEdge>,
    pub segments: Vec<EdgeSegment>,
    /// The nodes of each layer from top to bottom.
    pub layers: Vec<Vec<usize>>,
    /// The segments that leave each layer.
    pub gutters: Vec<Vec<usize>>,
    /// The layers of each stage, at least one.
    pub stages: Vec<Range<usize>>,
    /// Whether each touchpoint is reachable from a start of the journey.
    pub reachable: Vec<bool>,
}

impl LayeredGraph {
    /// The layered graph of a map, with each layer in the order of the journey.
    pub fn of(map: &Map, graph: &Graph) -> LayeredGraph {
        let mut net = LayeredGraph {
            reachable: graph.reachable(),
            ..LayeredGraph::default()
        };
        net.assign_layers(map, graph);
        net.add_edges(graph);
        let order = |item: &usize| {
            let node = net.nodes[*item];
            let journey = node.edge.map_or(*item, |line| net.edges[line].from);
            (node.band, journey, *item)
        };
        for layer in &mut net.layers {
            layer.sort_by_key(order);
        }
        net
    }

    /// Position of each node in its layer.
    pub fn positions(&self) -> Vec<usize> {
        let mut positions = vec![0; self.nodes.len()];
        for layer in &self.layers {
            for (at, item) in layer.iter().enumerate() {
                positions[*item] = at;
            }
        }
        positions
    }

    /// Number of nodes that are cards.
    pub fn card_count(&self) -> usize {
        self.reachable.len()
    }

    fn assign_layers(&mut self, map: &Map, graph: &Graph) {
        let flow = graph.flow();
        let mut earliest = vec![0; graph.len()];
        let (mut at, mut next, mut main) = (0, 0, None);
        for (_, list) in map.touchpoint_lists() {
            let first = next;
            next = first + 1;
            for _ in 0..list.len() {
                let mut layer = earliest[at].max(first);
                let class = match (self.reachable[at], flow.branch_of[at]) {
                    (false, _) => VerticalBand::Unreachable,
                    (true, None) => VerticalBand::Main,
                    (true, Some(_)) => VerticalBand::Branch,
                };
                if class == VerticalBand::Main {
                    layer = layer.max(main.map_or(0, |main: usize| main + 1));
                    main = Some(layer);
                }
                for link in graph.links_from(at) {
                    let to = flow.links[link].to;
                    earliest[to] = earliest[to].max(layer + 1);
                }
                self.nodes.push(LayerNode {
                    layer,
                    band: class,
                    edge: None,
                });
                next = next.max(layer + 1);
                at += 1;
            }
            self.stages.push(first..next);
        }
        self.layers.resize(next, Vec::new());
        self.gutters.resize(next, Vec::new());
        for (at, item) in self.nodes.iter().enumerate() {
            self.layers[item.layer].push(at);
        }
    }

    fn add_edges(&mut self, graph: &Graph) {
        let mut following = vec![None; graph.len()];
        let mut main = None;
        for at in (0..graph.len()).rev() {
            following[at] = main;
            if self.nodes[at].band == VerticalBand::Main {
                main = Some(at);
            }
        }
        let mut before = None;
        let links = &graph.flow().links;
        let drawn = drawn_links(links);
        for (at, link) in links.iter().enumerate().filter(|(at, _)| drawn[*at]) {
            let (from, to) = (self.nodes[link.from], self.nodes[link.to]);
            let main = from.band == VerticalBand::Main
                && link.kind == PathKind::Next
                && following[link.from] == Some(link.to)
                && before != Some(link.from);
            if main {
                before = Some(link.from);
            }
            let line = self.edges.len();
            let far = !main && to.layer > from.layer + MAX_LAYER_SPAN;
            let route = if link.is_backward() || far {
                EdgeRoute::AboveCards
            } else {
                let band = match (main, from.band) {
                    (true, _) => VerticalBand::Main,
                    (false, VerticalBand::Unreachable) => VerticalBand::Unreachable,
                    (false, _) => VerticalBand::Branch,
                };
                let first = self.segments.len();
                let mut last = link.from;
                for layer in from.layer + 1..to.layer {
                    let bend = self.nodes.len();
                    let edge = Some(line);
                    self.nodes.push(LayerNode { layer, band, edge });
                    self.layers[layer].push(bend);
                    self.add_segment(last, bend, line);
                    last = bend;
                }
                self.add_segment(last, link.to, line);
                EdgeRoute::ThroughLayers(first..self.segments.len())
            };
            self.edges.push(LayeredEdge {
                link: at,
                from: link.from,
                to: link.to,
                route,
            });
        }
    }

    /// The bend above which the label of an edge is placed; `None` if it has no bend.
    pub fn first_bend(&self, line: usize) -> Option<usize> {
        match &self.edges[line].route {
            EdgeRoute::ThroughLayers(hops) if hops.len() > 1 => Some(self.segments[hops.start].to),
            _ => None,
        }
    }

    fn add_segment(&mut self, from: usize, to: usize, line: usize) {
        self.gutters[self.nodes[from].layer].push(self.segments.len());
        self.segments.push(EdgeSegment {
            from,
            to,
            edge: line,
        });
    }
}
