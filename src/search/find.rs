//! Full-text search in a map. Hits come in the order of the map: first texts of the
//! map itself and its lists, then stage by stage, then actions and parked notes.
//!
//! Must not know: windows, selections, disk.

use super::folding::Needle;
use crate::model::{FieldRef, Map, ObjectRef, visit_texts};
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
    visit_texts(map, &mut |object, field, text| {
        needle.find_in(text, |range| {
            hits.push(Hit {
                field: object.clone().field(field),
                range,
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
            chosen.touchpoints.insert(id.clone());
        } else if let ObjectRef::Stage(id) = &hit.field.object {
            chosen.stages.insert(id.clone());
        }
    }
    chosen
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format;
    use crate::model::{Field, arbitrary};
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
            let path = sample.unwrap().path();
            // Beside a map that is open lies a lock note.
            if path.extension().is_none_or(|ending| ending != "ron") {
                continue;
            }
            let map = format::read(&std::fs::read(path).unwrap()).unwrap().map;
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
