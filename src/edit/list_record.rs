//! The edits that records of all lists have in common, and the edits of other records that
//! deleting, moving or merging a record entails, so that none leaves a dangling reference.
//!
//! Must not know: intents.

use super::change::Editable;
use super::plan_error::PlanError;
use super::planner::Planner;
use crate::model::{
    Action, Channel, Comment, Conflict, Department, Environment, Image, Lane, LaneKind, Note,
    ObjectRef, Persona, PersonaId, Record, SavedView, Stage, Table, Touchpoint, TouchpointId,
};

/// A record of a list.
pub(super) trait ListRecord: Editable<Place = usize> {
    /// Removes the content of the record and the references to it before it is deleted.
    fn before_delete(&self, planner: &mut Planner<'_>) -> Result<(), PlanError> {
        planner.replace_references(&self.object(), None);
        Ok(())
    }

    /// Prepares a move to an index, counted without the record itself.
    fn before_move(_: &mut Planner<'_>, _: &Self::Id, _: usize) {}

    /// Fills in empty fields from another record, so that merging loses only its name.
    fn fill_in_from(&mut self, _: &Self) {}
}

impl ListRecord for Environment {}
impl ListRecord for Action {}
impl ListRecord for Image {}

impl ListRecord for Note {
    fn before_delete(&self, _: &mut Planner<'_>) -> Result<(), PlanError> {
        Ok(())
    }
}

impl ListRecord for Conflict {
    fn before_delete(&self, _: &mut Planner<'_>) -> Result<(), PlanError> {
        Ok(())
    }
}

impl ListRecord for Comment {
    fn before_delete(&self, _: &mut Planner<'_>) -> Result<(), PlanError> {
        Ok(())
    }
}

impl ListRecord for SavedView {
    fn before_delete(&self, _: &mut Planner<'_>) -> Result<(), PlanError> {
        Ok(())
    }
}

impl ListRecord for Stage {
    fn before_delete(&self, planner: &mut Planner<'_>) -> Result<(), PlanError> {
        let touchpoints = planner.map.touchpoints_in(&self.id).iter();
        let gone: Vec<TouchpointId> = touchpoints.map(|t| t.id.clone()).collect();
        planner.remove_paths_to(&gone);
        let stage = self.object();
        let is_gone = |object: &ObjectRef| {
            *object == stage || matches!(object, ObjectRef::Touchpoint(id) if gone.contains(id))
        };
        planner.remove_from_saved_views(is_gone);
        // Last first, so that the remaining positions stay valid.
        let mut last_first = gone.iter().rev();
        last_first.try_for_each(|id| planner.remove::<Touchpoint>(id))
    }
}

impl ListRecord for Persona {
    fn before_delete(&self, planner: &mut Planner<'_>) -> Result<(), PlanError> {
        // Feelings without a persona belong to the first one: they must not pass to the next.
        let personas = planner.map.personas();
        let theirs = personas.position(&self.id) == Some(0) && personas.len() > 1;
        planner.edit_all(planner.map.touchpoints(), |t: &mut Touchpoint| {
            t.feelings.retain(|f| match &f.persona {
                Some(persona) => *persona != self.id,
                None => !theirs,
            });
        });
        let gone = self.object();
        planner.remove_from_saved_views(|object| *object == gone);
        Ok(())
    }

    fn before_move(planner: &mut Planner<'_>, id: &PersonaId, to: usize) {
        // If another persona becomes first, feelings without a persona are assigned to the
        // former first one.
        let personas = planner.map.personas();
        let first = personas.iter().next().map(|p| &p.id);
        let last = personas.len().saturating_sub(1);
        if (first == Some(id)) != (last.min(to) == 0) {
            planner.edit_all(planner.map.touchpoints(), |t: &mut Touchpoint| {
                let nobodys = t.feelings.iter_mut().filter(|f| f.persona.is_none());
                nobodys.for_each(|f| f.persona = first.cloned());
            });
        }
    }
}

impl ListRecord for Department {
    fn fill_in_from(&mut self, other: &Department) {
        fill_if_empty(&mut self.short, &other.short);
        fill_if_empty(&mut self.contact, &other.contact);
        self.colour = self.colour.or(other.colour);
    }
}

impl ListRecord for Channel {
    fn fill_in_from(&mut self, other: &Channel) {
        self.icon = self.icon.take().or_else(|| other.icon.clone());
    }
}

impl ListRecord for Lane {
    fn before_delete(&self, planner: &mut Planner<'_>) -> Result<(), PlanError> {
        if self.kind != LaneKind::Custom {
            return Err(PlanError::StandardLane);
        }
        planner.replace_references(&self.object(), None);
        Ok(())
    }
}

fn fill_if_empty(text: &mut String, other: &str) {
    if text.trim().is_empty() {
        other.clone_into(text);
    }
}

impl Planner<'_> {
    /// Deletes a record with its content and all references to it.
    pub fn delete<R: ListRecord>(&mut self, id: &R::Id) -> Result<(), PlanError> {
        self.find::<R>(id)?.before_delete(self)?;
        self.remove::<R>(id)
    }

