//! The commands: each performs one operation on the session and returns its result.
//!
//! Must not know: the source of the commands.

use super::error::Failure;
use crate::edit::Intent;
use crate::format;
use crate::model::{Id, Map};
use crate::session::{FileNow, Meeting, OpenError, Rescued, Session, Theirs};
use crate::storage::Journals;
use crate::storage::disk;
use crate::storage::disk::Outside;
use serde_json::{Value, json};
use std::path::Path;

type Answer = Result<Value, Failure>;

/// The open map, a pending conflict, and the last list of recoverable maps.
pub(super) struct Driver {
    pub(super) journals: Journals,
    session: Option<Session>,
    theirs: Option<Box<Theirs>>,
    rescued: Vec<Rescued>,
}

impl Driver {
    pub(super) fn new(journals: Journals) -> Driver {
        Driver {
            journals,
            session: None,
            theirs: None,
            rescued: Vec::new(),
        }
    }

    /// Runs a command and returns its answer.
    pub(super) fn answer(&mut self, word: &str, rest: &str) -> Answer {
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
                // A pending conflict is void: the other version in the file was
                // replaced.
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
                let found = crate::session::find(self.journals.folder(), true);
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

    /// Closes the open map if it is saved completely.
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

/// Generates the ids that were left out.
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
