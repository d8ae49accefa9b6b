//! Property tests of the flow layout, over random maps and random edits of them.

mod crossings;
mod starts;

use super::{CardColoring, FlowChunk, FlowEdge, FlowLayout, FlowOptions, flow};
use crate::edit::proptests::{intent, rolls};
use crate::edit::{ChangeSet, Edit, plan};
use crate::geom::{Path, Point, Rect, Segment, pt};
use crate::graph::Flow;
use crate::model::{
    Id, Map, Path as Way, PathKind, Share, Stage, StageId, Touchpoint, TouchpointId, arbitrary,
};
use crate::text::FixedWidth;
use crate::theme::{Density, size};
use proptest::prelude::{ProptestConfig, Strategy, any, prop_assert, prop_assert_eq, proptest};
use proptest::test_runner::TestCaseError;
use std::collections::BTreeMap;

/// A path in numbers: from, to, kind, share and length of the label.
type Link = (usize, usize, u8, u8, u8);

/// A map with this many touchpoints in each stage, and these paths between them.
fn map(stages: &[usize], links: &[Link], ends: u16) -> Map {
    let mut map = Map::with_title("T");
    let count: usize = stages.iter().sum();
    let id = |at: usize| TouchpointId::from_text(&format!("t{at}"));
    let mut changes = Vec::new();
    let mut at = 0;
    for (k, size) in stages.iter().enumerate() {
        let stage: StageId = StageId::from_text(&format!("s{k}"));
        let record = Stage::new(stage.clone(), format!("Stage {k}"));
        changes.push(Edit::Insert { at: k, record }.into());
        for place in 0..*size {
            let mut record = Touchpoint::new(id(at), format!("Touchpoint {at}"));
            record.ends = ends & (1 << (at % 16)) != 0;
            for (from, to, kind, share, label) in links {
                if from % count == at {
                    record.paths.push(Way {
                        to: id(to % count),
                        kind: [
                            PathKind::Next,
                            PathKind::Alternative,
                            PathKind::Failure,
                            PathKind::Return,
                        ][usize::from(kind % 4)],
                        label: "word ".repeat(usize::from(label % 9)),
                        share: Share::from_percent(i64::from(share % 120)),
                    });
                }
            }
            changes.push(
                Edit::Insert {
                    at: (stage.clone(), place),
                    record,
                }
                .into(),
            );
            at += 1;
        }
    }
    ChangeSet(changes).apply(&mut map).unwrap();
    map
}

fn links(most: usize) -> impl Strategy<Value = Vec<Link>> {
    let link = any::<(usize, usize, u8, u8, u8)>();
    proptest::collection::vec(link, 0..most)
}

/// Maps with many branches.
fn tangled() -> impl Strategy<Value = Map> {
    let stages = proptest::collection::vec(0..9_usize, 1..5);
    // Touchpoints that may end the journey are rare.
    let ends = (any::<u16>(), any::<u16>(), any::<u16>()).prop_map(|(a, b, c)| a & b & c);
    (stages, links(16), ends).prop_map(|(stages, links, ends)| {
        let links = if stages.iter().sum::<usize>() > 0 {
            links
        } else {
            Vec::new()
        };
        map(&stages, &links, ends)
    })
}

/// Closely spaced points along a path.
fn along(path: &Path, by: Point) -> Vec<Point> {
    let mut points = Vec::new();
    let mut here = pt(0.0, 0.0);
    let straight = |from: Point, to: Point, points: &mut Vec<Point>| {
        let pieces = ((to.x - from.x).hypot(to.y - from.y) / 7.0).ceil().max(1.0);
        for piece in 0..=pieces as usize {
            let t = piece as f32 / pieces;
            let (x, y) = (from.x + (to.x - from.x) * t, from.y + (to.y - from.y) * t);
            points.push(pt(x, y) + by);
        }
    };
    for segment in &path.0 {
        match *segment {
            Segment::Move(to) => here = to,
            Segment::Line(to) => {
                straight(here, to, &mut points);
                here = to;
            }
            Segment::Cubic(a, b, to) => {
                let mut last = here;
                for piece in 1..=12 {
                    let t = piece as f32 / 12.0;
                    let s = 1.0 - t;
                    let weights = [s * s * s, 3.0 * s * s * t, 3.0 * s * t * t, t * t * t];
                    let at = |f: fn(&Point) -> f32| {
                        let values = [here, a, b, to];
                        values
                            .iter()
                            .zip(weights)
                            .map(|(p, w)| f(p) * w)
                            .sum::<f32>()
                    };
                    let next = pt(at(|p| p.x), at(|p| p.y));
                    straight(last, next, &mut points);
                    last = next;
                }
                here = to;
            }
            Segment::Close => {}
        }
    }
    points
}

