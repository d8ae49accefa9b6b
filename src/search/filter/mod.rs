//! Filtering touchpoints by facets: values of one kind are alternatives (this owner
//! or that one), different kinds narrow each other (this owner, on that channel).
//!
//! Must not know: windows, disk, how other items are dimmed.

mod facet;
mod saved_view;
#[cfg(test)]
mod tests;

use crate::model::{Map, ObjectRef, Touchpoint};
use crate::scene::SelectionSet;
use facet::facets;
pub use facet::{Facet, FacetCount, FacetKind, FacetValue, Tag, facet_counts};

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
