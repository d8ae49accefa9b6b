//! Plain text lists: one touchpoint a line, grouped by stage headings.

use super::{List, MAX_ROWS, Row, Shape, bounded, learn, limits};
use crate::capture::parse::parse;
use crate::capture::parsed_line::Said;
use crate::capture::sigils::{is_blank, trim};
use crate::capture::vocabulary::Names;

/// A non-empty line.
struct Entry<'a> {
    number: usize,
    indent: usize,
    text: &'a str,
}

pub(super) fn read(text: &str, names: &mut Names) -> List {
    let mut remarks = Vec::new();
    let mut too_long = 0;
    let mut entries = Vec::new();
    for (at, line) in text.lines().enumerate() {
        let (line, cut) = bounded(line);
        too_long += usize::from(cut);
        let text = trim(line);
        if !text.is_empty() {
            let indent = line.chars().take_while(|c| is_blank(*c));
            entries.push(Entry {
                number: at + 1,
                indent: indent.map(|c| if c == '\t' { 4 } else { 1 }).sum(),
                text,
            });
        }
    }
    let too_many = entries.len().saturating_sub(MAX_ROWS);
    entries.truncate(MAX_ROWS);
    let says_stages = entries.iter().any(|entry| stage(entry.text).is_some());
    let top = entries.iter().map(|entry| entry.indent).min().unwrap_or(0);
    let mut rows = Vec::new();
    let mut indented = false;
    for (i, entry) in entries.iter().enumerate() {
        let has_children = entries
            .get(i + 1)
            .is_some_and(|next| next.indent > entry.indent);
        let heads = !says_stages && entry.indent == top && has_children;
        let plain = without_bullet(entry.text);
        let said = match stage(entry.text).or_else(|| stage(plain)) {
            Some(name) => stage_row(name),
            None if heads && parse(plain, names).said() == named(plain) => {
                indented = true;
                stage_row(plain)
            }
            None => parse(plain, names).said(),
        };
        if said == Said::default() {
            continue;
        }
        learn(names, &said);
        rows.push(Row {
            number: entry.number,
            said,
            more: Default::default(),
        });
    }
    if indented {
        remarks.push("Lines with indented lines under them are taken as stages.".to_owned());
    }
    limits(too_many, too_long, &mut remarks);
    List {
        shape: Shape::Lines,
        columns: Vec::new(),
        rows,
        remarks,
    }
}

fn named(name: &str) -> Said {
    Said {
        name: name.to_owned(),
        ..Said::default()
    }
}

fn stage_row(name: &str) -> Said {
    Said {
        stage: Some(name.to_owned()),
        ..Said::default()
    }
}

/// The stage that a heading names: `# Buy`, `Buy:`.
fn stage(line: &str) -> Option<&str> {
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
    for strip in [bullet, number, bracket] {
        // A marker without text behind it is kept as text.
        if let Some(shorter) = strip(rest).map(trim).filter(|s| !s.is_empty()) {
            rest = shorter;
        }
    }
    rest
}

fn bullet(line: &str) -> Option<&str> {
    let rest = line.strip_prefix(['-', '*', '•', '–', '—', '·', '▪', '‣', '◦', '●', '○'])?;
    rest.starts_with(is_blank).then_some(rest)
}

fn number(line: &str) -> Option<&str> {
    let inner = line.strip_prefix('(').unwrap_or(line);
    let digits = inner
        .find(|c: char| !c.is_ascii_digit())
        .filter(|n| (1..=4).contains(n))?;
    let rest = inner[digits..].strip_prefix(['.', ')'])?;
    rest.starts_with(is_blank).then_some(rest)
}

fn bracket(line: &str) -> Option<&str> {
    let rest = ["[ ]", "[]", "[x]", "[X]", "☐", "☑", "✓"]
        .iter()
        .find_map(|mark| line.strip_prefix(mark))?;
    rest.starts_with(is_blank).then_some(rest)
}
