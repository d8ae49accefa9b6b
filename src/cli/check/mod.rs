//! `touchline check`: findings of the rules about files.
//!
//! Must not know: windows.

mod findings_report;
mod sarif;

use super::input::{path_parser, read_bytes, read_document};
use super::outcome::{CliError, ExitOutcome, print_error};
use super::output::write_json;
use crate::format::{self, Document, SourceMap, Warning, WarningKind};
use crate::graph::Graph;
use crate::insight::{self, Accepted, Rule, Severity, rules};
use crate::model::Date;
use crate::text::escaped;
use clap::builder::PossibleValuesParser;
use findings_report::{CheckReport, FileErrorReport, FileReport, FindingReport};
use std::io::Write;
use std::path::{Path, PathBuf};

/// Check maps for errors, warnings and advice
///
/// Fails (exit code 1) where there is an error, or a finding of what is given
/// with --deny. What is given with --allow is left out. A finding that the team
/// accepts is silenced in the map itself, under “suppressions”.
#[derive(Debug, clap::Args)]
#[command(after_help = after_help())]
pub(super) struct Arguments {
    /// Maps to check; - reads standard input
    #[arg(required = true, value_parser = path_parser())]
    files: Vec<PathBuf>,
    /// Output format
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: CheckFormat,
    /// Fail for findings of this rule or severity too; can be given several times
    #[arg(long, value_name = "RULE|SEVERITY", value_parser = PossibleValuesParser::new(rule_and_severity_names()), hide_possible_values = true)]
    deny: Vec<String>,
    /// Leave out findings of this rule or severity; a denied rule is shown all the same
    #[arg(long, value_name = "RULE|SEVERITY", value_parser = PossibleValuesParser::new(rule_and_severity_names()), hide_possible_values = true)]
    allow: Vec<String>,
    /// The date of the checks, for overdue actions and old evidence
    #[arg(long, value_name = "YYYY-MM-DD")]
    today: Option<Date>,
}

/// Returns the values that --deny and --allow accept.
fn rule_and_severity_names() -> Vec<&'static str> {
    let severities = Severity::ALL.iter().map(|severity| severity.word());
    severities.chain(rules::all().map(|rule| rule.id)).collect()
}

