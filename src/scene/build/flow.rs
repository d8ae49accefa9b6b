//! Builds the scene of a flow: header with legend, backgrounds, edges and cards (one group for
//! several layers), and the stage band. At overview zoom cards show their colour and marks, closer
//! the name, then all details.
//!
//! Must not know: how the flow is laid out.

use super::SceneBuilder;
use super::chrome::along;
use super::groups::GroupBuilder;
use crate::geom::{Path, Rect, pt};
use crate::layout::flow::{FlowCard, FlowChunk, FlowEdge, FlowLayout, FlowRow, FlowStage};
use crate::layout::{Badge, TextRole};
use crate::model::{Map, PathKind, Share};
use crate::scene::display_list::Scene;
use crate::scene::highlight::Highlight;
use crate::scene::item::{Group, Marks, Pin, Stroke, ZoomRange};
use crate::theme::{ColorRole, Theme, size};

/// Builds the scene of the flow of a map in a theme; `lit` is the highlight in effect.
pub fn build_flow(
    map: &Map,
    flow: &FlowLayout,
    theme: &'static Theme,
    lit: impl Into<Highlight>,
) -> Scene {
    let painter = SceneBuilder::new(map, flow.density);
    let what = painter.described("The flow of a customer journey");
    let groups = painter.flow(flow);
    painter.scene(
        (flow.width, flow.height),
        &what,
        (theme, lit.into()),
        groups,
    )
}

/// Zoom below which no name is readable: only colours, marks and the course of edges are drawn.
const OVERVIEW_ZOOM: f32 = 0.22;
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
                    let (band, is_on_top) = (&stage.band, pin == Pin::Top);
                    let mut add = |builder: GroupBuilder, pin| {
                        groups.push(builder.group(stage.x, row.band_y, pin));
                    };
                    add(self.chevron(record, band, flow.band_height), pin);
                    let texts = self.stage_texts(record, band);
                    add(texts, along(band, &band.runs, is_on_top));
                    let name = self.stage_overview(record, band);
                    add(name, along(band, band.overview_runs(), is_on_top));
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

/// Side of the marks at overview zoom.
const MARK: f32 = 52.0;
/// Diameter of the marks beside an enlarged name.
const CORNER: f32 = 32.0;

impl SceneBuilder<'_> {
    fn flow_card(&self, card: &FlowCard, builder: &mut GroupBuilder) {
        let theme = self.theme;
        let Some(touchpoint) = self.map.touchpoint(&card.id) else {
            return;
        };
        let mut words = self.description(touchpoint, &card.number);
        for (holds, more) in [
            (card.is_first_contact, "; first contact"),
            (card.is_other_start, "; may start here"),
            (card.is_last_contact, "; last contact"),
            (
                !card.is_reachable,
                "; no way leads here from the first contact",
            ),
        ] {
            words.push_str(if holds { more } else { "" });
        }
        let rect = card.card.rect;
        self.touchpoint(touchpoint, words, rect, builder);
        let tint = self.tint_color(card.tint);
        let is_end = card.is_first_contact || card.is_last_contact;
        let edge = match tint {
            None => self.unowned_edge(1.6),
            Some(_) if is_end => Stroke::solid(2.2, theme.accent),
            Some(_) => Stroke::solid(1.0, theme.card_edge),
        };
        builder.zoom(ZoomRange::from(OVERVIEW_ZOOM));
        builder.rect(rect, size::RADIUS, Some(theme.card), Some(edge));
        let stripe = Rect::new(rect.min.x, rect.min.y, size::STRIPE, rect.height());
        self.stripe(stripe, tint, (1.5, 1.5, 6.0), builder);
        builder.zoom(ZoomRange::below(OVERVIEW_ZOOM));
        let ground = tint.map_or(theme.card, |color| color.over_card(70));
        let edge = tint.is_none().then_some(self.unowned_edge(5.0));
        builder.rect(rect, size::RADIUS, Some(ground), edge);
        self.overview_marks(card, ground, builder);

        builder.zoom(ZoomRange::between(OVERVIEW_ZOOM, self.sizes.overview_zoom));
        self.texts(&card.card.far, builder);
        self.corner_marks(card, builder);
        builder.zoom(ZoomRange::from(self.sizes.overview_zoom));
        self.texts(&card.card.runs, builder);
        for (icon, rect) in &card.card.icons {
            self.tint_icon(card.tint, *icon, *rect, builder);
        }
        self.badges(&card.card.badges, builder);
        builder.zoom(ZoomRange::ALL);
    }

    /// Adds the icons of moments of truth and pains, large, where nothing else is drawn.
    fn overview_marks(&self, card: &FlowCard, ground: ColorRole, builder: &mut GroupBuilder) {
        let center = card.card.rect.center();
        let mut x = center.x - MARK * overview_badges(card).count() as f32 / 2.0;
        for badge in overview_badges(card) {
            let rect = Rect::new(x, center.y - MARK / 2.0, MARK, MARK);
            builder.icon(badge.icon, rect, ground.text_on());
            x += MARK;
        }
    }

    /// Adds the same icons on the lower edge, below the enlarged name.
    fn corner_marks(&self, card: &FlowCard, builder: &mut GroupBuilder) {
        let corner = card.card.rect.max;
        let mut at = pt(corner.x - CORNER * 0.6, corner.y + 4.0);
        for badge in overview_badges(card) {
            let color = self.role_color(badge.role);
            let edge = Stroke::solid(2.0, color);
            builder.disc(at, CORNER, Some(self.theme.card), Some(edge));
            builder.icon(badge.icon, Rect::centered_square(at, CORNER * 0.68), color);
            at.x -= CORNER + 4.0;
        }
    }
}

/// The badges shown at overview zoom.
fn overview_badges(card: &FlowCard) -> impl Iterator<Item = &Badge> {
    let badges = card.card.badges.iter();
    badges.filter(|badge| matches!(badge.role, TextRole::Moment | TextRole::Pain))
}
