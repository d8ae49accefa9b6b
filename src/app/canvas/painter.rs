//! Paints the visible part of a scene into one mesh.
//!
//! Must not know: pointers, selection, the meaning of the map.

use super::atlas::{Atlas, AtlasFull};
use super::camera::Camera;
use super::group_cache::GroupCache;
use super::item_painter::{ItemPainter, color32};
use super::spatial_index::{SpatialIndex, Viewport};
use super::tessellator::{GroupTransform, ShapeTessellator};
use crate::app::ui::textures::TextureCache;
use crate::model::FieldRef;
use crate::scene::Scene;
use crate::text::Typesetter;
use egui::epaint::Mesh;
#[cfg(test)]
use egui::epaint::Vertex;
use egui::{Rect, TextureId};
use std::sync::Arc;

/// Zoom steps per octave at which glyphs are rasterised.
const ZOOM_STEPS_PER_OCTAVE: f32 = 12.0;
/// Number of attempts to paint a frame whose glyphs overflow the atlas.
const MAX_ATTEMPTS: usize = 4;

/// Result of painting a scene.
#[derive(Clone, Debug)]
pub struct PaintedScene {
    /// Meshes drawn before `mesh`, each with its own texture; empty unless the view has
    /// images.
    pub lower_meshes: Vec<Arc<Mesh>>,
    /// Triangles in points on screen.
    pub mesh: Arc<Mesh>,
    /// Whether the meshes were built in this call rather than cached.
    pub is_repainted: bool,
    /// Number of groups in view.
    pub groups: usize,
    /// Number of items drawn.
    pub items: usize,
}

impl PaintedScene {
    /// All meshes, in drawing order.
    pub fn meshes(&self) -> impl Iterator<Item = Arc<Mesh>> + '_ {
        self.lower_meshes.iter().chain([&self.mesh]).cloned()
    }
}

/// Cache key: everything the mesh depends on.
#[derive(Clone, PartialEq)]
struct PaintCacheKey {
    camera: Camera,
    rect: Rect,
    ppp: f32,
    scene: usize,
    atlas_generation: u64,
    texture_generation: u64,
    hidden_text: Option<FieldRef>,
}

/// Paints scenes and caches data between frames.
#[derive(Default)]
pub struct ScenePainter {
    atlas: Atlas,
    group_cache: GroupCache,
    index: SpatialIndex,
    tessellator: Option<ShapeTessellator>,
    last_paint: Option<(PaintCacheKey, PaintedScene)>,
    visible: Vec<u32>,
    items: Vec<u32>,
    hidden_text: Option<FieldRef>,
}

impl ScenePainter {
    /// Hides a text while an inline editor covers it; `None` shows everything.
    pub fn set_hidden_text(&mut self, text: Option<FieldRef>) {
        self.hidden_text = text;
    }

    /// Returns the index of a scene, updated if the scene changed.
    pub(super) fn index_for(&mut self, scene: &Arc<Scene>) -> &SpatialIndex {
        if !self.index.is_for(scene) {
            self.index.update(scene);
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
    ) -> PaintedScene {
        let ppp = ctx.pixels_per_point();
        let gallery = TextureCache::of(ctx);
        let mut gallery = gallery.lock();
        gallery.begin_frame(ctx);
        let cause = PaintCacheKey {
            camera: *camera,
            rect,
            ppp,
            scene: Arc::as_ptr(scene) as usize,
            atlas_generation: self.atlas.generation(),
            texture_generation: gallery.generation(),
            hidden_text: self.hidden_text.clone(),
        };
        // The index keeps the address of its scene from being reused.
        let known = self.index.is_for(scene);
        if let Some((last, painted)) = self.last_paint.as_ref().filter(|_| known)
            && *last == cause
        {
            return PaintedScene {
                is_repainted: false,
                ..painted.clone()
            };
        }
        let view = Viewport::new(camera, rect, ppp, self.index_for(scene));
        let mut built = None;
        for _ in 0..MAX_ATTEMPTS {
            // A full atlas was cleared, so the next attempt has room.
            if let Ok(found) = self.build(source, scene, camera, &view, (ctx, &mut gallery)) {
                built = Some(found);
                self.atlas.mark_frame_complete();
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
        let painted = PaintedScene {
            lower_meshes: parts.into_iter().map(Arc::new).collect(),
            mesh: Arc::new(mesh),
            is_repainted: true,
            groups: self.visible.len(),
            items,
        };
        let generation = self.atlas.generation();
        self.last_paint = Some((
            PaintCacheKey {
                atlas_generation: generation,
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
        view: &Viewport,
        (ctx, gallery): (&egui::Context, &mut TextureCache),
    ) -> Result<(Vec<Mesh>, Mesh, usize), AtlasFull> {
        let mut visible = std::mem::take(&mut self.visible);
        self.index_for(scene).visible(view, &mut visible);
        self.group_cache.begin_frame();
        if self
            .tessellator
            .as_ref()
            .is_none_or(|pen| pen.ppp() != view.ppp)
        {
            self.tessellator = Some(ShapeTessellator::new(view.ppp));
        }
        let pen = self
            .tessellator
            .get_or_insert_with(|| ShapeTessellator::new(view.ppp));
        pen.clip = view.rect;
        let step =
            ((camera.zoom.log2() * ZOOM_STEPS_PER_OCTAVE).round() / ZOOM_STEPS_PER_OCTAVE).exp2();
        let stretch = camera.zoom / step;
        let mut mesh = Mesh::with_texture(TextureId::default());
        if let Some((_, last)) = &self.last_paint {
            // Reserves about as much as the last frame used.
            mesh.reserve_vertices(last.mesh.vertices.len() + 256);
            mesh.reserve_triangles(last.mesh.indices.len() / 3 + 128);
        }
        let texel = 1.0 / self.atlas.side();
        let mut frame = ItemPainter {
            atlas: &mut self.atlas,
            typesetter: source,
            pen,
            mesh,
            zoom: camera.zoom,
            ppp: view.ppp,
            raster_zoom: step,
            raster_scale: if (stretch - 1.0).abs() < 1e-3 {
                1.0
            } else {
                stretch
            },
            texel,
            items: 0,
            finished_meshes: Vec::new(),
            textures: gallery,
            ctx,
            hidden_text: self.hidden_text.as_ref(),
        };
        frame
            .pen
            .fill_rect(view.rect, color32(scene.background, 1.0), &mut frame.mesh);
        let mut full = false;
        for number in &visible {
            let Some(group) = scene.groups.get(*number as usize) else {
                continue;
            };
            let (x, y) = view.origin(group);
            let place = GroupTransform {
                x: x as f32,
                y: y as f32,
                scale: view.scale as f32,
                points_per_pixel: 1.0 / view.ppp,
            };
            if frame
                .paint_group(scene, group, &place, &mut self.group_cache, &mut self.items)
                .is_err()
            {
                full = true;
                break;
            }
        }
        let done = (
            std::mem::take(&mut frame.finished_meshes),
            std::mem::take(&mut frame.mesh),
            frame.items,
        );
        self.visible = visible;
        if full { Err(AtlasFull) } else { Ok(done) }
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
