//! Sentences about a change for the person who made it: the values afterwards.
//!
//! Must not know: egui, sessions, views.

use crate::edit::{Change, ChangeSet, Edit};
use crate::english::count;
use crate::model::{Feeling, Id as _, IndexedList, Map, ObjectRef, Record, Touchpoint};

/// Describes a change and names the object beside which that is shown: `selected` if it
/// was changed, else the first changed touchpoint or stage of the map. `map` is the map
/// afterwards, `label` that of the step.
pub fn change_text(
    map: &Map,
    changes: &ChangeSet,
    label: &str,
    selected: Option<&ObjectRef>,
) -> (String, Option<ObjectRef>) {
    let changed: Vec<ObjectRef> = changes.0.iter().filter_map(step_of).collect();
    let there: Vec<&ObjectRef> = changed.iter().filter(|object| object.is_in(map)).collect();
    let subject = there.iter().find(|object| selected == Some(**object));
    let subject = subject.or(there.first()).copied();
    let values = changes.0.iter().filter_map(|change| match change {
        Change::Touchpoint(edit) => match edit.as_ref() {
            Edit::Replace { before, after } => Some(value_text(map, before, after)),
            _ => Some(None),
        },
        _ => None,
    });
    let values: Vec<Option<String>> = values.collect();
    // One text is shown for all of them if it holds for all.
    let text = match values.split_first() {
        Some((Some(first), others)) if others.iter().all(|text| text.as_ref() == Some(first)) => {
            first.clone()
        }
        _ => label.to_owned(),
    };
    let text = match values.len() {
        many @ 2.. if text != label => format!("{text}, {}", count(many, "touchpoint")),
        _ => text,
    };
    (text, subject.or(selected).cloned())
}

/// The touchpoint or stage that a change is about.
fn step_of(change: &Change) -> Option<ObjectRef> {
    match change {
        Change::Touchpoint(edit) => Some(ObjectRef::Touchpoint(edit.id().clone())),
        Change::Stage(edit) => Some(ObjectRef::Stage(edit.id().clone())),
        _ => None,
    }
}

/// Returns the changed value of a touchpoint, if an owner, channel, environment or score
/// is all that differs.
fn value_text(map: &Map, before: &Touchpoint, after: &Touchpoint) -> Option<String> {
    let mut same = before.clone();
    let text = if before.owner != after.owner {
        same.owner.clone_from(&after.owner);
        link_text("Owner", map.departments(), &before.owner, &after.owner)
    } else if before.channel != after.channel {
        same.channel.clone_from(&after.channel);
        link_text("Channel", map.channels(), &before.channel, &after.channel)
    } else if before.environment != after.environment {
        same.environment.clone_from(&after.environment);
        let list = map.environments();
        link_text("Environment", list, &before.environment, &after.environment)
    } else {
        same.feelings.clone_from(&after.feelings);
        let differs = |feeling: &&Feeling| !before.feelings.contains(feeling);
        let mut felt = after.feelings.iter().filter(differs);
        score_text(map, felt.next().filter(|_| felt.next().is_none())?)
    };
    (same == *after).then_some(text)
}

fn link_text<R: Record>(
    noun: &str,
    list: &IndexedList<R>,
    before: &Option<R::Id>,
    after: &Option<R::Id>,
) -> String {
    let name = |id: &R::Id| {
        let name = list.get(id).map(Record::name);
        name.filter(|name| !name.is_empty())
            .unwrap_or(id.as_str())
            .to_owned()
    };
    match (before, after) {
        (Some(before), None) => format!("No {}, was {}", noun.to_lowercase(), name(before)),
        (_, Some(after)) => format!("{noun}: {}", name(after)),
        (None, None) => String::new(),
    }
}

fn score_text(map: &Map, feeling: &Feeling) -> String {
    let personas = map.personas();
    let persona = feeling.persona.as_ref().and_then(|id| personas.get(id));
    let persona = persona.or_else(|| personas.as_slice().first());
    let whose = persona.map_or("Customer", Record::name);
    match feeling.score {
        Some(score) => format!("{whose} feels {score}"),
        None => format!("{whose}: no score"),
    }
}
