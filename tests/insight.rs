//! Findings, routes, statistics and reports of maps.
//!
//! Every rule of the catalogue is checked with a map that triggers it
//! (`rules/ID.ron`) and one that nearly does (`rules/ID.nearly.ron`); the expected
//! messages for the first, and for the sample maps, are in files beside them. To
//! write these, run with `TOUCHLINE_BLESS=1` and check the difference.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[expect(dead_code, reason = "other tests use the rest")]
mod common;
#[path = "common/golden.rs"]
#[expect(dead_code, reason = "other tests use the rest")]
mod golden;
#[path = "common/scene_text.rs"]
mod scene_text;

use common::{Folder, touchline};
use golden::assert_golden;
use scene_text::scene_text;
use std::collections::BTreeSet;
use touchline::insight::rules;

const TODAY: &str = "2026-06-01";

/// Returns rule and message of each finding, for each file.
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
    // One of the files has an error, so that the check fails as expected.
    let mut files = nearly.clone();
    files.push(file("reference-dangling", ""));
    for (id, found) in ids.iter().zip(found(&files)) {
        let wrong: Vec<_> = found.into_iter().filter(|(rule, _)| rule == id).collect();
        assert!(wrong.is_empty(), "{id}: {wrong:?}");
    }
    assert_golden("tests/rules/said.txt", &said);
}

/// Compares the drawing of the findings.
#[test]
fn the_findings_sheet_matches_its_golden_file() {
    use touchline::render::{RenderOptions, render_findings};
    use touchline::session::Session;
    let mut typesetter = touchline::text::Typesetter::bundled();
    let mut drawn = |text: &[u8]| {
        let mut session = Session::untitled(touchline::format::read(text).unwrap().map);
        let day = TODAY.parse().unwrap();
        let found = session.findings(day);
        let options = RenderOptions::default();
        let scene = render_findings(session.map(), (&found, day), &options, &mut typesetter);
        (scene_text(&scene), scene.width / scene.height, found)
    };
    let sample = std::fs::read("sample_maps/bank-account.journey.ron").unwrap();
    let (dump, shape, found) = drawn(&sample);
    assert_golden("tests/golden/bank-account.sheet.txt", &dump);
    assert!((1.0..2.0).contains(&shape), "{shape}");
    for finding in found.open.iter().chain(&found.accepted) {
        let first = finding.message.split(' ').next().unwrap();
        let mut chars = first.chars();
        let capital: String = chars
            .next()
            .into_iter()
            .flat_map(char::to_uppercase)
            .collect();
        assert!(dump.contains(&(capital + chars.as_str())), "{first}");
        assert!(dump.contains(finding.rule.why.split(' ').next().unwrap()));
    }
    let (dump, ..) = drawn(
        br#"(title: "T", departments: [(id: "d", name: "D")],
            stages: [(name: "S", owner: "d", touchpoints: [(name: "A", owner: "d")])])"#,
    );
    assert!(dump.contains("No findings"), "{dump}");
    assert!(dump.contains("Current state, what the checks noticed on 2026-06-01"));
}

#[test]
fn every_rule_map_belongs_to_a_rule() {
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
fn sample_findings_match_their_golden_files() {
    let mut names: Vec<String> = std::fs::read_dir("sample_maps")
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    for name in names {
        // A window with an open sample leaves a note beside it.
        let Some(sample) = name.strip_suffix(".journey.ron") else {
            continue;
        };
        let map = format!("sample_maps/{name}");
        let told = touchline("check").args(&["--today", TODAY, &map]).exits(0);
        let told = told.out().replace(&format!("{map}:"), "");
        assert!(told.lines().count() < 35, "{sample}: too many findings");
        assert_golden(&format!("tests/golden/{sample}.findings.txt"), &told);
    }
}

const CASE: &str = r#"(
  title: "A case",
  personas: [(id: "jana", name: "Jana"), (id: "ben", name: "Ben")],
  departments: [(id: "sales", name: "Sales"), (id: "ops", name: "Operations")],
  stages: [(id: "s", name: "All", owner: "sales", touchpoints: [
    (id: "a", name: "Asks", owner: "sales", duration: "5 min", feelings: [(score: 0.0)], paths: [(to: "b", kind: failure, share: 20)]),
    (id: "b", name: "Begs", owner: "sales", duration: "1 h", feelings: [(score: -2.0), (persona: "ben", score: 1.0)]),
    (id: "c", name: "Calls", owner: "ops", duration: "10 min", feelings: [(score: 1.0)], paths: [(to: "d", kind: alternative, share: 30)]),
    (id: "d", name: "Drives", feelings: [(score: 2.0)]),
    (id: "e", name: "Eats", owner: "ops", duration: "5 min", feelings: [(score: -1.0)], paths: [(to: "c", kind: return)]),
    (id: "f", name: "Flies", owner: "sales", duration: "1 min", feelings: [(score: 1.0)]),
  ])],
)
"#;

