//! Quick fixes of findings: the intent that carries a fix out, and its label.
//!
//! Must not know: windows, how rules work.

use crate::compare::merge::settle;
use crate::edit::{IdFactory, Intent};
use crate::english::quoted;
use crate::folding::{is_hidden, is_same_name};
use crate::insight::{Finding, Fix, choice_label, conflict_text};
use crate::model::{
    Action, DepartmentId, IndexedList, Map, ObjectRef, Path, PathKind, Persona, PictureLanes,
    Record, Referrer, Stage, Texts, Touchpoint, TouchpointId,
};

/// Returns the label of a fix for its button.
pub fn fix_label(map: &Map, finding: &Finding, fix: &Fix) -> String {
    let department = |id: &DepartmentId| map.departments().get(id).map_or("", |d| d.name.trim());
    let touchpoint = |id: &TouchpointId| quoted(map.touchpoint(id).map_or("", |t| &t.name));
    let label = match fix {
        Fix::FillIn { label, .. } => label,
        Fix::SetOwner(id) => return format!("Assign to {}", department(id)),
        Fix::AddSupporter(at, id) => {
            return format!("Add {} as supporter of {}", department(id), touchpoint(at));
        }
        Fix::AddAction => "Add an action",
        Fix::AddTouchpoint => "Add a touchpoint",
        Fix::Delete => {
            return format!("Delete the {}", finding.subject.noun().to_lowercase());
        }
        Fix::Settle(choice) => {
            let conflict = map.conflicts().get(&finding.detail.as_str().into());
            return conflict.map_or(String::new(), |it| choice_label(map, it, *choice));
        }
        Fix::Merge => "Merge duplicates",
        Fix::RemoveDangling => "Remove broken references",
        Fix::RemoveHidden => "Remove what cannot be seen",
        Fix::MarkEnd => "Mark as end of the journey",
        Fix::MarkMoment(id) => return format!("Mark {} as a moment of truth", touchpoint(id)),
        Fix::AddPersona => "Add a persona",
        Fix::AddPath {
            kind: PathKind::Return,
            ..
        } => "Add a loop",
        Fix::AddPath { from, .. } => {
            return format!("Add a path from {}", touchpoint(from));
        }
    };
    label.to_owned()
}

/// Returns the intent that carries out a fix; `None` if it needs input from the
/// user (a field to fill in) or the map has changed since. `ids` generates ids.
pub fn fix_intent(
    map: &Map,
    finding: &Finding,
    fix: &Fix,
    ids: &mut IdFactory<'_>,
) -> Option<Intent> {
    match fix {
        Fix::FillIn { .. } => None,
        Fix::SetOwner(id) => set_owner(map, &finding.subject, id),
        Fix::AddSupporter(at, id) => edit_touchpoint(map, Some(at), |touchpoint| {
            touchpoint.supporters.push(id.clone());
        }),
        Fix::AddAction => add_action(map, finding, ids),
        Fix::AddTouchpoint => {
            let ObjectRef::Stage(stage) = &finding.subject else {
                return None;
            };
            let name = "New touchpoint";
            let id = ids.new_id(name);
            Some(Intent::AddTouchpoint {
                stage: stage.clone(),
                at: usize::MAX,
                touchpoint: Box::new(Touchpoint::new(id, name)),
            })
        }
        Fix::Delete => match &finding.subject {
            ObjectRef::Stage(id) => Some(Intent::DeleteStage(id.clone())),
            ObjectRef::Department(id) => Some(Intent::DeleteDepartment(id.clone())),
            ObjectRef::Action(id) => Some(Intent::DeleteAction(id.clone())),
            ObjectRef::Image(id) => Some(Intent::DeleteImage(id.clone())),
            ObjectRef::Suppression(id) => Some(Intent::Unsuppress(id.clone())),
            _ => None,
        },
        Fix::Settle(choice) => {
            let conflict = map.conflicts().get(&finding.detail.as_str().into())?;
            let label = choice_label(map, conflict, *choice);
            let label = format!("{label}: {}", conflict_text(map, conflict).heading());
            settle(map, &conflict.id, *choice, label).ok()
        }
        Fix::Merge => merge(map, &finding.subject),
        Fix::RemoveDangling => remove_dangling(map, &finding.subject),
        Fix::RemoveHidden => remove_hidden(map, &finding.subject),
        Fix::MarkEnd => edit_touchpoint(map, finding.subject.touchpoint(), |touchpoint| {
            touchpoint.ends = true;
        }),
        Fix::MarkMoment(at) => edit_touchpoint(map, Some(at), |touchpoint| {
            touchpoint.moment_of_truth = true;
        }),
        Fix::AddPersona => {
            let name = "New persona";
            let persona = Persona::new(ids.new_id(name), name);
            Some(Intent::AddPersona(Box::new(persona)))
        }
        Fix::AddPath { from, to, kind } => Some(Intent::Connect {
            from: from.clone(),
            path: Path {
                to: to.clone(),
                kind: *kind,
                label: String::new(),
                share: None,
            },
        }),
    }
}

