//! Commands that insert a record or a path. A record gets a default name, goes to its
//! default position and is selected. A path is drawn in two steps, as an alternative to
//! dragging: first the start is fixed, then the end is chosen.
//!
//! Must not know: how anything is drawn.

use crate::app::app::App;
use crate::app::document::selection::Selection;
use crate::app::editing::lead_through::lead_through;
use crate::app::editing::structure;
use crate::app::modals::Modal;
use crate::app::modals::command_palette::CommandPalette;
use crate::capture::FIRST_STAGE;
use crate::edit::Intent;
use crate::model::{Map, ObjectRef, PathKind, Record, Stage, Touchpoint, TouchpointId};
use crate::session::IdGenerator;

impl App {
    /// Adds a touchpoint after the selection, in a new stage if there is none.
    pub(super) fn add_touchpoint(&mut self) {
        self.insert_new(|map, selection, ids| {
            let name = "New touchpoint";
            let id: TouchpointId = ids.new_id(name);
            let touchpoint = Box::new(Touchpoint::new(id.clone(), name));
            let place = structure::touchpoint_insertion_point(map, selection);
            let place = place.map(|(stage, at)| structure::after_branches(map, stage, at));
            let intent = match place {
                Some((stage, at)) => {
                    let add = Intent::AddTouchpoint {
                        stage,
                        at,
                        touchpoint,
                    };
                    lead_through(map, selection, add, &id)
                }
                None => {
                    let stage = Stage::new(ids.new_id(FIRST_STAGE), FIRST_STAGE);
                    let first = stage.id.clone();
                    Intent::Batch {
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

    /// Adds a department, channel, environment or persona.
    pub(super) fn add_record<R: Record>(
        &mut self,
        name: &'static str,
        new: fn(R::Id, &'static str) -> R,
        add: fn(Box<R>) -> Intent,
        object: fn(R::Id) -> ObjectRef,
    ) {
        self.insert_new(|_, _, ids| {
            let record = new(ids.new_id(name), name);
            let selected = Selection::One(object(record.id().clone()));
            (add(Box::new(record)), selected)
        });
    }

    /// Inserts the record built for the selection.
    fn insert_new(
        &mut self,
        build: impl FnOnce(&Map, &Selection, &mut IdGenerator) -> (Intent, Selection),
    ) {
        let workspace = &mut self.workspace;
        if let Some(document) = workspace.documents.get(workspace.active) {
            let (map, ids) = (document.session.map(), &mut workspace.id_generator);
            let (intent, selection) = build(map, &document.selection, ids);
            self.insert(&intent, selection);
        }
    }

    /// Adds a record, selects it and edits its name in place, which is a default one. Escape
    /// then removes it again.
    pub(super) fn insert(&mut self, intent: &Intent, selection: Selection) {
        let former = self.document().map(|document| document.selection.clone());
        if self.apply_intent(intent, None) {
            self.on_document(|d| d.select(selection, true));
            self.begin_inline_edit(None, Vec::new());
            let state = self.document().map(|d| d.session.history().state());
            let editor = self.interaction.inline_edit.editor.as_mut();
            if let Some(editor) = editor.filter(|editor| Some(editor.history_state) == state) {
                editor.added_from = former;
            }
        }
    }

    /// Offers the possible ends of the path by name.
    pub(crate) fn choose_connect_target(&mut self) {
        let from = self.interaction.connect_from.clone();
        self.modals.modal = Some(Modal::CommandPalette(CommandPalette::new(from)));
    }

    /// Adds the path to the chosen end and ends connect mode.
    pub(super) fn finish_connect(&mut self, to: &TouchpointId) {
        let Some(from) = self.interaction.connect_from.take() else {
            return;
        };
        let map = self.document().map(|document| document.session.map());
        if let Some(intent) = map.and_then(|map| structure::connect(map, &from, to)) {
            self.connect(&intent, from, to.clone(), true);
        }
    }

    /// Adds or moves a path and selects it; with `focus_label` its label gets the focus.
    pub(super) fn connect(
        &mut self,
        intent: &Intent,
        from: TouchpointId,
        to: TouchpointId,
        focus_label: bool,
    ) {
        self.apply_intent(intent, None);
        let Some(document) = self.document_mut() else {
            return;
        };
        if structure::has_path(document.session.map(), &from, &to) {
            let kind = match intent {
                Intent::Connect { path, .. } => path.kind,
                _ => {
                    let touchpoint = document.session.map().touchpoint(&from);
                    let path = touchpoint.and_then(|t| t.paths.iter().find(|p| p.to == to));
                    path.map_or(PathKind::Next, |path| path.kind)
                }
            };
            document.select(ObjectRef::Path { from, to, kind }, false);
            self.interaction.tools.focus_path_label = focus_label;
        }
    }
}
