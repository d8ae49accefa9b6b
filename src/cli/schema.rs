//! `touchline schema`: a description of the file format.
//!
//! Must not know: windows.

use super::outcome::{CliError, ExitOutcome};
use std::io::Write;

/// Explain the file format, with a complete example
///
/// A map is a text file that can be written by hand. This prints all fields; the
/// example at the end has every field and is a valid map: copy it from the line
/// with the bracket on.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {}

/// The description of all fields; the example follows it.
const EXPLANATION: &str = include_str!("schema.txt");

/// A map with every field, in canonical form.
const EXAMPLE: &str = include_str!("../../assets/example.journey.ron");

pub(super) fn run(out: &mut dyn Write) -> Result<ExitOutcome, CliError> {
    out.write_all(EXPLANATION.as_bytes())?;
    out.write_all(EXAMPLE.as_bytes())?;
    Ok(ExitOutcome::Success)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format;

    #[test]
    fn the_example_is_canonical_and_in_order() {
        let document = format::read(EXAMPLE.as_bytes()).unwrap();
        assert_eq!(document.warnings, []);
        assert!(format::is_canonical(EXAMPLE.as_bytes(), &document.map));
        let found = crate::insight::check(&document.map, crate::model::Date::constant(2026, 6, 1));
        // The example shows what a merge leaves to decide.
        let rules: Vec<&str> = found.iter().map(|finding| finding.rule.id).collect();
        assert_eq!(rules, ["conflict-open"]);
    }

    #[test]
    fn the_grammar_of_capture_is_explained() {
        for (written, meaning) in crate::capture::GRAMMAR {
            let line = format!("  {written:<18} {meaning}");
            assert!(EXPLANATION.contains(&line), "{line}");
        }
        let words: Vec<&str> = EXPLANATION.split_whitespace().collect();
        let words = words.join(" ");
        for note in crate::capture::GRAMMAR_NOTES {
            assert!(words.contains(note), "{note}");
        }
    }

    #[test]
    fn every_field_of_the_example_is_explained() {
        let mut missing = Vec::new();
        for line in EXAMPLE.lines() {
            for part in line.split([',', '(']) {
                let Some((word, _)) = part.split_once(": ") else {
                    continue;
                };
                let word = word.trim();
                let is_name =
                    !word.is_empty() && word.chars().all(|c| c.is_ascii_lowercase() || c == '_');
                if is_name && !EXPLANATION.contains(word) {
                    missing.push(word);
                }
            }
        }
        assert!(missing.is_empty(), "{missing:?}");
    }
}
