use super::*;
use crate::graph::Graph;
use crate::model::Map;
use crate::model::{Date, Measurement};
use proptest::prelude::{ProptestConfig, prop_assert, prop_assert_eq, proptest};

const TODAY: Date = Date::constant(2026, 6, 1);

fn read(text: &str) -> Map {
    crate::format::read(text.as_bytes()).unwrap().map
}

fn scores(map: &Map) -> Scores<'_> {
    Scores::of(map, &Graph::of(map), TODAY, 90)
}

const JOURNEY: &str = r#"(title: "Open an account",
  departments: [(id: "sales", name: "Sales")],
  stages: [
    (id: "s", name: "Apply", owner: "sales", touchpoints: [
      (id: "a", name: "Reads", owner: "sales"),
      (id: "b", name: "Signs", owner: "sales",
        pains: [(id: "p", text: "Unclear", actions: ["x", "y"])],
        measurements: [
          (metric: "CSAT", value: 3.1, unit: "of 5", n: 300, sd: 0.9, date: "2025-05-15"),
          (metric: "CSAT", value: 3.9, unit: "of 5", n: 300, sd: 0.9, date: "2026-01-15"),
          (metric: "CSAT", value: 4.2, unit: "of 5", n: 300, sd: 0.8, target: 4.5, date: "2026-05-15"),
          (metric: "Wait", value: 3, unit: "d", date: "2026-05-15"),
        ]),
    ]),
    (id: "t", name: "Use", owner: "sales", touchpoints: [
      (id: "c", name: "Pays", owner: "sales", moment_of_truth: true),
      (id: "d", name: "Asks", owner: "sales", measurements: [
          (metric: "NPS", counts: [24, 56, 20], value: 4, n: 100, date: "2026-03-01"),
          (metric: "NPS", counts: [10, 20, 70], value: -60, n: 100, date: "2026-05-01"),
        ]),
    ]),
  ],
  actions: [
    (id: "x", name: "Show fees", owner: "sales", status: done, done_on: "2025-11-01", lift: (metric: "CSAT", by: 0.6)),
    (id: "y", name: "Later", owner: "sales", status: done, done_on: "2026-05-20", lift: (metric: "CSAT", by: 0.2)),
  ])"#;

#[test]
fn changes_are_told_with_their_reason() {
    let map = read(JOURNEY);
    let scores = scores(&map);
    let name = |it: &&ScoreSeries<'_>| scores.name(it);
    assert_eq!(
        scores.improved().iter().map(name).collect::<Vec<_>>(),
        ["CSAT at “Signs”"]
    );
    assert_eq!(
        scores.falling().iter().map(name).collect::<Vec<_>>(),
        ["NPS at “Asks”"]
    );
    let attention = scores.attention();
    assert_eq!(
        attention.iter().map(name).collect::<Vec<_>>(),
        ["NPS at “Asks”", "CSAT at “Signs”"]
    );
    assert_eq!(
        scores.attention_text(attention[0]),
        "worse by 64 and in the lower half of its scale, at the last contact"
    );
    assert_eq!(
        scores.attention_text(attention[1]),
        "0.3 below the target of 4.5"
    );
    let unmeasured = [(0, KeyMoment::First), (2, KeyMoment::MomentOfTruth)];
    assert_eq!(scores.unmeasured, unmeasured);
    assert_eq!(
        scores.stages.iter().map(|it| it.at).collect::<Vec<_>>(),
        [1, 0]
    );
}

#[test]
fn the_story_names_what_was_done_in_between() {
    let map = read(JOURNEY);
    let scores = scores(&map);
    assert_eq!(
        scores.story(&scores.series[0]).unwrap(),
        "CSAT at “Signs” improved from 3.1 to 4.2 of 5 in 12 months (2025-05-15 to 2026-05-15). \
         +1.1, 0.96 to 1.24 (95 %), better. \
         Done in between: “Show fees” (Sales, 2025-11-01, expected CSAT +0.6)."
    );
    assert_eq!(scores.story(&scores.series[1]), None);
}

#[test]
fn effects_stand_beside_what_was_expected() {
    let map = read(JOURNEY);
    let effects = action_effects(&map);
    let said: Vec<_> = effects
        .iter()
        .map(|it| (it.action.name.as_str(), it.verdict))
        .collect();
    assert_eq!(
        said,
        [
            ("Show fees", EffectVerdict::Reached),
            ("Later", EffectVerdict::Unmeasured)
        ]
    );
}

#[test]
fn means_of_a_period_are_weighted_by_answers() {
    let map = read(
        r#"(title: "T", measurements: [
          (metric: "CSAT", value: 4, unit: "of 5", n: 100, date: "2026-03-02"),
          (metric: "CSAT", value: 3, unit: "of 5", n: 300, date: "2026-03-30"),
          (metric: "CSAT", value: 5, unit: "of 5", date: "2026-04-01")])"#,
    );
    let scores = scores(&map);
    let months = period_means(&scores.series, Period::Month);
    let said: Vec<_> = months
        .iter()
        .map(|it| (&*it.period, it.mean, it.answers))
        .collect();
    assert_eq!(said, [("2026-03", 3.25, Some(400)), ("2026-04", 5.0, None)]);
    let weeks = period_means(&scores.series, Period::Week);
    let said: Vec<_> = weeks.iter().map(|it| (&*it.period, it.mean)).collect();
    assert_eq!(said, [("2026-W10", 4.0), ("2026-W14", 4.0)]);
}

#[test]
fn unknown_answers_are_never_called_better() {
    let map = read(
        r#"(title: "T", measurements: [
          (metric: "CSAT", value: 2, unit: "of 5", date: "2026-03-02"),
          (metric: "CSAT", value: 5, unit: "of 5", date: "2026-05-30")])"#,
    );
    let scores = scores(&map);
    let change = scores.series[0].recent.unwrap();
    assert_eq!(change.verdict, ScoreVerdict::CannotBeTold);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn each_value_is_in_one_series_and_rankings_are_sorted(map in crate::model::arbitrary::map()) {
        let scores = scores(&map);
        let values = |all: &[Measurement]| all.iter().filter(|it| it.value.is_some()).count();
        let all: usize = map.touchpoints().map(|it| values(&it.measurements)).sum();
        let all = all + values(&map.header().measurements);
        prop_assert_eq!(scores.series.iter().map(|it| it.series.taken.len()).sum::<usize>(), all);
        prop_assert!(scores.touchpoints.is_sorted_by(|a, b| a.satisfaction <= b.satisfaction));
        for score in &scores.series {
            prop_assert!(score.satisfaction().is_none_or(|it| (0.0..=1.0).contains(&it)));
        }
    }
}
