//! The rows of the channel, environment and department lanes.
//!
//! Must not know: touchpoints, colours.

use super::text_block::{TextBlock, TextRole};
use crate::model::{DepartmentId, LaneKind, Map, Record};
use crate::text::Measure;
use crate::theme::{Sizes, size};

/// The rows of a lane, except the one for no owner: names and positions.
#[derive(Debug)]
pub(super) struct LaneRows {
    pub(super) rows: Vec<(TextBlock, f32, Option<DepartmentId>)>,
    pub(super) unowned_y: f32,
    pub(super) row: f32,
}

impl LaneRows {
    /// The rows of a lane, each as high as its name needs.
    pub(super) fn of(
        map: &Map,
        kind: LaneKind,
        sizes: &Sizes,
        measure: &mut dyn Measure,
    ) -> LaneRows {
        let mut names: Vec<(&str, Option<DepartmentId>)> = Vec::new();
        match kind {
            LaneKind::Channels => names.extend(map.channels().iter().map(|c| (c.name(), None))),
            LaneKind::Environments => {
                names.extend(map.environments().iter().map(|e| (e.name(), None)));
            }
            _ => names.extend(map.departments().iter().map(|d| {
                let name = if sizes.shows_all_text {
                    d.name()
                } else {
                    d.short_name()
                };
                (name, Some(d.id.clone()))
            })),
        }
        let title = sizes.text(size::LANE).size * size::LEADING;
        let mut y = sizes.lane_pad + title + 8.0 * sizes.spacing;
        let rows = names.into_iter().map(|(name, department)| {
            let block = row_name(name, TextRole::Soft, sizes, measure);
            let height = (block.height() + 8.0 * sizes.spacing).max(sizes.row);
            y += height;
            (block, y - height / 2.0, department)
        });
        let rows = rows.collect();
        LaneRows {
            rows,
            unowned_y: y + sizes.row / 2.0,
            row: sizes.row,
        }
    }

    /// The middle of a row, relative to the top of the lane.
    pub(super) fn middle(&self, row: usize) -> f32 {
        self.rows.get(row).map_or(self.unowned_y, |(_, y, _)| *y)
    }
}

/// The name of a row, at most two lines; pills show longer names.
pub(super) fn row_name(
    name: &str,
    ink: TextRole,
    sizes: &Sizes,
    measure: &mut dyn Measure,
) -> TextBlock {
    let style = sizes.text(size::SMALL);
    let mut block = TextBlock::new(name, style, ink, sizes.title_column - 40.0, measure);
    block.truncate_to_height(2.0 * style.size * size::LEADING + 0.1, measure);
    block
}
