//! Upkeep of a map: stages compared with reality, and changes since.
//!
//! Must not know: drawing, files, the present date.

use super::id::TouchpointId;
use super::map::Map;
use super::record::{Check, Record as _, Stage, Touchpoint};
use super::value::Date;
use serde::Serialize;
use serde_json::Value;

/// Changes of a stage since its last check.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ChangesSinceCheck {
    /// Whether the stage itself changed: its name, goal, owner or times.
    pub stage: bool,
    /// Touchpoints that were not in the stage.
    pub added: Vec<TouchpointId>,
    /// Touchpoints that changed.
    pub changed: Vec<TouchpointId>,
    /// Number of touchpoints that are no longer in the stage.
    pub removed: usize,
}

impl ChangesSinceCheck {
    /// Whether nothing changed.
    pub fn is_empty(&self) -> bool {
        *self == ChangesSinceCheck::default()
    }
}

impl Check {
    /// Creates the check of a stage as it is now.
    pub fn of(map: &Map, stage: &Stage, date: Date, by: &str) -> Check {
        let touchpoints = map.touchpoints_in(&stage.id).iter();
        Check {
            date: Some(date),
            by: by.trim().to_owned(),
            stage: stage_fingerprint(stage),
            touchpoints: touchpoints
                .map(|t| (t.id.to_string(), touchpoint_fingerprint(t)))
                .collect(),
        }
    }

    /// Returns the changes of the stage since. A fingerprint that is missing is no change.
    pub fn changes(&self, map: &Map, stage: &Stage) -> ChangesSinceCheck {
        let mut changes = ChangesSinceCheck {
            stage: !self.stage.is_empty() && self.stage != stage_fingerprint(stage),
            ..ChangesSinceCheck::default()
        };
        // A check that was written by hand has a date only.
        if self.touchpoints.is_empty() && self.stage.is_empty() {
            return changes;
        }
        let mut kept = 0;
        for touchpoint in map.touchpoints_in(&stage.id) {
            let Some(before) = self.touchpoints.get(touchpoint.id().to_string().as_str()) else {
                changes.added.push(touchpoint.id.clone());
                continue;
            };
            kept += 1;
            if *before != touchpoint_fingerprint(touchpoint) {
                changes.changed.push(touchpoint.id.clone());
            }
        }
        changes.removed = self.touchpoints.len() - kept;
        changes
    }
}

fn stage_fingerprint(stage: &Stage) -> String {
    let unchecked = Stage {
        checked: None,
        ..stage.clone()
    };
    fingerprint(&unchecked)
}

/// Votes are the team's opinion, not a statement about the journey.
fn touchpoint_fingerprint(touchpoint: &Touchpoint) -> String {
    let unvoted = Touchpoint {
        votes: 0,
        ..touchpoint.clone()
    };
    fingerprint(&unvoted)
}

/// Returns a hash of the fields that are not empty, so that a field of a later version, empty in
/// older maps, changes no fingerprint.
fn fingerprint(record: &impl Serialize) -> String {
    // A record of the model always serializes; without a text it would equal itself.
    let mut value = serde_json::to_value(record).unwrap_or_default();
    drop_empty(&mut value);
    // FNV-1a with 64 bits: stable across versions and machines.
    let hash = value
        .to_string()
        .bytes()
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        });
    format!("{:08x}", (hash >> 32) ^ (hash & 0xffff_ffff))
}

fn drop_empty(value: &mut Value) {
    match value {
        Value::Object(fields) => fields.retain(|_, field| {
            drop_empty(field);
            !is_empty(field)
        }),
        Value::Array(items) => items.iter_mut().for_each(drop_empty),
        _ => {}
    }
}

fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Bool(flag) => !flag,
        Value::Number(number) => number.as_f64() == Some(0.0),
        Value::String(text) => text.is_empty(),
        Value::Array(items) => items.is_empty(),
        Value::Object(fields) => fields.is_empty(),
    }
}
