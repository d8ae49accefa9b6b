//! What was done to a map, as bytes that survive a crash: a head, a whole copy
//! of the map, then one line a step.
//!
//! A line is a checksum, a length and JSON: `1f2e3d4c 123 {…}`. Whatever was
//! torn off in the middle is told from what is whole, and left out. Lines name
//! their fields, so that a later program reads what an earlier one wrote.
//! Must not know: disk, clocks, the format of maps.

mod codec;
mod replay;
#[cfg(test)]
mod tests;

pub use codec::{Journal, Unusable, VERSION, line, read, start};
pub use replay::Replay;

use super::change::ChangeSet;
use super::history::Step;
use serde::{Deserialize, Serialize};

/// Tells contents of files apart without keeping them. Not made to withstand
/// somebody who wants two contents to look alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Seen {
    /// How many bytes.
    pub length: u64,
    /// FNV-1a over all of them.
    pub hash: u64,
}

impl Seen {
    /// What these bytes look like.
    pub fn of(bytes: &[u8]) -> Seen {
        let hash = bytes.iter().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
            (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3)
        });
        Seen {
            length: bytes.len() as u64,
            hash,
        }
    }
}

/// Who writes a journal.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Head {
    /// The version of the program.
    pub program: String,
    /// The name of the machine.
    pub host: String,
    /// The process.
    pub pid: u32,
    /// When it began, in seconds since 1970.
    pub began: u64,
}

/// The file that a map belongs to, and what was last seen in it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Origin {
    /// The file; `None`: the map has none yet.
    pub path: Option<String>,
    /// What it held when it was last read or written.
    pub seen: Option<Seen>,
}

/// One thing that happened.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Entry {
    /// The whole map, as the text of a file.
    Whole {
        /// The text.
        text: String,
        /// Where it belongs.
        origin: Origin,
        /// How many steps it differs from its file.
        unsaved: usize,
    },
    /// A step was done.
    Step {
        /// The step.
        step: Step,
        /// It is a step of its own, whatever its key.
        sealed: bool,
    },
    /// A step was taken back; what that changed.
    Undo(ChangeSet),
    /// A step was taken back as if it had never been made; what that changed.
    Withdraw(ChangeSet),
    /// A step was done again; what that changed.
    Redo(ChangeSet),
    /// The map is about to be saved: a file that looks like this holds it as it
    /// was at this moment, whether or not that could be written down any more.
    /// Comes twice, at that moment and, without changing it, as soon as it is
    /// known what the file will look like.
    Saving(Origin),
    /// The save that began last came to nothing.
    NotSaved,
    /// The map was saved.
    Saved {
        /// Where, and what the file holds since.
        origin: Origin,
        /// So many of the last entries came while it was being written, and are not in it.
        since: usize,
    },
}
