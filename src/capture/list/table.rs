//! Spreadsheet ranges: tab-separated cells, one touchpoint a row.

use super::columns::{ColumnMeaning, meaning_of_title, parse_flag, persona_title};
use super::parsed_list::{
    Column, ExtraFields, ListRow, ListShape, MAX_ROWS, ParsedList, learn_names, push_limit_remarks,
    truncated,
};
use super::score_scale::{ScoreScale, readings};
use crate::capture::parse::parse;
use crate::capture::sigils::trim;
use crate::capture::tokens::{LineFeeling, ParsedLine};
use crate::capture::vocabulary::{NameKind, Vocabulary};
use crate::folding::{fold_text, is_same_name};
use crate::model::Level;
use std::collections::HashSet;

/// Maximum number of table columns.
const MAX_COLUMNS: usize = 100;

/// A quote that does not close within this many bytes is an ordinary character.
const MAX_QUOTED_BYTES: usize = 100_000;

/// Whether at least half of the lines contain cells.
pub(super) fn is_table(text: &str) -> bool {
    let lines = text.lines().filter(|line| !line.trim().is_empty());
    let lines: Vec<&str> = lines.take(200).collect();
    let is_tabbed = |line: &&&str| {
        let line = line.trim_matches([' ', '\r', '\n']);
        line.trim_start_matches('\t').contains('\t')
    };
    let tabbed = lines.iter().filter(is_tabbed).count();
    tabbed > 0 && tabbed * 2 >= lines.len()
}

pub(super) fn read(text: &str, names: &mut Vocabulary) -> ParsedList {
    let mut remarks = Vec::new();
    let mut too_long = 0;
    let mut rows = parse_rows(text, &mut too_long);
    rows.retain(|(_, cells)| cells.iter().any(|cell| !cell.is_empty()));
    let titles = rows.first().map_or(Vec::new(), |(_, cells)| cells.clone());
    let count = |fits: fn(&str) -> bool| titles.iter().filter(|title| fits(title)).count();
    let personas = persona_columns(&titles, names);
    let known = count(|title| meaning_of_title(title).is_some());
    let known = known + personas.iter().flatten().count();
    let titled = known > 0 && known * 2 >= count(|title| !title.is_empty());
    if titled {
        rows.remove(0);
    }
    let too_many = rows.len().saturating_sub(MAX_ROWS);
    rows.truncate(MAX_ROWS);
    let widths = rows.iter().map(|(_, cells)| cells.len());
    let width = widths.max().unwrap_or(0).max(titles.len());
    let title = |at| titled.then(|| titles.get(at).map_or("", String::as_str));
    let mut columns: Vec<TableColumn> = (0..width)
        .map(|at| {
            let persona = personas.get(at).cloned().flatten();
            TableColumn::new(at, title(at), persona.filter(|_| titled), &rows)
        })
        .collect();
    if titled {
        demote_duplicates(&mut columns);
    }
    for column in &columns {
        column.push_remark(titled, &mut remarks);
    }
    let mut stage: Option<String> = None;
    let mut parse_row = |(number, cells): (usize, Vec<String>)| {
        let mut row = ListRow {
            number,
            ..ListRow::default()
        };
        for (column, cell) in columns.iter_mut().zip(&cells) {
            if !cell.is_empty() {
                column.apply_cell(cell, &mut row.parsed, &mut row.extra, names);
            }
        }
        // Merged cells arrive as one filled cell followed by empty ones.
        match &row.parsed.stage {
            Some(named) => stage = Some(named.clone()),
            None => row.parsed.stage.clone_from(&stage),
        }
        learn_names(names, &row.parsed);
        row
    };
    let rows = rows.into_iter().map(&mut parse_row).collect();
    let odd = columns.iter().filter(|column| column.has_misfits);
    let odd: Vec<String> = odd.map(|column| format!("“{}”", column.title)).collect();
    if !odd.is_empty() {
        remarks.push(format!(
            "Cells under {} that say something else are kept in the notes.",
            odd.join(", ")
        ));
    }
    push_limit_remarks(too_many, too_long, &mut remarks);
    if width >= MAX_COLUMNS {
        remarks.push(format!(
            "Only the first {MAX_COLUMNS} columns are looked at."
        ));
    }
    let column = |column: TableColumn| Column {
        recognized: column.meaning != ColumnMeaning::Unrecognized,
        meaning: match &column.persona {
            Some(persona) => format!("{} of {persona}", column.meaning.label()),
            None => column.meaning.label().to_owned(),
        },
        title: column.title,
    };
    ParsedList {
        shape: ListShape::Table { titled },
        columns: columns.into_iter().map(column).collect(),
        rows,
        remarks,
    }
}

