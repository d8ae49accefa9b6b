//! Rules on channels and backstage work.

use super::feelings::is_deep;
use crate::english::quoted;
use crate::insight::context::CheckContext;
use crate::insight::rule::catalogue;
use crate::model::{Channel, Field, PathKind};
use std::ops::Range;

catalogue! {
    Channel;
    STAGE_WITHOUT_SELF_SERVICE = "stage-without-self-service", Advice, "Self-service broken once",
        "All steps of a stage but one work by self-service or on a mobile device, and no path avoids that one.",
        "Self-service works at any hour; the one step that needs an office makes customers wait until it opens. Steps that are physical by nature, and talks on a screen, are left out.",
        "Meuter, Ostrom, Roundtree and Bitner, Self-service technologies: understanding customer satisfaction with technology-based service encounters, Journal of Marketing 64, 2000",
        "“Apply” is on the website, except for one signature by phone.";
    AUTOMATED_IN_TROUBLE = "automated-in-trouble", Advice, "Machine in trouble",
        "After a failure, or where a persona feels bad, customers meet an automated channel, and no next step leads to a person.",
        "In trouble customers want somebody who understands and can decide; a machine that cannot help makes it worse.",
        "Bitner, Booms and Tetreault, The service encounter: diagnosing favorable and unfavorable incidents, Journal of Marketing 54, 1990",
        "“Card is refused” leads to the chatbot, and the chatbot to its list of questions.";
    FRONTSTAGE_ALONE = "frontstage-alone", Advice, "Touchpoint without backstage",
        "Most touchpoints have backstage entries; this one has none.",
        "The work below the line of visibility produces what customers see; a step without any was not analysed, or nobody was asked.",
        "Shostack, Designing services that deliver, Harvard Business Review, January 1984",
        "“Receives the card” has no process, no system and no people backstage.";
}

/// Minimum number of steps by self-service or on a mobile for the other step to stand out.
const MIN_OPEN_STEPS: usize = 2;

pub(crate) fn check(cx: &mut CheckContext<'_>) {
    self_service(cx);
    for position in 0..cx.touchpoints.len() {
        automated(cx, position);
    }
    backstage(cx);
}

fn is_open(channel: &Channel) -> bool {
    channel.self_service || channel.mobile
}

/// A stage with several obstacles is not meant to be passed by self-service.
fn self_service(cx: &mut CheckContext<'_>) {
    let mut first = 0;
    for (stage, touchpoints) in cx.map.touchpoint_lists() {
        let steps = first..first + touchpoints.len();
        first = steps.end;
        // A step without a channel is no obstacle.
        let is_obstacle = |at: &usize| !cx.is_social(*at) && !cx.channel(*at).is_none_or(is_open);
        let obstacles: Vec<usize> = steps.clone().filter(is_obstacle).collect();
        let open = steps
            .clone()
            .filter(|at| cx.channel(*at).is_some_and(is_open));
        let [obstacle] = obstacles[..] else {
            continue;
        };
        if cx.channel(obstacle).is_some_and(|c| c.digital)
            || open.count() < MIN_OPEN_STEPS
            || cx.is_physical(obstacle)
            || leads_around(cx, steps, obstacle)
        {
            continue;
        }
        let channel = cx.channel(obstacle).map_or("", |c| c.name.trim());
        let message = format!(
            "stage {}: self-service or mobile, except {} ({channel})",
            quoted(&stage.name),
            cx.quoted(obstacle)
        );
        cx.report(&STAGE_WITHOUT_SELF_SERVICE, stage, message);
    }
}

/// Whether customers can pass a stage without a step.
fn leads_around(cx: &CheckContext<'_>, steps: Range<usize>, obstacle: usize) -> bool {
    let Range { start: first, end } = steps;
    // Within a stage positions only grow: one pass is enough.
    let mut reached = vec![false; end - first];
    for at in (first..end).filter(|at| *at != obstacle) {
        let former = cx.graph.predecessors(at);
        // Without a former step the journey starts here.
        let enters = at == first || former.is_empty() || former.iter().any(|from| *from < first);
        let within = |from: &usize| (first..at).contains(from) && reached[from - first];
        if !(enters || former.iter().any(within)) {
            continue;
        }
        reached[at - first] = true;
        let ends = cx.graph.may_end(at) || Some(at) == cx.graph.last_contact();
        if ends || cx.graph.successors(at).iter().any(|to| *to >= end) {
            return true;
        }
    }
    false
}

fn automated(cx: &mut CheckContext<'_>, position: usize) {
    let touchpoint = cx.touchpoints[position];
    let is_automated = |at: usize| cx.channel(at).is_some_and(|c| c.automated);
    if !is_automated(position) {
        return;
    }
    let mut failures = cx.graph.flow().links.iter();
    let failed = failures.any(|it| it.to == position && it.kind == PathKind::Failure);
    let is_low = touchpoint.feelings.iter().any(is_deep);
    let is_helped = |at: &usize| {
        let channel = cx.channel(*at);
        channel.is_none_or(|c| !c.automated && !c.self_service) || cx.is_social(*at)
    };
    let next = cx.graph.successors(position);
    if !(failed || is_low) || next.iter().any(is_helped) {
        return;
    }
    let name = quoted(&touchpoint.name);
    let channel = cx.channel(position).map_or("", |c| c.name.trim());
    let why = if failed {
        "after a failure"
    } else {
        "at a low"
    };
    let message = format!("{name}: only {channel} {why}, no person next");
    cx.report(&AUTOMATED_IN_TROUBLE, touchpoint, message)
        .fill_in("Choose another channel", Field::Channel);
}

/// If most touchpoints have no backstage, or half of them, the team has not got that far.
fn backstage(cx: &mut CheckContext<'_>) {
    let mut alone = cx.touchpoints.clone();
    alone.retain(|t| t.backstage.iter().all(|entry| entry.text.trim().is_empty()));
    if !cx.is_journey() || alone.len() * 2 >= cx.touchpoints.len() {
        return;
    }
    alone.retain(|touchpoint| touchpoint.owner.is_some() && touchpoint.channel.is_some());
    for touchpoint in alone {
        let message = format!("{}: no backstage", quoted(&touchpoint.name));
        cx.report(&FRONTSTAGE_ALONE, touchpoint, message)
            .fill_in("Write down what is behind it", Field::BackstageItems);
    }
}
