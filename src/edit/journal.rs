//! What was done to a map, as bytes that survive a crash: a head, a whole copy
//! of the map, then one line a step.
//!
//! A line is a checksum, a length and JSON: `1f2e3d4c 123 {…}`. Whatever was
//! torn off in the middle is told from what is whole, and left out. Lines name
//! their fields, so that a later program reads what an earlier one wrote.
//! Must not know: disk, clocks, the format of maps.

use super::change::{ChangeSet, Misfit};
use super::history::{History, Step};
use crate::model::Map;
use serde::{Deserialize, Serialize};

/// The version of journals that is written, and the newest that is read.
pub const VERSION: u32 = 1;

/// How a journal starts, before its version.
const MAGIC: &str = "touchline journal ";

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

/// Why a file is no journal that can be used. It is left as it is.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unusable {
    /// It is something else, or its beginning is damaged.
    #[error("this is no journal, or its beginning is damaged")]
    Foreign,
    /// A newer program wrote it.
    #[error("this journal needs version {found}; this program reads up to {VERSION}")]
    Newer {
        /// The version it states.
        found: u32,
    },
}

/// A journal that was read.
#[derive(Clone, Debug, PartialEq)]
pub struct Journal {
    /// Who wrote it.
    pub head: Head,
    /// What is whole of it.
    pub entries: Vec<Entry>,
    /// So many bytes are whole; what follows is torn.
    pub whole: usize,
}

/// The first bytes of a journal.
pub fn start(head: &Head) -> Vec<u8> {
    let mut bytes = format!("{MAGIC}{VERSION}\n").into_bytes();
    bytes.extend(framed(&serde_json::to_string(head).unwrap_or_default()));
    bytes
}

/// The bytes of one thing that happened.
pub fn line(entry: &Entry) -> Vec<u8> {
    framed(&serde_json::to_string(entry).unwrap_or_default())
}

fn framed(json: &str) -> Vec<u8> {
    let sum = crc32fast::hash(json.as_bytes());
    format!("{sum:08x} {} {json}\n", json.len()).into_bytes()
}

/// Reads a journal up to where it is torn.
///
/// # Errors
/// Where it is no journal, or one of a newer program.
pub fn read(bytes: &[u8]) -> Result<Journal, Unusable> {
    let end = bytes.iter().take(64).position(|b| *b == b'\n');
    let first = end.and_then(|end| std::str::from_utf8(&bytes[..end]).ok());
    let version = first.and_then(|line| line.strip_prefix(MAGIC));
    let (Some(end), Some(version)) = (end, version) else {
        return Err(Unusable::Foreign);
    };
    match version.parse() {
        Ok(VERSION) => {}
        Ok(found) if found > VERSION => return Err(Unusable::Newer { found }),
        _ => return Err(Unusable::Foreign),
    }
    let mut lines = Lines { bytes, at: end + 1 };
    let head = lines
        .next()
        .and_then(|json| serde_json::from_slice(json).ok());
    let head = head.ok_or(Unusable::Foreign)?;
    let mut journal = Journal {
        head,
        entries: Vec::new(),
        whole: lines.at,
    };
    while let Some(json) = lines.next() {
        // Whole and yet not understood: what follows may build on it.
        let Ok(entry) = serde_json::from_slice(json) else {
            break;
        };
        journal.entries.push(entry);
        journal.whole = lines.at;
    }
    Ok(journal)
}

struct Lines<'b> {
    bytes: &'b [u8],
    at: usize,
}

impl<'b> Iterator for Lines<'b> {
    type Item = &'b [u8];

    fn next(&mut self) -> Option<&'b [u8]> {
        let rest = self.bytes.get(self.at..)?;
        let sum = std::str::from_utf8(rest.get(..8)?).ok()?;
        let sum = u32::from_str_radix(sum, 16).ok()?;
        let digits = rest.get(9..)?.iter().take(16).position(|b| *b == b' ')?;
        let length: usize = std::str::from_utf8(&rest[9..9 + digits])
            .ok()?
            .parse()
            .ok()?;
        let begin = 9 + digits + 1;
        let json = rest.get(begin..begin.checked_add(length)?)?;
        let ends = rest.get(begin + length) == Some(&b'\n');
        if !ends || crc32fast::hash(json) != sum {
            return None;
        }
        self.at += begin + length + 1;
        Some(json)
    }
}

/// A map as it comes to be again, step by step.
#[derive(Clone, Debug, Default)]
pub struct Replay {
    /// The map.
    pub map: Map,
    /// The steps since the last whole copy.
    pub history: History,
    /// The file it belongs to.
    pub origin: Origin,
    /// How many steps it differs from its file.
    pub unsaved: usize,
    /// The state of the history that is in the file, where it is known.
    pub saved: Option<u64>,
    /// A save of which nobody knows whether it came to an end, and how many
    /// steps differed from the file when it began.
    pub saving: Option<(Origin, usize)>,
}

