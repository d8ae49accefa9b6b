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

/// Number of touchpoints above which only what is in front is kept, besides the journey.
pub(crate) const HUGE_MAP_TOUCHPOINTS: usize = 5_000;

/// The most recent drawing of each view; of a huge map, of the most recent view only.
#[derive(Default)]
pub(crate) struct ViewCache(Vec<CachedView>);

struct CachedView {
    view: View,
    revision: u64,
    options: RenderOptions,
    scene: Arc<Scene>,
}

impl ViewCache {
    /// Returns the drawing of a view; the cached one if nothing changed.
    pub fn get(
        &mut self,
        map: &Map,
        (view, revision): (View, u64),
        options: &RenderOptions,
        measure: &mut dyn Measure,
    ) -> Option<Arc<Scene>> {
        let known = self.0.iter_mut().find(|drawing| drawing.view == view);
        if let Some(known) = known
            && known.revision == revision
            && known.options.equals_except_highlight(options)
        {
            if known.options.highlight != options.highlight {
                // A new highlight dims the existing drawing: nothing is laid out
                // again.
                known.options.highlight = options.highlight.clone();
                Arc::make_mut(&mut known.scene).highlight = options.highlight.clone();
            }
            return Some(known.scene.clone());
        }
        // Before the new one is made, so that the memory in use is that of one.
        let huge = map.touchpoint_count() > HUGE_MAP_TOUCHPOINTS;
        self.0.retain(|drawing| drawing.view != view && !huge);
        let scene = Arc::new(render_view(map, view, options, measure)?);
        self.0.push(CachedView {
            view,
            revision,
            options: options.clone(),
            scene: scene.clone(),
        });
        Some(scene)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::{ChangeSet, Edit};
    use crate::model::{Stage, StageId, Touchpoint, TouchpointId};
    use crate::text::FixedWidth;

    fn map(count: usize) -> Map {
        let stage = StageId::from("s");
        let mut changes = vec![
            Edit::Insert {
                at: 0,
                record: Stage::new(stage.clone(), "S"),
            }
            .into(),
        ];
        changes.extend((0..count).map(|at| {
            let id = TouchpointId::from(format!("t{at}"));
            let record = Touchpoint::new(id, "T");
            let at = (stage.clone(), at);
            Edit::Insert { at, record }.into()
        }));
        let mut map = Map::default();
        ChangeSet(changes).apply(&mut map).unwrap();
        map
    }

    #[test]
    fn only_the_last_view_of_a_huge_map_keeps_its_drawing() {
        for (count, huge) in [(10, false), (HUGE_MAP_TOUCHPOINTS + 1, true)] {
            let map = map(count);
            let mut cache = ViewCache::default();
            let mut draw = |view| {
                let options = RenderOptions::default();
                cache
                    .get(&map, (view, 0), &options, &mut FixedWidth)
                    .unwrap()
            };
            let flow = Arc::downgrade(&draw(View::Flow));
            let ownership = Arc::downgrade(&draw(View::Ownership));
            assert_eq!(flow.upgrade().is_none(), huge);
            assert!(ownership.upgrade().is_some());
        }
    }
}
