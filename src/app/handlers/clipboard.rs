//! Commands copy, cut, paste and duplicate, and the classification of clipboard text:
//! part of a map, or a list.
//!
//! Must not know: how parts of maps are written or pasted (`exchange` does).

use crate::app::app::App;
use crate::app::command::action::{Selection, UiAction};
use crate::app::command::table::CommandId;
use crate::app::editing::structure;
use crate::clipboard::{CopySelection, Fragment, FragmentError, PasteTarget, looks_like_map};
use crate::edit::Intent;
use crate::english::sentence;
use crate::model::{Map, ObjectRef};
use egui::text_selection::LabelSelectionState;
use egui::{Context, Event};

/// Classified clipboard text.
enum ClipboardContent {
    /// Part of a map.
    Fragment(Box<Fragment>),
    /// Text that looks like part of a map but is invalid.
    Invalid(FragmentError),
    /// Lines of text.
    List,
}

impl ClipboardContent {
    fn of(text: &str) -> ClipboardContent {
        match Fragment::read(text) {
            Ok(fragment) => ClipboardContent::Fragment(Box::new(fragment)),
            Err(error) if looks_like_map(text) => ClipboardContent::Invalid(error),
            Err(error @ (FragmentError::TooLarge { .. } | FragmentError::Empty)) => {
                ClipboardContent::Invalid(error)
            }
            Err(_) => ClipboardContent::List,
        }
    }
}

impl App {
    /// Handles the clipboard events of the system, unless a text field has the focus or
    /// text of a label is selected.
    pub(crate) fn handle_clipboard_events(&mut self, ctx: &Context) {
        if ctx.text_edit_focused() {
            return;
        }
        let label = ctx.plugin_opt::<LabelSelectionState>();
        let words = label.is_some_and(|label| label.lock().has_selection());
        let mut found = Vec::new();
        ctx.input_mut(|input| {
            input.events.retain(|event| {
                found.push(match event {
                    Event::Copy if !words => UiAction::RunCommand(CommandId::Copy),
                    Event::Cut if !words => UiAction::RunCommand(CommandId::Cut),
                    Event::Paste(text) => UiAction::Paste(text.clone()),
                    Event::PasteImage(image) => UiAction::PasteImage(image.clone()),
                    _ => return true,
                });
                false
            });
        });
        self.actions.extend(found);
    }

    /// The selection as a self-contained fragment.
    fn selected_fragment(&self) -> Option<Fragment> {
        let document = self.document()?;
        Fragment::extract(document.session.map(), &copied_items(&document.selection)?)
    }

    /// Copies the selection.
    pub(crate) fn copy(&mut self, ctx: &Context) {
        if let Some(part) = self.selected_fragment() {
            ctx.copy_text(part.text());
            self.ui.toasts.push(format!("Copied {}.", part.summary()));
        }
    }

    /// Copies the selection and deletes it.
    pub(crate) fn cut(&mut self, ctx: &Context) {
        let Some(part) = self.selected_fragment() else {
            return;
        };
        let deletion = self
            .document()
            .and_then(|d| structure::delete(d.session.map(), &d.selection));
        let Some((intent, next)) = deletion else {
            return;
        };
        ctx.copy_text(part.text());
        let intent = Intent::Together {
            label: format!("Cut {}", part.summary()),
            intents: vec![intent],
        };
        if self.apply_intent(&intent, None)
            && let Some(document) = self.document_mut()
        {
            document.select(next, false);
        }
    }

    /// Inserts a copy of the selection after it.
    pub(crate) fn duplicate(&mut self) {
        if let Some(part) = self.selected_fragment() {
            self.insert_fragment(&part, "Duplicate");
        }
    }

    /// Pastes text of any kind.
    pub(crate) fn paste(&mut self, text: &str) {
        match ClipboardContent::of(text) {
            ClipboardContent::Fragment(part) => {
                if self.screen.is_home() || self.workspace.documents.is_empty() {
                    self.workspace
                        .open_untitled(Map::with_title(part.map().header().title.clone()));
                }
                self.insert_fragment(&part, "Paste");
            }
            ClipboardContent::Invalid(error) => self.ui.toasts.push(sentence(&error.to_string())),
            ClipboardContent::List => self.paste_capture_text(text),
        }
    }

    /// Inserts a fragment after the selection and selects it.
    fn insert_fragment(&mut self, part: &Fragment, verb: &str) {
        let Some(document) = self.workspace.documents.get(self.workspace.active) else {
            return;
        };
        let (map, selection) = (document.session.map(), &document.selection);
        let place = PasteTarget {
            touchpoints: structure::touchpoint_insertion_point(map, selection)
                .map(|(stage, at)| structure::after_branches(map, stage, at)),
            stages: structure::stage_insertion_index(map, selection),
        };
        let pasted = self
            .workspace
            .id_generator
            .with_factory(|minter| part.paste(verb, map, &place, minter));
        if !self.apply_intent(&pasted.intent, None) {
            return;
        }
        if let Some(document) = self.document_mut() {
            let map = document.session.map();
            let selected = match pasted.stages.into_iter().next() {
                Some(stage) => Selection::One(ObjectRef::Stage(stage)),
                None => Selection::of_touchpoints(map, &pasted.touchpoints),
            };
            document.select(selected, true);
        }
    }
}

/// The part of the selection that can be copied.
fn copied_items(selection: &Selection) -> Option<CopySelection> {
    match selection {
        Selection::One(ObjectRef::Touchpoint(_)) | Selection::Touchpoints(_) => {
            Some(CopySelection::Touchpoints(selection.touchpoints().to_vec()))
        }
        Selection::One(ObjectRef::Stage(id)) => Some(CopySelection::Stages(vec![id.clone()])),
        _ => None,
    }
}
