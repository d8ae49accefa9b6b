//! The gap between a current journey and its future as work: an action for each step that is to
//! change.
//!
//! The future map gets the actions. Each is linked to its step by an opportunity there that it takes
//! up; that for a step which is to go, to the step before it.
//!
//! Must not know: files, windows.

use super::shifts::{Fate, StepShift};
use super::summary::FutureSummary;
use super::telling::{one_line, step_parts};
use crate::edit::{IdFactory, Intent};
use crate::english::{count, quoted};
use crate::model::{
    Action, ActionId, ActionStatus, Date, DepartmentId, Map, Opportunity, Touchpoint, TouchpointId,
};
use std::collections::BTreeMap;

/// A step that is to change, as work to be done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gap {
    /// The fate of the step.
    pub fate: Fate,
    /// The name of the stage.
    pub stage: String,
    /// The work to be done, the name of its action.
    pub work: String,
    /// The step of the future map that the action is linked to.
    step: Option<TouchpointId>,
    /// The owner of the step, if the future map has the department.
    pub owner: Option<DepartmentId>,
    /// The names of the actions that see to it already.
    pub actions: Vec<String>,
}

impl Gap {
    /// Whether no action sees to it yet.
    pub fn is_open(&self) -> bool {
        self.actions.is_empty()
    }
}

/// Returns the gaps between a current map and its future one, in the order of the journey.
pub fn gaps([current, future]: [&Map; 2], summary: &FutureSummary) -> Vec<Gap> {
    let steps: Vec<&StepShift> = summary.steps().collect();
    let step_of = |step: &StepShift| step.objects.after.as_ref()?.touchpoint().cloned();
    let works = steps.iter().map(|step| work(step));
    let works: Vec<Option<String>> = works.collect();
    // Opportunities of steps that are to go are at another step and say nothing about that.
    let removals = steps.iter().zip(&works);
    let removals = removals.filter(|(step, _)| step.fate == Fate::Removed);
    let removals: Vec<&str> = removals.filter_map(|(_, work)| work.as_deref()).collect();
    let mut gaps = Vec::new();
    let mut at = 0;
    for stage in &summary.stages {
        for step in &stage.steps {
            let here = at;
            at += 1;
            let Some(work) = works[here].clone() else {
                continue;
            };
            let near = || steps[..here].iter().rev().chain(&steps[here..]);
            let own = step_of(step);
            let record = own.as_ref().and_then(|id| future.touchpoint(id));
            let former = step.objects.before.as_ref();
            let former = former.and_then(|it| current.touchpoint(it.touchpoint()?));
            let owner = record.or(former).and_then(|it| it.owner.clone());
            gaps.push(Gap {
                fate: step.fate,
                stage: stage.name.clone(),
                actions: actions_of(future, step, record, &work, &removals),
                work,
                step: own.or_else(|| near().find_map(|step| step_of(step))),
                owner: owner.filter(|id| future.departments().contains(id)),
            });
        }
    }
    gaps
}

/// The work of a step that is to change; `None` if nothing is to be done about it.
fn work(step: &StepShift) -> Option<String> {
    let name = quoted(&one_line(&step.name));
    Some(match step.fate {
        Fate::Kept => return None,
        Fate::New => format!("Introduce {name}"),
        Fate::Removed => format!("Do without {name}"),
        Fate::Changed => {
            let mut parts = step_parts(step);
            let gone = step.pains_removed.iter();
            parts.extend(gone.map(|pain| format!("without {}", quoted(&one_line(&pain.text)))));
            parts.extend(step.taken.iter().map(|it| one_line(&it.text)));
            parts.extend(step.delights_added.iter().map(|text| one_line(text)));
            if parts.is_empty() {
                return None;
            }
            format!("Change {name}: {}", parts.join(", "))
        }
    })
}

