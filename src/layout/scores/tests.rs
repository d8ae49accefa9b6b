//! Property tests of the scores sheet, over pages of any size.

use super::*;
use crate::geom::Path;
use crate::model::ObjectRef;
use crate::text::FixedWidth;
use crate::theme::Icon;
use proptest::prelude::{any, prop_assert, prop_assert_eq, proptest};

type Values = Vec<(u8, u8, bool)>;

fn share(value: u8) -> f32 {
    f32::from(value) / 255.0
}

/// A page of stages of metrics with values at any time.
fn page(stages: &[Vec<Values>], entries: &[u8]) -> ScoresPage {
    let entry = |(at, values): (usize, &Values)| {
        let points = values.iter().map(|(time, value, known)| ScorePoint {
            time: share(*time),
            value: share(*value),
            interval: known.then_some((share(*value) / 2.0, share(*value).midpoint(1.0))),
        });
        ScoreEntry {
            object: ObjectRef::Touchpoint(format!("t{at}").as_str().into()),
            place: vec!["word"; at * 5].join(" "),
            metric: format!("Metric {at}"),
            value: "4.2 of 5".to_owned(),
            basis: "n 120".to_owned(),
            change: vec!["word"; values.len() * 7].join(" "),
            verdict: (at % 2 == 0).then_some((Icon::Question, TextRole::Soft)),
            target: String::new(),
            attention: String::new(),
            source: "measured".to_owned(),
            line: ScoreLine {
                points: points.collect(),
                target: (at % 3 == 0).then_some(0.5),
            },
        }
    };
    let section = |rows: &Vec<Values>| ScoreSection {
        title: "Stage".to_owned(),
        rows: rows.iter().enumerate().map(entry).collect(),
    };
    let list = |count: &u8| ScoreList {
        title: "List".to_owned(),
        icon: (Icon::Flag2, TextRole::Bad),
        entries: (0..usize::from(*count))
            .map(|at| ScoreListEntry {
                object: ObjectRef::Map,
                name: format!("Entry {at}"),
                text: vec!["word"; at * 3].join(" "),
            })
            .collect(),
    };
    ScoresPage {
        sections: stages.iter().map(section).collect(),
        lists: entries.iter().map(list).collect(),
        empty_text: "Nothing".to_owned(),
        ..ScoresPage::default()
    }
}

proptest! {
    #[test]
    fn every_metric_has_a_row_of_its_own_and_its_line_stays_in_it(
        stages in proptest::collection::vec(
            proptest::collection::vec(
                proptest::collection::vec((any::<u8>(), any::<u8>(), any::<bool>()), 0..6),
                1..5,
            ),
            0..4,
        ),
        entries in proptest::collection::vec(1_u8..6, 0..4),
    ) {
        let page = page(&stages, &entries);
        let sheet = scores(&Map::with_title("T"), &page, Density::Comfortable, &mut FixedWidth);
        prop_assert_eq!(sheet.rows.len(), stages.iter().map(Vec::len).sum::<usize>());
        let mut bottom = f64::NEG_INFINITY;
        for (row, values) in sheet.rows.iter().zip(stages.iter().flatten()) {
            prop_assert!(row.y >= bottom - 0.01);
            bottom = row.y + f64::from(row.area.max.y);
            prop_assert!(bottom <= sheet.height - f64::from(size::MARGIN) + 0.01);
            prop_assert_eq!(row.points.len(), values.len());
            let bounds = row.bands.iter().chain(&row.line).chain(&row.target).map(Path::bounds);
            for drawn in bounds.chain(row.points.iter().copied()) {
                prop_assert!(drawn.min.x >= 0.0 && drawn.max.x <= row.area.max.x);
                prop_assert!(drawn.min.y >= 0.0 && drawn.max.y <= row.area.max.y);
            }
            let known = values.chunk_by(|one, next| one.2 == next.2).filter(|run| run[0].2);
            prop_assert_eq!(row.bands.len(), known.count());
            for run in &row.runs {
                prop_assert!(run.at.x + run.width <= row.area.max.x + 0.01);
                prop_assert!(run.at.y <= row.area.max.y);
            }
        }
        let mut bottom = f64::NEG_INFINITY;
        for (plate, count) in sheet.lists.iter().zip(&entries) {
            prop_assert!(plate.y > bottom);
            bottom = plate.y + f64::from(plate.area.max.y);
            prop_assert_eq!(plate.entries.len(), usize::from(*count));
            prop_assert!(plate.entries.windows(2).all(|it| it[0].area.max.y <= it[1].area.min.y + 0.01));
        }
    }
}
