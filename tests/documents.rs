//! The documents of the repository: links, pictures, and numbers that the code decides.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

const DOCUMENTS: [&str; 7] = [
    "README.md",
    "ARCHITECTURE.md",
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "docs/decisions.md",
    "docs/guide.md",
    "fuzz/README.md",
];

/// Largest picture of a document in bytes.
const LARGEST: u64 = 300_000;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn text(document: &str) -> String {
    fs::read_to_string(root().join(document)).unwrap()
}

/// Targets of the links and pictures of a Markdown text.
fn links(text: &str) -> impl Iterator<Item = &str> {
    let starts = text.match_indices("](");
    starts.filter_map(|(at, _)| Some(text[at + 2..].split_once(')')?.0))
}

/// Anchors of the headings of a Markdown text, as code hosts make them.
fn anchors(text: &str) -> BTreeSet<String> {
    let headings = text.lines().filter_map(|line| {
        let title = line.trim_start_matches('#');
        (title.len() < line.len()).then(|| title.trim().to_lowercase())
    });
    headings
        .map(|title| {
            let kept = |c: &char| c.is_alphanumeric() || " -_".contains(*c);
            title.chars().filter(kept).collect::<String>()
        })
        .map(|title| title.replace(' ', "-"))
        .collect()
}

/// Files and anchors that the links of all documents lead to, without other sites.
fn targets() -> Vec<(String, PathBuf, Option<String>)> {
    let mut found = Vec::new();
    for document in DOCUMENTS {
        let own = root().join(document);
        for link in links(&text(document)).filter(|link| !link.contains("://")) {
            let (file, anchor) = link.split_once('#').unwrap_or((link, ""));
            let target = match file {
                "" => own.clone(),
                file => own.parent().unwrap().join(file),
            };
            let anchor = (!anchor.is_empty()).then(|| anchor.to_owned());
            found.push((format!("{document}: {link}"), target, anchor));
        }
    }
    assert!(found.len() > 30, "only {} links found", found.len());
    found
}

#[test]
fn links_lead_to_files_and_headings() {
    let mut wrong = Vec::new();
    for (link, file, anchor) in targets() {
        let fits = file.exists()
            && anchor.is_none_or(|it| anchors(&fs::read_to_string(&file).unwrap()).contains(&it));
        if !fits {
            wrong.push(link);
        }
    }
    assert!(wrong.is_empty(), "broken links:\n{}", wrong.join("\n"));
}

#[test]
fn every_picture_is_small_and_shown() {
    let shown: BTreeSet<PathBuf> = targets()
        .into_iter()
        .filter_map(|(_, file, _)| file.canonicalize().ok())
        .collect();
    let mut pictures = 0;
    for entry in fs::read_dir(root().join("docs/pictures")).unwrap() {
        let path = entry.unwrap().path().canonicalize().unwrap();
        if path.extension().is_some_and(|ending| ending == "png") {
            let size = fs::metadata(&path).unwrap().len();
            assert!(size <= LARGEST, "{}: {size} bytes", path.display());
            assert!(shown.contains(&path), "{} is not shown", path.display());
            pictures += 1;
        }
    }
    assert!(pictures >= 8, "only {pictures} pictures");
}

#[test]
fn documents_know_the_number_of_rules() {
    let maps = fs::read_dir(root().join("tests/rules")).unwrap();
    let names = maps.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let rules = names.filter(|name| name.ends_with(".ron") && !name.ends_with(".nearly.ron"));
    let number = format!("{} rules", rules.count());
    for document in ["README.md", "docs/guide.md"] {
        assert!(text(document).contains(&number), "{document}: {number}");
    }
}
