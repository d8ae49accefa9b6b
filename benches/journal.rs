//! Size and time of a step on disk: proportional to the step, independent of the
//! map.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
#![allow(clippy::print_stdout, reason = "bytes are reported beside times")]

#[path = "generator/mod.rs"]
mod generator;

use divan::Bencher;
use std::path::Path;
use touchline::edit::Intent;
use touchline::format;
use touchline::session::{FLUSH_TIMEOUT, Session};
use touchline::storage;
use touchline::storage::Journals;

const SIZES: [usize; 3] = [200, 2_000, 20_000];

fn main() {
    for touchpoints in SIZES {
        report(touchpoints);
    }
    divan::main();
}

struct JournalBench {
    _folder: tempfile::TempDir,
    journals: Journals,
    session: Session,
    count: usize,
}

impl JournalBench {
    fn new(touchpoints: usize) -> JournalBench {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("map.journey.ron");
        let text = format::write(&generator::map(touchpoints));
        storage::write(&path, text.as_bytes()).unwrap();
        let journals = Journals::in_folder(Some(&folder.path().join("journals")));
        let mut session = Session::open(&path).unwrap();
        session.enable_journal(&journals);
        let mut place = JournalBench {
            _folder: folder,
            journals,
            session,
            count: 0,
        };
        place.step();
        place
    }

    /// Renames a touchpoint in the middle and waits until the step is on the
    /// device.
    fn step(&mut self) {
        let map = self.session.map();
        let middle = map.touchpoint_count() / 2;
        let mut touchpoint = map.touchpoints().nth(middle).unwrap().clone();
        self.count += 1;
        touchpoint.name = format!("Renamed {}", self.count);
        let intent = Intent::SetTouchpoint(Box::new(touchpoint));
        self.session.apply(&intent).unwrap();
        assert!(self.journals.flush(FLUSH_TIMEOUT));
    }

    fn journal_bytes(&self) -> u64 {
        let folder = self.journals.folder().unwrap();
        let lengths = std::fs::read_dir(folder).unwrap();
        lengths
            .map(|entry| entry.unwrap().metadata().unwrap().len())
            .sum()
    }
}

fn report(touchpoints: usize) {
    let mut place = JournalBench::new(touchpoints);
    let first = place.journal_bytes();
    let steps = 20;
    for _ in 0..steps {
        place.step();
    }
    let grown = place.journal_bytes() - first;
    let file = |path: &Path| std::fs::metadata(path).unwrap().len();
    let path = place.session.path().unwrap().to_owned();
    let before = place.journal_bytes();
    place.session.save().unwrap();
    assert!(place.journals.flush(FLUSH_TIMEOUT));
    println!(
        "{touchpoints:>6} touchpoints: a step takes {} bytes of journal, a save {} and the file of {}",
        grown / steps,
        place.journal_bytes() - before,
        file(&path)
    );
    place.session.close();
}

#[divan::bench(args = SIZES, sample_count = 20, sample_size = 1)]
fn step_on_disk(bencher: Bencher<'_, '_>, touchpoints: usize) {
    let mut place = JournalBench::new(touchpoints);
    bencher.bench_local(|| place.step());
}

#[divan::bench(args = SIZES, sample_count = 5, sample_size = 1)]
fn save(bencher: Bencher<'_, '_>, touchpoints: usize) {
    let mut place = JournalBench::new(touchpoints);
    bencher.bench_local(|| place.session.save().unwrap());
}

/// The time that a save blocks the window; writing happens on another thread.
#[divan::bench(args = SIZES, sample_count = 5, sample_size = 1)]
fn save_on_the_frame(bencher: Bencher<'_, '_>, touchpoints: usize) {
    let mut place = JournalBench::new(touchpoints);
    bencher.bench_local(|| {
        let job = place.session.begin_save(None).unwrap();
        drop(job);
        let _ = place.session.abandon_save();
    });
}
