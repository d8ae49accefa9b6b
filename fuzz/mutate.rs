//! Mutation of seeds: by structure where the target reads a structure, by bytes
//! otherwise, and by bytes now and then everywhere.

use super::Target;
use super::chunks;
use super::random::Random;
use super::structure::{self, Node, Pool};

/// The maximum length of a seed in bytes for mutation by bytes: short inputs reach as
/// much code, sooner.
const LONGEST: usize = 3_000;

/// Fragments of RON, JSON and lines of capture.
const PIECES: [&str; 24] = [
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    "\"",
    "\\u{202e}",
    "r#\"",
    "/*",
    "*/",
    "//",
    ",",
    ":",
    "Some(",
    "stages: [",
    "touchpoints: [(name: \"",
    "format: 0",
    "format: 99",
    "\u{feff}",
    "\0",
    "1e999",
    " @web !3 ?",
    "#![enable(implicit_some)]",
];

/// The structure of the inputs of a target.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Structure {
    /// Choices: every sequence of bytes.
    Choices,
    /// RON or JSON.
    Tree,
    /// Lines of JSON with checksums.
    Journal,
    /// Images.
    Image,
    /// Text.
    Bytes,
}

/// Makes inputs for a target from its seeds.
pub struct Mutator {
    structure: Structure,
    seeds: Vec<Vec<u8>>,
    accepted: Vec<Vec<u8>>,
    trees: Vec<Node>,
    pool: Pool,
}

impl Mutator {
    /// Structure comes from the seeds that the target accepts.
    pub fn new(name: &str, target: Target, seeds: Vec<Vec<u8>>) -> Mutator {
        let structure = match name {
            "session" => Structure::Choices,
            "format" | "map" | "clipboard" | "preferences" | "presence" => Structure::Tree,
            "journal" => Structure::Journal,
            "picture" | "decode" => Structure::Image,
            _ => Structure::Bytes,
        };
        let accepted: Vec<Vec<u8>> = seeds.iter().filter(|seed| target(seed)).cloned().collect();
        let parse = |seed: &Vec<u8>| structure::parse(std::str::from_utf8(seed).ok()?);
        let trees: Vec<Node> = match structure {
            Structure::Tree => accepted.iter().filter_map(parse).collect(),
            Structure::Journal => {
                let lines = accepted
                    .iter()
                    .filter_map(|seed| chunks::journal_lines(seed));
                lines.flatten().collect()
            }
            _ => Vec::new(),
        };
        let pool = Pool::of(&trees);
        Mutator {
            structure,
            seeds,
            accepted,
            trees,
            pool,
        }
    }

    pub fn next(&self, random: &mut Random) -> Vec<u8> {
        let by_structure = match self.structure {
            Structure::Choices => return random.bytes(4_000),
            _ if random.below(8) == 0 => None,
            Structure::Tree => self.mutated_tree(random),
            Structure::Journal => {
                chunks::mutated_journal(pick(&self.accepted, random), &self.pool, random)
            }
            Structure::Image => Some(chunks::mutated_image(pick(&self.accepted, random), random)),
            Structure::Bytes => None,
        };
        by_structure.unwrap_or_else(|| self.mutated_bytes(random))
    }

    fn mutated_tree(&self, random: &mut Random) -> Option<Vec<u8>> {
        let seed = self.trees.get(random.below(self.trees.len()))?;
        let tree = structure::mutated(seed, &self.pool, random);
        Some(tree.print().into_bytes())
    }

    fn part(&self, random: &mut Random) -> Vec<u8> {
        let seed = pick(&self.seeds, random);
        // Only the beginning of an image can be read alone.
        let inside = seed.len() > LONGEST && self.structure != Structure::Image;
        let from = if inside && random.below(2) == 0 {
            random.below(seed.len() - LONGEST)
        } else {
            0
        };
        seed[from..(from + LONGEST).min(seed.len())].to_vec()
    }

    fn mutated_bytes(&self, random: &mut Random) -> Vec<u8> {
        let mut bytes = self.part(random);
        for _ in 0..=random.below(6) {
            let at = random.below(bytes.len() + 1);
            let end = (at + random.below(40)).min(bytes.len());
            match random.below(7) {
                0 => bytes.truncate(at),
                1 => drop(bytes.drain(at..end)),
                2 => {
                    if let Some(byte) = bytes.get_mut(at) {
                        *byte ^= 1 << random.below(8);
                    }
                }
                3 => {
                    let copy = bytes[at..end].to_vec();
                    bytes.splice(at..at, copy);
                }
                4 => {
                    let other = self.part(random);
                    let from = random.below(other.len() + 1);
                    let to = (from + random.below(200)).min(other.len());
                    bytes.splice(at..end, other[from..to].iter().copied());
                }
                _ => {
                    let piece = PIECES[random.below(PIECES.len())];
                    bytes.splice(at..at, piece.bytes());
                }
            }
        }
        bytes
    }
}

/// Mutates an input of libFuzzer by its structure, and returns its new length; `None` now and
/// then, and if it has none: then libFuzzer mutates its bytes.
pub fn in_place(
    name: &str,
    (data, size, max_size): (&mut [u8], usize, usize),
    seed: u32,
) -> Option<usize> {
    let mutator = Mutator::new(name, |_| true, vec![data.get(..size)?.to_vec()]);
    let random = &mut Random::new(u64::from(seed) + 1);
    let structured = !matches!(mutator.structure, Structure::Choices | Structure::Bytes);
    if !structured || random.below(2) == 0 {
        return None;
    }
    let mutated = mutator.next(random);
    let mutated = &mutated[..mutated.len().min(max_size)];
    data.get_mut(..mutated.len())?.copy_from_slice(mutated);
    Some(mutated.len())
}

fn pick<'s>(seeds: &'s [Vec<u8>], random: &mut Random) -> &'s [u8] {
    let seed = seeds.get(random.below(seeds.len()));
    seed.map_or(&[], Vec::as_slice)
}
