//! Narrative sections on ownership and actions.

use super::writer::{NarrativeWriter, bold, escape_markdown, quoted_markdown, unless_blank};
use crate::english::{count, join_with_and, times};
use crate::insight::stats::DepartmentStats;
use crate::model::{Action, ActionStatus};

impl NarrativeWriter<'_> {
    pub(crate) fn owners(&self) -> Vec<String> {
        let stats = &self.stats;
        if stats.touchpoints == 0 {
            return Vec::new();
        }
        let mut rows = vec![
            "| Department | Stages | Touchpoints | Helps with | Pain points |".to_owned(),
            "| --- | ---: | ---: | ---: | ---: |".to_owned(),
        ];
        for load in &stats.departments {
            let DepartmentStats {
                stages,
                touchpoints,
                supports,
                pains,
                ..
            } = load;
            if stages + touchpoints + supports > 0 {
                let name = self.owner(Some(&load.department), "");
                rows.push(format!(
                    "| {name} | {stages} | {touchpoints} | {supports} | {pains} |"
                ));
            }
        }
        let mut paragraphs = Vec::new();
        if rows.len() > 2 {
            paragraphs.push(rows.join("\n"));
        }
        paragraphs.push(self.unowned());
        paragraphs.extend(self.handoffs());
        paragraphs
    }

    fn unowned(&self) -> String {
        let stages = self.map.stages().iter().filter(|s| s.owner.is_none());
        let stages: Vec<String> = stages.map(|s| quoted_markdown(&s.name)).collect();
        let touchpoints = self.touchpoints_where(|t| self.map.lacks_owner(t));
        let stage_word = if stages.len() == 1 { "stage" } else { "stages" };
        let stage_names = format!("the {stage_word} {}", join_with_and(&stages));
        let touchpoint_names = join_with_and(&touchpoints);
        match (stages.is_empty(), touchpoints.is_empty()) {
            (true, true) => "Everything has an owner.".to_owned(),
            (true, false) => format!("**Nobody owns** {touchpoint_names}."),
            (false, true) => format!("**Nobody owns** {stage_names}."),
            (false, false) => format!("**Nobody owns** {touchpoint_names}; nor {stage_names}."),
        }
    }

    fn handoffs(&self) -> Option<String> {
        let matrix = &self.stats.handoff_matrix;
        let all = 0..matrix.departments.len();
        let mut pairs: Vec<(usize, usize, usize)> = Vec::new();
        for from in all.clone() {
            let others = all.clone().filter(|to| *to != from);
            pairs.extend(others.map(|to| (matrix.cell(from, to).count, from, to)));
        }
        let total: usize = pairs.iter().map(|(count, ..)| count).sum();
        pairs.retain(|(count, ..)| *count > 1);
        pairs.sort_by_key(|(count, ..)| std::cmp::Reverse(*count));
        let most = pairs.iter().take(3).map(|(count, from, to)| {
            let name = |at: usize| self.owner(Some(&matrix.departments[at]), "");
            format!("{} → {} ({count})", name(*from), name(*to))
        });
        let most: Vec<String> = most.collect();
        if total == 0 {
            return None;
        }
        let usual = &self.stats.usual_route;
        let usual = times(self.graph.handoffs_on(usual, |owner| owner.is_some()));
        let total = count(total, "handoff");
        let most = unless_blank(&most.join(", "), |most| format!(", most often {most}"));
        Some(format!(
            "On the usual way, customers are handed from one department to another {usual}. \
             All ways together have {total}{most}."
        ))
    }

    pub(crate) fn actions(&self) -> Vec<String> {
        let actions = self.map.actions().iter();
        let actions = actions.filter(|action| action.status != ActionStatus::Dropped);
        let lines: Vec<String> = actions.map(|action| self.action(action)).collect();
        if !lines.is_empty() {
            vec![lines.join("\n")]
        } else if self.stats.pains.all > 0 {
            vec!["Nothing yet.".to_owned()]
        } else {
            Vec::new()
        }
    }

    fn action(&self, action: &Action) -> String {
        let owner = self.owner(action.owner.as_ref(), "**no owner**");
        let state = match action.status {
            ActionStatus::Planned => "planned",
            ActionStatus::Started => "under way",
            ActionStatus::Done | ActionStatus::Dropped => "done",
        };
        let due = match action.due {
            _ if action.status == ActionStatus::Done => String::new(),
            Some(due) if due < self.today => format!(", **was due {due}**"),
            Some(due) => format!(", due {due}"),
            None => ", no due date".to_owned(),
        };
        let lift = action.lift.as_ref().map_or(String::new(), |lift| {
            let sign = if lift.by.value() < 0.0 { '−' } else { '+' };
            let metric = escape_markdown(&lift.metric);
            let change = lift.by.to_string();
            let change = change.trim_start_matches('-');
            format!(" Expected effect: {metric} {sign} {change}.")
        });
        format!("- {} – {owner}, {state}{due}.{lift}", bold(&action.name))
    }
}
