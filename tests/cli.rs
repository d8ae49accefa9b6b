//! Tests of the command line as a separate process.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;
#[path = "cli/git.rs"]
mod git;

use common::{Folder, touchline};

const SMALLEST: &str = r#"(title: "T", stages: [(name: "S", touchpoints: [(name: "A")])])"#;

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

const OWNED: &str = r#"(title: "T", departments: [(name: "D")], stages: [(name: "S", owner: "d", touchpoints: [(name: "A", owner: "d")])])"#;

#[test]
fn an_empty_map_is_a_finding() {
    let folder = Folder::new().with(
        "map.ron",
        r#"(title: "T", stages: [(name: "S"), (name: "R")])"#,
    );
    let out = touchline("check")
        .within(&folder)
        .arg("map.ron")
        .exits(0)
        .out();
    assert!(out.contains("no touchpoints in its 2 stages yet"), "{out}");
    assert!(!out.contains("empty-stage"), "{out}");
}

#[test]
fn check_prints_nothing_for_a_map_without_findings() {
    let folder = Folder::new().with("map.ron", OWNED);
    touchline("check")
        .within(&folder)
        .arg("map.ron")
        .exits(0)
        .stdout("")
        .stderr("");
}

#[test]
fn advice_does_not_fail_unless_denied() {
    let folder = Folder::new().with("map.ron", SMALLEST);
    touchline("check")
        .within(&folder)
        .arg("map.ron")
        .exits(0)
        .stdout(
            "map.ron:1:23: advice: stage “S”: no owner [unowned-stage]\n\
             map.ron:1:49: advice: touchpoint “A”: no owner [unowned-touchpoint]\n\
             2 pieces of advice\n",
        )
        .stderr("");
    let denied = touchline("check")
        .within(&folder)
        .args(&["--deny", "unowned-touchpoint", "map.ron"])
        .exits(1);
    assert!(
        denied
            .out()
            .contains("advice (denied): touchpoint “A”: no owner")
    );
}

#[test]
fn a_dangling_reference_fails_with_its_line() {
    let map = OWNED.replace(
        "(name: \"A\", owner",
        "\n(name: \"A\", channel: \"fax\", owner",
    );
    let folder = Folder::new().with("map.ron", &map);
    touchline("check").within(&folder).arg("map.ron").exits(1).stdout(
        "map.ron:2:22: error: “channel” refers to channel “fax”, which is not in the map [reference-dangling]\n1 error\n",
    );
}

#[test]
fn warnings_from_reading_are_findings() {
    let map = OWNED.replace(
        "(name: \"A\", owner: \"d\")",
        "(id: \"a\", name: \"A\", owner: \"d\", oner: \"x\"), (id: \"a\", name: \"B\", owner: \"d\")",
    );
    let folder = Folder::new().with("map.ron", &map);
    let out = touchline("check")
        .within(&folder)
        .arg("map.ron")
        .exits(1)
        .out();
    assert!(out.contains(
        ": warning: the field “oner” is not known here; saving the map drops it [unknown-field]\n"
    ));
    assert!(out.contains(": error: a second touchpoint has the id “a”, first used in line 1; here it is called “a-2” [duplicate-id]\n"));
    assert!(out.ends_with("1 error, 1 warning\n"));
}

#[test]
fn an_unreadable_file_is_one_error_line_and_the_others_are_checked() {
    let folder = Folder::new()
        .with("bad.ron", "(\n  title: \"T\",\n  kind: futur,\n)\n")
        .with("map.ron", SMALLEST);
    let ran = touchline("check")
        .within(&folder)
        .args(&["bad.ron", "gone.ron", "map.ron"])
        .exits(2)
        .stderr(
            "touchline: bad.ron:3:9: in “kind”: expected current or future, found futur\n\
             touchline: gone.ron: there is no such file\n",
        );
    assert!(ran.out().contains("map.ron:1:23: advice"));
}

