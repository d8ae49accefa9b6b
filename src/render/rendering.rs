//! The map laid out and drawn, kept while neither map nor options change.

use crate::layout::flow::Colouring;
use crate::layout::{self, Layout};
use crate::model::Map;
use crate::scene::{self, Lit, Scene};
use crate::text::Measure;
use crate::theme::{Palette, ThemeName};
use std::sync::Arc;

/// How a picture shall look.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PictureOptions {
    /// In which colours.
    pub theme: ThemeName,
    /// In which colours departments that have none of their own.
    pub palette: Palette,
    /// Which lanes.
    pub layout: layout::Options,
    /// What the cards of the flow are coloured by.
    pub colouring: Colouring,
    /// What stays lit while the rest is dimmed.
    pub lit: Lit,
}

impl PictureOptions {
    /// Whether both come to the same picture but for what is lit.
    pub(crate) fn looks_like(&self, other: &PictureOptions) -> bool {
        self.theme == other.theme
            && self.palette == other.palette
            && self.layout == other.layout
            && self.colouring == other.colouring
    }
}

/// A map laid out and drawn. Whoever holds one holds it as it is; it costs less
/// to let go of it before the next one is made.
#[derive(Clone, Debug)]
pub struct Picture {
    /// Where stages, steps and lanes are; what they hold is in the scene alone.
    pub layout: Arc<Layout>,
    /// What is drawn.
    pub scene: Arc<Scene>,
}

impl Picture {
    /// Lays out and draws a map.
    pub fn of(map: &Map, options: &PictureOptions, measure: &mut dyn Measure) -> Picture {
        let mut layout = layout::layout(map, &options.layout, measure);
        let scene = scene::build(
            map,
            &mut layout,
            options.theme.with(options.palette),
            options.lit.clone(),
        );
        Picture::new(layout, scene)
    }

    /// The picture of a map that came from the one this is a picture of; the
    /// options differ in what is lit at most. Work is done only where the maps differ.
    fn follow(self, map: &Map, options: &PictureOptions, measure: &mut dyn Measure) -> Picture {
        let mut layout = Arc::unwrap_or_clone(self.layout);
        layout.update(map, &options.layout, measure);
        let former = Arc::unwrap_or_clone(self.scene);
        let scene = scene::rebuild(
            former,
            map,
            &mut layout,
            options.theme.with(options.palette),
            options.lit.clone(),
        );
        Picture::new(layout, scene)
    }

    fn new(layout: Layout, scene: Scene) -> Picture {
        Picture {
            layout: Arc::new(layout),
            scene: Arc::new(scene),
        }
    }
}

/// The last picture and what it was made from.
#[derive(Default)]
pub(crate) struct Cache(Option<(u64, PictureOptions, Arc<Picture>)>);

impl Cache {
    pub fn get(
        &mut self,
        map: &Map,
        revision: u64,
        options: &PictureOptions,
        measure: &mut dyn Measure,
    ) -> Arc<Picture> {
        let picture = match self.0.take() {
            Some((known_revision, known, mut picture)) if known.looks_like(options) => {
                if known_revision != revision {
                    let former = Arc::unwrap_or_clone(picture);
                    picture = Arc::new(former.follow(map, options, measure));
                } else if known.lit != options.lit {
                    // Highlighting dims what is drawn already: nothing is laid out again.
                    let mut lit = Arc::unwrap_or_clone(picture);
                    let mut scene = Arc::unwrap_or_clone(lit.scene);
                    scene.lit = options.lit.clone();
                    lit.scene = Arc::new(scene);
                    picture = Arc::new(lit);
                }
                picture
            }
            _ => Arc::new(Picture::of(map, options, measure)),
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

    /// One random wish, or a step back or forth.
    fn act(session: &mut Session, roll: Roll) {
        match roll.1 % 5 {
            0 => drop(session.undo()),
            1 => drop(session.redo()),
            _ => {
                if let Some(intent) = intent(session.map(), roll) {
                    // A refusal is no change.
                    let _ = session.apply(&intent);
                }
            }
        }
    }

    /// Both pictures show the same, to the last digit.
    fn same(kept: &Picture, afresh: &Picture) -> Result<(), TestCaseError> {
        let (a, b) = (&kept.scene, &afresh.scene);
        let (dump, wanted) = (a.dump(), b.dump());
        let differs = dump.lines().zip(wanted.lines()).find(|(a, b)| a != b);
        prop_assert_eq!(differs, None);
        prop_assert_eq!(dump.len(), wanted.len());
        prop_assert_eq!(a.groups.len(), b.groups.len());
        for (a, b) in a.groups.iter().zip(&b.groups) {
            // Texts, because a number that is none does not equal itself.
            if a.body != b.body {
                prop_assert_eq!(format!("{a:?}"), format!("{b:?}"));
            }
            prop_assert_eq!((a.origin, a.pin), (b.origin, b.pin));
        }
        let numbers = |layout: &Layout| format!("{:?}", layout.steps().collect::<Vec<_>>());
        prop_assert_eq!(numbers(&kept.layout), numbers(&afresh.layout));
        let places = |layout: &Layout| {
            let stages = layout.stages.iter();
            let stages: Vec<_> = stages.map(|s| (s.x, s.width, s.first_step)).collect();
            let lanes: Vec<_> = layout.lanes.iter().map(|l| (l.y, l.height)).collect();
            (stages, lanes)
        };
        prop_assert_eq!(places(&kept.layout), places(&afresh.layout));
        Ok(())
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]
        #[test]
        fn a_picture_that_follows_edits_is_the_picture_drawn_afresh(
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
            let mut options = PictureOptions::default();
            let mut cache = Cache::default();
            let mut hold = Vec::new();
            for (i, roll) in edits.into_iter().enumerate() {
                act(&mut session, roll);
                options.layout.density = match dense & (1 << (i / 4)) {
                    0 => Density::Comfortable,
                    _ => Density::Compact,
                };
                options.layout.seams = seams & (1 << (i / 4)) != 0;
                let map = session.map();
                let kept = cache.get(map, i as u64, &options, &mut FixedWidth);
                same(&kept, &Picture::of(map, &options, &mut FixedWidth))?;
                // Somebody who holds a picture holds it unchanged.
                if held & (1 << i) != 0 {
                    hold.push((kept.scene.dump(), kept));
                }
            }
            for (dump, picture) in hold {
                prop_assert_eq!(dump, picture.scene.dump());
            }
        }
    }
}
