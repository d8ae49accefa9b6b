//! Rules on the flow of the journey.

use crate::english::{join_with_and, quoted};
use crate::insight::context::CheckContext;
use crate::insight::fix::Fix;
use crate::insight::rule::catalogue;
use crate::model::{Channel, Field, ObjectRef, PathKind};

catalogue! {
    Path;
    NO_WAY_THROUGH = "no-way-through", Warning,
        "No path leads from the first contact to the last.",
        "Read literally, no customer can finish this journey.",
        "Van der Aalst, The application of Petri nets to workflow management, Journal of Circuits, Systems and Computers 8, 1998 (soundness: it must be possible to complete)",
        "“Signs” is marked as an end, and “Receives the card” comes after it.";
    UNREACHABLE = "unreachable", Warning,
        "No path leads from the first contact to the touchpoint.",
        "No customer can get there, so a path is missing or the touchpoint is in the wrong place.",
        "Van der Aalst, The application of Petri nets to workflow management, Journal of Circuits, Systems and Computers 8, 1998 (soundness: no dead tasks)",
        "All paths lead past “Calls the hotline”.";
    DEAD_END = "dead-end", Warning,
        "Nothing follows the touchpoint, and it is not marked as an end of the journey.",
        "Either customers are abandoned there, or a path is missing from the map.",
        "Van der Aalst, The application of Petri nets to workflow management, Journal of Circuits, Systems and Computers 8, 1998 (soundness: it must be possible to complete)",
        "“Complains” is the last branch of the map and leads nowhere.";
    ENDLESS_LOOP = "endless-loop", Warning,
        "Customers can get into a loop that no path leaves.",
        "Read literally, they never finish the journey.",
        "Van der Aalst, The application of Petri nets to workflow management, Journal of Circuits, Systems and Computers 8, 1998 (soundness: it must be possible to complete)",
        "“Uploads” leads to “Is refused”, and that only back to “Uploads”.";
    SHARES_OFF = "shares-off", Warning,
        "The shares of customers on the paths that leave a touchpoint do not add up.",
        "Line widths, weights and every count that uses them are wrong.",
        "Arithmetic: the shares of alternatives add up to 100 %",
        "60 % go on and 60 % give up.";
    FORCED_CHANNEL_SWITCH = "forced-channel-switch", Advice,
        "In the middle of a stage customers who serve themselves digitally have to go on by other means.",
        "Having to change the channel is among the strongest sources of effort, and effort drives customers away.",
        "Dixon, Freeman and Toman, Stop trying to delight your customers, Harvard Business Review, July 2010",
        "The form is on the website, and the fee can only be paid by phone.";
    FAILURE_WITHOUT_RECOVERY = "failure-without-recovery", Advice,
        "A failure leads to a touchpoint from which no path leads to the last contact.",
        "Customers can be more loyal after a good recovery than without a failure; a failure without recovery loses them.",
        "Hart, Heskett and Sasser, The profitable art of service recovery, Harvard Business Review, July 1990",
        "Customers who fail the identity check end at “Gets a refusal”.";
    LONG_JOURNEY = "long-journey", Advice,
        "The journey has more than twenty touchpoints.",
        "More are hard to keep in mind; splitting off a part makes both maps readable.",
        "Touchline's own rule: about twenty cards fit a wall and a meeting",
        "43 touchpoints, nine of them in “Apply”, which could be a map of its own.";
}

/// Maximum number of touchpoints of a journey that can be kept in mind.
const MAX_TOUCHPOINTS: usize = 20;

pub(crate) fn check(look: &mut CheckContext<'_>) {
    let graph = look.graph;
    let (Some(first), Some(last)) = (graph.first_contact(), graph.last_contact()) else {
        return;
    };
    let reached = graph.reachable_from(first);
    if !reached[last] {
        let message = format!(
            "no way leads from the first contact, {}, to the last, {}",
            quoted(&look.touchpoints[first].name),
            quoted(&look.touchpoints[last].name)
        );
        let finding = look.add_for_touchpoint(last, &NO_WAY_THROUGH, message);
        finding.fixes.push(look_at_paths(&finding.subject));
    }
    unreachable(look, &reached, last);
    dead_ends(look, last);
    endless_loops(look, last);
    for position in 0..look.touchpoints.len() {
        shares(look, position, last);
        if position != last {
            channel_switch(look, position);
        }
    }
    if look.is_journey() {
        failures(look, last);
    }
    long(look);
}

/// Reports one finding for each place where the flow is interrupted, not for the
/// successors of an unreachable touchpoint.
fn unreachable(look: &mut CheckContext<'_>, reached: &[bool], last: usize) {
    let mut open = None;
    for (position, reached) in reached.iter().enumerate() {
        if *reached {
            open = Some(position);
            continue;
        }
        let former = look.graph.predecessors(position);
        let follows = former.iter().any(|at| *at < position);
        if position == last || follows {
            continue;
        }
        let message = format!(
            "no way leads to {} from the first contact",
            quoted(&look.touchpoints[position].name)
        );
        let from = open.map(|at: usize| look.touchpoints[at].id.clone());
        let to = look.touchpoints[position].id.clone();
        let finding = look.add_for_touchpoint(position, &UNREACHABLE, message);
        if let Some(from) = from {
            let kind = PathKind::Alternative;
            finding.fixes.push(Fix::AddPath { from, to, kind });
        }
    }
}

fn dead_ends(look: &mut CheckContext<'_>, last: usize) {
    for position in 0..look.touchpoints.len() {
        let touchpoint = look.touchpoints[position];
        if position != last && !touchpoint.ends && look.graph.successors(position).is_empty() {
            let message = format!(
                "nothing follows {}, and it is not said that the journey may end there",
                quoted(&touchpoint.name)
            );
            let finding = look.add_for_touchpoint(position, &DEAD_END, message);
            finding.fixes = vec![Fix::MarkEnd, look_at_paths(&finding.subject)];
        }
    }
}

