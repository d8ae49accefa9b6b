//! The columns of a table of measurements.
//!
//! Must not know: maps.

use super::table::TableError;
use crate::folding::fold_text;

/// A column that is understood.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Column {
    Touchpoint,
    Metric,
    Date,
    Value,
    Unit,
    N,
    Sd,
    Target,
    Promoters,
    Passives,
    Detractors,
    Counted,
    Answer,
}

/// The names of columns, folded; the first of each is the one in messages.
const NAMES: [(Column, &[&str]); 13] = [
    (
        Column::Touchpoint,
        &["touchpoint", "step", "touchpoint id", "id", "activity"],
    ),
    (Column::Metric, &["metric", "measure", "kpi", "question"]),
    (
        Column::Date,
        &[
            "date",
            "day",
            "timestamp",
            "time",
            "month",
            "answered",
            "submitted",
        ],
    ),
    (
        Column::Value,
        &["value", "score", "mean", "average", "result"],
    ),
    (Column::Unit, &["unit", "scale"]),
    (
        Column::N,
        &[
            "n",
            "answers",
            "responses",
            "sample",
            "sample size",
            "count",
        ],
    ),
    (Column::Sd, &["sd", "standard deviation", "stdev"]),
    (Column::Target, &["target", "goal"]),
    (Column::Promoters, &["promoters"]),
    (Column::Passives, &["passives"]),
    (Column::Detractors, &["detractors"]),
    (
        Column::Counted,
        &["counted", "satisfied", "successes", "top two"],
    ),
    (Column::Answer, &["answer", "response", "rating", "reply"]),
];

impl Column {
    fn name(self) -> &'static str {
        let names = NAMES.iter().find(|(column, _)| *column == self);
        names
            .and_then(|(_, names)| names.first())
            .copied()
            .unwrap_or_default()
    }
}

/// The places of the columns in a table, and the columns that are not understood.
#[derive(Debug)]
pub(super) struct Columns {
    columns: Vec<(Column, usize)>,
    pub unknown: Vec<String>,
}

impl Columns {
    pub fn of(cells: &[String]) -> Result<Columns, TableError> {
        let mut header = Columns {
            columns: Vec::new(),
            unknown: Vec::new(),
        };
        for (at, cell) in cells.iter().enumerate() {
            let folded = fold_text(cell).replace(['_', '-'], " ");
            let known = NAMES
                .iter()
                .find(|(_, names)| names.contains(&folded.as_str()));
            match known {
                Some((column, _)) if header.has(*column) => {
                    return Err(TableError::RepeatedColumn(column.name()));
                }
                Some((column, _)) => header.columns.push((*column, at)),
                None if cell.is_empty() => {}
                None => header.unknown.push(cell.clone()),
            }
        }
        for needed in [Column::Touchpoint, Column::Date] {
            if !header.has(needed) {
                return Err(TableError::MissingColumn(needed.name()));
            }
        }
        Ok(header)
    }

    pub fn has(&self, column: Column) -> bool {
        self.columns.iter().any(|(it, _)| *it == column)
    }

    /// The cell of a column in a row; empty if it has none.
    pub fn cell<'r>(&self, row: &'r [String], column: Column) -> &'r str {
        let at = self.columns.iter().find(|(it, _)| *it == column);
        at.and_then(|(_, at)| row.get(*at))
            .map_or("", String::as_str)
    }
}
