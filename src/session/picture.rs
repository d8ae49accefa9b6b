//! The map laid out and drawn, kept while neither map nor options change.

use crate::layout::{self, Layout};
use crate::model::Map;
use crate::scene::{self, Marks, Scene};
use crate::text::Typesetter;
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
    /// Which marks stay lit while the rest is dimmed; none: nothing is dimmed.
    pub lit: Marks,
}

/// A map laid out and drawn.
#[derive(Clone, Debug)]
pub struct Picture {
    /// Where stages, steps and lanes are; what they hold is in the scene alone.
    pub layout: Arc<Layout>,
    /// What is drawn.
    pub scene: Scene,
}

impl Picture {
    /// Lays out and draws a map.
    pub fn of(map: &Map, options: &PictureOptions, typesetter: &mut Typesetter) -> Picture {
        let mut layout = layout::layout(map, &options.layout, typesetter);
        let scene = scene::build(
            map,
            &layout,
            options.theme.with(options.palette),
            options.lit,
        );
        layout.drop_content();
        Picture {
            layout: Arc::new(layout),
            scene,
        }
    }
}

/// The last picture and what it was made from.
#[derive(Default)]
pub(super) struct Cache(Option<(u64, PictureOptions, Arc<Picture>)>);

impl Cache {
    pub fn get(
        &mut self,
        map: &Map,
        revision: u64,
        options: &PictureOptions,
        typesetter: &mut Typesetter,
    ) -> Arc<Picture> {
        if let Some((known_revision, known, picture)) = &mut self.0
            && *known_revision == revision
            && known.theme == options.theme
            && known.palette == options.palette
            && known.layout == options.layout
        {
            if known.lit != options.lit {
                // Highlighting dims what is drawn already: nothing is laid out again.
                let mut lit = Picture::clone(picture);
                lit.scene.lit = options.lit;
                *picture = Arc::new(lit);
                *known = options.clone();
            }
            return picture.clone();
        }
        let picture = Arc::new(Picture::of(map, options, typesetter));
        self.0 = Some((revision, options.clone(), picture.clone()));
        picture
    }
}
