//! A map as a page for HTML: its drawings, its filters, the numbers of its objects, and its text.
//!
//! Must not know: windows, how a page is written.

mod filters;
mod language;
mod objects;
mod phrases;
mod tabs;
mod text;
mod touchpoint;

pub use tabs::SavedDrawing;

use super::{
    CancellableMeasure, ExportFileError, RenderOptions, View, render_findings, render_view,
};
use crate::export::{Drawing, Page, Tab, TabHighlight, html};
use crate::insight::Findings;
use crate::model::{Date, Map};
use crate::render::export_file::{CancellableWriter, write_file};
use crate::scene::{Scene, role_colors};
use crate::task::Progress;
use crate::text::{Measure, Typesetter};
use crate::theme::ThemeName;
use filters::filters;
use objects::ObjectIndex;
use std::path::Path;
use tabs::{PageDrawing, page_drawings, saved_tabs, shown_views, view_name};

/// A map and how its page begins.
pub struct PageSource<'m> {
    /// The map.
    pub map: &'m Map,
    /// The findings of a day.
    pub findings: &'m Findings,
    /// The day.
    pub today: Date,
    /// The options of drawing. Of the highlight only the marks are taken over.
    pub options: &'m RenderOptions,
    /// The theme at the start; `None` for that of the reader's system.
    pub theme: Option<ThemeName>,
    /// The view at the start.
    pub view: View,
    /// The saved views.
    pub saved: &'m [SavedDrawing],
}

/// Writes all views and the text of a map as one HTML file, atomically. Stops soon after
/// cancellation.
///
/// # Errors
/// If the file cannot be made or written, and on cancellation; the file is then unchanged.
pub fn export_page(
    source: &PageSource<'_>,
    typesetter: &mut Typesetter,
    path: &Path,
    progress: Option<&Progress>,
) -> Result<(), ExportFileError> {
    let uncancelled = Progress::default();
    let shown = progress.unwrap_or(&uncancelled);
    let mut sink = CancellableWriter::new(progress);
    let drawings = page_drawings(source.map, source.options, source.saved);
    let steps = drawings.len() + 1;
    let mut scenes = Vec::new();
    for (drawing, done) in drawings.iter().zip(1..) {
        let mut measure = CancellableMeasure::new(typesetter, shown);
        let scene = draw(source, drawing, &mut measure);
        scenes.push((&*drawing.name, scene));
        shown.report(done, steps as u64);
    }
    write_page(source, &drawings, &scenes, typesetter, &mut sink)?;
    shown.report(1, 1);
    write_file(sink, path)
}

fn draw(source: &PageSource<'_>, drawing: &PageDrawing, measure: &mut dyn Measure) -> Scene {
    let PageDrawing { view, options, .. } = drawing;
    let dated = RenderOptions {
        date: source.today,
        ..options.clone()
    };
    render_view(source.map, *view, &dated, measure).unwrap_or_else(|| {
        let found = (source.findings, source.today);
        render_findings(source.map, found, options, measure)
    })
}

fn write_page(
    source: &PageSource<'_>,
    drawings: &[PageDrawing],
    scenes: &[(&str, Scene)],
    typesetter: &mut Typesetter,
    sink: &mut dyn std::io::Write,
) -> Result<(), crate::export::ExportError> {
    let PageSource { map, options, .. } = source;
    let index = ObjectIndex::of(map);
    let view_tab = |view: View| Tab {
        name: view_name(view).to_owned(),
        title: view.title().to_owned(),
        drawing: view_name(view).to_owned(),
        highlight: TabHighlight::default(),
    };
    let themes = ThemeName::ALL.map(|theme| role_colors(map, theme.with_palette(options.palette)));
    let all = || map.touchpoints();
    let page = Page {
        title: title(map),
        language: language::main_language(map),
        drawings: scenes
            .iter()
            .map(|(name, scene)| Drawing { name, scene })
            .collect(),
        views: shown_views(map).map(view_tab).collect(),
        saved_views: saved_tabs(source.saved, drawings, &index),
        first: shown_views(map)
            .position(|view| view == source.view)
            .unwrap_or(0),
        themes,
        theme: source.theme,
        highlight: options.highlight.marks,
        counts: [
            all().filter(|it| map.lacks_owner(it)).count(),
            all().filter(|it| !it.pains.is_empty()).count(),
        ],
        filters: filters(map),
        numbers: &|id| index.numbers(id),
        text: text::page_text(map, (source.findings, source.today)),
    };
    html(&page, typesetter, sink)
}

/// The title of a map, or what to call one without.
fn title(map: &Map) -> String {
    match map.header().title.trim() {
        "" => "Journey map".to_owned(),
        title => title.to_owned(),
    }
}
