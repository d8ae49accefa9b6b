//! The names of a map that a capture line can refer to.

use super::case_folding::{fold, match_length};
use super::sigils::is_blank;
use super::tokens::Kind;
use crate::model::Map;
use std::collections::BTreeSet;

/// The kind of a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Which {
    /// Channels.
    Channels,
    /// Environments.
    Environments,
    /// Departments, by name and short name.
    Departments,
    /// Stages.
    Stages,
    /// Emotions.
    Emotions,
}

impl Which {
    /// The kind of name that a token refers to.
    pub fn of(kind: Kind) -> Option<Which> {
        Some(match kind {
            Kind::Channel => Which::Channels,
            Kind::Environment => Which::Environments,
            Kind::Owner | Kind::Supporter => Which::Departments,
            Kind::Stage => Which::Stages,
            Kind::Emotion => Which::Emotions,
            _ => return None,
        })
    }
}

/// A name of the map with one of its aliases.
#[derive(Clone, Debug)]
struct Known {
    name: String,
    alias: String,
    folded: String,
}

/// All names of a map.
#[derive(Clone, Debug, Default)]
pub struct Names {
    lists: [Vec<Known>; 5],
}

impl Names {
    /// Collects the names of a map.
    pub fn of(map: &Map) -> Names {
        let mut names = Names::default();
        for channel in map.channels() {
            names.add(Which::Channels, &channel.name);
        }
        for environment in map.environments() {
            names.add(Which::Environments, &environment.name);
        }
        for department in map.departments() {
            names.add(Which::Departments, &department.name);
        }
        for department in map.departments() {
            names.add_alias(Which::Departments, &department.name, &department.short);
        }
        for stage in map.stages() {
            names.add(Which::Stages, &stage.name);
        }
        let emotions: BTreeSet<&str> = map
            .touchpoints()
            .flat_map(|t| &t.feelings)
            .map(|f| f.emotion.as_str())
            .collect();
        for emotion in emotions {
            names.add(Which::Emotions, emotion);
        }
        names
    }

    /// Adds a name.
    pub fn add(&mut self, which: Which, name: &str) {
        self.add_alias(which, name, name);
    }

    fn add_alias(&mut self, which: Which, name: &str, alias: &str) {
        let folded = fold(alias);
        if !folded.is_empty() {
            self.lists[which as usize].push(Known {
                name: name.to_owned(),
                alias: alias.to_owned(),
                folded,
            });
        }
    }

    /// Resolves a text to a name of the map: an exact match, otherwise the first
    /// that differs only in case, accents and spaces.
    pub fn find(&self, which: Which, text: &str) -> Option<&str> {
        let list = &self.lists[which as usize];
        let exact = list.iter().find(|k| k.alias == text);
        let found = exact.or_else(|| {
            let folded = fold(text);
            list.iter().find(|k| k.folded == folded)
        });
        found.map(|k| k.name.as_str())
    }

    /// All names of a kind with their folded forms, including aliases.
    pub(super) fn all(&self, which: Which) -> impl Iterator<Item = (&str, &str)> {
        self.lists[which as usize]
            .iter()
            .map(|k| (k.name.as_str(), k.folded.as_str()))
    }

    /// Returns the length in bytes of the longest known name at the beginning of
    /// a text that is followed by white space, or by a comma before white space.
    pub(super) fn longest(&self, which: Which, text: &str) -> Option<usize> {
        self.lists[which as usize]
            .iter()
            .filter_map(|k| match_length(text, &k.folded))
            .filter(|length| ends_name(&text[*length..]))
            .max()
    }
}

/// Whether a name may end before this text.
fn ends_name(rest: &str) -> bool {
    let mut chars = rest.chars();
    match chars.next() {
        None => true,
        Some(',' | ';') => chars.next().is_none_or(is_blank),
        Some(c) => is_blank(c),
    }
}
