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
mod tests {
    use super::*;
    use crate::edit::proptests::{Roll, intent, rolls};
    use crate::edit::{ChangeSet, Edit};
    use crate::export;
    use crate::layout::{EmptyLanes, Folding, RowOptions};
    use crate::model::{Stage, StageId, Touchpoint, TouchpointId, arbitrary};
    use crate::session::Session;
    use crate::text::{FixedWidth, Typesetter};
    use crate::theme::Density;
    use proptest::prelude::{ProptestConfig, any, prop_assert, prop_assert_eq, proptest};
    use proptest::test_runner::TestCaseError;

    /// Applies a random intent, undo or redo.
    fn act(session: &mut Session, roll: Roll) {
        match roll.1 % 5 {
            0 => drop(session.undo()),
            1 => drop(session.redo()),
            _ => {
                if let Some(intent) = intent(session.map(), roll) {
                    // An intent that is refused changes nothing.
                    let _ = session.apply(&intent);
                }
            }
        }
    }

    /// A persona, or none.
    fn map_persona(map: &Map, roll: usize) -> Option<crate::model::PersonaId> {
        let personas = map.personas().as_slice();
        let at = roll % (personas.len() + 1);
        personas.get(at).map(|persona| persona.id.clone())
    }

    /// Asserts that both drawings are equal to the last digit.
    fn same(map: &Map, kept: &RenderedMap, afresh: &RenderedMap) -> Result<(), TestCaseError> {
        let (a, b) = (&kept.scene, &afresh.scene);
        prop_assert_eq!((a.width, a.height), (b.width, b.height));
        prop_assert_eq!((&a.title, &a.description), (&b.title, &b.description));
        prop_assert_eq!(&a.highlight, &b.highlight);
        prop_assert_eq!(format!("{:?}", a.colors), format!("{:?}", b.colors));
        prop_assert_eq!(a.groups.len(), b.groups.len());
        for (a, b) in a.groups.iter().zip(&b.groups) {
            // Compared as text, because NaN does not equal itself.
            if a.content != b.content {
                prop_assert_eq!(format!("{a:?}"), format!("{b:?}"));
            }
            prop_assert_eq!((a.origin, a.pin), (b.origin, b.pin));
        }
        prop_assert_eq!(kept.rows.is_some(), afresh.rows.is_some());
        if let (Some(a), Some(b)) = (&kept.rows, &afresh.rows) {
            prop_assert_eq!((a.width, a.height, &a.rows), (b.width, b.height, &b.rows));
            prop_assert_eq!(a.groups.len(), b.groups.len());
            for (a, b) in a.groups.iter().zip(&b.groups) {
                if a.content != b.content {
                    prop_assert_eq!(format!("{a:?}"), format!("{b:?}"));
                }
                prop_assert_eq!((a.key, a.origin, a.pin), (b.key, b.origin, b.pin));
            }
        }
        let numbers = |layout: &Layout| format!("{:?}", layout.steps().collect::<Vec<_>>());
        prop_assert_eq!(numbers(&kept.layout), numbers(&afresh.layout));
        let places = |layout: &Layout| {
            let stages = layout.stages.iter();
            let stages: Vec<_> = stages.map(|s| (s.x, s.band.width, s.first_step)).collect();
            let lanes: Vec<_> = layout.lanes.iter().map(|l| (l.y, l.height)).collect();
            (stages, lanes)
        };
        prop_assert_eq!(places(&kept.layout), places(&afresh.layout));
        let cells = |layout: &Layout| {
            let lanes = layout.lanes.iter();
            let cells = lanes.flat_map(|lane| {
                map.touchpoints()
                    .map(|it| layout.cell_area(map, &lane.id, &it.id))
            });
            cells.collect::<Vec<_>>()
        };
        prop_assert_eq!(cells(&kept.layout), cells(&afresh.layout));
        Ok(())
    }

