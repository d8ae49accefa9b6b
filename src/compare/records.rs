//! The fields in which two records differ, found in their serialized form so that none is
//! forgotten.
//!
//! Must not know: places in lists, sentences.

use super::difference::{FieldChange, ValueKind};
use super::fields::{FieldRow, ItemKind, Kind, Part};
use super::items::{identified, named, order};
use super::matching::Objects;
use super::values::{cell_text, item_phrase, item_title, name_of, spaced, text_of};
use crate::english::quoted;
use crate::model::{Map, ObjectRef, PathKind, Renames, renamed_object};
use rustc_hash::FxHashMap;
use serde_json::{Map as Fields, Value};

/// Both maps, the later one with the ids of the earlier one.
pub(super) struct Sides<'m> {
    pub before: &'m Map,
    pub after: &'m Map,
    /// The addresses in the later map as it is, by those with the ids of the earlier one.
    pub originals: &'m Renames,
}

impl Sides<'_> {
    /// The addresses of an object that one of the maps has under this id, or both.
    pub fn objects(&self, object: &ObjectRef, is_before: bool, is_after: bool) -> Objects {
        Objects {
            before: is_before.then(|| object.clone()),
            after: is_after.then(|| renamed_object(object, self.originals)),
        }
    }
}

/// Returns the fields in which two serialized records differ. A record that only one map has is
/// compared with an empty one. `record` is its address under the ids of the earlier map.
pub(super) fn changed_fields(
    sides: &Sides<'_>,
    rows: &'static [FieldRow],
    record: &ObjectRef,
    objects: &Objects,
    [was, is]: [&Value; 2],
) -> Vec<FieldChange> {
    let mut collector = Collector {
        sides,
        record,
        changes: Vec::new(),
    };
    let place = Location {
        objects: objects.clone(),
        key: String::new(),
        item: String::new(),
    };
    collector.compare(rows, &place, [was, is]);
    collector.changes
}

/// The record, or the item of one, that fields belong to.
struct Location {
    objects: Objects,
    /// The key of the item, with a final dot; empty for the record itself.
    key: String,
    /// The item: `pain point “Waits”`; empty for the record itself.
    item: String,
}

struct Collector<'m> {
    sides: &'m Sides<'m>,
    record: &'m ObjectRef,
    changes: Vec<FieldChange>,
}

/// The fields of a serialized record; none for anything else.
fn fields_of(value: &Value) -> Option<&Fields<String, Value>> {
    value.as_object()
}

