//! Carries out the actions of the capture bar and of pasted lists.
//!
//! Must not know: the grammar (`crate::capture` does).

use crate::app::app::App;
use crate::app::command::action::Selection;
use crate::app::document::UNTITLED_MAP;
use crate::app::editing::lead_through::lead_through;
use crate::app::editing::structure::insertion_point;
use crate::app::modals::Modal;
use crate::app::modals::paste_list::PasteListDialog;
use crate::capture::list::{self, ParsedList};
use crate::capture::{IntentBuilder, ParsedLine};
use crate::model::{Map, ObjectRef};
use egui::Context;

impl App {
    /// Handles keys of the capture bar. Each takes effect before the next one.
    pub(crate) fn handle_capture_keys(&mut self, ctx: &Context) {
        while let Some(document) = self.workspace.front_mut()
            && self
                .capture_bar
                .handle_key(ctx, document, &mut self.actions)
        {
            self.run_actions(ctx);
        }
    }

    /// Adds a touchpoint from the line of the capture bar.
    pub(super) fn submit_capture_line(&mut self) {
        let workspace = &mut self.workspace;
        let Some(document) = workspace.documents.get(workspace.active) else {
            return;
        };
        let line = self.capture_bar.parsed_line(document);
        let map = document.session.map();
        let place = insertion_point(map, &document.selection);
        // A feeling without a persona is that of the first one.
        let persona = document.persona.clone();
        let persona = persona.filter(|id| map.personas().position(id).is_some_and(|at| at > 0));
        let (intent, written) = workspace.id_generator.with_factory(|ids| {
            let mut builder = IntentBuilder::new(map, &place, ids).for_persona(persona);
            let written = builder.add_line(&line);
            let intent = builder.finish(&capture_step_label(&line)).map(|add| {
                let new = written.as_ref().and_then(|it| it.touchpoint.as_ref());
                match new {
                    Some(new) => lead_through(map, &document.selection, add, new),
                    None => add,
                }
            });
            (intent, written)
        });
        let Some(written) = written else {
            self.note_at_selection("Type the touchpoint first, then press Enter".to_owned());
            return;
        };
        if let Some(intent) = intent
            && !self.apply_intent(&intent, None)
        {
            return;
        }
        let selection = match written.touchpoint {
            Some(id) => Selection::One(ObjectRef::Touchpoint(id)),
            None => Selection::One(ObjectRef::Stage(written.stage)),
        };
        self.on_document(|document| document.select(selection, true));
        self.capture_bar.finish_line();
    }

    /// Puts one line of pasted text into the bar; several lines open the list dialog.
    pub(super) fn paste_capture_text(&mut self, text: &str) {
        let editing = !self.screen.is_home() && self.document().is_some();
        if !editing || list::is_list(text) || !self.capture_bar.paste(text) {
            self.show_paste_list(Some(text));
        }
    }

    /// Opens the dialog for pasting a list, with text or an empty field.
    pub(super) fn show_paste_list(&mut self, pasted: Option<&str>) {
        let document = self.document().filter(|_| !self.screen.is_home());
        let dialog = PasteListDialog::new(pasted, document.map(|d| d.session.map()));
        self.modals.modal = Some(Modal::PasteList(Box::new(dialog)));
    }

    /// Inserts a list into the map as one step; creates a map if none is open.
    pub(super) fn insert_list(&mut self, list: &ParsedList) {
        if self.screen.is_home() || self.workspace.documents.is_empty() {
            self.workspace.open_untitled(Map::with_title(UNTITLED_MAP));
        }
        let workspace = &mut self.workspace;
        let Some(document) = workspace.documents.get(workspace.active) else {
            return;
        };
        let map = document.session.map();
        let place = insertion_point(map, &document.selection);
        let ids = &mut workspace.id_generator;
        let Some((add, made)) = ids.with_factory(|ids| list.intent(map, &place, ids)) else {
            return;
        };
        let first = made.into_iter().next();
        let intent = match &first {
            Some(first) => lead_through(map, &document.selection, add, first),
            None => add,
        };
        if self.apply_intent(&intent, None)
            && let Some(first) = first
        {
            self.on_document(|document| document.select(ObjectRef::Touchpoint(first), true));
        }
    }
}

/// Returns the label of the step in the history.
fn capture_step_label(line: &ParsedLine) -> String {
    match (&line.name, &line.stage) {
        (name, Some(_)) if name.is_empty() && line.lacks_touchpoint() => "Add stage".to_owned(),
        (name, _) if name.is_empty() => "Add touchpoint".to_owned(),
        (name, _) => {
            let short: String = name.chars().take(40).collect();
            let dots = if short.len() < name.len() { "…" } else { "" };
            format!("Add “{short}{dots}”")
        }
    }
}
