//! Contrast of the drawn sample maps in every theme and view, measured on the items of their
//! scenes (WCAG 2.2: text 4.5 : 1, large text and icons 3 : 1).

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[expect(dead_code, reason = "nothing is compared with expected output here")]
#[path = "common/golden.rs"]
mod golden;

use golden::samples;
use std::collections::BTreeMap;
use touchline::geom::{Point, Rect};
use touchline::layout::flow::{CardColoring, FlowOptions, flow};
use touchline::layout::ownership::ownership;
use touchline::layout::{LayoutOptions, layout};
use touchline::scene::{
    Marks, Scene, SceneItem, Shape, ZoomRange, build, build_flow, build_ownership,
};
use touchline::text::{Face, Typesetter};
use touchline::theme::{
    Color, Density, DepartmentPalette, MARK_CONTRAST, ROLES, TEXT_CONTRAST, Theme, ThemeName,
};

fn overlap(a: ZoomRange, b: ZoomRange) -> bool {
    let ([a_from, a_to], [b_from, b_to]) = (a.bounds(), b.bounds());
    let before = |to: Option<f32>, from: Option<f32>| matches!((to, from), (Some(to), Some(from)) if to <= from);
    !before(a_to, b_from) && !before(b_to, a_from)
}

/// Area and colour of a filled shape. Of a path this is the rectangle around it.
fn fill(scene: &Scene, item: &SceneItem) -> Option<(Rect, Color)> {
    let (rect, fill) = match &item.shape {
        Shape::Rect { rect, fill, .. } => (*rect, (*fill)?),
        Shape::Path { path, fill, .. } => (path.bounds(), (*fill)?),
        _ => return None,
    };
    Some((rect, scene.colors.color(fill)))
}

/// Colour behind a point when an item is painted.
fn ground(scene: &Scene, items: &[SceneItem], at: usize, point: Point) -> Color {
    let below = items[..at]
        .iter()
        .filter(|item| overlap(item.zoom, items[at].zoom));
    below.fold(scene.colors.paper(), |ground, item| {
        match fill(scene, item) {
            Some((rect, color)) if rect.contains(point) => {
                let opaque = Color { a: 255, ..color };
                ground.mix(opaque, f32::from(color.a) / 255.0)
            }
            _ => ground,
        }
    })
}

/// Asserts that each text and icon has enough contrast with what is painted below it.
fn assert_contrast(scene: &Scene, what: &str) {
    let mut found = Vec::new();
    for group in &scene.groups {
        let items = &group.content.items;
        for (at, item) in items.iter().enumerate() {
            let (color, rect, least, text) = match &item.shape {
                Shape::Text(line) => {
                    let large = line.size >= 24.0 || line.size >= 18.7 && line.face == Face::Bold;
                    let least = if large { MARK_CONTRAST } else { TEXT_CONTRAST };
                    (line.color, line.bounds(), least, line.text.to_string())
                }
                Shape::Icon { icon, rect, color } => {
                    (*color, *rect, MARK_CONTRAST, format!("{icon:?}"))
                }
                _ => continue,
            };
            let color = scene.colors.color(color);
            let ground = ground(scene, items, at, rect.center());
            let drawn = ground.mix(Color { a: 255, ..color }, f32::from(color.a) / 255.0);
            let contrast = drawn.contrast(ground);
            if contrast < least {
                let [color, ground] = [color, ground].map(|c| [c.r, c.g, c.b]);
                found.push(format!(
                    "“{text}” {color:x?} on {ground:x?}: {contrast} in {what}"
                ));
            }
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

fn themes() -> impl Iterator<Item = &'static Theme> {
    let all = ThemeName::ALL.into_iter();
    all.flat_map(|name| DepartmentPalette::ALL.map(|palette| name.with_palette(palette)))
}

#[test]
fn texts_and_icons_of_every_view_can_be_read_in_every_theme() {
    let mut typesetter = Typesetter::bundled();
    for (name, map) in samples() {
        let options = LayoutOptions {
            handoffs: true,
            ..LayoutOptions::default()
        };
        let journey = layout(&map, &options, &mut typesetter);
        let owners = ownership(&map, Density::Comfortable, &mut typesetter);
        let flows = CardColoring::ALL.map(|coloring| {
            let options = FlowOptions {
                coloring,
                ..FlowOptions::default()
            };
            flow(&map, &options, &mut typesetter)
        });
        for theme in themes() {
            let what = |view: &str| format!("{name}, {view}, {:?} {:?}", theme.name, theme.palette);
            let scene = build(&map, &mut journey.clone(), theme, Marks::NONE);
            assert_contrast(&scene, &what("journey"));
            let scene = build_ownership(&map, &owners, theme, Marks::NONE);
            assert_contrast(&scene, &what("ownership"));
            for flow in &flows {
                let scene = build_flow(&map, flow, theme, Marks::NONE);
                assert_contrast(&scene, &what("flow"));
            }
        }
    }
}

/// Marks whose colours some eyes cannot tell apart are told apart by their shape, and a word stands
/// beside each.
#[test]
fn marks_have_a_shape_and_a_word_besides_their_color() {
    let mut typesetter = Typesetter::bundled();
    let roles = [
        ("pain", ROLES.pain),
        ("opportunity", ROLES.opportunity),
        ("moment", ROLES.moment),
        ("unowned", ROLES.unowned),
    ];
    let mut shapes: BTreeMap<String, &str> = BTreeMap::new();
    for (name, map) in samples() {
        let mut journey = layout(&map, &LayoutOptions::default(), &mut typesetter);
        let scene = build(&map, &mut journey, ThemeName::Light.theme(), Marks::NONE);
        for group in &scene.groups {
            let items = &group.content.items;
            for item in items {
                let Shape::Icon { icon, color, .. } = &item.shape else {
                    continue;
                };
                let Some((mark, _)) = roles.iter().find(|(_, role)| role == color) else {
                    continue;
                };
                let known = *shapes.entry(format!("{icon:?}")).or_insert(mark);
                assert_eq!(known, *mark, "{icon:?} stands for two marks in {name}");
                let is_its_word = |other: &SceneItem| {
                    matches!(&other.shape, Shape::Text(_)) && other.object == item.object
                };
                let is_worded = items.iter().any(is_its_word);
                assert!(is_worded, "{icon:?} has no word beside it in {name}");
            }
        }
    }
    assert!(shapes.len() > 2, "{shapes:?}");
}
