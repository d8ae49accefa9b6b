//! Narrative sections on pain points, ownership and actions.

use super::writer::{NarrativeWriter, bold, escape_markdown, quoted_markdown};
use crate::english::{capitalize, count_in_words, join_with_and};
use crate::insight::checks::pain::{Resolution, resolution};
use crate::model::{Action, ActionStatus, Level, Pain, Touchpoint};
use std::fmt::Write;

/// Maximum number of listed pains.
const MAX_PAINS: usize = 12;

impl NarrativeWriter<'_> {
    pub(crate) fn pains(&self) -> Vec<String> {
        let mut pains: Vec<(&Pain, &Touchpoint)> = self
            .touchpoints
            .iter()
            .flat_map(|t| t.pains.iter().map(|pain| (pain, *t)))
            .collect();
        if pains.is_empty() {
            return Vec::new();
        }
        pains.sort_by_key(|(pain, _)| std::cmp::Reverse((pain.severity, pain.votes)));
        let lines = pains
            .iter()
            .take(MAX_PAINS)
            .map(|(pain, t)| self.pain(pain, t));
        let mut list: String = lines.collect::<Vec<_>>().join("\n");
        if pains.len() > MAX_PAINS {
            let _ = write!(list, "\n- and {} more.", pains.len() - MAX_PAINS);
        }
        let stats = &self.stats.pains;
        let answered = stats.open + stats.done;
        let head = format!(
            "{}, {} of them severe; actions answer {}, and {}.",
            capitalize(&count_in_words(stats.all, "pain point", "pain points")),
            stats.high,
            match answered {
                0 => "none".to_owned(),
                n if n == stats.all => "all".to_owned(),
                n => n.to_string(),
            },
            match stats.done {
                0 => "none is done yet".to_owned(),
                1 => "one is done".to_owned(),
                n => format!("{n} are done"),
            }
        );
        vec!["## What hurts".to_owned(), head, list]
    }

    fn pain(&self, pain: &Pain, touchpoint: &Touchpoint) -> String {
        let level = match pain.severity {
            Level::Low => "small",
            Level::Medium => "medium",
            Level::High => "severe",
        };
        let votes = match pain.votes {
            0 => String::new(),
            1 => ", 1 vote".to_owned(),
            n => format!(", {n} votes"),
        };
        let owner = match &touchpoint.owner {
            Some(id) => self.department(id),
            None => "**nobody’s**".to_owned(),
        };
        let actions: Vec<String> = pain
            .actions
            .iter()
            .filter_map(|id| self.map.actions().get(id))
            .filter(|action| action.status != ActionStatus::Dropped)
            .map(|action| quoted_markdown(&action.name))
            .collect();
        let text = escape_markdown(&pain.text);
        let text = text.trim_end_matches('.');
        let done = match resolution(self.map, &pain.actions) {
            Resolution::Nothing | Resolution::Dropped => "Nothing is planned.".to_owned(),
            Resolution::Open => format!("Planned: {}.", join_with_and(&actions)),
            Resolution::Done => format!("Done: {}.", join_with_and(&actions)),
        };
        format!(
            "- {text} ({level}{votes}) – at {}, {owner}. {done}",
            quoted_markdown(&touchpoint.name)
        )
    }

    pub(crate) fn owners(&self) -> Vec<String> {
        let stats = &self.stats;
        if stats.touchpoints == 0 {
            return Vec::new();
        }
        let mut paragraphs = vec!["## Who answers for it".to_owned()];
        let rows: Vec<String> = stats
            .departments
            .iter()
            .filter(|load| load.stages + load.touchpoints + load.supports > 0)
            .map(|load| {
                format!(
                    "| {} | {} | {} | {} | {} |",
                    self.department(&load.department),
                    load.stages,
                    load.touchpoints,
                    load.supports,
                    load.pains
                )
            })
            .collect();
        if !rows.is_empty() {
            let head = "| Department | Stages | Touchpoints | Helps with | Pain points |\n| --- | ---: | ---: | ---: | ---: |";
            paragraphs.push(format!("{head}\n{}", rows.join("\n")));
        }
        paragraphs.push(self.unowned());
        let handoffs = self.handoffs();
        if !handoffs.is_empty() {
            paragraphs.push(handoffs);
        }
        paragraphs
    }

    fn unowned(&self) -> String {
        let stages: Vec<String> = self
            .map
            .stages()
            .iter()
            .filter(|s| s.owner.is_none())
            .map(|s| quoted_markdown(&s.name))
            .collect();
        let touchpoints: Vec<String> = self
            .touchpoints
            .iter()
            .filter(|t| t.owner.is_none())
            .map(|t| quoted_markdown(&t.name))
            .collect();
        match (stages.as_slice(), touchpoints.as_slice()) {
            ([], []) => "Everything has an owner.".to_owned(),
            ([], some) => format!("**Nobody owns** {}.", join_with_and(some)),
            (some, []) => format!(
                "**Nobody owns** the {} {}.",
                if some.len() == 1 { "stage" } else { "stages" },
                join_with_and(some)
            ),
            (stages, touchpoints) => format!(
                "**Nobody owns** {}; nor the {} {}.",
                join_with_and(touchpoints),
                if stages.len() == 1 { "stage" } else { "stages" },
                join_with_and(stages)
            ),
        }
    }

    fn handoffs(&self) -> String {
        let silos = &self.stats.handoff_matrix;
        let all = 0..silos.departments.len();
        let mut pairs: Vec<(usize, usize, usize)> = all
            .clone()
            .flat_map(|from| all.clone().map(move |to| (from, to)))
            .filter(|(from, to)| from != to)
            .map(|(from, to)| (silos.cell(from, to).count, from, to))
            .filter(|(count, ..)| *count > 0)
            .collect();
        let total: usize = pairs.iter().map(|(count, ..)| count).sum();
        if total == 0 {
            return String::new();
        }
        pairs.sort_by_key(|(count, from, to)| (std::cmp::Reverse(*count), *from, *to));
        let often = pairs.iter().filter(|(count, ..)| *count > 1);
        let most: Vec<String> = often
            .take(3)
            .map(|(count, from, to)| {
                let of = |at: usize| self.department(&silos.departments[at]);
                format!("{} → {} ({count})", of(*from), of(*to))
            })
            .collect();
        let handed = match total {
            1 => "once".to_owned(),
            n => format!("{n} times"),
        };
        let most = if most.is_empty() {
            String::new()
        } else {
            format!(", most often {}", most.join(", "))
        };
        format!("Customers are handed from one department to another {handed}{most}.")
    }

    pub(crate) fn actions(&self) -> Vec<String> {
        let mut lines: Vec<String> = self
            .map
            .actions()
            .iter()
            .filter(|action| action.status != ActionStatus::Dropped)
            .map(|action| self.action(action))
            .collect();
        if lines.is_empty() {
            if self.stats.pains.all == 0 {
                return Vec::new();
            }
            lines.push("Nothing yet.".to_owned());
        }
        vec!["## What will be done".to_owned(), lines.join("\n")]
    }

    fn action(&self, action: &Action) -> String {
        let owner = match &action.owner {
            Some(id) => self.department(id),
            None => "**no owner**".to_owned(),
        };
        let state = match action.status {
            ActionStatus::Planned => "planned",
            ActionStatus::Started => "under way",
            ActionStatus::Done | ActionStatus::Dropped => "done",
        };
        let open = action.status != ActionStatus::Done;
        let due = match action.due {
            Some(due) if open && due < self.today => format!(", **was due {due}**"),
            Some(due) if open => format!(", due {due}"),
            None if open => ", no due date".to_owned(),
            _ => String::new(),
        };
        let lift = action.lift.as_ref().map_or(String::new(), |lift| {
            let sign = if lift.by.value() > 0.0 { "+" } else { "" };
            format!(
                " Expected: {} {sign}{}.",
                escape_markdown(&lift.metric),
                lift.by
            )
        });
        format!("- {} – {owner}, {state}{due}.{lift}", bold(&action.name))
    }
}
