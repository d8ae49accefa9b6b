//! Property tests of the ownership matrix, over random maps.

use super::{Owner, OwnershipLayout, Workload, ownership};
use crate::geom::{Path, Point, Rect, Segment, pt};
use crate::graph::Graph;
use crate::model::{Map, TouchpointId, arbitrary};
use crate::text::FixedWidth;
use crate::theme::Density;
use proptest::prelude::{ProptestConfig, any, prop_assert, prop_assert_eq, proptest};
use std::collections::BTreeMap;

/// Maps of a few departments, some of them unknown, with many handoffs.
fn crowded(stages: &[usize], owners: &[u8], links: &[(u8, u8)], departments: usize) -> Map {
    let mut text = "(title: \"T\", departments: [".to_owned();
    for at in 0..departments {
        text += &format!("(id: \"d{at}\", name: \"Department {at}\"),");
    }
    text += "], stages: [";
    let count: usize = stages.iter().sum();
    let mut at = 0;
    for (stage, size) in stages.iter().enumerate() {
        text += &format!("(name: \"Stage {stage}\", touchpoints: [");
        for _ in 0..*size {
            text += &format!("(id: \"t{at}\", name: \"Step {at}\"");
            match usize::from(owners[at % owners.len()]) {
                0 => {}
                // One more than there are: an owner missing from the map.
                owner => text += &format!(", owner: \"d{}\"", (owner - 1) % (departments + 1)),
            }
            text += ", paths: [";
            for (from, to) in links {
                if usize::from(*from) % count == at {
                    text += &format!("(to: \"t{}\"),", usize::from(*to) % count);
                }
            }
            text += "]),";
            at += 1;
        }
        text += "]),";
    }
    text += "])";
    crate::format::read(text.as_bytes()).unwrap().map
}

/// The straight pieces of a line; corners are rounded within them.
fn corners(path: &Path) -> Vec<(Point, Point)> {
    let mut pieces = Vec::new();
    let mut here = pt(0.0, 0.0);
    for segment in &path.0 {
        match *segment {
            Segment::Move(to) => here = to,
            Segment::Line(to) | Segment::Cubic(_, _, to) => {
                pieces.push((here, to));
                here = to;
            }
            Segment::Close => {}
        }
    }
    pieces
}

fn holds(outer: &Rect, inner: &Rect) -> bool {
    outer.contains(inner.min) && outer.contains(inner.max)
}

fn spanned(a: Point, b: Point) -> Rect {
    Rect {
        min: pt(a.x.min(b.x), a.y.min(b.y)),
        max: pt(a.x.max(b.x), a.y.max(b.y)),
    }
}

/// Checks that cells are in their row and column and chips in the cell of their owner and stage,
/// each touchpoint once and without overlap.
fn filled(map: &Map, layout: &OwnershipLayout) -> Result<(), String> {
    let mut seen: BTreeMap<TouchpointId, usize> = BTreeMap::new();
    let mut bottom = 0.0;
    for row in &layout.rows {
        if row.y < bottom {
            return Err(format!("{:?} lies over the row above", row.owner));
        }
        bottom = row.y + row.height;
        for cell in &row.cells {
            let stage = &layout.stages[cell.stage];
            let room = Rect::new(0.0, 0.0, stage.band.width, row.height);
            if !holds(&room.grow(0.5), &cell.rect) {
                return Err(format!("{:?} leaves {room:?}", cell.rect));
            }
            let texts = cell.chips.iter().map(|chip| &chip.card.rect);
            let mut taken: Vec<Rect> = Vec::new();
            for rect in texts {
                if !holds(&cell.rect, rect) {
                    return Err(format!("{rect:?} leaves {:?}", cell.rect));
                }
                if taken.iter().any(|other| other.grow(-0.5).intersects(rect)) {
                    return Err(format!("{rect:?} lies over another"));
                }
                taken.push(*rect);
            }
            for run in &cell.runs {
                if taken.iter().any(|chip| chip.contains(run.at)) {
                    return Err(format!("{:?} lies over a chip", run.at));
                }
            }
            for chip in &cell.chips {
                *seen.entry(chip.id.clone()).or_default() += 1;
                let owner = map
                    .touchpoint(&chip.id)
                    .map(|t| Owner::of_touchpoint(map, t));
                if row.owner != owner {
                    return Err(format!("{} is in the row of {:?}", chip.id, row.owner));
                }
                if map.stage_of(&chip.id) != Some(&stage.id) {
                    return Err(format!("{} is in the column of {}", chip.id, stage.id));
                }
            }
        }
    }
    if seen.len() != map.touchpoint_count() || seen.values().any(|count| *count != 1) {
        return Err("not every touchpoint has one chip".to_owned());
    }
    Ok(())
}

