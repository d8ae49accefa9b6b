//! Saved views as they are drawn: options of drawing, and names for new ones.
//!
//! Must not know: cameras, windows, files.

use crate::graph::Graph;
use crate::layout::{Folding, LayoutOptions, RowOptions};
use crate::model::{HighlightedMark, Map, SavedView, View};
use crate::render::{RenderOptions, SavedDrawing};
use crate::scene::{Highlight, Marks, SelectionSet};
use crate::search::filter::Filter;
use crate::theme::Density;
use std::sync::Arc;

/// Width of the rows of a saved view where no window tells it, in map units: that of a common screen
/// at a zoom at which all can be read.
const ROW_WIDTH: u32 = 2_560;

/// The marks that a saved view highlights; unavoidable steps are no mark.
pub fn highlighted_marks(view: &SavedView) -> Marks {
    let marks = view.highlight.iter().map(|mark| match mark {
        HighlightedMark::Unowned => Marks::UNOWNED,
        HighlightedMark::Pains => Marks::PAIN,
        HighlightedMark::Unavoidable => Marks::NONE,
    });
    marks.fold(Marks::NONE, Marks::with)
}

/// Whether a saved view highlights the steps that every customer passes.
pub fn highlights_unavoidable(view: &SavedView) -> bool {
    view.highlight.contains(&HighlightedMark::Unavoidable)
}

/// The part of a layout's options that a saved view determines.
pub fn layout_options(map: &Map, view: &SavedView) -> LayoutOptions {
    let lanes = view.lanes.iter().filter(|id| map.lanes().contains(id));
    let lanes: Vec<_> = lanes.cloned().collect();
    LayoutOptions {
        lanes: (!lanes.is_empty()).then_some(lanes),
        hidden_curves: view.hidden_curves.iter().cloned().collect(),
        front: view.persona.clone(),
        density: density(view),
        handoffs: view.handoffs,
        folding: Folding {
            stages: view.folded_stages.iter().cloned().collect(),
            lanes: view.folded_lanes.iter().cloned().collect(),
        },
        rows: view.rows.then(|| RowOptions::of_page(ROW_WIDTH)),
        ..LayoutOptions::default()
    }
}

/// The density of a saved view.
pub fn density(view: &SavedView) -> Density {
    if view.compact {
        Density::Compact
    } else {
        Density::Comfortable
    }
}

/// The options that draw a saved view in the theme and palette of other options.
pub fn render_options(map: &Map, view: &SavedView, appearance: &RenderOptions) -> RenderOptions {
    RenderOptions {
        theme: appearance.theme,
        palette: appearance.palette,
        layout: layout_options(map, view),
        coloring: view.colour,
        highlight: highlight(map, view),
        date: appearance.date,
    }
}

/// The saved views of a map in their order, as they are drawn.
pub fn drawings(map: &Map, appearance: &RenderOptions) -> Vec<SavedDrawing> {
    let drawings = map.saved_views().iter().map(|view| SavedDrawing {
        name: view.name.clone(),
        view: view.view,
        options: render_options(map, view, appearance),
    });
    drawings.collect()
}

fn highlight(map: &Map, view: &SavedView) -> Highlight {
    let filter = Filter::of_saved_view(view);
    let mut selection = (!filter.is_empty()).then(|| filter.highlighted(map));
    if view.view == View::Journey && view.handoffs && highlights_unavoidable(view) {
        let passed = Graph::of(map).passed_by_all().unwrap_or_default();
        let touchpoints: Vec<_> = map.touchpoints().map(|t| &t.id).collect();
        let passed = passed
            .into_iter()
            .filter_map(|at| touchpoints.get(at).copied());
        let chosen = passed.filter(|id| match &selection {
            Some(set) => set.touchpoints.contains(*id),
            None => true,
        });
        selection = Some(SelectionSet {
            touchpoints: chosen.cloned().collect(),
            personas: selection
                .as_ref()
                .map(|set| set.personas.clone())
                .unwrap_or_default(),
            ..SelectionSet::default()
        });
    }
    Highlight {
        marks: highlighted_marks(view),
        selection: selection.map(Arc::new),
    }
}

/// A name for a new saved view: the view of the map, what is highlighted or filtered, and the
/// stage in sight.
pub fn suggested_name(map: &Map, view: &SavedView) -> String {
    let marks = view.highlight.iter().map(|mark| match mark {
        HighlightedMark::Unowned => "no owner".to_owned(),
        HighlightedMark::Pains => "pain points".to_owned(),
        HighlightedMark::Unavoidable => "unavoidable steps".to_owned(),
    });
    let filter = Filter::of_saved_view(view);
    let facets = filter.facets().iter().map(|facet| facet.label(map));
    let stage = |id| {
        map.stages()
            .get(map.stage_of(id)?)
            .map(|stage| stage.name.clone())
    };
    let stage = view.from.as_ref().and_then(stage);
    let mut details: Vec<String> = marks.chain(facets).chain(stage).collect();
    details.retain(|detail| !detail.trim().is_empty());
    details.truncate(3);
    match details.is_empty() {
        true => view.view.title().to_owned(),
        false => format!("{}: {}", view.view.title(), details.join(", ")),
    }
}