fn run(command: &str, arguments: &[&str]) -> String {
    let folder = Folder::new().with("map.ron", CASE);
    let ran = touchline(command).within(&folder).arg("map.ron");
    ran.args(arguments).exits(0).out()
}

fn json(command: &str, arguments: &[&str]) -> serde_json::Value {
    let all: Vec<&str> = ["--format", "json"]
        .iter()
        .chain(arguments)
        .copied()
        .collect();
    serde_json::from_str(&run(command, &all)).unwrap()
}

fn route_ids(arguments: &[&str]) -> String {
    let report = json("paths", arguments);
    let ways = report["shown"].as_array().unwrap().iter();
    let word = |way: &serde_json::Value| -> String {
        let steps = way["steps"].as_array().unwrap().iter();
        steps.map(|step| step.as_str().unwrap()).collect()
    };
    ways.map(word).collect::<Vec<_>>().join(" ")
}

#[test]
fn paths_lists_the_requested_routes() {
    assert_eq!(route_ids(&[]), "acef acdef abcef abcdef");
    assert_eq!(route_ids(&["--limit", "2"]), "acef acdef");
    assert_eq!(route_ids(&["--best"]), "acdef");
    assert_eq!(route_ids(&["--worst"]), "abcef");
    assert_eq!(route_ids(&["--best", "--persona", "Ben"]), "abcef");
    assert_eq!(route_ids(&["--shortest"]), "acef");
    assert_eq!(route_ids(&["--longest"]), "abcdef");
    assert_eq!(route_ids(&["--from", "drives", "--to", "c"]), "dec");
    assert_eq!(
        route_ids(&["--loops", "--limit", "5"]),
        "acef acdef abcef abcdef acecef"
    );
}

#[test]
fn paths_json_schema_is_stable() {
    let moment = |touchpoint, score| serde_json::json!({"touchpoint": touchpoint, "moment": "at", "score": score});
    assert_eq!(
        json("paths", &["--longest"]),
        serde_json::json!({
            "version": 1, "from": "a", "to": "f", "persona": "jana", "ways": 4, "cut": false,
            "shown": [{
                "steps": ["a", "b", "c", "d", "e", "f"],
                "loops": 0, "minutes": 81, "unknown": 1,
                "curve": {
                    "scored": 6, "silent": 0, "mean": 0.167,
                    "peak": moment("d", 2.0), "trough": moment("b", -2.0), "end": moment("f", 1.0),
                },
            }],
            "forks": [],
        })
    );
    assert_eq!(
        json("paths", &["--branches"])["forks"][0],
        serde_json::json!({
            "at": "a", "rejoin": "c",
            "branches": [
                {"share": 0.8, "of_all": 0.8, "steps": []},
                {"share": 0.2, "of_all": 0.2, "steps": ["b"]},
            ],
        })
    );
}

#[test]
fn paths_as_text_lists_facts_and_differences() {
    let told = run("paths", &["--limit", "2"]);
    assert!(
        told.starts_with("4 ways lead from “Asks” to “Flies”; the first 2:\n"),
        "{told}"
    );
    assert!(told.contains("1. 4 steps, 21 min\n   Jana: peak +1.0 at “Calls”, trough −1.0 at “Eats”, end +1.0 at “Flies”"));
    assert!(told.ends_with("   as 1, with “Drives”\n"), "{told}");
    let told = run("paths", &["--branches"]);
    assert!(told.contains("At “Calls” ways part, and meet again at “Eats”:\n  70 %  straight on\n  30 %  “Drives”\n"), "{told}");
}

