//! Layout, display list and export of the journey, and layout and display list of
//! its flow.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "generator/mod.rs"]
mod generator;

use divan::Bencher;
use touchline::export::{Paper, PdfOptions, PdfPages, Size};
use touchline::insight::Findings;
use touchline::layout::flow::{FlowOptions, flow};
use touchline::layout::{EmptyLanes, LayoutOptions, layout};
use touchline::render::{ExportFormat, PageSource, RenderOptions, View, export_file, export_page};
use touchline::scene::{Marks, PieceCache, Scene, build, build_flow};
use touchline::text::Typesetter;
use touchline::theme::ThemeName;

const SIZES: [usize; 3] = [200, 2_000, 20_000];

fn main() {
    divan::main();
}

/// Layout with a warm word cache, as after an edit.
#[divan::bench(args = SIZES)]
fn lay_out(bencher: Bencher<'_, '_>, touchpoints: usize) {
    let map = generator::map(touchpoints);
    let mut typesetter = Typesetter::bundled();
    bencher.bench_local(|| layout(&map, &LayoutOptions::default(), &mut typesetter));
}

/// Layout with a cold word cache, as after a start.
#[divan::bench(args = SIZES)]
fn lay_out_afresh(bencher: Bencher<'_, '_>, touchpoints: usize) {
    let map = generator::map(touchpoints);
    bencher
        .with_inputs(Typesetter::bundled)
        .bench_local_refs(|typesetter| layout(&map, &LayoutOptions::default(), typesetter));
}

#[divan::bench(args = SIZES)]
fn scene(bencher: Bencher<'_, '_>, touchpoints: usize) {
    let map = generator::map(touchpoints);
    let layout = layout(&map, &LayoutOptions::default(), &mut Typesetter::bundled());
    bencher
        .with_inputs(|| layout.clone())
        .bench_local_refs(|layout| build(&map, layout, ThemeName::Light.theme(), Marks::NONE));
}

/// A drawn journey broken into rows.
#[divan::bench(args = SIZES)]
fn rows(bencher: Bencher<'_, '_>, touchpoints: usize) {
    let (scene, _) = drawn(touchpoints);
    bencher.bench_local(|| scene.wrapped(1920.0, EmptyLanes::Folded, &mut PieceCache::default()));
}

/// All of `touchline export`, from the text of a file to that of an SVG.
#[divan::bench(args = SIZES)]
fn file_to_svg(bencher: Bencher<'_, '_>, touchpoints: usize) {
    let text = touchline::format::write(&generator::map(touchpoints));
    bencher
        .with_inputs(Typesetter::bundled)
        .bench_local_refs(|typesetter| {
            let map = touchline::format::read(text.as_bytes()).unwrap().map;
            let mut layout = layout(&map, &LayoutOptions::default(), typesetter);
            let scene = build(&map, &mut layout, ThemeName::Light.theme(), Marks::NONE);
            svg_text(&scene, typesetter)
        });
}

fn svg_text(scene: &Scene, typesetter: &mut Typesetter) -> Vec<u8> {
    let mut bytes = Vec::new();
    touchline::export::svg(scene, false, typesetter, &mut bytes).unwrap();
    bytes
}

/// Writing an SVG file of a drawing.
#[divan::bench(args = SIZES)]
fn svg_file(bencher: Bencher<'_, '_>, touchpoints: usize) {
    let (scene, mut typesetter) = drawn(touchpoints);
    let scene = [scene];
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("map.svg");
    let format = ExportFormat::Svg {
        outlines: false,
        paper: None,
    };
    bencher.bench_local(|| export_file(&scene, &format, &mut typesetter, &path, None).unwrap());
}

/// Writing an HTML page of a map: all views laid out and drawn, and its text.
#[divan::bench(args = [200, 2_000])]
fn html_file(bencher: Bencher<'_, '_>, touchpoints: usize) {
    let map = generator::map(touchpoints);
    let mut typesetter = Typesetter::bundled();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("map.html");
    let source = PageSource {
        map: &map,
        findings: &Findings::default(),
        today: touchline::model::Date::constant(2026, 6, 1),
        options: &RenderOptions::default(),
        theme: None,
        view: View::Journey,
        saved: &[],
    };
    bencher.bench_local(|| export_page(&source, &mut typesetter, &path, None).unwrap());
}

