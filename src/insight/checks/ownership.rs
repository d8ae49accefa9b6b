//! Rules on ownership.

use crate::english::{join_with_and, quoted};
use crate::insight::context::CheckContext;
use crate::insight::finding::Fix;
use crate::insight::rule::catalogue;
use crate::insight::usage::ReferenceCounts;
use crate::model::{
    DepartmentId, Field, IndexedList, Map, ObjectRef, PathKind, Record as _, Touchpoint,
};
use std::collections::HashSet;

catalogue! {
    Ownership;
    UNOWNED_TOUCHPOINT = "unowned-touchpoint", Advice, "Touchpoint without owner",
        "No department owns the touchpoint.",
        "Without an owner nobody improves it. Contacts among people need no owner; moments of truth have a rule of their own (moment-unowned).",
        "Rummler and Brache, Improving Performance: How to Manage the White Space on the Organization Chart, 1990",
        "“Checks the credit record” has no owner: who would explain the entries?";
    MOMENT_UNOWNED = "moment-unowned", Warning, "Moment of truth without owner",
        "No department owns a moment of truth.",
        "At these moments customers form their opinion of the whole service; without an owner nobody answers for how they go.",
        "Carlzon, Moments of Truth, 1987",
        "“Waits for the decision” is a moment of truth, and every department looks at another.";
    UNOWNED_STAGE = "unowned-stage", Advice, "Stage without owner",
        "No department owns the stage as a whole.",
        "Nobody answers for what happens between its touchpoints.",
        "Rummler and Brache, Improving Performance: How to Manage the White Space on the Organization Chart, 1990",
        "Sales owns “Signs” and “Pays”, but nobody owns the stage “Close the deal”.";
    STAGE_MANY_OWNERS = "stage-many-owners", Warning, "Stage shared by many",
        "Three or more departments own touchpoints of a stage that nobody owns as a whole.",
        "The more departments share a task, the more each relies on the others to do it.",
        "Darley and Latané, Bystander intervention in emergencies: diffusion of responsibility, Journal of Personality and Social Psychology 8, 1968",
        "Advice, Operations and Legal each own a step of “Apply”, and nobody owns “Apply”.";
    IDLE_DEPARTMENT = "idle-department", Advice, "Department without a part",
        "A department of the map owns nothing, supports nothing and has no part backstage.",
        "Either its part is missing from the map, or it is not part of this journey.",
        "Touchline's own rule: a list of departments is read as the list of those involved",
        "“Legal” is listed and appears nowhere.";
    HANDOFF_UNSUPPORTED = "handoff-unsupported", Advice, "Handoff without shared responsibility",
        "Customers pass from one department to another, and neither supports the other's touchpoint or its stage.",
        "Without overlap, customers have to explain everything again; the largest gains lie where functions meet.",
        "Rummler and Brache, Improving Performance: How to Manage the White Space on the Organization Chart, 1990",
        "Sales owns “Signs”, Operations owns “Sends papers”, and neither supports the other.";
}

/// Number of owners from which a stage needs one of its own.
const MANY_OWNERS: usize = 3;

/// The label of the fix for a missing owner.
const CHOOSE_OWNER: &str = "Choose an owner";

