//! Opens, saves and exports maps, and shows dialogs about unsaved work.
//!
//! Must not know: how maps are shown.

use super::background_task::{BackgroundTask, Job, TaskResult};
use super::closing::Lifecycle;
use super::preload::PreloadResult;
use super::{InFront, Workspace, WorkspaceEvent};
use crate::app::document::{Appearance, CloseScope, Document};
use crate::app::platform::file_dialog::{FileRequest, FileResponse};
use crate::english::sentence;
use crate::export::Size;
use crate::model::Map;
use crate::render::{CancellableMeasure, ExportFormat};
use crate::session;
use crate::session::{ImageSource, OpenError, Session};
use crate::storage::with_extension;
use crate::text::{Typesetter, display_file_name};
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

impl Workspace {
    /// Handles input since the last frame: close requests, dropped files, imported
    /// images, responses of file dialogs.
    pub fn poll_input(&mut self, ctx: &Context) {
        if ctx.input(|i| i.viewport().close_requested()) && !self.lifecycle.is_closed() {
            if self.is_writing() || self.documents.iter().any(|d| d.session.is_dirty()) {
                ctx.send_viewport_cmd(ViewportCommand::CancelClose);
                self.close(ctx, CloseScope::All);
            } else {
                self.lifecycle = Lifecycle::Closed { clean: false };
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
        self.image_imports.dropped.extend(pictures);
        self.open_all(&maps);
        self.poll_image_imports();
        if let Some(answer) = self.file_dialogs.poll() {
            match answer {
                FileResponse::NoService => {
                    if let Some(asked) = &self.pending_request {
                        let request = asked.request.clone();
                        self.events.push(WorkspaceEvent::NoFileDialog(request));
                    }
                }
                answer => self.handle_file_response(ctx, answer),
            }
        }
    }

    /// Opens a file dialog.
    pub fn request_file(&mut self, ctx: &Context, wanted: FileRequest, document: Option<u64>) {
        self.file_dialogs.request(&wanted, ctx);
        self.pending_request = Some(PendingRequest {
            request: wanted,
            document,
        });
    }

    /// Continues the operation that requested a file.
    pub fn handle_file_response(&mut self, ctx: &Context, answer: FileResponse) {
        let Some(asked) = self.pending_request.take() else {
            return;
        };
        let FileResponse::Paths(paths) = answer else {
            self.cancel_close();
            return;
        };
        match asked.request {
            FileRequest::Open => self.open_all(&paths),
            FileRequest::ImportImages => {
                if let Some(home) = self.image_imports.target.take() {
                    let sources = paths.into_iter().map(ImageSource::File).collect();
                    self.import_images(ctx, &home, sources);
                }
            }
            FileRequest::Export(_) => {
                if let (Some(path), Some(key)) = (paths.into_iter().next(), asked.document) {
                    self.queue_export(key, path);
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
    pub fn request_export_path(&mut self, ctx: &Context) {
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

    /// Queues the export of a map to an image file.
    fn queue_export(&mut self, key: u64, path: PathBuf) {
        if export_format(&path).is_some() {
            self.jobs.push_front(Job::Export(key, path));
        } else {
            self.report_failure(
                "The picture was not exported",
                "Its name must end in .svg or .png.",
            );
        }
    }

    /// Whether a task is in progress.
    pub fn is_busy(&self) -> bool {
        self.task.is_some()
    }

    /// Task in progress, if it takes more than a moment.
    pub fn running_task(&self) -> Option<&BackgroundTask> {
        self.task.as_ref().filter(|task| task.was_polled())
    }

    /// Cancels the task in progress.
    pub fn cancel_task(&mut self) {
        // A task that is dropped is cancelled.
        self.task = None;
        self.report("Cancelled.");
    }

    /// Whether files wait to be opened.
    pub fn has_jobs(&self) -> bool {
        !self.jobs.is_empty()
    }

    /// Polls the background task and the saves. Without a task the next job is started,
    /// with this appearance of maps. Returns the events since the last call.
    pub fn poll_tasks(
        &mut self,
        ctx: &Context,
        in_front: InFront,
        appearance: Appearance,
        typesetter: &mut Typesetter,
    ) -> Vec<WorkspaceEvent> {
        match self.task.as_mut().map(|task| task.poll(ctx)) {
            None => {
                if let Some(job) = self.jobs.pop_front() {
                    self.start_job(job, appearance, typesetter);
                    ctx.request_repaint();
                }
            }
            Some(None) => {}
            Some(Some(result)) => {
                self.task = None;
                ctx.request_repaint();
                match result {
                    Ok(result) => self.finish_task(result),
                    Err(_) => self.report_failure(
                        "The command failed",
                        "An internal error occurred. Nothing is lost; save your maps and try again.",
                    ),
                }
            }
        }
        self.poll_saves(ctx, in_front);
        self.take_events()
    }

    fn finish_task(&mut self, result: TaskResult) {
        match result {
            TaskResult::Exported(path, Ok(())) => {
                self.report(format!("Exported to {}.", path.display()));
            }
            TaskResult::Exported(_, Err(error)) => {
                self.report_failure("The picture was not exported", sentence(&error.to_string()))
            }
            TaskResult::Opened(path, result) => {
                let failed = self.add_opened(&path, *result);
                self.show_open_errors(&failed.into_iter().collect::<Vec<_>>());
            }
        }
    }

    fn start_job(&mut self, job: Job, appearance: Appearance, typesetter: &mut Typesetter) {
        let mut own_typesetter = typesetter.sibling();
        let name = match &job {
            Job::Open(path) | Job::Export(_, path) => display_file_name(path),
        };
        match job {
            // Reads, lays out and draws the file.
            Job::Open(path) => {
                let options = appearance.render_options(Default::default());
                let description = format!("Opening {name}…");
                self.task = Some(BackgroundTask::start(description, move |progress| {
                    let mut result = Session::open(&path);
                    if let Ok(session) = &mut result
                        && !progress.is_cancelled()
                    {
                        session.render(
                            &options,
                            &mut CancellableMeasure::new(&mut own_typesetter, progress),
                        );
                    }
                    TaskResult::Opened(path, Box::new(result))
                }));
            }
            // Draws the map with the current theme, lanes and highlight.
            Job::Export(key, path) => {
                let Some((document, format)) = self.document_mut(key).zip(export_format(&path))
                else {
                    return;
                };
                let scene = document.export_scene(appearance, typesetter);
                let description = format!("Drawing “{}” into {name}…", document.title());
                self.task = Some(BackgroundTask::start(description, move |progress| {
                    let result = crate::render::export_file(
                        &scene,
                        format,
                        &mut own_typesetter,
                        &path,
                        Some(progress),
                    );
                    TaskResult::Exported(path, result)
                }));
            }
        }
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
            let known = self.documents.iter().position(|d| {
                d.session
                    .path()
                    .is_some_and(|open| is_same_file(open, path))
            });
            if let Some(known) = known {
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
    fn add_opened(&mut self, path: &Path, result: Result<Session, OpenError>) -> Option<String> {
        match result {
            Ok(session) => {
                if let Some(first) = session.warnings().first() {
                    let more = match session.warnings().len() - 1 {
                        0 => String::new(),
                        more => format!(" And {more} more; `touchline check` lists them."),
                    };
                    self.report(sentence(&first.to_string()) + &more);
                }
                self.add_session(session);
                self.recent.add(path);
            }
            Err(error) => return Some(sentence(&error.summary())),
        }
        None
    }

    fn show_open_errors(&mut self, failed: &[String]) {
        if !failed.is_empty() {
            self.report_failure("This file cannot be opened", failed.join("\n\n"));
        }
    }

    /// Adds a map without a file, such as a sample.
    pub fn open_untitled(&mut self, map: Map) {
        self.add_session(Session::untitled(map));
    }

    fn add_session(&mut self, mut session: Session) {
        session.enable_journal(&self.journals);
        self.add_document(session);
    }

    /// Adds a session that has a journal already.
    pub fn add_document(&mut self, session: Session) {
        self.last_key += 1;
        let document = Document::new(self.last_key, session);
        self.events.push(WorkspaceEvent::Opened);
        // An unchanged untitled map is replaced. A recovered map may hold work although
        // its history is empty.
        let untouched = self.document().is_some_and(|d| {
            let steps = d.session.history();
            let none = steps.done().len() == 0 && steps.undone().len() == 0;
            d.session.path().is_none() && !d.session.is_dirty() && none && !d.session.is_saving()
        });
        if untouched && let Some(place) = self.documents.get_mut(self.active) {
            std::mem::replace(place, document).session.close();
            return;
        }
        self.documents.push(document);
        self.active = self.documents.len() - 1;
    }

    /// Saves the active map; asks for a path if it has no file.
    pub fn save(&mut self, ctx: &Context, elsewhere: bool) {
        let Some(document) = self.documents.get_mut(self.active) else {
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
    pub fn request_save_path(&mut self, ctx: &Context, key: u64) {
        if let Some(document) = self.documents.iter().find(|d| d.key == key) {
            let suggested = document.suggested_path();
            self.request_file(ctx, FileRequest::SaveAs(suggested), Some(key));
        }
    }
}

/// Format of an export by the extension of its file.
fn export_format(path: &Path) -> Option<ExportFormat> {
    let extension = path.extension()?;
    if extension.eq_ignore_ascii_case("png") {
        let size = Size::Scale(2.0);
        Some(ExportFormat::Png { size })
    } else if extension.eq_ignore_ascii_case("svg") {
        Some(ExportFormat::Svg { outlines: false })
    } else {
        None
    }
}

/// Whether a file is opened in the background.
pub fn is_large_file(path: &Path) -> bool {
    std::fs::metadata(path).is_ok_and(|file| file.len() > LARGE_FILE_BYTES)
}

fn is_same_file(a: &Path, b: &Path) -> bool {
    match (a.canonicalize(), b.canonicalize()) {
        (Ok(a), Ok(b)) => a == b,
        _ => a == b,
    }
}
