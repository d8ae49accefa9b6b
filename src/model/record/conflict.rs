//! A decision that a merge of two versions left to people.
//!
//! Must not know: merging, drawing, files.

use crate::model::field_ref::{Field, FieldRef};
use crate::model::id::{ConflictId, Id as _, TouchpointId};
use crate::model::object_ref::ObjectRef;
use serde::{Deserialize, Serialize};

/// The kind of a [`Conflict`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ConflictKind {
    /// Both sides gave a field different values.
    #[default]
    Value,
    /// One side deleted what the other one changed or uses.
    Deletion,
    /// Both sides moved a record or an item to different places.
    Place,
}

/// A way to settle a [`Conflict`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ConflictChoice {
    /// Our value.
    Ours,
    /// Their value.
    Theirs,
    /// The value that the map has now.
    Current,
}

/// Two versions of one thing, of which people have to choose. The map itself holds our version,
/// or what one side deleted, until then.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Conflict {
    /// Unique in the map; the same for the same conflict of two merges.
    pub id: ConflictId,
    /// The list of the file that has the record; empty for the map itself.
    pub list: String,
    /// The id of the record; empty for the map itself.
    pub record: String,
    /// The field: names of fields and keys of items, from the outside in. Empty for the whole record.
    pub field: Vec<String>,
    /// The kind of conflict.
    pub kind: ConflictKind,
    /// The value that both sides began with, as text; `None` if there was none.
    pub base: Option<String>,
    /// Our value. For a deletion `None` on the side that deleted, for a place the id of the
    /// record or the key of the item before it.
    pub ours: Option<String>,
    /// Their value, as ours.
    pub theirs: Option<String>,
    /// The name of our side.
    pub our_name: String,
    /// The name of their side.
    pub their_name: String,
}

/// Makes the address of a record from its id.
type ToObject = fn(&str) -> ObjectRef;

/// The lists of a file, with the addresses of their records.
const LISTS: [(&str, ToObject); 13] = [
    ("personas", |id| ObjectRef::Persona(id.into())),
    ("departments", |id| ObjectRef::Department(id.into())),
    ("channels", |id| ObjectRef::Channel(id.into())),
    ("environments", |id| ObjectRef::Environment(id.into())),
    ("lanes", |id| ObjectRef::Lane(id.into())),
    ("stages", |id| ObjectRef::Stage(id.into())),
    ("touchpoints", |id| ObjectRef::Touchpoint(id.into())),
    ("actions", |id| ObjectRef::Action(id.into())),
    ("notes", |id| ObjectRef::Note(id.into())),
    ("comments", |id| ObjectRef::Comment(id.into())),
    ("saved_views", |id| ObjectRef::SavedView(id.into())),
    ("suppressions", |id| ObjectRef::Suppression(id.into())),
    ("pictures", |id| ObjectRef::Image(id.into())),
];

impl Conflict {
    /// The address of the record, or of the map; also where the list is unknown.
    pub fn subject(&self) -> ObjectRef {
        let list = LISTS.iter().find(|(list, _)| *list == self.list);
        list.map_or(ObjectRef::Map, |(_, object)| object(&self.record))
    }

    /// The object to look at: the part of a touchpoint that the field belongs to, or the record.
    pub fn object(&self) -> ObjectRef {
        let subject = self.subject();
        let (ObjectRef::Touchpoint(id), [list, key, ..]) = (&subject, self.field.as_slice()) else {
            return subject;
        };
        match list.as_str() {
            "pains" => ObjectRef::Pain(id.clone(), key.as_str().into()),
            "opportunities" => ObjectRef::Opportunity(id.clone(), key.as_str().into()),
            "texts" => ObjectRef::Cell(id.clone(), key.as_str().into()),
            _ => subject,
        }
    }

    /// The address of the field as far as the map has addresses for it, else of the object.
    pub fn location(&self) -> FieldRef {
        let subject = self.subject();
        let field = match self.field.as_slice() {
            [name] => Field::ALL.iter().find(|field| field.key() == *name),
            _ => None,
        };
        match field {
            Some(field) => subject.field(*field),
            None => self.object().into(),
        }
    }

    /// The value of a side; `None` for that of the map, and where the side has none.
    pub fn value(&self, choice: ConflictChoice) -> Option<&str> {
        match choice {
            ConflictChoice::Ours => self.ours.as_deref(),
            ConflictChoice::Theirs => self.theirs.as_deref(),
            ConflictChoice::Current => None,
        }
    }

    /// The touchpoint that the conflict belongs to.
    pub fn touchpoint(&self) -> Option<TouchpointId> {
        self.subject().touchpoint().cloned()
    }

    /// The id of a conflict about this: the same in every merge.
    pub fn id_of(list: &str, record: &str, field: &[String], kind: ConflictKind) -> ConflictId {
        let kind = match kind {
            ConflictKind::Value => "",
            ConflictKind::Deletion => "deletion",
            ConflictKind::Place => "place",
        };
        let outer = [list, record].into_iter();
        let parts = outer.chain(field.iter().map(String::as_str)).chain([kind]);
        let parts: Vec<&str> = parts.filter(|part| !part.is_empty()).collect();
        ConflictId::from_text(&parts.join("/"))
    }
}
