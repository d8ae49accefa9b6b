//! Plain text lists: one touchpoint a line, grouped by stage headings.

use super::parsed_list::{
    ListRow, ListShape, MAX_ROWS, ParsedList, learn_names, push_limit_remarks, truncated,
};
use crate::capture::parse::parse;
use crate::capture::sigils::{is_blank, trim};
use crate::capture::tokens::ParsedLine;
use crate::capture::vocabulary::Vocabulary;

/// A non-empty line.
struct NonEmptyLine<'a> {
    number: usize,
    indent: usize,
    text: &'a str,
}

pub(super) fn read(text: &str, names: &mut Vocabulary) -> ParsedList {
    let mut remarks = Vec::new();
    let mut too_long = 0;
    let mut entries = Vec::new();
    for (at, line) in text.lines().enumerate() {
        let (line, cut) = truncated(line);
        too_long += usize::from(cut);
        let text = trim(line);
        if !text.is_empty() {
            let indent = line.chars().take_while(|c| is_blank(*c));
            entries.push(NonEmptyLine {
                number: at + 1,
                indent: indent.map(|c| if c == '\t' { 4 } else { 1 }).sum(),
                text,
            });
        }
    }
    let too_many = entries.len().saturating_sub(MAX_ROWS);
    entries.truncate(MAX_ROWS);
    let says_stages = entries
        .iter()
        .any(|entry| stage_heading(entry.text).is_some());
    let top = entries.iter().map(|entry| entry.indent).min().unwrap_or(0);
    let mut rows = Vec::new();
    let mut indented = false;
    for (i, entry) in entries.iter().enumerate() {
        let next = entries.get(i + 1);
        let has_children = next.is_some_and(|next| next.indent > entry.indent);
        let heads = !says_stages && entry.indent == top && has_children;
        let plain = without_bullet(entry.text);
        let only_name = ParsedLine {
            name: plain.to_owned(),
            ..ParsedLine::default()
        };
        let mut stage = stage_heading(entry.text).or_else(|| stage_heading(plain));
        let mut parsed = parse(plain, names).interpret();
        if stage.is_none() && heads && parsed == only_name {
            indented = true;
            stage = Some(plain);
        }
        if let Some(stage) = stage {
            parsed = ParsedLine {
                stage: Some(stage.to_owned()),
                ..ParsedLine::default()
            };
        }
        if parsed != ParsedLine::default() {
            learn_names(names, &parsed);
            rows.push(ListRow {
                number: entry.number,
                parsed,
                extra: Default::default(),
            });
        }
    }
    if indented {
        remarks.push("Lines with indented lines under them are taken as stages.".to_owned());
    }
    push_limit_remarks(too_many, too_long, &mut remarks);
    ParsedList {
        shape: ListShape::Lines,
        columns: Vec::new(),
        rows,
        remarks,
    }
}

/// The stage that a heading names: `# Buy`, `Buy:`.
fn stage_heading(line: &str) -> Option<&str> {
    let heading = line.trim_start_matches('#');
    if heading.len() < line.len() && heading.starts_with(is_blank) {
        let name = trim(heading.trim_end_matches('#'));
        return (!name.is_empty()).then_some(name);
    }
    let name = trim(line.strip_suffix([':', '：'])?);
    let plain = |c: char| !matches!(c, '@' | '%' | '#' | '!' | '"' | '“' | '>');
    (!name.is_empty() && name.chars().count() <= 60 && name.chars().all(plain))
        .then_some(without_bullet(name))
}

/// Removes the list marker of a line.
fn without_bullet(line: &str) -> &str {
    let mut rest = line;
    for strip in [strip_bullet, strip_number, strip_checkbox] {
        // A marker without text behind it is kept as text.
        if let Some(shorter) = strip(rest).map(trim).filter(|s| !s.is_empty()) {
            rest = shorter;
        }
    }
    rest
}

fn strip_bullet(line: &str) -> Option<&str> {
    let rest = line.strip_prefix(['-', '*', '•', '–', '—', '·', '▪', '‣', '◦', '●', '○'])?;
    rest.starts_with(is_blank).then_some(rest)
}

fn strip_number(line: &str) -> Option<&str> {
    let inner = line.strip_prefix('(').unwrap_or(line);
    let digits = inner
        .find(|c: char| !c.is_ascii_digit())
        .filter(|n| (1..=4).contains(n))?;
    let rest = inner[digits..].strip_prefix(['.', ')'])?;
    rest.starts_with(is_blank).then_some(rest)
}

fn strip_checkbox(line: &str) -> Option<&str> {
    let rest = ["[ ]", "[]", "[x]", "[X]", "☐", "☑", "✓"]
        .iter()
        .find_map(|mark| line.strip_prefix(mark))?;
    rest.starts_with(is_blank).then_some(rest)
}
