//! Geometry index of the journey: the cell of each touchpoint in each lane, filled or empty, and
//! the places of the next card and the next stage.
//!
//! Must not know: the scene, windows, pointers.

use super::lane::LaneBand;
use super::{Layout, StageLayout, lane};
use crate::geom::Area;
use crate::graph::locate;
use crate::model::{LaneId, Map, TouchpointId};
use crate::theme::size;

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

    /// Area in which the next card of a stage would stand, by place in the layout: a whole card in
    /// an empty stage, else what is free to the right of the last card of the main line. `None`
    /// without a lane of touchpoints.
    pub fn next_card(&self, stage: usize) -> Option<Area> {
        let band = lane::touchpoints(&self.lanes)?;
        let stage = self.stages.get(stage)?;
        let sizes = self.density.sizes();
        let left = match stage.grid.main_count.min(stage.columns) {
            0 => sizes.card_x(0),
            mains => sizes.card_x(mains - 1) + sizes.card,
        };
        let (rows, _) = &self.rows;
        let right = stage.x + f64::from(stage.band.width - size::STAGE_PAD);
        let left = stage.x + f64::from(left);
        let top = band.y + f64::from(rows.top(0));
        let height = f64::from(rows.height(0));
        Some(Area::new(left, top, right - left, height))
    }

    /// Area on the band right of the last stage, in which the next one would begin.
    pub fn next_stage(&self) -> Area {
        let first = f64::from(size::MARGIN + self.density.sizes().title_column);
        let last = self.stages.last();
        let left = last.map_or(first, |stage| stage.x + f64::from(stage.band.width));
        let width = (self.width - left).max(0.0);
        Area::new(left, self.band_y, width, f64::from(self.band_height))
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

    #[test]
    fn the_next_card_and_stage_have_free_places() {
        let text = r#"(title: "T", stages: [
            (name: "A", touchpoints: [(name: "a"), (name: "b")]), (name: "B")])"#;
        let map = crate::format::read(text.as_bytes()).unwrap().map;
        let layout = layout(&map, &LayoutOptions::default(), &mut FixedWidth);
        let cards = layout.lanes.iter().flat_map(|lane| &lane.parts);
        let cards = cards.filter_map(|part| match part.content.as_deref()? {
            LaneContent::Cards { cards, .. } => cards.last(),
            _ => None,
        });
        let card = cards.last().unwrap().rect;
        let next = layout.next_card(0).unwrap();
        assert_eq!(next.left, layout.stages[0].x + f64::from(card.max.x));
        assert!(next.width() > 8.0 && next.right < layout.stages[1].x);
        let first = layout.next_card(1).unwrap();
        assert_eq!(first.height(), next.height());
        assert!(first.width() >= f64::from(layout.density.sizes().card));
        let stage = layout.next_stage();
        assert!(stage.left > first.right && stage.right <= layout.width);
        assert_eq!(layout.next_card(2), None);
    }
}
