//! One difference taken over from one map into another, as an intent: the record in its content and
//! its place, with the records that it refers to.
//!
//! Law: taking over every difference of a list that is made anew after each gives the other map.
//!
//! Must not know: undo, how differences are found and told.

use super::combined::RecordPairs;
use super::listed::{Listed, in_list};
use super::matching::Objects;
use crate::edit::{Intent, plan_and_apply};
use crate::model::{
    Action, Channel, Comment, Department, Environment, Id, Image, Lane, Map, Note, ObjectRef,
    Persona, PictureLanes, Record, Referrer, SavedView, Stage, StageId, Suppression, Touchpoint,
    TouchpointId,
};

/// Direction in which a difference is applied.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Transfer {
    /// The earlier map becomes as the later one.
    TakeOver,
    /// The later map becomes as the earlier one again.
    TakeBack,
}

/// Returns the edit that takes a difference in a record over into the earlier of two maps, or back in
/// the later one, under a label. `pairs` has the records of the earlier map with those of the later one
/// that are the same; `moves` says that its place differs. Records that it refers to come along. `None`
/// if nothing would change.
pub fn transfer(
    [before, after]: [&Map; 2],
    pairs: &RecordPairs,
    (objects, moves): (&Objects, bool),
    way: Transfer,
    label: String,
) -> Option<Intent> {
    let (from, to, source, target) = match way {
        Transfer::TakeOver => (after, before, &objects.after, &objects.before),
        Transfer::TakeBack => (before, after, &objects.before, &objects.after),
    };
    let turned = pairs.iter().map(|(one, other)| match way {
        Transfer::TakeOver => (other.clone(), one.clone()),
        Transfer::TakeBack => (one.clone(), other.clone()),
    });
    let mut edits = TransferEdits {
        from,
        lanes: from.picture_lanes(),
        map: to.clone(),
        pairs: turned.collect(),
        intents: Vec::new(),
    };
    match (source, target) {
        (Some(object), _) => edits.bring(object, moves),
        (None, Some(object)) => edits.remove(object),
        (None, None) => {}
    }
    let intents = edits.intents;
    (edits.map != *to).then_some(Intent::Batch { label, intents })
}

/// Edits that turn a copy of a map step by step into the wanted one.
struct TransferEdits<'m> {
    from: &'m Map,
    lanes: PictureLanes,
    map: Map,
    /// The record of `map` for each record of `from`.
    pairs: RecordPairs,
    intents: Vec<Intent>,
}

