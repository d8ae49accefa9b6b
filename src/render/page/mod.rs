//! A map as a page for HTML: its drawings, its filters, the numbers of its objects, and its text.
//!
//! Must not know: windows, how a page is written.

mod text;
mod touchpoint;

use super::{
    CancellableMeasure, ExportFileError, RenderOptions, View, render_findings, render_view,
};
use crate::export::{Drawing, ObjectNumbers, Page, PageFilter, html};
use crate::insight::Findings;
use crate::model::{Date, Feeling, Map, ObjectRef, Persona, StageId, Touchpoint};
use crate::model::{PersonaId, TouchpointId};
use crate::render::export_file::{CancellableWriter, write_file};
use crate::scene::{Marks, ObjectId, Scene, role_colors};
use crate::task::Progress;
use crate::text::Typesetter;
use crate::theme::ThemeName;
use rustc_hash::FxHashMap;
use std::path::Path;

/// A map and how its page begins.
pub struct PageSource<'m> {
    /// The map.
    pub map: &'m Map,
    /// The findings of a day.
    pub findings: &'m Findings,
    /// The day.
    pub today: Date,
    /// How the map is drawn. Of the highlight only the marks are taken over.
    pub options: &'m RenderOptions,
    /// The theme at the start; `None` for that of the reader's system.
    pub theme: Option<ThemeName>,
    /// The view at the start.
    pub view: View,
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
    let mut scenes = Vec::new();
    for (view, done) in View::ALL.into_iter().zip(1..) {
        let mut measure = CancellableMeasure::new(typesetter, shown);
        scenes.push((view, draw(source, view, &mut measure)));
        shown.report(done, 5);
    }
    write_page(source, &scenes, typesetter, &mut sink)?;
    shown.report(1, 1);
    write_file(sink, path)
}

fn draw(source: &PageSource<'_>, view: View, measure: &mut dyn crate::text::Measure) -> Scene {
    let PageSource { map, options, .. } = source;
    let mut options = (*options).clone();
    options.highlight = Marks::NONE.into();
    render_view(map, view, &options, measure).unwrap_or_else(|| {
        let found = (source.findings, source.today);
        render_findings(map, found, &options, measure)
    })
}

fn write_page(
    source: &PageSource<'_>,
    scenes: &[(View, Scene)],
    typesetter: &mut Typesetter,
    sink: &mut dyn std::io::Write,
) -> Result<(), crate::export::ExportError> {
    let PageSource { map, options, .. } = source;
    let index = ObjectIndex::of(map);
    let drawing = |(view, scene)| {
        let view: &View = view;
        Drawing {
            name: view_name(*view),
            title: view.title(),
            scene,
        }
    };
    let themes = ThemeName::ALL.map(|theme| role_colors(map, theme.with_palette(options.palette)));
    let all = || map.touchpoints();
    let page = Page {
        title: title(map),
        drawings: scenes
            .iter()
            .map(|(view, scene)| drawing((view, scene)))
            .collect(),
        first: View::ALL
            .iter()
            .position(|view| *view == source.view)
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
        text: text::page_text(source),
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

fn view_name(view: View) -> &'static str {
    match view {
        View::Journey => "journey",
        View::Flow => "flow",
        View::Ownership => "ownership",
        View::Findings => "findings",
    }
}

/// The place of each stage, touchpoint and persona in the map.
struct ObjectIndex<'m> {
    stages: FxHashMap<&'m StageId, usize>,
    touchpoints: FxHashMap<&'m TouchpointId, usize>,
    personas: FxHashMap<&'m PersonaId, usize>,
}

impl<'m> ObjectIndex<'m> {
    fn of(map: &'m Map) -> ObjectIndex<'m> {
        ObjectIndex {
            stages: (map.stages().iter().zip(0..))
                .map(|(it, at)| (&it.id, at))
                .collect(),
            touchpoints: (map.touchpoints().zip(0..))
                .map(|(it, at)| (&it.id, at))
                .collect(),
            personas: (map.personas().iter().zip(0..))
                .map(|(it, at)| (&it.id, at))
                .collect(),
        }
    }

    fn numbers(&self, id: &ObjectId) -> ObjectNumbers {
        let mut numbers = ObjectNumbers::default();
        let touchpoint = |id| self.touchpoints.get(id).copied();
        match id {
            ObjectId::StageOwner(id) | ObjectId::FoldedStage(id) => {
                numbers.stage = self.stages.get(id).copied();
            }
            ObjectId::Object(ObjectRef::Stage(id)) => {
                numbers.stage = self.stages.get(id).copied();
                numbers.is_whole = true;
            }
            ObjectId::Object(ObjectRef::Path { from, to, .. }) => {
                (numbers.touchpoint, numbers.target) = (touchpoint(from), touchpoint(to));
            }
            ObjectId::Object(object) => {
                numbers.touchpoint = object.touchpoint().and_then(touchpoint);
                numbers.is_whole = matches!(object, ObjectRef::Touchpoint(_));
                if let ObjectRef::Feeling(_, persona) = object {
                    let persona = persona.as_ref();
                    numbers.persona = persona.map_or(Some(0), |id| self.personas.get(id).copied());
                }
            }
            ObjectId::Chrome | ObjectId::OwnershipCell(_) | ObjectId::Handoff(_) => {}
        }
        numbers
    }
}

/// The persona of a feeling: the one it names, or the first of the map.
fn persona_of<'m>(map: &'m Map, feeling: &Feeling) -> Option<(usize, &'m Persona)> {
    let mut personas = map.personas().iter().enumerate();
    match &feeling.persona {
        None => personas.next(),
        Some(id) => personas.find(|(_, persona)| persona.id == *id),
    }
}

/// The kinds of values to filter by: owners, with nobody last, personas, and channels.
fn filters(map: &Map) -> Vec<PageFilter> {
    let mut filters = vec![
        PageFilter {
            title: "Owner",
            is_persona: false,
            values: map
                .departments()
                .iter()
                .map(|it| (it.name.clone(), 0))
                .collect(),
        },
        PageFilter {
            title: "Persona",
            is_persona: true,
            values: map
                .personas()
                .iter()
                .map(|it| (it.name.clone(), 0))
                .collect(),
        },
        PageFilter {
            title: "Channel",
            is_persona: false,
            values: map
                .channels()
                .iter()
                .map(|it| (it.name.clone(), 0))
                .collect(),
        },
    ];
    if let Some(owners) = filters.first_mut() {
        owners.values.push(("No owner".to_owned(), 0));
    }
    for touchpoint in map.touchpoints() {
        for number in filter_values(map, touchpoint) {
            let mut values = filters.iter_mut().flat_map(|filter| &mut filter.values);
            if let Some((_, count)) = values.nth(number) {
                *count += 1;
            }
        }
    }
    filters
}

/// The values that a touchpoint is filtered by, numbered through all filters.
fn filter_values(map: &Map, touchpoint: &Touchpoint) -> Vec<usize> {
    let nobody = map.departments().len();
    let personas = nobody + 1;
    let channels = personas + map.personas().len();
    let mut values = Vec::new();
    let owner = touchpoint.owner.as_ref();
    values.extend(owner.and_then(|id| map.departments().position(id)));
    values.extend(map.lacks_owner(touchpoint).then_some(nobody));
    for feeling in &touchpoint.feelings {
        let value = persona_of(map, feeling).map(|(at, _)| personas + at);
        values.extend(value.filter(|value| !values.contains(value)));
    }
    let channel = touchpoint.channel.as_ref();
    let channel = channel.and_then(|id| map.channels().position(id));
    values.extend(channel.map(|at| channels + at));
    values
}
