//! Export, print, and copies for other programs.
//!
//! Must not know: how files and pictures are drawn, contents of the dialog.

use crate::app::app::App;
use crate::app::document::Document;
use crate::app::document::copied_content::CopiedContent;
use crate::app::document::selection::Selection;
use crate::app::input::KeyQueue;
use crate::app::modals::Modal;
use crate::app::modals::export::{ExportAnswer, ExportDialog};
use crate::insight;
use crate::model::ObjectRef;
use crate::render::{ExportFormat, ExportOptions, MapPart, View};
use crate::settings::today;
use egui::Context;

/// Format of a drawing in the clipboard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum CopyFormat {
    Picture,
    Svg,
}

impl App {
    /// Opens the export dialog; with `prints`, for a PDF.
    pub(super) fn show_export(&mut self, prints: bool) {
        let appearance = self.appearance();
        let choices = &self.settings.preferences.export;
        let typesetter = &self.ui.typesetter;
        if let Some(document) = self.workspace.front_mut() {
            let dialog = ExportDialog::new(document, appearance, choices, prints, typesetter);
            self.modals.modal = Some(Modal::Export(Box::new(dialog)));
        }
    }

    /// Carries out the answer of the export dialog.
    pub(super) fn answer_export(
        &mut self,
        ctx: &Context,
        dialog: &ExportDialog,
        answer: ExportAnswer,
    ) {
        let appearance = self.appearance();
        dialog.remember(&mut self.settings.preferences.export, appearance);
        let (key, options) = (dialog.document, dialog.options().clone());
        match answer {
            ExportAnswer::Export => self.workspace.request_export_path(ctx, key, options),
            ExportAnswer::Print => self.workspace.queue_print(key, options),
            ExportAnswer::Cancel => {}
        }
    }

    /// Draws the selection or the whole map for the clipboard.
    pub(super) fn copy_as(&mut self, format: CopyFormat) {
        let appearance = self.appearance();
        let Some(document) = self.workspace.front_mut() else {
            return;
        };
        let part = match document.view {
            // A part of two maps cannot be cut out.
            View::Compare => MapPart::Whole,
            _ => selected_part(document),
        };
        let options = ExportOptions {
            comparison: document.exported_comparison(),
            view: match part {
                MapPart::Whole => document.view,
                _ => View::Journey,
            },
            render: document.render_options(appearance),
            rows: None,
            part,
            format: ExportFormat::Svg {
                outlines: false,
                paper: None,
            },
        };
        let (key, typesetter) = (document.key, &self.ui.typesetter);
        match format {
            CopyFormat::Picture => self.workspace.copy_picture(key, options, typesetter),
            CopyFormat::Svg => self.workspace.copy_svg(key, options, typesetter),
        }
    }

    /// Puts what was drawn into the clipboard.
    pub(super) fn finish_copy(&mut self, ctx: &Context, content: CopiedContent) {
        let what = match content {
            CopiedContent::Picture(image, what) => {
                let failed = KeyQueue::with(ctx, |queue| queue.copy_image(ctx, &image).err());
                if let Some(message) = failed {
                    return self.ui.toasts.push(message);
                }
                format!("{what} as a picture")
            }
            CopiedContent::Svg(text, what) => {
                ctx.copy_text(text);
                format!("{what} as SVG")
            }
        };
        self.ui.toasts.push(format!("Copied {what}."));
    }

    /// Copies the selection as an outline, or the whole map as its report.
    pub(super) fn copy_text(&mut self, ctx: &Context) {
        let Some(document) = self.workspace.front_mut() else {
            return;
        };
        let compared = (document.view == View::Compare)
            .then(|| document.compared())
            .flatten();
        let part = selected_part(document);
        let (text, what) = match part {
            _ if compared.is_some() => {
                let text = compared.map(|maps| maps.to_markdown()).unwrap_or_default();
                (text, "the list of differences".to_owned())
            }
            MapPart::Whole => {
                let (graph, found) = (document.session.graph(), document.session.findings(today()));
                let map = document.session.map();
                let text = insight::narrative(map, &graph, &found, today());
                (text, "the report of the map".to_owned())
            }
            part => {
                let map = document.session.map();
                let text = insight::outline(map, |touchpoint| part.contains(map, touchpoint));
                (text, format!("an outline of {}", part.in_words(map)))
            }
        };
        ctx.copy_text(text);
        self.ui.toasts.push(format!("Copied {what}."));
    }
}

/// The selected part of the map; the whole map if no stage or touchpoint is selected.
fn selected_part(document: &Document) -> MapPart {
    match &document.selection {
        Selection::One(ObjectRef::Stage(id)) => MapPart::Stage(id.clone()),
        selection if selection.touchpoints().is_empty() => MapPart::Whole,
        selection => MapPart::Touchpoints(selection.touchpoints().to_vec()),
    }
}
