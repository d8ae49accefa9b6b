//! Setting and reading back texts, lane by lane.

use super::*;
use crate::model::arbitrary;
use proptest::prelude::{ProptestConfig, any, prop_assert, prop_assert_eq, proptest};
use proptest::sample::Index;

fn lanes() -> Vec<Lane> {
    let mut lanes: Vec<Lane> = LaneKind::STANDARD.map(Lane::standard).into();
    for holds in LaneContentKind::ALL {
        lanes.push(Lane::custom(LaneId::from_text(holds.word()), "Own", holds));
    }
    lanes
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    #[test]
    fn a_text_reads_back_as_set_and_leaves_the_rest_unchanged(
        map in arbitrary::map(),
        text in "[a-zé\\n]{1,12}",
        which in any::<Index>(),
    ) {
        let Some(touchpoint) = map.touchpoints().next() else {
            return Ok(());
        };
        for lane in lanes() {
            let before = touchpoint.clone();
            let mut after = before.clone();
            // Give measurements a number to parse.
            let text = match lane.kind {
                LaneKind::Measurements => format!("{} 3", text.trim()).trim().to_owned(),
                _ => text.clone(),
            };
            let text = text.as_str();
            let personas: Vec<_> = map.personas().iter().map(|p| p.id.clone()).collect();
            let mut id = |name: &str| format!("fresh-{name}");
            if let Some(said) = after.add_text_field(&lane, &personas, &mut id) {
                prop_assert!(lane.accepts_new_text());
                let says = |it: &Touchpoint| it.text_in(&lane.id, said).map(Cow::into_owned);
                prop_assert_eq!(says(&after), Some(String::new()));
                prop_assert!(after.set_text(&lane.id, said, text));
                prop_assert_eq!(says(&after), Some(text.to_owned()));
                let now = after.text_fields(&lane);
                prop_assert!(now.contains(&said));
                prop_assert_eq!(now.len(), before.text_fields(&lane).len() + 1);
            } else {
                // These lanes always accept one more text.
                let endless = matches!(
                    lane.kind,
                    LaneKind::Pains
                        | LaneKind::Opportunities
                        | LaneKind::Backstage
                        | LaneKind::Measurements
                );
                prop_assert!(!endless);
            }
            let said = after.text_fields(&lane);
            prop_assert!(said.is_empty() || lane.has_text_fields());
            if !said.is_empty() {
                let said = said[which.index(said.len())];
                // Captions belong to the image.
                let own = !matches!(said, Field::Caption(_));
                prop_assert_eq!(after.set_text(&lane.id, said, text), own);
                let says = after.text_in(&lane.id, said).map(Cow::into_owned);
                prop_assert_eq!(says, own.then(|| text.to_owned()));
                prop_assert!(!after.remove_if_empty(said));
            }
            let face = |f: &Feeling| lane.kind == LaneKind::Feelings && f.score.is_some();
            let some = !after.text_fields(&lane).is_empty() || after.feelings.iter().any(face);
            prop_assert_eq!(after.clear_lane(&lane), some);
            prop_assert!(after.text_fields(&lane).is_empty());
            prop_assert_eq!(&after.name, &before.name);
        }
    }
}