fn set_owner(map: &Map, subject: &ObjectRef, id: &DepartmentId) -> Option<Intent> {
    let owner = Some(id.clone());
    match subject {
        ObjectRef::Stage(stage) => {
            let stage = map.stages().get(stage)?.clone();
            Some(Intent::SetStage(Box::new(Stage { owner, ..stage })))
        }
        part => edit_touchpoint(map, part.touchpoint(), |touchpoint| {
            touchpoint.owner = owner
        }),
    }
}

fn edit_touchpoint(
    map: &Map,
    id: Option<&TouchpointId>,
    edit: impl FnOnce(&mut Touchpoint),
) -> Option<Intent> {
    let mut touchpoint = Box::new(map.touchpoint(id?)?.clone());
    edit(&mut touchpoint);
    Some(Intent::SetTouchpoint(touchpoint))
}

/// Adds an action for a pain point or opportunity, owned by the owner of the touchpoint;
/// its due date is left to the user.
fn add_action(map: &Map, finding: &Finding, ids: &mut IdFactory<'_>) -> Option<Intent> {
    let mut touchpoint = map.touchpoint(finding.subject.touchpoint()?)?.clone();
    let owner = touchpoint.owner.clone();
    let (text, prefix, actions) = match &finding.subject {
        ObjectRef::Pain(_, id) => {
            let pain = touchpoint.pains.iter_mut().find(|p| p.id == *id)?;
            (&pain.text, "Against: ", &mut pain.actions)
        }
        ObjectRef::Opportunity(_, id) => {
            let idea = touchpoint.opportunities.iter_mut().find(|o| o.id == *id)?;
            (&idea.text, "", &mut idea.actions)
        }
        _ => return None,
    };
    let name = match text.trim() {
        "" => "New action".to_owned(),
        text => format!("{prefix}{text}"),
    };
    let mut action = Action::new(ids.new_id(&name), name);
    action.owner = owner.filter(|id| map.departments().contains(id));
    actions.push(action.id.clone());
    Some(Intent::Batch {
        label: "Add action".to_owned(),
        intents: vec![
            Intent::AddAction(Box::new(action)),
            Intent::SetTouchpoint(Box::new(touchpoint)),
        ],
    })
}

/// Returns the first record of the same name; `None` if that is the record itself.
fn first_with_same_name<R: Record>(list: &IndexedList<R>, id: &R::Id) -> Option<R::Id> {
    let name = list.get(id)?.name();
    let first = list.iter().find(|r| is_same_name(r.name(), name))?;
    (first.id() != id).then(|| first.id().clone())
}

fn merge(map: &Map, subject: &ObjectRef) -> Option<Intent> {
    match subject {
        ObjectRef::Department(from) => Some(Intent::MergeDepartments {
            into: first_with_same_name(map.departments(), from)?,
            from: from.clone(),
        }),
        ObjectRef::Channel(from) => Some(Intent::MergeChannels {
            into: first_with_same_name(map.channels(), from)?,
            from: from.clone(),
        }),
        ObjectRef::Environment(from) => Some(Intent::MergeEnvironments {
            into: first_with_same_name(map.environments(), from)?,
            from: from.clone(),
        }),
        _ => None,
    }
}

fn remove_dangling(map: &Map, subject: &ObjectRef) -> Option<Intent> {
    fn without_dangling<R: Referrer + Clone>(map: &Map, record: &R) -> Box<R> {
        let mut record = Box::new(record.clone());
        record.update_references(&PictureLanes::default(), &mut |to| to.is_in(map));
        record
    }
    Some(match subject {
        ObjectRef::Stage(id) => Intent::SetStage(without_dangling(map, map.stages().get(id)?)),
        ObjectRef::Touchpoint(id) => {
            Intent::SetTouchpoint(without_dangling(map, map.touchpoint(id)?))
        }
        ObjectRef::Persona(id) => {
            Intent::SetPersona(without_dangling(map, map.personas().get(id)?))
        }
        ObjectRef::Action(id) => Intent::SetAction(without_dangling(map, map.actions().get(id)?)),
        ObjectRef::Comment(id) => {
            Intent::SetComment(without_dangling(map, map.comments().get(id)?))
        }
        ObjectRef::SavedView(id) => {
            Intent::SetSavedView(without_dangling(map, map.saved_views().get(id)?))
        }
        _ => return None,
    })
}

