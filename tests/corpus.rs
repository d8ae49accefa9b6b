//! Files with problems as they occur in practice. The expected messages are in a
//! `.txt` file beside each; to write these, run with `TOUCHLINE_BLESS=1` and check
//! the difference.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::fs;
use std::path::{Path, PathBuf};
use touchline::format;

fn files(folder: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/corpus")
        .join(folder);
    let mut files: Vec<PathBuf> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|e| e == "ron"))
        .collect();
    files.sort();
    assert!(files.len() > 10, "the corpus is not there");
    files
}

fn differs_from_expected(file: &Path, actual: &str) -> Option<String> {
    let beside = file.with_extension("").with_extension("txt");
    if std::env::var_os("TOUCHLINE_BLESS").is_some() {
        if actual.is_empty() {
            let _ = fs::remove_file(&beside);
        } else {
            let mut out = fs::File::create(&beside).unwrap();
            std::io::Write::write_all(&mut out, actual.as_bytes()).unwrap();
        }
    }
    let expected = fs::read_to_string(&beside).unwrap_or_default();
    (expected != actual).then(|| {
        format!(
            "{}\nexpected: {expected}\nactual:   {actual}",
            file.display()
        )
    })
}

#[test]
fn bad_files_are_refused_with_a_sentence() {
    let mut wrong = Vec::new();
    for file in files("bad") {
        match format::read(&fs::read(&file).unwrap()) {
            Ok(_) => wrong.push(format!("{} opened", file.display())),
            Err(error) => {
                let actual = error.to_string();
                assert!(!actual.contains('\n'), "{actual}");
                wrong.extend(differs_from_expected(&file, &format!("{actual}\n")));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

#[test]
fn good_files_open_with_the_expected_warnings() {
    let mut wrong = Vec::new();
    for file in files("good") {
        let document = match format::read(&fs::read(&file).unwrap()) {
            Ok(document) => document,
            Err(error) => {
                wrong.push(format!("{}: {error}", file.display()));
                continue;
            }
        };
        let actual: String = document
            .warnings
            .iter()
            .map(|warning| format!("{warning}\n"))
            .collect();
        wrong.extend(differs_from_expected(&file, &actual));
        let canonical = format::write(&document.map);
        let again = format::read(canonical.as_bytes()).unwrap();
        assert_eq!(again.map, document.map, "{}", file.display());
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

/// Requires a sample of the old version whenever the version is raised.
#[test]
fn every_version_of_the_format_has_a_canonical_sample() {
    for version in 1..=format::VERSION {
        let name = format!("version-{version}.journey.ron");
        let file = files("good")
            .into_iter()
            .find(|f| f.file_name().is_some_and(|n| n == name.as_str()))
            .unwrap_or_else(|| panic!("{name} is missing"));
        let text = fs::read(file).unwrap();
        let document = format::read(&text).unwrap();
        assert_eq!(document.warnings, []);
        if version == format::VERSION {
            assert!(format::is_canonical(&text, &document.map));
        }
    }
}
