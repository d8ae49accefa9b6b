//! The check of accepted findings: rules and objects that they name, and whether they accept
//! anything.
//!
//! Must not know: files, windows.

use super::structure::{ACCEPTED_UNKNOWN, ACCEPTED_UNUSED};
use super::{FILE_RULES, all};
use crate::english::quoted;
use crate::insight::context::CheckContext;
use crate::insight::finding::Fix;
use crate::model::{ObjectRef, Suppression};

pub(crate) fn check(cx: &mut CheckContext<'_>) {
    if cx.map.suppressions().is_empty() {
        return;
    }
    let used = cx.used_acceptances();
    for accepted in cx.map.suppressions() {
        if used.contains(&accepted.id) {
            continue;
        }
        let (rule, subject) = (quoted(&accepted.rule), &accepted.subject);
        let message = if all().all(|known| known.id != accepted.rule) {
            format!("accepted finding of {rule}: no such rule")
        } else if ObjectRef::with_key(cx.map, subject).is_none() {
            let subject = quoted(subject);
            format!("accepted finding of {rule}: {subject} is not in the map")
        } else {
            unused(cx, accepted);
            continue;
        };
        cx.report(&ACCEPTED_UNKNOWN, accepted, message)
            .fix(Fix::Delete);
    }
}

/// Findings about the file are gone once it is saved, so only the others are looked for. Nor are
/// acceptances of this rule.
fn unused(cx: &mut CheckContext<'_>, accepted: &Suppression) {
    let rule = all().find(|rule| rule.id == accepted.rule);
    let of_file = |id: &str| FILE_RULES.iter().any(|rule| rule.id == id);
    let Some(rule) = rule.filter(|it| **it != ACCEPTED_UNUSED && !of_file(it.id)) else {
        return;
    };
    let object = ObjectRef::with_key(cx.map, &accepted.subject);
    let name = object
        .as_ref()
        .map_or("", |object| object.name(cx.map).trim());
    let about = match name {
        "" => String::new(),
        name => format!(" about {}", quoted(name)),
    };
    let message = format!(
        "accepted finding {}{about} no longer occurs",
        quoted(rule.title)
    );
    cx.report(&ACCEPTED_UNUSED, accepted, message)
        .fix(Fix::Delete);
}
