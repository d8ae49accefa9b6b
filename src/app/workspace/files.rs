//! Opens, saves and exports maps, and shows dialogs about unsaved work.
//!
//! Must not know: how maps are shown.

use super::background_task::{BackgroundTask, TaskResult};
use super::preload::PreloadResult;
use crate::app::app::App;
use crate::app::document::{CloseScope, Document};
use crate::app::modals::path_prompt::PathPrompt;
use crate::app::modals::{Modal, progress};
use crate::app::platform::file_dialog::{FileRequest, FileResponse};
use crate::app::ui::{display_file_name, with_extension};
use crate::english::sentence;
use crate::export::Size;
use crate::model::Map;
use crate::render::{CancellableMeasure, ExportFormat};
use crate::session;
use crate::session::{ImageSource, OpenError, Session};
use egui::{Context, ViewportCommand};
use std::path::{Path, PathBuf};

/// Size in bytes above which files are opened in the background: they may take longer
/// than half a second.
const LARGE_FILE_BYTES: u64 = 300_000;

/// A file request that waits for its response.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PendingRequest {
    request: FileRequest,
    /// Key of the map to be saved or exported.
    document: Option<u64>,
}

impl App {
    /// Handles input since the last frame: close requests, dropped files, imported
    /// images, responses of file dialogs.
    pub(crate) fn handle_input_events(&mut self, ctx: &Context) {
        if ctx.input(|i| i.viewport().close_requested()) && !self.workspace.close_confirmed {
            if self.is_writing()
                || self
                    .workspace
                    .documents
                    .iter()
                    .any(|d| d.session.is_dirty())
            {
                ctx.send_viewport_cmd(ViewportCommand::CancelClose);
                self.close(ctx, CloseScope::All);
            } else {
                self.workspace.close_confirmed = true;
            }
        }
        let dropped: Vec<PathBuf> = ctx.input_mut(|i| {
            std::mem::take(&mut i.raw.dropped_files)
                .iter()
                .map(|file| file.path().to_owned())
                .collect()
        });
        let (pictures, maps): (Vec<_>, Vec<_>) = dropped
            .into_iter()
            .partition(|p| session::has_image_extension(p));
        self.workspace.image_imports.dropped.extend(pictures);
        self.open_all(&maps);
        self.poll_image_imports();
        if let Some(answer) = self.workspace.file_dialogs.poll() {
            match answer {
                FileResponse::NoService => {
                    if let Some(asked) = &self.workspace.pending_request {
                        let prompt = PathPrompt::new(asked.request.clone());
                        self.modals.modal = Some(Modal::PathPrompt(prompt));
                    }
                }
                answer => self.handle_file_response(ctx, answer),
            }
        }
    }

    /// Opens a file dialog.
    pub(crate) fn request_file(
        &mut self,
        ctx: &Context,
        wanted: FileRequest,
        document: Option<u64>,
    ) {
        self.workspace.file_dialogs.request(&wanted, ctx);
        self.workspace.pending_request = Some(PendingRequest {
            request: wanted,
            document,
        });
    }

    /// Continues the operation that requested a file.
    pub(crate) fn handle_file_response(&mut self, ctx: &Context, answer: FileResponse) {
        let Some(asked) = self.workspace.pending_request.take() else {
            return;
        };
        let FileResponse::Paths(paths) = answer else {
            self.workspace.pending_close = None;
            return;
        };
        match asked.request {
            FileRequest::Open => self.open_all(&paths),
            FileRequest::ImportImages => {
                if let Some(home) = self.workspace.image_imports.target.take() {
                    let sources = paths.into_iter().map(ImageSource::File).collect();
                    self.import_images(ctx, &home, sources);
                }
            }
            FileRequest::Export(_) => {
                if let Some(path) = paths.into_iter().next() {
                    self.export_image(asked.document, &path);
                }
            }
            FileRequest::SaveAs(_) => {
                let (Some(said), Some(key)) = (paths.into_iter().next(), asked.document) else {
                    return;
                };
                let path = with_extension(said.clone());
                // The dialog asked only about the name without extension.
                match path != said && path.exists() {
                    true => self.show_name_taken(key, &path),
                    false => self.start_save(ctx, key, Some(path)),
                }
            }
        }
    }

