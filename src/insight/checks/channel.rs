//! Rules on channels and backstage work.

use crate::english::{join_with_and, quoted};
use crate::insight::context::CheckContext;
use crate::insight::rule::catalogue;
use crate::model::{Channel, Field, ObjectRef};

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

pub(crate) fn check(cx: &mut CheckContext<'_>) {
    self_service(cx);
    backstage(cx);
}

fn is_open(channel: &Channel) -> bool {
    channel.self_service || channel.mobile
}

/// If no channel is marked as either, nobody has filled that in yet.
fn self_service(cx: &mut CheckContext<'_>) {
    let map = cx.map;
    if !map.channels().iter().any(is_open) {
        return;
    }
    let mut closed = Vec::new();
    let mut first = 0;
    for (stage, touchpoints) in map.touchpoint_lists() {
        let end = first + touchpoints.len();
        closed.extend(first_obstacle(cx, first, end).map(|at| (stage, at)));
        first = end;
    }
    let offer = "by self-service or on a mobile";
    let rule = &STAGE_WITHOUT_SELF_SERVICE;
    let (some, all) = (closed.len(), map.stages().len());
    if some >= MANY_STAGES && some == all {
        let message = format!("nobody gets through any of the {all} stages {offer}");
        cx.report(rule, ObjectRef::Map, message);
    } else if some >= MANY_STAGES {
        let names: Vec<String> = closed.iter().map(|(it, _)| quoted(&it.name)).collect();
        let names = join_with_and(&names);
        let message = format!("nobody gets {offer} through {some} of {all} stages: {names}");
        cx.report(rule, ObjectRef::Map, message);
    } else {
        for (stage, at) in closed {
            let channel = cx.channel(at).map_or("", |c| c.name.trim());
            let (name, obstacle) = (quoted(&stage.name), cx.quoted(at));
            let message = format!("nobody gets {offer} through {name}: {obstacle} takes {channel}");
            cx.report(rule, stage, message);
        }
    }
}

/// The first touchpoint between two positions that prevents customers from
/// passing a stage by themselves; `None` if nothing does, or if too little is
/// known.
fn first_obstacle(cx: &CheckContext<'_>, first: usize, end: usize) -> Option<usize> {
    let known = (first..end).filter(|at| cx.channel(*at).is_some());
    if known.count() < MIN_STEPS {
        return None;
    }
    // A step without a channel does not count as an obstacle.
    let passable = |at: usize| cx.is_social(at) || cx.channel(at).is_none_or(is_open);
    // Within a stage positions only grow: one pass is enough.
    let mut reached = vec![false; end - first];
    for at in first..end {
        let former = cx.graph.predecessors(at);
        // Without a former step the journey starts here.
        let enters = at == first || former.is_empty() || former.iter().any(|from| *from < first);
        let within = |from: &usize| (first..at).contains(from) && reached[from - first];
        if !passable(at) || !(enters || former.iter().any(within)) {
            continue;
        }
        reached[at - first] = true;
        let ends = cx.graph.may_end(at) || Some(at) == cx.graph.last_contact();
        if ends || cx.graph.successors(at).iter().any(|to| *to >= end) {
            return None;
        }
    }
    (first..end).find(|at| !passable(*at))
}

/// If most touchpoints have no backstage, the team has not got that far.
fn backstage(cx: &mut CheckContext<'_>) {
    let mut alone = cx.touchpoints.clone();
    alone.retain(|touchpoint| touchpoint.backstage.is_empty());
    if !cx.is_journey() || alone.len() * 2 > cx.touchpoints.len() {
        return;
    }
    alone.retain(|touchpoint| touchpoint.owner.is_some() && touchpoint.channel.is_some());
    for touchpoint in alone {
        let message = format!("nothing stands behind {}", quoted(&touchpoint.name));
        cx.report(&FRONTSTAGE_ALONE, touchpoint, message)
            .fill_in("Write down what is behind it", Field::BackstageItems);
    }
}