/// The chunks with their positions.
fn slices(layout: &FlowLayout) -> impl Iterator<Item = (Point, &FlowChunk)> {
    layout.rows.iter().flat_map(|strip| {
        let at = |slice: &FlowChunk| pt(slice.x as f32, strip.main_y as f32);
        strip.chunks.iter().map(move |slice| (at(slice), slice))
    })
}

fn lines(layout: &FlowLayout) -> impl Iterator<Item = &FlowEdge> {
    slices(layout).flat_map(|(_, slice)| &slice.edges)
}

/// The rectangles of cards.
fn cards(layout: &FlowLayout) -> Vec<Rect> {
    slices(layout)
        .flat_map(|(at, slice)| {
            slice
                .cards
                .iter()
                .map(move |card| card.card.rect.translate(at))
        })
        .collect()
}

/// Checks that rows are below each other, and that a split edge continues at the same height at the
/// other side, in the next row.
fn folded(layout: &FlowLayout) -> Result<(), TestCaseError> {
    let mut bottom = 0.0;
    for strip in &layout.rows {
        prop_assert!(strip.band_y >= bottom);
        bottom = strip.main_y + f64::from(strip.body.1);
    }
    prop_assert!(bottom <= layout.height);
    let mut pieces: BTreeMap<(usize, usize), (usize, Point, Point, bool)> = BTreeMap::new();
    for (at, strip) in layout.rows.iter().enumerate() {
        for slice in &strip.chunks {
            for line in &slice.edges {
                let (a, b) = line.path.endpoints().unwrap();
                let by = pt(slice.x as f32, 0.0);
                let whole = !line.head.0.is_empty();
                let former = pieces.insert((line.link, line.part), (at, a + by, b + by, whole));
                prop_assert!(former.is_none());
            }
        }
    }
    for ((link, part), (strip, _, end, whole)) in &pieces {
        let next = pieces.get(&(*link, part + 1));
        prop_assert_eq!(
            next.is_none(),
            *whole,
            "an arrow is at the end, and only there"
        );
        let Some((below, begin, ..)) = next else {
            continue;
        };
        prop_assert_eq!(strip.abs_diff(*below), 1);
        prop_assert!(
            (end.y - begin.y).abs() < 0.1,
            "{end:?} goes on at {begin:?}"
        );
        let (upper, lower) = match strip < below {
            true => (end, begin),
            false => (begin, end),
        };
        prop_assert!(lower.x < size::MARGIN + 0.5 && upper.x > lower.x);
    }
    Ok(())
}

fn overlap(a: &Rect, b: &Rect) -> bool {
    a.grow(-0.5).intersects(&b.grow(-0.5))
}

fn laws(map: &Map, layout: &FlowLayout) -> Result<(), TestCaseError> {
    let journey = Flow::of(map);
    let cards = cards(layout);
    prop_assert_eq!(cards.len(), map.touchpoint_count());
    for (i, a) in cards.iter().enumerate() {
        for b in &cards[..i] {
            prop_assert!(!overlap(a, b), "cards {a:?} {b:?}");
        }
        prop_assert!(f64::from(a.max.x) <= layout.width && a.min.x >= 0.0);
    }
    for strip in &layout.rows {
        let cards = strip.chunks.iter().flat_map(|slice| &slice.cards);
        for card in cards.map(|card| card.card.rect) {
            prop_assert!(card.min.y >= strip.body.0 && card.max.y <= strip.body.1 + 0.5);
        }
    }
    folded(layout)?;
    // The labels, with whether edges may cross them.
    let mut words: Vec<(Rect, bool)> = Vec::new();
    let mut lines: Vec<Vec<Point>> = Vec::new();
    let mut drawn = Vec::new();
    for (at, slice) in slices(layout) {
        for line in &slice.edges {
            drawn.extend((line.part == 0).then_some(line.link));
            let points = along(&line.path, at);
            let (first, last) = (points[0], points[points.len() - 1]);
            if !line.is_backward {
                prop_assert!(last.x > first.x, "{line:?} runs back");
            }
            lines.push(points);
            let said = line.label.iter().fold(Rect::EMPTY, |all, run| {
                let top = run.at.y - run.style.size * 0.8;
                all.union(&Rect::new(run.at.x, top, run.width, run.style.size))
            });
            if !line.label.is_empty() {
                words.push((said.translate(at), line.label_ground.is_some()));
            }
        }
    }
    drawn.sort_unstable();
    prop_assert_eq!(drawn, (0..journey.links.len()).collect::<Vec<_>>());
    for line in &lines {
        for point in line {
            let inside = cards.iter().find(|card| card.grow(-1.5).contains(*point));
            prop_assert!(inside.is_none(), "a line at {point:?} crosses {inside:?}");
            let said = words.iter().find(|(said, _)| said.contains(*point));
            prop_assert!(
                said.is_none_or(|(_, plate)| *plate),
                "a line at {point:?} crosses words {said:?}"
            );
        }
    }
    for (i, (a, _)) in words.iter().enumerate() {
        let card = cards.iter().find(|card| overlap(card, a));
        prop_assert!(card.is_none(), "words {a:?} on {card:?}");
        let other = words[..i].iter().find(|(b, _)| overlap(a, b));
        prop_assert!(other.is_none(), "words {a:?} on {other:?}");
    }
    Ok(())
}

