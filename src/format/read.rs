//! From bytes to a map.

use super::build::build;
use super::error::{Position, Problem, ReadError};
use super::ids::Pendings;
use super::notice::{Notice, NoticeKind};
use super::places::{Places, Step};
use super::scan::{Outline, outline};
use super::{VERSION, limit, v1};
use crate::model::{Id, Map, Record};
use ron::extensions::Extensions;
use std::borrow::Cow;

/// A file that opened.
#[derive(Clone, Debug, PartialEq)]
pub struct Document {
    /// The map.
    pub map: Map,
    /// What its author should know about, in the order of the file.
    pub notices: Vec<Notice>,
}

/// Reads a map from the bytes of a file.
///
/// A byte order mark is skipped and line ends become `\n`, inside texts too.
/// Ids that are left out are derived from the content: two people opening the
/// same file get the same ones.
///
/// # Errors
/// Where the text is no journey map, or one that cannot be read whole. What is
/// merely wrong (a reference to nothing, an id used twice) opens with a notice.
pub fn read(bytes: &[u8]) -> Result<Document, ReadError> {
    let text = decode(bytes)?;
    let text = text.as_ref();
    recognise(text)?;
    let outline = outline(text)?;
    if let Some((found, at)) = outline.version
        && found > u64::from(VERSION)
    {
        return Err(ReadError {
            at: Some(Position::of(text, at)),
            problem: Problem::Newer {
                found,
                newest: VERSION,
            },
        });
    }
    let mut unknown = Unknown::default();
    let shape = parse(text, &mut unknown).map_err(|error| explain(text, &outline, &error))?;
    let (map, pending) = build(shape);
    let notices = place(text, &map, pending, unknown);
    Ok(Document { map, notices })
}

/// The text of a file as [`read`] sees it: UTF-8 without byte order mark, `\n` at
/// the end of lines. All positions are positions in this text.
///
/// # Errors
/// Where the bytes are no such text, or too many.
pub fn decode(bytes: &[u8]) -> Result<Cow<'_, str>, ReadError> {
    let whole = |problem| Err(ReadError { at: None, problem });
    if bytes.len() > limit::BYTES {
        return whole(Problem::TooBig {
            megabytes: bytes.len().div_ceil(1024 * 1024),
            most: limit::BYTES / (1024 * 1024),
        });
    }
    if !bytes.is_empty() && bytes.iter().all(|b| *b == 0) {
        return whole(Problem::ZeroFilled);
    }
    if bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]) {
        return whole(Problem::NotUtf8("UTF-16"));
    }
    let bytes = bytes.strip_prefix(&[0xEF, 0xBB, 0xBF]).unwrap_or(bytes);
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => {
            let (before, _) = bytes.split_at(error.valid_up_to());
            let before = String::from_utf8_lossy(before);
            return Err(ReadError {
                at: Some(Position::of(&before, before.len())),
                problem: Problem::NotUtf8("Latin-1 or another old encoding"),
            });
        }
    };
    if let Some(at) = text.bytes().position(|b| b == 0) {
        // UTF-16 without its mark has a zero byte in every other place.
        let zeros = bytes.iter().filter(|b| **b == 0).count();
        if zeros * 3 > bytes.len() && bytes.len().is_multiple_of(2) {
            return whole(Problem::NotUtf8("UTF-16"));
        }
        return Err(ReadError {
            at: Some(Position::of(text, at)),
            problem: Problem::ZeroByte,
        });
    }
    if text.contains('\r') {
        Ok(Cow::Owned(text.replace("\r\n", "\n").replace('\r', "\n")))
    } else {
        Ok(Cow::Borrowed(text))
    }
}

/// Other things that end up under the name of a map.
fn recognise(text: &str) -> Result<(), ReadError> {
    let content = text.trim_start();
    let start = text.len() - content.len();
    let problem = if content.is_empty() {
        return Err(ReadError {
            at: None,
            problem: Problem::Empty,
        });
    } else if content.starts_with("version https://git-lfs") {
        Problem::LfsPointer
    } else if content.starts_with("<<<<<<< ") {
        Problem::ConflictMarks
    } else if content.starts_with('<') {
        Problem::Markup
    } else if content.starts_with('{') || content.starts_with('[') {
        Problem::Json
    } else {
        return Ok(());
    };
    Err(ReadError {
        at: Some(Position::of(text, start)),
        problem,
    })
}

/// Paths of fields that nobody asked for.
#[derive(Default)]
struct Unknown {
    paths: Vec<Vec<Step>>,
    more: usize,
}

