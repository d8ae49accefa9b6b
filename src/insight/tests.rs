//! Checks on small maps, and property tests on random ones.

use super::*;
use crate::edit::{ChangeSet, Edit};
use crate::model::{
    Action, ActionStatus, Department, Feeling, LaneId, Pain, Path, PathKind, Stage, Suppression,
    Touchpoint, arbitrary,
};
use proptest::prelude::{ProptestConfig, prop_assert, prop_assert_eq, proptest};

const TODAY: Date = Date::constant(2026, 6, 1);

fn map(stages: Vec<Stage>, touchpoints: Vec<(&str, Touchpoint)>) -> Map {
    let mut map = Map::with_title("T");
    let mut changes = vec![
        Edit::Insert {
            at: 0,
            record: Department::new("sales".into(), "Sales"),
        }
        .into(),
    ];
    for (at, record) in stages.into_iter().enumerate() {
        changes.push(Edit::Insert { at, record }.into());
    }
    for (at, (stage, record)) in touchpoints.into_iter().enumerate() {
        let at = (stage.into(), at);
        changes.push(Edit::Insert { at, record }.into());
    }
    ChangeSet(changes).apply(&mut map).unwrap();
    map
}

fn add(map: &mut Map, change: crate::edit::Change) {
    ChangeSet(vec![change]).apply(map).unwrap();
}

fn owned_stage(id: &str) -> Stage {
    Stage {
        owner: Some("sales".into()),
        ..Stage::new(id.into(), id.to_uppercase())
    }
}

fn owned(id: &str) -> Touchpoint {
    Touchpoint {
        owner: Some("sales".into()),
        ..Touchpoint::new(id.into(), id.to_uppercase())
    }
}

fn hurt(id: &str, actions: &[&str]) -> Pain {
    Pain {
        id: id.into(),
        text: "Fees are hidden".into(),
        severity: crate::model::Level::High,
        votes: 0,
        actions: actions.iter().map(|a| (*a).into()).collect(),
        evidence: crate::model::Evidence::default(),
    }
}

fn said(map: &Map) -> Vec<(&'static str, String, String)> {
    check(map, TODAY)
        .into_iter()
        .map(|f| {
            (
                f.rule.id,
                f.subject.key().into_owned(),
                f.location.path(map),
            )
        })
        .collect()
}

fn one(rule: &'static str, subject: &str, place: &str) -> (&'static str, String, String) {
    (rule, subject.to_owned(), place.to_owned())
}

#[test]
fn a_complete_map_has_no_findings() {
    assert_eq!(
        said(&map(vec![owned_stage("s")], vec![("s", owned("a"))])),
        []
    );
}

#[test]
fn missing_owners_and_empty_stages_are_found() {
    let bare = Stage::new("s".into(), "S");
    let touchpoint = Touchpoint::new("a".into(), "A");
    let map = map(vec![bare, owned_stage("t")], vec![("s", touchpoint)]);
    assert_eq!(
        said(&map),
        [
            one("unowned-stage", "s", "stages[0]"),
            one("unowned-touchpoint", "a", "stages[0].touchpoints[0]"),
            one("empty-stage", "t", "stages[1]"),
        ]
    );
}

#[test]
fn a_pain_needs_an_action_that_was_not_dropped() {
    let mut touchpoint = owned("a");
    touchpoint.pains = vec![hurt("p", &[]), hurt("q", &["x"]), hurt("r", &["x", "y"])];
    let mut map = map(vec![owned_stage("s")], vec![("s", touchpoint)]);
    let action = |id: &str| Action {
        owner: Some("sales".into()),
        due: Some(TODAY),
        ..Action::new(id.into(), id.to_uppercase())
    };
    let mut dropped = action("x");
    dropped.status = ActionStatus::Dropped;
    add(
        &mut map,
        Edit::Insert {
            at: 0,
            record: dropped,
        }
        .into(),
    );
    let record = action("y");
    add(&mut map, Edit::Insert { at: 1, record }.into());
    assert_eq!(
        said(&map),
        [
            one(
                "severe-pain-unanswered",
                "p",
                "stages[0].touchpoints[0].pains[0]"
            ),
            one(
                "severe-pain-unanswered",
                "q",
                "stages[0].touchpoints[0].pains[1]"
            ),
        ]
    );
}

