//! Properties of the layout of the journey, checked with every sample map and a
//! generated one.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "layout/comparison.rs"]
mod comparison;
#[path = "layout/density.rs"]
mod density;
#[path = "layout/drawings.rs"]
mod drawings;
#[path = "../benches/generator/mod.rs"]
mod generator;
#[path = "layout/geometry.rs"]
mod geometry;
#[path = "common/golden.rs"]
mod golden;
#[path = "layout/handoffs.rs"]
mod handoffs;
#[path = "layout/room.rs"]
mod room;
#[path = "common/scene_text.rs"]
mod scene_text;

use golden::{assert_golden, samples};
use scene_text::scene_text;
use touchline::geom::{Rect, pt};
use touchline::layout::{LaneBand, LaneContent, Layout, LayoutOptions, layout};
use touchline::model::{LaneKind, Map, ObjectRef, Touchpoint};
use touchline::render::RenderOptions;
use touchline::scene::{Marks, Shape, build};
use touchline::session::Session;
use touchline::text::Typesetter;
use touchline::theme::{Density, ThemeName};

fn maps() -> Vec<(String, Map)> {
    let mut maps = samples();
    maps.push(("generated".into(), generator::map(300)));
    maps
}

fn options(density: Density) -> LayoutOptions {
    LayoutOptions {
        density,
        ..LayoutOptions::default()
    }
}

/// Returns the layouts of all maps in both densities, with handoff marks and
/// without.
fn layouts() -> impl Iterator<Item = (String, Layout)> {
    let mut typesetter = Typesetter::bundled();
    maps().into_iter().flat_map(move |(name, map)| {
        [false, true]
            .into_iter()
            .flat_map(|seams| DENSITIES.map(|density| (density, seams)))
            .map(|(density, seams)| {
                let options = LayoutOptions {
                    handoffs: seams,
                    ..options(density)
                };
                let layout = layout(&map, &options, &mut typesetter);
                (format!("{name}, {density:?}, seams {seams}"), layout)
            })
            .collect::<Vec<_>>()
    })
}

const DENSITIES: [Density; 2] = [Density::Comfortable, Density::Compact];

/// Returns the content of each lane part, with its lane and the left edge of its
/// stage.
fn contents(layout: &Layout) -> impl Iterator<Item = (&LaneBand, f32, &LaneContent)> {
    layout.lanes.iter().flat_map(|lane| {
        let parts = layout.stages.iter().zip(&lane.parts);
        parts.filter_map(move |(s, part)| Some((lane, s.x as f32, part.content.as_deref()?)))
    })
}

/// Returns the rectangles of all cards in map coordinates.
fn cards(layout: &Layout) -> Vec<Rect> {
    let mut found = Vec::new();
    for (lane, x, content) in contents(layout) {
        if let LaneContent::Cards { cards, .. } = content {
            let origin = pt(x, lane.y as f32);
            found.extend(cards.iter().map(|card| card.rect.translate(origin)));
        }
    }
    assert!(!found.is_empty());
    found
}

/// Compares the display list of each sample line by line.
#[test]
fn sample_scenes_match_their_golden_files() {
    let mut typesetter = Typesetter::bundled();
    for (name, map) in samples() {
        let mut layout = layout(&map, &LayoutOptions::default(), &mut typesetter);
        let dump = scene_text(&build(
            &map,
            &mut layout,
            ThemeName::Light.theme(),
            Marks::NONE,
        ));
        assert_golden(&format!("tests/golden/{name}.scene.txt"), &dump);
    }
}

#[test]
fn a_drawing_depends_only_on_map_theme_and_options() {
    for (name, map) in samples() {
        let draw = |typesetter: &mut Typesetter| {
            let mut layout = layout(&map, &LayoutOptions::default(), typesetter);
            scene_text(&build(
                &map,
                &mut layout,
                ThemeName::Dark.theme(),
                Marks::NONE,
            ))
        };
        let mut used = Typesetter::bundled();
        draw(&mut used);
        assert_eq!(draw(&mut used), draw(&mut Typesetter::bundled()), "{name}");
    }
}

#[test]
fn the_storyboard_lane_appears_with_the_first_image() {
    use touchline::edit::{Intent, plan};
    use touchline::model::{Image, ImageData, Stage};
    let mut map = Map::with_title("T");
    let mut shown = Touchpoint::new("a".into(), "A");
    let mut apply = |intent: Intent| plan(&map, &intent).unwrap().apply(&mut map).unwrap();
    apply(Intent::AddStage {
        at: 0,
        stage: Box::new(Stage::new("s".into(), "S")),
    });
    apply(Intent::AddTouchpoint {
        stage: "s".into(),
        at: 0,
        touchpoint: Box::new(shown.clone()),
    });
    let has = |map: &Map| {
        let layout = layout(map, &LayoutOptions::default(), &mut Typesetter::bundled());
        layout.lanes.iter().any(|l| l.kind == LaneKind::Storyboard)
    };
    let bare = map.clone();
    let mut apply = |intent: Intent| plan(&map, &intent).unwrap().apply(&mut map).unwrap();
    let image = Image {
        id: "i".into(),
        name: "No picture".to_owned(),
        data: ImageData::Unreadable("?".into()),
    };
    apply(Intent::AddImage(Box::new(image)));
    shown.pictures.push("i".into());
    apply(Intent::SetTouchpoint(Box::new(shown)));
    assert!(!has(&bare) && has(&map));
}

