//! Tests that a text covered by an inline editor is not drawn.

use super::{SCREEN, card, from_corner, scene};
use crate::app::canvas::painter::ScenePainter;
use crate::model::Field;
use crate::text::Typesetter;
use egui::Context;

#[test]
fn only_the_hidden_text_is_skipped_and_it_comes_back() {
    let (ctx, mut setter, mut painter) = (
        Context::default(),
        Typesetter::bundled(),
        ScenePainter::default(),
    );
    let (scene, camera) = (scene(4), from_corner(0.0, 0.0, 1.0));
    let mut paint = |hidden| {
        painter.set_hidden_text(hidden);
        painter.paint(&ctx, &mut setter, &scene, &camera, SCREEN)
    };
    let all = paint(None).items;
    let fewer = paint(Some(card(1).field(Field::Name)));
    assert!(fewer.is_repainted);
    assert_eq!(fewer.items, all - 1);
    assert_eq!(paint(Some(card(1).field(Field::Quote(0)))).items, all);
    assert_eq!(paint(Some(card(99).field(Field::Name))).items, all);
    assert_eq!(paint(None).items, all);
}
