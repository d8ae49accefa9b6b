//! Builds the scene of a flow: header with legend, backgrounds, edges and cards (one group for
//! several layers), and the stage band.
//!
//! Must not know: how the flow is laid out.

use super::SceneBuilder;
use super::group_builder::GroupBuilder;
use crate::geom::{Path, Rect, pt};
use crate::layout::flow::{FlowChunk, FlowEdge, FlowLayout, FlowRow, FlowStage};
use crate::model::{Map, PathKind, Share};
use crate::scene::display_list::Scene;
use crate::scene::highlight::Highlight;
use crate::scene::item::{Group, Marks, Pin, Stroke, ZoomRange};
use crate::theme::Theme;

/// Builds the scene of the flow of a map in a theme; `lit` is the highlight in effect.
pub fn build_flow(
    map: &Map,
    flow: &FlowLayout,
    theme: &'static Theme,
    lit: impl Into<Highlight>,
) -> Scene {
    let painter = SceneBuilder::new(map, theme, flow.density);
    let what = painter.described("The flow of a customer journey");
    let groups = painter.flow(flow);
    painter.scene((flow.width, flow.height), &what, lit.into(), groups)
}

/// Zoom below which no name is readable: only colours, marks and the course of edges are drawn.
pub(super) const OVERVIEW_ZOOM: f32 = 0.22;
/// Width factor of edges below that zoom.
const OVERVIEW_WIDTH_FACTOR: f32 = 3.0;

impl SceneBuilder<'_> {
    fn flow(&self, flow: &FlowLayout) -> Vec<Group> {
        let mut header = GroupBuilder::default();
        self.heading(&flow.header.runs, &mut header);
        header.chrome();
        self.legends(&flow.header, &mut header);
        let mut groups = vec![header.group(0.0, 0.0, Pin::None)];
        // The band of a single row stays in view; with several rows each keeps its own.
        let pin = match flow.rows.len() {
            1 => Pin::Top,
            _ => Pin::None,
        };
        for row in &flow.rows {
            for stage in &row.stages {
                let ground = self.flow_ground(row, stage);
                groups.push(ground.group(stage.x, row.main_y, Pin::None));
            }
            for chunk in &row.chunks {
                let builder = self.flow_chunk(chunk);
                groups.push(builder.group(chunk.x, row.main_y, Pin::None));
            }
            if pin == Pin::Top {
                let ground = self.band_ground(flow.width as f32, flow.band_height);
                groups.push(ground.group(0.0, row.band_y, pin));
            }
            for stage in &row.stages {
                if let Some(record) = self.map.stages().get(&stage.id) {
                    let builder = self.chevron(record, &stage.band, flow.band_height);
                    groups.push(builder.group(stage.x, row.band_y, pin));
                }
            }
        }
        groups
    }

    /// Background of a stage: a tinted column under every other one, and the line above the
    /// unreachable part.
    fn flow_ground(&self, row: &FlowRow, stage: &FlowStage) -> GroupBuilder {
        let mut builder = GroupBuilder::default();
        builder.chrome();
        let (top, bottom) = row.body;
        if stage.at % 2 == 1 {
            let column = Rect {
                min: pt(0.0, top - 16.0),
                max: pt(stage.band.width, bottom + 20.0),
            };
            builder.fill(column, 0.0, self.theme.paper_shade);
        }
        if let Some(floor) = row.unreachable_y {
            let y = floor - 52.0;
            let line = Path::start(pt(0.0, y)).line(pt(stage.band.width, y));
            builder.stroke(line, Stroke::dashed(1.2, self.theme.line));
            builder.zoom(ZoomRange::from(self.sizes.overview_zoom));
            self.texts(&stage.unreachable_heading, &mut builder);
            builder.zoom(ZoomRange::ALL);
        }
        builder
    }

    fn flow_chunk(&self, chunk: &FlowChunk) -> GroupBuilder {
        let mut builder = GroupBuilder::default();
        for edge in &chunk.edges {
            self.flow_edge(edge, &mut builder);
        }
        for card in &chunk.cards {
            self.flow_card(card, &mut builder);
        }
        builder
    }

    fn flow_edge(&self, edge: &FlowEdge, builder: &mut GroupBuilder) {
        let touchpoint = |id| self.map.touchpoint(id);
        let (Some(from), Some(to)) = (touchpoint(&edge.from), touchpoint(&edge.to)) else {
            return;
        };
        let share = Share::from_percent((edge.share * 100.0).round() as i64);
        let description = share.map_or(String::new(), |share| format!("{share} of all customers"));
        self.path((edge.kind, from, to), description, Marks::NONE, builder);
        builder.path_ends(&edge.path);
        // Wider at overview zoom, where only the course of edges is visible.
        builder.zoom(ZoomRange::below(OVERVIEW_ZOOM));
        let stroke = self.edge_stroke(edge.kind, edge.width * OVERVIEW_WIDTH_FACTOR);
        builder.stroke(edge.path.clone(), stroke);
        builder.zoom(ZoomRange::from(OVERVIEW_ZOOM));
        let shape = (edge.path.clone(), edge.head.clone());
        self.arrow(edge.kind, edge.width, shape, builder);
        builder.zoom(ZoomRange::from(self.sizes.overview_zoom));
        if let Some(plate) = edge.label_ground {
            builder.fill(plate, 4.0, self.theme.paper);
        }
        self.texts(&edge.label, builder);
        builder.zoom(ZoomRange::ALL);
    }

    /// Adds an edge with its arrowhead. Alternatives have a hollow one, failures are dashed.
    pub(super) fn arrow(
        &self,
        kind: PathKind,
        width: f32,
        (line, head): (Path, Path),
        builder: &mut GroupBuilder,
    ) {
        let stroke = self.edge_stroke(kind, width);
        builder.stroke(line, stroke);
        if head.0.is_empty() {
            return;
        }
        if kind == PathKind::Alternative {
            let edge = Stroke::solid(1.5, stroke.color);
            builder.path(head, Some(self.theme.paper), Some(edge));
        } else {
            builder.path(head, Some(stroke.color), None);
        }
    }

    fn edge_stroke(&self, kind: PathKind, width: f32) -> Stroke {
        match kind {
            PathKind::Failure => Stroke::dashed(width, self.theme.path_failure),
            _ => Stroke::solid(width, self.theme.path),
        }
    }
}
