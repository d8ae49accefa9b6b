//! Reversible changes as values, shared by undo, journal and diff.
//!
//! Must not know: intents, undo history.

use super::normal_form::NormalForm;
use crate::model::{
    Action, Channel, Comment, Conflict, Department, Environment, Header, Image, Lane, Map, Note,
    ObjectRef, Persona, Record, SavedView, Stage, StageId, Suppression, Table, Texts, Touchpoint,
};
use serde::ser::Error as _;
use serde::{Deserialize, Serialize, Serializer};
use serde_json::Value;

/// One change to the list of records of type `R`; `P` is a position in it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(bound(
    serialize = "R: Serialize + Default, R::Id: Serialize, P: Serialize",
    deserialize = "R: Deserialize<'de>, R::Id: Deserialize<'de>, P: Deserialize<'de>"
))]
pub enum Edit<R: Record, P> {
    /// Inserts a record at a position.
    Insert {
        /// The position.
        at: P,
        /// The record.
        #[serde(serialize_with = "serialize_without_defaults")]
        record: R,
    },
    /// Removes a record.
    Remove {
        /// Its position.
        at: P,
        /// The record before the removal.
        #[serde(serialize_with = "serialize_without_defaults")]
        record: R,
    },
    /// Replaces the content of a record under the same id.
    Replace {
        /// The record before.
        #[serde(serialize_with = "serialize_without_defaults")]
        before: R,
        /// The record after.
        #[serde(serialize_with = "serialize_without_defaults")]
        after: R,
    },
    /// Moves a record to another position.
    Move {
        /// The record.
        id: R::Id,
        /// The position before.
        from: P,
        /// The position after, counted without the record itself.
        to: P,
    },
}

/// A record of a list that changes edit.
pub(super) trait Editable: Record + Texts + NormalForm {
    /// A position in the list.
    type Place: Clone + PartialEq + std::fmt::Debug;
    fn table(map: &Map) -> &impl Table<Self, Place = Self::Place>;
    fn table_mut(map: &mut Map) -> &mut impl Table<Self, Place = Self::Place>;
    fn change(edit: Edit<Self, Self::Place>) -> Change;
}

/// Serializes a record without the fields that equal their default: most fields
/// of most records.
fn serialize_without_defaults<R: Serialize + Default, S: Serializer>(
    record: &R,
    to: S,
) -> Result<S::Ok, S::Error> {
    let value = |record: &R| serde_json::to_value(record).map_err(S::Error::custom);
    let (mut said, plain) = (value(record)?, value(&R::default())?);
    if let (Value::Object(said), Value::Object(plain)) = (&mut said, &plain) {
        said.retain(|field, value| plain.get(field) != Some(value));
    }
    said.serialize(to)
}

/// A change that does not fit the map it was applied to. The map is unchanged.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the change does not fit this map: {reason} ({subject})")]
pub struct ApplyError {
    /// The violated condition.
    pub reason: &'static str,
    /// The id concerned, or `map`.
    pub subject: String,
}

fn apply_error<T>(reason: &'static str, subject: &impl ToString) -> Result<T, ApplyError> {
    Err(ApplyError {
        reason,
        subject: subject.to_string(),
    })
}

impl<R: Record, P: Clone + PartialEq> Edit<R, P> {
    /// Returns the inverse change.
    #[must_use]
    pub fn inverse(&self) -> Edit<R, P> {
        match self.clone() {
            Edit::Insert { at, record } => Edit::Remove { at, record },
            Edit::Remove { at, record } => Edit::Insert { at, record },
            Edit::Replace { before, after } => Edit::Replace {
                before: after,
                after: before,
            },
            Edit::Move { id, from, to } => Edit::Move {
                id,
                from: to,
                to: from,
            },
        }
    }

