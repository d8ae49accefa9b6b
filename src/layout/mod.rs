//! Where everything goes: stages as columns, touchpoints by path order, side
//! branches under their main step, lanes below each other, text broken into
//! lines and every baseline set.
//!
//! A pure function of the map, the options and the text measure. Colours are
//! named by role ([`Ink`]); the scene turns roles into colours.
//! Must not know: themes' colours, the scene, egui.

mod block;
mod card;
mod cell;
mod curve;
mod icon_words;
mod place;
mod route;
mod rows;

pub use block::{Block, Ink, Run};
pub use card::{Badge, Card, STRIPE};
pub use cell::{Cell, Entry, Mark};
pub use curve::{Curve, Dot, Label, Segment};
pub use place::{Stage, Step};
pub use route::{BEND, Route, RouteLabel};
pub use rows::{Pill, PillKind, RowTitle};

use crate::geom::Rect;
use crate::graph::Flow;
use crate::model::{Lane, LaneId, LaneKind, Map, PersonaId, Record, Touchpoint};
use crate::text::Measure;
use crate::theme::{Icon, size};
use std::collections::BTreeSet;

/// What a picture of a map shall show.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Options {
    /// These lanes in this order; `None`: the map's own choice.
    pub lanes: Option<Vec<LaneId>>,
    /// Personas whose curve of feelings is not drawn.
    pub hidden_curves: BTreeSet<PersonaId>,
}

/// The whole picture, without colours. Distances in map units.
#[derive(Clone, Debug)]
pub struct Layout {
    /// Width of the picture.
    pub width: f64,
    /// Height of the picture.
    pub height: f64,
    /// Title, scenario and personas above the stages.
    pub header: Header,
    /// Top of the stage band.
    pub band_y: f64,
    /// Height of the stage band.
    pub band_height: f32,
    /// The stages from left to right.
    pub stages: Vec<Stage>,
    /// The touchpoints in timeline order.
    pub steps: Vec<Step>,
    /// The lanes from top to bottom.
    pub lanes: Vec<LaneBand>,
}

/// What stands above the stages.
#[derive(Clone, Debug)]
pub struct Header {
    /// Text, relative to the top left corner of the picture.
    pub runs: Vec<Run>,
    /// A box a persona: index into the map's personas, and where.
    pub personas: Vec<(usize, Rect)>,
    /// Height from the top of the picture to the stage band.
    pub height: f32,
}

/// A horizontal band.
#[derive(Clone, Debug)]
pub struct LaneBand {
    /// Which lane.
    pub id: LaneId,
    /// What it shows.
    pub kind: LaneKind,
    /// Its title, broken into lines, relative to the top left of the lane.
    pub title: Vec<Run>,
    /// The title for reading from afar.
    pub far_title: Vec<Run>,
    /// Its top.
    pub y: f64,
    /// Its height.
    pub height: f32,
    /// What it holds.
    pub content: Content,
}

/// What a lane holds. Vectors a stage are in stage order; y is relative to the
/// top of the lane, x to the left of the stage.
#[derive(Clone, Debug)]
pub enum Content {
    /// Cards, in timeline order, and the ways between them, a vector a stage.
    Cards {
        /// The cards.
        cards: Vec<Card>,
        /// The ways, with the stage they start in.
        routes: Vec<Vec<Route>>,
    },
    /// Curves of feelings.
    Curves(Box<Curve>),
    /// Texts, a vector a stage.
    Cells(Vec<Vec<Cell>>),
    /// Rows with pills, a vector a stage.
    Rows {
        /// Titles of the rows, top to bottom.
        titles: Vec<RowTitle>,
        /// The pills.
        pills: Vec<Vec<Pill>>,
    },
}

impl Layout {
    /// Drops what only drawing needs; stages, steps and the places of lanes stay.
    pub fn drop_content(&mut self) {
        for lane in &mut self.lanes {
            lane.content = Content::Cells(Vec::new());
        }
    }
}