/// The identity of a finding does not move on when the one before it is put right.
#[test]
fn hidden_characters_are_found_once_a_kind_of_text_without_a_number() {
    let found = |goals: &[&str]| {
        let mut persona = crate::model::Persona::new("jana".into(), "Jana");
        persona.goals = goals.iter().map(|it| (*it).to_owned()).collect();
        let mut map = Map::with_title("T");
        add(
            &mut map,
            Edit::Insert {
                at: 0,
                record: persona,
            }
            .into(),
        );
        let found = check(&map, TODAY).into_iter();
        let found = found.filter(|it| it.rule.id == "hidden-characters");
        found.map(|it| (it.detail, it.message)).collect::<Vec<_>>()
    };
    let one = (
        "goals".to_owned(),
        "“Jana”, goal 2: a hidden character".to_owned(),
    );
    assert_eq!(found(&["plain", "a\u{7}b"]), [one]);
    let two = (
        "goals".to_owned(),
        "“Jana”, goal 1: 3 hidden characters".to_owned(),
    );
    assert_eq!(found(&["a\u{7}\u{7}", "a\u{7}b"]), [two]);
}

#[test]
fn every_kind_of_reference_is_checked() {
    let mut touchpoint = owned("a");
    touchpoint.channel = Some("c".into());
    touchpoint.environment = Some("e".into());
    touchpoint.owner = Some("d".into());
    touchpoint.supporters = vec!["sales".into(), "d".into()];
    touchpoint.feelings = vec![Feeling {
        persona: Some("p".into()),
        ..Feeling::default()
    }];
    touchpoint.paths = vec![Path {
        to: "gone".into(),
        kind: PathKind::Failure,
        label: String::new(),
        share: None,
    }];
    touchpoint.backstage = vec![crate::model::Backstage {
        text: "Scoring".into(),
        kind: crate::model::BackstageKind::System,
        department: Some("d".into()),
    }];
    touchpoint
        .texts
        .insert(LaneId::from("emails"), "Welcome".into());
    let mut map = map(vec![owned_stage("s")], vec![("s", touchpoint)]);
    let mut action = Action::new("x".into(), "X");
    action.owner = Some("d".into());
    action.due = Some(TODAY);
    add(
        &mut map,
        Edit::Insert {
            at: 0,
            record: action,
        }
        .into(),
    );
    let findings = check(&map, TODAY).into_iter();
    let errors = findings.filter(|f| f.severity() == Severity::Error);
    let places: Vec<String> = errors.map(|f| f.location.path(&map)).collect();
    let touchpoint = "stages[0].touchpoints[0]";
    assert_eq!(
        places,
        [
            format!("{touchpoint}.channel"),
            format!("{touchpoint}.environment"),
            format!("{touchpoint}.owner"),
            format!("{touchpoint}.supporters[1]"),
            format!("{touchpoint}.feelings[0].persona"),
            format!("{touchpoint}.backstage[0].department"),
            format!("{touchpoint}.paths[0].to"),
            format!("{touchpoint}.texts.emails"),
            "actions[0].owner".to_owned(),
        ]
    );
}

#[test]
fn an_accepted_finding_hides_one_rule_for_one_subject() {
    let two = vec![
        ("s", Touchpoint::new("a".into(), "A")),
        ("s", Touchpoint::new("b".into(), "B")),
    ];
    let mut map = map(vec![owned_stage("s")], two);
    let record = Suppression::new("unowned-touchpoint", "a", "by design");
    add(&mut map, Edit::Insert { at: 0, record }.into());
    assert_eq!(
        said(&map),
        [one("unowned-touchpoint", "b", "stages[0].touchpoints[1]")]
    );
}

#[test]
fn an_accepted_finding_may_name_one_part_of_its_subject() {
    let mut touchpoint = owned("a");
    touchpoint.channel = Some("c".into());
    touchpoint.environment = Some("e".into());
    let mut map = map(vec![owned_stage("s")], vec![("s", touchpoint)]);
    let both = check(&map, TODAY);
    let record = both[0].acceptance("known");
    assert_eq!(record.detail, "touchpoint channel c");
    add(&mut map, Edit::Insert { at: 0, record }.into());
    assert_eq!(check(&map, TODAY), both[1..]);
    let found = findings(&map, &Graph::of(&map), TODAY, Vec::new());
    assert!(found.accepted[0].has_key(&both[0].key()));
}

#[test]
fn rule_ids_are_unique_and_rules_are_explained() {
    for rule in rules::all() {
        assert_eq!(rules::all().filter(|other| other.id == rule.id).count(), 1);
        assert!(rule.meaning.ends_with('.') && rule.why.ends_with('.'));
        assert!(!rule.source.is_empty() && !rule.example.is_empty());
    }
}

