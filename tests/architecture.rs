//! Checks the imports between the folders of `src` against the table in
//! ARCHITECTURE.md, because the compiler does not check boundaries within one
//! crate.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Folders and files under `src`, with the modules of this crate that each may
/// import.
const ALLOWED_IMPORTS: &[(&str, &[&str])] = &[
    ("geom", &[]),
    ("model", &[]),
    ("edit", &["model"]),
    ("format", &["model"]),
    ("image", &["model"]),
    ("capture", &["model", "edit"]),
    ("exchange", &["model", "edit", "capture", "format"]),
    ("graph", &["model"]),
    ("insight", &["model", "graph"]),
    ("text", &["geom"]),
    ("theme", &["geom", "text"]),
    ("layout", &["model", "graph", "text", "geom", "theme"]),
    (
        "scene",
        &["model", "insight", "layout", "text", "geom", "theme"],
    ),
    ("export", &["scene", "image", "text", "geom", "theme"]),
    (
        "session",
        &[
            "model", "edit", "capture", "format", "exchange", "graph", "insight", "text", "theme",
            "layout", "scene", "export", "geom", "image",
        ],
    ),
    (
        "cli",
        &[
            "model", "edit", "capture", "format", "exchange", "graph", "insight", "text", "theme",
            "layout", "scene", "export", "geom", "image", "session",
        ],
    ),
    (
        "app",
        &[
            "model", "edit", "capture", "format", "exchange", "graph", "insight", "text", "theme",
            "layout", "scene", "export", "geom", "image", "session",
        ],
    ),
];

/// Crates that may be used in some folders only.
const CRATE_FOLDERS: &[(&str, &str)] = &[
    ("egui", "app"),
    ("eframe", "app"),
    ("rfd", "app"),
    ("zbus", "app"),
    ("async_io", "app"),
    ("lyon_tessellation", "app"),
    ("frizbee", "app"),
    ("etcetera", "settings"),
    ("percent_encoding", "cli"),
    ("clap", "cli"),
    ("parley", "text"),
    ("fontique", "text"),
    ("ron", "format"),
    ("image", "image"),
    ("petgraph", "graph"),
    ("icu_normalizer", "capture"),
    ("tiny_skia", "export app"),
];

fn rust_files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            rust_files(&path, found);
        } else if path.extension().is_some_and(|e| e == "rs") {
            found.push(path);
        }
    }
}

/// Returns the folder (or single file) under `src` that a file belongs to.
fn source_folder(path: &Path) -> String {
    let inside = path
        .strip_prefix(Path::new(env!("CARGO_MANIFEST_DIR")).join("src"))
        .unwrap();
    let first = inside
        .components()
        .next()
        .unwrap()
        .as_os_str()
        .to_str()
        .unwrap();
    first.trim_end_matches(".rs").to_owned()
}

/// Returns every `crate::x` in the code of a file, without comments and imports for
/// tests.
fn named_modules(code: &str) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for line in outside_tests(code) {
        let mut rest = line;
        while let Some(at) = rest.find("crate::") {
            rest = &rest[at + "crate::".len()..];
            let name: String = rest
                .chars()
                .take_while(|c| c.is_alphanumeric() || *c == '_')
                .collect();
            names.insert(name);
        }
    }
    names.remove("");
    names
}

/// Returns the lines of code up to the test module at the end, without comments and
/// imports for tests.
fn outside_tests(code: &str) -> impl Iterator<Item = &str> {
    let mut before = "";
    code.lines()
        .map(move |line| (std::mem::replace(&mut before, line) == "#[cfg(test)]", line))
        .take_while(|(tests, line)| !(*tests && line.ends_with('{')))
        .filter(|(tests, line)| !tests && !line.trim_start().starts_with("//"))
        .map(|(_, line)| line)
}

/// Whether a file contains only tests.
fn is_test_file(file: &Path) -> bool {
    let in_tests = file.components().any(|part| part.as_os_str() == "tests");
    in_tests || file.ends_with("tests.rs") || file.ends_with("laws.rs")
}

#[test]
fn folders_import_only_what_the_table_allows() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    rust_files(&root, &mut files);
    assert!(files.len() > 30, "sources not found");
    let mut wrong = Vec::new();
    for file in files {
        let home = source_folder(&file);
        if home == "lib" || home == "main" || is_test_file(&file) {
            continue;
        }
        let allowed = ALLOWED_IMPORTS.iter().find(|(name, _)| *name == home);
        let Some((_, allowed)) = allowed else {
            wrong.push(format!("src/{home} is not in the table"));
            continue;
        };
        let code = fs::read_to_string(&file).unwrap();
        for name in named_modules(&code) {
            if name != home && !allowed.contains(&name.as_str()) {
                wrong.push(format!("{} names crate::{name}", file.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn external_crates_are_used_in_their_folders_only() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    rust_files(&root, &mut files);
    let mut wrong = Vec::new();
    for file in files {
        let here = source_folder(&file);
        let code = fs::read_to_string(&file).unwrap();
        for line in outside_tests(&code) {
            for (name, owner) in CRATE_FOLDERS {
                let imported = line.trim_start().starts_with(&format!("use {name}::"))
                    || line.contains(&format!(" {name}::"))
                    || line.contains(&format!("({name}::"));
                if imported && !owner.split(' ').any(|home| home == here) {
                    wrong.push(format!("{} uses {name}: {}", file.display(), line.trim()));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
