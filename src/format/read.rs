//! Reading: from the bytes of a file to a map with warnings.
//!
//! Must not know: fields of records.

use super::de::parse;
use super::error::{Position, Problem, ReadError};
use super::map_records::from_wire;
use super::prescan::prescan;
use super::source_map::locate;
use super::warning::{Warning, WarningKind};
use super::{VERSION, limit, v0, v1};
use crate::model::Map;
use ron::extensions::Extensions;
use std::borrow::Cow;

/// A file that opened.
#[derive(Clone, Debug, PartialEq)]
pub struct Document {
    /// The map.
    pub map: Map,
    /// Things its author should know about, in the order of the file.
    pub warnings: Vec<Warning>,
}

/// Reads a map from the bytes of a file.
///
/// A byte order mark is skipped and line ends become `\n`, inside texts too.
/// Ids that are left out are derived from the content: two people opening the
/// same file get the same ones.
///
/// # Errors
/// If the text is no journey map, or one that cannot be read whole. A mistake
/// that can be lived with (a reference to nothing, an id used twice) opens with a
/// warning.
pub fn read(bytes: &[u8]) -> Result<Document, ReadError> {
    let text = decode(bytes)?;
    let text = text.as_ref();
    refuse_other_files(text)?;
    let prescan = prescan(text)?;
    let content = prescan.without_names(text);
    let older = prescan
        .version
        .filter(|version| version.leads && version.number < VERSION.into());
    let parsed = match older {
        Some(_) => parse::<v0::Map>(&content, Extensions::empty())
            .map(|(map, warnings)| (v1::Map::from(map), warnings)),
        None => parse::<v1::Map>(&content, Extensions::empty()),
    };
    let (wire, mut pending) = parsed.map_err(|error| {
        if error.is_about_the_whole() {
            let start = content.len() - content.trim_start().len();
            let sentence = "this is no journey map: a map starts with a round bracket";
            return ReadError::at(text, start, Problem::Expected(sentence.to_owned()));
        }
        error.explain(text, prescan.first_long_text)
    })?;
    let format = wire.format.0.value;
    if format != VERSION {
        // It has the fields of this version and still means something else.
        let sentence = "the version of an older file stands first: (format: 0, …";
        return Err(ReadError {
            at: locate(text, "format"),
            problem: match format {
                0 => Problem::Expected(sentence.to_owned()),
                newer => Problem::newer(newer),
            },
        });
    }
    let touchpoints: usize = wire
        .stages
        .iter()
        .map(|stage| stage.touchpoints.len())
        .sum();
    if touchpoints > limit::TOUCHPOINTS {
        let problem = Problem::TooManyTouchpoints(limit::TOUCHPOINTS);
        return Err(ReadError::of_file(problem));
    }
    let (map, later) = from_wire(wire);
    pending.append(later);
    let mut warnings = pending.with_positions(text, &map);
    if let Some(version) = older {
        let warning = Warning {
            at: Some(Position::of(text, version.at)),
            subject: String::new(),
            place: String::new(),
            kind: WarningKind::Older {
                from: version.number,
            },
        };
        warnings.insert(0, warning);
    }
    Ok(Document { map, warnings })
}

/// Reads one value written as in a map, such as an intent:
/// `AddStage(at: 0, stage: (name: "Buy"))`.
///
/// # Errors
/// If the text is something else, with the position in it.
pub fn value<T: serde::de::DeserializeOwned>(text: &str) -> Result<T, ReadError> {
    let prescan = prescan(text)?;
    // The brackets of a record may be left out behind a name.
    let content = prescan.without_doubled_brackets(text);
    match parse(&content, Extensions::UNWRAP_VARIANT_NEWTYPES) {
        Ok((value, _)) => Ok(value),
        Err(error) => Err(error.explain(text, prescan.first_long_text)),
    }
}

/// Decodes the text of a file as [`read`] does: UTF-8 without byte order mark, `\n`
/// at the end of lines. All positions are positions in this text.
///
/// # Errors
/// If the bytes are no such text, or too many.
pub fn decode(bytes: &[u8]) -> Result<Cow<'_, str>, ReadError> {
    let refuse = |problem| Err(ReadError::of_file(problem));
    check_size(bytes.len())?;
    if !bytes.is_empty() && bytes.iter().all(|b| *b == 0) {
        return refuse(Problem::ZeroFilled);
    }
    if bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]) {
        return refuse(Problem::NotUtf8("UTF-16"));
    }
    let bytes = bytes.strip_prefix(&[0xEF, 0xBB, 0xBF]).unwrap_or(bytes);
    let text = std::str::from_utf8(bytes).map_err(|error| {
        // No encoding of one byte a character has them in a text.
        let is_control = |b: &u8| b.is_ascii_control() && !b.is_ascii_whitespace();
        if bytes.iter().any(is_control) {
            return ReadError::of_file(Problem::NotText);
        }
        let before = String::from_utf8_lossy(&bytes[..error.valid_up_to()]);
        let problem = Problem::NotUtf8("Latin-1 or another old encoding");
        ReadError::at(&before, before.len(), problem)
    })?;
    if let Some(at) = text.bytes().position(|b| b == 0) {
        // UTF-16 without its mark has a zero byte in every other place.
        let zeros = bytes.iter().filter(|b| **b == 0).count();
        if zeros * 3 > bytes.len() && bytes.len().is_multiple_of(2) {
            return refuse(Problem::NotUtf8("UTF-16"));
        }
        return Err(ReadError::at(text, at, Problem::ZeroByte));
    }
    if !text.contains('\r') {
        return Ok(Cow::Borrowed(text));
    }
    Ok(Cow::Owned(text.replace("\r\n", "\n").replace('\r', "\n")))
}

/// Checks that a canonical text does not exceed the [limits](limit) of reading.
///
/// # Errors
/// If it does, with the limit.
pub fn check_limits(text: &str) -> Result<(), ReadError> {
    check_size(text.len())?;
    // A value takes more than two bytes.
    if text.len() > 2 * limit::VALUES {
        prescan(text)?;
    }
    Ok(())
}

fn check_size(bytes: usize) -> Result<(), ReadError> {
    if bytes <= limit::BYTES {
        return Ok(());
    }
    Err(ReadError::of_file(Problem::TooBig {
        megabytes: bytes.div_ceil(1024 * 1024),
        most: limit::BYTES / (1024 * 1024),
    }))
}

/// Refuses other kinds of files that end up under the name of a map.
fn refuse_other_files(text: &str) -> Result<(), ReadError> {
    let content = text.trim_start();
    let start = text.len() - content.len();
    let problem = if content.is_empty() {
        return Err(ReadError::of_file(Problem::Empty));
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
    Err(ReadError::at(text, start, problem))
}
