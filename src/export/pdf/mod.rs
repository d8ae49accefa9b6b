//! PDF: vector, with text that can be selected, searched and read aloud, an outline, links and
//! metadata, on a page of the map's size, on a sheet of paper or on several.
//!
//! Must not know: the model's records, layout.

mod lines;
mod marks;
mod page;
mod paint;
mod painter;
mod sheet;
mod tags;
mod tiles;

use super::paper::{Paper, PdfPages};
use super::{ExportError, exported_items};
use crate::scene::{GroupKey, ObjectId, Scene, Shape};
use crate::text::{Typesetter, language};
use jiff::civil::Date;
use krilla::configure::{Accessibility, Archival, Configuration, ConfigurationBuilder};
use krilla::error::KrillaError;
use krilla::metadata::{DateTime, Metadata};
use krilla::{Document, SerializeSettings};
use page::PageWriter;
use painter::Assets;
use rustc_hash::FxHashMap;
use sheet::{Sheet, title};
use std::io::Write;
use tags::{Part, Tags};

/// Properties of a PDF beside its drawings.
#[derive(Clone, Debug, PartialEq)]
pub struct PdfOptions {
    /// The pages.
    pub pages: PdfPages,
    /// Language of the texts as a BCP 47 tag; without it that of the texts is guessed.
    pub language: Option<String>,
    /// Day on which the file is made; without it the file cannot be PDF/A.
    pub date: Option<Date>,
}

impl From<PdfPages> for PdfOptions {
    fn from(pages: PdfPages) -> PdfOptions {
        PdfOptions {
            pages,
            language: None,
            date: None,
        }
    }
}

/// The result of writing a PDF.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PdfReport {
    /// Number of pages.
    pub pages: usize,
    /// Number of rows of the first drawing.
    pub rows: usize,
    /// Standards that the file meets.
    pub standards: PdfStandards,
}

/// Standards that a PDF meets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PdfStandards {
    /// PDF/UA-1 (ISO 14289-1) and PDF/A-2a (ISO 19005-2).
    AccessibleArchival,
    /// PDF/UA-1.
    Accessible,
    /// None of these: a character has no glyph in any font, or a font forbids it.
    Plain,
}

impl PdfStandards {
    const ALL: [PdfStandards; 3] = [
        PdfStandards::AccessibleArchival,
        PdfStandards::Accessible,
        PdfStandards::Plain,
    ];

    fn configuration(self) -> Configuration {
        let builder = ConfigurationBuilder::new();
        let builder = match self {
            PdfStandards::AccessibleArchival => builder
                .with_archival_validator(Archival::A2_A)
                .with_accessibility_validator(Accessibility::UA1),
            PdfStandards::Accessible => builder.with_accessibility_validator(Accessibility::UA1),
            PdfStandards::Plain => builder,
        };
        builder.finish().unwrap_or_default()
    }
}

/// Writes drawings as a PDF with the strictest standards that its texts allow.
///
/// # Errors
///
/// [`ExportError::Write`] if writing to the sink fails, [`ExportError::Pdf`] if no PDF can be made,
/// [`ExportError::NoSize`] if the paper is smaller than its margins, and
/// [`ExportError::NoRoomOnSheet`] and [`ExportError::TooManySheets`] for impossible tiles.
pub fn pdf(
    scenes: &[Scene],
    options: &PdfOptions,
    typesetter: &mut Typesetter,
    sink: &mut dyn Write,
) -> Result<PdfReport, ExportError> {
    let sheets = sheets(scenes, options.pages, typesetter)?;
    let mut failed = None;
    for standards in PdfStandards::ALL {
        if standards == PdfStandards::AccessibleArchival && options.date.is_none() {
            continue;
        }
        // Failing attempts cost time, so that a cancellation is noticed between them.
        sink.flush()?;
        match document(&sheets, standards, options, typesetter) {
            Ok(bytes) => {
                sink.write_all(&bytes)?;
                return Ok(PdfReport {
                    pages: sheets.len(),
                    rows: sheets.first().map_or(0, |sheet| sheet.rows),
                    standards,
                });
            }
            Err(error @ KrillaError::Validation(_)) => failed = Some(error),
            Err(error) => return Err(ExportError::Pdf(error.to_string())),
        }
    }
    let reason = failed.map(|error| error.to_string()).unwrap_or_default();
    Err(ExportError::Pdf(reason))
}

/// The pages of a PDF as drawings of their own, for a preview, and their sizes in millimetres.
///
/// # Errors
///
/// As [`pdf`].
pub fn pdf_page_scenes(
    scenes: &[Scene],
    pages: PdfPages,
    typesetter: &mut Typesetter,
) -> Result<Vec<PageScene>, ExportError> {
    let sheets = sheets(scenes, pages, typesetter)?;
    let page = |sheet: &Sheet<'_>| PageScene {
        scene: sheet.page_scene(),
        millimetres: (
            sheet.page.0 / super::paper::MILLIMETRE,
            sheet.page.1 / super::paper::MILLIMETRE,
        ),
    };
    Ok(sheets.iter().map(page).collect())
}

/// A page of a PDF as a drawing of its own.
#[derive(Clone, Debug)]
pub struct PageScene {
    /// The drawing of the whole page.
    pub scene: Scene,
    /// Width and height of the page.
    pub millimetres: (f64, f64),
}

