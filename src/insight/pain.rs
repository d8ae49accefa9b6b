//! What hurts and whether anything is done about it.

use super::finding::{Finding, Subject};
use super::{At, rules};
use crate::model::{ActionStatus, Map, Touchpoint};

/// An action that was dropped is no answer, nor is one that does not exist.
pub(super) fn touchpoint(touchpoint: &At<'_, Touchpoint>, map: &Map, found: &mut Vec<Finding>) {
    for (at, pain) in touchpoint.record.pains.iter().enumerate() {
        let answered = pain.actions.iter().any(|id| {
            map.actions()
                .get(id)
                .is_some_and(|action| action.status != ActionStatus::Dropped)
        });
        if !answered {
            let reason = if pain.actions.is_empty() {
                ""
            } else {
                " that was not dropped"
            };
            found.push(Finding::new(
                &rules::PAIN_WITHOUT_ANSWER,
                Subject::Pain(touchpoint.record.id.clone(), pain.id.clone()),
                format!("{}.pains[{at}]", (touchpoint.place)()),
                format!(
                    "no action{reason} answers “{}” at “{}”",
                    pain.text, touchpoint.record.name
                ),
            ));
        }
    }
}
