//! Checks the imports between the files of `src` against the tables in ARCHITECTURE.md, because
//! the compiler does not check boundaries within one crate.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "architecture/module_graph.rs"]
mod module_graph;

use module_graph::{ModuleGraph, is_inside};
use std::collections::BTreeSet;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

/// Folders and files under `src`, with the modules of this crate that each may
/// import.
const ALLOWED_IMPORTS: &[(&str, &str)] = &[
    ("english", ""),
    ("folding", ""),
    ("geom", ""),
    ("room", ""),
    ("task", ""),
    ("git", "task storage"),
    ("model", ""),
    ("edit", "english model"),
    ("format", "model"),
    ("image", "model"),
    ("capture", "folding model edit"),
    ("clipboard", "folding model edit capture format"),
    ("graph", "model"),
    ("insight", "english folding model graph"),
    ("import", "folding model edit insight"),
    ("presentation", "english model graph insight"),
    ("compare", "english folding model edit graph insight"),
    ("text", "folding geom"),
    ("theme", "geom text"),
    ("layout", "folding model graph text geom theme"),
    ("scene", "model insight layout text geom theme"),
    ("export", "folding scene image text geom theme"),
    ("storage", "model edit format"),
    ("settings", "model task room theme storage"),
    (
        "render",
        "english task room model compare graph insight text theme layout scene export geom image storage",
    ),
    ("search", "folding model scene"),
    ("saved_view", "model graph theme layout scene render search"),
    (
        "session",
        "english folding task model edit capture format graph insight compare text theme layout scene image storage \
         render git",
    ),
    (
        "cli",
        "english folding task room model edit capture format clipboard graph insight import presentation compare text theme layout scene \
         export geom \
         image storage settings render search saved_view session git",
    ),
    (
        "app",
        "english folding task room model edit capture format clipboard graph insight import presentation compare text theme layout scene \
         export geom \
         image storage settings render search saved_view session git",
    ),
];

/// For folders and files in `app/`, `layout/` and `insight/`: what each may import of the same
/// folder.
const ALLOWED_INSIDE: &[(&str, &str, &str)] = &[
    ("app", "ui", ""),
    ("app", "canvas", "ui"),
    ("app", "document", "canvas ui"),
    ("app", "editing", "document"),
    ("app", "platform", "ui"),
    ("app", "command", "document ui"),
    ("app", "frame", "document command platform ui"),
    ("app", "panels", "frame editing command document canvas ui"),
    (
        "app",
        "inline_edit",
        "frame editing command document canvas ui",
    ),
    ("app", "tools", "frame editing command document canvas ui"),
    (
        "app",
        "capture_bar",
        "frame editing command document canvas ui",
    ),
    ("app", "home", "frame editing command document canvas ui"),
    (
        "app",
        "modals",
        "frame editing command document canvas platform ui",
    ),
    (
        "app",
        "presentation",
        "frame command document canvas platform ui",
    ),
    (
        "app",
        "chrome",
        "frame editing command document canvas ui tools inline_edit panels presentation",
    ),
    ("app", "workspace", "document editing platform"),
    ("app", "input", "command document ui"),
    (
        "app",
        "handlers",
        "app frame editing command document canvas ui platform workspace panels inline_edit tools \
         capture_bar home modals input presentation",
    ),
    ("layout", "text_block", ""),
    ("layout", "grid", ""),
    ("layout", "paths", "text_block"),
    ("layout", "conflicts", "text_block"),
    ("layout", "stage_band", "conflicts text_block"),
    ("layout", "legend", "handoffs text_block"),
    (
        "layout",
        "curve",
        "cell_content comparison_options grid shared_inputs stage text_block",
    ),
    (
        "layout",
        "route",
        "grid handoffs paths shared_inputs stage text_block",
    ),
    (
        "layout",
        "flow",
        "card conflicts grid header legend paths stage_band text_block",
    ),
    (
        "layout",
        "ownership",
        "card flow header legend paths stage_band text_block",
    ),
    ("layout", "findings", "header text_block"),
    (
        "insight",
        "checks",
        "context finding measures rule scores usage",
    ),
    ("insight", "report", "checks finding measures rule stats"),
    ("insight", "measures", ""),
    ("insight", "scores", "impact measures"),
    ("insight", "stats", "checks"),
    ("insight", "context", "acceptance finding rule"),
    ("insight", "acceptance", "finding"),
];

