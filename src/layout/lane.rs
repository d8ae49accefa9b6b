//! The lanes from top to bottom: visibility, titles, content.
//!
//! Must not know: how the content is laid out, colours.

use super::card::Card;
use super::cell_content::is_worth_showing;
use super::cell_place::CellPlace;
use super::curve::{FeelingScale, StageCurves};
use super::folded::FoldedCard;
use super::route::DrawnRoute;
use super::row_lanes::{Pill, RowTitle};
use super::text_block::{TextBlock, TextContext, TextRole, TextRun};
use super::text_cells::{self, TextCell, visibility};
use crate::model::{Field, Lane, LaneId, LaneKind, Map};
use crate::theme::{Sizes, size};

/// A lane as a horizontal band.
#[derive(Clone, Debug)]
pub struct LaneBand {
    /// The lane.
    pub id: LaneId,
    /// Kind of content.
    pub kind: LaneKind,
    /// The title, broken into lines, relative to the top left of the lane.
    pub title: Vec<TextRun>,
    /// The title for overview zoom, in the same size as those of the other lanes.
    pub far_title: Vec<TextRun>,
    /// Top.
    pub y: f64,
    /// Height.
    pub height: f32,
    /// Legend beside the title.
    pub legend: LaneLegend,
    /// Whether only the title is shown.
    pub is_folded: bool,
    /// Whether it is a lane for text without any text.
    pub is_empty: bool,
    /// Index in the previous layout; `None` if that had no such lane.
    pub previous_index: Option<usize>,
    /// The content by stage.
    pub parts: Vec<LanePart>,
}

/// Legend of a lane's content.
#[derive(Clone, Debug, Default)]
pub enum LaneLegend {
    /// No legend.
    #[default]
    None,
    /// The scale of feelings.
    Scale(FeelingScale),
    /// Titles of rows, top to bottom.
    Rows(Vec<RowTitle>),
}

/// Depth of letters below the baseline, in ems.
const DESCENT: f32 = 0.3;
/// Height of letters above the baseline, in ems.
const ASCENT: f32 = 0.8;

impl LaneLegend {
    /// Removes the texts that a long title of the lane reaches, down to `bottom`.
    fn clear_above(&mut self, bottom: f32) {
        let is_below = |run: &TextRun| run.at.y - run.style.size * ASCENT >= bottom;
        match self {
            LaneLegend::None => {}
            LaneLegend::Scale(scale) => scale.runs.retain(is_below),
            LaneLegend::Rows(rows) => {
                for row in rows {
                    row.runs.retain(is_below);
                }
            }
        }
    }
}

/// The content of a lane in one stage; y is relative to the top of the lane, x to the left of the
/// stage.
#[derive(Clone, Debug)]
pub enum LaneContent {
    /// Cards in timeline order, and the routes that start at them.
    Cards {
        /// The cards.
        cards: Vec<Card>,
        /// The routes.
        routes: Vec<DrawnRoute>,
    },
    /// The card of a folded stage, and the routes out of it.
    Folded {
        /// The card.
        card: FoldedCard,
        /// The routes.
        routes: Vec<DrawnRoute>,
    },
    /// Curves of feelings.
    Curve(StageCurves),
    /// Texts.
    Cells(Vec<TextCell>),
    /// Pills in rows.
    Pills(Vec<Pill>),
}

/// The part of a lane in one stage.
#[derive(Clone, Debug, Default)]
pub struct LanePart {
    /// Content to draw; taken by drawing, so `None` if unchanged since the last scene.
    pub content: Option<Box<LaneContent>>,
    /// Cache key: the inputs this part was laid out from. The first four are inline because every
    /// layout compares them.
    key: ([u64; 4], Vec<u64>),
    /// Bottom of the content, in a lane for text.
    pub(super) bottom: f32,
    /// The cells by step; none in a lane that has no cells.
    pub(super) places: Box<[CellPlace]>,
    /// Right end of the last pill with a connector, and its row.
    pub(super) end: Option<(f32, u32)>,
    /// Version of the numbers.
    pub(super) numbers_version: u64,
    /// Whether the numbers differ from those last drawn; taken by drawing.
    pub numbers_changed: bool,
}

impl LanePart {
    /// Empties the part, of a lane of this kind, because its stage or its lane is folded.
    pub(super) fn fold(&mut self, kind: LaneKind) {
        if self.update_key(&[u64::MAX]) {
            let content = if kind.has_rows() {
                LaneContent::Pills(Vec::new())
            } else {
                LaneContent::Cells(Vec::new())
            };
            *self = LanePart {
                content: Some(Box::new(content)),
                key: std::mem::take(&mut self.key),
                ..LanePart::default()
            };
        }
    }

