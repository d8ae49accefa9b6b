//! The check of accepted findings: rules and objects that they name.
//!
//! Must not know: files, windows.

use super::structure::ACCEPTED_UNKNOWN;
use crate::english::quoted;
use crate::insight::context::CheckContext;
use crate::insight::finding::Fix;
use crate::model::ObjectRef;

pub(crate) fn check(cx: &mut CheckContext<'_>) {
    if cx.map.suppressions().is_empty() {
        return;
    }
    for accepted in cx.map.suppressions() {
        let (rule, subject) = (quoted(&accepted.rule), &accepted.subject);
        let message = if super::all().all(|known| known.id != accepted.rule) {
            format!("an accepted finding is of the rule {rule}, which does not exist")
        } else if ObjectRef::with_key(cx.map, subject).is_none() {
            let subject = quoted(subject);
            format!("an accepted finding of {rule} is about {subject}, which is not in the map")
        } else {
            continue;
        };
        cx.report(&ACCEPTED_UNKNOWN, accepted, message)
            .fix(Fix::Delete);
    }
}
