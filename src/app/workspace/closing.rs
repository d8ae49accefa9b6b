//! Closes maps, after a dialog about unsaved ones.
//!
//! Must not know: how maps are written.

use super::{Workspace, WorkspaceEvent};
use crate::app::document::{CloseScope, Document};
use egui::{Context, ViewportCommand};

/// Progress towards the end of the program.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) enum Lifecycle {
    /// In use.
    #[default]
    Running,
    /// Maps are saved, and then closed.
    Closing(CloseRequest),
    /// The window closes. Only if it is `clean`, all maps were saved or discarded, so that
    /// no journal is kept.
    Closed {
        /// Whether all changes were saved or discarded.
        clean: bool,
    },
}

impl Lifecycle {
    /// Whether the window closes.
    pub fn is_closed(&self) -> bool {
        matches!(self, Lifecycle::Closed { .. })
    }
}

/// A close operation in progress.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct CloseRequest {
    /// Maps to be closed.
    scope: CloseScope,
    /// Keys of the maps whose changes are discarded.
    discarded: Vec<u64>,
}

impl CloseRequest {
    /// Starts with all changes to be saved.
    fn new(scope: CloseScope) -> CloseRequest {
        CloseRequest {
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

impl Workspace {
    /// Closes maps; asks first if there are unsaved changes.
    pub fn close(&mut self, ctx: &Context, closing: CloseScope) {
        let change = CloseRequest::new(closing);
        if self.unsaved_maps(closing).next().is_some() {
            self.events.push(WorkspaceEvent::Unsaved(closing));
        } else {
            self.lifecycle = Lifecycle::Closing(change);
            self.continue_close(ctx);
        }
    }

    /// Unsaved maps among those to be closed, except those with a save in progress.
    pub fn unsaved_maps(&self, closing: CloseScope) -> impl Iterator<Item = &Document> {
        let change = CloseRequest::new(closing);
        self.documents.iter().filter(move |d| {
            d.session.is_dirty() && change.includes(d.key) && !self.is_being_saved(d)
        })
    }

    /// Closes maps, of which these are not saved before.
    pub fn close_discarding(&mut self, ctx: &Context, scope: CloseScope, discarded: Vec<u64>) {
        self.lifecycle = Lifecycle::Closing(CloseRequest { scope, discarded });
        self.continue_close(ctx);
    }

    /// Keeps the maps open that should be closed.
    pub fn cancel_close(&mut self) {
        if !self.lifecycle.is_closed() {
            self.lifecycle = Lifecycle::Running;
        }
    }

    /// Whether a save of the map is in progress on a drive that answers.
    fn is_being_saved(&self, document: &Document) -> bool {
        document.session.is_being_saved() && !self.is_slow_save(document.key)
    }

    fn close_now(&mut self, ctx: &Context, closing: CloseScope) {
        self.lifecycle = Lifecycle::Running;
        match closing {
            CloseScope::All => {
                self.lifecycle = Lifecycle::Closed { clean: true };
                ctx.send_viewport_cmd(ViewportCommand::Close);
            }
            CloseScope::Map(key) => {
                let front = self.document().map(|d| d.key);
                if let Some(at) = self.documents.iter().position(|d| d.key == key) {
                    self.documents.remove(at).session.close();
                }
                let still = self.documents.iter().position(|d| Some(d.key) == front);
                let last = self.documents.len().saturating_sub(1);
                self.active = still.unwrap_or(self.active.min(last));
                self.events.push(WorkspaceEvent::Closed);
            }
        }
    }

    /// Saves the next unsaved map; closes if none is left.
    pub fn continue_close(&mut self, ctx: &Context) {
        let Lifecycle::Closing(unsaved) = self.lifecycle.clone() else {
            return;
        };
        // Waits for every requested save, even if the changes are discarded since.
        let next = self.documents.iter().position(|d| {
            let saves = d.session.is_dirty() && unsaved.will_save(d.key);
            let waits = d.session.is_saving() && !self.is_slow_save(d.key);
            saves || (waits && unsaved.includes(d.key))
        });
        match next {
            None => self.close_now(ctx, unsaved.scope),
            // Continues when that save has ended.
            Some(next)
                if self.is_being_saved(&self.documents[next])
                    || !unsaved.will_save(self.documents[next].key) => {}
            Some(next) => {
                self.active = next;
                self.save(ctx, false);
            }
        }
    }
}
