//! Content of the lanes by stage, with its cache key: a part is laid out again if its key changed.
//!
//! Must not know: where stages are on the map, how anything is drawn.

use super::card::{OVERVIEW_CORNER, overview_room, shown_name};
use super::cell_place::{CellPlace, EMPTY_CELL};
use super::lane::{self, LaneBand, LaneContent, LaneLegend, LanePart};
use super::route::{self, CardRows};
use super::text_block::{NumberSlot, TextRole};
use super::text_cells::CELL_PADDING;
use super::{
    Card, GridStep, Layout, LayoutInputs, LayoutOptions, StageCurves, StageLayout, cell_content,
    curve, dominators, row_lanes, text_cells,
};
use crate::geom::{Rect, pt};
use crate::model::{Lane, LaneKind, Touchpoint};
use crate::theme::size;

impl Layout {
    /// Updates the shown lanes, from top to bottom; unchanged parts are kept.
    pub(super) fn update_lanes(&mut self, shown: &mut LayoutInputs<'_>, options: &LayoutOptions) {
        let lanes = lane::visible_lanes(shown.map, options.lanes.as_deref());
        let mut former = std::mem::take(&mut self.lanes);
        let still = |(k, stage): (usize, &StageLayout)| stage.previous_index == Some(k);
        let still = self.previous_counts.0 == self.stages.len()
            && self.stages.iter().enumerate().all(still);
        let actions = shown.map.actions().stamp();
        // Contiguous, because every lane visits all of them.
        let versions: Vec<u64> = self.stages.iter().map(|stage| stage.version).collect();
        let mut y = self.band_y + f64::from(self.band_height);
        for lane in &lanes {
            let same = |band: &LaneBand| band.id == lane.id && band.kind == lane.kind;
            let was = former.iter().position(same);
            let parts = was.map(|was| std::mem::take(&mut former[was].parts));
            let mut parts = parts.unwrap_or_default();
            if !still {
                let kept = |stage: &StageLayout| {
                    let part = stage.previous_index.and_then(|was| parts.get_mut(was));
                    part.map(std::mem::take).unwrap_or_default()
                };
                parts = self.stages.iter().map(kept).collect();
            }
            parts.resize_with(self.stages.len(), LanePart::default);
            let is_folded = options.folding.lanes.contains(&lane.id);
            let content = if is_folded {
                parts.iter_mut().for_each(|part| part.fold(lane.kind));
                (0.0, LaneLegend::None)
            } else {
                self.update_lane(shown, lane, (&mut parts, &versions), actions)
            };
            for (part, stage) in parts.iter_mut().zip(&self.stages) {
                part.numbers_changed |= part.numbers_version != stage.numbers_version;
                part.numbers_version = stage.numbers_version;
            }
            let mut band = LaneBand::new(lane, was, content, &mut shown.text);
            band.is_folded = is_folded;
            let folded = is_folded || self.stages.iter().any(StageLayout::is_folded);
            band.is_empty = !folded && lane::is_empty(lane, &parts, shown.text.sizes);
            band.parts = parts;
            band.y = y;
            y += f64::from(band.height);
            self.lanes.push(band);
        }
        lane::add_overview_titles(&lanes, &mut self.lanes, &mut shown.text);
        self.height = y + f64::from(size::MARGIN);
    }

