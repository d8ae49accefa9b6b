//! `touchline merge`: two versions of a map become one.
//!
//! Must not know: windows, the rules of merging.

use super::fmt::dropped_content;
use super::input::{is_standard_stream, path_parser, read_bytes, read_document};
use super::outcome::{CliError, ExitOutcome, print_error};
use super::output::{TextOrJson, write_json};
use crate::compare::merge::{Merged, SideNames, merge};
use crate::english::count;
use crate::format::{self, Document};
use crate::insight::conflict_text;
use crate::model::{Conflict, Map};
use crate::text::escaped;
use serde::Serialize;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Merge two versions of a map
///
/// Each field, member, place and reference is merged by itself. What both versions changed in
/// different ways holds the value of OURS, and both values are in the list "conflicts" of the file:
/// decide, write the value that is to stay, and delete the entry. Exit code 0 without a conflict, 1
/// with conflicts.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  touchline merge before.journey.ron jana.journey.ron tom.journey.ron -o both.journey.ron
  touchline merge /dev/null jana.journey.ron tom.journey.ron -o both.journey.ron
                                                  without a version that both began with
  touchline merge --driver %O %A %B --path %P     for git: the result replaces OURS")]
pub(super) struct Arguments {
    /// The version that both began with; an empty file if there is none
    #[arg(value_parser = path_parser())]
    base: PathBuf,
    /// One version
    #[arg(value_parser = path_parser())]
    ours: PathBuf,
    /// The other version
    #[arg(value_parser = path_parser())]
    theirs: PathBuf,
    /// Write the merged map to this file; - is standard output
    #[arg(short, long, value_name = "OUT", value_parser = path_parser(), required_unless_present = "driver")]
    output: Option<PathBuf>,
    /// Work as a merge driver of git: replace OURS by the merged map
    #[arg(long, conflicts_with = "output")]
    driver: bool,
    /// The name of the file in messages
    #[arg(long, value_name = "PATH")]
    path: Option<String>,
    /// The name of OURS in conflicts
    #[arg(long, value_name = "NAME", default_value = "ours")]
    ours_name: String,
    /// The name of THEIRS in conflicts
    #[arg(long, value_name = "NAME", default_value = "theirs")]
    theirs_name: String,
    /// The report
    #[arg(long, value_enum, default_value = "text")]
    format: TextOrJson,
}

/// The report as JSON.
#[derive(Serialize)]
struct ReportJson {
    version: u32,
    clean: bool,
    /// Whether the two versions were compared with the one that both began with.
    has_base: bool,
    conflicts: Vec<ConflictJson>,
}

#[derive(Serialize)]
struct ConflictJson {
    id: String,
    list: String,
    record: String,
    field: Vec<String>,
    kind: crate::model::ConflictKind,
    base: Option<String>,
    ours: Option<String>,
    theirs: Option<String>,
    sentence: String,
}

pub(super) fn run(arguments: &Arguments, out: &mut dyn Write) -> Result<ExitOutcome, CliError> {
    match merge_files(arguments, out) {
        Err(error @ CliError::Read { .. }) if arguments.driver => {
            print_error(&error);
            merge_as_text(arguments)
        }
        result => result,
    }
}

fn merge_files(arguments: &Arguments, out: &mut dyn Write) -> Result<ExitOutcome, CliError> {
    let base_bytes = read_bytes(&arguments.base)?;
    let is_blank = base_bytes.iter().all(u8::is_ascii_whitespace);
    let base = match is_blank {
        true => None,
        false => Some(read_document(&arguments.base, &base_bytes)?.map),
    };
    let ours = read_version(&arguments.ours)?;
    let theirs = read_version(&arguments.theirs)?;
    let names = SideNames {
        ours: side_name(&arguments.ours_name, "ours"),
        theirs: side_name(&arguments.theirs_name, "theirs"),
    };
    let Merged { map, new_conflicts } = merge(base.as_ref(), &ours, &theirs, &names);
    let text = format::write(&map);
    let target = arguments.output.as_deref().unwrap_or(&arguments.ours);
    if is_standard_stream(target) {
        out.write_all(text.as_bytes())?;
    } else {
        crate::storage::write(target, text.as_bytes())?;
    }
    let conflicts: Vec<&Conflict> = map.conflicts().iter().rev().take(new_conflicts).collect();
    let report = Report {
        arguments,
        map: &map,
        has_base: base.is_some(),
        conflicts: conflicts.into_iter().rev().collect(),
    };
    report.print(out)?;
    Ok(match new_conflicts {
        0 => ExitOutcome::Success,
        _ => ExitOutcome::CheckFailed,
    })
}

