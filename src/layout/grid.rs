//! The grid of a stage: column, row and number of each touchpoint.
//!
//! Must not know: lanes, the scene.

use crate::graph::{LinkTarget, StageFlow, StepRole};
use crate::model::TouchpointId;
use std::collections::BTreeMap;
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
    /// Width of the number on the map.
    pub number_width: f32,
    /// Room for the number, the same for all numbers of its length.
    pub(super) number_room: f32,
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
    /// Number of main steps; they fill the first columns, unless a comparison leaves some free.
    pub main_count: usize,
    /// Columns that have a card in the first row.
    filled_columns: FilledColumns,
}

/// Columns that have a card in the first row.
#[derive(Clone, Debug)]
enum FilledColumns {
    /// So many from the first on.
    First(usize),
    /// These, in order.
    Listed(Vec<usize>),
}

/// The columns of a stage that is laid out beside another version of it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct StageColumns {
    /// Room that stays free in front of the stage: the numbers of columns of stages that only the
    /// other map has.
    pub free_before: Vec<usize>,
    /// The column of each main step, in order.
    pub main: Vec<usize>,
    /// Number of columns.
    pub count: usize,
}

/// Numbers of touchpoints that are not those of their places.
pub type StepNumbers = BTreeMap<TouchpointId, Arc<str>>;

impl Grid {
    /// The grid of a stage; `apart` are its columns if some of them stay free.
    pub fn of(flow: &StageFlow, apart: Option<&StageColumns>) -> Grid {
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
        let apart = apart.filter(|apart| apart.main.len() == mains);
        let width = apart.map_or(mains, |apart| apart.count.max(mains));
        let main_column = |at: usize| apart.map_or(at, |apart| apart.main[at]);
        // Without main steps, a branch runs to the right by itself.
        let columns = match mains {
            0 => usize::MAX,
            _ => width,
        };
        let mut filled = vec![0; width.max(1)];
        let mut steps: Vec<GridStep> = Vec::with_capacity(flow.roles.len());
        let mut next_main = 0;
        let unnumbered: Arc<str> = "".into();
        for (place, source) in flow.roles.iter().zip(source) {
            let side = *place == StepRole::Branch;
            let column = match source {
                _ if !side => {
                    next_main += 1;
                    main_column(next_main - 1)
                }
                // Under the step it leaves; the rest of a branch continues to the right.
                Some(from) if steps[from].is_branch => (steps[from].column + 1).min(columns - 1),
                Some(from) => steps[from].column,
                None => next_main.checked_sub(1).map_or(0, main_column),
            };
            if column == filled.len() {
                filled.push(0);
            }
            let row = if side { filled[column].max(1) } else { 0 };
            filled[column] = filled[column].max(row + 1);
            steps.push(GridStep {
                column,
                row,
                number: unnumbered.clone(),
                number_width: 0.0,
                number_room: 0.0,
                is_branch: side,
            });
        }
        Grid {
            steps,
            column_rows: filled,
            main_count: mains,
            filled_columns: match apart {
                Some(apart) => FilledColumns::Listed(apart.main.clone()),
                None => FilledColumns::First(mains),
            },
        }
    }

    /// The grid of a folded stage, in which one card stands for all touchpoints.
    pub fn folded(flow: &StageFlow) -> Grid {
        let mut grid = Grid::of(flow, None);
        for step in &mut grid.steps {
            (step.column, step.row) = (0, 0);
        }
        grid.column_rows = vec![1];
        grid.filled_columns = FilledColumns::First(grid.steps.len().min(1));
        grid
    }

    /// Number of rows.
    pub fn rows(&self) -> usize {
        self.steps.iter().map(|s| s.row + 1).max().unwrap_or(0)
    }

    /// Whether there is a card at this position.
    pub fn is_occupied(&self, column: usize, row: usize) -> bool {
        match (row, &self.filled_columns) {
            (0, FilledColumns::First(count)) => column < *count,
            (0, FilledColumns::Listed(columns)) => columns.binary_search(&column).is_ok(),
            (row, _) => self.column_rows.get(column).is_some_and(|rows| row < *rows),
        }
    }

    /// Whether there is a card anywhere in a row.
    pub fn is_row_occupied(&self, row: usize) -> bool {
        match row {
            0 => !matches!(self.filled_columns, FilledColumns::First(0)),
            row => self.column_rows.iter().any(|rows| row < *rows),
        }
    }

    /// Numbers the steps; `counter` is at the last step before this stage, and `measure`
    /// gives the width of a number and its room. Numbers that are `given` take the place of the
    /// counted ones. Returns whether a number needs another room.
    pub fn number(
        &mut self,
        mut counter: StepCounter,
        given: Option<Vec<Option<Arc<str>>>>,
        mut measure: impl FnMut(&str) -> (f32, f32),
    ) -> bool {
        let mut other_room = false;
        let mut given = given.unwrap_or_default().into_iter();
        for step in &mut self.steps {
            let counted = counter.next_number(step.is_branch);
            step.number = given.next().flatten().unwrap_or(counted);
            let (width, room) = measure(&step.number);
            step.number_width = width;
            other_room |= std::mem::replace(&mut step.number_room, room) != room;
        }
        other_room
    }

    /// The counter after this stage.
    pub fn count_after(&self, before: StepCounter) -> StepCounter {
        let last = self.steps.iter().rev().take_while(|s| s.is_branch).count();
        let others = if self.main_count == 0 {
            before.branches
        } else {
            0
        };
        StepCounter {
            main: before.main + self.main_count,
            branches: others + last,
        }
    }
}

/// Counter that numbers steps: the last main number, and the number of side branches after it.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct StepCounter {
    pub main: usize,
    pub branches: usize,
}

impl StepCounter {
    /// The number of the next step, such as "7", or "7b" for a side branch.
    pub fn next_number(&mut self, is_branch: bool) -> Arc<str> {
        if is_branch {
            self.branches += 1;
            format!("{}{}", self.main, branch_letters(self.branches - 1)).into()
        } else {
            (self.main, self.branches) = (self.main + 1, 0);
            self.main.to_string().into()
        }
    }
}

/// Letters of a side branch: a … z, then aa …
fn branch_letters(mut n: usize) -> String {
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
