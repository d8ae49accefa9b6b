//! The export dialog: choices for a file with a live preview of its pages.
//!
//! Must not know: how a file is written, printed or copied.

mod form;
mod preview;
mod remembered;

use super::dialog::{Choice, Dialog};
use crate::app::document::selection::Selection;
use crate::app::document::{Appearance, Document};
use crate::app::ui::style::{self, UNIT};
use crate::english::capitalize;
use crate::model::ObjectRef;
use crate::render::{ExportFormat, ExportOptions, JourneyRows, MapPart};
use crate::settings::{ExportChoices, today};
use crate::text::Typesetter;
use egui::{Align, Context, Label, Layout, Response, Ui, Vec2, vec2};
use form::{Papers, PartChoice};
use preview::{Preview, Source};
use std::sync::Arc;

/// Width of the choices with their captions beside them, in points.
const WIDE_FORM: f32 = 480.0;
/// Width of the choices with their captions above them, in points.
const NARROW_FORM: f32 = 300.0;
/// Width of a window in which the preview is beside the choices, in points.
const BESIDE: f32 = 680.0;
/// Height of a dialog without choices and preview, in points.
const FRAME_HEIGHT: f32 = 190.0;

/// Width of the dialog and height of its content on large screens, in points.
const MAX_SIZE: Vec2 = vec2(1_500.0, 820.0);

/// The open export dialog.
pub struct ExportDialog {
    /// Key of the map.
    pub document: u64,
    options: ExportOptions,
    formats: Vec<ExportFormat>,
    papers: Papers,
    parts: Vec<PartChoice>,
    source: Arc<Source>,
    preview: Preview,
}

/// Answer of the export dialog.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExportAnswer {
    /// Choose a file and write it.
    Export,
    /// Open the PDF in the viewer of the system, to print it there.
    Print,
    /// Nothing.
    Cancel,
}

impl ExportDialog {
    /// Creates the dialog for a map as it is seen; with `prints`, for a PDF.
    pub fn new(
        document: &mut Document,
        appearance: Appearance,
        choices: &ExportChoices,
        prints: bool,
        typesetter: &Typesetter,
    ) -> ExportDialog {
        let papers = remembered::papers(choices);
        let mut formats = remembered::formats(choices, papers);
        for format in &mut formats {
            if let ExportFormat::Pdf(pdf) = format {
                pdf.date = Some(today());
            }
        }
        let ending = if prints { "pdf" } else { &choices.format };
        let format = formats.iter().find(|format| format.ending() == ending);
        let format = format.or(formats.first()).cloned();
        let mut options = ExportOptions {
            comparison: document.exported_comparison(),
            view: document.view,
            render: document.render_options(appearance),
            rows: None,
            part: MapPart::Whole,
            format: format.unwrap_or(ExportFormat::Svg {
                outlines: false,
                paper: None,
            }),
        };
        let rows = options.render.layout.rows.take();
        options.rows = rows.map(|rows| JourneyRows::Width(rows.width));
        options.render.theme = choices.theme.unwrap_or(options.render.theme);
        let source = Arc::new(Source {
            map: document.session.map().clone(),
            read: document.session.read_findings(),
            today: today(),
        });
        ExportDialog {
            document: document.key,
            options,
            formats,
            papers,
            parts: parts(document),
            preview: Preview::new(source.clone(), typesetter.sibling()),
            source,
        }
    }

    /// The choices for the file.
    pub fn options(&self) -> &ExportOptions {
        &self.options
    }

    /// Keeps the choices for the next use; a theme only if it is not that of the window.
    pub fn remember(&self, choices: &mut ExportChoices, appearance: Appearance) {
        let ending = self.options.format.ending();
        remembered::remember(choices, ending, &self.formats, self.papers);
        let theme = self.options.render.theme;
        choices.theme = (theme != appearance.theme).then_some(theme);
    }

    /// Shows the dialog and returns the answer once there is one.
    pub fn show(&mut self, ctx: &Context) -> Option<ExportAnswer> {
        let room = ctx.content_rect().size();
        let size = self.preview.size(&self.options);
        let can_export = !matches!(size, Some(Err(_)));
        let mut buttons = vec![
            Choice::primary("Export…", ExportAnswer::Export).enabled(can_export),
            Choice::new("Cancel", ExportAnswer::Cancel),
        ];
        if matches!(self.options.format, ExportFormat::Pdf(_)) {
            let tip = "Opens the PDF in the viewer of the system, which prints it.";
            let print = Choice::new("Print", ExportAnswer::Print);
            buttons.insert(1, print.enabled(can_export).tip(tip));
        }
        let dialog = Dialog {
            name: "export",
            title: "Export",
            width: (room.x - 60.0).min(MAX_SIZE.x),
            choices: &buttons,
            dismissed: ExportAnswer::Cancel,
        };
        dialog.show(ctx, |ui| {
            self.body(ui, (room.y - FRAME_HEIGHT).min(MAX_SIZE.y))
        })
    }

    fn body(&mut self, ui: &mut Ui, height: f32) -> Option<Response> {
        let width = ui.available_width();
        let height = height.max(140.0);
        if width < BESIDE {
            style::scroll_list(height).show(ui, |ui| {
                self.form(ui);
                let width = ui.available_width();
                self.show_preview(ui, width, (width * 0.6).min(height));
            });
            return None;
        }
        let form = if width > 1_000.0 {
            WIDE_FORM
        } else {
            NARROW_FORM
        };
        ui.horizontal_top(|ui| {
            let below = Layout::top_down(Align::Min);
            ui.allocate_ui_with_layout(vec2(form, height), below, |ui| {
                ui.set_width(form);
                style::scroll_list(height)
                    .id_salt("choices")
                    .show(ui, |ui| self.form(ui));
            });
            ui.add_space(2.0 * UNIT);
            ui.vertical(|ui| {
                let width = ui.available_width();
                self.show_preview(ui, width, height);
            });
        });
        None
    }

    fn form(&mut self, ui: &mut Ui) {
        // Leaves room for focus frames.
        egui::Frame::new().inner_margin(2).show(ui, |ui| {
            form::rows(
                ui,
                &self.source.map,
                &mut self.options,
                &mut self.formats,
                &mut self.papers,
                &self.parts,
            );
        });
    }

    fn show_preview(&mut self, ui: &mut Ui, width: f32, height: f32) {
        let below = 7.0 * UNIT;
        self.preview.show(ui, &self.options, width, height - below);
        let words = match self.preview.size(&self.options) {
            None => "…",
            Some(Ok(size)) => size,
            Some(Err(_)) => "",
        };
        ui.add(Label::new(style::weak_text(words)).wrap());
    }
}

/// The whole map, the selection, and each stage.
fn parts(document: &Document) -> Vec<PartChoice> {
    let map = document.session.map();
    let mut parts = vec![MapPart::Whole];
    match &document.selection {
        Selection::One(ObjectRef::Touchpoint(id)) => {
            parts.push(MapPart::Touchpoints(vec![id.clone()]));
        }
        Selection::Touchpoints(ids) => parts.push(MapPart::Touchpoints(ids.clone())),
        _ => {}
    }
    parts.extend(
        map.stages()
            .iter()
            .map(|stage| MapPart::Stage(stage.id.clone())),
    );
    let name = |part: &MapPart| match part {
        MapPart::Touchpoints(_) => format!("Selection, {}", part.in_words(map)),
        part => capitalize(&part.in_words(map)),
    };
    parts
        .into_iter()
        .map(|part| PartChoice {
            name: name(&part),
            part,
        })
        .collect()
}
