//! Commands that insert a record: it gets a default name, goes to its default position
//! and is selected.
//!
//! Must not know: how anything is drawn.

use crate::app::app::App;
use crate::app::document::selection::Selection;
use crate::app::editing::structure;
use crate::edit::Intent;
use crate::model::{
    Channel, Department, Environment, Map, ObjectRef, Persona, Stage, Touchpoint, TouchpointId,
};
use crate::session::IdGenerator;

impl App {
    /// Adds a touchpoint after the selection, in a new stage if there is none.
    pub(super) fn add_touchpoint(&mut self) {
        self.insert_new(|map, selection, ids| {
            let name = "New touchpoint";
            let id: TouchpointId = ids.new_id(name);
            let touchpoint = Box::new(Touchpoint::new(id.clone(), name));
            let intent = match structure::touchpoint_insertion_point(map, selection) {
                Some((stage, at)) => Intent::AddTouchpoint {
                    stage,
                    at,
                    touchpoint,
                },
                None => {
                    let stage = Stage::new(ids.new_id("New stage"), "New stage");
                    let first = stage.id.clone();
                    Intent::Together {
                        label: "Add touchpoint".to_owned(),
                        intents: vec![
                            Intent::AddStage {
                                at: 0,
                                stage: Box::new(stage),
                            },
                            Intent::AddTouchpoint {
                                stage: first,
                                at: 0,
                                touchpoint,
                            },
                        ],
                    }
                }
            };
            (intent, Selection::One(ObjectRef::Touchpoint(id)))
        });
    }

    /// Adds a stage after the selected one.
    pub(super) fn add_stage(&mut self) {
        self.insert_new(|map, selection, ids| {
            let stage = Box::new(Stage::new(ids.new_id("New stage"), "New stage"));
            let selected = Selection::One(ObjectRef::Stage(stage.id.clone()));
            let at = structure::stage_insertion_index(map, selection);
            (Intent::AddStage { at, stage }, selected)
        });
    }

    /// Adds a department.
    pub(super) fn add_department(&mut self) {
        self.insert_new(|_, _, ids| {
            let record = Department::new(ids.new_id("New department"), "New department");
            let selected = Selection::One(ObjectRef::Department(record.id.clone()));
            (Intent::AddDepartment(Box::new(record)), selected)
        });
    }

    /// Adds a channel.
    pub(super) fn add_channel(&mut self) {
        self.insert_new(|_, _, ids| {
            let record = Channel::new(ids.new_id("New channel"), "New channel");
            let selected = Selection::One(ObjectRef::Channel(record.id.clone()));
            (Intent::AddChannel(Box::new(record)), selected)
        });
    }

    /// Adds an environment.
    pub(super) fn add_environment(&mut self) {
        self.insert_new(|_, _, ids| {
            let record = Environment::new(ids.new_id("New environment"), "New environment");
            let selected = Selection::One(ObjectRef::Environment(record.id.clone()));
            (Intent::AddEnvironment(Box::new(record)), selected)
        });
    }

    /// Adds a persona.
    pub(super) fn add_persona(&mut self) {
        self.insert_new(|_, _, ids| {
            let record = Persona::new(ids.new_id("New persona"), "New persona");
            let selected = Selection::One(ObjectRef::Persona(record.id.clone()));
            (Intent::AddPersona(Box::new(record)), selected)
        });
    }

    /// Inserts the record built for the selection.
    fn insert_new(
        &mut self,
        build: impl FnOnce(&Map, &Selection, &mut IdGenerator) -> (Intent, Selection),
    ) {
        let Some(document) = self.workspace.documents.get(self.workspace.active) else {
            return;
        };
        let (intent, selection) = build(
            document.session.map(),
            &document.selection,
            &mut self.workspace.id_generator,
        );
        self.insert(&intent, selection);
    }

    /// Adds a record, selects it and edits its name in place, which is a default one.
    pub(super) fn insert(&mut self, intent: &Intent, selection: Selection) {
        if self.apply_intent(intent, None) {
            self.on_document(|d| d.select(selection, true));
            self.begin_inline_edit(None, Vec::new());
        }
    }
}
