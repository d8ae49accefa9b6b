//! The part of a drawing that a saved view shows: an area made of addresses, and addresses made of
//! an area.
//!
//! Must not know: cameras, windows, how anything is laid out.

use super::display_list::Scene;
use crate::geom::Area;
use crate::model::{LaneId, Map, ObjectRef, SavedView, TouchpointId, View};
use rustc_hash::FxHashMap;

/// Positions of the objects of a scene that saved views name.
struct Places<'s> {
    /// Cards; those of the journey in reading order, each as high as its row of stages and lanes.
    cards: Vec<(&'s TouchpointId, Area)>,
    /// Lanes of a journey in one row, from top to bottom.
    lanes: Vec<(&'s LaneId, Area)>,
}

/// Of the outermost cards the two that span the largest area, in the order of the list.
fn widest_pair<'s>(
    cards: &[&(&'s TouchpointId, Area)],
) -> Option<(&'s TouchpointId, &'s TouchpointId)> {
    let edges: [fn(&Area) -> f64; 4] = [|a| a.left, |a| -a.right, |a| a.top, |a| -a.bottom];
    let outermost = edges.map(|edge| {
        let places = cards.iter().enumerate();
        let first = places.min_by(|(_, a), (_, b)| edge(&a.1).total_cmp(&edge(&b.1)));
        first.map(|(at, _)| at)
    });
    let outermost: Vec<usize> = outermost.into_iter().flatten().collect();
    let pairs = outermost
        .iter()
        .flat_map(|a| outermost.iter().map(|b| (*a, *b)));
    let pairs = pairs.filter(|(a, b)| a <= b);
    let span = |(a, b): &(usize, usize)| {
        let span = cards[*a].1.union(&cards[*b].1);
        span.width() * span.height()
    };
    let (from, to) = pairs.max_by(|a, b| span(a).total_cmp(&span(b)))?;
    Some((cards[from].0, cards[to].0))
}

impl Scene {
    /// The part of the drawing that a saved view shows. Without anything of it, the whole drawing.
    pub fn sight(&self, map: &Map, view: &SavedView) -> Area {
        let whole = Area::new(0.0, 0.0, self.width, self.height);
        let places = self.saved_places(view.view);
        let ends = [&view.from, &view.to].into_iter().flatten();
        let cards = ends.filter_map(|id| {
            let card = places.cards.iter().find(|(card, _)| *card == id);
            card.map(|(_, area)| *area).or_else(|| {
                // A card in a folded stage.
                let stage = ObjectRef::Stage(map.stage_of(id)?.clone());
                let band = self.area_of(&stage, None)?;
                let bottom = self.height;
                Some(Area { bottom, ..band })
            })
        });
        let cards = cards.reduce(|all, area| all.union(&area));
        let ends = [&view.upper, &view.lower].into_iter().flatten();
        let lanes = ends.filter_map(|id| places.lanes.iter().find(|(lane, _)| *lane == id));
        let lanes = lanes
            .map(|(_, area)| *area)
            .reduce(|all, area| all.union(&area));
        let mut sight = cards.unwrap_or(whole);
        if let Some(lanes) = lanes {
            (sight.top, sight.bottom) = (lanes.top, lanes.bottom);
        }
        sight
    }

    /// Sets the addresses of a saved view to the part of the drawing in an area.
    pub fn set_sight(&self, area: &Area, view: &mut SavedView) {
        let places = self.saved_places(view.view);
        let is_in_sight = |(_, card): &&(&TouchpointId, Area)| {
            let across = area.left <= card.center_x() && card.center_x() <= area.right;
            let is_below = card.top.max(area.top) < card.bottom.min(area.bottom);
            across && is_below
        };
        let cards: Vec<_> = places.cards.iter().filter(is_in_sight).collect();
        (view.from, view.to) = (None, None);
        if cards.len() < places.cards.len()
            && let Some((from, to)) = widest_pair(&cards)
        {
            (view.from, view.to) = (Some(from.clone()), Some(to.clone()));
        }
        let shown = |(_, lane): &&(&LaneId, Area)| {
            let shown = lane.bottom.min(area.bottom) - lane.top.max(area.top);
            shown >= 0.5 * lane.height().min(area.height())
        };
        let lanes = places.lanes.iter().filter(shown);
        let lanes: Vec<&LaneId> = lanes.map(|(id, _)| *id).collect();
        let is_part = !lanes.is_empty() && lanes.len() < places.lanes.len();
        let end = |id: Option<&&LaneId>| id.filter(|_| is_part).map(|id| (*id).clone());
        (view.upper, view.lower) = (end(lanes.first()), end(lanes.last()));
    }

    fn saved_places(&self, view: View) -> Places<'_> {
        let mut cards: FxHashMap<&TouchpointId, Area> = FxHashMap::default();
        let mut lanes: Vec<(&LaneId, Area)> = Vec::new();
        let mut tops = Vec::new();
        for (id, area) in self.places(|_| true) {
            match id.object() {
                Some(ObjectRef::Touchpoint(id)) => {
                    cards.entry(id).or_insert(area);
                }
                Some(ObjectRef::Lane(id)) => lanes.push((id, area)),
                Some(ObjectRef::Stage(_)) if view == View::Journey => tops.push(area.top),
                _ => {}
            }
        }
        let mut cards: Vec<(&TouchpointId, Area)> = cards.into_iter().collect();
        if view == View::Journey {
            tops.sort_by(f64::total_cmp);
            tops.dedup();
            for (_, card) in &mut cards {
                let row = tops.partition_point(|top| *top <= card.top);
                card.bottom = tops.get(row).copied().unwrap_or(self.height);
                card.top = row.checked_sub(1).map_or(card.top, |row| tops[row]);
            }
            cards.sort_by(|(_, a), (_, b)| a.top.total_cmp(&b.top).then(a.left.total_cmp(&b.left)));
        }
        if view != View::Journey || tops.len() > 1 {
            lanes.clear();
        }
        lanes.sort_by(|(_, a), (_, b)| a.top.total_cmp(&b.top));
        Places { cards, lanes }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::{LayoutOptions, layout};
    use crate::model::{Record as _, arbitrary};
    use crate::scene::{Marks, build};
    use crate::text::FixedWidth;
    use crate::theme::LIGHT;
    use proptest::prelude::{ProptestConfig, any, prop_assert, prop_assert_eq, proptest};

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]
        #[test]
        fn the_part_in_sight_is_described_by_what_it_shows(
            map in arbitrary::map(),
            [a, b, upper, lower] in any::<[usize; 4]>(),
        ) {
            let mut drawn = layout(&map, &LayoutOptions::default(), &mut FixedWidth);
            let scene = build(&map, &mut drawn, &LIGHT, Marks::NONE);
            let cards: Vec<_> = map.touchpoints().filter(|t| {
                scene.area_of(&t.object(), None).is_some()
            }).map(|t| t.id.clone()).collect();
            let mut view = SavedView::default();
            if !cards.is_empty() {
                view.from = Some(cards[a % cards.len()].clone());
                view.to = Some(cards[b % cards.len()].clone());
            }
            if let lanes @ [_, ..] = &drawn.lanes[..] {
                let ends = [upper, lower].map(|n| n % lanes.len());
                view.upper = Some(lanes[ends[0].min(ends[1])].id.clone());
                view.lower = Some(lanes[ends[0].max(ends[1])].id.clone());
            }
            let sight = scene.sight(&map, &view);
            let mut described = SavedView::default();
            scene.set_sight(&sight, &mut described);
            let again = scene.sight(&map, &described);
            prop_assert!(again.contains(&sight) || sight == again, "{sight:?} {again:?}");
            let mut twice = SavedView::default();
            scene.set_sight(&again, &mut twice);
            prop_assert_eq!(twice, described);
        }

        #[test]
        fn a_view_of_everything_shows_the_whole_drawing(map in arbitrary::map()) {
            let mut drawn = layout(&map, &LayoutOptions::default(), &mut FixedWidth);
            let scene = build(&map, &mut drawn, &LIGHT, Marks::NONE);
            let whole = Area::new(0.0, 0.0, scene.width, scene.height);
            let mut view = SavedView::default();
            scene.set_sight(&whole, &mut view);
            prop_assert_eq!(&view, &SavedView::default());
            prop_assert_eq!(scene.sight(&map, &view), whole);
        }
    }
}
