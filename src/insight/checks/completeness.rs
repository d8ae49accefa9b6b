//! Rules on the completeness of the map: the basic elements of a journey map.

use crate::english::count_in_words;
use crate::insight::context::CheckContext;
use crate::insight::finding::Fix;
use crate::insight::rule::catalogue;
use crate::model::{Field, ObjectRef, Record as _};

catalogue! {
    Completeness;
    EMPTY_MAP = "empty-map", Advice, "No touchpoints",
        "The map has no touchpoints.",
        "A journey map shows contacts; without any, nothing else can be checked.",
        "Touchline's own rule",
        "A map that was begun and forgotten, or a template that nobody filled in.";
    NO_PERSONA = "no-persona", Advice, "No persona",
        "The map has no persona.",
        "A journey is somebody's; without a persona, everybody in the room thinks of another customer.",
        "Kalbach, Mapping Experiences, 2016",
        "Twenty touchpoints, and no customer.";
    NO_SCENARIO = "no-scenario", Advice, "No scenario",
        "The map does not say which situation it is about.",
        "Scope and situation decide what belongs on the map; readers who were not in the room cannot guess them.",
        "Gibbons, Journey Mapping 101, Nielsen Norman Group, 2018 (actor, scenario and expectations)",
        "“Bank account”: opened by whom, and why now?";
    NO_FEELINGS = "no-feelings", Advice, "No feelings",
        "Nothing on the map says how customers feel.",
        "Feelings tell a journey map from a process diagram, and show where improvement matters.",
        "Stickdorn, Hormess, Lawrence and Schneider, This Is Service Design Doing, 2018",
        "Twelve touchpoints with owners and channels, and no score at any.";
    NO_CHANNELS = "no-channels", Advice, "No channels",
        "No touchpoint has a channel.",
        "Breaks between channels are among the most frequent causes of effort; without channels none can be seen.",
        "Kalbach, Mapping Experiences, 2016",
        "“Asks about the fees”: by phone or at the counter?";
    NO_MOMENT_OF_TRUTH = "no-moment-of-truth", Advice, "No moment of truth",
        "No touchpoint is marked as a moment of truth.",
        "Not all touchpoints weigh the same; a map on which none stands out gives no order to the work.",
        "Carlzon, Moments of Truth, 1987",
        "Thirty touchpoints, all of the same weight.";
}

pub(crate) fn check(cx: &mut CheckContext<'_>) {
    let map = cx.map;
    if cx.touchpoints.is_empty() {
        let so_far = match map.stages().len() {
            0 => String::new(),
            n => format!(" in its {}", count_in_words(n, "stage", "stages")),
        };
        let message = format!("no touchpoints{so_far} yet");
        cx.report(&EMPTY_MAP, ObjectRef::Map, message);
        return;
    }
    if !cx.is_journey() {
        return;
    }
    if map.personas().is_empty() {
        let message = "no persona: whose journey is it?";
        cx.report(&NO_PERSONA, ObjectRef::Map, message)
            .fix(Fix::AddPersona);
    }
    if map.header().scenario.trim().is_empty() {
        let message = "no scenario: which situation is it about?";
        cx.report(&NO_SCENARIO, ObjectRef::Map, message)
            .fill_in("Write the scenario", Field::Scenario);
    }
    let first = cx.touchpoints[0];
    let at_first = |label, field| Fix::FillIn {
        label,
        field: first.object().field(field),
    };
    if !cx.has_feelings() {
        let message = "no feelings: how do customers feel?";
        // The feelings that are there say nothing.
        let field = if first.feelings.is_empty() {
            let persona = map.personas().iter().next().map(|p| p.id.clone());
            let feeling = ObjectRef::Feeling(first.id.clone(), persona);
            feeling.field(Field::FeelingPersona(0))
        } else {
            first.object().field(Field::Emotion(0))
        };
        let label = "Write down feelings";
        cx.report(&NO_FEELINGS, ObjectRef::Map, message)
            .fix(Fix::FillIn { label, field });
    }
    if cx.touchpoints.iter().all(|t| t.channel.is_none()) {
        let message = "no channels: by phone, in person, online?";
        cx.report(&NO_CHANNELS, ObjectRef::Map, message)
            .fix(at_first("Choose a channel", Field::Channel));
    }
    if !cx.touchpoints.iter().any(|t| t.moment_of_truth) {
        let message = "no moment of truth: which touchpoint decides most?";
        let likely = likely_moments(cx);
        cx.report(&NO_MOMENT_OF_TRUTH, ObjectRef::Map, message)
            .fixes
            .extend(likely);
    }
}

/// The lowest moment of the first persona and the last contact, marked as moments of truth.
fn likely_moments(cx: &CheckContext<'_>) -> Vec<Fix> {
    let curve = cx.graph.curve(None, &cx.graph.usual_route());
    let lowest = curve.map(|curve| curve.trough.touchpoint);
    let mut likely: Vec<usize> = lowest.into_iter().chain(cx.graph.last_contact()).collect();
    likely.dedup();
    let mark = |at: usize| Fix::MarkMoment(cx.touchpoints[at].id.clone());
    likely.into_iter().map(mark).collect()
}
