//! Opens maps, and asks for the files to open, save and export.
//!
//! Must not know: how maps are shown.

use super::preload::{PreloadResult, is_large_file};
use super::state::{Job, Workspace, WorkspaceEvent};
use crate::app::document::Document;
use crate::app::platform::file_dialog::{FileRequest, FileResponse};
use crate::english::sentence;
use crate::git::Version;
use crate::model::Map;
use crate::session::{self, OpenError, Session};
use crate::settings::today;
use crate::storage::{MAP_EXTENSION, relative_name, with_extension};
use egui::Context;
use std::path::{Path, PathBuf};

impl Workspace {
    /// Opens a file dialog; `then` gets the files.
    pub(super) fn request_file(
        &mut self,
        ctx: &Context,
        request: FileRequest,
        then: impl FnOnce(&mut Workspace, &Context, Vec<PathBuf>) + 'static,
    ) {
        self.file_dialogs.request(&request, ctx);
        self.pending_request = Some((request, Box::new(then)));
    }

    /// Continues the operation that requested a file.
    pub fn handle_file_response(&mut self, ctx: &Context, response: FileResponse) {
        match (self.pending_request.take(), response) {
            (Some((_, then)), FileResponse::Paths(paths)) => then(self, ctx, paths),
            (Some(_), _) => self.cancel_close(),
            (None, _) => {}
        }
    }

    /// Asks for maps to open.
    pub fn request_maps(&mut self, ctx: &Context) {
        self.request_file(ctx, FileRequest::Open, |workspace, _, paths| {
            workspace.open_all(&paths);
        });
    }

    /// Asks for the path to save a map to.
    pub fn request_save_path(&mut self, ctx: &Context, key: u64) {
        let Some(document) = self.document(key) else {
            return;
        };
        let request = FileRequest::SaveAs(document.suggested_path());
        self.request_file(ctx, request, move |workspace, ctx, paths| {
            let Some(chosen) = paths.into_iter().next() else {
                return;
            };
            let path = with_extension(chosen.clone());
            // The dialog asked only about the name without extension.
            if path != chosen && path.exists() {
                workspace.show_name_taken(key, &path);
            } else {
                workspace.start_save(ctx, key, Some(path));
            }
        });
    }

    /// Asks for the path of a fork of the map in front, and makes it.
    pub fn request_fork_path(&mut self, ctx: &Context) {
        let Some(document) = self.front() else {
            return;
        };
        let Some(origin) = document.session.path().map(Path::to_owned) else {
            return self.report("Save this map first: the fork says which file it was made from.");
        };
        let key = document.key;
        let suggested = document.suggested_export_path("journey.ron");
        let stem = suggested.file_name().unwrap_or_default().to_string_lossy();
        let name = stem.trim_end_matches(MAP_EXTENSION);
        let suggested = suggested.with_file_name(format!("{name}-future{MAP_EXTENSION}"));
        let request = FileRequest::SaveAs(suggested);
        self.request_file(ctx, request, move |workspace, ctx, paths| {
            let Some(chosen) = paths.into_iter().next() else {
                return;
            };
            let path = with_extension(chosen.clone());
            // The dialog asked only about the name without extension.
            if is_same_file(&path, &origin) || path != chosen && path.exists() {
                return workspace.show_name_taken(key, &path);
            }
            if let Some(document) = workspace.document(key) {
                let origin = relative_name(path.parent().unwrap_or(Path::new("")), &origin);
                let fork = session::fork(document.session.map(), &origin, "", today());
                workspace.open_untitled(fork);
                let key = workspace.last_key;
                workspace.start_save(ctx, key, Some(path));
            }
        });
    }

    /// Opens files, each as its own map. Shows an error for files that cannot be
    /// opened; open maps stay unchanged.
    pub fn open_all(&mut self, paths: &[PathBuf]) {
        self.open_with_preloaded(paths, None);
    }

    /// Opens files, one of which may be preloaded.
    pub fn open_with_preloaded(&mut self, paths: &[PathBuf], mut early: Option<PreloadResult>) {
        let mut failed = Vec::new();
        for path in paths {
            let open = |document: &Document| {
                let open = document.session.path();
                open.is_some_and(|open| is_same_file(open, path))
            };
            if let Some(known) = self.documents.iter().position(open) {
                self.active = known;
                self.events.push(WorkspaceEvent::Opened);
                continue;
            }
            let ahead = early.take_if(|(opened, _)| opened == path);
            if ahead.is_none() && is_large_file(path) {
                self.jobs.push_back(Job::Open(path.clone()));
                continue;
            }
            let result = ahead.map_or_else(|| Session::open(path), |(_, result)| result);
            failed.extend(self.add_opened(path, result));
        }
        self.show_open_errors(&failed);
    }

    /// Adds an opened map and shows its first warning, or returns the error message.
    pub(super) fn add_opened(
        &mut self,
        path: &Path,
        result: Result<Session, OpenError>,
    ) -> Option<String> {
        let session = match result {
            Ok(session) => session,
            Err(error) => return Some(sentence(&error.summary())),
        };
        if let Some(first) = session.warnings().first() {
            let more = match session.warnings().len() - 1 {
                0 => String::new(),
                more => format!(" And {more} more; `touchline check` lists them."),
            };
            self.report(sentence(&first.to_string()) + &more);
        }
        self.add_session(session);
        self.recent.add(path);
        None
    }

    pub(super) fn show_open_errors(&mut self, failed: &[String]) {
        if !failed.is_empty() {
            self.report_failure("This file cannot be opened", failed.join("\n\n"));
        }
    }

    /// Adds a map without a file, such as a sample.
    pub fn open_untitled(&mut self, map: Map) {
        self.add_session(Session::untitled(map));
    }

    /// Reads a version of the map in front: opens it as an unsaved copy, or compares the map with
    /// this key with it.
    pub fn read_version(&mut self, version: Version, compared: Option<u64>) {
        if let Some(path) = self.front().and_then(|d| d.session.path()) {
            let job = Job::ReadVersion(path.to_owned(), Box::new(version), compared);
            self.jobs.push_back(job);
        }
    }

    fn add_session(&mut self, mut session: Session) {
        session.enable_journal(&self.journals);
        self.add_document(session);
    }

    /// Adds a session that has a journal already.
    pub(super) fn add_document(&mut self, session: Session) {
        self.last_key += 1;
        let mut document = Document::new(self.last_key, session);
        document.restore_folding(&self.dirs);
        self.events.push(WorkspaceEvent::Opened);
        // An unchanged untitled map is replaced. A recovered map may hold work although
        // its history is empty.
        let untouched = |session: &Session| {
            let steps = session.history();
            let none = steps.done().len() == 0 && steps.undone().len() == 0;
            session.path().is_none() && !session.is_dirty() && none && !session.is_saving()
        };
        if let Some(front) = self.front_mut().filter(|d| untouched(&d.session)) {
            std::mem::replace(front, document).session.close();
            return;
        }
        self.documents.push(document);
        self.active = self.documents.len() - 1;
    }
}

fn is_same_file(a: &Path, b: &Path) -> bool {
    match (a.canonicalize(), b.canonicalize()) {
        (Ok(a), Ok(b)) => a == b,
        _ => a == b,
    }
}
