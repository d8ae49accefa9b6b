//! What a merge leaves for people to decide.
//!
//! Must not know: how versions are merged.

use crate::model::{Conflict, ConflictId, ConflictKind, Map};
use rustc_hash::FxHashSet;

/// The names of the two sides, as people know them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SideNames {
    /// Our side.
    pub ours: String,
    /// Their side.
    pub theirs: String,
}

impl Default for SideNames {
    fn default() -> SideNames {
        SideNames {
            ours: "ours".to_owned(),
            theirs: "theirs".to_owned(),
        }
    }
}

/// A record that is merged: its list in the file, and its id.
#[derive(Clone, Copy)]
pub(super) struct Subject<'a> {
    pub list: &'static str,
    pub id: &'a str,
}

/// The conflicts of a merge.
pub(super) struct Decisions {
    names: SideNames,
    /// The conflicts that our version had before.
    open: FxHashSet<ConflictId>,
    pub made: Vec<Conflict>,
}

impl Decisions {
    /// No decisions yet in a merge into a map.
    pub fn new(names: &SideNames, ours: &Map) -> Decisions {
        Decisions {
            names: names.clone(),
            open: ours.conflicts().iter().map(|it| it.id.clone()).collect(),
            made: Vec::new(),
        }
    }

    /// Whether our version has this conflict already.
    pub fn is_open(&self, subject: Subject<'_>, field: &[String], kind: ConflictKind) -> bool {
        let id = || Conflict::id_of(subject.list, subject.id, field, kind);
        !self.open.is_empty() && self.open.contains(&id())
    }

    pub fn add(
        &mut self,
        subject: Subject<'_>,
        field: &[String],
        kind: ConflictKind,
        [base, ours, theirs]: [Option<String>; 3],
    ) {
        if self.is_open(subject, field, kind) {
            return;
        }
        let filled = |value: Option<String>| value.filter(|text| !text.is_empty());
        self.made.push(Conflict {
            id: Conflict::id_of(subject.list, subject.id, field, kind),
            list: subject.list.to_owned(),
            record: subject.id.to_owned(),
            field: field.to_vec(),
            kind,
            base: filled(base),
            ours: filled(ours),
            theirs: filled(theirs),
            our_name: self.names.ours.clone(),
            their_name: self.names.theirs.clone(),
        });
    }
}