/// A column with its meaning and scale.
struct TableColumn {
    title: String,
    meaning: ColumnMeaning,
    /// The persona whose feeling it is; `None` for the chosen one.
    persona: Option<String>,
    scale: Option<ScoreScale>,
    /// Whether a cell did not fit and went to the notes.
    has_misfits: bool,
}

impl TableColumn {
    fn new(
        at: usize,
        title: Option<&str>,
        persona: Option<(ColumnMeaning, String)>,
        rows: &[(usize, Vec<String>)],
    ) -> TableColumn {
        let (of_persona, persona) = persona.unzip();
        let mut meaning = match title {
            _ if of_persona.is_some() => of_persona.unwrap_or(ColumnMeaning::Unrecognized),
            Some(title) => meaning_of_title(title).unwrap_or(ColumnMeaning::Unrecognized),
            None if at == 0 => ColumnMeaning::Line,
            None => ColumnMeaning::Unrecognized,
        };
        let title = title.filter(|title| !title.is_empty());
        let title = title.map_or_else(|| format!("Column {}", at + 1), str::to_owned);
        let mut scale = None;
        if matches!(meaning, ColumnMeaning::Feeling | ColumnMeaning::Score) {
            let cells = rows.iter().filter_map(|(_, cells)| cells.get(at));
            let filled: Vec<&String> = cells.filter(|cell| !cell.is_empty()).collect();
            let mut values: Vec<Vec<f64>> = filled.iter().map(|cell| readings(cell)).collect();
            values.retain(|readings| !readings.is_empty());
            let are_numbers = values.len() == filled.len() && !values.is_empty();
            if meaning == ColumnMeaning::Feeling && !are_numbers {
                meaning = ColumnMeaning::Emotion;
            } else {
                scale = ScoreScale::of(&title, &values);
                meaning = ColumnMeaning::Score;
            }
        }
        TableColumn {
            title,
            meaning,
            persona,
            scale,
            has_misfits: false,
        }
    }

    fn push_remark(&self, titled: bool, remarks: &mut Vec<String>) {
        let title = &self.title;
        remarks.push(match (self.meaning, self.scale) {
            (ColumnMeaning::Unrecognized, _) if titled => {
                format!("“{title}” is kept in the notes.")
            }
            (ColumnMeaning::Unrecognized, _) => {
                format!("{title} has no title and is kept in the notes.")
            }
            (ColumnMeaning::Score, Some(scale)) if !scale.is_native() => {
                format!("“{title}” is rescaled from {scale} to −2 … +2.")
            }
            (ColumnMeaning::Score, None) => {
                format!("The numbers under “{title}” fit no scale and are kept in the notes.")
            }
            _ => return,
        });
    }

