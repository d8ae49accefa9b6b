//! Layout and drawing of a map, cached while map and options are unchanged.
//!
//! Must not know: windows, cameras.

use super::scores_view::render_scores;
use crate::layout::flow::{FlowOptions, flow};
use crate::layout::ownership::ownership;
use crate::layout::{self, Layout};
use crate::model::{CardColoring, Date, Map, View};
use crate::scene::{self, Highlight, PieceCache, Scene, build_flow, build_ownership, role_colors};
use crate::text::Measure;
use crate::theme::{DepartmentPalette, Theme, ThemeName};
use rustc_hash::FxHashMap;
use std::sync::Arc;

/// Options of drawing a map.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RenderOptions {
    /// The colour theme.
    pub theme: ThemeName,
    /// The colours of departments without a colour of their own.
    pub palette: DepartmentPalette,
    /// The options of the layout.
    pub layout: layout::LayoutOptions,
    /// The property that colours the cards of the flow.
    pub coloring: CardColoring,
    /// The day from which scores are seen.
    pub date: Date,
    /// The items to highlight while the rest is dimmed.
    pub highlight: Highlight,
}

impl RenderOptions {
    /// The colour theme with its palette.
    pub(crate) fn dress(&self) -> &'static Theme {
        self.theme.with_palette(self.palette)
    }

    /// Whether both options give the same layout, except for lanes, folding and the curve in front.
    fn has_layout_of(&self, other: &RenderOptions) -> bool {
        self.layout.updates_to(&other.layout)
    }

    /// Gives a scene drawn with options `known` the theme and the highlight of these options.
    /// Nothing is laid out or drawn anew.
    fn apply_to(&self, scene: &mut Arc<Scene>, known: &RenderOptions, map: &Map) {
        if (known.theme, known.palette) != (self.theme, self.palette) {
            Arc::make_mut(scene).colors = role_colors(map, self.dress());
        }
        if scene.highlight != self.highlight {
            Arc::make_mut(scene).highlight = self.highlight.clone();
        }
    }
}

/// The layout and drawing of a map. A shared reference stays unchanged; an update
/// costs less if no other reference is held.
#[derive(Clone, Debug)]
pub struct RenderedMap {
    /// Positions of stages, steps and lanes; their contents are only in the scene.
    pub layout: Arc<Layout>,
    /// The display list of the journey in one row, as it was laid out.
    pub scene: Arc<Scene>,
    /// The same in rows, if these are wanted and it needs several.
    pub rows: Option<Arc<Scene>>,
    pieces: PieceCache,
}

impl RenderedMap {
    /// Lays out and draws a map.
    pub fn of(map: &Map, options: &RenderOptions, measure: &mut dyn Measure) -> RenderedMap {
        let mut layout = layout::layout(map, &options.layout, measure);
        let scene = scene::build(map, &mut layout, options.dress(), options.highlight.clone());
        RenderedMap::new(layout, scene, options, PieceCache::default())
    }

    /// The display list to show: in rows if these are wanted.
    pub fn drawn(&self) -> &Arc<Scene> {
        self.rows.as_ref().unwrap_or(&self.scene)
    }

    /// Updates the drawing to a later version of its map, reworking only the
    /// differences. The options may differ in theme, highlight, lanes, folding, rows and the curve
    /// in front
    /// only.
    pub(super) fn update(
        self,
        map: &Map,
        options: &RenderOptions,
        measure: &mut dyn Measure,
    ) -> RenderedMap {
        // The rows share the contents of the scene, which are then changed in place.
        drop(self.rows);
        let mut layout = Arc::unwrap_or_clone(self.layout);
        layout.update(map, &options.layout, measure);
        let former = Arc::unwrap_or_clone(self.scene);
        let scene = scene::rebuild(
            former,
            map,
            &mut layout,
            options.dress(),
            options.highlight.clone(),
        );
        RenderedMap::new(layout, scene, options, self.pieces)
    }

    fn new(
        layout: Layout,
        scene: Scene,
        options: &RenderOptions,
        mut pieces: PieceCache,
    ) -> RenderedMap {
        let rows = options.layout.rows.and_then(|rows| {
            let wrapped = scene.wrapped(f64::from(rows.width), rows.empty, &mut pieces);
            wrapped.rows.is_some().then(|| Arc::new(wrapped))
        });
        RenderedMap {
            layout: Arc::new(layout),
            scene: Arc::new(scene),
            rows,
            pieces,
        }
    }
}

/// The most recent drawing with its revision and options.
#[derive(Default)]
pub(crate) struct RenderCache(Option<(u64, RenderOptions, Arc<RenderedMap>)>);

impl RenderCache {
    /// The most recent drawing.
    pub fn last(&self) -> Option<&Arc<RenderedMap>> {
        self.0.as_ref().map(|(.., picture)| picture)
    }

    pub fn get(
        &mut self,
        map: &Map,
        revision: u64,
        options: &RenderOptions,
        measure: &mut dyn Measure,
    ) -> Arc<RenderedMap> {
        let picture = match self.0.take() {
            Some((known_revision, known, mut picture)) if known.has_layout_of(options) => {
                if known_revision == revision && known.layout == options.layout {
                    if known != *options {
                        let changed = Arc::make_mut(&mut picture);
                        options.apply_to(&mut changed.scene, &known, map);
                        if let Some(rows) = &mut changed.rows {
                            options.apply_to(rows, &known, map);
                        }
                    }
                    picture
                } else {
                    let former = Arc::unwrap_or_clone(picture);
                    Arc::new(former.update(map, options, measure))
                }
            }
            _ => Arc::new(RenderedMap::of(map, options, measure)),
        };
        self.0 = Some((revision, options.clone(), Arc::clone(&picture)));
        picture
    }
}

/// Draws a view of a map; `None` if the view is a list and has no drawing.
pub fn render_view(
    map: &Map,
    view: View,
    options: &RenderOptions,
    measure: &mut dyn Measure,
) -> Option<Scene> {
    let theme = options.dress();
    Some(match view {
        View::Journey => {
            let rendered = RenderedMap::of(map, options, measure);
            Arc::unwrap_or_clone(rendered.rows.unwrap_or(rendered.scene))
        }
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
        View::Scores => render_scores(
            map,
            (options.date, options.layout.density),
            (theme, options.highlight.clone()),
            measure,
        ),
        View::Findings | View::Compare => return None,
    })
}

/// Number of touchpoints above which only what is in front is kept, besides the journey.
pub(crate) const HUGE_MAP_TOUCHPOINTS: usize = 5_000;

/// The most recent drawing of each view, with its revision and options; of a huge map, of the most
/// recent view only.
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
            let same = (known.coloring, known.date) == (options.coloring, options.date)
                && known.has_layout_of(options);
            *known_revision == revision && same
        });
        let scene = match known {
            Some((_, known, mut scene)) => {
                options.apply_to(&mut scene, &known, map);
                scene
            }
            None => {
                if map.touchpoint_count() > HUGE_MAP_TOUCHPOINTS {
                    // Before the new one is made, so that the memory in use is that of one.
                    self.0.clear();
                }
                Arc::new(render_view(map, view, options, measure)?)
            }
        };
        let cached = (revision, options.clone(), Arc::clone(&scene));
        self.0.insert(view, cached);
        Some(scene)
    }
}

#[cfg(test)]
mod proptests;
