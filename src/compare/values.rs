//! Serialized values as text for people.
//!
//! Must not know: which records differ.

use super::fields::{FieldRow, ItemKind, Kind, ToObject};
use crate::english::{join_with_and, quoted};
use crate::model::{
    CommentSubject, LaneContentKind, LaneKind, Map, ObjectRef, Record as _, Score, Share,
};
use serde_json::Value;

/// Whether a value is as good as none.
pub(super) fn is_empty(kind: Kind, value: &Value) -> bool {
    match (kind, value) {
        (_, Value::Null | Value::Bool(false)) => true,
        (_, Value::String(text)) if text.trim().is_empty() => true,
        (_, Value::Array(items)) => items.is_empty(),
        (_, Value::Object(fields)) => fields.is_empty(),
        (Kind::Keyword(default), Value::String(word)) => word == default,
        (Kind::Level, Value::Number(number)) => number.as_u64() == Some(1),
        (Kind::Count, Value::Number(number)) => number.as_u64() == Some(0),
        _ => false,
    }
}

/// Returns the value as text; `None` if it is as good as none.
pub(super) fn text_of(kind: Kind, value: &Value, map: &Map) -> Option<String> {
    if value.is_null()
        || is_empty(kind, value) && !matches!(kind, Kind::Keyword(_) | Kind::Level | Kind::Count)
    {
        return None;
    }
    Some(match (kind, value) {
        (Kind::Reference(to_object), Value::String(id)) => name_of(map, to_object, id),
        (Kind::References(to_object), Value::Array(ids)) => {
            let names = ids.iter().filter_map(Value::as_str);
            let names = names.map(|id| quoted(&name_of(map, to_object, id)));
            join_with_and(&names.collect::<Vec<_>>())
        }
        (Kind::Score, value) => {
            let score = value.as_f64().and_then(Score::from_value);
            score.map_or_else(|| any_text(value), |score| score.to_string())
        }
        (Kind::Share, value) => {
            let share = value.as_f64().and_then(Share::from_value);
            share.map_or_else(|| any_text(value), |share| share.to_string())
        }
        (Kind::Level, value) => match value.as_u64() {
            Some(1) => "low".to_owned(),
            Some(2) => "medium".to_owned(),
            Some(3) => "high".to_owned(),
            _ => any_text(value),
        },
        (Kind::Keyword(_), Value::String(word)) => word.replace('_', " "),
        (Kind::LaneContent, value) => lane_content(value),
        (Kind::PictureData, value) => picture_data(value),
        (Kind::Check, value) => check(value),
        (Kind::Subject, value) => comment_subject(value, map),
        (_, value) => any_text(value),
    })
}

/// The name of a record; its id if the map does not have it or it has no name.
pub(super) fn name_of(map: &Map, to_object: ToObject, id: &str) -> String {
    match to_object(id).name(map).trim() {
        "" => id.to_owned(),
        name => name.to_owned(),
    }
}

/// A value of any kind.
pub(super) fn any_text(value: &Value) -> String {
    match value {
        Value::Null => "nothing".to_owned(),
        Value::Bool(yes) => if *yes { "yes" } else { "no" }.to_owned(),
        Value::Number(number) => match number.as_f64() {
            Some(whole) if whole.fract() == 0.0 => format!("{whole:.0}").replace('-', "−"),
            _ => number.to_string().replace('-', "−"),
        },
        Value::String(text) => text.clone(),
        Value::Array(items) => {
            let items: Vec<String> = items.iter().map(|it| quoted(&any_text(it))).collect();
            join_with_and(&items)
        }
        Value::Object(fields) => {
            let fields = fields.iter().filter(|(_, it)| !is_empty(Kind::Plain, it));
            let fields = fields.map(|(key, it)| format!("{} {}", spaced(key), any_text(it)));
            fields.collect::<Vec<_>>().join(", ")
        }
    }
}

/// A key of the file as words.
pub(super) fn spaced(key: &str) -> String {
    key.replace('_', " ")
}

fn lane_content(value: &Value) -> String {
    match serde_json::from_value::<LaneContentKind>(value.clone()) {
        Ok(LaneContentKind::Score(scale)) => format!("score from {} to {}", scale.from, scale.to),
        Ok(kind) => kind.word().to_owned(),
        Err(_) => any_text(value),
    }
}

fn picture_data(value: &Value) -> String {
    let data = value.get("bytes").and_then(Value::as_str);
    match data {
        Some(base64) => format!("a picture of {} KB", (base64.len() * 3 / 4).div_ceil(1000)),
        None => "unreadable data".to_owned(),
    }
}

