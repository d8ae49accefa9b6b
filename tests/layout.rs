//! Properties of the layout of the journey, checked with every sample map and a
//! generated one.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "layout/comparison.rs"]
mod comparison;
#[path = "../benches/generator/mod.rs"]
mod generator;
#[path = "common/golden.rs"]
mod golden;
#[path = "layout/room.rs"]
mod room;
#[path = "common/scene_text.rs"]
mod scene_text;

use golden::{assert_golden, sample, samples};
use scene_text::scene_text;
use std::collections::BTreeSet;
use std::sync::Arc;
use touchline::edit::Intent;
use touchline::geom::{Point, Rect, pt};
use touchline::graph::Graph;
use touchline::layout::{LaneBand, LaneContent, Layout, LayoutOptions, layout};
use touchline::model::{Id, LaneKind, Map, ObjectRef, Path, PathKind, StageId, Touchpoint};
use touchline::render::{RenderOptions, View};
use touchline::scene::{
    Group, GroupKey, Marks, ObjectId, PartKind, Scene, ScenePart, Shape, build, rebuild,
};
use touchline::session::Session;
use touchline::text::Typesetter;
use touchline::theme::{Density, ThemeName, size};

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

#[test]
fn cards_never_overlap() {
    for (name, layout) in layouts() {
        let cards = cards(&layout);
        for (i, a) in cards.iter().enumerate() {
            for b in &cards[i + 1..] {
                assert!(!a.grow(2.0).intersects(&b.grow(2.0)), "{name}: {a:?} {b:?}");
            }
        }
    }
}

#[test]
fn text_stays_on_its_card() {
    for (name, layout) in layouts() {
        for (_, _, content) in contents(&layout) {
            let LaneContent::Cards { cards, .. } = content else {
                continue;
            };
            for card in cards {
                let badges = card.badges.iter().flat_map(|b| &b.runs);
                for run in card.runs.iter().chain(badges) {
                    let line = Rect::new(
                        run.at.x,
                        run.at.y - run.style.size * 0.7,
                        run.width,
                        run.style.size * 0.7,
                    );
                    let inside = card.rect.contains(line.min) && card.rect.contains(line.max);
                    assert!(
                        inside,
                        "{name}: “{}” {line:?} leaves {:?}",
                        run.text, card.rect
                    );
                }
            }
        }
    }
}

/// Whether an axis-parallel line passes through the inside of a rectangle.
fn crosses(a: Point, b: Point, rect: &Rect) -> bool {
    let line = Rect {
        min: pt(a.x.min(b.x), a.y.min(b.y)),
        max: pt(a.x.max(b.x), a.y.max(b.y)),
    };
    line.intersects(&rect.grow(-1.5))
}

/// Returns the labels of routes with their boxes in map coordinates.
fn labels(layout: &Layout) -> Vec<(String, Rect)> {
    let mut labels = Vec::new();
    for (lane, x, content) in contents(layout) {
        let LaneContent::Cards { routes, .. } = content else {
            continue;
        };
        let runs = routes.iter().flat_map(|route| &route.label);
        labels.extend(runs.map(|run| {
            let size = run.style.size;
            let rect = Rect::new(run.at.x, run.at.y - size * 0.7, run.width, size * 0.7);
            (run.text.to_string(), rect.translate(pt(x, lane.y as f32)))
        }));
    }
    labels
}

#[test]
fn routes_never_cross_cards_or_labels() {
    for (name, layout) in layouts() {
        let (cards, labels) = (cards(&layout), labels(&layout));
        for (lane, x, content) in contents(&layout) {
            let LaneContent::Cards { routes, .. } = content else {
                continue;
            };
            let origin = pt(x, lane.y as f32);
            for route in routes {
                for line in route.points.windows(2) {
                    let (a, b) = (line[0] + origin, line[1] + origin);
                    let hit = cards.iter().position(|card| crosses(a, b, card));
                    let words = labels.iter().find(|(_, rect)| crosses(a, b, rect));
                    let way = format!("{name}: {} to {} at {a:?}", route.from, route.target);
                    assert_eq!(words, None, "{way} {b:?}");
                    assert_eq!(hit, None, "{way} {b:?}");
                }
            }
        }
    }
}

