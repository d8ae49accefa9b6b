//! `touchline check`: findings of the rules about files.
//!
//! Must not know: windows.

mod findings_report;
mod sarif;

use super::input::{AnalyzedMap, path_parser};
use super::outcome::{CliError, ExitOutcome, print_error};
use super::output::write_json;
use crate::format::{self, SourceMap};
use crate::insight::{Accepted, Finding, Severity, rules};
use crate::model::{Date, Map};
use crate::text::escaped;
use clap::builder::PossibleValuesParser;
use findings_report::{CheckReport, FileErrorReport, FileReport, FindingReport};
use std::cmp::Reverse;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::slice;

/// Check maps for errors, warnings and advice
///
/// Fails (exit code 1) where there is an error, or a finding of what is given
/// with --deny. What is given with --allow is left out. The most severe come first; many
/// findings of one rule are one, with a count. A finding that the team
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
    /// List each finding, also where many of one rule are otherwise summed up in one
    #[arg(long)]
    all: bool,
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
and are what “suppressions” names. A finding that sums up many has them in “places”; SARIF lists
each at its own place.",
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
        let ([findings, accepted], error) = match check_file(file, arguments) {
            Ok(findings) => (findings, None),
            Err(error) => {
                print_error(&error);
                outcome = ExitOutcome::Incomplete;
                (Default::default(), Some(file_error_report(&error)))
            }
        };
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

/// Returns the open and the accepted findings of a file that --allow does not leave out,
/// the most severe first, and those of one severity in the order of the file.
fn check_file(file: &Path, arguments: &Arguments) -> Result<[Vec<FindingReport>; 2], CliError> {
    let AnalyzedMap {
        bytes,
        map,
        findings,
        ..
    } = AnalyzedMap::of(file, arguments.today.unwrap_or_else(crate::settings::today))?;
    // It has been read already, so it can be decoded.
    let text = format::decode(&bytes).unwrap_or_default();
    let reporter = Reporter {
        arguments,
        map: &map,
        source_map: SourceMap::of(&text),
        accepted: Accepted::of(&map),
    };
    let report = |findings: &[Finding]| {
        let singles = findings.iter().flat_map(|finding| {
            if arguments.all {
                finding.singles()
            } else {
                slice::from_ref(finding)
            }
        });
        let mut found: Vec<FindingReport> = singles
            .filter_map(|finding| reporter.report(finding))
            .collect();
        found.sort_by_key(|f| (Reverse(f.severity), f.line, f.column));
        found
    };
    Ok([report(&findings.open), report(&findings.accepted)])
}

/// Makes the reports of the findings of a file.
struct Reporter<'m> {
    arguments: &'m Arguments,
    map: &'m Map,
    source_map: SourceMap<'m>,
    accepted: Accepted<'m>,
}

impl Reporter<'_> {
    /// Returns the report of a finding, unless --allow leaves it out.
    fn report(&self, finding: &Finding) -> Option<FindingReport> {
        let Arguments { allow, deny, .. } = self.arguments;
        let named = |names: &[String], name: &str| names.iter().any(|given| given == name);
        let (rule, severity) = (finding.rule, finding.rule.severity.word());
        let allowed = named(allow, rule.id);
        let denied = named(deny, rule.id) || named(deny, severity) && !allowed;
        if !denied && (allowed || named(allow, severity)) {
            return None;
        }
        let accepted = self.accepted.of_finding(finding);
        let first = &finding.singles()[0];
        let place = first.location.path(self.map);
        let located = || {
            self.source_map
                .locate(&place)
                .map(|at| (at.line, at.column))
        };
        let position = first.position.or_else(located);
        let subject = finding.subject.key().into_owned();
        let fingerprint = match rule.id {
            // The id that the record has here is counted: `calls-2`.
            id if id == rules::DUPLICATE_ID.id => fingerprint(&[id, &finding.detail]),
            id => fingerprint(&[id, &subject, &finding.detail]),
        };
        let members = finding.members.iter();
        Some(FindingReport {
            rule: rule.id,
            family: rule.family.word(),
            severity: rule.severity,
            denied: denied && accepted.is_none(),
            subject,
            detail: finding.detail.clone(),
            place: if finding.members.is_empty() {
                place
            } else {
                String::new()
            },
            line: position.map(|(line, _)| line),
            column: position.map(|(_, column)| column),
            // Texts of the map within a sentence must not forge further lines.
            message: escaped(&finding.message).into_owned(),
            places: members.filter_map(|member| self.report(member)).collect(),
            reason: accepted.map(|it| escaped(&it.reason).into_owned()),
            fingerprint,
        })
    }
}

/// Joins the parts of an identity, of which the last may be empty.
fn fingerprint(parts: &[&str]) -> String {
    parts.join(" / ").trim_end_matches([' ', '/']).to_owned()
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
