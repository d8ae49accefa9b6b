//! Traversal of all references in a record, for collecting and for redirecting them.
//!
//! Each implementation destructures its record: a field added to the model does not
//! compile until it is decided here whether it is a reference.
//!
//! Must not know: copying, pasting.

use crate::model::{
    Action, Backstage, Channel, Department, DepartmentId, Environment, Feeling, Id, Image, ImageId,
    Lane, LaneId, Opportunity, Pain, Path, Persona, PersonaId, Stage, Touchpoint, TouchpointId,
};

/// Receives each reference once and may change it.
pub(super) trait RefVisitor {
    /// A reference to a record of the kind that the id is for.
    fn id<I: Id>(&mut self, id: &mut I);
    /// The persona of a feeling; `None` means the first persona of the map.
    fn persona(&mut self, id: &mut Option<PersonaId>);
    /// Whether a lane contains image ids rather than text; called with the id
    /// that the visitor has not changed yet.
    fn holds_pictures(&self, lane: &LaneId) -> bool;
    /// The target of a path; `false` drops the path.
    fn path(&mut self, to: &mut TouchpointId) -> bool;
}

/// A record that may refer to others.
pub(super) trait References {
    /// Visits all references of the record.
    fn visit_references(&mut self, _visitor: &mut impl RefVisitor) {}
}

/// Implements [`References`] for records by all their fields: those that refer to others,
/// and the rest.
macro_rules! references {
    ($($record:ident {
        refers: [$($field:ident),*], other: [$($other:ident),*]
    })*) => {$(
        impl References for $record {
            fn visit_references(&mut self, visitor: &mut impl RefVisitor) {
                let $record { $($field,)* $($other: _,)* } = self;
                $($field.iter_mut().for_each(|id| visitor.id(id));)*
            }
        }
    )*};
}

references! {
    Persona {
        refers: [picture],
        other: [id, name, role, goals, needs, frustrations, quote, evidence]
    }
    Action { refers: [owner], other: [id, name, status, due, lift, notes] }
    Pain { refers: [actions], other: [id, text, severity, votes, evidence] }
    Opportunity { refers: [actions], other: [id, text, value, delight, votes, evidence] }
    Backstage { refers: [department], other: [text, kind] }
}

impl References for Channel {}
impl References for Department {}
impl References for Environment {}
impl References for Image {}
impl References for Lane {}

impl References for Stage {
    fn visit_references(&mut self, visitor: &mut impl RefVisitor) {
        let Stage {
            id: _,
            name: _,
            goal: _,
            owner,
            supporters,
            time: _,
            duration: _,
            notes: _,
        } = self;
        visit_departments(owner, supporters, visitor);
    }
}

impl References for Touchpoint {
    fn visit_references(&mut self, visitor: &mut impl RefVisitor) {
        let Touchpoint {
            id: _,
            name: _,
            description: _,
            channel,
            environment,
            owner,
            supporters,
            time: _,
            duration: _,
            moment_of_truth: _,
            feelings,
            pains,
            opportunities,
            backstage,
            measurements: _,
            paths,
            ends: _,
            evidence: _,
            tags: _,
            pictures,
            texts,
            votes: _,
            notes: _,
        } = self;
        channel.iter_mut().for_each(|id| visitor.id(id));
        environment.iter_mut().for_each(|id| visitor.id(id));
        visit_departments(owner, supporters, visitor);
        for feeling in feelings {
            let Feeling {
                persona,
                score: _,
                before: _,
                after: _,
                emotion: _,
                quote: _,
                thought: _,
                motivation: _,
                evidence: _,
            } = feeling;
            visitor.persona(persona);
        }
        pains
            .iter_mut()
            .for_each(|pain| pain.visit_references(visitor));
        opportunities
            .iter_mut()
            .for_each(|opportunity| opportunity.visit_references(visitor));
        backstage
            .iter_mut()
            .for_each(|item| item.visit_references(visitor));
        paths.retain_mut(|path| {
            let Path {
                to,
                kind: _,
                label: _,
                share: _,
            } = path;
            visitor.path(to)
        });
        pictures.iter_mut().for_each(|id| visitor.id(id));
        for (mut lane, mut text) in std::mem::take(texts) {
            if visitor.holds_pictures(&lane) {
                let mut id = ImageId::from(text.as_str());
                visitor.id(&mut id);
                text = id.to_string();
            }
            visitor.id(&mut lane);
            // Two lanes mapped to one keep both texts.
            let known = texts.entry(lane);
            known
                .and_modify(|known| *known = format!("{known}\n{text}"))
                .or_insert(text);
        }
    }
}

fn visit_departments(
    owner: &mut Option<DepartmentId>,
    supporters: &mut Vec<DepartmentId>,
    visitor: &mut impl RefVisitor,
) {
    owner.iter_mut().for_each(|id| visitor.id(id));
    let before = supporters.clone();
    supporters.iter_mut().for_each(|id| visitor.id(id));
    if *supporters != before {
        // Two departments may have been mapped to one.
        let mut seen = Vec::new();
        supporters.retain(|id| {
            let new = !seen.contains(id);
            seen.push(id.clone());
            new
        });
    }
}
