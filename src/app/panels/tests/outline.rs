//! Tests of the outline.

use super::{TestPanel, bank, harness};
use crate::app::command::action::Selection;
use crate::app::panels::outline;
use crate::edit::Intent;
use crate::model::{ObjectRef, Touchpoint};
use egui_kittest::kittest::Queryable;

#[test]
fn the_outline_selects_and_folds() {
    let mut harness = harness(TestPanel::new(bank(), Selection::Nothing), outline);
    harness.run();
    harness
        .get_by_label("2 Visits the branch, no owner")
        .click();
    harness.run();
    let visit = Selection::One(ObjectRef::Touchpoint("visit".into()));
    assert_eq!(harness.state().selection, visit);
    harness.get_by_label("Fold Compare").click();
    harness.run();
    assert!(
        harness
            .query_by_label("2 Visits the branch, no owner")
            .is_none()
    );
    assert_eq!(
        harness.state().selection,
        visit,
        "folding selects nothing else"
    );
    harness.get_by_label("Compare, no owner").click();
    harness.run();
    assert_eq!(
        harness.state().selection,
        Selection::One(ObjectRef::Stage("compare".into()))
    );
}

#[test]
fn the_outline_brings_a_far_selection_into_sight() {
    let many = (0..500).map(|i| Intent::AddTouchpoint {
        stage: "compare".into(),
        at: usize::MAX,
        touchpoint: Box::new(Touchpoint::new(
            format!("t{i}").as_str().into(),
            format!("T{i}"),
        )),
    });
    let intents = bank().into_iter().chain(many).collect();
    let mut harness = harness(TestPanel::new(intents, Selection::Nothing), outline);
    harness.set_size(egui::vec2(300.0, 400.0));
    harness.run();
    assert!(
        harness.query_by_label_contains("T450").is_none(),
        "only rows in sight are built"
    );
    harness.state_mut().selection = Selection::One(ObjectRef::Touchpoint("t450".into()));
    harness.run();
    let row = harness.get_by_label_contains("T450").rect();
    assert!(row.min.y >= 0.0 && row.max.y <= 400.0, "{row:?}");
}
