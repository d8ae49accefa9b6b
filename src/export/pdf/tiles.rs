//! A poster spread over sheets that an office printer takes: a plan, then the sheets with marks at
//! which they are cut and glued.
//!
//! Must not know: how anything is drawn.

use super::marks::Marks;
use super::sheet::{Cut, Reads, Sheet, title as title_of};
use crate::export::ExportError;
use crate::export::paper::{MARGIN, MILLIMETRE, Tiles};
use crate::geom::{Rect, pt};
use crate::text::{Face, Measure, Style, Typesetter};
use crate::theme::ROLES;

/// Maximum number of sheets.
pub(super) const MAX_SHEETS: usize = 500;
/// Least part of a sheet that no neighbour shows, in millimetres.
const LEAST_STEP: f64 = 10.0;
/// Letters of rows; after the last one come those with two letters.
const LETTERS: usize = 26;

/// The sheets of a poster: columns and rows of windows onto it, in points.
struct Grid {
    /// Width and height of a sheet of paper.
    page: (f64, f64),
    /// Width and height of the poster.
    poster: (f64, f64),
    /// Distance from one sheet to the next.
    step: (f64, f64),
    columns: usize,
    rows: usize,
}

impl Grid {
    fn new(poster: (f64, f64), page: (f64, f64), overlap: f64) -> Result<Grid, ExportError> {
        let step = |side: f64| side - 2.0 * MARGIN * MILLIMETRE - overlap;
        let step = (step(page.0), step(page.1));
        if step.0.min(step.1) < LEAST_STEP * MILLIMETRE {
            return Err(ExportError::NoRoomOnSheet);
        }
        // A poster that ends within a hair of a sheet needs no further one.
        let count =
            |side: f64, step: f64| ((side - overlap) / step - 1e-3).ceil().max(1.0) as usize;
        Ok(Grid {
            columns: count(poster.0, step.0),
            rows: count(poster.1, step.1),
            page,
            poster,
            step,
        })
    }

    fn count(&self) -> usize {
        self.columns.saturating_mul(self.rows)
    }

    /// The part of the poster on a sheet, in points of the poster.
    fn window(&self, column: usize, row: usize, overlap: f64) -> [f64; 4] {
        let (x, y) = (column as f64 * self.step.0, row as f64 * self.step.1);
        let width = (self.step.0 + overlap).min(self.poster.0 - x);
        let height = (self.step.1 + overlap).min(self.poster.1 - y);
        [x, y, width, height]
    }
}

/// The name of a sheet: a letter for its row and the number of its column.
fn name(column: usize, row: usize) -> String {
    let letter = |at: usize| char::from(b'A' + (at % LETTERS) as u8);
    let first = row.checked_sub(LETTERS).map(|rest| letter(rest / LETTERS));
    let mut name: String = first.into_iter().collect();
    name.push(letter(row));
    format!("{name}{}", column + 1)
}

/// Spreads a poster over sheets: the plan first.
pub(super) fn spread<'a>(
    poster: &Sheet<'a>,
    tiles: Tiles,
    setter: &mut Typesetter,
) -> Result<Vec<Sheet<'a>>, ExportError> {
    let overlap = tiles.overlap * MILLIMETRE;
    let lying = Grid::new(poster.page, tiles.sheet.page(true), overlap);
    let upright = Grid::new(poster.page, tiles.sheet.page(false), overlap);
    let grid = match (lying, upright) {
        (Ok(lying), Ok(upright)) if upright.count() < lying.count() => upright,
        (Ok(lying), _) => lying,
        (Err(_), upright) => upright?,
    };
    if grid.count() > MAX_SHEETS {
        return Err(ExportError::TooManySheets {
            sheets: grid.count(),
        });
    }
    let mut sheets = vec![plan(poster, &grid, overlap, setter)];
    for row in 0..grid.rows {
        for column in 0..grid.columns {
            sheets.push(sheet(poster, &grid, (column, row), overlap, setter));
        }
    }
    Ok(sheets)
}

