//! Edges between cards, with arrowheads and labels.
//!
//! Must not know: colours, the scene.

use super::back_edges::OverheadArc;
use super::layered_graph::{EdgeRoute, LayeredGraph, VerticalBand};
use super::ports::{LABEL_GAP, Ports};
use super::x_coordinates::Columns;
use crate::geom::{Path, Point, Rect, pt};
use crate::graph::Flow;
use crate::layout::paths::{path_role, path_words};
use crate::layout::text_block::{TextBlock, TextContext, TextRun};
use crate::model::{Map, PathKind, TouchpointId};
use crate::theme::{Sizes, size};
use std::ops::Range;

/// An edge of the flow.
#[derive(Clone, Debug)]
pub struct FlowEdge {
    /// Index in [`Flow::links`].
    pub link: usize,
    /// The touchpoint at the start.
    pub from: TouchpointId,
    /// The touchpoint at the end.
    pub to: TouchpointId,
    /// Kind of path.
    pub kind: PathKind,
    /// Index of this piece, counted from the start: an edge continues in other rows after a row
    /// break.
    pub part: usize,
    /// Whether the edge leads back.
    pub is_backward: bool,
    /// Share of all customers who take the edge, 0 … 1.
    pub share: f64,
    /// Stroke width.
    pub width: f32,
    /// The line without its arrowhead.
    pub path: Path,
    /// The arrowhead; empty if the edge continues in another row.
    pub head: Path,
    /// The label: condition and share of customers.
    pub label: Vec<TextRun>,
    /// Background of a label that another edge crosses.
    pub label_ground: Option<Rect>,
}

/// Stroke width for no customers, and its increase for all.
const WIDTH: (f32, f32) = (1.6, 3.9);
/// Corner radius of edges above the cards.
const BEND: f32 = 13.0;
/// Distance between two levels of edges above the cards.
pub(super) const LEVEL: f32 = 26.0;
/// Maximum width of a label at the end of an edge, and its maximum number of lines.
const WORDS: (f32, f32) = (116.0, 4.0);
/// Maximum width of an arc's label.
const ARC_WORDS: f32 = 340.0;

/// Stroke width of an edge with this share of all customers.
pub(super) fn edge_width(stream: f64) -> f32 {
    WIDTH.0 + WIDTH.1 * stream.clamp(0.0, 1.0) as f32
}

/// The label of each edge: condition and share. The usual path is labelled with the rest left by
/// written shares.
pub(super) fn edge_labels(
    net: &LayeredGraph,
    flow: &Flow,
    map: &Map,
    text: &mut TextContext<'_>,
) -> Vec<Option<TextBlock>> {
    let sizes = text.sizes;
    let touchpoints: Vec<_> = map.touchpoints().collect();
    let mut block = |at: usize| {
        let link = &flow.links[net.edges[at].link];
        let path = link.path_index.map(|at| &touchpoints[link.from].paths[at]);
        let label = path.map_or("", |path| path.label.trim());
        let words = path_words(label, link.share)?;
        let (room, lines) = match (&net.edges[at].route, net.first_bend(at)) {
            (EdgeRoute::AboveCards, _) => (ARC_WORDS, 1.0),
            (_, Some(_)) => (sizes.card - 12.0, WORDS.1),
            (_, None) => (WORDS.0 * sizes.type_scale, WORDS.1),
        };
        let block = text.block(&words, size::SMALL, path_role(link.kind), room);
        let block = block.truncate_to_lines(lines, text.measure);
        Some(block).filter(|block| !block.is_empty())
    };
    (0..net.edges.len()).map(&mut block).collect()
}

/// Inputs to draw edges.
pub(super) struct EdgePainter<'a> {
    pub net: &'a LayeredGraph,
    pub ports: &'a Ports,
    pub columns: &'a Columns,
    pub y: &'a [f32],
    /// Share of all customers, stroke width and label by edge.
    pub shares: &'a [f64],
    pub widths: &'a [f32],
    pub words: &'a [Option<TextBlock>],
    pub sizes: &'a Sizes,
    /// Height of the lowest level of arcs.
    pub arcs: f32,
}

