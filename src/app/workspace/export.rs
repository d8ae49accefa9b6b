//! Exports and prints maps.
//!
//! Must not know: how the choices for a file are made.

use super::state::{Job, Workspace, WorkspaceEvent};
use crate::app::document::copied_content::CopiedContent;
use crate::app::document::question::{Attempt, FileAnswer, Question};
use crate::app::platform::file_dialog::FileRequest;
use crate::english::sentence;
use crate::export::ExportError;
use crate::insight::Finding;
use crate::model::Map;
use crate::render::{
    CancellableMeasure, ExportFileError, ExportFormat, ExportOptions, ExportSource, export_bytes,
};
use crate::saved_view;
use crate::scene::Scene;
use crate::settings::today;
use crate::task::Progress;
use crate::text::{Typesetter, display_file_name};
use egui::{ColorImage, Context};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Pixels per map unit of a copied picture: sharp on slides.
const COPY_SCALE: f64 = 2.0;
/// Maximum side of a copied picture in pixels; programs refuse much larger ones.
const MAX_COPY_SIDE: f64 = 6_000.0;

/// The content of the clipboard, for its words.
type Copied = Box<dyn FnOnce(String) -> CopiedContent + Send>;

/// A map to be drawn on a thread.
struct Drawing {
    map: Map,
    read: Vec<Finding>,
    options: ExportOptions,
    typesetter: Typesetter,
}

impl Drawing {
    /// Draws the map; returns the typesetter too.
    fn scenes(mut self, progress: &Progress) -> Result<(Vec<Scene>, Typesetter), ExportFileError> {
        let source = ExportSource {
            map: &self.map,
            read: self.read,
            today: today(),
            saved: Vec::new(),
        };
        let mut measure = CancellableMeasure::new(&mut self.typesetter, progress);
        let scenes = self.options.draw(source, &mut measure)?;
        Ok((scenes, self.typesetter))
    }

    /// Draws the map into a file; returns how it differs from what was asked for, in words.
    fn write(mut self, path: &Path, progress: &Progress) -> Result<String, ExportFileError> {
        let source = ExportSource {
            map: &self.map,
            read: self.read,
            today: today(),
            saved: saved_view::drawings(&self.map, &self.options.render),
        };
        let options = &self.options;
        let note = options.write(source, &mut self.typesetter, path, Some(progress))?;
        Ok(note.map_or_else(String::new, |note| format!(", {note}")))
    }
}

impl Workspace {
    /// Asks for the file of an export.
    pub fn request_export_path(&mut self, ctx: &Context, key: u64, options: ExportOptions) {
        let Some(document) = self.document(key) else {
            return;
        };
        let suggested = document.suggested_export_path(options.format.ending());
        let request = FileRequest::Export(suggested);
        self.request_file(ctx, request, move |workspace, _, paths| {
            if let Some(path) = paths.into_iter().next() {
                workspace.queue_export(key, path, options);
            }
        });
    }

    /// Queues an export. The ending of the file decides about its format; without one it is the
    /// chosen format.
    pub(super) fn queue_export(&mut self, key: u64, path: PathBuf, mut options: ExportOptions) {
        let title = "The map was not exported";
        let path = match path.extension() {
            Some(_) => path,
            None => path.with_extension(options.format.ending()),
        };
        let Some(format) = ExportFormat::of_path(&path) else {
            let endings = ExportFormat::endings_in_words();
            return self.report_failure(title, format!("Its name must end in {endings}."));
        };
        if format.ending() != options.format.ending() {
            options.format = format;
        }
        self.jobs
            .push_front(Job::Export(key, path, Box::new(options)));
    }

    /// Queues a PDF that is opened in the viewer of the system.
    pub fn queue_print(&mut self, key: u64, options: ExportOptions) {
        self.jobs.push_front(Job::Print(key, Box::new(options)));
    }

    /// Starts to draw a map into a file.
    pub(super) fn start_export(
        &mut self,
        key: u64,
        path: PathBuf,
        options: Box<ExportOptions>,
        typesetter: &Typesetter,
    ) {
        let Some((title, draw)) = self.drawing(key, (*options).clone(), typesetter) else {
            return;
        };
        let name = display_file_name(&path);
        let description = format!("Drawing “{title}” into {name}…");
        self.start_task(description, move |progress| {
            let result = draw.write(&path, progress);
            Box::new(move |workspace| match result {
                Ok(note) => {
                    if let Some(document) = workspace.document_mut(key) {
                        document.exported_to = Some(path.clone());
                    }
                    workspace.report(format!("Exported to {}{note}.", path.display()));
                }
                Err(error) => workspace.ask(Question {
                    document: key,
                    title: "The map was not exported".to_owned(),
                    text: sentence(&error.to_string()),
                    choices: vec![
                        ("Try again", FileAnswer::TryAgain),
                        ("OK", FileAnswer::Dismiss),
                    ],
                    attempt: Some(Attempt::Export(path, options)),
                    ..Question::default()
                }),
            })
        });
    }

