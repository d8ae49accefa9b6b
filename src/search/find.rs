//! Full-text search in a map. Hits come in the order of the map: first texts of the
//! map itself and its lists, then stage by stage, then actions and parked notes.
//!
//! Must not know: windows, selections, disk.

use super::folding::Needle;
use crate::model::{Field, FieldRef, Map, Measurement, ObjectRef, Persona, Touchpoint};
use crate::scene::SelectionSet;
use std::borrow::Cow;
use std::ops::Range;

/// One occurrence of the search text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// The text field.
    pub field: FieldRef,
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
        let object = &texts.object;
        (texts.visit_fields)(&mut |field, text| {
            needle.find_in(text, |range| {
                hits.push(Hit {
                    field: object.clone().field(field),
                    range,
                });
            });
        });
    });
    hits
}

/// Returns the text that contains a hit, if it still exists and has the range.
pub fn text_of<'m>(map: &'m Map, hit: &Hit) -> Option<Cow<'m, str>> {
    let text = hit.field.text(map);
    text.filter(|text| text.get(hit.range.clone()).is_some())
}

/// Returns the touchpoints and stages to highlight for some hits.
pub fn highlighted(hits: &[Hit]) -> SelectionSet {
    let mut chosen = SelectionSet::default();
    for hit in hits {
        if let Some(id) = hit.field.object.touchpoint() {
            if !chosen.touchpoints.contains(id) {
                chosen.touchpoints.insert(id.clone());
            }
        } else if let ObjectRef::Stage(id) = &hit.field.object
            && !chosen.stages.contains(id)
        {
            chosen.stages.insert(id.clone());
        }
    }
    chosen
}

/// Callback that receives each text of a record with its field.
type FieldVisitor<'m, 'v> = &'v mut dyn FnMut(Field, &'m str);

/// An object and a function that visits its texts.
struct RecordTexts<'m, 't> {
    object: ObjectRef,
    visit_fields: &'t dyn Fn(FieldVisitor<'m, '_>),
}

fn visit_records<'m>(map: &'m Map, mut record: impl FnMut(RecordTexts<'m, '_>)) {
    let mut say = |object, visit_fields: &dyn Fn(FieldVisitor<'m, '_>)| {
        record(RecordTexts {
            object,
            visit_fields,
        })
    };
    say(ObjectRef::Map, &|visit| {
        let header = map.header();
        visit(Field::Title, &header.title);
        visit(Field::Scenario, &header.scenario);
        visit_measurements(&header.measurements, visit);
    });
    for it in map.suppressions() {
        let object = ObjectRef::Suppression(it.id.clone());
        say(object, &|visit| visit(Field::Reason, &it.reason));
    }
    for it in map.personas() {
        let object = ObjectRef::Persona(it.id.clone());
        say(object, &|visit| visit_persona(it, visit));
    }
    for it in map.departments() {
        say(ObjectRef::Department(it.id.clone()), &|visit| {
            visit(Field::Name, &it.name);
            visit(Field::ShortName, &it.short);
            visit(Field::Contact, &it.contact);
        });
    }
    for it in map.channels() {
        let object = ObjectRef::Channel(it.id.clone());
        say(object, &|visit| visit(Field::Name, &it.name));
    }
    for it in map.environments() {
        let object = ObjectRef::Environment(it.id.clone());
        say(object, &|visit| visit(Field::Name, &it.name));
    }
    for it in map.lanes() {
        let object = ObjectRef::Lane(it.id.clone());
        say(object, &|visit| visit(Field::Name, &it.name));
    }
    for it in map.stages() {
        say(ObjectRef::Stage(it.id.clone()), &|visit| {
            visit(Field::Name, &it.name);
            visit(Field::StageGoal, &it.goal);
            visit(Field::Time, &it.time);
            visit(Field::Notes, &it.notes);
        });
        for it in map.touchpoints_in(&it.id) {
            let object = ObjectRef::Touchpoint(it.id.clone());
            say(object, &|visit| visit_touchpoint(it, visit));
            for (lane, text) in &it.texts {
                let cell = ObjectRef::Cell(it.id.clone(), lane.clone());
                say(cell, &|visit| visit(Field::CustomLane, text));
            }
        }
    }
    for it in map.actions() {
        say(ObjectRef::Action(it.id.clone()), &|visit| {
            visit(Field::Name, &it.name);
            if let Some(lift) = &it.lift {
                visit(Field::LiftMetric, &lift.metric);
            }
            visit(Field::Notes, &it.notes);
        });
    }
    for it in map.notes() {
        let object = ObjectRef::Note(it.id.clone());
        say(object, &|visit| visit(Field::NoteText, &it.text));
    }
}

