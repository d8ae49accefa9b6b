//! Value types of the records: scores, shares, levels, colours and evidence, and the
//! notation of all values in files. All compare and hash exactly.
//!
//! Must not know: records, drawing.

use super::decimal::Decimal;
use super::rhythm::Rhythm;
use super::span::Span;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use std::fmt;

/// A feeling from −2.0 (awful) to +2.0 (delighted) in steps of 0.1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "f64", into = "f64")]
pub struct Score(i8);

impl Score {
    /// The lowest score, −2.0.
    pub const MIN: Score = Score(-20);
    /// The neutral score.
    pub const NEUTRAL: Score = Score(0);
    /// The highest score, +2.0.
    pub const MAX: Score = Score(20);

    /// Creates a score from tenths; `None` outside −20 … +20.
    pub fn from_tenths(tenths: i64) -> Option<Score> {
        let tenths = i8::try_from(tenths).ok()?;
        (-20..=20).contains(&tenths).then_some(Score(tenths))
    }

    /// Rounds to the nearest score; `None` for NaN, infinity or a value outside −2 … +2.
    pub fn from_value(value: f64) -> Option<Score> {
        let tenths = Some(value * 10.0).filter(|tenths| tenths.is_finite())?;
        Score::from_tenths(tenths.round() as i64)
    }

    /// The score in tenths, −20 … +20.
    pub fn tenths(self) -> i8 {
        self.0
    }

    /// The score as a number, −2.0 … +2.0.
    pub fn value(self) -> f64 {
        f64::from(self.0) / 10.0
    }
}

impl fmt::Display for Score {
    /// Formats with sign and one decimal: `+1.5`, `−0.3`, `0.0`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = match self.0 {
            0 => "",
            1.. => "+",
            _ => "−",
        };
        let tenths = self.0.unsigned_abs();
        write!(f, "{sign}{}.{}", tenths / 10, tenths % 10)
    }
}

/// A share of customers in tenths of a per cent, 0 … 1000.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "f64", into = "f64")]
pub struct Share(u16);

impl Share {
    /// Creates a share from whole per cent; `None` outside 0 … 100.
    pub fn from_percent(percent: i64) -> Option<Share> {
        Share::from_value(percent as f64)
    }

    /// Rounds a number of per cent to the nearest share; `None` for NaN or outside 0 … 100.
    pub fn from_value(percent: f64) -> Option<Share> {
        let is_share = (0.0..=100.0).contains(&percent);
        is_share.then(|| Share((percent * 10.0).round() as u16))
    }

    /// The share in tenths of a per cent, 0 … 1000.
    pub fn tenths(self) -> u16 {
        self.0
    }

    /// Parses a number of per cent as people type it: `45`, `33,3 %`.
    pub fn parse(text: &str) -> Option<Share> {
        let number = text.trim().trim_end_matches('%');
        Share::from_value(Decimal::parse(number)?.value())
    }

    /// The share in per cent, 0 … 100.
    pub fn percent(self) -> f64 {
        f64::from(self.0) / 10.0
    }
}

impl fmt::Display for Share {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} %", self.percent())
    }
}

/// A calendar date, as in `2026-05-01`.
pub use jiff::civil::Date;

/// The basis of a claim, from weakest to strongest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Basis {
    /// Believed by the team.
    Assumption,
    /// Seen to happen.
    Observed,
    /// Said by customers.
    Interviewed,
    /// Supported by numbers.
    Measured,
}

/// The basis of a claim and its source.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Evidence {
    /// The basis; `None` counts as an assumption but is not marked as one.
    pub basis: Option<Basis>,
    /// The source: a study, a date, a link. May be empty.
    pub source: String,
}

/// A pain severity or opportunity value: 1 (small), 2 or 3 (large).
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(try_from = "i64", into = "u8")]
pub enum Level {
    /// 1 (small).
    #[default]
    Low,
    /// 2.
    Medium,
    /// 3 (large).
    High,
}

impl Level {
    /// Creates a level; `None` outside 1 … 3.
    pub fn from_number(number: i64) -> Option<Level> {
        match number {
            1 => Some(Level::Low),
            2 => Some(Level::Medium),
            3 => Some(Level::High),
            _ => None,
        }
    }

    /// The level as 1, 2 or 3.
    pub fn number(self) -> u8 {
        self as u8 + 1
    }
}

/// A colour as red, green and blue, written `#rrggbb` in the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Rgb(pub [u8; 3]);

impl Rgb {
    /// Parses `#rrggbb`; `None` for anything else.
    pub fn parse(text: &str) -> Option<Rgb> {
        let hex = text.strip_prefix('#')?;
        if hex.len() != 6 || !hex.bytes().all(|b| b.is_ascii_hexdigit()) {
            return None;
        }
        let value = u32::from_str_radix(hex, 16).ok()?;
        let [_, r, g, b] = value.to_be_bytes();
        Some(Rgb([r, g, b]))
    }
}

