//! Conflicts that a merge left to people: in words, and the check for them.
//!
//! Must not know: merging, files, drawing.

use super::structure::CONFLICT_OPEN;
use crate::english::{capitalize, quoted};
use crate::insight::context::CheckContext;
use crate::insight::finding::Fix;
use crate::model::{
    Conflict, ConflictChoice, ConflictKind, Id as _, Lane, Map, ObjectRef, PersonaId, Record,
    Touchpoint,
};

/// The longest part of a value that a sentence quotes, in characters.
const QUOTED: usize = 80;

/// A conflict in words: its object and field, and both values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConflictText {
    /// The name of the record: “Reads the offer”.
    pub record: String,
    /// The field, such as `owner` or `text of the pain point “Waits”`; empty for the whole record.
    pub field: String,
    /// The value that both sides began with; empty if there was none.
    pub base: String,
    /// Our value.
    pub ours: String,
    /// Their value.
    pub theirs: String,
    /// The conflict as a sentence without a full stop.
    pub sentence: String,
}

pub(crate) fn check(cx: &mut CheckContext<'_>) {
    let map = cx.map;
    for conflict in map.conflicts() {
        let message = conflict_text(map, conflict).sentence;
        let places = [conflict.object(), conflict.subject()];
        let known = places.into_iter().find(|object| object.is_in(map));
        let object = known.unwrap_or_else(|| ObjectRef::Conflict(conflict.id.clone()));
        let location = conflict.location();
        let finding = cx.report(&CONFLICT_OPEN, object, message);
        finding.about(conflict.id.as_str());
        for choice in choices(map, conflict) {
            finding.fix(Fix::Settle(choice));
        }
        if location.object == finding.subject {
            finding.at(location);
        }
    }
}

/// The ways to settle a conflict that the map still allows.
pub fn choices(map: &Map, conflict: &Conflict) -> impl Iterator<Item = ConflictChoice> {
    let all = [
        ConflictChoice::Ours,
        ConflictChoice::Theirs,
        ConflictChoice::Current,
    ];
    all.into_iter().filter(move |choice| {
        let value = conflict.value(*choice);
        match (conflict.kind, choice, value) {
            // What one side deleted is in the map: to keep it is to take the other side.
            (ConflictKind::Deletion, ConflictChoice::Current, _) => false,
            (ConflictKind::Place, _, Some(beside)) => {
                let list = match conflict.field.as_slice() {
                    [] => conflict.list.as_str(),
                    [field] if field == "stage" => "stages",
                    // The key of an item.
                    _ => return true,
                };
                let neighbour = Conflict {
                    list: list.to_owned(),
                    record: beside.to_owned(),
                    ..Conflict::default()
                };
                neighbour.subject().is_in(map)
            }
            _ => true,
        }
    })
}

/// Returns the words for a way to settle a conflict.
pub fn choice_label(map: &Map, conflict: &Conflict, choice: ConflictChoice) -> String {
    let name = match choice {
        ConflictChoice::Ours => &conflict.our_name,
        ConflictChoice::Theirs => &conflict.their_name,
        ConflictChoice::Current => return "Keep it as it is now".to_owned(),
    };
    let value = conflict.value(choice);
    let words = value_words(map, conflict, value);
    match (conflict.kind, value) {
        (ConflictKind::Deletion, None) => format!("Delete it ({name})"),
        (ConflictKind::Deletion, Some(_)) => format!("Keep it ({name})"),
        (ConflictKind::Place, _) => format!("Move it {words} ({name})"),
        (ConflictKind::Value, None) => format!("Leave it empty ({name})"),
        (ConflictKind::Value, Some(_)) => format!("Take {} ({name})", shortened(&words)),
    }
}

/// Returns the words for a conflict of a map.
pub fn conflict_text(map: &Map, conflict: &Conflict) -> ConflictText {
    let subject = conflict.subject();
    let record = match (subject.name(map).trim(), conflict.record.as_str()) {
        ("", "") => "the map".to_owned(),
        ("", id) => quoted(id),
        (name, _) => quoted(name),
    };
    let field = field_words(map, conflict);
    let value = |value: &Option<String>| value_words(map, conflict, value.as_deref());
    let [base, ours, theirs] = [&conflict.base, &conflict.ours, &conflict.theirs].map(value);
    let (our_name, their_name) = (&conflict.our_name, &conflict.their_name);
    let thing = match field.as_str() {
        "" => record.clone(),
        field => format!("the {field} of {record}"),
    };
    let sentence = match conflict.kind {
        ConflictKind::Deletion => {
            let (by, other) = match conflict.ours {
                None => (our_name, their_name),
                Some(_) => (their_name, our_name),
            };
            format!("{thing}: deleted by {by}, changed or used by {other}")
        }
        ConflictKind::Place => {
            format!("{thing}: moved {ours} by {our_name}, {theirs} by {their_name}")
        }
        ConflictKind::Value => {
            let was = match base.as_str() {
                "" => String::new(),
                base => format!(", was {}", shortened(base)),
            };
            let [ours, theirs] = [&ours, &theirs].map(|value| shortened(value));
            format!("{thing}: {ours} by {our_name}, {theirs} by {their_name}{was}")
        }
    };
    ConflictText {
        record,
        field,
        base,
        ours,
        theirs,
        sentence,
    }
}

