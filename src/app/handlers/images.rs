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
    pub(super) fn add_image(&mut self, ctx: &Context) {
        if let Some(target) = self.selected_target("add") {
            self.workspace.request_images(ctx, target);
        }
    }

    /// Imports a pasted image for the selection.
    pub(super) fn paste_image(&mut self, ctx: &Context, image: &ColorImage) {
        if let Some(target) = self.selected_target("paste") {
            let rgba = image.pixels.iter();
            let rgba = rgba.flat_map(|p| p.to_srgba_unmultiplied()).collect();
            let pixels = Pixels {
                width: u32::try_from(image.width()).unwrap_or(u32::MAX),
                height: u32::try_from(image.height()).unwrap_or(u32::MAX),
                rgba,
            };
            self.workspace
                .import_images(ctx, &target, [ImageSource::Pixels(pixels)]);
        }
    }

    /// Imports dropped images for the card or cell under the pointer, if the system
    /// reports one, else for the selection.
    pub(crate) fn drop_images(&mut self, ctx: &Context, under: Option<&ObjectId>) {
        let dropped = std::mem::take(&mut self.workspace.dropped_images);
        if dropped.is_empty() {
            return;
        }
        let target = under
            .and_then(|tag| ImageTarget::at_object(self.document()?.session.map(), tag))
            .or_else(|| self.selected_target("drop"));
        if let Some(target) = target {
            let sources = dropped.into_iter().map(ImageSource::File);
            self.workspace.import_images(ctx, &target, sources);
        }
    }

    /// Where an image for the selection goes; without a place a message asks for one.
    fn selected_target(&mut self, verb: &str) -> Option<ImageTarget> {
        let document = self.document();
        let target = document.and_then(|d| ImageTarget::of_selection(&d.selection));
        if target.is_none() {
            self.ui.toasts.push(format!(
                "Select a touchpoint or a persona first, then {verb} the picture."
            ));
        }
        target
    }
}
