//! Rules on pain points, opportunities and actions.

use crate::english::quoted;
use crate::insight::context::CheckContext;
use crate::insight::finding::Fix;
use crate::insight::measures::is_same_metric;
use crate::insight::rule::catalogue;
use crate::insight::scores::{EffectVerdict, action_effects, change_text, serves};
use crate::model::{
    Action, ActionId, ActionStatus, Field, Level, Map, MapKind, Measurement, ObjectRef, Pain,
    Record as _, Touchpoint,
};

catalogue! {
    Pain;
    PAIN_WITHOUT_ANSWER = "pain-without-answer", Advice, "Pain point without action",
        "No action answers the pain point, and its touchpoint has no opportunity.",
        "A known pain point without an action stays; a map pays off only through the actions that follow from it. Severe pain points have a rule of their own (severe-pain-unanswered).",
        "Kalbach, Mapping Experiences, 2016",
        "“Fees are hidden” is on the map, and nothing is planned.";
    SEVERE_PAIN_UNANSWERED = "severe-pain-unanswered", Warning, "Severe pain point without action",
        "No action answers the severe pain point.",
        "What hurts most is seen by everybody in the room; leaving it out of the plan needs a decision, not silence. An opportunity is not enough.",
        "Kalbach, Mapping Experiences, 2016",
        "“Nobody calls back” is severe, and the only plan is an idea on a card.";
    PAIN_AT_MOMENT_OF_TRUTH = "pain-at-moment-of-truth", Warning, "Pain point at a moment of truth",
        "A medium or severe pain point at a moment of truth is not resolved: no action on it is done.",
        "At these moments customers form their opinion of the whole service; a pain point there costs more than elsewhere.",
        "Carlzon, Moments of Truth, 1987",
        "“Reads the offer” is a moment of truth, and “Fees are hidden” is a pain point there.";
    OPPORTUNITY_WITHOUT_ACTION = "opportunity-without-action", Advice, "Opportunity without action",
        "No action takes up the opportunity, which has a high value.",
        "A map pays off only through the actions that follow from it, and this is where most is to be gained.",
        "Kalbach, Mapping Experiences, 2016",
        "“Call back within the hour” is worth a lot, and nobody is to do it.";
    OPPORTUNITIES_MIRROR_PAINS = "opportunities-mirror-pains", Advice, "Opportunities only repair",
        "All opportunities of a current map stand beside pain points, and none would delight.",
        "Repairing what hurts ends dissatisfaction and creates no enthusiasm; the other touchpoints have room for more.",
        "Kano, Seraku, Takahashi and Tsuji, Attractive quality and must-be quality, Journal of the Japanese Society for Quality Control 14, 1984",
        "“Fees are hidden” has the opportunity “Show the fees”, and so on through the map.";
    ACTION_UNASSIGNED = "action-unassigned", Advice, "Action without owner or date",
        "An open action has no owner or no due date.",
        "Plans that name who acts and by when are carried out far more often.",
        "Gollwitzer, Implementation intentions: strong effects of simple plans, American Psychologist 54, 1999",
        "“Show all fees on one page” has no owner and no due date.";
    ACTION_OVERDUE = "action-overdue", Warning, "Action overdue",
        "The due date of an open action has passed.",
        "Overdue actions that nobody follows up cost the map its credibility.",
        "Touchline's own rule",
        "“Show all fees” was due on 1 May and is still open in June.";
    ACTION_WITHOUT_PURPOSE = "action-without-purpose", Advice, "Action without purpose",
        "An action answers no pain point and takes up no opportunity.",
        "The map does not say what the action is good for, nor whether it has worked.",
        "Touchline's own rule: actions follow from the map",
        "“New homepage” is planned, and no pain point or opportunity leads to it.";
    LIFT_UNCHECKED = "lift-unchecked", Advice, "Effect not measured",
        "An action is done, and the metric of its expected effect has not been measured since it was due.",
        "Only a measurement afterwards tells whether the work was worth it.",
        "Deming, Out of the Crisis, 1982 (plan, do, study, act)",
        "“Show all fees” was expected to lift CSAT by 0.4 and is done; the last CSAT is from the year before.";
    EFFECT_MISSED = "effect-missed", Advice, "Expected effect not reached",
        "An action is done, and its metric rose by less than expected, or fell; a difference that chance may explain is left out.",
        "The work did not bring what it was chosen for: something else causes the problem, or works against it.",
        "Deming, Out of the Crisis, 1982 (plan, do, study, act); the difference and its interval after Zou and Donner, Statistics in Medicine 27, 2008",
        "“Show all fees” was expected to lift CSAT by 0.4; from 300 answers each before and after, it fell by 0.3.";
    FUTURE_WITHOUT_DELIGHT = "future-without-delight", Advice, "Future without delight",
        "A future map has no opportunity that would delight customers.",
        "Removing annoyances does not create enthusiasm; that takes something customers did not ask for.",
        "Kano, Seraku, Takahashi and Tsuji, Attractive quality and must-be quality, Journal of the Japanese Society for Quality Control 14, 1984",
        "Every card of the future map removes a queue, and none adds anything new.";
}