#[test]
fn check_json_schema_is_stable() {
    let folder = Folder::new()
        .with("bad.ron", "nothing")
        .with("map.ron", SMALLEST);
    let ran = touchline("check")
        .within(&folder)
        .args(&[
            "--format",
            "json",
            "--deny",
            "unowned-stage",
            "bad.ron",
            "map.ron",
        ])
        .exits(2);
    let json: serde_json::Value = serde_json::from_str(&ran.out()).unwrap();
    let expected = serde_json::json!({
        "version": 1,
        "files": [
            {
                "file": "bad.ron",
                "error": {
                    "line": 1,
                    "column": 1,
                    "message": "this is no journey map: a map starts with a round bracket",
                },
                "findings": [],
                "accepted": [],
            },
            {
                "file": "map.ron",
                "error": null,
                "findings": [
                    {
                        "rule": "unowned-stage",
                        "family": "ownership",
                        "severity": "advice",
                        "denied": true,
                        "subject": "s",
                        "detail": "",
                        "place": "stages[0]",
                        "line": 1,
                        "column": 23,
                        "message": "stage “S”: no owner",
                    },
                    {
                        "rule": "unowned-touchpoint",
                        "family": "ownership",
                        "severity": "advice",
                        "denied": false,
                        "subject": "a",
                        "detail": "",
                        "place": "stages[0].touchpoints[0]",
                        "line": 1,
                        "column": 49,
                        "message": "touchpoint “A”: no owner",
                    },
                ],
                "accepted": [],
            },
        ],
        "errors": 0,
        "warnings": 0,
        "advice": 2,
    });
    assert_eq!(json, expected);
}

/// A map with this many unowned touchpoints of an owned stage, and after them a misspelt owner.
fn unowned_touchpoints(count: usize) -> String {
    let touchpoints: String = (1..=count)
        .map(|n| format!("(name: \"T{n}\"),\n"))
        .collect();
    format!(
        "(title: \"T\", scenario: \"S\", zz: 1, departments: [(name: \"D\")],\n\
         stages: [(name: \"S\", owner: \"d\", touchpoints: [\n{touchpoints}(name: \"Last\", owner: \"dd\")])])"
    )
}

const ALLOWED: [&str; 8] = [
    "--allow",
    "advice",
    "--deny",
    "unowned-touchpoint",
    "--today",
    "2026-06-01",
    "map.ron",
    "--format",
];

#[test]
fn the_gravest_findings_come_first_and_many_of_one_rule_are_one_line() {
    let folder = Folder::new().with("map.ron", &unowned_touchpoints(300));
    let check = |arguments: &[&str]| {
        let ran = touchline("check").within(&folder).args(&ALLOWED);
        ran.args(arguments).exits(1).out()
    };
    assert_eq!(
        check(&["text"]),
        "map.ron:303:23: error: “owner” refers to department “dd”, which is not in the map [reference-dangling]\n\
         map.ron:1:33: warning: the field “zz” is not known here; saving the map drops it [unknown-field]\n\
         map.ron:3:1: advice (denied): touchpoint without owner: 300 times (“T1”, “T2”, “T3” and \
         297 more) [unowned-touchpoint]\n\
         1 error, 1 warning, 1 piece of advice\n"
    );
    let each = check(&["text", "--all"]);
    assert!(each.contains("map.ron:302:1: advice (denied): touchpoint “T300”: no owner"));
    assert_eq!(each.lines().count(), 303);
    let json: serde_json::Value = serde_json::from_str(&check(&["json"])).unwrap();
    let places = json["files"][0]["findings"][2]["places"]
        .as_array()
        .unwrap();
    assert_eq!((places.len(), &places[299]["line"]), (300, &302.into()));
    let sarif: serde_json::Value = serde_json::from_str(&check(&["sarif"])).unwrap();
    assert_eq!(sarif["runs"][0]["results"].as_array().unwrap().len(), 302);
    let folder = Folder::new().with("map.ron", &unowned_touchpoints(5));
    let few = touchline("check")
        .within(&folder)
        .args(&ALLOWED)
        .args(&["text"])
        .exits(1)
        .out();
    assert_eq!(few.lines().count(), 8);
}

#[test]
fn stats_report_and_check_count_the_same_findings() {
    for map in ["dangling", "doubles", "unknown-fields", "numbers"] {
        let file = format!(
            "{}/tests/corpus/good/{map}.journey.ron",
            env!("CARGO_MANIFEST_DIR")
        );
        let run = |command: &str, code| -> serde_json::Value {
            let ran =
                touchline(command).args(&[&file, "--format", "json", "--today", "2026-06-01"]);
            serde_json::from_str(&ran.exits(code).out()).unwrap()
        };
        let checked = run(
            "check",
            if matches!(map, "dangling" | "doubles") {
                1
            } else {
                0
            },
        );
        let counted = run("stats", 0);
        for severity in ["errors", "warnings", "advice"] {
            assert_eq!(
                checked[severity], counted["findings"][severity],
                "{map}: {severity}"
            );
        }
        assert!(
            map == "dangling"
                || checked["errors"].as_u64() > Some(0)
                || checked["warnings"].as_u64() > Some(0)
        );
    }
}

