//! Findings about a file, made from the warnings of reading it.
//!
//! Must not know: sessions.

use crate::format::{Warning, WarningKind};
use crate::insight::{Finding, rules};
use crate::model::{Map, ObjectRef};

/// Returns the findings that reading a file made. Dangling references are left out,
/// because the rules find them in the map.
pub fn read_findings(map: &Map, warnings: &[Warning]) -> Vec<Finding> {
    let finding = |warning: &Warning| {
        let rule = match warning.kind {
            WarningKind::Dangling { .. } | WarningKind::Older { .. } => return None,
            WarningKind::UnknownField { .. } | WarningKind::More(_) => &rules::UNKNOWN_FIELD,
            WarningKind::DuplicateId { .. } => &rules::DUPLICATE_ID,
            WarningKind::DuplicateKey { .. } | WarningKind::DuplicateSuppression => {
                &rules::DUPLICATE_KEY
            }
            WarningKind::Rounded { .. } => &rules::NUMBER_ROUNDED,
        };
        let subject = ObjectRef::with_key(map, &warning.subject).unwrap_or(ObjectRef::Map);
        let mut finding = Finding::new(rule, subject, warning.kind.to_string());
        finding.detail.clone_from(&warning.place);
        finding.position = warning.at.map(|at| (at.line, at.column));
        Some(finding)
    };
    warnings.iter().filter_map(finding).collect()
}
