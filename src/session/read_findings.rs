//! Findings about a file, made from the warnings of reading it.
//!
//! Must not know: sessions.

use super::fork_origin::ForkOrigin;
use crate::format::{Warning, WarningKind};
use crate::insight::{Finding, rules};
use crate::model::{Map, ObjectRef};
use std::path::Path;

/// Returns what is found by reading a map from a file: the findings about the file, and about
/// the map that it was made from, which is read too. Dangling references are left out,
/// because the rules find them in the map.
pub fn read_findings(map: &Map, warnings: &[Warning], path: Option<&Path>) -> Vec<Finding> {
    let mut all = file_findings(map, warnings);
    all.extend(ForkOrigin::of(map, path).findings(map));
    all
}

/// Returns the findings about a file. Dangling references are left out, because the rules find
/// them in the map.
pub(super) fn file_findings(map: &Map, warnings: &[Warning]) -> Vec<Finding> {
    let finding = |warning: &Warning| {
        let rule = match warning.kind {
            WarningKind::Dangling { .. } | WarningKind::Older { .. } => return None,
            WarningKind::UnknownField { .. } | WarningKind::More(_) => &rules::UNKNOWN_FIELD,
            WarningKind::DuplicateId { .. } => &rules::DUPLICATE_ID,
            WarningKind::DuplicateKey { .. } | WarningKind::DuplicateSuppression => {
                &rules::DUPLICATE_KEY
            }
            WarningKind::Rounded { .. } => &rules::NUMBER_ROUNDED,
            WarningKind::Unreadable { .. } => &rules::VALUE_UNREADABLE,
        };
        let subject = ObjectRef::with_key(map, &warning.subject).unwrap_or(ObjectRef::Map);
        let mut finding = Finding::new(rule, subject, warning.kind.to_string());
        finding.detail.clone_from(&warning.place);
        finding.position = warning.at.map(|at| (at.line, at.column));
        Some(finding)
    };
    warnings.iter().filter_map(finding).collect()
}
