//! The findings sheet: the findings of all checks on a page. The header has title and counts; below
//! it each rule has a plate with its findings and their reason, by family, in columns that give the
//! page its aspect ratio.
//!
//! All texts are inputs. Must not know: what a rule is, colours.

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

/// An icon with a role for its colour.
pub type Sign = (Icon, Ink);

/// Texts of the findings sheet.
#[derive(Clone, Debug, Default)]
pub struct Page {
    /// Time or kind of the checks.
    pub when: String,
    /// Number of findings of each kind, with its icon.
    pub tallies: Vec<(Sign, String)>,
    /// The findings.
    pub families: Vec<Family>,
    /// Text shown if there are no findings.
    pub nothing: String,
}

/// Related rules.
#[derive(Clone, Debug)]
pub struct Family {
    /// Name of the family and number of its findings.
    pub title: String,
    /// The rules.
    pub rules: Vec<Noted>,
}

/// A rule with its findings.
#[derive(Clone, Debug)]
pub struct Noted {
    /// Icon of the severity.
    pub sign: Sign,
    /// Meaning of the rule.
    pub meaning: String,
    /// The findings of the rule.
    pub said: Vec<Said>,
    /// Reason why the findings matter.
    pub why: String,
    /// Source of the reason.
    pub source: String,
}

/// A finding.
#[derive(Clone, Debug)]
pub struct Said {
    /// The finding in a sentence.
    pub sentence: String,
    /// The object of the map it is about.
    pub about: String,
}

/// The laid-out sheet, without colours. Distances in map units.
#[derive(Clone, Debug)]
pub struct FindingsLayout {
    /// Density of the sheet.
    pub density: Density,
    /// Width of the sheet.
    pub width: f64,
    /// Height of the sheet.
    pub height: f64,
    /// Title, scenario and counts, relative to the top left corner of the sheet.
    pub runs: Vec<Run>,
    /// Icons of the counts.
    pub signs: Vec<(Sign, Rect)>,
    /// The columns from left to right.
    pub columns: Vec<Column>,
}

/// A column; its content is relative to its top left corner.
#[derive(Clone, Debug, Default)]
pub struct Column {
    /// Left edge.
    pub x: f64,
    /// Top.
    pub y: f64,
    /// Backgrounds of rules.
    pub plates: Vec<Rect>,
    /// Icons of rules.
    pub signs: Vec<(Sign, Rect)>,
    /// The texts.
    pub runs: Vec<Run>,
}

/// Width of a column at type scale 1: 60 to 70 characters to a line.
const COLUMN: f32 = 430.0;
/// Gap between columns.
const BETWEEN: f32 = 28.0;
/// Ratio of width to height of the sheet, approximated by whole columns.
const SHAPE: f32 = 1.41;
/// Minimum width of the header.
const HEADER: f32 = 720.0;

/// Lays out the findings sheet of a map.
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

/// Lays out the header; returns its bottom.
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
    // No text can be edited on this sheet.
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

/// Everything below the header as units.
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

/// Passes the findings of a rule to `put` as units: the first with the meaning of the rule, the
/// last with its reason. All but the first come with a header to be repeated at the top of a
/// column.
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
