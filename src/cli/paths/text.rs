//! Routes as text.
//!
//! Must not know: windows.

use super::{Arguments, RouteQuery, count_loops};
use crate::cli::outcome::CliError;
use crate::cli::output::{curve_text, time_text};
use crate::english::count_in_words;
use crate::text::escaped;
use std::io::Write;

impl RouteQuery<'_> {
    fn route_summary(&self, way: &[usize]) -> String {
        let time = time_text(self.graph.route_time(way), way.len());
        let steps = count_in_words(way.len(), "step", "steps");
        let mut facts = format!("{steps}, {time}");
        if let Some(felt) = self.graph.curve(self.persona.map(|p| &p.id), way) {
            let who = self.persona.map_or("the customer", |p| p.name.trim());
            let felt = curve_text(&self.names, &felt);
            facts.push_str(&format!("\n   {}: {felt}", escaped(who)));
        }
        facts
    }

    pub(super) fn write_routes(
        &self,
        arguments: &Arguments,
        out: &mut dyn Write,
    ) -> Result<(), CliError> {
        let (from, to) = (self.names.quoted(self.from), self.names.quoted(self.to));
        let ways = match self.count {
            1 => "One way leads".to_owned(),
            u64::MAX => "More ways than can be counted lead".to_owned(),
            n => format!("{n} ways lead"),
        };
        let which = match arguments {
            _ if arguments.best => "; the best:",
            _ if arguments.worst => "; the worst:",
            _ if arguments.shortest => "; the shortest:",
            _ if arguments.longest => "; the longest:",
            _ if arguments.loops => "; with loops:",
            _ if self.count > arguments.limit as u64 => {
                &format!("; the first {}:", arguments.limit)
            }
            _ => ":",
        };
        writeln!(out, "{ways} from {from} to {to}{which}")?;
        for (number, way) in self.routes.iter().enumerate() {
            writeln!(out, "\n{}. {}", number + 1, self.route_summary(way))?;
            match self.routes.first() {
                Some(first) if number > 0 && count_loops(way) == 0 && count_loops(first) == 0 => {
                    writeln!(out, "   as 1{}", self.difference(first, way))?;
                }
                _ => self.write_steps(way, out)?,
            }
        }
        if self.is_cut {
            let found = count_in_words(self.routes.len(), "path", "paths");
            writeln!(
                out,
                "\nThere are too many loops: the search ended after {found}. Narrow it with --from and --to."
            )?;
        }
        Ok(())
    }

    fn write_steps(&self, way: &[usize], out: &mut dyn Write) -> Result<(), CliError> {
        let mut before = None;
        for at in way {
            let back = before.is_some_and(|before| *at <= before);
            let arrow = if back { "↩" } else { "→" };
            writeln!(out, "   {arrow} {}", self.names.quoted(*at))?;
            before = Some(*at);
        }
        Ok(())
    }

    /// Returns the steps that a route has or lacks compared with the first one.
    fn difference(&self, first: &[usize], way: &[usize]) -> String {
        let lacks = |some: &[usize], other: &[usize]| -> Vec<String> {
            let lacking = some.iter().filter(|at| !other.contains(at));
            lacking.map(|at| self.names.quoted(*at)).collect()
        };
        let (more, less) = (lacks(way, first), lacks(first, way));
        let mut words = String::new();
        if !more.is_empty() {
            words.push_str(&format!(", with {}", more.join(", ")));
        }
        if !less.is_empty() {
            words.push_str(&format!(", without {}", less.join(", ")));
        }
        words
    }

    pub(super) fn write_branches(&self, out: &mut dyn Write) -> Result<(), CliError> {
        let forks = self.forks();
        if forks.is_empty() {
            writeln!(out, "The ways never part.")?;
        }
        for (number, fork) in forks.iter().enumerate() {
            if number > 0 {
                writeln!(out)?;
            }
            let meet = match fork.rejoin {
                Some(at) => format!("and meet again at {}", self.names.quoted(at)),
                None => "and do not all meet again".to_owned(),
            };
            writeln!(
                out,
                "At {} ways part, {meet}:",
                self.names.quoted(fork.position)
            )?;
            for branch in &fork.branches {
                let share = (branch.weight * 100.0).round();
                let of_all = match (branch.traffic * 100.0).round() {
                    same if same == share => String::new(),
                    of_all => format!(" ({of_all} % of all)"),
                };
                match branch.route.as_slice() {
                    [] => writeln!(out, " {share:>3} %  straight on{of_all}")?,
                    way => {
                        let names: Vec<String> =
                            way.iter().map(|at| self.names.quoted(*at)).collect();
                        writeln!(out, " {share:>3} %  {}{of_all}", names.join(" → "))?;
                        writeln!(
                            out,
                            "        {}",
                            self.route_summary(way).replace("\n   ", "\n        ")
                        )?;
                    }
                }
            }
        }
        Ok(())
    }
}
