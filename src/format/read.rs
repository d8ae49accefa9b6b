//! From bytes to a map.

use super::build::build;
use super::error::{Position, Problem, ReadError};
use super::ids::Pendings;
use super::notice::{Notice, NoticeKind};
use super::parse::{Failure, parse};
use super::places::{Places, Step, locate};
use super::scan::{outline, stated};
use super::{VERSION, limit, v0, v1};
use crate::model::{Id, Map, Record};
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
    // Before anything else: what the rest means depends on it.
    let version = stated(text);
    let parsed = match version {
        Some((found, at)) if found > u64::from(VERSION) => {
            let newest = VERSION;
            return Err(ReadError {
                at: Some(Position::of(text, at)),
                problem: Problem::Newer { found, newest },
            });
        }
        Some((0, _)) => parse::<v0::Map<'_>>(text).map(|old| old.map(v1::Map::from)),
        _ => parse::<v1::Map<'_>>(text),
    };
    let parsed = parsed.map_err(|failure| explain(text, failure))?;
    if parsed.shape.format == 0 {
        let sentence = "the version of an older file stands first: (format: 0, …";
        return Err(ReadError {
            at: locate(text, "format"),
            problem: Problem::Expected(sentence.to_owned()),
        });
    }
    if parsed.shape.format > VERSION {
        // It has the shape of ours and still means something else.
        return Err(ReadError {
            at: locate(text, "format"),
            problem: Problem::Newer {
                found: parsed.shape.format.into(),
                newest: VERSION,
            },
        });
    }
    let (unknown, more) = (parsed.unknown, parsed.more_unknown);
    let (map, pending) = build(parsed.shape);
    let mut notices = place(text, &map, pending, &unknown, more);
    if let Some((from, at)) = version
        && from < u64::from(VERSION)
    {
        notices.insert(
            0,
            Notice {
                at: Some(Position::of(text, at)),
                subject: String::new(),
                kind: NoticeKind::Older { from },
            },
        );
    }
    Ok(Document { map, notices })
}

/// Reads one value written as in a map, such as a wish: `AddStage(at: 0, stage: (name: "Buy"))`.
///
/// # Errors
/// Where the text is something else, with the place in it.
pub fn value<'a, T: serde::Deserialize<'a>>(text: &'a str) -> Result<T, ReadError> {
    match parse::<T>(text) {
        Ok(parsed) => Ok(parsed.shape),
        Err(failure) => Err(ReadError {
            at: failure.at.map(|at| Position::of(text, at)),
            problem: Problem::Expected(failure.sentence),
        }),
    }
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

/// Looks up where each notice belongs; only now, and only if there is one.
fn place(
    text: &str,
    map: &Map,
    pending: Pendings,
    unknown: &[usize],
    more_unknown: usize,
) -> Vec<Notice> {
    if pending.listed.is_empty() && unknown.is_empty() {
        return Vec::new();
    }
    let places = Places::of(text);
    let mut notices: Vec<Notice> = Vec::new();
    for &offset in unknown {
        let path = places.path_at(offset);
        let Some(Step::Field(field)) = path.last() else {
            continue;
        };
        notices.push(Notice {
            at: Some(places.position(offset)),
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
    let more = pending.more + more_unknown + notices.len().saturating_sub(limit::NOTICES);
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
    fn id<R: Record>(list: &crate::model::IndexedList<R>, at: usize) -> Option<String> {
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
        "pictures" => id(map.images(), *at),
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

/// Why the text cannot be read: first what a pass over the whole of it shows
/// (an open bracket is not where the parser stumbles), then what the parser said.
fn explain(text: &str, failure: Failure) -> ReadError {
    let outline = match outline(text) {
        Ok(outline) => outline,
        Err(error) => return error,
    };
    let at = failure.at.unwrap_or(text.len());
    let (at, problem) = match (outline.version, outline.first_long_text) {
        (Some((found, at)), _) if found > u64::from(VERSION) => {
            let newest = VERSION;
            (at, Problem::Newer { found, newest })
        }
        // Quotes that do not pair up turn everything after them inside out.
        (_, Some(start)) if failure.is_about_syntax() && start < at => {
            (start, Problem::UnclosedText)
        }
        _ => {
            let sentence = match &failure.field {
                Some(field) => format!("in “{field}”: {}", failure.sentence),
                None if failure.is_about_the_whole(text) => {
                    "this is no journey map: a map starts with a round bracket".to_owned()
                }
                None => failure.sentence,
            };
            (at, Problem::Expected(sentence))
        }
    };
    ReadError {
        at: Some(Position::of(text, at)),
        problem,
    }
}