    /// Stages and lanes of a map, folded as the bits say.
    fn folding(map: &Map, bits: u32) -> Folding {
        let is_set = |at: usize| bits & (1 << (at % 32)) != 0;
        let stages = map.stages().iter().enumerate();
        let stages = stages.filter(|(at, _)| is_set(*at));
        let lanes = map.lanes().iter().enumerate();
        let lanes = lanes.filter(|(at, _)| is_set(16 + at));
        Folding {
            stages: stages.map(|(_, stage)| stage.id.clone()).collect(),
            lanes: lanes.map(|(_, lane)| lane.id.clone()).collect(),
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]
        #[test]
        fn unfolding_gives_the_drawing_from_before(map in arbitrary::map(), bits in any::<u32>()) {
            let mut options = RenderOptions::default();
            options.layout.handoffs = bits & 1 != 0;
            let mut cache = RenderCache::default();
            let afresh = RenderedMap::of(&map, &options, &mut FixedWidth);
            drop(cache.get(&map, 0, &options, &mut FixedWidth));
            let mut folded = options.clone();
            folded.layout.folding = folding(&map, bits);
            let drawing = cache.get(&map, 0, &folded, &mut FixedWidth);
            same(&map, &drawing, &RenderedMap::of(&map, &folded, &mut FixedWidth))?;
            // Each touchpoint keeps its number, and each stage its name on the band.
            let numbers = |map: &RenderedMap| {
                let numbers = map.layout.steps().map(|step| step.number.clone());
                numbers.collect::<Vec<_>>()
            };
            prop_assert_eq!(numbers(&drawing), numbers(&afresh));
            for (stage, record) in drawing.layout.stages.iter().zip(map.stages()) {
                prop_assert_eq!(stage.is_folded(), folded.layout.folding.stages.contains(&record.id));
                prop_assert!(record.name.trim().is_empty() || !stage.band.runs.is_empty());
            }
            drop(drawing);
            let unfolded = cache.get(&map, 0, &options, &mut FixedWidth);
            same(&map, &unfolded, &afresh)?;
        }


        #[test]
        fn an_updated_drawing_equals_a_new_one(
            map in arbitrary::map(),
            start in rolls(40),
            edits in rolls(12),
            held in any::<u16>(),
            dense in any::<u16>(),
            seams in any::<u16>(),
            themes in any::<u16>(),
            folds in proptest::collection::vec(any::<u32>(), 12),
        ) {
            let mut session = Session::untitled(map);
            for roll in start {
                act(&mut session, roll);
            }
            let mut options = RenderOptions::default();
            let mut cache = RenderCache::default();
            let mut hold = Vec::new();
            for (i, roll) in edits.into_iter().enumerate() {
                act(&mut session, roll);
                options.layout.density = match dense & (1 << (i / 4)) {
                    0 => Density::Comfortable,
                    _ => Density::Compact,
                };
                options.layout.front = map_persona(session.map(), usize::from(held) + i);
                options.layout.handoffs = seams & (1 << (i / 4)) != 0;
                options.theme = ThemeName::ALL[usize::from(themes >> i) % 3];
                let map = session.map();
                options.layout.folding = folding(map, folds[i / 2]);
                // Rows of a few widths, and one row.
                let width = [None, Some(700), Some(1500)][(folds[i / 2] as usize >> 8) % 3];
                let empty = EmptyLanes::Folded;
                options.layout.rows = width.map(|width| RowOptions { width, empty });
                let chosen = map.lanes().iter().enumerate();
                let chosen = chosen.filter(|(at, _)| folds[i / 3] & (1 << (at % 16)) == 0);
                let chosen = chosen.map(|(_, lane)| lane.id.clone()).collect();
                options.layout.lanes = (folds[i / 3] & (1 << 31) == 0).then_some(chosen);
                let kept = cache.get(map, i as u64, &options, &mut FixedWidth);
                same(map, &kept, &RenderedMap::of(map, &options, &mut FixedWidth))?;
                // A drawing that is still held must stay unchanged.
                if held & (1 << i) != 0 {
                    hold.push((format!("{:?}", kept.scene), kept));
                }
            }
            for (before, picture) in hold {
                prop_assert_eq!(before, format!("{:?}", picture.scene));
            }
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(12))]
        #[test]
        fn another_theme_or_palette_draws_nothing_anew(map in arbitrary::map()) {
            let mut session = Session::untitled(map);
            for view in View::ALL {
                let mut options = RenderOptions::default();
                for (theme, palette) in ThemeName::ALL.into_iter().zip(DepartmentPalette::ALL) {
                    let Some(former) = session.render_view(view, &options, &mut FixedWidth) else {
                        continue;
                    };
                    (options.theme, options.palette) = (theme, palette);
                    let scene = session.render_view(view, &options, &mut FixedWidth).unwrap();
                    let afresh = render_view(session.map(), view, &options, &mut FixedWidth);
                    let kept = former.groups.iter().zip(&scene.groups);
                    prop_assert!(kept.clone().all(|(a, b)| Arc::ptr_eq(&a.content, &b.content)));
                    prop_assert_eq!(kept.count(), scene.groups.len());
                    let svg = |scene: &Scene| {
                        let mut bytes = Vec::new();
                        export::svg(scene, false, &mut Typesetter::bundled(), &mut bytes).unwrap();
                        String::from_utf8(bytes).unwrap()
                    };
                    prop_assert_eq!(svg(&scene), svg(&afresh.unwrap()));
                }
            }
        }
    }

    fn huge_map(count: usize) -> Map {
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
            let map = huge_map(count);
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
