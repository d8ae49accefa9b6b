//! Thumbnails of saved views, drawn one after the other beside the window.
//!
//! Must not know: panels, what a click does.

use crate::export;
use crate::graph::Graph;
use crate::image::Pixels;
use crate::insight;
use crate::model::{Map, SavedView, SavedViewId};
use crate::render::rendering::HUGE_MAP_TOUCHPOINTS;
use crate::render::{self, RenderOptions};
use crate::saved_view;
use crate::settings::today;
use crate::task::Task;
use crate::text::Typesetter;
use egui::{ColorImage, Context, TextureHandle, TextureOptions};
use rustc_hash::FxHashMap;

/// Everything that a thumbnail depends on besides the theme and the map itself.
type Key = (u64, SavedView, [u32; 2]);

/// A thumbnail with its key.
type Drawn = (Typesetter, Key, Option<Pixels>);

/// The thumbnails of the saved views of one map.
#[derive(Default)]
pub struct SavedViewThumbnails {
    /// The open map and the appearance they are of.
    of: Option<(u64, RenderOptions)>,
    drawn: FxHashMap<SavedViewId, (Key, TextureHandle)>,
    task: Option<Task<Drawn>>,
    typesetter: Option<Typesetter>,
}

impl SavedViewThumbnails {
    /// Begins a frame: forgets thumbnails of another map or appearance, and takes one that is
    /// ready.
    pub fn begin_frame(&mut self, ctx: &Context, document: u64, appearance: RenderOptions) {
        let of = Some((document, appearance));
        if self.of != of {
            self.drawn.clear();
            self.task = None;
            self.of = of;
        }
        let Some(result) = self.task.as_ref().and_then(Task::poll) else {
            return;
        };
        self.task = None;
        if let Ok((typesetter, key, pixels)) = result {
            self.typesetter = Some(typesetter);
            if let Some(Pixels {
                width,
                height,
                rgba,
            }) = pixels
            {
                let size = [width as usize, height as usize];
                let image = ColorImage::from_rgba_unmultiplied(size, &rgba);
                let texture = ctx.load_texture("saved view", image, TextureOptions::LINEAR);
                self.drawn.insert(key.1.id.clone(), (key, texture));
            }
        }
    }

    /// The thumbnail of a view in this revision of the map; an older one until that is drawn. Of a
    /// huge map there is none, because each would take a second.
    pub fn get(
        &mut self,
        ctx: &Context,
        map: &Map,
        revision: u64,
        view: &SavedView,
        size: [u32; 2],
    ) -> Option<&TextureHandle> {
        if map.touchpoint_count() > HUGE_MAP_TOUCHPOINTS {
            return None;
        }
        let key = (revision, view.clone(), size);
        let is_current = self
            .drawn
            .get(&view.id)
            .is_some_and(|(known, _)| *known == key);
        if !is_current
            && self.task.is_none()
            && let Some((_, appearance)) = &self.of
        {
            let (map, appearance, ctx) = (map.clone(), appearance.clone(), ctx.clone());
            let typesetter = self.typesetter.take();
            let draw = move |_: &_| {
                let mut typesetter = typesetter.unwrap_or_else(Typesetter::bundled);
                let pixels = draw(&map, &key, &appearance, &mut typesetter);
                (typesetter, key, pixels)
            };
            let wake = move || ctx.request_repaint();
            self.task = Some(Task::spawn("saved view", wake, draw));
        }
        self.drawn.get(&view.id).map(|(_, texture)| texture)
    }
}

/// Draws the part in sight of a saved view.
fn draw(
    map: &Map,
    (_, view, size): &Key,
    appearance: &RenderOptions,
    typesetter: &mut Typesetter,
) -> Option<Pixels> {
    let options = saved_view::render_options(map, view, appearance);
    let scene = render::render_view(map, view.view, &options, typesetter);
    let scene = scene.unwrap_or_else(|| {
        let today = today();
        let found = insight::findings(map, &Graph::of(map), today, Vec::new());
        render::render_findings(map, (&found, today), &options, typesetter)
    });
    export::thumbnail(&scene, &scene.sight(map, view), *size, typesetter)
}
