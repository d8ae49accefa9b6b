//! A stage of the layout: what is kept of it from one layout to the next.
//!
//! All that a stage says by itself is derived once and kept while its records
//! stay as they are. What a lane holds in it hangs on a little more (the height
//! of rows, the faces next door): that is its key, and while the key stays the
//! same, so does the part.

use super::Shown;
use super::card::Card;
use super::curve::Spots;
use super::grid::{BandText, Grid, Step};
use super::route::Ways;
use super::text_block::Run;
use crate::geom::Rect;
use crate::graph::{Open, StageFlow, To};
use crate::model::{self, List, StageId, Touchpoint};
use crate::text::Measure;
use crate::theme::size;
use std::sync::Arc;

/// A stage as a run of columns.
#[derive(Clone, Debug)]
pub struct Stage {
    /// Which stage.
    pub id: StageId,
    /// Its left edge on the map.
    pub x: f64,
    /// Its width.
    pub width: f32,
    /// How many columns it has, at least one.
    pub columns: usize,
    /// The column its first column is, counted from the first of the map.
    pub first_column: usize,
    /// How many touchpoints stand before it.
    pub first_step: usize,
    /// Name, goal and owner, relative to the top left of its part of the band.
    pub runs: Vec<Run>,
    /// The name alone, as large as the band lets it be, for reading from afar.
    pub far: Vec<Run>,
    /// Where the owner's colour (or the hatching for no owner) goes in the band.
    pub owner_mark: Rect,
    /// Its place in the layout before; `None` where that had no such stage.
    pub was: Option<usize>,
    /// Whether its part of the band differs from the layout before.
    pub band_fresh: bool,
    pub(super) grid: Grid,
    pub(super) record: model::Stage,
    /// The stamp of its touchpoints and what the stages before left open.
    pub(super) made_of: (u64, Open),
    pub(super) flow: StageFlow,
    /// Which of its legs leave it.
    pub(super) outward: Vec<usize>,
    pub(super) ways: Ways,
    /// Which of its cards every customer passes, where that is shown.
    pub(super) passed: Vec<usize>,
    pub(super) spots: Spots,
    /// Cards at (0, 0) with the heights they need, without numbers.
    pub(super) cards: Arc<[Card]>,
    /// The greatest height that a card of each row needs.
    pub(super) needs: Vec<f32>,
    /// Where its text on the band ends.
    pub(super) band_bottom: f32,
    pub(super) unowned: bool,
    /// The last main number before it and how many side branches followed that.
    pub(super) count: (usize, usize),
    /// Another number for every other content, side branches' numbers included.
    pub(super) version: u64,
    /// Another number for all other numbers on cards.
    pub(super) numbered: u64,
}

impl Stage {
    /// Its touchpoints in order.
    pub fn steps(&self) -> &[Step] {
        &self.grid.steps
    }

    /// Derives all that a stage says by itself.
    pub(super) fn new(
        shown: &Shown<'_>,
        record: &model::Stage,
        list: &List<Touchpoint>,
        before: &Open,
        version: u64,
        measure: &mut dyn Measure,
    ) -> Stage {
        let touchpoints = list.as_slice();
        let flow = StageFlow::of(list, before);
        let grid = Grid::of(&flow);
        let mut needs = vec![0.0; grid.rows()];
        let cards: Arc<[Card]> = touchpoints
            .iter()
            .zip(&grid.steps)
            .map(|(touchpoint, step)| {
                let card = shown.card(touchpoint, measure);
                needs[step.row] = f32::max(needs[step.row], card.rect.height());
                card
            })
            .collect();
        let columns = grid.mains.max(1);
        let mut stage = Stage {
            id: record.id.clone(),
            x: 0.0,
            width: columns as f32 * shown.sizes.pitch() + 2.0 * size::STAGE_PAD,
            columns,
            first_column: 0,
            first_step: 0,
            runs: Vec::new(),
            far: Vec::new(),
            owner_mark: Rect::default(),
            was: None,
            band_fresh: true,
            spots: Spots::of(shown, touchpoints, &grid.steps),
            made_of: (list.stamp(), before.clone()),
            record: record.clone(),
            ways: Ways::default(),
            passed: Vec::new(),
            outward: (0..flow.legs.len())
                .filter(|leg| !matches!(flow.legs[*leg].to, To::Here(_)))
                .collect(),
            flow,
            grid,
            cards,
            needs,
            band_bottom: 0.0,
            unowned: touchpoints.iter().any(|t| t.owner.is_none()),
            // No count is like this one: the first true one numbers the steps.
            count: (usize::MAX, 0),
            version,
            numbered: version,
        };
        let text = BandText::of(record, stage.width, shown.map, shown.sizes, measure);
        stage.runs = text.runs;
        stage.owner_mark = text.owner_mark;
        stage.band_bottom = text.bottom;
        stage
    }

    /// Whether it stands for these touchpoints, after what the stages before left open.
    pub(super) fn holds(&self, stamp: u64, before: &Open) -> bool {
        self.made_of.0 == stamp && self.made_of.1 == *before
    }

    /// Whether any side branch says its number in the lanes.
    pub(super) fn has_sides(&self) -> bool {
        self.grid.mains < self.grid.steps.len()
    }
}
