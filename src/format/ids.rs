//! Ids of records: stated, derived from names, made unique, and looked up.
//!
//! All are assigned before any record is converted: a reference may come before its target.
//! Must not know: fields other than ids, names and texts.

use super::pending_warnings::{PendingWarning, PendingWarnings, RecordPath};
use super::warning::WarningKind;
use crate::model::{
    ActionId, ChannelId, CommentId, ConflictId, DepartmentId, EnvironmentId, Id, ImageId, LaneId,
    NoteId, OpportunityId, PainId, PersonaId, SavedViewId, StageId, TouchpointId, slug,
};
use rustc_hash::FxHashMap;

/// A record of a file that has an id.
pub(super) trait Identified {
    /// The id that the file states.
    fn stated_id(&self) -> Option<&str>;
    /// The text that an id is derived from where none is stated.
    fn label(&self) -> &str;
}

/// The records of a list of a record, with their paths.
pub(super) fn items<'w, R: Identified>(
    parent: RecordPath,
    list: &'static str,
    records: &'w [R],
) -> impl Iterator<Item = (&'w R, RecordPath)> + Clone {
    let place = move |(at, record)| (record, parent.inside(list, at));
    records.iter().enumerate().map(place)
}

/// Ids in use, each with the path of its record.
type KnownIds<I> = FxHashMap<Box<str>, (I, RecordPath)>;

/// The ids of all records of one kind.
pub(super) struct IdTable<I> {
    known: KnownIds<I>,
    in_order: std::vec::IntoIter<I>,
}

impl<I: Id> IdTable<I> {
    /// Assigns the stated ids first, so that a derived one never takes their place;
    /// then the rest in the order of the file: the slug of the name, with `-2`,
    /// `-3` … where that is taken.
    pub fn assign<'w, R: Identified + 'w>(
        items: impl Iterator<Item = (&'w R, RecordPath)> + Clone,
        reserved: &[&str],
        warnings: &mut PendingWarnings,
    ) -> IdTable<I> {
        let mut known: KnownIds<I> = FxHashMap::default();
        let claim = |known: &mut KnownIds<I>, text: &str, path| {
            if known.contains_key(text) {
                return None;
            }
            let id = I::from_text(text);
            known.insert(text.into(), (id.clone(), path));
            Some(id)
        };
        let given: Vec<Option<I>> = items
            .clone()
            .map(|(record, path)| claim(&mut known, record.stated_id()?, path))
            .collect();
        for word in reserved {
            claim(&mut known, word, RecordPath::default());
        }
        // Where many share a name, each goes on where the last one stopped.
        let mut numbers: FxHashMap<String, usize> = FxHashMap::default();
        let mut derive = |(given, (record, path)): (Option<I>, (&R, RecordPath))| {
            if let Some(id) = given {
                return id;
            }
            let stated = record.stated_id();
            let wanted = stated.map_or_else(|| slug(record.label(), I::WORD), str::to_owned);
            let mut id = claim(&mut known, &wanted, path);
            let number = numbers.entry(wanted.clone()).or_insert(2);
            let id = loop {
                match id {
                    Some(id) => break id,
                    None => id = claim(&mut known, &format!("{wanted}-{number}"), path),
                }
                *number += 1;
            };
            if let Some(stated) = stated {
                let kind = WarningKind::DuplicateId {
                    word: I::WORD,
                    id: stated.to_owned(),
                    given: id.to_string(),
                    first: None,
                };
                warnings.add(PendingWarning {
                    path: path.segments(),
                    first: known.get(stated).map(|(_, path)| *path),
                    subject: Some(id.to_string()),
                    place: Some(format!("{} {stated} {}", I::WORD, record.label())),
                    kind,
                });
            }
            id
        };
        let in_order: Vec<I> = given.into_iter().zip(items).map(&mut derive).collect();
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

    /// Looks up a reference.
    pub fn find(&self, name: &str) -> Option<I> {
        self.known.get(name).map(|(id, _)| id.clone())
    }
}

/// An id of a record in a file.
pub(super) trait FileId: Id {
    fn table(ids: &mut IdTables) -> &mut IdTable<Self>;
}

macro_rules! id_tables {
    ($($field:ident: $id:ident,)*) => {
        /// The ids of all records of a map.
        pub(super) struct IdTables {
            $(pub $field: IdTable<$id>,)*
        }

        $(
            impl FileId for $id {
                fn table(ids: &mut IdTables) -> &mut IdTable<$id> {
                    &mut ids.$field
                }
            }
        )*
    };
}

id_tables! {
    personas: PersonaId,
    departments: DepartmentId,
    channels: ChannelId,
    environments: EnvironmentId,
    lanes: LaneId,
    stages: StageId,
    touchpoints: TouchpointId,
    actions: ActionId,
    images: ImageId,
    pains: PainId,
    opportunities: OpportunityId,
    notes: NoteId,
    comments: CommentId,
    saved_views: SavedViewId,
    conflicts: ConflictId,
}
