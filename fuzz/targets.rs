//! Fuzz targets for untrusted bytes and random edits. Each must end quickly, in bounded
//! memory, and never panic, and accepted input must be preserved.

pub mod choices;
pub mod chunks;
mod comments;
mod intents;
pub mod mutate;
pub mod random;
mod records;
mod saved_views;
pub mod session;
pub mod structure;

use std::fs::File;
use std::io::{self, Write};
use std::path::Path;
use std::sync::LazyLock;
use std::time::SystemTime;
use touchline::capture::{self, InsertionPoint, IntentBuilder, Vocabulary};
use touchline::clipboard::{self, Fragment};
use touchline::edit::IdFactory;
use touchline::edit::journal::{self, JournalEntry, Replay};
use touchline::graph::Graph;
use touchline::insight::{self, Stats};
use touchline::model::{Date, Image, Map};
use touchline::render::{RenderOptions, View, render_findings, render_view};
use touchline::session::{fix_intent, read_findings};
use touchline::settings::{AppDirs, Preferences, RecentMaps};
use touchline::storage::{OtherEditor, Presence};
use touchline::text::Typesetter;
use touchline::{export, format as ron, image};

/// A fuzz target; whether it accepted the input rather than refuse it.
pub type Target = fn(&[u8]) -> bool;

/// Bytes of memory that any input may need, beside a multiple of its length.
const LITTLE: usize = 8_000_000;

/// All targets by name, with the bytes of memory that a short input may need.
pub const ALL: [(&str, Target, usize); 10] = [
    ("format", format, LITTLE),
    ("map", map, LITTLE),
    ("journal", journal, LITTLE),
    ("clipboard", clipboard, LITTLE),
    ("capture", capture, LITTLE),
    // As many pixels as are let in, decoded and converted.
    ("picture", picture, image::limit::PIXELS as usize * 8),
    ("decode", decode, Image::MAX_PIXELS as usize * 8),
    ("preferences", preferences, LITTLE),
    ("presence", presence, LITTLE),
    ("session", session::run, LITTLE),
];

/// Files: an accepted file is written and read again as the same map.
pub fn format(bytes: &[u8]) -> bool {
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
            true
        }
        Err(error) => {
            assert!(!error.to_string().is_empty());
            false
        }
    }
}

/// Maps that were read: findings, report, statistics and the drawing of every view.
pub fn map(bytes: &[u8]) -> bool {
    let Ok(document) = ron::read(bytes) else {
        return false;
    };
    let map = &document.map;
    let graph = Graph::of(map);
    let today = Date::constant(2026, 6, 1);
    let read = read_findings(map, &document.warnings, None);
    let findings = insight::findings(map, &graph, today, read.clone());
    assert_eq!(insight::count(map, today, read), findings.open.len());
    for finding in &findings.open {
        assert!(!finding.message.is_empty());
        assert!(finding.subject.is_in(map), "{finding:?}");
    }
    for (finding, fix) in findings
        .open
        .iter()
        .flat_map(|f| f.fixes.iter().map(move |x| (f, x)))
        .take(4)
    {
        let mut fixed = map.clone();
        let intent = fix_intent(map, finding, fix, &mut IdFactory::new(&mut ids()));
        if let Some(intent) = intent {
            let changes = touchline::edit::plan_and_apply(&mut fixed, &intent);
            assert!(changes.is_ok(), "{changes:?} by {fix:?}");
            session::assert_reads_back(&fixed);
        }
    }
    let report = insight::narrative(map, &graph, &findings, today);
    assert!(report.ends_with('\n'));
    let stats = Stats::of(map, &graph, today);
    assert_eq!(stats.touchpoints, map.touchpoint_count());
    TYPESETTER.with_borrow_mut(|typesetter| {
        let options = RenderOptions::default();
        let scenes = View::ALL.map(|view| match view {
            View::Findings => Some(render_findings(
                map,
                (&findings, today),
                &options,
                typesetter,
            )),
            view => render_view(map, view, &options, typesetter),
        });
        for scene in scenes.into_iter().flatten() {
            let mut svg = Vec::new();
            let written = export::svg(&scene, false, typesetter, &mut svg);
            assert!(written.is_ok(), "{written:?}");
            let svg = String::from_utf8(svg).unwrap_or_default();
            assert!(svg.starts_with('<') && svg.trim_end().ends_with("</svg>"));
            assert!(
                !svg.contains(|c: char| c.is_control() && !matches!(c, '\n' | '\t')),
                "{svg}"
            );
        }
    });
    true
}

/// Journals: valid entries are replayed or refused without a change.
pub fn journal(bytes: &[u8]) -> bool {
    let Ok(journal) = journal::decode(bytes) else {
        return false;
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
            break;
        }
    }
    journal.valid_length == bytes.len()
}

