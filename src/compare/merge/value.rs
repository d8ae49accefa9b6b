//! Merging of one record field by field, over its serialized form: no field can be forgotten.
//!
//! Must not know: lists of records, the places of records.

use super::decisions::{Decisions, Subject};
use super::order::merge_order;
use super::text::merge_words;
use crate::model::ConflictKind;
use rustc_hash::{FxHashMap, FxHashSet};
use serde_json::{Map as Object, Value};

/// Values that mean something only as a whole.
const ATOMIC: [&str; 4] = ["data", "forked_from", "holds", "lift"];

/// Fields with long texts, which are merged by words.
const LONG: [&str; 3] = ["description", "notes", "scenario"];

/// A value in the version that both began with, in ours and in theirs; `None` where it is not.
type Versions<'v> = [Option<&'v Value>; 3];

/// One record while it is merged.
pub(super) struct RecordMerge<'a> {
    pub subject: Subject<'a>,
    /// The first persona of each version: a feeling of nobody is hers.
    pub first_personas: [&'a str; 3],
    pub decisions: &'a mut Decisions,
    /// Names of fields and keys of items, from the outside in.
    pub path: Vec<String>,
}

impl RecordMerge<'_> {
    /// Merges a value; `None` if the merged record does not have it.
    pub fn merge(&mut self, [base, ours, theirs]: Versions<'_>) -> Option<Value> {
        if ours == theirs || theirs == base {
            return ours.cloned();
        }
        if ours == base {
            return theirs.cloned();
        }
        // Without a former value, an empty one says nothing.
        if base.is_none() && theirs.is_none_or(is_empty) {
            return ours.cloned();
        }
        if base.is_none() && ours.is_none_or(is_empty) {
            return theirs.cloned();
        }
        let name = self.path.last().map_or("", String::as_str);
        if self.is_settled(name) {
            return later(ours, theirs).cloned();
        }
        let is_atomic = ATOMIC.contains(&name);
        match (base, ours, theirs) {
            (_, Some(Value::Object(ours)), Some(Value::Object(theirs))) if !is_atomic => {
                let empty = Object::new();
                let base = base.and_then(Value::as_object).unwrap_or(&empty);
                Some(Value::Object(self.merge_fields([base, ours, theirs])))
            }
            (_, Some(Value::Array(ours)), Some(Value::Array(theirs))) if !is_atomic => {
                let base = base
                    .and_then(Value::as_array)
                    .map_or(&[][..], Vec::as_slice);
                Some(Value::Array(self.merge_list([base, ours, theirs])))
            }
            (Some(Value::String(base)), Some(Value::String(ours)), Some(Value::String(theirs)))
                if LONG.contains(&name) || self.is_note(name) =>
            {
                let merged = merge_words(base, ours, theirs);
                if merged.is_none() {
                    self.decide(
                        ConflictKind::Value,
                        [base, ours, theirs].map(|text| Some(text.clone())),
                    );
                }
                Some(Value::String(merged.unwrap_or_else(|| ours.clone())))
            }
            (_, None, kept) | (_, kept, None) => {
                self.decide(
                    ConflictKind::Deletion,
                    [base, ours, theirs].map(|v| v.and_then(to_text)),
                );
                kept.cloned()
            }
            _ => {
                self.decide(
                    ConflictKind::Value,
                    [base, ours, theirs].map(|v| v.and_then(whole_text)),
                );
                ours.cloned()
            }
        }
    }

    fn is_note(&self, name: &str) -> bool {
        name == "text" && ["notes", "comments"].contains(&self.subject.list) && self.path.len() == 1
    }

    /// Whether the field is nothing for people to decide about: the check of a stage, and what a
    /// comment is about, which changes only when its object is deleted.
    fn is_settled(&self, name: &str) -> bool {
        self.path.len() == 1
            && match self.subject.list {
                "stages" => name == "checked",
                "comments" => ["about", "formerly"].contains(&name),
                _ => false,
            }
    }

    fn decide(&mut self, kind: ConflictKind, values: [Option<String>; 3]) {
        self.decisions.add(self.subject, &self.path, kind, values);
    }

    fn merge_fields(&mut self, versions: [&Object<String, Value>; 3]) -> Object<String, Value> {
        let [base, ours, theirs] = versions;
        let mut merged = Object::new();
        let added = theirs.keys().filter(|name| !ours.contains_key(*name));
        for name in ours.keys().chain(added) {
            self.path.push(name.clone());
            if let Some(value) = self.merge([base.get(name), ours.get(name), theirs.get(name)]) {
                merged.insert(name.clone(), value);
            }
            self.path.pop();
        }
        merged
    }

    fn merge_list(&mut self, lists: [&[Value]; 3]) -> Vec<Value> {
        let name = self.path.last().cloned().unwrap_or_default();
        // Of equal texts one is enough: nothing tells which one a side added or removed.
        let lists = lists.map(|list| {
            let mut seen: FxHashSet<&str> = FxHashSet::default();
            let mut items: Vec<&Value> = list.iter().collect();
            items.retain(|item| item.as_str().is_none_or(|text| seen.insert(text)));
            items
        });
        let keys: [Vec<String>; 3] = std::array::from_fn(|side| {
            keys_of(
                &name,
                lists[side].iter().copied(),
                self.first_personas[side],
            )
        });
        let [base, ours, theirs]: [FxHashMap<&str, &Value>; 3] = std::array::from_fn(|side| {
            let keys = keys[side].iter().map(String::as_str);
            keys.zip(lists[side].iter().copied()).collect()
        });
        let mut items: FxHashMap<&str, Value> = FxHashMap::default();
        let added = keys[2]
            .iter()
            .filter(|key| !ours.contains_key(key.as_str()));
        for key in keys[1].iter().chain(added) {
            self.path.push(key.clone());
            let versions = [
                base.get(key.as_str()),
                ours.get(key.as_str()),
                theirs.get(key.as_str()),
            ];
            if let Some(item) = self.merge(versions.map(Option::<&&Value>::copied)) {
                items.insert(key, item);
            }
            self.path.pop();
        }
        let keys = keys
            .each_ref()
            .map(|keys| keys.iter().map(String::as_str).collect::<Vec<_>>());
        let is_ours = |key: &str| {
            let path: Vec<String> = self.path.iter().cloned().chain([key.to_owned()]).collect();
            self.decisions
                .is_open(self.subject, &path, ConflictKind::Place)
        };
        let merged = merge_order(
            keys.each_ref().map(Vec::as_slice),
            |key| items.contains_key(key),
            is_ours,
        );
        for conflict in merged.conflicts {
            self.path.push(conflict.key.to_owned());
            let places = [conflict.base, conflict.ours, conflict.theirs];
            self.decide(
                ConflictKind::Place,
                places.map(|key| key.map(str::to_owned)),
            );
            self.path.pop();
        }
        let in_order = merged.order.into_iter();
        in_order.filter_map(|key| items.remove(key)).collect()
    }
}

