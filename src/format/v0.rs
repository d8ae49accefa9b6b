//! The shape of format 0: what maps looked like before the first release, and
//! what they are in format 1. Nobody writes it any more; it proves that older
//! files are read through a shape of their own and one typed step.
//!
//! Must not know: the model, positions.

use super::v1;
use super::values::Name;
use crate::model::slug;
use serde::Deserialize as Shape;
use serde::de::{Deserializer, Error};
use std::collections::BTreeSet;

#[derive(Shape)]
pub(super) struct Map<'a> {
    #[expect(
        dead_code,
        reason = "read before the rest, to know that this is the shape"
    )]
    format: u32,
    title: String,
    #[serde(default)]
    scenario: String,
    /// Names of departments.
    #[serde(default)]
    teams: Vec<String>,
    #[serde(default, borrow)]
    phases: Vec<Phase<'a>>,
}

#[derive(Shape)]
struct Phase<'a> {
    name: String,
    #[serde(default, borrow)]
    steps: Vec<Step<'a>>,
}

#[derive(Shape)]
struct Step<'a> {
    name: String,
    /// By name.
    #[serde(default, borrow)]
    channel: Option<Name<'a>>,
    /// By name.
    #[serde(default, borrow)]
    team: Option<Name<'a>>,
    #[serde(default, deserialize_with = "mood")]
    mood: Option<i64>,
    #[serde(default)]
    pain: String,
}

/// From 1, awful, to 5.
fn mood<'de, D: Deserializer<'de>>(from: D) -> Result<Option<i64>, D::Error> {
    match Option::<i64>::deserialize(from)? {
        Some(mood) if !(1..=5).contains(&mood) => Err(D::Error::custom(format!(
            "expected a mood from 1 to 5, found {mood}"
        ))),
        mood => Ok(mood),
    }
}

/// Format 1 refers by id where format 0 used the name.
fn id(name: &str) -> Name<'static> {
    Name(slug(name, "thing").into())
}

impl<'a> From<Map<'a>> for v1::Map<'a> {
    fn from(old: Map<'a>) -> v1::Map<'a> {
        let steps = old.phases.iter().flat_map(|phase| &phase.steps);
        let mut known = BTreeSet::new();
        let mut channels = Vec::new();
        for Name(name) in steps.filter_map(|step| step.channel.as_ref()) {
            if known.insert(slug(name, "thing")) {
                channels.push(v1::Channel {
                    id: Some(id(name)),
                    name: name.to_string(),
                    ..v1::Channel::default()
                });
            }
        }
        v1::Map {
            format: 1,
            title: old.title,
            scenario: old.scenario,
            departments: old.teams.into_iter().map(department).collect(),
            channels,
            stages: old.phases.into_iter().map(stage).collect(),
            ..v1::Map::default()
        }
    }
}

fn department(name: String) -> v1::Department<'static> {
    v1::Department {
        id: Some(id(&name)),
        name,
        ..v1::Department::default()
    }
}

fn stage(phase: Phase<'_>) -> v1::Stage<'_> {
    v1::Stage {
        name: phase.name,
        touchpoints: phase.steps.into_iter().map(touchpoint).collect(),
        ..v1::Stage::default()
    }
}

fn touchpoint(step: Step<'_>) -> v1::Touchpoint<'_> {
    let feeling = step.mood.map(|mood| v1::Feeling {
        score: Some((mood - 3) as f64),
        ..v1::Feeling::default()
    });
    let pain = (!step.pain.is_empty()).then(|| v1::Pain {
        text: step.pain,
        ..v1::Pain::default()
    });
    v1::Touchpoint {
        name: step.name,
        channel: step.channel.map(|name| id(&name.0)),
        owner: step.team.map(|name| id(&name.0)),
        feelings: feeling.into_iter().collect(),
        pains: pain.into_iter().collect(),
        ..v1::Touchpoint::default()
    }
}
