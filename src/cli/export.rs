//! `touchline export`: drawings of a map as SVG or PNG files.
//!
//! Must not know: windows.

use super::{CliError, ExitOutcome, read_bytes, read_document};
use crate::export::Size;
use crate::graph::Graph;
use crate::insight;
use crate::layout::{self, flow};
use crate::model::{Date, Id, LaneId, Map, Record};
use crate::render::{self, ExportFormat, RenderOptions};
use crate::scene::Marks;
use crate::text::Typesetter;
use crate::theme::{self, DepartmentPalette, ThemeName};
use std::path::{Path, PathBuf};

/// Export a map as SVG or PNG
///
/// The image is the same as in the window. SVG is for print and the web; its text
/// can be selected and searched.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  touchline export bank.journey.ron -o bank.svg
  touchline export bank.journey.ron -o poster.png --width 7022      A0 across at 150 dpi
  touchline export bank.journey.ron -o gaps.png --theme projector --highlight unowned
  touchline export bank.journey.ron -o curve.svg --lanes touchpoints,feelings
  touchline export bank.journey.ron -o overview.svg --density compact
  touchline export bank.journey.ron -o handoffs.svg --handoffs
  touchline export bank.journey.ron -o flow.svg --view flow --colour feeling
  touchline export bank.journey.ron -o findings.svg --view findings")]
pub(super) struct Arguments {
    /// The map; - reads standard input
    file: PathBuf,
    /// The image file; its ending chooses the format: .svg or .png
    #[arg(short, long, value_name = "OUT")]
    output: PathBuf,
    /// The view of the map
    #[arg(long, value_name = "VIEW", default_value = "journey")]
    view: ViewArg,
    /// The colouring of the cards in the flow view
    #[arg(long, alias = "color", value_name = "WHAT")]
    colour: Option<ColoringArg>,
    /// The date of the checks, for overdue actions and old evidence
    #[arg(long, value_name = "YYYY-MM-DD")]
    today: Option<Date>,
    /// The colour theme
    #[arg(long, value_name = "THEME", default_value = "light")]
    theme: ThemeArg,
    /// The colours of departments without a colour of their own
    #[arg(long, value_name = "PALETTE", default_value = "warm")]
    palette: PaletteArg,
    /// The density of the layout
    #[arg(long, value_name = "DENSITY", default_value = "comfortable")]
    density: DensityArg,
    /// Only these lanes, in this order, by id; otherwise the map's own choice
    #[arg(long, value_name = "LANES", value_delimiter = ',')]
    lanes: Option<Vec<String>>,
    /// Mark handoffs between cards, and the steps that every customer passes
    #[arg(long, alias = "seams")]
    handoffs: bool,
    /// Dim everything else
    #[arg(long, value_name = "WHAT", value_delimiter = ',')]
    highlight: Vec<HighlightArg>,
    /// Width of the PNG, in pixels
    #[arg(long, value_name = "PX", conflicts_with = "scale", value_parser = clap::value_parser!(u32).range(16..=65_536))]
    width: Option<u32>,
    /// Scale of the PNG; 1 is 96 dpi
    #[arg(long, value_name = "S", value_parser = scale)]
    scale: Option<f64>,
    /// Draw the text of the SVG as outlines: looks the same without any font
    #[arg(long)]
    outlines: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum ViewArg {
    /// The timeline with all its lanes
    Journey,
    /// The steps with branches and loops
    Flow,
    /// Owners by stage, and unowned steps
    Ownership,
    /// The findings of the checks, in columns
    Findings,
}

#[derive(Clone, Copy, Debug, clap::ValueEnum)]
enum ColoringArg {
    /// By owner
    Owner,
    /// By feeling
    Feeling,
    /// By channel
    Channel,
    /// By evidence
    Evidence,
}

#[derive(Clone, Copy, Debug, clap::ValueEnum)]
enum ThemeArg {
    Light,
    Dark,
    Projector,
}

#[derive(Clone, Copy, Debug, clap::ValueEnum)]
enum PaletteArg {
    /// Ten colours, adjusted to each theme
    Warm,
    /// Okabe and Ito's eight for colour-blind eyes
    OkabeIto,
    /// Paul Tol's seven, lively
    Bright,
    /// Paul Tol's high contrast: differ in brightness too
    HighContrast,
}

#[derive(Clone, Copy, Debug, clap::ValueEnum)]
enum DensityArg {
    /// Everything, with space around it
    Comfortable,
    /// Names and marks close together, for overview; long texts end in …
    Compact,
}

#[derive(Clone, Copy, Debug, clap::ValueEnum)]
enum HighlightArg {
    /// Unowned steps
    Unowned,
    /// Pain points
    Pain,
}

fn scale(text: &str) -> Result<f64, String> {
    match text.parse::<f64>() {
        Ok(scale) if (0.05..=20.0).contains(&scale) => Ok(scale),
        _ => Err("expected a number from 0.05 to 20".to_owned()),
    }
}

/// The input of an export.
#[derive(Debug)]
struct ExportJob<'a> {
    map: &'a Map,
    view: render::View,
    options: RenderOptions,
    today: Date,
    format: ExportFormat,
    output: &'a Path,
}

