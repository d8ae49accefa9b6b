//! Properties of the file format, checked with the sample maps.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::path::PathBuf;
use touchline::edit::Intent;
use touchline::format;
use touchline::session::Session;

fn samples() -> Vec<(PathBuf, String)> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/sample_maps");
    let samples: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        // A window with an open sample leaves a note beside it.
        .filter(|path| path.extension().is_some_and(|ending| ending == "ron"))
        .map(|path| {
            let text = std::fs::read_to_string(&path).unwrap();
            (path, text)
        })
        .collect();
    assert!(samples.len() >= 7, "sample maps are missing");
    samples
}

#[test]
fn writing_a_sample_changes_no_byte() {
    for (path, text) in samples() {
        let document = format::read(text.as_bytes()).unwrap();
        assert!(document.warnings.is_empty(), "{}", path.display());
        assert!(format::write(&document.map) == text, "{}", path.display());
    }
}

/// Returns the lines of a touchpoint's block, and all other lines.
fn block<'a>(text: &'a str, id: &str) -> (Vec<&'a str>, Vec<&'a str>) {
    let lines: Vec<&str> = text.lines().collect();
    let head = format!("          id: \"{id}\",");
    let start = lines.iter().position(|line| *line == head).unwrap() - 1;
    let length = lines[start..]
        .iter()
        .position(|line| *line == "        ),")
        .unwrap()
        + 1;
    let mut rest = lines;
    let block = rest.drain(start..start + length).collect();
    (block, rest)
}

#[test]
fn moving_a_touchpoint_moves_the_lines_of_its_block() {
    for (path, text) in samples() {
        let session = Session::open(&path).unwrap();
        let ids: Vec<_> = session.map().touchpoints().map(|t| t.id.clone()).collect();
        for id in ids {
            let mut session = Session::open(&path).unwrap();
            let (stage, place) = session.map().location_of(&id).unwrap();
            let to = if place == 0 { 1 } else { place - 1 };
            let name = id.to_string();
            session
                .apply(&Intent::MoveTouchpoint { id, stage, to })
                .unwrap();
            let written = format::write(session.map());
            assert_eq!(
                block(&text, &name),
                block(&written, &name),
                "{}",
                path.display()
            );
        }
    }
}

#[test]
fn every_sample_uses_every_lane() {
    for (path, text) in samples() {
        let map = format::read(text.as_bytes()).unwrap().map;
        let any = |found: bool, what: &str| assert!(found, "{} has no {what}", path.display());
        any(map.departments().len() >= 3, "three departments");
        any(!map.personas().is_empty(), "persona");
        any(
            map.touchpoints().any(|t| t.owner.is_none()),
            "ownership gap",
        );
        any(map.touchpoints().any(|t| !t.pains.is_empty()), "pain");
        any(
            map.touchpoints().any(|t| !t.opportunities.is_empty()),
            "opportunity",
        );
        any(
            map.touchpoints().any(|t| !t.backstage.is_empty()),
            "backstage",
        );
        any(
            map.touchpoints().any(|t| !t.measurements.is_empty()),
            "measurement",
        );
        any(
            map.touchpoints().any(|t| !t.texts.is_empty()),
            "text in a custom lane",
        );
        any(
            map.touchpoints().any(|t| t.moment_of_truth),
            "moment of truth",
        );
        let flow = touchline::graph::Flow::of(&map);
        any(
            flow.links
                .iter()
                .any(touchline::graph::FlowLink::is_backward),
            "loop",
        );
        any(flow.branch_of.iter().any(Option::is_some), "branch");
        let feels = |t: &touchline::model::Touchpoint,
                     said: fn(&touchline::model::Feeling) -> bool| {
            t.feelings.iter().any(said)
        };
        any(
            map.touchpoints()
                .any(|t| feels(t, |f| !f.motivation.is_empty())),
            "motivation",
        );
        any(
            map.touchpoints().any(|t| feels(t, |f| !f.quote.is_empty())),
            "quote",
        );
        any(
            map.touchpoints()
                .any(|t| feels(t, |f| f.before.is_some() && f.after.is_some())),
            "before and after",
        );
    }
}
