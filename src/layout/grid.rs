//! The grid of a stage: column and row of each touchpoint, and the stage's text on the band.
//!
//! Must not know: lanes, the scene.

use super::text_block;
use super::text_block::{TextBlock, TextRole, TextRun, fit_largest};
use crate::geom::Rect;
use crate::graph::{LinkTarget, StageFlow, StepRole};
use crate::model::{self, Field, Map, Record};
use crate::text::Measure;
use crate::theme::{Sizes, size};
use std::sync::Arc;

/// A touchpoint in the grid.
#[derive(Clone, Debug)]
pub struct GridStep {
    /// Column within the stage, from 0.
    pub column: usize,
    /// Row, from 0; 0 is the main line, side branches are below.
    pub row: usize,
    /// Number for discussion: "7", or "7b" for a side branch.
    pub number: Arc<str>,
    /// Whether it is a side branch.
    pub is_branch: bool,
}

/// The grid of one stage.
#[derive(Clone, Debug)]
pub(super) struct Grid {
    /// The touchpoints, without their numbers.
    pub steps: Vec<GridStep>,
    /// Number of rows of each column in use, the main line counted even if it is empty.
    pub column_rows: Vec<usize>,
    /// Number of main steps; they fill the first columns.
    pub main_count: usize,
}

impl Grid {
    pub fn of(flow: &StageFlow) -> Grid {
        let mut source = vec![None; flow.roles.len()];
        for leg in &flow.edges {
            if let LinkTarget::SameStage(to) = leg.to
                && leg.from < to
                && source[to].is_none()
            {
                source[to] = Some(leg.from);
            }
        }
        let mains = flow.roles.iter().filter(|p| **p == StepRole::Main).count();
        let columns = mains.max(1);
        let mut filled = vec![0; columns];
        let mut steps: Vec<GridStep> = Vec::with_capacity(flow.roles.len());
        let mut next_main = 0;
        let unnumbered: Arc<str> = "".into();
        for (place, source) in flow.roles.iter().zip(source) {
            let side = *place == StepRole::Branch;
            let column = match source {
                _ if !side => {
                    next_main += 1;
                    next_main - 1
                }
                // Under the step it leaves; the rest of a branch continues to the right.
                Some(from) if steps[from].is_branch => (steps[from].column + 1).min(columns - 1),
                Some(from) => steps[from].column,
                None => 0,
            };
            let row = if side { filled[column].max(1) } else { 0 };
            filled[column] = filled[column].max(row + 1);
            steps.push(GridStep {
                column,
                row,
                number: unnumbered.clone(),
                is_branch: side,
            });
        }
        Grid {
            steps,
            column_rows: filled,
            main_count: mains,
        }
    }

    /// Number of rows.
    pub fn rows(&self) -> usize {
        self.steps.iter().map(|s| s.row + 1).max().unwrap_or(0)
    }

    /// Whether there is a card at this position.
    pub fn is_occupied(&self, column: usize, row: usize) -> bool {
        match row {
            0 => column < self.main_count,
            row => self.column_rows.get(column).is_some_and(|rows| row < *rows),
        }
    }

    /// Whether there is a card anywhere in a row.
    pub fn is_row_occupied(&self, row: usize) -> bool {
        match row {
            0 => self.main_count > 0,
            row => self.column_rows.iter().any(|rows| row < *rows),
        }
    }

    /// Numbers the steps; `count` is the last main number so far and the number of side branches
    /// after it.
    pub fn number(&mut self, count: (usize, usize)) {
        let (mut main, mut sides) = count;
        for step in &mut self.steps {
            let number = if step.is_branch {
                sides += 1;
                format!("{main}{}", branch_letters(sides - 1))
            } else {
                main += 1;
                sides = 0;
                main.to_string()
            };
            step.number = number.into();
        }
    }

    /// The count after this stage, see [`Grid::number`].
    pub fn count_after(&self, (main, sides): (usize, usize)) -> (usize, usize) {
        let last = self.steps.iter().rev().take_while(|s| s.is_branch).count();
        match self.main_count {
            0 => (main, sides + last),
            mains => (main + mains, last),
        }
    }
}

/// Letters of a side branch: a … z, then aa …
pub(super) fn branch_letters(mut n: usize) -> String {
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

/// The text of a stage on the band, except for overview zoom.
pub(super) struct BandText {
    /// Name, goal and owner, relative to the top left of its part of the band.
    pub runs: Vec<TextRun>,
    /// Place of the owner's colour (or the hatching for no owner).
    pub owner_mark: Rect,
    /// Bottom of the text with padding.
    pub bottom: f32,
}

impl BandText {
    /// The text of a stage with this width on the band.
    pub fn of(
        record: &model::Stage,
        width: f32,
        map: &Map,
        sizes: &Sizes,
        measure: &mut dyn Measure,
    ) -> BandText {
        let mut runs = Vec::new();
        let left = 26.0;
        let room = width - left - 22.0;
        let name = TextBlock::new(
            record.name(),
            sizes.text(size::STAGE),
            TextRole::Band,
            room,
            measure,
        );
        let mut y = name.place(left, 12.0 * sizes.spacing, &mut runs);
        text_block::set_text_field(&mut runs, Field::Name);
        if sizes.shows_all_text {
            let style = sizes.text(size::BODY);
            let goal = TextBlock::new(&record.goal, style, TextRole::Band, room, measure);
            let first = runs.len();
            y = goal.place(left, y + 1.0, &mut runs);
            text_block::set_text_field(&mut runs[first..], Field::StageGoal);
        }

        let department = record.owner.as_ref().map(|id| map.departments().get(id));
        let mut words = match department {
            None => "No owner".to_owned(),
            Some(None) => "Unknown owner".to_owned(),
            Some(Some(department)) => department.short_name().to_owned(),
        };
        let ink = if department.is_none() {
            TextRole::Unowned
        } else {
            TextRole::Band
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
        let owner_mark = Rect::new(left, y + 6.0 * sizes.type_scale, mark, mark);
        let style = sizes.text(size::SMALL_STRONG);
        let words = TextBlock::new(&words, style, ink, room - mark - 6.0, measure);
        y = words.place(left + mark + 6.0, y + 3.0, &mut runs);
        BandText {
            runs,
            owner_mark,
            bottom: y + 12.0 * sizes.spacing,
        }
    }
}

/// The name alone, as large as fits on the band, for overview zoom.
pub(super) fn overview_name(
    name: &str,
    (width, band_height): (f32, f32),
    sizes: &Sizes,
    measure: &mut dyn Measure,
) -> Vec<TextRun> {
    let room = (width - 44.0, band_height - 6.0);
    let far = [56.0, 48.0, 40.0, 33.0, 27.0].map(|far| far * sizes.type_scale);
    let block = fit_largest(name, &far, room, TextRole::Band, measure);
    let mut far = Vec::new();
    block.place(26.0, (band_height - block.height()) / 2.0, &mut far);
    text_block::set_text_field(&mut far, Field::Name);
    far
}
