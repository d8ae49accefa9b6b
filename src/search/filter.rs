//! Filtering touchpoints by facets: values of one kind are alternatives (this owner
//! or that one), different kinds narrow each other (this owner, on that channel).
//!
//! Must not know: windows, disk, how other items are dimmed.

use crate::folding::fold_text;
use crate::model::{Basis, Map, ObjectRef, Touchpoint};
use crate::scene::SelectionSet;
use rustc_hash::FxHashMap;
use std::hash::{Hash, Hasher};

/// A value to filter by.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Facet {
    /// The kind of the facet.
    pub kind: FacetKind,
    /// The value; `None` selects touchpoints without such a value.
    pub value: Option<FacetValue>,
}

/// The value of a facet.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum FacetValue {
    /// A persona, department, channel or environment.
    Object(ObjectRef),
    /// A basis of evidence.
    Basis(Basis),
    /// A tag.
    Tag(Tag),
}

/// A tag in one of its spellings; tags that are the same once folded are one tag.
#[derive(Clone, Debug)]
pub struct Tag {
    spelling: String,
    folded: String,
}

impl Tag {
    /// A tag as written.
    pub fn new(spelling: &str) -> Tag {
        Tag {
            spelling: spelling.trim().to_owned(),
            folded: fold_text(spelling),
        }
    }
}

impl PartialEq for Tag {
    fn eq(&self, other: &Tag) -> bool {
        self.folded == other.folded
    }
}

impl Eq for Tag {}

impl Hash for Tag {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.folded.hash(state);
    }
}

/// The kinds of facets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum FacetKind {
    /// A persona with a feeling at the touchpoint.
    Persona,
    /// The owner of the touchpoint.
    Owner,
    /// A department that owns or supports the touchpoint.
    Department,
    /// The channel of the touchpoint.
    Channel,
    /// The environment of the touchpoint.
    Environment,
    /// The evidence of the touchpoint, or of any of its feelings, pains and
    /// opportunities.
    Evidence,
    /// A tag of the touchpoint.
    Tag,
}

impl FacetKind {
    /// All kinds, in display order.
    pub const ALL: [FacetKind; 7] = [
        FacetKind::Persona,
        FacetKind::Owner,
        FacetKind::Department,
        FacetKind::Channel,
        FacetKind::Environment,
        FacetKind::Evidence,
        FacetKind::Tag,
    ];

    /// Returns the title shown on screen.
    pub fn title(self) -> &'static str {
        match self {
            FacetKind::Persona => "Persona",
            FacetKind::Owner => "Owner",
            FacetKind::Department => "Owner or supporter",
            FacetKind::Channel => "Channel",
            FacetKind::Environment => "Environment",
            FacetKind::Evidence => "Evidence",
            FacetKind::Tag => "Tag",
        }
    }
}

impl Facet {
    /// Returns the facet of a persona, department, channel or environment; for a
    /// department that of owner or supporter.
    pub fn of_record(object: ObjectRef) -> Option<Facet> {
        let kind = match object {
            ObjectRef::Persona(_) => FacetKind::Persona,
            ObjectRef::Department(_) => FacetKind::Department,
            ObjectRef::Channel(_) => FacetKind::Channel,
            ObjectRef::Environment(_) => FacetKind::Environment,
            _ => return None,
        };
        let value = Some(FacetValue::Object(object));
        Some(Facet { kind, value })
    }

    /// Returns the label shown on screen; the id if the map has no such record.
    pub fn label(&self, map: &Map) -> String {
        let label = match &self.value {
            Some(FacetValue::Object(object)) if !object.is_in(map) => {
                return object.key().into_owned();
            }
            Some(FacetValue::Object(object)) => object.name(map),
            Some(FacetValue::Basis(Basis::Assumption)) => "Assumption",
            Some(FacetValue::Basis(Basis::Observed)) => "Observed",
            Some(FacetValue::Basis(Basis::Interviewed)) => "Interviewed",
            Some(FacetValue::Basis(Basis::Measured)) => "Measured",
            Some(FacetValue::Tag(tag)) => &tag.spelling,
            None => match self.kind {
                FacetKind::Owner => "No owner",
                FacetKind::Channel => "No channel",
                FacetKind::Environment => "No environment",
                _ => "No evidence",
            },
        };
        label.to_owned()
    }

    /// Returns the sort position within the kind: the order of the map, "none"
    /// last.
    fn rank(&self, map: &Map) -> usize {
        match &self.value {
            Some(FacetValue::Object(object)) => object
                .place_in_list(map)
                .map_or(usize::MAX - 1, |(_, at)| at),
            Some(FacetValue::Basis(basis)) => *basis as usize,
            Some(FacetValue::Tag(_)) => 0,
            None => usize::MAX,
        }
    }
}

