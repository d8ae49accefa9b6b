//! Wire types of format 1, frozen: the records and fields of a file as they are
//! written. A later version gets types of its own beside these.
//!
//! Must not know: ids that are left out, references, positions.

use super::wire_types::{
    Pairs, color, count, date, decimal, level, number, optional_count, percent, score, span,
};
use crate::model::{self, Date, Rgb, Span};
use serde::Deserialize;

/// The version of the format that is written, and the newest that is read.
pub const VERSION: u32 = 1;

fn version() -> u32 {
    VERSION
}

#[derive(Deserialize)]
#[serde(remote = "model::MapKind", rename_all = "snake_case")]
enum MapKind {
    Current,
    Future,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Basis {
    Assumption,
    Observed,
    Interviewed,
    Measured,
}

#[derive(Deserialize)]
#[serde(remote = "model::EnvironmentKind", rename_all = "snake_case")]
enum EnvironmentKind {
    Physical,
    Digital,
    Social,
}

#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum LaneKind {
    Custom,
}

#[derive(Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Holds {
    #[default]
    Text,
    List,
    Score,
    Picture,
    Link,
}

#[derive(Deserialize)]
#[serde(remote = "model::BackstageKind", rename_all = "snake_case")]
enum BackstageKind {
    Process,
    System,
    People,
}

#[derive(Deserialize)]
#[serde(remote = "model::PathKind", rename_all = "snake_case")]
enum PathKind {
    Next,
    Alternative,
    Failure,
    Return,
}

#[derive(Deserialize)]
#[serde(remote = "model::ActionStatus", rename_all = "snake_case")]
enum ActionStatus {
    Planned,
    Started,
    Done,
    Dropped,
}

/// Declares the records of a file: in round brackets the fields that each must have, then
/// those with a default. A string names the function that reads the field.
macro_rules! records {
    ($(
        $(#[$attribute:meta])*
        $record:ident($($required:ident: $required_type:ty $(= $required_read:literal)?),*) {
            $(
                $(#[$field_attribute:meta])*
                $field:ident: $type:ty $(= $read:literal $(or $default:literal)?)?,
            )*
        }
    )*) => {$(
        $(#[$attribute])*
        #[derive(Default, Deserialize)]
        pub(super) struct $record {
            $(
                $(#[serde(deserialize_with = $required_read)])?
                pub $required: $required_type,
            )*
            $(
                $(#[$field_attribute])*
                #[serde(default $($(= $default)?)?)]
                $(#[serde(deserialize_with = $read)])?
                pub $field: $type,
            )*
        }
    )*};
}

records! {
    Map(title: String) {
        format: u32 = "count" or "version",
        kind: model::MapKind = "MapKind::deserialize",
        forked_from: Option<Fork>,
        scenario: String,
        personas: Vec<Persona>,
        departments: Vec<Department>,
        channels: Vec<Channel>,
        environments: Vec<Environment>,
        lanes: Vec<Lane>,
        stages: Vec<Stage>,
        actions: Vec<Action>,
        measurements: Vec<Measurement>,
        notes: Vec<Note>,
        suppressions: Vec<Suppression>,
        extra: Pairs,
        pictures: Vec<Picture>,
    }
    Fork(file: String) {
        date: Option<Date> = "date",
    }
    Persona(name: String) {
        id: Option<String>,
        role: String,
        goals: Vec<String>,
        needs: Vec<String>,
        frustrations: Vec<String>,
        quote: String,
        picture: Option<String>,
        evidence: Option<Basis>,
        source: String,
    }
    Department(name: String) {
        id: Option<String>,
        short: String,
        colour: Option<Rgb> = "color",
        contact: String,
    }
    Channel(name: String) {
        id: Option<String>,
        icon: Option<String>,
        digital: bool,
        mobile: bool,
        self_service: bool,
        automated: bool,
    }
    Environment(name: String) {
        id: Option<String>,
        kind: model::EnvironmentKind = "EnvironmentKind::deserialize",
    }
    Lane() {
        id: Option<String>,
        #[expect(dead_code, reason = "written for the reader's eye: the id decides")]
        kind: Option<LaneKind>,
        holds: Holds,
        from: Option<f64> = "decimal",
        to: Option<f64> = "decimal",
        name: String,
        hidden: bool,
    }
    Stage(name: String) {
        id: Option<String>,
        goal: String,
        owner: Option<String>,
        supporters: Vec<String>,
        time: String,
        duration: Option<Span> = "span",
        notes: String,
        touchpoints: Vec<Touchpoint>,
    }
    Touchpoint(name: String) {
        id: Option<String>,
        description: String,
        channel: Option<String>,
        environment: Option<String>,
        owner: Option<String>,
        supporters: Vec<String>,
        time: String,
        duration: Option<Span> = "span",
        moment_of_truth: bool,
        feelings: Vec<Feeling>,
        pains: Vec<Pain>,
        opportunities: Vec<Opportunity>,
        backstage: Vec<Backstage>,
        measurements: Vec<Measurement>,
        paths: Vec<Path>,
        ends: bool,
        evidence: Option<Basis>,
        source: String,
        tags: Vec<String>,
        pictures: Vec<String>,
        texts: Pairs,
        votes: u32 = "count",
        notes: String,
    }
    Feeling() {
        persona: Option<String>,
        score: Option<f64> = "score",
        before: Option<f64> = "score",
        after: Option<f64> = "score",
        emotion: String,
        quote: String,
        thought: String,
        motivation: String,
        evidence: Option<Basis>,
        source: String,
    }
    Pain(text: String) {
        id: Option<String>,
        severity: model::Level = "level",
        votes: u32 = "count",
        actions: Vec<String>,
        evidence: Option<Basis>,
        source: String,
    }
    Opportunity(text: String) {
        id: Option<String>,
        value: model::Level = "level",
        delight: bool,
        votes: u32 = "count",
        actions: Vec<String>,
        evidence: Option<Basis>,
        source: String,
    }
    Backstage(text: String) {
        kind: model::BackstageKind = "BackstageKind::deserialize",
        department: Option<String>,
    }
    Measurement(metric: String) {
        value: Option<f64> = "decimal",
        unit: String,
        n: Option<u32> = "optional_count",
        date: Option<Date> = "date",
    }
    Path(to: String) {
        kind: model::PathKind = "PathKind::deserialize",
        label: String,
        share: Option<model::Share> = "percent",
    }
    Lift(metric: String, by: f64 = "number") {}
    Action(name: String) {
        id: Option<String>,
        owner: Option<String>,
        status: model::ActionStatus = "ActionStatus::deserialize",
        due: Option<Date> = "date",
        lift: Option<Lift>,
        notes: String,
    }
    Note(text: String) {
        id: Option<String>,
        votes: u32 = "count",
    }
    Suppression(rule: String, subject: String) {
        reason: String,
    }
    /// `data`: base 64 of the image file, in as many lines as people like.
    Picture(name: String, data: Vec<String>) {
        id: Option<String>,
    }
}