    /// The id of the changed record.
    pub fn id(&self) -> &R::Id {
        match self {
            Edit::Insert { record, .. } | Edit::Remove { record, .. } => record.id(),
            Edit::Replace { before, .. } => before.id(),
            Edit::Move { id, .. } => id,
        }
    }

    /// Merges two successive edits into one, if possible.
    fn merge(&self, later: &Edit<R, P>) -> Option<Edit<R, P>> {
        let Edit::Replace { before, after } = later else {
            return None;
        };
        let (before, after) = (before, after.clone());
        match self {
            Edit::Replace {
                before: first,
                after: middle,
            } if middle == before => Some(Edit::Replace {
                before: first.clone(),
                after,
            }),
            Edit::Insert { at, record } if record == before => Some(Edit::Insert {
                at: at.clone(),
                record: after,
            }),
            _ => None,
        }
    }

    fn is_no_op(&self) -> bool {
        match self {
            Edit::Replace { before, after } => before == after,
            Edit::Move { from, to, .. } => from == to,
            Edit::Insert { .. } | Edit::Remove { .. } => false,
        }
    }

    fn summary(&self) -> EditSummary<'_> {
        let (id, before, after) = match self {
            Edit::Insert { record, .. } => (record.id(), None, Some(record.name())),
            Edit::Remove { record, .. } => (record.id(), Some(record.name()), None),
            Edit::Replace { before, after } => {
                (after.id(), Some(before.name()), Some(after.name()))
            }
            Edit::Move { id, .. } => (id, None, None),
        };
        EditSummary {
            object: R::address(id.clone()),
            before,
            after,
        }
    }

    pub(super) fn apply<T: Table<R, Place = P>>(&self, table: &mut T) -> Result<(), ApplyError> {
        let id = self.id();
        let is_at = |table: &T, at: &P| table.location(id).as_ref() == Some(at);
        let misfit = match self {
            Edit::Insert { at, record } => {
                if !table.insert(at, record.clone()) {
                    Some("the id is taken or the place is gone")
                } else if !is_at(table, at) {
                    table.remove(id);
                    Some("the place is past the end")
                } else {
                    None
                }
            }
            Edit::Remove { at, .. } | Edit::Move { from: at, .. } if !is_at(table, at) => {
                Some("it is not where it was")
            }
            Edit::Remove { record, .. } | Edit::Replace { before: record, .. }
                if table.get(id) != Some(record) =>
            {
                Some("it is not what it was")
            }
            Edit::Replace { after, .. } if after.id() != id => Some("it is not what it was"),
            Edit::Remove { .. } => {
                let removed = table.remove(id);
                removed.is_none().then_some("it still holds touchpoints")
            }
            Edit::Replace { after, .. } => {
                table.replace(after.clone());
                None
            }
            Edit::Move { to, .. } => (!table.shift(id, to)).then_some("the place is gone"),
        };
        misfit.map_or(Ok(()), |reason| apply_error(reason, id))
    }
}

/// A change to one record of any type. A new record has no name before, a removed one
/// none after; a moved one has neither.
pub(super) struct EditSummary<'a> {
    pub object: ObjectRef,
    /// The name before.
    pub before: Option<&'a str>,
    /// The name after.
    pub after: Option<&'a str>,
}