#[test]
fn cells_of_a_lane_never_overlap() {
    for (name, layout) in layouts() {
        for (lane, _, content) in contents(&layout) {
            let LaneContent::Cells(cells) = content else {
                continue;
            };
            for (i, a) in cells.iter().enumerate() {
                assert!(
                    a.area.max.y <= lane.height + 0.5,
                    "{name}: {:?} leaves its lane",
                    lane.kind
                );
                for b in &cells[i + 1..] {
                    assert!(
                        !a.area.grow(-3.5).intersects(&b.area.grow(-3.5)),
                        "{name}: {:?}",
                        lane.kind
                    );
                }
            }
        }
    }
}

#[test]
fn lane_contents_stay_in_their_cells() {
    for (name, layout) in layouts() {
        let sizes = layout.density.sizes();
        for (lane, x, content) in contents(&layout) {
            let inside = |text: &str, rect: Rect| {
                let fits = rect.min.y >= 0.0 && rect.max.y <= lane.height;
                assert!(fits, "{name}: “{text}” leaves {:?}: {rect:?}", lane.kind);
            };
            match content {
                LaneContent::Pills(pills) => {
                    for (i, a) in pills.iter().enumerate() {
                        inside("a pill", a.rect);
                        assert!(a.rect.height() < sizes.row);
                        for b in &pills[i + 1..] {
                            let apart = !a.rect.grow(-0.5).intersects(&b.rect.grow(-0.5));
                            assert!(apart, "{name}: {a:?} {b:?}");
                        }
                    }
                }
                LaneContent::Curve(curve) => {
                    for label in curve.faces.iter().filter_map(|dot| dot.label.as_ref()) {
                        inside(&label.runs[0].text, label.rect);
                    }
                }
                LaneContent::Cells(cells) => {
                    for run in cells.iter().flat_map(|c| &c.entries).flat_map(|e| &e.runs) {
                        // At most up to the next card.
                        let column = ((run.at.x - sizes.card_x(0)) / sizes.pitch()).floor();
                        let end = sizes.card_x(column as usize + 1);
                        assert!(
                            run.at.x + run.width < end,
                            "{name}: “{}” at {x} reaches the next column",
                            run.text
                        );
                    }
                }
                LaneContent::Cards { .. } | LaneContent::Folded { .. } => {}
            }
        }
    }
}

#[test]
fn compact_is_much_smaller_and_names_every_step_in_full() {
    let mut typesetter = Typesetter::bundled();
    for (name, map) in samples() {
        let [roomy, dense] = DENSITIES.map(|d| layout(&map, &options(d), &mut typesetter));
        let area = |layout: &Layout| layout.width * layout.height;
        let share = area(&dense) / area(&roomy);
        assert!(share < 0.6, "{name}: {share}");
        let mut steps = map.touchpoints();
        for (_, _, content) in contents(&dense) {
            let LaneContent::Cards { cards, .. } = content else {
                continue;
            };
            for (card, step) in cards.iter().zip(&mut steps) {
                let words: String = card.runs.iter().map(|run| &*run.text).collect();
                let plain = |text: &str| text.replace(char::is_whitespace, "");
                assert!(
                    plain(&words).contains(&plain(&step.name)),
                    "{name}: {words}"
                );
            }
        }
        assert!(steps.next().is_none());
    }
}

/// Returns the text of all lanes with text cells.
fn cell_text(layout: &Layout) -> String {
    let mut words = String::new();
    for (_, _, content) in contents(layout) {
        if let LaneContent::Cells(cells) = content {
            let entries = cells.iter().flat_map(|cell| &cell.entries);
            for run in entries.flat_map(|entry| &entry.runs) {
                words += &format!("{} ", run.text);
            }
        }
    }
    words
}

#[test]
fn compact_shortens_long_texts_with_an_ellipsis() {
    use touchline::format::read;
    let text = "(title: \"T\", stages: [(name: \"S\", touchpoints: [(name: \"A\", \
        feelings: [(score: 1, quote: \"Said loud\", thought: \"Thought by itself\")], \
        pains: [(text: \"one two three four five six seven eight nine ten eleven twelve \
        thirteen fourteen fifteen\", votes: 3)]), \
        (name: \"B\", feelings: [(score: 1, thought: \"Nothing but thought\")])])])";
    let map = read(text.as_bytes()).unwrap().map;
    let said = |density| cell_text(&layout(&map, &options(density), &mut Typesetter::bundled()));
    let (roomy, dense) = (said(Density::Comfortable), said(Density::Compact));
    assert!(
        roomy.contains("fifteen") && roomy.contains("3 votes"),
        "{roomy}"
    );
    assert!(roomy.contains("Thought by itself"), "{roomy}");
    assert!(
        !dense.contains("fifteen") && dense.contains("… "),
        "{dense}"
    );
    assert!(
        !dense.contains("votes") && !dense.contains("by itself"),
        "{dense}"
    );
    let plain = dense.replace(' ', "");
    assert!(
        plain.contains("“Saidloud”") && plain.contains("Nothingbutthought"),
        "{dense}"
    );
}

