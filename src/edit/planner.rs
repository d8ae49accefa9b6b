//! Builds the changes of a plan, checking that each applies to the map.
//!
//! Must not know: intents.

use super::change::{Change, Edit, Editable};
use super::plan_error::PlanError;
use crate::model::{
    Id, Map, ObjectRef, PictureLanes, Referrer, SavedView, Table, Texts, Touchpoint, TouchpointId,
};

/// Refuses a record with a text that is too long.
pub(super) fn check_texts(record: &impl Texts) -> Result<(), PlanError> {
    if record.has_too_long_text() {
        return Err(PlanError::TextTooLong);
    }
    Ok(())
}

/// The changes planned so far, and the map before them.
pub(super) struct Planner<'m> {
    pub map: &'m Map,
    pub changes: Vec<Change>,
}

impl<'m> Planner<'m> {
    pub fn new(map: &'m Map) -> Planner<'m> {
        Planner {
            map,
            changes: Vec::new(),
        }
    }

    /// Returns the record with this id.
    pub fn find<R: Editable>(&self, id: &R::Id) -> Result<&'m R, PlanError> {
        R::table(self.map)
            .get(id)
            .ok_or_else(|| PlanError::missing(id))
    }

    /// Inserts a record at an existing position.
    pub fn insert<R: Editable>(&mut self, at: R::Place, record: &R) -> Result<(), PlanError> {
        let mut record = record.clone();
        record.normalize();
        record.check_items(None, self.map)?;
        if record.id().as_str().is_empty() {
            return Err(PlanError::missing_id::<R::Id>());
        }
        if R::table(self.map).get(record.id()).is_some() {
            return Err(PlanError::id_taken(record.id()));
        }
        check_texts(&record)?;
        self.changes.push(R::change(Edit::Insert { at, record }));
        Ok(())
    }

    /// Appends a record to its list.
    pub fn append<R: Editable<Place = usize>>(&mut self, record: &R) -> Result<(), PlanError> {
        self.insert(R::table(self.map).count(), record)
    }

    /// Replaces the record with the same id, if they differ.
    pub fn replace<R: Editable>(&mut self, after: &R) -> Result<(), PlanError> {
        let before = self.find::<R>(after.id())?;
        let mut after = after.clone();
        after.normalize();
        after.check_items(Some(before), self.map)?;
        if *before != after {
            check_texts(&after)?;
            let before = before.clone();
            self.changes
                .push(R::change(Edit::Replace { before, after }));
        }
        Ok(())
    }

    /// Removes a record, but not the references to it.
    pub fn remove<R: Editable>(&mut self, id: &R::Id) -> Result<(), PlanError> {
        let record = self.find::<R>(id)?.clone();
        if let Some(at) = R::table(self.map).location(id) {
            self.changes.push(R::change(Edit::Remove { at, record }));
        }
        Ok(())
    }

    /// Moves a record to a position, counted without itself.
    pub fn move_to<R: Editable>(&mut self, id: &R::Id, to: R::Place) -> Result<(), PlanError> {
        self.find::<R>(id)?;
        if let Some(from) = R::table(self.map).location(id).filter(|from| *from != to) {
            let id = id.clone();
            self.changes.push(R::change(Edit::Move { id, from, to }));
        }
        Ok(())
    }

    /// Replaces a touchpoint by an edited copy.
    pub fn edit_touchpoint(
        &mut self,
        id: &TouchpointId,
        edit: impl FnOnce(&mut Touchpoint),
    ) -> Result<(), PlanError> {
        let mut after = self.find::<Touchpoint>(id)?.clone();
        edit(&mut after);
        self.replace(&after)
    }

