//! How the map is built.

use super::finding::Finding;
use super::{At, rules};
use crate::model::{Map, Stage};

pub(super) fn stage(stage: &At<'_, Stage>, map: &Map, found: &mut Vec<Finding>) {
    if map.touchpoints_in(&stage.record.id).is_empty() {
        let message = format!("the stage “{}” has no touchpoint", stage.record.name);
        found.push(stage.finding(&rules::EMPTY_STAGE, message));
    }
}
