//! `touchline check --format sarif` checked against the standard: “Static Analysis
//! Results Interchange Format (SARIF) Version 2.1.0”, OASIS, with its errata 01.
//! Covers the requirements of section 3 for every object written: allowed and
//! required properties, their types, values and ranges, and relations between them.
//! Numbers are those of its sections.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[expect(dead_code, reason = "other tests use the rest")]
mod common;

use common::{Folder, touchline};
use serde_json::Value;
use std::collections::BTreeSet;

/// A property of an object: its name, whether it is required, and its type.
type Property = (&'static str, bool, PropertyType);

/// The type of a property.
#[derive(Clone, Copy)]
enum PropertyType {
    /// A non-empty string.
    Text,
    /// One of these strings.
    Word(&'static [&'static str]),
    /// A Boolean.
    Flag,
    /// An integer of at least this value.
    Number(u64),
    /// A URI, or a reference to one (RFC 3986).
    Uri,
    /// An object with strings as values.
    Texts,
    /// A property bag (3.8): tags are unique strings.
    Bag,
    /// An object.
    One(&'static ObjectSchema),
    /// An array of objects; `true`: with unique items.
    Many(&'static ObjectSchema, bool),
}

use PropertyType::{Bag, Flag, Many, Number, One, Text, Texts, Uri, Word};

/// An object of the standard.
struct ObjectSchema {
    section: &'static str,
    properties: &'static [Property],
}

const LEVELS: &[&str] = &["none", "note", "warning", "error"];
const KINDS: &[&str] = &[
    "notApplicable",
    "pass",
    "fail",
    "review",
    "open",
    "informational",
];

static LOG: ObjectSchema = ObjectSchema {
    section: "3.13 sarifLog",
    properties: &[
        ("$schema", false, Uri),
        ("version", true, Word(&["2.1.0"])),
        ("runs", true, Many(&RUN, false)),
    ],
};
static RUN: ObjectSchema = ObjectSchema {
    section: "3.14 run",
    properties: &[
        ("tool", true, One(&TOOL)),
        ("invocations", false, Many(&INVOCATION, false)),
        ("results", false, Many(&RESULT, false)),
        (
            "columnKind",
            false,
            Word(&["utf16CodeUnits", "unicodeCodePoints"]),
        ),
    ],
};
static TOOL: ObjectSchema = ObjectSchema {
    section: "3.18 tool",
    properties: &[("driver", true, One(&COMPONENT))],
};
static COMPONENT: ObjectSchema = ObjectSchema {
    section: "3.19 toolComponent",
    properties: &[
        ("name", true, Text),
        ("version", false, Text),
        ("semanticVersion", false, Text),
        // Code hosts link to it, so it is required here.
        ("informationUri", true, Uri),
        ("rules", false, Many(&RULE, true)),
    ],
};
static RULE: ObjectSchema = ObjectSchema {
    section: "3.49 reportingDescriptor",
    properties: &[
        ("id", true, Text),
        ("shortDescription", false, One(&WORDS)),
        ("fullDescription", false, One(&WORDS)),
        ("help", false, One(&WORDS)),
        ("defaultConfiguration", false, One(&CONFIGURATION)),
        ("properties", false, Bag),
    ],
};
static WORDS: ObjectSchema = ObjectSchema {
    section: "3.12 multiformatMessageString",
    properties: &[("text", true, Text), ("markdown", false, Text)],
};
static CONFIGURATION: ObjectSchema = ObjectSchema {
    section: "3.50 reportingConfiguration",
    properties: &[("enabled", false, Flag), ("level", false, Word(LEVELS))],
};
static INVOCATION: ObjectSchema = ObjectSchema {
    section: "3.20 invocation",
    properties: &[
        ("executionSuccessful", true, Flag),
        (
            "toolExecutionNotifications",
            false,
            Many(&NOTIFICATION, false),
        ),
    ],
};
static NOTIFICATION: ObjectSchema = ObjectSchema {
    section: "3.58 notification",
    properties: &[
        ("message", true, One(&MESSAGE)),
        ("level", false, Word(LEVELS)),
        ("locations", false, Many(&LOCATION, true)),
    ],
};
static RESULT: ObjectSchema = ObjectSchema {
    section: "3.27 result",
    properties: &[
        ("ruleId", false, Text),
        ("ruleIndex", false, Number(0)),
        ("kind", false, Word(KINDS)),
        ("level", false, Word(LEVELS)),
        ("message", true, One(&MESSAGE)),
        ("locations", false, Many(&LOCATION, false)),
        ("partialFingerprints", false, Texts),
        // 3.27.23: on all results, because it is on some.
        ("suppressions", true, Many(&SUPPRESSION, true)),
    ],
};
static SUPPRESSION: ObjectSchema = ObjectSchema {
    section: "3.35 suppression",
    properties: &[
        ("kind", true, Word(&["inSource", "external"])),
        (
            "status",
            false,
            Word(&["accepted", "underReview", "rejected"]),
        ),
        ("justification", false, Text),
    ],
};
static MESSAGE: ObjectSchema = ObjectSchema {
    section: "3.11 message",
    properties: &[("text", true, Text)],
};
static LOCATION: ObjectSchema = ObjectSchema {
    section: "3.28 location",
    properties: &[("physicalLocation", false, One(&PLACE))],
};
static PLACE: ObjectSchema = ObjectSchema {
    section: "3.29 physicalLocation",
    properties: &[
        ("artifactLocation", true, One(&ARTIFACT)),
        ("region", false, One(&REGION)),
    ],
};
static ARTIFACT: ObjectSchema = ObjectSchema {
    section: "3.4 artifactLocation",
    properties: &[("uri", true, Uri)],
};
static REGION: ObjectSchema = ObjectSchema {
    section: "3.30 region",
    properties: &[
        ("startLine", true, Number(1)),
        ("startColumn", false, Number(1)),
    ],
};

/// Collects all violations in an object, each with its path.
fn check_object(value: &Value, object: &ObjectSchema, path: &str, found: &mut Vec<String>) {
    let Some(fields) = value.as_object() else {
        found.push(format!("{path}: no object ({})", object.section));
        return;
    };
    for (name, needed, _) in object.properties {
        if *needed && !fields.contains_key(*name) {
            found.push(format!("{path}: has no {name} ({})", object.section));
        }
    }
    for (name, value) in fields {
        let known = object.properties.iter().find(|property| property.0 == name);
        let path = format!("{path}.{name}");
        let Some((.., holds)) = known else {
            found.push(format!("{path}: is not known ({})", object.section));
            continue;
        };
        if !check_value(value, *holds, &path, found) {
            found.push(format!("{path}: {value} ({})", object.section));
        }
    }
}

fn check_value(value: &Value, holds: PropertyType, path: &str, found: &mut Vec<String>) -> bool {
    match holds {
        Text => value.as_str().is_some_and(|text| !text.trim().is_empty()),
        Word(words) => value.as_str().is_some_and(|word| words.contains(&word)),
        Flag => value.is_boolean(),
        Number(least) => value.as_u64().is_some_and(|number| number >= least),
        Uri => value.as_str().is_some_and(is_reference),
        Texts => value
            .as_object()
            .is_some_and(|texts| texts.values().all(Value::is_string)),
        Bag => {
            let tags = value["tags"].as_array();
            tags.is_some_and(|tags| {
                let once: BTreeSet<&str> = tags.iter().filter_map(Value::as_str).collect();
                once.len() == tags.len()
            })
        }
        One(object) => {
            check_object(value, object, path, found);
            true
        }
        Many(object, once) => {
            let Some(list) = value.as_array() else {
                return false;
            };
            for (at, value) in list.iter().enumerate() {
                check_object(value, object, &format!("{path}[{at}]"), found);
            }
            let texts: BTreeSet<String> = list.iter().map(Value::to_string).collect();
            !once || texts.len() == list.len()
        }
    }
}

/// Whether a text consists of the characters of a URI reference, with percent signs
/// only before two hexadecimal digits, and a colon only after a scheme.
fn is_reference(text: &str) -> bool {
    let bytes = text.as_bytes();
    let allowed = |at: usize| match bytes[at] {
        b'%' => bytes
            .get(at + 1..at + 3)
            .is_some_and(|two| two.iter().all(u8::is_ascii_hexdigit)),
        byte => byte.is_ascii_alphanumeric() || b"-._~:/?#[]@!$&'()*+,;=".contains(&byte),
    };
    let scheme = match text.split_once(':') {
        None => true,
        Some((scheme, _)) => scheme.bytes().all(|byte| byte.is_ascii_alphabetic()),
    };
    !text.is_empty() && scheme && (0..bytes.len()).all(allowed)
}

/// Returns the log for some files after checking it against the standard.
fn log(folder: &Folder, arguments: &[&str], exit: i32) -> Value {
    let out = touchline("check")
        .within(folder)
        .args(&["--format", "sarif", "--today", "2026-06-01"])
        .args(arguments)
        .exits(exit)
        .out();
    let log: Value = serde_json::from_str(&out).unwrap();
    let mut found = Vec::new();
    check_object(&log, &LOG, "log", &mut found);
    assert_eq!(found, [""; 0]);
    // Readers look the schema up by its file name.
    let schema = log["$schema"].as_str().unwrap();
    assert!(schema.ends_with("/sarif-schema-2.1.0.json"), "{schema}");
    let run = &log["runs"][0];
    let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
    let mut fingerprints = BTreeSet::new();
    for result in run["results"].as_array().unwrap() {
        // 3.27.6: the index is that of the rule; 3.52.4: its id is the named one.
        let rule = &rules[result["ruleIndex"].as_u64().unwrap() as usize];
        assert_eq!(rule["id"], result["ruleId"]);
        // 3.27.10: a level belongs to a failure, which is the default kind.
        assert!(result["kind"].is_null() || result["kind"] == "fail");
        // 3.11.3: plain sentences.
        let text = result["message"]["text"].as_str().unwrap();
        assert!(text.ends_with(['.', '?']), "{text}");
        // 3.27.17: the fingerprint distinguishes a result from all others of its
        // file.
        let file = &result["locations"][0]["physicalLocation"]["artifactLocation"];
        let print = format!("{file} {}", result["partialFingerprints"]);
        assert!(fingerprints.insert(print.clone()), "{print}");
    }
    log
}

/// Returns the files named by results and notifications.
fn uris(log: &Value) -> Vec<String> {
    let run = &log["runs"][0];
    let notifications = &run["invocations"][0]["toolExecutionNotifications"];
    let lists = [&run["results"], notifications].map(|list| list.as_array().unwrap());
    let uri = |it: &Value| {
        let place = &it["locations"][0]["physicalLocation"];
        place["artifactLocation"]["uri"]
            .as_str()
            .unwrap()
            .to_owned()
    };
    let mut uris: Vec<String> = lists.into_iter().flatten().map(uri).collect();
    uris.dedup();
    uris
}

/// Checks the results of every rule with the map that triggers it.
#[test]
fn results_of_every_rule_conform_to_the_standard() {
    let folder = Folder::new();
    let mut names = Vec::new();
    for file in std::fs::read_dir("tests/rules").unwrap() {
        let path = file.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        if name.ends_with(".ron") {
            folder.put(&name, &std::fs::read(&path).unwrap());
            names.push(name);
        }
    }
    names.sort();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let log = log(&folder, &names, 1);
    let run = &log["runs"][0];
    let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
    let results = run["results"].as_array().unwrap();
    let said: BTreeSet<&str> = results
        .iter()
        .map(|it| it["ruleId"].as_str().unwrap())
        .collect();
    let silent: Vec<&str> = rules
        .iter()
        .map(|rule| rule["id"].as_str().unwrap())
        .filter(|id| !said.contains(id))
        .collect();
    assert_eq!(silent, [""; 0]);
    assert_eq!(run["invocations"][0]["executionSuccessful"], true);
}

#[test]
fn samples_and_unreadable_files_conform_to_the_standard() {
    let folder = Folder::new();
    let mut names = vec!["gone.ron".to_owned()];
    for (of, kept) in [("sample_maps", "sample"), ("tests/corpus/bad", "bad")] {
        for file in std::fs::read_dir(of).unwrap() {
            let path = file.unwrap().path();
            let own = path.file_name().unwrap().to_string_lossy().into_owned();
            if own.ends_with(".journey.ron") {
                // A name with characters that must all be encoded in a URI.
                let name = format!("{kept} %:ü {own}");
                folder.put(&name, &std::fs::read(&path).unwrap());
                names.push(name);
            }
        }
    }
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let log = log(&folder, &names, 2);
    let invocation = &log["runs"][0]["invocations"][0];
    assert_eq!(invocation["executionSuccessful"], false);
    let notifications = invocation["toolExecutionNotifications"].as_array().unwrap();
    assert!(notifications.len() > 40, "{}", notifications.len());
    assert!(notifications.iter().all(|it| it["level"] == "error"));
    assert!(uris(&log).contains(&"bad%20%25%3A%C3%BC%20date.journey.ron".to_owned()));
}

#[test]
fn files_are_named_as_uris() {
    let map = r#"(title: "T", stages: [(name: "S", touchpoints: [(name: "A")])])"#;
    let folder = Folder::new().with("a.ron", map);
    std::fs::create_dir(folder.path().join("in")).unwrap();
    // Two characters: three units of UTF-16, six bytes.
    folder.put("in/b.ron", map.replace('T', "é😀").as_bytes());
    let whole = folder.path().join("a.ron");
    let log = log(
        &folder,
        &["./a.ron", "in/./b.ron", whole.to_str().unwrap()],
        0,
    );
    // 3.14.27: columns count characters, as the run states.
    let column = |at: usize| {
        let place = &log["runs"][0]["results"][at]["locations"][0]["physicalLocation"];
        place["region"]["startColumn"].as_u64().unwrap()
    };
    assert_eq!(log["runs"][0]["columnKind"], "unicodeCodePoints");
    assert_eq!((column(1), column(3)), (49, 50));
    let uris = uris(&log);
    assert_eq!(uris[..2], ["a.ron", "in/b.ron"]);
    // 3.4.3: an absolute path is not a relative reference.
    assert!(
        uris[2].starts_with("file:///") && uris[2].ends_with("/a.ron"),
        "{}",
        uris[2]
    );
}

/// Returns the fingerprints of open and of accepted results.
fn fingerprints(log: &Value) -> [BTreeSet<String>; 2] {
    let mut all = [BTreeSet::new(), BTreeSet::new()];
    for result in log["runs"][0]["results"].as_array().unwrap() {
        let accepted = !result["suppressions"].as_array().unwrap().is_empty();
        let print = result["partialFingerprints"]["touchline/v2"]
            .as_str()
            .unwrap();
        all[usize::from(accepted)].insert(print.to_owned());
    }
    all
}

/// Two mistakes of one kind on each record, and records of different kinds with one id.
const TWICE: &str = r#"(
  title: "T",
  departments: [(id: "a", name: "Sales")],
  stages: [(id: "a", name: "S", owner: "x1", supporters: ["x2", "x2"], zz: 1, touchpoints: [
    (id: "a", name: "A", owner: "x1", supporters: ["x3", "x4"], yy: 1, zz: 2,
      feelings: [(score: 1.25), (score: 1.35, zz: 1)],
      pains: [(id: "p", text: "P", actions: ["x5"]), (id: "q", text: "Q", actions: ["x5"])],
      measurements: [
        (metric: "NPS", value: 20, n: 20, date: "2019-01-01"), (metric: "CSAT", value: 4, unit: "of 5", n: 10, date: "2019-01-01"),
      ]),
    (id: "a", name: "Same id", owner: "a"),
    (id: "a", name: "Same id again", owner: "a"),
  ])],
)"#;

#[test]
fn a_finding_keeps_its_fingerprint_when_another_is_put_right() {
    let folder = Folder::new().with("map.ron", TWICE);
    let [before, _] = fingerprints(&log(&folder, &["map.ron"], 1));
    for (wrong, right, gone) in [
        (
            r#"(id: "a", name: "S", owner: "x1","#,
            r#"(id: "a", name: "S","#,
            "reference-dangling / a / stage owner x1",
        ),
        (
            r#""x3", "#,
            "",
            "reference-dangling / a / touchpoint supporters x3",
        ),
        (
            r#"text: "P", actions: ["x5"]"#,
            r#"text: "P""#,
            "reference-dangling / a / touchpoint pains.actions p x5",
        ),
        ("yy: 1, ", "", "unknown-field / a / touchpoints.yy"),
        (
            "zz: 1, touchpoints",
            "touchpoints",
            "unknown-field / a / stages.zz",
        ),
        (
            "1.25",
            "1.2",
            "number-rounded / a / touchpoints.feelings[0].score",
        ),
        (
            r#"(id: "a", name: "Same id","#,
            r#"(id: "b", name: "Same id","#,
            "duplicate-id / touchpoint a Same id",
        ),
    ] {
        folder.put("map.ron", TWICE.replace(wrong, right).as_bytes());
        let exit = 1;
        let [after, _] = fingerprints(&log(&folder, &["map.ron"], exit));
        let lost: Vec<&String> = before.difference(&after).collect();
        assert!(lost.iter().all(|it| it.contains(gone)), "{wrong}: {lost:?}");
        assert_eq!(lost.len(), 1, "{gone}: {before:#?}");
    }
}

#[test]
fn accepted_findings_are_suppressed_results_and_cover_one_metric() {
    let accept = |subject: &str| {
        let list = format!(
            "suppressions: [(rule: \"sample-small\", subject: \"a\", {subject}reason: \"Only a pilot\")],\n)"
        );
        TWICE.trim_end_matches(')').to_owned() + &list
    };
    let folder = Folder::new().with("map.ron", &accept("detail: \"NPS\", "));
    let report = log(&folder, &["map.ron"], 1);
    let [open, accepted] = fingerprints(&report);
    assert_eq!(Vec::from_iter(accepted), ["sample-small / a / NPS"]);
    assert!(open.contains("sample-small / a / CSAT of 5"), "{open:#?}");
    let results = report["runs"][0]["results"].as_array().unwrap().iter();
    let suppressions: Vec<&Value> = results
        .map(|it| &it["suppressions"])
        .filter(|it| it[0].is_object())
        .collect();
    assert_eq!(
        suppressions,
        [
            &serde_json::json!([{"kind": "inSource", "status": "accepted", "justification": "Only a pilot."}])
        ]
    );
    // Without a detail, as files had it before, it covers both.
    folder.put("map.ron", accept("").as_bytes());
    let [_, accepted] = fingerprints(&log(&folder, &["map.ron"], 1));
    assert_eq!(accepted.len(), 2, "{accepted:?}");
}