/// A step back or on.
type Go = fn(&mut History, &mut Map) -> Result<Option<(String, ChangeSet)>, Misfit>;

impl Replay {
    /// A map to begin with: a whole copy that was read.
    pub fn new(map: Map, origin: Origin, unsaved: usize) -> Replay {
        Replay {
            map,
            history: History::default(),
            origin,
            unsaved,
            saved: (unsaved == 0).then_some(0),
            saving: None,
        }
    }

    /// Lets one more thing happen. A whole copy says nothing new here.
    ///
    /// # Errors
    /// Where it does not fit; the map stays as it was before.
    pub fn play(&mut self, entry: Entry) -> Result<(), Misfit> {
        match entry {
            Entry::Whole { .. } => {}
            Entry::Step { step, sealed } => {
                step.changes.apply(&mut self.map)?;
                if sealed {
                    self.history.seal();
                }
                let before = self.history.done().len();
                self.history.push(step);
                self.unsaved +=
                    usize::from(self.history.done().len() > before || self.unsaved == 0);
            }
            Entry::Undo(changes) => {
                self.step(self.is_last(&changes), &changes, History::undo)?;
            }
            Entry::Withdraw(changes) => {
                self.step(self.is_last(&changes), &changes, History::withdraw)?;
            }
            Entry::Redo(changes) => {
                let next = self.history.undone().last();
                let known = next.is_some_and(|step| step.changes == changes);
                self.step(known, &changes, History::redo)?;
            }
            Entry::Saving(origin) => match &mut self.saving {
                Some((begun, _)) if begun.path == origin.path && origin.seen.is_some() => {
                    *begun = origin;
                }
                _ => {
                    self.history.seal();
                    self.saving = Some((origin, self.unsaved));
                }
            },
            Entry::NotSaved => self.saving = None,
            Entry::Saved { origin, since } => {
                self.saving = None;
                self.origin = origin;
                self.unsaved = since;
                self.saved = None;
                if since == 0 {
                    self.history.seal();
                    self.saved = Some(self.history.state());
                }
            }
        }
        Ok(())
    }

    /// The save that was under way did come to an end: the file holds the map as
    /// it was when that began.
    pub fn was_saved(&mut self) {
        if let Some((origin, before)) = self.saving.take() {
            self.origin = origin;
            self.unsaved = self.unsaved.saturating_sub(before);
            self.saved = None;
        }
    }

    /// Whether this takes back the last step that is known.
    fn is_last(&self, changes: &ChangeSet) -> bool {
        let last = self.history.done().last();
        last.is_some_and(|step| step.changes.inverse() == *changes)
    }

    fn step(&mut self, known: bool, changes: &ChangeSet, go: Go) -> Result<(), Misfit> {
        if known {
            go(&mut self.history, &mut self.map)?;
        } else {
            // Of a step before the last whole copy only the change is known.
            changes.apply(&mut self.map)?;
            self.history = History::default();
            self.saved = None;
        }
        self.unsaved += 1;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::laws::{intent, rolls};
    use crate::edit::{fulfil, name};
    use crate::model::arbitrary;
    use proptest::prelude::*;

    fn head() -> Head {
        Head {
            program: "0".to_owned(),
            host: "here".to_owned(),
            pid: 7,
            began: 0,
        }
    }

    /// What an editor does: steps, some of them taken back and done again.
    fn live(map: &Map, edits: &[(u8, usize, usize)]) -> (Map, History, Vec<Entry>) {
        let (mut map, mut history, mut entries) = (map.clone(), History::default(), Vec::new());
        for roll in edits {
            match roll.0 % 7 {
                0 => {
                    if let Ok(Some((_, changes))) = history.undo(&mut map) {
                        entries.push(Entry::Undo(changes));
                    }
                    continue;
                }
                1 => {
                    if let Ok(Some((_, changes))) = history.redo(&mut map) {
                        entries.push(Entry::Redo(changes));
                    }
                    continue;
                }
                2 => {
                    if let Ok(Some((_, changes))) = history.withdraw(&mut map) {
                        entries.push(Entry::Withdraw(changes));
                    }
                    continue;
                }
                3 => history.seal(),
                _ => {}
            }
            let Some(intent) = intent(&map, *roll) else {
                continue;
            };
            let Ok(changes) = fulfil(&mut map, &intent) else {
                continue;
            };
            let step = Step {
                label: name(&intent, &changes, &map),
                changes,
                merge_key: (roll.1 % 3 == 0).then(|| "typing".to_owned()),
            };
            entries.push(Entry::Step {
                step: step.clone(),
                sealed: history.is_sealed(),
            });
            history.push(step);
        }
        (map, history, entries)
    }

    fn bytes(entries: &[Entry]) -> Vec<u8> {
        let mut bytes = start(&head());
        for entry in entries {
            bytes.extend(line(entry));
        }
        bytes
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(32))]