fn after_help() -> String {
    let mut text = String::from("Rules (`touchline rules` says why each matters):\n");
    for rule in rules::all() {
        let word = rule.severity.word();
        text.push_str(&format!("  {:<28} {word:<8} {}\n", rule.id, rule.meaning));
    }
    text.push_str(
        "\nExamples:
  touchline check bank.journey.ron
  touchline check --deny unowned-touchpoint --deny warning *.journey.ron
  touchline check --allow advice --format sarif *.journey.ron > findings.sarif
  touchline check --format json bank.journey.ron

JSON: {\"version\": 1, \"files\": [{\"file\", \"error\", \"findings\": [{\"rule\", \"family\", \"severity\",
\"denied\", \"subject\", \"detail\", \"place\", \"line\", \"column\", \"message\"}], \"accepted\": [the same
and \"reason\"]}], \"errors\", \"warnings\", \"advice\"}. “error” is null, or {\"line\", \"column\", \"message\"}
for a file that cannot be read. Rule, subject and detail tell a finding from all others of its file,
and are what “suppressions” names.",
    );
    text
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum CheckFormat {
    /// One line per finding: file:line:column: severity: message
    Text,
    /// JSON, for other programs
    Json,
    /// SARIF 2.1.0, for code hosts
    Sarif,
}

pub(super) fn run(arguments: &Arguments, out: &mut dyn Write) -> Result<ExitOutcome, CliError> {
    let mut report = CheckReport {
        version: 1,
        files: Vec::new(),
        errors: 0,
        warnings: 0,
        advice: 0,
    };
    let mut outcome = ExitOutcome::Success;
    for file in &arguments.files {
        let (all, error) = match check_file(file, arguments) {
            Ok(findings) => (findings, None),
            Err(error) => {
                print_error(&error);
                outcome = ExitOutcome::Incomplete;
                (Vec::new(), Some(file_error_report(&error)))
            }
        };
        let (accepted, findings): (Vec<_>, Vec<_>) =
            all.into_iter().partition(|it| it.reason.is_some());
        for found in &findings {
            match found.severity {
                Severity::Error => report.errors += 1,
                Severity::Warning => report.warnings += 1,
                Severity::Advice => report.advice += 1,
            }
            let failed = found.severity == Severity::Error || found.denied;
            if outcome == ExitOutcome::Success && failed {
                outcome = ExitOutcome::CheckFailed;
            }
        }
        report.files.push(FileReport {
            file: file.display().to_string(),
            error,
            findings,
            accepted,
        });
    }
    match arguments.format {
        CheckFormat::Text => write_text(&report, out)?,
        CheckFormat::Json => write_json(&report, out)?,
        CheckFormat::Sarif => write_json(&sarif::log(&report), out)?,
    }
    Ok(outcome)
}

fn file_error_report(error: &CliError) -> FileErrorReport {
    let (at, message) = match error {
        CliError::Read { error, .. } => (error.at, error.problem.to_string()),
        other => (None, other.to_string()),
    };
    FileErrorReport {
        line: at.map(|at| at.line),
        column: at.map(|at| at.column),
        message: escaped(&message).into_owned(),
    }
}

/// Returns all findings of a file that --allow does not leave out, accepted ones with their
/// reason.
fn check_file(file: &Path, arguments: &Arguments) -> Result<Vec<FindingReport>, CliError> {
    let bytes = read_bytes(file)?;
    let document = read_document(file, &bytes)?;
    let accepted = Accepted::of(&document.map);
    let named = |names: &[String], name: &str| names.iter().any(|given| given == name);
    let report = |rule: &'static Rule, subject: &str, detail: &str, message: String| {
        let (allow, severity) = (&arguments.allow, rule.severity.word());
        let allowed = named(allow, rule.id);
        let denied =
            named(&arguments.deny, rule.id) || named(&arguments.deny, severity) && !allowed;
        let accepted = accepted.find(rule.id, subject, detail);
        (denied || !allowed && !named(allow, severity)).then(|| FindingReport {
            rule: rule.id,
            family: rule.family.word(),
            severity: rule.severity,
            denied: denied && accepted.is_none(),
            subject: subject.to_owned(),
            detail: detail.to_owned(),
            place: String::new(),
            line: None,
            column: None,
            // Texts of the map within a sentence must not forge further lines.
            message: escaped(&message).into_owned(),
            reason: accepted.map(|it| escaped(&it.reason).into_owned()),
            fingerprint: fingerprint(&[rule.id, subject, detail]),
        })
    };
    let mut found = Vec::new();
    for (rule, warning) in warnings(&document) {
        let Warning { subject, place, .. } = warning;
        found.extend(
            report(rule, subject, place, warning.kind.to_string()).map(|it| FindingReport {
                line: warning.at.map(|at| at.line),
                column: warning.at.map(|at| at.column),
                fingerprint: match warning.kind {
                    // The id that the record has here is counted: `calls-2`.
                    WarningKind::DuplicateId { .. } => fingerprint(&[rule.id, place]),
                    _ => it.fingerprint,
                },
                ..it
            }),
        );
    }
    let map = &document.map;
    let today = arguments.today.unwrap_or_else(crate::settings::today);
    let findings = insight::findings(map, &Graph::of(map), today);
    if !findings.open.is_empty() || !findings.accepted.is_empty() {
        // It has been read already, so it can be decoded.
        let text = format::decode(&bytes).unwrap_or_default();
        let source_map = SourceMap::of(&text);
        for finding in findings.open.into_iter().chain(findings.accepted) {
            let place = finding.location.path(map);
            let at = source_map.locate(&place);
            let subject = finding.subject.key();
            let it = report(finding.rule, &subject, &finding.detail, finding.message);
            found.extend(it.map(|it| FindingReport {
                place,
                line: at.map(|at| at.line),
                column: at.map(|at| at.column),
                ..it
            }));
        }
    }
    // In the order of the file; findings at one position keep their order, errors
    // first.
    found.sort_by_key(|f| (f.line, f.column));
    Ok(found)
}

/// Joins the parts of an identity, of which the last may be empty.
fn fingerprint(parts: &[&str]) -> String {
    parts.join(" / ").trim_end_matches([' ', '/']).to_owned()
}

/// Returns the warnings from reading the file with their rules. Dangling references are
/// left out, because the rules find them in the map.
fn warnings(document: &Document) -> impl Iterator<Item = (&'static Rule, &Warning)> {
    document.warnings.iter().filter_map(|warning| {
        let rule = match warning.kind {
            WarningKind::Dangling { .. } | WarningKind::Older { .. } => return None,
            WarningKind::UnknownField { .. } | WarningKind::More(_) => &rules::UNKNOWN_FIELD,
            WarningKind::DuplicateId { .. } => &rules::DUPLICATE_ID,
            WarningKind::DuplicateKey { .. } | WarningKind::DuplicateSuppression => {
                &rules::DUPLICATE_KEY
            }
            WarningKind::Rounded { .. } => &rules::NUMBER_ROUNDED,
        };
        Some((rule, warning))
    })
}

fn write_text(report: &CheckReport, out: &mut dyn Write) -> Result<(), CliError> {
    for file in &report.files {
        for found in &file.findings {
            write!(out, "{}", escaped(&file.file))?;
            if let (Some(line), Some(column)) = (found.line, found.column) {
                write!(out, ":{line}:{column}")?;
            }
            let denied = if found.denied { " (denied)" } else { "" };
            writeln!(
                out,
                ": {}{denied}: {} [{}]",
                found.severity.word(),
                found.message,
                found.rule
            )?;
        }
    }
    let counts = [
        (report.errors, "error", "errors"),
        (report.warnings, "warning", "warnings"),
        (report.advice, "piece of advice", "pieces of advice"),
    ];
    let counts: Vec<String> = counts
        .into_iter()
        .filter(|(count, ..)| *count > 0)
        .map(|(count, one, many)| format!("{count} {}", if count == 1 { one } else { many }))
        .collect();
    if !counts.is_empty() {
        writeln!(out, "{}", counts.join(", "))?;
    }
    Ok(())
}