/// From the text of a file to the display list.
#[divan::bench(args = SIZES)]
fn file_to_scene(bencher: Bencher<'_, '_>, touchpoints: usize) {
    let text = touchline::format::write(&generator::map(touchpoints));
    bencher
        .with_inputs(Typesetter::bundled)
        .bench_local_refs(|typesetter| {
            let map = touchline::format::read(text.as_bytes()).unwrap().map;
            let mut layout = layout(&map, &LayoutOptions::default(), typesetter);
            build(&map, &mut layout, ThemeName::Light.theme(), Marks::NONE)
        });
}

/// Journey and flow of a map in which every touchpoint leads to every other one.
#[divan::bench(args = [75, 150, 300])]
fn tangle(bencher: Bencher<'_, '_>, touchpoints: usize) {
    let map = generator::tangle(touchpoints);
    let theme = ThemeName::Light.theme();
    let mut typesetter = Typesetter::bundled();
    bencher.bench_local(|| {
        let mut layout = layout(&map, &LayoutOptions::default(), &mut typesetter);
        let journey = build(&map, &mut layout, theme, Marks::NONE);
        let flow = flow(&map, &FlowOptions::default(), &mut typesetter);
        (journey, build_flow(&map, &flow, theme, Marks::NONE))
    });
}

fn drawn(touchpoints: usize) -> (touchline::scene::Scene, Typesetter) {
    let map = generator::map(touchpoints);
    let mut typesetter = Typesetter::bundled();
    let mut layout = layout(&map, &LayoutOptions::default(), &mut typesetter);
    let scene = build(&map, &mut layout, ThemeName::Light.theme(), Marks::NONE);
    (scene, typesetter)
}

#[divan::bench(args = SIZES)]
fn svg(bencher: Bencher<'_, '_>, touchpoints: usize) {
    let (scene, mut typesetter) = drawn(touchpoints);
    bencher.bench_local(|| svg_text(&scene, &mut typesetter));
}

/// Editable slides.
#[divan::bench(args = SIZES)]
fn pptx(bencher: Bencher<'_, '_>, touchpoints: usize) {
    let (scene, mut typesetter) = drawn(touchpoints);
    let options = touchline::export::SlideOptions::default();
    bencher.bench_local(|| {
        let mut bytes = Vec::new();
        touchline::export::pptx(&scene, &options, &mut typesetter, &mut bytes).map(|_| bytes)
    });
}

/// On A0, PDF/UA-1 and PDF/A-2a.
#[divan::bench(args = SIZES)]
fn pdf(bencher: Bencher<'_, '_>, touchpoints: usize) {
    let (scene, mut typesetter) = drawn(touchpoints);
    let scene = [scene];
    let options = PdfOptions {
        pages: PdfPages::Poster(Paper::parse("a0").unwrap()),
        language: None,
        date: Some(jiff::civil::date(2026, 11, 30)),
    };
    bencher.bench_local(|| {
        let mut bytes = Vec::new();
        touchline::export::pdf(&scene, &options, &mut typesetter, &mut bytes).unwrap();
        bytes
    });
}

/// 7,022 pixels across: A0 at 150 dpi.
#[divan::bench(args = SIZES)]
fn png(bencher: Bencher<'_, '_>, touchpoints: usize) {
    let (scene, mut typesetter) = drawn(touchpoints);
    bencher.bench_local(|| {
        let mut bytes = Vec::new();
        touchline::export::png(
            &scene,
            Size::Width(7022.0),
            &mut typesetter,
            &mut bytes,
            &mut |_, _| (),
        )
        .map(|_| bytes)
    });
}

/// Layout of the flow with a warm word cache, as after an edit.
#[divan::bench(args = SIZES)]
fn flow_lay_out(bencher: Bencher<'_, '_>, touchpoints: usize) {
    let map = generator::map(touchpoints);
    let mut typesetter = Typesetter::bundled();
    bencher.bench_local(|| flow(&map, &FlowOptions::default(), &mut typesetter));
}

/// Layout of the flow with a cold word cache, as after a start.
#[divan::bench(args = SIZES)]
fn flow_lay_out_afresh(bencher: Bencher<'_, '_>, touchpoints: usize) {
    let map = generator::map(touchpoints);
    bencher
        .with_inputs(Typesetter::bundled)
        .bench_local_refs(|typesetter| flow(&map, &FlowOptions::default(), typesetter));
}

#[divan::bench(args = SIZES)]
fn flow_scene(bencher: Bencher<'_, '_>, touchpoints: usize) {
    let map = generator::map(touchpoints);
    let layout = flow(&map, &FlowOptions::default(), &mut Typesetter::bundled());
    bencher.bench_local(|| build_flow(&map, &layout, ThemeName::Light.theme(), Marks::NONE));
}