    /// Updates the cache key; returns whether it changed and the part must be laid out again.
    pub(super) fn update_key(&mut self, key: &[u64]) -> bool {
        let (first, rest) = key.split_at(key.len().min(4));
        let mut head = [0; 4];
        head[..first.len()].copy_from_slice(first);
        let stale = self.key.0 != head || self.key.1 != rest;
        if stale {
            self.key = (head, rest.to_vec());
        }
        stale
    }
}

impl LaneBand {
    /// A lane whose content has this height; its position is set later.
    pub(super) fn new(
        lane: &Lane,
        was: Option<usize>,
        (content, mut legend): (f32, LaneLegend),
        text: &mut TextContext<'_>,
    ) -> LaneBand {
        let sizes = text.sizes;
        let visibility = visibility(lane.kind);
        let field = Some(Field::Name);
        let width = sizes.title_column - 24.0;
        let block = text.block(lane.title(), size::LANE, TextRole::Normal, width);
        let mut title = Vec::new();
        block.place_field(field, 0.0, sizes.lane_pad + visibility, &mut title);
        if let Some(last) = title.last() {
            legend.clear_above(last.at.y + last.style.size * DESCENT);
        }
        let height = content.max(title.last().map_or(0.0, |r| r.at.y + 12.0)) + visibility;

        // The smallest overview title fits, however low the content is.
        let smallest = sizes.overview_names.len() - 1;
        let far = overview_title(lane.title(), smallest, text);
        let height = height.max(overview_top(lane.kind) + far.height() + OVERVIEW_PADDING);
        LaneBand {
            id: lane.id.clone(),
            kind: lane.kind,
            title,
            far_title: Vec::new(),
            y: 0.0,
            height,
            legend,
            is_folded: false,
            is_empty: false,
            previous_index: was,
            parts: Vec::new(),
        }
    }
}

/// Distance of an overview title from the borders of its lane.
const OVERVIEW_PADDING: f32 = 4.0;

/// Top of the overview title of a lane.
fn overview_top(kind: LaneKind) -> f32 {
    visibility(kind).max(OVERVIEW_PADDING)
}

/// Width of the overview titles.
fn overview_width(sizes: &Sizes) -> f32 {
    sizes.title_column - 10.0
}

fn overview_title(title: &str, level: usize, text: &mut TextContext<'_>) -> TextBlock {
    let width = overview_width(text.sizes);
    text.overview_block(level, title, TextRole::Normal, width)
}

/// Adds the titles for overview zoom, in the largest size at which all of them fit.
pub(super) fn add_overview_titles(
    lanes: &[&Lane],
    bands: &mut [LaneBand],
    text: &mut TextContext<'_>,
) {
    let width = overview_width(text.sizes);
    // A folded lane has no room for a large title and keeps its usual one.
    let open = lanes
        .iter()
        .zip(&*bands)
        .filter(|(_, band)| !band.is_folded);
    let level = open.fold(0, |level, (lane, band)| {
        let height = band.height - overview_top(lane.kind) - OVERVIEW_PADDING;
        text.overview_level(level, lane.title(), (width, height))
    });
    for (lane, band) in lanes.iter().zip(bands) {
        if band.is_folded {
            band.far_title.clone_from(&band.title);
            continue;
        }
        let block = overview_title(lane.title(), level, text);
        let top = overview_top(lane.kind);
        block.place_field(Some(Field::Name), -8.0, top, &mut band.far_title);
    }
}

/// The lanes to show, from top to bottom: the chosen ones, or those that the map shows.
pub fn visible_lanes<'a>(map: &'a Map, chosen: Option<&[LaneId]>) -> Vec<&'a Lane> {
    match chosen {
        Some(ids) => ids.iter().filter_map(|id| map.lanes().get(id)).collect(),
        None => {
            let lanes = map.lanes().iter().filter(|lane| !lane.hidden);
            lanes.filter(|lane| is_worth_showing(map, lane)).collect()
        }
    }
}

/// Whether a lane for text is empty.
pub(super) fn is_empty(lane: &Lane, parts: &[LanePart], sizes: &Sizes) -> bool {
    let first = text_cells::first_line_y(lane.kind, sizes);
    lane.accepts_new_text() && parts.iter().all(|part| part.bottom <= first)
}
