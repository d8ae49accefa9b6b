//! The characters used by a scene, and subsets of the bundled faces with these characters.
//!
//! Must not know: the model, layout.

use super::ExportError;
use super::xml_writer::XmlWriter;
use crate::text::{FAMILY, Face, Measure, Style, Typesetter};
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use rustc_hash::FxHashSet;
use skrifa::MetadataProvider;
use skrifa::raw::tables::compute_checksum as checksum;
use std::collections::HashSet;

/// The characters drawn in each face, as pairs of adjacent characters.
#[derive(Default)]
pub(super) struct UsedChars([FaceChars; 3]);

#[derive(Default)]
struct FaceChars {
    /// For each character below 128 a bit for each such character that follows it.
    ascii_pairs: Option<Box<[u128; 128]>>,
    pairs: FxHashSet<(char, char)>,
}

/// The ligatures formed by Fira Sans, and the characters that represent their glyphs; these kern
/// with their neighbours too.
const LIGATURES: [(char, char, char); 2] = [('f', 'i', '\u{fb01}'), ('f', 'l', '\u{fb02}')];

impl FaceChars {
    /// Whether `after` follows `before` somewhere; both are below 128.
    fn has(&self, before: char, after: char) -> bool {
        let rows = self.ascii_pairs.as_ref();
        rows.is_some_and(|rows| rows[before as usize] >> after as u32 & 1 == 1)
    }

    /// Every character with the one before it; a blank before the first of a text.
    fn all_pairs(&self) -> impl Iterator<Item = (char, char)> {
        let rows = self.ascii_pairs.iter().flat_map(|rows| rows.iter());
        let ascii = (0_u8..).zip(rows).flat_map(|(before, row)| {
            let after = (0..128_u8).filter(move |at| row >> at & 1 == 1);
            after.map(move |after| (char::from(before), char::from(after)))
        });
        self.pairs.iter().copied().chain(ascii)
    }
}

impl UsedChars {
    pub(super) fn add(&mut self, text: &str, face: Face) {
        let used = &mut self.0[face.index()];
        let pairs = used.ascii_pairs.get_or_insert_with(|| Box::new([0; 128]));
        let mut before = ' ';
        for c in text.chars() {
            match u8::try_from(c).ok().filter(u8::is_ascii) {
                Some(byte) if before.is_ascii() => pairs[before as usize] |= 1 << byte,
                _ => {
                    used.pairs.insert((before, c));
                }
            }
            before = c;
        }
    }

    /// The characters, and those of the ligatures they form.
    fn chars(&self, face: Face) -> HashSet<char> {
        let used = &self.0[face.index()];
        let formed = LIGATURES
            .into_iter()
            .filter(|(f, after, _)| used.has(*f, *after));
        let formed = formed.map(|(_, _, ligature)| ligature);
        used.all_pairs()
            .map(|(_, after)| after)
            .chain(formed)
            .collect()
    }

    /// Pairs of adjacent characters that may kern, including those of the ligatures they form;
    /// blanks never kern.
    fn pairs(&self, face: Face) -> Vec<(char, char)> {
        let used = &self.0[face.index()];
        let pairs = used.all_pairs();
        let mut pairs: Vec<_> = pairs.filter(|(a, b)| *a != ' ' && *b != ' ').collect();
        for (first, second, ligature) in LIGATURES {
            if !used.has(first, second) {
                continue;
            }
            let before = pairs.iter().filter(|(_, b)| *b == first);
            let before: Vec<_> = before.map(|(a, _)| (*a, ligature)).collect();
            pairs.extend(before);
            let after = pairs.iter().filter(|(a, _)| *a == second);
            let after: Vec<_> = after.map(|(_, b)| (ligature, *b)).collect();
            pairs.extend(after);
        }
        pairs
    }

    /// Writes `@font-face` rules with subsets of the faces, keeping their kerning.
    pub(super) fn write_font_faces(
        &self,
        xml: &mut XmlWriter<'_>,
        typesetter: &mut Typesetter,
    ) -> Result<(), ExportError> {
        for face in Face::ALL {
            let chars = self.chars(face);
            if chars.is_empty() {
                continue;
            }
            let font = subset_font(face, &chars, &self.pairs(face), typesetter)?;
            xml.raw("@font-face{font-family:\"").raw(FAMILY).raw("\";");
            if face.weight() != 400 {
                xml.raw("font-weight:").num(face.weight().into()).raw(";");
            }
            if face.is_italic() {
                xml.raw("font-style:italic;");
            }
            xml.raw("src:url(data:font/ttf;base64,")
                .raw(&BASE64_STANDARD.encode(&font))
                .raw(") format(\"truetype\")}");
        }
        Ok(())
    }
}