/// Returns all facets of a touchpoint, without duplicates.
fn facets(map: &Map, touchpoint: &Touchpoint) -> Vec<Facet> {
    let object = |kind, object: Option<ObjectRef>| Facet {
        kind,
        value: object.map(FacetValue::Object),
    };
    let owner = touchpoint.owner.clone().map(ObjectRef::Department);
    let channel = touchpoint.channel.clone().map(ObjectRef::Channel);
    let environment = touchpoint.environment.clone();
    let environment = environment.map(ObjectRef::Environment);
    let mut all = vec![
        object(FacetKind::Owner, owner),
        object(FacetKind::Channel, channel),
        object(FacetKind::Environment, environment),
    ];
    let mut add = |facet| {
        if !all.contains(&facet) {
            all.push(facet);
        }
    };
    for department in touchpoint.owner.iter().chain(&touchpoint.supporters) {
        let department = ObjectRef::Department(department.clone());
        add(object(FacetKind::Department, Some(department)));
    }
    let main = map.personas().as_slice().first().map(|p| &p.id);
    for feeling in &touchpoint.feelings {
        if let Some(persona) = feeling.persona.as_ref().or(main) {
            let persona = ObjectRef::Persona(persona.clone());
            add(object(FacetKind::Persona, Some(persona)));
        }
    }
    let said = std::iter::once(&touchpoint.evidence)
        .chain(touchpoint.feelings.iter().map(|f| &f.evidence))
        .chain(touchpoint.pains.iter().map(|p| &p.evidence))
        .chain(touchpoint.opportunities.iter().map(|o| &o.evidence));
    let mut bases = said.filter_map(|evidence| evidence.basis).peekable();
    let none = bases.peek().is_none().then_some(None);
    for basis in bases.map(Some).chain(none) {
        add(Facet {
            kind: FacetKind::Evidence,
            value: basis.map(FacetValue::Basis),
        });
    }
    for tag in &touchpoint.tags {
        add(Facet {
            kind: FacetKind::Tag,
            value: Some(FacetValue::Tag(Tag::new(tag))),
        });
    }
    all
}

/// A facet that can be filtered by, with the number of touchpoints that have it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FacetCount {
    /// The facet.
    pub facet: Facet,
    /// The label shown on screen.
    pub label: String,
    /// The number of touchpoints that have it.
    pub count: usize,
}

/// Returns the facets that a map can be filtered by, grouped by kind, in the order
/// of the map. Kinds that distinguish nothing, such as evidence that is never set,
/// are left out.
pub fn facet_counts(map: &Map) -> Vec<FacetCount> {
    let mut counts: FxHashMap<Facet, usize> = FxHashMap::default();
    for touchpoint in map.touchpoints() {
        for facet in facets(map, touchpoint) {
            *counts.entry(facet).or_default() += 1;
        }
    }
    let choice = |(facet, count): (Facet, usize)| FacetCount {
        label: facet.label(map),
        facet,
        count,
    };
    let mut all: Vec<FacetCount> = counts.into_iter().map(choice).collect();
    all.sort_by_cached_key(|choice| {
        (
            choice.facet.kind,
            choice.facet.rank(map),
            choice.label.clone(),
        )
    });
    let silent = |kind| {
        let mut of_kind = all.iter().filter(|c: &&FacetCount| c.facet.kind == kind);
        kind != FacetKind::Owner && of_kind.all(|c| c.facet.value.is_none())
    };
    let supported = map.touchpoints().any(|it| !it.supporters.is_empty());
    let telling = FacetKind::ALL.map(|kind| match kind {
        // Without supporters this kind equals the owners.
        FacetKind::Department => supported,
        kind => !silent(kind),
    });
    all.retain(|choice| telling[choice.facet.kind as usize]);
    all
}

/// The facets to filter by, in the order in which they were added.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter(Vec<Facet>);

impl Filter {
    /// Whether the filter has no facet, so that every touchpoint matches.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Returns the facets to filter by.
    pub fn facets(&self) -> &[Facet] {
        &self.0
    }

    /// Whether the filter has this facet.
    pub fn contains(&self, facet: &Facet) -> bool {
        self.0.contains(facet)
    }

    /// Adds the facet, or removes it if present.
    pub fn toggle(&mut self, facet: Facet) {
        let count = self.0.len();
        self.0.retain(|known| *known != facet);
        if self.0.len() == count {
            self.0.push(facet);
        }
    }

    /// Removes all facets.
    pub fn clear(&mut self) {
        self.0.clear();
    }

    /// Whether a touchpoint matches the filter.
    pub fn matches(&self, map: &Map, touchpoint: &Touchpoint) -> bool {
        let kinds = |facets: &mut dyn Iterator<Item = &Facet>| {
            facets.fold(0_u8, |kinds, facet| kinds | 1 << facet.kind as u8)
        };
        let has = facets(map, touchpoint);
        let met = kinds(&mut has.iter().filter(|facet| self.contains(facet)));
        met == kinds(&mut self.0.iter())
    }

