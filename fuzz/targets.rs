//! What is done with bytes from anywhere. Must end quickly and never panic; what
//! it does take, it must keep.

use std::sync::LazyLock;
use touchline::capture::{self, Names};
use touchline::edit::Minter;
use touchline::edit::journal::{self, Entry, Replay};
use touchline::exchange::{self, Fragment};
use touchline::model::Map;
use touchline::{format as ron, image};

/// Does something with bytes.
pub type Target = fn(&[u8]);

/// All targets by name.
pub const ALL: [(&str, Target); 5] = [
    ("format", format),
    ("journal", journal),
    ("clipboard", clipboard),
    ("capture", capture),
    ("picture", picture),
];

/// A file: what opens is written and read again as the same map.
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
                // What fits as it was laid out may be too much in full.
                Err(error) => assert!(text.len() > 1_000_000, "{error}"),
            }
        }
        Err(error) => assert!(!error.to_string().is_empty()),
    }
}

/// A journal: what is whole can be followed, or not.
pub fn journal(bytes: &[u8]) {
    let Ok(journal) = journal::read(bytes) else {
        return;
    };
    assert!(journal.whole <= bytes.len());
    let mut again = journal::start(&journal.head);
    for entry in &journal.entries {
        again.extend(journal::line(entry));
    }
    assert_eq!(
        journal::read(&again).map(|again| again.entries),
        Ok(journal.entries.clone())
    );
    let mut replay = Replay::default();
    for entry in journal.entries {
        if let Entry::Whole {
            text,
            origin,
            unsaved,
        } = &entry
            && let Ok(document) = ron::read(text.as_bytes())
        {
            replay = Replay::new(document.map, origin.clone(), *unsaved);
        }
        let before = replay.map.clone();
        if replay.play(entry).is_err() {
            assert_eq!(replay.map, before);
            return;
        }
    }
}

/// The clipboard: what is a part of a map is pasted, what is a list is read.
pub fn clipboard(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let (map, names) = &*SAMPLE;
    if exchange::looks_like_a_map(&text)
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
        let place = exchange::Place {
            touchpoints: None,
            stages: 0,
        };
        let pasted = fragment.paste("Paste", map, &place, &mut Minter::new(&mut next));
        assert!(touchline::edit::plan(map, &pasted.intent).is_ok());
        assert!(Fragment::read(&fragment.text()).is_ok());
    }
    if capture::list::is_list(&text) {
        let list = capture::list::read(&text, names);
        assert!(list.touchpoints() <= text.len() + 1);
    }
}

/// Lines of capture: every one parses to something, and its parts stand in it.
pub fn capture(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let names = &SAMPLE.1;
    for line in text.lines().take(100) {
        let said = capture::parse(line, names).said();
        let printed = capture::print(&said, names);
        let again = capture::parse(&printed, names).said();
        assert_eq!(capture::print(&again, names), printed);
    }
}

/// A picture: refused, or taken in within its bounds.
pub fn picture(bytes: &[u8]) {
    if let Ok(taken) = image::import(bytes) {
        assert!(taken.len() <= image::limit::BYTES);
    }
}

/// A map to paste into and to capture for, with its names; read once.
static SAMPLE: LazyLock<(Map, Names)> = LazyLock::new(|| {
    let text = include_bytes!("../sample_maps/bank-account.journey.ron");
    let document = ron::read(text);
    let map = document.map(|document| document.map).unwrap_or_default();
    let names = Names::of(&map);
    (map, names)
});
