//! `touchline fork`: a future state made from a map, and brought up to date with it.
//!
//! Must not know: windows.

use super::input::{is_standard_stream, path_parser, read_map};
use super::outcome::{CliError, ExitOutcome};
use crate::format;
use crate::model::Date;
use crate::session::fork;
use crate::storage::{self, relative_name};
use std::path::{Path, PathBuf};

/// Make a future state from a map
///
/// The fork has the same stages and touchpoints, linked by their ids through all renames
/// and moves, and remembers the map as it is now. A map can have several, each with a name.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  touchline fork bank.journey.ron -o bank-target.journey.ron --name Target")]
pub(super) struct Arguments {
    /// The map of the current state
    #[arg(value_parser = path_parser())]
    file: PathBuf,
    /// The file of the fork, which must not exist yet; - is standard output
    #[arg(short, long, value_name = "OUT", value_parser = path_parser())]
    output: PathBuf,
    /// Its name among the forks of the map, such as Target
    #[arg(long, default_value = "", hide_default_value = true)]
    name: String,
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
    let map = read_map(&arguments.file)?;
    let to_output = is_standard_stream(&arguments.output);
    let folder = match arguments.output.parent() {
        Some(folder) if !to_output => folder,
        _ => Path::new(""),
    };
    let origin = relative_name(folder, &arguments.file);
    let text = format::write(&fork(&map, &origin, &arguments.name, today));
    if to_output {
        out.write_all(text.as_bytes())?;
    } else {
        storage::create(&arguments.output, text.as_bytes())?;
    }
    Ok(ExitOutcome::Success)
}
