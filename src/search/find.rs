//! Full-text search in a map. Hits come in the order of the map: first texts of the
//! map itself and its lists, then stage by stage, then actions and parked notes.
//!
//! Must not know: windows, selections, disk.

use super::folding::Needle;
use crate::model::{
    ActionId, ChannelId, DepartmentId, EnvironmentId, Evidence, LaneId, Map, Measurement, NoteId,
    Persona, PersonaId, Stage, StageId, Touchpoint, TouchpointId,
};
use crate::scene::Chosen;
use std::fmt;
use std::ops::Range;

/// The record that a text belongs to.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "each is the record of that name")]
pub enum Place {
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
pub struct Field {
    /// The name of the field.
    pub name: &'static str,
    /// The number in a list of such fields, from 1; `None` for a single field.
    pub number: Option<usize>,
}

impl fmt::Display for Field {
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
    pub place: Place,
    /// The text field of the record.
    pub field: Field,
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
    walk(map, |texts| {
        let place = &texts.place;
        (texts.tell)(&mut |field, text| {
            needle.find_in(text, |range| {
                hits.push(Hit {
                    place: place.clone(),
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
    walk(map, |texts| {
        if found.is_none() && texts.place == hit.place {
            (texts.tell)(&mut |field, text| {
                if field == hit.field && found.is_none() {
                    found = Some(text);
                }
            });
        }
    });
    found.filter(|text| text.get(hit.range.clone()).is_some())
}

/// Returns the touchpoints and stages to highlight for some hits.
pub fn lit(hits: &[Hit]) -> Chosen {
    let mut chosen = Chosen::default();
    for hit in hits {
        match &hit.place {
            Place::Touchpoint(id) if !chosen.touchpoints.contains(id) => {
                chosen.touchpoints.insert(id.clone());
            }
            Place::Stage(id) if !chosen.stages.contains(id) => {
                chosen.stages.insert(id.clone());
            }
            _ => {}
        }
    }
    chosen
}

/// Callback that receives each text of a record with its field.
type Visit<'m, 'v> = &'v mut dyn FnMut(Field, &'m str);

/// A record and a function that visits its texts.
struct Texts<'m, 't> {
    place: Place,
    tell: &'t dyn Fn(Visit<'m, '_>),
}

fn walk<'m>(map: &'m Map, mut record: impl FnMut(Texts<'m, '_>)) {
    let mut say = |place, tell: &dyn Fn(Visit<'m, '_>)| record(Texts { place, tell });
    say(Place::Map, &|visit| {
        let header = map.header();
        one("Map name", &header.title, visit);
        one("Scenario", &header.scenario, visit);
        measurements(&header.measurements, visit);
        for (i, suppression) in map.suppressions().iter().enumerate() {
            nth("Reason of accepted finding", i, &suppression.reason, visit);
        }
    });
    for it in map.personas() {
        say(Place::Persona(it.id.clone()), &|visit| persona(it, visit));
    }
    for it in map.departments() {
        say(Place::Department(it.id.clone()), &|visit| {
            one("Name", &it.name, visit);
            one("Short name", &it.short, visit);
            one("Contact", &it.contact, visit);
        });
    }
    for it in map.channels() {
        let place = Place::Channel(it.id.clone());
        say(place, &|visit| one("Name", &it.name, visit));
    }
    for it in map.environments() {
        let place = Place::Environment(it.id.clone());
        say(place, &|visit| one("Name", &it.name, visit));
    }
    for it in map.lanes() {
        let place = Place::Lane(it.id.clone());
        say(place, &|visit| one("Name", &it.name, visit));
    }
    for it in map.stages() {
        say(Place::Stage(it.id.clone()), &|visit| stage(it, visit));
        for it in map.touchpoints_in(&it.id) {
            say(Place::Touchpoint(it.id.clone()), &|visit| {
                touchpoint(it, visit);
            });
        }
    }
    for it in map.actions() {
        say(Place::Action(it.id.clone()), &|visit| {
            one("Name", &it.name, visit);
            if let Some(lift) = &it.lift {
                one("Expected lift", &lift.metric, visit);
            }
            one("Notes", &it.notes, visit);
        });
    }
    for it in map.notes() {
        let place = Place::Note(it.id.clone());
        say(place, &|visit| one("Parked note", &it.text, visit));
    }
}

fn one<'m>(name: &'static str, text: &'m str, visit: Visit<'m, '_>) {
    visit(Field { name, number: None }, text);
}

fn nth<'m>(name: &'static str, index: usize, text: &'m str, visit: Visit<'m, '_>) {
    let number = Some(index + 1);
    visit(Field { name, number }, text);
}

fn persona<'m>(it: &'m Persona, visit: Visit<'m, '_>) {
    one("Name", &it.name, visit);
    one("Role", &it.role, visit);
    for (name, texts) in [
        ("Goal", &it.goals),
        ("Need", &it.needs),
        ("Frustration", &it.frustrations),
    ] {
        for (i, text) in texts.iter().enumerate() {
            nth(name, i, text, visit);
        }
    }
    one("Quote", &it.quote, visit);
    source(&it.evidence, visit);
}

fn stage<'m>(it: &'m Stage, visit: Visit<'m, '_>) {
    one("Name", &it.name, visit);
    one("Goal", &it.goal, visit);
    one("Time", &it.time, visit);
    one("Notes", &it.notes, visit);
}

fn touchpoint<'m>(it: &'m Touchpoint, visit: Visit<'m, '_>) {
    one("Name", &it.name, visit);
    one("Description", &it.description, visit);
    one("Time", &it.time, visit);
    for (i, feeling) in it.feelings.iter().enumerate() {
        nth("Emotion", i, &feeling.emotion, visit);
        nth("Quote", i, &feeling.quote, visit);
        nth("Thought", i, &feeling.thought, visit);
        nth("Motivation", i, &feeling.motivation, visit);
        nth("Source of feeling", i, &feeling.evidence.source, visit);
    }
    for (i, pain) in it.pains.iter().enumerate() {
        nth("Pain point", i, &pain.text, visit);
        nth("Source of pain point", i, &pain.evidence.source, visit);
    }
    for (i, opportunity) in it.opportunities.iter().enumerate() {
        nth("Opportunity", i, &opportunity.text, visit);
        nth(
            "Source of opportunity",
            i,
            &opportunity.evidence.source,
            visit,
        );
    }
    for (i, item) in it.backstage.iter().enumerate() {
        nth("Backstage", i, &item.text, visit);
    }
    measurements(&it.measurements, visit);
    for (i, path) in it.paths.iter().enumerate() {
        nth("Path", i, &path.label, visit);
    }
    for (i, tag) in it.tags.iter().enumerate() {
        nth("Tag", i, tag, visit);
    }
    for (i, text) in it.texts.values().enumerate() {
        nth("Own lane", i, text, visit);
    }
    source(&it.evidence, visit);
    one("Notes", &it.notes, visit);
}

fn measurements<'m>(list: &'m [Measurement], visit: Visit<'m, '_>) {
    for (i, measurement) in list.iter().enumerate() {
        nth("Measurement", i, &measurement.metric, visit);
        nth("Unit of measurement", i, &measurement.unit, visit);
    }
}

fn source<'m>(evidence: &'m Evidence, visit: Visit<'m, '_>) {
    one("Source", &evidence.source, visit);
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
        let chosen = lit(&hits);
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
                let name = |hit: &Hit| hit.place == Place::Touchpoint(t.id.clone()) && hit.field.name == "Name";
                prop_assert!(Needle::new(&t.name).is_none() || hits.iter().any(name), "{:?}", t.name);
                for hit in &hits {
                    prop_assert!(text_of(&map, hit).is_some());
                }
            }
        }
    }
}
