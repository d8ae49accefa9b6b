//! `touchline export`: drawings of a map as SVG, PDF, PNG or PowerPoint files, and the map as an
//! HTML page.
//!
//! Must not know: windows.

use super::export_arguments::Arguments;
use super::export_format::{export_format, is_pptx};
use super::export_view;
use super::input::{is_standard_stream, read_bytes, read_document};
use super::outcome::{CliError, ExitOutcome, print_error};
use super::room_pictures;
use crate::compare::Corrections;
use crate::folding::NameIndex;
use crate::format::Document;
use crate::layout::LayoutOptions;
use crate::model::{Id, LaneId, Map, Record, StageId};
use crate::render::{
    ComparedMaps, ComparisonLayout, ExportFormat, ExportOptions, ExportSource, MapPart,
    RenderOptions, View,
};
use crate::saved_view;
use crate::scene::Marks;
use crate::session;
use crate::text::Typesetter;
use std::sync::Arc;

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