    /// Returns the highlighted items: matching touchpoints, stages that contain
    /// one, and the faces of the personas in the filter.
    pub fn highlighted(&self, map: &Map) -> SelectionSet {
        let mut chosen = SelectionSet::default();
        for (stage, touchpoints) in map.touchpoint_lists() {
            let before = chosen.touchpoints.len();
            let matching = touchpoints.iter().filter(|t| self.matches(map, t));
            chosen.touchpoints.extend(matching.map(|t| t.id.clone()));
            if chosen.touchpoints.len() > before {
                chosen.stages.insert(stage.id.clone());
            }
        }
        for facet in &self.0 {
            if let Some(FacetValue::Object(ObjectRef::Persona(id))) = &facet.value {
                chosen.personas.insert(id.clone());
            }
        }
        chosen
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format;
    use crate::model::{Id, arbitrary};
    use proptest::prelude::*;

    const MAP: &str = r#"(
        title: "T",
        personas: [(id: "jana", name: "Jana"), (id: "tom", name: "Tom")],
        departments: [(id: "sales", name: "Sales"), (id: "it", name: "IT")],
        channels: [(id: "phone", name: "Phone")],
        stages: [
            (name: "S", touchpoints: [
                (id: "a", name: "A", owner: "sales", channel: "phone", feelings: [(score: 1)]),
                (id: "b", name: "B", owner: "it", tags: ["pilot"], feelings: [(persona: "tom", score: 1)]),
            ]),
            (name: "R", touchpoints: [
                (id: "c", name: "C", channel: "phone", pains: [(text: "p", evidence: assumption)]),
                (id: "d", name: "D", owner: "gone", channel: "phone"),
            ]),
        ],
    )"#;

    fn map() -> Map {
        format::read(MAP.as_bytes()).unwrap().map
    }

    fn persona(id: &str) -> Facet {
        Facet::of_record(ObjectRef::Persona(id.into())).unwrap()
    }

    fn passing(map: &Map, facets: &[Facet]) -> String {
        let filter = Filter(facets.to_vec());
        let pass = map.touchpoints().filter(|t| filter.matches(map, t));
        pass.map(|t| t.id.as_str()).collect()
    }

    #[test]
    fn values_of_a_kind_are_alternatives_and_kinds_narrow() {
        let map = map();
        let owner = |id: Option<&str>| Facet {
            kind: FacetKind::Owner,
            value: id.map(|id| FacetValue::Object(ObjectRef::Department(id.into()))),
        };
        let none = |kind| Facet { kind, value: None };
        let (sales, nobody) = (owner(Some("sales")), owner(None));
        let phone = Facet::of_record(ObjectRef::Channel("phone".into())).unwrap();
        assert_eq!(passing(&map, &[]), "abcd");
        assert_eq!(passing(&map, std::slice::from_ref(&sales)), "a");
        assert_eq!(passing(&map, &[sales.clone(), nobody.clone()]), "ac");
        assert_eq!(passing(&map, &[sales, nobody, phone.clone()]), "ac");
        assert_eq!(passing(&map, &[none(FacetKind::Channel)]), "b");
        assert_eq!(passing(&map, &[none(FacetKind::Channel), phone]), "abcd");
        let pilot = Facet {
            kind: FacetKind::Tag,
            value: Some(FacetValue::Tag(Tag::new("Pilót"))),
        };
        assert_eq!(passing(&map, &[pilot]), "b");
        assert_eq!(passing(&map, &[persona("jana")]), "a");
        let assumed = Facet {
            kind: FacetKind::Evidence,
            value: Some(FacetValue::Basis(Basis::Assumption)),
        };
        assert_eq!(passing(&map, &[assumed]), "c");
        assert_eq!(passing(&map, &[none(FacetKind::Evidence)]), "abd");
    }

    #[test]
    fn stages_of_matching_touchpoints_are_highlighted() {
        let map = map();
        let mut filter = Filter::default();
        filter.toggle(persona("tom"));
        let chosen = filter.highlighted(&map);
        assert_eq!(chosen.touchpoints.len(), 1);
        assert_eq!(chosen.stages.len(), 1);
        assert!(chosen.personas.contains(&"tom".into()));
        filter.toggle(persona("tom"));
        assert!(filter.is_empty());
    }

    #[test]
    fn facets_are_listed_in_map_order_with_counts() {
        let map = map();
        let said: Vec<String> = facet_counts(&map)
            .iter()
            .map(|c| format!("{} {} {}", c.facet.kind.title(), c.label, c.count))
            .collect();
        assert_eq!(
            said,
            [
                "Persona Jana 1",
                "Persona Tom 1",
                "Owner Sales 1",
                "Owner IT 1",
                "Owner gone 1",
                "Owner No owner 1",
                "Channel Phone 3",
                "Channel No channel 1",
                "Evidence Assumption 1",
                "Evidence No evidence 3",
                "Tag pilot 1",
            ]
        );
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(32))]

        #[test]
        fn facet_counts_equal_highlighted_touchpoints(map in arbitrary::map()) {
            for choice in facet_counts(&map) {
                let mut filter = Filter::default();
                filter.toggle(choice.facet);
                prop_assert_eq!(filter.highlighted(&map).touchpoints.len(), choice.count);
            }
        }
    }
}
