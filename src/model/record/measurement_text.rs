//! The notation of a measurement as text: `CSAT 3.4 of 5 n 120`, `NPS 24/56/20`.
//!
//! Must not know: the metrics that may be measured, drawing.

use super::measurement::{Answers, MAX_SCALE_STEPS, Measurement};
use crate::model::decimal::Decimal;
use crate::model::value::{Date, parse_date};

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

    /// Parses metric, value and unit; a dash removes the value. The value may be counts:
    /// `NPS 24/56/20` (promoters, passives, detractors), `CSAT 2/3/10/30/20` (answers from 1 to 5),
    /// `CSAT 120 of 150`. The number of answers, a target and a date may follow: `n 120 target 4.2
    /// 2026-03-31`. Without a number or dash the value stays; an empty text clears all
    /// three. Returns false, with nothing changed, if the number can mean two, as in
    /// `Calls 1,000`.
    pub fn set_from_text(&mut self, text: &str) -> bool {
        let text = text.trim();
        if text.is_empty() {
            self.metric.clear();
            self.unit.clear();
            self.value = None;
            self.counts.clear();
            return true;
        }
        if text == self.to_text() {
            return true;
        }
        let (text, details) = split_details(text);
        if let Some((metric, counts)) = split_at_counts(text) {
            metric.clone_into(&mut self.metric);
            self.set_counts(counts);
        } else if let Some((metric, number, unit)) = split_at_value(text) {
            let shown = self.value.map(|value| value.to_string());
            // The text that is shown for the value means that value.
            if shown.as_deref() != Some(number) {
                let readings = Decimal::readings(number);
                if readings.len() > 1 {
                    return false;
                }
                self.value = readings.first().copied();
                self.counts.clear();
            }
            metric.clone_into(&mut self.metric);
            unit.clone_into(&mut self.unit);
            if let Some(counts) = split_share(number, unit) {
                self.set_counts(counts);
            }
        } else {
            text.clone_into(&mut self.metric);
        }
        self.n = details.n.or(self.n);
        self.target = details.target.or(self.target);
        self.date = details.date.or(self.date);
        if !self.agrees_with_counts() {
            self.counts.clear();
        }
        true
    }

    /// Whether metric, value and unit are all empty.
    pub fn is_blank(&self) -> bool {
        self.metric.is_empty() && self.unit.is_empty() && self.value.is_none()
    }
}

/// Figures that follow the unit.
#[derive(Default)]
struct Details {
    n: Option<u32>,
    target: Option<Decimal>,
    date: Option<Date>,
}

/// Splits off the number of answers, the target and the date that follow a value.
fn split_details(text: &str) -> (&str, Details) {
    let (mut rest, mut details) = (text, Details::default());
    loop {
        let (before, last) = rest.rsplit_once(char::is_whitespace).unwrap_or(("", rest));
        let before = before.trim_end();
        let shorter = if let Some(date) = parse_date(last).filter(|_| details.date.is_none()) {
            details.date = Some(date);
            before
        } else {
            let (shorter, key, figure) = match last.split_once('=') {
                Some((key, figure)) if !key.is_empty() => (before, key, figure),
                _ => {
                    let words = before.trim_end_matches([' ', '=']);
                    let at = words.rfind(char::is_whitespace);
                    let (shorter, key) = words.split_at(at.unwrap_or(0));
                    (shorter.trim_end(), key.trim(), last)
                }
            };
            match key {
                "n" | "N" if details.n.is_none() => {
                    let [n] = Decimal::counts(figure)[..] else {
                        break;
                    };
                    details.n = Some(n);
                }
                "target" | "Target" if details.target.is_none() => {
                    let Some(target) = Decimal::parse(figure) else {
                        break;
                    };
                    details.target = Some(target);
                }
                _ => break,
            }
            shorter
        };
        // A metric may be called "n" and have the value 3.
        if split_at_value(shorter).is_none() && split_at_counts(shorter).is_none() {
            return (text, Details::default());
        }
        rest = shorter;
    }
    (rest, details)
}

