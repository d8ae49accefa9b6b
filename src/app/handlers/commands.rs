//! The handlers of the command table, and of number keys that assign.
//!
//! Must not know: labels and shortcuts of commands, how anything is drawn.

use super::export::CopyFormat;
use crate::app::app::{App, Screen};
use crate::app::command::action::UiAction;
use crate::app::command::is_in_owner_row;
use crate::app::command::table::{CommandId, command_table};
use crate::app::document::camera_target::CameraTarget;
use crate::app::document::multi_selection::{SelectBy, select_by};
use crate::app::document::navigation::Direction;
use crate::app::document::selection::Selection;
use crate::app::document::{Assignment, CloseScope, Document, UNTITLED_MAP};
use crate::app::editing::assign;
use crate::app::editing::feelings::{ScoreChange, score_intent};
use crate::app::editing::structure;
use crate::app::inline_edit::EditEnd;
use crate::app::input::KeyQueue;
use crate::app::modals::Modal;
use crate::app::modals::command_palette::CommandPalette;
use crate::app::ui::list_focus::focus_findings;
use crate::compare::Transfer;
use crate::edit::Intent;
use crate::layout::flow::CardColoring;
use crate::model::{
    Channel, ConflictChoice, Department, Environment, IndexedList, Map, ObjectRef, Persona, Record,
};
use crate::render::{ComparisonLayout, View};
use crate::scene::Marks;
use crate::session::Session;
use crate::settings::ThemeChoice;
use egui::{Context, ViewportCommand};

macro_rules! define_handlers {
    ($($group:ident { $($id:ident: $when:ident, $label:literal, $shortcuts:expr, $tip:literal $(, $option:expr)* => $run:expr;)* })*) => {
        fn handler(id: CommandId) -> fn(&mut App, &Context) {
            match id {
                $($(CommandId::$id => $run,)*)*
            }
        }
    };
}
command_table!(define_handlers);

impl App {
    /// Runs a command, or says why it does nothing.
    pub(super) fn run_command(&mut self, id: CommandId, ctx: &Context) {
        let entry = id.entry();
        let now = self.command_state();
        if !now.holds(entry.enabled_when) {
            let why = now.requirement(entry.enabled_when).to_owned();
            return self.note_at_selection(why);
        }
        let before = self.visible_state();
        if entry.leads_to_map() && self.document().is_some_and(|d| d.view == View::Findings) {
            self.switch_view(View::Journey);
        }
        handler(id)(self, ctx);
        self.note_without_effect(id, before);
    }

    /// Runs a command by its shortcut with this index; a number key assigns the record with
    /// this number in its list.
    pub(crate) fn run_numbered_command(&mut self, id: CommandId, nth: usize) {
        let map = self.document().map(|document| document.session.map());
        let assignment = map.and_then(|map| numbered_assignment(map, id, nth));
        if let Some(noun) = numbered_noun(id).filter(|_| map.is_some() && assignment.is_none()) {
            self.note_at_selection(format!("No {noun} has the number {}", nth + 1));
        }
        self.actions
            .push(assignment.map_or(UiAction::RunCommand(id), UiAction::Assign));
    }

    /// Assigns a value to the selected touchpoints, or removes it if all have it.
    pub(super) fn assign(&mut self, assignment: &Assignment) {
        if let Assignment::Persona(id) = assignment {
            self.on_document(|document| document.persona = Some(id.clone()));
            self.report_chosen_persona();
        }
        let Some(document) = self.document() else {
            return;
        };
        let ids = document.selection.touchpoints();
        if ids.is_empty() {
            if !matches!(assignment, Assignment::Persona(_)) {
                let hint = "Select touchpoints first, or drag it onto one.";
                self.ui.toasts.push(hint);
            }
            return;
        }
        if let Some(intent) = assign::toggle_intent(document.session.map(), ids, assignment) {
            self.apply_intent(&intent, None);
        }
    }

    fn close_front(&mut self, ctx: &Context) {
        if let Some(key) = self.document().map(|d| d.key) {
            self.workspace.close(ctx, CloseScope::Map(key));
        }
    }

    fn toggle_help(&mut self) {
        self.modals.modal = match self.modals.modal.take() {
            Some(Modal::Help) => None,
            _ => Some(Modal::Help),
        };
    }

    fn change_text_size(&mut self, larger: bool) {
        let preferences = &mut self.settings.preferences;
        preferences.text_size = preferences.next_text_size(larger);
    }

