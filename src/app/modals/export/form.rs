//! The choices of the export dialog.
//!
//! Must not know: how a file is drawn or written.

use crate::app::modals::preferences::{preference_row, radio_group};
use crate::app::ui::buttons::drop_down;
use crate::app::ui::combo_box::{ComboBox, ComboChoice};
use crate::app::ui::rows::Swatch;
use crate::app::ui::style::{self, UNIT};
use crate::export::{Paper, PdfOptions, PdfPages, Size, SlideContent, Tiles};
use crate::model::{LaneId, Map};
use crate::render::{ExportFormat, ExportOptions, MapPart, View};
use crate::theme::{Density, ThemeName};
use egui::{Checkbox, Popup, PopupCloseBehavior, Ui};

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

/// Overlaps of neighbouring sheets in millimetres.
const OVERLAPS: [f64; 4] = [0.0, 5.0, Tiles::OVERLAP, 20.0];

/// A part of the map that can be chosen.
pub(super) struct PartChoice {
    pub(super) part: MapPart,
    pub(super) name: String,
}

/// Papers that the last choices had, for kinds of pages that are chosen again.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Papers {
    pub(super) poster: Paper,
    pub(super) sheet: Paper,
}

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
        ExportFormat::Svg { outlines } => {
            preference_row(ui, "Text", |ui| {
                let tip = "Looks the same without any font, but cannot be searched.";
                ui.add(Checkbox::new(outlines, "As outlines"))
                    .on_hover_text(tip);
            });
        }
        ExportFormat::Png { size } => {
            preference_row(ui, "Size", |ui| radio_group(ui, "Size", size, PNG_SIZES));
        }
        ExportFormat::Pdf(pdf) => pdf_rows(ui, pdf, papers),
        ExportFormat::Pptx(slides) => {
            preference_row(ui, "Slides of", |ui| {
                let choices = [
                    (
                        SlideContent::Editable,
                        "Shapes",
                        "Texts, cards and arrows can be edited.",
                    ),
                    (
                        SlideContent::Pictures,
                        "Pictures",
                        "Exactly as the map; cannot be edited.",
                    ),
                ];
                radio_group(ui, "Slides of", &mut slides.content, choices);
            });
        }
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
    let views = View::ALL.map(|view| (view, view.title(), view_tip(view)));
    preference_row(ui, "View", |ui| {
        radio_group(ui, "View", &mut options.view, views)
    });
    let is_page = matches!(options.format, ExportFormat::Html { .. });
    if is_page || is_handout(&options.format) || !ExportOptions::can_show_part(options.view) {
        options.part = MapPart::Whole;
    } else {
        part_row(ui, options, parts);
    }
    if options.view == View::Journey || is_handout(&options.format) {
        lane_row(ui, map, &mut options.render.layout.lanes);
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
    }
}

fn pdf_rows(ui: &mut Ui, pdf: &mut PdfOptions, papers: &mut Papers) {
    let tiles = match pdf.pages {
        PdfPages::Tiles(_, tiles) => tiles,
        _ => Tiles {
            sheet: papers.sheet,
            overlap: Tiles::OVERLAP,
        },
    };
    let poster = match pdf.pages {
        PdfPages::Tiles(poster, _) => poster,
        _ => Some(papers.poster),
    };
    let kinds = [
        (PdfPages::Map, "As the map", "One page as large as the map."),
        (
            PdfPages::Poster(papers.poster),
            "Poster",
            "One sheet of paper that the map fills.",
        ),
        (
            PdfPages::Tiles(poster, tiles),
            "Tiles",
            "A poster over several sheets of an office printer, with crop marks and a plan.",
        ),
        (
            PdfPages::Handout(papers.sheet),
            "Handout",
            "The map, a page a stage, the people, the findings and the actions.",
        ),
    ];
    preference_row(ui, "Pages", |ui| {
        radio_group(ui, "Pages", &mut pdf.pages, kinds)
    });
    match &mut pdf.pages {
        PdfPages::Map => {}
        PdfPages::Poster(paper) => {
            paper_row(ui, "Paper", paper);
            papers.poster = *paper;
        }
        PdfPages::Handout(paper) => {
            paper_row(ui, "Paper", paper);
            papers.sheet = *paper;
        }
        PdfPages::Tiles(poster, tiles) => {
            let mut size = *poster;
            let names = [(None, "As the map".to_owned())].into_iter();
            let names = names.chain(papers_by_name().map(|it| (Some(it), paper_words(it))));
            combo_row(ui, "Poster", &mut size, names.collect());
            *poster = size;
            papers.poster = size.unwrap_or(papers.poster);
            paper_row(ui, "Sheets", &mut tiles.sheet);
            papers.sheet = tiles.sheet;
            let overlaps = OVERLAPS.map(|it| (it, format!("{it} mm"), "What neighbours share."));
            preference_row(ui, "Overlap", |ui| {
                radio_group(ui, "Overlap", &mut tiles.overlap, overlaps);
            });
        }
    }
}

