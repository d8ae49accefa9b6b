//! Paints the visible part of a scene into one mesh.
//!
//! Must not know: pointers, selection, the meaning of the map.

use super::atlas::Atlas;
use super::camera::Camera;
use super::group_cache::GroupCache;
use super::item_painter::{ItemPainter, color32};
use super::spatial_index::{SpatialIndex, Viewport};
use super::tessellator::ShapeTessellator;
use crate::app::ui::textures::TextureCache;
use crate::model::FieldRef;
use crate::scene::Scene;
use crate::text::Typesetter;
use egui::emath::TSTransform;
use egui::epaint::Mesh;
use egui::{Rect, TextureId, vec2};
use std::sync::Arc;

/// Number of attempts to paint a frame whose glyphs overflow the atlas; it doubles up to
/// five times before it is cleared.
const MAX_ATTEMPTS: usize = 8;

/// Result of painting a scene.
#[derive(Clone, Debug)]
pub struct PaintedScene {
    /// Meshes in points on screen, in drawing order. All have the texture of glyphs but
    /// those of images, which lie between them and have textures of their own.
    pub meshes: Vec<Arc<Mesh>>,
    /// Whether the meshes were built in this call rather than cached.
    pub is_repainted: bool,
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
    /// The groups in view.
    pub(super) visible: Vec<u32>,
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
        self.atlas.fit(ctx);
        let key = PaintCacheKey {
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
            && *last == key
        {
            return PaintedScene {
                is_repainted: false,
                ..painted.clone()
            };
        }
        let view = Viewport::new(camera, rect, ppp, self.index_for(scene));
        let mut meshes = self.build(source, scene, camera, &view, (ctx, &mut gallery));
        for _ in 1..MAX_ATTEMPTS {
            if !self.atlas.became_stale() {
                break;
            }
            meshes = self.build(source, scene, camera, &view, (ctx, &mut gallery));
        }
        let texture = self.atlas.texture(ctx);
        for mesh in &mut meshes {
            if mesh.texture_id == TextureId::default() {
                mesh.texture_id = texture;
            }
        }
        let painted = PaintedScene {
            meshes: meshes.into_iter().map(Arc::new).collect(),
            is_repainted: true,
        };
        let key = PaintCacheKey {
            atlas_generation: self.atlas.generation(),
            ..key
        };
        self.last_paint = Some((key, painted.clone()));
        painted
    }

    /// Paints the visible groups. Returns the meshes in drawing order.
    fn build(
        &mut self,
        source: &mut Typesetter,
        scene: &Arc<Scene>,
        camera: &Camera,
        view: &Viewport,
        (ctx, gallery): (&egui::Context, &mut TextureCache),
    ) -> Vec<Mesh> {
        let mut visible = std::mem::take(&mut self.visible);
        self.index_for(scene).visible(view, &mut visible);
        self.group_cache.begin_frame();
        let pen = self.tessellator.take();
        let mut pen = pen
            .filter(|pen| pen.ppp == view.ppp)
            .unwrap_or_else(|| ShapeTessellator::new(view.ppp));
        pen.clip = view.rect;
        let step = camera.stepped(0);
        let stretch = camera.zoom / step;
        let mut mesh = Mesh::with_texture(TextureId::default());
        if let Some((_, painted)) = &self.last_paint
            && let Some(last) = painted.meshes.last()
        {
            // Reserves about as much as the last frame used.
            mesh.reserve_vertices(last.vertices.len() + 256);
            mesh.reserve_triangles(last.indices.len() / 3 + 128);
        }
        let mut frame = ItemPainter {
            atlas: &mut self.atlas,
            typesetter: source,
            colors: &scene.colors,
            pen: &mut pen,
            mesh,
            zoom: camera.zoom,
            raster_zoom: step,
            raster_scale: if (stretch - 1.0).abs() < 1e-3 {
                1.0
            } else {
                stretch
            },
            finished_meshes: Vec::new(),
            textures: gallery,
            ctx,
            hidden_text: self.hidden_text.as_ref(),
        };
        frame.pen.fill_rect(
            view.rect,
            color32(scene.colors.paper(), 1.0),
            &mut frame.mesh,
        );
        for group in visible
            .iter()
            .filter_map(|at| scene.groups.get(*at as usize))
        {
            let (x, y) = view.origin(group);
            let ppp = f64::from(view.ppp);
            let place = TSTransform {
                scaling: (view.scale / ppp) as f32,
                translation: vec2((x / ppp) as f32, (y / ppp) as f32),
            };
            frame.paint_group(scene, group, &place, &mut self.group_cache);
        }
        let mut meshes = frame.finished_meshes;
        meshes.push(frame.mesh);
        self.tessellator = Some(pen);
        self.visible = visible;
        meshes
    }
}
