//! The fuzz targets, run on seeds and a bounded number of mutated inputs.
//! `FUZZ_RUNS=100000 cargo test --release --test fuzz -- --nocapture` runs longer.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
#![allow(clippy::print_stdout, reason = "the number of executions is reported")]

#[path = "../fuzz/targets.rs"]
mod targets;

use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use targets::Target;
use targets::random::Random;

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

fn seeds(target: &str) -> Vec<Vec<u8>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut folders = vec![root.join("fuzz/seeds").join(target)];
    folders.retain(|folder| folder.exists());
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

fn survives(target: Target, bytes: &[u8]) -> bool {
    catch_unwind(AssertUnwindSafe(|| target(bytes))).is_ok()
}

/// Leaves out what is not needed for the target to fail.
fn shrunk(target: Target, mut bytes: Vec<u8>) -> Vec<u8> {
    let hook = std::panic::take_hook();
    std::panic::set_hook(Box::new(|_| {}));
    let mut length = bytes.len() / 2;
    while length > 0 {
        let mut at = 0;
        while at < bytes.len() {
            let mut fewer = bytes.clone();
            fewer.drain(at..(at + length).min(bytes.len()));
            match survives(target, &fewer) {
                true => at += length,
                false => bytes = fewer,
            }
        }
        length /= 2;
    }
    std::panic::set_hook(hook);
    bytes
}

#[test]
fn fuzz_targets_accept_any_input() {
    let runs: usize = std::env::var("FUZZ_RUNS").map_or(150, |runs| runs.parse().unwrap());
    let seed = std::env::var("FUZZ_SEED").map_or(0x5eed, |seed| seed.parse().unwrap());
    let only = std::env::var("FUZZ_TARGET").ok();
    for (name, target) in targets::ALL {
        if only.as_deref().is_some_and(|only| only != name) {
            continue;
        }
        let seeds = seeds(name);
        let mut random = Random::new(seed);
        let try_one = |bytes: &[u8]| {
            if !survives(target, bytes) {
                let smaller = shrunk(target, bytes.to_vec());
                println!("{name}: {:?}", String::from_utf8_lossy(&smaller));
                target(&smaller);
                panic!("{name} failed only once: {bytes:?}");
            }
        };
        seeds.iter().for_each(|seed| try_one(seed));
        for _ in 0..runs {
            try_one(&match name {
                "session" => random.bytes(4_000),
                _ => mutated(&seeds, &mut random),
            });
        }
        println!("{name}: {} executions survived", seeds.len() + runs);
    }
}
