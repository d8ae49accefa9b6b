//! Paper sizes, and the sheets over which a poster is spread.
//!
//! Must not know: how anything is drawn.

/// Points per millimetre.
pub(super) const MILLIMETRE: f64 = 72.0 / 25.4;
/// Maximum side of a page in points (PDF 1.7, ISO 32000-1, annex C).
pub(super) const MAX_PAGE: f64 = 14_400.0;
/// Width of the empty edge of a sheet in millimetres: what office printers leave white at most.
pub(super) const MARGIN: f64 = 10.0;

/// Size of a sheet of paper in millimetres. The sheet is turned as the map fills it best.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Paper {
    /// The longer side.
    pub long: f64,
    /// The shorter side.
    pub short: f64,
}

/// Names of paper sizes with their sides in millimetres: ISO 216 and ANSI/ASME Y14.1.
const NAMES: [(&str, f64, f64); 13] = [
    ("a0", 1189.0, 841.0),
    ("a1", 841.0, 594.0),
    ("a2", 594.0, 420.0),
    ("a3", 420.0, 297.0),
    ("a4", 297.0, 210.0),
    ("a5", 210.0, 148.0),
    ("letter", 279.4, 215.9),
    ("legal", 355.6, 215.9),
    ("tabloid", 431.8, 279.4),
    ("ansi-b", 431.8, 279.4),
    ("ansi-c", 558.8, 431.8),
    ("ansi-d", 863.6, 558.8),
    ("ansi-e", 1117.6, 863.6),
];

impl Paper {
    /// ISO A4, the paper of most office printers.
    pub const A4: Paper = Paper {
        long: 297.0,
        short: 210.0,
    };

    /// Reads a name such as `a1` or `letter`, or sides in millimetres such as `1000x700`.
    ///
    /// # Errors
    ///
    /// A sentence about the sizes that are known.
    pub fn parse(text: &str) -> Result<Paper, String> {
        let name = text.trim().to_ascii_lowercase();
        if let Some((_, long, short)) = NAMES.iter().find(|(known, ..)| *known == name) {
            let (long, short) = (*long, *short);
            return Ok(Paper { long, short });
        }
        let sides = name.trim_end_matches("mm").split_once(['x', '×']);
        let side = |text: &str| {
            let side = text.trim().parse::<f64>().ok()?;
            (side > 2.0 * MARGIN && side * MILLIMETRE <= MAX_PAGE).then_some(side)
        };
        let sides = sides.and_then(|(one, other)| side(one).zip(side(other)));
        let (one, other) = sides.ok_or_else(|| {
            let names = NAMES.map(|(name, ..)| name).join(", ");
            format!("use {names}, or sides in millimetres such as 1000x700 (21 to 5080)")
        })?;
        Ok(Paper {
            long: one.max(other),
            short: one.min(other),
        })
    }

    /// The names that [`Paper::parse`] reads.
    pub fn names() -> impl Iterator<Item = &'static str> {
        NAMES.iter().map(|(name, ..)| *name)
    }

    /// Width and height within the margins in millimetres, lying and upright.
    pub fn printable(self) -> [(f64, f64); 2] {
        let [long, short] = [self.long, self.short].map(|side| side - 2.0 * MARGIN);
        [(long, short), (short, long)]
    }

    /// Width and height of the page in points, lying or upright.
    pub(super) fn page(self, landscape: bool) -> (f64, f64) {
        let (long, short) = (self.long * MILLIMETRE, self.short * MILLIMETRE);
        if landscape {
            (long, short)
        } else {
            (short, long)
        }
    }
}

impl std::fmt::Display for Paper {
    /// The first name of the size, or its sides in millimetres; [`Paper::parse`] reads both.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let sides = (self.long, self.short);
        match NAMES
            .iter()
            .find(|(_, long, short)| (*long, *short) == sides)
        {
            Some((name, ..)) => f.write_str(name),
            None => write!(f, "{}x{}", self.long, self.short),
        }
    }
}

/// The drawings of a PDF on its pages.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum PdfPages {
    /// A page as large as the map.
    Map,
    /// A page of this paper, which the map fills.
    Poster(Paper),
    /// A poster of this paper, or as large as the map, spread over sheets to be glued together.
    Tiles(Option<Paper>, Tiles),
    /// A page of this paper for each drawing.
    Handout(Paper),
}

/// The sheets over which a poster is spread.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Tiles {
    /// Paper of a sheet.
    pub sheet: Paper,
    /// Width that two neighbouring sheets have in common, in millimetres.
    pub overlap: f64,
}

impl Tiles {
    /// The usual overlap in millimetres: enough for glue.
    pub const OVERLAP: f64 = 10.0;
    /// The largest overlap in millimetres.
    pub const MAX_OVERLAP: f64 = 50.0;

    /// Reads an overlap in millimetres, such as `10` or `10mm`.
    ///
    /// # Errors
    ///
    /// A sentence about the overlaps that are possible.
    pub fn parse_overlap(text: &str) -> Result<f64, String> {
        let number = text.trim().trim_end_matches("mm").trim_end();
        match number.parse::<f64>() {
            Ok(overlap) if (0.0..=Tiles::MAX_OVERLAP).contains(&overlap) => Ok(overlap),
            _ => Err("use millimetres from 0 to 50, such as 10mm".to_owned()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn papers_are_read_by_name_and_by_sides() {
        let a1 = Paper::parse("A1").unwrap();
        assert_eq!((a1.long, a1.short), (841.0, 594.0));
        let own = Paper::parse("700 x 1000mm").unwrap();
        assert_eq!((own.long, own.short), (1000.0, 700.0));
        for wrong in ["", "a9", "10x10", "9000x100", "x", "1e9x30", "nanx30"] {
            assert!(Paper::parse(wrong).unwrap_err().contains("a0"), "{wrong}");
        }
        for name in Paper::names().chain(["1000x700", "500.5x30"]) {
            let paper = Paper::parse(name).unwrap();
            assert_eq!(Paper::parse(&paper.to_string()), Ok(paper), "{name}");
        }
    }

    #[test]
    fn overlaps_are_read_in_millimetres() {
        assert_eq!(Tiles::parse_overlap("7.5 mm"), Ok(7.5));
        assert_eq!(Tiles::parse_overlap("0"), Ok(0.0));
        for wrong in ["", "-1", "51", "nan", "1cm"] {
            assert!(Tiles::parse_overlap(wrong).is_err(), "{wrong}");
        }
    }
}
