//! The check of accepted findings: rules and objects that they name.
//!
//! Must not know: files, windows.

use super::structure::ACCEPTED_UNKNOWN;
use crate::english::quoted;
use crate::insight::context::CheckContext;
use crate::insight::finding::Fix;
use crate::model::{Id, IndexedList, Map, Record, TouchpointId};
use std::collections::HashSet;

pub(crate) fn check(cx: &mut CheckContext<'_>) {
    if cx.map.suppressions().is_empty() {
        return;
    }
    let parts = parts_of_touchpoints(cx.map);
    for accepted in cx.map.suppressions() {
        let (rule, subject) = (quoted(&accepted.rule), &accepted.subject);
        let message = if super::all().all(|known| known.id != accepted.rule) {
            format!("an accepted finding is of the rule {rule}, which does not exist")
        } else if !is_subject(cx.map, subject) && !parts.contains(subject.as_str()) {
            let subject = quoted(subject);
            format!("an accepted finding of {rule} is about {subject}, which is not in the map")
        } else {
            continue;
        };
        cx.report(&ACCEPTED_UNKNOWN, accepted, message)
            .fix(Fix::Delete);
    }
}

/// The ids of pain points and opportunities.
fn parts_of_touchpoints(map: &Map) -> HashSet<&str> {
    let mut ids = HashSet::new();
    for touchpoint in map.touchpoints() {
        ids.extend(touchpoint.pains.iter().map(|it| it.id.as_str()));
        ids.extend(touchpoint.opportunities.iter().map(|it| it.id.as_str()));
    }
    ids
}

/// Whether a key, see [`crate::model::ObjectRef::key`], is that of the map, a record or a
/// path.
fn is_subject(map: &Map, key: &str) -> bool {
    fn has<R: Record>(list: &IndexedList<R>, key: &str) -> bool {
        list.contains(&R::Id::from_text(key))
    }
    let is_touchpoint = |key: &str| map.touchpoint(&TouchpointId::from_text(key)).is_some();
    // An id may contain spaces.
    let mut gaps = key.match_indices(' ');
    key.is_empty()
        || is_touchpoint(key)
        || has(map.stages(), key)
        || has(map.personas(), key)
        || has(map.departments(), key)
        || has(map.channels(), key)
        || has(map.environments(), key)
        || has(map.lanes(), key)
        || has(map.actions(), key)
        || has(map.notes(), key)
        || has(map.images(), key)
        || has(map.suppressions(), key)
        || gaps.any(|(at, _)| is_touchpoint(&key[..at]) && is_touchpoint(&key[at + 1..]))
}
