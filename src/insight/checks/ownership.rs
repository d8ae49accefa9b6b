//! Rules on ownership.

use crate::english::{join_with_and, quoted};
use crate::insight::context::CheckContext;
use crate::insight::finding::Finding;
use crate::insight::fix::Fix;
use crate::insight::rule::catalogue;
use crate::insight::usage::ReferenceCounts;
use crate::model::{DepartmentId, Field, ObjectRef, PathKind, Touchpoint};
use std::collections::HashSet;

catalogue! {
    Ownership;
    UNOWNED_TOUCHPOINT = "unowned-touchpoint", Advice,
        "No department owns the touchpoint.",
        "What nobody owns, nobody improves.",
        "Rummler and Brache, Improving Performance: How to Manage the White Space on the Organization Chart, 1990",
        "“Checks the credit record” has no owner: who would explain the entries?";
    UNOWNED_STAGE = "unowned-stage", Advice,
        "No department owns the stage.",
        "Nobody answers for what happens between its touchpoints.",
        "Rummler and Brache, Improving Performance: How to Manage the White Space on the Organization Chart, 1990",
        "Sales owns “Signs” and “Pays”, but nobody owns the stage “Close the deal”.";
    STAGE_MANY_OWNERS = "stage-many-owners", Warning,
        "Three or more departments own touchpoints of a stage that nobody owns as a whole.",
        "The more departments share a task, the more each relies on the others to do it.",
        "Darley and Latané, Bystander intervention in emergencies: diffusion of responsibility, Journal of Personality and Social Psychology 8, 1968",
        "Advice, Operations and Legal each own a step of “Apply”, and nobody owns “Apply”.";
    IDLE_DEPARTMENT = "idle-department", Advice,
        "A department of the map owns nothing, supports nothing and does nothing backstage.",
        "Either its part is missing from the map, or it is not part of this journey.",
        "Touchline's own rule: a list of departments is read as the list of those involved",
        "“Legal” is listed and appears nowhere.";
    HANDOFF_UNSUPPORTED = "handoff-unsupported", Advice,
        "Customers pass from one department to another, and neither supports the other's touchpoint.",
        "Without overlap, customers have to explain everything again; the largest gains lie where functions meet.",
        "Rummler and Brache, Improving Performance: How to Manage the White Space on the Organization Chart, 1990",
        "Sales owns “Signs”, Operations owns “Sends papers”, and neither supports the other.";
}

/// Number of owners from which a stage needs one of its own.
const MANY_OWNERS: usize = 3;

fn choose_owner(object: ObjectRef) -> Fix {
    Fix::fill_in("Choose an owner", object.field(Field::Owner))
}

pub(crate) fn check(look: &mut CheckContext<'_>) {
    for (s, stage, first) in look.stages() {
        let touchpoints = look.map.touchpoints_in(&stage.id);
        if stage.owner.is_none() {
            let owners = owners(touchpoints);
            let known = |(id, _): &&(&DepartmentId, usize)| look.map.departments().contains(id);
            let likely = owners.iter().find(known);
            let fix = likely.map(|(id, _)| Fix::SetOwner((*id).clone()));
            let fixes = fix
                .into_iter()
                .chain([choose_owner(ObjectRef::Stage(stage.id.clone()))]);
            if owners.len() >= MANY_OWNERS {
                let names: Vec<&str> = owners
                    .iter()
                    .map(|(id, _)| look.department_name(id))
                    .collect();
                let message = format!(
                    "{} share {}, and nobody owns the stage as a whole",
                    join_with_and(&names),
                    quoted(&stage.name)
                );
                let finding = look.add_for_stage(s, &STAGE_MANY_OWNERS, message);
                finding.fixes.extend(fixes);
            } else {
                let message = format!("nobody owns the stage {}", quoted(&stage.name));
                look.add_for_stage(s, &UNOWNED_STAGE, message)
                    .fixes
                    .extend(fixes);
            }
        }
        for (t, touchpoint) in touchpoints.iter().enumerate() {
            if touchpoint.owner.is_some() {
                continue;
            }
            let former = t.checked_sub(1).and_then(|t| touchpoints[t].owner.as_ref());
            let mut likely: Vec<&DepartmentId> = stage.owner.iter().chain(former).collect();
            likely.retain(|id| look.map.departments().contains(id));
            likely.dedup();
            let message = format!("nobody owns the touchpoint {}", quoted(&touchpoint.name));
            let finding = look.add_for_touchpoint(first + t, &UNOWNED_TOUCHPOINT, message);
            finding
                .fixes
                .extend(likely.into_iter().cloned().map(Fix::SetOwner));
            finding.fixes.push(choose_owner(finding.subject.clone()));
        }
    }
    idle(look);
    handoffs(look);
}

