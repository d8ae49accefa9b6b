//! Builds the scene of a flow: header with legend, backgrounds, edges and cards (one group for
//! several layers), and the stage band.
//!
//! Must not know: how the flow is laid out.

use super::SceneBuilder;
use super::cards::path_kind_label;
use super::chrome::StageChevron;
use super::group_builder::GroupBuilder;
use crate::geom::{Origin, Path, Rect, pt};
use crate::layout::flow::{
    FlowChunk, FlowEdge, FlowLayout, FlowRow, FlowStage, LegendEntry, LegendSample,
};
use crate::model::{Map, ObjectRef, PathKind, Record, Share};
use crate::scene::display_list::Scene;
use crate::scene::highlight::Highlight;
use crate::scene::item::{Dash, Group, Marks, Pin, Stroke, ZoomRange};
use crate::theme::{Color, Theme};

/// Builds the scene of the flow of a map in a theme; `lit` is the highlight in effect.
pub fn build_flow(
    map: &Map,
    flow: &FlowLayout,
    theme: &'static Theme,
    lit: impl Into<Highlight>,
) -> Scene {
    let paint = SceneBuilder::new(map, theme, flow.density.sizes());
    let flow = FlowSceneBuilder {
        builder: paint,
        flow,
    };
    Scene {
        width: flow.flow.width,
        height: flow.flow.height,
        background: theme.paper,
        title: map.header().title.clone(),
        description: format!(
            "The flow of a customer journey: {} stages, {} touchpoints. {}",
            map.stages().len(),
            map.touchpoint_count(),
            map.header().scenario
        ),
        highlight: lit.into(),
        groups: flow.groups(),
    }
}

/// Zoom below which no name is readable: only colours, marks and the course of edges are drawn.
pub(super) const OVERVIEW_ZOOM: f32 = 0.22;
/// Width factor of edges below that zoom.
const OVERVIEW_WIDTH_FACTOR: f32 = 3.0;

pub(super) struct FlowSceneBuilder<'a> {
    pub builder: SceneBuilder<'a>,
    pub flow: &'a FlowLayout,
}

