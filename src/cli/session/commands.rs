//! The commands: each performs one operation on the session and returns its result.
//!
//! Must not know: the source of the commands.

use super::error::SessionCommandError;
use crate::edit::Intent;
use crate::format;
use crate::model::Map;
use crate::session::{FileState, OpenError, RecoverableMap, Reload, Session, TheirVersion};
use crate::storage::Journals;
use crate::storage::disk::FileChange;
use crate::storage::{disk, path_from_uri};
use serde_json::{Value, json};
use std::path::Path;

type CommandResult = Result<Value, SessionCommandError>;

/// The open map, a pending conflict, and the last list of recoverable maps.
pub(super) struct Driver {
    pub(super) journals: Journals,
    session: Option<Session>,
    conflict: Option<Box<TheirVersion>>,
    recoverable: Vec<RecoverableMap>,
}

impl Driver {
    pub(super) fn new(journals: Journals) -> Driver {
        Driver {
            journals,
            session: None,
            conflict: None,
            recoverable: Vec::new(),
        }
    }

    /// Runs a command and returns its answer.
    pub(super) fn run(&mut self, word: &str, rest: &str) -> CommandResult {
        match word {
            "new" => {
                self.close_if_saved()?;
                Ok(self.start(Session::untitled(Map::with_title(rest))))
            }
            "open" => {
                self.close_if_saved()?;
                let session =
                    Session::open(&path_from_uri(rest.as_ref())).map_err(|error| match error {
                        OpenError::Disk(error) => error.into(),
                        error => SessionCommandError::new("format", error),
                    })?;
                Ok(self.start(session))
            }
            "do" => self.change(rest),
            "undo" | "redo" => {
                let session = self.session_mut()?;
                let step = match word {
                    "undo" => session.undo(),
                    _ => session.redo(),
                };
                let none = || format!("there is nothing to {word}");
                let step = step.ok_or_else(|| SessionCommandError::new("refused", none()))?;
                Ok(json!({"ok": true, "step": step, "dirty": session.is_dirty()}))
            }
            "save" | "save-as" => {
                let session = self.session_mut()?;
                let saved = match word {
                    "save" => session.save()?,
                    _ => session.save_as(&path_from_uri(rest.as_ref()))?,
                };
                // A pending conflict is void: the other version in the file was
                // replaced.
                self.conflict = None;
                Ok(json!({
                    "ok": true,
                    "path": saved.path.display().to_string(),
                    "kept": saved.backup.as_ref().map(|kept| kept.display().to_string()),
                    "said": saved.to_string(),
                }))
            }
            "status" => Ok(status(self.session_mut()?)),
            "show" => Ok(json!({"ok": true, "map": format::write(self.session_mut()?.map())})),
            "look" => self.check_file(),
            "take-theirs" => {
                let theirs = self.take_conflict()?;
                if !self.session_mut()?.apply_theirs(&theirs) {
                    let why = theirs.read_error.clone().unwrap_or_default();
                    self.conflict = Some(theirs);
                    return Err(SessionCommandError::new(
                        "format",
                        format!("theirs cannot be read: {why}"),
                    ));
                }
                Ok(status(self.session_mut()?))
            }
            "keep-mine" => {
                let theirs = self.take_conflict()?;
                let kept = self.session_mut()?.keep_mine(&theirs)?;
                Ok(json!({"ok": true, "kept": kept.map(|kept| kept.display().to_string())}))
            }
            "rescued" => {
                self.recoverable.clear();
                let found = crate::session::find_recoverable(self.journals.folder(), true);
                self.recoverable = found.maps;
                let aside = found.set_aside.iter();
                let aside = aside
                    .map(|(path, why)| json!({"journal": path.display().to_string(), "why": why}));
                Ok(json!({
                    "ok": true,
                    "maps": self.recoverable.iter().map(recoverable_json).collect::<Vec<_>>(),
                    "set_aside": aside.collect::<Vec<_>>(),
                }))
            }
            "take" => {
                self.close_if_saved()?;
                let rescued = self.take_recoverable(rest)?;
                let session = rescued.recover(&self.journals);
                let answer = status(&session);
                self.session = Some(session);
                Ok(answer)
            }
            "put-away" => {
                self.take_recoverable(rest)?.archive()?;
                Ok(json!({"ok": true}))
            }
            "delete" => {
                self.take_recoverable(rest)?.delete()?;
                Ok(json!({"ok": true}))
            }
            "close" | "quit" => {
                self.close_if_saved()?;
                Ok(json!({"ok": true}))
            }
            "discard" => {
                self.close();
                Ok(json!({"ok": true}))
            }
            _ => Err(SessionCommandError::usage(format!(
                "there is no command “{word}”; touchline session --help lists them"
            ))),
        }
    }

