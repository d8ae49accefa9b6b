//! References in a merged map: what one side deleted and the other one refers to is kept.
//!
//! Must not know: the fields of records.

use super::decisions::Decisions;
use super::lists::{Kept, ListMerge, merge_conflicts};
use crate::edit::orphaned_comments::rehomed;
use crate::model::{
    Comment, Conflict, Id, Image, Map, ObjectRef, Opportunity, Pain, PersonaId, Referrer, Table,
    Touchpoint, TouchpointId,
};
use rustc_hash::FxHashSet;

/// Merges maps with their references and conflicts. What one side deleted and is referred to, and
/// whose feelings of nobody would pass to another persona, is found in a first merge and heeded
/// in a second one.
pub(super) fn merge_complete(maps: [&Map; 3], decisions: &mut Decisions) -> Map {
    let mut named = [None, None, None];
    let mut kept = Kept::default();
    let mut map = loop {
        let maps = [0, 1, 2].map(|side: usize| named[side].as_ref().unwrap_or(maps[side]));
        decisions.made.clear();
        let mut merge = ListMerge {
            maps,
            first_personas: maps.map(|map| first_persona(map).map_or("", Id::as_str)),
            kept: &kept,
            decisions,
        };
        let map = merge.run();
        let known = kept.len();
        keep_used(&map, maps, &decisions.made, &mut kept);
        let newly_named = maps.map(|side| with_named_feelings(side, first_persona(&map)));
        if kept.len() == known && newly_named.iter().all(Option::is_none) {
            break map;
        }
        for (side, newly) in newly_named.into_iter().enumerate() {
            named[side] = newly.or(named[side].take());
        }
    };
    rename_duplicate_items(&mut map);
    rehome_comments(&mut map, maps);
    remove_unused_images(&mut map, maps);
    let made = decisions.made.clone();
    merge_conflicts(&mut map, maps, made);
    map
}

fn first_persona(map: &Map) -> Option<&PersonaId> {
    map.personas().iter().next().map(|persona| &persona.id)
}

/// A map with its first persona written into feelings of nobody, if another one is the first of
/// the merged map: they would pass to that one. `None` if nothing is to be written.
fn with_named_feelings(map: &Map, merged_first: Option<&PersonaId>) -> Option<Map> {
    let persona = first_persona(map).filter(|first| Some(*first) != merged_first)?;
    let mut named = None;
    for touchpoint in map.touchpoints() {
        if touchpoint.feelings.iter().all(|it| it.persona.is_some()) {
            continue;
        }
        let mut touchpoint = touchpoint.clone();
        for feeling in &mut touchpoint.feelings {
            feeling.persona.get_or_insert_with(|| persona.clone());
        }
        let named = named.get_or_insert_with(|| map.clone());
        Table::<Touchpoint>::replace(named, touchpoint);
    }
    named
}

