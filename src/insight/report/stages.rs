//! Narrative section on stages: their steps with durations, and the paths that leave the main
//! line.

use super::writer::{
    NarrativeWriter, bold, escape_markdown, escaped_sentence, named, unless_blank,
};
use crate::english::count_in_words;
use crate::graph::{FlowLink, RouteTime};
use crate::model::{PathKind, Span, Stage};
use std::ops::Range;

impl NarrativeWriter<'_> {
    pub(super) fn stages(&self) -> Vec<String> {
        let stages = self.stage_lines().into_iter().enumerate();
        let lines: Vec<String> = stages
            .map(|(at, lines)| format!("{}. {}", at + 1, lines.join("\n   ")))
            .collect();
        if lines.is_empty() {
            return Vec::new();
        }
        let mut paragraphs = vec![lines.join("\n")];
        paragraphs.extend(self.times());
        paragraphs
    }

    /// The lines about each stage: what happens there, and the paths that leave the main line.
    pub(super) fn stage_lines(&self) -> Vec<Vec<String>> {
        let mut first = 0;
        let stages = self.map.touchpoint_lists().map(|(stage, touchpoints)| {
            let steps = first..first + touchpoints.len();
            first = steps.end;
            let links = steps.clone().flat_map(|at| self.graph.links_from(at));
            let links = links.filter_map(|link| self.path(&self.graph.flow().links[link]));
            let paths = links.map(|path| format!("- {path}"));
            [self.stage(stage, steps)]
                .into_iter()
                .chain(paths)
                .collect()
        });
        stages.collect()
    }

    fn stage(&self, stage: &Stage, steps: Range<usize>) -> String {
        let mut about = Vec::new();
        if !stage.time.trim().is_empty() {
            about.push(escape_markdown(&stage.time));
        }
        about.extend(stage.duration.map(|duration| duration.to_string()));
        about.push(self.owner(stage.owner.as_ref(), "no owner"));
        let mut said = format!("{} ({}).", bold(&stage.name), about.join(", "));
        said += &unless_blank(&stage.goal, |goal| format!(" {}", escaped_sentence(goal)));
        let is_main = |at: &usize| self.graph.flow().branch_of[*at].is_none();
        let (main, beside): (Vec<usize>, Vec<usize>) = steps.partition(is_main);
        let names =
            |steps: &[usize]| -> Vec<String> { steps.iter().map(|at| self.step(*at)).collect() };
        if !main.is_empty() {
            said += &format!(" {}.", names(&main).join(" → "));
        }
        if !beside.is_empty() {
            said += &format!(" On the side: {}.", names(&beside).join("; "));
        }
        said
    }

    /// The name of a touchpoint with its duration.
    fn step(&self, at: usize) -> String {
        let touchpoint = self.touchpoints[at];
        let duration = touchpoint.duration.map(|duration| format!(" ({duration})"));
        named(&touchpoint.name) + &duration.unwrap_or_default()
    }

    /// A sentence about a written path: its condition, share and target. `None` if it is the
    /// step to the next touchpoint in the list.
    fn path(&self, link: &FlowLink) -> Option<String> {
        let path = self.touchpoints[link.from].paths.get(link.path_index?)?;
        let (from, to) = (self.touchpoint(link.from), self.touchpoint(link.to));
        let label = unless_blank(&path.label, |label| {
            format!(" ({})", escape_markdown(label))
        });
        let who = match path.share {
            Some(share) => format!("{share} of its customers"),
            None => "customers".to_owned(),
        };
        let said = match link.kind {
            PathKind::Failure => {
                let onward = self.onward(link.to);
                format!("If {from} fails{label}, {who} come to {to}{onward}.")
            }
            PathKind::Alternative => {
                let onward = self.onward(link.to);
                format!("After {from}{label}, {who} take {to}{onward}.")
            }
            PathKind::Return => format!("From {from}{label}, {who} go back to {to}."),
            PathKind::Next if link.to == link.from + 1 && path.share.is_none() => return None,
            PathKind::Next => format!("After {from}{label}, {who} go on with {to}."),
        };
        Some(said)
    }

    /// The way on from a side branch: the main step at which it rejoins, or its end.
    fn onward(&self, branch: usize) -> String {
        let branch_of = &self.graph.flow().branch_of;
        let mut at = branch;
        // Each step of a branch is passed once at most.
        for _ in 0..self.graph.len() {
            if branch_of[at].is_none() {
                break;
            }
            match self.graph.successors(at).first() {
                Some(next) => at = *next,
                None => return ", where the journey ends".to_owned(),
            }
        }
        match at {
            at if at == branch => String::new(),
            at if branch_of[at].is_some() => ", and from there in circles".to_owned(),
            at => format!(" and go on with {}", self.touchpoint(at)),
        }
    }

    /// The durations of the usual, the shortest and the longest route.
    fn times(&self) -> Option<String> {
        let usual = self.graph.route_time(&self.stats.usual_route);
        let (shortest, longest) = self.stats.route_times?;
        if longest.minutes == 0 {
            return None;
        }
        let mut said = format!("The steps of the usual way take {}", time(usual));
        for (word, other) in [("shortest", shortest), ("longest", longest)] {
            if other != usual {
                said += &format!(", those of the {word} {}", time(other));
            }
        }
        Some(said + ".")
    }
}

/// Formats the duration of a route with the number of steps that have none.
fn time(time: RouteTime) -> String {
    let known = Span::from_minutes(u32::try_from(time.minutes).unwrap_or(u32::MAX));
    match time.unknown {
        0 => known.to_string(),
        n => format!(
            "{known} and {} without a duration",
            count_in_words(n, "step", "steps")
        ),
    }
}