#[test]
fn paths_reports_unknown_names_and_missing_routes() {
    let folder = Folder::new()
        .with("map.ron", CASE)
        .with("none.ron", "(title: \"T\")");
    let refused = |arguments: &[&str]| {
        let ran = touchline("paths").within(&folder).args(arguments).exits(2);
        let error = ran.err();
        assert_eq!(error.lines().count(), 1, "{error}");
        error
    };
    assert!(refused(&["none.ron"]).contains("has no touchpoint"));
    assert!(refused(&["map.ron", "--from", "x"]).contains("there is no touchpoint “x”"));
    assert!(
        refused(&["map.ron", "--from", "f", "--to", "a"])
            .contains("no way leads from “Flies” to “Asks”")
    );
    assert!(refused(&["map.ron", "--persona", "Eve"]).contains("it has jana, ben"));
    assert!(
        refused(&[
            "map.ron",
            "--best",
            "--from",
            "d",
            "--to",
            "e",
            "--persona",
            "ben"
        ])
        .contains("no feeling")
    );
    assert!(refused(&["map.ron", "--best", "--worst"]).contains("cannot be used with"));
}

#[test]
fn stats_json_schema_is_stable() {
    let moment = |touchpoint, score| serde_json::json!({"touchpoint": touchpoint, "moment": "at", "score": score});
    let load = |id, stages, touchpoints, hands_over, takes_over| {
        serde_json::json!({
            "id": id, "stages": stages, "touchpoints": touchpoints, "supports": 0, "pains": 0,
            "hands_over": hands_over, "takes_over": takes_over,
        })
    };
    let cell = |from: Option<&str>, to: Option<&str>, count, weight| serde_json::json!({"from": from, "to": to, "count": count, "weight": weight});
    let (sales, ops) = (Some("sales"), Some("ops"));
    let mut report = json("stats", &["--today", TODAY]);
    let findings = report["findings"].take();
    assert!(findings["errors"].is_u64() && findings["accepted"].is_u64());
    assert_eq!(
        report,
        serde_json::json!({
            "version": 1, "title": "A case", "kind": "current",
            "stages": 1, "touchpoints": 6, "beside": 2, "loops": 1, "failures": 1, "moments_of_truth": 0,
            "unowned": {"stages": 0, "touchpoints": 1},
            "departments": [load("sales", 1, 3, 2, 1), load("ops", 0, 2, 2, 3)],
            "handoffs": {"count": 5, "usual": 2, "matrix": [
                cell(sales, sales, 1, 0.2), cell(sales, ops, 2, 1.0),
                cell(ops, sales, 1, 1.0), cell(ops, ops, 2, 1.2), cell(ops, None, 1, 0.3),
                cell(None, ops, 1, 0.3),
            ]},
            "ways": {"count": 4, "shortest_minutes": 21, "longest_minutes": 81, "unavoidable": ["a", "c", "e", "f"]},
            "feelings": [
                {"persona": "jana", "curve": {
                    "scored": 4, "silent": 0, "mean": 0.25,
                    "peak": moment("c", 1.0), "trough": moment("e", -1.0), "end": moment("f", 1.0),
                }},
                {"persona": "ben", "curve": null},
            ],
            "pains": {"all": 0, "high": 0, "open": 0, "done": 0},
            "opportunities": {"all": 0, "high": 0, "open": 0, "done": 0, "delights": 0},
            "actions": {"planned": 0, "started": 0, "done": 0, "dropped": 0, "overdue": 0},
            "saved_views": [],
            "measured": {"touchpoints": 0, "measurements": 0},
            "claims": {"all": 9, "founded": 0},
            "findings": null,
        })
    );
}

#[test]
fn stats_as_text_lists_all_counts() {
    let told = run("stats", &["--today", TODAY]);
    for part in [
        "A case (current)\n  one stage, 6 touchpoints, 2 of them beside the main line; one loop, one failure, no moments of truth\n",
        "  Jana: peak +1.0 at “Calls”, trough −1.0 at “Eats”, end +1.0 at “Flies”, mean +0.3\n  Ben: nothing is said\n",
        "  4; the shortest takes 21 min, the longest 1 h 21 min and one step without a time\n",
        "  no owner: one touchpoint and no stages; 5 links change the owner, 2 of them on the usual way\n",
        "  Sales → Operations: 2 (weight 1.00)\n",
    ] {
        assert!(told.contains(part), "{part}\n{told}");
    }
}

#[test]
fn sample_reports_match_their_golden_files() {
    for entry in std::fs::read_dir("sample_maps").unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        let Some(sample) = name.strip_suffix(".journey.ron") else {
            continue;
        };
        let map = format!("sample_maps/{name}");
        let told = touchline("report").args(&["--today", TODAY, &map]).exits(0);
        assert_golden(&format!("tests/golden/{sample}.story.md"), &told.out());
    }
}

