//! Work that would block the window, on a thread and one job after the other: opening
//! large files, exporting images.
//!
//! Must not know: how the progress is shown.

use super::state::{BackgroundTask, InFront, Job, TaskEnd, Workspace};
use crate::app::document::question::{Attempt, FileAnswer, Question};
use crate::app::document::{Appearance, ExportPage};
use crate::english::sentence;
use crate::export::{Size, SlideOptions};
use crate::render::{CancellableMeasure, ExportFormat, OutputFormat, export_file};
use crate::scene::Scene;
use crate::session::Session;
use crate::task::{Progress, Task};
use crate::text::{Typesetter, display_file_name};
use egui::Context;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

/// Time to wait for a task before a modal is shown, so that none flashes up.
const GRACE_PERIOD: Duration = Duration::from_millis(120);

/// Interval at which the task is polled, for its progress.
const POLL_INTERVAL: Duration = Duration::from_millis(60);

impl Workspace {
    /// Polls the background task and the saves. Without a task the next job is started,
    /// with this appearance of maps.
    pub fn poll_tasks(
        &mut self,
        ctx: &Context,
        in_front: InFront,
        appearance: Appearance,
        typesetter: &mut Typesetter,
    ) {
        if let Some(running) = &mut self.task {
            let result = if std::mem::replace(&mut running.polled, true) {
                running.task.poll()
            } else {
                running.task.poll_timeout(GRACE_PERIOD)
            };
            match result {
                None => ctx.request_repaint_after(POLL_INTERVAL),
                Some(result) => {
                    self.task = None;
                    ctx.request_repaint();
                    match result {
                        Ok(end) => end(self),
                        Err(_) => self.report_failure(
                            "The command failed",
                            "An internal error occurred. Nothing is lost; save your maps and try again.",
                        ),
                    }
                }
            }
        } else if let Some(job) = self.jobs.pop_front() {
            match job {
                Job::Open(path) => self.start_opening(path, appearance, typesetter.sibling()),
                Job::Export(key, path) => self.start_export(key, path, appearance, typesetter),
            }
            ctx.request_repaint();
        }
        self.poll_saves(ctx, in_front);
    }

    /// Starts to read, lay out and draw a file.
    fn start_opening(&mut self, path: PathBuf, appearance: Appearance, mut typesetter: Typesetter) {
        let options = appearance.render_options(Default::default());
        let description = format!("Opening {}…", display_file_name(&path));
        self.start_task(description, move |progress| {
            let mut result = Session::open(&path);
            if let Ok(session) = &mut result
                && !progress.is_cancelled()
            {
                let mut measure = CancellableMeasure::new(&mut typesetter, progress);
                session.render(&options, &mut measure);
            }
            Box::new(move |workspace| {
                let failed = workspace.add_opened(&path, result);
                workspace.show_open_errors(failed.as_slice());
            })
        });
    }

    /// Starts to draw a map into a file, with the current theme, lanes and highlight.
    fn start_export(
        &mut self,
        key: u64,
        path: PathBuf,
        appearance: Appearance,
        typesetter: &mut Typesetter,
    ) {
        let Some((document, format)) = self.document_mut(key).zip(export_format(&path)) else {
            return;
        };
        let content = match format {
            OutputFormat::Drawing(ExportFormat::Pptx(options)) => ExportContent::Slides(
                document.export_scene(appearance, typesetter),
                options,
                Box::new(document.export_page(appearance)),
            ),
            OutputFormat::Drawing(format) => {
                ExportContent::Drawing(document.export_scene(appearance, typesetter), format)
            }
            OutputFormat::Page => ExportContent::Page(Box::new(document.export_page(appearance))),
        };
        let name = display_file_name(&path);
        let description = format!("Drawing “{}” into {name}…", document.title());
        let mut typesetter = typesetter.sibling();
        self.start_task(description, move |progress| {
            let progress = Some(progress);
            let result = match content {
                ExportContent::Drawing(scene, format) => {
                    export_file(&scene, format, &mut typesetter, &path, progress)
                }
                ExportContent::Slides(scene, options, page) => {
                    let notes = page.slide_notes();
                    let format = ExportFormat::Pptx(SlideOptions { notes, ..options });
                    export_file(&scene, format, &mut typesetter, &path, progress)
                }
                ExportContent::Page(page) => {
                    let written = page.write(&mut typesetter, &path, progress);
                    written.map(|()| None)
                }
            };
            Box::new(move |workspace| match result {
                Ok(note) => {
                    if let Some(document) = workspace.document_mut(key) {
                        document.exported_to = Some(path.clone());
                    }
                    let note = note.map_or_else(String::new, |note| format!(", {note}"));
                    workspace.report(format!("Exported to {}{note}.", path.display()));
                }
                Err(error) => workspace.ask(Question {
                    document: key,
                    title: "The picture was not exported".to_owned(),
                    text: sentence(&error.to_string()),
                    choices: vec![
                        ("Try again", FileAnswer::TryAgain),
                        ("OK", FileAnswer::Dismiss),
                    ],
                    attempt: Some(Attempt::Export(path)),
                    ..Question::default()
                }),
            })
        });
    }

    fn start_task(
        &mut self,
        description: String,
        work: impl FnOnce(&Progress) -> TaskEnd + Send + 'static,
    ) {
        self.task = Some(BackgroundTask {
            description,
            task: Task::spawn("work", || (), work),
            polled: false,
        });
    }

    /// Queues the export of a map to an image file.
    pub(super) fn queue_export(&mut self, key: u64, path: PathBuf) {
        if export_format(&path).is_some() {
            self.jobs.push_front(Job::Export(key, path));
        } else {
            self.report_failure(
                "The picture was not exported",
                "Its name must end in .svg, .pdf, .png, .html or .pptx.",
            );
        }
    }
}

/// What is written by an export.
enum ExportContent {
    /// A drawing of a view.
    Drawing(Arc<Scene>, ExportFormat),
    /// Slides of a view, and the map for their notes.
    Slides(Arc<Scene>, SlideOptions, Box<ExportPage>),
    /// A page with all views.
    Page(Box<ExportPage>),
}

/// Format of an export by the extension of its file.
fn export_format(path: &Path) -> Option<OutputFormat> {
    let drawing = match path.extension()?.to_ascii_lowercase().to_str()? {
        "png" => ExportFormat::Png {
            size: Size::Fit(2.0),
        },
        "svg" => ExportFormat::Svg { outlines: false },
        "pdf" => ExportFormat::Pdf { paper: None },
        "pptx" => ExportFormat::Pptx(SlideOptions::default()),
        "html" => return Some(OutputFormat::Page),
        _ => return None,
    };
    Some(OutputFormat::Drawing(drawing))
}
