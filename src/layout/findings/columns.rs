//! Splits a long list into columns of about the same height.
//!
//! Must not know: what is listed.

use crate::geom::{Rect, pt};
use crate::layout::text_block::{TextBlock, TextRole, TextRun};
use crate::theme::Icon;
use std::ops::Range;

/// Padding below the text of a plate that continues in the next column.
const CONTINUED_PADDING: f32 = 10.0;

/// An icon with a role for its colour.
pub type RoleIcon = (Icon, TextRole);

/// A column; its content is relative to its top left corner.
#[derive(Clone, Debug, Default)]
pub struct FindingsColumn {
    /// Left edge.
    pub x: f64,
    /// Top.
    pub y: f64,
    /// Backgrounds of rules.
    pub plates: Vec<Rect>,
    /// Icons of rules.
    pub icons: Vec<(RoleIcon, Rect)>,
    /// The texts.
    pub runs: Vec<TextRun>,
}

/// An element of a column.
#[derive(Clone, Debug)]
pub(super) struct ColumnItem {
    /// Gap above, except at the top of a column.
    pub above: f32,
    /// Height without the gap.
    pub height: f32,
    /// The texts, each with its offset in the element.
    pub blocks: Vec<(f32, f32, TextBlock)>,
    /// The icon with its place in the element.
    pub icon: Option<(RoleIcon, Rect)>,
    /// Index of the plate on which the element is drawn.
    pub plate: Option<usize>,
}

impl ColumnItem {
    /// An element of texts with padding below them.
    pub fn of(above: f32, blocks: Vec<(f32, f32, TextBlock)>, below: f32) -> ColumnItem {
        let ends = blocks.iter().map(|(_, y, block)| y + block.height());
        ColumnItem {
            above,
            height: ends.fold(0.0, f32::max) + below,
            blocks,
            icon: None,
            plate: None,
        }
    }

    /// Adds padding above the texts.
    pub fn padded(mut self, by: f32) -> ColumnItem {
        for (_, y, _) in &mut self.blocks {
            *y += by;
        }
        self.height += by;
        self
    }
}

/// Elements that stay in one column.
#[derive(Clone, Debug)]
pub(super) struct ColumnUnit {
    /// Group of the unit; groups follow each other.
    pub group: usize,
    /// The elements.
    pub items: Vec<ColumnItem>,
    /// Header repeated above the unit if a column begins with it in the middle of its group.
    pub repeated_header: Vec<ColumnItem>,
}

impl ColumnUnit {
    /// Height with the gap above.
    pub fn height(&self) -> f32 {
        height(&self.items)
    }

    /// Height at the top of a column.
    fn height_on_top(&self, continued: bool) -> f32 {
        match (continued, self.items.first()) {
            (true, _) => {
                let first = self.repeated_header.first().map_or(0.0, |atom| atom.above);
                height(&self.repeated_header) - first + self.height()
            }
            (false, Some(first)) => self.height() - first.above,
            (false, None) => 0.0,
        }
    }
}

fn height(atoms: &[ColumnItem]) -> f32 {
    atoms.iter().map(|atom| atom.above + atom.height).sum()
}

/// The units of each column, in at most `most` columns of the least possible height.
pub(super) fn fill(units: &[ColumnUnit], most: usize) -> Vec<Range<usize>> {
    let whole: f32 = units.iter().map(ColumnUnit::height).sum();
    // Whole map units, so that bisection terminates with the same result on every machine.
    let (mut low, mut high) = (0_u32, whole.ceil() as u32 + 1);
    while low + 1 < high {
        let middle = low + (high - low) / 2;
        let fits = columns(units, middle as f32).is_some_and(|it| it.len() <= most.max(1));
        if fits {
            high = middle;
        } else {
            low = middle;
        }
    }
    columns(units, high as f32).unwrap_or_else(|| std::iter::once(0..units.len()).collect())
}

/// The units of each column, in as many columns of a height as they need; a unit that is higher
/// makes all of them as high.
pub(super) fn fill_height(units: &[ColumnUnit], height: f32) -> Vec<Range<usize>> {
    let on_top = |(at, unit): (usize, &ColumnUnit)| unit.height_on_top(continues(units, at));
    let limit = units.iter().enumerate().map(on_top).fold(height, f32::max);
    columns(units, limit).unwrap_or_default()
}

/// The units of each column of at most this height; `None` if a unit is higher.
fn columns(units: &[ColumnUnit], limit: f32) -> Option<Vec<Range<usize>>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut height = 0.0;
    for (at, unit) in units.iter().enumerate() {
        if let Some(column) = found.last_mut()
            && height + unit.height() <= limit
        {
            column.end = at + 1;
            height += unit.height();
            continue;
        }
        height = unit.height_on_top(continues(units, at));
        if height > limit {
            return None;
        }
        found.push(at..at + 1);
    }
    Some(found)
}

/// Whether a unit belongs to the group of the unit before.
fn continues(units: &[ColumnUnit], at: usize) -> bool {
    at > 0 && units[at - 1].group == units[at].group
}

/// Places units below each other in a column; returns their bottom.
pub(super) fn place(
    units: &[ColumnUnit],
    chosen: Range<usize>,
    width: f32,
    column: &mut FindingsColumn,
) -> f32 {
    let (start, end) = (chosen.start, chosen.end);
    let again = continues(units, start).then(|| &units[start].repeated_header);
    let atoms = units[chosen].iter().flat_map(|unit| &unit.items);
    let mut y = 0.0;
    let mut plate: Option<(usize, Rect)> = None;
    for atom in again.into_iter().flatten().chain(atoms) {
        y += if y > 0.0 { atom.above } else { 0.0 };
        for (x, down, block) in &atom.blocks {
            block.place(*x, y + down, &mut column.runs);
        }
        if let Some((sign, square)) = atom.icon {
            column.icons.push((sign, square.translate(pt(0.0, y))));
        }
        let own = Rect::new(0.0, y, width, atom.height);
        plate = match (plate.take(), atom.plate) {
            (Some((at, rect)), Some(now)) if at == now => Some((at, rect.union(&own))),
            (former, now) => {
                column.plates.extend(former.map(|(_, rect)| rect));
                now.map(|now| (now, own))
            }
        };
        y += atom.height;
    }
    let cut = |at: usize| {
        let next = units.get(end).and_then(|unit| unit.items.first());
        next.is_some_and(|next| next.plate == Some(at))
    };
    if let Some((at, mut rect)) = plate {
        if cut(at) {
            rect.max.y += CONTINUED_PADDING;
        }
        column.plates.push(rect);
        y = y.max(rect.max.y);
    }
    y
}
