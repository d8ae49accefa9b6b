//! Full-text search in a map. Hits come in the order of the map: first texts of the
//! map itself and its lists, then stage by stage, then actions and parked notes.
//!
//! Must not know: windows, selections, disk.

use super::folding::Needle;
use crate::model::{
    ActionId, ChannelId, DepartmentId, EnvironmentId, Evidence, LaneId, Map, Measurement, NoteId,
    Persona, PersonaId, Stage, StageId, Touchpoint, TouchpointId,
};
use crate::scene::SelectionSet;
use std::fmt;
use std::ops::Range;

/// The record that a text belongs to.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "each is the record of that name")]
pub enum RecordRef {
    Map,
    Persona(PersonaId),
    Department(DepartmentId),
    Channel(ChannelId),
    Environment(EnvironmentId),
    Lane(LaneId),
    Stage(StageId),
    Touchpoint(TouchpointId),
    Action(ActionId),
    Note(NoteId),
}

/// The label of a text field within a record, as shown on screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct FieldLabel {
    /// The name of the field.
    pub name: &'static str,
    /// The number in a list of such fields, from 1; `None` for a single field.
    pub number: Option<usize>,
}

impl fmt::Display for FieldLabel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.number {
            Some(number) => write!(f, "{} {number}", self.name),
            None => f.write_str(self.name),
        }
    }
}

/// One occurrence of the search text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// The record.
    pub record: RecordRef,
    /// The text field of the record.
    pub field: FieldLabel,
    /// The range in that text, in bytes.
    pub range: Range<usize>,
}

/// Returns all occurrences; none for an empty search text. Case, accents and line
/// breaks are ignored.
pub fn find(map: &Map, text: &str) -> Vec<Hit> {
    let mut hits = Vec::new();
    let Some(mut needle) = Needle::new(text) else {
        return hits;
    };
    visit_records(map, |texts| {
        let place = &texts.record;
        (texts.visit_fields)(&mut |field, text| {
            needle.find_in(text, |range| {
                hits.push(Hit {
                    record: place.clone(),
                    field,
                    range,
                });
            });
        });
    });
    hits
}

/// Returns the text that contains a hit, if it still exists and has the range.
pub fn text_of<'m>(map: &'m Map, hit: &Hit) -> Option<&'m str> {
    let mut found = None;
    visit_records(map, |texts| {
        if found.is_none() && texts.record == hit.record {
            (texts.visit_fields)(&mut |field, text| {
                if field == hit.field && found.is_none() {
                    found = Some(text);
                }
            });
        }
    });
    found.filter(|text| text.get(hit.range.clone()).is_some())
}

/// Returns the touchpoints and stages to highlight for some hits.
pub fn highlighted(hits: &[Hit]) -> SelectionSet {
    let mut chosen = SelectionSet::default();
    for hit in hits {
        match &hit.record {
            RecordRef::Touchpoint(id) if !chosen.touchpoints.contains(id) => {
                chosen.touchpoints.insert(id.clone());
            }
            RecordRef::Stage(id) if !chosen.stages.contains(id) => {
                chosen.stages.insert(id.clone());
            }
            _ => {}
        }
    }
    chosen
}

/// Callback that receives each text of a record with its field.
type FieldVisitor<'m, 'v> = &'v mut dyn FnMut(FieldLabel, &'m str);

/// A record and a function that visits its texts.
struct RecordTexts<'m, 't> {
    record: RecordRef,
    visit_fields: &'t dyn Fn(FieldVisitor<'m, '_>),
}

