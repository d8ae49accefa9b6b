//! `touchline fork`: a future state made from a map, and brought up to date with it.
//!
//! Must not know: windows.

use super::input::{is_standard_stream, path_parser, read_bytes, read_document, read_map};
use super::outcome::{CliError, ExitOutcome, print_error};
use crate::edit::diff;
use crate::edit::journal::Fingerprint;
use crate::english::count;
use crate::format;
use crate::model::Date;
use crate::session::{fork, take_over};
use crate::storage::{self, relative_name};
use std::path::{Path, PathBuf};

/// Make a future state from a map
///
/// The fork has the same stages and touchpoints, linked by their ids through all renames
/// and moves, and remembers the map as it is now. A map can have several, each with a name.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  touchline fork bank.journey.ron -o bank-target.journey.ron --name Target
  touchline fork --update bank-target.journey.ron   takes over what changed in bank.journey.ron")]
pub(super) struct Arguments {
    /// The map of the current state; with --update the fork
    #[arg(value_parser = path_parser())]
    file: PathBuf,
    /// The file of the fork, which must not exist yet; - is standard output
    #[arg(short, long, value_name = "OUT", value_parser = path_parser(), required_unless_present = "update")]
    output: Option<PathBuf>,
    /// Its name among the forks of the map, such as Target
    #[arg(long, default_value = "", hide_default_value = true)]
    name: String,
    /// Take over the changes of the map that this fork was made from, in place; exit code 1
    /// with conflicts, which are settled in the window
    #[arg(long, conflicts_with_all = ["output", "name"])]
    update: bool,
    /// The date of the fork
    #[arg(long, value_name = "YYYY-MM-DD")]
    today: Option<Date>,
}

pub(super) fn run(
    arguments: &Arguments,
    out: &mut dyn std::io::Write,
) -> Result<ExitOutcome, CliError> {
    if is_standard_stream(&arguments.file) {
        return Err(CliError::Plain(
            "a fork is made from a file, whose name it keeps".to_owned(),
        ));
    }
    let today = arguments.today.unwrap_or_else(crate::settings::today);
    let Some(output) = arguments.output.as_deref().filter(|_| !arguments.update) else {
        return update(&arguments.file, today, out);
    };
    let map = read_map(&arguments.file)?;
    let to_output = is_standard_stream(output);
    let folder = match output.parent() {
        Some(folder) if !to_output => folder,
        _ => Path::new(""),
    };
    let origin = relative_name(folder, &arguments.file);
    let text = format::write(&fork(&map, &origin, &arguments.name, today));
    if to_output {
        out.write_all(text.as_bytes())?;
    } else {
        storage::create(output, text.as_bytes())?;
    }
    Ok(ExitOutcome::Success)
}

/// Takes over the changes of the map that a fork was made from.
fn update(file: &Path, today: Date, out: &mut dyn std::io::Write) -> Result<ExitOutcome, CliError> {
    let bytes = read_bytes(file)?;
    let future = read_document(file, &bytes)?.map;
    let taken = take_over(&future, file, today)
        .map_err(|problem| CliError::Plain(format!("{}: {problem}", file.display())))?;
    if taken.map != future {
        let text = format::write(&taken.map);
        storage::write_if_unchanged(file, text.as_bytes(), Some(Fingerprint::of(&bytes)))?;
    }
    if !taken.knew_origin {
        print_error(&"the fork does not know the map as it was, so all that differs is a conflict");
    }
    let changes = diff(&future, &taken.map).0.len();
    writeln!(
        out,
        "{}, {} to settle",
        count(changes, "change"),
        count(taken.conflicts, "conflict")
    )?;
    Ok(match taken.conflicts {
        0 => ExitOutcome::Success,
        _ => ExitOutcome::CheckFailed,
    })
}
