//! The gap between cards at a point of the map.
//!
//! Must not know: egui, sessions, the tools.

use crate::app::canvas::Area;
use crate::graph::Flow;
use crate::model::{Map, ObjectRef, StageId, TouchpointId};
use crate::scene::{Group, GroupKey, Scene};
use rustc_hash::{FxHashMap, FxHashSet};

/// Returns the stages of a scene from left to right, with their areas.
pub(super) fn stages(scene: &Scene) -> impl Iterator<Item = (&StageId, Area)> {
    // In views without stages as groups, any group may show one.
    let may_show = |group: &Group| matches!(group.key, GroupKey::Stage(_) | GroupKey::Unnamed);
    let places = scene.places(may_show);
    places.filter_map(|(shown, area)| match shown.object()? {
        ObjectRef::Stage(id) => Some((id, area)),
        _ => None,
    })
}

/// Returns the insertion slot at this x: the stage there or the nearest one, and the
/// number of its touchpoints before the slot that are not `moved`. A slot is never
/// between a main step and its side branches.
pub(super) fn insertion_slot(
    scene: &Scene,
    map: &Map,
    moved: &FxHashSet<TouchpointId>,
    x: f64,
) -> Option<(StageId, usize)> {
    let distance = |area: &Area| (area.left - x).max(x - area.right).max(0.0);
    let nearest = stages(scene).min_by(|(_, a), (_, b)| distance(a).total_cmp(&distance(b)));
    let (stage, _) = nearest?;
    let inside = map.touchpoints_in(stage);
    let wanted: FxHashSet<&TouchpointId> = inside.iter().map(|t| &t.id).collect();
    let cards = scene
        .places(|_| true)
        .filter_map(|(shown, area)| match shown.object()? {
            ObjectRef::Touchpoint(id) if wanted.contains(id) => Some((id, area.center_x())),
            _ => None,
        });
    let middles: FxHashMap<&TouchpointId, f64> = cards.collect();
    let flow = Flow::of(map);
    let before = map.stages().iter().take_while(|s| s.id != *stage);
    let start: usize = before.map(|s| map.touchpoints_in(&s.id).len()).sum();
    let mut at = 0;
    for (place, touchpoint) in inside.iter().enumerate() {
        if moved.contains(&touchpoint.id) {
            continue;
        }
        let side = flow
            .branch_of
            .get(start + place)
            .is_some_and(Option::is_some);
        if !side
            && middles
                .get(&touchpoint.id)
                .is_some_and(|middle| x < *middle)
        {
            break;
        }
        at += 1;
    }
    Some((stage.clone(), at))
}