#[test]
fn a_density_change_equals_a_new_layout() {
    for (name, map) in samples() {
        let mut typesetter = Typesetter::bundled();
        let dump = |layout: &Layout| {
            let theme = ThemeName::Light.theme();
            scene_text(&build(&map, &mut layout.clone(), theme, Marks::NONE))
        };
        let mut kept = layout(&map, &LayoutOptions::default(), &mut typesetter);
        for density in [Density::Compact, Density::Comfortable] {
            kept.update(&map, &options(density), &mut typesetter);
            let afresh = layout(&map, &options(density), &mut typesetter);
            assert!(dump(&kept) == dump(&afresh), "{name}, {density:?}");
        }
    }
}

/// Edits near the start of a journey that renumber all steps behind, with those that lead back.
fn renumbering_edits(map: &Map) -> Vec<Intent> {
    let ids: Vec<_> = map.touchpoints().map(|it| it.id.clone()).collect();
    let stage = map.stages().as_slice()[0].id.clone();
    let path = Path {
        to: ids[4].clone(),
        kind: PathKind::Alternative,
        label: String::new(),
        share: None,
    };
    let (from, to, kind) = (ids[3].clone(), path.to.clone(), path.kind);
    let another = |at: usize| Intent::AddTouchpoint {
        stage: stage.clone(),
        at: 1,
        touchpoint: Box::new(Touchpoint::new(format!("another-{at}").into(), "Another")),
    };
    let mut edits = vec![
        Intent::Connect {
            from: from.clone(),
            path,
        },
        Intent::Disconnect { from, to, kind },
        Intent::MoveTouchpoint {
            id: ids[0].clone(),
            stage: map.stages().as_slice()[1].id.clone(),
            to: 0,
        },
    ];
    // Numbers of other lengths: 9 becomes 10, and 99 becomes 100.
    edits.extend((0..3).map(another));
    edits.extend(ids[1..7].iter().cloned().map(Intent::DeleteTouchpoint));
    edits
}

/// Other numbers are written into what is drawn: the drawing is the same as a new one, and only the
/// stages that were edited, their neighbours, and those with numbers of another length are laid out
/// again.
#[test]
fn other_numbers_lay_nothing_out_again() {
    let theme = ThemeName::Light.theme();
    let mut session = Session::untitled(generator::map(600));
    for density in DENSITIES {
        let options = options(density);
        let mut typesetter = Typesetter::bundled();
        let mut kept = layout(session.map(), &options, &mut typesetter);
        let mut scene = build(session.map(), &mut kept, theme, Marks::NONE);
        let edits = renumbering_edits(session.map());
        let count = edits.len();
        let mut renumbered = 0;
        for edit in edits {
            if !session.apply(&edit).unwrap() {
                continue;
            }
            let map = session.map();
            kept.update(map, &options, &mut typesetter);
            let parts = || {
                kept.lanes
                    .iter()
                    .flat_map(|lane| lane.parts.iter().enumerate())
            };
            let laid_out = parts().filter(|(_, part)| part.content.is_some());
            let stages: BTreeSet<usize> = laid_out.map(|(stage, _)| stage).collect();
            assert!(
                stages.len() <= 6,
                "{edit:?}: {stages:?} were laid out again"
            );
            renumbered += usize::from(parts().last().unwrap().1.numbers_changed);
            scene = rebuild(scene, map, &mut kept, theme, Marks::NONE.into());
            let afresh = build(
                map,
                &mut layout(map, &options, &mut typesetter),
                theme,
                Marks::NONE,
            );
            for (a, b) in scene.groups.iter().zip(&afresh.groups) {
                assert!(a.content == b.content, "{edit:?}: {:?}", a.key);
            }
        }
        assert!(
            renumbered > count / 2,
            "{renumbered} of {count} edits renumber"
        );
        for _ in 0..count {
            session.undo();
        }
    }
}

