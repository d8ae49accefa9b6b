//! The command line of `touchline export`.
//!
//! Must not know: maps, how anything is drawn.

use super::input::path_parser;
use crate::export::{MAX_SIDE, Paper, SlideSize, Tiles};
use crate::layout::flow::CardColoring;
use crate::model::Date;
use crate::render::{JourneyRows, View};
use crate::room::Room;
use crate::scene::Marks;
use crate::theme::{Density, DepartmentPalette, ThemeName};
use clap::ValueEnum;
use clap::builder::PossibleValue;
use std::path::PathBuf;

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
    pub(super) file: PathBuf,
    /// The new file; its ending chooses the format: .svg, .pdf, .png, .html or .pptx
    #[arg(short, long, value_name = "OUT", value_parser = path_parser())]
    pub(super) output: PathBuf,
    /// The view of the map; in HTML the one in front
    #[arg(long, value_name = "VIEW", default_value = "journey")]
    pub(super) view: View,
    /// The colouring of the cards in the flow view
    #[arg(long, alias = "color", value_name = "WHAT")]
    pub(super) colour: Option<CardColoring>,
    /// The date of the checks and scores, for overdue actions, old evidence and recent changes
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub(super) today: Option<Date>,
    /// The colour theme; otherwise light, in HTML that of the reader's system
    #[arg(long, value_name = "THEME")]
    pub(super) theme: Option<ThemeName>,
    /// The colours of departments without a colour of their own
    #[arg(long, value_name = "PALETTE", default_value = "warm")]
    pub(super) palette: DepartmentPalette,
    /// The density of the layout
    #[arg(long, value_name = "DENSITY", default_value = "comfortable")]
    pub(super) density: Density,
    /// Only these lanes, in this order, by id or title; otherwise the map's own choice
    #[arg(long, value_name = "LANES", value_delimiter = ',')]
    pub(super) lanes: Option<Vec<String>>,
    /// Mark handoffs between cards, and the unavoidable steps
    #[arg(long, alias = "seams")]
    pub(super) handoffs: bool,
    /// Dim everything else
    #[arg(long, value_name = "WHAT", value_delimiter = ',')]
    pub(super) highlight: Vec<Marks>,
    /// Draw a saved view of the map, by id or name: its view, lanes, rows, folding, filter and highlight
    #[arg(long, value_name = "NAME", conflicts_with_all = ["view", "colour", "density", "lanes", "handoffs", "highlight", "stage", "room", "compare"])]
    pub(super) saved_view: Option<String>,
    /// Draw the journey in rows: as many as make it largest on the page (fill), a number of rows such
    /// as 3, or rows of a width such as 2400px
    #[arg(long, value_name = "ROWS", value_parser = JourneyRows::parse, num_args = 0..=1, default_missing_value = "fill", conflicts_with_all = ["room", "stage", "handout", "compare"])]
    pub(super) rows: Option<JourneyRows>,
    /// Width of the PNG in pixels, at most 30,000; a long journey is drawn in rows
    #[arg(long, value_name = "PX", conflicts_with = "scale", value_parser = clap::value_parser!(u32).range(16..=MAX_SIDE as i64))]
    pub(super) width: Option<u32>,
    /// Scale of the PNG; 1 is 96 dpi
    #[arg(long, value_name = "S", value_parser = scale)]
    pub(super) scale: Option<f64>,
    /// Paper of the PDF, SVG or PNG, which the map fills, in rows where it is long: a0 to a5, letter,
    /// legal, tabloid, ansi-b to ansi-e, or millimetres such as 1000x700; without it the page is as
    /// large as the map. A PNG has 150 pixels an inch
    #[arg(long, value_name = "SIZE", value_parser = Paper::parse, conflicts_with_all = ["width", "scale"])]
    pub(super) paper: Option<Paper>,
    /// Pictures for a room, in which all text can be read from the last row: the height of the
    /// picture and the distance of the farthest seat, such as 2m,10m. Says what had to go
    #[arg(long, value_name = "HEIGHT,DISTANCE", value_parser = Room::parse, conflicts_with_all = ["scale", "paper", "tiles", "handout", "stage"])]
    pub(super) room: Option<Room>,
    /// Spread the poster of the PDF over sheets of this paper, to be glued together
    #[arg(long, value_name = "SIZE", value_parser = Paper::parse, conflicts_with = "handout")]
    pub(super) tiles: Option<Paper>,
    /// Width that neighbouring sheets have in common, in millimetres: 10mm unless given
    #[arg(long, value_name = "MM", value_parser = Tiles::parse_overlap, requires = "tiles")]
    pub(super) overlap: Option<f64>,
    /// Make the PDF a handout on this paper: the map, a page a stage, the people, the findings and
    /// the actions
    #[arg(long, value_name = "SIZE", value_parser = Paper::parse, conflicts_with = "paper")]
    pub(super) handout: Option<Paper>,
    /// Language of the texts for the PDF, such as de or pt-BR; otherwise it is guessed
    #[arg(long, value_name = "TAG", value_parser = language_tag)]
    pub(super) lang: Option<String>,
    /// Draw the differences from this earlier map
    #[arg(long, value_name = "BEFORE", value_parser = path_parser(), conflicts_with_all = ["room", "stage", "handout", "handoffs", "highlight"])]
    pub(super) compare: Option<PathBuf>,
    /// Draw the compared maps below each other, with their steps in the same columns
    #[arg(long, requires = "compare")]
    pub(super) side_by_side: bool,
    /// Draw what a future changes as tables on a page: totals, gains and each step
    #[arg(long, requires = "compare", conflicts_with = "side_by_side")]
    pub(super) summary: bool,
    /// Only this stage of the journey, by id or name
    #[arg(long, value_name = "STAGE")]
    pub(super) stage: Option<String>,
    /// Make the slides of native shapes that can be edited; this is the default
    #[arg(long, conflicts_with = "pictures")]
    pub(super) editable: bool,
    /// Make the slides of exact pictures instead
    #[arg(long)]
    pub(super) pictures: bool,
    /// Size of the slides: 16:9, 16:10, 4:3, a4, a3, letter, or millimetres such as 320x180
    #[arg(long, value_name = "SIZE", value_parser = SlideSize::parse)]
    pub(super) slide: Option<SlideSize>,
    /// Typeface of editable slides, otherwise Fira Sans; in another one texts are a little smaller, so
    /// that they fit
    #[arg(long, value_name = "NAME", conflicts_with = "pictures")]
    pub(super) font: Option<String>,
    /// Draw the text of the SVG as outlines: looks the same without any font
    #[arg(long)]
    pub(super) outlines: bool,
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
