//! The fate of stages and steps.
//!
//! Must not know: totals, sentences.

use super::shifts::{Fate, FeelingShift, RemovedPain, StageShift, StepShift, TakenOpportunity};
use crate::compare::comparison::Comparison;
use crate::compare::matching::Objects;
use crate::compare::moves::interleave;
use crate::model::{
    ActionId, ActionStatus, Channel, Map, ObjectRef, PainId, PersonaId, Record, Score, Touchpoint,
    TouchpointId,
};
use rustc_hash::FxHashSet;

pub(super) fn stages(comparison: &Comparison) -> Vec<StageShift> {
    let maps = [&comparison.before, &comparison.aligned];
    let ids = maps.map(|map| {
        map.stages()
            .iter()
            .map(|it| it.id.clone())
            .collect::<Vec<_>>()
    });
    let context = Context {
        comparison,
        maps,
        touched: comparison
            .differences()
            .map(|it| it.objects.clone())
            .collect(),
        pains: maps.map(|map| {
            map.touchpoints()
                .flat_map(|it| &it.pains)
                .map(|it| it.id.clone())
                .collect()
        }),
    };
    let stages = interleave(&ids[0], &ids[1]).into_iter().map(|(id, _)| {
        let sides = maps.map(|map| map.stages().get(&id));
        let objects = comparison.objects(&ObjectRef::Stage(id.clone()));
        let lists = maps.map(|map| {
            let list = map.touchpoints_in(&id).iter();
            list.map(|it| it.id.clone()).collect::<Vec<_>>()
        });
        let steps = interleave(&lists[0], &lists[1]).into_iter();
        let steps = steps.filter(|(step, is_here)| *is_here || maps[1].touchpoint(step).is_none());
        StageShift {
            name: sides[1].or(sides[0]).map_or("", Record::name).to_owned(),
            fate: context.fate(&objects),
            objects,
            steps: steps.map(|(step, _)| context.step(&step)).collect(),
        }
    });
    stages.collect()
}

/// Both journeys, and what is asked for every step.
struct Context<'c> {
    comparison: &'c Comparison,
    maps: [&'c Map; 2],
    /// The records that differ.
    touched: FxHashSet<Objects>,
    /// The pain points of each journey.
    pains: [FxHashSet<PainId>; 2],
}

fn channel<'m>(map: &'m Map, step: Option<&Touchpoint>) -> Option<&'m Channel> {
    map.channels().get(step?.channel.as_ref()?)
}

/// The values where they differ.
fn differing<T: PartialEq>(values: [Option<T>; 2]) -> Option<[Option<T>; 2]> {
    (values[0] != values[1]).then_some(values)
}

impl Context<'_> {
    fn fate(&self, objects: &Objects) -> Fate {
        match (&objects.before, &objects.after) {
            (None, _) => Fate::New,
            (_, None) => Fate::Removed,
            _ if self.touched.contains(objects) => Fate::Changed,
            _ => Fate::Kept,
        }
    }

    fn step(&self, id: &TouchpointId) -> StepShift {
        let maps = self.maps;
        let steps = maps.map(|map| map.touchpoint(id));
        let objects = self.comparison.objects(&ObjectRef::Touchpoint(id.clone()));
        let channels = [0, 1].map(|side: usize| channel(maps[side], steps[side]));
        let becomes = |holds: fn(&Channel) -> bool| {
            channels[1].is_some_and(holds) && !channels[0].is_some_and(holds)
        };
        let owners = [0, 1].map(|side: usize| {
            let id = steps[side].and_then(|it| it.owner.as_ref())?;
            let object = ObjectRef::Department(id.clone());
            Some(named(object.name(maps[side]), id.to_string()))
        });
        let both = steps[0].is_some() && steps[1].is_some();
        StepShift {
            name: steps[1].or(steps[0]).map_or("", Record::name).to_owned(),
            fate: self.fate(&objects),
            channel: differing(channels.map(|it| it.map(|it| it.name.clone()))).filter(|_| both),
            becomes_self_service: becomes(|it| it.self_service),
            becomes_automated: becomes(|it| it.automated),
            owner: differing(owners).filter(|_| both),
            feelings: feelings(maps, steps),
            minutes: steps.map(|it| it?.duration.map(|it| it.minutes())),
            pains_removed: self.pains_removed(steps[0]),
            pains_added: self.pains_added(steps[1]),
            taken: taken(maps, steps),
            delights_added: delights_added(steps),
            objects,
        }
    }

    fn pains_removed(&self, step: Option<&Touchpoint>) -> Vec<RemovedPain> {
        let pains = step.into_iter().flat_map(|it| &it.pains);
        let gone = pains.filter(|pain| !self.pains[1].contains(&pain.id));
        let removed = gone.map(|pain| RemovedPain {
            text: pain.text.clone(),
            actions: names_of(self.maps, &pain.actions),
        });
        removed.collect()
    }

    fn pains_added(&self, step: Option<&Touchpoint>) -> Vec<String> {
        let pains = step.into_iter().flat_map(|it| &it.pains);
        let new = pains.filter(|pain| !self.pains[0].contains(&pain.id));
        new.map(|pain| pain.text.clone()).collect()
    }
}

