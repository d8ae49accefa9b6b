//! Commands that insert a record: it gets a default name, goes to its default position
//! and is selected.
//!
//! Must not know: how anything is drawn.

use crate::app::app::App;
use crate::app::command::action::Selection;
use crate::app::command::table::CommandId;
use crate::app::editing::structure;
use crate::edit::Intent;
use crate::model::{Channel, Department, Environment, Persona, Stage, Touchpoint, TouchpointId};

impl App {
    /// Runs a command that adds a record. Commands other than those listed add a
    /// persona.
    pub(crate) fn insert_record(&mut self, id: CommandId) {
        let Some(document) = self.workspace.documents.get_mut(self.workspace.active) else {
            return;
        };
        let (map, selection) = (document.session.map(), &document.selection);
        let mint = &mut self.workspace.id_generator;
        let (intent, selection) = match id {
            CommandId::AddTouchpoint => {
                let name = "New touchpoint";
                let id: TouchpointId = mint.new_id(name);
                let touchpoint = Box::new(Touchpoint::new(id.clone(), name));
                let intent = match structure::touchpoint_insertion_point(map, selection) {
                    Some((stage, at)) => Intent::AddTouchpoint {
                        stage,
                        at,
                        touchpoint,
                    },
                    None => {
                        let stage = Stage::new(mint.new_id("New stage"), "New stage");
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
                (intent, Selection::Touchpoint(id))
            }
            CommandId::AddStage => {
                let stage = Stage::new(mint.new_id("New stage"), "New stage");
                let selected = Selection::Stage(stage.id.clone());
                let at = structure::stage_insertion_index(map, selection);
                (
                    Intent::AddStage {
                        at,
                        stage: Box::new(stage),
                    },
                    selected,
                )
            }
            CommandId::AddDepartment => {
                let it = Department::new(mint.new_id("New department"), "New department");
                let selected = Selection::Department(it.id.clone());
                (Intent::AddDepartment(Box::new(it)), selected)
            }
            CommandId::AddChannel => {
                let it = Channel::new(mint.new_id("New channel"), "New channel");
                let selected = Selection::Channel(it.id.clone());
                (Intent::AddChannel(Box::new(it)), selected)
            }
            CommandId::AddEnvironment => {
                let it = Environment::new(mint.new_id("New environment"), "New environment");
                let selected = Selection::Environment(it.id.clone());
                (Intent::AddEnvironment(Box::new(it)), selected)
            }
            _ => {
                let it = Persona::new(mint.new_id("New persona"), "New persona");
                let selected = Selection::Persona(it.id.clone());
                (Intent::AddPersona(Box::new(it)), selected)
            }
        };
        if self.apply_intent(&intent, None) {
            if let Some(document) = self.document_mut() {
                document.select(selection, true);
            }
            // The default name is meant to be replaced at once.
            self.begin_inline_edit(None);
        }
    }
}
