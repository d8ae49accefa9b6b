//! `touchline export`: drawings of a map as SVG, PDF, PNG or PowerPoint files, and the map as an
//! HTML page.
//!
//! Must not know: windows.

use super::export_view;
use super::input::{is_standard_stream, path_parser, read_bytes, read_document};
use super::outcome::{CliError, ExitOutcome, print_error};
use super::room_pictures;
use crate::compare::Corrections;
use crate::export::{
    MAX_SIDE, PAPER_DPI, Paper, PdfOptions, PdfPages, Size, SlideContent, SlideOptions, SlideSize,
    Tiles,
};
use crate::folding::NameIndex;
use crate::format::Document;
use crate::layout::LayoutOptions;
use crate::layout::flow::CardColoring;
use crate::model::{Date, Id, LaneId, Map, Record, StageId};
use crate::render::{
    ComparedMaps, ComparisonLayout, ExportFormat, ExportOptions, ExportSource, JourneyRows,
    MapPart, RenderOptions, View,
};
use crate::room::Room;
use crate::saved_view;
use crate::scene::Marks;
use crate::session;
use crate::text::Typesetter;
use crate::theme::{Density, DepartmentPalette, ThemeName};
use clap::ValueEnum;
use clap::builder::PossibleValue;
use std::path::PathBuf;
use std::sync::Arc;

/// Export a map as SVG, PDF, PNG, HTML or PowerPoint slides
///
/// The image is the same as in the window. SVG is for the web, PDF for print; their text
/// can be selected and searched. HTML is one page with all views and the map as text, which any
/// browser opens without a network: to read, search, filter, present and print. A .pptx has an
/// overview and slides for each stage, with notes.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  touchline export bank.journey.ron -o bank.svg
  touchline export bank.journey.ron -o poster.png --width 7022      A0 across at 150 dpi
  touchline export bank.journey.ron -o poster.pdf --paper a1
  touchline export bank.journey.ron -o bank.png --rows              in the shape of a screen
  touchline export bank.journey.ron -o pains.svg --saved-view \"Pain points\"
  touchline export bank.journey.ron -o poster.pdf --paper a1 --tiles a4
  touchline export bank.journey.ron -o handout.pdf --handout a4
  touchline export bank.journey.ron -o bank.html                     to hand on
  touchline export bank.journey.ron -o bank.pptx                    editable slides
  touchline export bank.journey.ron -o bank.pptx --pictures --slide 4:3
  touchline export bank.journey.ron -o gaps.png --theme projector --highlight unowned
  touchline export bank.journey.ron -o curve.svg --lanes touchpoints,feelings
  touchline export bank.journey.ron -o overview.svg --density compact
  touchline export bank.journey.ron -o wall.png --room 2m,10m      one or more pictures
  touchline export bank.journey.ron -o handoffs.svg --handoffs
  touchline export bank.journey.ron -o flow.svg --view flow --colour feeling
  touchline export bank.journey.ron -o findings.svg --view findings
  touchline export future.journey.ron --compare bank.journey.ron -o differences.svg
  touchline export future.journey.ron --compare bank.journey.ron --side-by-side -o both.pdf
  touchline export future.journey.ron --compare bank.journey.ron --summary -o summary.pdf")]
