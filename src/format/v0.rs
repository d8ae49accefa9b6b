//! Wire types of format 0, from before the first release, and their conversion
//! to format 1. Nobody writes it any more; it proves that older files are read
//! through types of their own and one typed conversion.
//!
//! Must not know: the model, positions.

use super::fields::Checked;
use super::v1;
use crate::model::{Score, Stated, slug};
use serde::Deserialize;
use std::collections::BTreeSet;

#[derive(Deserialize)]
pub(super) struct Map {
    #[expect(dead_code, reason = "read before the rest, to choose these types")]
    format: u32,
    title: String,
    #[serde(default)]
    scenario: String,
    /// Names of departments.
    #[serde(default)]
    teams: Vec<String>,
    #[serde(default)]
    phases: Vec<Phase>,
}

#[derive(Deserialize)]
struct Phase {
    name: String,
    #[serde(default)]
    steps: Vec<Step>,
}

#[derive(Deserialize)]
struct Step {
    name: String,
    /// By name.
    #[serde(default)]
    channel: Option<String>,
    /// By name.
    #[serde(default)]
    team: Option<String>,
    /// From 1, awful, to 5.
    #[serde(default)]
    mood: Option<Checked<Mood>>,
    #[serde(default)]
    pain: String,
}

/// A mood, as the score that it stands for.
struct Mood(Score);

impl Stated for Mood {
    type Raw = i64;
    const EXPECTED: &'static str = "a mood from 1 to 5";
    fn from_raw(raw: &i64) -> Option<Mood> {
        let tenths = raw.checked_sub(3)?.checked_mul(10)?;
        Score::from_tenths(tenths).map(Mood)
    }
}

/// Id for a name: format 1 refers by id where format 0 used the name.
fn id(name: &str) -> String {
    slug(name, "thing")
}

impl From<Map> for v1::Map {
    fn from(old: Map) -> v1::Map {
        let department = |name: String| v1::Department {
            id: Some(id(&name)),
            name,
            ..v1::Department::default()
        };
        let channel = |name: &String| v1::Channel {
            id: Some(id(name)),
            name: name.clone(),
            ..v1::Channel::default()
        };
        let stage = |phase: Phase| v1::Stage {
            name: phase.name,
            touchpoints: phase.steps.into_iter().map(touchpoint).collect(),
            ..v1::Stage::default()
        };
        let steps = old.phases.iter().flat_map(|phase| &phase.steps);
        let mut known = BTreeSet::new();
        let channels = steps.filter_map(|step| step.channel.as_ref());
        let channels = channels.filter(|name| known.insert(id(name)));
        v1::Map {
            title: old.title,
            scenario: old.scenario,
            channels: channels.map(channel).collect(),
            departments: old.teams.into_iter().map(department).collect(),
            stages: old.phases.into_iter().map(stage).collect(),
            ..v1::Map::default()
        }
    }
}

fn touchpoint(step: Step) -> v1::Touchpoint {
    let feeling = step.mood.map(|mood| v1::Feeling {
        score: Some(mood.value.0.into()),
        ..v1::Feeling::default()
    });
    let pain = (!step.pain.is_empty()).then(|| v1::Pain {
        text: step.pain,
        ..v1::Pain::default()
    });
    v1::Touchpoint {
        name: step.name,
        channel: step.channel.map(|name| id(&name)),
        owner: step.team.map(|name| id(&name)),
        feelings: feeling.into_iter().collect(),
        pains: pain.into_iter().collect(),
        ..v1::Touchpoint::default()
    }
}
