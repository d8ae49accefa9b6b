use super::*;
use crate::edit::plan_and_apply;
use crate::model::{Decimal, Map};
use proptest::prelude::*;

const MAP: &str = r#"(title: "T", stages: [(id: "s", name: "S", touchpoints: [
  (id: "a", name: "Signs"), (id: "b", name: "Prüft"), (id: "c", name: "Twice"), (id: "d", name: "twice")])])"#;

fn map() -> Map {
    crate::format::read(MAP.as_bytes()).unwrap().map
}

fn import(map: &Map, table: &str) -> MeasurementImport {
    import_measurements(map, table.as_bytes(), ("", "")).unwrap()
}

fn apply(map: &mut Map, table: &str) -> MeasurementImport {
    let import = import(map, table);
    if let Some(intent) = &import.intent {
        plan_and_apply(map, intent).unwrap();
    }
    import
}

fn texts(map: &Map, id: &str) -> Vec<String> {
    let touchpoint = map.touchpoint(&id.into()).unwrap();
    let texts = touchpoint.measurements.iter();
    texts
        .map(|it| {
            format!(
                "{} n {:?} {:?} {:?}",
                it.to_text(),
                it.n,
                it.counts,
                it.date.map(|d| d.to_string())
            )
        })
        .collect()
}

#[test]
fn rows_are_matched_by_id_or_name_and_the_rest_is_told() {
    let mut map = map();
    let table = "\u{feff}Step;Metric;Date;Value;Unit;n;Team\n\
        signs;CSAT;2026-03-31;3,4;of 5;120;x\n\
        PRUFT;CSAT;2026-03-31;4;of 5;10;x\n\
        ;NPS;2026-03-31;-12;;340;x\n\
        Twice;CSAT;2026-03-31;4;of 5;;x\n\
        Nobody;CSAT;2026-03-31;4;of 5;;x\n\
        a;CSAT;31.3.2026;4;of 5;;x\n\
        a;CSAT;2026-03-31;1.000;of 5;;x\n";
    let import = apply(&mut map, table);
    assert_eq!(import.unknown_columns, ["Team"]);
    let reasons: Vec<_> = import
        .rejected
        .iter()
        .map(|it| (it.line, &*it.reason))
        .collect();
    assert_eq!(
        reasons,
        [
            (5, "several touchpoints are called “Twice”: use the id"),
            (6, "no touchpoint is called “Nobody”"),
            (7, "“31.3.2026” is no date such as 2026-03-31"),
            (8, "value: “1.000” can mean two numbers"),
        ]
    );
    assert_eq!(
        texts(&map, "a"),
        ["CSAT 3.4 of 5 n Some(120) [] Some(\"2026-03-31\")"]
    );
    assert_eq!(
        texts(&map, "b"),
        ["CSAT 4 of 5 n Some(10) [] Some(\"2026-03-31\")"]
    );
    assert_eq!(
        map.header().measurements[0].value,
        Decimal::from_value(-12.0)
    );
}

#[test]
fn answers_are_counted_by_month_and_a_later_file_updates_them() {
    let mut map = map();
    let march = "touchpoint,date,metric,answer\n\
        a,2026-03-02,NPS,9\na,2026-03-03T10:00,NPS,10\na,2026-03-04,NPS,7\na,2026-03-05,NPS,0\n\
        a,2026-03-05,NPS,11\nb,2026-03-05,CSAT,4\nb,2026-04-05,CSAT,5\n";
    let import = apply(&mut map, march);
    assert_eq!(import.rejected[0].reason, "“11” is no answer from 0 to 10");
    assert_eq!(
        texts(&map, "a"),
        ["NPS 25 n Some(4) [2, 1, 1] Some(\"2026-03-05\")"]
    );
    assert_eq!(texts(&map, "b").len(), 2);
    let more = format!("{march}a,2026-03-30,NPS,9\n");
    let import = apply(&mut map, &more);
    assert!(matches!(
        import.measurements[0].outcome,
        Outcome::Updated { .. }
    ));
    assert_eq!(
        texts(&map, "a"),
        ["NPS 40 n Some(5) [3, 1, 1] Some(\"2026-03-30\")"]
    );
}

#[test]
fn counts_of_nps_and_shares_are_taken() {
    let mut map = map();
    apply(
        &mut map,
        "touchpoint,date,metric,promoters,passives,detractors,counted,n\n\
         a,2026-03-31,NPS,24,56,20,,\na,2026-03-31,Solved,,,,120,150\n",
    );
    assert_eq!(
        texts(&map, "a"),
        [
            "NPS 4 n Some(100) [24, 56, 20] Some(\"2026-03-31\")",
            "Solved 80 % n Some(150) [120, 30] Some(\"2026-03-31\")"
        ]
    );
}

#[test]
fn a_table_that_cannot_be_read_says_why() {
    let said = |table: &[u8]| {
        import_measurements(&map(), table, ("", ""))
            .unwrap_err()
            .to_string()
    };
    assert_eq!(said(b""), "the table is empty: it needs a header line");
    assert_eq!(
        said(b"metric,value\nCSAT,4"),
        "the table has no column touchpoint"
    );
    assert_eq!(
        said(b"touchpoint,date,value\na,2026-01-01,4"),
        "the table has no column metric"
    );
    assert_eq!(
        said(b"step,touchpoint,date\n"),
        "the table has two columns for touchpoint"
    );
    assert_eq!(
        said(b"touchpoint\xff,date"),
        "the table is not UTF-8 text: save it as “CSV UTF-8”"
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    /// Importing a table twice is importing it once.
    #[test]
    fn the_same_table_twice_changes_nothing(
        rows in prop::collection::vec(
            (0..4_usize, 0..3_usize, 1..4_u8, 0..=10_u8, prop::bool::ANY, prop::option::of(1..500_u32)),
            1..12,
        ),
    ) {
        let mut table = "touchpoint,metric,date,value,answer,unit,n\n".to_owned();
        for (place, metric, month, value, is_answer, n) in rows {
            let place = ["a", "b", "", "Signs"][place];
            let (metric, unit) = [("NPS", ""), ("CSAT", "of 5"), ("Wait", "min")][metric];
            let n = n.map_or(String::new(), |n| n.to_string());
            let (value, answer) = if is_answer { (String::new(), value.to_string()) } else { (value.to_string(), String::new()) };
            table += &format!("{place},{metric},2026-{month:02}-{:02},{value},{answer},{unit},{n}\n", month * 5);
        }
        let mut once = map();
        apply(&mut once, &table);
        let mut twice = once.clone();
        apply(&mut twice, &table);
        prop_assert_eq!(once, twice);
    }

    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let _ = import_measurements(&map(), &bytes, ("NPS", ""));
        let mut table = b"touchpoint,date,metric,value\n".to_vec();
        table.extend(&bytes);
        if let Ok(import) = import_measurements(&map(), &table, ("", "")) {
            prop_assert!(import.measurements.len() + import.rejected.len() <= bytes.len() + 1);
        }
    }
}