fn endless_loops(look: &mut CheckContext<'_>, last: usize) {
    for circle in look.graph.cycles() {
        let inside = |at: &usize| circle.binary_search(at).is_ok();
        let leaves = |at: &usize| {
            let next = look.graph.successors(*at);
            look.touchpoints[*at].ends || next.iter().any(|to| !inside(to))
        };
        if inside(&last) || circle.iter().any(leaves) {
            continue;
        }
        let names: Vec<String> = circle
            .iter()
            .take(4)
            .map(|at| quoted(&look.touchpoints[*at].name))
            .collect();
        let message = match names.as_slice() {
            [one] => format!("{one} leads only back to itself"),
            names => format!(
                "customers go round in circles between {}: no way leads out",
                join_with_and(names)
            ),
        };
        let finding = look.add_for_touchpoint(circle[0], &ENDLESS_LOOP, message);
        finding.fixes = vec![Fix::MarkEnd, look_at_paths(&finding.subject)];
    }
}

fn shares(look: &mut CheckContext<'_>, position: usize, last: usize) {
    let touchpoint = look.touchpoints[position];
    let shares = touchpoint.paths.iter().filter_map(|path| path.share);
    let sum: u32 = shares.map(|share| u32::from(share.percent())).sum();
    let links = look.graph.links_from(position);
    let links = &look.graph.flow().links[links];
    // The implicit link takes the remaining share, and so does leaving.
    let open = touchpoint.ends
        || position == last
        || links.iter().any(|link| link.path_index.is_none())
        || touchpoint.paths.iter().any(|path| path.share.is_none());
    let name = quoted(&touchpoint.name);
    let message = if sum > 100 {
        format!("the shares of customers who leave {name} add up to {sum} %")
    } else if sum < 100 && !open {
        let rest = 100 - sum;
        format!(
            "the shares of customers who leave {name} add up to {sum} %: where do the other {rest} % go?"
        )
    } else {
        return;
    };
    let finding = look.add_for_touchpoint(position, &SHARES_OFF, message);
    finding.fixes.push(look_at_paths(&finding.subject));
}

fn channel_switch(look: &mut CheckContext<'_>, position: usize) {
    let channel = |at: usize| -> Option<&Channel> {
        let id = look.touchpoints[at].channel.as_ref()?;
        look.map.channels().get(id)
    };
    let Some(from) = channel(position).filter(|c| c.digital && c.self_service) else {
        return;
    };
    let ahead: Vec<usize> = look
        .graph
        .successors(position)
        .iter()
        .copied()
        .filter(|to| *to > position)
        .collect();
    let forced = ahead.iter().all(|to| {
        let other = channel(*to).is_some_and(|c| !c.digital && !c.self_service);
        other && look.same_stage(position, *to) && !look.is_social(*to)
    });
    let Some(to) = ahead.first().copied().filter(|_| forced) else {
        return;
    };
    let message = format!(
        "after {} ({}) customers cannot go on by themselves: {} takes {}",
        quoted(&look.touchpoints[position].name),
        from.name.trim(),
        quoted(&look.touchpoints[to].name),
        channel(to).map_or("", |c| c.name.trim())
    );
    let finding = look.add_for_touchpoint(position, &FORCED_CHANNEL_SWITCH, message);
    finding.fixes.push(look_at_paths(&finding.subject));
}

fn look_at_paths(object: &ObjectRef) -> Fix {
    Fix::fill_in("Look at its paths", object.clone())
}

fn failures(look: &mut CheckContext<'_>, last: usize) {
    let recovers = look.graph.can_reach(last);
    for link in &look.graph.flow().links {
        let Some(written) = link.path_index.filter(|_| link.kind == PathKind::Failure) else {
            continue;
        };
        if recovers[link.to] {
            continue;
        }
        let (from, to) = (look.touchpoints[link.from], look.touchpoints[link.to]);
        let message = format!(
            "who fails at {} comes to {}, and from there no way leads on to the end of the journey",
            quoted(&from.name),
            quoted(&to.name)
        );
        let subject = ObjectRef::Path {
            from: from.id.clone(),
            to: to.id.clone(),
            kind: link.kind,
        };
        let place = ObjectRef::Touchpoint(from.id.clone());
        let place = place.field(Field::Path(Field::index(written)));
        let back = Fix::AddPath {
            from: to.id.clone(),
            to: from.id.clone(),
            kind: PathKind::Return,
        };
        let back = recovers[link.from].then_some(back);
        let finding = look.add_inside_touchpoint(
            link.from,
            &FAILURE_WITHOUT_RECOVERY,
            subject,
            place,
            message,
        );
        finding.fixes.extend(back);
        finding.fixes.push(look_at_paths(&finding.subject));
    }
}

fn long(look: &mut CheckContext<'_>) {
    let count = look.touchpoints.len();
    if count <= MAX_TOUCHPOINTS {
        return;
    }
    let sizes = look
        .stages()
        .map(|(_, stage, _)| (look.map.touchpoints_in(&stage.id).len(), stage));
    // The first of equally large stages.
    let Some((most, stage)) = sizes.reduce(|a, b| if b.0 > a.0 { b } else { a }) else {
        return;
    };
    let message = if most < count {
        format!(
            "{count} touchpoints are more than a room keeps in mind; {} has {most} of them and could be a map of its own",
            quoted(&stage.name)
        )
    } else {
        format!(
            "{count} touchpoints are more than a room keeps in mind; a part of them could be a map of its own"
        )
    };
    look.add_for_map(&LONG_JOURNEY, Field::Whole, message);
}
