//! Dispatcher: carries out the commands of the user interface.
//!
//! Must not know: how anything is drawn.

mod capture;
mod change_note;
mod clipboard;
mod commands;
mod comments;
mod comparison;
mod conflicts;
mod export;
mod inline_edit;
mod insert;
mod keys;
mod modals;
mod pasted_text;
mod presentation;
mod saved_views;
mod search;
mod upkeep;

use super::app::App;
use super::command::action::{Selection, UiAction};
use super::command::held_value;
use super::document::{CloseScope, Document};
use super::input::KeyQueue;
use crate::edit::Intent;
use crate::english::sentence;
use crate::model::{Field, FieldRef, ObjectRef};
use egui::Context;

impl App {
    /// Carries out the commands queued in this frame.
    pub(super) fn run_actions(&mut self, ctx: &Context) {
        if self.actions.is_empty() {
            return;
        }
        // A value that is being typed is complete before anything else happens.
        self.actions.splice(0..0, held_value::take(ctx));
        for action in std::mem::take(&mut self.actions) {
            if may_move_focus(&action) {
                KeyQueue::with(ctx, KeyQueue::note_action);
            }
            let before = self.state_before(&action);
            self.run_action(action, ctx);
            self.note_change(before);
        }
        // Changes become visible in the next frame.
        ctx.request_repaint();
    }

    fn run_action(&mut self, action: UiAction, ctx: &Context) {
        match action {
            UiAction::Edit(intent) => {
                self.apply_intent(&intent, None);
            }
            UiAction::EditField(intent, field) => {
                self.apply_intent(&intent, Some(&field.merge_key()));
            }
            UiAction::Insert { intent, selection } => self.insert(&intent, selection),
            UiAction::Connect {
                intent,
                from,
                to,
                focus_label,
            } => self.connect(&intent, from, to, focus_label),
            UiAction::FinishConnect(to) => self.finish_connect(&to),
            UiAction::ChooseConnectTarget => self.choose_connect_target(),
            UiAction::PreviewDrag(intent) => self.preview_drag(Some(&intent)),
            UiAction::CancelDrag => self.preview_drag(None),
            UiAction::CommitDrag => self.on_document(|document| {
                document.session.commit();
                document.prune_selection();
            }),
            UiAction::EditSelection { typed, composed } => {
                self.begin_inline_edit(typed.as_deref(), composed);
            }
            UiAction::SettleConflict(id, choice) => self.settle_conflict(&id, choice),
            UiAction::Fold(folding) => self.on_document(|document| document.fold(folding)),
            UiAction::OpenSavedView(id) => self.open_saved_view(&id),
            UiAction::UpdateSavedView(id) => self.update_saved_view(&id),
            UiAction::EditCell(lane, id) => self.begin_cell_edit(&lane, &id, None, true),
            UiAction::EditText(target, caret) => self.begin_text_edit(target, caret),
            UiAction::EndInlineEdit => self.end_finished_edit(),
            UiAction::RevealHit => {
                if !self.reveal_hit(ctx) {
                    self.select_search_origin();
                }
            }
            UiAction::CloseFind => {
                super::ui::highlight_field(ctx, None::<&FieldRef>);
                self.on_document(|document| document.highlighting.search = None);
            }
            UiAction::Select { selection, reveal } => {
                self.on_document(|document| document.select(selection, reveal));
            }
            UiAction::SelectCell(id, lane) => self.on_document(|document| {
                document.select(ObjectRef::Touchpoint(id), false);
                document.cursor_lane = Some(lane);
                document.prune_selection();
            }),
            UiAction::FocusField(field) => {
                self.settings.preferences.inspector = true;
                self.on_document(|document| {
                    let map = document.session.map();
                    document.select(Selection::of_object(map, &field.object), true);
                });
                if field.field != Field::Whole {
                    super::ui::focus_field(ctx, &field);
                }
            }
            UiAction::JumpToStep(steps) => self.on_document(|document| {
                if document.session.jump_to(steps) {
                    document.prune_selection();
                }
            }),
            UiAction::OpenVersion(version) => self.workspace.read_version(version, None),
            UiAction::ToggleFilter(facet) => {
                self.on_document(|document| document.highlighting.filter.toggle(facet));
            }
            UiAction::ShowCurve(persona, shown) => self.on_document(|document| {
                if shown {
                    document.hidden_curves.remove(&persona);
                } else {
                    document.hidden_curves.insert(persona);
                }
            }),
            UiAction::Assign(gift) => self.assign(&gift),
            UiAction::ActivateMap(index) => self.activate(index),
            UiAction::CloseMap(key) => self.workspace.close(ctx, CloseScope::Map(key)),
            UiAction::MoveMap { from, to } => self.move_map(from, to),
            UiAction::OpenFiles(paths) => self.workspace.open_all(&paths),
            UiAction::Paste(text) => self.paste(&text),
            UiAction::ImportImage(home) => self.workspace.request_images(ctx, home),
            UiAction::PasteImage(image) => self.paste_image(ctx, &image),
            UiAction::Copied(content) => self.finish_copy(ctx, content),
            UiAction::OpenMap(map) => self.workspace.open_untitled(*map),
            UiAction::ForgetRecent(path) => self.workspace.recent.remove(&path),
            UiAction::CloseHome => self.screen.leave_home(),
            UiAction::SubmitCaptureLine => self.submit_capture_line(),
            UiAction::Compare(action) => self.run_compare_action(ctx, action),
            UiAction::RunCommand(id) => self.run_command(id, ctx),
        }
    }

