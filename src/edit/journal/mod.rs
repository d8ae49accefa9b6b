//! The editing journal: what was done to a map, as bytes that survive a crash. A
//! journal is a header, a snapshot of the map, then one line for each step.
//!
//! A line is a checksum, a length and JSON: `1f2e3d4c 123 {…}`. Incomplete lines
//! are detected and ignored. Lines name their fields, so that a later version of
//! the program reads what an earlier one wrote.
//!
//! Must not know: disk, clocks, the format of maps.

mod replay;
#[cfg(test)]
mod tests;

pub use replay::Replay;

use super::change::ChangeSet;
use super::history::UndoStep;
use serde::{Deserialize, Serialize};

/// The journal version that is written, and the newest that can be read.
pub const VERSION: u32 = 1;

/// The beginning of a journal file, before the version.
const MAGIC: &str = "touchline journal ";

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

/// The reason why a file cannot be read as a journal. The file is left unchanged.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum JournalError {
    /// It is not a journal, or its beginning is damaged.
    #[error("this is no journal, or its beginning is damaged")]
    Foreign,
    /// It was written by a newer version of the program.
    #[error("this journal needs version {found}; this program reads up to {VERSION}")]
    Newer {
        /// The version of the file.
        found: u32,
    },
}

/// A decoded journal.
#[derive(Clone, Debug, PartialEq)]
pub struct DecodedJournal {
    /// The header.
    pub header: JournalHeader,
    /// The complete entries.
    pub entries: Vec<JournalEntry>,
    /// The number of valid bytes; the rest is incomplete.
    pub valid_length: usize,
}

/// Encodes the beginning of a journal.
pub fn encode_header(head: &JournalHeader) -> Vec<u8> {
    let mut bytes = format!("{MAGIC}{VERSION}\n").into_bytes();
    bytes.extend(encode_frame(head));
    bytes
}

/// Encodes one entry.
pub fn encode_entry(entry: &JournalEntry) -> Vec<u8> {
    encode_frame(entry)
}

fn encode_frame(content: &impl Serialize) -> Vec<u8> {
    let json = serde_json::to_string(content).unwrap_or_default();
    let sum = crc32fast::hash(json.as_bytes());
    format!("{sum:08x} {} {json}\n", json.len()).into_bytes()
}

/// Decodes a journal up to the first incomplete line.
///
/// # Errors
/// The bytes are not a journal, or one of a newer version.
pub fn decode(bytes: &[u8]) -> Result<DecodedJournal, JournalError> {
    let end = bytes.iter().take(64).position(|b| *b == b'\n');
    let first = end.and_then(|end| std::str::from_utf8(&bytes[..end]).ok());
    let version = first.and_then(|line| line.strip_prefix(MAGIC));
    let (Some(end), Some(version)) = (end, version) else {
        return Err(JournalError::Foreign);
    };
    match version.parse() {
        Ok(VERSION) => {}
        Ok(found) if found > VERSION => return Err(JournalError::Newer { found }),
        _ => return Err(JournalError::Foreign),
    }
    let mut lines = FrameReader { bytes, at: end + 1 };
    let header = lines
        .next()
        .and_then(|json| serde_json::from_slice(json).ok());
    let mut journal = DecodedJournal {
        header: header.ok_or(JournalError::Foreign)?,
        entries: Vec::new(),
        valid_length: lines.at,
    };
    while let Some(json) = lines.next() {
        // A complete line that cannot be decoded: later entries may depend on it.
        let Ok(entry) = serde_json::from_slice(json) else {
            break;
        };
        journal.entries.push(entry);
        journal.valid_length = lines.at;
    }
    Ok(journal)
}

struct FrameReader<'b> {
    bytes: &'b [u8],
    at: usize,
}

impl<'b> Iterator for FrameReader<'b> {
    type Item = &'b [u8];

    fn next(&mut self) -> Option<&'b [u8]> {
        let rest = self.bytes.get(self.at..)?;
        let mut parts = rest.splitn(3, |byte| *byte == b' ');
        let mut word = || std::str::from_utf8(parts.next()?).ok();
        let sum = u32::from_str_radix(word()?, 16).ok()?;
        let length: usize = word()?.parse().ok()?;
        let from_json = parts.next()?;
        let json = from_json.get(..length)?;
        let ends = from_json.get(length) == Some(&b'\n');
        if !ends || crc32fast::hash(json) != sum {
            return None;
        }
        self.at += rest.len() - from_json.len() + length + 1;
        Some(json)
    }
}
