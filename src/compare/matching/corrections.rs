//! Pairs that a person has put together or taken apart.
//!
//! Must not know: how records are matched.

use crate::model::ObjectRef;

/// Decisions of a person about pairs of records, each as that before and that after.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Corrections {
    pub(super) same: Vec<[ObjectRef; 2]>,
    pub(super) different: Vec<[ObjectRef; 2]>,
}

impl Corrections {
    /// Whether nothing is decided.
    pub fn is_empty(&self) -> bool {
        self.same.is_empty() && self.different.is_empty()
    }

    /// Makes two records the same, instead of other pairs that one of them was put into.
    /// Records of different kinds are never the same: `false`, and nothing changes.
    pub fn join(&mut self, before: ObjectRef, after: ObjectRef) -> bool {
        if std::mem::discriminant(&before) != std::mem::discriminant(&after) {
            return false;
        }
        let pair = [before, after];
        self.different.retain(|other| *other != pair);
        self.same
            .retain(|[one, other]| *one != pair[0] && *other != pair[1]);
        self.same.push(pair);
        true
    }

    /// Makes two records different ones.
    pub fn part(&mut self, before: ObjectRef, after: ObjectRef) {
        let pair = [before, after];
        self.same.retain(|other| *other != pair);
        if !self.different.contains(&pair) {
            self.different.push(pair);
        }
    }

    /// Forgets what was decided about two records.
    pub fn reset(&mut self, before: &ObjectRef, after: &ObjectRef) {
        let is_pair = |[one, other]: &[ObjectRef; 2]| one == before && other == after;
        self.same.retain(|pair| !is_pair(pair));
        self.different.retain(|pair| !is_pair(pair));
    }

    pub(super) fn forbids(&self, before: &ObjectRef, after: &ObjectRef) -> bool {
        let mut different = self.different.iter();
        different.any(|[one, other]| one == before && other == after)
    }
}