/// Adds what the map refers to and does not have, if one side still has it and the other one
/// deleted it together with all references to it.
fn keep_used(map: &Map, [base, ours, theirs]: [&Map; 3], conflicts: &[Conflict], kept: &mut Kept) {
    let mut wanted: Vec<ObjectRef> = Vec::new();
    let mut want = |to: ObjectRef| {
        if !to.is_in(map) && to.is_in(base) && ours_or_theirs(&to, ours, theirs).is_some() {
            wanted.push(to);
        }
    };
    map.for_each_reference(&map.picture_lanes(), &mut |_, _, to| want(to));
    // What people may choose is there, too.
    for conflict in conflicts {
        let values = [&conflict.ours, &conflict.theirs].into_iter().flatten();
        values
            .filter_map(|id| referred(conflict, id))
            .for_each(&mut want);
    }
    // The stages of touchpoints that are kept without one.
    let mut homes: FxHashSet<ObjectRef> = FxHashSet::default();
    for (side, other) in [(ours, theirs), (theirs, ours)] {
        for touchpoint in side.touchpoints() {
            let id = &touchpoint.id;
            let stage = side.stage_of(id);
            let stage = stage.filter(|stage| !map.stages().contains(stage));
            let is_left = match other.stage_of(id) {
                Some(_) => map.touchpoint(id).is_none(),
                None => {
                    base.stage_of(id) != side.stage_of(id)
                        || base.touchpoint(id) != Some(touchpoint)
                        || kept.contains(&("touchpoints", id.to_string()))
                }
            };
            homes.extend(stage.filter(|_| is_left).cloned().map(ObjectRef::Stage));
        }
    }
    wanted.extend(homes.iter().cloned());
    if wanted.is_empty() {
        return;
    }
    let dangling = [dangling(ours), dangling(theirs)];
    let mut seen: FxHashSet<ObjectRef> = FxHashSet::default();
    while let Some(object) = wanted.pop() {
        // A side that refers to what it does not have wants it so, unless a touchpoint needs it.
        let is_wanted_so = || dangling.iter().any(|known| known.contains(&object));
        if !homes.contains(&object) && is_wanted_so() || !seen.insert(object.clone()) {
            continue;
        }
        let (Some(side), Some(list)) = (ours_or_theirs(&object, ours, theirs), list_of(&object))
        else {
            continue;
        };
        kept.insert((list, object.key().into_owned()));
        let missing = |to: ObjectRef| Some(to).filter(|to| !to.is_in(map));
        let lanes = side.picture_lanes();
        match &object {
            ObjectRef::Touchpoint(id) => {
                let stage = side.stage_of(id).cloned().map(ObjectRef::Stage);
                if let Some(stage) = stage.and_then(missing) {
                    homes.insert(stage.clone());
                    wanted.push(stage);
                }
                if let Some(touchpoint) = side.touchpoint(id) {
                    touchpoint.for_each_reference(&lanes, &mut |_, to| wanted.extend(missing(to)));
                }
            }
            ObjectRef::Stage(id) => {
                if let Some(stage) = side.stages().get(id) {
                    stage.for_each_reference(&lanes, &mut |_, to| wanted.extend(missing(to)));
                }
            }
            ObjectRef::Action(id) => {
                if let Some(action) = side.actions().get(id) {
                    action.for_each_reference(&lanes, &mut |_, to| wanted.extend(missing(to)));
                }
            }
            ObjectRef::Persona(id) => {
                if let Some(persona) = side.personas().get(id) {
                    persona.for_each_reference(&lanes, &mut |_, to| wanted.extend(missing(to)));
                }
            }
            _ => {}
        }
    }
}

/// The record that a value of a conflict refers to; `None` for any other value.
fn referred(conflict: &Conflict, id: &str) -> Option<ObjectRef> {
    let field = conflict.field.last()?.as_str();
    Some(match (conflict.list.as_str(), field) {
        (_, "owner" | "department") => ObjectRef::Department(id.into()),
        (_, "channel") => ObjectRef::Channel(id.into()),
        (_, "environment") => ObjectRef::Environment(id.into()),
        (_, "persona") => ObjectRef::Persona(id.into()),
        ("touchpoints", "stage") => ObjectRef::Stage(id.into()),
        ("saved_views", "from" | "to") => ObjectRef::Touchpoint(id.into()),
        ("saved_views", "upper" | "lower") => ObjectRef::Lane(id.into()),
        _ => return None,
    })
}

/// Moves comments on what is gone from the merged map to the nearest object that remains.
fn rehome_comments(map: &mut Map, [base, ours, theirs]: [&Map; 3]) {
    for comment in map.comments().clone().iter() {
        let mut sides = [ours, theirs, base].into_iter();
        if let Some(rehomed) = sides.find_map(|side| rehomed(comment, side, map)) {
            Table::<Comment>::replace(map, rehomed);
        }
    }
}

/// The one side that has an object; `None` if both have it or none.
fn ours_or_theirs<'m>(object: &ObjectRef, ours: &'m Map, theirs: &'m Map) -> Option<&'m Map> {
    match (object.is_in(ours), object.is_in(theirs)) {
        (true, false) => Some(ours),
        (false, true) => Some(theirs),
        _ => None,
    }
}

