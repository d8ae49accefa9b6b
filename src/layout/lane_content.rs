//! Content of the lanes by stage, with its cache key: a part is laid out again if its key changed.
//!
//! Must not know: where stages are on the map, how anything is drawn.

use super::lane::{self, LaneBand, LaneContent, LaneLegend, LanePart};
use super::{
    Layout, LayoutInputs, LayoutOptions, StageLayout, curve, dominators, figures, route, row_lanes,
    text_cells,
};
use crate::model::{Lane, LaneKind};
use crate::text::Measure;
use crate::theme::size;

impl Layout {
    /// Updates the shown lanes, from top to bottom; unchanged parts are kept.
    pub(super) fn update_lanes(
        &mut self,
        shown: &LayoutInputs<'_>,
        options: &LayoutOptions,
        measure: &mut dyn Measure,
    ) {
        let lanes = lane::visible_lanes(shown.map, options);
        let was: Vec<Option<usize>> = lanes
            .iter()
            .map(|lane| {
                self.lanes
                    .iter()
                    .position(|f| f.id == lane.id && f.kind == lane.kind)
            })
            .collect();
        let former = &mut self.lanes;
        let mut parts: Vec<Vec<LanePart>> = Vec::with_capacity(lanes.len());
        for was in &was {
            let lane = was.and_then(|was| former.get_mut(was));
            parts.push(lane.map_or_else(Vec::new, |lane| std::mem::take(&mut lane.parts)));
        }
        self.lanes.clear();
        let still = |(k, stage): (usize, &StageLayout)| stage.previous_index == Some(k);
        if self.previous_counts.0 != self.stages.len() || !self.stages.iter().enumerate().all(still)
        {
            for parts in &mut parts {
                let mut former = std::mem::take(parts);
                let kept = |stage: &StageLayout| {
                    let part = stage.previous_index.and_then(|was| former.get_mut(was));
                    part.map(std::mem::take).unwrap_or_default()
                };
                *parts = self.stages.iter().map(kept).collect();
            }
        }
        let actions = shown.map.actions().stamp();
        // Contiguous, because every lane visits all of them.
        let versions: Vec<u64> = self.stages.iter().map(|stage| stage.version).collect();
        let mut y = self.band_y + f64::from(self.band_height);
        for ((lane, was), mut parts) in lanes.into_iter().zip(was).zip(parts) {
            parts.resize_with(self.stages.len(), LanePart::default);
            let parts_of = (&mut *parts, &*versions);
            let (height, legend) = self.update_lane(shown, lane, parts_of, actions, measure);
            let mut band = LaneBand::new(lane, was, (height, legend), shown.sizes, measure);
            band.is_empty = lane::is_empty(lane, &parts, shown.sizes);
            band.parts = parts;
            band.y = y;
            y += f64::from(band.height);
            self.lanes.push(band);
        }
        self.height = y + f64::from(size::MARGIN);
    }

    /// Updates the content of a lane in each stage; returns its height and legend.
    fn update_lane(
        &mut self,
        shown: &LayoutInputs<'_>,
        lane: &Lane,
        (parts, versions): (&mut [LanePart], &[u64]),
        actions: u64,
        measure: &mut dyn Measure,
    ) -> (f32, LaneLegend) {
        let map = shown.map;
        let stages = &self.stages;
        match lane.kind {
            LaneKind::Touchpoints => {
                let (rows, version) = &self.rows;
                let mut key = Vec::new();
                for (k, part) in parts.iter_mut().enumerate() {
                    key.clear();
                    key.push(*version);
                    route::part_key(stages, k, &mut key);
                    if part.update_key(&key) {
                        let stage = &stages[k];
                        let mut cards =
                            shown.place_cards(&stage.cards, stage.steps(), rows, measure);
                        for at in &stage.dominators {
                            let card = &mut cards[*at];
                            card.dominator_mark =
                                Some(dominators::dominator_mark(card.rect, shown.sizes));
                        }
                        let routes = route::routes(shown, stages, k, rows);
                        part.content = Some(Box::new(LaneContent::Cards { cards, routes }));
                    }
                }
                (rows.lane_height(), LaneLegend::None)
            }
            LaneKind::Feelings => {
                for (k, (stage, part)) in stages.iter().zip(parts).enumerate() {
                    let (around, changed) = self.curves.neighbors_of(k, stage.previous_index);
                    if part.update_key(&[stage.version]) || changed {
                        let touchpoints = map.touchpoints_in(&stage.id);
                        let curve = shown.curve(stage, around, touchpoints, measure);
                        part.bottom = curve::content_bottom(touchpoints, shown.sizes);
                        part.content = Some(Box::new(LaneContent::Curve(curve)));
                    }
                }
                (
                    curve::lane_height(shown.sizes),
                    LaneLegend::Scale(curve::scale(shown.sizes, measure)),
                )
            }
            kind @ (LaneKind::Channels | LaneKind::Environments | LaneKind::Departments) => {
                let mut words = row_lanes::PillTexts::default();
                let mut former: Option<(f64, usize)> = None;
                for (stage, part) in stages.iter().zip(parts) {
                    let joined = former.map(|(end, row)| (end - stage.x, row));
                    let (end, row) = joined.unwrap_or((f64::NAN, 0));
                    // An owner's pill shows the step's number if the name is too long.
                    let numbered = match kind {
                        LaneKind::Departments => stage.numbers_version,
                        _ => 0,
                    };
                    let key = [stage.version, numbered, end.to_bits(), row as u64];
                    if part.update_key(&key) {
                        let touchpoints = map.touchpoints_in(&stage.id);
                        let pills =
                            shown.pills(kind, stage, touchpoints, joined, &mut words, measure);
                        part.end = row_lanes::last_connected(&pills, stage.steps());
                        part.content = Some(Box::new(LaneContent::Pills(pills)));
                    }
                    if let Some((end, row)) = part.end {
                        former = Some((stage.x + f64::from(end), row as usize));
                    }
                }
                let unowned = stages.iter().any(|s| s.has_unowned);
                let (titles, height) = shown.row_titles(kind, unowned, measure);
                (height, LaneLegend::Rows(titles))
            }
            LaneKind::Storyboard
            | LaneKind::Thoughts
            | LaneKind::Motivations
            | LaneKind::Pains
            | LaneKind::Opportunities
            | LaneKind::Backstage
            | LaneKind::Measurements
            | LaneKind::Custom => {
                let about = match lane.kind {
                    LaneKind::Pains | LaneKind::Opportunities => actions,
                    _ => figures::content_version(map, lane),
                };
                let mut bottom: f32 = 0.0;
                for ((stage, part), version) in stages.iter().zip(parts).zip(versions) {
                    if part.update_key(&[*version, about]) {
                        let touchpoints = map.touchpoints_in(&stage.id);
                        let (cells, end) = shown.cells(lane, stage, touchpoints, measure);
                        part.bottom = end;
                        part.content = Some(Box::new(LaneContent::Cells(cells)));
                    }
                    bottom = bottom.max(part.bottom);
                }
                (
                    text_cells::lane_height(lane.kind, shown.sizes, bottom),
                    LaneLegend::None,
                )
            }
        }
    }
}
