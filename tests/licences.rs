//! Licences and sources of the dependencies, held against `deny.toml`, and licences of
//! the bundled files.
//!
//! Looks at the packages of every platform where they are downloaded (`cargo fetch`
//! does that), else at those of this one.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use serde_json::Value;
use spdx::{Expression, Licensee, ParseMode};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The only registry that `[sources]` of `deny.toml` leaves.
const REGISTRY: &str = "registry+https://github.com/rust-lang/crates.io-index";

/// Folder and ending of assets that were written for this project.
const OWN: &[(&str, &str)] = &[
    ("", "ron"),
    ("", "png"),
    ("page", "css"),
    ("page", "html"),
    ("page", "js"),
    ("templates", "ron"),
];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Standard output of cargo, or its standard error where it fails.
fn cargo(arguments: &[&str]) -> Result<String, String> {
    let mut command = Command::new(env!("CARGO"));
    let ran = command
        .args(arguments)
        .current_dir(root())
        .output()
        .unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    if ran.status.success() {
        Ok(text(ran.stdout))
    } else {
        Err(text(ran.stderr))
    }
}

/// All packages that are built in some configuration, without this one.
fn dependencies() -> Vec<Value> {
    let metadata = "metadata --format-version 1 --all-features --offline --locked";
    let arguments: Vec<&str> = metadata.split(' ').collect();
    let json = cargo(&arguments).unwrap_or_else(|_| {
        let version = cargo(&["--version", "--verbose"]).unwrap();
        let host = version.lines().find_map(|l| l.strip_prefix("host: "));
        let here = ["--filter-platform", host.unwrap()];
        cargo(&[&arguments[..], &here].concat()).unwrap()
    });
    let metadata: Value = serde_json::from_str(&json).unwrap();
    let built = metadata["resolve"]["nodes"].as_array().unwrap().iter();
    let built: Vec<&Value> = built.map(|node| &node["id"]).collect();
    let packages = metadata["packages"].as_array().unwrap().iter();
    let found: Vec<Value> = packages
        .filter(|package| built.contains(&&package["id"]) && package["name"] != "touchline")
        .cloned()
        .collect();
    assert!(found.len() > 200, "only {} dependencies found", found.len());
    found
}

/// The licences that `deny.toml` allows.
fn allowed() -> Vec<Licensee> {
    let text = fs::read_to_string(root().join("deny.toml")).unwrap();
    let deny: toml::Table = text.parse().unwrap();
    let allow = deny["licenses"]["allow"].as_array().unwrap().iter();
    allow
        .map(|licence| Licensee::parse(licence.as_str().unwrap()).unwrap())
        .collect()
}

#[test]
fn every_dependency_has_an_allowed_licence() {
    let allowed = allowed();
    let mut wrong = Vec::new();
    for package in dependencies() {
        let licence = package["license"].as_str().unwrap_or_default();
        // Older packages write `/` for OR.
        let fits = Expression::parse_mode(licence, ParseMode::LAX).is_ok_and(|expression| {
            expression.evaluate(|one| allowed.iter().any(|licence| licence.satisfies(one)))
        });
        if !fits {
            wrong.push(format!("{}: {licence:?}", package["id"]));
        }
    }
    assert!(wrong.is_empty(), "not allowed:\n{}", wrong.join("\n"));
}

#[test]
fn every_dependency_is_from_the_registry() {
    let dependencies = dependencies();
    let others = dependencies.iter().filter(|p| p["source"] != REGISTRY);
    let others: Vec<String> = others.map(|p| p["id"].to_string()).collect();
    assert!(others.is_empty(), "other sources:\n{}", others.join("\n"));
}

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(&path, found);
        } else {
            found.push(path);
        }
    }
}

/// The licence of a bundled font, icon or data file `NAME-….EXT` is the text
/// `NAME-….txt` beside it, and README.md names that text.
#[test]
fn every_bundled_file_has_its_licence_beside_it() {
    let assets = root().join("assets");
    let readme = fs::read_to_string(root().join("README.md")).unwrap();
    let mut found = Vec::new();
    files(&assets, &mut found);
    let (texts, bundled): (Vec<_>, Vec<_>) = found.into_iter().partition(|f| has_ending(f, "txt"));
    let foreign: Vec<_> = bundled
        .iter()
        .filter(|file| !is_own(file, &assets))
        .collect();
    assert!(foreign.len() >= 3, "the fonts were not found");
    for file in foreign {
        let name = file_name(file).split('-').next().unwrap();
        let licence = texts.iter().find(|text| {
            text.parent() == file.parent() && file_name(text).starts_with(&format!("{name}-"))
        });
        let licence = licence.unwrap_or_else(|| panic!("no licence beside {}", file.display()));
        let text = fs::read_to_string(licence).unwrap();
        assert!(
            text.to_lowercase().contains("license"),
            "{}",
            licence.display()
        );
        assert!(
            readme.contains(file_name(licence)),
            "README.md: {}",
            licence.display()
        );
    }
}

fn file_name(file: &Path) -> &str {
    file.file_name().unwrap().to_str().unwrap()
}

fn has_ending(file: &Path, ending: &str) -> bool {
    file.extension().is_some_and(|own| own == ending)
}

fn is_own(file: &Path, assets: &Path) -> bool {
    let folder = file.parent().unwrap().strip_prefix(assets).unwrap();
    OWN.iter()
        .any(|(own, ending)| folder == Path::new(own) && has_ending(file, ending))
}
