//! Reading and writing files.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "generator/mod.rs"]
mod generator;

use divan::Bencher;
use divan::counter::BytesCount;
use touchline::format;

const SIZES: [usize; 3] = [200, 2_000, 20_000];

fn main() {
    divan::main();
}

#[divan::bench(args = SIZES)]
fn read(bencher: Bencher<'_, '_>, touchpoints: usize) {
    let text = format::write(&generator::map(touchpoints));
    bencher
        .counter(BytesCount::of_str(&text))
        .bench_local(|| format::read(text.as_bytes()));
}

#[divan::bench(args = SIZES)]
fn write(bencher: Bencher<'_, '_>, touchpoints: usize) {
    let map = generator::map(touchpoints);
    bencher
        .counter(BytesCount::of_str(&format::write(&map)))
        .bench_local(|| format::write(&map));
}
