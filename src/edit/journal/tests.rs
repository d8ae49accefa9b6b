//! Encoding, damage and replay of journals.

use super::{
    Fingerprint, JournalEntry, JournalError, JournalHeader, MapOrigin, Replay, decode,
    encode_entry, encode_header,
};
use crate::edit::proptests::{intent, rolls};
use crate::edit::{ChangeSet, History, UndoStep, plan_and_apply, step_label};
use crate::model::{Map, arbitrary};
use proptest::prelude::*;

fn head() -> JournalHeader {
    JournalHeader {
        program: "0".to_owned(),
        host: "here".to_owned(),
        pid: 7,
        began: 0,
    }
}

/// Simulates an editor: steps, some of them undone and redone.
fn live(map: &Map, edits: &[(u8, usize, usize)]) -> (Map, History, Vec<JournalEntry>) {
    let (mut map, mut history, mut entries) = (map.clone(), History::default(), Vec::new());
    for roll in edits {
        match roll.0 % 7 {
            0 => {
                if let Ok(Some((_, changes))) = history.undo(&mut map) {
                    entries.push(JournalEntry::Undo(changes));
                }
                continue;
            }
            1 => {
                if let Ok(Some((_, changes))) = history.redo(&mut map) {
                    entries.push(JournalEntry::Redo(changes));
                }
                continue;
            }
            2 => {
                if let Ok(Some((_, changes))) = history.withdraw(&mut map) {
                    entries.push(JournalEntry::Withdraw(changes));
                }
                continue;
            }
            3 => history.seal(),
            _ => {}
        }
        let Some(intent) = intent(&map, *roll) else {
            continue;
        };
        let Ok(changes) = plan_and_apply(&mut map, &intent) else {
            continue;
        };
        let step = UndoStep {
            label: step_label(&intent, &changes, &map),
            changes,
            merge_key: (roll.1 % 3 == 0).then(|| "typing".to_owned()),
        };
        entries.push(JournalEntry::Step {
            step: step.clone(),
            sealed: history.is_sealed(),
        });
        history.push(step);
    }
    (map, history, entries)
}

fn bytes(entries: &[JournalEntry]) -> Vec<u8> {
    let mut bytes = encode_header(&head());
    for entry in entries {
        bytes.extend(encode_entry(entry));
    }
    bytes
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn a_replayed_journal_restores_the_map_and_its_history(
        map in arbitrary::map(),
        edits in rolls(16),
    ) {
        let (live_map, live_history, entries) = live(&map, &edits);
        let journal = decode(&bytes(&entries)).unwrap();
        prop_assert_eq!(&journal.entries, &entries);
        let mut replay = Replay::new(map, MapOrigin::default(), 0);
        for entry in journal.entries {
            replay.apply(entry).unwrap();
        }
        prop_assert_eq!(&replay.map, &live_map);
        prop_assert!(replay.history.done().eq(live_history.done()));
        prop_assert!(replay.history.undone().eq(live_history.undone()));
    }

    #[test]
    fn a_journal_begun_at_any_entry_leads_to_the_same_map(
        map in arbitrary::map(),
        edits in rolls(16),
        cut in any::<prop::sample::Index>(),
    ) {
        let (live_map, _, entries) = live(&map, &edits);
        let cut = cut.index(entries.len() + 1);
        let mut before = Replay::new(map, MapOrigin::default(), 0);
        for entry in &entries[..cut] {
            before.apply(entry.clone()).unwrap();
        }
        let mut replay = Replay::new(before.map, MapOrigin::default(), before.unsaved_steps);
        for entry in &entries[cut..] {
            replay.apply(entry.clone()).unwrap();
        }
        prop_assert_eq!(replay.map, live_map);
    }

    #[test]
    fn incomplete_and_damaged_journals_keep_their_valid_entries(
        map in arbitrary::map(),
        edits in rolls(8),
        at in any::<prop::sample::Index>(),
        flip in 1u8..=255,
    ) {
        let (_, _, entries) = live(&map, &edits);
        let mut bytes = bytes(&entries);
        let at = at.index(bytes.len());
        let torn = &bytes[..at];
        if let Ok(journal) = decode(torn) {
            prop_assert!(entries.starts_with(&journal.entries));
            prop_assert!(journal.valid_length <= at);
        }
        bytes[at] ^= flip;
        if let Ok(journal) = decode(&bytes) {
            prop_assert!(entries.starts_with(&journal.entries));
        }
    }

    #[test]
    fn any_bytes_decode_without_panic(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        let _ = decode(&bytes);
        let mut framed = encode_header(&head());
        framed.extend(bytes);
        prop_assert!(decode(&framed).is_ok());
    }
}

#[test]
fn newer_and_foreign_journals_are_rejected() {
    let newer = b"touchline journal 9\nwhatever";
    assert_eq!(decode(newer), Err(JournalError::Newer { found: 9 }));
    for foreign in [
        &b""[..],
        b"touchline journal",
        b"touchline journal x\n",
        b"(title: \"T\")\n",
    ] {
        assert_eq!(decode(foreign), Err(JournalError::Foreign), "{foreign:?}");
    }
    // The header itself is incomplete.
    let whole = encode_header(&head());
    assert_eq!(
        decode(&whole[..whole.len() - 1]),
        Err(JournalError::Foreign)
    );
}

#[test]
fn replay_tracks_saves() {
    let mut map = Map::with_title("T");
    let intent = crate::edit::Intent::AddNote(Box::new(crate::model::Note {
        id: "n".into(),
        text: "x".into(),
        votes: 0,
    }));
    let mut replay = Replay::new(map.clone(), MapOrigin::default(), 0);
    let changes = plan_and_apply(&mut map, &intent).unwrap();
    let step = UndoStep {
        label: "x".into(),
        changes,
        merge_key: None,
    };
    replay
        .apply(JournalEntry::Step {
            step,
            sealed: false,
        })
        .unwrap();
    assert_eq!((replay.unsaved_steps, replay.saved_state), (1, Some(0)));
    let saved = |since| JournalEntry::Saved {
        origin: MapOrigin::default(),
        since,
    };
    replay
        .apply(JournalEntry::Saving(MapOrigin::default()))
        .unwrap();
    let mut torn = replay.clone();
    torn.confirm_save();
    assert_eq!(torn.unsaved_steps, 0);
    // A step made before the fingerprint was known is not in the file.
    let mut later = replay.clone();
    later
        .apply(JournalEntry::Undo(ChangeSet::default()))
        .unwrap();
    let seen = Some(Fingerprint::of(b"x"));
    let origin = MapOrigin { path: None, seen };
    later.apply(JournalEntry::Saving(origin.clone())).unwrap();
    later.confirm_save();
    assert_eq!((later.unsaved_steps, &later.origin), (1, &origin));
    let mut failed = replay.clone();
    failed.apply(JournalEntry::NotSaved).unwrap();
    failed.confirm_save();
    assert_eq!(
        (failed.pending_save, failed.unsaved_steps),
        (None, replay.unsaved_steps)
    );
    replay.apply(saved(1)).unwrap();
    assert_eq!(replay.pending_save, None);
    assert_eq!((replay.unsaved_steps, replay.saved_state), (1, None));
    replay.apply(saved(0)).unwrap();
    assert_eq!(
        (replay.unsaved_steps, replay.saved_state),
        (0, Some(replay.history.state()))
    );
}
