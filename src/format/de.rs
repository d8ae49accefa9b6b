//! Reading of wire types with the `ron` crate: paths of unknown fields, and
//! errors as sentences with a position.
//!
//! Must not know: which fields there are.

use super::error::{Problem, ReadError};
use super::limit;
use super::pending_warnings::PendingWarnings;
use super::source_map::{PathSegment, SourceMap};
use super::warning::WarningKind;
use ron::error::Error;
use ron::extensions::Extensions;
use serde::Deserialize;
use serde_ignored::Path;
use serde_path_to_error::Segment;

/// An error of the `ron` crate.
pub(super) struct ParseError {
    error: Error,
    /// The byte that was reached.
    at: usize,
    /// Path of the value that was being read.
    path: Vec<PathSegment>,
}

/// Reads the whole text as one value, with warnings about fields that its type does not have. Its
/// brackets and limits are checked before.
pub(super) fn parse<'a, T: Deserialize<'a>>(
    text: &'a str,
    extensions: Extensions,
) -> Result<(T, PendingWarnings), ParseError> {
    let options = ron::Options::default()
        .with_default_extension(Extensions::IMPLICIT_SOME)
        .with_default_extension(extensions);
    let mut warnings = PendingWarnings::default();
    let (result, at) = deserialize(text, &options, |deserializer| {
        serde_ignored::deserialize(deserializer, |path| {
            let path = segments(&path);
            if let Some(PathSegment::Field(field)) = path.last() {
                let field = field.clone();
                warnings.push(path, WarningKind::UnknownField { field });
            }
        })
    });
    match result {
        Ok(value) => Ok((value, warnings)),
        Err(error) => {
            // Once more: following the path takes time, and only errors need it.
            let mut path = Vec::new();
            let _ = deserialize::<T>(text, &options, |deserializer| {
                serde_path_to_error::deserialize(deserializer).map_err(|error| {
                    path = error_path(error.path());
                    error.into_inner()
                })
            });
            Err(ParseError { error, at, path })
        }
    }
}

/// Reads the whole text in the given way; the byte that was reached.
fn deserialize<'a, T>(
    text: &'a str,
    options: &ron::Options,
    read: impl FnOnce(&mut ron::Deserializer<'a>) -> Result<T, Error>,
) -> (Result<T, Error>, usize) {
    match ron::Deserializer::from_str_with_options(text, options) {
        Ok(mut ron) => {
            let result = read(&mut ron).and_then(|value| ron.end().map(|()| value));
            (result, text.len() - ron.remainder().len())
        }
        Err(error) => (Err(error.code), 0),
    }
}

fn segments(path: &Path<'_>) -> Vec<PathSegment> {
    let (parent, segment) = match path {
        Path::Root => return Vec::new(),
        Path::Seq { parent, index } => (parent, Some(PathSegment::Index(*index))),
        Path::Map { parent, key } => (parent, Some(PathSegment::Field(key.clone()))),
        Path::Some { parent }
        | Path::NewtypeStruct { parent }
        | Path::NewtypeVariant { parent } => (parent, None),
    };
    let mut segments = segments(parent);
    segments.extend(segment);
    segments
}

fn error_path(path: &serde_path_to_error::Path) -> Vec<PathSegment> {
    let segment = |segment: &Segment| match segment {
        Segment::Seq { index } => Some(PathSegment::Index(*index)),
        Segment::Map { key } => Some(PathSegment::Field(key.clone())),
        Segment::Enum { .. } | Segment::Unknown => None,
    };
    path.iter().filter_map(segment).collect()
}

