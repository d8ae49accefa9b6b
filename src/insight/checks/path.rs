//! Rules on the flow of the journey.

use crate::english::{join_with_and, quoted};
use crate::graph::is_rounded_whole;
use crate::insight::context::CheckContext;
use crate::insight::finding::Fix;
use crate::insight::rule::catalogue;
use crate::model::{Field, ObjectRef, PathKind, Record as _, Share, Touchpoint};

catalogue! {
    Path;
    NO_WAY_THROUGH = "no-way-through", Error, "No path to the end",
        "No path leads from the first contact to the last.",
        "Read literally, no customer can finish this journey.",
        "Van der Aalst, The application of Petri nets to workflow management, Journal of Circuits, Systems and Computers 8, 1998 (soundness: it must be possible to complete)",
        "“Signs” is marked as an end, and “Receives the card” comes after it.";
    UNREACHABLE = "unreachable", Warning, "Unreachable touchpoint",
        "No path leads to the touchpoint from any start of the journey.",
        "No customer can get there, so a path is missing or the touchpoint is in the wrong place.",
        "Van der Aalst, The application of Petri nets to workflow management, Journal of Circuits, Systems and Computers 8, 1998 (soundness: no dead tasks)",
        "All paths lead past “Calls the hotline”, and none leads on from there.";
    SEVERAL_STARTS = "several-starts", Advice, "Several starts",
        "No path leads to a touchpoint after the first one, so the journey also starts there.",
        "Customers who start there skip all steps before it; if they do not, a path is missing.",
        "Mendling, Reijers and van der Aalst, Seven process modeling guidelines (7PMG), Information and Software Technology 52, 2010 (one start and one end event)",
        "“Sees the poster” and “Is recommended” both lead to “Opens the website”.";
    MAIN_LINE_BYPASSED = "main-line-bypassed", Warning, "Main path bypassed",
        "The side branches of one step hold more touchpoints than the whole main path.",
        "Usual route, emotion curve and statistics follow the main path; a path past most steps is more often a slip than intended.",
        "Touchline's own rule: the main line is the way that most customers go",
        "A next path from “Asks” straight to “Pays” leads past all nine steps between.";
    DEAD_END = "dead-end", Warning, "Dead end",
        "Nothing follows the touchpoint, and it is not marked as an end of the journey.",
        "Either customers are left alone there, or a path is missing from the map.",
        "Van der Aalst, The application of Petri nets to workflow management, Journal of Circuits, Systems and Computers 8, 1998 (soundness: it must be possible to complete)",
        "“Complains” is the last branch of the map and leads nowhere.";
    ENDLESS_LOOP = "endless-loop", Warning, "Endless loop",
        "Customers can get into a loop from which no path leads out.",
        "Read literally, they never finish the journey.",
        "Van der Aalst, The application of Petri nets to workflow management, Journal of Circuits, Systems and Computers 8, 1998 (soundness: it must be possible to complete)",
        "“Uploads” leads to “Is refused”, and that only back to “Uploads”.";
    SHARES_OFF = "shares-off", Warning, "Shares do not add up",
        "The shares of customers on the paths from a touchpoint do not add up to 100 %.",
        "Line widths, weights and every count that uses them are wrong.",
        "Arithmetic: the shares of alternatives add up to 100 %",
        "60 % go on and 60 % give up.";
    FORCED_CHANNEL_SWITCH = "forced-channel-switch", Advice, "Forced channel switch",
        "In the middle of a stage, customers who serve themselves online have to switch the channel, and the next step is not physical by nature.",
        "Having to switch the channel is among the strongest sources of effort, and effort drives customers away.",
        "Dixon, Freeman and Toman, Stop trying to delight your customers, Harvard Business Review, July 2010",
        "The form is on the website, and the fee can only be paid by phone.";
    FAILURE_WITHOUT_RECOVERY = "failure-without-recovery", Advice, "Failure without recovery",
        "A failure leads to a touchpoint from which no path leads on to the last contact.",
        "Customers can be more loyal after a good recovery than without a failure; a failure without recovery loses them.",
        "Hart, Heskett and Sasser, The profitable art of service recovery, Harvard Business Review, July 1990",
        "Customers who fail the identity check end at “Gets a refusal”.";
    LONG_JOURNEY = "long-journey", Advice, "Long journey",
        "The main path has more than thirty touchpoints.",
        "More are hard to keep in mind; splitting off a part makes both maps readable.",
        "Touchline's own rule: about thirty cards fit a wall and a meeting",
        "43 touchpoints, nine of them in “Apply”, which could be a map of its own.";
}

/// Maximum number of main steps of a journey that can be kept in mind.
const MAX_TOUCHPOINTS: usize = 30;