fn visit_texts<'m>(
    texts: &'m [String],
    field: fn(u16) -> Field,
    visit: &mut dyn FnMut(Field, &'m str),
) {
    for (i, text) in texts.iter().enumerate() {
        visit(field(Field::index(i)), text);
    }
}

fn visit_persona<'m>(it: &'m Persona, visit: FieldVisitor<'m, '_>) {
    visit(Field::Name, &it.name);
    visit(Field::Role, &it.role);
    visit_texts(&it.goals, Field::PersonaGoal, visit);
    visit_texts(&it.needs, Field::Need, visit);
    visit_texts(&it.frustrations, Field::Frustration, visit);
    visit(Field::PersonaQuote, &it.quote);
    visit(Field::Source, &it.evidence.source);
}

fn visit_touchpoint<'m>(it: &'m Touchpoint, visit: FieldVisitor<'m, '_>) {
    visit(Field::Name, &it.name);
    visit(Field::Description, &it.description);
    visit(Field::Time, &it.time);
    for (i, feeling) in it.feelings.iter().enumerate() {
        let at = Field::index(i);
        visit(Field::Emotion(at), &feeling.emotion);
        visit(Field::Quote(at), &feeling.quote);
        visit(Field::Thought(at), &feeling.thought);
        visit(Field::Motivation(at), &feeling.motivation);
        visit(Field::FeelingSource(at), &feeling.evidence.source);
    }
    for (i, pain) in it.pains.iter().enumerate() {
        let at = Field::index(i);
        visit(Field::Pain(at), &pain.text);
        visit(Field::PainSource(at), &pain.evidence.source);
    }
    for (i, opportunity) in it.opportunities.iter().enumerate() {
        let at = Field::index(i);
        visit(Field::Opportunity(at), &opportunity.text);
        visit(Field::OpportunitySource(at), &opportunity.evidence.source);
    }
    for (i, item) in it.backstage.iter().enumerate() {
        visit(Field::Backstage(Field::index(i)), &item.text);
    }
    visit_measurements(&it.measurements, visit);
    for (i, path) in it.paths.iter().enumerate() {
        visit(Field::PathLabel(Field::index(i)), &path.label);
    }
    visit_texts(&it.tags, Field::Tag, visit);
    visit(Field::Source, &it.evidence.source);
    visit(Field::Notes, &it.notes);
}