pub(super) struct Arguments {
    /// The map; - reads standard input
    #[arg(value_parser = path_parser())]
    file: PathBuf,
    /// The new file; its ending chooses the format: .svg, .pdf, .png, .html or .pptx
    #[arg(short, long, value_name = "OUT", value_parser = path_parser())]
    output: PathBuf,
    /// The view of the map; in HTML the one in front
    #[arg(long, value_name = "VIEW", default_value = "journey")]
    view: View,
    /// The colouring of the cards in the flow view
    #[arg(long, alias = "color", value_name = "WHAT")]
    colour: Option<CardColoring>,
    /// The date of the checks and scores, for overdue actions, old evidence and recent changes
    #[arg(long, value_name = "YYYY-MM-DD")]
    today: Option<Date>,
    /// The colour theme; otherwise light, in HTML that of the reader's system
    #[arg(long, value_name = "THEME")]
    theme: Option<ThemeName>,
    /// The colours of departments without a colour of their own
    #[arg(long, value_name = "PALETTE", default_value = "warm")]
    palette: DepartmentPalette,
    /// The density of the layout
    #[arg(long, value_name = "DENSITY", default_value = "comfortable")]
    density: Density,
    /// Only these lanes, in this order, by id or title; otherwise the map's own choice
    #[arg(long, value_name = "LANES", value_delimiter = ',')]
    lanes: Option<Vec<String>>,
    /// Mark handoffs between cards, and the unavoidable steps
    #[arg(long, alias = "seams")]
    handoffs: bool,
    /// Dim everything else
    #[arg(long, value_name = "WHAT", value_delimiter = ',')]
    highlight: Vec<Marks>,
    /// Draw a saved view of the map, by id or name: its view, lanes, rows, folding, filter and highlight
    #[arg(long, value_name = "NAME", conflicts_with_all = ["view", "colour", "density", "lanes", "handoffs", "highlight", "stage", "room", "compare"])]
    saved_view: Option<String>,
    /// Draw the journey in rows: as many as make it largest on the page (fill), a number of rows such
    /// as 3, or rows of a width such as 2400px
    #[arg(long, value_name = "ROWS", value_parser = JourneyRows::parse, num_args = 0..=1, default_missing_value = "fill", conflicts_with_all = ["room", "stage", "handout", "compare"])]
    rows: Option<JourneyRows>,
    /// Width of the PNG in pixels, at most 30,000; a long journey is drawn in rows
    #[arg(long, value_name = "PX", conflicts_with = "scale", value_parser = clap::value_parser!(u32).range(16..=MAX_SIDE as i64))]
    width: Option<u32>,
    /// Scale of the PNG; 1 is 96 dpi
    #[arg(long, value_name = "S", value_parser = scale)]
    scale: Option<f64>,
    /// Paper of the PDF, SVG or PNG, which the map fills, in rows where it is long: a0 to a5, letter,
    /// legal, tabloid, ansi-b to ansi-e, or millimetres such as 1000x700; without it the page is as
    /// large as the map. A PNG has 150 pixels an inch
    #[arg(long, value_name = "SIZE", value_parser = Paper::parse, conflicts_with_all = ["width", "scale"])]
    paper: Option<Paper>,
    /// Pictures for a room, in which all text can be read from the last row: the height of the
    /// picture and the distance of the farthest seat, such as 2m,10m. Says what had to go
    #[arg(long, value_name = "HEIGHT,DISTANCE", value_parser = Room::parse, conflicts_with_all = ["scale", "paper", "tiles", "handout", "stage"])]
    room: Option<Room>,
    /// Spread the poster of the PDF over sheets of this paper, to be glued together
    #[arg(long, value_name = "SIZE", value_parser = Paper::parse, conflicts_with = "handout")]
    tiles: Option<Paper>,
    /// Width that neighbouring sheets have in common, in millimetres: 10mm unless given
    #[arg(long, value_name = "MM", value_parser = Tiles::parse_overlap, requires = "tiles")]
    overlap: Option<f64>,
    /// Make the PDF a handout on this paper: the map, a page a stage, the people, the findings and
    /// the actions
    #[arg(long, value_name = "SIZE", value_parser = Paper::parse, conflicts_with = "paper")]
    handout: Option<Paper>,
    /// Language of the texts for the PDF, such as de or pt-BR; otherwise it is guessed
    #[arg(long, value_name = "TAG", value_parser = language_tag)]
    lang: Option<String>,
    /// Draw the differences from this earlier map
    #[arg(long, value_name = "BEFORE", value_parser = path_parser(), conflicts_with_all = ["room", "stage", "handout", "handoffs", "highlight"])]
    compare: Option<PathBuf>,
    /// Draw the compared maps below each other, with their steps in the same columns
    #[arg(long, requires = "compare")]
    side_by_side: bool,
    /// Draw what a future changes as tables on a page: totals, gains and each step
    #[arg(long, requires = "compare", conflicts_with = "side_by_side")]
    summary: bool,
    /// Only this stage of the journey, by id or name
    #[arg(long, value_name = "STAGE")]
    stage: Option<String>,
    /// Make the slides of native shapes that can be edited; this is the default
    #[arg(long, conflicts_with = "pictures")]
    editable: bool,
    /// Make the slides of exact pictures instead
    #[arg(long)]
    pictures: bool,
    /// Size of the slides: 16:9, 16:10, 4:3, a4, a3, letter, or millimetres such as 320x180
    #[arg(long, value_name = "SIZE", value_parser = SlideSize::parse)]
    slide: Option<SlideSize>,
    /// Typeface of editable slides, otherwise Fira Sans; in another one texts are a little smaller, so
    /// that they fit
    #[arg(long, value_name = "NAME", conflicts_with = "pictures")]
    font: Option<String>,
    /// Draw the text of the SVG as outlines: looks the same without any font
    #[arg(long)]
    outlines: bool,
}

