//! The flow of a map: laid out and drawn.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "generator/mod.rs"]
mod generator;

use divan::Bencher;
use touchline::layout::flow::{FlowOptions, flow};
use touchline::scene::{Marks, build_flow};
use touchline::text::Typesetter;
use touchline::theme::ThemeName;

const SIZES: [usize; 3] = [200, 2_000, 20_000];

fn main() {
    divan::main();
}

/// Laying out with all words seen before, as after an edit.
#[divan::bench(args = SIZES)]
fn lay_out(bencher: Bencher<'_, '_>, touchpoints: usize) {
    let map = generator::map(touchpoints);
    let mut typesetter = Typesetter::bundled();
    bencher.bench_local(|| flow(&map, &FlowOptions::default(), &mut typesetter));
}

/// Laying out with no word seen before, as after a start.
#[divan::bench(args = SIZES)]
fn lay_out_afresh(bencher: Bencher<'_, '_>, touchpoints: usize) {
    let map = generator::map(touchpoints);
    bencher
        .with_inputs(Typesetter::bundled)
        .bench_local_refs(|typesetter| flow(&map, &FlowOptions::default(), typesetter));
}

#[divan::bench(args = SIZES)]
fn scene(bencher: Bencher<'_, '_>, touchpoints: usize) {
    let map = generator::map(touchpoints);
    let layout = flow(&map, &FlowOptions::default(), &mut Typesetter::bundled());
    bencher.bench_local(|| build_flow(&map, &layout, ThemeName::Light.theme(), Marks::NONE));
}
