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

/// Make a picture of a map: SVG or PNG
///
/// The picture is the one in the window. SVG is for print and the web; its text
/// can be selected and found.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  touchline export bank.journey.ron -o bank.svg
  touchline export bank.journey.ron -o poster.png --width 7022      A0 across at 150 dpi
  touchline export bank.journey.ron -o gaps.png --theme projector --highlight unowned
  touchline export bank.journey.ron -o curve.svg --lanes touchpoints,feelings
  touchline export bank.journey.ron -o overview.svg --density compact
  touchline export bank.journey.ron -o seams.svg --seams
  touchline export bank.journey.ron -o flow.svg --view flow --colour feeling
  touchline export bank.journey.ron -o findings.svg --view findings")]
pub(super) struct Arguments {
    /// The map; - reads standard input
    file: PathBuf,
    /// The picture; its ending says which kind: .svg or .png
    #[arg(short, long, value_name = "OUT")]
    output: PathBuf,
    /// What of the map is seen
    #[arg(long, value_name = "VIEW", default_value = "journey")]
    view: ViewArg,
    /// What the cards of the flow are coloured by
    #[arg(long, value_name = "WHAT")]
    colour: Option<ColoringArg>,
    /// The day on which the map is looked at, for what is overdue or old
    #[arg(long, value_name = "YYYY-MM-DD")]
    today: Option<Date>,
    /// Its colours
    #[arg(long, value_name = "THEME", default_value = "light")]
    theme: ThemeArg,
    /// The colours of departments that have none of their own
    #[arg(long, value_name = "PALETTE", default_value = "warm")]
    palette: PaletteArg,
    /// How much room things take
    #[arg(long, value_name = "DENSITY", default_value = "comfortable")]
    density: DensityArg,
    /// Only these lanes, in this order, by id; otherwise the map's own choice
    #[arg(long, value_name = "LANES", value_delimiter = ',')]
    lanes: Option<Vec<String>>,
    /// Draw handoffs as seams between cards, and mark what every customer passes
    #[arg(long)]
    seams: bool,
    /// Dim everything else
    #[arg(long, value_name = "WHAT", value_delimiter = ',')]
    highlight: Vec<HighlightArg>,
    /// How wide the PNG is, in pixels
    #[arg(long, value_name = "PX", conflicts_with = "scale", value_parser = clap::value_parser!(u32).range(16..=65_536))]
    width: Option<u32>,
    /// How large the PNG is: 1 is 96 dpi
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
    /// How customers get from step to step
    Flow,
    /// Who owns what, and what nobody does
    Ownership,
    /// What the checks noticed, in columns for the wall
    Findings,
}

#[derive(Clone, Copy, Debug, clap::ValueEnum)]
enum ColoringArg {
    /// Who owns them
    Owner,
    /// How they feel
    Feeling,
    /// How contact happens
    Channel,
    /// What they rest on
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
    /// Everything that is known, with air
    Comfortable,
    /// Names and marks close together, for overview; long texts end in …
    Compact,
}

#[derive(Clone, Copy, Debug, clap::ValueEnum)]
enum HighlightArg {
    /// What nobody owns
    Unowned,
    /// What hurts
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
                handoffs: arguments.seams,
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
    if arguments.seams && arguments.view != ViewArg::Journey {
        return refuse("--seams is for the journey");
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