fn visit_records<'m>(map: &'m Map, mut record: impl FnMut(RecordTexts<'m, '_>)) {
    let mut say = |place, tell: &dyn Fn(FieldVisitor<'m, '_>)| {
        record(RecordTexts {
            record: place,
            visit_fields: tell,
        })
    };
    say(RecordRef::Map, &|visit| {
        let header = map.header();
        visit_text("Map name", &header.title, visit);
        visit_text("Scenario", &header.scenario, visit);
        visit_measurements(&header.measurements, visit);
        for (i, suppression) in map.suppressions().iter().enumerate() {
            visit_numbered_text("Reason of accepted finding", i, &suppression.reason, visit);
        }
    });
    for it in map.personas() {
        say(RecordRef::Persona(it.id.clone()), &|visit| {
            visit_persona(it, visit)
        });
    }
    for it in map.departments() {
        say(RecordRef::Department(it.id.clone()), &|visit| {
            visit_text("Name", &it.name, visit);
            visit_text("Short name", &it.short, visit);
            visit_text("Contact", &it.contact, visit);
        });
    }
    for it in map.channels() {
        let place = RecordRef::Channel(it.id.clone());
        say(place, &|visit| visit_text("Name", &it.name, visit));
    }
    for it in map.environments() {
        let place = RecordRef::Environment(it.id.clone());
        say(place, &|visit| visit_text("Name", &it.name, visit));
    }
    for it in map.lanes() {
        let place = RecordRef::Lane(it.id.clone());
        say(place, &|visit| visit_text("Name", &it.name, visit));
    }
    for it in map.stages() {
        say(RecordRef::Stage(it.id.clone()), &|visit| {
            visit_stage(it, visit)
        });
        for it in map.touchpoints_in(&it.id) {
            say(RecordRef::Touchpoint(it.id.clone()), &|visit| {
                visit_touchpoint(it, visit);
            });
        }
    }
    for it in map.actions() {
        say(RecordRef::Action(it.id.clone()), &|visit| {
            visit_text("Name", &it.name, visit);
            if let Some(lift) = &it.lift {
                visit_text("Expected lift", &lift.metric, visit);
            }
            visit_text("Notes", &it.notes, visit);
        });
    }
    for it in map.notes() {
        let place = RecordRef::Note(it.id.clone());
        say(place, &|visit| visit_text("Parked note", &it.text, visit));
    }
}

fn visit_text<'m>(name: &'static str, text: &'m str, visit: FieldVisitor<'m, '_>) {
    visit(FieldLabel { name, number: None }, text);
}

fn visit_numbered_text<'m>(
    name: &'static str,
    index: usize,
    text: &'m str,
    visit: FieldVisitor<'m, '_>,
) {
    let number = Some(index + 1);
    visit(FieldLabel { name, number }, text);
}

fn visit_persona<'m>(it: &'m Persona, visit: FieldVisitor<'m, '_>) {
    visit_text("Name", &it.name, visit);
    visit_text("Role", &it.role, visit);
    for (name, texts) in [
        ("Goal", &it.goals),
        ("Need", &it.needs),
        ("Frustration", &it.frustrations),
    ] {
        for (i, text) in texts.iter().enumerate() {
            visit_numbered_text(name, i, text, visit);
        }
    }
    visit_text("Quote", &it.quote, visit);
    visit_source(&it.evidence, visit);
}

fn visit_stage<'m>(it: &'m Stage, visit: FieldVisitor<'m, '_>) {
    visit_text("Name", &it.name, visit);
    visit_text("Goal", &it.goal, visit);
    visit_text("Time", &it.time, visit);
    visit_text("Notes", &it.notes, visit);
}