impl EdgePainter<'_> {
    /// Draws an edge with x relative to an origin; `ids` are those of all touchpoints, and `arc` is its arc
    /// if it runs above the cards.
    pub fn edge(
        &self,
        at: usize,
        (flow, ids): (&Flow, &[&TouchpointId]),
        arc: Option<&OverheadArc>,
        origin: f64,
    ) -> FlowEdge {
        let line = &self.net.edges[at];
        let link = &flow.links[line.link];
        let edge = FlowEdge {
            link: line.link,
            from: ids[line.from].clone(),
            to: ids[line.to].clone(),
            kind: link.kind,
            part: 0,
            is_backward: link.is_backward(),
            share: self.shares[at],
            width: self.widths[at],
            path: Path::default(),
            head: Path::default(),
            label: Vec::new(),
            label_ground: None,
        };
        match &line.route {
            EdgeRoute::ThroughLayers(hops) => self.through(at, hops.clone(), origin, edge),
            EdgeRoute::AboveCards => self.arc(at, arc, origin, edge),
        }
    }

    fn through(&self, at: usize, hops: Range<usize>, origin: f64, mut edge: FlowEdge) -> FlowEdge {
        let line = &self.net.edges[at];
        let local = |x: f64| (x - origin) as f32;
        let card = f64::from(self.sizes.card);
        let (from, to) = (&self.net.nodes[line.from], &self.net.nodes[line.to]);
        let begin = self.y[line.from] + self.ports.segments[hops.start].0;
        let left = local(self.columns.x[from.layer] + card);
        let mut path = Path::start(pt(left, begin));
        let mut end = begin;
        for hop in hops {
            let (out, into) = self.ports.segments[hop];
            let hop = self.net.segments[hop];
            let (a, b) = (self.y[hop.from] + out, self.y[hop.to] + into);
            end = b;
            if (a - b).abs() > 0.05 {
                let (s, e) = self.columns.gutters[self.net.nodes[hop.to].layer].bend_span();
                let (s, e) = (local(s), local(e));
                let bend = (e - s) * 0.5;
                path = path
                    .line(pt(s, a))
                    .cubic(pt(s + bend, a), pt(e - bend, b), pt(e, b));
            }
        }
        let tip = pt(local(self.columns.x[to.layer]) - 1.0, end);
        let (base, head) = arrowhead(tip, pt(1.0, 0.0), edge.width);
        if let Some(block) = &self.words[at] {
            let (x, y) = match self.net.first_bend(at) {
                Some(bend) => {
                    let layer = self.net.nodes[bend].layer;
                    (self.columns.x[layer] + 4.0, self.y[bend])
                }
                None => (self.columns.gutters[to.layer].label_x() + 2.0, end),
            };
            let bottom = y - edge.width / 2.0 - LABEL_GAP + 1.0;
            block.place(local(x), bottom - block.height(), &mut edge.label);
        }
        (edge.path, edge.head) = (path.line(base), head);
        edge
    }

    fn arc(
        &self,
        at: usize,
        arc: Option<&OverheadArc>,
        origin: f64,
        mut edge: FlowEdge,
    ) -> FlowEdge {
        let line = &self.net.edges[at];
        let local = |x: f64| (x - origin) as f32;
        let (from, to) = (&self.net.nodes[line.from], &self.net.nodes[line.to]);
        let (up, down) = self.columns.arc_xs[at];
        let (up, down) = (local(up), local(down));
        let level = self.arcs - arc.map_or(0, |arc| arc.level) as f32 * LEVEL;
        let top = |card: usize| self.y[card] - self.ports.cards[card].0;
        let mut points = Vec::with_capacity(6);
        if from.band == VerticalBand::Main {
            points.push(pt(up, top(line.from)));
        } else {
            let y = self.y[line.from] + self.ports.arcs[at].0;
            let right = self.columns.x[from.layer] + f64::from(self.sizes.card);
            points.extend([pt(local(right), y), pt(up, y)]);
        }
        points.extend([pt(up, level), pt(down, level)]);
        let (tip, towards) = if to.band == VerticalBand::Main {
            (pt(down, top(line.to) - 1.0), pt(0.0, 1.0))
        } else {
            let y = self.y[line.to] + self.ports.arcs[at].1;
            points.push(pt(down, y));
            (pt(local(self.columns.x[to.layer]) - 1.0, y), pt(1.0, 0.0))
        };
        let (base, head) = arrowhead(tip, towards, edge.width);
        points.push(base);
        if let (Some(block), Some(arc)) = (&self.words[at], arc)
            && let Some(label_x) = arc.label_x
        {
            let bottom = level - edge.width / 2.0 - 2.0;
            let (x, top) = (local(label_x), bottom - block.height());
            block.place(x, top, &mut edge.label);
            let behind = Rect::new(x - 3.0, top, block.width() + 6.0, block.height());
            edge.label_ground = arc.is_crossed.then_some(behind);
        }
        (edge.path, edge.head) = (Path::rounded(&points, BEND), head);
        edge
    }
}

/// End of the line before the arrowhead with this tip, and the arrowhead.
fn arrowhead(tip: Point, towards: Point, width: f32) -> (Point, Path) {
    let (length, half) = (7.0 + width, 3.6 + width * 0.7);
    let back = |by: f32| pt(tip.x - towards.x * by, tip.y - towards.y * by);
    let base = back(length);
    let across = pt(-towards.y * half, towards.x * half);
    let head = Path::polygon(&[tip, base + across, pt(base.x - across.x, base.y - across.y)]);
    (back(length * 0.75), head)
}