    /// Asks for the path of an export of the active map.
    pub(crate) fn request_export_path(&mut self, ctx: &Context) {
        let Some(document) = self.document() else {
            return;
        };
        let key = document.key;
        let suggested = match document.session.path() {
            Some(path) => path.with_extension("").with_extension("svg"),
            None => PathBuf::from("map.svg"),
        };
        self.request_file(ctx, FileRequest::Export(suggested), Some(key));
    }

    /// Exports a map to an image file with the current theme, lanes and highlight.
    fn export_image(&mut self, document: Option<u64>, path: &Path) {
        let look = self.appearance();
        let Some(found) = self
            .workspace
            .documents
            .iter_mut()
            .find(|d| Some(d.key) == document)
        else {
            return;
        };
        let paper = match path.extension() {
            Some(ending) if ending.eq_ignore_ascii_case("png") => ExportFormat::Png {
                size: Size::Scale(2.0),
            },
            Some(ending) if ending.eq_ignore_ascii_case("svg") => {
                ExportFormat::Svg { outlines: false }
            }
            _ => {
                self.show_error(
                    "The picture was not exported",
                    "Its name must end in .svg or .png.",
                );
                return;
            }
        };
        let scene = found.export_scene(look, &mut self.ui.typesetter);
        let (path, mut typesetter) = (path.to_owned(), self.ui.typesetter.sibling());
        let what = format!(
            "Drawing “{}” into {}…",
            found.title(),
            display_file_name(&path)
        );
        self.workspace.task = Some(BackgroundTask::start(what, move |pace| {
            let result = crate::render::export_file_with_progress(
                &scene,
                paper,
                &mut typesetter,
                &path,
                pace,
            );
            TaskResult::Exported(path, result)
        }));
    }

    /// Polls the background task: handles its result or shows its progress. Without a
    /// task the next queued file is opened.
    pub(crate) fn poll_task(&mut self, ctx: &Context) {
        let Some(mut work) = self.workspace.task.take() else {
            if let Some(path) = self.workspace.queued_files.pop_front() {
                self.open_in_background(path);
                ctx.request_repaint();
            }
            return;
        };
        let done = match work.poll(ctx) {
            None => {
                // A task that is dropped is cancelled.
                if progress::show(ctx, work.description(), work.fraction()) {
                    self.workspace.task = Some(work);
                } else {
                    self.ui.toasts.push("Cancelled.");
                }
                return;
            }
            Some(Err(_)) => {
                self.show_error(
                    "This did not work",
                    "Something went wrong inside. Nothing is lost; save your maps and try again.",
                );
                return;
            }
            Some(Ok(done)) => done,
        };
        ctx.request_repaint();
        match done {
            TaskResult::Exported(path, Ok(())) => {
                self.ui
                    .toasts
                    .push(format!("Exported to {}.", path.display()));
            }
            TaskResult::Exported(_, Err(error)) => self.show_error(
                "The picture was not exported",
                &sentence(&error.to_string()),
            ),
            TaskResult::Opened(path, result) => {
                let failed = self.add_opened(&path, *result);
                self.show_open_errors(&failed.into_iter().collect::<Vec<_>>());
            }
        }
    }

    /// Reads, lays out and draws a large file in the background.
    fn open_in_background(&mut self, path: PathBuf) {
        let mut typesetter = self.ui.typesetter.sibling();
        let options = self.appearance().render_options(Default::default());
        let what = format!("Opening {}…", display_file_name(&path));
        self.workspace.task = Some(BackgroundTask::start(what, move |pace| {
            let mut result = Session::open(&path);
            if let Ok(session) = &mut result
                && !pace.is_cancelled()
            {
                session.render(
                    &options,
                    &mut CancellableMeasure::new(&mut typesetter, pace),
                );
            }
            TaskResult::Opened(path, Box::new(result))
        }));
    }

    pub(crate) fn show_error(&mut self, title: &str, text: &str) {
        self.modals.modal = Some(Modal::Error {
            title: title.to_owned(),
            text: text.to_owned(),
        });
    }

    /// Opens files, each as its own map. Shows an error for files that cannot be
    /// opened; open maps stay unchanged.
    pub fn open_all(&mut self, paths: &[PathBuf]) {
        self.open_with_preloaded(paths, None);
    }