/// The list of the file with the records of this kind.
fn list_of(object: &ObjectRef) -> Option<&'static str> {
    Some(match object {
        ObjectRef::Persona(_) => "personas",
        ObjectRef::Department(_) => "departments",
        ObjectRef::Channel(_) => "channels",
        ObjectRef::Environment(_) => "environments",
        ObjectRef::Lane(_) => "lanes",
        ObjectRef::Stage(_) => "stages",
        ObjectRef::Touchpoint(_) => "touchpoints",
        ObjectRef::Action(_) => "actions",
        ObjectRef::Image(_) => "pictures",
        _ => return None,
    })
}

/// What a map refers to and does not have.
fn dangling(map: &Map) -> FxHashSet<ObjectRef> {
    let mut missing = FxHashSet::default();
    map.for_each_reference(&map.picture_lanes(), &mut |_, _, to| {
        if !to.is_in(map) {
            missing.insert(to);
        }
    });
    missing
}

/// Gives pain points and opportunities new ids that two touchpoints have, because one side moved
/// them to another touchpoint and the other one changed them where they were.
fn rename_duplicate_items(map: &mut Map) {
    let mut pains = ItemIds::of(map.touchpoints().flat_map(|t| &t.pains));
    let mut opportunities = ItemIds::of(map.touchpoints().flat_map(|t| &t.opportunities));
    if pains.are_unique && opportunities.are_unique {
        return;
    }
    let ids: Vec<TouchpointId> = map.touchpoints().map(|t| t.id.clone()).collect();
    for touchpoint in ids
        .iter()
        .filter_map(|id| map.touchpoint(id))
        .cloned()
        .collect::<Vec<_>>()
    {
        let mut renamed = touchpoint.clone();
        pains.rename(&mut renamed.pains);
        opportunities.rename(&mut renamed.opportunities);
        if renamed != touchpoint {
            Table::<Touchpoint>::replace(map, renamed);
        }
    }
}

/// An item of a touchpoint with an id that is unique in the map.
trait Item: Clone + PartialEq {
    fn id(&self) -> &str;
    fn with_id(&self, id: &str) -> Self;
}

macro_rules! items {
    ($($item:ident)*) => {$(
        impl Item for $item {
            fn id(&self) -> &str {
                self.id.as_str()
            }

            fn with_id(&self, id: &str) -> $item {
                $item { id: id.into(), ..self.clone() }
            }
        }
    )*};
}

items! { Pain Opportunity }

/// The ids of the items of one kind.
struct ItemIds {
    are_unique: bool,
    all: FxHashSet<String>,
    seen: FxHashSet<String>,
}

impl ItemIds {
    fn of<'m, I: Item + 'm>(items: impl Iterator<Item = &'m I>) -> ItemIds {
        let (mut all, mut are_unique) = (FxHashSet::default(), true);
        for item in items {
            are_unique &= all.insert(item.id().to_owned());
        }
        ItemIds {
            are_unique,
            all,
            seen: FxHashSet::default(),
        }
    }

    /// Renames items with an id that an earlier touchpoint has. One that was renamed by an earlier
    /// merge of the same versions is there already.
    fn rename<I: Item>(&mut self, items: &mut Vec<I>) {
        let mut at = 0;
        while at < items.len() {
            let item = items[at].clone();
            at += 1;
            if self.seen.insert(item.id().to_owned()) {
                continue;
            }
            let numbered = (2_usize..).map(|n| item.with_id(&format!("{}-{n}", item.id())));
            for fresh in numbered {
                if items.contains(&fresh) {
                    at -= 1;
                    items.remove(at);
                    break;
                }
                if self.all.insert(fresh.id().to_owned()) {
                    self.seen.insert(fresh.id().to_owned());
                    items[at - 1] = fresh;
                    break;
                }
            }
        }
    }
}

/// Removes pictures that some version shows and the merged map does not.
fn remove_unused_images(map: &mut Map, maps: [&Map; 3]) {
    if map.images().is_empty() {
        return;
    }
    let shown = map.shown_images();
    let shown_before = maps.map(Map::shown_images);
    for image in map.images().clone().iter() {
        let is_shown = shown.contains(&image.id);
        if !is_shown && shown_before.iter().any(|shown| shown.contains(&image.id)) {
            Table::<Image>::remove(map, &image.id);
        }
    }
}
