//! `touchline diff`.

use crate::common::{Folder, touchline};
use crate::golden::assert_golden;
use serde_json::Value;

const BANK: &str = "sample_maps/bank-account.journey.ron";
const BANK_FUTURE: &str = "sample_maps/bank-account-future.journey.ron";

/// The maps of two texts in which one journey was written down: the steps 4a to 4c became 4 to 6,
/// some are worded anew, and no record has an id.
const MONDAY: &str = r#"(
    title: "A new account",
    departments: [(name: "Branch"), (name: "Back office")],
    channels: [(name: "Web"), (name: "Counter")],
    stages: [
        (name: "Phase 1: Look", touchpoints: [
            (name: "1. Sees the ad"),
            (name: "2. Compares the offers", channel: "web"),
        ]),
        (name: "Phase 2: Apply", touchpoints: [
            (name: "3. Makes an appointment", channel: "web", owner: "branch"),
            (name: "4a. Fills in the form", channel: "counter", owner: "branch", pains: [(text: "Too long")]),
            (name: "4b. Shows her papers", channel: "counter", owner: "branch"),
            (name: "4c. Signs the contract", channel: "counter", owner: "branch"),
            (name: "5. Gets the card", owner: "back-office"),
        ]),
    ],
)"#;

const FRIDAY: &str = r#"(
    title: "A new account",
    departments: [(name: "Back Office"), (name: "Branch")],
    channels: [(name: "Counter"), (name: "Web")],
    stages: [
        (name: "1 – Look", touchpoints: [
            (name: "1) Sees an ad on the tram"),
            (name: "2) Compares offers", channel: "web"),
        ]),
        (name: "2 – Apply", touchpoints: [
            (name: "3) Makes an appointment online", channel: "web", owner: "branch"),
            (name: "4) Fills in the form", channel: "counter", owner: "branch", pains: [(text: "Too long!")]),
            (name: "5) Proves who she is", channel: "counter", owner: "branch"),
            (name: "6) Signs the contract", channel: "web", owner: "branch"),
            (name: "7) Receives the card", owner: "back-office"),
        ]),
    ],
)"#;

fn written() -> Folder {
    let folder = Folder::new().with("monday.ron", MONDAY);
    folder.with("friday.ron", FRIDAY)
}

#[test]
fn the_future_of_a_sample_is_told_in_sentences() {
    let told = touchline("diff").args(&[BANK, BANK_FUTURE]).exits(1).out();
    assert_golden("tests/golden/bank-account.diff.txt", &told);
    touchline("diff")
        .args(&[BANK, BANK])
        .exits(0)
        .stdout("“Opening a bank account”: no differences\n");
}

#[test]
fn a_journey_written_anew_has_the_same_seven_steps() {
    let folder = written();
    let files = ["monday.ron", "friday.ron"];
    let diff = || touchline("diff").within(&folder).args(&files);
    let told = diff().args(&["--format", "markdown"]).exits(1).out();
    assert_golden("tests/golden/written-anew.diff.md", &told);
    let json: Value =
        serde_json::from_str(&diff().args(&["--format", "json"]).exits(1).out()).unwrap();
    let matched = json["matched"].as_array().unwrap();
    let steps = matched
        .iter()
        .filter(|pair| pair["kind"] == "touchpoint" && pair["by"] == "content");
    assert_eq!(steps.count(), 7);
    assert_eq!(
        [&json["counts"]["added"], &json["counts"]["removed"]],
        [0, 0]
    );
}

#[test]
fn matches_by_content_can_be_corrected() {
    let folder = written();
    let papers = "4b-shows-her-papers=5-proves-who-she-is";
    let diff = |options: &[&str]| {
        let diff = touchline("diff")
            .within(&folder)
            .args(&["monday.ron", "friday.ron"]);
        diff.args(options).exits(1).out()
    };
    let told = diff(&["--different", papers]);
    assert!(told.contains("Removed “4b. Shows her papers”"), "{told}");
    assert!(told.contains("Added “5) Proves who she is”"), "{told}");
    let crossed = diff(&["--same", "4b-shows-her-papers=6-signs-the-contract"]);
    assert!(
        crossed.contains("Renamed “4b. Shows her papers” to “6) Signs the contract”."),
        "{crossed}"
    );
    for (pair, problem) in [
        (
            "nobody=5-proves-who-she-is",
            "expected the id of a record of the map before",
        ),
        (
            "web=branch",
            "records of different kinds cannot be the same",
        ),
    ] {
        let ran =
            touchline("diff")
                .within(&folder)
                .args(&["--same", pair, "monday.ron", "friday.ron"]);
        let said = ran.exits(2).err();
        assert!(said.contains(problem), "{said}");
    }
}

#[test]
fn one_map_is_text_for_git_and_anything_else_stays_as_it_is() {
    let folder = written().with("broken.ron", "(title: \"T\", \u{1b}[");
    let text = |file: &str| {
        touchline("diff")
            .within(&folder)
            .args(&["--textconv", file])
            .exits(0)
            .out()
    };
    assert_golden(
        "tests/golden/written-anew.textconv.txt",
        &text("friday.ron"),
    );
    assert_eq!(text("broken.ron"), "(title: \"T\", \u{1b}[");
    touchline("diff")
        .within(&folder)
        .args(&["--textconv", "missing.ron"])
        .exits(2);
    touchline("diff")
        .within(&folder)
        .args(&["broken.ron", "friday.ron"])
        .exits(2);
    touchline("diff")
        .args(&["-", "-"])
        .exits(2)
        .stderr("touchline: only one of the two maps can come from standard input\n");
}

#[test]
fn a_future_journey_is_summed_up() {
    let summary = || touchline("diff").args(&["--summary", BANK, BANK_FUTURE]);
    let told = summary().args(&["--format", "markdown"]).exits(1).out();
    assert_golden("tests/golden/bank-account.future.md", &told);
    let json: Value =
        serde_json::from_str(&summary().args(&["--format", "json"]).exits(1).out()).unwrap();
    let stages = json["stages"].as_array().unwrap().iter();
    let steps = stages.flat_map(|stage| stage["steps"].as_array().unwrap());
    let counted = steps.filter(|step| step["fate"] == "new").count();
    assert_eq!(json["totals"]["steps"]["new"], counted);
    assert!(counted > 0);
}

#[test]
fn several_futures_are_told_side_by_side() {
    let summary = |options: &[&str], code: i32| {
        let run = touchline("diff").args(&["--summary", BANK, BANK_FUTURE, BANK]);
        run.args(options).exits(code)
    };
    let told = summary(&["--format", "markdown"], 1).out();
    assert_golden("tests/golden/bank-account.futures.md", &told);
    let json: Value = serde_json::from_str(&summary(&["--format", "json"], 1).out()).unwrap();
    let sections = json["table"]["sections"].as_array().unwrap();
    let rows = sections
        .iter()
        .flat_map(|it| it["rows"].as_array().unwrap());
    // What only the first future changes stands in its own column.
    let kept = rows.filter(|row| row["cells"][1] == "kept").count();
    assert!(kept > 0);
    let refused = touchline("diff").args(&[BANK, BANK_FUTURE, BANK]).exits(2);
    assert!(refused.err().contains("several futures are for --summary"));
}
