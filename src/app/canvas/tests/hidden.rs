//! Tests that a text covered by an inline editor is not drawn.

use super::painting::top;
use super::{SCREEN, card, from_corner, scene};
use crate::app::canvas::painter::{PaintedScene, ScenePainter};
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
    let vertices = |painted: &PaintedScene| top(painted).vertices.len();
    let all = vertices(&paint(None));
    let fewer = paint(Some(card(1).field(Field::Name)));
    assert!(fewer.is_repainted);
    assert_eq!(
        vertices(&fewer),
        all - 5 * 4,
        "the five letters of “Step 1”"
    );
    let mut count = |hidden| vertices(&paint(hidden));
    assert_eq!(count(Some(card(1).field(Field::Quote(0)))), all);
    assert_eq!(count(Some(card(99).field(Field::Name))), all);
    assert_eq!(count(None), all);
}
