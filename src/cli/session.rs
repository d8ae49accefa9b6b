//! `touchline session`: the editor without a window, for scripts and other
//! programs. Commands in, a line of JSON out for each.
//!
//! Uses the very session that the window uses: history, journal, saving.

use super::{Error, Outcome};
use crate::edit::{Intent, Refusal};
use crate::format;
use crate::model::{Id, Map};
use crate::session::disk::{self, DiskError, Outside};
use crate::session::{
    FileNow, Home, Journals, Meeting, OpenError, PATIENCE, Rescued, SaveError, Session, Theirs,
    find,
};
use serde_json::{Value, json};
use std::io::{self, BufRead as _, Read as _, Write};
use std::path::{Path, PathBuf};

/// The longest command, in bytes: a picture inside a wish fits.
const LONGEST: u64 = 16 * 1024 * 1024;

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

/// Asked to end, the process ends with its journal whole, even where whoever
/// started it ignored the signal, as shells do for what runs in the background.
#[cfg(unix)]
fn listen(journals: &Journals) {
    use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
    use signal_hook::iterator::Signals;
    let Ok(mut signals) = Signals::new([SIGTERM, SIGINT, SIGHUP]) else {
        return;
    };
    let journals = journals.clone();
    let thread = std::thread::Builder::new().name("signals".to_owned());
    let _ = thread.spawn(move || {
        if let Some(signal) = signals.forever().next() {
            journals.flush(PATIENCE);
            std::process::exit(128 + signal);
        }
    });
}

#[cfg(not(unix))]
fn listen(_: &Journals) {}

pub(super) fn run(arguments: &Arguments, out: &mut dyn Write) -> Result<Outcome, Error> {
    let home = Home::of_user();
    let folder = match &arguments.journals {
        _ if arguments.no_journal => None,
        Some(folder) => Some(folder.as_path()),
        None => home.journals(),
    };
    let mut driver = Driver {
        journals: Journals::at(folder),
        session: None,
        theirs: None,
        rescued: Vec::new(),
    };
    listen(&driver.journals);
    let mut input = io::stdin().lock();
    loop {
        let mut line = Vec::new();
        let read = (&mut input).take(LONGEST).read_until(b'\n', &mut line);
        if read.map_err(|error| Error::Plain(format!("cannot read standard input: {error}")))? == 0
        {
            return Ok(Outcome::Fine);
        }
        let text = String::from_utf8_lossy(&line);
        let text = text.trim();
        if text.is_empty() || text.starts_with('#') {
            continue;
        }
        let (word, rest) = text.split_once(char::is_whitespace).unwrap_or((text, ""));
        let answer = driver.answer(word, rest.trim());
        // Only what is on disk counts as done.
        let flushed = driver.journals.flush(PATIENCE);
        let mut answer = answer.unwrap_or_else(|failure| failure.json());
        if !flushed && let Some(trouble) = driver.journals.trouble() {
            answer["journal"] = json!(format!("steps cannot be written down: {trouble}"));
        }
        writeln!(out, "{answer}")?;
        out.flush()?;
        if word == "quit" && answer["ok"] == true {
            return Ok(Outcome::Fine);
        }
    }
}

/// Why a command could not be done.
struct Failure {
    kind: &'static str,
    error: String,
    more: Option<(&'static str, Value)>,
}

impl Failure {
    fn new(kind: &'static str, error: impl ToString) -> Failure {
        Failure {
            kind,
            error: error.to_string(),
            more: None,
        }
    }

