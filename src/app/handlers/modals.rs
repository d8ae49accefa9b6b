//! Shows the open modal and carries its answer out, and shows events of the workspace.
//!
//! Must not know: contents of modals, how files are read and written.

use crate::app::app::{App, Screen};
use crate::app::command::action::{CompareAction, UiAction};
use crate::app::modals::path_prompt::PathPrompt;
use crate::app::modals::recovery::{RecoveryAnswer, RecoveryDialog};
use crate::app::modals::unsaved::{UnsavedAnswer, UnsavedDialog};
use crate::app::modals::{self, Modal};
use crate::app::workspace::{InFront, WorkspaceEvent};
use crate::english::sentence;
use egui::Context;

impl App {
    /// Shows the open modal; when it closes, the focus is restored.
    pub(crate) fn show_modal(&mut self, ctx: &Context) {
        // Taken out so that answers can use the rest of the app.
        let Some(mut modal) = self.modals.modal.take() else {
            self.modals.restore_focus(ctx);
            return;
        };
        let stays = self.show_modal_and_answer(ctx, &mut modal);
        // The answer may have opened another modal.
        if stays && self.modals.modal.is_none() {
            self.modals.modal = Some(modal);
        }
        self.modals.release_focus(ctx);
    }

    /// Returns whether the modal stays open.
    fn show_modal_and_answer(&mut self, ctx: &Context, modal: &mut Modal) -> bool {
        let theme = self.appearance().colors();
        match modal {
            Modal::Help => return modals::help::show(ctx, theme),
            Modal::Shortcuts => return modals::help::show_shortcuts(ctx),
            Modal::Preferences => {
                let (theme, still) = (self.appearance().theme, self.settings.reduced_motion);
                let preferences = &mut self.settings.preferences;
                return modals::preferences::show(ctx, preferences, theme, still);
            }
            Modal::Export(dialog) => match dialog.show(ctx) {
                None => return true,
                Some(answer) => self.answer_export(ctx, dialog, answer),
            },
            Modal::Question(question) => match modals::question::show(ctx, question) {
                None => return true,
                Some(answer) => self.workspace.answer(ctx, question, answer),
            },
            Modal::Unsaved(dialog) => match dialog.show(ctx) {
                None => return true,
                Some(UnsavedAnswer::Cancel) => {}
                Some(answer) => {
                    let discarded = dialog.discarded(answer);
                    self.workspace
                        .close_discarding(ctx, dialog.scope, discarded);
                }
            },
            Modal::PathPrompt(prompt) => match prompt.show(ctx) {
                None => return true,
                Some(response) => self.workspace.handle_file_response(ctx, response),
            },
            Modal::CommandPalette(palette) => match palette.show(ctx, &self.command_state()) {
                None => return true,
                Some(action) => self.actions.extend(action),
            },
            Modal::Compare => {
                let sources = self.compare_sources(ctx);
                match modals::compare::show(ctx, "Compare with", &sources) {
                    None => return true,
                    Some(source) => {
                        let action = source.map(CompareAction::With);
                        self.actions.extend(action.map(UiAction::Compare));
                    }
                }
            }
            Modal::Futures => {
                let futures = [("Open maps", self.open_futures())];
                let title = "Futures in the summary";
                match modals::compare::show(ctx, title, &futures) {
                    None => return true,
                    Some(key) => {
                        let action = key.map(CompareAction::ToggleFuture);
                        self.actions.extend(action.map(UiAction::Compare));
                    }
                }
            }
            Modal::GapActions(dialog) => match dialog.show(ctx) {
                None => return true,
                Some(Some(chosen)) => self.make_gap_actions(&chosen),
                Some(None) => {}
            },
            Modal::PasteList(dialog) => {
                let document = self.document().filter(|_| !self.screen.is_home());
                match dialog.show(ctx, theme, document) {
                    None => return true,
                    Some(Some(list)) => self.insert_list(&list),
                    Some(None) => {}
                }
            }
            Modal::Recovery(dialog) => {
                let failed = match dialog.show(ctx) {
                    None => return true,
                    Some(RecoveryAnswer::Later) => return false,
                    Some(RecoveryAnswer::Recover(map)) => {
                        self.workspace.recover(ctx, map);
                        None
                    }
                    Some(RecoveryAnswer::Archive(map)) => {
                        let archived = map.archive();
                        if archived.is_ok() {
                            let kept = "Kept for later. “Recover maps…” lists it again.";
                            self.ui.toasts.push(kept);
                        }
                        archived.err()
                    }
                    Some(RecoveryAnswer::Delete(map)) => map.delete().err(),
                };
                if let Some(error) = failed {
                    self.ui.toasts.push(sentence(&error.to_string()));
                }
                return !dialog.is_empty();
            }
        }
        false
    }

    /// The part of the window in front of the maps.
    pub(crate) fn in_front(&self) -> InFront {
        InFront {
            modal: self.modals.modal.is_some(),
            presentation: self.screen.presentation().is_some(),
        }
    }

    /// Polls the background task and the saves, and shows the progress of the task if it
    /// takes more than a moment.
    pub(crate) fn poll_tasks(&mut self, ctx: &Context) {
        let (in_front, appearance) = (self.in_front(), self.appearance());
        let typesetter = &mut self.ui.typesetter;
        self.workspace
            .poll_tasks(ctx, in_front, appearance, typesetter);
        self.handle_workspace_events();
        if let Some(running) = self.workspace.task.as_ref().filter(|task| task.polled)
            && !modals::show_progress(
                ctx,
                &running.description,
                running.task.progress().fraction(),
            )
        {
            self.workspace.task = None;
            self.ui.toasts.push("Cancelled.");
        }
    }

    /// Handles the events of the workspace.
    pub(crate) fn handle_workspace_events(&mut self) {
        for event in std::mem::take(&mut self.workspace.events) {
            self.on_workspace_event(event);
        }
    }

    fn on_workspace_event(&mut self, event: WorkspaceEvent) {
        self.modals.modal = Some(match event {
            WorkspaceEvent::Message(message) => return self.ui.toasts.push(message),
            WorkspaceEvent::CaptureLine(line) => {
                let said = "The line that was being typed is in the capture bar again.";
                self.capture_bar.restore(line);
                return self.ui.toasts.push(said);
            }
            WorkspaceEvent::Copied(content) => {
                return self.actions.push(UiAction::Copied(content));
            }
            WorkspaceEvent::Opened => {
                self.screen.leave_home();
                self.interaction.connect_from = None;
                return;
            }
            WorkspaceEvent::Closed => {
                self.interaction.connect_from = None;
                if self.workspace.documents.is_empty() {
                    self.screen = Screen::Home(Box::default());
                }
                return;
            }
            WorkspaceEvent::SaveEnded(key) => {
                if let Some(Modal::Question(question)) = &self.modals.modal
                    && question.waits_for_save
                    && question.document == key
                {
                    self.modals.modal = None;
                }
                return;
            }
            WorkspaceEvent::Question(question) => Modal::Question(question),
            WorkspaceEvent::Unsaved(scope) => Modal::Unsaved(UnsavedDialog::new(
                scope,
                self.workspace.unsaved_maps(scope),
            )),
            WorkspaceEvent::Recoverable(maps) => Modal::Recovery(RecoveryDialog::new(maps)),
            WorkspaceEvent::NoFileDialog(request) => Modal::PathPrompt(PathPrompt::new(request)),
        });
    }
}
