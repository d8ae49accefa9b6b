//! Findings of `touchline check`, as text, JSON and SARIF, and the rules.

use super::common::{Folder, touchline};
use super::{OWNED, SMALLEST};

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
