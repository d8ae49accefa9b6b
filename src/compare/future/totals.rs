//! Totals of both journeys, and the effects that are expected of actions.
//!
//! Must not know: sentences.

use super::shifts::{Fate, Hypothesis, LaneMean, StageShift, Totals};
use crate::compare::comparison::Comparison;
use crate::graph::Graph;
use crate::model::{
    ActionId, ActionStatus, Channel, Lane, LaneContentKind, LaneKind, Map, ObjectRef, Persona,
    Record as _,
};

/// Totals of a comparison whose stages are known.
pub(super) fn totals(comparison: &Comparison, stages: &[StageShift]) -> Totals {
    let maps = [&comparison.before, &comparison.aligned];
    let graphs = maps.map(Graph::of);
    let routes = [0, 1].map(|side: usize| graphs[side].usual_route());
    let times = [0, 1].map(|side: usize| graphs[side].route_time(&routes[side]));
    let steps = stages.iter().flat_map(|stage| &stage.steps);
    let fates = Fate::ALL.map(|fate| steps.clone().filter(|step| step.fate == fate).count());
    let with_channel = |holds: fn(&Channel) -> bool| {
        maps.map(|map| {
            let channels = map.touchpoints().filter_map(|it| it.channel.as_ref());
            let channels = channels.filter_map(|id| map.channels().get(id));
            channels.filter(|channel| holds(channel)).count()
        })
    };
    Totals {
        steps: fates,
        minutes: times.map(|time| time.minutes),
        untimed: times.map(|time| time.unknown),
        handoffs: [0, 1].map(|side: usize| graphs[side].handoffs_on(&routes[side], |_| true)),
        all_handoffs: [0, 1].map(|side: usize| graphs[side].handoffs().len()),
        unowned: maps.map(|map| map.touchpoints().filter(|it| map.lacks_owner(it)).count()),
        self_service: with_channel(|it| it.self_service),
        automated: with_channel(|it| it.automated),
        pains: maps.map(|map| map.touchpoints().map(|it| it.pains.len()).sum()),
        feelings: feelings(maps, &graphs, &routes),
        lanes: lanes(maps),
    }
}

/// The mean feeling of each persona along the usual route of each journey.
fn feelings(
    maps: [&Map; 2],
    graphs: &[Graph; 2],
    routes: &[Vec<usize>; 2],
) -> Vec<(String, [Option<f64>; 2])> {
    let is_new = |persona: &&Persona| !maps[1].personas().contains(&persona.id);
    let personas = maps[1]
        .personas()
        .iter()
        .chain(maps[0].personas().iter().filter(is_new));
    let mut personas: Vec<(Option<&Persona>, &str)> = personas
        .map(|persona| (Some(persona), persona.name()))
        .collect();
    if personas.is_empty() {
        personas.push((None, "the customer"));
    }
    let means = personas.into_iter().map(|(persona, name)| {
        let mean = [0, 1].map(|side: usize| {
            let curve = graphs[side].curve(persona.map(|it| &it.id), &routes[side]);
            curve.map(|curve| curve.mean())
        });
        (name.to_owned(), mean)
    });
    means.filter(|(_, mean)| *mean != [None, None]).collect()
}

/// The means of custom lanes with scores.
fn lanes(maps: [&Map; 2]) -> Vec<LaneMean> {
    let is_new = |lane: &&Lane| !maps[1].lanes().contains(&lane.id);
    let lanes = maps[1]
        .lanes()
        .iter()
        .chain(maps[0].lanes().iter().filter(is_new));
    let scales = lanes
        .filter(|lane| lane.kind == LaneKind::Custom)
        .filter_map(|lane| {
            let LaneContentKind::Score(scale) = lane.holds else {
                return None;
            };
            let mean = maps.map(|map| {
                let texts = map.touchpoints().filter_map(|it| it.texts.get(&lane.id));
                let scores: Vec<f64> = texts
                    .filter_map(|it| Some(scale.parse(it)?.value()))
                    .collect();
                (!scores.is_empty()).then(|| scores.iter().sum::<f64>() / scores.len() as f64)
            });
            let lane = lane.title().to_owned();
            Some(LaneMean { lane, mean })
        });
    scales.filter(|it| it.mean != [None, None]).collect()
}

/// The actions of the future journey that go on or are done, with an expected effect or something
/// that they answer.
pub(super) fn hypotheses(comparison: &Comparison) -> Vec<Hypothesis> {
    let map = &comparison.aligned;
    let answers = |id: &ActionId| {
        let mut texts: Vec<String> = Vec::new();
        for map in [&comparison.before, map] {
            for step in map.touchpoints() {
                let pains = step.pains.iter().map(|it| (&it.text, &it.actions));
                let ideas = step.opportunities.iter().map(|it| (&it.text, &it.actions));
                for (text, actions) in pains.chain(ideas) {
                    if actions.contains(id) && !texts.contains(text) {
                        texts.push(text.clone());
                    }
                }
            }
        }
        texts
    };
    let alive = map
        .actions()
        .iter()
        .filter(|it| it.status != ActionStatus::Dropped);
    let hypotheses = alive.map(|action| Hypothesis {
        action: action.name.clone(),
        owner: action.owner.clone().map(|id| {
            let object = ObjectRef::Department(id.clone());
            match object.name(map) {
                "" => id.to_string(),
                name => name.to_owned(),
            }
        }),
        due: action.due.map(|date| date.to_string()),
        effect: action.lift.as_ref().map(|lift| {
            let sign = if lift.by.value() > 0.0 { "+" } else { "" };
            format!("{} {sign}{}", lift.metric, lift.by)
                .trim()
                .to_owned()
        }),
        answers: answers(&action.id),
    });
    hypotheses
        .filter(|it| it.effect.is_some() || !it.answers.is_empty())
        .collect()
}