        #[test]
        fn a_journal_replayed_is_the_live_map_with_its_history(
            map in arbitrary::map(),
            edits in rolls(16),
        ) {
            let (live_map, live_history, entries) = live(&map, &edits);
            let journal = read(&bytes(&entries)).unwrap();
            prop_assert_eq!(&journal.entries, &entries);
            let mut replay = Replay::new(map, Origin::default(), 0);
            for entry in journal.entries {
                replay.play(entry).unwrap();
            }
            prop_assert_eq!(&replay.map, &live_map);
            prop_assert!(replay.history.done().eq(live_history.done()));
            prop_assert!(replay.history.undone().eq(live_history.undone()));
        }

        #[test]
        fn a_journal_begun_in_the_middle_still_leads_to_the_live_map(
            map in arbitrary::map(),
            edits in rolls(16),
            cut in any::<prop::sample::Index>(),
        ) {
            let (live_map, _, entries) = live(&map, &edits);
            let cut = cut.index(entries.len() + 1);
            let mut before = Replay::new(map, Origin::default(), 0);
            for entry in &entries[..cut] {
                before.play(entry.clone()).unwrap();
            }
            let mut replay = Replay::new(before.map, Origin::default(), before.unsaved);
            for entry in &entries[cut..] {
                replay.play(entry.clone()).unwrap();
            }
            prop_assert_eq!(replay.map, live_map);
        }

        #[test]
        fn torn_and_damaged_journals_keep_what_is_whole(
            map in arbitrary::map(),
            edits in rolls(8),
            at in any::<prop::sample::Index>(),
            flip in 1u8..=255,
        ) {
            let (_, _, entries) = live(&map, &edits);
            let mut bytes = bytes(&entries);
            let at = at.index(bytes.len());
            let torn = &bytes[..at];
            if let Ok(journal) = read(torn) {
                prop_assert!(entries.starts_with(&journal.entries));
                prop_assert!(journal.whole <= at);
            }
            bytes[at] ^= flip;
            if let Ok(journal) = read(&bytes) {
                prop_assert!(entries.starts_with(&journal.entries));
            }
        }

        #[test]
        fn any_bytes_are_survived(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            let _ = read(&bytes);
            let mut framed = start(&head());
            framed.extend(bytes);
            prop_assert!(read(&framed).is_ok());
        }
    }

    #[test]
    fn newer_and_foreign_journals_are_not_touched() {
        let newer = b"touchline journal 9\nwhatever";
        assert_eq!(read(newer), Err(Unusable::Newer { found: 9 }));
        for foreign in [
            &b""[..],
            b"touchline journal",
            b"touchline journal x\n",
            b"(title: \"T\")\n",
        ] {
            assert_eq!(read(foreign), Err(Unusable::Foreign), "{foreign:?}");
        }
        // The head itself is torn.
        let whole = start(&head());
        assert_eq!(read(&whole[..whole.len() - 1]), Err(Unusable::Foreign));
    }

    #[test]
    fn saving_is_remembered() {
        let mut map = Map::titled("T");
        let intent = crate::edit::Intent::AddNote(Box::new(crate::model::Note {
            id: "n".into(),
            text: "x".into(),
            votes: 0,
        }));
        let mut replay = Replay::new(map.clone(), Origin::default(), 0);
        let changes = fulfil(&mut map, &intent).unwrap();
        let step = Step {
            label: "x".into(),
            changes,
            merge_key: None,
        };
        replay
            .play(Entry::Step {
                step,
                sealed: false,
            })
            .unwrap();
        assert_eq!((replay.unsaved, replay.saved), (1, Some(0)));
        let saved = |since| Entry::Saved {
            origin: Origin::default(),
            since,
        };
        replay.play(Entry::Saving(Origin::default())).unwrap();
        let mut torn = replay.clone();
        torn.was_saved();
        assert_eq!(torn.unsaved, 0);
        // What comes before it is known what the file will look like is not in it.
        let mut later = replay.clone();
        later.play(Entry::Undo(ChangeSet::default())).unwrap();
        let seen = Some(Seen::of(b"x"));
        let origin = Origin { path: None, seen };
        later.play(Entry::Saving(origin.clone())).unwrap();
        later.was_saved();
        assert_eq!((later.unsaved, &later.origin), (1, &origin));
        let mut failed = replay.clone();
        failed.play(Entry::NotSaved).unwrap();
        failed.was_saved();
        assert_eq!((failed.saving, failed.unsaved), (None, replay.unsaved));
        replay.play(saved(1)).unwrap();
        assert_eq!(replay.saving, None);
        assert_eq!((replay.unsaved, replay.saved), (1, None));
        replay.play(saved(0)).unwrap();
        assert_eq!(
            (replay.unsaved, replay.saved),
            (0, Some(replay.history.state()))
        );
    }
}
