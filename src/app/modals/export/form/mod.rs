//! The choices of the export dialog.
//!
//! Must not know: how a file is drawn or written.

mod combo_row;
mod drawing_rows;
mod pdf_rows;
mod slide_rows;

pub(super) use drawing_rows::PartChoice;
pub(super) use pdf_rows::Papers;

use crate::app::modals::preferences::{preference_row, radio_group};
use crate::export::{PAPER_DPI, PdfPages, Size};
use crate::model::Map;
use crate::render::{ExportFormat, ExportOptions, MapPart, View};
use crate::theme::{Density, ThemeName};
use drawing_rows::{coloring_row, handoff_row, highlight_row, lane_row, part_row, rows_row};
use egui::{Checkbox, Ui};
use pdf_rows::{optional_paper_row, pdf_rows};
use slide_rows::slide_rows;

/// Sizes of a PNG, with their words.
const PNG_SIZES: [(Size, &str, &str); 6] = [
    (Size::Fit(1.0), "1 ×", "One pixel a map unit, as at 100 %."),
    (
        Size::Fit(2.0),
        "2 ×",
        "Two pixels a map unit, for sharp screens.",
    ),
    (Size::Fit(4.0), "4 ×", "Four pixels a map unit, for print."),
    (
        Size::Width(1920.0),
        "1920 wide",
        "As wide as a common screen.",
    ),
    (
        Size::Width(3840.0),
        "3840 wide",
        "As wide as a sharp screen.",
    ),
    (
        Size::Width(7022.0),
        "7022 wide",
        "A0 across at 150 dots an inch.",
    ),
];

/// Shows the choices of a file.
pub(super) fn rows(
    ui: &mut Ui,
    map: &Map,
    options: &mut ExportOptions,
    formats: &mut [ExportFormat],
    papers: &mut Papers,
    parts: &[PartChoice],
) {
    let mut chosen = options.format.ending();
    let choices = formats
        .iter()
        .map(|it| (it.ending(), it.title(), it.purpose()));
    let choices: Vec<_> = choices.collect();
    preference_row(ui, "Format", |ui| {
        radio_group(ui, "Format", &mut chosen, choices)
    });
    if chosen != options.format.ending()
        && let Some(format) = formats.iter().find(|it| it.ending() == chosen)
    {
        options.format = format.clone();
    }
    match &mut options.format {
        ExportFormat::Svg { outlines, paper } => {
            optional_paper_row(ui, "Paper", paper);
            preference_row(ui, "Text", |ui| {
                let tip = "Looks the same without any font, but cannot be searched.";
                ui.add(Checkbox::new(outlines, "As outlines"))
                    .on_hover_text(tip);
            });
        }
        ExportFormat::Png { size } => {
            let mut paper = match size {
                Size::Paper(paper, _) => Some(*paper),
                _ => None,
            };
            optional_paper_row(ui, "Paper", &mut paper);
            match paper {
                Some(paper) => *size = Size::Paper(paper, PAPER_DPI),
                None => {
                    if matches!(size, Size::Paper(..)) {
                        *size = PNG_SIZES[1].0;
                    }
                    preference_row(ui, "Size", |ui| radio_group(ui, "Size", size, PNG_SIZES));
                }
            }
        }
        ExportFormat::Pdf(pdf) => pdf_rows(ui, pdf, papers),
        ExportFormat::Pptx(slides) => slide_rows(ui, slides),
        ExportFormat::Html { theme } => {
            preference_row(ui, "Opens in", |ui| {
                let choices = [
                    (
                        None,
                        "The reader’s theme",
                        "Light or dark, as set in the reader’s system.",
                    ),
                    (Some(ThemeName::Light), "Light", "Warm paper."),
                    (Some(ThemeName::Dark), "Dark", "Deep slate."),
                    (
                        Some(ThemeName::Projector),
                        "Projector",
                        "Plain black on white.",
                    ),
                ];
                radio_group(ui, "Opens in", theme, choices);
            });
        }
    }
    if let Some(format) = formats.iter_mut().find(|it| it.ending() == chosen) {
        format.clone_from(&options.format);
    }
    let is_page = matches!(options.format, ExportFormat::Html { .. });
    // A page is about one map.
    let compares = options.comparison.is_some() && !is_page;
    if options.view == View::Compare && !compares {
        options.view = View::Journey;
    }
    let views = View::ALL
        .into_iter()
        .chain(compares.then_some(View::Compare));
    let views = views.map(|view| (view, view.title(), view_tip(view)));
    preference_row(ui, "View", |ui| {
        radio_group(ui, "View", &mut options.view, views)
    });
    if is_page || is_handout(&options.format) || !ExportOptions::can_show_part(options.view) {
        options.part = MapPart::Whole;
    } else {
        part_row(ui, options, parts);
    }
    let has_rows = !is_handout(&options.format) && !matches!(options.format, ExportFormat::Pptx(_));
    if options.view == View::Journey && options.part == MapPart::Whole && has_rows {
        rows_row(ui, &mut options.rows);
    }
    let is_drawn = |view| options.view == view || is_page;
    let has_lanes = is_drawn(View::Journey) || is_handout(&options.format);
    let has_cards = is_drawn(View::Flow);
    if has_lanes {
        lane_row(ui, map, &mut options.render.layout.lanes);
        handoff_row(ui, &mut options.render.layout.handoffs);
    }
    if has_cards {
        coloring_row(ui, &mut options.render.coloring);
    }
    if options.view != View::Findings || is_page {
        highlight_row(ui, &mut options.render.highlight.marks);
    }
    let themes = [
        (ThemeName::Light, "Light", "Warm paper."),
        (ThemeName::Dark, "Dark", "Deep slate."),
        (
            ThemeName::Projector,
            "Projector",
            "Plain black on white, which saves ink.",
        ),
    ];
    if !is_page {
        preference_row(ui, "Theme", |ui| {
            radio_group(ui, "Theme", &mut options.render.theme, themes);
        });
    }
    let densities = [
        (
            Density::Comfortable,
            "Comfortable",
            "Everything, with space around it.",
        ),
        (
            Density::Compact,
            "Compact",
            "Names and marks close together.",
        ),
    ];
    preference_row(ui, "Density", |ui| {
        radio_group(ui, "Density", &mut options.render.layout.density, densities);
    });
}

fn is_handout(format: &ExportFormat) -> bool {
    matches!(format, ExportFormat::Pdf(pdf) if matches!(pdf.pages, PdfPages::Handout(_)))
}

fn view_tip(view: View) -> &'static str {
    match view {
        View::Journey => "The timeline with all its lanes.",
        View::Flow => "The steps with branches and loops.",
        View::Ownership => "Owners by stage, and steps without an owner.",
        View::Findings => "The findings of the checks, in columns.",
        View::Scores => "Each metric over time, and what requires attention.",
        View::Compare => "The differences from another map.",
    }
}