impl TransferEdits<'_> {
    /// Carries an edit out. One that the map refuses is left out.
    fn edit(&mut self, intent: Intent) {
        if plan_and_apply(&mut self.map, &intent).is_ok_and(|changes| !changes.is_empty()) {
            self.intents.push(intent);
        }
    }

    /// Gives the map a record of the other one.
    fn bring(&mut self, object: &ObjectRef, moves: bool) {
        match object {
            ObjectRef::Map => {
                let header = Box::new(self.from.header().clone());
                self.edit(Intent::SetHeader(header));
            }
            ObjectRef::Touchpoint(id) => self.bring_touchpoint(id, moves),
            listed => in_list!(self.bring_listed, listed, (moves)),
        }
    }

    fn remove(&mut self, object: &ObjectRef) {
        match object {
            ObjectRef::Touchpoint(id) => self.edit(Intent::DeleteTouchpoint(id.clone())),
            ObjectRef::Stage(id) => {
                self.empty_stage(id);
                self.edit(Intent::DeleteStage(id.clone()));
            }
            listed => in_list!(self.remove_listed, listed, ()),
        }
    }

    fn remove_listed<R: Listed>(&mut self, id: &R::Id) {
        self.edit(R::delete(id.clone()));
    }

    /// Moves the touchpoints that the other map keeps out of a stage that it does not have.
    fn empty_stage(&mut self, stage: &StageId) {
        let kept: Vec<TouchpointId> = self
            .map
            .touchpoints_in(stage)
            .iter()
            .filter_map(|touchpoint| {
                let object = touchpoint.object();
                let mut pairs = self.pairs.iter();
                let (of, _) = pairs.find(|(_, now)| **now == object)?;
                of.touchpoint().cloned()
            })
            .collect();
        for id in kept {
            self.bring_place(&id);
        }
    }

    fn bring_listed<R: Listed>(&mut self, id: &R::Id, moves: bool) {
        let list = R::list(self.from);
        let Some(record) = list.get(id) else {
            return;
        };
        let partner = self.partner::<R>(record);
        let mut copy = self.redirected(record);
        let Some(partner) = partner else {
            while R::list(&self.map).contains(copy.id()) {
                copy.set_id(R::Id::from_text(&format!("{}-2", copy.id())));
            }
            let at = self.place::<R>(id);
            self.pairs.insert(record.object(), copy.object());
            let added = copy.id().clone();
            self.edit(copy.add(at));
            self.move_to_place::<R>(id, &added);
            return;
        };
        copy.set_id(partner.clone());
        if let Some(edit) = copy.set() {
            self.edit(edit);
        }
        if moves {
            self.move_to_place::<R>(id, &partner);
        }
    }

    /// The record of the map that a record of the other one is.
    fn partner<R: Listed>(&self, record: &R) -> Option<R::Id> {
        let now = self.pairs.get(&record.object())?;
        let now = R::Id::from_text(&now.key());
        R::list(&self.map).contains(&now).then_some(now)
    }

    /// The place of a record of the other map in the list here: behind the nearest record before it
    /// that is here too.
    fn place<R: Listed>(&self, id: &R::Id) -> usize {
        let (from, here) = (R::list(self.from), R::list(&self.map));
        let before = from.position(id).and_then(|at| from.as_slice().get(..at));
        let mut before = before.unwrap_or_default().iter().rev();
        let nearest = before.find_map(|record| here.position(&self.partner::<R>(record)?));
        nearest.map_or(0, |at| at + 1)
    }

    fn move_to_place<R: Listed>(&mut self, id: &R::Id, here: &R::Id) {
        let place = self.place::<R>(id);
        let Some(now) = R::list(&self.map).position(here) else {
            return;
        };
        // Counted without the record itself.
        let to = if now < place { place - 1 } else { place };
        if let Some(edit) = R::shift(here.clone(), to).filter(|_| to != now) {
            self.edit(edit);
        }
    }

    /// A copy of a record whose references are to records of the map; those that it does not have
    /// are brought first.
    fn redirected<R: Listed>(&mut self, record: &R) -> R {
        let mut wanted = Vec::new();
        let lanes = self.lanes.clone();
        record.clone().redirect(&lanes, &mut |object| {
            wanted.push(object.clone());
            true
        });
        self.bring_missing(&wanted);
        let mut copy = record.clone();
        copy.redirect(&lanes, &mut |object| self.redirect(object));
        copy
    }

    /// Brings those of the records that the map does not have, except stages and touchpoints.
    fn bring_missing(&mut self, wanted: &[ObjectRef]) {
        for object in wanted {
            let is_step = matches!(object, ObjectRef::Touchpoint(_) | ObjectRef::Stage(_));
            if !is_step && !self.pairs.contains_key(object) && object.is_in(self.from) {
                self.bring(object, false);
            }
        }
    }

    /// Redirects a reference to the record of the map; `false` if it has none.
    fn redirect(&self, object: &mut ObjectRef) -> bool {
        match self.pairs.get(object) {
            Some(now) => object.clone_from(now),
            // What leads nowhere there leads nowhere here.
            None => return !object.is_in(self.from),
        }
        true
    }

    fn bring_touchpoint(&mut self, id: &TouchpointId, moves: bool) {
        let Some(record) = self.from.touchpoint(id) else {
            return;
        };
        let mut wanted = Vec::new();
        let lanes = self.lanes.clone();
        record.for_each_reference(&lanes, &mut |_, object| wanted.push(object));
        self.bring_missing(&wanted);
        let mut copy: Touchpoint = record.clone();
        copy.update_references(&lanes, &mut |object| self.redirect(object));
        match self.here(id) {
            Some(here) => {
                copy.id = here;
                self.edit(Intent::SetTouchpoint(Box::new(copy)));
                if moves {
                    self.bring_place(id);
                }
            }
            None => {
                while self.map.touchpoint(&copy.id).is_some() {
                    copy.id = TouchpointId::from(format!("{}-2", copy.id));
                }
                let Some((stage, at)) = self.touchpoint_place(id) else {
                    return;
                };
                self.pairs.insert(record.object(), copy.object());
                let touchpoint = Box::new(copy);
                self.edit(Intent::AddTouchpoint {
                    stage,
                    at,
                    touchpoint,
                });
            }
        }
    }

    /// The touchpoint of the map that one of the other map is.
    fn here(&self, id: &TouchpointId) -> Option<TouchpointId> {
        match self.pairs.get(&ObjectRef::Touchpoint(id.clone()))? {
            ObjectRef::Touchpoint(id) => Some(id.clone()),
            _ => None,
        }
    }

    /// Moves a touchpoint to where it is in the other map.
    fn bring_place(&mut self, id: &TouchpointId) {
        let (Some(here), Some((stage, at))) = (self.here(id), self.touchpoint_place(id)) else {
            return;
        };
        let Some((now, position)) = self.map.location_of(&here) else {
            return;
        };
        let to = if now == stage && position < at {
            at - 1
        } else {
            at
        };
        if (&now, position) != (&stage, to) {
            self.edit(Intent::MoveTouchpoint {
                id: here,
                stage,
                to,
            });
        }
    }

    /// Stage and index of a touchpoint of the other map here: behind the nearest one before it that
    /// is in the same stage here. A stage that is not here is brought.
    fn touchpoint_place(&mut self, id: &TouchpointId) -> Option<(StageId, usize)> {
        let (stage, at) = self.from.location_of(id)?;
        let object = ObjectRef::Stage(stage.clone());
        if !self.pairs.contains_key(&object) {
            self.bring(&object, false);
        }
        let Some(ObjectRef::Stage(home)) = self.pairs.get(&object).cloned() else {
            return None;
        };
        let before = self.from.touchpoints_in(&stage).get(..at)?;
        let nearest = before.iter().rev().find_map(|touchpoint| {
            let here = self.here(&touchpoint.id)?;
            let (stage, index) = self.map.location_of(&here)?;
            (stage == home).then_some(index + 1)
        });
        Some((home, nearest.unwrap_or(0)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compare::{Comparison, Difference, DifferenceKind};
    use crate::edit::proptests::{intent, rolls};
    use crate::model::arbitrary;
    use proptest::prelude::{ProptestConfig, prop_assert, proptest};

    /// Whether a list can be put into another order by an edit.
    fn has_order(object: &ObjectRef) -> bool {
        !matches!(
            object,
            ObjectRef::Action(_)
                | ObjectRef::Note(_)
                | ObjectRef::Comment(_)
                | ObjectRef::Image(_)
                | ObjectRef::Suppression(_)
        )
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(16))]

        #[test]
        fn taking_over_every_difference_gives_the_other_map(
            map in arbitrary::map(),
            edits in rolls(6),
        ) {
            let mut later = map.clone();
            for roll in edits {
                if let Some(intent) = intent(&later, roll) {
                    let _ = plan_and_apply(&mut later, &intent);
                }
            }
            for way in [Transfer::TakeOver, Transfer::TakeBack] {
                let [mut before, mut after] = [map.clone(), later.clone()];
                let first = Comparison::between(&before, &after).differences().count();
                let mut steps = 0;
                let left = loop {
                    let comparison = Comparison::between(&before, &after);
                    let pairs = comparison.matching().pairs();
                    let pairs: RecordPairs =
                        pairs.map(|(a, b, _)| (a.clone(), b.clone())).collect();
                    let edit = |difference: &Difference| {
                        let moves = difference.kind == DifferenceKind::Moved;
                        let record = (&difference.objects, moves);
                        transfer([&before, &after], &pairs, record, way, String::new())
                    };
                    let Some(intent) = comparison.differences().find_map(edit) else {
                        break comparison.differences().cloned().collect::<Vec<_>>();
                    };
                    let target = match way {
                        Transfer::TakeOver => &mut before,
                        Transfer::TakeBack => &mut after,
                    };
                    prop_assert!(plan_and_apply(target, &intent).is_ok());
                    steps += 1;
                    prop_assert!(steps <= 3 * first + 8, "{way:?}");
                };
                let ordered = left.iter().find(|it| {
                    it.kind != DifferenceKind::Moved
                        || it.objects.after.as_ref().is_none_or(has_order)
                });
                prop_assert!(ordered.is_none(), "{way:?} {ordered:?}");
            }
        }
    }
}