    /// Starts to make a PDF that the viewer of the system opens.
    pub(super) fn start_print(
        &mut self,
        key: u64,
        options: ExportOptions,
        typesetter: &Typesetter,
    ) {
        let name = self.document(key).map(|document| {
            let path = document.suggested_export_path("pdf");
            path.file_name().unwrap_or_default().to_owned()
        });
        let drawing = self.drawing(key, options, typesetter);
        let Some((name, (title, draw))) = name.zip(drawing) else {
            return;
        };
        let open = self.file_dialogs.opener();
        self.start_task(format!("Preparing “{title}” for print…"), move |progress| {
            // The viewer reads the file for as long as it is open; the system clears the folder.
            let folder = tempfile::Builder::new().prefix("touchline-").tempdir();
            let path = folder.map(|folder| folder.keep().join(name));
            let result = match path {
                Ok(path) => match draw.write(&path, progress) {
                    Ok(_) => Ok((open(&path), path)),
                    Err(error) => Err(error.to_string()),
                },
                Err(error) => Err(error.to_string()),
            };
            Box::new(move |workspace| match result {
                Ok((Ok(()), _)) => {
                    workspace.report("The PDF is open in the viewer of the system. Print it there.");
                }
                Ok((Err(error), path)) => workspace.report_failure(
                    "The PDF was not opened",
                    format!(
                        "No program for PDF files answered ({error}). Open {} yourself, or export \
                         the map to a file.",
                        path.display()
                    ),
                ),
                Err(error) => {
                    workspace.report_failure("The PDF was not made", sentence(&error));
                }
            })
        });
    }

    /// Starts to draw a part of a map as a picture for the clipboard.
    pub fn copy_picture(&mut self, key: u64, options: ExportOptions, typesetter: &Typesetter) {
        self.start_copy(key, options, typesetter, |scene, typesetter, _| {
            let side = scene.width.max(scene.height).max(1.0);
            let scale = COPY_SCALE.min(MAX_COPY_SIDE / side);
            let pixels = crate::export::pixels(scene, scale, scale as f32, typesetter)?;
            let size = [pixels.width as usize, pixels.height as usize];
            let image = ColorImage::from_rgba_unmultiplied(size, &pixels.rgba);
            Ok(Box::new(|what| {
                CopiedContent::Picture(Arc::new(image), what)
            }))
        });
    }

    /// Starts to draw a part of a map as SVG for the clipboard.
    pub fn copy_svg(&mut self, key: u64, options: ExportOptions, typesetter: &Typesetter) {
        self.start_copy(key, options, typesetter, |scene, typesetter, progress| {
            let format = ExportFormat::Svg {
                outlines: false,
                paper: None,
            };
            let scenes = std::slice::from_ref(scene);
            let (bytes, _) = export_bytes(scenes, &format, typesetter, Some(progress))?;
            let text = String::from_utf8_lossy(&bytes).into_owned();
            Ok(Box::new(|what| CopiedContent::Svg(text, what)))
        });
    }

    fn start_copy(
        &mut self,
        key: u64,
        options: ExportOptions,
        typesetter: &Typesetter,
        copy: impl FnOnce(&Scene, &mut Typesetter, &Progress) -> Result<Copied, ExportFileError>
        + Send
        + 'static,
    ) {
        // A copy that is still being drawn is replaced by this one.
        let Some(document) = self.document(key) else {
            return;
        };
        let what = options.part.in_words(document.session.map());
        let Some((_, draw)) = self.drawing(key, options, typesetter) else {
            return;
        };
        self.start_task("Drawing the copy…".to_owned(), move |progress| {
            let mut drawn = None;
            let result = draw.scenes(progress).and_then(|(scenes, mut typesetter)| {
                let scene = scenes.first().ok_or(ExportError::NoSize)?;
                drawn = Some(copy(scene, &mut typesetter, progress)?(what));
                Ok(())
            });
            Box::new(move |workspace| match result {
                Ok(()) => workspace.events.extend(drawn.map(WorkspaceEvent::Copied)),
                Err(error) => {
                    let why = sentence(&error.to_string());
                    workspace.report(format!("Nothing was copied. {why}"));
                }
            })
        });
    }

    /// The title of a map, and the work that draws it.
    fn drawing(
        &self,
        key: u64,
        options: ExportOptions,
        typesetter: &Typesetter,
    ) -> Option<(String, Drawing)> {
        let document = self.document(key)?;
        let drawing = Drawing {
            map: document.session.map().clone(),
            read: document.session.read_findings(),
            options,
            typesetter: typesetter.sibling(),
        };
        Some((document.title().to_owned(), drawing))
    }
}

#[cfg(test)]
mod tests {
    use crate::app::document::Document;
    use crate::model::Map;
    use crate::session::Session;
    use std::path::Path;

    #[test]
    fn pictures_are_named_after_the_file_or_the_title() {
        let picture = |document: &Document| document.suggested_export_path("svg");
        let untitled = Session::untitled(Map::with_title("Opening an account"));
        let untitled = Document::new(1, untitled);
        assert_eq!(picture(&untitled), Path::new("opening-an-account.svg"));
        let folder = tempfile::tempdir().unwrap();
        for (name, expected) in [
            ("a.journey.ron", "a.svg"),
            ("plan v1.2.ron", "plan v1.2.svg"),
        ] {
            let path = folder.path().join(name);
            crate::storage::write(&path, b"(title: \"T\")").unwrap();
            let opened = Document::new(2, Session::open(&path).unwrap());
            assert_eq!(picture(&opened), folder.path().join(expected));
        }
    }
}
