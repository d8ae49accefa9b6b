//! Spreadsheet ranges: tab-separated cells, one touchpoint a row.

use super::columns::{Goes, of_title, says_yes};
use super::score_scale::{Scale, number};
use super::{Column, List, MAX_ROWS, More, Row, Shape, bounded, learn, limits};
use crate::capture::parse::parse;
use crate::capture::parsed_line::Said;
use crate::capture::sigils::trim;
use crate::capture::vocabulary::Names;
use crate::model::Level;

/// Maximum number of table columns.
const MAX_COLUMNS: usize = 100;

/// A quote that does not close within this many bytes is an ordinary character.
const LONGEST_QUOTED: usize = 100_000;

/// Whether at least half of the lines contain cells.
pub(super) fn is_table(text: &str) -> bool {
    let mut filled = 0;
    let mut tabbed = 0;
    for line in text
        .lines()
        .filter(|line| !line.trim().is_empty())
        .take(200)
    {
        filled += 1;
        tabbed += usize::from(
            line.trim_matches([' ', '\r', '\n'])
                .trim_start_matches('\t')
                .contains('\t'),
        );
    }
    tabbed > 0 && tabbed * 2 >= filled
}

pub(super) fn read(text: &str, names: &mut Names) -> List {
    let mut remarks = Vec::new();
    let mut too_long = 0;
    let mut rows = cells(text, &mut too_long);
    rows.retain(|(_, cells)| cells.iter().any(|cell| !cell.is_empty()));
    let titles = rows
        .first()
        .map(|(_, cells)| cells.clone())
        .unwrap_or_default();
    let known = titles
        .iter()
        .filter(|title| of_title(title).is_some())
        .count();
    let filled = titles.iter().filter(|title| !title.is_empty()).count();
    let titled = known > 0 && known * 2 >= filled;
    if titled {
        rows.remove(0);
    }
    let too_many = rows.len().saturating_sub(MAX_ROWS);
    rows.truncate(MAX_ROWS);
    let width = rows
        .iter()
        .map(|(_, cells)| cells.len())
        .max()
        .unwrap_or(0)
        .max(titles.len());
    let mut columns: Vec<Kept> = (0..width)
        .map(|at| {
            Kept::new(
                at,
                titled.then(|| titles.get(at).map_or("", String::as_str)),
                &rows,
            )
        })
        .collect();
    if titled {
        no_two_alike(&mut columns);
    }
    for column in &columns {
        column.remark(titled, &mut remarks);
    }
    let mut list = List {
        shape: Shape::Table { titled },
        columns: Vec::new(),
        rows: Vec::new(),
        remarks,
    };
    let mut stage: Option<String> = None;
    for (number, cells) in rows {
        let mut row = Row {
            number,
            ..Row::default()
        };
        for (column, cell) in columns.iter_mut().zip(&cells) {
            if !cell.is_empty() {
                column.put(cell, &mut row.said, &mut row.more, names);
            }
        }
        // Merged cells arrive as one filled cell followed by empty ones.
        match &row.said.stage {
            Some(named) => stage = Some(named.clone()),
            None => row.said.stage.clone_from(&stage),
        }
        learn(names, &row.said);
        list.rows.push(row);
    }
    let odd: Vec<&str> = columns
        .iter()
        .filter(|c| c.odd)
        .map(|c| c.title.as_str())
        .collect();
    if !odd.is_empty() {
        list.remarks.push(format!(
            "Cells under {} that say something else are kept in the notes.",
            quoted_list(&odd)
        ));
    }
    limits(too_many, too_long, &mut list.remarks);
    if width >= MAX_COLUMNS {
        list.remarks.push(format!(
            "Only the first {MAX_COLUMNS} columns are looked at."
        ));
    }
    list.columns = columns
        .into_iter()
        .map(|c| Column {
            understood: c.goes != Goes::Kept,
            goes: c.goes.word().to_owned(),
            title: c.title,
        })
        .collect();
    list
}

/// A column with its meaning and scale.
struct Kept {
    title: String,
    goes: Goes,
    scale: Option<Scale>,
    /// Whether a cell did not fit and went to the notes.
    odd: bool,
}

impl Kept {
    fn new(at: usize, title: Option<&str>, rows: &[(usize, Vec<String>)]) -> Kept {
        let mut goes = match title {
            Some(title) => of_title(title).unwrap_or(Goes::Kept),
            None if at == 0 => Goes::Line,
            None => Goes::Kept,
        };
        let title = match title {
            Some(title) if !title.is_empty() => title.to_owned(),
            _ => format!("Column {}", at + 1),
        };
        let mut scale = None;
        if matches!(goes, Goes::Feeling | Goes::Score) {
            let cells = rows.iter().filter_map(|(_, cells)| cells.get(at));
            let filled: Vec<&String> = cells.filter(|cell| !cell.is_empty()).collect();
            let values: Vec<f64> = filled.iter().filter_map(|cell| number(cell)).collect();
            let numbers = values.len() == filled.len() && !values.is_empty();
            if goes == Goes::Feeling && !numbers {
                goes = Goes::Emotion;
            } else {
                scale = Scale::of(&title, &values);
                if goes == Goes::Feeling {
                    goes = Goes::Score;
                }
            }
        }
        Kept {
            title,
            goes,
            scale,
            odd: false,
        }
    }