fn touchpoints<'a>(loads: impl Iterator<Item = &'a Workload>) -> (usize, usize, usize) {
    loads.fold((0, 0, 0), |sum, load| {
        let (count, pains, scores) = sum;
        (
            count + load.touchpoints,
            pains + load.pain_count(),
            scores + load.scores,
        )
    })
}

/// Checks that rows and columns have the same totals, which are those of the map.
fn summed(map: &Map, layout: &OwnershipLayout) -> Result<(), String> {
    let pains = map.touchpoints().map(|t| t.pains.len()).sum();
    let scores = map.touchpoints().flat_map(|t| &t.feelings);
    let scores = scores.filter(|feeling| feeling.score.is_some()).count();
    let wanted = (map.touchpoint_count(), pains, scores);
    let Some((sums, rows)) = layout.rows.split_last() else {
        return Err("no rows".to_owned());
    };
    let found = [
        touchpoints(std::iter::once(&sums.totals.workload)),
        touchpoints(rows.iter().map(|row| &row.totals.workload)),
        touchpoints(sums.cells.iter().map(|cell| &cell.counts.workload)),
        touchpoints(
            rows.iter()
                .flat_map(|row| &row.cells)
                .map(|cell| &cell.counts.workload),
        ),
    ];
    if found.iter().any(|found| *found != wanted) {
        return Err(format!("{found:?} instead of {wanted:?}"));
    }
    Ok(())
}

/// Checks that arcs count all handoffs, and that no line runs along another or through a number.
fn passed_on(map: &Map, layout: &OwnershipLayout) -> Result<(), String> {
    let graph = Graph::of(map);
    let holders: Vec<Owner> = map
        .touchpoints()
        .map(|t| Owner::of_touchpoint(map, t))
        .collect();
    let mut wanted: BTreeMap<(Owner, Owner), usize> = BTreeMap::new();
    for link in &graph.flow().links {
        let (from, to) = (holders[link.from].clone(), holders[link.to].clone());
        let is_needed = |owner: &Owner| *owner != Owner::NotNeeded;
        if from != to && is_needed(&from) && is_needed(&to) {
            *wanted.entry((from, to)).or_default() += 1;
        }
    }
    let all: usize = wanted.values().sum();
    let drawn: usize = layout.arcs.iter().map(|arc| arc.count).sum();
    if all != drawn + layout.hidden {
        return Err(format!(
            "{all} handoffs, {drawn} drawn, {} not",
            layout.hidden
        ));
    }
    let mut pieces = Vec::new();
    for (at, arc) in layout.arcs.iter().enumerate() {
        let holder = |row: usize| layout.rows[row].owner.clone();
        let ends = holder(arc.from).zip(holder(arc.to));
        if ends.and_then(|ends| wanted.get(&ends)) != Some(&arc.count) {
            return Err(format!("{} to {} is not {}", arc.from, arc.to, arc.count));
        }
        let lines = arc.lines.iter().flat_map(corners);
        pieces.extend(lines.map(|piece| (at, arc.width, piece)));
    }
    for (at, arc) in layout.arcs.iter().enumerate() {
        let row = |row: usize| {
            let row = &layout.rows[row];
            Rect::new(-1.0, row.y, layout.arc_strip_width + 1.0, row.height)
        };
        let (start, end) = (corners(&arc.lines[0])[0].0, corners(&arc.lines[1]).pop());
        let end = end.map_or(start, |(_, end)| end);
        if !row(arc.from).contains(start) || !row(arc.to).contains(end) {
            return Err(format!("{} to {} ends elsewhere", arc.from, arc.to));
        }
        for (other, width, (a, b)) in &pieces {
            let line = spanned(*a, *b);
            if *other != at && line.grow(*width / 2.0 - 0.1).intersects(&arc.area) {
                return Err(format!("a line runs through a number at {:?}", arc.area));
            }
        }
    }
    for (k, (arc, width, (a, b))) in pieces.iter().enumerate() {
        for (other, more, (c, d)) in &pieces[k + 1..] {
            let upright = |a: &Point, b: &Point| (a.x - b.x).abs() < 0.01;
            let level = |a: &Point, b: &Point| (a.y - b.y).abs() < 0.01;
            let near = (width + more) / 2.0 - 0.1;
            let over = |a: f32, b: f32, c: f32, d: f32| a.min(b) < c.max(d) && c.min(d) < a.max(b);
            let along = (upright(a, b)
                && upright(c, d)
                && (a.x - c.x).abs() < near
                && over(a.y, b.y, c.y, d.y))
                || (level(a, b)
                    && level(c, d)
                    && (a.y - c.y).abs() < near
                    && over(a.x, b.x, c.x, d.x));
            if arc != other && along {
                return Err(format!("{arc} runs along {other}: {a:?} {b:?} {c:?} {d:?}"));
            }
        }
    }
    Ok(())
}