    /// Carries out the edit of a value that is being typed if the window is about to close, or
    /// the system ends the program.
    pub(super) fn finish_typing_before_closing(&mut self, ctx: &Context) {
        let closes = ctx.input(|i| i.viewport().close_requested());
        if (closes || self.workspace.is_ended_by_system())
            && let Some(edit) = held_value::take(ctx)
        {
            self.actions.push(edit);
            self.run_actions(ctx);
        }
    }

    /// Applies an intent or shows why it was refused. Returns whether the map changed.
    pub(super) fn apply_intent(&mut self, intent: &Intent, key: Option<&str>) -> bool {
        let Some(document) = self.workspace.front_mut() else {
            return false;
        };
        match document.session.apply_merging(intent, key) {
            Ok(changed) => {
                document.prune_selection();
                if let Intent::AddLane(_) | Intent::SetLane(_) | Intent::MoveLane { .. } = intent {
                    // Otherwise the change of the map's lanes would not be seen.
                    document.lanes = None;
                }
                changed
            }
            Err(refusal) => {
                self.ui.toasts.push(sentence(&refusal.to_string()));
                false
            }
        }
    }

    /// Changes the map temporarily during a drag.
    fn preview_drag(&mut self, intent: Option<&Intent>) {
        self.on_document(|document| {
            // An intent that cannot be applied leaves the map without a preview.
            let _ = match intent {
                Some(intent) => document.session.propose(intent),
                None => Ok(document.session.cancel()),
            };
            document.prune_selection();
        });
    }

    /// Changes the document in front, if there is one.
    fn on_document(&mut self, change: impl FnOnce(&mut Document)) {
        if let Some(document) = self.document_mut() {
            change(document);
        }
    }
}

/// Whether later keys have another meaning once an action is carried out.
fn may_move_focus(action: &UiAction) -> bool {
    match action {
        UiAction::EditField(..) | UiAction::PreviewDrag(_) => false,
        UiAction::RunCommand(id) => !id.entry().keeps_focus(),
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::document::multi_selection::tests::map;
    use crate::app::platform::file_dialog::SystemFileDialogs;
    use crate::settings::AppDirs;
    use crate::text::Typesetter;
    use egui_kittest::Harness;
    use egui_kittest::kittest::Queryable;

    #[test]
    fn a_value_that_is_being_typed_is_kept_when_the_system_ends_the_program() {
        let dialogs = Box::<SystemFileDialogs>::default();
        let mut app = App::new(&[], dialogs, Typesetter::bundled(), &AppDirs::none());
        app.workspace.open_untitled(map("a"));
        let document = app.workspace.front_mut().unwrap();
        document.select(ObjectRef::Touchpoint("a".into()), false);
        app.handle_workspace_events();
        let mut harness = Harness::builder()
            .with_size(egui::vec2(1280.0, 900.0))
            .with_context_setup(App::prepare)
            .build_ui_state(|ui, app: &mut App| app.show(ui), app);
        harness.run_steps(4);
        harness.get_by_label("Duration").focus();
        harness.run_steps(4);
        harness.get_by_label("Duration").type_text("90 min");
        harness.run_steps(4);
        let duration = |harness: &Harness<'_, App>| {
            let map = harness.state().workspace.documents[0].session.map();
            map.touchpoint(&"a".into()).unwrap().duration
        };
        assert_eq!(duration(&harness), None);
        harness.state().workspace.end_by_system();
        harness.run_steps(2);
        assert!(duration(&harness).is_some());
    }
}
