//! Touchline.
fn main() {}
