//! Limits of a file.

/// Bytes of the file: 64 MB.
pub const BYTES: usize = 64 * 1024 * 1024;
/// Brackets inside each other.
pub const DEPTH: usize = 32;
/// Values: texts, numbers, words, lists and records together.
pub const VALUES: usize = 4_000_000;
/// Warnings; any more are only counted, in the last one.
pub const WARNINGS: usize = 1_000;
