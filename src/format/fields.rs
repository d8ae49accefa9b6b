//! Types of the fields of a file, and how each becomes a field of the model: references looked
//! up, numbers rounded, duplicates dropped, with a warning wherever something is lost.
//!
//! The wire types of all versions are built from these, so their meaning never
//! changes. Must not know: which records there are.

use super::ids::{FileId, IdTables};
use super::pending_warnings::{PendingWarnings, RecordPath};
use super::source_map::PathSegment;
use super::warning::WarningKind;
use crate::model::{
    ActionStatus, BackstageKind, Basis, CardColoring, ConflictKind, Date, EmptyField,
    EnvironmentKind, HighlightedMark, Id, ImageData, LaneId, Level, MapKind, PathKind, Stated,
    View, parse_date,
};
use serde::de::{Deserialize, Deserializer, Error, MapAccess, Visitor};
use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

/// State of a conversion to the model.
pub(super) struct Conversion {
    /// The record whose fields are being converted.
    pub record: RecordPath,
    /// The field of it that the converted fields are parts of.
    pub outer: Option<&'static str>,
    pub ids: IdTables,
    pub warnings: PendingWarnings,
}

impl Conversion {
    /// Path of a field, or of an item in it.
    fn path(&self, field: &str, item: Option<usize>) -> Vec<PathSegment> {
        let mut segments = self.record.segments();
        segments.push(PathSegment::Field(field.to_owned()));
        segments.extend(item.map(PathSegment::Index));
        segments
    }

    pub fn warn(&mut self, field: &str, item: Option<usize>, kind: WarningKind) {
        self.warnings.push(self.path(field, item), kind);
    }

    /// Looks up a reference; one to nothing keeps its text and gives a warning.
    fn resolve<I: FileId>(&mut self, name: &str, field: &'static str, item: Option<usize>) -> I {
        I::table(&mut self.ids).find(name).unwrap_or_else(|| {
            let kind = WarningKind::Dangling {
                field: self.outer.unwrap_or(field),
                word: I::WORD,
                id: name.to_owned(),
            };
            let mut path = self.path(self.outer.unwrap_or(field), item);
            path.extend(self.outer.map(|_| PathSegment::Field(field.to_owned())));
            self.warnings.push(path, kind);
            I::from_text(name)
        })
    }

    /// Converts entries of a `{…}` with the given conversion of keys.
    fn pairs<K: Ord>(
        &mut self,
        field: &'static str,
        pairs: Pairs,
        key: impl Fn(&mut Conversion, &str, usize) -> K,
    ) -> BTreeMap<K, String> {
        let mut all = BTreeMap::new();
        for (at, (name, text)) in pairs.0.into_iter().enumerate() {
            if all.insert(key(self, &name, at), text).is_some() {
                self.warn(
                    field,
                    Some(at),
                    WarningKind::DuplicateKey { field, key: name },
                );
            }
        }
        all
    }
}

