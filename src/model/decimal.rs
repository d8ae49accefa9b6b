//! Exact decimals, and numbers as people type them.
//!
//! Must not know: records, drawing.

use serde::{Deserialize, Serialize};
use std::fmt;

/// A number with up to three decimals, stored exactly in thousandths.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(try_from = "f64", into = "f64")]
pub struct Decimal(i64);

impl Decimal {
    /// Maximum magnitude.
    const LIMIT: f64 = 1e12;

    /// Rounds to the nearest decimal; `None` for NaN, infinity or a value beyond ±10¹².
    pub fn from_value(value: f64) -> Option<Decimal> {
        (value.is_finite() && value.abs() <= Decimal::LIMIT)
            .then(|| Decimal((value * 1000.0).round() as i64))
    }

    /// A whole number.
    pub const fn whole(value: i32) -> Decimal {
        Decimal(value as i64 * 1000)
    }

    /// Parses a number as people type it, with a point or a comma before the decimals and
    /// with or without separators of thousands: `4`, `−1.5`, `3,75`, `1 000`, `4.200,5`.
    /// `None` for anything else, and for `1,000`, which can mean two numbers.
    pub fn parse(text: &str) -> Option<Decimal> {
        match Decimal::readings(text)[..] {
            [only] => Some(only),
            _ => None,
        }
    }

    /// Returns the numbers that a typed text can mean: two for `1,000` or `1.000`, one and
    /// one thousand; otherwise the one of [`Decimal::parse`] or none.
    pub fn readings(text: &str) -> Vec<Decimal> {
        let text = text.trim();
        let unsigned = text.strip_prefix(['-', '−', '–', '+']).unwrap_or(text);
        let sign = if text.starts_with(['-', '−', '–']) {
            -1.0
        } else {
            1.0
        };
        let mut readings = Vec::new();
        for (mark, separator) in [('.', ','), (',', '.')] {
            let plain = plain_number(unsigned, mark, separator);
            let number: Option<f64> = plain.and_then(|plain| plain.parse().ok());
            let number = number.and_then(|number| Decimal::from_value(sign * number));
            readings.extend(number.filter(|number| !readings.contains(number)));
        }
        readings.sort_unstable_by_key(|number| number.0.abs());
        readings
    }

    /// Returns the counts that a typed text can mean, as in [`Decimal::readings`].
    pub fn counts(text: &str) -> Vec<u32> {
        let readings = Decimal::readings(text).into_iter();
        readings.filter_map(Decimal::to_count).collect()
    }

    /// The number as a count; `None` if it is negative, has decimals or is too large.
    pub fn to_count(self) -> Option<u32> {
        let whole = u32::try_from(self.0 / 1000).ok()?;
        (self.0 % 1000 == 0).then_some(whole)
    }

    /// The value in thousandths.
    pub(super) fn thousandths(self) -> i64 {
        self.0
    }

    /// The value as a floating-point number.
    pub fn value(self) -> f64 {
        self.0 as f64 / 1000.0
    }
}

/// Separators of thousands that are never a decimal mark.
const BLANK_SEPARATORS: [char; 6] = [' ', '\u{a0}', '\u{2009}', '\u{202f}', '\'', '’'];

/// Returns an unsigned number with a point before the decimals and without separators;
/// `None` if it is none with this decimal mark and this separator of thousands.
fn plain_number(text: &str, mark: char, separator: char) -> Option<String> {
    let are_digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let (whole, decimals) = match text.split_once(mark) {
        Some((whole, decimals)) => (whole, Some(decimals)),
        None => (text, None),
    };
    if decimals.is_some_and(|decimals| !are_digits(decimals)) {
        return None;
    }
    let is_separator = |c: char| c == separator || BLANK_SEPARATORS.contains(&c);
    let mut plain = match whole.chars().find(|c| is_separator(*c)) {
        None if whole.is_empty() && decimals.is_some() => "0".to_owned(),
        None if are_digits(whole) => whole.to_owned(),
        None => return None,
        Some(separator) => {
            let groups: Vec<&str> = whole.split(separator).collect();
            let first = groups.first().filter(|first| !first.starts_with('0'))?;
            let others = groups.iter().skip(1);
            let fits = first.len() <= 3 && others.clone().all(|group| group.len() == 3);
            if !fits || !groups.iter().all(|group| are_digits(group)) {
                return None;
            }
            groups.concat()
        }
    };
    if let Some(decimals) = decimals {
        plain.push('.');
        plain.push_str(decimals);
    }
    Some(plain)
}

impl fmt::Display for Decimal {
    /// Formats without trailing zeros: `42`, `4.5`, `−0.125`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "−" } else { "" };
        write!(f, "{sign}{}", self.value().abs())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn readings(text: &str) -> Vec<f64> {
        let numbers = Decimal::readings(text).into_iter();
        numbers.map(Decimal::value).collect()
    }

    #[test]
    fn decimals_are_formatted_without_trailing_zeros() {
        let show = |v| Decimal::from_value(v).map(|d| d.to_string());
        assert_eq!(show(42.0).as_deref(), Some("42"));
        assert_eq!(show(-4.5).as_deref(), Some("−4.5"));
        assert_eq!(show(f64::INFINITY), None);
    }

    #[test]
    fn numbers_are_read_as_people_type_them() {
        for (text, value) in [
            ("4", 4.0),
            (" −1,5 ", -1.5),
            ("+2.25", 2.25),
            (".5", 0.5),
            ("0,125", 0.125),
            ("0.125", 0.125),
            ("1234,125", 1234.125),
            ("4.200,5", 4200.5),
            ("4,200.5", 4200.5),
            ("1.234.567", 1_234_567.0),
            ("1,234,567.25", 1_234_567.25),
            ("1 000", 1000.0),
            ("-1\u{a0}000,5", -1000.5),
            ("1’000.5", 1000.5),
            ("1,0000", 1.0),
        ] {
            assert_eq!(readings(text), [value], "{text:?}");
        }
        for text in [
            "",
            "-",
            ".",
            ",",
            "5.",
            "four",
            "1e3",
            "inf",
            "NaN",
            "1.2.3",
            "5 of 10",
            "1,23,456",
            "1 00",
            "1 000.000 5",
            "1,000 000",
            "--1",
            "+-1",
            "1.000.00",
            "0,000,000",
            "9999999999999",
        ] {
            assert_eq!(readings(text), [0.0; 0], "{text:?}");
        }
    }

    #[test]
    fn a_thousand_or_a_decimal_is_left_open() {
        for (text, numbers) in [
            ("1,000", [1.0, 1000.0]),
            ("1.000", [1.0, 1000.0]),
            ("−12,345", [-12.345, -12345.0]),
        ] {
            assert_eq!(readings(text), numbers, "{text:?}");
            assert_eq!(Decimal::parse(text), None, "{text:?}");
        }
    }

    #[test]
    fn counts_are_whole() {
        assert_eq!(Decimal::counts("1,500"), [1500]);
        assert_eq!(Decimal::counts("1.000"), [1, 1000]);
        assert_eq!(Decimal::counts("120"), [120]);
        for text in ["-1", "1.5", "5000000000", "many"] {
            assert_eq!(Decimal::counts(text), [0; 0], "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn a_number_is_among_the_readings_of_its_text(thousandths in -2_000_000_i64..2_000_000) {
            let number = Decimal(thousandths);
            prop_assert!(Decimal::readings(&number.to_string()).contains(&number));
        }
    }
}
