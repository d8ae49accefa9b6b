//! Columns and rows: which touchpoint stands where, and the stage band.

use super::block::{Block, Ink, Run};
use super::card::largest;
use crate::geom::Rect;
use crate::graph::Flow;
use crate::model::{Map, Record, StageId};
use crate::text::Measure;
use crate::theme::size;
use std::ops::Range;
use std::sync::Arc;

/// A stage as a run of columns.
#[derive(Clone, Debug)]
pub struct Stage {
    /// Which stage.
    pub id: StageId,
    /// Its left edge on the map.
    pub x: f64,
    /// Its width.
    pub width: f32,
    /// How many columns it has, at least one.
    pub columns: usize,
    /// The column its first column is, counted from the first of the map.
    pub first_column: usize,
    /// Its touchpoints: indices into [`super::Layout::steps`].
    pub steps: Range<usize>,
    /// Name, goal and owner, relative to the top left of its part of the band.
    pub runs: Vec<Run>,
    /// The name alone, as large as the band lets it be, for reading from afar.
    pub far: Vec<Run>,
    /// Where the owner's colour (or the hatching for no owner) goes in the band.
    pub owner_mark: Rect,
}

/// A touchpoint in the grid.
#[derive(Clone, Debug)]
pub struct Step {
    /// Index of its stage.
    pub stage: usize,
    /// Column within the stage, from 0.
    pub column: usize,
    /// Row, from 0; 0 is the main line, side branches stand below.
    pub row: usize,
    /// What people call it across the room: "7", or "7b" for a side branch.
    pub number: Arc<str>,
    /// Whether it is a side branch.
    pub side: bool,
}

impl Stage {
    /// The left edge of a card in this column, relative to the stage.
    pub fn card_x(column: usize) -> f32 {
        size::STAGE_PAD + size::GUTTER / 2.0 + column as f32 * size::PITCH
    }

    /// The middle of a column, relative to the stage.
    pub fn centre_x(column: usize) -> f32 {
        Stage::card_x(column) + size::CARD / 2.0
    }
}

pub(super) fn place(map: &Map, flow: &Flow) -> (Vec<Stage>, Vec<Step>) {
    let mut first_source = vec![None; flow.side_of.len()];
    for link in &flow.links {
        if link.from < link.to && first_source[link.to].is_none() {
            first_source[link.to] = Some(link.from);
        }
    }

    let mut stages = Vec::with_capacity(map.stages().len());
    let mut steps: Vec<Step> = Vec::with_capacity(flow.side_of.len());
    let mut x = f64::from(size::MARGIN + size::TITLES);
    let mut first_column = 0;
    let (mut main_number, mut sides) = (0_usize, 0_usize);
    let mut filled: Vec<usize> = Vec::new();
    for (stage_index, stage) in map.stages().iter().enumerate() {
        let first = steps.len();
        let count = map.touchpoints_in(stage.id()).len();
        let mains = (first..first + count)
            .filter(|i| flow.side_of[*i].is_none())
            .count();
        let columns = mains.max(1);
        let mut next_main = 0;
        // How many rows of each column are taken.
        filled.clear();
        filled.resize(columns, 0);
        for (position, source) in first_source.iter().enumerate().skip(first).take(count) {
            let side = flow.side_of[position].is_some();
            let column = if side {
                let source = source.filter(|s| *s >= first);
                match source {
                    // Under the step it leaves; the rest of a branch goes on to the right.
                    Some(s) if steps[s].side => (steps[s].column + 1).min(columns - 1),
                    Some(s) => steps[s].column,
                    None => 0,
                }
            } else {
                next_main += 1;
                next_main - 1
            };
            let row = if side { filled[column].max(1) } else { 0 };
            filled[column] = filled[column].max(row + 1);
            let number = if side {
                sides += 1;
                format!("{main_number}{}", letters(sides - 1))
            } else {
                main_number += 1;
                sides = 0;
                main_number.to_string()
            };
            steps.push(Step {
                stage: stage_index,
                column,
                row,
                number: number.into(),
                side,
            });
        }
        let width = columns as f32 * size::PITCH + 2.0 * size::STAGE_PAD;
        stages.push(Stage {
            id: stage.id().clone(),
            x,
            width,
            columns,
            first_column,
            steps: first..steps.len(),
            runs: Vec::new(),
            far: Vec::new(),
            owner_mark: Rect::default(),
        });
        x += f64::from(width);
        first_column += columns;
    }
    (stages, steps)
}

/// a … z, then aa …
fn letters(mut n: usize) -> String {
    let mut letters = Vec::new();
    loop {
        letters.push(char::from(b'a' + (n % 26) as u8));
        if n < 26 {
            break;
        }
        n = n / 26 - 1;
    }
    letters.iter().rev().collect()
}

/// Sets the text of the stage band; its height.
pub(super) fn band(map: &Map, stages: &mut [Stage], measure: &mut dyn Measure) -> f32 {
    let mut bottom: f32 = 74.0;
    for (stage, record) in stages.iter_mut().zip(map.stages()) {
        let left = 26.0;
        let room = stage.width - left - 22.0;
        let name = Block::new(record.name(), size::STAGE, Ink::Band, room, measure);
        let mut y = name.place(left, 12.0, &mut stage.runs);
        let goal = Block::new(&record.goal, size::BODY, Ink::Band, room, measure);
        y = goal.place(left, y + 1.0, &mut stage.runs);

        let department = record.owner.as_ref().map(|id| map.departments().get(id));
        let mut words = match department {
            None => "No owner".to_owned(),
            Some(None) => "Unknown owner".to_owned(),
            Some(Some(department)) => department.short_name().to_owned(),
        };
        let ink = if department.is_none() {
            Ink::Unowned
        } else {
            Ink::Band
        };
        let time = [
            record.time.as_str(),
            &record.duration.map(|d| d.to_string()).unwrap_or_default(),
        ]
        .iter()
        .filter(|t| !t.is_empty())
        .copied()
        .collect::<Vec<_>>()
        .join(", ");
        if !time.is_empty() {
            words = format!("{words} · {time}");
        }
        let mark = 10.0;
        stage.owner_mark = Rect::new(left, y + 6.0, mark, mark);
        y = Block::new(&words, size::SMALL_STRONG, ink, room - mark - 6.0, measure).place(
            left + mark + 6.0,
            y + 3.0,
            &mut stage.runs,
        );
        bottom = bottom.max(y + 12.0);
    }
    // From afar the name alone, as large as the band lets it be.
    for (stage, record) in stages.iter_mut().zip(map.stages()) {
        let room = (stage.width - 44.0, bottom - 6.0);
        let sizes = [56.0, 48.0, 40.0, 33.0, 27.0];
        let block = largest(record.name(), &sizes, room, Ink::Band, measure);
        block.place(26.0, (bottom - block.height()) / 2.0, &mut stage.far);
    }
    bottom
}
