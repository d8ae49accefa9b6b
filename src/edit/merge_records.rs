//! Merging of two records that stand for the same thing.
//!
//! All references to the deleted record are redirected to the remaining one.
//! Empty fields of the remaining record are filled in from the other, so that
//! only the second name is lost.
//!
//! Must not know: intents.

use super::cascade::replace_changed;
use super::change::Change;
use super::intent::PlanError;
use super::record_changes::{missing_error, remove, replace};
use crate::model::{
    Action, Channel, ChannelId, Department, DepartmentId, Environment, EnvironmentId, IndexedList,
    Map, Record, Stage, Touchpoint,
};

pub(super) fn merge_departments(
    map: &Map,
    from: &DepartmentId,
    into: &DepartmentId,
    out: &mut Vec<Change>,
) -> Result<(), PlanError> {
    let Some((from, into)) = distinct_pair(map.departments(), from, into)? else {
        return Ok(());
    };
    replace_changed(map, out, |stage: &mut Stage| {
        redirect_owners(&mut stage.owner, &mut stage.supporters, &from.id, &into.id);
    });
    replace_changed(map, out, |touchpoint: &mut Touchpoint| {
        let Touchpoint {
            owner, supporters, ..
        } = touchpoint;
        redirect_owners(owner, supporters, &from.id, &into.id);
        for item in &mut touchpoint.backstage {
            redirect(&mut item.department, &from.id, &into.id);
        }
    });
    replace_changed(map, out, |action: &mut Action| {
        redirect(&mut action.owner, &from.id, &into.id);
    });
    let mut whole = into.clone();
    fill_if_empty(&mut whole.short, &from.short);
    fill_if_empty(&mut whole.contact, &from.contact);
    whole.colour = whole.colour.or(from.colour);
    replace(map, &whole, out)?;
    remove::<Department>(map, &from.id, out)
}

pub(super) fn merge_channels(
    map: &Map,
    from: &ChannelId,
    into: &ChannelId,
    out: &mut Vec<Change>,
) -> Result<(), PlanError> {
    let Some((from, into)) = distinct_pair(map.channels(), from, into)? else {
        return Ok(());
    };
    replace_changed(map, out, |touchpoint: &mut Touchpoint| {
        redirect(&mut touchpoint.channel, &from.id, &into.id);
    });
    let mut whole = into.clone();
    whole.icon = whole.icon.or_else(|| from.icon.clone());
    replace(map, &whole, out)?;
    remove::<Channel>(map, &from.id, out)
}

pub(super) fn merge_environments(
    map: &Map,
    from: &EnvironmentId,
    into: &EnvironmentId,
    out: &mut Vec<Change>,
) -> Result<(), PlanError> {
    let Some((from, into)) = distinct_pair(map.environments(), from, into)? else {
        return Ok(());
    };
    replace_changed(map, out, |touchpoint: &mut Touchpoint| {
        redirect(&mut touchpoint.environment, &from.id, &into.id);
    });
    remove::<Environment>(map, &from.id, out)
}

/// Both records; `None` if they are the same.
fn distinct_pair<'m, R: Record>(
    list: &'m IndexedList<R>,
    from: &R::Id,
    into: &R::Id,
) -> Result<Option<(&'m R, &'m R)>, PlanError> {
    let find = |id| list.get(id).ok_or_else(|| missing_error(id));
    let (from, into) = (find(from)?, find(into)?);
    Ok((from.id() != into.id()).then_some((from, into)))
}

fn redirect<I: Clone + PartialEq>(id: &mut Option<I>, from: &I, into: &I) {
    if id.as_ref() == Some(from) {
        *id = Some(into.clone());
    }
}

/// Redirects owner and supporters without duplicates; an owner is not its own supporter.
fn redirect_owners(
    owner: &mut Option<DepartmentId>,
    supporters: &mut Vec<DepartmentId>,
    from: &DepartmentId,
    into: &DepartmentId,
) {
    if owner.as_ref() != Some(from) && !supporters.contains(from) {
        return;
    }
    redirect(owner, from, into);
    let owned = owner.as_ref() == Some(into);
    let mut there = owned;
    supporters.retain_mut(|id| {
        if id == from {
            *id = into.clone();
        }
        // Keep the first occurrence, or none if the department is the owner.
        id != into || !std::mem::replace(&mut there, true)
    });
}

fn fill_if_empty(text: &mut String, other: &str) {
    if text.trim().is_empty() {
        other.clone_into(text);
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
                    if before.owner != t.owner || before.supporters != t.supporters {
                        let times = t.supporters.iter().filter(|d| **d == into).count();
                        prop_assert!(times <= usize::from(t.owner.as_ref() != Some(&into)));
                    }
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