fn named(name: &str, id: String) -> String {
    match name.trim() {
        "" => id,
        name => name.to_owned(),
    }
}

fn feelings(maps: [&Map; 2], steps: [Option<&Touchpoint>; 2]) -> Vec<FeelingShift> {
    let mut personas: Vec<Option<PersonaId>> = Vec::new();
    let scores = [0, 1].map(|side| {
        let first = maps[side].personas().iter().next().map(|it| it.id.clone());
        let felt = steps[side].into_iter().flat_map(|it| &it.feelings);
        let felt = felt.filter_map(|it| Some((it.persona.clone().or(first.clone()), it.score?)));
        felt.collect::<Vec<(Option<PersonaId>, Score)>>()
    });
    for (persona, _) in scores.iter().flatten() {
        if !personas.contains(persona) {
            personas.push(persona.clone());
        }
    }
    let shifts = personas.into_iter().map(|persona| {
        let score = [0, 1].map(|side: usize| {
            let mut scores = scores[side].iter();
            scores
                .find(|(of, _)| *of == persona)
                .map(|(_, score)| *score)
        });
        let name = persona.clone().map(ObjectRef::Persona).map(|object| {
            let names = [1, 0].map(|side: usize| object.name(maps[side]));
            let name = names.into_iter().find(|name| !name.is_empty());
            named(name.unwrap_or_default(), object.key().into_owned())
        });
        FeelingShift {
            name: name.unwrap_or_else(|| "the customer".to_owned()),
            persona,
            score,
        }
    });
    shifts.collect()
}

/// The names of the actions that go on or are done; the future map knows better how far they are.
fn names_of(maps: [&Map; 2], actions: &[ActionId]) -> Vec<String> {
    let found = actions.iter().filter_map(|id| {
        let mut known = [maps[1], maps[0]].into_iter();
        known.find_map(|map| map.actions().get(id))
    });
    let alive = found.filter(|action| action.status != ActionStatus::Dropped);
    alive
        .map(|action| named(&action.name, action.id.to_string()))
        .collect()
}

/// The opportunities of a step that are no longer open: those that its future does not list any
/// more, and those that an action takes up there which did not before.
fn taken(maps: [&Map; 2], steps: [Option<&Touchpoint>; 2]) -> Vec<TakenOpportunity> {
    let (Some(was), Some(is)) = (steps[0], steps[1]) else {
        return Vec::new();
    };
    let ideas = was.opportunities.iter().filter_map(|idea| {
        let now = is.opportunities.iter().find(|it| it.id == idea.id);
        let actions = names_of(maps, now.map_or(&idea.actions, |it| &it.actions));
        let is_taken = match now {
            None => true,
            Some(_) => !actions.is_empty() && names_of([maps[0]; 2], &idea.actions).is_empty(),
        };
        is_taken.then(|| TakenOpportunity {
            text: idea.text.clone(),
            delight: idea.delight,
            actions,
        })
    });
    ideas.collect()
}

fn delights_added(steps: [Option<&Touchpoint>; 2]) -> Vec<String> {
    let ideas = steps[1].into_iter().flat_map(|it| &it.opportunities);
    let had = |id: &_| {
        let ideas = steps[0].into_iter().flat_map(|it| &it.opportunities);
        ideas.filter(|it| it.delight).any(|it| it.id == *id)
    };
    let new = ideas.filter(|idea| idea.delight && !had(&idea.id));
    new.map(|idea| idea.text.clone()).collect()
}
