//! Who answers for what.

use super::finding::Finding;
use super::{At, rules};
use crate::model::{Stage, Touchpoint};

pub(super) fn stage(stage: &At<'_, Stage>, found: &mut Vec<Finding>) {
    if stage.record.owner.is_none() {
        let message = format!("nobody owns the stage “{}”", stage.record.name);
        found.push(stage.finding(&rules::UNOWNED_STAGE, message));
    }
}

pub(super) fn touchpoint(touchpoint: &At<'_, Touchpoint>, found: &mut Vec<Finding>) {
    if touchpoint.record.owner.is_none() {
        let message = format!("nobody owns the touchpoint “{}”", touchpoint.record.name);
        found.push(touchpoint.finding(&rules::UNOWNED_TOUCHPOINT, message));
    }
}