/// Names values on the command line: word, explanation and value.
macro_rules! words {
    ($($type:ident { $($word:literal $help:literal $value:ident)* })*) => {
        $(impl ValueEnum for $type {
            fn value_variants<'a>() -> &'a [Self] {
                &[$($type::$value),*]
            }

            fn to_possible_value(&self) -> Option<PossibleValue> {
                let words = [$(($type::$value, $word, $help)),*];
                let (_, word, help) = words.into_iter().find(|(value, ..)| value == self)?;
                let word = PossibleValue::new(word);
                Some(if help.is_empty() { word } else { word.help(help) })
            }
        })*
    };
}

words! {
    View {
        "journey" "The timeline with all its lanes" Journey
        "flow" "The steps with branches and loops" Flow
        "ownership" "Owners by stage, and steps without an owner" Ownership
        "findings" "The findings of the checks, in columns" Findings
        "scores" "Each metric over time, and what requires attention" Scores
    }
    CardColoring {
        "owner" "By owner" Owner
        "feeling" "By feeling" Feeling
        "channel" "By channel" Channel
        "evidence" "By evidence" Evidence
    }
    ThemeName {
        "light" "" Light
        "dark" "" Dark
        "projector" "" Projector
    }
    DepartmentPalette {
        "warm" "Ten colours, adjusted to each theme" Warm
        "okabe-ito" "Okabe and Ito's eight for colour-blind eyes" OkabeIto
        "bright" "Paul Tol's seven, lively" Bright
        "high-contrast" "Paul Tol's high contrast: differ in brightness too" HighContrast
    }
    Density {
        "comfortable" "Everything, with space around it" Comfortable
        "compact" "Names and marks close together, for overview; long texts end in …" Compact
    }
    Marks {
        "unowned" "No owner" UNOWNED
        "pain" "Pain points" PAIN
    }
}

fn scale(text: &str) -> Result<f64, String> {
    match text.parse::<f64>() {
        Ok(scale) if (0.05..=20.0).contains(&scale) => Ok(scale),
        _ => Err("expected a number from 0.05 to 20".to_owned()),
    }
}

pub(super) fn run(arguments: &Arguments) -> Result<ExitOutcome, CliError> {
    let today = arguments.today.unwrap_or_else(crate::settings::today);
    let format = export_format(arguments, today)?;
    if !matches!(format, ExportFormat::Html { .. }) {
        check_options(arguments)?;
    }
    let bytes = read_bytes(&arguments.file)?;
    let Document { map, warnings } = read_document(&arguments.file, &bytes)?;
    let highlight = arguments.highlight.iter();
    let highlight = highlight.fold(Marks::NONE, |all, marks| all.with(*marks));
    let options = RenderOptions {
        theme: arguments.theme.unwrap_or_default(),
        palette: arguments.palette,
        layout: LayoutOptions {
            lanes: lanes(&map, arguments.lanes.as_deref())?,
            density: arguments.density,
            handoffs: arguments.handoffs,
            ..LayoutOptions::default()
        },
        coloring: arguments.colour.unwrap_or_default(),
        highlight: highlight.into(),
        date: today,
    };
    if let Some(room) = arguments.room {
        let (output, mut typesetter) = (&arguments.output, Typesetter::new());
        return room_pictures::export(&map, &options, room, &format, output, &mut typesetter);
    }
    let comparison = comparison(arguments, &map)?;
    let (view, render, rows) = match (&arguments.saved_view, &comparison) {
        (Some(name), _) => export_view::drawn(&map, export_view::find(&map, name)?, &options),
        (None, Some(_)) => (View::Compare, options, None),
        (None, None) => (arguments.view, options, None),
    };
    let options = ExportOptions {
        view,
        comparison,
        render,
        rows: arguments.rows.or(rows),
        part: part(&map, arguments.stage.as_deref())?,
        format,
    };
    let file = &arguments.file;
    let place = (!is_standard_stream(file)).then_some(file.as_path());
    let source = ExportSource {
        map: &map,
        read: session::read_findings(&map, &warnings, place),
        today,
        saved: saved_view::drawings(&map, &options.render),
    };
    let mut typesetter = Typesetter::new();
    let path = &arguments.output;
    let note = options.write(source, &mut typesetter, path, None)?;
    if let Some(note) = note {
        print_error(&format_args!("{} is {note}", path.display()));
    }
    if let Some(message) = typesetter.take_missing_scripts() {
        print_error(&message);
    }
    Ok(ExitOutcome::Success)
}

