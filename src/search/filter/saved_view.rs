//! The filter of a saved view.
//!
//! Must not know: windows, disk, drawing.

use super::{Facet, FacetKind, FacetValue, Filter, Tag};
use crate::model::{EmptyField, ObjectRef, SavedView};

impl Filter {
    /// The filter of a saved view.
    pub fn of_saved_view(view: &SavedView) -> Filter {
        fn objects<'v, I: Clone>(
            kind: FacetKind,
            ids: &'v [I],
            object: fn(I) -> ObjectRef,
        ) -> impl Iterator<Item = Facet> + 'v {
            let value = move |id: &I| Some(FacetValue::Object(object(id.clone())));
            ids.iter().map(move |id| Facet {
                kind,
                value: value(id),
            })
        }
        let evidence = view.evidence.iter().map(|basis| Facet {
            kind: FacetKind::Evidence,
            value: Some(FacetValue::Basis(*basis)),
        });
        let tags = view.tags.iter().map(|tag| Facet {
            kind: FacetKind::Tag,
            value: Some(FacetValue::Tag(Tag::new(tag))),
        });
        let empty = view.without.iter().map(|field| Facet {
            kind: match field {
                EmptyField::Owner => FacetKind::Owner,
                EmptyField::Channel => FacetKind::Channel,
                EmptyField::Environment => FacetKind::Environment,
                EmptyField::Evidence => FacetKind::Evidence,
            },
            value: None,
        });
        let department = ObjectRef::Department;
        let mut filter = Filter::default();
        objects(FacetKind::Persona, &view.personas, ObjectRef::Persona)
            .chain(objects(FacetKind::Owner, &view.owners, department))
            .chain(objects(
                FacetKind::Department,
                &view.departments,
                department,
            ))
            .chain(objects(
                FacetKind::Channel,
                &view.channels,
                ObjectRef::Channel,
            ))
            .chain(objects(
                FacetKind::Environment,
                &view.environments,
                ObjectRef::Environment,
            ))
            .chain(evidence)
            .chain(tags)
            .chain(empty)
            .filter(|facet| !filter.contains(facet))
            .collect::<Vec<_>>()
            .into_iter()
            .for_each(|facet| filter.toggle(facet));
        filter
    }

    /// Makes this the filter of a saved view.
    pub fn save_to(&self, view: &mut SavedView) {
        view.personas.clear();
        view.owners.clear();
        view.departments.clear();
        view.channels.clear();
        view.environments.clear();
        view.evidence.clear();
        view.tags.clear();
        view.without.clear();
        for Facet { kind, value } in self.facets() {
            match (value, kind) {
                (Some(FacetValue::Object(ObjectRef::Persona(id))), _) => {
                    view.personas.push(id.clone());
                }
                (Some(FacetValue::Object(ObjectRef::Department(id))), FacetKind::Owner) => {
                    view.owners.push(id.clone());
                }
                (Some(FacetValue::Object(ObjectRef::Department(id))), _) => {
                    view.departments.push(id.clone());
                }
                (Some(FacetValue::Object(ObjectRef::Channel(id))), _) => {
                    view.channels.push(id.clone());
                }
                (Some(FacetValue::Object(ObjectRef::Environment(id))), _) => {
                    view.environments.push(id.clone());
                }
                (Some(FacetValue::Object(_)), _) => {}
                (Some(FacetValue::Basis(basis)), _) => view.evidence.push(*basis),
                (Some(FacetValue::Tag(tag)), _) => view.tags.push(tag.spelling().to_owned()),
                (None, FacetKind::Owner) => view.without.push(EmptyField::Owner),
                (None, FacetKind::Channel) => view.without.push(EmptyField::Channel),
                (None, FacetKind::Environment) => view.without.push(EmptyField::Environment),
                (None, _) => view.without.push(EmptyField::Evidence),
            }
        }
    }
}