    /// Adds a replacement for each record that `edit` changes.
    pub fn edit_all<R: Editable + 'm>(
        &mut self,
        records: impl IntoIterator<Item = &'m R>,
        mut edit: impl FnMut(&mut R),
    ) {
        for before in records {
            let mut after = before.clone();
            edit(&mut after);
            if *before != after {
                let before = before.clone();
                self.changes
                    .push(R::change(Edit::Replace { before, after }));
            }
        }
    }

    /// Removes paths that lead to touchpoints from all other touchpoints.
    pub fn remove_paths_to(&mut self, gone: &[TouchpointId]) {
        let touchpoints = self.map.touchpoints();
        let others = touchpoints
            .filter(|t| t.paths.iter().any(|p| gone.contains(&p.to)) && !gone.contains(&t.id));
        self.edit_all(others, |touchpoint: &mut Touchpoint| {
            touchpoint.paths.retain(|p| !gone.contains(&p.to));
        });
    }

    /// Redirects all references to a record to another of its kind, or removes them.
    pub fn replace_references(&mut self, from: &ObjectRef, into: Option<&ObjectRef>) {
        let map = self.map;
        self.update_referrers(map.stages(), from, into);
        self.update_referrers(map.touchpoints(), from, into);
        self.update_referrers(map.actions(), from, into);
        self.update_referrers(map.personas(), from, into);
        self.update_referrers(map.saved_views(), from, into);
        // Comments on what is deleted find another home once all is planned.
        if into.is_some() {
            self.update_referrers(map.comments(), from, into);
        }
    }

    /// Removes references to objects from all saved views.
    pub fn remove_from_saved_views(&mut self, is_gone: impl Fn(&ObjectRef) -> bool) {
        let lanes = PictureLanes::default();
        self.edit_all(self.map.saved_views(), |view: &mut SavedView| {
            view.update_references(&lanes, &mut |object| !is_gone(object));
        });
    }

    fn update_referrers<R: Referrer + Editable + 'm>(
        &mut self,
        records: impl IntoIterator<Item = &'m R>,
        from: &ObjectRef,
        into: Option<&ObjectRef>,
    ) {
        let lanes = self.map.picture_lanes();
        let refers = |record: &&R| {
            let mut found = false;
            record.for_each_reference(&lanes, &mut |_, to| found |= to == *from);
            found
        };
        let mut update = |object: &mut ObjectRef| match into {
            _ if object != from => true,
            Some(into) => {
                object.clone_from(into);
                true
            }
            None => false,
        };
        self.edit_all(records.into_iter().filter(refers), |record: &mut R| {
            record.update_references(&lanes, &mut update);
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::{Intent, plan};
    use crate::model::MAX_TEXT_CHARS;
    use crate::model::{Id, LaneId, Stage};

    #[test]
    fn texts_longer_than_the_limit_are_refused() {
        let mut map = Map::with_title("T");
        let stage = Stage::new("s".into(), "S");
        let touchpoint = |length: usize, cell: usize| {
            let mut touchpoint = Touchpoint::new("t".into(), "ü".repeat(length));
            let lane = LaneId::from_text("lane");
            touchpoint.texts.insert(lane, "x".repeat(cell));
            Box::new(touchpoint)
        };
        let add = Intent::AddStage {
            at: 0,
            stage: Box::new(stage),
        };
        plan(&map, &add).unwrap().apply(&mut map).unwrap();
        let add = |touchpoint| Intent::AddTouchpoint {
            stage: "s".into(),
            at: 0,
            touchpoint,
        };
        for (length, cell) in [(MAX_TEXT_CHARS + 1, 1), (1, MAX_TEXT_CHARS + 1)] {
            let refused = plan(&map, &add(touchpoint(length, cell)));
            assert_eq!(refused, Err(PlanError::TextTooLong));
        }
        let longest = add(touchpoint(MAX_TEXT_CHARS, MAX_TEXT_CHARS));
        plan(&map, &longest).unwrap().apply(&mut map).unwrap();
        let longer = Intent::SetTouchpoint(touchpoint(MAX_TEXT_CHARS + 1, 1));
        assert_eq!(plan(&map, &longer), Err(PlanError::TextTooLong));
        let mut header = map.header().clone();
        header.scenario = "x".repeat(MAX_TEXT_CHARS + 1);
        let set = Intent::SetHeader(Box::new(header));
        assert_eq!(plan(&map, &set), Err(PlanError::TextTooLong));
    }
}