/// Minimum number of opportunities for judging where they stand.
const MIN_OPPORTUNITIES: usize = 4;

/// The resolution of a pain point or opportunity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Resolution {
    /// No action.
    Nothing,
    /// Only actions that were dropped or are missing from the map.
    Dropped,
    /// An action that is planned or under way.
    Open,
    /// An action that is done.
    Done,
}

/// Determines the resolution: the furthest of these actions counts.
pub fn resolution(map: &Map, actions: &[ActionId]) -> Resolution {
    let far = |id: &ActionId| match map.actions().get(id).map(|action| action.status) {
        None | Some(ActionStatus::Dropped) => Resolution::Dropped,
        Some(ActionStatus::Planned | ActionStatus::Started) => Resolution::Open,
        Some(ActionStatus::Done) => Resolution::Done,
    };
    actions.iter().map(far).max().unwrap_or(Resolution::Nothing)
}

pub(crate) fn check(cx: &mut CheckContext<'_>) {
    for touchpoint in cx.touchpoints.clone() {
        for (at, pain) in touchpoint.pains.iter().enumerate() {
            check_pain(cx, touchpoint, at, pain);
        }
    }
    for action in cx.map.actions() {
        if matches!(action.status, ActionStatus::Planned | ActionStatus::Started) {
            check_open_action(cx, action);
        }
        check_effect(cx, action);
    }
    effects(cx);
    opportunities(cx);
    if cx.map.header().kind == MapKind::Future && cx.is_journey() {
        let mut opportunities = cx.touchpoints.iter().flat_map(|t| &t.opportunities);
        if !opportunities.any(|o| o.delight) {
            let message = "future journey: no opportunity would delight customers";
            cx.report(&FUTURE_WITHOUT_DELIGHT, ObjectRef::Map, message);
        }
    }
}

fn check_pain(cx: &mut CheckContext<'_>, touchpoint: &Touchpoint, at: usize, pain: &Pain) {
    let next_action = Field::PainAction(Field::index(at), Field::index(pain.actions.len()));
    let field = touchpoint.object().field(next_action);
    let label = "Choose an action";
    let is_open = |id: &&ActionId| resolution(cx.map, &[(*id).clone()]) == Resolution::Open;
    let choose = match pain.actions.iter().find(is_open) {
        Some(action) => Fix::FillIn {
            label: "Update the action",
            field: ObjectRef::Action(action.clone()).field(Field::Status),
        },
        None => Fix::FillIn { label, field },
    };
    let subject = ObjectRef::Pain(touchpoint.id.clone(), pain.id.clone());
    let (text, name) = (quoted(&pain.text), quoted(&touchpoint.name));
    let answered = resolution(cx.map, &pain.actions);
    let strong = pain.severity > Level::Low;
    let mut ideas = touchpoint.opportunities.iter();
    let finding = if touchpoint.moment_of_truth && strong && answered < Resolution::Done {
        let so_far = match answered {
            Resolution::Open => "action not done yet",
            _ => "no action",
        };
        let message = format!("moment of truth {name}: pain point not resolved, {text} ({so_far})");
        cx.report(&PAIN_AT_MOMENT_OF_TRUTH, subject, message)
    } else if answered >= Resolution::Open {
        return;
    } else {
        let missing = match answered {
            Resolution::Dropped => "all actions dropped",
            _ => "no action",
        };
        if pain.severity == Level::High {
            let message = format!("severe pain point {text} at {name}: {missing}");
            cx.report(&SEVERE_PAIN_UNANSWERED, subject, message)
        } else if ideas.any(|idea| !idea.text.trim().is_empty()) {
            return;
        } else {
            let message = format!("pain point {text} at {name}: {missing}");
            cx.report(&PAIN_WITHOUT_ANSWER, subject, message)
        }
    };
    if answered < Resolution::Open {
        finding.fix(Fix::AddAction);
    }
    finding.fix(choose);
}