    /// Moves a record to an index in its list, counted without itself; clamped to the end.
    pub fn shift<R: ListRecord>(&mut self, id: &R::Id, to: usize) -> Result<(), PlanError> {
        R::before_move(self, id, to);
        let last = R::table(self.map).count().saturating_sub(1);
        self.move_to::<R>(id, to.min(last))
    }

    /// Deletes a record in favor of another, which takes over its references.
    pub fn merge<R: ListRecord>(&mut self, from: &R::Id, into: &R::Id) -> Result<(), PlanError> {
        let (from, into) = (self.find::<R>(from)?, self.find::<R>(into)?);
        if from.id() == into.id() {
            return Ok(());
        }
        self.replace_references(&from.object(), Some(&into.object()));
        let mut whole = into.clone();
        whole.fill_in_from(from);
        self.replace(&whole)?;
        self.remove::<R>(from.id())
    }
}

#[cfg(test)]
mod tests {
    use crate::edit::{ChangeSet, Intent, plan};
    use crate::model::arbitrary;
    use crate::model::{Department, DepartmentId, Id, Map, Record, Rgb, Stage};
    use proptest::prelude::{ProptestConfig, any, prop_assert, prop_assert_eq, proptest};

    fn apply(map: &mut Map, intent: &Intent) -> ChangeSet {
        let changes = plan(map, intent).unwrap();
        changes.apply(map).unwrap();
        changes
    }

    /// All references to departments.
    fn named(map: &Map) -> Vec<&DepartmentId> {
        let mut ids: Vec<&DepartmentId> = Vec::new();
        for stage in map.stages() {
            ids.extend(stage.owner.iter().chain(&stage.supporters));
        }
        for t in map.touchpoints() {
            ids.extend(t.owner.iter().chain(&t.supporters));
            ids.extend(t.backstage.iter().filter_map(|b| b.department.as_ref()));
        }
        ids.extend(map.actions().iter().filter_map(|a| a.owner.as_ref()));
        ids
    }