#[test]
fn rules_and_severities_can_be_denied_and_allowed() {
    let folder = Folder::new().with("map.ron", SMALLEST);
    let check = |arguments: &[&str], code| {
        let ran = touchline("check").within(&folder).arg("map.ron");
        ran.args(arguments).exits(code).out()
    };
    let touchpoint = "touchpoint “A”: no owner";
    assert!(!check(&["--allow", "unowned-touchpoint"], 0).contains(touchpoint));
    assert_eq!(check(&["--allow", "advice"], 0), "");
    assert!(check(&["--deny", "advice"], 1).contains(touchpoint));
    // A rule takes precedence over a severity, and a denial over an allowance.
    let one = check(&["--allow", "advice", "--deny", "unowned-stage"], 1);
    assert!(one.contains("unowned-stage") && !one.contains(touchpoint));
    assert!(!check(&["--deny", "advice", "--allow", "unowned-touchpoint"], 1).contains(touchpoint));
    assert!(check(&["--deny", "unowned-stage", "--allow", "unowned-stage"], 1).contains("denied"));
}

#[test]
fn overdue_actions_depend_on_the_date() {
    let map = OWNED.replace(
        ", stages",
        r#", actions: [(name: "Do it", owner: "d", due: "2026-05-01")], stages"#,
    );
    let folder = Folder::new().with("map.ron", &map);
    let on = |day| {
        touchline("check")
            .within(&folder)
            .args(&["map.ron", "--today", day, "--allow", "advice"])
    };
    on("2026-05-01").exits(0).stdout("");
    assert!(
        on("2026-05-02")
            .exits(0)
            .out()
            .contains("due on 2026-05-01, not done")
    );
    let err = on("soon").exits(2).err();
    assert_eq!(err.lines().count(), 1, "{err}");
}

/// Checks the properties that the schema of SARIF 2.1.0 requires.
#[test]
fn check_sarif_has_the_required_properties() {
    let folder = Folder::new()
        .with("bad.ron", "nothing")
        .with("my map.ron", SMALLEST);
    let out = touchline("check")
        .within(&folder)
        .args(&[
            "--format",
            "sarif",
            "--deny",
            "unowned-stage",
            "my map.ron",
            "bad.ron",
        ])
        .exits(2)
        .out();
    let log: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!(log["version"], "2.1.0");
    let runs = log["runs"].as_array().unwrap();
    assert_eq!(runs.len(), 1);
    let driver = &runs[0]["tool"]["driver"];
    assert_eq!(driver["name"], "Touchline");
    let rules = driver["rules"].as_array().unwrap();
    for rule in rules {
        assert!(rule["id"].is_string() && rule["shortDescription"]["text"].is_string());
        let level = rule["defaultConfiguration"]["level"].as_str().unwrap();
        assert!(["error", "warning", "note"].contains(&level));
    }
    let results = runs[0]["results"].as_array().unwrap();
    assert_eq!(results.len(), 2);
    for result in results {
        let index = result["ruleIndex"].as_u64().unwrap() as usize;
        assert_eq!(rules[index]["id"], result["ruleId"]);
        assert!(result["message"]["text"].as_str().unwrap().ends_with('.'));
    }
    assert_eq!(results[0]["level"], "error", "it was denied");
    assert_eq!(results[1]["level"], "note");
    let place = &results[1]["locations"][0]["physicalLocation"];
    assert_eq!(place["artifactLocation"]["uri"], "my%20map.ron");
    assert_eq!(
        place["region"],
        serde_json::json!({"startLine": 1, "startColumn": 49})
    );
    let invocation = &runs[0]["invocations"][0];
    assert_eq!(invocation["executionSuccessful"], false);
    let notice = &invocation["toolExecutionNotifications"][0];
    assert!(
        notice["message"]["text"]
            .as_str()
            .unwrap()
            .starts_with("this is no journey map")
    );
}

