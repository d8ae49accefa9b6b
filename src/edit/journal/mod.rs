//! The editing journal: what was done to a map, as bytes that survive a crash. A
//! journal is a header, a snapshot of the map, then one line for each step.
//!
//! A line is a checksum, a length and JSON: `1f2e3d4c 123 {…}`. Incomplete lines
//! are detected and ignored. Lines name their fields, so that a later version of
//! the program reads what an earlier one wrote.
//!
//! Must not know: disk, clocks, the format of maps.

mod codec;
mod replay;
#[cfg(test)]
mod tests;

pub use codec::{DecodedJournal, JournalError, VERSION, decode, encode_entry, encode_header};
pub use replay::Replay;

use super::change::ChangeSet;
use super::history::UndoStep;
use serde::{Deserialize, Serialize};

/// Non-cryptographic fingerprint of file content.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Fingerprint {
    /// Length in bytes.
    pub length: u64,
    /// FNV-1a over all bytes.
    pub hash: u64,
}

impl Fingerprint {
    /// Computes the fingerprint of these bytes.
    pub fn of(bytes: &[u8]) -> Fingerprint {
        let hash = bytes.iter().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
            (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3)
        });
        Fingerprint {
            length: bytes.len() as u64,
            hash,
        }
    }
}

/// The process that writes a journal.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct JournalHeader {
    /// The program version.
    pub program: String,
    /// The host name.
    pub host: String,
    /// The process id.
    pub pid: u32,
    /// The start time, in seconds since 1970.
    pub began: u64,
}

/// The file that a map belongs to, and its last known content.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct MapOrigin {
    /// The path; `None` for a map that was never saved.
    pub path: Option<String>,
    /// The fingerprint when it was last read or written.
    pub seen: Option<Fingerprint>,
}

/// An entry of the journal.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum JournalEntry {
    /// A snapshot of the whole map, as the text of a map file.
    Whole {
        /// The text.
        text: String,
        /// The file it belongs to.
        origin: MapOrigin,
        /// The number of steps by which it differs from its file.
        unsaved: usize,
    },
    /// A step was done.
    Step {
        /// The step.
        step: UndoStep,
        /// Whether the step is not merged with the one before, regardless of its key.
        sealed: bool,
    },
    /// A step was undone; the changes applied.
    Undo(ChangeSet),
    /// A step was withdrawn; the changes applied.
    Withdraw(ChangeSet),
    /// A step was redone; the changes applied.
    Redo(ChangeSet),
    /// A save begins: a file with this fingerprint holds the map as of this
    /// moment, even if nothing more is written to the journal. Occurs twice: at
    /// that moment, and, without changing it, as soon as the fingerprint is
    /// known.
    Saving(MapOrigin),
    /// The current save failed.
    NotSaved,
    /// The map was saved.
    Saved {
        /// The file and its new content.
        origin: MapOrigin,
        /// The number of preceding entries that came during the save and are not
        /// in the file.
        since: usize,
    },
}
