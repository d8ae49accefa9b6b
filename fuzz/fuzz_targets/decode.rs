#![no_main]

#[path = "../targets.rs"]
#[allow(dead_code, reason = "each target uses one")]
mod targets;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    targets::decode(bytes);
});
libfuzzer_sys::fuzz_mutator!(|data: &mut [u8], size: usize, max_size: usize, seed: u32| {
    let mutated = targets::mutate::in_place("decode", (data, size, max_size), seed);
    mutated.unwrap_or_else(|| libfuzzer_sys::fuzzer_mutate(data, size, max_size))
});
