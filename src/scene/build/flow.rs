//! Builds the scene of a flow: header with legend, backgrounds, edges and cards (one group for
//! several layers), and the stage band.
//!
//! Must not know: how the flow is laid out.

use super::cards::kind_word;
use super::chrome::Chevron;
use super::group_builder::Builder;
use super::{Painter, department_colours};
use crate::geom::{Origin, Path, Rect, pt};
use crate::layout::Layout;
use crate::layout::flow::{FlowLayout, FlowLine, FlowStage, Key, Sample, Slice, Strip};
use crate::model::{Map, PathKind, Record, Share};
use crate::scene::highlight::Lit;
use crate::scene::item::{Dash, Group, Marks, Pin, Scene, Stroke, Tag, ZoomRange};
use crate::theme::{Color, Theme};

/// Builds the scene of the flow of a map in a theme; `lit` is the highlight in effect.
pub fn build_flow(
    map: &Map,
    flow: &FlowLayout,
    theme: &'static Theme,
    lit: impl Into<Lit>,
) -> Scene {
    // Only colours and names are needed, for which an empty journey layout suffices.
    let journey = Layout::default();
    let paint = Painter {
        map,
        layout: &journey,
        theme,
        sizes: flow.density.sizes(),
        places: Vec::new(),
        departments: department_colours(map, theme),
    };
    let flow = FlowPainter { paint, flow };
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
        lit: lit.into(),
        groups: flow.groups(),
    }
}

/// Zoom below which no name is readable: only colours, marks and the course of edges are drawn.
pub(super) const AFAR: f32 = 0.22;
/// Width factor of edges below that zoom.
const AFAR_WIDER: f32 = 3.0;

pub(super) struct FlowPainter<'a> {
    pub paint: Painter<'a>,
    pub flow: &'a FlowLayout,
}

