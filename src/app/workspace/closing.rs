//! Closes maps, after a dialog about unsaved ones.
//!
//! Must not know: how maps are written.

use crate::app::app::App;
use crate::app::document::{CloseScope, Document};
use crate::app::home::cards::HomeScreen;
use crate::app::modals::Modal;
use crate::app::modals::unsaved::UnsavedDialog;
use egui::{Context, ViewportCommand};

/// A close operation in progress.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnsavedChanges {
    /// Maps to be closed.
    pub scope: CloseScope,
    /// Keys of the maps whose changes are discarded.
    pub discarded: Vec<u64>,
}

impl UnsavedChanges {
    /// Starts with all changes to be saved.
    fn new(scope: CloseScope) -> UnsavedChanges {
        UnsavedChanges {
            scope,
            discarded: Vec::new(),
        }
    }

    /// Whether this map is being closed.
    fn includes(&self, key: u64) -> bool {
        self.scope == CloseScope::All || self.scope == CloseScope::Map(key)
    }

    /// Whether this map is saved before it is closed.
    fn will_save(&self, key: u64) -> bool {
        self.includes(key) && !self.discarded.contains(&key)
    }
}

impl App {
    /// Closes maps; asks first if there are unsaved changes.
    pub(crate) fn close(&mut self, ctx: &Context, closing: CloseScope) {
        let change = UnsavedChanges::new(closing);
        // Except those with a save in progress.
        let unsaved = |d: &&Document| {
            d.session.is_dirty() && change.includes(d.key) && !self.is_being_saved(d)
        };
        let mut unsaved = self.workspace.documents.iter().filter(unsaved).peekable();
        if unsaved.peek().is_some() {
            let dialog = UnsavedDialog::new(closing, unsaved);
            self.modals.modal = Some(Modal::Unsaved(dialog));
        } else {
            self.workspace.pending_close = Some(change);
            self.continue_close(ctx);
        }
    }

    /// Whether a save of the map is in progress on a drive that answers.
    fn is_being_saved(&self, document: &Document) -> bool {
        document.session.is_being_saved() && !self.is_slow_save(document.key)
    }

    fn close_now(&mut self, ctx: &Context, closing: CloseScope) {
        self.workspace.pending_close = None;
        match closing {
            CloseScope::All => {
                self.workspace.close_confirmed = true;
                self.workspace.closes_cleanly = true;
                ctx.send_viewport_cmd(ViewportCommand::Close);
            }
            CloseScope::Map(key) => {
                let front = self.document().map(|d| d.key);
                if let Some(at) = self.workspace.documents.iter().position(|d| d.key == key) {
                    self.workspace.documents.remove(at).session.close();
                }
                let still = self
                    .workspace
                    .documents
                    .iter()
                    .position(|d| Some(d.key) == front);
                let last = self.workspace.documents.len().saturating_sub(1);
                self.workspace.active = still.unwrap_or(self.workspace.active.min(last));
                self.interaction.connect_from = None;
                if self.workspace.documents.is_empty() {
                    self.screen.home = Some(HomeScreen::default());
                }
            }
        }
    }

    /// Saves the next unsaved map; closes if none is left.
    pub(crate) fn continue_close(&mut self, ctx: &Context) {
        let Some(unsaved) = self.workspace.pending_close.clone() else {
            return;
        };
        // Waits for every requested save, even if the changes are discarded since.
        let next = self.workspace.documents.iter().position(|d| {
            let saves = d.session.is_dirty() && unsaved.will_save(d.key);
            let waits = d.session.is_saving() && !self.is_slow_save(d.key);
            saves || (waits && unsaved.includes(d.key))
        });
        match next {
            None => self.close_now(ctx, unsaved.scope),
            // Continues when that save has ended.
            Some(next)
                if self.is_being_saved(&self.workspace.documents[next])
                    || !unsaved.will_save(self.workspace.documents[next].key) => {}
            Some(next) => {
                self.workspace.active = next;
                self.save(ctx, false);
            }
        }
    }
}
