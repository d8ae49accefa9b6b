//! Whole lists: many lines, or a range from a spreadsheet, as rows that say
//! what goes where and what is left over.

mod columns;
mod score_scale;
mod table;
#[cfg(test)]
mod tests;
mod text_list;

use super::parsed_line::Said;
use super::to_intents::{Place, Writer};
use super::vocabulary::{Names, Which};
use crate::edit::{Intent, Minter};
use crate::model::{Map, Touchpoint, TouchpointId};

/// So many rows are taken at once.
pub const MAX_ROWS: usize = 5_000;

/// So many characters of one line or cell are taken.
pub const MAX_CHARS: usize = 10_000;

/// What kind of list it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// A line of text each.
    Lines,
    /// Cells of a spreadsheet, with or without titles in the first row.
    Table {
        /// The first row names the columns.
        titled: bool,
    },
}

/// A list as it was understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct List {
    /// What kind of list it is.
    pub shape: Shape,
    /// For tables: each column and where it goes.
    pub columns: Vec<Column>,
    /// Touchpoints, and stages that lines stand under.
    pub rows: Vec<Row>,
    /// What people should know before they take it, a sentence each.
    pub remarks: Vec<String>,
}

/// Where a column of a table goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its title, or "Column 2".
    pub title: String,
    /// The word for where it goes: "channel", "notes".
    pub goes: String,
    /// It was understood by its title, not just kept.
    pub understood: bool,
}

/// One line or row.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row {
    /// The line or row in the list, from 1.
    pub number: usize,
    /// What it says.
    pub said: Said,
    /// More about the touchpoint than a line can say.
    pub more: More,
}

/// What only a table can say about a touchpoint.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct More {
    /// More about it.
    pub description: String,
    /// When it happens.
    pub time: String,
    /// What the customer thinks.
    pub thought: String,
    /// Everything else, a line each.
    pub notes: Vec<String>,
}

/// Reads a list, knowing these names.
pub fn read(text: &str, names: &Names) -> List {
    let mut names = names.clone();
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if table::is_table(text) {
        table::read(text, &mut names)
    } else {
        text_list::read(text, &mut names)
    }
}

/// Whether a text is more than one line of capture: several lines, or cells.
pub fn is_list(text: &str) -> bool {
    let filled = text.lines().filter(|line| !line.trim().is_empty());
    filled.take(2).count() == 2 || table::is_table(text)
}

impl List {
    /// How many touchpoints will be made.
    pub fn touchpoints(&self) -> usize {
        let rows = self.rows.iter();
        rows.filter(|row| !row.said.is_no_touchpoint()).count()
    }

    /// The wish to put it all into the map at a place, as one step, and the
    /// touchpoints it makes; `None` where there is nothing in it.
    pub fn intent(
        &self,
        map: &Map,
        place: &Place,
        minter: &mut Minter<'_>,
    ) -> Option<(Intent, Vec<TouchpointId>)> {
        let mut writer = Writer::new(map, place, minter).of_list();
        let mut made = Vec::new();
        for row in &self.rows {
            let written = writer.write_with(&row.said, |touchpoint| row.more.put(touchpoint));
            made.extend(written.and_then(|w| w.touchpoint));
        }
        let label = match made.len() {
            1 => "Paste a touchpoint".to_owned(),
            count => format!("Paste {count} touchpoints"),
        };
        Some((writer.finish(&label)?, made))
    }
}

impl More {
    fn put(&self, touchpoint: &mut Touchpoint) {
        touchpoint.description.clone_from(&self.description);
        touchpoint.time.clone_from(&self.time);
        touchpoint.notes = self.notes.join("\n");
        if !self.thought.is_empty() {
            if touchpoint.feelings.is_empty() {
                touchpoint.feelings.push(Default::default());
            }
            if let Some(feeling) = touchpoint.feelings.first_mut() {
                feeling.thought.clone_from(&self.thought);
            }
        }
    }
}

/// Later rows know the names that a row makes.
fn learn(names: &mut Names, said: &Said) {
    let owner = said.owner.iter().chain(&said.supporters);
    for (which, name) in said
        .channel
        .iter()
        .map(|n| (Which::Channels, n))
        .chain(said.environment.iter().map(|n| (Which::Environments, n)))
        .chain(owner.map(|n| (Which::Departments, n)))
        .chain(said.stage.iter().map(|n| (Which::Stages, n)))
    {
        if names.find(which, name).is_none() {
            names.add(which, name);
        }
    }
}

/// The beginning of a text that is taken, and whether there is more.
fn bounded(text: &str) -> (&str, bool) {
    match text.char_indices().nth(MAX_CHARS) {
        Some((end, _)) => (&text[..end], true),
        None => (text, false),
    }
}

/// What is said about rows and texts that are too many or too long.
fn limits(too_many: usize, too_long: usize, remarks: &mut Vec<String>) {
    if too_many > 0 {
        remarks.push(format!(
            "At most {MAX_ROWS} rows are taken at once: {too_many} more are left over."
        ));
    }
    if too_long > 0 {
        remarks.push(format!(
            "At most {MAX_CHARS} characters of a text are taken: {too_long} texts are cut off there."
        ));
    }
}
