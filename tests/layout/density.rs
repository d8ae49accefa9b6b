//! The compact density, and layouts that are brought up to date.

use super::golden::samples;
use super::scene_text::scene_text;
use super::{DENSITIES, contents, generator, options};
use std::collections::BTreeSet;
use touchline::edit::Intent;
use touchline::layout::{LaneContent, Layout, LayoutOptions, layout};
use touchline::model::{Map, Path, PathKind, Touchpoint};
use touchline::scene::{Marks, build, rebuild};
use touchline::session::Session;
use touchline::text::Typesetter;
use touchline::theme::{Density, ThemeName};

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
