//! The open map: its file, history and journal, and the changes of it.
//!
//! Must not know: how the map is saved, recovered, drawn or compared with its file.

use super::cache::DerivedCache;
use super::fork_origin::ForkOrigin;
use super::previous_content::PreviousContent;
use crate::edit::journal::{Fingerprint, JournalEntry, MapOrigin, Replay};
use crate::edit::{
    ApplyError, ChangeSet, History, IdFactory, Intent, PlanError, UndoStep, plan_and_apply,
    step_label,
};
use crate::format::{self, ReadError, Warning};
use crate::model::{Id, Map};
use crate::storage::journal::{self, JournalHandle, Snapshot};
use crate::storage::{DiskError, Journals, disk};
use std::hash::BuildHasher as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// An error while opening a map. Nothing has changed.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The file could not be read from disk.
    #[error(transparent)]
    Disk(#[from] DiskError),
    /// The file is not a journey map, or is malformed.
    #[error("{}:{error}", path.display())]
    Format {
        /// The file.
        path: PathBuf,
        /// The position and cause.
        error: ReadError,
    },
}

impl OpenError {
    /// The message as `file:line:column: problem`, without the line of text.
    pub fn summary(&self) -> String {
        match self {
            OpenError::Format { path, error } => {
                let at = error.at.map(|at| format!(":{}:{}", at.line, at.column));
                let at = at.unwrap_or_default();
                format!("{}{at}: {}", path.display(), error.problem)
            }
            OpenError::Disk(error) => error.to_string(),
        }
    }
}

/// An open map.
#[derive(Default)]
pub struct Session {
    pub(super) map: Map,
    pub(super) history: History,
    pub(super) proposal: Option<UndoStep>,
    pub(super) path: Option<PathBuf>,
    pub(super) warnings: Vec<Warning>,
    pub(super) revision: u64,
    pub(super) saved_state: u64,
    pub(super) cache: DerivedCache,
    pub(super) ids: IdGenerator,
    /// Fingerprint of the file when it was last read or written.
    pub(super) file_fingerprint: Option<Fingerprint>,
    /// Previous content of the file, while it differs from the canonical form.
    pub(super) previous_content: Option<PreviousContent>,
    /// The map that this one was made from, and the number of times it was looked at.
    pub(super) fork_origin: (ForkOrigin, usize),
    /// The history state that is being saved.
    pub(super) saving: Option<u64>,
    /// The saved state before the file went missing.
    pub(super) state_before_missing: Option<u64>,
    pub(super) journals: Journals,
    pub(super) journal: Option<JournalHandle>,
    /// The map before its first change, until a journal begins with it.
    pub(super) initial_snapshot: Option<Snapshot>,
    /// Number of entries sent to the journal.
    pub(super) journal_entries: usize,
}

impl Session {
    /// Creates a session without a file. The map counts as saved until it is
    /// edited.
    pub fn untitled(map: Map) -> Session {
        Session {
            map,
            ..Session::default()
        }
    }

    /// Opens a file without writing anything.
    ///
    /// # Errors
    /// If the file cannot be read or is not a journey map.
    pub fn open(path: &Path) -> Result<Session, OpenError> {
        let bytes: Arc<[u8]> = disk::read_map(path)?.into();
        let document = format::read(&bytes).map_err(|error| OpenError::Format {
            path: path.to_owned(),
            error,
        })?;
        let mut session = Session::untitled(document.map);
        session.path = Some(path.to_owned());
        session.file_fingerprint = Some(Fingerprint::of(&bytes));
        let previous = PreviousContent::of(&bytes, session.map(), &document.warnings);
        if previous.is_some() {
            session.previous_content = previous;
            session.initial_snapshot = Some(Snapshot::Bytes(bytes));
        }
        session.warnings = document.warnings;
        session.look_at_origin();
        Ok(session)
    }