fn options(roll: u8) -> FlowOptions {
    FlowOptions {
        coloring: CardColoring::ALL[usize::from(roll % 4)],
        density: [Density::Comfortable, Density::Compact][usize::from(roll / 4 % 2)],
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(160))]
    #[test]
    fn every_link_is_drawn_once_without_overlap(map in tangled(), roll in any::<u8>()) {
        let layout = flow(&map, &options(roll), &mut FixedWidth);
        laws(&map, &layout)?;
        let again = flow(&map, &options(roll), &mut FixedWidth);
        prop_assert_eq!(format!("{layout:?}"), format!("{again:?}"));
    }

    #[test]
    fn layouts_of_edited_maps_are_valid(
        map in arbitrary::map(),
        edits in rolls(24),
        roll in any::<u8>(),
    ) {
        let mut map = map;
        for edit in edits {
            if let Some(changes) = intent(&map, edit).and_then(|wish| plan(&map, &wish).ok()) {
                let _ = changes.apply(&mut map);
            }
        }
        laws(&map, &flow(&map, &options(roll), &mut FixedWidth))?;
    }
}

/// Positions of the cards, by id.
fn places(layout: &FlowLayout) -> BTreeMap<String, (f64, f32)> {
    slices(layout)
        .flat_map(|(_, slice)| {
            let card = |card: &super::FlowCard| {
                let x = slice.x + f64::from(card.card.rect.min.x);
                (card.id.to_string(), (x, card.card.rect.min.y))
            };
            slice.cards.iter().map(card)
        })
        .collect()
}

#[test]
fn the_main_line_is_one_row_with_branches_below_in_order() {
    // 0 leads to 1 and 2 for some and to 3 for the rest; 3 fails to 4; 5 returns to 0.
    let links = [
        (0, 1, 1, 20, 0),
        (0, 2, 1, 10, 2),
        (3, 4, 2, 5, 1),
        (5, 0, 3, 119, 1),
    ];
    let map = map(&[3, 3], &links, 0);
    let layout = flow(&map, &FlowOptions::default(), &mut FixedWidth);
    let at = places(&layout);
    for id in ["t3", "t5"] {
        assert_eq!(at[id].1, at["t0"].1, "{id} is on the main line");
    }
    assert!(at["t1"].1 > at["t0"].1 && at["t2"].1 > at["t1"].1);
    assert!(at["t4"].1 > at["t3"].1);
    assert_eq!(crossings::crossings_of(&map), 0);
    // The back edge stays above all cards.
    let back = lines(&layout).find(|l| l.is_backward);
    let top = back.unwrap().path.bounds().min.y;
    assert!(top < at["t0"].1 - 10.0);
    assert_eq!(layout.rows[0].unreachable_y, None);
}

#[test]
fn edges_with_more_customers_are_wider() {
    let map = map(&[3], &[(0, 1, 2, 30, 0)], 0);
    let layout = flow(&map, &FlowOptions::default(), &mut FixedWidth);
    let width = |from: &str, to: &str| {
        let mut here =
            lines(&layout).filter(|l| l.from.to_string() == from && l.to.to_string() == to);
        here.next().unwrap().width
    };
    assert!(width("t0", "t2") > width("t0", "t1"));
    assert_eq!(width("t0", "t1"), width("t1", "t2"));
    let said: Vec<String> = lines(&layout)
        .flat_map(|line| &line.label)
        .map(|run| run.text.to_string())
        .collect();
    // The share that is not written is the rest left by the others.
    assert_eq!(said, ["30\u{a0}%", "70\u{a0}%"]);
}

#[test]
fn empty_maps_are_laid_out() {
    for map in [
        Map::with_title(""),
        map(&[0], &[], 0),
        map(&[0, 0, 1], &[], 0),
    ] {
        let layout = flow(&map, &FlowOptions::default(), &mut FixedWidth);
        assert!(layout.width > 0.0 && layout.height > 0.0);
        let stages = &layout.rows[0].stages;
        assert_eq!(stages.len(), map.stages().len());
        assert!(stages.iter().all(|stage| stage.band.width > 40.0));
    }
}