fn visit_measurements<'m>(list: &'m [Measurement], visit: FieldVisitor<'m, '_>) {
    for (i, measurement) in list.iter().enumerate() {
        let at = Field::index(i);
        visit(Field::Metric(at), &measurement.metric);
        visit(Field::Unit(at), &measurement.unit);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format;
    use crate::model::arbitrary;
    use proptest::prelude::*;
    use proptest::sample;
    use std::collections::HashSet;
    use std::mem::discriminant;

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
        let fields: Vec<String> = hits.iter().map(|hit| hit.field.field.label()).collect();
        assert_eq!(
            fields,
            [
                "Title",
                "Goal 1",
                "Name",
                "Goal",
                "Name",
                "Feeling 1 quote",
                "Feeling 1 thought",
                "Pain 1 text",
                "Pain 1 text",
                "Backstage 1 text",
                "Measurement 1 metric",
                "Tag 1",
                "Notes",
                "Name",
                "Parked note text",
            ]
        );
        assert_eq!(hits[8].range, 14..19);
        assert_eq!(
            text_of(&map, &hits[8]).as_deref(),
            Some("Offer hidden, offer small")
        );
        let chosen = highlighted(&hits);
        assert_eq!((chosen.touchpoints.len(), chosen.stages.len()), (1, 1));
    }

    #[test]
    fn empty_and_unmatched_searches_find_nothing() {
        assert!(find(&map(), "  ").is_empty());
        assert!(find(&map(), "öffnungszeiten").is_empty());
    }

    /// The byte at a line and column of a text.
    fn offset_of(text: &str, at: format::Position) -> usize {
        let mut lines = text.split_inclusive('\n');
        let before: usize = lines.by_ref().take(at.line - 1).map(str::len).sum();
        let line = lines.next().unwrap();
        let within = line.char_indices().nth(at.column - 1).unwrap().0;
        before + within
    }

    /// The text with the literal at an offset replaced.
    fn with_literal(text: &str, start: usize, literal: &str) -> String {
        assert_eq!(&text[start..=start], "\"");
        let mut escaped = false;
        let end = text[start + 1..].find(|c| {
            let ends = c == '"' && !escaped;
            escaped = c == '\\' && !escaped;
            ends
        });
        let end = start + 1 + end.unwrap();
        format!("{}\"{literal}{}", &text[..start], &text[end..])
    }

    /// The path of a field leads to its text in the file, and only to that.
    fn assert_path_leads_to(map: &Map, written: &str, field: &FieldRef) {
        let path = field.path(map);
        let at = format::locate(written, &path).unwrap();
        let changed = with_literal(written, offset_of(written, at), MARKER);
        let changed = format::read(changed.as_bytes()).unwrap().map;
        let hits = find(&changed, MARKER);
        assert_eq!(hits.len(), 1, "{path}");
        assert_eq!(hits[0].field.field, field.field, "{path}");
        assert_eq!(hits[0].field.path(&changed), path);
        assert_eq!(hits[0].field.text(&changed).as_deref(), Some(MARKER));
    }

    const MARKER: &str = "zqxzqx";

    #[test]
    fn the_path_of_a_field_leads_to_its_text_in_the_file() {
        let samples = std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/sample_maps"));
        let mut kinds = HashSet::new();
        for sample in samples.unwrap() {
            let text = std::fs::read(sample.unwrap().path()).unwrap();
            let map = format::read(&text).unwrap().map;
            let written = format::write(&map);
            for hit in find(&map, "e") {
                let kind = |it: &FieldRef| (discriminant(&it.object), discriminant(&it.field));
                if kinds.insert(kind(&hit.field)) {
                    assert_path_leads_to(&map, &written, &hit.field);
                }
            }
        }
        assert!(kinds.len() > 30, "{}", kinds.len());
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(32))]

        #[test]
        fn paths_and_texts_of_any_map_agree(map in arbitrary::map(), which in any::<sample::Index>()) {
            // Reading assigns the ids that writing leaves out.
            let map = format::read(format::write(&map).as_bytes()).unwrap().map;
            let hits = find(&map, "a");
            if !hits.is_empty() {
                let hit = &hits[which.index(hits.len())];
                assert_path_leads_to(&map, &format::write(&map), &hit.field);
            }
        }

        #[test]
        fn names_are_found_in_their_records(map in arbitrary::map()) {
            for t in map.touchpoints().take(5) {
                let hits = find(&map, &t.name);
                let field = ObjectRef::Touchpoint(t.id.clone()).field(Field::Name);
                let name = |hit: &Hit| hit.field == field;
                prop_assert!(Needle::new(&t.name).is_none() || hits.iter().any(name), "{:?}", t.name);
                for hit in &hits {
                    prop_assert!(text_of(&map, hit).is_some());
                }
            }
        }
    }
}
