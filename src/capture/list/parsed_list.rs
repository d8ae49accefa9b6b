//! A parsed list: rows, the meaning of columns, remarks, and the intent that inserts it.
//!
//! Must not know: the notation of lists.

use crate::capture::to_intents::{InsertionPoint, IntentBuilder};
use crate::capture::tokens::ParsedLine;
use crate::capture::vocabulary::{NameKind, Vocabulary};
use crate::edit::{IdFactory, Intent};
use crate::model::{Map, Touchpoint, TouchpointId};

/// Maximum number of rows in a list.
pub const MAX_ROWS: usize = 5_000;

/// Maximum number of characters in a line or cell.
pub const MAX_CHARS: usize = 10_000;

/// The form of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ListShape {
    /// One line of text for each row.
    Lines,
    /// Spreadsheet cells, with or without titles in the first row.
    Table {
        /// Whether the first row names the columns.
        titled: bool,
    },
}

/// A parsed list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParsedList {
    /// The form of the list.
    pub shape: ListShape,
    /// The columns of a table with their meanings.
    pub columns: Vec<Column>,
    /// Touchpoints, and stage headings.
    pub rows: Vec<ListRow>,
    /// Remarks to show before the import, a sentence each.
    pub remarks: Vec<String>,
}

/// A table column and its meaning.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// The title, or "Column 2".
    pub title: String,
    /// The label of its meaning: "channel", "notes".
    pub meaning: String,
    /// Whether the title was recognized; otherwise the cells go to the notes.
    pub recognized: bool,
}

/// One line or table row.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ListRow {
    /// The line or row number in the list, from 1.
    pub number: usize,
    /// The parsed line.
    pub parsed: ParsedLine,
    /// Fields beyond those of a capture line.
    pub extra: ExtraFields,
}

/// Touchpoint fields that only a table can provide.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ExtraFields {
    /// The description.
    pub description: String,
    /// The time at which it happens, in words.
    pub time: String,
    /// The customer's thought.
    pub thought: String,
    /// Everything else, one line each.
    pub notes: Vec<String>,
}

impl ParsedList {
    /// The number of touchpoints that the list creates.
    pub fn touchpoint_count(&self) -> usize {
        let rows = self.rows.iter();
        rows.filter(|row| !row.parsed.lacks_touchpoint()).count()
    }

    /// Builds one intent that inserts the whole list at a place, and returns the
    /// ids of the new touchpoints; `None` if the list is empty.
    pub fn intent(
        &self,
        map: &Map,
        place: &InsertionPoint,
        minter: &mut IdFactory<'_>,
    ) -> Option<(Intent, Vec<TouchpointId>)> {
        let mut writer = IntentBuilder::new(map, place, minter).for_list();
        let mut made = Vec::new();
        for row in &self.rows {
            let written =
                writer.add_line_with(&row.parsed, |touchpoint| row.extra.apply_to(touchpoint));
            made.extend(written.and_then(|w| w.touchpoint));
        }
        let label = match made.len() {
            1 => "Paste a touchpoint".to_owned(),
            count => format!("Paste {count} touchpoints"),
        };
        Some((writer.finish(&label)?, made))
    }
}

impl ExtraFields {
    fn apply_to(&self, touchpoint: &mut Touchpoint) {
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

/// Makes the names of a row available to later rows.
pub(super) fn learn_names(names: &mut Vocabulary, said: &ParsedLine) {
    let mut learn = |which, name: &String| {
        if names.find(which, name).is_none() {
            names.add(which, name);
        }
    };
    said.channel
        .iter()
        .for_each(|name| learn(NameKind::Channels, name));
    said.environment
        .iter()
        .for_each(|name| learn(NameKind::Environments, name));
    let departments = said.owner.iter().chain(&said.supporters);
    departments.for_each(|name| learn(NameKind::Departments, name));
    said.stage
        .iter()
        .for_each(|name| learn(NameKind::Stages, name));
    let personas = said.others.iter().map(|(name, _)| name);
    personas.for_each(|name| learn(NameKind::Personas, name));
}

/// Truncates a text to the allowed length; returns whether it was cut.
pub(super) fn truncated(text: &str) -> (&str, bool) {
    match text.char_indices().nth(MAX_CHARS) {
        Some((end, _)) => (&text[..end], true),
        None => (text, false),
    }
}

/// Adds remarks on rows and texts that exceed the limits.
pub(super) fn push_limit_remarks(too_many: usize, too_long: usize, remarks: &mut Vec<String>) {
    if too_many > 0 {
        let are = if too_many == 1 { "is" } else { "are" };
        remarks.push(format!(
            "At most {MAX_ROWS} rows are taken at once: {too_many} more {are} left over."
        ));
    }
    if too_long > 0 {
        let texts = match too_long {
            1 => "one text is".to_owned(),
            n => format!("{n} texts are"),
        };
        remarks.push(format!(
            "At most {MAX_CHARS} characters of a text are taken: {texts} cut off there."
        ));
    }
}