/// The largest tops of the scales in use: `71 of 100` is a value, `120 of 150` counts.
const SCALE_TOPS: [u32; 2] = [20, 100];

/// The counts of a share: `120`, `of 150`.
fn split_share(number: &str, unit: &str) -> Option<Vec<u32>> {
    let all = unit.strip_prefix("out ").unwrap_or(unit);
    let all = all.strip_prefix("of ")?.trim();
    let [all] = Decimal::counts(all)[..] else {
        return None;
    };
    let [with] = Decimal::counts(number)[..] else {
        return None;
    };
    let is_scale = all as usize <= MAX_SCALE_STEPS + 1 || SCALE_TOPS.contains(&all);
    let without = all.checked_sub(with).filter(|_| !is_scale)?;
    Some(vec![with, without])
}

/// Splits a text at the counts at its end: `NPS 24/56/20`.
fn split_at_counts(text: &str) -> Option<(&str, Vec<u32>)> {
    let (metric, counts) = text.rsplit_once(char::is_whitespace).unwrap_or(("", text));
    let counts: Option<Vec<u32>> = counts.split('/').map(|it| it.parse().ok()).collect();
    let counts = counts.filter(|counts| counts.len() > 2 && Answers::of(counts).is_some())?;
    Some((metric.trim_end(), counts))
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

    #[test]
    fn counts_give_value_answers_and_unit() {
        for (text, metric, counts, value, n, unit) in [
            ("NPS 24/56/20", "NPS", &[24, 56, 20][..], 4.0, 100, ""),
            ("CSAT 120 of 150", "CSAT", &[120, 30], 80.0, 150, "%"),
            (
                "CSAT app 1/0/2/3/4",
                "CSAT app",
                &[1, 0, 2, 3, 4],
                3.9,
                10,
                "of 5",
            ),
            ("Solved 12 of 37", "Solved", &[12, 25], 32.43, 37, "%"),
        ] {
            let mut it = Measurement::default();
            assert!(it.set_from_text(text));
            assert_eq!(
                (&*it.metric, &*it.counts, it.n),
                (metric, counts, Some(n)),
                "{text}"
            );
            assert_eq!(
                (it.value, &*it.unit),
                (Decimal::from_value(value), unit),
                "{text}"
            );
            assert!(it.agrees_with_counts());
        }
        for text in [
            "SUS 71 of 100",
            "CSAT 4 of 5",
            "Calls 0/0/0",
            "Odd 1/2",
            "Odd 151 of 150",
        ] {
            let mut it = Measurement::default();
            it.set_from_text(text);
            assert!(it.counts.is_empty(), "{text}");
        }
    }

    #[test]
    fn answers_target_and_date_may_follow_the_unit() {
        let mut it = Measurement::default();
        assert!(it.set_from_text("CSAT 3.4 of 5 n 120 target 4.2 2026-03-31"));
        assert_eq!((&*it.metric, &*it.unit, it.n), ("CSAT", "of 5", Some(120)));
        assert_eq!(it.target, Decimal::from_value(4.2));
        assert_eq!(it.date, Some(Date::constant(2026, 3, 31)));
        for text in ["CSAT 3.4 of 5 n=120", "CSAT 3.4 of 5 n = 120"] {
            let mut it = Measurement::default();
            it.set_from_text(text);
            assert_eq!(
                (it.to_text(), it.n),
                ("CSAT 3.4 of 5".to_owned(), Some(120)),
                "{text}"
            );
        }
        let mut it = Measurement::default();
        it.set_from_text("n 3");
        assert_eq!((&*it.metric, it.n), ("n", None));
    }

    #[test]
    fn another_value_makes_counts_void_and_the_same_keeps_them() {
        let mut it = Measurement::default();
        it.set_from_text("NPS 24/56/20");
        it.set_from_text("Net Promoter Score 4");
        assert_eq!(it.counts, [24, 56, 20]);
        it.set_from_text("NPS 5");
        assert!(it.counts.is_empty() && it.n == Some(100));
    }

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
