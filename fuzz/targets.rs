//! Fuzz targets for untrusted bytes. Each must end quickly and never panic, and
//! accepted input must be preserved.

pub mod choices;
mod intents;
pub mod random;
mod records;
pub mod session;

use std::sync::LazyLock;
use touchline::capture::{self, Vocabulary};
use touchline::clipboard;
use touchline::clipboard::Fragment;
use touchline::edit::IdFactory;
use touchline::edit::journal::{self, JournalEntry, Replay};
use touchline::model::Map;
use touchline::{format as ron, image};

/// A fuzz target.
pub type Target = fn(&[u8]);

/// All targets by name.
pub const ALL: [(&str, Target); 6] = [
    ("format", format),
    ("journal", journal),
    ("clipboard", clipboard),
    ("capture", capture),
    ("picture", picture),
    ("session", session::run),
];

/// Files: an accepted file is written and read again as the same map.
pub fn format(bytes: &[u8]) {
    match ron::read(bytes) {
        Ok(document) => {
            for warning in &document.warnings {
                assert!(!warning.to_string().contains('\n') || warning.to_string().len() < 100_000);
            }
            let text = ron::write(&document.map);
            match ron::read(text.as_bytes()) {
                Ok(again) => {
                    assert_eq!(again.map, document.map);
                    assert_eq!(ron::write(&again.map), text);
                }
                // A file near the limits may exceed them in canonical form.
                Err(error) => assert!(text.len() > 1_000_000, "{error}"),
            }
        }
        Err(error) => assert!(!error.to_string().is_empty()),
    }
}

/// Journals: valid entries are replayed or refused without a change.
pub fn journal(bytes: &[u8]) {
    let Ok(journal) = journal::decode(bytes) else {
        return;
    };
    assert!(journal.valid_length <= bytes.len());
    let mut again = journal::encode_header(&journal.header);
    for entry in &journal.entries {
        again.extend(journal::encode_entry(entry));
    }
    assert_eq!(
        journal::decode(&again).map(|again| again.entries),
        Ok(journal.entries.clone())
    );
    let mut replay = Replay::default();
    for entry in journal.entries {
        if let JournalEntry::Whole {
            text,
            origin,
            unsaved,
        } = &entry
            && let Ok(document) = ron::read(text.as_bytes())
        {
            replay = Replay::new(document.map, origin.clone(), *unsaved);
        }
        let before = replay.map.clone();
        if replay.apply(entry).is_err() {
            assert_eq!(replay.map, before);
            return;
        }
    }
}

/// The clipboard: a part of a map is pasted, a list is read.
pub fn clipboard(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let (map, names) = &*SAMPLE;
    if clipboard::looks_like_map(&text)
        && let Ok(fragment) = Fragment::read(&text)
    {
        let (mut random, mut count) = (0_u64, 0_u64);
        let mut next = || {
            count += 1;
            random = random
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(count);
            random
        };
        let place = clipboard::PasteTarget {
            touchpoints: None,
            stages: 0,
        };
        let pasted = fragment.paste("Paste", map, &place, &mut IdFactory::new(&mut next));
        assert!(touchline::edit::plan(map, &pasted.intent).is_ok());
        assert!(Fragment::read(&fragment.text()).is_ok());
    }
    if capture::list::is_list(&text) {
        let list = capture::list::read(&text, names);
        assert!(list.touchpoint_count() <= text.len() + 1);
    }
}

/// Lines of capture: every line can be parsed, and printing is stable.
pub fn capture(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let names = &SAMPLE.1;
    for line in text.lines().take(100) {
        let said = capture::parse(line, names).interpret();
        let printed = capture::format_line(&said, names);
        let again = capture::parse(&printed, names).interpret();
        assert_eq!(capture::format_line(&again, names), printed);
    }
}

/// Images: refused, or imported within the bounds.
pub fn picture(bytes: &[u8]) {
    if let Ok(taken) = image::import(bytes) {
        assert!(taken.len() <= image::limit::BYTES);
    }
}

/// A map to paste and capture into, with its names; read once.
static SAMPLE: LazyLock<(Map, Vocabulary)> = LazyLock::new(|| {
    let text = include_bytes!("../sample_maps/bank-account.journey.ron");
    let document = ron::read(text);
    let map = document.map(|document| document.map).unwrap_or_default();
    let names = Vocabulary::of(&map);
    (map, names)
});