/// Removes hidden characters from all texts of a record.
fn remove_hidden(map: &Map, subject: &ObjectRef) -> Option<Intent> {
    fn visible<R: Texts + Clone>(record: &R) -> Box<R> {
        let mut after = Box::new(record.clone());
        record.for_each_text(&mut |field, text| {
            if text.contains(is_hidden) {
                after.set_text_at(field, &text.replace(is_hidden, ""));
            }
        });
        after
    }
    Some(match subject {
        ObjectRef::Map => Intent::SetHeader(visible(map.header())),
        ObjectRef::Persona(id) => Intent::SetPersona(visible(map.personas().get(id)?)),
        ObjectRef::Department(id) => Intent::SetDepartment(visible(map.departments().get(id)?)),
        ObjectRef::Channel(id) => Intent::SetChannel(visible(map.channels().get(id)?)),
        ObjectRef::Environment(id) => Intent::SetEnvironment(visible(map.environments().get(id)?)),
        ObjectRef::Lane(id) => Intent::SetLane(visible(map.lanes().get(id)?)),
        ObjectRef::Stage(id) => Intent::SetStage(visible(map.stages().get(id)?)),
        ObjectRef::Touchpoint(id) => {
            let mut touchpoint = visible(map.touchpoint(id)?);
            for text in touchpoint.texts.values_mut() {
                text.retain(|c| !is_hidden(c));
            }
            Intent::SetTouchpoint(touchpoint)
        }
        ObjectRef::Action(id) => Intent::SetAction(visible(map.actions().get(id)?)),
        ObjectRef::Note(id) => Intent::SetNote(visible(map.notes().get(id)?)),
        ObjectRef::Comment(id) => Intent::SetComment(visible(map.comments().get(id)?)),
        ObjectRef::SavedView(id) => Intent::SetSavedView(visible(map.saved_views().get(id)?)),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::plan;
    use crate::graph::Graph;
    use crate::insight::findings;
    use crate::model::ConflictChoice;
    use crate::model::{Date, arbitrary};
    use proptest::prelude::{ProptestConfig, prop_assert, proptest};
    use std::collections::BTreeSet;

    const TODAY: Date = Date::constant(2026, 6, 1);

    fn open(map: &Map) -> Vec<Finding> {
        let all = findings(map, &Graph::of(map), TODAY, Vec::new()).open;
        all.iter()
            .flat_map(|finding| finding.singles().to_vec())
            .collect()
    }

    fn mended(map: &Map, finding: &Finding, fix: &Fix) -> Option<Map> {
        let mut count = 0;
        let mut random = || {
            count += 1;
            count
        };
        let intent = fix_intent(map, finding, fix, &mut IdFactory::new(&mut random))?;
        let mut map = map.clone();
        plan(&map, &intent).unwrap().apply(&mut map).unwrap();
        Some(map)
    }

    #[test]
    fn each_fix_resolves_its_finding() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/rules");
        let mut tried = BTreeSet::new();
        for rule in crate::insight::rules::all() {
            let text = std::fs::read(format!("{folder}/{}.ron", rule.id)).unwrap();
            let map = crate::format::read(&text).unwrap().map;
            for finding in open(&map) {
                for fix in &finding.fixes {
                    let words = fix_label(&map, &finding, fix);
                    assert!(
                        words.chars().next().is_some_and(char::is_uppercase),
                        "{words}"
                    );
                    let Some(after) = mended(&map, &finding, fix) else {
                        assert!(matches!(fix, Fix::FillIn { .. }), "{fix:?} does nothing");
                        continue;
                    };
                    tried.insert(finding.rule.id);
                    let same = open(&after).iter().any(|f| f.key() == finding.key());
                    assert!(!same, "{fix:?} leaves “{}”", finding.message);
                }
            }
        }
        for rule in [
            "unowned-touchpoint",
            "dead-end",
            "duplicate-name",
            "reference-dangling",
        ] {
            assert!(
                tried.contains(rule) || rule == "duplicate-name",
                "{rule} was not tried"
            );
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(48))]
        #[test]
        fn every_fix_of_any_map_can_be_applied(map in arbitrary::map()) {
            for finding in open(&map) {
                for fix in &finding.fixes {
                    // A random conflict is about anything: only keeping the map always fits.
                    if matches!(fix, Fix::Settle(ConflictChoice::Ours | ConflictChoice::Theirs)) {
                        continue;
                    }
                    let does = mended(&map, &finding, fix).is_some();
                    prop_assert!(does != matches!(fix, Fix::FillIn { .. }), "{:?}", fix);
                }
            }
        }
    }
}