    fn session_mut(&mut self) -> Result<&mut Session, SessionCommandError> {
        let none = || SessionCommandError::usage("no map is open; open one, or start one with new");
        self.session.as_mut().ok_or_else(none)
    }

    /// Closes the open map if it is saved completely.
    fn close_if_saved(&mut self) -> Result<(), SessionCommandError> {
        if self.session.as_ref().is_some_and(Session::is_dirty) {
            return Err(SessionCommandError::new(
                "dirty",
                "the map is not saved; save or discard it first",
            ));
        }
        self.close();
        Ok(())
    }

    fn close(&mut self) {
        if let Some(session) = self.session.take() {
            session.close();
        }
        self.conflict = None;
    }

    fn start(&mut self, mut session: Session) -> Value {
        session.enable_journal(&self.journals);
        let mut answer = status(&session);
        let warnings = session.warnings().iter().map(ToString::to_string);
        answer["notices"] = json!(warnings.collect::<Vec<_>>());
        self.session = Some(session);
        answer
    }

    fn change(&mut self, text: &str) -> CommandResult {
        let mut intent: Intent = format::value(text).map_err(SessionCommandError::usage)?;
        let session = self.session_mut()?;
        let made = session.fill_in_ids(&mut intent);
        let changed = session.apply(&intent)?;
        Ok(json!({"ok": true, "changed": changed, "ids": made, "dirty": session.is_dirty()}))
    }

    fn check_file(&mut self) -> CommandResult {
        let session = self.session_mut()?;
        let (Some(path), Some(seen)) = (
            session.path().map(Path::to_owned),
            session.file_fingerprint(),
        ) else {
            return Ok(json!({"ok": true, "found": "no file"}));
        };
        match disk::compare_with_disk(&path, seen) {
            FileChange::Unchanged => {
                session.mark_file_restored();
                Ok(json!({"ok": true, "found": "same"}))
            }
            FileChange::Missing(error) => {
                session.mark_file_missing();
                Ok(json!({"ok": true, "found": "gone", "why": error.to_string()}))
            }
            FileChange::Changed(bytes) => match session.reconcile(bytes) {
                Reload::Unchanged | Reload::Outdated(_) => Ok(json!({"ok": true, "found": "same"})),
                Reload::Reloaded(lines) => {
                    Ok(json!({"ok": true, "found": "reloaded", "differences": lines}))
                }
                Reload::Unreadable(error) => Err(error.into()),
                Reload::Conflict(theirs) => {
                    let answer = json!({
                        "ok": true,
                        "found": "conflict",
                        "differences": theirs.differences,
                        "broken": theirs.read_error,
                    });
                    self.conflict = Some(theirs);
                    Ok(answer)
                }
            },
        }
    }

    fn take_conflict(&mut self) -> Result<Box<TheirVersion>, SessionCommandError> {
        let none = || SessionCommandError::usage("there is nothing to decide; look first");
        self.conflict.take().ok_or_else(none)
    }

    fn take_recoverable(&mut self, number: &str) -> Result<RecoverableMap, SessionCommandError> {
        match number.parse::<usize>() {
            Ok(number) if number < self.recoverable.len() => Ok(self.recoverable.remove(number)),
            _ => Err(SessionCommandError::usage(
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

fn recoverable_json(rescued: &RecoverableMap) -> Value {
    json!({
        "title": rescued.title,
        "path": rescued.path.as_ref().map(|path| path.display().to_string()),
        "steps": rescued.steps,
        "file": match rescued.file_state {
            FileState::NoFile => "none",
            FileState::Unchanged => "as it was",
            FileState::Changed => "changed",
            FileState::Missing => "gone",
        },
        "differences": rescued.differences,
        "torn": rescued.damaged,
        "away": rescued.archived,
    })
}
