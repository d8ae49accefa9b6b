//! Phrases of a page for values of the model.
//!
//! Must not know: how text is written, where it stands.

use crate::english::count;
use crate::export::{Block, Phrase};
use crate::model::{ActionStatus, Feeling, Measurement};

/// A name, or the words for a missing one.
pub(super) fn named(name: &str, missing: &str) -> String {
    match name.trim() {
        "" => missing.to_owned(),
        name => name.to_owned(),
    }
}

/// Terms of the program with values, without those that have none; `None` if none has.
pub(super) fn own_terms(all: Vec<(&'static str, Vec<Phrase>)>) -> Option<Block> {
    let filled = all.into_iter().filter(|(_, values)| !values.is_empty());
    let filled: Vec<_> = filled.collect();
    (!filled.is_empty()).then_some(Block::OwnTerms(filled))
}

/// Terms of the map with values, without those that have none; `None` if none has.
pub(super) fn terms(all: Vec<(&str, Vec<Phrase>)>) -> Option<Block> {
    let filled = all.into_iter().filter(|(_, values)| !values.is_empty());
    let filled: Vec<_> = filled
        .map(|(term, values)| (term.to_owned(), values))
        .collect();
    (!filled.is_empty()).then_some(Block::Terms(filled))
}

/// The scores and the emotion of a feeling, such as `−1.0 frustrated, before +0.5`.
pub(super) fn score_text(feeling: &Feeling) -> String {
    let mut parts = Vec::new();
    let at = feeling.score.map(|score| score.to_string());
    let words = [at.as_deref().unwrap_or_default(), feeling.emotion.trim()];
    parts.push(words.join(" ").trim().to_owned());
    parts.extend(feeling.before.map(|score| format!("before {score}")));
    parts.extend(feeling.after.map(|score| format!("after {score}")));
    parts.retain(|part| !part.is_empty());
    parts.join(", ")
}

/// Measurements with value, number of answers and date.
pub(super) fn measurements(all: &[Measurement]) -> Vec<Phrase> {
    let filled = all.iter().filter(|it| !it.is_blank());
    let words = filled.map(|it| {
        let mut text = it.to_text();
        if let Some(n) = it.n {
            text += &format!(", {}", count(n as usize, "answer"));
        }
        if let Some(date) = it.date {
            text += &format!(", {date}");
        }
        Phrase::plain(text)
    });
    words.collect()
}

/// The words for a status.
pub(super) fn action_status(status: ActionStatus) -> &'static str {
    match status {
        ActionStatus::Planned => "planned",
        ActionStatus::Started => "under way",
        ActionStatus::Done => "done",
        ActionStatus::Dropped => "given up",
    }
}

/// A text as a phrase, unless it is blank.
pub(super) fn filled(text: &str) -> Option<Phrase> {
    (!text.trim().is_empty()).then(|| Phrase::plain(text.trim()))
}