    fn show_findings_list(&mut self, ctx: &Context) {
        // In the findings view the list is visible already.
        if self.document().is_some_and(|d| d.view != View::Findings) {
            self.show_page_of(CommandId::Findings, ctx);
        }
        focus_findings(ctx);
    }

    fn open_link(&mut self, ctx: &Context) {
        if let Some(address) = self.document().and_then(Document::selected_link) {
            ctx.open_url(egui::OpenUrl::new_tab(address));
        }
    }

    /// Undoes or redoes a step, and reports its label as `done`.
    fn step(&mut self, done: &str, step: fn(&mut Session) -> Option<String>) {
        if let Some(document) = self.workspace.front_mut()
            && let Some(label) = step(&mut document.session)
        {
            document.prune_selection();
            self.ui.toasts.push(format!("{done}: {label}."));
        }
    }

    /// Applies the intent built from the map in front and its selection. Returns whether
    /// the map changed.
    fn edit_selection(&mut self, build: impl FnOnce(&Document) -> Option<Intent>) -> bool {
        let intent = self.document().and_then(build);
        intent.is_some_and(|intent| self.apply_intent(&intent, None))
    }

    /// Deletes the selection; in a lane, the content of the cell.
    fn delete(&mut self) {
        if self.document().is_some_and(|d| d.cursor_lane.is_none()) {
            return self.delete_selection();
        }
        self.edit_selection(|d| match (&d.selection, &d.cursor_lane) {
            (Selection::One(ObjectRef::Touchpoint(id)), Some(lane)) => {
                crate::app::inline_edit::clear_cell(d.session.map(), lane, id)
            }
            _ => None,
        });
    }

    fn delete_selection(&mut self) {
        let document = self.document();
        let deletion = document.and_then(|d| structure::delete(d.session.map(), &d.selection));
        if let Some((intent, next)) = deletion
            && self.apply_intent(&intent, None)
        {
            self.on_document(|d| d.select(next, false));
        }
    }

    /// Moves the selection along the journey.
    fn shift(&mut self, way: Direction) {
        if self.edit_selection(|d| structure::shift(d.session.map(), &d.selection, way)) {
            self.on_document(|d| d.select(d.selection.clone(), true));
        }
    }

    /// Moves the selection in its list, or to the row of another owner.
    fn reorder(&mut self, way: Direction) {
        self.edit_selection(|d| {
            if is_in_owner_row(d) {
                assign::neighbor_owner_intent(d.session.map(), &d.selection, way)
            } else {
                structure::reorder(d.session.map(), &d.selection, way)
            }
        });
    }

    fn change_feelings(&mut self, change: ScoreChange) {
        self.edit_selection(|d| {
            let persona = d.chosen_persona().map(|persona| &persona.id);
            score_intent(d.session.map(), d.selection.touchpoints(), persona, change)
        });
    }

    fn choose_next_persona(&mut self) {
        self.on_document(Document::choose_next_persona);
        self.report_chosen_persona();
    }

    fn select_by(&mut self, same: SelectBy) {
        self.on_document(|d| d.select(select_by(d.session.map(), &d.selection, same), false));
    }

    /// Leaves the lane, or unselects everything.
    fn select_nothing(&mut self) {
        self.on_document(|d| {
            if d.cursor_lane.take().is_none() {
                d.select(Selection::Nothing, false);
            }
        });
    }

    fn show_page_of(&mut self, id: CommandId, ctx: &Context) {
        let chrome = &mut self.chrome;
        let preferences = &mut self.settings.preferences;
        chrome
            .side_panels
            .show_page_of(id, ctx, preferences, chrome.regions.canvas);
    }

    /// Hides the selected lane or shows it again.
    fn toggle_lane_hidden(&mut self) {
        let lane = self
            .document()
            .and_then(|document| match &document.selection {
                Selection::One(ObjectRef::Lane(id)) => document.session.map().lanes().get(id),
                _ => None,
            });
        let Some(mut lane) = lane.cloned() else {
            return;
        };
        lane.hidden = !lane.hidden;
        let hidden = lane.hidden.then(|| lane.title().to_owned());
        if self.apply_intent(&Intent::SetLane(Box::new(lane)), None)
            && let Some(title) = hidden
        {
            let said = format!("“{title}” is hidden. The page Lanes shows it again.");
            self.ui.toasts.push(said);
        }
    }

