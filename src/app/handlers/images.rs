//! Imports images into the active map: dropped, pasted or chosen.
//!
//! Must not know: how images are read or shown.

use crate::app::app::App;
use crate::app::editing::images::image_target;
use crate::image::Pixels;
use crate::model::ObjectRef;
use crate::scene::ObjectId;
use crate::session::ImageSource;
use egui::{ColorImage, Context};

impl App {
    /// Asks for image files for the selection.
    pub(crate) fn add_image(&mut self, ctx: &Context) {
        if let Some(home) = self.image_target(None, "add") {
            self.workspace.request_images(ctx, home);
        }
    }

    /// Imports a pasted image for the selection.
    pub(crate) fn paste_image(&mut self, ctx: &Context, image: &ColorImage) {
        if let Some(home) = self.image_target(None, "paste") {
            let rgba = image.pixels.iter();
            let rgba = rgba.flat_map(|p| p.to_srgba_unmultiplied()).collect();
            let pixels = Pixels {
                width: u32::try_from(image.width()).unwrap_or(u32::MAX),
                height: u32::try_from(image.height()).unwrap_or(u32::MAX),
                rgba,
            };
            let sources = vec![ImageSource::Pixels(pixels)];
            self.workspace.import_images(ctx, &home, sources);
        }
    }

    /// Imports dropped images for the card or cell under the pointer, if the system
    /// reports one, else for the selection.
    pub(crate) fn drop_images(&mut self, ctx: &Context, under: Option<&ObjectId>) {
        let dropped = std::mem::take(&mut self.workspace.image_imports.dropped);
        if dropped.is_empty() {
            return;
        }
        if let Some(home) = self.image_target(under.and_then(ObjectId::object), "drop") {
            let sources = dropped.into_iter().map(ImageSource::File).collect();
            self.workspace.import_images(ctx, &home, sources);
        }
    }

    /// The target of images for the object under the pointer or else for the selection;
    /// a message if there is none.
    fn image_target(&mut self, under: Option<&ObjectRef>, verb: &str) -> Option<ObjectRef> {
        let target = self.document().and_then(|document| {
            let map = document.session.map();
            let under = under.filter(|object| !matches!(object, ObjectRef::Persona(_)));
            let under = under.and_then(|object| image_target(map, object));
            under.or_else(|| image_target(map, document.selection.object()?))
        });
        if target.is_none() {
            let text = format!("Select a touchpoint or a persona first, then {verb} the picture.");
            self.ui.toasts.push(text);
        }
        target
    }
}
