//! Commands copy, cut, paste and duplicate, and the classification of clipboard text:
//! part of a map, or a list.
//!
//! Must not know: how parts of maps are written or pasted (`exchange` does).

use crate::app::app::App;
use crate::app::command::action::{Command, Selection};
use crate::app::command::table::CommandId;
use crate::app::document::navigation;
use crate::clipboard::{Copied, Fragment, Place, Unreadable, looks_like_a_map};
use crate::edit::Intent;
use crate::graph::Flow;
use crate::insight::sentence;
use crate::model::{Map, StageId};
use egui::text_selection::LabelSelectionState;
use egui::{Context, Event};

/// Classified clipboard text.
enum Clip {
    /// Part of a map.
    Fragment(Box<Fragment>),
    /// Text that looks like part of a map but is invalid.
    Broken(Unreadable),
    /// Lines of text.
    List,
}

impl Clip {
    fn of(text: &str) -> Clip {
        match Fragment::read(text) {
            Ok(fragment) => Clip::Fragment(Box::new(fragment)),
            Err(error) if looks_like_a_map(text) => Clip::Broken(error),
            Err(error @ (Unreadable::TooBig { .. } | Unreadable::Empty)) => Clip::Broken(error),
            Err(_) => Clip::List,
        }
    }
}

impl App {
    /// Handles the clipboard events of the system, unless a text field has the focus or
    /// text of a label is selected.
    pub(crate) fn take_from_clipboard(&mut self, ctx: &Context) {
        if ctx.text_edit_focused() {
            return;
        }
        let label = ctx.plugin_opt::<LabelSelectionState>();
        let words = label.is_some_and(|label| label.lock().has_selection());
        let mut found = Vec::new();
        ctx.input_mut(|input| {
            input.events.retain(|event| {
                found.push(match event {
                    Event::Copy if !words => Command::Run(CommandId::Copy),
                    Event::Cut if !words => Command::Run(CommandId::Cut),
                    Event::Paste(text) => Command::Paste(text.clone()),
                    Event::PasteImage(image) => Command::PastePicture(image.clone()),
                    _ => return true,
                });
                false
            });
        });
        self.queue.extend(found);
    }

    /// The selection as a self-contained fragment.
    fn selected_part(&self) -> Option<Fragment> {
        let document = self.document()?;
        Fragment::of(document.session.map(), &copied(&document.selection)?)
    }

    /// Copies the selection.
    pub(crate) fn copy(&mut self, ctx: &Context) {
        if let Some(part) = self.selected_part() {
            ctx.copy_text(part.text());
            self.toasts.say(format!("Copied {}.", part.words()));
        }
    }

    /// Copies the selection and deletes it.
    pub(crate) fn cut(&mut self, ctx: &Context) {
        let Some(part) = self.selected_part() else {
            return;
        };
        let deletion = self
            .document()
            .and_then(|d| navigation::delete(d.session.map(), &d.selection));
        let Some((intent, next)) = deletion else {
            return;
        };
        ctx.copy_text(part.text());
        let intent = Intent::Together {
            label: format!("Cut {}", part.words()),
            intents: vec![intent],
        };
        if self.edit(&intent, None)
            && let Some(document) = self.document_mut()
        {
            document.select(next, false);
        }
    }

    /// Inserts a copy of the selection after it.
    pub(crate) fn duplicate(&mut self) {
        if let Some(part) = self.selected_part() {
            self.add_part(&part, "Duplicate");
        }
    }

    /// Pastes text of any kind.
    pub(crate) fn paste(&mut self, text: &str) {
        match Clip::of(text) {
            Clip::Fragment(part) => {
                if self.start.is_some() || self.documents.is_empty() {
                    self.open_untitled(Map::titled(part.map().header().title.clone()));
                }
                self.add_part(&part, "Paste");
            }
            Clip::Broken(error) => self.toasts.say(sentence(&error.to_string())),
            Clip::List => self.paste_words(text),
        }
    }

    /// Inserts a fragment after the selection and selects it.
    fn add_part(&mut self, part: &Fragment, verb: &str) {
        let Some(document) = self.documents.get(self.active) else {
            return;
        };
        let (map, selection) = (document.session.map(), &document.selection);
        let place = Place {
            touchpoints: navigation::place_for_touchpoint(map, selection)
                .map(|(stage, at)| after_branches(map, stage, at)),
            stages: navigation::place_for_stage(map, selection),
        };
        let pasted = self
            .mint
            .with(|minter| part.paste(verb, map, &place, minter));
        if !self.edit(&pasted.intent, None) {
            return;
        }
        if let Some(document) = self.document_mut() {
            let map = document.session.map();
            let selected = match pasted.stages.into_iter().next() {
                Some(stage) => Selection::Stage(stage),
                None => Selection::of_touchpoints(map, &pasted.touchpoints),
            };
            document.select(selected, true);
        }
    }
}

/// The part of the selection that can be copied.
fn copied(selection: &Selection) -> Option<Copied> {
    match selection {
        Selection::Touchpoint(_) | Selection::Touchpoints(_) => {
            Some(Copied::Touchpoints(selection.touchpoints().to_vec()))
        }
        Selection::Stage(id) => Some(Copied::Stages(vec![id.clone()])),
        _ => None,
    }
}

/// Moves an insertion point past the side branches of the step before it, which would
/// lose their main step if something were inserted between.
pub(crate) fn after_branches(map: &Map, stage: StageId, at: usize) -> (StageId, usize) {
    let inside = map.touchpoints_in(&stage);
    let before = map.stages().iter().take_while(|s| s.id != stage);
    let start: usize = before.map(|s| map.touchpoints_in(&s.id).len()).sum();
    let flow = Flow::of(map);
    let is_side = |place: &usize| flow.side_of.get(start + place).is_some_and(Option::is_some);
    let branches = (at..inside.len()).take_while(is_side).count();
    (stage, at + branches)
}