/// Checks that exactly the handoffs have a mark between their cards, and that the
/// marked cards are those on all routes from the first contact to the last.
#[test]
fn marks_are_on_handoffs_and_unavoidable_touchpoints() {
    let mut typesetter = Typesetter::bundled();
    for (name, map) in maps() {
        let options = LayoutOptions {
            handoffs: true,
            ..LayoutOptions::default()
        };
        let layout = layout(&map, &options, &mut typesetter);
        let graph = Graph::of(&map);
        let ids: Vec<_> = map.touchpoints().map(|it| it.id.clone()).collect();
        let (mut drawn, mut marked) = (Vec::new(), Vec::new());
        let mut first = 0;
        for (_, _, content) in contents(&layout) {
            let LaneContent::Cards { cards, routes } = content else {
                continue;
            };
            for route in routes.iter().filter(|route| route.handoff.is_some()) {
                drawn.push((ids[first + route.from].clone(), route.target.clone()));
            }
            let passed = cards
                .iter()
                .enumerate()
                .filter(|(_, it)| it.dominator_mark.is_some());
            marked.extend(passed.map(|(at, _)| first + at));
            first += cards.len();
        }
        let links = &graph.flow().links;
        let handoffs = graph.handoffs().into_iter().map(|it| &links[it.link]);
        let mut wanted: Vec<_> = handoffs
            .map(|link| (ids[link.from].clone(), ids[link.to].clone()))
            .collect();
        drawn.sort();
        wanted.sort();
        assert_eq!(drawn, wanted, "{name}");
        let ends = graph.first_contact().zip(graph.last_contact());
        let passed = ends.and_then(|(from, to)| graph.dominators(from, to));
        let mut passed = passed.unwrap_or_default();
        passed.sort_unstable();
        assert_eq!(marked, passed, "{name}");
        assert!(!drawn.is_empty() && !marked.is_empty(), "{name}");
    }
}

