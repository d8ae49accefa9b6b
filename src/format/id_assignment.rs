//! Ids of records: stated, derived from names, made unique, and looked up.
//!
//! Must not know: which records there are.

use super::limit;
use super::source_map::PathSegment;
use super::warning::WarningKind;
use crate::model::{Id, slug};
use rustc_hash::FxHashMap;

/// A warning whose position in the text is not looked up yet.
pub(super) struct PendingWarning {
    pub path: Vec<PathSegment>,
    pub subject: String,
    pub kind: WarningKind,
    /// For duplicates: path of the first one.
    pub first: Option<Vec<PathSegment>>,
}

/// Warnings without positions, at most [`limit::WARNINGS`].
#[derive(Default)]
pub(super) struct PendingWarnings {
    pub listed: Vec<PendingWarning>,
    pub more: usize,
}

impl PendingWarnings {
    pub fn push(&mut self, path: Vec<PathSegment>, subject: &str, kind: WarningKind) {
        self.push_with_first(path, subject, kind, None);
    }

    fn push_with_first(
        &mut self,
        path: Vec<PathSegment>,
        subject: &str,
        kind: WarningKind,
        first: Option<Vec<PathSegment>>,
    ) {
        if self.listed.len() < limit::WARNINGS {
            self.listed.push(PendingWarning {
                path,
                subject: subject.to_owned(),
                kind,
                first,
            });
        } else {
            self.more += 1;
        }
    }
}

/// Path of a record in a file.
#[derive(Clone, Copy)]
pub(super) enum RecordPath {
    Map,
    /// In a list of the map.
    Top(&'static str, usize),
    /// Stage and touchpoint.
    Touchpoint(usize, usize),
    /// In a list of a touchpoint.
    Inside(usize, usize, &'static str, usize),
}

impl RecordPath {
    pub fn segments(self) -> Vec<PathSegment> {
        let field = |name: &str| PathSegment::Field(name.to_owned());
        match self {
            RecordPath::Map => Vec::new(),
            RecordPath::Top(list, at) => vec![field(list), PathSegment::Index(at)],
            RecordPath::Touchpoint(stage, at) => vec![
                field("stages"),
                PathSegment::Index(stage),
                field("touchpoints"),
                PathSegment::Index(at),
            ],
            RecordPath::Inside(stage, touchpoint, list, at) => {
                let mut segments = RecordPath::Touchpoint(stage, touchpoint).segments();
                segments.extend([field(list), PathSegment::Index(at)]);
                segments
            }
        }
    }

    /// Path of a record in a list of this record, or of the map.
    pub fn inside(self, list: &'static str, at: usize) -> RecordPath {
        match self {
            RecordPath::Touchpoint(stage, touchpoint) => {
                RecordPath::Inside(stage, touchpoint, list, at)
            }
            _ => RecordPath::Top(list, at),
        }
    }

    pub fn field(self, name: &str) -> Vec<PathSegment> {
        let mut segments = self.segments();
        segments.push(PathSegment::Field(name.to_owned()));
        segments
    }

    pub fn item(self, name: &str, index: usize) -> Vec<PathSegment> {
        let mut segments = self.field(name);
        segments.push(PathSegment::Index(index));
        segments
    }
}

/// The ids of all records of one kind.
pub(super) struct IdTable<I> {
    known: FxHashMap<Box<str>, (I, RecordPath)>,
    in_order: std::vec::IntoIter<I>,
}

impl<I: Id> IdTable<I> {
    /// Assigns the stated ids first, so that a derived one never takes their place;
    /// then the rest in the order of the file: the slug of the name, with `-2`,
    /// `-3` … where that is taken.
    pub fn assign<'n>(
        items: impl Iterator<Item = (Option<&'n str>, &'n str, RecordPath)> + Clone,
        reserved: &[&str],
        warnings: &mut PendingWarnings,
    ) -> IdTable<I> {
        let non_empty = |id: Option<&'n str>| id.filter(|id| !id.is_empty());
        let mut known: FxHashMap<Box<str>, (I, RecordPath)> = FxHashMap::default();
        let mut given: Vec<Option<I>> = Vec::new();
        for (stated, _, record) in items.clone() {
            let free = non_empty(stated).filter(|id| !known.contains_key(*id));
            given.push(free.map(|text| {
                let id = I::from_text(text);
                known.insert(text.into(), (id.clone(), record));
                id
            }));
        }
        for word in reserved {
            if !known.contains_key(*word) {
                known.insert((*word).into(), (I::from_text(word), RecordPath::Map));
            }
        }
        let mut next: FxHashMap<String, usize> = FxHashMap::default();
        let in_order: Vec<I> = given
            .into_iter()
            .zip(items)
            .map(|(given, (stated, text, record))| {
                if let Some(id) = given {
                    return id;
                }
                let wanted = non_empty(stated).map_or_else(|| slug(text, I::WORD), str::to_owned);
                let id = claim_free_id(&wanted, &mut known, &mut next, record);
                if let Some(stated) = non_empty(stated) {
                    let first = known.get(stated).map(|(_, record)| record.segments());
                    let kind = WarningKind::DuplicateId {
                        word: I::WORD,
                        id: stated.to_owned(),
                        given: id.to_string(),
                        first: None,
                    };
                    warnings.push_with_first(record.segments(), id.as_str(), kind, first);
                }
                id
            })
            .collect();
        IdTable {
            known,
            in_order: in_order.into_iter(),
        }
    }

    /// Returns the id of the next record in the order of the file.
    pub fn next(&mut self) -> I {
        // There is one for each record; the fallback keeps the types honest.
        self.in_order
            .next()
            .unwrap_or_else(|| I::from_text(I::WORD))
    }

    /// Looks up a reference; one to nothing keeps its text and gives a warning.
    pub fn resolve(
        &self,
        name: &str,
        field: &'static str,
        subject: &str,
        warnings: &mut PendingWarnings,
        path: impl FnOnce() -> Vec<PathSegment>,
    ) -> I {
        if let Some((id, _)) = self.known.get(name) {
            return id.clone();
        }
        let kind = WarningKind::Dangling {
            field,
            word: I::WORD,
            id: name.to_owned(),
        };
        warnings.push(path(), subject, kind);
        I::from_text(name)
    }
}

/// Claims an id that is not in use: the wanted one, or that with a number.
fn claim_free_id<I: Id>(
    wanted: &str,
    known: &mut FxHashMap<Box<str>, (I, RecordPath)>,
    next: &mut FxHashMap<String, usize>,
    record: RecordPath,
) -> I {
    let mut claim = |text: &str| {
        if known.contains_key(text) {
            return None;
        }
        let id = I::from_text(text);
        known.insert(text.into(), (id.clone(), record));
        Some(id)
    };
    if let Some(id) = claim(wanted) {
        return id;
    }
    // Where many share a name, each goes on where the last one stopped.
    let number = next.entry(wanted.to_owned()).or_insert(2);
    loop {
        let text = format!("{wanted}-{number}");
        *number += 1;
        if let Some(id) = claim(&text) {
            return id;
        }
    }
}