/// The owners of touchpoints, the most frequent first; includes owners missing
/// from the map.
fn owners(touchpoints: &[Touchpoint]) -> Vec<(&DepartmentId, usize)> {
    let mut owners: Vec<(&DepartmentId, usize)> = Vec::new();
    for id in touchpoints.iter().filter_map(|t| t.owner.as_ref()) {
        match owners.iter_mut().find(|(owner, _)| *owner == id) {
            Some((_, count)) => *count += 1,
            None => owners.push((id, 1)),
        }
    }
    owners.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    owners
}

fn idle(look: &mut CheckContext<'_>) {
    let usage = ReferenceCounts::of(look.map);
    for (at, department) in look.map.departments().iter().enumerate() {
        if usage.count(&ObjectRef::Department(department.id.clone())) == 0 {
            let message = format!(
                "{} is on the list of departments and has no part in this journey",
                quoted(&department.name)
            );
            let subject = ObjectRef::Department(department.id.clone());
            let finding = Finding::new(&IDLE_DEPARTMENT, subject.clone(), subject, message);
            look.add_before_stages(at, finding.with_fixes([Fix::Delete]));
        }
    }
}

/// Whether a department supports a touchpoint or works backstage for it.
fn takes_part(touchpoint: &Touchpoint, department: &DepartmentId) -> bool {
    let backstage = touchpoint
        .backstage
        .iter()
        .filter_map(|b| b.department.as_ref());
    touchpoint
        .supporters
        .iter()
        .chain(backstage)
        .any(|id| id == department)
}

/// Only usual links are checked: responsibility for branches and failures is a
/// matter of other rules. All links from one department to one touchpoint count
/// as one handoff.
fn handoffs(look: &mut CheckContext<'_>) {
    let mut said = HashSet::new();
    for handoff in look.graph.handoffs() {
        let (Some(from), Some(to)) = (&handoff.from, &handoff.to) else {
            continue;
        };
        let link = &look.graph.flow().links[handoff.link];
        let (start, goal) = (look.touchpoints[link.from], look.touchpoints[link.to]);
        let bridged = takes_part(start, to) || takes_part(goal, from);
        if link.kind != PathKind::Next || link.is_backward() || bridged {
            continue;
        }
        if !said.insert((link.to, from.clone())) {
            continue;
        }
        let message = format!(
            "between {} and {} customers pass from {} to {}, and neither has a part on the other's side",
            quoted(&start.name),
            quoted(&goal.name),
            look.department_name(from),
            look.department_name(to)
        );
        let subject = ObjectRef::Path {
            from: start.id.clone(),
            to: goal.id.clone(),
            kind: link.kind,
        };
        let place = ObjectRef::Touchpoint(start.id.clone());
        let fixes = [
            Fix::AddSupporter(goal.id.clone(), from.clone()),
            Fix::AddSupporter(start.id.clone(), to.clone()),
        ];
        let finding =
            look.add_inside_touchpoint(link.from, &HANDOFF_UNSUPPORTED, subject, place, message);
        finding.fixes.extend(fixes);
    }
}
