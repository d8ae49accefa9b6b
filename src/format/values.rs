//! What the fields of a file may say: ids, texts by key, and numbers, dates,
//! spans and colours within their bounds, refused in words where they are not.
//!
//! The shapes of all versions are put together from these, so what they read
//! never changes. Must not know: which fields there are.

use crate::model::{self, Date, Decimal, Rgb, Span};
use serde::de::{Deserialize, Deserializer, Error, MapAccess, Visitor};
use std::borrow::Cow;
use std::fmt;

/// An id, or a reference by id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Name<'a>(pub Cow<'a, str>);

impl<'de: 'a, 'a> Deserialize<'de> for Name<'a> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Text;
        impl<'de> Visitor<'de> for Text {
            type Value = Cow<'de, str>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an id in quotes")
            }
            fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Self::Value, E> {
                Ok(Cow::Borrowed(text))
            }
            fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
                Ok(Cow::Owned(text.to_owned()))
            }
            fn visit_string<E>(self, text: String) -> Result<Self::Value, E> {
                Ok(Cow::Owned(text))
            }
        }
        from.deserialize_str(Text).map(Name)
    }
}

/// The entries of a `{…}` in the order of the file, doubles included.
#[derive(Debug, Default)]
pub(super) struct Pairs(pub Vec<(String, String)>);

impl<'de> Deserialize<'de> for Pairs {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Entries;
        impl<'de> Visitor<'de> for Entries {
            type Value = Vec<(String, String)>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("texts by key in curly brackets")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut pairs = Vec::new();
                while let Some(pair) = map.next_entry()? {
                    pairs.push(pair);
                }
                Ok(pairs)
            }
        }
        from.deserialize_map(Entries).map(Pairs)
    }
}

/// Reads a value and turns it into what it means, or says in the words of
/// `expected` why it cannot.
fn checked<'de, D, R, T>(
    from: D,
    expected: &str,
    check: impl Fn(&R) -> Option<T>,
) -> Result<Option<T>, D::Error>
where
    D: Deserializer<'de>,
    R: Deserialize<'de> + fmt::Debug,
{
    match Option::<R>::deserialize(from)? {
        None => Ok(None),
        Some(raw) => match check(&raw) {
            Some(value) => Ok(Some(value)),
            None => {
                let found = format!("{raw:?}");
                let found = found.strip_suffix(".0").unwrap_or(&found);
                Err(D::Error::custom(format!(
                    "expected {expected}, found {found}"
                )))
            }
        },
    }
}

macro_rules! values {
    ($($name:ident: $raw:ty => $value:ty, $expected:literal, $check:expr;)*) => {$(
        pub(super) fn $name<'de, D: Deserializer<'de>>(from: D) -> Result<Option<$value>, D::Error> {
            checked::<D, $raw, $value>(from, $expected, $check)
        }
    )*};
}

values! {
    score: f64 => f64, "a score from -2 to 2", |v| model::Score::from_value(*v).map(|_| *v);
    percent: i64 => model::Share, "a share in whole per cent from 0 to 100",
        |v| model::Share::from_percent(*v);
    span: String => Span, "a length of time such as \"2 d 4 h\" or \"45 min\"",
        |v| Span::parse(v);
    decimal: f64 => f64, "a number of at most a million millions",
        |v| Decimal::from_value(*v).map(|_| *v);
    date: String => Date, "a date such as \"2026-05-01\"", |v| parse_date(v);
    colour: String => Rgb, "a colour such as \"#0072b2\"", |v| Rgb::parse(v);
}

pub(super) fn level<'de, D: Deserializer<'de>>(from: D) -> Result<model::Level, D::Error> {
    let level = checked::<D, i64, _>(from, "1 (small), 2 or 3 (large)", |v| {
        model::Level::from_number(*v)
    })?;
    Ok(level.unwrap_or_default())
}

/// A number that a [`Decimal`] can hold, before it is rounded to one.
pub(super) fn number<'de, D: Deserializer<'de>>(from: D) -> Result<f64, D::Error> {
    let number = f64::deserialize(from)?;
    match Decimal::from_value(number) {
        Some(_) => Ok(number),
        None => Err(D::Error::custom(format!(
            "expected a number of at most a million millions, found {number:?}"
        ))),
    }
}

/// Only the plain form: four digits, two, two.
fn parse_date(text: &str) -> Option<Date> {
    let plain = text.len() == 10
        && text.bytes().enumerate().all(|(at, b)| match at {
            4 | 7 => b == b'-',
            _ => b.is_ascii_digit(),
        });
    if plain { text.parse().ok() } else { None }
}