fn lawful(map: &Map, density: Density) -> Result<(), String> {
    let layout = ownership(map, density, &mut FixedWidth);
    filled(map, &layout)?;
    summed(map, &layout)?;
    passed_on(map, &layout)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn every_touchpoint_and_handoff_is_laid_out(map in arbitrary::map()) {
        for density in [Density::Comfortable, Density::Compact] {
            prop_assert_eq!(lawful(&map, density), Ok(()));
        }
    }

    #[test]
    fn many_handoffs_do_not_overlap(
        stages in proptest::collection::vec(1..9_usize, 1..5),
        owners in proptest::collection::vec(0..12_u8, 1..40),
        links in proptest::collection::vec(any::<(u8, u8)>(), 0..60),
        departments in 0..10_usize,
    ) {
        let map = crowded(&stages, &owners, &links, departments);
        prop_assert_eq!(lawful(&map, Density::Comfortable), Ok(()));
    }

    #[test]
    fn the_layout_is_deterministic(map in arbitrary::map()) {
        let layout = || ownership(&map, Density::Comfortable, &mut FixedWidth);
        let [one, other] = [layout(), layout()].map(|it| format!("{it:?}"));
        prop_assert!(one == other);
    }
}

#[test]
fn the_summary_begins_with_missing_owners() {
    let say = |text: &str| {
        let map = crate::format::read(text.as_bytes()).unwrap().map;
        let layout = ownership(&map, Density::Comfortable, &mut FixedWidth);
        let runs = layout.header.runs.iter();
        runs.map(|run| run.text.to_string())
            .collect::<Vec<_>>()
            .join(" ")
    };
    assert!(say("(title: \"T\")").contains("No touchpoints yet"));
    let nobody = say("(title: \"T\", stages: [(name: \"S\", touchpoints: [(name: \"A\")])])");
    assert!(nobody.contains("No owners yet"), "{nobody}");
    let one = say(
        "(title: \"T\", departments: [(id: \"d\", name: \"Sales\")], \
        stages: [(name: \"S\", owner: \"d\", touchpoints: [(name: \"A\"), (name: \"B\", owner: \"d\")])])",
    );
    assert!(one.contains("No owner: 1 of 2 touchpoints"), "{one}");
    assert!(one.contains("handed over once on the usual way"), "{one}");
    assert!(!one.contains("1 handoff"), "the arcs say it: {one}");
}