/// The face reduced to the characters. Subsetting `GPOS` loses the kerning that Fira Sans keeps in
/// extension lookups, so the pairs in use go into a plain `kern` table instead.
fn subset_font(
    face: Face,
    chars: &HashSet<char>,
    pairs: &[(char, char)],
    typesetter: &mut Typesetter,
) -> Result<Vec<u8>, ExportError> {
    let broken = |what: &str| ExportError::Font(what.to_owned());
    let cut = fontcull::subset_font_data(face.bytes(), chars, &[])
        .map_err(|error| broken(&error.to_string()))?;
    let font = skrifa::FontRef::new(&cut).map_err(|error| broken(&error.to_string()))?;
    let charmap = font.charmap();
    let mut kerns = Vec::new();
    let style = Style { face, size: UNITS };
    for (a, b) in pairs {
        let (Some(left), Some(right)) = (charmap.map(*a), charmap.map(*b)) else {
            continue;
        };
        let mut width = |text: &[char]| {
            let text: String = text.iter().collect();
            typesetter.width(&text, style)
        };
        let kern = (width(&[*a, *b]) - width(&[*a]) - width(&[*b])).round() as i16;
        if kern != 0 {
            kerns.push((left.to_u32() as u16, right.to_u32() as u16, kern));
        }
    }
    kerns.sort_unstable();
    kerns.dedup_by_key(|(left, right, _)| (*left, *right));
    let mut tables: Vec<([u8; 4], Vec<u8>)> = Vec::new();
    for record in font.table_directory().table_records() {
        let tag = record.tag();
        if let Some(data) = font.table_data(tag).filter(|_| tag != "GPOS") {
            tables.push((tag.to_be_bytes(), data.as_bytes().to_vec()));
        }
    }
    tables.push((*b"kern", kern_table(&kerns)));
    tables.sort();
    Ok(font_file(tables))
}

/// Units an em of the bundled faces.
const UNITS: f32 = 1000.0;

/// Maximum number of pairs, limited by the length field of the table.
const MAX_PAIRS: usize = 10_000;

/// OpenType `kern`, version 0 with one horizontal subtable of format 0.
fn kern_table(kerns: &[(u16, u16, i16)]) -> Vec<u8> {
    let kerns = &kerns[..kerns.len().min(MAX_PAIRS)];
    let count = kerns.len() as u16;
    let (range, selector, shift) = search_header(count, 6);
    let length = 14 + 6 * count;
    let mut out = Vec::with_capacity(usize::from(length) + 4);
    for word in [0, 1, 0, length, 1, count, range, selector, shift] {
        out.extend_from_slice(&word.to_be_bytes());
    }
    for (left, right, value) in kerns {
        out.extend_from_slice(&left.to_be_bytes());
        out.extend_from_slice(&right.to_be_bytes());
        out.extend_from_slice(&value.to_be_bytes());
    }
    out
}

/// The search fields of a binary-searched list: range, selector and shift, for `count` records of
/// `record` bytes.
fn search_header(count: u16, record: u16) -> (u16, u16, u16) {
    let selector = count.checked_ilog2().unwrap_or(0) as u16;
    let range = if count == 0 { 0 } else { record << selector };
    (range, selector, (count * record).saturating_sub(range))
}

/// A TrueType file of the tables, which are sorted by tag.
fn font_file(mut tables: Vec<([u8; 4], Vec<u8>)>) -> Vec<u8> {
    let count = tables.len() as u16;
    let (range, selector, shift) = search_header(count, 16);
    let mut out = vec![0, 1, 0, 0];
    for word in [count, range, selector, shift] {
        out.extend_from_slice(&word.to_be_bytes());
    }
    let mut at = 12 + 16 * tables.len();
    for (tag, data) in &mut tables {
        if tag == b"head"
            && let Some(adjustment) = data.get_mut(8..12)
        {
            adjustment.fill(0);
        }
        out.extend_from_slice(tag);
        for word in [checksum(data), at as u32, data.len() as u32] {
            out.extend_from_slice(&word.to_be_bytes());
        }
        at += data.len().next_multiple_of(4);
    }
    let mut head = 0;
    for (tag, data) in &tables {
        if tag == b"head" {
            head = out.len();
        }
        out.extend_from_slice(data);
        out.resize(out.len().next_multiple_of(4), 0);
    }
    let adjustment = 0xb1b0_afba_u32.wrapping_sub(checksum(&out));
    if let Some(place) = out.get_mut(head + 8..head + 12) {
        place.copy_from_slice(&adjustment.to_be_bytes());
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::proptest;
    use std::cell::RefCell;

    thread_local! {
        static SETTER: RefCell<Typesetter> = RefCell::new(Typesetter::bundled());
    }

    /// Checks that text in the embedded font is as wide as laid out.
    fn check(text: &str) {
        SETTER.with_borrow_mut(|setter| {
            for face in Face::ALL {
                let mut letters = UsedChars::default();
                letters.add(text, face);
                let chars = letters.chars(face);
                let font = subset_font(face, &chars, &letters.pairs(face), setter).unwrap();
                assert!(font.len() < face.bytes().len() / 4, "{}", font.len());
                assert_eq!(checksum(&font), 0xb1b0_afba);
                let width = setter.width(text, Style { face, size: 1.0 });
                let embedded = Typesetter::width_in(font, text);
                assert!(
                    (width - embedded).abs() < 0.001,
                    "{text:?} {face:?}: {width} {embedded}"
                );
            }
        });
    }

    #[test]
    fn a_subset_keeps_widths_and_kerning() {
        check("AVATAR To Yes. Größe, fi – “W.” 3,5 % difficult ffl");
        check("Жизнь Тут Ευάγγελος Việt Nam được");
        // Ligatures kern as glyphs of their own, with letters and each other.
        check("Ċfi Bfle TfiT fifi flfi ffi Ĕffl");
    }

    proptest! {
        // Letters only: whether two signs kern depends on the script of the letters around them,
        // which a `kern` table cannot express (seen: 0.014 em for "K#&i").
        #[test]
        fn any_subset_of_letters_keeps_widths(text in "[A-Za-zÀ-ſ ]{1,40}") {
            check(text.trim());
        }
    }
}