    fn nth<R: Record>(list: &[R], n: usize) -> Option<R::Id> {
        (!list.is_empty()).then(|| list[n % list.len()].id().clone())
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(128))]

        #[test]
        fn merged_departments_are_one_everywhere(map in arbitrary::map(), a in any::<usize>(), b in any::<usize>()) {
            let all = map.departments().as_slice();
            let (Some(from), Some(into)) = (nth(all, a), nth(all, b)) else { return Ok(()) };
            let mut after = map.clone();
            let intent = Intent::MergeDepartments { from: from.clone(), into: into.clone() };
            let changes = apply(&mut after, &intent);
            prop_assert!(after.is_consistent());
            if from == into {
                prop_assert!(changes.is_empty());
            } else {
                prop_assert!(!after.departments().contains(&from));
                prop_assert!(!named(&after).contains(&&from));
                for (before, t) in map.touchpoints().zip(after.touchpoints()) {
                    // What was there twice before stays; two that become one are one.
                    let times = |list: &[DepartmentId], id| list.iter().filter(|d| *d == id).count();
                    let before_that = times(&before.supporters, &from).max(times(&before.supporters, &into));
                    prop_assert!(times(&t.supporters, &into) <= before_that);
                    prop_assert_eq!(before.owner.is_some(), t.owner.is_some());
                }
            }
            changes.inverse().apply(&mut after).unwrap();
            prop_assert_eq!(&after, &map);
        }

        #[test]
        fn merging_channels_and_environments_can_be_undone(map in arbitrary::map(), a in any::<usize>(), b in any::<usize>()) {
            let mut intents = Vec::new();
            let all = map.channels().as_slice();
            if let (Some(from), Some(into)) = (nth(all, a), nth(all, b)) {
                intents.push(Intent::MergeChannels { from, into });
            }
            let all = map.environments().as_slice();
            if let (Some(from), Some(into)) = (nth(all, a), nth(all, b)) {
                intents.push(Intent::MergeEnvironments { from, into });
            }
            for intent in intents {
                let mut after = map.clone();
                let changes = apply(&mut after, &intent);
                prop_assert!(after.is_consistent());
                for (before, t) in map.touchpoints().zip(after.touchpoints()) {
                    prop_assert_eq!(before.channel.is_some(), t.channel.is_some());
                    prop_assert_eq!(before.environment.is_some(), t.environment.is_some());
                }
                changes.inverse().apply(&mut after).unwrap();
                prop_assert_eq!(&after, &map);
            }
        }

        #[test]
        fn moving_records_keeps_the_map_consistent(map in arbitrary::map(), a in any::<usize>(), to in 0..6_usize) {
            let mut intents = Vec::new();
            intents.extend(nth(map.personas().as_slice(), a).map(|id| Intent::MovePersona { id, to }));
            intents.extend(nth(map.departments().as_slice(), a).map(|id| Intent::MoveDepartment { id, to }));
            intents.extend(nth(map.channels().as_slice(), a).map(|id| Intent::MoveChannel { id, to }));
            intents.extend(nth(map.environments().as_slice(), a).map(|id| Intent::MoveEnvironment { id, to }));
            for intent in intents {
                let mut after = map.clone();
                let changes = apply(&mut after, &intent);
                if let Intent::MoveDepartment { id, to } = &intent {
                    let end = map.departments().len() - 1;
                    prop_assert_eq!(after.departments().position(id), Some((*to).min(end)));
                }
                prop_assert!(after.is_consistent());
                changes.inverse().apply(&mut after).unwrap();
                prop_assert_eq!(&after, &map);
            }
        }
    }

    /// The persona of each feeling, with the default resolved.
    fn felt(map: &Map) -> Vec<Vec<Option<crate::model::PersonaId>>> {
        let first = map.personas().iter().next().map(|p| p.id.clone());
        let of = |f: &crate::model::Feeling| f.persona.clone().or(first.clone());
        let all = map.touchpoints();
        all.map(|t| t.feelings.iter().map(of).collect()).collect()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(96))]

        #[test]
        fn feelings_keep_their_persona_when_personas_move_or_go(map in arbitrary::map(), a in any::<usize>(), to in 0..3_usize) {
            let Some(id) = nth(map.personas().as_slice(), a) else { return Ok(()) };
            let mut moved = map.clone();
            apply(&mut moved, &Intent::MovePersona { id: id.clone(), to });
            prop_assert_eq!(felt(&moved), felt(&map));
            if map.personas().len() > 1 {
                let mut fewer = map.clone();
                apply(&mut fewer, &Intent::DeletePersona(id.clone()));
                let mut expected = felt(&map);
                expected.iter_mut().for_each(|all| all.retain(|p| p.as_ref() != Some(&id)));
                prop_assert_eq!(felt(&fewer), expected);
            }
        }
    }

    #[test]
    fn empty_fields_of_the_remaining_record_are_filled_in() {
        let mut map = Map::with_title("T");
        let mut from = Department::new("a".into(), "Sales");
        from.contact = "Mara".to_owned();
        from.colour = Some(Rgb([1, 2, 3]));
        let mut into = Department::new("b".into(), "sales");
        into.colour = Some(Rgb([9, 9, 9]));
        let mut stage = Stage::new("s".into(), "Buy");
        stage.owner = Some("b".into());
        stage.supporters = vec!["a".into(), "c".into()];
        for intent in [
            Intent::AddDepartment(Box::new(from)),
            Intent::AddDepartment(Box::new(into)),
            Intent::AddStage {
                at: 0,
                stage: Box::new(stage),
            },
        ] {
            apply(&mut map, &intent);
        }
        let (from, into) = ("a".into(), "b".into());
        apply(&mut map, &Intent::MergeDepartments { from, into });
        let one = &map.departments().as_slice()[0];
        assert_eq!((one.name.as_str(), one.contact.as_str()), ("sales", "Mara"));
        assert_eq!(one.colour, Some(Rgb([9, 9, 9])));
        let stage = &map.stages().as_slice()[0];
        assert_eq!(stage.supporters, [DepartmentId::from_text("c")]);
        let (from, into) = ("gone".into(), "b".into());
        assert!(plan(&map, &Intent::MergeDepartments { from, into }).is_err());
    }
}