#[test]
fn images_and_lane_values_are_checked() {
    use crate::model::{Image, ImageData, Lane, LaneContentKind, Scale};
    let mut touchpoint = owned("a");
    touchpoint.pictures = vec!["broken".into(), "gone".into()];
    for (lane, text) in [
        ("effort", "11"),
        ("cost", "dear"),
        ("site", "javascript:x"),
        ("photo", "nowhere"),
        ("words", "anything"),
    ] {
        touchpoint.texts.insert(lane.into(), text.to_owned());
    }
    let mut map = map(vec![owned_stage("s")], vec![("s", touchpoint)]);
    for (at, (id, holds)) in [
        ("effort", LaneContentKind::Score(Scale::ZERO_TO_TEN)),
        ("cost", LaneContentKind::Score(Scale::ZERO_TO_TEN)),
        ("site", LaneContentKind::Link),
        ("photo", LaneContentKind::Picture),
        ("words", LaneContentKind::Text),
    ]
    .into_iter()
    .enumerate()
    {
        let record = Lane::custom(id.into(), id, holds);
        add(&mut map, Edit::Insert { at, record }.into());
    }
    for (at, (id, data)) in [
        ("broken", ImageData::Bytes(b"GIF89a".as_slice().into())),
        ("spare", ImageData::Unreadable("?".into())),
    ]
    .into_iter()
    .enumerate()
    {
        let record = Image {
            id: id.into(),
            name: id.to_owned(),
            data,
        };
        add(&mut map, Edit::Insert { at, record }.into());
    }
    let here = "stages[0].touchpoints[0]";
    assert_eq!(
        said(&map),
        [
            one("reference-dangling", "a", &format!("{here}.pictures[1]")),
            one("lane-value", "a", &format!("{here}.texts.effort")),
            one("lane-value", "a", &format!("{here}.texts.cost")),
            one("lane-value", "a", &format!("{here}.texts.site")),
            one("lane-value", "a", &format!("{here}.texts.photo")),
            one("picture-broken", "broken", "pictures[0].data"),
            one("picture-broken", "spare", "pictures[1].data"),
            one("unused-picture", "spare", "pictures[1]"),
        ]
    );
    let messages: Vec<String> = check(&map, TODAY).into_iter().map(|f| f.message).collect();
    assert_eq!(
        messages[1],
        "“A” at “effort”: 11 is not on the scale from 0 to 10"
    );
    assert_eq!(messages[2], "“A” at “cost”: “dear” is no number");
}

#[test]
fn a_supporter_named_twice_or_owning_the_touchpoint_supports_once_or_not_at_all() {
    let mut touchpoint = owned("a");
    touchpoint.supporters = vec!["ops".into(), "sales".into(), "ops".into()];
    let mut map = map(vec![owned_stage("s")], vec![("s", touchpoint)]);
    let record = Department::new("ops".into(), "Operations");
    add(&mut map, Edit::Insert { at: 1, record }.into());
    let stats = Stats::of(&map, &Graph::of(&map), TODAY);
    let supports: Vec<usize> = stats.departments.iter().map(|d| d.supports).collect();
    assert_eq!(supports, [0, 1]);
}

#[test]
fn blank_entries_are_no_claims() {
    let mut touchpoint = owned("a");
    touchpoint.feelings = vec![Feeling::default()];
    let map = map(vec![owned_stage("s")], vec![("s", touchpoint)]);
    assert_eq!(count_claims(&map).all, 0);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn only_written_shares_are_said_to_be_off(map in arbitrary::map()) {
        for finding in check(&map, TODAY).iter().filter(|f| f.rule.id == "shares-off") {
            let touchpoint = map.touchpoint(finding.subject.touchpoint().unwrap()).unwrap();
            prop_assert!(touchpoint.paths.iter().any(|path| path.share.is_some()));
        }
    }

    #[test]
    fn counting_agrees_with_checking(map in arbitrary::map()) {
        let all = findings(&map, &Graph::of(&map), TODAY, Vec::new());
        prop_assert_eq!(count(&map, TODAY, Vec::new()), all.open.len());
        let singles = all.open.iter().flat_map(Finding::singles);
        prop_assert_eq!(singles.count(), check(&map, TODAY).len());
    }

    #[test]
    fn no_two_findings_have_one_identity(map in arbitrary::map()) {
        let all = findings(&map, &Graph::of(&map), TODAY, Vec::new());
        let mut seen = std::collections::HashSet::new();
        for finding in all.open.iter().chain(&all.accepted) {
            prop_assert!(seen.insert(finding.key()), "{finding:?}");
        }
    }
}