fn visit_touchpoint<'m>(it: &'m Touchpoint, visit: FieldVisitor<'m, '_>) {
    visit_text("Name", &it.name, visit);
    visit_text("Description", &it.description, visit);
    visit_text("Time", &it.time, visit);
    for (i, feeling) in it.feelings.iter().enumerate() {
        visit_numbered_text("Emotion", i, &feeling.emotion, visit);
        visit_numbered_text("Quote", i, &feeling.quote, visit);
        visit_numbered_text("Thought", i, &feeling.thought, visit);
        visit_numbered_text("Motivation", i, &feeling.motivation, visit);
        visit_numbered_text("Source of feeling", i, &feeling.evidence.source, visit);
    }
    for (i, pain) in it.pains.iter().enumerate() {
        visit_numbered_text("Pain point", i, &pain.text, visit);
        visit_numbered_text("Source of pain point", i, &pain.evidence.source, visit);
    }
    for (i, opportunity) in it.opportunities.iter().enumerate() {
        visit_numbered_text("Opportunity", i, &opportunity.text, visit);
        visit_numbered_text(
            "Source of opportunity",
            i,
            &opportunity.evidence.source,
            visit,
        );
    }
    for (i, item) in it.backstage.iter().enumerate() {
        visit_numbered_text("Backstage", i, &item.text, visit);
    }
    visit_measurements(&it.measurements, visit);
    for (i, path) in it.paths.iter().enumerate() {
        visit_numbered_text("Path", i, &path.label, visit);
    }
    for (i, tag) in it.tags.iter().enumerate() {
        visit_numbered_text("Tag", i, tag, visit);
    }
    for (i, text) in it.texts.values().enumerate() {
        visit_numbered_text("Own lane", i, text, visit);
    }
    visit_source(&it.evidence, visit);
    visit_text("Notes", &it.notes, visit);
}

fn visit_measurements<'m>(list: &'m [Measurement], visit: FieldVisitor<'m, '_>) {
    for (i, measurement) in list.iter().enumerate() {
        visit_numbered_text("Measurement", i, &measurement.metric, visit);
        visit_numbered_text("Unit of measurement", i, &measurement.unit, visit);
    }
}

fn visit_source<'m>(evidence: &'m Evidence, visit: FieldVisitor<'m, '_>) {
    visit_text("Source", &evidence.source, visit);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format;
    use crate::model::arbitrary;
    use proptest::prelude::*;

    const MAP: &str = r#"(
        title: "Offers",
        personas: [(name: "Zoé", goals: ["a fair offer"])],
        departments: [(id: "sales", name: "Sales offers")],
        stages: [(
            name: "Compare", goal: "Find the best OFFER",
            touchpoints: [(
                id: "reads", name: "Reads the offer", tags: ["offer"],
                feelings: [(quote: "Which offer is mine?", thought: "Too many öffers")],
                pains: [(text: "Offer hidden, offer small")],
                backstage: [(text: "Offer engine")],
                measurements: [(metric: "Offers read", value: 3)],
                notes: "offer",
            )],
        )],
        actions: [(name: "One offer")],
        notes: [(text: "Ask about offers")],
    )"#;

    fn map() -> Map {
        format::read(MAP.as_bytes()).unwrap().map
    }

    #[test]
    fn every_text_is_found_in_the_order_of_the_map() {
        let map = map();
        let hits = find(&map, "offer");
        let fields: Vec<String> = hits.iter().map(|hit| hit.field.to_string()).collect();
        assert_eq!(
            fields,
            [
                "Map name",
                "Goal 1",
                "Name",
                "Goal",
                "Name",
                "Quote 1",
                "Thought 1",
                "Pain point 1",
                "Pain point 1",
                "Backstage 1",
                "Measurement 1",
                "Tag 1",
                "Notes",
                "Name",
                "Parked note",
            ]
        );
        assert_eq!(hits[8].range, 14..19);
        assert_eq!(text_of(&map, &hits[8]), Some("Offer hidden, offer small"));
        let chosen = highlighted(&hits);
        assert_eq!((chosen.touchpoints.len(), chosen.stages.len()), (1, 1));
    }

    #[test]
    fn empty_and_unmatched_searches_find_nothing() {
        assert!(find(&map(), "  ").is_empty());
        assert!(find(&map(), "öffnungszeiten").is_empty());
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(32))]

        #[test]
        fn names_are_found_in_their_records(map in arbitrary::map()) {
            for t in map.touchpoints().take(5) {
                let hits = find(&map, &t.name);
                let name = |hit: &Hit| hit.record == RecordRef::Touchpoint(t.id.clone()) && hit.field.name == "Name";
                prop_assert!(Needle::new(&t.name).is_none() || hits.iter().any(name), "{:?}", t.name);
                for hit in &hits {
                    prop_assert!(text_of(&map, hit).is_some());
                }
            }
        }
    }
}
