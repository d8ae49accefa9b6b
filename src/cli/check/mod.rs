//! `touchline check`: what the rules notice about files.

mod sarif;

use super::{Error, Outcome, bytes_of, document, json, say};
use crate::format::{self, Document, SourceMap, WarningKind};
use crate::insight::{self, Finding, Severity, Subject, rules};
use crate::model::Date;
use clap::builder::PossibleValuesParser;
use serde::Serialize;
use std::io::Write;
use std::path::{Path, PathBuf};

/// Say what is wrong or worth a look in maps
///
/// Fails (exit code 1) where there is an error, or a finding of what is given
/// with --deny. What is given with --allow is left out. A finding that the team
/// lives with is silenced in the map itself, under “suppressions”.
#[derive(Debug, clap::Args)]
#[command(after_help = after_help())]
pub(super) struct Arguments {
    /// Maps to look at; - reads standard input
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// How to say it
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: Format,
    /// Fail for findings of this rule or severity too; can be given several times
    #[arg(long, value_name = "RULE|SEVERITY", value_parser = PossibleValuesParser::new(names()), hide_possible_values = true)]
    deny: Vec<String>,
    /// Leave out findings of this rule or severity; a denied rule is shown all the same
    #[arg(long, value_name = "RULE|SEVERITY", value_parser = PossibleValuesParser::new(names()), hide_possible_values = true)]
    allow: Vec<String>,
    /// The day on which the maps are looked at, for what is overdue or old
    #[arg(long, value_name = "YYYY-MM-DD", default_value_t = crate::session::today(), hide_default_value = true)]
    today: Date,
}

/// What --deny and --allow take.
fn names() -> Vec<&'static str> {
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
\"denied\", \"subject\", \"place\", \"line\", \"column\", \"message\"}]}], \"errors\", \"warnings\",
\"advice\"}. “error” is null, or {\"line\", \"column\", \"message\"} for a file that cannot be read.",
    );
    text
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    /// A line for each finding: file:line:column: severity: what
    Text,
    /// For other programs
    Json,
    /// For code hosts, which show it on a change (SARIF 2.1.0)
    Sarif,
}

/// The shape of `--format json`. Fields are only ever added; what changes its
/// meaning raises the version.
#[derive(Serialize)]
struct Report {
    version: u32,
    files: Vec<FileReport>,
    errors: usize,
    warnings: usize,
    advice: usize,
}

#[derive(Serialize)]
struct FileReport {
    file: String,
    error: Option<Unreadable>,
    findings: Vec<Found>,
}

#[derive(Serialize)]
struct Unreadable {
    line: Option<usize>,
    column: Option<usize>,
    message: String,
}

#[derive(Serialize)]
struct Found {
    rule: &'static str,
    family: &'static str,
    #[serde(serialize_with = "word")]
    severity: Severity,
    denied: bool,
    subject: String,
    place: String,
    line: Option<usize>,
    column: Option<usize>,
    message: String,
}

fn word<S: serde::Serializer>(severity: &Severity, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_str(severity.word())
}

pub(super) fn run(arguments: &Arguments, out: &mut dyn Write) -> Result<Outcome, Error> {
    let mut report = Report {
        version: 1,
        files: Vec::new(),
        errors: 0,
        warnings: 0,
        advice: 0,
    };
    let mut outcome = Outcome::Fine;
    for file in &arguments.files {
        let (findings, error) = match look(file, arguments) {
            Ok(findings) => (findings, None),
            Err(error) => {
                say(&error);
                outcome = Outcome::Partly;
                (Vec::new(), Some(unreadable(&error)))
            }
        };
        for found in &findings {
            match found.severity {
                Severity::Error => report.errors += 1,
                Severity::Warning => report.warnings += 1,
                Severity::Advice => report.advice += 1,
            }
            if outcome == Outcome::Fine && (found.severity == Severity::Error || found.denied) {
                outcome = Outcome::Failed;
            }
        }
        report.files.push(FileReport {
            file: file.display().to_string(),
            error,
            findings,
        });
    }
    match arguments.format {
        Format::Text => text(&report, out)?,
        Format::Json => json::write(&report, out)?,
        Format::Sarif => json::write(&sarif::log(&report), out)?,
    }
    Ok(outcome)
}