fn opportunities(cx: &mut CheckContext<'_>) {
    let (mut all, mut beyond) = (0, 0);
    for touchpoint in cx.touchpoints.clone() {
        for opportunity in &touchpoint.opportunities {
            all += 1;
            beyond += usize::from(opportunity.delight || touchpoint.pains.is_empty());
            let answered = resolution(cx.map, &opportunity.actions);
            if opportunity.value < Level::High || answered >= Resolution::Open {
                continue;
            }
            let subject = ObjectRef::Opportunity(touchpoint.id.clone(), opportunity.id.clone());
            let (text, name) = (quoted(&opportunity.text), quoted(&touchpoint.name));
            let message = format!("opportunity {text} at {name}: high value, no action");
            cx.report(&OPPORTUNITY_WITHOUT_ACTION, subject, message)
                .fix(Fix::AddAction);
        }
    }
    let is_current = cx.map.header().kind == MapKind::Current;
    if is_current && cx.is_journey() && all >= MIN_OPPORTUNITIES && beyond == 0 {
        let message = format!("all {all} opportunities answer pain points, none would delight");
        cx.report(&OPPORTUNITIES_MIRROR_PAINS, ObjectRef::Map, message);
    }
}

/// Checks what an action is for, and whether its effect was measured.
fn check_effect(cx: &mut CheckContext<'_>, action: &Action) {
    if action.status == ActionStatus::Dropped {
        return;
    }
    let name = quoted(&action.name);
    let mut touchpoints = cx.touchpoints.iter().copied();
    let Some(served) = touchpoints.find(|it| serves(action, it)) else {
        let message = format!("action {name}: no pain point and no opportunity");
        cx.report(&ACTION_WITHOUT_PURPOSE, action, message)
            .fill_in("Look at the action", Field::Whole)
            .fix(Fix::Delete);
        return;
    };
    let Some(lift) = action.lift.as_ref() else {
        return;
    };
    let metric = lift.metric.trim();
    let since = action.done_on.or(action.due);
    let is_due = since.is_none_or(|since| since <= cx.today);
    // Feelings have no dates.
    if action.status != ActionStatus::Done || !is_due || matches!(metric, "" | "feeling") {
        return;
    }
    let header = &cx.map.header().measurements;
    let mut measured = header
        .iter()
        .chain(cx.touchpoints.iter().flat_map(|t| &t.measurements));
    let is_later = |it: &Measurement| it.date.is_none() || it.date >= since;
    if measured.any(|it| it.value.is_some() && is_same_metric(&it.metric, metric) && is_later(it)) {
        return;
    }
    let since = since.map_or(String::new(), |since| format!(" since {since}"));
    let message = format!("action {name} is done: expected effect on {metric} not measured{since}");
    let field = served.object().field(Field::Measurements);
    let label = "Enter a measurement";
    cx.report(&LIFT_UNCHECKED, action, message)
        .fix(Fix::FillIn { label, field });
}

/// Reports the actions whose measured effect is less than expected.
fn effects(cx: &mut CheckContext<'_>) {
    for effect in action_effects(cx.map) {
        let (Some(change), EffectVerdict::Short | EffectVerdict::Worse) =
            (effect.change, effect.verdict)
        else {
            continue;
        };
        let (name, expected) = (quoted(&effect.action.name), effect.action.lift.as_ref());
        let expected = expected.map_or(String::new(), |lift| {
            format!("{} {:+}", lift.metric.trim(), lift.by.value())
        });
        let measured = change_text(&change);
        let message = format!("action {name}: expected {expected}, measured {measured}");
        cx.report(&EFFECT_MISSED, effect.action, message)
            .about(effect.object.key())
            .fill_in("Look at the action", Field::Whole);
    }
}

fn check_open_action(cx: &mut CheckContext<'_>, action: &Action) {
    let name = quoted(&action.name);
    let missing = match (&action.owner, action.due) {
        (None, None) => "no owner and no due date",
        (None, Some(_)) => "no owner",
        (Some(_), None) => "no due date",
        (Some(_), Some(_)) => "",
    };
    if !missing.is_empty() {
        let message = format!("action {name}: {missing}");
        let finding = cx.report(&ACTION_UNASSIGNED, action, message);
        if action.owner.is_none() {
            finding.fill_in("Choose an owner", Field::Owner);
        }
        if action.due.is_none() {
            finding.fill_in("Set a due date", Field::Due);
        }
    }
    if let Some(due) = action.due.filter(|due| *due < cx.today) {
        let whose = action.owner.as_ref().map(|id| cx.department_name(id));
        let whose = whose.map_or(String::new(), |name| format!(" ({name})"));
        let message = format!("action {name}{whose}: due on {due}, not done");
        cx.report(&ACTION_OVERDUE, action, message)
            .fill_in("Set another due date", Field::Due);
    }
}