fn papers_by_name() -> impl Iterator<Item = Paper> {
    // “tabloid” and “ansi-b” are one size.
    let names = Paper::names().filter(|name| *name != "ansi-b");
    names.filter_map(|name| Paper::parse(name).ok())
}

/// Name of a paper with its sides, such as “A4, 210 × 297 mm”.
fn paper_words(paper: Paper) -> String {
    let name = paper.to_string();
    let name = match name.strip_prefix("ansi-") {
        Some(size) => format!("ANSI {}", size.to_uppercase()),
        None => crate::english::capitalize(&name),
    };
    format!("{name}, {} × {} mm", paper.short, paper.long)
}

fn paper_row(ui: &mut Ui, caption: &str, paper: &mut Paper) {
    let names = papers_by_name().map(|it| (it, paper_words(it)));
    combo_row(ui, caption, paper, names.collect());
}

/// A caption with a list of values beside it.
fn combo_row<T: Clone + PartialEq>(
    ui: &mut Ui,
    caption: &str,
    now: &mut T,
    values: Vec<(T, String)>,
) {
    let current = values.iter().find(|(value, _)| value == now);
    let text = current.map_or_else(|| "Own size".to_owned(), |(_, words)| words.clone());
    preference_row(ui, caption, |ui| {
        ui.set_max_width(COMBO_WIDTH);
        let entries = || {
            let words = values
                .iter()
                .map(|(_, words)| (words.clone(), Swatch::None));
            words.collect()
        };
        let picked = ComboBox::labeled(&text).show(ui, caption, entries);
        if let Some(ComboChoice::Entry(at)) = picked
            && let Some((value, _)) = values.get(at)
        {
            *now = value.clone();
        }
    });
}

/// Width of a list of values, in points.
const COMBO_WIDTH: f32 = 60.0 * UNIT;

fn part_row(ui: &mut Ui, options: &mut ExportOptions, parts: &[PartChoice]) {
    let values = parts.iter().map(|it| (it.part.clone(), it.name.clone()));
    combo_row(ui, "Part", &mut options.part, values.collect());
}

/// The lanes that are drawn; all of them is the choice of the map.
fn lane_row(ui: &mut Ui, map: &Map, lanes: &mut Option<Vec<LaneId>>) {
    let visible = map.lanes().iter().filter(|lane| !lane.hidden);
    let usual: Vec<LaneId> = visible.map(|lane| lane.id.clone()).collect();
    let words = match lanes {
        None => "As in the map".to_owned(),
        Some(lanes) => format!("{} of {}", lanes.len(), map.lanes().len()),
    };
    preference_row(ui, "Lanes", |ui| {
        let button = drop_down(ui, &words, &format!("Lanes: {words}"));
        let popup = Popup::menu(&button).close_behavior(PopupCloseBehavior::CloseOnClickOutside);
        popup.show(|ui| {
            style::menu_list(ui, |ui| {
                for lane in map.lanes() {
                    let now = lanes.as_ref().unwrap_or(&usual);
                    let mut on = now.contains(&lane.id);
                    if ui.add(Checkbox::new(&mut on, lane.title())).clicked() {
                        let chosen = map.lanes().iter().filter(|it| {
                            if it.id == lane.id {
                                on
                            } else {
                                now.contains(&it.id)
                            }
                        });
                        let chosen: Vec<LaneId> = chosen.map(|it| it.id.clone()).collect();
                        *lanes = (chosen != usual).then_some(chosen);
                    }
                }
            });
        });
    });
}
