//! Rules on feelings: the emotion curves of the personas and their low moments.

use crate::english::{count, quoted};
use crate::graph::EmotionCurve;
use crate::insight::context::CheckContext;
use crate::insight::finding::Fix;
use crate::insight::rule::catalogue;
use crate::model::{Feeling, Field, ObjectRef, Persona, Record as _, Score, Touchpoint};

catalogue! {
    Feelings;
    ENDS_LOW = "ends-low", Advice, "Low end",
        "The journey of a persona ends below neutral, or its last moment is its lowest.",
        "People remember the strongest moment and the last one; a good end makes up for much of what came before.",
        "Kahneman, Fredrickson, Schreiber and Redelmeier, When more pain is preferred to less: adding a better end, Psychological Science 4, 1993",
        "Jana is at +1.2 when the card works, and at −0.8 with the first bill.";
    LOW_UNEXPLAINED = "low-unexplained", Advice, "Low without a cause",
        "A persona feels bad at a touchpoint that has neither a pain point nor an opportunity.",
        "A low is where a journey can be improved most, and only its cause says how.",
        "Kalbach, Mapping Experiences, 2016",
        "Ben is at −1.5 at “Waits for the call back”, and nobody wrote down why.";
    FEELINGS_ALIKE = "feelings-alike", Advice, "Personas feel the same",
        "Two personas have the same score at every touchpoint where both have one.",
        "Personas are worth having where their journeys differ; equal curves were copied, or belong to one persona.",
        "Cooper, The Inmates Are Running the Asylum, 1999",
        "Jana and Ben are at +0.5, −1.0 and +1.5 at the same three touchpoints.";
}

/// A score that is as bad as this, in tenths, needs a cause.
const DEEP_TENTHS: i8 = -10;
/// Minimum number of steps with scores of both personas for comparing them.
const MIN_COMMON: usize = 4;
/// Minimum number of scored steps for a lowest one to stand out.
const MIN_SCORED: usize = 3;

pub(crate) fn check(cx: &mut CheckContext<'_>) {
    for (position, touchpoint) in cx.touchpoints.clone().into_iter().enumerate() {
        unexplained(cx, position, touchpoint);
    }
    if !cx.is_journey() {
        return;
    }
    let map = cx.map;
    let usual = cx.graph.usual_route();
    let personas: Vec<Option<&Persona>> = match map.personas().is_empty() {
        true => vec![None],
        false => map.personas().iter().map(Some).collect(),
    };
    for persona in personas {
        if let Some(curve) = cx.graph.curve(persona.map(|p| &p.id), &usual) {
            end(cx, persona, &curve, usual.len());
        }
    }
    alike(cx);
}

/// Whether the score of a feeling is so low that it needs a cause.
pub(super) fn is_deep(feeling: &Feeling) -> bool {
    feeling.score.is_some_and(|s| s.tenths() <= DEEP_TENTHS)
}

fn unexplained(cx: &mut CheckContext<'_>, position: usize, touchpoint: &Touchpoint) {
    let has_text = |text: &String| !text.trim().is_empty();
    let is_explained = touchpoint.pains.iter().any(|it| has_text(&it.text))
        || touchpoint.opportunities.iter().any(|it| has_text(&it.text));
    let low = touchpoint.feelings.iter().filter(|it| is_deep(it));
    let Some(low) = low.min_by_key(|it| it.score) else {
        return;
    };
    if is_explained || cx.is_social(position) {
        return;
    }
    let name = quoted(&touchpoint.name);
    let who = persona_name(cx, low);
    let score = low.score.unwrap_or(Score::NEUTRAL);
    let message = format!("{name}: {who} at {score}, no pain point");
    cx.report(&LOW_UNEXPLAINED, touchpoint, message)
        .fill_in("Write down the pain point", Field::Pains);
}

fn persona_name(cx: &CheckContext<'_>, feeling: &Feeling) -> String {
    let personas = cx.map.personas();
    let felt_by = feeling.persona.as_ref().and_then(|id| personas.get(id));
    let persona = felt_by.or_else(|| personas.iter().next());
    persona.map_or("the customer".to_owned(), |p| p.name.trim().to_owned())
}

/// Judges the last moment of a curve, if it is the last step of the route.
fn end(cx: &mut CheckContext<'_>, persona: Option<&Persona>, curve: &EmotionCurve, steps: usize) {
    let end = curve.end;
    let mut others = curve.points.iter().filter(|it| it.step != end.step);
    let is_lowest = curve.points.len() >= MIN_SCORED && others.all(|other| other.score > end.score);
    if end.step + 1 < steps || end.score >= Score::NEUTRAL && !is_lowest {
        return;
    }
    let touchpoint = cx.touchpoints[end.touchpoint];
    let whose = persona.map_or("the customer", |p| p.name.trim());
    let lowest = if is_lowest { ", the lowest moment" } else { "" };
    let name = quoted(&touchpoint.name);
    let message = format!(
        "{whose}: journey ends low, at {} with {name}{lowest}",
        end.score
    );
    let subject = persona.map_or(ObjectRef::Map, Persona::object);
    let field = touchpoint.object().field(Field::Opportunities);
    let label = "Write down what would end it better";
    cx.report(&ENDS_LOW, subject, message)
        .at(touchpoint.object().into())
        .fix(Fix::FillIn { label, field });
}

/// Compares each persona with those before; one finding a persona.
fn alike(cx: &mut CheckContext<'_>) {
    let personas = cx.map.personas();
    let scores: Vec<Vec<Option<Score>>> = personas
        .iter()
        .map(|persona| cx.graph.scores(Some(&persona.id)))
        .collect();
    for (at, persona) in personas.iter().enumerate() {
        let common = |other: &usize| {
            let pairs = scores[at].iter().zip(&scores[*other]);
            let both = pairs.filter_map(|(own, other)| Some(((*own)?, (*other)?)));
            both.collect::<Vec<_>>()
        };
        let is_same = |other: &usize| {
            let common = common(other);
            common.len() >= MIN_COMMON && common.iter().all(|(own, other)| own == other)
        };
        let Some(other) = (0..at).find(is_same) else {
            continue;
        };
        let steps = count(common(&other).len(), "shared touchpoint");
        let (first, second) = (&personas.as_slice()[other].name, &persona.name);
        let message = format!(
            "{} and {}: the same feelings at all {steps}",
            first.trim(),
            second.trim()
        );
        cx.report(&FEELINGS_ALIKE, persona, message)
            .fill_in("Look at this persona", Field::Whole);
    }
}
