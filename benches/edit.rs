//! Time from an edit to its display: applying the step, updating the drawing and
//! the spatial index, and painting the visible part. Requirement: with 20,000
//! touchpoints at most three times the time with 200.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "generator/mod.rs"]
mod generator;

use divan::Bencher;
use egui::{Rect, pos2, vec2};
use touchline::app::canvas::{Camera, ScenePainter};
use touchline::edit::Intent;
use touchline::layout::{EmptyLanes, RowOptions};
use touchline::model::{Id, StageId, Touchpoint, TouchpointId};
use touchline::render::RenderOptions;
use touchline::session::Session;
use touchline::text::Typesetter;

const SIZES: [usize; 3] = [200, 2_000, 20_000];

fn main() {
    divan::main();
}

/// An open map with the camera at its middle touchpoint, or at the first row.
struct EditBench {
    session: Session,
    options: RenderOptions,
    typesetter: Typesetter,
    context: egui::Context,
    painter: ScenePainter,
    camera: Camera,
    touchpoint: TouchpointId,
}

impl EditBench {
    fn new(touchpoints: usize) -> EditBench {
        EditBench::with(touchpoints, RenderOptions::default())
    }

    /// The journey in rows of the width of the window.
    fn in_rows(touchpoints: usize) -> EditBench {
        let mut options = RenderOptions::default();
        options.layout.rows = Some(RowOptions {
            width: 1920,
            empty: EmptyLanes::Folded,
        });
        EditBench::with(touchpoints, options)
    }

    fn with(touchpoints: usize, options: RenderOptions) -> EditBench {
        let map = generator::map(touchpoints);
        let touchpoint = map.touchpoints().nth(touchpoints / 2).unwrap().id.clone();
        let mut session = Session::untitled(map);
        let mut typesetter = Typesetter::bundled();
        let picture = session.render(&options, &mut typesetter);
        let (stage, _) = session.map().location_of(&touchpoint).unwrap();
        let stage = session.map().stages().position(&stage).unwrap();
        let camera = Camera {
            x: picture.layout.stages[stage].x + 900.0,
            y: picture.layout.band_y + 500.0,
            zoom: 1.0,
        };
        let mut window = EditBench {
            session,
            options,
            typesetter,
            context: egui::Context::default(),
            painter: ScenePainter::default(),
            camera,
            touchpoint,
        };
        for _ in 0..3 {
            window.render_frame();
        }
        window
    }

    fn touchpoint(&self) -> Touchpoint {
        let map = self.session.map();
        map.touchpoint(&self.touchpoint).unwrap().clone()
    }

    /// Appends a character to the name of the touchpoint, or removes it.
    fn type_character(&mut self) {
        let mut touchpoint = self.touchpoint();
        if touchpoint.name.ends_with('x') {
            touchpoint.name.pop();
        } else {
            touchpoint.name.push('x');
        }
        let intent = Intent::SetTouchpoint(Box::new(touchpoint));
        assert!(self.session.apply_merging(&intent, Some("name")).unwrap());
    }

    /// Moves the touchpoint to the previous stage, or back.
    fn move_card(&mut self) {
        let (stage, _) = self.session.map().location_of(&self.touchpoint).unwrap();
        let stages = self.session.map().stages();
        let at = stages.position(&stage).unwrap();
        let stage: &StageId = &stages.as_slice()[at ^ 1].id;
        let intent = Intent::MoveTouchpoint {
            id: self.touchpoint.clone(),
            stage: StageId::from_text(stage.as_str()),
            to: 7,
        };
        assert!(self.session.apply(&intent).unwrap());
    }

    /// Renders a frame after a change; returns its number of triangle indices.
    fn render_frame(&mut self) -> usize {
        let picture = self.session.render(&self.options, &mut self.typesetter);
        let rect = Rect::from_min_size(pos2(0.0, 0.0), vec2(1920.0, 1080.0));
        let painted = self.painter.paint(
            &self.context,
            &mut self.typesetter,
            picture.drawn(),
            &self.camera,
            rect,
        );
        painted.meshes.iter().map(|mesh| mesh.indices.len()).sum()
    }
}

#[divan::bench(args = SIZES)]
fn type_a_character(bencher: Bencher<'_, '_>, touchpoints: usize) {
    let mut window = EditBench::new(touchpoints);
    bencher.bench_local(|| {
        window.type_character();
        window.render_frame()
    });
}

#[divan::bench(args = SIZES)]
fn type_a_character_in_rows(bencher: Bencher<'_, '_>, touchpoints: usize) {
    let mut window = EditBench::in_rows(touchpoints);
    bencher.bench_local(|| {
        window.type_character();
        window.render_frame()
    });
}

#[divan::bench(args = SIZES)]
fn move_a_card(bencher: Bencher<'_, '_>, touchpoints: usize) {
    let mut window = EditBench::new(touchpoints);
    bencher.bench_local(|| {
        window.move_card();
        window.render_frame()
    });
}

#[divan::bench(args = SIZES)]
fn move_a_card_in_rows(bencher: Bencher<'_, '_>, touchpoints: usize) {
    let mut window = EditBench::in_rows(touchpoints);
    bencher.bench_local(|| {
        window.move_card();
        window.render_frame()
    });
}

#[divan::bench(args = SIZES)]
fn undo_and_redo_a_move(bencher: Bencher<'_, '_>, touchpoints: usize) {
    let mut window = EditBench::new(touchpoints);
    window.move_card();
    let mut done = true;
    bencher.bench_local(|| {
        let label = if done {
            window.session.undo()
        } else {
            window.session.redo()
        };
        assert!(label.is_some());
        done = !done;
        window.render_frame()
    });
}