/// The clipboard: a part of a map is pasted, a list is read.
pub fn clipboard(bytes: &[u8]) -> bool {
    let text = String::from_utf8_lossy(bytes);
    let (map, names) = &*SAMPLE;
    let mut accepted = false;
    if clipboard::looks_like_map(&text)
        && let Ok(fragment) = Fragment::read(&text)
    {
        let place = clipboard::PasteTarget {
            touchpoints: None,
            stages: 0,
        };
        let pasted = fragment.paste("Paste", map, &place, &mut IdFactory::new(&mut ids()));
        let mut map = map.clone();
        let changes = touchline::edit::plan_and_apply(&mut map, &pasted.intent);
        assert!(changes.is_ok(), "{changes:?}");
        session::assert_reads_back(&map);
        assert!(Fragment::read(&fragment.text()).is_ok());
        accepted = true;
    }
    if capture::list::is_list(&text) {
        let list = capture::list::read(&text, names);
        assert!(list.touchpoint_count() <= text.len() + 1);
        accepted = true;
    }
    accepted
}

/// Lines of capture: every line can be parsed, printing is stable, and what is captured
/// reads back the same.
pub fn capture(bytes: &[u8]) -> bool {
    let text = String::from_utf8_lossy(bytes);
    let (map, names) = &*SAMPLE;
    let mut next_id = ids();
    let mut ids = IdFactory::new(&mut next_id);
    let mut builder = IntentBuilder::new(map, &InsertionPoint::End, &mut ids);
    for line in text.lines().take(100) {
        let said = capture::parse(line, names).interpret();
        let printed = capture::format_line(&said, names);
        let again = capture::parse(&printed, names).interpret();
        assert_eq!(capture::format_line(&again, names), printed);
        builder.add_line(&said);
    }
    if let Some(intent) = builder.finish("Capture") {
        let mut map = map.clone();
        let changes = touchline::edit::plan_and_apply(&mut map, &intent);
        assert!(changes.is_ok(), "{changes:?}");
        session::assert_reads_back(&map);
    }
    true
}

/// Images: refused, or imported within the bounds.
pub fn picture(bytes: &[u8]) -> bool {
    let taken = image::import(bytes);
    if let Ok(taken) = &taken {
        assert!(taken.len() <= image::limit::BYTES);
        assert!(image::decode(taken, 64).is_ok());
    }
    taken.is_ok()
}

/// Images of a map: refused, or decoded within the bounds.
pub fn decode(bytes: &[u8]) -> bool {
    const SIDE: u32 = 96;
    let decoded = image::decode(bytes, SIDE);
    if let Ok(pixels) = &decoded {
        assert!(pixels.width.max(pixels.height) <= SIDE);
        assert_eq!(pixels.rgba.len() as u32, 4 * pixels.width * pixels.height);
        let drawn = Image {
            data: touchline::model::ImageData::Bytes(bytes.into()),
            ..Image::default()
        };
        assert!(drawn.header().is_some());
    }
    decoded.is_ok()
}

/// Writes a file as another program might: damaged, and without waiting for the disk.
fn write_in_place(path: &Path, bytes: &[u8]) -> io::Result<()> {
    File::create(path)?.write_all(bytes)
}

/// Preferences and recent maps: read as far as they are understood, and kept.
pub fn preferences(bytes: &[u8]) -> bool {
    FOLDER.with(|folder| {
        let home = AppDirs::in_folder(folder.path());
        let write = |bytes: &[u8]| {
            for file in ["preferences.json", "recent"] {
                let written = write_in_place(&folder.path().join(file), bytes);
                assert!(written.is_ok(), "{written:?}");
            }
        };
        write(bytes);
        assert!(RecentMaps::load(&home).paths().len() <= 20);
        let preferences = Preferences::read(&home);
        assert!((0.8..=2.0).contains(&preferences.zoom()));
        let text = serde_json::to_string(&preferences).unwrap_or_default();
        write(text.as_bytes());
        assert_eq!(Preferences::read(&home), preferences);
        preferences != Preferences::default()
    })
}

/// The note beside an open map: a note of another editor, or of nobody.
pub fn presence(bytes: &[u8]) -> bool {
    FOLDER.with(|folder| {
        let map = folder.path().join("a.journey.ron");
        let note = folder.path().join(".~lock.a.journey.ron#");
        let written = write_in_place(&note, bytes);
        assert!(written.is_ok(), "{written:?}");
        assert_note_is_respected(&map, &note, bytes)
    })
}

fn assert_note_is_respected(map: &Path, note: &Path, bytes: &[u8]) -> bool {
    let is_note = serde_json::from_slice::<OtherEditor>(bytes).is_ok();
    match Presence::announce(map, SystemTime::now()) {
        Ok(ours) => drop(ours),
        Err(other) => {
            let host = other.map(|other| other.host).unwrap_or_default();
            assert!(host.chars().count() <= 64 && !host.contains(char::is_control));
            assert_eq!(std::fs::read(note).unwrap_or_default(), bytes);
        }
    }
    is_note
}

/// Numbers for new ids, none twice.
fn ids() -> impl FnMut() -> u64 {
    let mut random = 0_u64;
    move || {
        random = random
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        random >> 30
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

thread_local! {
    static TYPESETTER: std::cell::RefCell<Typesetter> = Typesetter::bundled().into();
    static FOLDER: tempfile::TempDir = tempfile::tempdir().unwrap_or_else(|error| panic!("{error}"));
}
