//! Types of the fields of a file: texts by key, and numbers, dates, spans
//! and colours within their bounds, with a sentence for every other value.
//!
//! The wire types of all versions are built from these, so their meaning never
//! changes. Must not know: which fields there are.

use crate::model::{self, Date, Decimal, Rgb, Span};
use serde::de::{Deserialize, Deserializer, Error, MapAccess, Visitor};
use std::fmt;

/// Entries of a `{…}` in the order of the file, duplicates included.
#[derive(Debug, Default)]
pub(super) struct Pairs(pub Vec<(String, String)>);

impl<'de> Deserialize<'de> for Pairs {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct PairsVisitor;
        impl<'de> Visitor<'de> for PairsVisitor {
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
        from.deserialize_map(PairsVisitor).map(Pairs)
    }
}

/// Error for a value that has another type or is out of its bounds.
fn unexpected<E: Error>(expected: &str, found: Option<&dyn fmt::Debug>) -> E {
    let Some(found) = found else {
        return E::custom(format_args!("expected {expected}"));
    };
    let found = format!("{found:?}");
    let found = found.strip_suffix(".0").unwrap_or(&found);
    E::custom(format_args!("expected {expected}, found {found}"))
}

/// Reads a value that may be left out, and converts it.
fn checked<'de, D, R, T>(
    from: D,
    expected: &str,
    convert: impl Fn(&R) -> Option<T>,
) -> Result<Option<T>, D::Error>
where
    D: Deserializer<'de>,
    R: Deserialize<'de> + fmt::Debug,
{
    let raw = Option::<R>::deserialize(from).map_err(|_| unexpected(expected, None))?;
    let Some(raw) = raw else { return Ok(None) };
    match convert(&raw) {
        Some(value) => Ok(Some(value)),
        None => Err(unexpected(expected, Some(&raw))),
    }
}

macro_rules! values {
    ($($name:ident: $raw:ty => $value:ty, $expected:expr, $convert:expr;)*) => {$(
        pub(super) fn $name<'de, D: Deserializer<'de>>(from: D) -> Result<Option<$value>, D::Error> {
            checked::<D, $raw, $value>(from, $expected, $convert)
        }
    )*};
}

values! {
    score: f64 => f64, "a score from -2 to 2", |v| model::Score::from_value(*v).map(|_| *v);
    percent: i64 => model::Share, "a share in whole per cent from 0 to 100",
        |v| model::Share::from_percent(*v);
    span: String => Span, "a length of time such as \"2 d 4 h\" or \"45 min\"",
        |v| Span::parse(v);
    decimal: f64 => f64, NUMBER, |v| Decimal::from_value(*v).map(|_| *v);
    date: String => Date, "a date such as \"2026-05-01\"", |v| parse_date(v);
    color: String => Rgb, "a colour such as \"#0072b2\"", |v| Rgb::parse(v);
    mood: i64 => i64, "a mood from 1 to 5", |v| (1..=5).contains(v).then_some(*v);
    optional_count: u32 => u32, COUNT, |v| Some(*v);
    optional_level: i64 => model::Level, "1 (small), 2 or 3 (large)",
        |v| model::Level::from_number(*v);
}

const NUMBER: &str = "a number of at most a million millions";
const COUNT: &str = "a whole number from 0 to 4294967295";

pub(super) fn level<'de, D: Deserializer<'de>>(from: D) -> Result<model::Level, D::Error> {
    optional_level(from).map(Option::unwrap_or_default)
}

pub(super) fn count<'de, D: Deserializer<'de>>(from: D) -> Result<u32, D::Error> {
    u32::deserialize(from).map_err(|_| unexpected(COUNT, None))
}

/// A number that a [`Decimal`] can hold, before it is rounded to one.
pub(super) fn number<'de, D: Deserializer<'de>>(from: D) -> Result<f64, D::Error> {
    let number = f64::deserialize(from).map_err(|_| unexpected(NUMBER, None))?;
    match Decimal::from_value(number) {
        Some(_) => Ok(number),
        None => Err(unexpected(NUMBER, Some(&number))),
    }
}

/// Parses the plain form only: four digits, two, two.
fn parse_date(text: &str) -> Option<Date> {
    let plain = text.len() == 10
        && text.bytes().enumerate().all(|(at, b)| match at {
            4 | 7 => b == b'-',
            _ => b.is_ascii_digit(),
        });
    if plain { text.parse().ok() } else { None }
}
