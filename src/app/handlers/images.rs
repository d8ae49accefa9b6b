//! Imports images into the active map: dropped, pasted or chosen.
//!
//! Must not know: how images are read or shown.

use crate::app::app::App;
use crate::app::document::selection::ImageTarget;
use crate::image::Pixels;
use crate::scene::ObjectId;
use crate::session::ImageSource;
use egui::{ColorImage, Context};

impl App {
    /// Asks for image files for the selection.
    pub(crate) fn add_image(&mut self, ctx: &Context) {
        match self
            .document()
            .and_then(|d| ImageTarget::of_selection(&d.selection))
        {
            Some(home) => self.workspace.request_images(ctx, home),
            None => self
                .ui
                .toasts
                .push("Select a touchpoint or a persona first, then add the picture."),
        }
    }

    /// Imports a pasted image for the selection.
    pub(crate) fn paste_image(&mut self, ctx: &Context, image: &ColorImage) {
        match self
            .document()
            .and_then(|d| ImageTarget::of_selection(&d.selection))
        {
            Some(home) => {
                let rgba = image.pixels.iter();
                let rgba = rgba.flat_map(|p| p.to_srgba_unmultiplied()).collect();
                let pixels = Pixels {
                    width: u32::try_from(image.width()).unwrap_or(u32::MAX),
                    height: u32::try_from(image.height()).unwrap_or(u32::MAX),
                    rgba,
                };
                self.workspace
                    .import_images(ctx, &home, vec![ImageSource::Pixels(pixels)]);
            }
            None => self
                .ui
                .toasts
                .push("Select a touchpoint or a persona first, then paste the picture."),
        }
    }

    /// Imports dropped images for the card or cell under the pointer, if the system
    /// reports one, else for the selection.
    pub(crate) fn drop_images(&mut self, ctx: &Context, under: Option<&ObjectId>) {
        let dropped = std::mem::take(&mut self.workspace.image_imports.dropped);
        if dropped.is_empty() {
            return;
        }
        let selected = self
            .document()
            .and_then(|d| ImageTarget::of_selection(&d.selection));
        match under
            .and_then(|tag| ImageTarget::at_object(self.document()?.session.map(), tag))
            .or(selected)
        {
            Some(home) => {
                let sources = dropped.into_iter().map(ImageSource::File).collect();
                self.workspace.import_images(ctx, &home, sources);
            }
            None => self
                .ui
                .toasts
                .push("Select a touchpoint or a persona first, then drop the picture."),
        }
    }
}
