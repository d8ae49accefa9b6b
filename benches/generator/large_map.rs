//! Writes a generated map with the given number of touchpoints to the standard output
//! (`benches/memory/run`).

#![allow(clippy::print_stdout, reason = "the map is the output")]
#![allow(
    clippy::expect_used,
    reason = "a generator that does not fit must stop"
)]

#[path = "mod.rs"]
mod generator;

fn main() {
    let count = std::env::args().nth(1).and_then(|count| count.parse().ok());
    let map = generator::map(count.unwrap_or(20_000));
    print!("{}", touchline::format::write(&map));
}