/// A field as it was read, for a field of type `M` in the model.
pub(super) trait Convert<M> {
    fn convert(self, field: &'static str, conversion: &mut Conversion) -> M;
}

/// Fields that the model has as they are in the file.
macro_rules! unchanged {
    ($($type:ty),*) => {$(
        impl Convert<$type> for $type {
            fn convert(self, _: &'static str, _: &mut Conversion) -> $type {
                self
            }
        }
    )*};
}

unchanged! {
    String, Vec<String>, bool, ActionStatus, BackstageKind, EnvironmentKind, MapKind, PathKind, View,
    CardColoring, ConflictKind, Vec<HighlightedMark>, Vec<Basis>, Vec<EmptyField>
}

/// An optional text.
impl Convert<Option<String>> for Option<String> {
    fn convert(self, _: &'static str, _: &mut Conversion) -> Option<String> {
        self.filter(|text| !text.is_empty())
    }
}

/// The id of the record itself.
impl<I: FileId> Convert<I> for Option<String> {
    fn convert(self, _: &'static str, conversion: &mut Conversion) -> I {
        I::table(&mut conversion.ids).next()
    }
}

/// A reference.
impl<I: FileId> Convert<I> for String {
    fn convert(self, field: &'static str, conversion: &mut Conversion) -> I {
        conversion.resolve(&self, field, None)
    }
}

/// A reference that may be left out.
impl<I: FileId> Convert<Option<I>> for Option<String> {
    fn convert(self, field: &'static str, conversion: &mut Conversion) -> Option<I> {
        let name = self.filter(|name| !name.is_empty())?;
        Some(name.convert(field, conversion))
    }
}

/// References.
impl<I: FileId> Convert<Vec<I>> for Vec<String> {
    fn convert(self, field: &'static str, conversion: &mut Conversion) -> Vec<I> {
        let names = self.iter().enumerate().filter(|(_, name)| !name.is_empty());
        names
            .map(|(at, name)| conversion.resolve(name, field, Some(at)))
            .collect()
    }
}

/// The id of a part of a touchpoint that may be gone: the touchpoint then stands for it.
#[derive(serde::Deserialize)]
#[serde(transparent)]
pub(super) struct PartId(String);

impl<I: Id> Convert<Option<I>> for Option<PartId> {
    fn convert(self, _: &'static str, _: &mut Conversion) -> Option<I> {
        let id = self.filter(|id| !id.0.is_empty())?;
        Some(I::from_text(&id.0))
    }
}

/// Base 64 of an image file, in as many lines as people like.
impl Convert<ImageData> for Vec<String> {
    fn convert(self, _: &'static str, _: &mut Conversion) -> ImageData {
        ImageData::from_base64(&self.join("\n"))
    }
}

/// Entries of a `{…}` in the order of the file, duplicates included.
#[derive(Debug, Default)]
pub(super) struct Pairs(Vec<(String, String)>);

impl<'de> Deserialize<'de> for Pairs {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct PairsVisitor;
        impl<'de> Visitor<'de> for PairsVisitor {
            type Value = Pairs;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("texts by key in curly brackets")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Pairs, A::Error> {
                let mut pairs = Vec::new();
                while let Some(pair) = map.next_entry()? {
                    pairs.push(pair);
                }
                Ok(Pairs(pairs))
            }
        }
        from.deserialize_map(PairsVisitor)
    }
}

impl Convert<BTreeMap<String, String>> for Pairs {
    fn convert(self, field: &'static str, conversion: &mut Conversion) -> BTreeMap<String, String> {
        conversion.pairs(field, self, |_, key, _| key.to_owned())
    }
}

impl Convert<BTreeMap<LaneId, String>> for Pairs {
    fn convert(self, field: &'static str, conversion: &mut Conversion) -> BTreeMap<LaneId, String> {
        conversion.pairs(field, self, |conversion, key, at| {
            conversion.resolve(key, field, Some(at))
        })
    }
}

/// A value within its range, and for a rounded one the number as stated and as kept.
#[derive(Clone, Copy, Default)]
pub(super) struct Checked<T> {
    pub value: T,
    rounding: Option<[f64; 2]>,
}

impl<T> From<T> for Checked<T> {
    fn from(value: T) -> Checked<T> {
        let rounding = None;
        Checked { value, rounding }
    }
}

impl<'de, T: Stated> Deserialize<'de> for Checked<T> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let expected = T::EXPECTED;
        let raw = T::Raw::deserialize(from)
            .map_err(|_| D::Error::custom(format_args!("expected {expected}")))?;
        let Some(value) = T::from_raw(&raw) else {
            let found = format!("{raw:?}");
            let found = found.strip_suffix(".0").unwrap_or(&found);
            let sentence = format_args!("expected {expected}, found {found}");
            return Err(D::Error::custom(sentence));
        };
        let rounding = value.rounding(&raw);
        Ok(Checked { value, rounding })
    }
}

impl<T> Convert<T> for Checked<T> {
    fn convert(self, field: &'static str, conversion: &mut Conversion) -> T {
        if let Some([stated, kept]) = self.rounding
            && (stated - kept).abs() > 1e-9 * stated.abs().max(1.0)
        {
            let field = conversion.outer.unwrap_or(field);
            let kind = WarningKind::Rounded {
                field,
                stated: stated.to_string(),
                kept: kept.to_string(),
            };
            conversion.warn(field, None, kind);
        }
        self.value
    }
}

