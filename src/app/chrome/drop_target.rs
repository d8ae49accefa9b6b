//! Drop target for files dragged over the window.
//!
//! Must not know: how files are opened.

use crate::app::ui::style::{self, UNIT};
use crate::session;
use crate::theme::Theme;
use egui::{Area, Context, HoveredFile, Id, Label, Order, Stroke};

/// Shows that dragged files can be dropped anywhere in the window.
pub(crate) fn show_drop_target(ctx: &Context, theme: &Theme) {
    // An image is dropped on a card, so the map must stay visible.
    let is_picture = |file: &&HoveredFile| {
        let path = file.path.as_deref();
        path.is_some_and(session::has_image_extension)
    };
    let files = ctx.input(|i| {
        let files = i.raw.hovered_files.iter();
        files.filter(|file| !is_picture(file)).count()
    });
    if files == 0 {
        return;
    }
    let rect = ctx.content_rect();
    let words = match files {
        1 => "Let go to open the file",
        _ => "Let go to open the files, each as a map of its own",
    };
    Area::new(Id::unique("drop-target"))
        .order(Order::Tooltip)
        .fixed_pos(rect.min)
        .interactable(false)
        .show(ctx, |ui| {
            let painter = ui.painter();
            painter.rect_filled(rect, 0.0, style::color(theme.paper.alpha(0.86)));
            let frame = rect.shrink(5.0 * UNIT);
            let stroke = Stroke::new(2.5, style::color(theme.accent));
            style::dashed_rect(painter, frame, stroke, 2.0 * UNIT, 2.0 * UNIT);
            ui.put(rect, Label::new(style::heading(words)).selectable(false));
        });
}
