//! Byte encoding of a journal: lines with length and checksum, readable up to the
//! first incomplete line.
//!
//! Must not know: disk, clocks.

use super::{JournalEntry, JournalHeader};
use serde::Serialize;

/// The journal version that is written, and the newest that can be read.
pub const VERSION: u32 = 1;

/// The beginning of a journal file, before the version.
const MAGIC: &str = "touchline journal ";

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
