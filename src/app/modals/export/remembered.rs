//! The choices of the export dialog between its uses.
//!
//! Must not know: widgets, where preferences are kept.

use super::form::Papers;
use crate::export::{PAPER_DPI, Paper, PdfPages, Size, SlideContent, SlideSize, Tiles};
use crate::render::ExportFormat;
use crate::settings::ExportChoices;

/// Every format with the options that were chosen last.
pub(super) fn formats(choices: &ExportChoices, papers: Papers) -> Vec<ExportFormat> {
    let mut formats = ExportFormat::all();
    let picture_paper = Paper::parse(&choices.picture_paper).ok();
    for format in &mut formats {
        match format {
            ExportFormat::Svg { outlines, paper } => {
                *outlines = choices.outlines;
                *paper = picture_paper;
            }
            // A reader's theme is the usual choice each time.
            ExportFormat::Html { .. } => {}
            ExportFormat::Pptx(slides) => {
                if choices.slide_pictures {
                    slides.content = SlideContent::Pictures;
                }
                slides.size = SlideSize::parse(&choices.slide).unwrap_or_default();
                let font = &choices.slide_font;
                slides.font = (!font.is_empty()).then(|| font.clone());
            }
            ExportFormat::Png { size } => {
                *size = match (picture_paper, choices.png_width, choices.png_scale) {
                    (Some(paper), ..) => Size::Paper(paper, PAPER_DPI),
                    (None, 0, 0) => *size,
                    (None, 0, percent) => Size::Fit(f64::from(percent) / 100.0),
                    (None, width, _) => Size::Width(f64::from(width)),
                };
            }
            ExportFormat::Pdf(pdf) => {
                let overlap = f64::from(choices.overlap.unwrap_or(Tiles::OVERLAP as u8));
                let tiles = Tiles {
                    sheet: papers.sheet,
                    overlap: overlap.min(Tiles::MAX_OVERLAP),
                };
                let poster = (choices.paper != MAP).then_some(papers.poster);
                pdf.pages = match choices.pages.as_str() {
                    "poster" => PdfPages::Poster(papers.poster),
                    "tiles" => PdfPages::Tiles(poster, tiles),
                    "handout" => PdfPages::Handout(papers.sheet),
                    _ => PdfPages::Map,
                };
            }
        }
    }
    formats
}

/// The word for a poster as large as the map.
const MAP: &str = "map";

/// The papers that were chosen last.
pub(super) fn papers(choices: &ExportChoices) -> Papers {
    let paper = |name: &str, usual: &str| Paper::parse(name).or_else(|_| Paper::parse(usual));
    Papers {
        poster: paper(&choices.paper, "a1").unwrap_or(Paper::A4),
        sheet: paper(&choices.sheet, "a4").unwrap_or(Paper::A4),
    }
}

/// Keeps the options of all formats, of which the one with this ending is chosen.
pub(super) fn remember(
    choices: &mut ExportChoices,
    ending: &str,
    formats: &[ExportFormat],
    papers: Papers,
) {
    ending.clone_into(&mut choices.format);
    choices.paper = papers.poster.to_string();
    choices.sheet = papers.sheet.to_string();
    // Both kinds of pictures are asked for the paper; the last answer counts.
    let picture = formats.iter().find(|it| it.ending() == ending);
    choices.picture_paper = match picture {
        Some(ExportFormat::Svg { paper, .. }) => paper.map(|it| it.to_string()),
        Some(ExportFormat::Png { size }) => match size {
            Size::Paper(paper, _) => Some(paper.to_string()),
            _ => None,
        },
        _ => Some(std::mem::take(&mut choices.picture_paper)),
    }
    .unwrap_or_default();
    for format in formats {
        match format {
            ExportFormat::Svg { outlines, .. } => choices.outlines = *outlines,
            ExportFormat::Html { .. } => {}
            ExportFormat::Pptx(slides) => {
                choices.slide_pictures = slides.content == SlideContent::Pictures;
                choices.slide = slides.size.to_string();
                choices.slide_font = slides.font.clone().unwrap_or_default();
            }
            ExportFormat::Png { size } => {
                (choices.png_width, choices.png_scale) = match size {
                    // The size without paper is kept.
                    Size::Paper(..) => (choices.png_width, choices.png_scale),
                    Size::Width(width) => (*width as u32, 0),
                    Size::Fit(scale) | Size::Scale(scale) => (0, (scale * 100.0) as u32),
                };
            }
            ExportFormat::Pdf(pdf) => {
                choices.pages = match pdf.pages {
                    PdfPages::Map => MAP,
                    PdfPages::Poster(_) => "poster",
                    PdfPages::Tiles(..) => "tiles",
                    PdfPages::Handout(_) => "handout",
                }
                .to_owned();
                if let PdfPages::Tiles(poster, tiles) = pdf.pages {
                    choices.overlap = Some(tiles.overlap as u8);
                    if poster.is_none() {
                        MAP.clone_into(&mut choices.paper);
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::SlideOptions;

    #[test]
    fn choices_are_the_same_when_they_are_remembered() {
        let papers = Papers {
            poster: Paper::parse("ansi-e").unwrap(),
            sheet: Paper::parse("letter").unwrap(),
        };
        let tiles = Tiles {
            sheet: papers.sheet,
            overlap: 5.0,
        };
        let slides = SlideOptions {
            content: SlideContent::Pictures,
            size: SlideSize::parse("4:3").unwrap(),
            font: Some("Verdana".to_owned()),
            ..SlideOptions::default()
        };
        for pages in [
            PdfPages::Map,
            PdfPages::Poster(papers.poster),
            PdfPages::Tiles(Some(papers.poster), tiles),
            PdfPages::Handout(papers.sheet),
        ] {
            for size in [Size::Fit(4.0), Size::Width(1920.0)] {
                let chosen = [
                    ExportFormat::Svg {
                        outlines: true,
                        paper: None,
                    },
                    ExportFormat::Pdf(pages.into()),
                    ExportFormat::Png { size },
                    ExportFormat::Pptx(slides.clone()),
                ];
                let mut choices = ExportChoices::default();
                remember(&mut choices, "pdf", &chosen, papers);
                assert_eq!(super::papers(&choices), papers);
                let again = formats(&choices, papers);
                assert!(
                    chosen.iter().all(|format| again.contains(format)),
                    "{again:?}"
                );
            }
        }
    }
}