#[test]
fn handoff_marks_lie_between_cards() {
    for (name, layout) in layouts() {
        let cards = cards(&layout);
        for (lane, x, content) in contents(&layout) {
            let LaneContent::Cards { routes, .. } = content else {
                continue;
            };
            for seam in routes.iter().filter_map(|route| route.handoff) {
                for side in [seam.from, seam.to] {
                    let strip = side.strip.translate(pt(x, lane.y as f32));
                    assert!(
                        strip.width() > 1.0 && strip.height() > 1.0,
                        "{name}: {strip:?}"
                    );
                    let hit = cards.iter().find(|card| card.intersects(&strip));
                    assert_eq!(hit, None, "{name}: {strip:?}");
                }
            }
        }
    }
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

/// Compares the cards of a sample with its handoff marks.
#[test]
fn handoff_marks_match_their_golden_file() {
    let options = LayoutOptions {
        lanes: Some(vec!["touchpoints".into()]),
        handoffs: true,
        ..LayoutOptions::default()
    };
    let map = sample("bank-account");
    let mut layout = layout(&map, &options, &mut Typesetter::bundled());
    let dump = scene_text(&build(
        &map,
        &mut layout,
        ThemeName::Light.theme(),
        Marks::NONE,
    ));
    assert_golden("tests/golden/bank-account.seams.txt", &dump);
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
    use touchline::model::{Image, ImageData, Stage, Touchpoint};
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

/// Checks that a handoff is labelled once above a card, however many routes lead to
/// it.
#[test]
fn handoff_labels_are_not_repeated_above_a_card() {
    let mut said = 0;
    for (name, layout) in layouts() {
        let (cards, labels) = (cards(&layout), labels(&layout));
        let handoffs: Vec<_> = labels.iter().filter(|it| it.0.contains(" → ")).collect();
        said += handoffs.len();
        for (at, (words, rect)) in handoffs.iter().enumerate() {
            let near = |other: &&&(String, Rect)| {
                let (dx, dy) = (other.1.min.x - rect.min.x, other.1.min.y - rect.min.y);
                other.0 == *words && dx.abs() < 1.0 && dy.abs() < 40.0
            };
            let twin = handoffs[at + 1..].iter().find(near);
            assert_eq!(twin, None, "{name}");
            let under = cards.iter().find(|card| card.intersects(rect));
            assert_eq!(under, None, "{name}: “{words}” stands on a card");
        }
    }
    assert!(said > 10, "{said}");
}

/// Checks that the mark between two cards side by side has no label: both cards name their owners.
#[test]
fn handoffs_between_neighbors_are_said_by_their_cards() {
    let mut marks = 0;
    for (name, layout) in layouts() {
        for (_, _, content) in contents(&layout) {
            let LaneContent::Cards { routes, .. } = content else {
                continue;
            };
            let beside = |points: &[Point]| points.len() == 2 && points[0].y == points[1].y;
            for route in routes.iter().filter(|route| beside(&route.points)) {
                let gap = route.points[1].x - route.points[0].x;
                if route.handoff.is_some() && gap < size::CARD {
                    marks += 1;
                    let label = route.label.iter().find(|run| run.text.contains(" → "));
                    assert!(label.is_none(), "{name}: {label:?}");
                }
            }
        }
    }
    assert!(marks > 20, "{marks}");
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

/// Returns every view of every map as drawn.
fn drawings() -> impl Iterator<Item = (String, Arc<Scene>)> {
    let mut typesetter = Typesetter::bundled();
    maps().into_iter().flat_map(move |(name, map)| {
        let mut session = Session::untitled(map);
        let options = RenderOptions {
            layout: LayoutOptions {
                handoffs: true,
                ..LayoutOptions::default()
            },
            ..RenderOptions::default()
        };
        [View::Journey, View::Flow, View::Ownership].map(|view| {
            let scene = session.render_view(view, &options, &mut typesetter);
            (format!("{name}, {view:?}"), scene.unwrap())
        })
    })
}

fn is_drawn(group: &Group, part: &ScenePart) -> bool {
    let items = group.content.items.iter();
    let mut shapes = items.filter(|item| item.object == part.object);
    let ends = |shape: &Shape| match shape {
        Shape::Path {
            path,
            stroke: Some(_),
            ..
        } => path.unpack().endpoints(),
        _ => None,
    };
    shapes.any(|item| match (part.kind, &item.shape) {
        (PartKind::Picture, Shape::Rect { rect, .. }) => *rect == part.rect,
        (PartKind::HandoffMark, Shape::Rect { rect, .. }) => part.rect.union(rect) == part.rect,
        (PartKind::PathStart, shape) => ends(shape).is_some_and(|(p, _)| p == part.rect.min),
        (PartKind::PathEnd, shape) => ends(shape).is_some_and(|(_, p)| p == part.rect.min),
        _ => false,
    })
}

#[test]
fn parts_are_where_they_are_drawn() {
    let mut kinds = [0; 4];
    for (name, scene) in drawings() {
        for (number, group) in scene.groups.iter().enumerate() {
            for part in &group.content.parts {
                assert!(is_drawn(group, part), "{name}: {part:?} in group {number}");
                kinds[part.kind as usize] += 1;
                let subject = &group.content.objects[part.object as usize];
                let at = part.rect.center();
                let (x, y) = (
                    group.origin.x + f64::from(at.x),
                    group.origin.y + f64::from(at.y),
                );
                match part.kind {
                    PartKind::Picture => {
                        let picked = scene.hit_group(number, x, y).map(|object| &object.id);
                        assert_eq!(picked, Some(&subject.id), "{name}");
                    }
                    _ => {
                        // Several paths may meet at a card.
                        let picked = scene.path_near(number, x, y, 12.0).map(|object| &object.id);
                        let is_path =
                            matches!(picked, Some(ObjectId::Object(ObjectRef::Path { .. })));
                        assert!(is_path, "{name}: {part:?} picks {picked:?}");
                    }
                }
            }
            // Every path has both ends, and every image in a cell its frame.
            for (at, object) in (0..).zip(&group.content.objects) {
                let Some(id) = object.id.object() else {
                    continue;
                };
                let count = |kind| group.content.parts(id, kind).count();
                let whole = object.area.is_empty()
                    || (group.content.parts(id, PartKind::Whole)).any(|area| area == object.area);
                assert!(whole, "{name}: {id:?} is not found");
                let items = group.content.items.iter().filter(|item| item.object == at);
                let images = items.filter(|item| matches!(item.shape, Shape::Image { .. }));
                match id {
                    ObjectRef::Path { .. } => {
                        assert_eq!(count(PartKind::PathStart), 1, "{name}");
                        assert_eq!(count(PartKind::PathEnd), 1, "{name}");
                    }
                    ObjectRef::Cell(..) => {
                        assert!(count(PartKind::Picture) >= images.count(), "{name}");
                    }
                    _ => {}
                }
            }
        }
    }
    assert!(kinds.iter().all(|count| *count > 0), "{kinds:?}");
}

#[test]
fn groups_are_found_by_their_address() {
    let mut typesetter = Typesetter::bundled();
    for (name, map) in maps() {
        let mut session = Session::untitled(map);
        let drawn = session.render(&RenderOptions::default(), &mut typesetter);
        let layout = &drawn.layout;
        for (k, stage) in layout.stages.iter().enumerate() {
            let header = drawn.scene.group(GroupKey::Stage(k)).unwrap();
            assert_eq!(
                (header.origin.x, header.origin.y),
                (stage.x, layout.band_y),
                "{name}"
            );
            assert!(
                header
                    .content
                    .objects
                    .iter()
                    .any(|o| o.id == ObjectId::Object(ObjectRef::Stage(stage.id.clone())))
            );
            for (number, lane) in layout.lanes.iter().enumerate() {
                let group = drawn.scene.group(GroupKey::LaneContent(number, k)).unwrap();
                assert_eq!(
                    (group.origin.x, group.origin.y),
                    (stage.x, lane.y),
                    "{name}"
                );
                for object in &group.content.objects {
                    if let ObjectId::Object(ObjectRef::Cell(_, id)) = &object.id {
                        assert_eq!(*id, lane.id, "{name}");
                    }
                }
            }
        }
    }
}

/// The cards of a scene: name, left, right and top.
fn drawn_cards(scene: &Scene) -> Vec<(String, f64, f64, f64)> {
    let mut found = Vec::new();
    for group in &scene.groups {
        for object in &group.content.objects {
            let is_card = matches!(object.id, ObjectId::Object(ObjectRef::Touchpoint(_)));
            if is_card && !object.area.is_empty() {
                let x = |at: f32| group.origin.x + f64::from(at);
                let (left, right) = (x(object.area.min.x), x(object.area.max.x));
                let y = group.origin.y + f64::from(object.area.min.y);
                found.push((object.title.to_string(), left, right, y));
            }
        }
    }
    found
}

#[test]
fn a_scene_in_rows_shows_every_card_whole() {
    let mut typesetter = Typesetter::bundled();
    for (name, map) in maps() {
        let options = options(Density::Comfortable);
        let mut layout = layout(&map, &options, &mut typesetter);
        let scene = build(&map, &mut layout, ThemeName::Light.theme(), Marks::NONE);
        let (same, one) = scene.in_rows(scene.width);
        assert_eq!(
            (one, same.width, same.height),
            (1, scene.width, scene.height)
        );
        let whole = drawn_cards(&scene);
        assert!(!whole.is_empty());
        for width in [1_000.0, 2_500.0, scene.width * 0.6] {
            let (broken, rows) = scene.in_rows(width);
            assert!(rows > 1 && broken.width == width, "{name} {width}");
            assert!(broken.height < scene.height * rows as f64 + 1.0);
            let titles = f64::from(Density::Comfortable.sizes().title_column);
            let mut shown = Vec::new();
            for (card, left, right, _) in drawn_cards(&broken) {
                assert!(left >= titles && right <= width, "{name} {width} {card}");
                shown.push(card);
            }
            let mut all: Vec<String> = whole.iter().map(|(name, ..)| name.clone()).collect();
            shown.sort();
            all.sort();
            assert_eq!(shown, all, "{name} {width}");
        }
    }
}

/// An excerpt of a stage shows its cards whole, and all others outside or under the titles.
#[test]
fn an_excerpt_shows_the_cards_of_its_stage_and_no_others() {
    let mut typesetter = Typesetter::bundled();
    for (name, map) in maps() {
        let mut layout = layout(&map, &options(Density::Comfortable), &mut typesetter);
        let scene = build(&map, &mut layout, ThemeName::Light.theme(), Marks::NONE);
        for stage in map.stages() {
            let range = layout.stage_range(&stage.id).unwrap();
            let excerpt = scene.excerpt(range.clone());
            let titles = excerpt.width - (range.end - range.start);
            assert!(titles >= f64::from(Density::Comfortable.sizes().title_column));
            assert!((scene.height - excerpt.height - layout.band_y).abs() < 3.0);
            let shown = drawn_cards(&excerpt);
            let shown = shown
                .into_iter()
                .filter(|(_, left, right, _)| *right > titles && *left < excerpt.width);
            let shown: Vec<String> = shown
                .map(|(card, left, right, y)| {
                    assert!(
                        left >= titles && right <= excerpt.width && y >= 0.0,
                        "{name} {card}"
                    );
                    card
                })
                .collect();
            let expected = map.touchpoints_in(&stage.id).iter();
            let expected: Vec<String> =
                expected.map(|touchpoint| touchpoint.name.clone()).collect();
            assert_eq!(shown, expected, "{name} {}", stage.name);
            assert!(excerpt.group(GroupKey::Header).is_none());
        }
        assert!(layout.stage_range(&StageId::from_text("unknown")).is_none());
    }
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
