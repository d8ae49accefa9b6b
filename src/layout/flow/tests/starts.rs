//! Tests of other starts and of unreachable touchpoints.

use super::{map, places, slices};
use crate::layout::flow::{FlowOptions, flow};
use crate::text::FixedWidth;

#[test]
fn unreachable_touchpoints_are_placed_apart() {
    // 1 leads past 2, where the journey ends: 2 is unreachable.
    let map = map(&[4], &[(1, 3, 0, 119, 0)], 1 << 2);
    let layout = flow(&map, &FlowOptions::default(), &mut FixedWidth);
    let at = places(&layout);
    assert!(
        layout.rows[0]
            .unreachable_y
            .is_some_and(|floor| at["t2"].1 >= floor - 0.1)
    );
    assert_eq!(at["t3"].1, at["t0"].1);
    let stage = &layout.rows[0].stages[0];
    assert!(!stage.unreachable_heading.is_empty());
    for card in slices(&layout).flat_map(|(_, slice)| &slice.cards) {
        assert_eq!(card.is_reachable, card.id.to_string() != "t2");
        assert_eq!(card.is_first_contact, card.at == 0);
        assert_eq!(card.is_last_contact, card.at == 3);
    }
}

#[test]
fn other_starts_stand_below_the_main_line_and_say_so() {
    // 0 leads past 1; 1 leads to 2.
    let map = map(&[3], &[(0, 2, 0, 119, 0)], 0);
    let layout = flow(&map, &FlowOptions::default(), &mut FixedWidth);
    let at = places(&layout);
    assert!(at["t1"].1 > at["t0"].1 && at["t2"].1 == at["t0"].1);
    assert_eq!(layout.rows[0].unreachable_y, None);
    for card in slices(&layout).flat_map(|(_, slice)| &slice.cards) {
        let badges = card.card.badges.iter().flat_map(|badge| &badge.runs);
        let words: Vec<String> = badges.map(|run| run.text.to_string()).collect();
        assert_eq!(card.is_other_start, card.at == 1);
        assert_eq!(words.contains(&"May start here".to_owned()), card.at == 1);
    }
}
