//! Tables of text: separated values with a header line.
//!
//! Must not know: what the columns hold.

/// A table as it was read.
#[derive(Debug)]
pub(super) struct Table {
    pub header: Vec<String>,
    /// The rows with their line numbers, from 1.
    pub rows: Vec<(u64, Vec<String>)>,
}

/// The reason why a table cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TableError {
    /// The bytes are not UTF-8.
    #[error("the table is not UTF-8 text: save it as “CSV UTF-8”")]
    Encoding,
    /// There is no header line.
    #[error("the table is empty: it needs a header line")]
    Empty,
    /// A line cannot be taken apart.
    #[error("line {0}: the quotes are not closed")]
    Malformed(u64),
    /// A column is missing.
    #[error("the table has no column {0}")]
    MissingColumn(&'static str),
    /// Two columns have one meaning.
    #[error("the table has two columns for {0}")]
    RepeatedColumn(&'static str),
}

/// Reads a table whose values are separated by a comma, semicolon or tab, whichever the header line
/// has most of; a byte order mark is skipped.
pub(super) fn read_table(bytes: &[u8]) -> Result<Table, TableError> {
    let text = std::str::from_utf8(bytes).map_err(|_| TableError::Encoding)?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let first = text
        .lines()
        .find(|line| !line.trim().is_empty())
        .ok_or(TableError::Empty)?;
    let separator = b",;\t".iter().copied();
    let separator = separator.max_by_key(|it| first.bytes().filter(|b| b == it).count());
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(separator.unwrap_or(b','))
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes());
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|error| {
            TableError::Malformed(error.position().map_or(0, csv::Position::line))
        })?;
        let line = record.position().map_or(0, csv::Position::line);
        let cells: Vec<String> = record.iter().map(|cell| cell.trim().to_owned()).collect();
        if cells.iter().any(|cell| !cell.is_empty()) {
            rows.push((line, cells));
        }
    }
    if rows.is_empty() {
        return Err(TableError::Empty);
    }
    let (_, header) = rows.remove(0);
    Ok(Table { header, rows })
}
