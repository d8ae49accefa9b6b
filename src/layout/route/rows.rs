//! Heights of the rows of cards and the gaps between them, shared by all stages.
//!
//! Must not know: how routes are drawn.

use super::connect::stage_index;
use super::route_labels::raise_to;
use crate::layout::stage::StageLayout;
use crate::theme::{Density, Sizes};

/// The rows of cards and the gaps between them, shared by all stages.
#[derive(Clone, Debug, Default, PartialEq)]
pub(in crate::layout) struct CardRows {
    pub(super) tops: Vec<f32>,
    pub(super) heights: Vec<f32>,
    pub(super) band_bottom: f32,
    pub(super) density: Density,
}

impl CardRows {
    /// The rows needed by all stages together, below this many levels of loops.
    pub fn of(stages: &[StageLayout], levels: usize, density: Density) -> CardRows {
        let sizes = density.sizes();
        let mut heights = vec![sizes.card_height];
        let mut rooms = Vec::new();
        for (k, stage) in stages.iter().enumerate() {
            for (row, need) in stage.needs.iter().enumerate() {
                if row == heights.len() {
                    heights.push(sizes.card_height);
                }
                heights[row] = heights[row].max(*need);
            }
            for (row, room) in stage.routes.label_heights.iter().enumerate() {
                raise_to(&mut rooms, row, *room);
            }
            for w in &stage.routes.outgoing {
                let way = &stage.routes.all[*w];
                if let (false, Some(label)) = (way.is_above, &way.label) {
                    let to = &stages[stage_index(k, way.to)].grid.steps[way.to.1];
                    raise_to(&mut rooms, to.row, way.label_offset + label.height());
                }
            }
        }
        let above = if levels == 0 { 0.0 } else { 12.0 };
        let band_bottom = sizes.lane_pad + levels as f32 * sizes.loop_level + above;
        let mut tops = Vec::with_capacity(heights.len());
        let mut y = band_bottom;
        for (row, height) in heights.iter().enumerate() {
            let room = rooms.get(row).copied().unwrap_or(0.0);
            y += match (row, room > 0.0) {
                (0, false) => 0.0,
                (0, true) => room + 8.0,
                (_, false) => sizes.row_gap,
                (_, true) => sizes.row_gap.max(room + 22.0),
            };
            tops.push(y);
            y += height;
        }
        CardRows {
            tops,
            heights,
            band_bottom,
            density,
        }
    }

    pub(super) fn sizes(&self) -> &'static Sizes {
        self.density.sizes()
    }

    /// Top of the cards of a row.
    pub fn top(&self, row: usize) -> f32 {
        self.tops[row]
    }

    /// Height of the cards of a row.
    pub fn height(&self, row: usize) -> f32 {
        self.heights[row]
    }

    /// Height of the lane.
    pub fn lane_height(&self) -> f32 {
        let bottom = match (self.tops.last(), self.heights.last()) {
            (Some(top), Some(height)) => top + height,
            _ => self.band_bottom + self.sizes().row_gap,
        };
        bottom + self.sizes().lane_pad + 4.0
    }

    pub(super) fn middle(&self, row: usize) -> f32 {
        // Routes enter and leave cards of all rows at the height of the name.
        self.tops[row] + self.heights[row].min(self.sizes().card_height) / 2.0
    }

    pub(super) fn level(&self, level: usize) -> f32 {
        self.band_bottom - 12.0 - level as f32 * self.sizes().loop_level
    }
}