#[test]
fn reports_of_any_map_escape_markdown() {
    let map = r##"(title: "*T* | <b>", stages: [(name: "# S", touchpoints: [(name: "[A](x)\nB", pains: [(text: "_P_")])])])"##;
    let folder = Folder::new()
        .with("map.ron", map)
        .with("none.ron", "(title: \"\")");
    let tell = |file| {
        touchline("tell") // the former name of the command
            .within(&folder)
            .args(&["--today", TODAY, file])
            .exits(0)
            .out()
    };
    let told = tell("map.ron");
    assert!(told.starts_with("# \\*T\\* \\| \\<b\\>\n\nThis is the journey as it is today. It has one stage and one touchpoint.\n"), "{told}");
    assert!(
        told.contains("1. **\\# S** (no owner). \\[A\\](x) B.\n"),
        "{told}"
    );
    assert!(
        told.contains("- \\_P\\_ (small) – at “\\[A\\](x) B”, **nobody’s**. Nothing is planned.\n"),
        "{told}"
    );
    assert_eq!(
        tell("none.ron"),
        "# A journey without a name\n\nThis is the journey as it is today.\n"
    );
}

const STORY: &str = r#"(
  title: "T",
  personas: [(id: "jana", name: "Jana", frustrations: ["Hidden fees"]), (id: "nameless", name: " ")],
  stages: [(name: "S", touchpoints: [
    (id: "a", name: "Asks", duration: "10 min", feelings: [(score: 1.0, after: -1.5), (persona: "nameless", score: 0.0)],
      pains: [(text: "Slow", severity: 3, actions: ["x", "y", "z"]), (text: "Dear", actions: ["w"])],
      opportunities: [(text: "Book online", value: 3, delight: true, votes: 2, actions: ["y"]), (text: "A smile")],
      measurements: [(metric: "CSAT", value: 4.4, unit: "of 5", date: "2025-06-01"), (metric: "CSAT", value: 4.0, unit: "of 5", n: 30, date: "2026-01-01")],
      paths: [(to: "b", kind: failure, label: "line is busy", share: 20)]),
    (id: "b", name: "Begs", duration: "1 h"),
    (id: "c", name: "", duration: "5 min"),
    (id: "d", name: "Done", feelings: [(score: 0.5, after: 1.2)], paths: [(to: "a", kind: return, share: 5)]),
  ])],
  actions: [
    (id: "x", name: "More lines", status: done), (id: "y", name: "Call back", status: planned),
    (id: "z", name: "Train", status: started), (id: "w", name: "Cut prices", status: dropped),
  ],
  measurements: [(metric: "NPS", value: 18, date: "2025-10-31"), (metric: "Net Promoter Score", value: 12, n: 340, date: "2026-04-30")],
)"#;

#[test]
fn reports_tell_every_part_of_a_map() {
    let folder = Folder::new().with("map.ron", STORY);
    let told = touchline("report")
        .within(&folder)
        .args(&["--today", TODAY, "map.ron"])
        .exits(0)
        .out();
    for part in [
        "Measured on the whole: Net Promoter Score 18 → 12 (2025-10-31 to 2026-04-30, 340 answers).",
        "- **Jana**. Is frustrated by: Hidden fees.",
        "- **(no name)**.",
        "Asks (10 min) → (no name) (5 min) → Done. On the side: Begs (1 h).",
        "   - If “Asks” fails (line is busy), 20 % of its customers come to “Begs” and go on with “(no name)”.",
        "   - From “Done”, 5 % of its customers go back to “Asks”.",
        "The steps of the usual way take 15 min and one step without a duration, those of the longest 1 h 15 min and one step without a duration.",
        "**Jana** begins at +1.0 with “Asks”. The best moment is after “Done” at +1.2. The worst is after “Asks” at −1.5.",
        "It ends at +1.2 after “Done”, its best moment.",
        "**(no name)** begins at 0.0",
        "2 pain points, one of them severe; actions answer one, and one is done.",
        "- Slow (severe) – at “Asks”, **nobody’s**. Done: “More lines”. Under way: “Train”. Planned: “Call back”.",
        "**nobody’s**. Nothing is planned. Given up: “Cut prices”.",
        "2 opportunities, one of high value; one would delight; actions take up one, and none is done yet.",
        "- Book online (high value, would delight, 2 votes) – at “Asks”, **nobody’s**. Planned: “Call back”.",
        "- A smile (low value) – at “Asks”, **nobody’s**. Nothing is planned.",
        "- “Asks”: **CSAT 4.4 → 4 of 5 (2025-06-01 to 2026-01-01, 30 answers)**.",
    ] {
        assert!(told.contains(part), "{part}\n{told}");
    }
}