fn sheets<'a>(
    scenes: &'a [Scene],
    pages: PdfPages,
    typesetter: &mut Typesetter,
) -> Result<Vec<Sheet<'a>>, ExportError> {
    let first = scenes.first().ok_or(ExportError::NoSize)?;
    let whole = |paper| match paper {
        Some(paper) => Sheet::on_paper(first, paper),
        None => Ok(Sheet::natural(first)),
    };
    match pages {
        PdfPages::Map => Ok(vec![whole(None)?]),
        PdfPages::Poster(paper) => Ok(vec![whole(Some(paper))?]),
        PdfPages::Tiles(poster, tiles) => tiles::spread(&whole(poster)?, tiles, typesetter),
        PdfPages::Handout(paper) => {
            let count = scenes.len();
            let sheets = scenes.iter().enumerate().map(|(at, scene)| {
                let mut sheet = Sheet::on_paper(scene, paper)?;
                sheet.number((at + 1, count), title(first), typesetter);
                Ok(sheet)
            });
            sheets.collect()
        }
    }
}

fn document(
    sheets: &[Sheet<'_>],
    standards: PdfStandards,
    options: &PdfOptions,
    typesetter: &mut Typesetter,
) -> Result<Vec<u8>, KrillaError> {
    let settings = SerializeSettings {
        configuration: standards.configuration(),
        ..SerializeSettings::default()
    };
    let first = sheets.first().map(|sheet| &*sheet.scene);
    let is_handout = matches!(options.pages, PdfPages::Handout(_));
    let mut document = Document::new_with(settings);
    let mut tags = Tags::default();
    let mut assets = Assets::default();
    let targets = if is_handout {
        stage_pages(sheets)
    } else {
        FxHashMap::default()
    };
    let is_tiled = matches!(options.pages, PdfPages::Tiles(..));
    for (page, sheet) in sheets.iter().enumerate() {
        let name = match sheet.scene.title.trim() {
            _ if is_tiled && page == 0 => "Plan of the sheets",
            "" => title(&sheet.scene),
            name => name,
        };
        // The sheets of a poster are one part after their plan.
        let part = if is_tiled { page.min(1) } else { page };
        if part == page {
            tags.begin_part(name, sheet.has_title(), &sheet.scene);
        }
        if is_handout || (is_tiled && page == 0) {
            tags.list_page(name, page);
        }
        let part = Part {
            page,
            part,
            lists_stages: !is_handout,
        };
        let mut writer = PageWriter {
            tags: &mut tags,
            targets: &targets,
            part,
        };
        writer.write(sheet, &mut document, &mut assets, typesetter);
    }
    let language = options.language.clone();
    let language = language.unwrap_or_else(|| guessed_language(first).to_owned());
    let mut metadata = Metadata::new()
        .title(first.map_or("", title).to_owned())
        .description(first.map_or("", |scene| &scene.description).to_owned())
        .keywords(vec!["customer journey map".to_owned()])
        .language(language)
        .creator("Touchline".to_owned());
    if let Some(date) = options.date {
        let year = u16::try_from(date.year()).unwrap_or_default();
        let day = DateTime::new(year).month(date.month().unsigned_abs());
        metadata = metadata.creation_date(day.day(date.day().unsigned_abs()));
    }
    document.set_metadata(metadata);
    document.set_outline(tags.outline());
    document.set_tag_tree(tags.tree());
    document.finish()
}

/// A drawing on a page of this paper, as a drawing of its own: turned and as large as it fits.
///
/// # Errors
///
/// [`ExportError::NoSize`] if the paper is smaller than its margins.
pub fn paper_scene(scene: &Scene, paper: Paper) -> Result<Scene, ExportError> {
    Ok(Sheet::on_paper(scene, paper)?.page_scene())
}

/// The page of each stage that has one of its own.
fn stage_pages(sheets: &[Sheet<'_>]) -> FxHashMap<ObjectId, usize> {
    let mut pages = FxHashMap::default();
    for (at, sheet) in sheets.iter().enumerate().skip(1) {
        let groups = sheet.scene.groups.iter();
        let objects = groups.flat_map(|group| &group.content.objects);
        let mut stages: Vec<&ObjectId> = objects.map(|object| &object.id).collect();
        stages.retain(|id| id.is_stage());
        stages.dedup();
        if let Some(stage) = stages.first() {
            pages.entry((*stage).clone()).or_insert(at);
        }
    }
    pages
}

/// Length in bytes of the text of which the language is guessed.
const SAMPLE: usize = 4_000;

/// The language of most texts, or English, in which the program writes its own.
fn guessed_language(scene: Option<&Scene>) -> &'static str {
    let mut sample = String::new();
    let groups = scene.into_iter().flat_map(|scene| &scene.groups);
    // The usual titles of lanes are those of the program.
    let groups = groups.filter(|group| !matches!(group.key, GroupKey::LaneTitle(_)));
    for item in groups.flat_map(|group| exported_items(group, 1.0)) {
        match &item.shape {
            // Texts of the map, not those of the program.
            Shape::Text(line) if line.text_field.is_some() => {
                sample.push_str(&line.text);
                sample.push(' ');
            }
            _ => {}
        }
        if sample.len() > SAMPLE {
            break;
        }
    }
    language(&sample).unwrap_or("en")
}
