//! Laws of large cards over random maps.

use super::{LargeCard, PAGE_HEIGHT, SCALES, SMALL, large_card};
use crate::geom::Rect;
use crate::model::{Map, Record, arbitrary};
use crate::text::{CAP_HEIGHT, FixedWidth};
use proptest::prelude::{ProptestConfig, prop_assert, prop_assert_eq, proptest};

fn cards(map: &Map, ratio: f32) -> Vec<LargeCard> {
    let ids = map.touchpoints().map(Record::id);
    ids.filter_map(|id| large_card(map, id, "1", (ratio, 0.02), &mut FixedWidth))
        .collect()
}

fn overlaps(a: &Rect, b: &Rect) -> bool {
    let by = 0.5;
    a.min.x + by < b.max.x
        && b.min.x + by < a.max.x
        && a.min.y + by < b.max.y
        && b.min.y + by < a.max.y
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn texts_stay_on_the_card_and_parts_do_not_overlap(
        map in arbitrary::map(),
        ratio in 0.7_f32..2.4,
    ) {
        let cards = cards(&map, ratio);
        prop_assert_eq!(cards.len(), map.touchpoint_count());
        for card in cards {
            prop_assert!(card.rect.max.y < PAGE_HEIGHT && card.rect.max.x < card.width);
            prop_assert!(card.scale * SMALL.size * CAP_HEIGHT >= 0.02 * PAGE_HEIGHT);
            for (at, part) in card.parts.iter().enumerate() {
                let mark = part.mark.map(|(_, square)| square);
                for rect in mark.into_iter().chain([part.area]) {
                    prop_assert!(rect.min.x > card.stripe.max.x && rect.max.x < card.rect.max.x);
                    prop_assert!(rect.max.y < card.rect.max.y, "{:?} {:?}", rect, card.scale);
                }
                for run in &part.runs {
                    prop_assert!(run.at.x + run.width <= part.area.max.x + 0.5, "{:?}", run);
                    prop_assert!(run.at.y <= part.area.max.y, "{:?}", run);
                    if let Some(mark) = mark {
                        prop_assert!(run.at.x > mark.max.x);
                    }
                }
                for other in &card.parts[..at] {
                    prop_assert!(!overlaps(&part.area, &other.area), "{:?} {:?}", part, other);
                }
            }
        }
    }
}

#[test]
fn pain_points_and_opportunities_have_headings() {
    let text = "(title: \"T\", stages: [(name: \"S\", touchpoints: [
        (name: \"A\", pains: [(text: \"x\")], opportunities: [(text: \"y\"), (text: \"z\")]),
        (name: \"B\", pains: [(text: \"x\")])])])";
    let map = crate::format::read(text.as_bytes()).unwrap().map;
    let headings = |card: &LargeCard| {
        let runs = card.parts.iter().flat_map(|part| &part.runs);
        let texts = runs.map(|run| run.text.to_string());
        let texts = texts.filter(|text| ["Pain points", "Opportunities"].contains(&&**text));
        texts.collect::<Vec<_>>()
    };
    let cards = cards(&map, 16.0 / 9.0);
    assert_eq!(headings(&cards[0]), ["Pain points", "Opportunities"]);
    assert_eq!(headings(&cards[1]), ["Pain points"]);
}

#[test]
fn a_card_with_little_to_say_has_large_type_and_one_with_too_much_says_so() {
    let pains: String = (0..40)
        .map(|at| format!("(text: \"Waits {at} hours\"),"))
        .collect();
    let text = format!(
        "(title: \"T\", stages: [(name: \"S\", touchpoints: [
            (name: \"Short\"), (name: \"Long\", pains: [{pains}])])])"
    );
    let map = crate::format::read(text.as_bytes()).unwrap().map;
    let cards = cards(&map, 16.0 / 9.0);
    assert_eq!((cards[0].scale, cards[0].left_out), (SCALES[0], 0));
    let shown = cards[1].parts.iter().flat_map(|part| &part.runs);
    let shown = shown.filter(|run| run.text.starts_with("Waits")).count();
    assert_eq!(shown + cards[1].left_out, 40);
    assert!(shown > 5, "{shown}");
    let words = format!("{} more entries on the map", cards[1].left_out);
    let mut runs = cards[1].parts.iter().flat_map(|part| &part.runs);
    assert!(runs.any(|run| run.text == words));
}
