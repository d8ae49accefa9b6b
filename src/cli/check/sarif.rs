//! Findings as SARIF 2.1.0, which code hosts show beside a change.
//!
//! Follows the OASIS standard “Static Analysis Results Interchange Format (SARIF)
//! Version 2.1.0” (2020), as far as properties are needed.
//! Must not know: how findings are made.

use super::findings_report::{CheckReport, FileReport, FindingReport};
use crate::english::sentence;
use crate::insight::{Severity, rules};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Value, json};
use std::slice;

/// The package URL of the program.
const PACKAGE_URL: &str = concat!(
    "pkg:cargo/",
    env!("CARGO_PKG_NAME"),
    "@",
    env!("CARGO_PKG_VERSION")
);

/// Returns the complete log: one run with all rules and results.
pub(super) fn log(report: &CheckReport) -> Value {
    let rules: Vec<Value> = rules::all()
        .map(|rule| {
            json!({
                "id": rule.id,
                "shortDescription": {"text": rule.meaning},
                "fullDescription": {"text": rule.why},
                "help": {"text": format!("{}\n\nSource: {}\n\nExample: {}", rule.why, rule.source, rule.example)},
                "defaultConfiguration": {"level": level(rule.severity)},
                "properties": {"tags": [rule.family.word()]},
            })
        })
        .collect();
    let results: Vec<Value> = report.files.iter().flat_map(results).collect();
    let unreadable: Vec<Value> = report
        .files
        .iter()
        .filter_map(|file| {
            let error = file.error.as_ref()?;
            Some(json!({
                "level": "error",
                "message": {"text": error.message},
                "locations": [location(&file.file, error.line, error.column)],
            }))
        })
        .collect();
    json!({
        "$schema": "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": {"driver": {
                "name": "Touchline",
                "informationUri": PACKAGE_URL,
                "version": env!("CARGO_PKG_VERSION"),
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": rules,
            }},
            "columnKind": "unicodeCodePoints",
            "invocations": [{
                "executionSuccessful": unreadable.is_empty(),
                "toolExecutionNotifications": unreadable,
            }],
            "results": results,
        }],
    })
}

/// Returns the results of a file, each at its own place, the accepted ones last.
fn results(file: &FileReport) -> impl Iterator<Item = Value> {
    let all = file.findings.iter().chain(&file.accepted);
    let singles = all.flat_map(|found| match found.places.as_slice() {
        [] => slice::from_ref(found),
        places => places,
    });
    singles.map(|found| result(&file.file, found))
}

/// Returns a result; its level is an error if the finding was denied.
fn result(file: &str, found: &FindingReport) -> Value {
    let index = rules::all().position(|rule| rule.id == found.rule);
    let level = if found.denied {
        "error"
    } else {
        level(found.severity)
    };
    json!({
        "ruleId": found.rule,
        "ruleIndex": index,
        "level": level,
        "message": {"text": sentence(&found.message)},
        "locations": [location(file, found.line, found.column)],
        // Identifies the same finding in the next run, independent of its line.
        "partialFingerprints": {"touchline/v2": found.fingerprint},
        // All results have this property or none (3.27.23): an empty list is an open finding.
        "suppressions": found.reason.as_deref().map_or_else(Vec::new, |reason| vec![suppression(reason)]),
    })
}

/// Returns the acceptance of a result, which stands in the map itself.
fn suppression(reason: &str) -> Value {
    let mut suppression = json!({"kind": "inSource", "status": "accepted"});
    if !reason.trim().is_empty() {
        suppression["justification"] = json!(sentence(reason));
    }
    suppression
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Advice => "note",
    }
}

fn location(file: &str, line: Option<usize>, column: Option<usize>) -> Value {
    let mut location = json!({"artifactLocation": {"uri": uri(file)}});
    if let Some(line) = line {
        location["region"] = json!({"startLine": line});
        if let Some(column) = column {
            location["region"]["startColumn"] = json!(column);
        }
    }
    json!({"physicalLocation": location})
}

/// All but the unreserved characters of RFC 3986 and the slash.
const RESERVED_IN_PATHS: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~')
    .remove(b'/');

/// Returns a path as a URI reference: forward slashes, no `.` segments, and all
/// other reserved characters percent-encoded (RFC 3986). An absolute path becomes a
/// file URI (RFC 8089).
fn uri(path: &str) -> String {
    let path = match std::path::MAIN_SEPARATOR {
        '\\' => path.replace('\\', "/"),
        _ => path.to_owned(),
    };
    let parts: Vec<&str> = path.split('/').filter(|part| *part != ".").collect();
    let mut path = parts.join("/");
    let mut uri = String::new();
    if path.starts_with("//") {
        uri.push_str("file:");
    } else if path.starts_with('/') {
        uri.push_str("file://");
    } else if let Some((drive, rest)) = path.split_once('/')
        && std::path::Path::new(&path).is_absolute()
    {
        uri = format!("file:///{drive}/");
        path = rest.to_owned();
    }
    uri.extend(utf8_percent_encode(&path, RESERVED_IN_PATHS));
    uri
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_uris() {
        assert_eq!(uri("maps/a b.ron"), "maps/a%20b.ron");
        assert_eq!(uri("50%.ron"), "50%25.ron");
        assert_eq!(uri("é"), "%C3%A9");
        assert_eq!(uri("./a/./b.ron"), "a/b.ron");
        assert_eq!(uri("../a.ron"), "../a.ron");
        assert_eq!(uri("-"), "-");
        assert_eq!(uri("a:b.ron"), "a%3Ab.ron");
        if cfg!(unix) {
            assert_eq!(uri("/maps/a b.ron"), "file:///maps/a%20b.ron");
        }
    }
}
