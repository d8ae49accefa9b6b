//! `touchline new`: a new map from a template.
//!
//! Must not know: windows.

use super::input::path_parser;
use super::outcome::{CliError, ExitOutcome};
use crate::edit::{Intent, plan};
use crate::english::capitalize;
use crate::format;
use crate::model::Map;
use crate::storage::{create, with_extension};
use crate::text::escaped;
use clap::ValueEnum;
use std::io::Write;
use std::path::{Path, PathBuf};

/// Create a map from a template
///
/// Writes a new file and never replaces one. The map is called after the file:
/// bank-account.journey.ron becomes “Bank account”.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  touchline new onboarding.journey.ron
  touchline new permit.journey.ron --template citizen
  touchline new permit --title \"A building permit\"     makes permit.journey.ron")]
pub(super) struct Arguments {
    /// The new file; .journey.ron is added if it has no ending
    #[arg(value_parser = path_parser())]
    file: PathBuf,
    /// The template
    #[arg(short, long, value_name = "NAME", default_value = "blank")]
    template: Template,
    /// The title of the map; by default made from the name of the file
    #[arg(long, value_name = "TEXT")]
    title: Option<String>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Template {
    /// An empty map
    Blank,
    /// From the first advertisement to a recommendation
    Purchase,
    /// A new user of a service
    Onboarding,
    /// A problem and its solution
    Support,
    /// From the first complaint to the check-up
    Patient,
    /// An application to an authority
    Citizen,
}

impl Template {
    fn text(self) -> &'static str {
        match self {
            Template::Blank => include_str!("../../assets/templates/blank.journey.ron"),
            Template::Purchase => include_str!("../../assets/templates/purchase.journey.ron"),
            Template::Onboarding => include_str!("../../assets/templates/onboarding.journey.ron"),
            Template::Support => include_str!("../../assets/templates/support.journey.ron"),
            Template::Patient => include_str!("../../assets/templates/patient.journey.ron"),
            Template::Citizen => include_str!("../../assets/templates/citizen.journey.ron"),
        }
    }

    /// Returns the template's map with this title.
    fn map(self, title: &str) -> Result<Map, CliError> {
        let broken = |error: &dyn std::fmt::Display| {
            CliError::Plain(format!("the template is broken: {error}"))
        };
        let mut map = format::read(self.text().as_bytes())
            .map_err(|error| broken(&error))?
            .map;
        let mut header = map.header().clone();
        header.title = title.to_owned();
        plan(&map, &Intent::SetHeader(Box::new(header)))
            .map_err(|error| broken(&error))?
            .apply(&mut map)
            .map_err(|error| broken(&error))?;
        Ok(map)
    }
}

pub(super) fn run(arguments: &Arguments, out: &mut dyn Write) -> Result<ExitOutcome, CliError> {
    let file = with_extension(arguments.file.clone());
    let title = match &arguments.title {
        Some(title) => title.clone(),
        None => title_of(&file),
    };
    let map = arguments.template.map(&title)?;
    create(&file, format::write(&map).as_bytes())?;
    writeln!(out, "{}", escaped(&file.to_string_lossy()))?;
    Ok(ExitOutcome::Success)
}

/// Returns the title for a file name: `bank-account.journey.ron` becomes “Bank
/// account”.
fn title_of(file: &Path) -> String {
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    let stem = name.split('.').find(|part| !part.is_empty()).unwrap_or("");
    let words = stem.replace(['-', '_'], " ");
    match words.trim() {
        "" => "Untitled".to_owned(),
        words => capitalize(words),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_template_opens_without_a_notice_or_an_error() {
        for template in Template::value_variants() {
            let document = format::read(template.text().as_bytes()).unwrap();
            assert_eq!(document.warnings, [], "{template:?}");
            let count = document.map.stages().len();
            assert_eq!(count == 0, matches!(template, Template::Blank));
            assert!(count == 0 || count >= 3, "{template:?}");
            let map = template.map("Another title").unwrap();
            assert_eq!(map.header().title, "Another title");
        }
    }

    #[test]
    fn titles_come_from_file_names() {
        assert_eq!(
            title_of(Path::new("x/bank-account.journey.ron")),
            "Bank account"
        );
        assert_eq!(title_of(Path::new("überweisung")), "Überweisung");
        assert_eq!(title_of(Path::new(".journey.ron")), "Journey");
        assert_eq!(title_of(Path::new("-")), "Untitled");
    }
}
