//! Every rule of the catalogue against a map that triggers it (`rules/ID.ron`) and
//! one that nearly does (`rules/ID.nearly.ron`); what is said about the first, and
//! about the sample maps, stands beside them. To write that anew, run with
//! `TOUCHLINE_BLESS=1` and look at the difference.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[expect(dead_code, reason = "other tests use the rest")]
mod common;

use common::touchline;
use std::collections::BTreeSet;
use std::path::Path;
use touchline::insight::rules;

const TODAY: &str = "2026-06-01";

/// What is found in files: rule, subject and message of each finding.
fn found(files: &[String]) -> Vec<Vec<(String, String)>> {
    let files: Vec<&str> = files.iter().map(String::as_str).collect();
    let ran = touchline("check")
        .args(&["--format", "json", "--today", TODAY])
        .args(&files)
        .exits(1);
    let json: serde_json::Value = serde_json::from_str(&ran.out()).unwrap();
    let files = json["files"].as_array().unwrap().iter();
    files
        .map(|file| {
            assert_eq!(file["error"], serde_json::Value::Null, "{}", file["file"]);
            let findings = file["findings"].as_array().unwrap().iter();
            let text = |value: &serde_json::Value| value.as_str().unwrap().to_owned();
            findings
                .map(|f| (text(&f["rule"]), text(&f["message"])))
                .collect()
        })
        .collect()
}

fn same_as(file: &str, said: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(file);
    if std::env::var_os("TOUCHLINE_BLESS").is_some() {
        touchline::session::disk::write(&path, said.as_bytes()).unwrap();
    }
    let expected = std::fs::read_to_string(&path).unwrap_or_default();
    let line = expected.lines().zip(said.lines()).position(|(a, b)| a != b);
    assert!(
        expected == said,
        "{file} differs from line {:?} on:\n{said}",
        line.map(|at| at + 1)
    );
}

#[test]
fn each_rule_has_a_map_that_triggers_it_and_one_that_nearly_does() {
    let ids: Vec<&str> = rules::all().map(|rule| rule.id).collect();
    let file = |id: &str, kind: &str| format!("tests/rules/{id}{kind}.ron");
    let trigger: Vec<String> = ids.iter().map(|id| file(id, "")).collect();
    let nearly: Vec<String> = ids.iter().map(|id| file(id, ".nearly")).collect();
    let mut said = String::new();
    for (id, found) in ids.iter().zip(found(&trigger)) {
        let messages: Vec<_> = found.into_iter().filter(|(rule, _)| rule == id).collect();
        assert!(!messages.is_empty(), "{id} is not triggered by its map");
        for (_, message) in messages {
            said.push_str(&format!("{id}: {message}\n"));
        }
    }
    // One of the files has an error, so that the check fails as it must.
    let mut files = nearly.clone();
    files.push(file("reference-dangling", ""));
    for (id, found) in ids.iter().zip(found(&files)) {
        let wrong: Vec<_> = found.into_iter().filter(|(rule, _)| rule == id).collect();
        assert!(wrong.is_empty(), "{id}: {wrong:?}");
    }
    same_as("tests/rules/said.txt", &said);
}

#[test]
fn no_map_is_left_of_a_rule_that_is_gone() {
    let names = std::fs::read_dir("tests/rules").unwrap();
    let names: BTreeSet<String> = names
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter_map(|name| Some(name.strip_suffix(".ron")?.to_owned()))
        .collect();
    let known: BTreeSet<String> = rules::all()
        .flat_map(|rule| [rule.id.to_owned(), format!("{}.nearly", rule.id)])
        .collect();
    assert_eq!(names, known);
}

#[test]
fn the_samples_are_told_what_a_colleague_would_say() {
    let mut names: Vec<String> = std::fs::read_dir("sample_maps")
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    for name in names {
        let sample = name.strip_suffix(".journey.ron").unwrap();
        let map = format!("sample_maps/{name}");
        let told = touchline("check").args(&["--today", TODAY, &map]).exits(0);
        let told = told.out().replace(&format!("{map}:"), "");
        assert!(told.lines().count() < 35, "{sample}: a wall of noise");
        same_as(&format!("tests/golden/{sample}.findings.txt"), &told);
    }
}
