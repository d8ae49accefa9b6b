//! The choices of a PDF: its pages, their paper, and the language of its texts.
//!
//! Must not know: other formats.

use super::combo_row::combo_row;
use crate::app::modals::preferences::{preference_row, radio_group};
use crate::export::{Paper, PdfOptions, PdfPages, Tiles};
use crate::text::languages;
use egui::Ui;

/// Overlaps of neighbouring sheets in millimetres.
const OVERLAPS: [f64; 4] = [0.0, 5.0, Tiles::OVERLAP, 20.0];

/// Papers that the last choices had, for kinds of pages that are chosen again.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::app::modals::export) struct Papers {
    pub(in crate::app::modals::export) poster: Paper,
    pub(in crate::app::modals::export) sheet: Paper,
}

pub(super) fn pdf_rows(ui: &mut Ui, pdf: &mut PdfOptions, papers: &mut Papers) {
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
            optional_paper_row(ui, "Poster", poster);
            papers.poster = poster.unwrap_or(papers.poster);
            paper_row(ui, "Sheets", &mut tiles.sheet);
            papers.sheet = tiles.sheet;
            let overlaps = OVERLAPS.map(|it| (it, format!("{it} mm"), "What neighbours share."));
            preference_row(ui, "Overlap", |ui| {
                radio_group(ui, "Overlap", &mut tiles.overlap, overlaps);
            });
        }
    }
    language_row(ui, &mut pdf.language);
}

/// The language that programs read the texts aloud in.
fn language_row(ui: &mut Ui, language: &mut Option<String>) {
    let guessed = (None, "As in the texts".to_owned());
    let known = languages().into_iter();
    let known = known.map(|(tag, name)| (Some(tag.to_owned()), name.to_owned()));
    combo_row(
        ui,
        "Language",
        language,
        [guessed].into_iter().chain(known).collect(),
    );
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

/// A paper, or none for a page as large as the map.
pub(super) fn optional_paper_row(ui: &mut Ui, caption: &str, paper: &mut Option<Paper>) {
    let names = [(None, "As the map".to_owned())].into_iter();
    let names = names.chain(papers_by_name().map(|it| (Some(it), paper_words(it))));
    combo_row(ui, caption, paper, names.collect());
}

fn paper_row(ui: &mut Ui, caption: &str, paper: &mut Paper) {
    let names = papers_by_name().map(|it| (it, paper_words(it)));
    combo_row(ui, caption, paper, names.collect());
}
