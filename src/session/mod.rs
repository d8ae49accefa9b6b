//! The headless editor: a map with its file, its history and what is derived
//! from it. The window and the command line use this very code.
//!
//! The only place that touches disk. Must not know: egui, cameras, selections.

mod clock;
mod derived;
mod desktop;
pub mod disk;
pub mod filter;
pub mod find;
mod fold;
mod home;
mod host;
mod journal;
mod lock;
mod mend;
mod mint;
mod outside;
mod pace;
mod paper;
mod pending;
mod picture;
mod preferences;
mod recent;
mod rescue;
mod save;
mod sheet;
mod take;
#[cfg(test)]
mod tests;
mod view;
mod watch;

pub use clock::today;
pub use desktop::kde_is_still;
pub use home::Home;
pub use journal::Journals;
pub use lock::{Claim, Other, copies};
pub use mend::{mend, words as mend_words};
pub use mint::Mint;
pub use outside::{Meeting, Theirs};
pub use pace::{Pace, Paced};
pub use paper::{Paper, PaperError, export, export_until};
pub use picture::{Picture, PictureOptions};
pub use preferences::{Keeper, Motion, Place, Preferences, Screen, ThemeChoice};
pub use recent::Recent;
pub use rescue::{FileNow, Found, Rescued, find};
pub use save::{SaveDone, SaveJob, Saved};
pub use sheet::draw_findings;
pub use take::{PictureSource, TakeError, Taken, is_picture, take_picture};
pub use view::{View, draw};
pub use watch::{News, Watch};

use crate::edit::journal::{Entry, Replay, Seen};
use crate::edit::{ChangeSet, History, Intent, Refusal, Step, fulfil, name};
use crate::format::{self, ReadError, Warning};
use crate::model::{Id, Map};
use derived::Derived;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

/// Why a map could not be opened. Nothing has changed.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The file could not be read from disk.
    #[error(transparent)]
    Disk(#[from] disk::DiskError),
    /// The file is no journey map, or a broken one.
    #[error("{}:{error}", path.display())]
    Format {
        /// Which file.
        path: PathBuf,
        /// Where and why.
        error: ReadError,
    },
}

/// Why a map could not be saved. The map is intact in memory, the file as it was.
#[derive(Debug, thiserror::Error)]
pub enum SaveError {
    /// The map has no file yet: save it under a name first.
    #[error("this map has no file yet; choose where to save it")]
    NoFile,
    /// It is being saved at this moment.
    #[error("this map is being saved already; wait until that is done")]
    Busy,
    /// The writer is gone without a word.
    #[error(
        "saving did not come to an end; whether the file is the old or the new one is not known"
    )]
    Lost,
    /// The file could not be written.
    #[error(transparent)]
    Disk(#[from] disk::DiskError),
}

/// One open map.
pub struct Session {
    map: Map,
    history: History,
    pending: Option<pending::Pending>,
    path: Option<PathBuf>,
    notices: Vec<Warning>,
    revision: u64,
    saved_state: u64,
    derived: Derived,
    mint: Mint,
    /// What the file held when it was last read or written.
    seen: Option<Seen>,
    /// What it held, as long as that differs from what would be written.
    former: Option<save::Former>,
    /// The state that is being saved.
    saving: Option<u64>,
    /// What was saved, while the file is gone.
    gone: Option<u64>,
    journals: Journals,
    journal: Option<journal::Journal>,
    /// What the map was at first, until a journal begins with it.
    whole: Option<journal::Whole>,
    /// How many entries the journal was given.
    noted: usize,
}

/// How long somebody may have to wait for the device, where nothing else can be done.
pub const PATIENCE: Duration = Duration::from_secs(5);

impl Session {
    /// A map without a file. It counts as saved until it is edited.
    pub fn untitled(map: Map) -> Session {
        Session {
            map,
            history: History::default(),
            pending: None,
            path: None,
            notices: Vec::new(),
            revision: 0,
            saved_state: 0,
            derived: Derived::default(),
            mint: Mint::default(),
            seen: None,
            former: None,
            saving: None,
            gone: None,
            journals: Journals::nowhere(),
            journal: None,
            whole: None,
            noted: 0,
        }
    }

    /// Opens a file. Writes nothing.
    ///
    /// # Errors
    /// Where the file cannot be read or is no journey map.
    pub fn open(path: &Path) -> Result<Session, OpenError> {
        let bytes: Arc<[u8]> = disk::read(path)?.into();
        let document = format::read(&bytes).map_err(|error| OpenError::Format {
            path: path.to_owned(),
            error,
        })?;
        let mut session = Session::untitled(document.map);
        session.path = Some(path.to_owned());
        session.seen = Some(Seen::of(&bytes));
        if !format::is_canonical(&bytes, session.map()) {
            session.former = Some(save::Former::of(&bytes, &document.warnings));
            session.whole = Some(journal::Whole::Bytes(bytes));
        }
        session.notices = document.warnings;
        Ok(session)
    }

    /// The map as a journal left it.
    fn again(replay: Replay, path: Option<PathBuf>) -> Session {
        let mut session = Session::untitled(replay.map);
        session.path = path;
        session.seen = replay.origin.seen;
        session.history = replay.history;
        session.history.seal();
        // A state that no history has: it differs from its file whatever is undone.
        session.saved_state = replay.saved.unwrap_or(u64::MAX);
        if session.saved_state == session.history.state() {
            session.saved_state = u64::MAX;
        }
        session
    }

