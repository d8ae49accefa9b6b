//! Futures of one map side by side: a column each, and one of the present state.
//!
//! Must not know: drawing, files.

use super::shifts::{Fate, StageShift, StepShift};
use super::summary::FutureSummary;
use super::telling::{lists, one_line, step_parts, total_rows};
use crate::compare::matching::Objects;
use crate::insight::escape_markdown;
use crate::model::ObjectRef;
use serde::Serialize;

/// A value that a journey does not have.
const NONE: &str = "–";

/// Futures side by side.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FutureTable {
    /// The titles of the current map and of each future.
    pub titles: Vec<String>,
    /// The rows under their headings; no section is empty.
    pub sections: Vec<TableSection>,
}

/// Rows under a heading.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TableSection {
    /// The heading.
    pub title: String,
    /// The titles of the columns: those of the futures, in totals after that of the current map.
    pub columns: Vec<String>,
    /// The rows.
    pub rows: Vec<TableRow>,
}

/// A row with a cell for each column.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TableRow {
    /// The name of the row.
    pub name: String,
    /// The cells.
    pub cells: Vec<String>,
}

impl FutureTable {
    /// Puts summaries of futures of one map side by side; none without a summary.
    pub fn of(futures: &[FutureSummary]) -> FutureTable {
        let current = futures.iter().take(1).map(|it| &it.titles[0]);
        let titles = current.chain(futures.iter().map(|it| &it.titles[1]));
        let mut table = FutureTable {
            titles: titles.map(|title| one_line(title)).collect(),
            sections: Vec::new(),
        };
        let mut totals = Rows::new(futures.len() + 1);
        for (at, future) in futures.iter().enumerate() {
            let [kept, changed, new, removed] = future.totals.steps;
            let row = totals.row("Steps");
            row[0] = (kept + changed + removed).to_string();
            row[at + 1] = (kept + changed + new).to_string();
            for (fate, count) in Fate::ALL.into_iter().zip(future.totals.steps) {
                totals.row(&format!("Steps {}", fate.word()))[at + 1] = count.to_string();
            }
            for (name, [was, is]) in total_rows(future) {
                let row = totals.row(&name);
                row[0] = was;
                row[at + 1] = is;
            }
        }
        table.add("In total", totals);
        let mut found: Vec<(&str, Rows)> = Vec::new();
        for (at, future) in futures.iter().enumerate() {
            for (place, (title, items)) in lists(future).into_iter().enumerate() {
                if found.len() == place {
                    found.push((title, Rows::new(futures.len())));
                }
                for (name, rest) in items {
                    let rest = rest.trim_start_matches([':', ',', ' ']);
                    let words = if rest.is_empty() { "yes" } else { rest };
                    found[place].1.row(&name)[at] = words.to_owned();
                }
            }
        }
        for (title, rows) in found {
            table.add(title, rows);
        }
        table.add_steps(futures);
        table
    }

    fn add(&mut self, title: &str, rows: Rows) {
        if !rows.rows.is_empty() {
            let others = self.titles.len() - rows.width;
            self.sections.push(TableSection {
                title: title.to_owned(),
                columns: self.titles[others..].to_vec(),
                rows: rows.rows,
            });
        }
    }

    /// Adds a section for each stage with a row for each step that differs in one of the futures.
    fn add_steps(&mut self, futures: &[FutureSummary]) {
        type Stage = (Key, String, Vec<(Key, TableRow, bool)>);
        let mut stages: Vec<Stage> = Vec::new();
        let all = || futures.iter().enumerate();
        for (at, stage) in all().flat_map(|(at, it)| it.stages.iter().map(move |it| (at, it))) {
            let key = Key::of(&stage.objects, at);
            let place = stages.iter().position(|it| it.0 == key);
            let place = place.unwrap_or_else(|| {
                stages.push((key, one_line(&stage.name), Vec::new()));
                stages.len() - 1
            });
            add_steps_of(stage, at, futures.len(), &mut stages[place].2);
        }
        for (_, title, steps) in stages {
            let differing = steps.into_iter().filter(|(_, _, differs)| *differs);
            let rows = differing.map(|(_, row, _)| row).collect();
            let width = futures.len();
            self.add(&title, Rows { rows, width });
        }
    }
}

/// The identity of a stage or step among futures of one map: its address in that map, or else that in
/// the future with this index.
#[derive(PartialEq)]
enum Key {
    Current(ObjectRef),
    New(usize, Option<ObjectRef>),
}

impl Key {
    fn of(objects: &Objects, future: usize) -> Key {
        match &objects.before {
            Some(current) => Key::Current(current.clone()),
            None => Key::New(future, objects.after.clone()),
        }
    }
}

fn add_steps_of(
    stage: &StageShift,
    at: usize,
    futures: usize,
    steps: &mut Vec<(Key, TableRow, bool)>,
) {
    for step in &stage.steps {
        let key = Key::of(&step.objects, at);
        let place = steps.iter().position(|it| it.0 == key);
        let place = place.unwrap_or_else(|| {
            let row = TableRow {
                name: one_line(&step.name),
                cells: vec![NONE.to_owned(); futures],
            };
            steps.push((key, row, false));
            steps.len() - 1
        });
        let (_, row, differs) = &mut steps[place];
        row.cells[at] = words(step);
        *differs |= step.fate != Fate::Kept;
    }
}

/// The fate of a step with its differences.
fn words(step: &StepShift) -> String {
    match (step.fate, step_parts(step).as_slice()) {
        (Fate::Kept, _) | (_, []) => step.fate.word().to_owned(),
        (fate, parts) => format!("{}: {}", fate.word(), parts.join(", ")),
    }
}

/// Rows that are found by name, in the order in which they came.
struct Rows {
    rows: Vec<TableRow>,
    width: usize,
}

impl Rows {
    fn new(width: usize) -> Rows {
        Rows {
            rows: Vec::new(),
            width,
        }
    }

    fn row(&mut self, name: &str) -> &mut Vec<String> {
        let at = self.rows.iter().position(|row| row.name == name);
        let at = at.unwrap_or_else(|| {
            self.rows.push(TableRow {
                name: name.to_owned(),
                cells: vec![NONE.to_owned(); self.width],
            });
            self.rows.len() - 1
        });
        &mut self.rows[at].cells
    }
}

/// Formats a table as plain text, a line for each row.
pub fn table_to_text(table: &FutureTable) -> String {
    let mut text = String::new();
    for section in &table.sections {
        let columns = section.columns.join(" | ");
        text.push_str(&format!("\n{}: {columns}\n", section.title));
        for row in &section.rows {
            text.push_str(&format!("  {}: {}\n", row.name, row.cells.join(" | ")));
        }
    }
    text
}

/// Formats a table in Markdown.
pub fn table_to_markdown(table: &FutureTable) -> String {
    let line = |name: &str, cells: &[String]| {
        let cells = cells.iter().map(|cell| escape_markdown(cell));
        let cells = cells.collect::<Vec<_>>().join(" | ");
        format!("| {} | {cells} |\n", escape_markdown(name))
    };
    let mut text = String::new();
    for section in &table.sections {
        let title = escape_markdown(&section.title);
        text.push_str(&format!("## {title}\n\n"));
        text.push_str(&line("", &section.columns));
        text.push_str(&format!(
            "|{}\n",
            " --- |".repeat(section.columns.len() + 1)
        ));
        for row in &section.rows {
            text.push_str(&line(&row.name, &row.cells));
        }
        text.push('\n');
    }
    text
}