/// The names of the actions that see to a step: those that remove its pain points or take up its
/// opportunities, and the one of this name.
fn actions_of(
    future: &Map,
    step: &StepShift,
    record: Option<&Touchpoint>,
    work: &str,
    removals: &[&str],
) -> Vec<String> {
    let pains = record.into_iter().flat_map(|it| &it.pains);
    let pains = pains.map(|it| (&it.text, &it.actions));
    let ideas = record.into_iter().flat_map(|it| &it.opportunities);
    let ideas = ideas.map(|it| (&it.text, &it.actions));
    let items = pains.chain(ideas);
    let items = items.filter(|(text, _)| !removals.contains(&text.as_str()));
    let linked: Vec<&ActionId> = items.flat_map(|(_, actions)| actions).collect();
    let alive = future.actions().iter();
    let alive = alive.filter(|it| it.status != ActionStatus::Dropped);
    let linked = alive.filter(|it| it.name == work || linked.contains(&&it.id));
    let mut names: Vec<String> = linked.map(|it| it.name.clone()).collect();
    let answers = step.pains_removed.iter().map(|it| &it.actions);
    for name in answers
        .chain(step.taken.iter().map(|it| &it.actions))
        .flatten()
    {
        if !names.contains(name) {
            names.push(name.clone());
        }
    }
    names
}

/// Returns the edit of the future map that adds an action for each of these gaps, with the owner of
/// its step unless one is given; `None` without gaps.
pub fn actions_for_gaps(
    future: &Map,
    gaps: &[&Gap],
    owner: Option<&DepartmentId>,
    due: Option<Date>,
    ids: &mut IdFactory<'_>,
) -> Option<Intent> {
    let mut steps: BTreeMap<TouchpointId, Touchpoint> = BTreeMap::new();
    let mut intents = Vec::new();
    for gap in gaps {
        let mut action = Action::new(ids.new_id(&gap.work), gap.work.clone());
        action.owner = owner.or(gap.owner.as_ref()).cloned();
        action.due = due;
        let id = action.id.clone();
        intents.push(Intent::AddAction(Box::new(action)));
        let Some(record) = gap.step.as_ref().and_then(|id| future.touchpoint(id)) else {
            continue;
        };
        let step = steps.entry(record.id.clone());
        let step = step.or_insert_with(|| record.clone());
        // That of an action which was dropped or deleted is taken up anew.
        let known = step.opportunities.iter_mut();
        let mut known = known.filter(|it| it.text == gap.work);
        match known.next() {
            Some(idea) => idea.actions.push(id),
            None => step.opportunities.push(Opportunity {
                id: ids.new_id(&gap.work),
                text: gap.work.clone(),
                actions: vec![id],
                ..Opportunity::default()
            }),
        }
    }
    let steps = steps.into_values();
    intents.extend(steps.map(|step| Intent::SetTouchpoint(Box::new(step))));
    (!gaps.is_empty()).then(|| Intent::Batch {
        label: format!("Make {}", count(gaps.len(), "action")),
        intents,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compare::Comparison;
    use crate::edit::plan_and_apply;
    use crate::edit::proptests::{intent, rolls};
    use crate::model::arbitrary;
    use proptest::prelude::*;

    fn gaps_of(current: &Map, future: &Map) -> Vec<Gap> {
        let summary = FutureSummary::of(&Comparison::between(current, future));
        gaps([current, future], &summary)
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(16))]

        #[test]
        fn each_gap_gets_one_action_however_often_it_is_asked_for(
            current in arbitrary::map(),
            edits in rolls(6),
        ) {
            let mut future = current.clone();
            for roll in edits {
                if let Some(intent) = intent(&future, roll) {
                    let _ = plan_and_apply(&mut future, &intent);
                }
            }
            let mut number = 0;
            let mut random = || { number += 1; number };
            let mut ids = IdFactory::new(&mut random);
            let open = gaps_of(&current, &future);
            let open: Vec<&Gap> = open.iter().filter(|gap| gap.is_open()).collect();
            let before = future.actions().len();
            if let Some(intent) = actions_for_gaps(&future, &open, None, None, &mut ids) {
                prop_assert!(plan_and_apply(&mut future, &intent).is_ok());
            }
            prop_assert_eq!(future.actions().len(), before + open.len());
            let left = gaps_of(&current, &future);
            prop_assert_eq!(left.iter().find(|gap| gap.is_open()), None);
        }
    }
}
