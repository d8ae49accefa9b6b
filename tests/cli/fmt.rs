//! Canonical text, and what is said and kept when something is dropped.

use super::SMALLEST;
use super::common::{Folder, touchline};

const CANONICAL: &str = r#"(
  format: 1,
  title: "T",
  stages: [
    (
      id: "s",
      name: "S",
      touchpoints: [
        (
          id: "a",
          name: "A",
        ),
      ],
    ),
  ],
)
"#;

#[test]
fn fmt_writes_only_what_changes() {
    let folder = Folder::new()
        .with("rough.ron", SMALLEST)
        .with("fine.ron", CANONICAL);
    let before = std::fs::metadata(folder.path().join("fine.ron"))
        .unwrap()
        .modified()
        .unwrap();
    touchline("fmt")
        .within(&folder)
        .args(&["--check", "rough.ron", "fine.ron"])
        .exits(1)
        .stdout("rough.ron\n");
    assert_eq!(folder.text("rough.ron"), SMALLEST);
    touchline("fmt")
        .within(&folder)
        .args(&["rough.ron", "fine.ron"])
        .exits(0)
        .stdout("")
        .stderr("");
    assert_eq!(folder.text("rough.ron"), CANONICAL);
    let after = std::fs::metadata(folder.path().join("fine.ron"))
        .unwrap()
        .modified()
        .unwrap();
    assert_eq!(before, after);
    touchline("fmt")
        .within(&folder)
        .args(&["--check", "rough.ron"])
        .exits(0);
    assert_eq!(folder.names(), ["fine.ron", "rough.ron"]);
}

#[test]
fn fmt_writes_to_other_files_and_pipes() {
    let folder = Folder::new().with("rough.ron", SMALLEST);
    touchline("fmt")
        .within(&folder)
        .args(&["rough.ron", "-o", "new.ron"])
        .exits(0);
    assert_eq!(folder.text("rough.ron"), SMALLEST);
    assert_eq!(folder.text("new.ron"), CANONICAL);
    touchline("fmt")
        .arg("-")
        .input(SMALLEST)
        .exits(0)
        .stdout(CANONICAL);
    touchline("fmt")
        .within(&folder)
        .args(&["rough.ron", "new.ron", "-o", "x.ron"])
        .exits(2)
        .stderr("touchline: --output takes one map, not several\n");
}

#[test]
fn fmt_reports_dropped_content_and_keeps_a_backup() {
    let map = "// by hand\n(title: \"T\", /* why */\n mood: 1)\n";
    let folder = Folder::new().with("map.ron", map);
    touchline("fmt")
        .within(&folder)
        .arg("map.ron")
        .exits(0)
        .stderr(
            "touchline: map.ron:1: 2 comments are dropped\n\
         touchline: map.ron:3: the field “mood” is not known and is dropped\n",
        );
    assert_eq!(folder.text("map.ron.bak"), map);
    assert_eq!(folder.names(), ["map.ron", "map.ron.bak"]);
}

#[test]
fn fmt_leaves_unreadable_files_unchanged() {
    let newer = "(format: 2, title: \"T\")";
    let folder = Folder::new().with("map.ron", newer);
    touchline("fmt").within(&folder).arg("map.ron").exits(2).stdout("").stderr(
        "touchline: map.ron:1:10: this file needs Touchline's format 2; this program reads up to 1\n",
    );
    assert_eq!(folder.text("map.ron"), newer);
}

#[test]
fn older_files_are_upgraded_only_on_request() {
    let old = include_str!("../corpus/good/version-0.journey.ron");
    let folder = Folder::new().with("old.ron", old);
    touchline("fmt")
        .within(&folder)
        .arg("old.ron")
        .exits(2)
        .stderr(
            "touchline: old.ron: this file has format 0; fmt --upgrade writes it in format 1\n",
        );
    assert_eq!(folder.text("old.ron"), old);
    touchline("fmt")
        .within(&folder)
        .args(&["--upgrade", "old.ron"])
        .exits(0);
    assert!(folder.text("old.ron").starts_with("(\n  format: 1,\n"));
    touchline("fmt")
        .within(&folder)
        .args(&["--check", "old.ron"])
        .exits(0);
}