pub(crate) fn check(cx: &mut CheckContext<'_>) {
    let map = cx.map;
    let known = |id: &&DepartmentId| map.departments().contains(id);
    for (stage, touchpoints) in map.touchpoint_lists() {
        if stage.owner.is_none() {
            let mut owners = owners(touchpoints);
            owners.retain(known);
            let name = quoted(&stage.name);
            let finding = if owners.len() >= MANY_OWNERS {
                let names = owners.iter().map(|id| cx.department_name(id));
                let names = join_with_and(&names.collect::<Vec<_>>());
                let message = format!("stage {name}: no owner, but steps owned by {names}");
                cx.report(&STAGE_MANY_OWNERS, stage, message)
            } else {
                let message = format!("stage {name}: no owner");
                cx.report(&UNOWNED_STAGE, stage, message)
            };
            let likely = owners.into_iter().next().cloned();
            finding.fixes.extend(likely.map(Fix::SetOwner));
            finding.fill_in(CHOOSE_OWNER, Field::Owner);
        }
        let mut former = None;
        for touchpoint in touchpoints {
            let owner = touchpoint.owner.as_ref();
            if map.lacks_owner(touchpoint) {
                let mut likely: Vec<&DepartmentId> = stage.owner.iter().chain(former).collect();
                likely.retain(known);
                likely.dedup();
                let name = quoted(&touchpoint.name);
                let finding = if touchpoint.moment_of_truth {
                    let message = format!("moment of truth {name}: no owner");
                    cx.report(&MOMENT_UNOWNED, touchpoint, message)
                } else {
                    let message = format!("touchpoint {name}: no owner");
                    cx.report(&UNOWNED_TOUCHPOINT, touchpoint, message)
                };
                let likely = likely.into_iter().cloned();
                finding.fixes.extend(likely.map(Fix::SetOwner));
                finding.fill_in(CHOOSE_OWNER, Field::Owner);
            }
            former = owner;
        }
    }
    let usage = ReferenceCounts::of(map);
    for department in map.departments() {
        if usage.count(&department.into()) == 0 {
            let name = quoted(&department.name);
            let message = format!("department {name}: no part in this journey");
            cx.report(&IDLE_DEPARTMENT, department, message)
                .fix(Fix::Delete);
        }
    }
    handoffs(cx);
}

/// The owners of touchpoints, the most frequent first, with those missing from the map.
fn owners(touchpoints: &IndexedList<Touchpoint>) -> Vec<&DepartmentId> {
    let mut owners: Vec<(&DepartmentId, usize)> = Vec::new();
    for id in touchpoints.iter().filter_map(|t| t.owner.as_ref()) {
        match owners.iter_mut().find(|(owner, _)| *owner == id) {
            Some((_, count)) => *count += 1,
            None => owners.push((id, 1)),
        }
    }
    owners.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    owners.into_iter().map(|(id, _)| id).collect()
}

/// Whether a department supports a touchpoint or its stage, or works backstage for it.
fn takes_part(map: &Map, touchpoint: &Touchpoint, department: &DepartmentId) -> bool {
    let backstage = touchpoint.backstage.iter();
    let backstage = backstage.filter_map(|b| b.department.as_ref());
    let stage = map.stage_of(&touchpoint.id);
    let stage = stage.and_then(|id| map.stages().get(id));
    let of_stage = stage.into_iter().flat_map(|stage| &stage.supporters);
    let mut all = touchpoint
        .supporters
        .iter()
        .chain(backstage)
        .chain(of_stage);
    all.any(|id| id == department)
}

/// Only usual links are checked: responsibility for branches and failures is a
/// matter of other rules. All links from one department to one touchpoint count
/// as one handoff.
fn handoffs(cx: &mut CheckContext<'_>) {
    let mut said = HashSet::new();
    for handoff in cx.graph.handoffs() {
        let (Some(from), Some(to)) = (&handoff.from, &handoff.to) else {
            continue;
        };
        let link = &cx.graph.flow().links[handoff.link];
        let (start, goal) = (cx.touchpoints[link.from], cx.touchpoints[link.to]);
        let bridged = takes_part(cx.map, start, to) || takes_part(cx.map, goal, from);
        if link.kind != PathKind::Next
            || link.is_backward()
            || bridged
            || !said.insert((link.to, from.clone()))
        {
            continue;
        }
        let message = format!(
            "handoff without shared responsibility: {} → {}, from {} to {}",
            quoted(&start.name),
            quoted(&goal.name),
            cx.department_name(from),
            cx.department_name(to)
        );
        let path = ObjectRef::Path {
            from: start.id.clone(),
            to: goal.id.clone(),
            kind: link.kind,
        };
        cx.report(&HANDOFF_UNSUPPORTED, path, message)
            .at(start.object().into())
            .fix(Fix::AddSupporter(goal.id.clone(), from.clone()))
            .fix(Fix::AddSupporter(start.id.clone(), to.clone()));
    }
}
