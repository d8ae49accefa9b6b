//! Paper sizes, and the place of a scene on a sheet.
//!
//! Must not know: how anything is drawn.

use crate::export::ExportError;
use crate::scene::Scene;
use std::borrow::Cow;

/// Points per map unit of 1/96 inch in natural size.
const NATURAL: f64 = 72.0 / 96.0;
/// Points per millimetre.
const MILLIMETRE: f64 = 72.0 / 25.4;
/// Maximum side of a page in points (PDF 1.7, ISO 32000-1, annex C).
const MAX_PAGE: f64 = 14_400.0;
/// Width of the empty edge of a sheet in millimetres: what office printers leave white at most.
const MARGIN: f64 = 10.0;
/// Number of times that the search for the largest scale halves its interval.
const STEPS: usize = 16;

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
}

/// A scene on its page, in points from the top left corner.
pub(super) struct PlacedScene<'a> {
    pub(super) scene: Cow<'a, Scene>,
    pub(super) rows: usize,
    /// Width and height of the page.
    pub(super) page: (f32, f32),
    /// Points per map unit.
    pub(super) scale: f32,
    /// Place of the map's (0, 0).
    pub(super) origin: (f32, f32),
}

impl PlacedScene<'_> {
    /// Places a scene on a page of its own size, or as large as it fits the paper.
    pub(super) fn of(scene: &Scene, paper: Option<Paper>) -> Result<PlacedScene<'_>, ExportError> {
        let Some(paper) = paper else {
            return Ok(PlacedScene::natural(scene));
        };
        let sides = [paper.long, paper.short].map(|side| side * MILLIMETRE);
        let [long, short] = sides;
        let landscape = Fit::largest(scene, (long, short))?;
        let portrait = Fit::largest(scene, (short, long))?;
        let (fit, page) = if portrait.scale > landscape.scale * 1.001 {
            (portrait, (short, long))
        } else {
            (landscape, (long, short))
        };
        let (scene, rows) = fit.scene(scene);
        let center = |page: f64, side: f64| ((page - side * fit.scale) / 2.0) as f32;
        Ok(PlacedScene {
            rows,
            page: (page.0 as f32, page.1 as f32),
            scale: fit.scale as f32,
            origin: (center(page.0, scene.width), center(page.1, scene.height)),
            scene,
        })
    }

    fn natural(scene: &Scene) -> PlacedScene<'_> {
        let (scene, rows) = if scene.width * NATURAL > MAX_PAGE {
            let (rows, count) = scene.in_rows(MAX_PAGE / NATURAL);
            (Cow::Owned(rows), count)
        } else {
            (Cow::Borrowed(scene), 1)
        };
        let longest = scene.width.max(scene.height).max(1.0);
        let scale = NATURAL.min(MAX_PAGE / longest);
        let side = |side: f64| (side.max(1.0) * scale) as f32;
        PlacedScene {
            rows,
            page: (side(scene.width), side(scene.height)),
            scale: scale as f32,
            origin: (0.0, 0.0),
            scene,
        }
    }
}

/// A scale at which a scene fits a sheet, in rows of a width.
struct Fit {
    scale: f64,
    row_width: f64,
}

impl Fit {
    /// The largest scale at which the scene fits a page of these sides, in points.
    fn largest(scene: &Scene, page: (f64, f64)) -> Result<Fit, ExportError> {
        let room = |side: f64| side - 2.0 * MARGIN * MILLIMETRE;
        let (width, height) = (room(page.0), room(page.1));
        if width <= 0.0 || height <= 0.0 {
            return Err(ExportError::NoSize);
        }
        let sides = (scene.width.max(1.0), scene.height.max(1.0));
        let mut best = (width / sides.0).min(height / sides.1);
        let mut row_width = scene.width;
        let mut most = height / sides.1;
        for _ in 0..STEPS {
            // The scales lie decades apart, so the middle is that of their ratio.
            let scale = (best * most).sqrt();
            let (rows, _) = scene.in_rows(width / scale);
            if rows.width * scale <= width * 1.0001 && rows.height * scale <= height * 1.0001 {
                (best, row_width) = (scale, width / scale);
            } else {
                most = scale;
            }
        }
        Ok(Fit {
            scale: best,
            row_width,
        })
    }

    fn scene<'a>(&self, scene: &'a Scene) -> (Cow<'a, Scene>, usize) {
        if self.row_width >= scene.width {
            return (Cow::Borrowed(scene), 1);
        }
        let (rows, count) = scene.in_rows(self.row_width);
        (Cow::Owned(rows), count)
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
    }
}