/// Returns the name of a side; git before 2.44 does not replace `%X` and `%Y` by one.
fn side_name(name: &str, usual: &str) -> String {
    match name {
        "%X" | "%Y" | "" => usual.to_owned(),
        name => name.to_owned(),
    }
}

/// Reads one version, and says what the merged file does not keep of it.
fn read_version(file: &Path) -> Result<Map, CliError> {
    let bytes = read_bytes(file)?;
    let Document { map, warnings } = read_document(file, &bytes)?;
    for line in dropped_content(file, &bytes, &warnings) {
        print_error(&line);
    }
    Ok(map)
}

/// Lets git merge a file that is no map, with its conflict marks: a driver that leaves our version
/// alone would make git lose the other one in silence.
fn merge_as_text(arguments: &Arguments) -> Result<ExitOutcome, CliError> {
    let mut git = Command::new("git");
    git.arg("merge-file");
    for name in [&arguments.ours_name, "base", &arguments.theirs_name] {
        git.arg("-L").arg(name);
    }
    git.args([&arguments.ours, &arguments.base, &arguments.theirs]);
    let status = git.status();
    match status {
        Ok(status) if status.code().is_some_and(|code| code < 128) => {
            print_error(&"merged as text instead: look at the file before you commit it");
            Ok(ExitOutcome::CheckFailed)
        }
        _ => Err(CliError::Plain(
            "git could not merge the file as text either; it holds your version only".to_owned(),
        )),
    }
}

/// What a merge has to say.
struct Report<'r> {
    arguments: &'r Arguments,
    map: &'r Map,
    has_base: bool,
    conflicts: Vec<&'r Conflict>,
}

impl Report<'_> {
    fn print(&self, out: &mut dyn Write) -> Result<(), CliError> {
        let to_stdout = self
            .arguments
            .output
            .as_deref()
            .is_some_and(is_standard_stream);
        if self.arguments.format == TextOrJson::Json && !to_stdout {
            return self.print_json(out);
        }
        let file = self
            .arguments
            .output
            .as_deref()
            .unwrap_or(&self.arguments.ours);
        let name = self.arguments.path.clone();
        let name = name.unwrap_or_else(|| file.to_string_lossy().into_owned());
        let mut lines: Vec<String> = Vec::new();
        if !self.has_base {
            lines.push("merged by ids, without a version that both began with".to_owned());
        }
        if !self.conflicts.is_empty() {
            let number = count(self.conflicts.len(), "conflict");
            lines.push(format!("{number} to decide: open the map and choose"));
        }
        let sentences = self.conflicts.iter();
        lines.extend(sentences.map(|it| conflict_text(self.map, it).sentence));
        for line in lines {
            // The map itself may be on standard output.
            match to_stdout || self.arguments.driver {
                true => print_error(&format!("{name}: {line}")),
                false => writeln!(out, "{}: {}", escaped(&name), escaped(&line))?,
            }
        }
        Ok(())
    }

    fn print_json(&self, out: &mut dyn Write) -> Result<(), CliError> {
        let conflict = |it: &&Conflict| ConflictJson {
            id: it.id.to_string(),
            list: it.list.clone(),
            record: it.record.clone(),
            field: it.field.clone(),
            kind: it.kind,
            base: it.base.clone(),
            ours: it.ours.clone(),
            theirs: it.theirs.clone(),
            sentence: conflict_text(self.map, it).sentence,
        };
        let report = ReportJson {
            version: 1,
            clean: self.conflicts.is_empty(),
            has_base: self.has_base,
            conflicts: self.conflicts.iter().map(conflict).collect(),
        };
        write_json(&report, out)
    }
}
