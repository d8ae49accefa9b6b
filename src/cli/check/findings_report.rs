//! The content of `--format json` and SARIF: findings by file.
//!
//! Must not know: how findings are made.

use crate::insight::Severity;
use serde::Serialize;

/// The output of `--format json`. Fields are only ever added; a change of meaning
/// raises the version.
#[derive(Serialize)]
pub(super) struct CheckReport {
    pub(super) version: u32,
    pub(super) files: Vec<FileReport>,
    pub(super) errors: usize,
    pub(super) warnings: usize,
    pub(super) advice: usize,
}

#[derive(Serialize)]
pub(super) struct FileReport {
    pub(super) file: String,
    pub(super) error: Option<FileErrorReport>,
    pub(super) findings: Vec<FindingReport>,
    pub(super) accepted: Vec<FindingReport>,
}

#[derive(Serialize)]
pub(super) struct FileErrorReport {
    pub(super) line: Option<usize>,
    pub(super) column: Option<usize>,
    pub(super) message: String,
}

#[derive(Serialize)]
pub(super) struct FindingReport {
    pub(super) rule: &'static str,
    pub(super) family: &'static str,
    #[serde(serialize_with = "word")]
    pub(super) severity: Severity,
    pub(super) denied: bool,
    pub(super) subject: String,
    pub(super) detail: String,
    pub(super) place: String,
    pub(super) line: Option<usize>,
    pub(super) column: Option<usize>,
    pub(super) message: String,
    /// The single findings that this one sums up.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) places: Vec<FindingReport>,
    /// The reason why the team accepts it; `None` for an open finding.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) reason: Option<String>,
    /// The identity in the next version of the file.
    #[serde(skip)]
    pub(super) fingerprint: String,
}

fn word<S: serde::Serializer>(severity: &Severity, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_str(severity.word())
}