/// Returns the fix that leads to the choice of one more path from a touchpoint.
fn next_path(from: &Touchpoint) -> Fix {
    let next = Field::PathTarget(Field::index(from.paths.len()));
    Fix::FillIn {
        label: "Choose where it leads",
        field: from.object().field(next),
    }
}
pub(crate) fn check(cx: &mut CheckContext<'_>) {
    let graph = cx.graph;
    let (Some(first), Some(last)) = (graph.first_contact(), graph.last_contact()) else {
        return;
    };
    let from_first = graph.reachable_from(first);
    if !from_first[last] {
        let (from, to) = (cx.quoted(first), cx.quoted(last));
        let message = format!("no path from the first contact {from} to the last, {to}");
        let furthest = from_first.iter().rposition(|reached| *reached);
        let fix = next_path(cx.touchpoints[furthest.unwrap_or(first)]);
        cx.report(&NO_WAY_THROUGH, cx.touchpoints[last], message)
            .fix(fix);
    }
    unreachable(cx, &graph.reachable(), last);
    starts(cx, first);
    dead_ends(cx, last);
    endless_loops(cx, last);
    for position in 0..cx.touchpoints.len() {
        shares(cx, position, last);
        if position != last {
            channel_switch(cx, position);
        }
    }
    if cx.is_journey() {
        failures(cx, last);
        bypassed(cx);
    }
    long(cx);
}

/// Reports one finding for each place where the flow is interrupted, not for the
/// successors of an unreachable touchpoint.
fn unreachable(cx: &mut CheckContext<'_>, reached: &[bool], last: usize) {
    let mut open = None;
    for (position, reached) in reached.iter().enumerate() {
        if *reached {
            open = Some(cx.touchpoints[position]);
            continue;
        }
        let former = cx.graph.predecessors(position);
        let follows = former.iter().any(|at| *at < position);
        if position == last || follows {
            continue;
        }
        let touchpoint = cx.touchpoints[position];
        let name = quoted(&touchpoint.name);
        let message = format!("{name}: no path leads here");
        let path = open.map(|from| way_in(from, touchpoint));
        let finding = cx.report(&UNREACHABLE, touchpoint, message);
        finding.fixes.extend(path);
    }
}

/// The fix that leads from one touchpoint to another for some customers.
fn way_in(from: &Touchpoint, to: &Touchpoint) -> Fix {
    Fix::AddPath {
        from: from.id.clone(),
        to: to.id.clone(),
        kind: PathKind::Alternative,
    }
}

fn starts(cx: &mut CheckContext<'_>, first: usize) {
    for start in cx.graph.starts().into_iter().filter(|at| *at != first) {
        let touchpoint = cx.touchpoints[start];
        let name = quoted(&touchpoint.name);
        let message = format!("{name}: another start, no path leads here");
        let path = way_in(cx.touchpoints[start - 1], touchpoint);
        cx.report(&SEVERAL_STARTS, touchpoint, message).fix(path);
    }
}

/// Branches that a step leads to itself do not count: many of them are a choice.
fn bypassed(cx: &mut CheckContext<'_>) {
    let branch_of = &cx.graph.flow().branch_of;
    let main = branch_of.iter().filter(|main| main.is_none()).count();
    let mut beside = vec![0; branch_of.len()];
    for (at, main) in branch_of.iter().enumerate() {
        let Some(main) = *main else { continue };
        if !cx.graph.successors(main).contains(&at) {
            beside[main] += 1;
        }
    }
    for (at, beside) in beside.into_iter().enumerate() {
        if beside > main {
            let (name, all) = (cx.quoted(at), cx.touchpoints.len());
            let message = format!("{name}: main path bypasses {beside} of {all} touchpoints");
            let mut paths = cx.touchpoints[at].paths.iter();
            let next = paths.position(|path| path.kind == PathKind::Next);
            let field = Field::Path(Field::index(next.unwrap_or(0)));
            cx.report(&MAIN_LINE_BYPASSED, cx.touchpoints[at], message)
                .fill_in("Choose another kind of path", field);
        }
    }
}

fn dead_ends(cx: &mut CheckContext<'_>, last: usize) {
    for (position, touchpoint) in cx.touchpoints.clone().into_iter().enumerate() {
        if position != last && !touchpoint.ends && cx.graph.successors(position).is_empty() {
            let name = quoted(&touchpoint.name);
            let message = format!("{name}: dead end, not marked as an end");
            cx.report(&DEAD_END, touchpoint, message)
                .fix(Fix::MarkEnd)
                .fix(next_path(touchpoint));
        }
    }
}

fn endless_loops(cx: &mut CheckContext<'_>, last: usize) {
    for circle in cx.graph.cycles() {
        let inside = |at: &usize| circle.binary_search(at).is_ok();
        let leaves = |at: &usize| {
            let next = cx.graph.successors(*at);
            cx.touchpoints[*at].ends || next.iter().any(|to| !inside(to))
        };
        if inside(&last) || circle.iter().any(leaves) {
            continue;
        }
        let names = circle.iter().take(4).map(|at| cx.quoted(*at));
        let names = join_with_and(&names.collect::<Vec<_>>());
        let message = if circle.len() == 1 {
            format!("{names}: leads only back to itself")
        } else {
            format!("{names}: endless loop")
        };
        let start = cx.touchpoints[circle[0]];
        cx.report(&ENDLESS_LOOP, start, message)
            .fix(Fix::MarkEnd)
            .fix(next_path(start));
    }
}