impl FlowSceneBuilder<'_> {
    fn groups(&self) -> Vec<Group> {
        let flow = self.flow;
        let mut groups = Vec::new();
        let mut draw = |x: f64, y: f64, pin: Pin, builder: GroupBuilder| {
            groups.push(builder.group(Origin { x, y }, pin));
        };
        draw(0.0, 0.0, Pin::None, self.header());
        // The band of a single row stays in view; with several rows each keeps its own.
        let pin = match flow.rows.len() {
            1 => Pin::Top,
            _ => Pin::None,
        };
        for strip in &flow.rows {
            for stage in &strip.stages {
                draw(stage.x, strip.main_y, Pin::None, self.ground(strip, stage));
            }
            for slice in &strip.chunks {
                draw(slice.x, strip.main_y, Pin::None, self.chunk(slice));
            }
            if pin == Pin::Top {
                draw(0.0, strip.band_y, pin, self.band_ground());
            }
            for stage in &strip.stages {
                let Some(record) = self.builder.map.stages().get(&stage.id) else {
                    continue;
                };
                let mut builder = GroupBuilder::default();
                let chevron = StageChevron {
                    size: (stage.width, flow.band_height),
                    runs: &stage.runs,
                    far: &stage.far,
                    owner_mark: stage.owner_mark,
                };
                self.builder.chevron(record, &chevron, &mut builder);
                draw(stage.x, strip.band_y, pin, builder);
            }
        }
        groups
    }

    fn header(&self) -> GroupBuilder {
        let mut builder = GroupBuilder::default();
        self.builder.heading(&self.flow.header.runs, &mut builder);
        builder.chrome();
        let far = self.builder.sizes.overview_zoom;
        let header = &self.flow.header;
        for (keys, zoom) in [
            (&header.legend, ZoomRange::from(far)),
            (&header.far, ZoomRange::below(far)),
        ] {
            builder.zoom(zoom);
            for key in keys {
                self.legend_entry(key, &mut builder);
            }
        }
        builder
    }

    /// Adds an entry of the legend.
    fn legend_entry(&self, key: &LegendEntry, builder: &mut GroupBuilder) {
        let (rect, middle) = (key.rect, key.rect.center().y);
        match key.sample {
            LegendSample::Heading => {}
            LegendSample::Tint(tint, icon) => {
                let wide = if icon.is_some() { 32.0 } else { 12.0 };
                let scale = rect.width() / wide;
                let side = 12.0 * scale;
                let swatch = Rect::new(rect.min.x, middle - side / 2.0, side, side);
                match self.tint_color(tint) {
                    Some(colour) => builder.fill(swatch, side / 4.0, colour),
                    None => self.builder.hatch(swatch, builder),
                }
                if let Some(icon) = icon {
                    let (x, side) = (rect.min.x + 16.0 * scale, 15.0 * scale);
                    let sign = Rect::new(x, middle - side / 2.0, side, side);
                    self.tint_icon(tint, icon, sign, builder);
                }
            }
            LegendSample::Line(kind) => {
                let right = rect.max.x;
                let line = match kind {
                    PathKind::Return => Path::start(pt(right - 2.0, middle + 6.0)).cubic(
                        pt(right - 2.0, middle - 9.0),
                        pt(rect.min.x + 5.0, middle - 9.0),
                        pt(rect.min.x + 5.0, middle),
                    ),
                    _ => Path::start(pt(rect.min.x, middle)).line(pt(right - 7.0, middle)),
                };
                let head = match kind {
                    PathKind::Return => [
                        pt(rect.min.x + 5.0, middle + 7.0),
                        pt(rect.min.x + 0.5, middle - 1.0),
                        pt(rect.min.x + 9.5, middle - 1.0),
                    ],
                    _ => [
                        pt(right, middle),
                        pt(right - 8.0, middle - 4.5),
                        pt(right - 8.0, middle + 4.5),
                    ],
                };
                self.stroke(kind, 2.0, (line, Path::polygon(&head)), builder);
            }
            LegendSample::Widths => {
                for (y, width) in [(middle - 4.5, 1.6), (middle + 3.0, 5.5)] {
                    let line = Path::start(pt(rect.min.x, y)).line(pt(rect.max.x, y));
                    builder.stroke(line, Stroke::solid(width, self.builder.theme.path));
                }
            }
            LegendSample::Icon(icon, ink) => {
                let sign = Rect::new(rect.min.x, middle - 7.5, 15.0, 15.0);
                builder.icon(icon, sign, self.builder.role_color(ink));
            }
        }
        for run in &key.runs {
            builder.text(run, self.builder.role_color(run.role));
        }
    }

    /// Background of a stage: a tinted column under every other one, and the line above the
    /// unreachable part.
    fn ground(&self, strip: &FlowRow, stage: &FlowStage) -> GroupBuilder {
        let mut builder = GroupBuilder::default();
        builder.chrome();
        let theme = self.builder.theme;
        let (top, bottom) = strip.body;
        if stage.at % 2 == 1 {
            let column = Rect {
                min: pt(0.0, top - 16.0),
                max: pt(stage.width, bottom + 20.0),
            };
            builder.fill(column, 0.0, theme.paper_shade);
        }
        if let Some(floor) = strip.unreachable_y {
            let y = floor - 52.0;
            let dash = Stroke {
                width: 1.2,
                color: theme.line,
                dash: Dash::Dashed,
            };
            let line = Path::start(pt(0.0, y)).line(pt(stage.width, y));
            builder.stroke(line, dash);
            builder.zoom(ZoomRange::from(self.builder.sizes.overview_zoom));
            for run in &stage.unreachable_heading {
                builder.text(run, self.builder.role_color(run.role));
            }
            builder.zoom(ZoomRange::ALL);
        }
        builder
    }

    fn chunk(&self, slice: &FlowChunk) -> GroupBuilder {
        let mut builder = GroupBuilder::default();
        for line in &slice.edges {
            self.edge(line, &mut builder);
        }
        for card in &slice.cards {
            self.card(card, &mut builder);
        }
        builder
    }

    fn edge(&self, line: &FlowEdge, builder: &mut GroupBuilder) {
        let map = self.builder.map;
        let name = |id| map.touchpoint(id).map_or("", Record::name);
        let kind = path_kind_label(line.kind);
        let title = format!("{kind}: {} to {}", name(&line.from), name(&line.to));
        let share = Share::from_percent((line.share * 100.0).round() as i64);
        let description = share.map_or(String::new(), |share| format!("{share} of all customers"));
        let tag = ObjectRef::Path {
            from: line.from.clone(),
            to: line.to.clone(),
            kind: line.kind,
        };
        builder.subject(tag, &title, description, Marks::NONE, Rect::EMPTY);
        builder.path_ends(&line.path);
        // Wider at overview zoom, where only the course of edges is visible.
        builder.zoom(ZoomRange::below(OVERVIEW_ZOOM));
        let (color, dash) = self.edge_style(line.kind);
        let width = line.width * OVERVIEW_WIDTH_FACTOR;
        builder.stroke(line.path.clone(), Stroke { width, color, dash });
        builder.zoom(ZoomRange::from(OVERVIEW_ZOOM));
        let shape = (line.path.clone(), line.head.clone());
        self.stroke(line.kind, line.width, shape, builder);
        builder.zoom(ZoomRange::from(self.builder.sizes.overview_zoom));
        if let Some(plate) = line.label_ground {
            builder.fill(plate, 4.0, self.builder.theme.paper);
        }
        for run in &line.label {
            builder.text(run, self.builder.role_color(run.role));
        }
        builder.zoom(ZoomRange::ALL);
    }

    /// Adds an edge with its arrowhead. Alternatives have a hollow one, failures are dashed.
    fn stroke(
        &self,
        kind: PathKind,
        width: f32,
        (line, head): (Path, Path),
        builder: &mut GroupBuilder,
    ) {
        let theme = self.builder.theme;
        let (color, dash) = self.edge_style(kind);
        builder.stroke(line, Stroke { width, color, dash });
        if head.0.is_empty() {
            return;
        }
        match kind {
            PathKind::Alternative => {
                let edge = Stroke::solid(1.5, color);
                builder.path(head, Some(theme.paper), Some(edge));
            }
            _ => builder.path(head, Some(color), None),
        }
    }

    fn edge_style(&self, kind: PathKind) -> (Color, Dash) {
        match kind {
            PathKind::Failure => (self.builder.theme.path_failure, Dash::Dashed),
            _ => (self.builder.theme.path, Dash::Solid),
        }
    }

    fn band_ground(&self) -> GroupBuilder {
        let mut builder = GroupBuilder::default();
        builder.chrome();
        let ground = Rect::new(
            0.0,
            -8.0,
            self.flow.width as f32,
            self.flow.band_height + 14.0,
        );
        builder.fill(ground, 0.0, self.builder.theme.paper);
        builder
    }
}