    /// Toggles the density and keeps the selection in view.
    fn toggle_density(&mut self) {
        self.settings.preferences.density = self.settings.preferences.density.other();
        self.on_document(|d| d.select(d.selection.clone(), true));
    }

    /// Breaks the journey into rows or shows it in one; from another view it is shown in rows.
    fn toggle_rows(&mut self) {
        let front = self.workspace.front();
        let is_journey = front.is_some_and(|d| d.view == View::Journey);
        let rows = &mut self.settings.preferences.rows;
        *rows = !(*rows && is_journey);
        self.switch_view(View::Journey);
    }

    /// Activates a map.
    pub(super) fn activate(&mut self, index: usize) {
        if index != self.workspace.active && index < self.workspace.documents.len() {
            self.workspace.active = index;
            // Connect mode belongs to the former map.
            self.interaction.connect_from = None;
        }
    }

    /// Activates the next or previous map.
    fn activate_next(&mut self, back: bool) {
        let count = self.workspace.documents.len().max(1);
        let step = if back { count - 1 } else { 1 };
        self.activate((self.workspace.active + step) % count);
    }

    /// Moves a map to another place among the tabs and activates it.
    pub(super) fn move_map(&mut self, from: usize, to: usize) {
        let count = self.workspace.documents.len();
        if from < count && to < count {
            self.activate(from);
            let document = self.workspace.documents.remove(from);
            self.workspace.documents.insert(to, document);
            self.workspace.active = to;
        }
    }

    /// Switches to a view of the map.
    pub(super) fn switch_view(&mut self, view: View) {
        self.end_inline_edit(EditEnd::Commit);
        self.interaction.connect_from = None;
        if view == View::Findings {
            self.chrome.side_panels.leave_findings();
        }
        self.on_document(|document| document.switch_view(view));
    }

    /// Switches to the flow view with this coloring.
    fn color_flow(&mut self, coloring: CardColoring) {
        self.switch_view(View::Flow);
        self.on_document(|document| document.coloring = coloring);
    }

    /// Toggles the handoff marks of the journey; from another view, switches to the
    /// journey and shows them.
    fn toggle_handoffs(&mut self) {
        let Some(document) = self.document_mut() else {
            return;
        };
        document.shows_handoffs = document.view != View::Journey || !document.shows_handoffs;
        self.switch_view(View::Journey);
    }

    /// Toggles the highlight of the touchpoints that every customer passes; turning it
    /// on shows the handoff marks of the journey.
    fn toggle_dominators(&mut self) {
        let Some(document) = self.document_mut() else {
            return;
        };
        let on = !document.highlights_dominators();
        document.highlighting.dominators_only = on;
        if on {
            document.shows_handoffs = true;
            self.switch_view(View::Journey);
        }
    }
}

/// Assignment of a number key: the record at this index, counted from 0.
fn numbered_assignment(map: &Map, id: CommandId, at: usize) -> Option<Assignment> {
    fn nth<R: Record>(list: &IndexedList<R>, at: usize) -> Option<R::Id> {
        Some(list.as_slice().get(at)?.id().clone())
    }
    Some(match id {
        CommandId::AssignOwner => Assignment::Owner(Some(nth(map.departments(), at)?)),
        CommandId::AssignChannel => Assignment::Channel(Some(nth(map.channels(), at)?)),
        CommandId::AssignEnvironment => Assignment::Environment(Some(nth(map.environments(), at)?)),
        CommandId::AssignPersona => Assignment::Persona(nth(map.personas(), at)?),
        _ => return None,
    })
}

/// Asks for the content of the clipboard, which comes as an event.
fn request_paste(ctx: &Context) {
    if !KeyQueue::with(ctx, KeyQueue::paste) {
        ctx.send_viewport_cmd(ViewportCommand::RequestPaste);
    }
}

/// Kind of record that a number key assigns.
fn numbered_noun(id: CommandId) -> Option<&'static str> {
    Some(match id {
        CommandId::AssignOwner => "department",
        CommandId::AssignChannel => "channel",
        CommandId::AssignEnvironment => "environment",
        CommandId::AssignPersona => "persona",
        _ => return None,
    })
}

fn toggle_full_screen(ctx: &Context) {
    let full = ctx.input(|i| i.viewport().fullscreen).unwrap_or(false);
    ctx.send_viewport_cmd(ViewportCommand::Fullscreen(!full));
}
