//! Search in the map: its keys, and steps through its hits and other highlighted objects.
//!
//! Must not know: how text is searched, how the find bar is shown.

use crate::app::app::App;
use crate::app::command::action::UiAction;
use crate::app::command::table::CommandId;
use crate::app::document::Document;
use crate::app::document::camera_target::CameraTarget;
use crate::app::document::highlight::{self, TextSearch};
use crate::app::document::navigation::{self, Direction};
use crate::app::document::selection::Selection;
use crate::app::ui;
use crate::model::ObjectRef;
use crate::render::View;
use egui::{Context, Key, Modifiers};

/// Handles the keys of the find bar before other key handlers; returns whether one was
/// handled. `typing` tells whether a text field had the focus.
pub(super) fn handle_find_keys(
    ctx: &Context,
    document: &mut Document,
    actions: &mut Vec<UiAction>,
    typing: bool,
) -> bool {
    let Some(find) = &mut document.highlighting.search else {
        return false;
    };
    if typing && !find.focused {
        return false;
    }
    let focused = find.focused;
    let action = ctx.input_mut(|i| {
        let mut pressed = |modifiers, key| i.consume_key(modifiers, key);
        if pressed(Modifiers::NONE, Key::Escape) {
            return Some(UiAction::CloseFind);
        }
        // egui ignores surplus Shift, so the longer combination is matched first.
        if focused && pressed(Modifiers::SHIFT, Key::Enter) {
            return Some(UiAction::RunCommand(CommandId::PreviousHighlighted));
        }
        (focused && pressed(Modifiers::NONE, Key::Enter))
            .then_some(UiAction::RunCommand(CommandId::NextHighlighted))
    });
    let handled = action.is_some();
    actions.extend(action);
    handled
}

impl App {
    /// Opens the find bar, or focuses its field if it is open.
    pub(super) fn open_find(&mut self) {
        self.on_document(|document| {
            let new = || TextSearch::new(&document.selection);
            let find = document.highlighting.search.get_or_insert_with(new);
            find.wants_focus = true;
            find.typed_over = true;
        });
    }

    /// Selects the next or previous search hit; without a search, the next or previous
    /// highlighted object.
    pub(super) fn select_next_highlight(&mut self, ctx: &Context, way: Direction) {
        if self.document().is_some_and(|it| it.view == View::Compare) {
            return self.step_difference(way);
        }
        self.on_document(|document| {
            if let Some(find) = &mut document.highlighting.search {
                find.select_next(document.session.map(), way);
            }
        });
        if self.reveal_hit(ctx) {
            return;
        }
        self.on_document(|document| {
            let lit = document.highlight();
            let map = document.session.map();
            if let Some(next) = navigation::next_highlighted(map, &lit, &document.selection, way) {
                document.select(next, true);
            }
        });
    }

    /// Selects what was selected when the search began, if nothing is found: what a part of the
    /// typed text had found before must not depend on how fast it was typed.
    pub(super) fn select_search_origin(&mut self) {
        self.on_document(|document| {
            let find = document.highlighting.search.as_ref();
            let origin = find.and_then(TextSearch::origin_without_hit).cloned();
            let selected = document.primary_object();
            if let Some(origin) = origin.filter(|origin| Some(origin) != selected.as_ref()) {
                let selection = Selection::of_object(document.session.map(), &origin);
                document.select(selection, true);
            }
        });
    }

    /// Selects the current hit and moves the camera to it; marks its inspector field if
    /// it is hard to find. Returns whether there is one.
    pub(super) fn reveal_hit(&mut self, ctx: &Context) -> bool {
        let Some(document) = self.document_mut() else {
            return false;
        };
        let find = document.highlighting.search.as_ref();
        let Some(hit) = find.and_then(TextSearch::hit).cloned() else {
            return false;
        };
        let map = document.session.map();
        let field = highlight::inspector_field(map, &hit);
        let selection = Selection::of_object(map, &field.object);
        document.select(selection, true);
        if let Some(cell) = highlight::cell_of_hit(document.session.map(), &hit) {
            document.camera_target = Some(CameraTarget::Reveal(cell));
        }
        // Actions and notes are among many others.
        let field =
            matches!(hit.field.object, ObjectRef::Action(_) | ObjectRef::Note(_)).then_some(field);
        self.settings.preferences.inspector |= field.is_some();
        ui::highlight_field(ctx, field.as_ref());
        true
    }
}