/// Lays out a whole map.
pub fn layout(map: &Map, options: &Options, measure: &mut dyn Measure) -> Layout {
    let flow = Flow::of(map);
    let touchpoints: Vec<&Touchpoint> = map.touchpoints().collect();
    let (mut stages, steps) = place::place(map, &flow);
    let width = stages
        .last()
        .map_or(0.0, |s| s.x + f64::from(s.width))
        .max(f64::from(size::MARGIN + size::TITLES + 3.0 * size::PITCH))
        + f64::from(size::MARGIN);

    let header = header(map, width as f32, measure);
    let band_y = f64::from(header.height);
    let band_height = place::band(map, &mut stages, measure);

    let mut lanes = Vec::new();
    let mut y = band_y + f64::from(band_height);
    let shown = Shown {
        map,
        flow: &flow,
        touchpoints: &touchpoints,
        stages: &stages,
        steps: &steps,
        names: card::Names::of(map, measure),
        hidden_curves: &options.hidden_curves,
        channel_icons: map
            .channels()
            .iter()
            .map(|c| Icon::for_channel(c.icon.as_deref(), &c.name))
            .collect(),
        environment_icons: map
            .environments()
            .iter()
            .map(|e| Icon::for_environment(e.kind, &e.name))
            .collect(),
    };
    for lane in visible_lanes(map, options) {
        let (content, content_height) = shown.content(lane, measure);
        let title = title(lane, measure);
        let height = content_height.max(title.last().map_or(0.0, |r| r.at.y + 12.0))
            + if lane.kind == LaneKind::Backstage {
                VISIBILITY
            } else {
                0.0
            };
        lanes.push(LaneBand {
            id: lane.id.clone(),
            kind: lane.kind,
            title,
            far_title: far_title(lane, height, measure),
            y,
            height,
            content,
        });
        y += f64::from(height);
    }
    Layout {
        width,
        height: y + f64::from(size::MARGIN),
        header,
        band_y,
        band_height,
        stages,
        steps,
        lanes,
    }
}

/// Height of the line of visibility above the backstage lane.
pub const VISIBILITY: f32 = 26.0;

fn visible_lanes<'a>(map: &'a Map, options: &Options) -> Vec<&'a Lane> {
    match &options.lanes {
        Some(ids) => ids.iter().filter_map(|id| map.lanes().get(id)).collect(),
        None => map.lanes().iter().filter(|lane| !lane.hidden).collect(),
    }
}

fn title(lane: &Lane, measure: &mut dyn Measure) -> Vec<Run> {
    let width = size::TITLES - 24.0;
    let block = Block::new(lane.title(), size::LANE, Ink::Normal, width, measure);
    let mut runs = Vec::new();
    let top = size::LANE_PAD
        + if lane.kind == LaneKind::Backstage {
            VISIBILITY
        } else {
            0.0
        };
    block.place(0.0, top, &mut runs);
    runs
}

fn far_title(lane: &Lane, height: f32, measure: &mut dyn Measure) -> Vec<Run> {
    let top = if lane.kind == LaneKind::Backstage {
        VISIBILITY
    } else {
        4.0
    };
    let room = (size::TITLES - 10.0, height - top - 4.0);
    let sizes = [38.0, 32.0, 26.0, 21.0];
    let block = card::largest(lane.title(), &sizes, room, Ink::Normal, measure);
    let mut runs = Vec::new();
    block.place(-8.0, top, &mut runs);
    runs
}

/// Everything that lanes look at.
struct Shown<'a> {
    map: &'a Map,
    flow: &'a Flow,
    touchpoints: &'a [&'a Touchpoint],
    stages: &'a [Stage],
    steps: &'a [Step],
    names: card::Names,
    hidden_curves: &'a BTreeSet<PersonaId>,
    /// By place in the list of channels; guessing from words is slow.
    channel_icons: Vec<Icon>,
    /// By place in the list of environments.
    environment_icons: Vec<Icon>,
}