#[test]
fn rules_are_listed_with_reason_and_source() {
    let text = touchline("rules").exits(0).out();
    assert!(text.contains("  unowned-touchpoint (advice)\n    No department owns"));
    let out = touchline("rules")
        .args(&["--format", "json"])
        .exits(0)
        .out();
    let json: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!(json["version"], 1);
    for rule in json["rules"].as_array().unwrap() {
        let fields = rule.as_object().unwrap();
        let names: Vec<&str> = fields.keys().map(String::as_str).collect();
        let expected = [
            "id", "family", "severity", "meaning", "why", "source", "example",
        ];
        assert_eq!(names.len(), expected.len());
        for name in expected {
            assert!(
                fields[name].as_str().is_some_and(|text| !text.is_empty()),
                "{name}"
            );
        }
        assert!(text.contains(fields["why"].as_str().unwrap()));
    }
}

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
fn a_compact_export_is_smaller_than_the_comfortable_default() {
    let folder = Folder::new().with("map.ron", SMALLEST);
    let picture = |more: &[&str]| {
        let export = touchline("export").within(&folder);
        export
            .args(&["map.ron", "-o", "map.svg"])
            .args(more)
            .exits(0);
        folder.text("map.svg")
    };
    let width = |svg: &str| -> f64 {
        let (_, rest) = svg.split_once("width=\"").unwrap();
        rest.split_once('"').unwrap().0.parse().unwrap()
    };
    let usual = picture(&[]);
    assert_eq!(usual, picture(&["--density", "comfortable"]));
    let compact = picture(&["--density", "compact"]);
    assert!(width(&compact) < 0.85 * width(&usual));
}

#[test]
fn pictures_for_a_room_are_numbered_and_say_what_had_to_go() {
    let folder = Folder::new().with(
        "map.ron",
        include_str!("../sample_maps/bank-account.journey.ron"),
    );
    let export = |output: &str, room: &str| {
        let export = touchline("export").within(&folder);
        export
            .args(&["map.ron", "-o", output, "--room", room])
            .exits(0)
            .err()
    };
    let said = export("wall.svg", "2m,10m");
    assert!(said.contains("pictures with numbers"), "{said}");
    assert!(
        said.contains("left out so that all can be read: "),
        "{said}"
    );
    let names = folder.names();
    assert!(names.contains(&"wall-1.svg".to_owned()), "{names:?}");
    assert!(names.contains(&"wall-2.svg".to_owned()), "{names:?}");
    let said = export("far.svg", "0.2m,40m");
    assert!(said.contains("cannot be read from the last row"), "{said}");
}

#[test]
fn handoffs_and_findings_can_be_exported() {
    let folder = Folder::new()
        .with("map.ron", OWNED)
        .with("small.ron", SMALLEST);
    let picture = |map: &str, more: &[&str]| {
        let export = touchline("export").within(&folder);
        export.args(&[map, "-o", "map.svg"]).args(more).exits(0);
        folder.text("map.svg")
    };
    assert!(!picture("map.ron", &[]).contains("No handoffs"));
    let handoffs = picture("map.ron", &["--handoffs"]);
    assert!(handoffs.contains("No handoffs between owners"));
    // The former names of the options.
    assert_eq!(picture("map.ron", &["--seams"]), handoffs);
    let colored = |option| picture("map.ron", &["--view", "flow", option, "feeling"]);
    assert_eq!(colored("--color"), colored("--colour"));
    let findings = ["--view", "findings", "--today", "2026-06-01"];
    let sheet = picture("map.ron", &findings);
    assert!(sheet.contains("No findings"));
    let sheet = picture("small.ron", &findings);
    assert!(sheet.contains("Touchpoint “A”: no owner."), "{sheet}");
    assert!(sheet.contains("Step 1 A") && sheet.contains("Without an owner nobody improves it."));
    assert_eq!(sheet, picture("small.ron", &findings));
}

#[test]
fn a_page_has_the_views_and_the_text_of_the_map() {
    let folder = Folder::new().with("map.ron", OWNED);
    let page = |more: &[&str]| {
        let export = touchline("export").within(&folder);
        let page = ["map.ron", "-o", "map.html", "--today", "2026-06-01"];
        export.args(&page).args(more).exits(0);
        folder.text("map.html")
    };
    let usual = page(&[]);
    assert!(usual.starts_with("<!doctype html>\n<html lang=\"en\" data-highlight=\"\""));
    assert!(usual.contains("<h2><bdi>Journey</bdi></h2>") && usual.contains("<article id=\"t0\""));
    assert_eq!(usual, page(&[]), "the same file each time");
    let flow = page(&[
        "--view",
        "flow",
        "--theme",
        "projector",
        "--highlight",
        "pain",
    ]);
    assert!(flow.contains("<html lang=\"en\" data-theme=\"projector\" data-highlight=\"p\""));
    assert!(flow.contains(
        "<svg class=\"drawing front\" aria-hidden=\"true\" focusable=\"false\" data-view=\"flow\""
    ));
}

