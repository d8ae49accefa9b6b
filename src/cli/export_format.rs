//! The format of `touchline export`, given by the ending of the new file, and which options it takes.
//!
//! Must not know: maps, windows.

use super::export_arguments::Arguments;
use super::outcome::CliError;
use super::room_pictures;
use crate::export::{PAPER_DPI, PdfOptions, PdfPages, Size, SlideContent, SlideOptions, Tiles};
use crate::model::Date;
use crate::render::ExportFormat;

/// Returns the format given by the file extension; refuses options that do not
/// apply to it.
pub(super) fn export_format(arguments: &Arguments, today: Date) -> Result<ExportFormat, CliError> {
    let refuse = |sentence: &str| Err(CliError::Plain(sentence.to_owned()));
    let ending = arguments.output.extension().unwrap_or_default();
    let is_pptx = is_pptx(arguments);
    let has_slides = arguments.editable || arguments.pictures || arguments.font.is_some();
    if !is_pptx && (has_slides || arguments.slide.is_some()) {
        return refuse(
            "--editable, --pictures, --slide and --font are for PowerPoint, a name that ends in .pptx",
        );
    }
    if is_pptx {
        return slides(arguments);
    }
    let is_pdf = ending.eq_ignore_ascii_case("pdf");
    let pdf_only = [
        (arguments.tiles.is_some(), "--tiles"),
        (arguments.handout.is_some(), "--handout"),
        (arguments.lang.is_some(), "--lang"),
    ];
    if let Some((_, option)) = pdf_only.iter().find(|(given, _)| *given && !is_pdf) {
        return refuse(&format!("{option} is for PDF; end the file in .pdf"));
    }
    if ending.eq_ignore_ascii_case("html") {
        if arguments.compare.is_some() {
            return refuse("--compare is for drawings; a page is about one map");
        }
        if arguments.room.is_some() {
            return refuse("--room is for pictures; an HTML page fits every screen");
        }
        if arguments.width.is_some() || arguments.scale.is_some() {
            return refuse("--width and --scale are for PNG; a page fits every screen");
        }
        if arguments.paper.is_some() {
            return refuse("--paper is for PDF, SVG and PNG; a page fits every screen");
        }
        if arguments.outlines {
            return refuse("--outlines is for SVG; a page embeds its fonts");
        }
        if arguments.stage.is_some() {
            return refuse("--stage is for drawings; a page has the whole map");
        }
        return Ok(ExportFormat::Html {
            theme: arguments.theme,
        });
    }
    if is_pdf {
        if arguments.width.is_some() || arguments.scale.is_some() {
            return refuse("--width and --scale are for PNG; a PDF has a --paper");
        }
        if arguments.outlines {
            return refuse("--outlines is for SVG; a PDF embeds its fonts");
        }
        return Ok(ExportFormat::Pdf(PdfOptions {
            pages: pdf_pages(arguments),
            language: arguments.lang.clone(),
            date: Some(today),
        }));
    }
    if ending.eq_ignore_ascii_case("svg") {
        if arguments.width.is_some() || arguments.scale.is_some() {
            return refuse("--width and --scale are for PNG; an SVG has no pixels");
        }
        let outlines = arguments.outlines;
        let paper = arguments.paper;
        return Ok(ExportFormat::Svg { outlines, paper });
    }
    if ending.eq_ignore_ascii_case("png") {
        if arguments.outlines {
            return refuse("--outlines is for SVG; a PNG has no fonts");
        }
        let size = match (arguments.width, arguments.scale) {
            (Some(width), _) => Size::Width(f64::from(width)),
            (None, Some(scale)) => Size::Scale(scale),
            (None, None) if arguments.room.is_some() => Size::Width(room_pictures::WIDTH),
            (None, None) => arguments
                .paper
                .map_or(Size::Fit(1.0), |paper| Size::Paper(paper, PAPER_DPI)),
        };
        return Ok(ExportFormat::Png { size });
    }
    let endings = ExportFormat::endings_in_words();
    refuse(&format!("the name of the file must end in {endings}"))
}

/// Whether the file is a presentation.
pub(super) fn is_pptx(arguments: &Arguments) -> bool {
    let ending = arguments.output.extension().unwrap_or_default();
    ending.eq_ignore_ascii_case("pptx")
}

/// Returns the options of slides; refuses options that do not apply to them.
fn slides(arguments: &Arguments) -> Result<ExportFormat, CliError> {
    let refuse = |sentence: &str| Err(CliError::Plain(sentence.to_owned()));
    if arguments.width.is_some() || arguments.scale.is_some() {
        return refuse("--width and --scale are for PNG; slides have a size with --slide");
    }
    if arguments.outlines {
        return refuse("--outlines is for SVG; the texts of slides can be edited");
    }
    if arguments.paper.is_some() || arguments.tiles.is_some() || arguments.handout.is_some() {
        return refuse(
            "--paper, --tiles and --handout are for PDF; slides have a size with --slide",
        );
    }
    if arguments.rows.is_some() {
        return refuse("--rows is for drawings; slides have a page for each stage");
    }
    let content = match arguments.pictures {
        true => SlideContent::Pictures,
        false => SlideContent::Editable,
    };
    Ok(ExportFormat::Pptx(SlideOptions {
        content,
        size: arguments.slide.unwrap_or_default(),
        font: arguments.font.clone(),
        ..SlideOptions::default()
    }))
}

fn pdf_pages(arguments: &Arguments) -> PdfPages {
    let overlap = arguments.overlap.unwrap_or(Tiles::OVERLAP);
    match (arguments.handout, arguments.tiles, arguments.paper) {
        (Some(paper), ..) => PdfPages::Handout(paper),
        (None, Some(sheet), poster) => PdfPages::Tiles(poster, Tiles { sheet, overlap }),
        (None, None, Some(paper)) => PdfPages::Poster(paper),
        (None, None, None) => PdfPages::Map,
    }
}