impl FlowPainter<'_> {
    fn groups(&self) -> Vec<Group> {
        let flow = self.flow;
        let mut groups = Vec::new();
        let mut draw = |x: f64, y: f64, pin: Pin, builder: Builder| {
            groups.push(builder.group(Origin { x, y }, pin));
        };
        draw(0.0, 0.0, Pin::None, self.header());
        // The band of a single row stays in view; with several rows each keeps its own.
        let pin = match flow.strips.len() {
            1 => Pin::Top,
            _ => Pin::None,
        };
        for strip in &flow.strips {
            for stage in &strip.stages {
                draw(stage.x, strip.main_y, Pin::None, self.ground(strip, stage));
            }
            for slice in &strip.slices {
                draw(slice.x, strip.main_y, Pin::None, self.slice(slice));
            }
            if pin == Pin::Top {
                draw(0.0, strip.band_y, pin, self.band_ground());
            }
            for stage in &strip.stages {
                let Some(record) = self.paint.map.stages().get(&stage.id) else {
                    continue;
                };
                let mut builder = Builder::default();
                let chevron = Chevron {
                    size: (stage.width, flow.band_height),
                    runs: &stage.runs,
                    far: &stage.far,
                    owner_mark: stage.owner_mark,
                };
                self.paint.chevron(record, &chevron, &mut builder);
                draw(stage.x, strip.band_y, pin, builder);
            }
        }
        groups
    }

    fn header(&self) -> Builder {
        let mut builder = Builder::default();
        self.paint.heading(&self.flow.header.runs, &mut builder);
        builder.frame();
        let far = self.paint.sizes.far;
        let header = &self.flow.header;
        for (keys, zoom) in [
            (&header.legend, ZoomRange::from(far)),
            (&header.far, ZoomRange::below(far)),
        ] {
            builder.zoom(zoom);
            for key in keys {
                self.key(key, &mut builder);
            }
        }
        builder
    }

    /// Adds an entry of the legend.
    fn key(&self, key: &Key, builder: &mut Builder) {
        let (rect, middle) = (key.rect, key.rect.centre().y);
        match key.sample {
            Sample::Heading => {}
            Sample::Tint(tint, icon) => {
                let wide = if icon.is_some() { 32.0 } else { 12.0 };
                let scale = rect.width() / wide;
                let side = 12.0 * scale;
                let swatch = Rect::new(rect.min.x, middle - side / 2.0, side, side);
                match self.tint(tint) {
                    Some(colour) => builder.fill(swatch, side / 4.0, colour),
                    None => self.paint.hatch(swatch, builder),
                }
                if let Some(icon) = icon {
                    let (x, side) = (rect.min.x + 16.0 * scale, 15.0 * scale);
                    let sign = Rect::new(x, middle - side / 2.0, side, side);
                    self.sign(tint, icon, sign, builder);
                }
            }
            Sample::Line(kind) => {
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
            Sample::Widths => {
                for (y, width) in [(middle - 4.5, 1.6), (middle + 3.0, 5.5)] {
                    let line = Path::start(pt(rect.min.x, y)).line(pt(rect.max.x, y));
                    builder.stroke(line, Stroke::solid(width, self.paint.theme.path));
                }
            }
            Sample::Sign(icon, ink) => {
                let sign = Rect::new(rect.min.x, middle - 7.5, 15.0, 15.0);
                builder.icon(icon, sign, self.paint.colour(ink));
            }
        }
        for run in &key.runs {
            builder.text(run, self.paint.colour(run.ink));
        }
    }

    /// Background of a stage: a tinted column under every other one, and the line above the
    /// unreachable part.
    fn ground(&self, strip: &Strip, stage: &FlowStage) -> Builder {
        let mut builder = Builder::default();
        builder.frame();
        let theme = self.paint.theme;
        let (top, bottom) = strip.body;
        if stage.at % 2 == 1 {
            let column = Rect {
                min: pt(0.0, top - 16.0),
                max: pt(stage.width, bottom + 20.0),
            };
            builder.fill(column, 0.0, theme.paper_shade);
        }
        if let Some(floor) = strip.apart {
            let y = floor - 52.0;
            let dash = Stroke {
                width: 1.2,
                color: theme.line,
                dash: Dash::Dashed,
            };
            let line = Path::start(pt(0.0, y)).line(pt(stage.width, y));
            builder.stroke(line, dash);
            builder.zoom(ZoomRange::from(self.paint.sizes.far));
            for run in &stage.apart {
                builder.text(run, self.paint.colour(run.ink));
            }
            builder.zoom(ZoomRange::ALL);
        }
        builder
    }

    fn slice(&self, slice: &Slice) -> Builder {
        let mut builder = Builder::default();
        for line in &slice.lines {
            self.line(line, &mut builder);
        }
        for card in &slice.cards {
            self.card(card, &mut builder);
        }
        builder
    }

    fn line(&self, line: &FlowLine, builder: &mut Builder) {
        let map = self.paint.map;
        let name = |id| map.touchpoint(id).map_or("", Record::name);
        let kind = kind_word(line.kind);
        let title = format!("{kind}: {} to {}", name(&line.from), name(&line.to));
        let share = Share::from_percent((line.stream * 100.0).round() as i64);
        let description = share.map_or(String::new(), |share| format!("{share} of all customers"));
        let tag = Tag::Path {
            from: line.from.clone(),
            to: line.to.clone(),
        };
        builder.subject(tag, &title, description, Marks::NONE, Rect::EMPTY);
        // Wider at overview zoom, where only the course of edges is visible.
        builder.zoom(ZoomRange::below(AFAR));
        let (color, dash) = self.colour_of(line.kind);
        let width = line.width * AFAR_WIDER;
        builder.stroke(line.path.clone(), Stroke { width, color, dash });
        builder.zoom(ZoomRange::from(AFAR));
        let shape = (line.path.clone(), line.head.clone());
        self.stroke(line.kind, line.width, shape, builder);
        builder.zoom(ZoomRange::from(self.paint.sizes.far));
        if let Some(plate) = line.plate {
            builder.fill(plate, 4.0, self.paint.theme.paper);
        }
        for run in &line.words {
            builder.text(run, self.paint.colour(run.ink));
        }
        builder.zoom(ZoomRange::ALL);
    }

    /// Adds an edge with its arrowhead. Alternatives have a hollow one, failures are dashed.
    fn stroke(
        &self,
        kind: PathKind,
        width: f32,
        (line, head): (Path, Path),
        builder: &mut Builder,
    ) {
        let theme = self.paint.theme;
        let (color, dash) = self.colour_of(kind);
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

    fn colour_of(&self, kind: PathKind) -> (Color, Dash) {
        match kind {
            PathKind::Failure => (self.paint.theme.path_failure, Dash::Dashed),
            _ => (self.paint.theme.path, Dash::Solid),
        }
    }

    fn band_ground(&self) -> Builder {
        let mut builder = Builder::default();
        builder.frame();
        let ground = Rect::new(
            0.0,
            -8.0,
            self.flow.width as f32,
            self.flow.band_height + 14.0,
        );
        builder.fill(ground, 0.0, self.paint.theme.paper);
        builder
    }
}