/// Part of the text that an error is about.
enum About<'e> {
    /// The value that was being read.
    Value,
    /// The record, because of a field that it lacks.
    Record,
    /// The second field of this name in the record.
    SecondField(&'e str),
    /// The field of this name, which was just reached.
    LastField(&'e str),
    /// A backslash in a text.
    Escape,
    /// The byte that was reached, where brackets, commas, colons or names do not fit.
    Syntax,
}

impl ParseError {
    /// The error as a sentence, with its position in the text.
    ///
    /// `first_long_text` is as in [`super::prescan::Prescan`].
    pub fn explain(mut self, text: &str, first_long_text: Option<usize>) -> ReadError {
        // Of names that were left out, the text has other characters.
        self.at = text.floor_char_boundary(self.at);
        if self.error == Error::ExceededRecursionLimit {
            return ReadError::at(text, self.at, Problem::TooDeep(limit::DEPTH));
        }
        let (about, sentence) = self.describe(text);
        // Quotes that do not pair up turn everything after them inside out.
        if let (About::Syntax, Some(start)) = (&about, first_long_text)
            && start < self.at
        {
            return ReadError::at(text, start, Problem::UnclosedText);
        }
        let map = SourceMap::of(text);
        let value = map.descend(&self.path, 0).filter(|value| value.is_exact);
        let at = match about {
            About::Syntax => self.at,
            About::Escape => text[..self.at].rfind('\\').unwrap_or(self.at),
            About::SecondField(name) => map
                .second_field(&self.path, name)
                .unwrap_or(self.at.saturating_sub(name.len())),
            About::LastField(name) => self.at.saturating_sub(name.len()),
            About::Record | About::Value => value
                .as_ref()
                .map_or(self.at, |value| self.at.min(value.start())),
        };
        let on_path = || self.path.iter().rev().find_map(PathSegment::field);
        let field = value.as_ref().map_or_else(on_path, |value| value.field);
        let sentence = match (about, field) {
            (About::Value | About::Escape, Some(field)) => format!("in “{field}”: {sentence}"),
            _ => sentence,
        };
        ReadError::at(text, at, Problem::Expected(sentence))
    }

    /// Whether not even the outermost value is a record.
    pub fn is_about_the_whole(&self) -> bool {
        let is_no_record = matches!(
            self.error,
            Error::ExpectedStructLike
                | Error::ExpectedNamedStructLike(_)
                | Error::ExpectedDifferentStructName { .. }
        );
        self.path.is_empty() && is_no_record
    }

    fn describe(&self, text: &str) -> (About<'_>, String) {
        let before = text[..self.at].trim_end();
        let (about, sentence) = match &self.error {
            Error::Message(sentence) => (About::Value, sentence.as_str()),
            Error::MissingStructField { field, .. } => {
                let sentence = format!("expected the field “{field}” in this record");
                return (About::Record, sentence);
            }
            Error::NoSuchStructField { found, .. } => {
                let sentence = format!("the field “{found}” is not known here");
                return (About::LastField(found), sentence);
            }
            Error::DuplicateStructField { field, .. } => {
                let sentence = format!("the field “{field}” is here a second time");
                return (About::SecondField(field), sentence);
            }
            Error::NoSuchEnumVariant {
                expected, found, ..
            } => {
                let variants = match expected {
                    [] => "nothing".to_owned(),
                    [only] => (*only).to_owned(),
                    [first @ .., last] => format!("{} or {last}", first.join(", ")),
                };
                let sentence = format!("expected {variants}, found {found}");
                return (About::Value, sentence);
            }
            Error::InvalidValueForType { expected, found } => {
                let sentence = format!("expected {expected}, found {found}");
                return (About::Value, sentence);
            }
            Error::InvalidEscape(_) => (
                About::Escape,
                "expected \\n, \\t, \\\", \\\\ or \\u{…} after a backslash",
            ),
            Error::TrailingCharacters => (
                About::Syntax,
                "expected nothing after the closing bracket of the map",
            ),
            Error::ExpectedMapColon => (About::Syntax, "expected a colon"),
            Error::ExpectedComma
            | Error::ExpectedArrayEnd
            | Error::ExpectedMapEnd
            | Error::ExpectedStructLikeEnd
            | Error::ExpectedOptionEnd => (About::Syntax, "expected a comma or a closing bracket"),
            _ if text[self.at..].starts_with(',') && !before.ends_with(':') => {
                (About::Syntax, "expected a value before this comma")
            }
            Error::ExpectedIdentifier | Error::SuggestRawIdentifier(_)
                if before.ends_with(['(', ',']) =>
            {
                (About::Syntax, "expected the name of a field")
            }
            Error::ExpectedIdentifier | Error::SuggestRawIdentifier(_) => {
                (About::Value, "expected a word without quotes")
            }
            Error::ExpectedString => (About::Value, "expected a text in quotes"),
            Error::ExpectedBoolean => (About::Value, "expected true or false"),
            Error::ExpectedArray => (About::Value, "expected a list in [ ]"),
            Error::ExpectedMap => (About::Value, "expected texts by key in { }"),
            Error::ExpectedStructLike
            | Error::ExpectedNamedStructLike(_)
            | Error::ExpectedDifferentStructName { .. } => {
                (About::Value, "expected a record in ( )")
            }
            Error::ExpectedFloat | Error::FloatUnderscore | Error::UnderscoreAtBeginning => {
                (About::Value, "expected a number")
            }
            Error::ExpectedInteger
            | Error::IntegerOutOfBounds
            | Error::InvalidIntegerDigit { .. } => (About::Value, "expected a whole number"),
            _ => (About::Syntax, "expected a value"),
        };
        (about, sentence.to_owned())
    }
}
