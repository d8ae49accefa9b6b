//! Geometry index of the journey: the cell of each touchpoint in each lane, filled or empty.
//!
//! Must not know: the scene, windows, pointers.

use super::lane::LaneBand;
use super::{Layout, StageLayout};
use crate::geom::Area;
use crate::graph::locate;
use crate::model::{LaneId, Map, TouchpointId};

impl Layout {
    /// Area of a touchpoint's cell in a lane: its content, or the line on which the first text
    /// would be written. `None` if the lane has no such cell.
    pub fn cell_area(&self, map: &Map, lane: &LaneId, id: &TouchpointId) -> Option<Area> {
        let band = self.lanes.iter().find(|band| band.id == *lane)?;
        let (at, step) = locate(map, id)?;
        let place = *band.parts.get(at)?.places.get(step)?;
        let (left, right) = self.column(self.stages.get(at)?, step)?;
        Some(Area {
            left,
            top: band.y + f64::from(place.top),
            right,
            bottom: band.y + f64::from(place.bottom),
        })
    }

    /// The lane and the touchpoint of the cell at a point of the map, if the lane takes text. Of
    /// several touchpoints in a column, the first with an empty cell, else the main step.
    pub fn cell_at(&self, map: &Map, (x, y): (f64, f64)) -> Option<(LaneId, TouchpointId)> {
        let within = |band: &&LaneBand| band.y <= y && y < band.y + f64::from(band.height);
        let band = self.lanes.iter().find(within)?;
        map.lanes()
            .get(&band.id)
            .filter(|lane| lane.accepts_new_text())?;
        let after = self.stages.partition_point(|stage| stage.x <= x);
        let at = after.checked_sub(1)?;
        let stage = &self.stages[at];
        let places = &band.parts.get(at)?.places;
        let below = |step: &usize| {
            let column = self.column(stage, *step);
            column.is_some_and(|(left, right)| left <= x && x < right)
        };
        let mut steps = (0..places.len()).filter(below);
        let empty = steps.clone().find(|step| places[*step].is_empty);
        let step = empty.or_else(|| steps.next())?;
        let touchpoint = map.touchpoints_in(&stage.id).get(step)?;
        Some((band.id.clone(), touchpoint.id.clone()))
    }

    /// Left and right edge of the column of a step, on the map.
    fn column(&self, stage: &StageLayout, step: usize) -> Option<(f64, f64)> {
        let sizes = self.density.sizes();
        let left = stage.x + f64::from(sizes.card_x(stage.steps().get(step)?.column));
        Some((left, left + f64::from(sizes.card)))
    }
}

#[cfg(test)]
mod tests {
    use crate::layout::{LaneContent, LayoutOptions, layout};
    use crate::model::arbitrary;
    use crate::text::FixedWidth;
    use proptest::prelude::{ProptestConfig, prop_assert, prop_assert_eq, proptest};

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(48))]
        #[test]
        fn every_touchpoint_has_a_cell_in_every_lane_that_takes_text(map in arbitrary::map()) {
            let layout = layout(&map, &LayoutOptions::default(), &mut FixedWidth);
            for band in &layout.lanes {
                let takes = map.lanes().get(&band.id).is_some_and(|lane| lane.accepts_new_text());
                for (touchpoint, stage) in map.touchpoints().map(|t| (t, map.stage_of(&t.id))) {
                    let area = layout.cell_area(&map, &band.id, &touchpoint.id);
                    prop_assert!(!takes || area.is_some());
                    let Some(area) = area else { continue };
                    prop_assert!(area.top >= band.y - 4.0 && area.height() > 0.0);
                    let (x, y) = (area.center_x(), f64::midpoint(area.top, area.bottom));
                    if takes && y < band.y + f64::from(band.height) {
                        let (lane, found) = layout.cell_at(&map, (x, y)).unwrap();
                        prop_assert_eq!(&lane, &band.id);
                        prop_assert_eq!(map.stage_of(&found), stage);
                    }
                }
            }
        }

        #[test]
        fn empty_cells_lie_below_the_texts_of_their_column(map in arbitrary::map()) {
            let layout = layout(&map, &LayoutOptions::default(), &mut FixedWidth);
            for band in &layout.lanes {
                for (stage, part) in layout.stages.iter().zip(&band.parts) {
                    let Some(LaneContent::Cells(cells)) = part.content.as_deref() else {
                        continue;
                    };
                    for (step, place) in part.places.iter().enumerate() {
                        let column = stage.steps()[step].column;
                        let own = cells.iter().find(|cell| cell.step == step);
                        prop_assert_eq!(own.is_none(), place.is_empty);
                        if let Some(own) = own {
                            prop_assert_eq!((own.area.min.y, own.area.max.y), (place.top, place.bottom));
                            continue;
                        }
                        let mut others = cells.iter().filter(|c| stage.steps()[c.step].column == column);
                        prop_assert!(others.all(|other| other.area.max.y <= place.top));
                    }
                }
            }
        }
    }
}