/// The later one of two checks, or the one of two other values that both sides choose alike.
fn later<'v>(ours: Option<&'v Value>, theirs: Option<&'v Value>) -> Option<&'v Value> {
    let key = |value: Option<&Value>| {
        let date = value.and_then(|value| value.get("date")?.as_str());
        (date.map(str::to_owned), value.map(Value::to_string))
    };
    if key(theirs) > key(ours) {
        theirs
    } else {
        ours
    }
}

/// Whether a value is the empty one of its type. A score of zero says something.
pub(super) fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null | Value::Bool(false) => true,
        Value::Bool(true) => false,
        Value::Number(number) => number.as_u64() == Some(0),
        Value::String(text) => text.is_empty(),
        Value::Array(items) => items.is_empty(),
        Value::Object(fields) => fields.is_empty(),
    }
}

/// The text of a value that can be chosen: a text as it is, anything else as JSON.
fn whole_text(value: &Value) -> Option<String> {
    match value {
        Value::Object(_) => Some(value.to_string()),
        value => to_text(value),
    }
}

/// The text of a value in a conflict: a text as it is, anything else as JSON. An item with a text
/// or name of its own is called by that.
fn to_text(value: &Value) -> Option<String> {
    match value {
        Value::Null => None,
        Value::String(text) => Some(text.clone()),
        Value::Object(fields) => {
            let mut names = ["text", "name", "metric", "to", "emotion"].iter();
            let name =
                names.find_map(|name| fields.get(*name)?.as_str().filter(|text| !text.is_empty()));
            Some(name.map_or_else(|| value.to_string(), str::to_owned))
        }
        value => Some(value.to_string()),
    }
}

/// Keys of the items of a list, unique in it: what an item is in the eyes of people.
pub(super) fn keys_of<'v>(
    list: &str,
    items: impl Iterator<Item = &'v Value>,
    first_persona: &str,
) -> Vec<String> {
    let text =
        |item: &Value, field: &str| item.get(field).and_then(Value::as_str).map(str::to_owned);
    let joined = |item: &Value, fields: [&str; 2]| {
        fields
            .map(|field| text(item, field).unwrap_or_default())
            .join(" ")
    };
    let mut seen: FxHashSet<String> = FxHashSet::default();
    let mut unique = |key: String| {
        let mut candidates = (2_usize..).map(|n| format!("{key} #{n}"));
        let mut candidate = key.clone();
        while !seen.insert(candidate.clone()) {
            candidate = candidates.next().unwrap_or_default();
        }
        candidate
    };
    let key = |item: &Value| match list {
        "feelings" => text(item, "persona").unwrap_or_else(|| first_persona.to_owned()),
        "paths" => joined(item, ["to", "kind"]),
        "measurements" => joined(item, ["metric", "date"]),
        "backstage" => text(item, "text").unwrap_or_default(),
        _ => match item {
            Value::String(text) => text.clone(),
            item => text(item, "id").unwrap_or_else(|| item.to_string()),
        },
    };
    items.map(|item| unique(key(item))).collect()
}
