//! Shows what happened to the documents and their files.
//!
//! Must not know: how files are read and written.

use crate::app::app::{App, Screen};
use crate::app::modals::path_prompt::PathPrompt;
use crate::app::modals::recovery::RecoveryDialog;
use crate::app::modals::unsaved::UnsavedDialog;
use crate::app::modals::{Modal, progress};
use crate::app::workspace::{InFront, WorkspaceEvent};
use egui::Context;

impl App {
    /// The part of the window in front of the maps.
    pub(crate) fn in_front(&self) -> InFront {
        InFront {
            modal: self.modals.modal.is_some(),
            presentation: self.screen.presentation().is_some(),
        }
    }

    /// Polls the background task and the saves, and shows the progress of the task.
    pub(crate) fn poll_tasks(&mut self, ctx: &Context) {
        let (in_front, appearance) = (self.in_front(), self.appearance());
        let typesetter = &mut self.ui.typesetter;
        let events = self
            .workspace
            .poll_tasks(ctx, in_front, appearance, typesetter);
        self.on_workspace_events(events);
        let task = self.workspace.running_task();
        if task.is_some_and(|task| {
            !progress::show(ctx, &task.description, task.task.progress().fraction())
        }) {
            self.workspace.cancel_task();
        }
    }

    /// Handles the events since the last poll.
    pub(crate) fn handle_workspace_events(&mut self) {
        let events = self.workspace.take_events();
        self.on_workspace_events(events);
    }

    /// Handles events of the workspace.
    pub(crate) fn on_workspace_events(&mut self, events: Vec<WorkspaceEvent>) {
        for event in events {
            self.on_workspace_event(event);
        }
    }

    fn on_workspace_event(&mut self, event: WorkspaceEvent) {
        self.modals.modal = Some(match event {
            WorkspaceEvent::Message(message) => return self.ui.toasts.push(message),
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
