//! Property tests of the findings sheet, over pages of any size.

use super::*;
use crate::text::FixedWidth;
use crate::theme::Icon;
use proptest::prelude::{ProptestConfig, any, prop_assert, prop_assert_eq, proptest};
use std::ops::Range;

/// A page of families of rules with this many findings each, in sentences of any length.
fn page(families: &[Vec<u8>]) -> FindingsPage {
    let words = |count: usize| vec!["word"; 1 + count % 40].join(" ");
    let noted = |family: usize, rule: usize, count: u8| RuleEntry {
        icon: (Icon::Bulb, TextRole::Soft),
        title: format!("Meaning {family} {rule}"),
        findings: (0..usize::from(count))
            .map(|at| FindingEntry {
                sentence: format!("Said {family} {rule} {at} {}", words(at * 7 + rule)),
                about: "About".to_owned(),
            })
            .collect(),
        why: words(rule * 11),
        source: "Source".to_owned(),
    };
    let family = |(at, rules): (usize, &Vec<u8>)| FamilySection {
        title: format!("Family {at}"),
        rules: (0..)
            .zip(rules)
            .map(|(rule, count)| noted(at, rule, *count))
            .collect(),
    };
    FindingsPage {
        families: families.iter().enumerate().map(family).collect(),
        empty_text: "Nothing".to_owned(),
        ..FindingsPage::default()
    }
}

fn laid_out(page: &FindingsPage) -> FindingsLayout {
    findings(
        &Map::with_title("T"),
        page,
        Density::Comfortable,
        &mut FixedWidth,
    )
}

/// All texts of the columns in reading order.
fn words(sheet: &FindingsLayout) -> Vec<String> {
    let runs = sheet.columns.iter().flat_map(|column| &column.runs);
    runs.map(|run| run.text.to_string()).collect()
}

#[test]
fn a_page_without_findings_has_the_empty_text() {
    let sheet = laid_out(&page(&[]));
    assert!(sheet.header.runs.iter().any(|run| &*run.text == "Nothing"));
    assert!(sheet.columns.is_empty());
    let width = f64::from(MIN_HEADER_WIDTH + 2.0 * size::MARGIN);
    assert_eq!(sheet.width, width);
}

#[test]
fn a_long_list_makes_a_page_that_is_wider_than_high() {
    let sheet = laid_out(&page(&[vec![30; 12], vec![5; 8]]));
    let shape = sheet.width / sheet.height;
    assert!((1.0..2.4).contains(&shape), "{shape}");
    assert!(words(&sheet).iter().any(|it| it == "Family 0, continued"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    #[test]
    fn findings_appear_once_in_order_without_overlap(
        families in proptest::collection::vec(proptest::collection::vec(0_u8..9, 1..5), 0..6),
    ) {
        let page = page(&families);
        let sheet = laid_out(&page);
        let words = words(&sheet);
        let firsts: Vec<&String> = words.iter().filter(|it| it.starts_with("Said ")).collect();
        let mut wanted = Vec::new();
        for (f, rules) in families.iter().enumerate() {
            for (r, count) in rules.iter().enumerate() {
                wanted.extend((0..*count).map(|at| format!("Said {f} {r} {at} ")));
            }
        }
        prop_assert_eq!(firsts.len(), wanted.len());
        for (said, wanted) in firsts.iter().zip(&wanted) {
            prop_assert!(said.starts_with(wanted.as_str()), "{} {}", said, wanted);
        }
        let width = COLUMN_WIDTH;
        let mut right = f64::from(size::MARGIN);
        for column in &sheet.columns {
            prop_assert!(column.x >= right - 0.01);
            right = column.x + f64::from(width);
            prop_assert!(right <= sheet.width - f64::from(size::MARGIN) + 0.01);
            for (i, plate) in column.plates.iter().enumerate() {
                let end = column.y + f64::from(plate.max.y);
                prop_assert!(end <= sheet.height - f64::from(size::MARGIN) + 0.01);
                for other in &column.plates[i + 1..] {
                    prop_assert!(!plate.intersects(other), "{:?} {:?}", plate, other);
                }
            }
            // Lines of text follow each other downward and stay in their column.
            let mut y = 0.0;
            for run in &column.runs {
                prop_assert!(run.at.y > y, "{} at {}", run.text, run.at.y);
                y = run.at.y;
                prop_assert!(run.at.x + run.width <= width);
            }
        }
    }

    #[test]
    fn columns_contain_every_unit_once_within_the_limit(
        heights in proptest::collection::vec((1_u16..400, any::<bool>()), 0..60),
        most in 1_usize..9,
    ) {
        let mut group = 0;
        let units: Vec<ColumnUnit> = heights
            .iter()
            .map(|(height, next)| {
                group += usize::from(*next);
                let atom = |height| ColumnItem::of(0.0, Vec::new(), height);
                ColumnUnit { group, items: vec![atom(f32::from(*height))], repeated_header: vec![atom(20.0)] }
            })
            .collect();
        let filled = columns::fill(&units, most);
        prop_assert!(filled.len() <= most);
        let all: Vec<usize> = filled.iter().cloned().flat_map(|it: Range<usize>| it).collect();
        prop_assert_eq!(all, (0..units.len()).collect::<Vec<_>>());
    }
}
