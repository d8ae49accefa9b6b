//! Parts of a long list into columns of about the same height.
//!
//! Must not know: what is listed.

use super::{Column, Sign};
use crate::geom::{Rect, pt};
use crate::layout::text_block::Block;
use std::ops::Range;

/// Air under the words of a plate that goes on in the next column.
const CUT: f32 = 10.0;

/// Something that is one above the other.
#[derive(Clone, Debug)]
pub(super) struct Atom {
    /// Air above it, but at the top of a column.
    pub above: f32,
    /// Its height.
    pub height: f32,
    /// Its texts, each with its place in it.
    pub blocks: Vec<(f32, f32, Block)>,
    /// Its sign, with its place in it.
    pub sign: Option<(Sign, Rect)>,
    /// The plate on which it stands.
    pub plate: Option<usize>,
}

impl Atom {
    /// Texts that end so far above its lower end.
    pub fn of(above: f32, blocks: Vec<(f32, f32, Block)>, below: f32) -> Atom {
        let ends = blocks.iter().map(|(_, y, block)| y + block.height());
        Atom {
            above,
            height: ends.fold(0.0, f32::max) + below,
            blocks,
            sign: None,
            plate: None,
        }
    }

    /// With air of its own above its texts.
    pub fn padded(mut self, by: f32) -> Atom {
        for (_, y, _) in &mut self.blocks {
            *y += by;
        }
        self.height += by;
        self
    }
}

/// Atoms that stay together.
#[derive(Clone, Debug)]
pub(super) struct Unit {
    /// Of which group it is; groups follow each other.
    pub group: usize,
    /// What is in it.
    pub atoms: Vec<Atom>,
    /// What stands over it where a column begins with it in the middle of its group.
    pub again: Vec<Atom>,
}

impl Unit {
    /// Its height with the air above it.
    pub fn height(&self) -> f32 {
        height(&self.atoms)
    }

    /// Its height at the top of a column.
    fn height_on_top(&self, continued: bool) -> f32 {
        match (continued, self.atoms.first()) {
            (true, _) => {
                let first = self.again.first().map_or(0.0, |atom| atom.above);
                height(&self.again) - first + self.height()
            }
            (false, Some(first)) => self.height() - first.above,
            (false, None) => 0.0,
        }
    }
}

fn height(atoms: &[Atom]) -> f32 {
    atoms.iter().map(|atom| atom.above + atom.height).sum()
}

/// The units of each column, in at most so many columns, as low as that allows.
pub(super) fn fill(units: &[Unit], most: usize) -> Vec<Range<usize>> {
    let whole: f32 = units.iter().map(Unit::height).sum();
    // Whole map units: halving ends, and the same on every machine.
    let (mut low, mut high) = (0_u32, whole.ceil() as u32 + 1);
    while low + 1 < high {
        let middle = low + (high - low) / 2;
        let fits = columns(units, middle as f32).is_some_and(|it| it.len() <= most.max(1));
        match fits {
            true => high = middle,
            false => low = middle,
        }
    }
    columns(units, high as f32).unwrap_or_else(|| std::iter::once(0..units.len()).collect())
}

/// The units of columns that are no higher than this; `None` where one is.
fn columns(units: &[Unit], limit: f32) -> Option<Vec<Range<usize>>> {
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

/// Whether a unit is of the group of the one before.
fn continues(units: &[Unit], at: usize) -> bool {
    at > 0 && units[at - 1].group == units[at].group
}

/// Places units below each other; where they end.
pub(super) fn place(units: &[Unit], chosen: Range<usize>, width: f32, column: &mut Column) -> f32 {
    let (start, end) = (chosen.start, chosen.end);
    let again = continues(units, start).then(|| &units[start].again);
    let atoms = units[chosen].iter().flat_map(|unit| &unit.atoms);
    let mut y = 0.0;
    let mut plate: Option<(usize, Rect)> = None;
    for atom in again.into_iter().flatten().chain(atoms) {
        y += if y > 0.0 { atom.above } else { 0.0 };
        for (x, down, block) in &atom.blocks {
            block.place(*x, y + down, &mut column.runs);
        }
        if let Some((sign, square)) = atom.sign {
            column.signs.push((sign, square.shift(pt(0.0, y))));
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
        let next = units.get(end).and_then(|unit| unit.atoms.first());
        next.is_some_and(|next| next.plate == Some(at))
    };
    if let Some((at, mut rect)) = plate {
        if cut(at) {
            rect.max.y += CUT;
        }
        column.plates.push(rect);
        y = y.max(rect.max.y);
    }
    y
}
