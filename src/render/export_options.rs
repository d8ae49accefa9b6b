//! The choices for an exported file, shared by command line and window, and its drawings.
//!
//! Must not know: windows, how a file is written.

use super::cancellable_measure::CancellableMeasure;
use super::compared_maps::ComparedMaps;
use super::comparison::{ComparisonLayout, render_comparison};
use super::composition::{JourneyRows, SCREEN, compose};
use super::export_file::{ExportFileError, ExportFormat, export_file};
use super::handout::handout;
use super::page::{PageSource, SavedDrawing, export_page};
use super::rendering::{RenderOptions, RenderedMap, render_view};
use crate::english::count;
use crate::export::{FitNote, PdfPages, SlideNotes};
use crate::graph::Graph;
use crate::insight::{self, Finding};
use crate::layout::RowOptions;
use crate::model::{Date, Map, ObjectRef, Record, StageId, Touchpoint, TouchpointId, View};
use crate::render::render_findings;
use crate::scene::Scene;
use crate::task::Progress;
use crate::text::{Measure, Typesetter};
use std::collections::HashSet;
use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

/// Choices for an exported file.
#[derive(Clone, Debug, PartialEq)]
pub struct ExportOptions {
    /// The view that is drawn.
    pub view: View,
    /// Theme, density, lanes and highlight.
    pub render: RenderOptions,
    /// The rows of the journey; `None` for those that the paper needs, else for those of `render`.
    pub rows: Option<JourneyRows>,
    /// The part of the map that is drawn.
    pub part: MapPart,
    /// The format of the file.
    pub format: ExportFormat,
    /// The maps that the view of a comparison draws.
    pub comparison: Option<(Arc<ComparedMaps>, ComparisonLayout)>,
}

/// A part of a map.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum MapPart {
    /// All of it.
    #[default]
    Whole,
    /// A stage.
    Stage(StageId),
    /// From the first of these touchpoints to the last one.
    Touchpoints(Vec<TouchpointId>),
}

impl MapPart {
    /// The part in words, within a sentence: the stage, or the number of touchpoints.
    pub fn in_words(&self, map: &Map) -> String {
        match self {
            MapPart::Whole => "the whole map".to_owned(),
            MapPart::Stage(id) => match map.stages().get(id).map(Record::name) {
                None | Some("") => "a stage without a name".to_owned(),
                Some(name) => format!("stage “{name}”"),
            },
            MapPart::Touchpoints(ids) => count(ids.len(), "touchpoint"),
        }
    }

    /// Whether a touchpoint is in the part.
    pub fn contains(&self, map: &Map, touchpoint: &Touchpoint) -> bool {
        match self {
            MapPart::Whole => true,
            MapPart::Stage(id) => map.stage_of(&touchpoint.id) == Some(id),
            MapPart::Touchpoints(ids) => ids.contains(&touchpoint.id),
        }
    }
}

/// A map that is exported.
pub struct ExportSource<'a> {
    /// The map.
    pub map: &'a Map,
    /// Findings about its file.
    pub read: Vec<Finding>,
    /// The day of the checks.
    pub today: Date,
    /// The saved views as they are drawn, for formats that have them.
    pub saved: Vec<SavedDrawing>,
}

impl ExportOptions {
    /// Whether a view can show a part of the map.
    pub fn can_show_part(view: View) -> bool {
        view == View::Journey
    }

    /// Draws the map and writes it atomically to a file. Reports progress, and stops soon after
    /// cancellation. Returns how a PNG differs from the size asked for.
    ///
    /// # Errors
    /// If the file cannot be made or written, and on cancellation; the file is then unchanged.
    pub fn write(
        &self,
        source: ExportSource<'_>,
        typesetter: &mut Typesetter,
        path: &Path,
        progress: Option<&Progress>,
    ) -> Result<Option<FitNote>, ExportFileError> {
        if let ExportFormat::Html { theme } = self.format {
            let ExportSource {
                map,
                read,
                today,
                saved,
            } = source;
            let mut render = self.render.clone();
            if let Some((rows, pages)) = self.journey_rows() {
                let composed = compose(map, &render, (rows, &pages), typesetter);
                render.layout.rows = composed.row_width.map(RowOptions::of_page);
            }
            let page = PageSource {
                map,
                findings: &insight::findings(map, &Graph::of(map), today, read),
                today,
                options: &render,
                theme,
                view: self.view,
                saved: &saved,
            };
            return export_page(&page, typesetter, path, progress).map(|()| None);
        }
        let mut format = self.format.clone();
        if let ExportFormat::Pptx(slides) = &mut format {
            slides.notes = slide_notes(&source);
        }
        let uncancelled = Progress::default();
        let shown = progress.unwrap_or(&uncancelled);
        let mut measure = CancellableMeasure::new(typesetter, shown);
        let scenes = self.draw(source, &mut measure)?;
        export_file(&scenes, &format, typesetter, path, progress)
    }

