//! Closes maps, after a dialog about unsaved ones.
//!
//! Must not know: how maps are written.

use super::state::{Lifecycle, Workspace, WorkspaceEvent};
use crate::app::document::{CloseScope, Document};
use egui::{Context, ViewportCommand};

impl CloseScope {
    /// Whether this map is to be closed.
    fn includes(self, key: u64) -> bool {
        self == CloseScope::All || self == CloseScope::Map(key)
    }
}

impl Workspace {
    /// Whether the window closes.
    pub(super) fn is_closed(&self) -> bool {
        matches!(self.lifecycle, Lifecycle::Closed { .. })
    }

    /// Whether the system ends the program, and the window has not closed yet.
    pub fn is_ended_by_system(&self) -> bool {
        self.shutdown.is_requested() && !self.is_closed()
    }

    /// Ends the program as the system would.
    #[cfg(test)]
    pub fn end_by_system(&self) {
        self.shutdown.request();
    }

    /// Closes maps; asks first if there are unsaved changes.
    pub fn close(&mut self, ctx: &Context, scope: CloseScope) {
        if self.unsaved_maps(scope).next().is_some() {
            self.events.push(WorkspaceEvent::Unsaved(scope));
        } else {
            self.close_discarding(ctx, scope, Vec::new());
        }
    }

    /// Unsaved maps among those to be closed, except those with a save in progress.
    pub fn unsaved_maps(&self, scope: CloseScope) -> impl Iterator<Item = &Document> {
        self.documents.iter().filter(move |d| {
            d.session.is_dirty() && scope.includes(d.key) && !self.is_being_saved(d)
        })
    }

    /// Closes maps, of which these are not saved before.
    pub fn close_discarding(&mut self, ctx: &Context, scope: CloseScope, discarded: Vec<u64>) {
        self.lifecycle = Lifecycle::Closing { scope, discarded };
        self.continue_close(ctx);
    }

    /// Keeps the maps open that should be closed.
    pub(super) fn cancel_close(&mut self) {
        if !self.is_closed() {
            self.lifecycle = Lifecycle::Running;
        }
    }

    /// Whether a save of the map is in progress on a drive that answers.
    fn is_being_saved(&self, document: &Document) -> bool {
        document.session.is_being_saved() && !self.is_slow_save(document.key)
    }

    /// Saves the next unsaved map; closes if none is left.
    pub(super) fn continue_close(&mut self, ctx: &Context) {
        let Lifecycle::Closing { scope, discarded } = &self.lifecycle else {
            return;
        };
        let scope = *scope;
        let will_save = |d: &Document| scope.includes(d.key) && !discarded.contains(&d.key);
        // Waits for every requested save, even if the changes are discarded since.
        let next = self.documents.iter().position(|d| {
            let waits = d.session.is_saving() && !self.is_slow_save(d.key);
            (d.session.is_dirty() && will_save(d)) || (waits && scope.includes(d.key))
        });
        match next {
            None => self.close_now(ctx, scope),
            Some(next) => {
                let document = &self.documents[next];
                // Otherwise continues when that save has ended.
                if will_save(document) && !self.is_being_saved(document) {
                    self.active = next;
                    self.save(ctx, false);
                }
            }
        }
    }

    fn close_now(&mut self, ctx: &Context, scope: CloseScope) {
        let CloseScope::Map(key) = scope else {
            self.lifecycle = Lifecycle::Closed { clean: true };
            return ctx.send_viewport_cmd(ViewportCommand::Close);
        };
        self.lifecycle = Lifecycle::Running;
        let front = self.front().map(|d| d.key);
        if let Some(at) = self.documents.iter().position(|d| d.key == key) {
            let document = self.documents.remove(at);
            document.remember_folding(&self.dirs);
            document.session.close();
        }
        let still = self.documents.iter().position(|d| Some(d.key) == front);
        let last = self.documents.len().saturating_sub(1);
        self.active = still.unwrap_or(self.active.min(last));
        self.events.push(WorkspaceEvent::Closed);
    }
}