    fn json(self) -> Value {
        let mut answer = json!({"ok": false, "kind": self.kind, "error": self.error});
        if let Some((name, value)) = self.more {
            answer[name] = value;
        }
        answer
    }
}

impl From<DiskError> for Failure {
    fn from(error: DiskError) -> Failure {
        let kind = match &error {
            DiskError::Changed { .. } => "changed",
            DiskError::Full { .. } => "full",
            DiskError::ReadOnly { .. } | DiskError::ReadOnlyFolder { .. } => "read-only",
            DiskError::Denied { .. } => "denied",
            DiskError::NoFolder { .. } => "no-folder",
            DiskError::DriveGone { .. }
            | DiskError::DriveFails { .. }
            | DiskError::NotConfirmed { .. } => "drive",
            _ => "disk",
        };
        Failure::new(kind, error)
    }
}

impl From<SaveError> for Failure {
    fn from(error: SaveError) -> Failure {
        match error {
            SaveError::Disk(error) => error.into(),
            SaveError::Busy => Failure::new("busy", error),
            SaveError::Lost => Failure::new("disk", error),
            SaveError::NoFile => Failure::new("usage", error),
        }
    }
}

impl From<Refusal> for Failure {
    fn from(refusal: Refusal) -> Failure {
        Failure::new("refused", refusal)
    }
}

type Answer = Result<Value, Failure>;

struct Driver {
    journals: Journals,
    session: Option<Session>,
    theirs: Option<Box<Theirs>>,
    rescued: Vec<Rescued>,
}

impl Driver {
    fn answer(&mut self, word: &str, rest: &str) -> Answer {
        match word {
            "new" => {
                self.make_room()?;
                Ok(self.begin(Session::untitled(Map::titled(rest))))
            }
            "open" => {
                self.make_room()?;
                let session = Session::open(Path::new(rest)).map_err(|error| match error {
                    OpenError::Disk(error) => error.into(),
                    error => Failure::new("format", error),
                })?;
                Ok(self.begin(session))
            }
            "do" => self.change(rest),
            "undo" | "redo" => {
                let session = self.open()?;
                let step = match word {
                    "undo" => session.undo(),
                    _ => session.redo(),
                };
                match step {
                    Some(step) => {
                        Ok(json!({"ok": true, "step": step, "dirty": session.is_dirty()}))
                    }
                    None => Err(Failure::new(
                        "refused",
                        format!("there is nothing to {word}"),
                    )),
                }
            }
            "save" | "save-as" => {
                let session = self.open()?;
                let saved = match word {
                    "save" => session.save(),
                    _ => session.save_as(Path::new(rest)),
                };
                let saved = saved?;
                // Whatever was to be decided, nobody has seen the new file yet.
                self.theirs = None;
                Ok(json!({
                    "ok": true,
                    "path": saved.path.display().to_string(),
                    "kept": saved.kept.as_ref().map(|kept| kept.display().to_string()),
                    "said": saved.to_string(),
                }))
            }
            "status" => Ok(status(self.open()?)),
            "show" => Ok(json!({"ok": true, "map": format::write(self.open()?.map())})),
            "look" => self.look(),
            "take-theirs" => {
                let theirs = self.decided()?;
                if !self.open()?.take_theirs(&theirs) {
                    let why = theirs.broken.clone().unwrap_or_default();
                    self.theirs = Some(theirs);
                    return Err(Failure::new(
                        "format",
                        format!("theirs cannot be read: {why}"),
                    ));
                }
                Ok(status(self.open()?))
            }
            "keep-mine" => {
                let theirs = self.decided()?;
                let kept = self.open()?.keep_mine(&theirs)?;
                Ok(json!({"ok": true, "kept": kept.map(|kept| kept.display().to_string())}))
            }
            "rescued" => {
                self.rescued.clear();
                let found = find(self.journals.folder(), true);
                self.rescued = found.maps;
                let aside = found.set_aside.iter();
                let aside = aside
                    .map(|(path, why)| json!({"journal": path.display().to_string(), "why": why}));
                Ok(json!({
                    "ok": true,
                    "maps": self.rescued.iter().map(one_rescued).collect::<Vec<_>>(),
                    "set_aside": aside.collect::<Vec<_>>(),
                }))
            }
            "take" => {
                self.make_room()?;
                let rescued = self.entry(rest)?;
                let session = rescued.take(&self.journals);
                let answer = status(&session);
                self.session = Some(session);
                Ok(answer)
            }
            "put-away" => Ok(self.entry(rest)?.put_away().map(|()| json!({"ok": true}))?),
            "delete" => Ok(self.entry(rest)?.delete().map(|()| json!({"ok": true}))?),
            "close" | "quit" => {
                self.make_room()?;
                Ok(json!({"ok": true}))
            }
            "discard" => {
                self.theirs = None;
                if let Some(session) = self.session.take() {
                    session.close();
                }
                Ok(json!({"ok": true}))
            }
            _ => Err(Failure::new(
                "usage",
                format!("there is no command “{word}”; touchline session --help lists them"),
            )),
        }
    }

    fn open(&mut self) -> Result<&mut Session, Failure> {
        let none = || Failure::new("usage", "no map is open; open one, or start one with new");
        self.session.as_mut().ok_or_else(none)
    }

    /// Closes the map that is open, where all of it is saved.
    fn make_room(&mut self) -> Result<(), Failure> {
        if self.session.as_ref().is_some_and(Session::is_dirty) {
            return Err(Failure::new(
                "dirty",
                "the map is not saved; save or discard it first",
            ));
        }
        if let Some(session) = self.session.take() {
            session.close();
        }
        self.theirs = None;
        Ok(())
    }

