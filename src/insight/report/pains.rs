//! Narrative sections on pain points and opportunities, with the actions on each.

use super::writer::{NarrativeWriter, first_lines, named, quoted_markdown, unless_blank};
use crate::english::{capitalize, count, count_in_words, join_with_and};
use crate::insight::stats::ResolutionCounts;
use crate::model::{ActionId, ActionStatus, Level, Touchpoint};
use std::cmp::Reverse;

/// Maximum number of listed pain points, and of opportunities.
const MAX_LISTED: usize = 12;

impl NarrativeWriter<'_> {
    pub(crate) fn pains(&self) -> Vec<String> {
        let level = |level| match level {
            Level::Low => "small",
            Level::Medium => "medium",
            Level::High => "severe",
        };
        let mut lines = Vec::new();
        for touchpoint in &self.touchpoints {
            lines.extend(touchpoint.pains.iter().map(|pain| {
                let about = vec![level(pain.severity).to_owned()];
                let line = self.item(&pain.text, about, pain.votes, &pain.actions, touchpoint);
                (Reverse((pain.severity, pain.votes)), line)
            }));
        }
        let stats = &self.stats.pains;
        let count = count_in_words(stats.all, "pain point", "pain points");
        let head = format!("{count}, {} of them severe", number(stats.high));
        section(lines, head, "answer", stats)
    }

    pub(crate) fn opportunities(&self) -> Vec<String> {
        let level = |level| match level {
            Level::Low => "low value",
            Level::Medium => "medium value",
            Level::High => "high value",
        };
        let mut lines = Vec::new();
        for touchpoint in &self.touchpoints {
            lines.extend(touchpoint.opportunities.iter().map(|it| {
                let mut about = vec![level(it.value).to_owned()];
                about.extend(it.delight.then(|| "would delight".to_owned()));
                let line = self.item(&it.text, about, it.votes, &it.actions, touchpoint);
                (Reverse((it.value, it.votes)), line)
            }));
        }
        let stats = &self.stats.opportunities;
        let (high, delights) = (number(stats.high), number(self.stats.delights));
        let count = count_in_words(stats.all, "opportunity", "opportunities");
        let head = format!("{count}, {high} of high value; {delights} would delight");
        section(lines, head, "take up", stats)
    }

    /// A line about a pain point or an opportunity.
    fn item(
        &self,
        text: &str,
        mut about: Vec<String>,
        votes: u32,
        actions: &[ActionId],
        touchpoint: &Touchpoint,
    ) -> String {
        about.extend((votes > 0).then(|| count(votes as usize, "vote")));
        let owner = self.owner(touchpoint.owner.as_ref(), "**nobody’s**");
        let (text, name) = (named(text), quoted_markdown(&touchpoint.name));
        let (text, about) = (text.trim_end_matches('.'), about.join(", "));
        let actions = self.actions_by_status(actions);
        format!("- {text} ({about}) – at {name}, {owner}. {actions}")
    }

    /// Names the actions on something by their status: `Done: “A”. Planned: “B” and “C”.`
    fn actions_by_status(&self, actions: &[ActionId]) -> String {
        let known: Vec<_> = actions
            .iter()
            .filter_map(|id| self.map.actions().get(id))
            .collect();
        let with_status = |(status, word): (ActionStatus, &str)| {
            let own = known.iter().filter(|action| action.status == status);
            let names: Vec<String> = own.map(|action| quoted_markdown(&action.name)).collect();
            unless_blank(&join_with_and(&names), |names| format!("{word}: {names}."))
        };
        let mut parts: Vec<String> = [
            (ActionStatus::Done, "Done"),
            (ActionStatus::Started, "Under way"),
            (ActionStatus::Planned, "Planned"),
        ]
        .into_iter()
        .map(with_status)
        .filter(|part| !part.is_empty())
        .collect();
        if parts.is_empty() {
            parts.push("Nothing is planned.".to_owned());
            parts.push(with_status((ActionStatus::Dropped, "Given up")));
        }
        parts.join(" ").trim_end().to_owned()
    }
}

/// A number in a sentence: `none`, `one`, `2`.
fn number(n: usize) -> String {
    match n {
        0 => "none".to_owned(),
        1 => "one".to_owned(),
        n => n.to_string(),
    }
}

/// Joins the head of a section, how much of it actions do something about, and its lines in
/// order.
fn section<K: Ord>(
    mut lines: Vec<(K, String)>,
    head: String,
    verb: &str,
    stats: &ResolutionCounts,
) -> Vec<String> {
    if lines.is_empty() {
        return Vec::new();
    }
    lines.sort_by(|(a, _), (b, _)| a.cmp(b));
    let answered = match stats.open + stats.done {
        n if n == stats.all => "all".to_owned(),
        n => number(n),
    };
    let done = match stats.done {
        0 => "none is done yet".to_owned(),
        1 => "one is done".to_owned(),
        n => format!("{n} are done"),
    };
    let head = format!(
        "{}; actions {verb} {answered}, and {done}.",
        capitalize(&head)
    );
    let lines = lines.into_iter().map(|(_, line)| line).collect();
    vec![head, first_lines(lines, MAX_LISTED)]
}
