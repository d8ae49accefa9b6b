//! Laws of routes over random maps.

use super::{PresentationRoute, RouteKind, RouteSource, Stop};
use crate::edit::plan;
use crate::edit::proptests::{intent, rolls};
use crate::insight;
use crate::model::{Date, Map, ObjectRef, arbitrary};
use proptest::prelude::{ProptestConfig, prop_assert, prop_assert_eq, proptest};

fn route(map: &Map, kind: RouteKind) -> PresentationRoute {
    let findings = insight::check(map, Date::constant(2026, 1, 1));
    let highlighted: Vec<ObjectRef> = map
        .touchpoints()
        .map(|step| ObjectRef::Touchpoint(step.id.clone()))
        .collect();
    let source = RouteSource {
        map,
        persona: None,
        findings: &findings,
        highlighted: &highlighted,
    };
    PresentationRoute::new(kind, &source)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]

    #[test]
    fn the_whole_journey_visits_everything_once_in_order(map in arbitrary::map()) {
        let route = route(&map, RouteKind::Journey);
        let mut stops = route.stops().iter();
        prop_assert_eq!(stops.next(), Some(&Stop::Overview));
        for (stage, steps) in map.touchpoint_lists() {
            prop_assert_eq!(stops.next(), Some(&Stop::Stage(stage.id.clone())));
            for step in steps.iter() {
                prop_assert_eq!(stops.next(), Some(&Stop::Touchpoint(step.id.clone())));
            }
        }
        prop_assert_eq!(stops.next(), None);
    }

    #[test]
    fn every_route_has_stops_in_the_map_and_each_is_found_by_its_object(map in arbitrary::map()) {
        for kind in RouteKind::ALL {
            let route = route(&map, kind);
            prop_assert!(!route.stops().is_empty() && route.is_in(&map), "{:?}", kind);
            for stop in route.stops() {
                prop_assert!(!stop.title(&map).trim().is_empty());
                if let Some(object) = stop.object() {
                    let found = route.position_of(&object).map(|at| route.stop(at).object());
                    prop_assert_eq!(found, Some(Some(object)));
                }
            }
        }
    }

    #[test]
    fn after_a_change_a_route_goes_on_at_the_stop_or_before_it(
        map in arbitrary::map(),
        edits in rolls(4),
        at in 0..64_usize,
    ) {
        let mut changed = map.clone();
        for roll in edits {
            if let Some(changes) = intent(&changed, roll).and_then(|it| plan(&changed, &it).ok()) {
                changes.apply(&mut changed).unwrap();
            }
        }
        for kind in RouteKind::ALL {
            let (before, after) = (route(&map, kind), route(&changed, kind));
            let at = at.min(before.last());
            let resumed = before.resume(at, &after);
            prop_assert!(resumed <= after.last());
            let is_same = |stop: &Stop| stop.is_same_place(before.stop(at));
            if after.stops().iter().any(is_same) {
                prop_assert!(is_same(after.stop(resumed)), "{:?}", kind);
            }
        }
    }
}

#[test]
fn pain_points_are_counted_and_skipping_leads_from_stage_to_stage() {
    let text = "(title: \"T\", stages: [
        (id: \"a\", name: \"A\", touchpoints: [
            (id: \"1\", name: \"One\", pains: [(text: \"x\"), (text: \"y\")]),
            (id: \"2\", name: \"Two\"),
        ]),
        (id: \"b\", name: \"B\", touchpoints: [(id: \"3\", name: \"Three\")]),
    ])";
    let map = crate::format::read(text.as_bytes()).unwrap().map;
    let pains = route(&map, RouteKind::Pains);
    let title = |title: &str, count: &str| Stop::Title {
        title: title.to_owned(),
        count: count.to_owned(),
    };
    let expected = [
        title("Pain points", "2 pain points"),
        Stop::Touchpoint("1".into()),
    ];
    assert_eq!(pains.stops(), expected);
    let journey = route(&map, RouteKind::Journey);
    assert_eq!(journey.skip_touchpoints(1, true), 4);
    assert_eq!(journey.skip_touchpoints(3, false), 1);
    assert_eq!(journey.skip_touchpoints(4, true), journey.last());
    // Without feelings no path is the worst.
    let worst = route(&map, RouteKind::WorstPath);
    assert_eq!(worst.stops(), [title("The worst path", "0 touchpoints")]);
}
