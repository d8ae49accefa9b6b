//! Tests of the command line as a separate process.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "cli/check.rs"]
mod check;
mod common;
#[path = "cli/diff.rs"]
mod diff;
#[path = "cli/export.rs"]
mod export;
#[path = "cli/fmt.rs"]
mod fmt;
#[path = "cli/fork.rs"]
mod fork;
#[path = "cli/git.rs"]
mod git;
#[path = "common/golden.rs"]
#[expect(dead_code, reason = "other tests use the rest")]
mod golden;
#[path = "cli/scores.rs"]
mod scores;

use common::{Folder, touchline};

const SMALLEST: &str = r#"(title: "T", stages: [(name: "S", touchpoints: [(name: "A")])])"#;

const OWNED: &str = r#"(title: "T", departments: [(name: "D")], stages: [(name: "S", owner: "d", touchpoints: [(name: "A", owner: "d")])])"#;

#[test]
fn new_creates_a_map_and_never_replaces_one() {
    let folder = Folder::new();
    touchline("new")
        .within(&folder)
        .args(&["first-visit", "--template", "patient"])
        .exits(0)
        .stdout("first-visit.journey.ron\n");
    let text = folder.text("first-visit.journey.ron");
    assert!(text.contains("title: \"First visit\""));
    touchline("fmt")
        .within(&folder)
        .args(&["--check", "first-visit.journey.ron"])
        .exits(0);
    touchline("check")
        .within(&folder)
        .arg("first-visit.journey.ron")
        .exits(0);
    touchline("new")
        .within(&folder)
        .arg("first-visit.journey.ron")
        .exits(2)
        .stderr("touchline: first-visit.journey.ron: the file already exists\n");
    assert_eq!(folder.text("first-visit.journey.ron"), text);
}

#[test]
fn the_example_of_schema_is_a_canonical_map() {
    let out = touchline("schema").exits(0).out();
    let map = out
        .split_once("\n\n(\n")
        .map(|(_, rest)| format!("(\n{rest}"))
        .unwrap();
    let example = Folder::new().with("example.ron", &map);
    let example = example.with("bank-account.journey.ron", "(title: \"Now\")");
    touchline("fmt")
        .within(&example)
        .args(&["--check", "example.ron"])
        .exits(0);
    // The example has an open conflict, and nothing else to complain of.
    touchline("check")
        .within(&example)
        .args(&["--today", "2026-06-01", "example.ron"])
        .exits(0)
        .stdout(
            "example.ron:93:9: warning: the text of the pain point “waits” of “Calls the hotline”: \
             moved after “ours” by Jana, after “theirs” by Tom [conflict-open]\n1 warning\n",
        );
}

#[test]
fn every_command_has_help_with_examples() {
    for command in [
        "new", "check", "rules", "report", "stats", "paths", "fmt", "export",
    ] {
        let help = touchline(command).arg("--help").exits(0).out();
        assert!(help.contains("Examples:"), "{command}");
    }
    let help = touchline("--help").exits(0).out();
    for command in [
        "new", "check", "rules", "report", "stats", "paths", "fmt", "export", "schema",
    ] {
        assert!(help.contains(command));
    }
    assert!(
        touchline("--version")
            .exits(0)
            .out()
            .starts_with("touchline ")
    );
}

#[test]
fn usage_errors_are_one_line() {
    let err = touchline("check")
        .args(&["--deny", "nonsense", "x"])
        .exits(2)
        .err();
    assert_eq!(err.lines().count(), 1, "{err}");
    assert!(
        err.contains("nonsense") && err.contains("unowned-stage"),
        "{err}"
    );
    touchline("check").exits(2);
}

#[test]
fn paths_finds_a_touchpoint_and_a_persona_by_the_same_name() {
    let folder = Folder::new().with(
        "find.ron",
        "(title: \"T\", personas: [(id: \"p\", name: \"Straße\")], stages: [(name: \"S\", touchpoints: [
            (id: \"x\", name: \"Büro Café\"), (id: \"y\", name: \"Zahlt Gebühr\"), (id: \"z\", name: \"Straße\"),
            (id: \"u\", name: \"Buro\"), (id: \"v\", name: \"Büro\"),
        ])])",
    );
    let paths = |from: &str| {
        let arguments = ["--from", from, "--persona", "strasse", "--format", "json"];
        let run = touchline("paths").within(&folder).args(&arguments);
        run.arg("find.ron")
    };
    for (name, id) in [
        ("buro  cafe", "x"),
        ("ZAHLT GEBU\u{308}HR ", "y"),
        ("STRASSE", "z"),
        // The exact name comes first.
        ("Buro", "u"),
        ("Büro", "v"),
    ] {
        let out = paths(name).exits(0).out();
        assert!(
            out.contains(&format!("\"from\": \"{id}\"")),
            "{name}: {out}"
        );
    }
    let several = paths("BURO").exits(2);
    assert!(
        several
            .err()
            .contains("several touchpoints are called “BURO”: say u or v")
    );
}