fn parse<'a>(
    text: &'a str,
    unknown: &mut Unknown,
) -> Result<v1::Map<'a>, Box<ron::error::SpannedError>> {
    let options = ron::Options::default().with_default_extension(Extensions::IMPLICIT_SOME);
    let mut parser = ron::Deserializer::from_str_with_options(text, &options)?;
    let mut note = |path: serde_ignored::Path<'_>| {
        if unknown.paths.len() < limit::NOTICES {
            let mut steps = Vec::new();
            steps_of(&path, &mut steps);
            unknown.paths.push(steps);
        } else {
            unknown.more += 1;
        }
    };
    let shape = serde_ignored::deserialize(&mut parser, &mut note)
        .map_err(|error| parser.span_error(error))?;
    parser.end().map_err(|error| parser.span_error(error))?;
    Ok(shape)
}

fn steps_of(path: &serde_ignored::Path<'_>, steps: &mut Vec<Step>) {
    use serde_ignored::Path;
    match path {
        Path::Root => {}
        Path::Seq { parent, index } => {
            steps_of(parent, steps);
            steps.push(Step::Index(*index));
        }
        Path::Map { parent, key } => {
            steps_of(parent, steps);
            steps.push(Step::Field(key.clone()));
        }
        Path::Some { parent }
        | Path::NewtypeStruct { parent }
        | Path::NewtypeVariant { parent } => steps_of(parent, steps),
    }
}

/// Looks up where each notice belongs; only now, and only if there is one.
fn place(text: &str, map: &Map, pending: Pendings, unknown: Unknown) -> Vec<Notice> {
    if pending.listed.is_empty() && unknown.paths.is_empty() {
        return Vec::new();
    }
    let places = Places::of(text);
    let mut notices: Vec<Notice> = Vec::new();
    for path in unknown.paths {
        let Some(Step::Field(field)) = path.last() else {
            continue;
        };
        notices.push(Notice {
            at: places.find(&path),
            subject: subject(map, &path),
            kind: NoticeKind::UnknownField {
                field: field.clone(),
            },
        });
    }
    for pending in pending.listed {
        let mut kind = pending.kind;
        if let (NoticeKind::DuplicateId { first, .. }, Some(path)) = (&mut kind, &pending.first) {
            *first = places.find(path);
        }
        notices.push(Notice {
            at: places.find(&pending.path),
            subject: pending.subject,
            kind,
        });
    }
    notices.sort_by_key(|notice| notice.at);
    let more = pending.more + unknown.more + notices.len().saturating_sub(limit::NOTICES);
    notices.truncate(limit::NOTICES);
    if more > 0 {
        notices.push(Notice {
            at: None,
            subject: String::new(),
            kind: NoticeKind::More(more),
        });
    }
    notices
}

/// The id of the innermost record with an id on a path.
fn subject(map: &Map, path: &[Step]) -> String {
    fn id<R: Record>(list: &crate::model::List<R>, at: usize) -> Option<String> {
        list.as_slice().get(at).map(|r| r.id().to_string())
    }
    let [Step::Field(list), Step::Index(at), rest @ ..] = path else {
        return String::new();
    };
    let found = match list.as_str() {
        "personas" => id(map.personas(), *at),
        "departments" => id(map.departments(), *at),
        "channels" => id(map.channels(), *at),
        "environments" => id(map.environments(), *at),
        "lanes" => id(map.lanes(), *at),
        "actions" => id(map.actions(), *at),
        "notes" => id(map.notes(), *at),
        "stages" => map.stages().as_slice().get(*at).map(|stage| match rest {
            [Step::Field(inner), Step::Index(t), ..] if inner == "touchpoints" => map
                .touchpoints_in(&stage.id)
                .get(*t)
                .map_or(stage.id.as_str(), |t| t.id.as_str())
                .to_owned(),
            _ => stage.id.to_string(),
        }),
        _ => None,
    };
    found.unwrap_or_default()
}

