//! `touchline session`: the editor without a window, for scripts and other
//! programs. Reads commands and writes one line of JSON for each.
//!
//! Uses the same session as the window, with history, journal and saving.
//! Must not know: windows.

mod commands;
mod error;

use super::outcome::{CliError, ExitOutcome};
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
/// line of JSON. Every step is on disk in the journal before it is answered, so
/// that whatever was answered can be rescued. The end of the input quits and
/// leaves what is not saved to be rescued.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Commands:
  new TITLE             start a map
  open FILE             open a map; what is wrong in it is listed
  do INTENT             change the map, as in
                        do AddStage(at: 0, stage: (name: \"Decide\"))
                        do SetHeader(title: \"A loan\", scenario: \"Online\")
                        do Together(label: \"Tidy\", intents: [DeleteNote(\"n1\"), DeleteStage(\"s1\")])
                        SetX gives a thing all of its content: what is left out is empty then.
                        An id that is left out in AddX is made up; the answer names it
  undo, redo            take a step back, do it again
  save, save-as FILE    save; never over a version that was not seen here
  status                file, steps, whether there is anything to save
  show                  the map as the text of its file
  look                  see whether somebody else changed the file; the map follows where it can
  take-theirs           after a conflict: what stands in the file, as a step
  keep-mine             after a conflict: theirs is kept beside, the next save replaces it
  rescued               list what a crash left
  take N, put-away N, delete N
                        what becomes of entry N of that list
  close                 close the map; what is not saved must be saved or
  discard               dropped
  quit                  end; refused while something is not saved

An answer has \"ok\": true, or false with \"kind\" and \"error\": a sentence. Kinds:
usage, refused, format, changed, full, read-only, denied, no-folder, drive, busy, dirty, disk.")]
pub(super) struct Arguments {
    /// Keep journals in this folder instead of the user's own
    #[arg(long, value_name = "FOLDER")]
    journals: Option<PathBuf>,
    /// Keep no journal: a crash then costs what was not saved
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
        writeln!(out, "{answer}")?;
        out.flush()?;
        if word == "quit" && answer["ok"] == true {
            return Ok(ExitOutcome::Success);
        }
    }
}
