//! The sheet of findings: what the checks noticed, for the wall. Title and counts
//! stand above; below, a plate for each rule with all that it noticed and why that
//! matters, family by family, in columns that make a page as wide as it should be.
//!
//! What is said comes in as plain words. Must not know: what a rule is, colours.

mod columns;
#[cfg(test)]
mod tests;

use super::header;
use super::text_block;
use super::text_block::{Block, Ink, Run};
use crate::geom::Rect;
use crate::model::Map;
use crate::text::Measure;
use crate::theme::{Density, Icon, Sizes, size};
use columns::{Atom, Unit};

/// A sign in a colour by role.
pub type Sign = (Icon, Ink);

/// What stands on the sheet, in words.
#[derive(Clone, Debug, Default)]
pub struct Page {
    /// When the checks were made, or how.
    pub when: String,
    /// How many there are of each kind.
    pub tallies: Vec<(Sign, String)>,
    /// What was noticed.
    pub families: Vec<Family>,
    /// What is said where nothing was.
    pub nothing: String,
}

/// Rules that belong together.
#[derive(Clone, Debug)]
pub struct Family {
    /// What they have in common, and how much they noticed.
    pub title: String,
    /// The rules.
    pub rules: Vec<Noted>,
}

/// What a rule noticed.
#[derive(Clone, Debug)]
pub struct Noted {
    /// How much it matters.
    pub sign: Sign,
    /// What the rule is about.
    pub meaning: String,
    /// All that it noticed.
    pub said: Vec<Said>,
    /// Why that matters.
    pub why: String,
    /// Where that can be looked up.
    pub source: String,
}

/// One thing that was noticed.
#[derive(Clone, Debug)]
pub struct Said {
    /// In a sentence.
    pub sentence: String,
    /// What it is about.
    pub about: String,
}

/// The sheet, without colours. Distances in map units.
#[derive(Clone, Debug)]
pub struct FindingsLayout {
    /// How much room things take.
    pub density: Density,
    /// Width of the picture.
    pub width: f64,
    /// Height of the picture.
    pub height: f64,
    /// Title, scenario, counts: relative to the top left corner of the picture.
    pub runs: Vec<Run>,
    /// The signs of the counts.
    pub signs: Vec<(Sign, Rect)>,
    /// The columns from left to right.
    pub columns: Vec<Column>,
}

/// A column; everything in it is relative to its top left corner.
#[derive(Clone, Debug, Default)]
pub struct Column {
    /// Its left edge.
    pub x: f64,
    /// Its top.
    pub y: f64,
    /// The grounds of what a rule noticed.
    pub plates: Vec<Rect>,
    /// The signs of rules.
    pub signs: Vec<(Sign, Rect)>,
    /// The words.
    pub runs: Vec<Run>,
}

/// Width of a column, at the usual size of type: 60 to 70 characters to a line.
const COLUMN: f32 = 430.0;
/// Air between columns.
const BETWEEN: f32 = 28.0;
/// The page is so many times as wide as it is high, as near as its columns allow.
const SHAPE: f32 = 1.41;
/// The least width of what stands above the columns.
const HEADER: f32 = 720.0;

/// Lays out the sheet of a map.
pub fn findings(
    map: &Map,
    page: &Page,
    density: Density,
    measure: &mut dyn Measure,
) -> FindingsLayout {
    let sizes = density.sizes();
    let width = COLUMN * sizes.type_scale;
    let units = units(page, width, sizes, measure);
    let whole: f32 = units.iter().map(Unit::height).sum();
    let wanted = (SHAPE * whole / (width + BETWEEN)).sqrt().ceil().max(1.0);
    let filled = columns::fill(&units, wanted as usize);
    let count = filled.len().max(1) as f32;
    let all = (count * (width + BETWEEN) - BETWEEN).max(HEADER);
    let left = size::MARGIN;
    let mut sheet = FindingsLayout {
        density,
        width: f64::from(all + 2.0 * left),
        height: 0.0,
        runs: Vec::new(),
        signs: Vec::new(),
        columns: Vec::new(),
    };
    let top = header(map, page, all, &mut sheet, measure);
    let mut bottom = top;
    for (at, chosen) in filled.into_iter().enumerate() {
        let mut column = Column {
            x: f64::from(left + at as f32 * (width + BETWEEN)),
            y: f64::from(top),
            ..Column::default()
        };
        let end = columns::place(&units, chosen, width, &mut column);
        bottom = bottom.max(top + end);
        sheet.columns.push(column);
    }
    sheet.height = f64::from(bottom + size::MARGIN);
    sheet
}