    fn apply_cell(
        &mut self,
        cell: &str,
        said: &mut ParsedLine,
        more: &mut ExtraFields,
        names: &Vocabulary,
    ) {
        let text = || cell.to_owned();
        match self.meaning {
            ColumnMeaning::Line => *said = parse(cell, names).interpret(),
            ColumnMeaning::Name => said.name = text(),
            ColumnMeaning::Stage => said.stage = Some(text()),
            ColumnMeaning::Channel => said.channel = Some(text()),
            ColumnMeaning::Environment => said.environment = Some(text()),
            ColumnMeaning::Owner => said.owner = Some(text()),
            ColumnMeaning::Supporters => {
                said.supporters.extend(split_items(cell, &[',', ';', '\n']))
            }
            ColumnMeaning::Emotion | ColumnMeaning::Feeling => self.feeling(said).emotion = text(),
            ColumnMeaning::Score => match self.scale.and_then(|scale| scale.score(cell)) {
                Some(score) => self.feeling(said).score = Some(score),
                None => self.keep_in_notes(cell, more),
            },
            ColumnMeaning::Pain => said.pains.extend(parse_leveled(cell, '!')),
            ColumnMeaning::Opportunity => said.opportunities.extend(parse_leveled(cell, '+')),
            ColumnMeaning::Quote => {
                self.feeling(said).quote = without_quotes(cell).to_owned();
            }
            ColumnMeaning::Thought => more.thought = text(),
            ColumnMeaning::Description => more.description = text(),
            ColumnMeaning::Time => more.time = text(),
            ColumnMeaning::Moment | ColumnMeaning::Assumption => match parse_flag(cell) {
                Some(yes) if self.meaning == ColumnMeaning::Moment => said.moment = yes,
                Some(yes) => said.assumption = yes,
                None => self.keep_in_notes(cell, more),
            },
            ColumnMeaning::Notes => more.notes.push(text()),
            ColumnMeaning::Unrecognized => more.notes.push(format!("{}: {cell}", self.title)),
        }
    }

    /// The feeling in a row that the column is about.
    fn feeling<'p>(&self, said: &'p mut ParsedLine) -> &'p mut LineFeeling {
        let Some(persona) = &self.persona else {
            return &mut said.feeling;
        };
        let known = said.others.iter();
        let known = known
            .map(|(name, _)| name)
            .position(|name| is_same_name(name, persona));
        let at = known.unwrap_or_else(|| {
            said.others.push((persona.clone(), LineFeeling::default()));
            said.others.len() - 1
        });
        &mut said.others[at].1
    }

    fn keep_in_notes(&mut self, cell: &str, more: &mut ExtraFields) {
        self.has_misfits |= self.meaning != ColumnMeaning::Score || self.scale.is_some();
        more.notes.push(format!("{}: {cell}", self.title));
    }
}

/// The columns of feelings of personas, by their titles: those of personas of the map, and
/// otherwise two or more for different personas.
fn persona_columns(titles: &[String], names: &Vocabulary) -> Vec<Option<(ColumnMeaning, String)>> {
    let is_known = |name: &str| names.find(NameKind::Personas, name).is_some();
    let column = |title: &String| {
        if meaning_of_title(title).is_some() && persona_title(title).is_none() {
            return None;
        }
        if is_known(title) {
            return Some((ColumnMeaning::Feeling, title.clone()));
        }
        persona_title(title).map(|(meaning, name)| (meaning, name.to_owned()))
    };
    let mut columns: Vec<_> = titles.iter().map(column).collect();
    let others: HashSet<String> = columns
        .iter()
        .flatten()
        .map(|(_, it)| fold_text(it))
        .collect();
    for column in &mut columns {
        column.take_if(|(_, name)| others.len() < 2 && !is_known(name));
    }
    columns
}

/// Keeps the first of several columns with the same meaning; the cells of the
/// others go to the notes.
fn demote_duplicates(columns: &mut [TableColumn]) {
    let mut seen = Vec::new();
    for column in columns {
        let many = matches!(
            column.meaning,
            ColumnMeaning::Pain
                | ColumnMeaning::Opportunity
                | ColumnMeaning::Supporters
                | ColumnMeaning::Notes
                | ColumnMeaning::Unrecognized
        );
        let persona = column.persona.as_deref().map(fold_text);
        if !many && seen.contains(&(column.meaning, persona.clone())) {
            column.meaning = ColumnMeaning::Unrecognized;
            column.persona = None;
        }
        seen.push((column.meaning, persona));
    }
}