impl Collector<'_> {
    fn compare(&mut self, rows: &'static [FieldRow], place: &Location, sides: [&Value; 2]) {
        for row in rows {
            let values = sides.map(|side| side.get(row.key).unwrap_or(&Value::Null));
            if values[0] != values[1] {
                self.compare_field(row, place, values);
            }
        }
        let mut unknown: Vec<&String> = sides
            .into_iter()
            .filter_map(fields_of)
            .flat_map(Fields::keys)
            .collect();
        unknown.retain(|key| *key != "id" && rows.iter().all(|row| row.key != **key));
        unknown.sort_unstable();
        unknown.dedup();
        for key in unknown {
            let values = sides.map(|side| side.get(key).unwrap_or(&Value::Null));
            if values[0] != values[1] {
                self.value(Kind::Plain, place, key, spaced(key), values);
            }
        }
    }

    fn push(
        &mut self,
        place: &Location,
        key: &str,
        word: String,
        kind: ValueKind,
        texts: [Option<String>; 2],
    ) {
        let [was, mut is] = texts;
        if was == is && kind != ValueKind::Order {
            // Two records of one name, or two pictures of one size.
            is = is.map(|text| format!("{text} (another one)"));
        }
        self.changes.push(FieldChange {
            objects: place.objects.clone(),
            key: format!("{}{key}", place.key),
            word,
            item: place.item.clone(),
            kind,
            was,
            is,
        });
    }

    fn value(
        &mut self,
        kind: Kind,
        place: &Location,
        key: &str,
        word: String,
        [was, is]: [&Value; 2],
    ) {
        let texts = [
            text_of(kind, was, self.sides.before),
            text_of(kind, is, self.sides.after),
        ];
        let told = match kind {
            Kind::Text | Kind::Reference(_) => ValueKind::Text,
            Kind::Flag => ValueKind::Flag,
            _ => ValueKind::Plain,
        };
        if texts == [None, None] {
            // Nothing on one side and an empty text on the other, or white space: as it stands.
            let texts = [was, is].map(|it| it.as_str().filter(|it| !it.is_empty()));
            if texts != [None, None] {
                let texts = texts.map(|text| text.map(str::to_owned));
                self.push(place, key, word, told, texts);
            }
            return;
        }
        self.push(place, key, word, told, texts);
    }

    fn compare_field(&mut self, row: &'static FieldRow, place: &Location, values: [&Value; 2]) {
        let [was, is] = values;
        let word = || row.word.to_owned();
        match row.kind {
            Kind::Group(rows) => {
                let inner = Location {
                    objects: place.objects.clone(),
                    key: format!("{}{}.", place.key, row.key),
                    item: place.item.clone(),
                };
                let told = self.changes.len();
                self.compare(rows, &inner, values);
                if self.changes.len() == told && values.iter().any(|side| side.is_null()) {
                    // One side has the record with nothing in it.
                    let texts = values.map(|side| (!side.is_null()).then(|| "empty".to_owned()));
                    self.push(place, row.key, spaced(row.key), ValueKind::Plain, texts);
                }
            }
            Kind::Items(kind) => self.items(row, kind, place, values),
            Kind::References(to_object) => {
                let names = |side: &Value, map: &Map| named(side, |id| name_of(map, to_object, id));
                let names = [names(was, self.sides.before), names(is, self.sides.after)];
                self.list(row, place, names);
            }
            Kind::Texts => {
                let texts = |side: &Value| named(side, str::to_owned);
                self.list(row, place, [texts(was), texts(is)]);
            }
            Kind::Cells | Kind::Foreign => self.entries(row, place, values),
            kind => self.value(kind, place, row.key, word(), values),
        }
    }

    /// Compares lists of names, each with its identity.
    fn list(&mut self, row: &FieldRow, place: &Location, [was, is]: [Vec<(String, String)>; 2]) {
        let order = order(&was, &is);
        for (key, name) in &was {
            if !order.kept.contains(key) {
                let texts = [Some(quoted(name)), None];
                self.push(
                    place,
                    &format!("{}.{key}", row.key),
                    row.word.to_owned(),
                    ValueKind::Item,
                    texts,
                );
            }
        }
        for (key, name) in &is {
            if !order.kept.contains(key) {
                let texts = [None, Some(quoted(name))];
                self.push(
                    place,
                    &format!("{}.{key}", row.key),
                    row.word.to_owned(),
                    ValueKind::Item,
                    texts,
                );
            }
        }
        if order.differs {
            let names = |list: &[(String, String)]| {
                list.iter()
                    .map(|(_, name)| quoted(name))
                    .collect::<Vec<_>>()
                    .join(", ")
            };
            let word = format!("{}s", row.word);
            self.push(
                place,
                row.key,
                word,
                ValueKind::Order,
                [Some(names(&was)), Some(names(&is))],
            );
        }
    }

    /// Compares texts by keys: those of lanes, or of other programs.
    fn entries(&mut self, row: &FieldRow, place: &Location, values: [&Value; 2]) {
        let mut keys: Vec<&String> = values
            .into_iter()
            .filter_map(fields_of)
            .flat_map(Fields::keys)
            .collect();
        keys.sort_unstable();
        keys.dedup();
        for key in keys {
            let texts = values.map(|side| side.get(key).and_then(Value::as_str));
            if texts[0] == texts[1] {
                continue;
            }
            let full = format!("{}.{key}", row.key);
            if !matches!(row.kind, Kind::Cells) {
                let word = format!("{} {} of another program", row.word, quoted(key));
                self.push(
                    place,
                    &full,
                    word,
                    ValueKind::Text,
                    texts.map(|text| text.map(str::to_owned)),
                );
                continue;
            }
            let maps = [self.sides.before, self.sides.after];
            let named = [1, 0].map(|side| {
                ObjectRef::Lane(key.as_str().into())
                    .name(maps[side])
                    .to_owned()
            });
            let name = named.iter().find(|name| !name.is_empty()).unwrap_or(key);
            let texts = [0, 1].map(|side| texts[side].map(|text| cell_text(maps[side], key, text)));
            let cell = self
                .record
                .touchpoint()
                .map(|id| ObjectRef::Cell(id.clone(), key.as_str().into()));
            let place = Location {
                objects: cell.map_or_else(
                    || place.objects.clone(),
                    |cell| {
                        self.sides
                            .objects(&cell, texts[0].is_some(), texts[1].is_some())
                    },
                ),
                key: place.key.clone(),
                item: place.item.clone(),
            };
            let word = format!("{} {}", row.word, quoted(name));
            self.push(&place, &full, word, ValueKind::Text, texts);
        }
    }

    fn items(
        &mut self,
        row: &'static FieldRow,
        kind: &'static ItemKind,
        place: &Location,
        values: [&Value; 2],
    ) {
        let maps = [self.sides.before, self.sides.after];
        let [was, is] = identified(kind, values);
        let order = order(&was, &is);
        let partner: FxHashMap<&String, &Value> =
            was.iter().map(|(key, item)| (key, *item)).collect();
        for (key, item) in &was {
            if !order.kept.contains(key) {
                let place = self.part(kind, place, [Some(item), None]);
                let texts = [Some(item_phrase(kind, item, maps[0])), None];
                self.push(
                    &place,
                    &format!("{}.{key}", row.key),
                    row.word.to_owned(),
                    ValueKind::Item,
                    texts,
                );
            }
        }
        for (key, item) in &is {
            let full = format!("{}.{key}", row.key);
            match partner.get(key) {
                Some(former) if former == item => {}
                Some(former) => {
                    let inner = self.part(kind, place, [Some(former), Some(item)]);
                    let title = item_title(kind, former, maps[0]);
                    let inner = Location {
                        key: format!("{}{full}.", place.key),
                        item: format!("{} {title}", row.word),
                        ..inner
                    };
                    self.compare(kind.rows, &inner, [former, item]);
                }
                None => {
                    let place = self.part(kind, place, [None, Some(item)]);
                    let texts = [None, Some(item_phrase(kind, item, maps[1]))];
                    self.push(&place, &full, row.word.to_owned(), ValueKind::Item, texts);
                }
            }
        }
        if order.differs {
            let titles = |list: &[(String, &Value)], map: &Map| {
                let titles = list.iter().map(|(_, item)| item_title(kind, item, map));
                Some(titles.collect::<Vec<_>>().join(", "))
            };
            let texts = [titles(&was, maps[0]), titles(&is, maps[1])];
            self.push(
                place,
                row.key,
                kind.plural.to_owned(),
                ValueKind::Order,
                texts,
            );
        }
    }

    /// The location of an item, that of its record if items have no address.
    fn part(&self, kind: &ItemKind, place: &Location, items: [Option<&Value>; 2]) -> Location {
        let touchpoint = self.record.touchpoint();
        let address = |item: Option<&Value>| {
            let (part, id, item) = (kind.part?, touchpoint?.clone(), item?);
            let text = |key: &str| item.get(key).and_then(Value::as_str);
            Some(match part {
                Part::Pain => ObjectRef::Pain(id, text("id")?.into()),
                Part::Opportunity => ObjectRef::Opportunity(id, text("id")?.into()),
                Part::Feeling => ObjectRef::Feeling(id, text("persona").map(Into::into)),
                Part::Path => ObjectRef::Path {
                    from: id,
                    to: text("to")?.into(),
                    kind: item
                        .get("kind")
                        .and_then(|it| serde_json::from_value::<PathKind>(it.clone()).ok())?,
                },
            })
        };
        let objects = match kind.part {
            None => place.objects.clone(),
            Some(_) => Objects {
                before: address(items[0]),
                after: address(items[1]).map(|it| renamed_object(&it, self.sides.originals)),
            },
        };
        Location {
            objects,
            key: place.key.clone(),
            item: place.item.clone(),
        }
    }
}
