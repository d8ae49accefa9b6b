//! Imports images into maps: processed on threads, each added as one undo step.
//!
//! Must not know: how images are read or shown.

use super::Workspace;
use crate::app::document::selection::ImageTarget;
use crate::app::editing::images::{default_image_name, image_intent};
use crate::app::platform::file_dialog::FileRequest;
use crate::english::sentence;
use crate::image::check_capacity;
use crate::model::Image;
use crate::session::{self, ImageImportError, ImageSource, ImportedImage};
use crate::task::Task;
use egui::Context;
use std::path::PathBuf;

/// Image imports in progress.
#[derive(Default)]
pub struct ImageImports {
    /// Imports with the key of their document and their target.
    tasks: Vec<((u64, ImageTarget), Task<ImportResult>)>,
    /// Target of the image requested by the open file dialog.
    pub target: Option<ImageTarget>,
    /// Files dropped in this frame; the canvas knows the target.
    pub dropped: Vec<PathBuf>,
}

type ImportResult = Result<ImportedImage, ImageImportError>;

impl Workspace {
    /// Asks for image files.
    pub fn request_images(&mut self, ctx: &Context, home: ImageTarget) {
        if let Some(key) = self.document().map(|d| d.key) {
            self.image_imports.target = Some(home);
            self.request_file(ctx, FileRequest::ImportImages, Some(key));
        }
    }

    /// Imports images in the background; each is added to the map when ready.
    pub fn import_images(&mut self, ctx: &Context, home: &ImageTarget, sources: Vec<ImageSource>) {
        let Some(document) = self.document().map(|d| d.key) else {
            return;
        };
        for source in sources {
            let ctx = ctx.clone();
            let wake = move || ctx.request_repaint();
            let import = move |_: &_| session::import_image(source);
            let task = Task::spawn("image import", wake, import);
            let imports = &mut self.image_imports.tasks;
            imports.push(((document, home.clone()), task));
        }
    }

    /// Adds images imported since the last frame.
    pub fn poll_image_imports(&mut self) {
        while let Some(((key, target), result)) = Task::poll_any(&mut self.image_imports.tasks) {
            let mint = &mut self.id_generator;
            let Some(document) = self.documents.iter_mut().find(|d| d.key == key) else {
                continue;
            };
            let map = document.session.map();
            let intent = result
                .map_err(|failed| failed.to_string())
                .and_then(|result| result.map_err(|error| error.to_string()))
                .and_then(|taken| {
                    check_capacity(map, image_len(&taken)).map_err(|error| error.to_string())?;
                    let name = match taken.name.as_str() {
                        "" => default_image_name(map, &target),
                        name => name.to_owned(),
                    };
                    let image = Image {
                        id: mint.new_id(&name),
                        name,
                        data: taken.data,
                    };
                    image_intent(map, &target, image)
                        .ok_or_else(|| "the target of the picture no longer exists".to_owned())
                });
            match intent {
                Ok(intent) => match document.session.apply(&intent) {
                    Ok(_) => {
                        let done = intent.label();
                        let done = done.replacen("Add picture", "Picture added", 1);
                        let done = done.replacen("Replace picture", "Picture replaced", 1);
                        self.report(format!("{done}."));
                    }
                    Err(refusal) => self.report(sentence(&refusal.to_string())),
                },
                Err(problem) => self.report(sentence(&problem)),
            }
        }
    }
}

fn image_len(taken: &ImportedImage) -> usize {
    match &taken.data {
        crate::model::ImageData::Bytes(bytes) => bytes.len(),
        crate::model::ImageData::Unreadable(text) => text.len(),
    }
}