    /// Updates the content of a lane in each stage; returns its height and legend.
    fn update_lane(
        &mut self,
        shown: &mut LayoutInputs<'_>,
        lane: &Lane,
        (parts, versions): (&mut [LanePart], &[u64]),
        actions: u64,
    ) -> (f32, LaneLegend) {
        let (map, sizes) = (shown.map, shown.text.sizes);
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
                        let routes = route::routes(shown, stages, k, rows);
                        if let Some(card) = &stage.folded {
                            let card = card.placed(rows.top(0), rows.height(0));
                            let folded = LaneContent::Folded { card, routes };
                            part.content = Some(Box::new(folded));
                            continue;
                        }
                        let mut cards = shown.place_cards(stage, (rows, self.overview_level));
                        for at in &stage.dominators {
                            let mark = dominators::dominator_mark(cards[*at].rect, sizes);
                            cards[*at].dominator_mark = Some(mark);
                        }
                        part.content = Some(Box::new(LaneContent::Cards { cards, routes }));
                    }
                }
                (rows.lane_height(), LaneLegend::None)
            }
            LaneKind::Feelings => {
                let scale = curve::scale(&mut shown.text);
                for (k, (stage, part)) in stages.iter().zip(parts).enumerate() {
                    let (around, changed) = self.curves.neighbors_of(k, stage.previous_index);
                    if part.update_key(&[stage.version, shown.front as u64]) || changed {
                        let touchpoints = map.touchpoints_in(&stage.id);
                        let curve = shown.curve(stage, around, touchpoints);
                        part.bottom = curve::content_bottom(touchpoints, sizes);
                        part.places = if stage.is_folded() {
                            Box::default()
                        } else {
                            face_places(&curve, touchpoints.len(), scale.neutral)
                        };
                        part.content = Some(Box::new(LaneContent::Curve(curve)));
                    }
                }
                (curve::lane_height(sizes), LaneLegend::Scale(scale))
            }
            kind @ (LaneKind::Channels | LaneKind::Environments | LaneKind::Departments) => {
                let mut words = row_lanes::PillTexts::default();
                let mut former: Option<(f64, usize)> = None;
                for (stage, part) in stages.iter().zip(parts) {
                    if stage.is_folded() {
                        part.fold(kind);
                        former = None;
                        continue;
                    }
                    let joined = former.map(|(end, row)| (end - stage.x, row));
                    let (end, row) = joined.unwrap_or((f64::NAN, 0));
                    let key = [stage.version, end.to_bits(), row as u64];
                    if part.update_key(&key) {
                        let touchpoints = map.touchpoints_in(&stage.id);
                        let pills = shown.pills(kind, stage, touchpoints, joined, &mut words);
                        part.end = row_lanes::last_connected(&pills, stage.steps());
                        part.content = Some(Box::new(LaneContent::Pills(pills)));
                    }
                    if let Some((end, row)) = part.end {
                        former = Some((stage.x + f64::from(end), row as usize));
                    }
                }
                let unowned = stages.iter().any(|s| s.has_unowned);
                let (titles, height) = shown.row_titles(kind, unowned);
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
                    _ => cell_content::content_version(map, lane),
                };
                let mut bottom: f32 = 0.0;
                for ((stage, part), version) in stages.iter().zip(parts).zip(versions) {
                    if stage.is_folded() {
                        part.fold(lane.kind);
                        continue;
                    }
                    if part.update_key(&[*version, about]) {
                        let touchpoints = map.touchpoints_in(&stage.id);
                        let (cells, places) = shown.cells(lane, stage, touchpoints);
                        let ends = cells.iter().map(|cell| cell.area.max.y - CELL_PADDING);
                        let top = text_cells::first_line_y(lane.kind, sizes);
                        part.bottom = ends.fold(top, f32::max);
                        part.places = places;
                        part.content = Some(Box::new(LaneContent::Cells(cells)));
                    }
                    bottom = bottom.max(part.bottom);
                }
                let height = text_cells::lane_height(lane.kind, sizes, bottom);
                (height, LaneLegend::None)
            }
        }
    }
}

/// The cells of this many touchpoints on the curve: faces with their labels, or a line at the
/// neutral score.
fn face_places(curve: &StageCurves, touchpoints: usize, neutral: f32) -> Box<[CellPlace]> {
    let mut places = vec![CellPlace::empty(neutral - EMPTY_CELL / 2.0); touchpoints];
    for face in &curve.faces {
        let label = face.label.as_ref().map(|label| label.rect);
        let rects = [Some(Rect::centered_square(face.at, face.size)), label];
        for rect in rects.into_iter().flatten() {
            let place = CellPlace::filled(rect.min.y, rect.max.y);
            places[face.step] = places[face.step].with(place);
        }
    }
    places.into()
}

impl LayoutInputs<'_> {
    /// The cards of a stage at their positions, with their names for overview zoom in a level.
    fn place_cards(&mut self, stage: &StageLayout, (rows, level): (&CardRows, usize)) -> Vec<Card> {
        let (shared, sizes) = (self.shared, self.text.sizes);
        let touchpoints = self.map.touchpoints_in(&stage.id);
        let steps = stage.steps().iter().zip(touchpoints);
        let place = |(draft, (step, touchpoint)): (&Card, (&GridStep, &Touchpoint))| {
            let mut card = draft.clone();
            let (x, top) = (sizes.card_x(step.column), rows.top(step.row));
            let height = rows.height(step.row);
            // Badges stay at the bottom of the card, even if neighbours make it higher.
            card.shift(pt(x, top), height - card.rect.height());
            card.rect = Rect::new(x, top, sizes.card, height);
            let corner = card.rect.min + OVERVIEW_CORNER;
            let (width, room) = overview_room(sizes, height);
            let at = (corner.x, Some(corner.y));
            let (name, role) = shown_name(touchpoint);
            let name = self.text.overview_block(level, name, role, width);
            card.set_overview_name(name, at, room, self.text.measure);
            let right = x + sizes.card - sizes.card_padding();
            let line = top + 9.0 * sizes.spacing;
            let slot = shared
                .number_widths
                .slot(step.number_room, (right, line), TextRole::Soft);
            card.number = Some(NumberSlot {
                is_right_aligned: true,
                ..slot
            });
            card
        };
        stage.cards.iter().zip(steps).map(place).collect()
    }
}