macro_rules! changes {
    ($($kind:ident: $place:ty;)*) => {
        /// One change to a map.
        #[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
        pub enum Change {
            /// Replaces the header: before, after.
            Header(
                #[serde(serialize_with = "serialize_without_defaults")] Box<Header>,
                #[serde(serialize_with = "serialize_without_defaults")] Box<Header>,
            ),
            $(
                #[doc = concat!("A change to a [`", stringify!($kind), "`] with all its content.")]
                $kind(Box<Edit<$kind, $place>>),
            )*
        }

        impl Change {
            /// Returns the inverse change.
            #[must_use]
            pub fn inverse(&self) -> Change {
                match self {
                    Change::Header(before, after) => Change::Header(after.clone(), before.clone()),
                    $(Change::$kind(edit) => Change::$kind(Box::new(edit.inverse())),)*
                }
            }

            /// Merges two successive changes into one, if possible.
            fn merge(&self, later: &Change) -> Option<Change> {
                match (self, later) {
                    (Change::Header(a, b), Change::Header(c, d)) => {
                        (b == c).then(|| Change::Header(a.clone(), d.clone()))
                    }
                    $((Change::$kind(a), Change::$kind(b)) => a.merge(b).map(Change::from),)*
                    _ => None,
                }
            }

            fn is_no_op(&self) -> bool {
                match self {
                    Change::Header(before, after) => before == after,
                    $(Change::$kind(edit) => edit.is_no_op(),)*
                }
            }

            /// The record and what happened to its name; `None` for the header.
            pub(super) fn summary(&self) -> Option<EditSummary<'_>> {
                match self {
                    Change::Header(..) => None,
                    $(Change::$kind(edit) => Some(edit.summary()),)*
                }
            }

            fn apply(&self, map: &mut Map) -> Result<(), ApplyError> {
                match self {
                    Change::Header(before, after) => {
                        if map.header() != before.as_ref() {
                            return apply_error("it is not what it was", &"map");
                        }
                        *map.header_mut() = after.as_ref().clone();
                        Ok(())
                    }
                    $(Change::$kind(edit) => edit.apply(map),)*
                }
            }
        }

        $(
            impl From<Edit<$kind, $place>> for Change {
                fn from(edit: Edit<$kind, $place>) -> Change {
                    Change::$kind(Box::new(edit))
                }
            }

            impl Editable for $kind {
                type Place = $place;
                fn table(map: &Map) -> &impl Table<$kind, Place = $place> {
                    map
                }
                fn table_mut(map: &mut Map) -> &mut impl Table<$kind, Place = $place> {
                    map
                }
                fn change(edit: Edit<$kind, $place>) -> Change {
                    edit.into()
                }
            }
        )*
    };
}

changes! {
    Persona: usize;
    Department: usize;
    Channel: usize;
    Environment: usize;
    Lane: usize;
    // Without its touchpoints: only an empty stage can be removed.
    Stage: usize;
    Touchpoint: (StageId, usize);
    Action: usize;
    Note: usize;
    Comment: usize;
    SavedView: usize;
    Conflict: usize;
    Suppression: usize;
    Image: usize;
}

/// A transaction of changes: applied as a whole or not at all, and undone as one.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ChangeSet(pub Vec<Change>);

impl ChangeSet {
    /// Whether the set contains no change.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Returns the inverse set.
    #[must_use]
    pub fn inverse(&self) -> ChangeSet {
        ChangeSet(self.0.iter().rev().map(Change::inverse).collect())
    }

    /// Applies every change in order. This is the only way to change a map.
    ///
    /// # Errors
    /// The first change that does not fit; the map is then unchanged.
    pub fn apply(&self, map: &mut Map) -> Result<(), ApplyError> {
        for (done, change) in self.0.iter().enumerate() {
            if let Err(misfit) = change.apply(map) {
                for undone in self.0[..done].iter().rev() {
                    // The inverse of a change just applied always fits.
                    let back = undone.inverse().apply(map);
                    debug_assert!(back.is_ok(), "rollback failed: {back:?}");
                }
                return Err(misfit);
            }
        }
        Ok(())
    }

    /// Appends a later set. Applying the sum equals applying both in turn;
    /// successive replacements of one record are merged, and changes that cancel
    /// out are removed.
    pub fn squash(&mut self, later: ChangeSet) {
        for change in later.0 {
            let Some(last) = self.0.last_mut() else {
                self.0.push(change);
                continue;
            };
            if let Some(whole) = last.merge(&change) {
                *last = whole;
            } else {
                self.0.push(change);
            }
            if self.0.last().is_some_and(Change::is_no_op) {
                self.0.pop();
            }
        }
    }
}
