//! `touchline session`: the editor without a window, for scripts and other
//! programs. Reads commands and writes one line of JSON for each.
//!
//! Uses the same session as the window, with history, journal and saving.
//! Must not know: windows.

mod commands;
mod error;

use super::input::path_parser;
use super::outcome::{CliError, ExitOutcome};
use super::output::write_json_text;
use crate::session::FLUSH_TIMEOUT;
use crate::settings::AppDirs;
use crate::storage::Journals;
use commands::Driver;
use serde_json::json;
use std::io::{self, BufRead as _, Read as _, Write};
use std::path::PathBuf;

/// The maximum length of a command in bytes; an image within an intent fits.
const MAX_COMMAND_BYTES: u64 = 16 * 1024 * 1024;

/// Edit a map without a window, command by command
///
/// Reads commands from standard input, a line each, and answers each with one
/// line of JSON. Every step is in the journal on disk before the answer, so that
/// it can be recovered after a crash. The end of the input quits; unsaved changes
/// can be recovered.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Commands:
  new TITLE             start a map
  open FILE             open a map; its warnings are listed
  do INTENT             change the map, as in
                        do AddStage(at: 0, stage: (name: \"Decide\"))
                        do SetHeader(title: \"A loan\", scenario: \"Online\")
                        do Batch(label: \"Tidy\", intents: [DeleteNote(\"n1\"), DeleteStage(\"s1\")])
                        SetX replaces the whole record: fields left out become empty.
                        An id left out in AddX, or of a pain or an opportunity, is generated;
                        the answer contains it
  undo, redo            undo or redo a step
  save, save-as FILE    save; never replaces a version that was not read before
  status                the file, the steps, and unsaved changes
  show                  print the map as the text of its file
  look                  check whether the file was changed by another program; reloads the map if
                        there are no unsaved changes
  take-theirs           after a conflict: use the version in the file, as a step
  keep-mine             after a conflict: copy the version in the file; the next save replaces it
  rescued               list maps that can be recovered
  take N, put-away N, delete N
                        recover, archive or delete entry N of that list
  close                 close the map; refused with unsaved changes
  discard               close the map and drop unsaved changes
  quit                  end; refused with unsaved changes

An answer has \"ok\": true, or false with \"kind\" and \"error\": a sentence. Kinds:
usage, refused, format, changed, full, read-only, denied, no-folder, drive, busy, dirty, disk.")]
pub(super) struct Arguments {
    /// Keep journals in this folder instead of the user's own
    #[arg(long, value_name = "FOLDER", value_parser = path_parser())]
    journals: Option<PathBuf>,
    /// Keep no journal: unsaved changes are lost in a crash
    #[arg(long, conflicts_with = "journals")]
    no_journal: bool,
}

/// Flushes the journals and ends the process on a signal, even if the parent
/// process ignored signals, as shells do for background jobs.
#[cfg(unix)]
fn flush_on_signals(journals: &Journals) {
    use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
    use signal_hook::iterator::Signals;
    let Ok(mut signals) = Signals::new([SIGTERM, SIGINT, SIGHUP]) else {
        return;
    };
    let journals = journals.clone();
    let thread = std::thread::Builder::new().name("signals".to_owned());
    let _ = thread.spawn(move || {
        if let Some(signal) = signals.forever().next() {
            journals.flush(FLUSH_TIMEOUT);
            std::process::exit(128 + signal);
        }
    });
}

#[cfg(not(unix))]
fn flush_on_signals(_: &Journals) {}

pub(super) fn run(arguments: &Arguments, out: &mut dyn Write) -> Result<ExitOutcome, CliError> {
    let home = AppDirs::for_user();
    let folder = match &arguments.journals {
        _ if arguments.no_journal => None,
        Some(folder) => Some(folder.as_path()),
        None => home.journals_dir(),
    };
    let mut driver = Driver::new(Journals::in_folder(folder));
    flush_on_signals(&driver.journals);
    let mut input = io::stdin().lock();
    loop {
        let mut line = Vec::new();
        let read = (&mut input)
            .take(MAX_COMMAND_BYTES)
            .read_until(b'\n', &mut line);
        if read.map_err(|error| CliError::Plain(format!("cannot read standard input: {error}")))?
            == 0
        {
            return Ok(ExitOutcome::Success);
        }
        let text = String::from_utf8_lossy(&line);
        let text = text.trim();
        if text.is_empty() || text.starts_with('#') {
            continue;
        }
        let (word, rest) = text.split_once(char::is_whitespace).unwrap_or((text, ""));
        let answer = driver.run(word, rest.trim());
        // A step counts as done only when it is on disk.
        let flushed = driver.journals.flush(FLUSH_TIMEOUT);
        let mut answer = answer.unwrap_or_else(|failure| failure.json());
        if !flushed && let Some(trouble) = driver.journals.error() {
            answer["journal"] = json!(format!("steps cannot be written down: {trouble}"));
        }
        write_json_text(&answer.to_string(), out)?;
        out.flush()?;
        if word == "quit" && answer["ok"] == true {
            return Ok(ExitOutcome::Success);
        }
    }
}