/// Splits a cell into several texts.
fn split_items<'a>(cell: &'a str, between: &'a [char]) -> impl Iterator<Item = String> + 'a {
    cell.split(between)
        .map(trim)
        .filter(|text| !text.is_empty())
        .map(str::to_owned)
}

/// Parses pains or opportunities in a cell; the number of leading `sign`s is the level.
fn parse_leveled(cell: &str, sign: char) -> Vec<(Level, String)> {
    let parse_item = |text: String| {
        let plain = text.trim_start_matches(['-', '•', ' ']);
        let plain = trim(plain.trim_start_matches(sign));
        let signs = text.chars().take_while(|c| *c == sign).count().clamp(1, 3);
        let level = Level::from_number(signs as i64).unwrap_or_default();
        let plain = if plain.is_empty() { &text } else { plain };
        (level, plain.to_owned())
    };
    split_items(cell, &[';', '\n', '\r'])
        .map(parse_item)
        .collect()
}

fn without_quotes(cell: &str) -> &str {
    let inner = cell
        .strip_prefix(['"', '“', '„', '«'])
        .and_then(|c| c.strip_suffix(['"', '”', '“', '»']));
    match inner.map(trim) {
        None | Some("") => cell,
        Some(inner) => inner,
    }
}

/// Splits a text into rows of cells, each with its line number. A quoted cell may
/// contain tabs and line breaks; a doubled quote stands for one.
fn parse_rows(text: &str, too_long: &mut usize) -> Vec<(usize, Vec<String>)> {
    let mut rows = Vec::new();
    let mut row = Vec::new();
    let mut rest = text;
    let (mut line, mut first) = (1, 1);
    let mut add = |row: &mut Vec<String>, cell: &str| {
        let (cell, cut) = truncated(trim(cell));
        *too_long += usize::from(cut);
        if row.len() < MAX_COLUMNS {
            row.push(cell.to_owned());
        }
    };
    while !rest.is_empty() {
        let (cell, end) = parse_quoted_cell(rest).unwrap_or_else(|| {
            let end = rest.find(['\t', '\n', '\r']).unwrap_or(rest.len());
            (rest[..end].to_owned(), end)
        });
        add(&mut row, &cell);
        line += rest[..end].matches('\n').count();
        let after = &rest[end..];
        if let Some(more) = after.strip_prefix('\t') {
            rest = more;
            if rest.is_empty() {
                add(&mut row, "");
            }
            continue;
        }
        let more = after.strip_prefix("\r\n");
        rest = more
            .or_else(|| after.strip_prefix(['\n', '\r']))
            .unwrap_or("");
        rows.push((first, std::mem::take(&mut row)));
        line += 1;
        first = line;
    }
    if !row.is_empty() {
        rows.push((first, row));
    }
    rows
}

/// Parses a quoted cell at the beginning of a text and returns its end; `None` if
/// the quote is only part of the cell.
fn parse_quoted_cell(text: &str) -> Option<(String, usize)> {
    let inside = text.strip_prefix('"')?;
    let mut cell = String::new();
    let mut rest = inside;
    loop {
        let at = rest.find('"')?;
        cell.push_str(&rest[..at]);
        if cell.len() > MAX_QUOTED_BYTES {
            return None;
        }
        rest = &rest[at + 1..];
        if let Some(more) = rest.strip_prefix('"') {
            cell.push('"');
            rest = more;
        } else if rest.is_empty() || rest.starts_with(['\t', '\n', '\r']) {
            return Some((cell, text.len() - rest.len()));
        } else {
            return None;
        }
    }
}