impl Shown<'_> {
    fn content(&self, lane: &Lane, measure: &mut dyn Measure) -> (Content, f32) {
        match lane.kind {
            LaneKind::Touchpoints => self.cards(measure),
            LaneKind::Feelings => self.curves(measure),
            LaneKind::Channels => self.channels(measure),
            LaneKind::Environments => self.environments(measure),
            LaneKind::Departments => self.departments(measure),
            LaneKind::Thoughts
            | LaneKind::Motivations
            | LaneKind::Pains
            | LaneKind::Opportunities
            | LaneKind::Backstage
            | LaneKind::Measurements
            | LaneKind::Custom => self.cells(lane, measure),
        }
    }
}

/// How wide a persona's box in the header is.
const PERSONA: f32 = 330.0;

fn header(map: &Map, width: f32, measure: &mut dyn Measure) -> Header {
    let left = size::MARGIN;
    let room = (width - 2.0 * left).max(PERSONA);
    let count = map.personas().len() as f32;
    let beside = room - count * (PERSONA + 16.0);
    let text_width = if beside >= 420.0 { beside } else { room }.min(860.0);

    let mut runs = Vec::new();
    let mut y = size::MARGIN;
    let kind = match map.header().kind {
        crate::model::MapKind::Current => "Current journey",
        crate::model::MapKind::Future => "Future journey",
    };
    y = Block::new(kind, size::SMALL_STRONG, Ink::Accent, text_width, measure)
        .place(left, y, &mut runs);
    let title = match map.header().title.as_str() {
        "" => "Untitled journey",
        title => title,
    };
    y = Block::new(title, size::TITLE, Ink::Normal, text_width, measure).place(
        left,
        y + 2.0,
        &mut runs,
    );
    y = Block::new(
        &map.header().scenario,
        size::LEAD,
        Ink::Soft,
        text_width,
        measure,
    )
    .place(left, y + 4.0, &mut runs);
    let measured = cell::measurements(&map.header().measurements);
    y = Block::new(&measured, size::STRONG, Ink::Normal, text_width, measure).place(
        left,
        y + 6.0,
        &mut runs,
    );

    let (mut x, top) = if beside >= 420.0 {
        (left + text_width + 24.0, size::MARGIN)
    } else {
        (left, y + 16.0)
    };
    let mut personas = Vec::new();
    let mut bottom: f32 = y;
    let mut row_top = top;
    for (index, persona) in map.personas().iter().enumerate() {
        if x + PERSONA > left + room + 1.0 && x > left {
            x = left;
            row_top = bottom + 16.0;
        }
        let inner = PERSONA - 76.0;
        let text_left = x + 62.0;
        let mut py = row_top + 12.0;
        py = Block::new(persona.name(), size::NAME, Ink::Normal, inner, measure)
            .place(text_left, py, &mut runs);
        py = Block::new(&persona.role, size::SMALL, Ink::Soft, inner, measure).place(
            text_left,
            py + 1.0,
            &mut runs,
        );
        if !persona.quote.is_empty() {
            let quote = format!("“{}”", persona.quote);
            py = Block::new(&quote, size::QUOTE, Ink::Normal, inner, measure).place(
                text_left,
                py + 5.0,
                &mut runs,
            );
        }
        if let Some(goal) = persona.goals.first() {
            let goal = format!("Wants: {goal}");
            py = Block::new(&goal, size::SMALL, Ink::Soft, inner, measure).place(
                text_left,
                py + 5.0,
                &mut runs,
            );
        }
        let height = (py + 12.0 - row_top).max(70.0);
        personas.push((index, Rect::new(x, row_top, PERSONA, height)));
        bottom = bottom.max(row_top + height);
        x += PERSONA + 16.0;
    }
    Header {
        runs,
        personas,
        height: bottom + 22.0,
    }
}
