//! `touchline rules`: the catalogue of the rules of `check`.
//!
//! Must not know: windows, maps.

use super::outcome::{CliError, ExitOutcome};
use super::output::{TextOrJson, write_json};
use crate::insight::{RuleFamily, rules};
use serde::Serialize;
use std::io::Write;

/// List the rules that maps are checked by, and why each matters
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  touchline rules
  touchline rules --format json

Severities: an error contradicts itself; a warning is lost, broken or not as its author can have
meant it; advice is worth a look and may well be fine.

JSON: {\"version\": 1, \"rules\": [{\"id\", \"family\", \"severity\", \"meaning\", \"why\", \"source\",
\"example\"}]}")]
pub(super) struct Arguments {
    /// How to say it
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: TextOrJson,
}

#[derive(Serialize)]
struct RuleCatalog {
    version: u32,
    rules: Vec<RuleJson>,
}

#[derive(Serialize)]
struct RuleJson {
    id: &'static str,
    family: &'static str,
    severity: &'static str,
    meaning: &'static str,
    why: &'static str,
    source: &'static str,
    example: &'static str,
}

pub(super) fn run(arguments: &Arguments, out: &mut dyn Write) -> Result<ExitOutcome, CliError> {
    match arguments.format {
        TextOrJson::Text => write_text(out)?,
        TextOrJson::Json => {
            let rules = rules::all().map(|rule| RuleJson {
                id: rule.id,
                family: rule.family.word(),
                severity: rule.severity.word(),
                meaning: rule.meaning,
                why: rule.why,
                source: rule.source,
                example: rule.example,
            });
            let rules = rules.collect();
            write_json(&RuleCatalog { version: 1, rules }, out)?;
        }
    }
    Ok(ExitOutcome::Success)
}

fn write_text(out: &mut dyn Write) -> Result<(), CliError> {
    for (at, family) in RuleFamily::ALL.into_iter().enumerate() {
        if at > 0 {
            writeln!(out)?;
        }
        writeln!(out, "{}", family.title())?;
        for rule in family.rules() {
            writeln!(out, "\n  {} ({})", rule.id, rule.severity.word())?;
            writeln!(out, "    {}", rule.meaning)?;
            writeln!(out, "    Why: {}", rule.why)?;
            writeln!(out, "    Source: {}", rule.source)?;
            writeln!(out, "    Example: {}", rule.example)?;
        }
    }
    Ok(())
}
