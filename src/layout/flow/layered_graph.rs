//! The flow as a layered graph: the layer of every card, and a bend in every layer that an edge
//! passes.
//!
//! Edges that are not back edges lead onward in the list, so that one pass over it assigns the
//! layers. Stages have layers of their own, one after the other: a stage is one column of the flow,
//! and an edit in it moves other stages only sideways.
//! Must not know: coordinates.

use crate::graph::Graph;
use crate::model::{Map, PathKind};
use std::ops::Range;

/// Number of layers above which an edge runs above the cards.
pub(super) const LONG: usize = 12;

/// Vertical band of a node.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Class {
    /// The main line.
    Main,
    /// Branches, below the main line.
    Beside,
    /// Unreachable touchpoints, below everything else.
    Apart,
}

/// A node of the layered graph: a card or a bend.
#[derive(Clone, Copy, Debug)]
pub(super) struct Item {
    pub layer: usize,
    pub class: Class,
    /// The edge of a bend; `None` for a card.
    pub line: Option<usize>,
}

/// A segment of an edge from one layer to the next.
#[derive(Clone, Copy, Debug)]
pub(super) struct Hop {
    pub from: usize,
    pub to: usize,
    pub line: usize,
}

/// Route of an edge.
#[derive(Clone, Debug)]
pub(super) enum Course {
    /// From layer to layer by these segments, with a bend in each layer between.
    Through(Range<usize>),
    /// Above the cards: a back edge or a very long one.
    Over,
}

/// An edge of the layered graph.
#[derive(Clone, Debug)]
pub(super) struct Line {
    pub link: usize,
    pub from: usize,
    pub to: usize,
    pub course: Course,
}

/// The layered graph. The first nodes are the cards, by position.
#[derive(Clone, Debug, Default)]
pub(super) struct Net {
    pub items: Vec<Item>,
    pub lines: Vec<Line>,
    pub hops: Vec<Hop>,
    /// The nodes of each layer from top to bottom.
    pub layers: Vec<Vec<usize>>,
    /// The segments that leave each layer.
    pub gutters: Vec<Vec<usize>>,
    /// The layers of each stage, at least one.
    pub stages: Vec<Range<usize>>,
    /// Whether each touchpoint is reachable from the first contact.
    pub reached: Vec<bool>,
}

impl Net {
    /// The layered graph of a map, with each layer in the order of the journey.
    pub fn of(map: &Map, graph: &Graph) -> Net {
        let first = graph.first_contact();
        let reached = first.map_or(Vec::new(), |first| graph.reached_from(first));
        let mut net = Net {
            reached,
            ..Net::default()
        };
        net.layer(map, graph);
        net.draw(graph);
        let order = |item: &usize| {
            let it = net.items[*item];
            let journey = it.line.map_or(*item, |line| net.lines[line].from);
            (it.class, journey, *item)
        };
        for layer in &mut net.layers {
            layer.sort_by_key(order);
        }
        net
    }

    /// Number of nodes that are cards.
    pub fn cards(&self) -> usize {
        self.reached.len()
    }

    fn layer(&mut self, map: &Map, graph: &Graph) {
        let flow = graph.flow();
        let mut earliest = vec![0; graph.len()];
        let (mut at, mut next, mut main) = (0, 0, None);
        for (_, list) in map.lists() {
            let first = next;
            next = first + 1;
            for _ in 0..list.len() {
                let mut layer = earliest[at].max(first);
                let class = match (self.reached[at], flow.side_of[at]) {
                    (false, _) => Class::Apart,
                    (true, None) => Class::Main,
                    (true, Some(_)) => Class::Beside,
                };
                if class == Class::Main {
                    layer = layer.max(main.map_or(0, |main: usize| main + 1));
                    main = Some(layer);
                }
                for link in graph.links_from(at) {
                    let to = flow.links[link].to;
                    earliest[to] = earliest[to].max(layer + 1);
                }
                self.items.push(Item {
                    layer,
                    class,
                    line: None,
                });
                next = next.max(layer + 1);
                at += 1;
            }
            self.stages.push(first..next);
        }
        self.layers.resize(next, Vec::new());
        self.gutters.resize(next, Vec::new());
        for (at, item) in self.items.iter().enumerate() {
            self.layers[item.layer].push(at);
        }
    }

    fn draw(&mut self, graph: &Graph) {
        let mut following = vec![None; graph.len()];
        let mut main = None;
        for at in (0..graph.len()).rev() {
            following[at] = main;
            if self.items[at].class == Class::Main {
                main = Some(at);
            }
        }
        let mut before = None;
        for (link, it) in graph.flow().links.iter().enumerate() {
            let main = self.items[it.from].class == Class::Main
                && it.kind == PathKind::Next
                && following[it.from] == Some(it.to)
                && before != Some(it.from);
            if main {
                before = Some(it.from);
            }
            let (from, to) = (self.items[it.from], self.items[it.to]);
            let line = self.lines.len();
            let far = !main && to.layer > from.layer + LONG;
            if it.is_backward() || far {
                self.lines.push(Line {
                    link,
                    from: it.from,
                    to: it.to,
                    course: Course::Over,
                });
                continue;
            }
            let class = match (main, from.class) {
                (true, _) => Class::Main,
                (false, Class::Apart) => Class::Apart,
                (false, _) => Class::Beside,
            };
            let first = self.hops.len();
            let mut last = it.from;
            for layer in from.layer + 1..to.layer {
                let bend = self.items.len();
                self.items.push(Item {
                    layer,
                    class,
                    line: Some(line),
                });
                self.layers[layer].push(bend);
                self.hop(last, bend, line);
                last = bend;
            }
            self.hop(last, it.to, line);
            self.lines.push(Line {
                link,
                from: it.from,
                to: it.to,
                course: Course::Through(first..self.hops.len()),
            });
        }
    }

    /// The bend above which the label of an edge is placed; `None` if it has no bend.
    pub fn first_bend(&self, line: usize) -> Option<usize> {
        match &self.lines[line].course {
            Course::Through(hops) if hops.len() > 1 => Some(self.hops[hops.start].to),
            _ => None,
        }
    }

    fn hop(&mut self, from: usize, to: usize, line: usize) {
        self.gutters[self.items[from].layer].push(self.hops.len());
        self.hops.push(Hop { from, to, line });
    }
}
