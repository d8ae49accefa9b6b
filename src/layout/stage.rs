//! A stage of the layout, reused from one layout to the next.
//!
//! The layout that depends only on a stage's own records is kept while these are unchanged. The
//! content of its lanes depends on further inputs (heights of rows, neighbouring faces), which form
//! its cache key.
//! Must not know: the scene.

use super::LayoutInputs;
use super::card::{Card, overview_room, shown_name};
use super::curve::FacePositions;
use super::grid::{Grid, GridStep, StepCounter};
use super::route::StageRoutes;
use super::stage_band::StageBand;
use crate::graph::{LinkTarget, StageCarry, StageFlow};
use crate::model::{self, IndexedList, Map, StageId, Touchpoint};
use crate::theme::size;
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

impl StageLayout {
    /// The touchpoints in order.
    pub fn steps(&self) -> &[GridStep] {
        &self.grid.steps
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
        let grid = Grid::of(&flow);
        let mut needs = vec![0.0; grid.rows()];
        let mut overview_level = 0;
        let cards: Arc<[Card]> = touchpoints
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
        let width = columns as f32 * shown.text.sizes.pitch() + 2.0 * size::STAGE_PAD;
        StageLayout {
            id: record.id.clone(),
            x: 0.0,
            band: StageBand::new(record, width, shown.map, &mut shown.text),
            columns,
            first_column: 0,
            first_step: 0,
            previous_index: None,
            band_changed: true,
            face_positions: FacePositions::of(shown, touchpoints, &grid.steps),
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