/// Quotes the beginning of a value.
fn shortened(value: &str) -> String {
    match value.char_indices().nth(QUOTED) {
        _ if value.is_empty() => "nothing".to_owned(),
        Some((end, _)) => quoted(&format!("{}…", value[..end].trim_end())),
        None => quoted(value),
    }
}

fn field_words(map: &Map, conflict: &Conflict) -> String {
    let words = |name: &str| name.replace('_', " ");
    match conflict.field.as_slice() {
        [] => String::new(),
        [stage] if stage == "stage" && conflict.kind == ConflictKind::Place => String::new(),
        [name] => words(name),
        [list, key] => item_words(map, conflict, list, key),
        [list, key, inner @ ..] => {
            let inner: Vec<String> = inner.iter().map(|name| words(name)).collect();
            let item = item_words(map, conflict, list, key);
            format!("{} of the {item}", inner.join(" "))
        }
    }
}

/// Words for an item of a list in a record.
fn item_words(map: &Map, conflict: &Conflict, list: &str, key: &str) -> String {
    let subject = conflict.subject();
    let touchpoint = subject.touchpoint().and_then(|id| map.touchpoint(id));
    let text = |find: fn(&Touchpoint, &str) -> Option<String>| {
        touchpoint
            .and_then(|t| find(t, key))
            .unwrap_or_else(|| key.to_owned())
    };
    match list {
        "pains" => {
            let text = text(|t, key| {
                t.pains
                    .iter()
                    .find(|it| it.id.as_str() == key)
                    .map(|it| it.text.clone())
            });
            format!("pain point {}", quoted(&text))
        }
        "opportunities" => {
            let find = |t: &Touchpoint, key: &str| {
                let found = t.opportunities.iter().find(|it| it.id.as_str() == key);
                found.map(|it| it.text.clone())
            };
            format!("opportunity {}", quoted(&text(find)))
        }
        "feelings" => {
            let persona = map.personas().get(&PersonaId::from(key));
            format!("feeling of {}", quoted(persona.map_or(key, Record::name)))
        }
        "texts" => {
            let lane = map.lanes().get(&key.into());
            format!("text in the lane {}", quoted(lane.map_or(key, Lane::title)))
        }
        "paths" => {
            let target = key.rsplit_once(' ').map_or(key, |(target, _)| target);
            let touchpoint = map.touchpoint(&target.into());
            format!(
                "path to {}",
                quoted(touchpoint.map_or(target, Record::name))
            )
        }
        "measurements" => format!("measurement {}", quoted(key.trim())),
        "backstage" => format!("backstage work {}", quoted(key)),
        list => format!(
            "{} {}",
            list.replace('_', " ").trim_end_matches('s'),
            quoted(key)
        ),
    }
}

/// A value for people: the name of what it refers to, or the value itself.
fn value_words(map: &Map, conflict: &Conflict, value: Option<&str>) -> String {
    let name_of = |id: &str| {
        let object = ObjectRef::with_key(map, id).filter(|object| *object != ObjectRef::Map);
        let name = object
            .map_or("", |object| object.name(map))
            .trim()
            .to_owned();
        if name.is_empty() { id.to_owned() } else { name }
    };
    let is_stage = conflict.field.first().is_some_and(|field| field == "stage");
    let refers = [
        "owner",
        "channel",
        "environment",
        "department",
        "persona",
        "picture",
        "from",
        "to",
        "upper",
        "lower",
    ];
    match (conflict.kind, value) {
        (ConflictKind::Place, None) => "to the beginning".to_owned(),
        (ConflictKind::Place, Some(id)) if is_stage => format!("to {}", quoted(&name_of(id))),
        (ConflictKind::Place, Some(id)) => format!("after {}", quoted(&name_of(id))),
        (_, None) => String::new(),
        (_, Some(id))
            if conflict
                .field
                .last()
                .is_some_and(|name| refers.contains(&name.as_str())) =>
        {
            name_of(id)
        }
        (_, Some(text)) if text.starts_with('{') => {
            let parts: Option<serde_json::Map<String, serde_json::Value>> =
                serde_json::from_str(text).ok();
            parts.map_or(text.to_owned(), |parts| scalars(parts.values()))
        }
        (_, Some("true")) => "yes".to_owned(),
        (_, Some("false")) => "no".to_owned(),
        (_, Some(text)) => text.to_owned(),
    }
}

/// The texts and numbers of a value with several parts.
fn scalars<'v>(parts: impl Iterator<Item = &'v serde_json::Value>) -> String {
    let words = parts.filter_map(|part| match part {
        serde_json::Value::String(text) => Some(text.clone()),
        serde_json::Value::Number(number) => Some(number.to_string()),
        serde_json::Value::Object(inner) => Some(scalars(inner.values())),
        _ => None,
    });
    words
        .filter(|it| !it.is_empty())
        .collect::<Vec<_>>()
        .join(", ")
}

impl ConflictText {
    /// The heading of the conflict: the record and its field.
    pub fn heading(&self) -> String {
        match self.field.as_str() {
            "" => self.record.clone(),
            field => format!("{} of {}", capitalize(field), self.record),
        }
    }
}
