//! The drawings of a page, those of the views and those of saved views that look otherwise, and the
//! tabs of saved views.
//!
//! Must not know: how a page is written.

use super::objects::ObjectIndex;
use crate::export::{Tab, TabHighlight};
use crate::layout::LayoutOptions;
use crate::model::Map;
use crate::render::{RenderOptions, View};
use crate::scene::Marks;

/// A saved view as it is drawn.
#[derive(Clone, Debug, PartialEq)]
pub struct SavedDrawing {
    /// Name of the saved view.
    pub name: String,
    /// The view of the map.
    pub view: View,
    /// Its options, with what it highlights.
    pub options: RenderOptions,
}

/// A drawing of a page.
pub(super) struct PageDrawing {
    /// Name, by which tabs lead to it: that of its view, with a number for a saved one.
    pub(super) name: String,
    pub(super) view: View,
    pub(super) options: RenderOptions,
}

/// The views of a page: scores only of a map that has some.
pub(super) fn shown_views(map: &Map) -> impl Iterator<Item = View> {
    let is_measured = map.is_measured();
    let shown = move |view: &View| *view != View::Scores || is_measured;
    View::ALL.into_iter().filter(shown)
}

/// The drawings of all views, and of those saved views that differ from them in more than the
/// highlight.
pub(super) fn page_drawings(
    map: &Map,
    options: &RenderOptions,
    saved: &[SavedDrawing],
) -> Vec<PageDrawing> {
    let drawing = |view: View, options: &RenderOptions| PageDrawing {
        name: view_name(view).to_owned(),
        view,
        options: RenderOptions {
            highlight: Marks::NONE.into(),
            ..options.clone()
        },
    };
    let mut drawings: Vec<PageDrawing> = Vec::new();
    drawings.extend(shown_views(map).map(|view| drawing(view, options)));
    for (saved, number) in saved.iter().zip(1..) {
        if !drawings.iter().any(|known| shows(known, saved)) {
            let mut own = drawing(saved.view, &saved.options);
            own.name = format!("{}-{number}", view_name(saved.view));
            drawings.push(own);
        }
    }
    drawings
}

/// Whether a drawing shows a saved view, apart from its highlight.
fn shows(drawing: &PageDrawing, saved: &SavedDrawing) -> bool {
    let (own, other) = (&drawing.options, &saved.options);
    let has_same_layout = match drawing.view {
        View::Journey => own.layout == other.layout,
        // The others have no lanes, and no marks of handoffs.
        View::Flow | View::Ownership | View::Findings | View::Scores | View::Compare => {
            let density = |layout: &LayoutOptions| layout.density;
            density(&own.layout) == density(&other.layout)
        }
    };
    let has_same_colors = drawing.view != View::Flow || own.coloring == other.coloring;
    drawing.view == saved.view && has_same_layout && has_same_colors
}

/// The tabs of the saved views.
pub(super) fn saved_tabs(
    saved: &[SavedDrawing],
    drawings: &[PageDrawing],
    index: &ObjectIndex<'_>,
) -> Vec<Tab> {
    let tabs = saved.iter().zip(1..).filter_map(|(saved, number)| {
        let drawing = drawings.iter().find(|drawing| shows(drawing, saved))?;
        let highlight = &saved.options.highlight;
        let selection = highlight.selection.as_deref();
        let touchpoints = selection.map(|it| {
            let numbers = it.touchpoints.iter();
            let mut numbers: Vec<usize> = numbers.filter_map(|id| index.touchpoint(id)).collect();
            numbers.sort_unstable();
            numbers
        });
        let personas = selection.into_iter().flat_map(|it| &it.personas);
        let mut personas: Vec<usize> = personas.filter_map(|id| index.persona(id)).collect();
        personas.sort_unstable();
        Some(Tab {
            name: format!("saved-{number}"),
            title: match saved.name.trim() {
                "" => format!("Saved view {number}"),
                name => name.to_owned(),
            },
            drawing: drawing.name.clone(),
            highlight: TabHighlight {
                marks: highlight.marks,
                touchpoints,
                personas,
            },
        })
    });
    tabs.collect()
}

/// Name of a view in the address of a page.
pub(super) fn view_name(view: View) -> &'static str {
    match view {
        View::Journey => "journey",
        View::Flow => "flow",
        View::Ownership => "ownership",
        View::Findings => "findings",
        View::Scores => "scores",
        View::Compare => "compare",
    }
}
