//! Measurements, and their notation as text.
//!
//! Must not know: the metrics that may be measured, drawing.

use crate::model::decimal::Decimal;
use crate::model::value::Date;
use serde::{Deserialize, Serialize};

/// A measured or planned value.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Measurement {
    /// The metric: `NPS`, `CSAT`, `CES` or a custom one.
    pub metric: String,
    /// The value in the metric's own unit; `None` if it is not measured yet.
    pub value: Option<Decimal>,
    /// The unit if the metric's name does not imply it ("%", "min").
    pub unit: String,
    /// The number of answers.
    pub n: Option<u32>,
    /// The standard deviation of the answers, in the unit of the value.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sd: Option<Decimal>,
    /// The date.
    #[serde(with = "crate::model::value::date")]
    pub date: Option<Date>,
}

/// Words after which a number is part of the unit rather than the value: `3.4 of 5`.
const UNIT_PREFIXES: [&str; 6] = ["of", "per", "in", "from", "out", "/"];

/// The placeholder for a value that is not measured yet.
const NO_VALUE: &str = "–";

impl Measurement {
    /// Formats metric, value and unit: `CSAT 3.4 of 5`, or `CSAT –` before it is
    /// measured. Empty if all three are empty.
    pub fn to_text(&self) -> String {
        if self.is_blank() {
            return String::new();
        }
        let value = self.value.map(|value| value.to_string());
        let value = value.unwrap_or_else(|| NO_VALUE.to_owned());
        let words = [self.metric.as_str(), &value, &self.unit];
        let words: Vec<&str> = words.into_iter().filter(|it| !it.is_empty()).collect();
        words.join(" ")
    }

    /// Parses metric, value and unit; a dash removes the value. Without a number
    /// or dash the value stays; an empty text clears all three. Returns false, with nothing
    /// changed, if the number can mean two, as in `Calls 1,000`.
    pub fn set_from_text(&mut self, text: &str) -> bool {
        let text = text.trim();
        if text.is_empty() {
            self.metric.clear();
            self.unit.clear();
            self.value = None;
            return true;
        }
        match split_at_value(text) {
            Some((metric, number, unit)) => {
                let shown = self.value.map(|value| value.to_string());
                // The text that is shown for the value means that value.
                if shown.as_deref() != Some(number) {
                    let readings = Decimal::readings(number);
                    if readings.len() > 1 {
                        return false;
                    }
                    self.value = readings.first().copied();
                }
                metric.clone_into(&mut self.metric);
                unit.clone_into(&mut self.unit);
            }
            None => text.clone_into(&mut self.metric),
        }
        true
    }

    /// Whether metric, value and unit are all empty.
    pub fn is_blank(&self) -> bool {
        self.metric.is_empty() && self.unit.is_empty() && self.value.is_none()
    }
}

/// Splits a text at its number: the last one that is not part of a scale, otherwise a
/// dash, which stands for a missing value.
fn split_at_value(text: &str) -> Option<(&str, &str, &str)> {
    let mut found: Option<(&str, &str, &str)> = None;
    let mut word_before = "";
    let mut rest = text;
    while !rest.is_empty() {
        let at = text.len() - rest.len();
        let (word, after) = rest.split_at(rest.find(char::is_whitespace).unwrap_or(rest.len()));
        if let Some((number, tail)) = leading_number(word) {
            let scale = found.is_some() && UNIT_PREFIXES.contains(&word_before);
            if !scale {
                let unit = &text[at + word.len() - tail.len()..];
                found = Some((text[..at].trim_end(), number, unit.trim_start()));
            }
        } else if found.is_none() && matches!(word, NO_VALUE | "-" | "\u{2014}") {
            found = Some((text[..at].trim_end(), word, after.trim_start()));
        }
        word_before = word;
        rest = after.trim_start();
    }
    found
}

/// Splits a word into its leading number and the unit behind it: `83%`.
fn leading_number(word: &str) -> Option<(&str, &str)> {
    let part = |c: char| c.is_ascii_digit() || matches!(c, '-' | '+' | '\u{2212}' | '.' | ',');
    let (number, tail) = word.split_at(word.find(|c| !part(c)).unwrap_or(word.len()));
    let is_number = !Decimal::readings(number).is_empty();
    (is_number && !tail.starts_with(char::is_alphanumeric)).then_some((number, tail))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::{ProptestConfig, prop_assert_eq, proptest};

    fn read(text: &str) -> (String, String, String) {
        let mut it = Measurement::default();
        it.set_from_text(text);
        (
            it.metric,
            it.value.map_or(String::new(), |v| v.to_string()),
            it.unit,
        )
    }

    #[test]
    fn a_value_is_found_among_words() {
        for (text, metric, value, unit) in [
            ("CSAT 3.4 of 5", "CSAT", "3.4", "of 5"),
            ("NPS -12", "NPS", "\u{2212}12", ""),
            ("Within 24 h 83%", "Within 24 h", "83", "%"),
            (
                "First contact solved  71,5 %",
                "First contact solved",
                "71.5",
                "%",
            ),
            ("Complaints 3 per 1000", "Complaints", "3", "per 1000"),
            ("42", "", "42", ""),
            ("4 / 5", "", "4", "/ 5"),
            ("CSAT", "CSAT", "", ""),
            ("Solved on the 2nd day", "Solved on the 2nd day", "", ""),
        ] {
            let expected = (metric.to_owned(), value.to_owned(), unit.to_owned());
            assert_eq!(read(text), expected, "{text}");
        }
    }

    #[test]
    fn the_value_stays_without_a_number_and_is_cleared_without_text() {
        let mut it = Measurement::default();
        it.set_from_text("CSAT 3.4 of 5");
        it.set_from_text("CES");
        assert_eq!(it.to_text(), "CES 3.4 of 5");
        it.set_from_text("CES – of 5");
        assert_eq!((it.to_text().as_str(), it.value), ("CES – of 5", None));
        it.set_from_text("Answered – mostly 3 %");
        assert_eq!(it.to_text(), "Answered – mostly 3 %");
        it.set_from_text(" ");
        assert!(it.is_blank());
        assert_eq!(it.to_text(), "");
    }

    #[test]
    fn a_number_that_can_mean_two_changes_nothing() {
        let mut it = Measurement::default();
        it.set_from_text("CSAT 3.4 of 5");
        let before = it.clone();
        for text in ["Calls 1,000", "Calls 1.000 a day"] {
            assert!(!it.set_from_text(text), "{text}");
            assert_eq!(it, before);
        }
        assert!(it.set_from_text("Calls 4.200,5"));
        assert_eq!(it.to_text(), "Calls 4200.5");
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn formatted_measurements_parse_back(
            metric in "[A-Za-z]{0,6}( [a-z]{1,4})?",
            value in proptest::option::of(-500_000_i32..500_000),
            unit in "([a-z%]{1,5})?( of 5)?",
        ) {
            let before = Measurement {
                metric: metric.trim().to_owned(),
                value: value.map(|value| Decimal::from_value(f64::from(value) / 1000.0).unwrap()),
                unit: unit.trim().to_owned(),
                ..Measurement::default()
            };
            // The text that is shown for a value means that value.
            let mut after = Measurement { value: before.value, ..Measurement::default() };
            after.set_from_text(&before.to_text());
            prop_assert_eq!(after, before);
        }
    }
}
