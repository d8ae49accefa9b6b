//! Mutation of formats with checksums: PNG files by their chunks, journals by their
//! lines. The checksums fit afterwards.

use super::random::Random;
use super::structure::{self, Pool};

const SIGNATURE: &[u8] = b"\x89PNG\r\n\x1A\n";

/// Chunks that are inserted: a profile and a text, each with what unpacks them, and others
/// that a reader may act on.
const CHUNKS: [(&[u8; 4], &[u8]); 7] = [
    (
        b"iCCP",
        b"p\0\0\x78\x01\x01\x03\0\xfc\xff\x01\x02\x03\0\x0d\0\x07",
    ),
    (
        b"zTXt",
        b"t\0\0\x78\x01\x01\x03\0\xfc\xff\x01\x02\x03\0\x0d\0\x07",
    ),
    (
        b"iTXt",
        b"t\0\x01\0\0\0\x78\x01\x01\x03\0\xfc\xff\x01\x02\x03\0\x0d\0\x07",
    ),
    (b"tRNS", b"\0\x01\0\x01\0\x01"),
    (
        b"eXIf",
        b"II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0\0\0\0\0",
    ),
    (b"acTL", b"\0\0\0\x02\0\0\0\0"),
    (b"gAMA", b"\0\0\xb1\x8f"),
];

/// An image with a few changes: in the chunks of a PNG, in bytes behind the header of others.
pub fn mutated_image(seed: &[u8], random: &mut Random) -> Vec<u8> {
    mutated_png(seed, random).unwrap_or_else(|| {
        let mut bytes = seed.to_vec();
        for _ in 0..=random.below(3) {
            let at = bytes.len() / 3 + random.below(bytes.len() * 2 / 3);
            if let Some(byte) = bytes.get_mut(at) {
                *byte ^= 1 << random.below(8);
            }
        }
        bytes
    })
}

fn mutated_png(seed: &[u8], random: &mut Random) -> Option<Vec<u8>> {
    let mut rest = seed.strip_prefix(SIGNATURE)?;
    let mut chunks: Vec<(Vec<u8>, Vec<u8>)> = Vec::new();
    while let Some((length, after)) = rest.split_first_chunk::<4>() {
        let length = usize::try_from(u32::from_be_bytes(*length)).ok()?;
        let (name, after) = after.split_at_checked(4)?;
        let (content, after) = after.split_at_checked(length)?;
        chunks.push((name.to_vec(), content.to_vec()));
        rest = after.get(4..)?;
    }
    for _ in 0..=random.below(3) {
        let at = random.below(chunks.len());
        match random.below(8) {
            0 => {
                let (name, content) = CHUNKS[random.below(CHUNKS.len())];
                chunks.insert(at.max(1), (name.to_vec(), content.to_vec()));
            }
            1 if chunks[at].0[0].is_ascii_lowercase() => drop(chunks.remove(at)),
            2 if at > 0 => {
                let copy = chunks[at].clone();
                chunks.insert(at, copy);
            }
            3..=5 => {
                let pixels = pixels(&chunks[0].1, random)?;
                let image = chunks.iter_mut().find(|(name, _)| name == b"IDAT");
                image?.1 = pixels;
            }
            // Most changes of a header are refused.
            _ if at == 0 && random.below(4) > 0 => {}
            _ => {
                let content = &mut chunks[at].1;
                let byte = random.below(content.len());
                let value = random.next() as u8;
                if let Some(byte) = content.get_mut(byte) {
                    *byte = if random.below(2) == 0 {
                        value
                    } else {
                        *byte ^ (1 << (value & 7))
                    };
                }
            }
        }
    }
    let mut bytes = SIGNATURE.to_vec();
    for (name, content) in chunks {
        let summed = [name, content].concat();
        bytes.extend((summed.len() as u32 - 4).to_be_bytes());
        bytes.extend(&summed);
        bytes.extend(crc32fast::hash(&summed).to_be_bytes());
    }
    Some(bytes)
}

/// Random rows of pixels for a header, each with its filter, as a stream of one block that is
/// stored (RFC 1950 and 1951).
fn pixels(header: &[u8], random: &mut Random) -> Option<Vec<u8>> {
    let number = |at: usize| Some(u32::from_be_bytes(*header.get(at..)?.first_chunk()?));
    let (width, height) = (number(0)?.min(64), number(4)?.min(64));
    let samples = match header.get(9)? {
        2 => 3,
        4 => 2,
        6 => 4,
        _ => 1,
    };
    let row = (width * samples * u32::from(*header.get(8)?)).div_ceil(8);
    let mut raw = Vec::new();
    for _ in 0..height {
        raw.push(random.below(5) as u8);
        raw.extend((0..row).map(|_| random.next() as u8));
    }
    let length = u16::try_from(raw.len()).ok()?;
    let mut stream = vec![0x78, 0x01, 0x01];
    stream.extend(length.to_le_bytes());
    stream.extend((!length).to_le_bytes());
    let (mut a, mut b) = (1_u32, 0_u32);
    for byte in &raw {
        a = (a + u32::from(*byte)) % 65_521;
        b = (b + a) % 65_521;
    }
    stream.extend(raw);
    stream.extend((b << 16 | a).to_be_bytes());
    Some(stream)
}

/// The JSON of each line of a journal.
pub fn journal_lines(seed: &[u8]) -> Option<Vec<structure::Node>> {
    let text = std::str::from_utf8(seed).ok()?;
    let json = |line: &str| structure::parse(line.splitn(3, ' ').nth(2)?);
    text.lines().skip(1).map(json).collect()
}

/// A journal with a few changes in its lines.
pub fn mutated_journal(seed: &[u8], pool: &Pool, random: &mut Random) -> Option<Vec<u8>> {
    let mut lines = journal_lines(seed)?;
    for _ in 0..=random.below(3) {
        let at = random.below(lines.len());
        match random.below(5) {
            _ if lines.is_empty() => {}
            0 if at > 1 => drop(lines.remove(at)),
            1 if at > 0 => {
                let copy = lines[at].clone();
                lines.insert(at, copy);
            }
            _ => lines[at] = structure::mutated(&lines[at], pool, random),
        }
    }
    let mut bytes = seed[..=seed.iter().position(|byte| *byte == b'\n')?].to_vec();
    for line in lines {
        // Line breaks between values are white space in JSON, and end a line of a journal.
        let json = line.print().replace(",\n", ",");
        let sum = crc32fast::hash(json.as_bytes());
        bytes.extend(format!("{sum:08x} {} {json}\n", json.len()).bytes());
    }
    Some(bytes)
}
