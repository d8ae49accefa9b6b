//! Property tests: writing down what the order of the list implies changes nothing.

use crate::graph::proptests::{TestStep, build, plans};
use crate::graph::{Flow, Graph};
use crate::insight::{Stats, check};
use crate::layout::flow::step_numbers;
use crate::model::{Date, Map, PathKind};
use proptest::prelude::{ProptestConfig, any, prop_assert_eq, proptest};

/// Writes the implied links of some touchpoints, chosen by the bits of `chosen`.
fn write_implied(plans: &[TestStep], flow: &Flow, chosen: u16) -> Vec<TestStep> {
    let mut written = plans.to_vec();
    for link in &flow.links {
        if link.path_index.is_none() && chosen & (1 << link.from) != 0 {
            written[link.from]
                .paths
                .push((link.to, PathKind::Next, None));
        }
    }
    written
}

/// The flow, without the indices of its paths.
fn course(graph: &Graph) -> Flow {
    let mut flow = graph.flow().clone();
    for link in &mut flow.links {
        link.path_index = None;
    }
    flow
}

fn findings(map: &Map, today: Date) -> Vec<String> {
    let all = check(map, today).into_iter();
    all.map(|finding| format!("{}: {}", finding.rule.id, finding.message))
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn a_written_path_to_the_implied_step_changes_nothing(plans in plans(), chosen in any::<u16>()) {
        let today = Date::constant(2026, 6, 1);
        let map = build(&plans);
        let graph = Graph::of(&map);
        let spelled = build(&write_implied(&plans, graph.flow(), chosen));
        let other = Graph::of(&spelled);
        prop_assert_eq!(course(&graph), course(&other));
        prop_assert_eq!(graph.usual_route(), other.usual_route());
        prop_assert_eq!(graph.last_contact(), other.last_contact());
        prop_assert_eq!(step_numbers(&graph), step_numbers(&other));
        prop_assert_eq!(Stats::of(&map, &graph, today), Stats::of(&spelled, &other, today));
        prop_assert_eq!(findings(&map, today), findings(&spelled, today));
    }

    #[test]
    fn the_main_line_goes_on_at_the_nearest_next_step(plans in plans()) {
        let graph = Graph::of(&build(&plans));
        let flow = graph.flow();
        for at in (0..graph.len()).filter(|at| flow.branch_of[*at].is_none()) {
            let links = flow.links[graph.links_from(at)].iter();
            let ahead = links.filter(|link| link.kind == PathKind::Next && !link.is_backward());
            let following = (at + 1..graph.len()).find(|to| flow.branch_of[*to].is_none());
            if let Some(nearest) = ahead.map(|link| link.to).min() {
                prop_assert_eq!(Some(nearest), following);
            }
        }
    }

    #[test]
    fn side_branches_rejoin_the_line_they_left(plans in plans()) {
        let graph = Graph::of(&build(&plans));
        let flow = graph.flow();
        for link in flow.links.iter().filter(|link| link.path_index.is_none()) {
            let main = |at: usize| flow.branch_of[at].unwrap_or(at);
            let following = (link.from + 1..graph.len()).find(|to| flow.branch_of[*to].is_none());
            let continues = link.to == link.from + 1 && main(link.to) == main(link.from);
            prop_assert_eq!(continues || Some(link.to) == following, true, "{:?}", link);
        }
    }
}
