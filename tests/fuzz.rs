//! The fuzz targets, run on seeds and a bounded number of mutated inputs.
//! `FUZZ_RUNS=100000 cargo test --release --test fuzz -- --nocapture` runs longer.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
#![allow(clippy::print_stdout, reason = "the number of executions is reported")]

#[path = "../fuzz/targets.rs"]
mod targets;

use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

/// The maximum length of a seed in bytes: short inputs reach as much code, sooner.
const LONGEST: usize = 3_000;

/// Fragments of RON, JSON and lines of capture.
const PIECES: [&str; 24] = [
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    "\"",
    "\\u{202e}",
    "r#\"",
    "/*",
    "*/",
    "//",
    ",",
    ":",
    "Some(",
    "stages: [",
    "touchpoints: [(name: \"",
    "format: 0",
    "format: 99",
    "\u{feff}",
    "\0",
    "1e999",
    " @web !3 ?",
    "#![enable(implicit_some)]",
];

struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn below(&mut self, n: usize) -> usize {
        (self.next() % n.max(1) as u64) as usize
    }
}

fn seeds(target: &str) -> Vec<Vec<u8>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut folders = vec![root.join("fuzz/seeds").join(target)];
    if matches!(target, "format" | "clipboard") {
        folders.push(root.join("tests/corpus/good"));
        folders.push(root.join("tests/corpus/bad"));
        folders.push(root.join("assets/templates"));
    }
    let mut files: Vec<_> = folders
        .iter()
        .flat_map(|folder| fs::read_dir(folder).unwrap())
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_file())
        .collect();
    files.sort();
    files
        .into_iter()
        .map(|path| fs::read(path).unwrap())
        .collect()
}

fn mutated(seeds: &[Vec<u8>], random: &mut Random) -> Vec<u8> {
    let pick = |random: &mut Random| {
        let seed = &seeds[random.below(seeds.len())];
        let from = match seed.len() > LONGEST && random.below(2) == 0 {
            true => random.below(seed.len() - LONGEST),
            false => 0,
        };
        seed[from..(from + LONGEST).min(seed.len())].to_vec()
    };
    let mut bytes = pick(random);
    for _ in 0..=random.below(6) {
        let at = random.below(bytes.len() + 1);
        let end = (at + random.below(40)).min(bytes.len());
        match random.below(7) {
            0 => bytes.truncate(at),
            1 => drop(bytes.drain(at..end)),
            2 => {
                if let Some(byte) = bytes.get_mut(at) {
                    *byte ^= 1 << random.below(8);
                }
            }
            3 => {
                let copy = bytes[at..end].to_vec();
                bytes.splice(at..at, copy);
            }
            4 => {
                let other = pick(random);
                let from = random.below(other.len() + 1);
                let to = (from + random.below(200)).min(other.len());
                bytes.splice(at..end, other[from..to].iter().copied());
            }
            _ => {
                let piece = PIECES[random.below(PIECES.len())];
                bytes.splice(at..at, piece.bytes());
            }
        }
    }
    bytes
}

#[test]
fn fuzz_targets_accept_any_input() {
    let runs: usize = std::env::var("FUZZ_RUNS").map_or(150, |runs| runs.parse().unwrap());
    let seed = std::env::var("FUZZ_SEED").map_or(0x5eed, |seed| seed.parse().unwrap());
    for (name, target) in targets::ALL {
        let seeds = seeds(name);
        assert!(!seeds.is_empty(), "{name} has no seeds");
        let mut random = Random(seed);
        let try_one = |bytes: &[u8]| {
            let survived = catch_unwind(AssertUnwindSafe(|| target(bytes))).is_ok();
            assert!(survived, "{name}: {:?}", String::from_utf8_lossy(bytes));
        };
        seeds.iter().for_each(|seed| try_one(seed));
        for _ in 0..runs {
            try_one(&mutated(&seeds, &mut random));
        }
        println!("{name}: {} executions survived", seeds.len() + runs);
    }
}
