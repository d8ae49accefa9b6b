//! Imports images into maps: processed on threads, each added as one undo step.
//!
//! Must not know: how images are read or shown.

use super::state::Workspace;
use crate::app::editing::images::{default_image_name, image_intent};
use crate::app::platform::file_dialog::FileRequest;
use crate::app::platform::spawn_task;
use crate::english::sentence;
use crate::image::check_capacity;
use crate::model::{Image, ImageData, ObjectRef};
use crate::session::{self, IdGenerator, ImageSource, ImportedImage, Session};
use crate::task::Task;
use egui::Context;

impl Workspace {
    /// Asks for image files.
    pub fn request_images(&mut self, ctx: &Context, home: ObjectRef) {
        self.request_file(
            ctx,
            FileRequest::ImportImages,
            move |workspace, ctx, paths| {
                let sources = paths.into_iter().map(ImageSource::File);
                workspace.import_images(ctx, &home, sources);
            },
        );
    }

    /// Imports images in the background; each is added to the map when ready.
    pub fn import_images(
        &mut self,
        ctx: &Context,
        home: &ObjectRef,
        sources: impl IntoIterator<Item = ImageSource>,
    ) {
        let Some(document) = self.front().map(|d| d.key) else {
            return;
        };
        for source in sources {
            let task = spawn_task(ctx, "image import", |_| session::import_image(source));
            self.image_imports.push(((document, home.clone()), task));
        }
    }

    /// Adds images imported since the last frame.
    pub(super) fn poll_image_imports(&mut self) {
        while let Some(((key, target), result)) = Task::poll_any(&mut self.image_imports) {
            let Some(document) = self.documents.iter_mut().find(|d| d.key == key) else {
                continue;
            };
            let ids = &mut self.id_generator;
            let done = result
                .map_err(|failed| failed.to_string())
                .and_then(|result| result.map_err(|error| error.to_string()))
                .and_then(|image| add_image(&mut document.session, &target, image, ids));
            self.report(sentence(&done.unwrap_or_else(|problem| problem)));
        }
    }
}

/// Adds an image to its target as one step. Returns what was done, or the reason why not.
fn add_image(
    session: &mut Session,
    target: &ObjectRef,
    imported: ImportedImage,
    ids: &mut IdGenerator,
) -> Result<String, String> {
    let map = session.map();
    let size = match &imported.data {
        ImageData::Bytes(bytes) => bytes.len(),
        ImageData::Unreadable(text) => text.len(),
    };
    check_capacity(map, size).map_err(|error| error.to_string())?;
    let name = match imported.name.as_str() {
        "" => default_image_name(map, target),
        name => name.to_owned(),
    };
    let image = Image {
        id: ids.new_id(&name),
        name,
        data: imported.data,
    };
    let intent =
        image_intent(map, target, image).ok_or("the target of the picture no longer exists")?;
    let applied = session.apply(&intent);
    applied.map_err(|refusal| refusal.to_string())?;
    let done = intent.label();
    let done = done.replacen("Add picture", "Picture added", 1);
    Ok(done.replacen("Replace picture", "Picture replaced", 1))
}
