//! `touchline history`: the versions of a map in git.
//!
//! Must not know: windows.

use super::input::{path_parser, read_map};
use super::outcome::{CliError, ExitOutcome};
use super::output::{TextOrJson, write_json};
use crate::english::count;
use crate::git::{ALL_VERSIONS, GitError, Version};
use crate::session::{MapVersions, VersionChanges};
use crate::task::Progress;
use crate::text::escaped;
use serde::Serialize;
use std::io::Write;
use std::path::{Path, PathBuf};

/// The maximum number of sentences about a version in the text output.
const MAX_SENTENCES: usize = 8;

/// List the versions of a map in git, with what changed
///
/// Newest first, through renames of the file, each with its commit, date, author and
/// subject. Changes since the last commit come before them. A merge shows what it
/// brought in.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  touchline history bank.journey.ron
  touchline history --limit 3 --format json bank.journey.ron
  touchline history --show HEAD~2 bank.journey.ron > before.journey.ron")]
pub(super) struct Arguments {
    /// The map
    #[arg(value_parser = path_parser())]
    file: PathBuf,
    /// Write the map as it was at this revision to standard output
    #[arg(long, value_name = "REVISION", conflicts_with_all = ["limit", "format"])]
    show: Option<String>,
    /// List only so many versions
    #[arg(short = 'n', long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    limit: Option<u32>,
    /// Output format
    #[arg(long, value_enum, default_value = "text")]
    format: TextOrJson,
}

pub(super) fn run(arguments: &Arguments, out: &mut dyn Write) -> Result<ExitOutcome, CliError> {
    let file = &arguments.file;
    let in_file = |error: GitError| CliError::Plain(format!("{}: {error}", file.display()));
    let progress = Progress::default();
    let mut versions = MapVersions::of(file);
    if let Some(revision) = &arguments.show {
        out.write_all(&versions.content_at(revision, &progress).map_err(in_file)?)?;
        return Ok(ExitOutcome::Success);
    }
    let limit = arguments.limit.unwrap_or(ALL_VERSIONS).min(ALL_VERSIONS);
    let list = versions.list(limit, &progress).map_err(in_file)?;
    let uncommitted = match list.first() {
        Some(newest) => uncommitted(file, &versions, newest, &progress).map_err(in_file)?,
        None => Vec::new(),
    };
    if arguments.format == TextOrJson::Json {
        let mut described = Vec::new();
        for version in &list {
            let changes = versions.changes(version, &progress).map_err(in_file)?;
            described.push(VersionJson::of(version, changes));
        }
        let json = HistoryJson {
            file: file.display().to_string(),
            uncommitted,
            versions: described,
        };
        write_json(&json, out)?;
        return Ok(ExitOutcome::Success);
    }
    if !uncommitted.is_empty() {
        writeln!(out, "Not committed yet")?;
        write_sentences(&uncommitted, out)?;
    }
    for version in &list {
        let heading = format!(
            "{}  {}  {}: {}",
            version.short_id(),
            version.minute(),
            version.author,
            version.subject
        );
        writeln!(out, "{}", escaped(&heading))?;
        if let Some(former) = &version.renamed_from {
            let sentence = format!("File renamed from {former}");
            write_sentences(&[sentence], out)?;
        }
        match versions.changes(version, &progress).map_err(in_file)? {
            VersionChanges::Changed(sentences) => write_sentences(&sentences, out)?,
            other => write_sentences(&[sentence(&other)], out)?,
        }
    }
    Ok(ExitOutcome::Success)
}

/// Returns what differs between the file and the newest version; nothing if the file is gone or
/// cannot be read, which `check` explains.
fn uncommitted(
    file: &Path,
    versions: &MapVersions,
    newest: &Version,
    progress: &Progress,
) -> Result<Vec<String>, GitError> {
    match read_map(file) {
        Ok(map) => versions.changes_since(newest, &map, progress),
        Err(_) => Ok(Vec::new()),
    }
}

fn write_sentences(sentences: &[String], out: &mut dyn Write) -> Result<(), CliError> {
    let shown = match sentences.len() {
        all if all <= MAX_SENTENCES => all,
        _ => MAX_SENTENCES - 1,
    };
    for sentence in &sentences[..shown] {
        writeln!(out, "    {}", escaped(sentence))?;
    }
    if shown < sentences.len() {
        writeln!(
            out,
            "    and {}",
            count(sentences.len() - shown, "more change")
        )?;
    }
    Ok(())
}

/// Returns the sentence about a version that is not a list of changes.
fn sentence(changes: &VersionChanges) -> String {
    match changes {
        VersionChanges::Added => "Map added".to_owned(),
        VersionChanges::Removed => "File removed".to_owned(),
        VersionChanges::Changed(sentences) => count(sentences.len(), "change"),
        VersionChanges::Unreadable(reason) => format!("Cannot be compared: {reason}"),
    }
}

#[derive(Serialize)]
struct HistoryJson {
    file: String,
    /// Changes since the newest version.
    uncommitted: Vec<String>,
    versions: Vec<VersionJson>,
}

#[derive(Serialize)]
struct VersionJson {
    commit: String,
    date: String,
    author: String,
    subject: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    renamed_from: Option<String>,
    kind: &'static str,
    changes: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    problem: Option<String>,
}

impl VersionJson {
    fn of(version: &Version, changes: VersionChanges) -> VersionJson {
        let (kind, changes, problem) = match changes {
            VersionChanges::Added => ("added", Vec::new(), None),
            VersionChanges::Removed => ("removed", Vec::new(), None),
            VersionChanges::Changed(sentences) => ("changed", sentences, None),
            VersionChanges::Unreadable(reason) => ("unreadable", Vec::new(), Some(reason)),
        };
        VersionJson {
            commit: version.commit.clone(),
            date: version.date.clone(),
            author: version.author.clone(),
            subject: version.subject.clone(),
            renamed_from: version.renamed_from.clone(),
            kind,
            changes,
            problem,
        }
    }
}