    fn remark(&self, titled: bool, remarks: &mut Vec<String>) {
        let title = &self.title;
        match (self.goes, self.scale) {
            (Goes::Kept, _) if titled => remarks.push(format!("“{title}” is kept in the notes.")),
            (Goes::Kept, _) => {
                remarks.push(format!("{title} has no title and is kept in the notes."))
            }
            (Goes::Score, Some(scale)) if !scale.is_own() => {
                remarks.push(format!("“{title}” is rescaled from {scale} to −2 … +2."))
            }
            (Goes::Score, None) => remarks.push(format!(
                "The numbers under “{title}” fit no scale and are kept in the notes."
            )),
            _ => {}
        }
    }

    fn put(&mut self, cell: &str, said: &mut Said, more: &mut More, names: &Names) {
        let text = || cell.to_owned();
        match self.goes {
            Goes::Line => *said = parse(cell, names).said(),
            Goes::Name => said.name = text(),
            Goes::Stage => said.stage = Some(text()),
            Goes::Channel => said.channel = Some(text()),
            Goes::Environment => said.environment = Some(text()),
            Goes::Owner => said.owner = Some(text()),
            Goes::Supporters => said.supporters.extend(several(cell, &[',', ';', '\n'])),
            Goes::Emotion | Goes::Feeling => said.emotion = text(),
            Goes::Score => match number(cell).and_then(|n| self.scale?.score(n)) {
                Some(score) => said.score = Some(score),
                None => self.keep(cell, more),
            },
            Goes::Pain => said.pains.extend(levelled(cell, '!')),
            Goes::Opportunity => said.opportunities.extend(levelled(cell, '+')),
            Goes::Quote => said.quote = without_quotes(cell).to_owned(),
            Goes::Thought => more.thought = text(),
            Goes::Description => more.description = text(),
            Goes::Time => more.time = text(),
            Goes::Moment | Goes::Assumption => match says_yes(cell) {
                Some(yes) if self.goes == Goes::Moment => said.moment = yes,
                Some(yes) => said.assumption = yes,
                None => self.keep(cell, more),
            },
            Goes::Notes => more.notes.push(text()),
            Goes::Kept => more.notes.push(format!("{}: {cell}", self.title)),
        }
    }

    fn keep(&mut self, cell: &str, more: &mut More) {
        self.odd |= self.goes != Goes::Score || self.scale.is_some();
        more.notes.push(format!("{}: {cell}", self.title));
    }
}

/// Keeps the first of several columns with the same meaning; the cells of the
/// others go to the notes.
fn no_two_alike(columns: &mut [Kept]) {
    let mut seen = Vec::new();
    for column in columns {
        let many = matches!(
            column.goes,
            Goes::Pain | Goes::Opportunity | Goes::Supporters | Goes::Notes | Goes::Kept
        );
        if !many && seen.contains(&column.goes) {
            column.goes = Goes::Kept;
        }
        seen.push(column.goes);
    }
}

/// Splits a cell into several texts.
fn several<'a>(cell: &'a str, between: &'a [char]) -> impl Iterator<Item = String> + 'a {
    cell.split(between)
        .map(trim)
        .filter(|text| !text.is_empty())
        .map(str::to_owned)
}

/// Parses pains or opportunities in a cell; the number of leading `sign`s is the level.
fn levelled(cell: &str, sign: char) -> Vec<(Level, String)> {
    several(cell, &[';', '\n', '\r'])
        .map(|text| {
            let plain = text
                .trim_start_matches(['-', '•', ' '])
                .trim_start_matches(sign);
            let signs = text.chars().take_while(|c| *c == sign).count().clamp(1, 3);
            let level = Level::from_number(signs as i64).unwrap_or_default();
            match trim(plain) {
                "" => (level, text.clone()),
                plain => (level, plain.to_owned()),
            }
        })
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

fn quoted_list(titles: &[&str]) -> String {
    let quoted: Vec<String> = titles.iter().map(|title| format!("“{title}”")).collect();
    quoted.join(", ")
}

/// Splits a text into rows of cells, each with its line number. A quoted cell may
/// contain tabs and line breaks; a doubled quote stands for one.
fn cells(text: &str, too_long: &mut usize) -> Vec<(usize, Vec<String>)> {
    let mut rows = Vec::new();
    let mut row = Vec::new();
    let mut rest = text;
    let (mut line, mut first) = (1, 1);
    let mut add = |row: &mut Vec<String>, cell: &str| {
        let (cell, cut) = bounded(trim(cell));
        *too_long += usize::from(cut);
        if row.len() < MAX_COLUMNS {
            row.push(cell.to_owned());
        }
    };
    while !rest.is_empty() {
        let end = match in_quotes(rest) {
            Some((cell, end)) => {
                add(&mut row, &cell);
                end
            }
            None => {
                let end = rest.find(['\t', '\n', '\r']).unwrap_or(rest.len());
                add(&mut row, &rest[..end]);
                end
            }
        };
        line += rest[..end].matches('\n').count();
        let after = &rest[end..];
        if let Some(more) = after.strip_prefix('\t') {
            rest = more;
            if rest.is_empty() {
                add(&mut row, "");
            }
            continue;
        }
        rest = after
            .strip_prefix("\r\n")
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
fn in_quotes(text: &str) -> Option<(String, usize)> {
    let inside = text.strip_prefix('"')?;
    let mut cell = String::new();
    let mut rest = inside;
    loop {
        let at = rest.find('"')?;
        cell.push_str(&rest[..at]);
        if cell.len() > LONGEST_QUOTED {
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