impl<T> Convert<Option<T>> for Option<Checked<T>> {
    fn convert(self, field: &'static str, conversion: &mut Conversion) -> Option<T> {
        self.map(|value| value.convert(field, conversion))
    }
}

impl<T> Convert<Vec<T>> for Vec<Checked<T>> {
    fn convert(self, field: &'static str, conversion: &mut Conversion) -> Vec<T> {
        let values = self.into_iter();
        values
            .map(|value| value.convert(field, conversion))
            .collect()
    }
}

impl Convert<Level> for Option<Checked<Level>> {
    fn convert(self, _: &'static str, _: &mut Conversion) -> Level {
        self.map_or(Level::default(), |level| level.value)
    }
}

/// A text that states a value. One that cannot be read leaves the field out of the map.
pub(super) enum Tolerant<T> {
    Value(T),
    Unreadable(String),
}

impl<'de, T: Stated<Raw = String>> Deserialize<'de> for Tolerant<T> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct ValueVisitor<T>(PhantomData<T>);
        impl<T: Stated<Raw = String>> Visitor<'_> for ValueVisitor<T> {
            type Value = Tolerant<T>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(T::EXPECTED)
            }
            fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
                let text = text.to_owned();
                Ok(T::from_raw(&text).map_or(Tolerant::Unreadable(text), Tolerant::Value))
            }
            fn visit_i64<E>(self, number: i64) -> Result<Self::Value, E> {
                Ok(Tolerant::Unreadable(number.to_string()))
            }
            fn visit_u64<E>(self, number: u64) -> Result<Self::Value, E> {
                Ok(Tolerant::Unreadable(number.to_string()))
            }
            fn visit_f64<E>(self, number: f64) -> Result<Self::Value, E> {
                Ok(Tolerant::Unreadable(number.to_string()))
            }
        }
        from.deserialize_any(ValueVisitor(PhantomData))
    }
}

impl<T: Stated> Convert<Option<T>> for Option<Tolerant<T>> {
    fn convert(self, field: &'static str, conversion: &mut Conversion) -> Option<T> {
        match self? {
            Tolerant::Value(value) => Some(value),
            Tolerant::Unreadable(stated) => {
                let expected = T::EXPECTED;
                let kind = WarningKind::Unreadable {
                    field,
                    stated,
                    expected,
                };
                conversion.warn(field, None, kind);
                None
            }
        }
    }
}

/// A count.
impl Stated for u32 {
    type Raw = u32;
    const EXPECTED: &'static str = "a whole number from 0 to 4294967295";
    fn from_raw(raw: &u32) -> Option<u32> {
        Some(*raw)
    }
}

impl Stated for Date {
    type Raw = String;
    const EXPECTED: &'static str = "a date such as \"2026-05-01\"";
    fn from_raw(text: &String) -> Option<Date> {
        parse_date(text)
    }
}

/// A record of a file.
pub(super) trait WireRecord {
    /// The record of the model.
    type Model;
    fn to_model(self, conversion: &mut Conversion) -> Self::Model;
}

/// A record that may be left out.
impl<W: WireRecord> Convert<Option<W::Model>> for Option<W> {
    fn convert(self, field: &'static str, conversion: &mut Conversion) -> Option<W::Model> {
        conversion.outer = Some(field);
        let record = self.map(|record| record.to_model(conversion));
        conversion.outer = None;
        record
    }
}

/// Records in a list of the record.
impl<W: WireRecord> Convert<Vec<W::Model>> for Vec<W> {
    fn convert(self, field: &'static str, conversion: &mut Conversion) -> Vec<W::Model> {
        let parent = conversion.record;
        let convert = |(at, record): (usize, W)| {
            conversion.record = parent.inside(field, at);
            record.to_model(conversion)
        };
        // Exactly as many; a vector collected in the place of the old one has its spare capacity.
        let mut records = Vec::with_capacity(self.len());
        records.extend(self.into_iter().enumerate().map(convert));
        conversion.record = parent;
        records
    }
}
