//! `touchline scores` and `touchline measure`.

use crate::common::{Folder, touchline};
use crate::golden::assert_golden;
use serde_json::Value;

const BANK: &str = "sample_maps/bank-account.journey.ron";
const DAY: [&str; 2] = ["--on", "2026-06-01"];

fn scores(arguments: &[&str]) -> String {
    touchline("scores")
        .args(arguments)
        .args(&DAY)
        .arg(BANK)
        .exits(0)
        .out()
}

#[test]
fn scores_of_a_sample_are_as_expected() {
    let story = scores(&["--story"]);
    let months = scores(&["--means", "month"]);
    assert_golden(
        "tests/golden/scores.txt",
        &format!("{}\n{story}\n{months}", scores(&[])),
    );
    assert_golden("tests/golden/scores.md", &scores(&["--format", "markdown"]));
}

#[test]
fn scores_as_json_and_csv_hold_each_value() {
    let json: Value = serde_json::from_str(&scores(&["--format", "json"])).unwrap();
    let series = json["series"].as_array().unwrap();
    let values: usize = series
        .iter()
        .map(|it| it["values"].as_array().unwrap().len())
        .sum();
    let csv = scores(&["--format", "csv"]);
    assert_eq!(csv.lines().count(), values + 1);
    let widths = csv.lines().map(|line| line.matches(',').count());
    assert!(widths.clone().all(|width| width >= 11), "{csv}");
    for it in series
        .iter()
        .flat_map(|it| it["values"].as_array().unwrap())
    {
        assert!(it["source"].as_str().unwrap().starts_with("measured on "));
    }
}

#[test]
fn a_name_is_no_formula_in_a_spreadsheet() {
    let map = r#"(title: "T", measurements: [(metric: "=1+1", value: -2, date: "2026-01-01")])"#;
    let csv = touchline("scores")
        .args(&["--format", "csv", "-"])
        .input(map)
        .exits(0)
        .out();
    assert!(csv.ends_with(",,,'=1+1,,2026-01-01,-2,,,,,\n"), "{csv}");
}

#[test]
fn a_table_is_taken_into_a_map_once() {
    let map = r#"(title: "T", stages: [(name: "S", touchpoints: [(id: "a", name: "Signs")])])"#;
    let table = "step,metric,date,value,unit,n\nSigns,CSAT,2026-03-31,3.4,of 5,120\nGone,CSAT,2026-03-31,3,of 5,1\n";
    let folder = Folder::new().with("m.ron", map).with("t.csv", table);
    let measure = |more: &[&str]| {
        let run = touchline("measure")
            .within(&folder)
            .args(&["m.ron", "--csv", "t.csv"]);
        run.args(more).exits(1)
    };
    measure(&[]).stdout(
        "line 2: added at “Signs”, CSAT 3.4 of 5 (n = 120, 2026-03-31)\n\
         line 3: not used, no touchpoint is called “Gone”\n\
         1 added, 0 updated, 0 unchanged, 1 row not used\n\
         Nothing was written: mend these rows, or use --partial.\n",
    );
    assert_eq!(folder.text("m.ron"), map);
    measure(&["--partial"]);
    let after = folder.text("m.ron");
    assert!(after.contains("value: 3.4"), "{after}");
    let json: Value =
        serde_json::from_str(&measure(&["--partial", "--format", "json"]).out()).unwrap();
    assert_eq!(json["measurements"][0]["outcome"], "unchanged");
    assert_eq!(json["written"], false);
    assert_eq!(folder.text("m.ron"), after);
}
