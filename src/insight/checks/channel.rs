//! Rules on channels and backstage work.

use crate::english::{join_with_and, quoted};
use crate::insight::context::CheckContext;
use crate::insight::fix::Fix;
use crate::insight::rule::catalogue;
use crate::model::{Channel, Field, Stage};

catalogue! {
    Channel;
    STAGE_WITHOUT_SELF_SERVICE = "stage-without-self-service", Advice,
        "No path through a stage works by self-service or on a mobile device throughout.",
        "Self-service works at any hour; each step that needs an office makes customers wait until it opens.",
        "Meuter, Ostrom, Roundtree and Bitner, Self-service technologies: understanding customer satisfaction with technology-based service encounters, Journal of Marketing 64, 2000",
        "“Apply” is on the website, except for one signature in the branch.";
    FRONTSTAGE_ALONE = "frontstage-alone", Advice,
        "Most touchpoints have backstage entries, and this one has none.",
        "The work below the line of visibility produces what customers see; a step without any was not analysed, or nobody was asked.",
        "Shostack, Designing services that deliver, Harvard Business Review, January 1984",
        "“Receives the card” has no process, no system and no people backstage.";
}

/// Minimum number of steps with a channel for a stage to be judged.
const MIN_STEPS: usize = 2;
/// Number of stages from which one finding for the whole map replaces those for each stage.
const MANY_STAGES: usize = 3;

pub(crate) fn check(look: &mut CheckContext<'_>) {
    self_service(look);
    backstage(look);
}

fn is_open(channel: &Channel) -> bool {
    channel.self_service || channel.mobile
}

/// If no channel is marked as either, nobody has filled that in yet.
fn self_service(look: &mut CheckContext<'_>) {
    if !look.map.channels().iter().any(is_open) {
        return;
    }
    let closed: Vec<(usize, &Stage, usize)> = look
        .stages()
        .filter_map(|(s, stage, first)| {
            let count = look.map.touchpoints_in(&stage.id).len();
            Some((s, stage, first_obstacle(look, first, first + count)?))
        })
        .collect();
    let offer = "by self-service or on a mobile";
    if closed.len() >= MANY_STAGES {
        let names: Vec<String> = closed.iter().map(|(_, it, _)| quoted(&it.name)).collect();
        let (some, all) = (closed.len(), look.map.stages().len());
        let message = if some == all {
            format!("nobody gets through any of the {all} stages {offer}")
        } else {
            format!(
                "nobody gets {offer} through {some} of {all} stages: {}",
                join_with_and(&names)
            )
        };
        look.add_for_map(&STAGE_WITHOUT_SELF_SERVICE, Field::Whole, message);
        return;
    }
    for (s, stage, at) in closed {
        let name = channel(look, at).map_or("", |c| c.name.trim());
        let message = format!(
            "nobody gets {offer} through {}: {} takes {name}",
            quoted(&stage.name),
            quoted(&look.touchpoints[at].name)
        );
        look.add_for_stage(s, &STAGE_WITHOUT_SELF_SERVICE, message);
    }
}

fn channel<'m>(look: &CheckContext<'m>, at: usize) -> Option<&'m Channel> {
    let id = look.touchpoints[at].channel.as_ref()?;
    look.map.channels().get(id)
}

/// The first touchpoint between two positions that prevents customers from
/// passing a stage by themselves; `None` if nothing does, or if too little is
/// known.
fn first_obstacle(look: &CheckContext<'_>, first: usize, end: usize) -> Option<usize> {
    let known = (first..end).filter(|at| channel(look, *at).is_some());
    if known.count() < MIN_STEPS {
        return None;
    }
    // A step without a channel does not count as an obstacle.
    let passable = |at: usize| look.is_social(at) || channel(look, at).is_none_or(is_open);
    // Within a stage positions only grow: one pass is enough.
    let mut reached = vec![false; end - first];
    for at in first..end {
        let former = look.graph.predecessors(at);
        let enters = at == first || former.iter().any(|from| *from < first);
        let within = |from: &usize| (first..at).contains(from) && reached[from - first];
        if !passable(at) || !(enters || former.iter().any(within)) {
            continue;
        }
        reached[at - first] = true;
        let ends = look.graph.may_end(at) || Some(at) == look.graph.last_contact();
        if ends || look.graph.successors(at).iter().any(|to| *to >= end) {
            return None;
        }
    }
    (first..end).find(|at| !passable(*at))
}

/// If most touchpoints have no backstage, the team has not got that far.
fn backstage(look: &mut CheckContext<'_>) {
    let empty = |at: &usize| look.touchpoints[*at].backstage.is_empty();
    let alone: Vec<usize> = (0..look.touchpoints.len()).filter(empty).collect();
    if !look.is_journey() || alone.len() * 2 > look.touchpoints.len() {
        return;
    }
    for at in alone {
        let touchpoint = look.touchpoints[at];
        if touchpoint.owner.is_none() || touchpoint.channel.is_none() {
            continue;
        }
        let message = format!("nothing stands behind {}", quoted(&touchpoint.name));
        let finding = look.add_for_touchpoint(at, &FRONTSTAGE_ALONE, message);
        let field = finding.subject.clone().field(Field::BackstageItems);
        let fix = Fix::fill_in("Write down what is behind it", field);
        finding.fixes.push(fix);
    }
}