/// Date and person; the fingerprints say nothing to people.
fn check(value: &Value) -> String {
    let text = |key: &str| value.get(key).and_then(Value::as_str).unwrap_or_default();
    match (text("date"), text("by").trim()) {
        ("", "") => "without a date".to_owned(),
        (date, "") => date.to_owned(),
        ("", by) => format!("by {by}"),
        (date, by) => format!("{date} by {by}"),
    }
}

fn comment_subject(value: &Value, map: &Map) -> String {
    let subject = serde_json::from_value::<CommentSubject>(value.clone());
    let object = subject.map_or(ObjectRef::Map, |subject| subject.object());
    let noun = object.noun().to_lowercase();
    match object.text(map) {
        "" => noun,
        name => format!("{noun} {}", quoted(name)),
    }
}

/// The text of a touchpoint in a lane; that of a lane of pictures is the name of one.
pub(super) fn cell_text(map: &Map, lane: &str, text: &str) -> String {
    let lane = map.lanes().get(&lane.into());
    let of_pictures = |it: &&crate::model::Lane| {
        it.kind == LaneKind::Custom && it.holds == LaneContentKind::Picture
    };
    let picture = lane.filter(of_pictures);
    let picture = picture.and_then(|_| map.images().get(&text.into()));
    picture.map_or(text, |it| it.name()).to_owned()
}

/// The name of an item in quotation marks, or words for it, with what else identifies it:
/// `of “Jana”`, `of the customer`, `“NPS” (2026-05-01)`.
pub(super) fn item_title(kind: &ItemKind, item: &Value, map: &Map) -> String {
    let title = title_of(kind, item, map);
    match identity_of(kind, item, map) {
        Some(rest) => format!("{title} ({rest})"),
        None => title,
    }
}

fn title_of(kind: &ItemKind, item: &Value, map: &Map) -> String {
    let text = field_text(kind, kind.title, item, map);
    let named = text.map(|text| format!("{}{}", kind.link, quoted(&text)));
    named.unwrap_or_else(|| kind.untitled.to_owned())
}

/// The field that identifies an item beside its title; `None` if it is as good as empty.
fn identity_of(kind: &ItemKind, item: &Value, map: &Map) -> Option<String> {
    field_text(kind, kind.identity.get(1)?, item, map)
}

fn field_text(kind: &ItemKind, key: &str, item: &Value, map: &Map) -> Option<String> {
    let row = kind.rows.iter().find(|row| row.key == key)?;
    let value = item.get(key)?;
    text_of(row.kind, value, map).filter(|_| !is_empty(row.kind, value))
}

/// An item with all that is said about it: `“Waits” (severity high, action “Hire staff”)`.
pub(super) fn item_phrase(kind: &ItemKind, item: &Value, map: &Map) -> String {
    let title = title_of(kind, item, map);
    let mut details: Vec<String> = identity_of(kind, item, map).into_iter().collect();
    let told = [kind.title, kind.identity.get(1).unwrap_or(&"")];
    append_details(kind.rows, &told, item, map, &mut details);
    match details.as_slice() {
        [] => title,
        details => format!("{title} ({})", details.join(", ")),
    }
}

/// Appends `word value` for each field that is neither told already nor as good as empty.
fn append_details(
    rows: &[FieldRow],
    told: &[&str],
    item: &Value,
    map: &Map,
    parts: &mut Vec<String>,
) {
    for row in rows.iter().filter(|row| !told.contains(&row.key)) {
        let value = item.get(row.key).unwrap_or(&Value::Null);
        if let Kind::Group(rows) = row.kind {
            append_details(rows, &[], value, map, parts);
        } else if !is_empty(row.kind, value)
            && let Some(text) = text_of(row.kind, value, map)
        {
            parts.push(match row.kind {
                Kind::Flag => row.word.to_owned(),
                Kind::Text | Kind::Reference(_) => format!("{} {}", row.word, quoted(&text)),
                _ => format!("{} {text}", row.word),
            });
        }
    }
    let Value::Object(fields) = item else {
        return;
    };
    let is_unknown = |key: &str| key != "id" && rows.iter().all(|row| row.key != key);
    for (key, value) in fields.iter().filter(|(key, _)| is_unknown(key)) {
        if !is_empty(Kind::Plain, value) {
            parts.push(format!("{} {}", spaced(key), any_text(value)));
        }
    }
}
