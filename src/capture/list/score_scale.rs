//! Conversion of scores from other scales.

use crate::model::{Decimal, Score};

/// A scale used for scores.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct ScoreScale {
    low: f64,
    high: f64,
}

impl ScoreScale {
    const NATIVE: ScoreScale = ScoreScale {
        low: -2.0,
        high: 2.0,
    };

    /// Determines the scale of a column: the one in brackets in its title,
    /// otherwise the smallest common scale that contains a reading of all cells. `None`
    /// if none does.
    pub(super) fn of(title: &str, cells: &[Vec<f64>]) -> Option<ScoreScale> {
        let holds = |scale: &ScoreScale| {
            let mut cells = cells.iter();
            cells.all(|readings| readings.iter().any(|v| scale.contains(*v)))
        };
        if let Some(told) = scale_in_title(title) {
            return holds(&told).then_some(told);
        }
        let usual = [
            (-2.0, 2.0),
            (1.0, 5.0),
            (0.0, 10.0),
            (0.0, 100.0),
            (-3.0, 3.0),
            (-5.0, 5.0),
            (-10.0, 10.0),
            (-100.0, 100.0),
        ];
        let usual = usual.map(|(low, high)| ScoreScale { low, high });
        usual.into_iter().find(holds)
    }

    /// Whether this is the program's own scale, which needs no conversion.
    pub(super) fn is_native(self) -> bool {
        self == ScoreScale::NATIVE
    }

    fn contains(self, value: f64) -> bool {
        (self.low..=self.high).contains(&value)
    }

    /// Converts a cell to a score; `None` if not exactly one reading of it is on this scale.
    pub(super) fn score(self, cell: &str) -> Option<Score> {
        let mut readings = readings(cell);
        readings.retain(|value| self.contains(*value));
        let [value] = readings[..] else {
            return None;
        };
        if self.is_native() {
            return Score::from_value(value);
        }
        Score::from_value((value - self.low) / (self.high - self.low) * 4.0 - 2.0)
    }
}

impl std::fmt::Display for ScoreScale {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let text = format!("{} … {}", self.low, self.high);
        f.write_str(&text.replace('-', "−"))
    }
}

/// The scale given in a title: `Score (1-5)`, `Rating [0 – 10]`.
fn scale_in_title(title: &str) -> Option<ScoreScale> {
    let (_, inside) = title.split_once(['(', '['])?;
    let inside = inside.trim_end_matches([')', ']', ' ']);
    let split = ["..", "…", " to ", "–", "-"].iter().find_map(|between| {
        // A leading minus belongs to the first number.
        let first = inside.chars().next()?.len_utf8();
        let at = first + inside[first..].find(between)?;
        Some((&inside[..at], &inside[at + between.len()..]))
    });
    let (low, high) = split?;
    let (low, high) = (Decimal::parse(low)?.value(), Decimal::parse(high)?.value());
    (low < high).then_some(ScoreScale { low, high })
}

/// Returns the numbers that a cell can mean.
pub(super) fn readings(cell: &str) -> Vec<f64> {
    let readings = Decimal::readings(cell).into_iter();
    readings.map(Decimal::value).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_smallest_common_scale_containing_all_values_is_chosen() {
        let scale = |title: &str, cells: &[&str]| {
            let cells: Vec<Vec<f64>> = cells.iter().map(|cell| readings(cell)).collect();
            ScoreScale::of(title, &cells)
        };
        let of = |cells: &[&str]| scale("Score", cells).map(|s| s.to_string());
        assert_eq!(of(&["–2", "0", "1,5"]).as_deref(), Some("−2 … 2"));
        assert_eq!(of(&["1", "4"]).as_deref(), Some("1 … 5"));
        assert_eq!(of(&["0", "4"]).as_deref(), Some("0 … 10"));
        assert_eq!(of(&["-3", "3"]).as_deref(), Some("−3 … 3"));
        assert_eq!(of(&["1000"]), None);
        assert_eq!(of(&["inf"]), None);
        let told = scale("Score (1–5)", &["1", "2"]).unwrap();
        assert_eq!(told.score("1"), Some(Score::MIN));
        // One thousand is off the scale.
        assert_eq!(told.score("3,000"), Some(Score::NEUTRAL));
        assert_eq!(scale("Score (1-5)", &["7"]), None);
        let centered = scale("Score [-5..5]", &["1"]).unwrap();
        assert_eq!(centered.to_string(), "−5 … 5");
        // Both readings are on the scale.
        let wide = scale("Score [0..5000]", &["1"]).unwrap();
        assert_eq!(wide.score("1,000"), None);
    }
}
