//! Content of a file that its map does not hold, such as comments.
//!
//! Must not know: sessions.

use super::read_findings::file_findings;
use crate::format::{self, Warning, WarningKind};
use crate::insight::Finding;
use crate::model::Map;
use std::sync::Arc;

/// The content of a file before its first save, if that differs from the canonical
/// form.
#[derive(Clone, Debug)]
pub(super) struct PreviousContent {
    pub bytes: Arc<[u8]>,
    pub losses: Vec<String>,
    /// The findings that reading it made.
    pub findings: Vec<Finding>,
}

impl PreviousContent {
    /// Records the content of a file, read as this map, and the parts of it that saving
    /// loses; `None` if it has the canonical form.
    pub fn of(bytes: &Arc<[u8]>, map: &Map, warnings: &[Warning]) -> Option<PreviousContent> {
        if format::is_canonical(bytes, map) {
            return None;
        }
        let mut losses = Vec::new();
        let text = format::decode(bytes).unwrap_or_default();
        if let (count, Some(first)) = format::comments(&text) {
            let comments = match count {
                1 => "a comment".to_owned(),
                count => format!("{count} comments"),
            };
            losses.push(format!("{comments} (line {})", first.line));
        }
        for warning in warnings {
            let what = match &warning.kind {
                WarningKind::UnknownField { field } => {
                    format!("the field “{field}”, which is not known here")
                }
                WarningKind::DuplicateKey { key, .. } => format!("the earlier text of “{key}”"),
                WarningKind::DuplicateSuppression => "a second reason of a finding".to_owned(),
                WarningKind::Rounded { stated, kept, .. } => {
                    format!("the last digits of {stated} (kept as {kept})")
                }
                WarningKind::Unreadable { field, stated, .. } => {
                    format!("“{field}” as “{stated}”, which cannot be read")
                }
                WarningKind::Dangling { .. }
                | WarningKind::DuplicateId { .. }
                | WarningKind::Older { .. }
                | WarningKind::More(_) => continue,
            };
            let line = warning.at.map(|at| format!(" (line {})", at.line));
            losses.push(what + &line.unwrap_or_default());
        }
        let bytes = Arc::clone(bytes);
        Some(PreviousContent {
            bytes,
            losses,
            findings: file_findings(map, warnings),
        })
    }
}
