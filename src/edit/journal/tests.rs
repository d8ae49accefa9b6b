//! Encoding, damage and replay of journals.

use super::{Entry, Head, Origin, Replay, Seen, Unusable, line, read, start};
use crate::edit::proptests::{intent, rolls};
use crate::edit::{ChangeSet, History, Step, fulfil, name};
use crate::model::{Map, arbitrary};
use proptest::prelude::*;

fn head() -> Head {
    Head {
        program: "0".to_owned(),
        host: "here".to_owned(),
        pid: 7,
        began: 0,
    }
}

/// Simulates an editor: steps, some of them undone and redone.
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
    fn a_replayed_journal_restores_the_map_and_its_history(
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
    fn a_journal_begun_at_any_entry_leads_to_the_same_map(
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
    fn any_bytes_decode_without_panic(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        let _ = read(&bytes);
        let mut framed = start(&head());
        framed.extend(bytes);
        prop_assert!(read(&framed).is_ok());
    }
}

#[test]
fn newer_and_foreign_journals_are_rejected() {
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
    // The header itself is incomplete.
    let whole = start(&head());
    assert_eq!(read(&whole[..whole.len() - 1]), Err(Unusable::Foreign));
}

#[test]
fn replay_tracks_saves() {
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
    // A step made before the fingerprint was known is not in the file.
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
