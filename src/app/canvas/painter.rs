//! Paints the visible part of a scene into one mesh.
//!
//! Must not know: pointers, selection, the meaning of the map.

use super::atlas::{Atlas, Full};
use super::camera::Camera;
use super::fill_tessellator::{Pen, Place};
use super::group_cache::Store;
use super::item_painter::{Frame, color32};
use super::spatial_index::{Index, View};
use crate::app::ui::textures::Gallery;
use crate::model::Said;
use crate::scene::{Scene, Tag};
use crate::text::Typesetter;
use egui::epaint::Mesh;
#[cfg(test)]
use egui::epaint::Vertex;
use egui::{Rect, TextureId};
use std::sync::Arc;

/// Zoom steps per octave at which glyphs are rasterised.
const BUCKETS: f32 = 12.0;
/// Number of attempts to paint a frame whose glyphs overflow the atlas.
const TRIES: usize = 4;

/// Result of painting a scene.
#[derive(Clone, Debug)]
pub struct Painted {
    /// Meshes drawn before `mesh`, each with its own texture; empty unless the view has
    /// images.
    pub under: Vec<Arc<Mesh>>,
    /// Triangles in points on screen.
    pub mesh: Arc<Mesh>,
    /// Whether the meshes were built in this call rather than cached.
    pub fresh: bool,
    /// Number of groups in view.
    pub groups: usize,
    /// Number of items drawn.
    pub items: usize,
}

impl Painted {
    /// All meshes, in drawing order.
    pub fn meshes(&self) -> impl Iterator<Item = Arc<Mesh>> + '_ {
        self.under.iter().chain([&self.mesh]).cloned()
    }
}

/// Cache key: everything the mesh depends on.
#[derive(Clone, PartialEq)]
struct Cause {
    camera: Camera,
    rect: Rect,
    ppp: f32,
    scene: usize,
    generation: u64,
    pictures: u64,
    hidden: Option<(Tag, Said)>,
}

/// Paints scenes and caches data between frames.
#[derive(Default)]
pub struct ScenePainter {
    atlas: Atlas,
    store: Store,
    index: Index,
    pen: Option<Pen>,
    last: Option<(Cause, Painted)>,
    visible: Vec<u32>,
    items: Vec<u32>,
    hidden: Option<(Tag, Said)>,
}

impl ScenePainter {
    /// Hides a text while an inline editor covers it; `None` shows everything.
    pub fn hide(&mut self, text: Option<(Tag, Said)>) {
        self.hidden = text;
    }

    /// Returns the index of a scene, updated if the scene changed.
    pub(super) fn index(&mut self, scene: &Arc<Scene>) -> &Index {
        if !self.index.is_of(scene) {
            self.index.follow(scene);
        }
        &self.index
    }

    /// Paints the part of a scene that a camera shows in a rectangle given in points.
    /// Returns the cached meshes if nothing changed since the last call.
    pub fn paint(
        &mut self,
        ctx: &egui::Context,
        source: &mut Typesetter,
        scene: &Arc<Scene>,
        camera: &Camera,
        rect: Rect,
    ) -> Painted {
        let ppp = ctx.pixels_per_point();
        let gallery = Gallery::of(ctx);
        let mut gallery = gallery.lock();
        gallery.begin(ctx);
        let cause = Cause {
            camera: *camera,
            rect,
            ppp,
            scene: Arc::as_ptr(scene) as usize,
            generation: self.atlas.generation(),
            pictures: gallery.generation(),
            hidden: self.hidden.clone(),
        };
        // The index keeps the address of its scene from being reused.
        let known = self.index.is_of(scene);
        if let Some((last, painted)) = self.last.as_ref().filter(|_| known)
            && *last == cause
        {
            return Painted {
                fresh: false,
                ..painted.clone()
            };
        }
        let view = View::new(camera, rect, ppp, self.index(scene));
        let mut built = None;
        for _ in 0..TRIES {
            // A full atlas was cleared, so the next attempt has room.
            if let Ok(found) = self.build(source, scene, camera, &view, (ctx, &mut gallery)) {
                built = Some(found);
                self.atlas.settled();
                break;
            }
        }
        let (mut parts, mut mesh, items) = built.unwrap_or_default();
        mesh.texture_id = self.atlas.texture(ctx);
        for part in &mut parts {
            if part.texture_id == TextureId::default() {
                part.texture_id = mesh.texture_id;
            }
        }
        let painted = Painted {
            under: parts.into_iter().map(Arc::new).collect(),
            mesh: Arc::new(mesh),
            fresh: true,
            groups: self.visible.len(),
            items,
        };
        let generation = self.atlas.generation();
        self.last = Some((
            Cause {
                generation,
                ..cause
            },
            painted.clone(),
        ));
        painted
    }

    fn build(
        &mut self,
        source: &mut Typesetter,
        scene: &Arc<Scene>,
        camera: &Camera,
        view: &View,
        (ctx, gallery): (&egui::Context, &mut Gallery),
    ) -> Result<(Vec<Mesh>, Mesh, usize), Full> {
        let mut visible = std::mem::take(&mut self.visible);
        self.index(scene).visible(view, &mut visible);
        self.store.begin();
        if self.pen.as_ref().is_none_or(|pen| pen.ppp() != view.ppp) {
            self.pen = Some(Pen::new(view.ppp));
        }
        let pen = self.pen.get_or_insert_with(|| Pen::new(view.ppp));
        pen.clip = view.rect;
        let step = ((camera.zoom.log2() * BUCKETS).round() / BUCKETS).exp2();
        let stretch = camera.zoom / step;
        let mut mesh = Mesh::with_texture(TextureId::default());
        if let Some((_, last)) = &self.last {
            // Reserves about as much as the last frame used.
            mesh.reserve_vertices(last.mesh.vertices.len() + 256);
            mesh.reserve_triangles(last.mesh.indices.len() / 3 + 128);
        }
        let texel = 1.0 / self.atlas.side();
        let mut frame = Frame {
            atlas: &mut self.atlas,
            source,
            pen,
            mesh,
            zoom: camera.zoom,
            ppp: view.ppp,
            step,
            stretch: if (stretch - 1.0).abs() < 1e-3 {
                1.0
            } else {
                stretch
            },
            texel,
            items: 0,
            parts: Vec::new(),
            gallery,
            ctx,
            hidden: self.hidden.as_ref(),
        };
        frame
            .pen
            .block(view.rect, color32(scene.background, 1.0), &mut frame.mesh);
        let mut full = false;
        for number in &visible {
            let Some(group) = scene.groups.get(*number as usize) else {
                continue;
            };
            let (x, y) = view.origin(group);
            let place = Place {
                x: x as f32,
                y: y as f32,
                scale: view.scale as f32,
                point: 1.0 / view.ppp,
            };
            if frame
                .group(scene, group, &place, &mut self.store, &mut self.items)
                .is_err()
            {
                full = true;
                break;
            }
        }
        let done = (
            std::mem::take(&mut frame.parts),
            std::mem::take(&mut frame.mesh),
            frame.items,
        );
        self.visible = visible;
        if full { Err(Full) } else { Ok(done) }
    }
}

/// Vertices that show something from the texture rather than plain colour.
#[cfg(test)]
pub(super) fn textured(mesh: &Mesh) -> Vec<Vertex> {
    mesh.vertices
        .iter()
        .filter(|v| v.uv != egui::epaint::WHITE_UV)
        .copied()
        .collect()
}
