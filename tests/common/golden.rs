//! Sample maps and comparison with expected output. `TOUCHLINE_BLESS=1` writes the
//! expected output.

use std::path::Path;
use touchline::model::Map;

/// Reads a sample map by its name.
pub fn sample(name: &str) -> Map {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/sample_maps");
    let bytes = std::fs::read(format!("{folder}/{name}.journey.ron")).unwrap();
    touchline::format::read(&bytes).unwrap().map
}

/// Returns all sample maps with their names.
pub fn samples() -> Vec<(String, Map)> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/sample_maps");
    let names = std::fs::read_dir(folder).unwrap();
    let names = names.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    // A window with an open sample leaves a note beside it.
    let mut names: Vec<String> = names
        .filter_map(|name| Some(name.strip_suffix(".journey.ron")?.to_owned()))
        .collect();
    names.sort();
    assert!(names.len() >= 7, "sample maps are missing");
    let all = names.into_iter().map(|name| {
        let map = sample(&name);
        (name, map)
    });
    all.collect()
}

/// Asserts that a text equals that of a file in the project.
#[track_caller]
pub fn assert_golden(file: &str, text: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(file);
    if std::env::var_os("TOUCHLINE_BLESS").is_some() {
        touchline::storage::write(&path, text.as_bytes()).unwrap();
    }
    let expected = std::fs::read_to_string(&path).unwrap_or_default();
    let mut lines = expected.lines().zip(text.lines());
    let line = lines.position(|(a, b)| a != b);
    assert!(
        expected == text,
        "{file} differs from line {:?} on; look at it, then set TOUCHLINE_BLESS=1:\n{text}",
        line.map(|line| line + 1)
    );
}
