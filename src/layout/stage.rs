//! A stage of the layout, reused from one layout to the next.
//!
//! The layout that depends only on a stage's own records is kept while these are unchanged. The
//! content of its lanes depends on further inputs (heights of rows, neighbouring faces), which form
//! its cache key.
//! Must not know: the scene.

use super::LayoutInputs;
use super::card::{Card, overview_room, shown_name};
use super::curve::FacePositions;
use super::folded::FoldedCard;
use super::grid::{Grid, GridStep, StepCounter};
use super::route::StageRoutes;
use super::stage_band::StageBand;
use crate::graph::{LinkTarget, StageCarry, StageFlow};
use crate::model::{self, IndexedList, Map, StageId, Touchpoint};
use crate::theme::{Sizes, size};
use std::sync::Arc;

/// A stage as a run of columns.
#[derive(Clone, Debug)]
pub struct StageLayout {
    /// The stage.
    pub id: StageId,
    /// Left edge on the map.
    pub x: f64,
    /// Its part of the band.
    pub band: StageBand,
    /// Room that stays free in front of the stage, for stages of the map that is compared.
    pub(super) room_before: f64,
    /// Number of columns, at least one.
    pub columns: usize,
    /// Index of the first column, counted from the first of the map.
    pub first_column: usize,
    /// Number of touchpoints in the stages before.
    pub first_step: usize,
    /// Index in the previous layout; `None` if that had no such stage.
    pub previous_index: Option<usize>,
    /// Whether the part of the band differs from the previous layout.
    pub band_changed: bool,
    /// The card that stands for the touchpoints, if the stage is folded.
    pub(super) folded: Option<FoldedCard>,
    pub(super) grid: Grid,
    pub(super) record: model::Stage,
    /// Stamp of the touchpoints, and the state carried over from the stages before.
    pub(super) source_key: (u64, StageCarry),
    pub(super) flow: StageFlow,
    /// Indices of the legs that leave the stage.
    pub(super) outgoing_legs: Vec<usize>,
    pub(super) routes: StageRoutes,
    /// Indices of the cards that every customer passes, if these are shown.
    pub(super) dominators: Vec<usize>,
    pub(super) face_positions: FacePositions,
    /// Cards at (0, 0) with the heights they need, without numbers.
    pub(super) cards: Arc<[Card]>,
    /// Maximum height needed by a card of each row.
    pub(super) needs: Vec<f32>,
    /// The level of overview names at which all names of the cards fit.
    pub(super) overview_level: usize,
    pub(super) has_unowned: bool,
    /// The counter before this stage.
    pub(super) numbers_before: StepCounter,
    /// Version, changed whenever the content changes, including the room for numbers.
    pub(super) version: u64,
    /// Version of the numbers.
    pub(super) numbers_version: u64,
}

/// Width of a stage with so many columns at this distance.
fn stage_width(columns: usize, pitch: f32) -> f32 {
    columns as f32 * pitch + 2.0 * size::STAGE_PAD
}

impl LayoutInputs<'_> {
    /// Room in front of a stage that stays free for stages of the map that is compared.
    fn room_before(&self, stage: &StageId) -> f64 {
        let compared = self.shared.comparison();
        let columns = compared.and_then(|it| it.columns.get(stage));
        let free = columns.map_or(&[][..], |it| &it.free_before).iter();
        let pitch = self.text.sizes.pitch();
        free.map(|columns| f64::from(stage_width(*columns, pitch)))
            .sum()
    }
}

impl StageLayout {
    /// The touchpoints in order.
    pub fn steps(&self) -> &[GridStep] {
        &self.grid.steps
    }

    /// Whether the stage is folded.
    pub fn is_folded(&self) -> bool {
        self.folded.is_some()
    }

    /// Left and right edge of the card of a step, relative to the stage.
    pub(super) fn card_span(&self, step: &GridStep, sizes: &Sizes) -> (f32, f32) {
        let left = sizes.card_x(step.column);
        let width = match &self.folded {
            Some(card) => card.rect.width(),
            None => sizes.card,
        };
        (left, left + width)
    }

    /// Whether the stage has no owner; its cards without one then have a quiet sign.
    pub fn is_unowned(&self) -> bool {
        self.record.owner.is_none()
    }

    /// Lays out all that depends only on the stage's own records.
    pub(super) fn new(
        shown: &mut LayoutInputs<'_>,
        record: &model::Stage,
        list: &IndexedList<Touchpoint>,
        (index, before): (usize, &StageCarry),
        version: u64,
    ) -> StageLayout {
        let touchpoints = list.as_slice();
        let flow = StageFlow::of(shown.map, index, list, before);
        let is_folded = shown.folding.stages.contains(&record.id);
        let folded = is_folded.then(|| shown.folded_card(touchpoints));
        let (grid, drawn) = if is_folded {
            (Grid::folded(&flow), &[][..])
        } else {
            let compared = shown.shared.comparison();
            let apart = compared.and_then(|it| it.columns.get(&record.id));
            (Grid::of(&flow, apart), touchpoints)
        };
        let mut needs = vec![0.0; grid.rows()];
        if let (Some(card), Some(need)) = (&folded, needs.first_mut()) {
            *need = card.rect.height();
        }
        let mut overview_level = 0;
        let cards: Arc<[Card]> = drawn
            .iter()
            .zip(&grid.steps)
            .map(|(touchpoint, step)| {
                let card = shown.card(record, touchpoint);
                let height = card.rect.height();
                needs[step.row] = f32::max(needs[step.row], height);
                let room = overview_room(shown.text.sizes, height);
                let name = shown_name(touchpoint).0;
                overview_level = shown.text.overview_level(overview_level, name, room);
                card
            })
            .collect();
        let columns = grid.column_rows.len();
        let sizes = shown.text.sizes;
        let pitch = match folded {
            Some(_) => sizes.folded_card + sizes.gutter,
            None => sizes.pitch(),
        };
        let width = stage_width(columns, pitch);
        let band = if is_folded {
            StageBand::folded(record, width, shown.map, &mut shown.text)
        } else {
            StageBand::new(record, width, shown.map, &mut shown.text)
        };
        StageLayout {
            id: record.id.clone(),
            x: 0.0,
            room_before: shown.room_before(&record.id),
            band,
            columns,
            first_column: 0,
            first_step: 0,
            previous_index: None,
            band_changed: true,
            face_positions: FacePositions::of(shown, touchpoints, &grid.steps, is_folded),
            folded,
            source_key: (list.stamp(), before.clone()),
            record: record.clone(),
            routes: StageRoutes::default(),
            dominators: Vec::new(),
            outgoing_legs: (0..flow.edges.len())
                .filter(|leg| !matches!(flow.edges[*leg].to, LinkTarget::SameStage(_)))
                .collect(),
            flow,
            grid,
            cards,
            needs,
            overview_level,
            has_unowned: touchpoints.iter().any(|t| shown.map.lacks_owner(t)),
            // Differs from any real count, so that the first one numbers the steps.
            numbers_before: StepCounter {
                main: usize::MAX,
                branches: 0,
            },
            version,
            numbers_version: version,
        }
    }

    /// Whether the stage at this index was made from these touchpoints and this carried state.
    pub(super) fn is_current(
        &self,
        map: &Map,
        stamp: u64,
        (index, before): (usize, &StageCarry),
    ) -> bool {
        self.source_key.0 == stamp
            && self.source_key.1 == *before
            && self.flow.is_current(map, index)
    }
}