/// A sheet with its part of the poster.
fn sheet<'a>(
    poster: &Sheet<'a>,
    grid: &Grid,
    (column, row): (usize, usize),
    overlap: f64,
    setter: &mut Typesetter,
) -> Sheet<'a> {
    let margin = MARGIN * MILLIMETRE;
    let [x, y, width, height] = grid.window(column, row, overlap);
    let window = Rect::new(margin as f32, margin as f32, width as f32, height as f32);
    let unit = |points: f64, origin: f64| ((points - origin) / poster.scale) as f32;
    // The outer sheets have all that is beyond the poster's edge.
    let side = |at: usize, count: usize, points: f64, origin: f64| match at {
        0 => f32::NEG_INFINITY,
        at if at == count => f32::INFINITY,
        _ => unit(points, origin),
    };
    let (left, top) = poster.origin;
    let cell = Rect {
        min: pt(
            side(column, grid.columns, x, left),
            side(row, grid.rows, y, top),
        ),
        max: pt(
            side(column + 1, grid.columns, x + grid.step.0, left),
            side(row + 1, grid.rows, y + grid.step.1, top),
        ),
    };
    let mut marks = Marks::new(poster.scale);
    crop_marks(&mut marks, &window);
    let seam = overlap as f32;
    if seam > 0.0 {
        seams(&mut marks, &window, seam, grid, (column, row));
    }
    let number = row * grid.columns + column + 1;
    let label = format!(
        "{} · sheet {number} of {} · {}",
        name(column, row),
        grid.count(),
        title_of(&poster.scene)
    );
    marks.footer(&label, grid.page, setter);
    let mut sheet = Sheet {
        page: grid.page,
        origin: (left - x + margin, top - y + margin),
        marks: Some(marks.group()),
        ..poster.clone()
    };
    let window = intersection(&window, &sheet.drawing());
    sheet.cut = Some(Cut { window, cell });
    sheet
}

/// The part that two rectangles share; without size if there is none.
fn intersection(a: &Rect, b: &Rect) -> Rect {
    let min = pt(a.min.x.max(b.min.x), a.min.y.max(b.min.y));
    let max = pt(a.max.x.min(b.max.x), a.max.y.min(b.max.y));
    Rect {
        min,
        max: pt(max.x.max(min.x), max.y.max(min.y)),
    }
}

/// Marks at the corners of the part that a sheet shows, along which it is cut.
fn crop_marks(marks: &mut Marks, window: &Rect) {
    let (gap, length) = (3.0, 14.0);
    for (x, out) in [(window.min.x, -1.0), (window.max.x, 1.0)] {
        for (y, down) in [(window.min.y, -1.0), (window.max.y, 1.0)] {
            marks.line((x + out * gap, y), (x + out * length, y), false);
            marks.line((x, y + down * gap), (x, y + down * length), false);
        }
    }
}

/// Dashed marks at which the neighbours of a sheet begin and end.
fn seams(
    marks: &mut Marks,
    window: &Rect,
    overlap: f32,
    grid: &Grid,
    (column, row): (usize, usize),
) {
    let (gap, length) = (3.0, 14.0);
    let Rect { min, max } = *window;
    let across = [
        (column > 0, min.x + overlap),
        (column + 1 < grid.columns, max.x - overlap),
    ];
    for (_, x) in across.into_iter().filter(|(has_neighbor, _)| *has_neighbor) {
        marks.line((x, min.y - gap), (x, min.y - length), true);
        marks.line((x, max.y + gap), (x, max.y + length), true);
    }
    let down = [
        (row > 0, min.y + overlap),
        (row + 1 < grid.rows, max.y - overlap),
    ];
    for (_, y) in down.into_iter().filter(|(has_neighbor, _)| *has_neighbor) {
        marks.line((min.x - gap, y), (min.x - length, y), true);
        marks.line((max.x + gap, y), (max.x + length, y), true);
    }
}