/// Crates that may be used in some folders only.
const CRATE_FOLDERS: &[(&str, &str)] = &[
    ("egui", "app"),
    ("egui_winit", "app"),
    ("arboard", "app"),
    ("eframe", "app"),
    ("rfd", "app"),
    ("zbus", "app"),
    ("async_io", "app"),
    ("lyon_tessellation", "app"),
    ("frizbee", "app"),
    ("etcetera", "settings"),
    ("percent_encoding", "cli"),
    ("clap", "cli"),
    ("csv", "cli import"),
    ("parley", "text"),
    ("fontique", "text"),
    ("ron", "format"),
    ("serde_ignored", "format"),
    ("serde_path_to_error", "format"),
    ("image", "image"),
    ("petgraph", "graph"),
    ("similar", "compare"),
    ("icu_normalizer", "folding"),
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
    in_tests || file.ends_with("tests.rs") || file.ends_with("proptests.rs")
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
            if name != home && !allowed.split(' ').any(|module| module == name) {
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

fn module_graph() -> ModuleGraph {
    ModuleGraph::read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src/lib.rs"))
}

#[test]
fn no_circle_of_imports() {
    let graph = module_graph();
    assert!(graph.imports().count() > 500, "imports not found");
    let mut wrong = Vec::new();
    for files in graph.circles("") {
        wrong.push(format!(
            "a circle of {} files:\n{}",
            files.len(),
            graph.imports_among(&files)
        ));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn inner_folders_import_only_what_the_table_allows() {
    let graph = module_graph();
    let mut wrong = Vec::new();
    for (parent, folder, allowed) in ALLOWED_INSIDE {
        let part = |file: &str| {
            let inside = is_inside(file, parent).then(|| &file[parent.len() + 1..])?;
            let first = inside.split('/').next()?;
            Some(first.trim_end_matches(".rs").to_owned())
        };
        for (from, to) in graph.imports() {
            if part(from).as_deref() == Some(folder)
                && let Some(to_part) = part(to)
                && to_part != *folder
                && !allowed.split(' ').any(|name| name == to_part)
            {
                wrong.push(format!("{from} imports {to}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_graph_follows_re_exports_and_finds_circles() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, code: &str| {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::File::create(path)
            .and_then(|mut file| file.write_all(code.as_bytes()))
            .unwrap();
    };
    write("lib.rs", "mod a;\nmod b;\nmod c;");
    write(
        "a/mod.rs",
        "mod inner;\npub use inner::Inner;\npub struct Outer;",
    );
    write("a/inner.rs", "use super::Outer;\npub struct Inner(Outer);");
    write(
        "b.rs",
        "use crate::a::Inner;\npub fn f(_: Inner) { crate::c::g() }",
    );
    write(
        "c.rs",
        "pub fn g() { println!(\"{}\", crate::b::f as usize) }\n\
         #[cfg(test)]\nmod tests { use crate::a::Outer; }",
    );
    let graph = ModuleGraph::read(&folder.path().join("lib.rs"));
    let imports: Vec<(&str, &str)> = graph.imports().collect();
    let expected = [
        ("a/inner.rs", "a/mod.rs"),
        ("b.rs", "a/inner.rs"),
        ("b.rs", "c.rs"),
        ("c.rs", "b.rs"),
    ];
    assert_eq!(BTreeSet::from_iter(imports), BTreeSet::from(expected));
    assert_eq!(graph.circles(""), [["b.rs", "c.rs"]]);
    assert!(graph.circles("a").is_empty());
}
