//! Layout of a comparison of two maps: the columns of both, the legend, and the words of the marks.
//!
//! Must not know: how differences are found, colours, the scene.

use super::grid::{Grid, StageColumns, StepCounter, StepNumbers};
use super::legend::{LegendBuilder, LegendEntry, LegendSample};
use super::text_block::{TextBlock, TextContext, TextRole, TextRun};
use crate::graph::{StageFlow, StepRole};
use crate::model::{Map, Touchpoint, TouchpointId};
use crate::text::Measure;
use crate::theme::{ChangeMark, Density, size};
use std::collections::BTreeMap;

/// The word of a mark with its width.
#[derive(Clone, Debug)]
pub struct ChangeTag {
    /// The mark.
    pub mark: ChangeMark,
    /// The word at (0, 0) as the top left corner.
    pub runs: Vec<TextRun>,
    /// Width of the word.
    pub width: f32,
    /// Height of the word.
    pub height: f32,
}

/// The words of all marks, in the order of [`ChangeMark::ALL`].
pub fn change_tags(density: Density, measure: &mut dyn Measure) -> [ChangeTag; 4] {
    let style = density.sizes().text(size::SMALL_STRONG);
    ChangeMark::ALL.map(|mark| {
        let role = TextRole::Change(mark);
        let block = TextBlock::new(mark.word(), style, role, f32::INFINITY, measure);
        let mut runs = Vec::new();
        block.place(0.0, 0.0, &mut runs);
        ChangeTag {
            mark,
            runs,
            width: block.width(),
            height: block.height(),
        }
    })
}

/// The numbers of all touchpoints of a map.
pub fn step_numbers(map: &Map) -> StepNumbers {
    let mut numbers = StepNumbers::new();
    let mut count = StepCounter::default();
    for (flow, (_, list)) in StageFlow::all(map).iter().zip(map.touchpoint_lists()) {
        let mut grid = Grid::of(flow, None);
        grid.number(count, None, |_| (0.0, 0.0));
        count = grid.count_after(count);
        let steps = list.iter().zip(grid.steps);
        numbers.extend(steps.map(|(record, step)| (record.id.clone(), step.number)));
    }
    numbers
}

/// The columns of two versions of a stage, from the main steps of each, of which `pair` tells the
/// same one: the steps that both have in the same order stand below each other.
pub fn aligned_columns(
    before: &[TouchpointId],
    after: &[TouchpointId],
    pair: impl Fn(&TouchpointId) -> Option<TouchpointId>,
) -> [StageColumns; 2] {
    let mut columns = [StageColumns::default(), StageColumns::default()];
    let places: BTreeMap<&TouchpointId, usize> =
        after.iter().enumerate().map(|(at, id)| (id, at)).collect();
    let partners = before
        .iter()
        .map(|id| pair(id).and_then(|id| places.get(&id).copied()));
    let rows = merged_rows(&partners.collect::<Vec<_>>(), after.len());
    for (column, row) in rows.iter().enumerate() {
        for (side, main) in row.iter().zip(&mut columns) {
            if side.is_some() {
                main.main.push(column);
            }
        }
    }
    for side in &mut columns {
        side.count = rows.len();
    }
    columns
}

/// Two sequences as one: the indices in both of each item, where the items of the first that have
/// a partner in the second stand beside it as far as their order allows.
pub fn merged_rows(partners: &[Option<usize>], others: usize) -> Vec<[Option<usize>; 2]> {
    let kept = longest_increasing(partners);
    let mut rows = Vec::with_capacity(partners.len() + others);
    let mut next = 0;
    for (at, is_kept) in kept.iter().enumerate() {
        match partners[at].filter(|_| *is_kept) {
            Some(to) => {
                rows.extend((next..to).map(|other| [None, Some(other)]));
                rows.push([Some(at), Some(to)]);
                next = to + 1;
            }
            None => rows.push([Some(at), None]),
        }
    }
    rows.extend((next..others).map(|other| [None, Some(other)]));
    rows
}

/// Whether each item belongs to a longest increasing subsequence (patience sorting).
fn longest_increasing(items: &[Option<usize>]) -> Vec<bool> {
    let mut tails: Vec<usize> = Vec::new();
    let mut previous = vec![None; items.len()];
    for (at, item) in items.iter().enumerate() {
        let Some(value) = item else {
            continue;
        };
        let place = tails.partition_point(|tail| items[*tail].is_some_and(|it| it < *value));
        previous[at] = place.checked_sub(1).map(|before| tails[before]);
        match tails.get_mut(place) {
            Some(tail) => *tail = at,
            None => tails.push(at),
        }
    }
    let mut kept = vec![false; items.len()];
    let mut next = tails.last().copied();
    while let Some(at) = next {
        kept[at] = true;
        next = previous[at];
    }
    kept
}

/// The main steps of a stage, as the flow of its map has them.
pub fn main_steps(flow: &StageFlow, touchpoints: &[Touchpoint]) -> Vec<TouchpointId> {
    let steps = flow.roles.iter().zip(touchpoints);
    let main = steps.filter(|(role, _)| **role == StepRole::Main);
    main.map(|(_, touchpoint)| touchpoint.id.clone()).collect()
}

/// A line of text in the style of captions, with its top left corner at (0, 0).
pub fn caption_runs(words: &str, density: Density, measure: &mut dyn Measure) -> Vec<TextRun> {
    let style = density.sizes().text(size::NAME);
    let block = TextBlock::new(words, style, TextRole::Normal, f32::INFINITY, measure);
    let mut runs = Vec::new();
    block.place(0.0, 0.0, &mut runs);
    runs
}

/// The legend of a comparison below a header of this height, and the bottom of it.
pub(super) fn comparison_legend(
    (width, height): (f32, f32),
    entries: &[(Option<ChangeMark>, String)],
    text: &mut TextContext<'_>,
) -> (Vec<LegendEntry>, f32) {
    let (left, style) = (size::MARGIN, text.sizes.text(size::STRONG));
    let mut legend = LegendBuilder::new((left, height - 2.0), width - 2.0 * left, 1.0);
    legend.gaps = (26.0, 24.0);
    for (mark, words) in entries {
        let (sample, side, role) = match mark {
            Some(mark) => (
                LegendSample::Change(*mark),
                text.sizes.icon + 4.0,
                TextRole::Change(*mark),
            ),
            None => (LegendSample::None, 0.0, TextRole::Normal),
        };
        legend.add(sample, (side, side), (words, style, role), text.measure);
    }
    (legend.entries, legend.y + 36.0)
}