/// Returns the persona of the main curve, and the persona of each dot.
fn drawn_curves(map: &Map, hidden: &[&str]) -> (usize, Vec<usize>) {
    let options = LayoutOptions {
        hidden_curves: hidden.iter().map(|id| (*id).into()).collect(),
        ..LayoutOptions::default()
    };
    let layout = layout(map, &options, &mut Typesetter::bundled());
    let parts = layout.lanes.iter().flat_map(|lane| &lane.parts);
    let curves = parts.filter_map(|part| match part.content.as_deref() {
        Some(LaneContent::Curve(curve)) => Some(curve),
        _ => None,
    });
    let curves: Vec<_> = curves.collect();
    let main = curves.first().expect("a lane of feelings").front;
    let dots = curves.iter().flat_map(|curve| &curve.faces);
    (main, dots.map(|dot| dot.persona).collect())
}

#[test]
fn the_next_curve_replaces_a_hidden_main_curve() {
    let (_, map) = samples()
        .into_iter()
        .find(|(_, map)| map.personas().len() > 1)
        .expect("a sample with several personas");
    let ids: Vec<&str> = map
        .personas()
        .iter()
        .map(|p| touchline::model::Id::as_str(&p.id))
        .collect();
    let (main, all) = drawn_curves(&map, &[]);
    assert_eq!(main, 0);
    assert!(all.contains(&0) && all.contains(&1));
    let (main, rest) = drawn_curves(&map, &ids[..1]);
    assert_eq!(main, 1);
    let expected: Vec<usize> = all.iter().copied().filter(|p| *p != 0).collect();
    assert_eq!(rest, expected);
    assert!(drawn_curves(&map, &ids).1.is_empty());
    let scene = |hidden: &[&str]| {
        let options = LayoutOptions {
            hidden_curves: hidden.iter().map(|id| (*id).into()).collect(),
            ..LayoutOptions::default()
        };
        let mut layout = layout(&map, &options, &mut Typesetter::bundled());
        scene_text(&build(
            &map,
            &mut layout,
            ThemeName::Light.theme(),
            Marks::NONE,
        ))
    };
    assert!(scene(&[]).len() > scene(&ids[..1]).len());
}

/// Checks that an owner missing in the map differs from no owner.
#[test]
fn unknown_owners_differ_from_no_owner() {
    let path = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/sample_maps/hospital-outpatient.journey.ron"
    );
    let text = std::fs::read_to_string(path).unwrap();
    let gone = text.replacen("(id: \"bookings\", name:", "(id: \"elsewhere\", name:", 1);
    assert_ne!(gone, text);
    let map = touchline::format::read(gone.as_bytes()).unwrap().map;
    let options = LayoutOptions {
        handoffs: true,
        ..LayoutOptions::default()
    };
    let mut layout = layout(&map, &options, &mut Typesetter::bundled());
    let scene = scene_text(&build(
        &map,
        &mut layout,
        ThemeName::Light.theme(),
        Marks::NONE,
    ));
    assert!(scene.contains("Handoff from an unknown owner to "));
    assert!(scene.contains("Handoff from Family practice to an unknown owner"));
    assert!(!scene.contains("Handoff from Family practice to no owner"));
    assert!(scene.contains("Handoff with unknown owner "));
}

/// Checks that an empty map shows two lines of instructions, and a map with a stage
/// none.
#[test]
fn an_empty_journey_shows_instructions() {
    let said = |text: &str| {
        let map = touchline::format::read(text.as_bytes()).unwrap().map;
        let layout = layout(&map, &LayoutOptions::default(), &mut Typesetter::bundled());
        let runs = layout
            .header
            .runs
            .iter()
            .filter(|run| run.text_field.is_none());
        runs.map(|run| run.text.to_string())
            .filter(|it| !it.starts_with("Current"))
            .collect::<Vec<_>>()
    };
    let empty = said("(format: 1, title: \"T\")");
    assert_eq!(empty.len(), 2, "{empty:?}");
    assert!(empty[0].contains("press A"), "{empty:?}");
    assert!(empty[1].contains("begins a stage"), "{empty:?}");
    let begun =
        said("(format: 1, title: \"T\", stages: [(name: \"S\", touchpoints: [(name: \"A\")])])");
    assert!(begun.is_empty(), "{begun:?}");
}

/// An unowned stage is said once, at the stage; its unowned cards have a quiet sign.
#[test]
fn an_unowned_stage_is_loud_once() {
    let loud = |stage_owner: &str| {
        let text = format!(
            "(title: \"T\", stages: [(name: \"S\"{stage_owner}, touchpoints: [(name: \"A\"), (name: \"B\")])], departments: [(id: \"d\", name: \"D\")])"
        );
        let map = touchline::format::read(text.as_bytes()).unwrap().map;
        let mut session = Session::untitled(map);
        let options = RenderOptions::default();
        let drawn = session.render(&options, &mut Typesetter::bundled());
        let theme = options.theme.with_palette(options.palette);
        let colors = &drawn.scene.colors;
        let groups = drawn.scene.groups.iter();
        let cards = groups.flat_map(|group| {
            let objects = &group.content.objects;
            let items = group.content.items.iter();
            items.filter(move |item| {
                let object = objects[item.object as usize].id.object();
                matches!(object, Some(ObjectRef::Touchpoint(_) | ObjectRef::Cell(..)))
            })
        });
        let is_loud = |item: &&touchline::scene::SceneItem| match &item.shape {
            Shape::Text(line) => colors.color(line.color) == theme.unowned,
            Shape::Rect { stroke, .. } | Shape::Path { stroke, .. } => {
                stroke.is_some_and(|stroke| colors.color(stroke.color) == theme.unowned)
            }
            _ => false,
        };
        cards.filter(is_loud).count()
    };
    assert_eq!(loud(""), 0);
    assert!(loud(", owner: \"d\"") >= 6);
}
