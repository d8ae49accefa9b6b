//! The names of a map that a capture line can refer to.

use super::case_folding::{fold_text, folded_prefix_length};
use super::sigils::is_blank;
use super::tokens::TokenKind;
use crate::model::{IndexedList, Map, Record};
use std::collections::BTreeSet;

/// The kind of a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NameKind {
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
    /// Personas.
    Personas,
}

impl NameKind {
    /// The kind of name that a token refers to.
    pub fn of(kind: TokenKind) -> Option<NameKind> {
        Some(match kind {
            TokenKind::Channel => NameKind::Channels,
            TokenKind::Environment => NameKind::Environments,
            TokenKind::Owner | TokenKind::Supporter => NameKind::Departments,
            TokenKind::Stage => NameKind::Stages,
            TokenKind::Emotion => NameKind::Emotions,
            TokenKind::Persona => NameKind::Personas,
            _ => return None,
        })
    }
}

/// A name of the map with one of its aliases.
#[derive(Clone, Debug)]
struct VocabularyEntry {
    name: String,
    alias: String,
    folded: String,
}

/// All names of a map.
#[derive(Clone, Debug, Default)]
pub struct Vocabulary {
    entries: [Vec<VocabularyEntry>; 6],
    /// Name of the persona that feels what no other one does.
    chosen_persona: Option<String>,
}

impl Vocabulary {
    /// Collects the names of a map.
    pub fn of(map: &Map) -> Vocabulary {
        let mut names = Vocabulary::default();
        names.add_all(NameKind::Channels, map.channels());
        names.add_all(NameKind::Environments, map.environments());
        names.add_all(NameKind::Departments, map.departments());
        for department in map.departments() {
            names.add_alias(NameKind::Departments, &department.name, &department.short);
        }
        names.add_all(NameKind::Stages, map.stages());
        names.add_all(NameKind::Personas, map.personas());
        names.choose_persona(map.personas().as_slice().first().map(Record::name));
        let emotions: BTreeSet<&str> = map
            .touchpoints()
            .flat_map(|t| &t.feelings)
            .map(|f| f.emotion.as_str())
            .collect();
        for emotion in emotions {
            names.add(NameKind::Emotions, emotion);
        }
        names
    }

    fn add_all<R: Record>(&mut self, which: NameKind, records: &IndexedList<R>) {
        records
            .iter()
            .for_each(|record| self.add(which, record.name()));
    }

    /// Chooses the persona that feels what no other one does; in a new vocabulary the
    /// first one.
    pub fn choose_persona(&mut self, name: Option<&str>) {
        self.chosen_persona = name.map(str::to_owned);
    }

    /// Returns the name of the chosen persona.
    pub fn chosen_persona(&self) -> Option<&str> {
        self.chosen_persona.as_deref()
    }

    /// Adds a name.
    pub fn add(&mut self, which: NameKind, name: &str) {
        self.add_alias(which, name, name);
    }

    fn add_alias(&mut self, which: NameKind, name: &str, alias: &str) {
        let folded = fold_text(alias);
        if !folded.is_empty() {
            self.entries[which as usize].push(VocabularyEntry {
                name: name.to_owned(),
                alias: alias.to_owned(),
                folded,
            });
        }
    }

    /// Resolves a text to a name of the map: an exact match, otherwise the first
    /// that differs only in case, accents and spaces.
    pub fn find(&self, which: NameKind, text: &str) -> Option<&str> {
        let mut list = self.entries[which as usize].iter();
        let exact = list.clone().find(|entry| entry.alias == text);
        let found = exact.or_else(|| {
            let folded = fold_text(text);
            list.find(|entry| entry.folded == folded)
        });
        found.map(|entry| entry.name.as_str())
    }

    /// All names of a kind with their folded forms, including aliases.
    pub(super) fn all(&self, which: NameKind) -> impl Iterator<Item = (&str, &str)> {
        self.entries[which as usize]
            .iter()
            .map(|k| (k.name.as_str(), k.folded.as_str()))
    }

    /// Returns the length in bytes of the longest known name at the beginning of
    /// a text that is followed by white space, or by a comma before white space.
    pub(super) fn longest_prefix(&self, which: NameKind, text: &str) -> Option<usize> {
        self.entries[which as usize]
            .iter()
            .filter_map(|k| folded_prefix_length(text, &k.folded))
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