    /// Opens files, one of which may be preloaded.
    pub(crate) fn open_with_preloaded(
        &mut self,
        paths: &[PathBuf],
        mut early: Option<PreloadResult>,
    ) {
        let mut failed = Vec::new();
        for path in paths {
            let known = self.workspace.documents.iter().position(|d| {
                d.session
                    .path()
                    .is_some_and(|open| is_same_file(open, path))
            });
            if let Some(known) = known {
                self.workspace.active = known;
                self.screen.home = None;
                continue;
            }
            let ahead = early.take_if(|(opened, _)| opened == path);
            if ahead.is_none() && is_large_file(path) {
                self.workspace.queued_files.push_back(path.clone());
                continue;
            }
            let result = ahead.map_or_else(|| Session::open(path), |(_, result)| result);
            failed.extend(self.add_opened(path, result));
        }
        self.show_open_errors(&failed);
    }

    /// Adds an opened map and shows its first warning, or returns the error message.
    fn add_opened(&mut self, path: &Path, result: Result<Session, OpenError>) -> Option<String> {
        match result {
            Ok(session) => {
                if let Some(first) = session.warnings().first() {
                    let more = match session.warnings().len() - 1 {
                        0 => String::new(),
                        more => format!(" And {more} more; `touchline check` lists them."),
                    };
                    self.ui.toasts.push(sentence(&first.to_string()) + &more);
                }
                self.add_session(session);
                self.workspace.recent.add(path);
            }
            Err(error) => return Some(sentence(&error.summary())),
        }
        None
    }

    fn show_open_errors(&mut self, failed: &[String]) {
        if !failed.is_empty() {
            self.show_error("This file cannot be opened", &failed.join("\n\n"));
        }
    }

    /// Adds a map without a file, such as a sample.
    pub(crate) fn open_untitled(&mut self, map: Map) {
        self.add_session(Session::untitled(map));
    }

    fn add_session(&mut self, mut session: Session) {
        session.enable_journal(&self.workspace.journals);
        self.add_document(session);
    }

    /// Adds a session that has a journal already.
    pub(crate) fn add_document(&mut self, session: Session) {
        self.workspace.last_key += 1;
        let document = Document::new(self.workspace.last_key, session);
        self.screen.home = None;
        self.interaction.connect_from = None;
        // An unchanged untitled map is replaced. A recovered map may hold work although
        // its history is empty.
        let untouched = self.document().is_some_and(|d| {
            let steps = d.session.history();
            let none = steps.done().len() == 0 && steps.undone().len() == 0;
            d.session.path().is_none() && !d.session.is_dirty() && none && !d.session.is_saving()
        });
        if untouched && let Some(place) = self.workspace.documents.get_mut(self.workspace.active) {
            std::mem::replace(place, document).session.close();
            return;
        }
        self.workspace.documents.push(document);
        self.workspace.active = self.workspace.documents.len() - 1;
    }

    /// Saves the active map; asks for a path if it has no file.
    pub(crate) fn save(&mut self, ctx: &Context, elsewhere: bool) {
        let Some(document) = self.workspace.documents.get_mut(self.workspace.active) else {
            return;
        };
        let key = document.key;
        if elsewhere || document.session.path().is_none() {
            self.request_save_path(ctx, key);
        } else if !self.confirm_losses(key) {
            self.start_save(ctx, key, None);
        }
    }

    /// Asks for the path to save a map to.
    pub(crate) fn request_save_path(&mut self, ctx: &Context, key: u64) {
        if let Some(document) = self.workspace.documents.iter().find(|d| d.key == key) {
            let suggested = document.suggested_path();
            self.request_file(ctx, FileRequest::SaveAs(suggested), Some(key));
        }
    }
}

/// Whether a file is opened in the background.
pub(crate) fn is_large_file(path: &Path) -> bool {
    std::fs::metadata(path).is_ok_and(|file| file.len() > LARGE_FILE_BYTES)
}

fn is_same_file(a: &Path, b: &Path) -> bool {
    match (a.canonicalize(), b.canonicalize()) {
        (Ok(a), Ok(b)) => a == b,
        _ => a == b,
    }
}