#[test]
fn a_long_journey_is_drawn_in_rows() {
    let steps: String = (0..120)
        .map(|at| format!("(name: \"Step {at}\"),"))
        .collect();
    let map = format!("(title: \"Long\", stages: [(name: \"S\", touchpoints: [{steps}])])");
    let folder = Folder::new().with("map.ron", &map);
    let export = |more: &[&str]| {
        let export = touchline("export").within(&folder);
        let lanes = ["map.ron", "-o", "map.png", "--lanes", "touchpoints"];
        export.args(&lanes).args(more).exits(0).err()
    };
    let note = export(&["--width", "1000"]);
    assert!(
        note.starts_with("touchline: map.png is drawn in "),
        "{note}"
    );
    assert!(note.contains("rows, because one row would be") && note.ends_with("unreadable\n"));
    assert_eq!(export(&["--scale", "0.25"]), "");
    let wide = touchline("export").within(&folder);
    let wide = wide.args(&["map.ron", "-o", "wide.png", "--width", "30001"]);
    assert!(wide.exits(2).err().contains("30001 is not in 16..=30000"));
}

#[test]
fn export_refuses_contradictory_options() {
    let folder = Folder::new().with("map.ron", SMALLEST);
    let refused = |arguments: &[&str]| {
        touchline("export")
            .within(&folder)
            .arg("map.ron")
            .args(arguments)
            .exits(2)
            .err()
    };
    assert_eq!(
        refused(&["-o", "map.gif"]),
        "touchline: the name of the file must end in .svg, .pdf, .png, .html or .pptx\n"
    );
    assert!(refused(&["-o", "map.svg", "--width", "100"]).contains("for PNG"));
    assert!(refused(&["-o", "map.pdf", "--width", "100"]).contains("a PDF has a --paper"));
    assert!(refused(&["-o", "map.pdf", "--outlines"]).contains("for SVG"));
    assert!(refused(&["-o", "map.pptx", "--width", "100"]).contains("--slide"));
    assert!(refused(&["-o", "map.pdf", "--slide", "4:3"]).contains("PowerPoint"));
    assert!(refused(&["-o", "map.pptx", "--slide", "5:3"]).contains("16:9"));
    assert!(refused(&["-o", "map.pptx", "--pictures", "--font", "Arial"]).contains("--font"));
    assert!(refused(&["-o", "map.png", "--paper", "a3"]).contains("--paper is for PDF"));
    assert!(refused(&["-o", "map.pdf", "--paper", "a9"]).contains("a0, a1"));
    assert!(refused(&["-o", "map.png", "--outlines"]).contains("for SVG"));
    assert!(refused(&["-o", "map.html", "--width", "100"]).contains("fits every screen"));
    assert!(refused(&["-o", "map.html", "--room", "2,10"]).contains("--room is for pictures"));
    assert!(refused(&["-o", "map.svg", "--room", "2km"]).contains("such as 2m,10m"));
    assert!(refused(&["-o", "map.html", "--outlines"]).contains("embeds its fonts"));
    assert!(
        refused(&["-o", "map.png", "--width", "100", "--scale", "2"])
            .contains("cannot be used with")
    );
    assert!(refused(&["-o", "map.png", "--scale", "0"]).contains("from 0.05 to 20"));
    let on_findings = |more: &[&str]| {
        let findings = ["-o", "map.svg", "--view", "findings"];
        refused(&[&findings, more].concat())
    };
    assert!(on_findings(&["--seams"]).contains("--handoffs is for the journey"));
    assert!(on_findings(&["--highlight", "pain"]).contains("nothing is dimmed"));
    assert!(refused(&["-o", "map.svg", "--today", "2026-01-01"]).contains("--view findings"));
    let lane = refused(&["-o", "map.png", "--lanes", "pains,emails"]);
    assert!(lane.contains("there is no lane “emails” in this map; it has touchpoints, "));
    for error in [lane, refused(&["-o", "map.png", "--theme", "pink"])] {
        assert_eq!(error.lines().count(), 1, "{error}");
    }
    assert_eq!(folder.names(), ["map.ron"]);
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
    touchline("check")
        .within(&example)
        .args(&["--today", "2026-06-01", "example.ron"])
        .exits(0)
        .stdout("");
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
fn older_files_are_upgraded_only_on_request() {
    let old = include_str!("corpus/good/version-0.journey.ron");
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