    fn begin(&mut self, mut session: Session) -> Value {
        session.keep_journal(&self.journals);
        let mut answer = status(&session);
        let notices = session.notices().iter().map(ToString::to_string);
        answer["notices"] = json!(notices.collect::<Vec<_>>());
        self.session = Some(session);
        answer
    }

    fn change(&mut self, text: &str) -> Answer {
        let mut intent: Intent =
            format::value(text).map_err(|error| Failure::new("usage", error))?;
        let session = self.open()?;
        let mut made = Vec::new();
        give_ids(&mut intent, session, &mut made);
        let changed = session.apply(&intent)?;
        Ok(json!({"ok": true, "changed": changed, "ids": made, "dirty": session.is_dirty()}))
    }

    fn look(&mut self) -> Answer {
        let session = self.open()?;
        let (Some(path), Some(seen)) = (session.path().map(Path::to_owned), session.seen()) else {
            return Ok(json!({"ok": true, "found": "no file"}));
        };
        match disk::look(&path, seen) {
            Outside::Same => {
                session.file_back();
                Ok(json!({"ok": true, "found": "same"}))
            }
            Outside::Gone(error) => {
                session.file_gone();
                Ok(json!({"ok": true, "found": "gone", "why": error.to_string()}))
            }
            Outside::Changed(bytes) => match session.meet(bytes) {
                Meeting::Same => Ok(json!({"ok": true, "found": "same"})),
                Meeting::Reloaded(lines) => {
                    Ok(json!({"ok": true, "found": "reloaded", "differences": lines}))
                }
                Meeting::Both(theirs) => {
                    let answer = json!({
                        "ok": true,
                        "found": "conflict",
                        "differences": theirs.lines,
                        "broken": theirs.broken,
                    });
                    self.theirs = Some(theirs);
                    Ok(answer)
                }
            },
        }
    }

    fn decided(&mut self) -> Result<Box<Theirs>, Failure> {
        let none = || Failure::new("usage", "there is nothing to decide; look first");
        self.theirs.take().ok_or_else(none)
    }

    fn entry(&mut self, number: &str) -> Result<Rescued, Failure> {
        match number.parse::<usize>() {
            Ok(number) if number < self.rescued.len() => Ok(self.rescued.remove(number)),
            _ => Err(Failure::new(
                "usage",
                "there is no such entry; rescued lists them",
            )),
        }
    }
}

fn status(session: &Session) -> Value {
    json!({
        "ok": true,
        "path": session.path().map(|path| path.display().to_string()),
        "title": session.map().header().title,
        "touchpoints": session.map().touchpoint_count(),
        "dirty": session.is_dirty(),
        "steps": session.history().done().len(),
        "undone": session.history().undone().len(),
        "saving_drops": session.losses(),
    })
}

fn one_rescued(rescued: &Rescued) -> Value {
    json!({
        "title": rescued.title,
        "path": rescued.path.as_ref().map(|path| path.display().to_string()),
        "steps": rescued.steps,
        "file": match rescued.file_now {
            FileNow::None => "none",
            FileNow::AsSeen => "as it was",
            FileNow::Changed => "changed",
            FileNow::Gone => "gone",
        },
        "differences": rescued.differences,
        "torn": rescued.torn,
        "away": rescued.away,
    })
}

/// Makes up the ids that were left out.
fn give_ids(intent: &mut Intent, session: &mut Session, made: &mut Vec<String>) {
    fn give<I: Id>(id: &mut I, name: &str, session: &mut Session, made: &mut Vec<String>) {
        if id.as_str().is_empty() {
            *id = session.mint(name);
            made.push(id.to_string());
        }
    }
    match intent {
        Intent::AddStage { stage: it, .. } => give(&mut it.id, &it.name, session, made),
        Intent::AddTouchpoint { touchpoint: it, .. } => give(&mut it.id, &it.name, session, made),
        Intent::AddPersona(it) => give(&mut it.id, &it.name, session, made),
        Intent::AddDepartment(it) => give(&mut it.id, &it.name, session, made),
        Intent::AddChannel(it) => give(&mut it.id, &it.name, session, made),
        Intent::AddEnvironment(it) => give(&mut it.id, &it.name, session, made),
        Intent::AddAction(it) => give(&mut it.id, &it.name, session, made),
        Intent::AddLane(it) => give(&mut it.id, &it.name, session, made),
        Intent::AddNote(it) => give(&mut it.id, &it.text, session, made),
        Intent::AddImage(it) => give(&mut it.id, &it.name, session, made),
        Intent::Together { intents, .. } => {
            for intent in intents {
                give_ids(intent, session, made);
            }
        }
        _ => {}
    }
}
