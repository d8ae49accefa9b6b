//! Facets of touchpoints: values to filter by, their names, and how many touchpoints have them.
//!
//! Must not know: windows, disk, filters.

use crate::folding::fold_text;
use crate::model::{Basis, Map, ObjectRef, Touchpoint};
use rustc_hash::FxHashMap;
use std::cmp::Reverse;
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

    /// The tag as written.
    pub fn spelling(&self) -> &str {
        &self.spelling
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

    /// Returns the position in the order of the map.
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
pub(super) fn facets(map: &Map, touchpoint: &Touchpoint) -> Vec<Facet> {
    let object = |kind, object: Option<ObjectRef>| Facet {
        kind,
        value: object.map(FacetValue::Object),
    };
    let owner = touchpoint.owner.clone().map(ObjectRef::Department);
    let channel = touchpoint.channel.clone().map(ObjectRef::Channel);
    let environment = touchpoint.environment.clone();
    let environment = environment.map(ObjectRef::Environment);
    let mut all = vec![
        object(FacetKind::Channel, channel),
        object(FacetKind::Environment, environment),
    ];
    if !map.needs_no_owner(touchpoint) {
        all.push(object(FacetKind::Owner, owner));
    }
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

/// Returns the facets that a map can be filtered by, grouped by kind, those that
/// most touchpoints have first. Kinds that distinguish nothing, such as evidence that is never set,
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
            // What most have comes first, and "none" last.
            choice.facet.value.is_none(),
            Reverse(choice.count),
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
