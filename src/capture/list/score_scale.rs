//! Conversion of scores from other scales.

use crate::model::Score;

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
    /// otherwise the smallest common scale that contains all values. `None` if
    /// none does.
    pub(super) fn of(title: &str, values: &[f64]) -> Option<ScoreScale> {
        let holds =
            |scale: &ScoreScale| values.iter().all(|v| (scale.low..=scale.high).contains(v));
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

    /// Converts a value on this scale to a score.
    pub(super) fn score(self, value: f64) -> Option<Score> {
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
    let (low, high) = (parse_number(low)?, parse_number(high)?);
    (low < high).then_some(ScoreScale { low, high })
}

/// Parses a number as written in a cell.
pub(super) fn parse_number(cell: &str) -> Option<f64> {
    let plain = cell.trim().replace(['−', '–'], "-").replace(',', ".");
    let looks = plain
        .bytes()
        .all(|b| b.is_ascii_digit() || matches!(b, b'-' | b'+' | b'.'));
    plain.parse().ok().filter(|_| looks)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_smallest_common_scale_containing_all_values_is_chosen() {
        let of = |values: &[f64]| ScoreScale::of("Score", values).map(|s| s.to_string());
        assert_eq!(of(&[-2.0, 0.0, 1.5]).as_deref(), Some("−2 … 2"));
        assert_eq!(of(&[1.0, 4.0]).as_deref(), Some("1 … 5"));
        assert_eq!(of(&[0.0, 4.0]).as_deref(), Some("0 … 10"));
        assert_eq!(of(&[-3.0, 3.0]).as_deref(), Some("−3 … 3"));
        assert_eq!(of(&[1000.0]), None);
        let told = ScoreScale::of("Score (1–5)", &[1.0, 2.0]).unwrap();
        assert_eq!(told.score(1.0), Some(Score::MIN));
        assert_eq!(told.score(3.0), Some(Score::NEUTRAL));
        assert_eq!(ScoreScale::of("Score (1-5)", &[7.0]), None);
        assert_eq!(
            ScoreScale::of("Score [-5..5]", &[1.0]).unwrap().to_string(),
            "−5 … 5"
        );
        assert_eq!(parse_number("1,5"), Some(1.5));
        assert_eq!(parse_number("inf"), None);
    }
}
