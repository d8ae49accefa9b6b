//! Differences of two maps as data.
//!
//! Must not know: how they are found or told.

use super::matching::Objects;
use serde::Serialize;

/// The kind of a difference.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum DifferenceKind {
    /// Only the map after has the record.
    Added,
    /// Only the map before has the record.
    Removed,
    /// The record has another place: another stage, or another order.
    Moved,
    /// The record has other content.
    Changed,
}

impl DifferenceKind {
    /// All kinds.
    pub const ALL: [DifferenceKind; 4] = [
        DifferenceKind::Added,
        DifferenceKind::Removed,
        DifferenceKind::Moved,
        DifferenceKind::Changed,
    ];

    /// The word on screen.
    pub fn word(self) -> &'static str {
        match self {
            DifferenceKind::Added => "added",
            DifferenceKind::Removed => "removed",
            DifferenceKind::Moved => "moved",
            DifferenceKind::Changed => "changed",
        }
    }
}

/// The place of a record in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The stage of a touchpoint.
    pub stage: Option<Objects>,
    /// The index in the list, from 0.
    pub index: usize,
    /// The record before it in the list.
    pub previous: Option<Objects>,
}

/// A difference of two maps in one record. A record that is moved and changed has two.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// The record, or the map as a whole.
    pub objects: Objects,
    /// The kind.
    pub kind: DifferenceKind,
    /// The fields with other content; of an added or removed record, those that are not empty.
    pub fields: Vec<FieldChange>,
    /// The place before, of a removed or moved record.
    pub from: Option<Place>,
    /// The place after, of an added or moved record.
    pub to: Option<Place>,
}

/// The way in which the values of a field are told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ValueKind {
    /// A text or a name.
    Text,
    /// A number, a date, a keyword.
    Plain,
    /// A yes or no: there or not there.
    Flag,
    /// An item of a list: there or not there.
    Item,
    /// The order of a list.
    Order,
}

/// A field of a record with other content in the map after.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldChange {
    /// The record, or the part of a touchpoint that the field belongs to.
    pub objects: Objects,
    /// The field in serialized form, items by their identity: `pains.p1.severity`.
    pub key: String,
    /// The name of the field: `owner`; of an item that is there or not, its word: `pain point`.
    pub word: String,
    /// The item of a list that the field belongs to: `pain point “Waits”`; empty for the record.
    pub item: String,
    /// The way in which the values are told.
    pub kind: ValueKind,
    /// The value before; `None` if there was none.
    pub was: Option<String>,
    /// The value after; `None` if there is none.
    pub is: Option<String>,
}

/// Differences under one heading.
#[derive(Clone, Debug)]
pub struct DifferenceSection {
    /// The heading: the name of a stage, or of a list of the map.
    pub title: String,
    /// The stage; `None` for what belongs to none.
    pub stage: Option<Objects>,
    /// The differences, in the order of the journey.
    pub differences: Vec<Difference>,
}

impl FieldChange {
    /// The name of the field with that of its item: `severity of the pain point “Waits”`.
    pub fn label(&self) -> String {
        match self.item.as_str() {
            "" => self.word.clone(),
            item => format!("{} of the {item}", self.word),
        }
    }
}