/// Turns the parser's error into one sentence at the value it is about.
fn explain(text: &str, outline: &Outline, error: &ron::error::SpannedError) -> ReadError {
    use ron::Error;
    let end = Position {
        line: error.span.end.line,
        column: error.span.end.col,
    };
    let offset = end.offset(text);
    let around = Places::of(text).around(offset);
    let field = around.iter().rev().find_map(|(name, _)| *name);
    let value = around.last().map_or(offset, |(_, start)| *start);
    let record = around
        .iter()
        .rev()
        .map(|(_, start)| *start)
        .find(|start| text[*start..].starts_with('('))
        .unwrap_or(value);
    // About the value that was being read, or about the place the parser reached.
    let (at, sentence) = match &error.code {
        Error::Message(message) => (value, message.clone()),
        Error::NoSuchEnumVariant {
            expected, found, ..
        } => (
            value,
            format!("expected {}, found {found}", one_of(expected)),
        ),
        Error::ExpectedIdentifier | Error::SuggestRawIdentifier(_) => {
            (offset, "expected a word without quotes".to_owned())
        }
        Error::ExpectedString | Error::ExpectedStringEnd => {
            (offset, "expected a text in quotes".to_owned())
        }
        Error::ExpectedArray => (offset, "expected a list in [ ]".to_owned()),
        Error::ExpectedMap => (offset, "expected texts by key in { }".to_owned()),
        Error::ExpectedNamedStructLike(_) | Error::ExpectedDifferentStructName { .. }
            if field.is_none() =>
        {
            let start = text.len() - text.trim_start().len();
            let sentence = "this is no journey map: a map starts with a round bracket";
            (start, sentence.to_owned())
        }
        Error::ExpectedStructLike
        | Error::ExpectedNamedStructLike(_)
        | Error::ExpectedDifferentStructName { .. } => {
            (offset, "expected a record in ( )".to_owned())
        }
        Error::ExpectedBoolean => (offset, "expected true or false".to_owned()),
        Error::ExpectedInteger
        | Error::InvalidIntegerDigit { .. }
        | Error::UnderscoreAtBeginning => (value, "expected a whole number".to_owned()),
        Error::IntegerOutOfBounds => (
            value,
            "expected a whole number from 0 to 4294967295".to_owned(),
        ),
        Error::ExpectedFloat | Error::FloatUnderscore => (value, "expected a number".to_owned()),
        Error::ExpectedComma => (offset, "expected a comma or a closing bracket".to_owned()),
        Error::ExpectedMapColon => (offset, "expected a colon".to_owned()),
        Error::ExpectedArrayEnd
        | Error::ExpectedMapEnd
        | Error::ExpectedStructLikeEnd
        | Error::ExpectedOptionEnd => (offset, "expected the closing bracket".to_owned()),
        Error::MissingStructField { field, .. } => (
            record,
            format!("expected the field “{field}” in this record"),
        ),
        Error::DuplicateStructField { field, .. } => {
            let start = offset.saturating_sub(field.len());
            (start, format!("the field “{field}” is here a second time"))
        }
        Error::TrailingCharacters => (
            offset,
            "expected nothing after the closing bracket of the map".to_owned(),
        ),
        Error::ExceededRecursionLimit => {
            return ReadError {
                at: Some(end),
                problem: Problem::TooDeep(limit::DEPTH),
            };
        }
        Error::InvalidEscape(_) => (
            offset,
            "expected \\n, \\t, \\\", \\\\ or \\u{…} after a backslash".to_owned(),
        ),
        other => (offset, lower(&other.to_string())),
    };
    // Quotes that do not pair up turn everything after them inside out.
    let syntax = matches!(
        error.code,
        Error::ExpectedComma
            | Error::ExpectedMapColon
            | Error::ExpectedString
            | Error::ExpectedIdentifier
            | Error::UnexpectedChar(_)
            | Error::TrailingCharacters
    );
    if let Some(start) = outline.first_long_text
        && syntax
        && start < offset
    {
        return ReadError {
            at: Some(Position::of(text, start)),
            problem: Problem::UnclosedText,
        };
    }
    let about_field = matches!(
        error.code,
        Error::MissingStructField { .. }
            | Error::DuplicateStructField { .. }
            | Error::TrailingCharacters
    );
    let sentence = match field {
        Some(field) if !about_field => format!("in “{field}”: {sentence}"),
        _ => sentence,
    };
    ReadError {
        at: Some(Position::of(text, at)),
        problem: Problem::Expected(sentence),
    }
}

fn one_of(words: &[&str]) -> String {
    match words {
        [] => "nothing".to_owned(),
        [only] => (*only).to_owned(),
        [first @ .., last] => format!("{} or {last}", first.join(", ")),
    }
}

fn lower(sentence: &str) -> String {
    let mut chars = sentence.chars();
    chars
        .next()
        .map(|c| c.to_lowercase().chain(chars).collect())
        .unwrap_or_default()
}