    /// Reads the map that this one was made from.
    pub(super) fn look_at_origin(&mut self) {
        let origin = ForkOrigin::of(&self.map, self.path.as_deref());
        self.fork_origin = (origin, self.fork_origin.1 + 1);
    }

    /// Creates a session from a replayed journal.
    pub(super) fn from_replay(replay: Replay, path: Option<PathBuf>) -> Session {
        let mut session = Session::untitled(replay.map);
        session.path = path;
        session.file_fingerprint = replay.origin.seen;
        session.history = replay.history;
        session.history.seal();
        // A state outside any history, so that the map differs from its file
        // whatever is undone.
        session.saved_state = replay.saved_state.unwrap_or(u64::MAX);
        if session.saved_state == session.history.state() {
            session.saved_state = u64::MAX;
        }
        session
    }

    /// Records all further changes in a journal, so that the map can be recovered.
    pub fn enable_journal(&mut self, journals: &Journals) {
        self.journals = journals.clone();
    }

    /// Keeps a copy of the map before its first change, as the start of the
    /// journal. Not done on opening, because most maps are only read.
    pub(super) fn snapshot_before_change(&mut self) {
        let kept = self.journal.is_some() || self.initial_snapshot.is_some();
        if !kept && self.journals.folder().is_some() {
            self.initial_snapshot = Some(self.snapshot());
        }
    }

    fn snapshot(&self) -> Snapshot {
        Snapshot::Map(Box::new(self.map.clone()))
    }

    /// Continues a journal, or begins one with the current map.
    pub(super) fn adopt_journal(&mut self, journals: &Journals, journal: Option<JournalHandle>) {
        self.journals = journals.clone();
        self.journal = journal;
        if self.journal.is_none() && journals.folder().is_some() {
            let whole = self.snapshot();
            let unsaved = self.history.done().len().max(1);
            self.journal = journals.begin(whole, self.origin(), unsaved);
        }
    }

    /// Appends an entry to the journal, beginning it with the initial map if
    /// necessary.
    pub(super) fn append_to_journal(&mut self, entry: impl FnOnce() -> JournalEntry) {
        if self.journal.is_none()
            && let Some(whole) = self.initial_snapshot.take()
        {
            self.journal = self.journals.begin(whole, self.origin(), 0);
        }
        if let Some(journal) = &self.journal {
            journal.append(entry());
            self.journal_entries += 1;
        }
    }

    /// Closes the map and deletes its journal. Dropping a session instead leaves
    /// the journal to be recovered at the next start, as after a crash.
    pub fn close(mut self) {
        if let Some(journal) = self.journal.take() {
            journal.delete();
        }
    }

    /// Returns the current map.
    pub fn map(&self) -> &Map {
        &self.map
    }

    /// Returns the path of the map's file.
    pub fn path(&self) -> Option<&Path> {
        self.path.as_deref()
    }

    /// Returns the warnings from reading the file, about problems corrected in
    /// memory.
    pub fn warnings(&self) -> &[Warning] {
        &self.warnings
    }

    /// Revision number, increased with every change; equal revisions of a session
    /// mean equal maps.
    pub fn revision(&self) -> u64 {
        self.revision
    }

    /// Whether the map differs from its file (or from its initial state without
    /// one).
    pub fn is_dirty(&self) -> bool {
        self.history.state() != self.saved_state
    }

    /// Returns the undo history.
    pub fn history(&self) -> &History {
        &self.history
    }

    /// Applies an intent as one undo step. Returns whether anything changed.
    ///
    /// # Errors
    /// If the intent cannot be carried out; nothing has changed then.
    pub fn apply(&mut self, intent: &Intent) -> Result<bool, PlanError> {
        self.apply_merging(intent, None)
    }

