//! Rhythms of recurring work, such as every three months, and as people type them.
//!
//! Must not know: records, drawing.

use super::value::Date;
use jiff::ToSpan as _;
use serde::{Deserialize, Serialize};
use std::fmt;

/// A number of calendar days, weeks, months or years, at least 1. Written as `3 months`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Rhythm {
    count: u16,
    unit: RhythmUnit,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum RhythmUnit {
    Day,
    Week,
    Month,
    Year,
}

impl RhythmUnit {
    const ALL: [RhythmUnit; 4] = [
        RhythmUnit::Day,
        RhythmUnit::Week,
        RhythmUnit::Month,
        RhythmUnit::Year,
    ];

    fn word(self) -> &'static str {
        match self {
            RhythmUnit::Day => "day",
            RhythmUnit::Week => "week",
            RhythmUnit::Month => "month",
            RhythmUnit::Year => "year",
        }
    }
}

/// Words for common rhythms, with the rhythms that they stand for.
const NAMES: [(&str, &str); 8] = [
    ("daily", "1 day"),
    ("weekly", "1 week"),
    ("fortnightly", "2 weeks"),
    ("monthly", "1 month"),
    ("quarterly", "3 months"),
    ("half-yearly", "6 months"),
    ("yearly", "1 year"),
    ("annually", "1 year"),
];

impl Rhythm {
    /// Parses a rhythm as people type it: `3 months`, `every 2 weeks`, `month`, `quarterly`.
    /// `None` for anything else and for numbers other than 1 to 999.
    pub fn parse(text: &str) -> Option<Rhythm> {
        let text = text.trim().to_lowercase();
        if let Some((_, long)) = NAMES.iter().find(|(name, _)| *name == text) {
            return Rhythm::parse(long);
        }
        let text = text.strip_prefix("every ").unwrap_or(&text).trim();
        let digits = text.find(|c: char| !c.is_ascii_digit())?;
        let (number, word) = text.split_at(digits);
        let count = match number {
            "" => 1,
            number => number.parse().ok().filter(|n| (1..=999).contains(n))?,
        };
        let word = word.trim();
        let word = word.strip_suffix('s').unwrap_or(word);
        let mut units = RhythmUnit::ALL.into_iter();
        let unit = units.find(|unit| unit.word() == word)?;
        Some(Rhythm { count, unit })
    }

    /// Returns the date one period after another; `None` beyond the calendar's last year.
    pub fn after(self, date: Date) -> Option<Date> {
        let count = i32::from(self.count);
        let span = match self.unit {
            RhythmUnit::Day => count.days(),
            RhythmUnit::Week => count.weeks(),
            RhythmUnit::Month => count.months(),
            RhythmUnit::Year => count.years(),
        };
        date.checked_add(span).ok()
    }
}

impl fmt::Display for Rhythm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let plural = if self.count == 1 { "" } else { "s" };
        write!(f, "{} {}{plural}", self.count, self.unit.word())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rhythms_are_read_as_people_type_them() {
        for (text, canonical) in [
            ("3 months", "3 months"),
            ("every 2 weeks", "2 weeks"),
            (" Every Month ", "1 month"),
            ("1year", "1 year"),
            ("Quarterly", "3 months"),
            ("half-yearly", "6 months"),
        ] {
            let rhythm = Rhythm::parse(text).unwrap();
            assert_eq!(rhythm.to_string(), canonical, "{text}");
            assert_eq!(Rhythm::parse(canonical), Some(rhythm));
        }
        for text in [
            "",
            "3",
            "0 days",
            "1000 days",
            "months 3",
            "-1 day",
            "3 hours",
        ] {
            assert_eq!(Rhythm::parse(text), None, "{text}");
        }
    }

    #[test]
    fn a_month_after_the_last_day_of_january_is_the_last_day_of_february() {
        let date = Date::constant(2026, 1, 31);
        let month = Rhythm::parse("1 month").unwrap();
        assert_eq!(month.after(date), Some(Date::constant(2026, 2, 28)));
        let years = Rhythm::parse("999 years").unwrap();
        assert_eq!(years.after(Date::constant(9999, 1, 1)), None);
    }
}