/// Reads the map to compare with.
fn comparison(
    arguments: &Arguments,
    after: &Map,
) -> Result<Option<(Arc<ComparedMaps>, ComparisonLayout)>, CliError> {
    let Some(file) = &arguments.compare else {
        return Ok(None);
    };
    let bytes = read_bytes(file)?;
    let Document { map: before, .. } = read_document(file, &bytes)?;
    let way = if arguments.side_by_side {
        ComparisonLayout::SideBySide
    } else if arguments.summary {
        ComparisonLayout::Summary
    } else {
        ComparisonLayout::Overlaid
    };
    let [earlier, later] = [&before, after].map(|map| (map, map.header().title.as_str()));
    let maps = ComparedMaps::new(earlier, later, &Corrections::default());
    Ok(Some((Arc::new(maps), way)))
}

/// Refuses options that do not apply to the view.
fn check_options(arguments: &Arguments) -> Result<(), CliError> {
    let refuse = |sentence: &str| Err(CliError::Plain(sentence.to_owned()));
    if arguments.lanes.is_some() && arguments.view != View::Journey {
        return refuse("--lanes is for the journey; the other views have no lanes");
    }
    if arguments.compare.is_some() && arguments.view != View::Journey {
        return refuse("--compare draws the journey; leave --view out");
    }
    if arguments.handoffs && arguments.view != View::Journey {
        return refuse("--handoffs is for the journey");
    }
    if arguments.rows.is_some() && arguments.view != View::Journey {
        return refuse("--rows is for the journey; leave --view out");
    }
    if arguments.room.is_some() && arguments.view != View::Journey {
        return refuse("--room is for the journey");
    }
    if arguments.colour.is_some() && arguments.view != View::Flow {
        return refuse("--colour is for --view flow");
    }
    let is_dated = matches!(arguments.view, View::Findings | View::Scores);
    let is_dated = is_dated || arguments.handout.is_some() || is_pptx(arguments);
    if arguments.today.is_some() && !is_dated {
        return refuse(
            "--today is for --view findings and scores, --handout and the notes of slides",
        );
    }
    if arguments.stage.is_some() && !ExportOptions::can_show_part(arguments.view) {
        return refuse("--stage is for the journey; leave --view out");
    }
    if arguments.stage.is_some() && arguments.handout.is_some() {
        return refuse("a handout has every stage; leave --stage out");
    }
    if !arguments.highlight.is_empty() && arguments.view == View::Findings {
        return refuse("--highlight is for the map; on findings nothing is dimmed");
    }
    Ok(())
}

/// Returns the format given by the file extension; refuses options that do not
/// apply to it.
fn export_format(arguments: &Arguments, today: Date) -> Result<ExportFormat, CliError> {
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
fn is_pptx(arguments: &Arguments) -> bool {
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

fn language_tag(text: &str) -> Result<String, String> {
    let mut parts = text.split('-');
    let first = parts.next().is_some_and(|part| {
        (2..=3).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphabetic())
    });
    let rest = |part: &str| {
        (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric())
    };
    if first && parts.all(rest) {
        Ok(text.to_owned())
    } else {
        Err("expected a language tag such as de, en-GB or pt-BR".to_owned())
    }
}

/// Returns the requested part, which must be in the map.
fn part(map: &Map, stage: Option<&str>) -> Result<MapPart, CliError> {
    let Some(name) = stage else {
        return Ok(MapPart::Whole);
    };
    let stages = map.stages().iter();
    let by_id = stages.clone().map(|it| (it.id.as_str(), it.id.clone()));
    let by_name = stages.map(|it| (it.name(), it.id.clone()));
    let index: NameIndex<StageId> = by_id.chain(by_name).collect();
    index.get(name).cloned().map(MapPart::Stage).ok_or_else(|| {
        let known: Vec<&str> = map.stages().iter().map(|it| it.id.as_str()).collect();
        let (name, known) = (name.trim(), known.join(", "));
        CliError::Plain(format!(
            "there is no stage “{name}” in this map; it has {known}"
        ))
    })
}

/// Returns the requested lanes, all of which must be in the map.
fn lanes(map: &Map, asked: Option<&[String]>) -> Result<Option<Vec<LaneId>>, CliError> {
    let Some(asked) = asked else { return Ok(None) };
    let by_id = map
        .lanes()
        .iter()
        .map(|lane| (lane.id.as_str(), lane.id.clone()));
    let by_title = map
        .lanes()
        .iter()
        .map(|lane| (lane.title(), lane.id.clone()));
    let index: NameIndex<LaneId> = by_id.chain(by_title).collect();
    let find = |name: &String| {
        index.get(name).cloned().ok_or_else(|| {
            let known: Vec<&str> = map.lanes().iter().map(|lane| lane.id.as_str()).collect();
            let (name, known) = (name.trim(), known.join(", "));
            CliError::Plain(format!(
                "there is no lane “{name}” in this map; it has {known}"
            ))
        })
    };
    asked.iter().map(find).collect::<Result<_, _>>().map(Some)
}