fn shares(cx: &mut CheckContext<'_>, position: usize, last: usize) {
    let touchpoint = cx.touchpoints[position];
    let shares = touchpoint.paths.iter().filter_map(|path| path.share);
    let shares: Vec<Share> = shares.collect();
    if shares.is_empty() {
        return;
    }
    let links = cx.graph.links_from(position);
    let links = &cx.graph.flow().links[links];
    // The implicit link takes the remaining share, and so does leaving.
    let open = touchpoint.ends
        || position == last
        || links.iter().any(|link| link.path_index.is_none())
        || touchpoint.paths.iter().any(|path| path.share.is_none());
    let tenths: u32 = shares.iter().map(|share| u32::from(share.tenths())).sum();
    let count = u32::try_from(shares.len()).unwrap_or(u32::MAX);
    if is_rounded_whole(tenths, count) || tenths < 1000 && open {
        return;
    }
    let sum = f64::from(tenths) / 10.0;
    let name = quoted(&touchpoint.name);
    let percent = |sum: f64| (sum * 10.0).round() / 10.0;
    let mut message = format!("{name}: shares add up to {} %", percent(sum));
    if sum < 100.0 {
        message += &format!(", {} % are missing", percent(100.0 - sum));
    }
    let mut written = touchpoint.paths.iter();
    let written = written.position(|path| path.share.is_some());
    cx.report(&SHARES_OFF, touchpoint, message).fill_in(
        "Correct the shares",
        Field::PathShare(Field::index(written.unwrap_or(0))),
    );
}

fn channel_switch(cx: &mut CheckContext<'_>, position: usize) {
    let channel = cx.channel(position);
    let Some(from) = channel.filter(|c| c.digital && c.self_service) else {
        return;
    };
    let touchpoint = cx.touchpoints[position];
    let stage = cx.map.stage_of(&touchpoint.id);
    let mut ahead = cx.graph.successors(position).to_vec();
    ahead.retain(|to| *to > position);
    let forced = ahead.iter().all(|to| {
        let other = cx.channel(*to);
        other.is_some_and(|c| !c.digital && !c.self_service)
            && cx.map.stage_of(&cx.touchpoints[*to].id) == stage
            && !cx.is_social(*to)
            && !cx.is_physical(*to)
    });
    let Some(to) = ahead.first().filter(|_| forced) else {
        return;
    };
    let message = format!(
        "{} → {}: forced switch from {} to {}",
        quoted(&touchpoint.name),
        cx.quoted(*to),
        from.name.trim(),
        cx.channel(*to).map_or("", |c| c.name.trim())
    );
    let field = cx.touchpoints[*to].object().field(Field::Channel);
    let label = "Choose another channel";
    cx.report(&FORCED_CHANNEL_SWITCH, touchpoint, message)
        .fix(Fix::FillIn { label, field });
}

fn failures(cx: &mut CheckContext<'_>, last: usize) {
    let recovers = cx.graph.can_reach(last);
    for link in &cx.graph.flow().links {
        let Some(written) = link.path_index.filter(|_| link.kind == PathKind::Failure) else {
            continue;
        };
        if recovers[link.to] {
            continue;
        }
        let (from, to) = (cx.touchpoints[link.from], cx.touchpoints[link.to]);
        let before = from.paths.iter().take(written);
        let mut before = before.filter(|path| path.kind == link.kind);
        if before.any(|path| path.to == to.id) {
            // A path written twice is one failure.
            continue;
        }
        let message = format!(
            "{} → {}: failure without recovery",
            quoted(&from.name),
            quoted(&to.name)
        );
        let path = ObjectRef::Path {
            from: from.id.clone(),
            to: to.id.clone(),
            kind: link.kind,
        };
        let back = recovers[link.from].then(|| Fix::AddPath {
            from: to.id.clone(),
            to: from.id.clone(),
            kind: PathKind::Return,
        });
        let field = Field::Path(Field::index(written));
        let finding = cx.report(&FAILURE_WITHOUT_RECOVERY, path, message);
        finding.at(from.object().field(field)).fixes.extend(back);
        finding.fix(next_path(to));
    }
}

fn long(cx: &mut CheckContext<'_>) {
    let sides = &cx.graph.flow().branch_of;
    let count = sides.iter().filter(|side| side.is_none()).count();
    let sizes = cx.map.touchpoint_lists();
    // The first of equally large stages.
    let largest = sizes.reduce(|a, b| if b.1.len() > a.1.len() { b } else { a });
    let Some((stage, touchpoints)) = largest.filter(|_| count > MAX_TOUCHPOINTS) else {
        return;
    };
    let part = if touchpoints.len() < cx.touchpoints.len() {
        quoted(&stage.name)
    } else {
        "a part of them".to_owned()
    };
    let message = format!("{count} touchpoints in a row; {part} could be a map of its own");
    cx.report(&LONG_JOURNEY, ObjectRef::Map, message);
}
