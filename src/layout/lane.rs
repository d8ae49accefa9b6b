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
use super::shared_inputs::LayoutOptions;
use super::text_block::{TextContext, TextRole, TextRun};
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
    /// The title for overview zoom.
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
        (content, legend): (f32, LaneLegend),
        text: &mut TextContext<'_>,
    ) -> LaneBand {
        let sizes = text.sizes;
        let visibility = visibility(lane.kind);
        let field = Some(Field::Name);
        let width = sizes.title_column - 24.0;
        let block = text.block(lane.title(), size::LANE, TextRole::Normal, width);
        let mut title = Vec::new();
        block.place_field(field, 0.0, sizes.lane_pad + visibility, &mut title);
        let height = content.max(title.last().map_or(0.0, |r| r.at.y + 12.0)) + visibility;

        let top = if visibility > 0.0 { visibility } else { 4.0 };
        let room = (sizes.title_column - 10.0, height - top - 4.0);
        let far_sizes = [38.0, 32.0, 26.0, 21.0];
        let block = text.fit_largest(lane.title(), &far_sizes, room, TextRole::Normal);
        let mut far_title = Vec::new();
        block.place_field(field, -8.0, top, &mut far_title);
        LaneBand {
            id: lane.id.clone(),
            kind: lane.kind,
            title,
            far_title,
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

/// The lanes to show, from top to bottom.
pub(super) fn visible_lanes<'a>(map: &'a Map, options: &LayoutOptions) -> Vec<&'a Lane> {
    match &options.lanes {
        Some(ids) => ids.iter().filter_map(|id| map.lanes().get(id)).collect(),
        None => {
            let lanes = map.lanes().iter().filter(|lane| !lane.hidden);
            lanes.filter(|lane| is_worth_showing(map, lane)).collect()
        }
    }
}

/// The lane of touchpoints, if it is shown.
pub(super) fn touchpoints(lanes: &[LaneBand]) -> Option<&LaneBand> {
    lanes.iter().find(|lane| lane.kind == LaneKind::Touchpoints)
}

/// Whether a lane for text is empty.
pub(super) fn is_empty(lane: &Lane, parts: &[LanePart], sizes: &Sizes) -> bool {
    let first = text_cells::first_line_y(lane.kind, sizes);
    lane.accepts_new_text() && parts.iter().all(|part| part.bottom <= first)
}
