//! Commands copy, cut, paste and duplicate, the classification of clipboard text (part of
//! a map, or a list), and images that are dropped, pasted or chosen.
//!
//! Must not know: how parts of maps are written or pasted (`clipboard` does), how images
//! are read.

use crate::app::app::App;
use crate::app::command::action::{Selection, UiAction};
use crate::app::command::table::CommandId;
use crate::app::editing::images::image_target;
use crate::app::editing::lead_through::lead_through;
use crate::app::editing::structure;
use crate::clipboard::{CopySelection, Fragment, FragmentError, PasteTarget, looks_like_map};
use crate::edit::Intent;
use crate::english::sentence;
use crate::image::Pixels;
use crate::model::{Map, ObjectRef};
use crate::scene::ObjectId;
use crate::session::ImageSource;
use crate::storage::uri_from_path;
use crate::text::display_file_name;
use egui::text_selection::LabelSelectionState;
use egui::{ColorImage, Context, Event};

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
    pub(super) fn copy(&mut self, ctx: &Context) {
        if let Some(part) = self.selected_fragment() {
            ctx.copy_text(part.text());
            self.ui.toasts.push(format!("Copied {}.", part.summary()));
        }
    }

    /// Copies the address of the file that was exported last, or of the map.
    pub(crate) fn copy_file_link(&mut self, ctx: &Context) {
        let Some(document) = self.document() else {
            return;
        };
        let path = document.exported_to.as_deref().or(document.session.path());
        let message = match path {
            None => "Save or export the map first; then there is a file to link to.".to_owned(),
            Some(path) => {
                ctx.copy_text(uri_from_path(path));
                format!("Copied the link to {}.", display_file_name(path))
            }
        };
        self.ui.toasts.push(message);
    }

    /// Copies the selection and deletes it.
    pub(super) fn cut(&mut self, ctx: &Context) {
        let document = self.document();
        let deletion = document.and_then(|d| structure::delete(d.session.map(), &d.selection));
        let Some((part, (intent, next))) = self.selected_fragment().zip(deletion) else {
            return;
        };
        ctx.copy_text(part.text());
        let intent = Intent::Batch {
            label: format!("Cut {}", part.summary()),
            intents: vec![intent],
        };
        if self.apply_intent(&intent, None) {
            self.on_document(|document| document.select(next, false));
        }
    }

    /// Inserts a copy of the selection after it.
    pub(super) fn duplicate(&mut self) {
        if let Some(part) = self.selected_fragment() {
            self.insert_fragment(&part, "Duplicate");
        }
    }

    /// Pastes text of any kind.
    pub(super) fn paste(&mut self, text: &str) {
        match Fragment::read(text) {
            Ok(part) => {
                if self.screen.is_home() || self.workspace.documents.is_empty() {
                    self.workspace
                        .open_untitled(Map::with_title(part.map().header().title.clone()));
                }
                self.insert_fragment(&part, "Paste");
            }
            Err(error @ (FragmentError::TooLarge { .. } | FragmentError::Empty)) => {
                self.ui.toasts.push(sentence(&error.to_string()));
            }
            Err(error) if looks_like_map(text) => {
                self.ui.toasts.push(sentence(&error.to_string()));
            }
            // Lines of text.
            Err(_) => {
                let text = self.clean_pasted_lines(text);
                self.paste_capture_text(&text);
            }
        }
    }

    /// Inserts a fragment after the selection and selects it.
    fn insert_fragment(&mut self, part: &Fragment, verb: &str) {
        let workspace = &mut self.workspace;
        let Some(document) = workspace.documents.get(workspace.active) else {
            return;
        };
        let (map, selection) = (document.session.map(), &document.selection);
        let place = PasteTarget {
            touchpoints: structure::touchpoint_insertion_point(map, selection)
                .map(|(stage, at)| structure::after_branches(map, stage, at)),
            stages: structure::stage_insertion_index(map, selection),
        };
        let ids = &mut workspace.id_generator;
        let mut pasted = ids.with_factory(|ids| part.paste(verb, map, &place, ids));
        if let Some(first) = pasted.touchpoints.first() {
            pasted.intent = lead_through(map, selection, pasted.intent, first);
        }
        if self.apply_intent(&pasted.intent, None) {
            self.on_document(|document| {
                let map = document.session.map();
                let selected = match pasted.stages.into_iter().next() {
                    Some(stage) => Selection::One(ObjectRef::Stage(stage)),
                    None => Selection::of_touchpoints(map, &pasted.touchpoints),
                };
                document.select(selected, true);
            });
        }
    }

    /// Asks for image files for the selection.
    pub(super) fn add_image(&mut self, ctx: &Context) {
        if let Some(target) = self.selected_target("add") {
            self.workspace.request_images(ctx, target);
        }
    }

    /// Imports a pasted image for the selection.
    pub(super) fn paste_image(&mut self, ctx: &Context, image: &ColorImage) {
        if let Some(target) = self.selected_target("paste") {
            let rgba = image.pixels.iter();
            let rgba = rgba.flat_map(|p| p.to_srgba_unmultiplied()).collect();
            let pixels = Pixels {
                width: u32::try_from(image.width()).unwrap_or(u32::MAX),
                height: u32::try_from(image.height()).unwrap_or(u32::MAX),
                rgba,
            };
            self.workspace
                .import_images(ctx, &target, [ImageSource::Pixels(pixels)]);
        }
    }

    /// Imports dropped images for the card or cell under the pointer, if the system
    /// reports one, else for the selection.
    pub(crate) fn drop_images(&mut self, ctx: &Context, under: Option<&ObjectId>) {
        let dropped = std::mem::take(&mut self.workspace.dropped_images);
        if dropped.is_empty() {
            return;
        }
        let object = under.and_then(ObjectId::object);
        let object = object.filter(|object| !matches!(object, ObjectRef::Persona(_)));
        let target = object
            .and_then(|object| image_target(self.document()?.session.map(), object))
            .or_else(|| self.selected_target("drop"));
        if let Some(target) = target {
            let sources = dropped.into_iter().map(ImageSource::File);
            self.workspace.import_images(ctx, &target, sources);
        }
    }

    /// Returns the target of an image for the selection; without one, a message asks for it.
    fn selected_target(&mut self, verb: &str) -> Option<ObjectRef> {
        let document = self.document();
        let target = document.and_then(|d| image_target(d.session.map(), d.selection.object()?));
        if target.is_none() {
            self.ui.toasts.push(format!(
                "Select a touchpoint or a persona first, then {verb} the picture."
            ));
        }
        target
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
