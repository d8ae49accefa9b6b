//! Names of records as printed on sheets of findings and scores.
//!
//! Must not know: what is printed.

use crate::graph::Graph;
use crate::layout::flow;
use crate::model::{Map, ObjectRef, StageId, TouchpointId};
use std::sync::Arc;

/// Names of records as printed on the sheet.
pub(super) struct RecordNames<'m> {
    map: &'m Map,
    graph: Graph,
    numbers: Vec<Arc<str>>,
}

impl<'m> RecordNames<'m> {
    pub fn of(map: &'m Map) -> RecordNames<'m> {
        let graph = Graph::of(map);
        let numbers = flow::step_numbers(&graph);
        RecordNames {
            map,
            graph,
            numbers,
        }
    }

    /// Returns the label of the subject of a finding.
    pub fn subject_label(&self, subject: &ObjectRef) -> String {
        let map = self.map;
        match subject {
            ObjectRef::Map => "The whole map".to_owned(),
            ObjectRef::Stage(id) => self.stage_label(id),
            ObjectRef::Touchpoint(id) | ObjectRef::Pain(id, _) => match map.stage_of(id) {
                None => self.step_label(id),
                Some(stage) => format!("{} · {}", self.step_label(id), self.stage_label(stage)),
            },
            ObjectRef::Path { from, to, .. } => {
                format!("{} → {}", self.step_label(from), self.step_label(to))
            }
            _ => match subject.name(map).trim() {
                "" => subject.noun().to_owned(),
                name => format!("{} · {name}", subject.noun()),
            },
        }
    }

    fn stage_label(&self, id: &StageId) -> String {
        match self.map.stages().get(id).map(|stage| stage.name.trim()) {
            None | Some("") => "Stage without a name".to_owned(),
            Some(name) => format!("Stage {name}"),
        }
    }

    pub fn step_label(&self, id: &TouchpointId) -> String {
        let number = self.graph.position(id).and_then(|at| self.numbers.get(at));
        let number = number.map_or("", |it| it);
        let name = self.map.touchpoint(id).map_or("", |it| it.name.trim());
        match name {
            "" => format!("Step {number}"),
            name => format!("Step {number} {name}"),
        }
    }
}