/// The poster in small with the names of its sheets, and how to put them together.
fn plan<'a>(poster: &Sheet<'a>, grid: &Grid, overlap: f64, setter: &mut Typesetter) -> Sheet<'a> {
    let margin = (MARGIN * MILLIMETRE) as f32;
    let page = (grid.page.0 as f32, grid.page.1 as f32);
    let room = page.0 - 2.0 * margin;
    let heading = Style {
        face: Face::Bold,
        size: 18.0,
    };
    let body = Style {
        face: Face::Regular,
        size: 10.0,
    };
    // The texts stand above the poster, whose scale depends on their height.
    let text = instructions(grid, overlap);
    let title = format!("{}: plan of the sheets", title_of(&poster.scene));
    let mut lines = 0.0;
    for (text, style) in [(&title, heading), (&text, body)] {
        lines += setter.wrap(text, style, room).len() as f32 * style.size * 1.28 + style.size * 0.4;
    }
    let top = margin + lines + 10.0;
    let (width, height) = (poster.page.0 as f32, poster.page.1 as f32);
    let small = (room / width)
        .min((page.1 - margin - top) / height)
        .max(1e-4);
    let scale = poster.scale * f64::from(small);
    let left = (page.0 - width * small) / 2.0;
    let mut marks = Marks::new(scale);
    let y = marks.paragraph(&title, heading, (margin, margin), room, setter);
    marks.paragraph(&text, body, (margin, y), room, setter);
    let whole = Rect::new(left, top, width * small, height * small);
    for row in 0..grid.rows {
        for column in 0..grid.columns {
            let [x, y, width, height] = grid.window(column, row, overlap);
            let place = |points: f64| points as f32 * small;
            let (x, y) = (left + place(x), top + place(y));
            let sheet = Rect::new(x, y, place(width), place(height));
            marks.rect(sheet, None, Some(ROLES.ink));
            plate(&mut marks, &sheet, &name(column, row), setter);
        }
    }
    marks.rect(whole, None, Some(ROLES.ink));
    let mut plan = Sheet {
        page: grid.page,
        scale,
        origin: (
            f64::from(left) + poster.origin.0 * f64::from(small),
            f64::from(top) + poster.origin.1 * f64::from(small),
        ),
        marks: Some(marks.group()),
        reads: Reads::Marks,
        ..poster.clone()
    };
    plan.cut = Some(Cut {
        window: plan.drawing(),
        cell: Rect::EMPTY,
    });
    plan
}

/// The name of a sheet in the middle of its place on the plan.
fn plate(marks: &mut Marks, sheet: &Rect, name: &str, setter: &mut Typesetter) {
    let size = (sheet.width().min(sheet.height()) * 0.3).clamp(4.0, 18.0);
    let face = Face::Bold;
    let style = Style { face, size };
    let width = setter.width(name, style);
    let center = sheet.center();
    let (left, top) = (center.x - width / 2.0, center.y - size / 2.0);
    let ground = Rect::new(left, top, width, size).grow(size * 0.25);
    marks.rect(ground, Some(ROLES.card), Some(ROLES.ink));
    marks.text(name, style, (left, top + size * 0.85), setter);
}

fn instructions(grid: &Grid, overlap: f64) -> String {
    let millimetres = |points: f64| (points / MILLIMETRE).round();
    let (width, height) = (millimetres(grid.page.0), millimetres(grid.page.1));
    let (wide, high) = (millimetres(grid.poster.0), millimetres(grid.poster.1));
    let seam = millimetres(overlap);
    let glue = if seam > 0.0 {
        format!(
            "Cut each sheet at its crop marks, then glue it over the last {seam} mm of the sheet \
             before, as far as the dashed marks."
        )
    } else {
        "Cut each sheet at its crop marks, and join them edge to edge.".to_owned()
    };
    format!(
        "{} sheets of {width} × {height} mm, {} across and {} down, make a poster of {wide} × \
         {high} mm. Print them in actual size (100 %). {glue}",
        grid.count(),
        grid.columns,
        grid.rows,
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::Paper;

    fn grid(poster: (f64, f64), overlap: f64) -> Result<Grid, ExportError> {
        let a4 = Paper::A4.page(true);
        Grid::new(poster, a4, overlap)
    }

    #[test]
    fn sheets_cover_the_poster_and_share_the_overlap() {
        for poster in [(100.0, 50.0), (2384.0, 1684.0), (785.2, 9000.0)] {
            for overlap in [0.0, 28.0, 100.0] {
                let grid = grid(poster, overlap).unwrap();
                let (mut right, mut bottom) = (0.0_f64, 0.0_f64);
                for column in 0..grid.columns {
                    let [x, _, width, _] = grid.window(column, 0, overlap);
                    assert!(width > 0.0 && x <= right + 1e-9, "a gap before {column}");
                    if column > 0 {
                        assert!((right - x - overlap).abs() < 1e-6, "{poster:?} {column}");
                    }
                    right = x + width;
                }
                for row in 0..grid.rows {
                    let [_, y, _, height] = grid.window(0, row, overlap);
                    assert!(height > 0.0 && y <= bottom + 1e-9, "a gap before {row}");
                    bottom = y + height;
                }
                assert!((right - poster.0).abs() < 1.0 && (bottom - poster.1).abs() < 1.0);
            }
        }
        assert!(grid((100.0, 100.0), 700.0).is_err());
    }

    #[test]
    fn sheets_have_names_of_their_own() {
        let names: std::collections::BTreeSet<String> = (0..20)
            .flat_map(|column| (0..60).map(move |row| name(column, row)))
            .collect();
        assert_eq!(names.len(), 20 * 60);
        assert_eq!((name(2, 0), name(0, 26)), ("A3".into(), "AA1".into()));
    }
}