impl fmt::Display for Rgb {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [r, g, b] = self.0;
        write!(f, "#{r:02x}{g:02x}{b:02x}")
    }
}

/// A value whose notation in files, intents and steps has a range.
pub(crate) trait Stated: Sized {
    /// The type of the notation.
    type Raw: DeserializeOwned + fmt::Debug;
    /// The range, in words.
    const EXPECTED: &'static str;
    /// Reads the notation; `None` outside the range.
    fn from_raw(raw: &Self::Raw) -> Option<Self>;
    /// The number as stated and as it is kept, for values that are rounded.
    fn rounding(&self, _raw: &Self::Raw) -> Option<[f64; 2]> {
        None
    }
}

/// Implements [`Stated`] and the conversions that serde uses for values in intents and steps.
macro_rules! stated {
    ($($type:ty, $raw:ty, $expected:literal, $read:expr, $write:expr => $written:ty
        $(, rounded to $kept:path)?;)*) => {$(
        impl Stated for $type {
            type Raw = $raw;
            const EXPECTED: &'static str = $expected;
            fn from_raw(raw: &$raw) -> Option<$type> {
                let read: fn(&$raw) -> Option<$type> = $read;
                read(raw)
            }
            $(
                fn rounding(&self, raw: &$raw) -> Option<[f64; 2]> {
                    Some([*raw, $kept(*self)])
                }
            )?
        }
        impl TryFrom<$raw> for $type {
            type Error = &'static str;
            fn try_from(raw: $raw) -> Result<$type, &'static str> {
                <$type>::from_raw(&raw).ok_or(concat!("expected ", $expected))
            }
        }
        impl From<$type> for $written {
            fn from(value: $type) -> $written {
                let write: fn($type) -> $written = $write;
                write(value)
            }
        }
    )*};
}

stated! {
    Score, f64, "a score from -2 to 2", |v| Score::from_value(*v), Score::value => f64,
        rounded to Score::value;
    Decimal, f64, "a number of at most a million millions",
        |v| Decimal::from_value(*v), Decimal::value => f64, rounded to Decimal::value;
    Share, f64, "a share in per cent from 0 to 100",
        |v| Share::from_value(*v), Share::percent => f64, rounded to Share::percent;
    Span, String, "a length of time such as \"2 d 4 h\" or \"45 min\"",
        |text| Span::parse(text), |span| span.to_string() => String;
    Rhythm, String, "a rhythm such as \"3 months\" or \"2 weeks\"",
        |text| Rhythm::parse(text), |rhythm| rhythm.to_string() => String;
    Level, i64, "1 (small), 2 or 3 (large)", |v| Level::from_number(*v), Level::number => u8;
    Rgb, String, "a colour such as \"#0072b2\"",
        |text| Rgb::parse(text), |color| color.to_string() => String;
}

/// Reads a date in the plain form, `2026-05-01`; other forms, such as years below zero,
/// cannot be saved.
pub fn parse_date(text: &str) -> Option<Date> {
    let is_plain = text.len() == 10
        && text.bytes().enumerate().all(|(at, b)| match at {
            4 | 7 => b == b'-',
            _ => b.is_ascii_digit(),
        });
    text.parse().ok().filter(|_| is_plain)
}

/// Serializes dates as text, `2026-05-01`.
pub(super) mod date {
    use super::{Date, parse_date};
    use serde::de::{Deserialize, Deserializer, Error};
    use serde::ser::{Serialize, Serializer};

    pub fn serialize<S: Serializer>(date: &Option<Date>, to: S) -> Result<S::Ok, S::Error> {
        date.map(|date| date.to_string()).serialize(to)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Date>, D::Error> {
        let Some(text) = Option::<String>::deserialize(from)? else {
            return Ok(None);
        };
        let expected = || D::Error::custom("expected a date such as \"2026-05-01\"");
        parse_date(&text).map(Some).ok_or_else(expected)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scores_are_limited_to_their_range() {
        assert_eq!(Score::from_value(-1.26).map(Score::tenths), Some(-13));
        assert_eq!(Score::from_value(2.1), None);
        assert_eq!(Score::from_value(f64::NAN), None);
        assert_eq!(
            Score::from_tenths(-3).map(|s| s.to_string()).as_deref(),
            Some("−0.3")
        );
    }

    #[test]
    fn colors_round_trip_and_reject_invalid_text() {
        assert_eq!(
            Rgb::parse("#1a2B3c").map(|c| c.to_string()).as_deref(),
            Some("#1a2b3c")
        );
        assert_eq!(Rgb::parse("#+1a2b3"), None);
        assert_eq!(Rgb::parse("red"), None);
    }
}