    /// The rows of the journey with the pages that they fill; `None` for those of `render`.
    fn journey_rows(&self) -> Option<(JourneyRows, Vec<(f64, f64)>)> {
        let paper = self.format.paper();
        let rows = self.rows.or(paper.map(|_| JourneyRows::Fill))?;
        let pages = paper.map_or_else(|| vec![SCREEN], |paper| paper.printable().to_vec());
        Some((rows, pages))
    }

    /// Draws the map: one drawing, or those of a handout.
    ///
    /// # Errors
    /// If the part is not in the view.
    pub fn draw(
        &self,
        source: ExportSource<'_>,
        measure: &mut dyn Measure,
    ) -> Result<Vec<Scene>, ExportFileError> {
        if self.view == View::Compare
            && let Some((maps, way)) = &self.comparison
        {
            return Ok(vec![
                render_comparison(maps, *way, &self.render, measure).scene,
            ]);
        }
        let ExportSource {
            map, read, today, ..
        } = source;
        let findings = || insight::findings(map, &Graph::of(map), today, read);
        if let ExportFormat::Pdf(pdf) = &self.format
            && let PdfPages::Handout(paper) = pdf.pages
        {
            return Ok(handout(
                map,
                (self.view, &self.render),
                paper,
                (&findings(), today),
                measure,
            ));
        }
        if self.part != MapPart::Whole {
            let rendered = RenderedMap::of(map, &self.render, measure);
            let columns = self
                .part
                .columns(&rendered)
                .filter(|_| ExportOptions::can_show_part(self.view));
            let columns = columns.ok_or(ExportFileError::NoSuchPart)?;
            return Ok(vec![rendered.scene.excerpt(columns)]);
        }
        if self.view == View::Journey
            && !matches!(self.format, ExportFormat::Pptx(_))
            && let Some((rows, pages)) = self.journey_rows()
        {
            return Ok(vec![
                compose(map, &self.render, (rows, &pages), measure).scene,
            ]);
        }
        let mut render = RenderOptions {
            date: today,
            ..self.render.clone()
        };
        if matches!(self.format, ExportFormat::Pptx(_)) {
            // Slides have rows of their own.
            render.layout.rows = None;
        }
        let scene = render_view(map, self.view, &render, measure);
        let scene =
            scene.unwrap_or_else(|| render_findings(map, (&findings(), today), &render, measure));
        Ok(vec![scene])
    }
}

/// The notes of slides: the report of the map.
fn slide_notes(source: &ExportSource<'_>) -> SlideNotes {
    let (map, today) = (source.map, source.today);
    let graph = Graph::of(map);
    let findings = insight::findings(map, &graph, today, source.read.clone());
    let notes = insight::speaker_notes(map, &graph, &findings, today);
    SlideNotes {
        overview: notes.overview,
        stages: notes.stages,
    }
}

impl MapPart {
    /// The range of the part on the drawn journey, from left to right.
    fn columns(&self, rendered: &RenderedMap) -> Option<Range<f64>> {
        match self {
            MapPart::Whole => Some(0.0..rendered.scene.width),
            MapPart::Stage(id) => rendered.layout.stage_range(id),
            MapPart::Touchpoints(ids) => card_range(&rendered.scene, ids),
        }
    }
}

/// Distance of the cards at both ends of a part from its edges, in map units.
const PART_MARGIN: f64 = 14.0;

/// The range from the first of these cards to the last one.
fn card_range(scene: &Scene, ids: &[TouchpointId]) -> Option<Range<f64>> {
    let wanted: HashSet<&TouchpointId> = ids.iter().collect();
    let mut range: Option<Range<f64>> = None;
    for group in &scene.groups {
        for object in &group.content.objects {
            let Some(ObjectRef::Touchpoint(id)) = object.id.object() else {
                continue;
            };
            if wanted.contains(id) && !object.area.is_empty() {
                let left = group.origin.x + f64::from(object.area.min.x) - PART_MARGIN;
                let right = group.origin.x + f64::from(object.area.max.x) + PART_MARGIN;
                range = Some(match range {
                    None => left..right,
                    Some(range) => range.start.min(left)..range.end.max(right),
                });
            }
        }
    }
    range
}