    /// Like [`Session::apply`], but merges consecutive steps with the same key into
    /// one (typing in one field).
    ///
    /// # Errors
    /// If the intent cannot be carried out; nothing has changed then.
    pub fn apply_merging(&mut self, intent: &Intent, key: Option<&str>) -> Result<bool, PlanError> {
        self.cancel();
        self.snapshot_before_change();
        let changes = plan_and_apply(&mut self.map, intent)?;
        if changes.is_empty() {
            return Ok(false);
        }
        self.record_step(UndoStep {
            label: step_label(intent, &changes, &self.map),
            changes,
            merge_key: key.map(str::to_owned),
        });
        self.revision += 1;
        Ok(true)
    }

    /// Adds a step to journal and history that is already applied to the map.
    pub(super) fn record_step(&mut self, step: UndoStep) {
        let sealed = self.history.is_sealed();
        self.append_to_journal(|| JournalEntry::Step {
            step: step.clone(),
            sealed,
        });
        self.history.push(step);
    }

    /// Ends the current run of merging steps.
    pub fn seal(&mut self) {
        self.history.seal();
    }

    /// Undoes the last step; returns its label.
    pub fn undo(&mut self) -> Option<String> {
        self.cancel();
        let result = self.history.undo(&mut self.map);
        self.record_history_change(result, JournalEntry::Undo)
    }

    /// Removes the last step from map and history: it cannot be redone, and steps
    /// that could be redone before it still can.
    pub fn withdraw(&mut self) -> bool {
        self.cancel();
        let result = self.history.withdraw(&mut self.map);
        self.record_history_change(result, JournalEntry::Withdraw)
            .is_some()
    }

    /// Redoes the last undone step; returns its label.
    pub fn redo(&mut self) -> Option<String> {
        self.cancel();
        let result = self.history.redo(&mut self.map);
        self.record_history_change(result, JournalEntry::Redo)
    }

    /// Undoes or redoes until this many steps are done. Returns whether the map
    /// changed.
    pub fn jump_to(&mut self, steps: usize) -> bool {
        let before = self.revision;
        while self.history.done().len() > steps && self.undo().is_some() {}
        while self.history.done().len() < steps && self.redo().is_some() {}
        self.revision != before
    }

    fn record_history_change(
        &mut self,
        result: Result<Option<(String, ChangeSet)>, ApplyError>,
        entry: fn(ChangeSet) -> JournalEntry,
    ) -> Option<String> {
        debug_assert!(result.is_ok(), "history does not fit its own map");
        let (label, changes) = result.ok().flatten()?;
        self.append_to_journal(move || entry(changes));
        self.revision += 1;
        Some(label)
    }

    /// Gives new records without an id one of their own, and returns these ids.
    pub fn fill_in_ids(&mut self, intent: &mut Intent) -> Vec<String> {
        self.ids.with_factory(|ids| intent.fill_in_ids(ids))
    }

    /// Returns the file of the map and its fingerprint for the journal.
    pub(super) fn origin(&self) -> MapOrigin {
        map_origin(self.path.as_deref(), self.file_fingerprint)
    }
}

/// Returns a file and its fingerprint for the journal.
pub(super) fn map_origin(path: Option<&Path>, seen: Option<Fingerprint>) -> MapOrigin {
    let path = path.map(|path| {
        let whole = std::path::absolute(path);
        journal::encode_path(whole.as_deref().unwrap_or(path))
    });
    MapOrigin { path, seen }
}

/// Generates random ids that are unique, but not unpredictable.
#[derive(Default)]
pub struct IdGenerator {
    keys: std::hash::RandomState,
    count: u64,
}

impl IdGenerator {
    /// Returns a new id derived from a name.
    pub fn new_id<I: Id>(&mut self, name: &str) -> I {
        self.with_factory(|minter| minter.new_id(name))
    }

    /// Lends the generator to a function that needs several ids.
    pub fn with_factory<T>(&mut self, work: impl FnOnce(&mut IdFactory<'_>) -> T) -> T {
        work(&mut IdFactory::new(&mut || self.random()))
    }

    /// Returns the next random number.
    pub fn random(&mut self) -> u64 {
        self.count += 1;
        self.keys.hash_one(self.count)
    }
}