fn unreadable(error: &Error) -> Unreadable {
    match error {
        Error::Read { error, .. } => Unreadable {
            line: error.at.map(|at| at.line),
            column: error.at.map(|at| at.column),
            message: error.problem.to_string(),
        },
        other => Unreadable {
            line: None,
            column: None,
            message: other.to_string(),
        },
    }
}

fn look(file: &Path, arguments: &Arguments) -> Result<Vec<Found>, Error> {
    let bytes = bytes_of(file)?;
    let document = document(file, &bytes)?;
    let mut found: Vec<Found> = Vec::new();
    let mut add = |finding: Finding, line: Option<usize>, column: Option<usize>| {
        let (rule, severity) = (finding.rule, finding.severity());
        let named = |names: &[String]| names.iter().any(|name| name == rule.id);
        let meant = |names: &[String]| names.iter().any(|name| name == severity.word());
        let denied = named(&arguments.deny) || meant(&arguments.deny) && !named(&arguments.allow);
        if !denied && (named(&arguments.allow) || meant(&arguments.allow)) {
            return;
        }
        found.push(Found {
            rule: rule.id,
            family: rule.family.word(),
            severity,
            denied,
            subject: finding.subject.key().into_owned(),
            place: finding.place,
            line,
            column,
            message: finding.message,
        });
    };
    for (finding, at) in noticed(&document) {
        add(finding, at.map(|at| at.line), at.map(|at| at.column));
    }
    let findings = insight::check(&document.map, arguments.today);
    if !findings.is_empty() {
        // It has been read already, so it can be decoded.
        let text = format::decode(&bytes).unwrap_or_default();
        let places = SourceMap::of(&text);
        for finding in findings {
            let at = places.locate(&finding.place);
            add(finding, at.map(|at| at.line), at.map(|at| at.column));
        }
    }
    // In the order of the file; at one place errors come first.
    found.sort_by_key(|f| (f.line, f.column));
    Ok(found)
}

/// What was noticed while reading, as findings. References are left out: the
/// rules look them up in the map. Suppressions count here too.
fn noticed(document: &Document) -> Vec<(Finding, Option<format::Position>)> {
    let suppressed = |finding: &Finding| {
        document
            .map
            .suppressions()
            .iter()
            .any(|s| s.rule == finding.rule.id && s.subject == finding.subject.key().as_ref())
    };
    document
        .warnings
        .iter()
        .filter_map(|notice| {
            let rule = match notice.kind {
                WarningKind::Dangling { .. } | WarningKind::Older { .. } => return None,
                WarningKind::UnknownField { .. } | WarningKind::More(_) => &rules::UNKNOWN_FIELD,
                WarningKind::DuplicateId { .. } => &rules::DUPLICATE_ID,
                WarningKind::DuplicateKey { .. } | WarningKind::DuplicateSuppression => {
                    &rules::DUPLICATE_KEY
                }
                WarningKind::Rounded { .. } => &rules::NUMBER_ROUNDED,
            };
            let subject = if notice.subject.is_empty() {
                Subject::Map
            } else {
                Subject::Record(notice.subject.clone())
            };
            let message = notice.kind.to_string();
            let finding = Finding::new(rule, subject, String::new(), message);
            Some((finding, notice.at))
        })
        .filter(|(finding, _)| !suppressed(finding))
        .collect()
}

fn text(report: &Report, out: &mut dyn Write) -> Result<(), Error> {
    for file in &report.files {
        for found in &file.findings {
            write!(out, "{}", file.file)?;
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
