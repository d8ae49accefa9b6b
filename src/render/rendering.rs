//! Layout and drawing of a map, cached while map and options are unchanged.
//!
//! Must not know: windows, cameras.

use crate::layout::flow::CardColoring;
use crate::layout::{self, Layout};
use crate::model::Map;
use crate::scene::{self, Highlight, Scene};
use crate::text::Measure;
use crate::theme::{DepartmentPalette, ThemeName};
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
    /// The items to highlight while the rest is dimmed.
    pub highlight: Highlight,
}

impl RenderOptions {
    /// Whether both options give the same drawing except for the highlight.
    pub(crate) fn equals_except_highlight(&self, other: &RenderOptions) -> bool {
        self.theme == other.theme
            && self.palette == other.palette
            && self.layout == other.layout
            && self.coloring == other.coloring
    }
}

/// The layout and drawing of a map. A shared reference stays unchanged; an update
/// costs less if no other reference is held.
#[derive(Clone, Debug)]
pub struct RenderedMap {
    /// Positions of stages, steps and lanes; their contents are only in the scene.
    pub layout: Arc<Layout>,
    /// The display list.
    pub scene: Arc<Scene>,
}

impl RenderedMap {
    /// Lays out and draws a map.
    pub fn of(map: &Map, options: &RenderOptions, measure: &mut dyn Measure) -> RenderedMap {
        let mut layout = layout::layout(map, &options.layout, measure);
        let scene = scene::build(
            map,
            &mut layout,
            options.theme.with_palette(options.palette),
            options.highlight.clone(),
        );
        RenderedMap::new(layout, scene)
    }

    /// Updates the drawing to a later version of its map, reworking only the
    /// differences. The options may differ in the highlight only.
    fn update(self, map: &Map, options: &RenderOptions, measure: &mut dyn Measure) -> RenderedMap {
        let mut layout = Arc::unwrap_or_clone(self.layout);
        layout.update(map, &options.layout, measure);
        let former = Arc::unwrap_or_clone(self.scene);
        let scene = scene::rebuild(
            former,
            map,
            &mut layout,
            options.theme.with_palette(options.palette),
            options.highlight.clone(),
        );
        RenderedMap::new(layout, scene)
    }

    fn new(layout: Layout, scene: Scene) -> RenderedMap {
        RenderedMap {
            layout: Arc::new(layout),
            scene: Arc::new(scene),
        }
    }
}

/// The most recent drawing with its revision and options.
#[derive(Default)]
pub(crate) struct RenderCache(Option<(u64, RenderOptions, Arc<RenderedMap>)>);

impl RenderCache {
    pub fn get(
        &mut self,
        map: &Map,
        revision: u64,
        options: &RenderOptions,
        measure: &mut dyn Measure,
    ) -> Arc<RenderedMap> {
        let picture = match self.0.take() {
            Some((known_revision, known, mut picture))
                if known.equals_except_highlight(options) =>
            {
                if known_revision != revision {
                    let former = Arc::unwrap_or_clone(picture);
                    picture = Arc::new(former.update(map, options, measure));
                } else if known.highlight != options.highlight {
                    // A new highlight dims the existing drawing: nothing is laid
                    // out again.
                    let mut lit = Arc::unwrap_or_clone(picture);
                    let mut scene = Arc::unwrap_or_clone(lit.scene);
                    scene.highlight = options.highlight.clone();
                    lit.scene = Arc::new(scene);
                    picture = Arc::new(lit);
                }
                picture
            }
            _ => Arc::new(RenderedMap::of(map, options, measure)),
        };
        self.0 = Some((revision, options.clone(), Arc::clone(&picture)));
        picture
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::proptests::{Roll, intent, rolls};
    use crate::model::arbitrary;
    use crate::session::Session;
    use crate::text::FixedWidth;
    use crate::theme::Density;
    use proptest::prelude::{ProptestConfig, any, prop_assert_eq, proptest};
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

    /// Asserts that both drawings are equal to the last digit.
    fn same(kept: &RenderedMap, afresh: &RenderedMap) -> Result<(), TestCaseError> {
        let (a, b) = (&kept.scene, &afresh.scene);
        prop_assert_eq!((a.width, a.height), (b.width, b.height));
        prop_assert_eq!((&a.title, &a.description), (&b.title, &b.description));
        prop_assert_eq!((a.background, &a.highlight), (b.background, &b.highlight));
        prop_assert_eq!(a.groups.len(), b.groups.len());
        for (a, b) in a.groups.iter().zip(&b.groups) {
            // Compared as text, because NaN does not equal itself.
            if a.content != b.content {
                prop_assert_eq!(format!("{a:?}"), format!("{b:?}"));
            }
            prop_assert_eq!((a.origin, a.pin), (b.origin, b.pin));
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
        Ok(())
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]
        #[test]
        fn an_updated_drawing_equals_a_new_one(
            map in arbitrary::map(),
            start in rolls(40),
            edits in rolls(12),
            held in any::<u16>(),
            dense in any::<u16>(),
            seams in any::<u16>(),
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
                options.layout.handoffs = seams & (1 << (i / 4)) != 0;
                let map = session.map();
                let kept = cache.get(map, i as u64, &options, &mut FixedWidth);
                same(&kept, &RenderedMap::of(map, &options, &mut FixedWidth))?;
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
}