/// What stands above the columns; its lower end.
fn header(
    map: &Map,
    page: &Page,
    width: f32,
    sheet: &mut FindingsLayout,
    measure: &mut dyn Measure,
) -> f32 {
    let sizes = sheet.density.sizes();
    let left = size::MARGIN;
    let kind = header::kind(map, &format!(", {}", page.when));
    // Nothing is written on this sheet, so its words say of no text that they are it.
    let texts =
        header::heading(map, &kind, sizes).map(|text| (text.0, text.1, text.2, text.3, None));
    let corner = (left, size::MARGIN);
    let mut y = text_block::stack(&texts, corner, width.min(1000.0), measure, &mut sheet.runs);
    y += 16.0;
    let (mut x, style) = (left, sizes.text(size::STRONG));
    let line = style.size * size::LEADING;
    for (sign, words) in &page.tallies {
        let block = Block::new(words, style, Ink::Normal, width, measure);
        let square = Rect::new(x, y + (line - sizes.icon) / 2.0, sizes.icon, sizes.icon);
        sheet.signs.push((*sign, square));
        block.place(x + sizes.icon + 6.0, y, &mut sheet.runs);
        x += sizes.icon + 6.0 + block.width() + 26.0;
    }
    if !page.tallies.is_empty() {
        y += line;
    }
    if page.families.is_empty() {
        let style = sizes.text(size::LEAD);
        let block = Block::new(&page.nothing, style, Ink::Normal, width, measure);
        y = block.place(left, y, &mut sheet.runs);
    }
    y + 14.0
}

/// Everything below the header in parts that stay whole.
fn units(page: &Page, width: f32, sizes: &Sizes, measure: &mut dyn Measure) -> Vec<Unit> {
    let mut units = Vec::new();
    let mut plate = 0;
    for (group, family) in page.families.iter().enumerate() {
        let title = |words: &str, measure: &mut dyn Measure| {
            let style = sizes.text(size::STAGE);
            let block = Block::new(words, style, Ink::Normal, width, measure);
            Atom::of(18.0 * sizes.air, vec![(0.0, 0.0, block)], 2.0)
        };
        let mut first = Some(title(&family.title, measure));
        let again = format!("{}, continued", family.title);
        let again = title(&again, measure);
        for noted in &family.rules {
            plate += 1;
            rule(noted, width, sizes, measure, |mut atoms, head| {
                let mut again = vec![again.clone()];
                again.extend(head);
                for atom in atoms.iter_mut().chain(&mut again[1..]) {
                    atom.plate = Some(plate);
                }
                if let Some(title) = first.take() {
                    atoms.insert(0, title);
                }
                units.push(Unit {
                    group,
                    atoms,
                    again,
                });
            });
        }
    }
    units
}

/// What a rule noticed, in parts that stay whole: the first with what the rule is about,
/// the last with why that matters. Each but the first comes with what says of which rule
/// it is where a column begins with it.
fn rule(
    noted: &Noted,
    width: f32,
    sizes: &Sizes,
    measure: &mut dyn Measure,
    mut put: impl FnMut(Vec<Atom>, Option<Atom>),
) {
    let pad = 12.0;
    let left = pad + sizes.icon + 9.0;
    let room = width - left - pad;
    let mut block = |text: &str, style, ink| {
        let block = Block::new(text, sizes.text(style), ink, room, measure);
        (left, block)
    };
    let stack = |above: f32, blocks: Vec<(f32, Block)>, gap: f32, below: f32| {
        let mut y = 0.0;
        let mut placed = Vec::new();
        for (x, block) in blocks.into_iter().filter(|(_, block)| !block.is_empty()) {
            let height = block.height();
            placed.push((x, y, block));
            y += height + gap;
        }
        Atom::of(above, placed, below)
    };
    let meaning = block(&noted.meaning, size::STRONG, Ink::Normal);
    let line = sizes.text(size::STRONG).size * size::LEADING;
    let mut head = stack(10.0 * sizes.air, vec![meaning], 0.0, 0.0).padded(pad);
    let square = Rect::new(pad, pad + (line - sizes.icon) / 2.0, sizes.icon, sizes.icon);
    head.sign = Some((noted.sign, square));
    let why = block(&noted.why, size::BODY, Ink::Soft);
    let source = block(&noted.source, size::SMALL, Ink::Soft);
    let foot = stack(0.0, vec![why, source], 3.0, pad).padded(10.0);
    let again = head.clone();
    let (mut head, mut foot) = (Some(head), Some(foot));
    let count = noted.said.len().max(1);
    for at in 0..count {
        let mut atoms: Vec<Atom> = head.take().into_iter().collect();
        if let Some(said) = noted.said.get(at) {
            let sentence = block(&said.sentence, size::BODY, Ink::Normal);
            let about = block(&said.about, size::SMALL_STRONG, Ink::Soft);
            atoms.push(stack(0.0, vec![sentence, about], 1.0, 0.0).padded(7.0));
        }
        if at + 1 == count {
            atoms.extend(foot.take());
        }
        put(atoms, (at > 0).then(|| again.clone()));
    }
}
