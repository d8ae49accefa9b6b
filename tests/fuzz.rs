//! The fuzz targets, run on seeds and a bounded number of mutated inputs.
//! `FUZZ_RUNS=100000 cargo test --release --test fuzz -- --nocapture` runs longer,
//! `FUZZ_TARGET=map` one target only.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
#![allow(clippy::print_stdout, reason = "the number of executions is reported")]

#[path = "../fuzz/targets.rs"]
#[allow(dead_code, reason = "libFuzzer mutates in place")]
mod targets;

use peak_alloc::PeakAlloc;
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use targets::Target;
use targets::mutate::Mutator;
use targets::random::Random;

/// Counts the memory in use.
#[global_allocator]
static MEMORY: PeakAlloc = PeakAlloc;

/// Bytes of memory for each byte of an input.
const MEMORY_FACTOR: usize = 200;

fn seeds(target: &str) -> Vec<Vec<u8>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let own = match target {
        "map" => "format",
        "decode" => "picture",
        target => target,
    };
    let mut folders = vec![root.join("fuzz/seeds").join(own)];
    folders.retain(|folder| folder.exists());
    if matches!(target, "format" | "map" | "clipboard") {
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
    for (name, target, base) in targets::ALL {
        if only.as_deref().is_some_and(|only| only != name) {
            continue;
        }
        let seeds = seeds(name);
        let mutator = Mutator::new(name, target, seeds.clone());
        let mut random = Random::new(seed);
        let (mut accepted, mut largest) = (0, 0);
        for seed in &seeds {
            try_one((name, target, base), seed);
        }
        for _ in 0..runs {
            let tried = try_one((name, target, base), &mutator.next(&mut random));
            accepted += usize::from(tried.0);
            largest = largest.max(tried.1);
        }
        println!(
            "{name}: {} executions survived, {} % of {runs} mutated inputs accepted, at most {} kB",
            seeds.len() + runs,
            100 * accepted / runs.max(1),
            largest / 1000
        );
        assert!(accepted * 2 > runs, "{name}: most inputs are refused");
    }
}

/// Whether an input is accepted, and the memory that it needs.
fn try_one((name, target, base): (&str, Target, usize), bytes: &[u8]) -> (bool, usize) {
    MEMORY.reset_peak_usage();
    let before = MEMORY.current_usage();
    let Ok(accepted) = catch_unwind(AssertUnwindSafe(|| target(bytes))) else {
        let smaller = shrunk(target, bytes.to_vec());
        println!("{name}: {:?}", String::from_utf8_lossy(&smaller));
        target(&smaller);
        panic!("{name} failed only once: {bytes:?}");
    };
    let memory = MEMORY.peak_usage().saturating_sub(before);
    let most = base + MEMORY_FACTOR * bytes.len();
    assert!(
        memory < most,
        "{name}: {memory} bytes for {:?}",
        String::from_utf8_lossy(bytes)
    );
    (accepted, memory)
}