pub(super) fn run(arguments: &Arguments) -> Result<ExitOutcome, CliError> {
    let paper = export_format(arguments)?;
    check_options(arguments)?;
    let bytes = read_bytes(&arguments.file)?;
    let document = read_document(&arguments.file, &bytes)?;
    let lit = arguments
        .highlight
        .iter()
        .fold(Marks::NONE, |lit, highlight| {
            lit.with(match highlight {
                HighlightArg::Unowned => Marks::UNOWNED,
                HighlightArg::Pain => Marks::PAIN,
            })
        });
    export_view(&ExportJob {
        map: &document.map,
        view: match arguments.view {
            ViewArg::Journey => render::View::Journey,
            ViewArg::Flow => render::View::Flow,
            ViewArg::Ownership => render::View::Ownership,
            ViewArg::Findings => render::View::Findings,
        },
        options: RenderOptions {
            theme: match arguments.theme {
                ThemeArg::Light => ThemeName::Light,
                ThemeArg::Dark => ThemeName::Dark,
                ThemeArg::Projector => ThemeName::Projector,
            },
            palette: match arguments.palette {
                PaletteArg::Warm => DepartmentPalette::Warm,
                PaletteArg::OkabeIto => DepartmentPalette::OkabeIto,
                PaletteArg::Bright => DepartmentPalette::Bright,
                PaletteArg::HighContrast => DepartmentPalette::HighContrast,
            },
            layout: layout::LayoutOptions {
                lanes: lanes(&document.map, arguments.lanes.as_deref())?,
                density: match arguments.density {
                    DensityArg::Comfortable => theme::Density::Comfortable,
                    DensityArg::Compact => theme::Density::Compact,
                },
                handoffs: arguments.handoffs,
                ..layout::LayoutOptions::default()
            },
            coloring: match arguments.colour {
                None | Some(ColoringArg::Owner) => flow::CardColoring::Owner,
                Some(ColoringArg::Feeling) => flow::CardColoring::Feeling,
                Some(ColoringArg::Channel) => flow::CardColoring::Channel,
                Some(ColoringArg::Evidence) => flow::CardColoring::Evidence,
            },
            highlight: lit.into(),
        },
        today: arguments.today.unwrap_or_else(crate::settings::today),
        format: paper,
        output: &arguments.output,
    })?;
    Ok(ExitOutcome::Success)
}

/// Refuses options that do not apply to the view.
fn check_options(arguments: &Arguments) -> Result<(), CliError> {
    let refuse = |sentence: &str| Err(CliError::Plain(sentence.to_owned()));
    if arguments.lanes.is_some() && arguments.view != ViewArg::Journey {
        return refuse("--lanes is for the journey; the other views have no lanes");
    }
    if arguments.handoffs && arguments.view != ViewArg::Journey {
        return refuse("--handoffs is for the journey");
    }
    if arguments.colour.is_some() && arguments.view != ViewArg::Flow {
        return refuse("--colour is for --view flow");
    }
    if arguments.today.is_some() && arguments.view != ViewArg::Findings {
        return refuse("--today is for --view findings");
    }
    if !arguments.highlight.is_empty() && arguments.view == ViewArg::Findings {
        return refuse("--highlight is for the map; on findings nothing is dimmed");
    }
    Ok(())
}

/// Returns the format given by the file extension; refuses options that do not
/// apply to it.
fn export_format(arguments: &Arguments) -> Result<ExportFormat, CliError> {
    let refuse = |sentence: &str| Err(CliError::Plain(sentence.to_owned()));
    let ending = arguments.output.extension().unwrap_or_default();
    if ending.eq_ignore_ascii_case("svg") {
        if arguments.width.is_some() || arguments.scale.is_some() {
            return refuse("--width and --scale are for PNG; an SVG has no pixels");
        }
        return Ok(ExportFormat::Svg {
            outlines: arguments.outlines,
        });
    }
    if ending.eq_ignore_ascii_case("png") {
        if arguments.outlines {
            return refuse("--outlines is for SVG; a PNG has no fonts");
        }
        let size = match (arguments.width, arguments.scale) {
            (Some(width), _) => Size::Width(f64::from(width)),
            (None, scale) => Size::Scale(scale.unwrap_or(1.0)),
        };
        return Ok(ExportFormat::Png { size });
    }
    refuse("the picture must end in .svg or .png")
}

/// Returns the requested lanes, all of which must be in the map.
fn lanes(map: &Map, asked: Option<&[String]>) -> Result<Option<Vec<LaneId>>, CliError> {
    let Some(asked) = asked else { return Ok(None) };
    let ids: Vec<LaneId> = asked
        .iter()
        .map(|name| LaneId::from_text(name.trim()))
        .collect();
    match ids.iter().find(|id| !map.lanes().contains(id)) {
        None => Ok(Some(ids)),
        Some(id) => {
            let known: Vec<&str> = map.lanes().iter().map(|lane| lane.id().as_str()).collect();
            Err(CliError::Plain(format!(
                "there is no lane “{id}” in this map; it has {}",
                known.join(", ")
            )))
        }
    }
}

/// Lays out, draws and writes the map.
fn export_view(order: &ExportJob<'_>) -> Result<(), CliError> {
    let mut typesetter = Typesetter::new();
    let (map, options) = (order.map, &order.options);
    let scene =
        render::render_view(map, order.view, options, &mut typesetter).unwrap_or_else(|| {
            let found = insight::findings(map, &Graph::of(map), order.today);
            render::render_findings(map, (&found, order.today), options, &mut typesetter)
        });
    render::export_file(&scene, order.format, &mut typesetter, order.output)?;
    Ok(())
}
