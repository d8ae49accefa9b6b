//! Rules on pain points and actions.

use crate::english::quoted;
use crate::insight::context::CheckContext;
use crate::insight::finding::Fix;
use crate::insight::rule::catalogue;
use crate::model::{
    Action, ActionId, ActionStatus, Field, Level, Map, MapKind, ObjectRef, Pain, Record as _,
    Touchpoint,
};

catalogue! {
    Pain;
    PAIN_WITHOUT_ANSWER = "pain-without-answer", Advice,
        "No action answers the pain point, and its touchpoint has no opportunity.",
        "A known pain point without an action stays; a map pays off only through the actions that follow from it.",
        "Kalbach, Mapping Experiences, 2016",
        "“Fees are hidden” is on the map, and nothing is planned. For a severe pain point an opportunity is not enough.";
    PAIN_AT_MOMENT_OF_TRUTH = "pain-at-moment-of-truth", Warning,
        "A moment of truth has a pain point that is not slight, and no finished action answers it.",
        "At these moments customers form their opinion of the whole service; a pain point there costs more than elsewhere.",
        "Carlzon, Moments of Truth, 1987",
        "“Reads the offer” is a moment of truth, and “Fees are hidden” is a pain point there.";
    ACTION_UNASSIGNED = "action-unassigned", Advice,
        "An open action has no owner or no due date.",
        "Plans that name who acts and by when are carried out far more often.",
        "Gollwitzer, Implementation intentions: strong effects of simple plans, American Psychologist 54, 1999",
        "“Show all fees on one page” has no owner and no due date.";
    ACTION_OVERDUE = "action-overdue", Warning,
        "The due date of an open action has passed.",
        "Overdue actions that nobody follows up cost the map its credibility.",
        "Touchline's own rule",
        "“Show all fees” was due on 1 May and is still open in June.";
    FUTURE_WITHOUT_DELIGHT = "future-without-delight", Advice,
        "A future map has no opportunity that would delight customers.",
        "Removing annoyances does not create enthusiasm; that takes something customers did not ask for.",
        "Kano, Seraku, Takahashi and Tsuji, Attractive quality and must-be quality, Journal of the Japanese Society for Quality Control 14, 1984",
        "Every card of the future map removes a queue, and none adds anything new.";
}

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
    }
    if cx.map.header().kind == MapKind::Future && cx.is_journey() {
        let mut opportunities = cx.touchpoints.iter().flat_map(|t| &t.opportunities);
        if !opportunities.any(|o| o.delight) {
            let message = "this future takes away what annoys and adds nothing that would delight";
            cx.report(&FUTURE_WITHOUT_DELIGHT, ObjectRef::Map, message);
        }
    }
}

fn check_pain(cx: &mut CheckContext<'_>, touchpoint: &Touchpoint, at: usize, pain: &Pain) {
    let field = touchpoint.object().field(Field::Pain(Field::index(at)));
    let label = "Choose an action";
    let choose = Fix::FillIn { label, field };
    let subject = ObjectRef::Pain(touchpoint.id.clone(), pain.id.clone());
    let (text, name) = (quoted(&pain.text), quoted(&touchpoint.name));
    let answered = resolution(cx.map, &pain.actions);
    let mut ideas = touchpoint.opportunities.iter();
    let idea = pain.severity < Level::High && ideas.any(|o| !o.text.trim().is_empty());
    if answered < Resolution::Open && !idea {
        let reason = match answered {
            Resolution::Dropped => " that was not dropped",
            _ => "",
        };
        let message = format!("no action{reason} answers {text} at {name}");
        cx.report(&PAIN_WITHOUT_ANSWER, subject.clone(), message)
            .fix(Fix::AddAction)
            .fix(choose.clone());
    }
    let strong = pain.severity > Level::Low;
    if touchpoint.moment_of_truth && strong && answered < Resolution::Done {
        let so_far = match answered {
            Resolution::Open => "what shall answer it is not done yet",
            _ => "nothing is to be done about it",
        };
        let message = format!("{text} hurts at {name}, a moment of truth, and {so_far}");
        cx.report(&PAIN_AT_MOMENT_OF_TRUTH, subject, message)
            .fix(choose);
    }
}

fn check_open_action(cx: &mut CheckContext<'_>, action: &Action) {
    let name = quoted(&action.name);
    let field = match action.owner {
        None => Field::Owner,
        Some(_) => Field::Due,
    };
    let missing = match (&action.owner, action.due) {
        (None, None) => "no owner and no due date",
        (None, Some(_)) => "no owner",
        (Some(_), None) => "no due date",
        (Some(_), Some(_)) => "",
    };
    if !missing.is_empty() {
        let message = format!("the action {name} has {missing}");
        cx.report(&ACTION_UNASSIGNED, action, message)
            .fill_in("Set owner and due date", field);
    }
    if let Some(due) = action.due.filter(|due| *due < cx.today) {
        let whose = action.owner.as_ref().map(|id| cx.department_name(id));
        let whose = whose.map_or(String::new(), |name| format!(" of {name}"));
        let message = format!("the action {name}{whose} was due on {due} and is not done");
        cx.report(&ACTION_OVERDUE, action, message)
            .fill_in("Update the action", field);
    }
}
