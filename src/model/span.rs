//! Durations, and durations as people type them.
//!
//! Must not know: records, drawing.

use super::decimal::Decimal;
use serde::{Deserialize, Serialize};
use std::fmt;

/// A duration in whole minutes.
///
/// Written as weeks, days, hours and minutes, each at most once and in this order
/// (`2 d 4 h`, `45 min`). A day has 24 hours.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(try_from = "String", into = "String")]
pub struct Span(u32);

/// A unit of time.
struct Unit {
    /// The words for it, that of the canonical form first.
    words: &'static [&'static str],
    minutes: u32,
}

const HOUR: usize = 2;
const UNITS: [Unit; 4] = [
    Unit {
        words: &["w", "wk", "wks", "week", "weeks"],
        minutes: 7 * 24 * 60,
    },
    Unit {
        words: &["d", "day", "days"],
        minutes: 24 * 60,
    },
    Unit {
        words: &["h", "hr", "hrs", "hour", "hours"],
        minutes: 60,
    },
    Unit {
        words: &["min", "m", "mins", "minute", "minutes"],
        minutes: 1,
    },
];

impl Span {
    /// Creates a span of this many minutes.
    pub fn from_minutes(minutes: u32) -> Span {
        Span(minutes)
    }

    /// The duration in minutes.
    pub fn minutes(self) -> u32 {
        self.0
    }

    /// Parses a duration as people type it: `2 d 4 h`, `90 minutes`, `1h30`, `1.5 h`,
    /// `2 days and 4 hours`. Parts of hours, days and weeks are rounded to whole minutes.
    /// `None` for anything else, for units out of order and on overflow.
    pub fn parse(text: &str) -> Option<Span> {
        let mut rest = text.trim();
        let mut total: u32 = 0;
        let mut next_unit = 0;
        while !rest.is_empty() {
            let digits = rest.find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | ',')));
            let (number, tail) = rest.split_at(digits.unwrap_or(rest.len()));
            let amount = Decimal::parse(number)?;
            let tail = tail.trim_start();
            let letters = tail.find(|c: char| !c.is_ascii_alphabetic());
            let (word, after) = tail.split_at(letters.unwrap_or(tail.len()));
            let named = |unit: &Unit| unit.words.iter().any(|w| w.eq_ignore_ascii_case(word));
            let index = match UNITS.iter().position(named) {
                Some(index) => index,
                // `1h30`: the minutes.
                None if word.is_empty() && after.is_empty() && next_unit == HOUR + 1 => {
                    amount.to_count().filter(|minutes| *minutes < 60)?;
                    HOUR + 1
                }
                None => return None,
            };
            if index < next_unit {
                return None;
            }
            next_unit = index + 1;
            let minutes = match UNITS[index].minutes {
                1 => amount.to_count()?,
                unit => {
                    let thousandths = amount.thousandths().checked_mul(i64::from(unit))?;
                    u32::try_from(thousandths.checked_add(500)? / 1000).ok()?
                }
            };
            total = total.checked_add(minutes)?;
            let after = after.trim_start();
            let joined = after
                .strip_prefix(',')
                .or_else(|| after.strip_prefix("and "));
            let more = joined.map(str::trim_start);
            // Another part follows the comma.
            rest = more.filter(|more| !more.is_empty()).unwrap_or(after);
        }
        (next_unit > 0).then_some(Span(total))
    }
}

impl fmt::Display for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0 == 0 {
            return f.write_str("0 min");
        }
        let mut rest = self.0;
        let mut words = Vec::new();
        for unit in UNITS {
            let amount = rest / unit.minutes;
            rest %= unit.minutes;
            if amount > 0 {
                words.push(format!("{amount} {}", unit.words[0]));
            }
        }
        f.write_str(&words.join(" "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn durations_are_read_as_people_type_them() {
        for (text, minutes) in [
            ("45 min", 45),
            ("90min", 90),
            ("90 minutes", 90),
            ("1 minute", 1),
            ("45m", 45),
            ("1h30", 90),
            ("1 h 30", 90),
            ("1h30m", 90),
            ("1 H 30 Min", 90),
            ("1.5 h", 90),
            ("1,5 h", 90),
            ("1.33 hours", 80),
            ("0.5 d", 720),
            ("2 days", 2880),
            ("2 days, 4 hours", 3120),
            ("2 days and 4 hours", 3120),
            ("1 week", 10080),
            ("1w 2d 3h 4min", 10080 + 2880 + 184),
            ("0 min", 0),
        ] {
            assert_eq!(
                Span::parse(text).map(Span::minutes),
                Some(minutes),
                "{text:?}"
            );
        }
        for text in [
            "",
            " ",
            "4 h 2 d",
            "soon",
            "5",
            "h",
            "99999999 w",
            "1 h 1 h",
            "-3 h",
            "1h60",
            "1h30 min 5",
            "2 d 30",
            "1.5 min",
            "1,000 h",
            "1 month",
            "1 h,",
            "and 1 h",
            "1 h and",
            "1:30",
            "1 h 30.5",
        ] {
            assert_eq!(Span::parse(text), None, "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn spans_round_trip(minutes in any::<u32>()) {
            let span = Span::from_minutes(minutes);
            prop_assert_eq!(Span::parse(&span.to_string()), Some(span));
        }
    }
}