    /// Writes down from now on what happens to the map, so that it can be rescued.
    pub fn keep_journal(&mut self, journals: &Journals) {
        self.journals = journals.clone();
    }

    /// Comes before the first change: keeps what the map is, for the journal to
    /// begin with. Not before, because most maps that are opened are only read.
    fn before_change(&mut self) {
        let kept = self.journal.is_some() || self.whole.is_some();
        if !kept && self.journals.folder().is_some() {
            self.whole = Some(self.as_it_is());
        }
    }

    fn as_it_is(&self) -> journal::Whole {
        journal::Whole::Map(Box::new(self.map.clone()))
    }

    /// Goes on with a journal, or begins one with the map as it is now.
    fn adopt_journal(&mut self, journals: &Journals, journal: Option<journal::Journal>) {
        self.journals = journals.clone();
        self.journal = journal;
        if self.journal.is_none() && journals.folder().is_some() {
            let whole = self.as_it_is();
            let unsaved = self.history.done().len().max(1);
            self.journal = journals.begin(whole, self.origin(), unsaved);
        }
    }

    /// Notes something in the journal, which begins with the map as it was at first.
    fn note(&mut self, entry: impl FnOnce() -> Entry) {
        if self.journal.is_none()
            && let Some(whole) = self.whole.take()
        {
            self.journal = self.journals.begin(whole, self.origin(), 0);
        }
        if let Some(journal) = &self.journal {
            journal.note(entry());
            self.noted += 1;
        }
    }

    /// Closes the map: nothing of it is to be rescued. Dropping it instead
    /// leaves its journal for the next start, as a crash would.
    pub fn close(mut self) {
        if let Some(journal) = self.journal.take() {
            journal.forget();
        }
    }

    /// The map as it is now.
    pub fn map(&self) -> &Map {
        &self.map
    }

    /// The file it belongs to.
    pub fn path(&self) -> Option<&Path> {
        self.path.as_deref()
    }

    /// What opening the file noticed and put right in memory.
    pub fn notices(&self) -> &[Warning] {
        &self.notices
    }

    /// Grows with every change of the map; two equal revisions of one session are one map.
    pub fn revision(&self) -> u64 {
        self.revision
    }

    /// Whether the map differs from its file (or from the map it started as).
    pub fn is_dirty(&self) -> bool {
        self.history.state() != self.saved_state
    }

    /// Steps done and undone.
    pub fn history(&self) -> &History {
        &self.history
    }

    /// Fulfils a wish as one step. Whether anything changed.
    ///
    /// # Errors
    /// Where the wish cannot be fulfilled; nothing has changed then.
    pub fn apply(&mut self, intent: &Intent) -> Result<bool, Refusal> {
        self.apply_merging(intent, None)
    }

    /// Like [`Session::apply`]; steps in a row with the same key become one (typing in one field).
    ///
    /// # Errors
    /// Where the wish cannot be fulfilled; nothing has changed then.
    pub fn apply_merging(&mut self, intent: &Intent, key: Option<&str>) -> Result<bool, Refusal> {
        self.cancel();
        self.before_change();
        let changes = fulfil(&mut self.map, intent)?;
        if changes.is_empty() {
            return Ok(false);
        }
        let step = Step {
            label: name(intent, &changes, &self.map),
            changes,
            merge_key: key.map(str::to_owned),
        };
        self.push(step);
        self.revision += 1;
        Ok(true)
    }

    /// Remembers a step that is in the map already.
    fn push(&mut self, step: Step) {
        let sealed = self.history.is_sealed();
        let noted = step.clone();
        self.note(move || Entry::Step {
            step: noted,
            sealed,
        });
        self.history.push(step);
    }

    /// Ends the current run of merging steps.
    pub fn seal(&mut self) {
        self.history.seal();
    }

    /// Takes the last step back; its label.
    pub fn undo(&mut self) -> Option<String> {
        self.cancel();
        let result = self.history.undo(&mut self.map);
        self.stepped(result, Entry::Undo)
    }

    /// Takes the last step back without a trace, as if nobody had made it: it
    /// cannot be done again, and what could be done again before it still can.
    pub fn withdraw(&mut self) -> bool {
        self.cancel();
        let result = self.history.withdraw(&mut self.map);
        self.stepped(result, Entry::Withdraw).is_some()
    }

    /// Does the last undone step again; its label.
    pub fn redo(&mut self) -> Option<String> {
        self.cancel();
        let result = self.history.redo(&mut self.map);
        self.stepped(result, Entry::Redo)
    }

    /// Takes steps back or does them again until so many are done. Whether the
    /// map changed.
    pub fn jump_to(&mut self, steps: usize) -> bool {
        let before = self.revision;
        while self.history.done().len() > steps && self.undo().is_some() {}
        while self.history.done().len() < steps && self.redo().is_some() {}
        self.revision != before
    }

    fn stepped(
        &mut self,
        result: Result<Option<(String, ChangeSet)>, crate::edit::Misfit>,
        entry: fn(ChangeSet) -> Entry,
    ) -> Option<String> {
        debug_assert!(result.is_ok(), "history does not fit its own map");
        let (label, changes) = result.ok().flatten()?;
        self.note(move || entry(changes));
        self.revision += 1;
        Some(label)
    }

    /// A fresh id for something of this name.
    pub fn mint<I: Id>(&mut self, name: &str) -> I {
        self.mint.mint(name)
    }
}
