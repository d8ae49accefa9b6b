//! Differences as sentences: a person who carries them out in their order gets the map after
//! from the map before.
//!
//! Must not know: formats of files, windows.

use super::comparison::Comparison;
use super::difference::{Difference, DifferenceKind, FieldChange, Place, ValueKind};
use super::matching::Objects;
use super::wording::changed_parts;
use crate::english::{ordinal, quoted, uncapitalize};
use crate::model::{Map, ObjectRef, Record as _};
use rustc_hash::FxHashMap;

/// Characters of two texts that stand between "from" and "to".
const MAX_IN_ONE: usize = 120;

/// Tells the differences of a comparison.
pub struct SentenceWriter<'c> {
    comparison: &'c Comparison,
    /// The place, from 1, of each touchpoint whose name others in its stage have too, by its
    /// address in the map before or in the aligned one.
    ordinals: FxHashMap<ObjectRef, usize>,
}

impl<'c> SentenceWriter<'c> {
    /// A writer for a comparison.
    pub fn new(comparison: &'c Comparison) -> SentenceWriter<'c> {
        let mut ordinals = FxHashMap::default();
        add_ordinals(&comparison.aligned, &mut ordinals);
        add_ordinals(&comparison.before, &mut ordinals);
        SentenceWriter {
            comparison,
            ordinals,
        }
    }

    /// All sentences about a difference, in their order; at least one.
    pub fn sentences(&self, difference: &Difference) -> Vec<String> {
        let subject = self.label(&difference.objects);
        let sentences = match difference.kind {
            DifferenceKind::Added => vec![self.added(difference, &subject)],
            DifferenceKind::Removed => vec![self.removed(difference, &subject)],
            DifferenceKind::Moved => vec![self.moved(difference, &subject)],
            DifferenceKind::Changed => {
                let fields = difference.fields.iter();
                fields.map(|field| changed(field, &subject)).collect()
            }
        };
        sentences
            .iter()
            .map(|sentence| one_line(sentence))
            .collect()
    }

    /// The map, or a record by its kind and name; a touchpoint by its name alone.
    fn label(&self, objects: &Objects) -> String {
        let Some(object) = objects.after.as_ref().or(objects.before.as_ref()) else {
            return String::new();
        };
        let name = one_line(self.comparison.name(objects));
        match object {
            ObjectRef::Map => "the map".to_owned(),
            ObjectRef::Touchpoint(_) => {
                let before = objects.before.clone();
                let key = before.unwrap_or_else(|| self.comparison.aligned_object(object));
                match self.ordinals.get(&key) {
                    Some(place) => format!("{} ({})", quoted(&name), ordinal(*place)),
                    None => quoted(&name),
                }
            }
            ObjectRef::Suppression(_) => format!("the accepted finding {}", self.finding(objects)),
            other => format!("the {} {}", uncapitalize(other.noun()), quoted(&name)),
        }
    }

    /// The rule and subject of an accepted finding.
    fn finding(&self, objects: &Objects) -> String {
        let find = |object: &Option<ObjectRef>, map: &Map| match object {
            Some(ObjectRef::Suppression(id)) => map.suppressions().get(id).cloned(),
            _ => None,
        };
        let accepted = find(&objects.before, &self.comparison.before);
        let aligned = objects
            .after
            .as_ref()
            .map(|it| self.comparison.aligned_object(it));
        let accepted = accepted.or_else(|| find(&aligned, &self.comparison.aligned));
        accepted.map_or_else(String::new, |it| match it.subject.as_str() {
            "" => quoted(&it.rule),
            subject => format!("{} about {}", quoted(&it.rule), quoted(subject)),
        })
    }

    fn previous(&self, place: Option<&Place>) -> Option<String> {
        let previous = place?.previous.as_ref()?;
        Some(self.label(previous))
    }

    fn added(&self, difference: &Difference, subject: &str) -> String {
        let place = match self.previous(difference.to.as_ref()) {
            Some(previous) => format!("after {previous}"),
            None => "at the start".to_owned(),
        };
        let details = difference.fields.iter().filter(|field| !is_name(field));
        let details: Vec<String> = details.map(detail).collect();
        match details.as_slice() {
            [] => format!("Added {subject} {place}."),
            details => format!("Added {subject} {place}: {}.", details.join("; ")),
        }
    }

    fn removed(&self, difference: &Difference, subject: &str) -> String {
        match self.previous(difference.from.as_ref()) {
            Some(previous) => format!("Removed {subject}, which came after {previous}."),
            None => format!("Removed {subject}, which came first."),
        }
    }

    fn moved(&self, difference: &Difference, subject: &str) -> String {
        let (from, to) = (difference.from.as_ref(), difference.to.as_ref());
        let was = ordinal(from.map_or(1, |place| place.index + 1));
        let stages = [from, to].map(|place| place.and_then(|place| place.stage.as_ref()));
        let previous = self.previous(to);
        if stages[0] == stages[1] {
            return match previous {
                Some(previous) => format!("Moved {subject} from {was} place to after {previous}."),
                None => format!("Moved {subject} from {was} place to the start."),
            };
        }
        let names =
            stages.map(|stage| quoted(&one_line(stage.map_or("", |it| self.comparison.name(it)))));
        let [from, to] = names;
        match previous {
            Some(previous) => {
                format!("Moved {subject} from {from} ({was}) to {to}, after {previous}.")
            }
            None => format!("Moved {subject} from {from} ({was}) to the start of {to}."),
        }
    }
}

/// Adds the places of touchpoints whose name is not the only one in the stage.
fn add_ordinals(map: &Map, ordinals: &mut FxHashMap<ObjectRef, usize>) {
    for (_, touchpoints) in map.touchpoint_lists() {
        let mut counts: FxHashMap<&str, usize> = FxHashMap::default();
        for touchpoint in touchpoints {
            *counts.entry(touchpoint.name.trim()).or_default() += 1;
        }
        for (at, touchpoint) in touchpoints.iter().enumerate() {
            if counts
                .get(touchpoint.name.trim())
                .is_some_and(|count| *count > 1)
            {
                ordinals.insert(touchpoint.object(), at + 1);
            }
        }
    }
}

/// A text without line breaks.
fn one_line(text: &str) -> String {
    text.trim()
        .replace("\r\n", " ¶ ")
        .replace(['\n', '\r'], " ¶ ")
}

/// Whether the field is the name, by which the record is told anyway.
pub(super) fn is_name(field: &FieldChange) -> bool {
    field.item.is_empty() && matches!(field.key.as_str(), "name" | "title" | "text")
}

/// A value as it stands in a sentence.
fn value(field: &FieldChange, text: &str) -> String {
    match field.kind {
        ValueKind::Text => quoted(&one_line(text)),
        _ => one_line(text),
    }
}

/// A field of an added record: `owner “Sales”`.
fn detail(field: &FieldChange) -> String {
    let is = field.is.as_deref().unwrap_or("nothing");
    match field.kind {
        ValueKind::Flag => field.label(),
        _ => format!("{} {}", field.label(), value(field, is)),
    }
}

fn changed(field: &FieldChange, subject: &str) -> String {
    let word = &field.word;
    let of = match field.item.as_str() {
        "" => subject.to_owned(),
        item => format!("the {item} at {subject}"),
    };
    match (field.kind, field.was.as_deref(), field.is.as_deref()) {
        (ValueKind::Flag, _, Some(_)) => format!("Marked {of} as {word}."),
        (ValueKind::Flag, _, None) => format!("Unmarked {of} as {word}."),
        (ValueKind::Item, _, Some(is)) => format!("Added the {word} {} to {of}.", one_line(is)),
        (ValueKind::Item, Some(was), None) => {
            format!("Removed the {word} {} from {of}.", one_line(was))
        }
        (ValueKind::Order, _, Some(is)) => format!("Put the {word} of {of} in this order: {is}."),
        (_, Some(was), Some(is)) if is_name(field) && field.key != "text" => {
            // The subject has the new name.
            let kind = subject.split_once('“').map_or("the map ", |(kind, _)| kind);
            let place = subject.rsplit_once('”').map_or("", |(_, place)| place);
            let [was, is] = [was, is].map(|name| quoted(&one_line(name)));
            format!("Renamed {kind}{was}{place} to {is}.")
        }
        // The item is told by its former text.
        (ValueKind::Text, Some(_), Some(is)) if word == "text" && !field.item.is_empty() => {
            format!("Reworded {of} to {}.", value(field, is))
        }
        (kind, Some(was), Some(is)) => {
            let parts = match kind {
                ValueKind::Text => changed_parts(was, is),
                _ => vec![[was, is]],
            };
            let parts = parts.iter().map(|part| part.map(|text| value(field, text)));
            let parts: Vec<[String; 2]> = parts.collect();
            let length = |text: &String| text.chars().count();
            match parts.as_slice() {
                [[was, is]] if length(was) + length(is) <= MAX_IN_ONE => {
                    format!("Changed the {word} of {of} from {was} to {is}.")
                }
                parts => {
                    let parts = parts.iter().map(|[was, is]| format!("{was} is now {is}"));
                    let parts = parts.collect::<Vec<_>>().join("; ");
                    format!("Changed the {word} of {of}: {parts}.")
                }
            }
        }
        (_, None, Some(is)) => format!("Set the {word} of {of} to {}.", value(field, is)),
        (_, Some(was), None) => format!("Removed the {word} ({}) of {of}.", value(field, was)),
        (_, None, None) => format!("Changed the {word} of {of}."),
    }
}
