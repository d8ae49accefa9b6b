//! The views of a map: the journey as a timeline, flow, ownership and findings.
//!
//! The journey is updated incrementally ([`super::RenderedMap`]); the other views are
//! redrawn when the map has changed.
//! Must not know: windows, cameras.

use super::{RenderOptions, RenderedMap};
use crate::layout::flow::{FlowOptions, flow};
use crate::layout::ownership::ownership;
use crate::model::Map;
use crate::scene::{Scene, build_flow, build_ownership};
use crate::text::Measure;
use rustc_hash::FxHashMap;
use std::sync::Arc;

/// A view of a map.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum View {
    /// The timeline with all lanes.
    #[default]
    Journey,
    /// The routes of customers from step to step.
    Flow,
    /// Owned and unowned stages and touchpoints, by department.
    Ownership,
    /// The findings of all rules.
    Findings,
}

impl View {
    /// All views, in the order of their tabs.
    pub const ALL: [View; 4] = [View::Journey, View::Flow, View::Ownership, View::Findings];

    /// Returns the title shown on screen.
    pub fn title(self) -> &'static str {
        match self {
            View::Journey => "Journey",
            View::Flow => "Flow",
            View::Ownership => "Ownership",
            View::Findings => "Findings",
        }
    }
}

/// Draws a view of a map; `None` if the view is a list and has no drawing.
pub fn render_view(
    map: &Map,
    view: View,
    options: &RenderOptions,
    measure: &mut dyn Measure,
) -> Option<Scene> {
    let theme = options.theme.with_palette(options.palette);
    Some(match view {
        View::Journey => Arc::unwrap_or_clone(RenderedMap::of(map, options, measure).scene),
        View::Flow => {
            let wanted = FlowOptions {
                coloring: options.coloring,
                density: options.layout.density,
            };
            build_flow(
                map,
                &flow(map, &wanted, measure),
                theme,
                options.highlight.clone(),
            )
        }
        View::Ownership => build_ownership(
            map,
            &ownership(map, options.layout.density, measure),
            theme,
            options.highlight.clone(),
        ),
        View::Findings => return None,
    })
}

/// The most recent drawing of each view, with its revision and options.
#[derive(Default)]
pub(crate) struct ViewCache(FxHashMap<View, (u64, RenderOptions, Arc<Scene>)>);

impl ViewCache {
    /// Returns the drawing of a view; the cached one if nothing changed.
    pub fn get(
        &mut self,
        map: &Map,
        (view, revision): (View, u64),
        options: &RenderOptions,
        measure: &mut dyn Measure,
    ) -> Option<Arc<Scene>> {
        let known = self.0.remove(&view).filter(|(known_revision, known, _)| {
            *known_revision == revision && known.equals_except_highlight(options)
        });
        let mut scene = match known {
            Some((_, _, scene)) => scene,
            None => Arc::new(render_view(map, view, options, measure)?),
        };
        if scene.highlight != options.highlight {
            // A new highlight dims the existing drawing: nothing is laid out again.
            Arc::make_mut(&mut scene).highlight = options.highlight.clone();
        }
        let cached = (revision, options.clone(), Arc::clone(&scene));
        self.0.insert(view, cached);
        Some(scene)
    }
}
