//! Paints images between the parts of a frame's mesh, because each image needs its own
//! texture.
//!
//! Must not know: image decoding.

use super::fill_tessellator::{longer_side, quad};
use super::item_painter::{ItemPainter, color32};
use crate::app::ui::textures::TextureState;
use crate::theme::Color;
use egui::epaint::{Mesh, Vertex};
use egui::{Color32, Rect, TextureId, Vec2};
use std::f32::consts::TAU;
use std::mem;
use std::sync::Arc;

/// Images smaller than this, in physical pixels, are drawn as a block of their average
/// colour.
const MIN_TEXTURED_PIXELS: f32 = 6.0;
/// Number of segments of a disc.
const DISC_SEGMENTS: u32 = 64;

impl ItemPainter<'_> {
    pub(super) fn paint_image(
        &mut self,
        bytes: &Arc<[u8]>,
        rect: Rect,
        uv: Rect,
        round: bool,
        opacity: f32,
    ) {
        let pixels = longer_side(rect.size()) * self.ppp;
        if pixels < MIN_TEXTURED_PIXELS {
            if let Some([r, g, b]) = self.textures.average(bytes) {
                let color = Color { r, g, b, a: 255 };
                self.pen
                    .fill_rect(rect, color32(color, opacity), &mut self.mesh);
            }
            return;
        }
        // The texture also contains the part that is cropped.
        let whole = pixels / uv.width().min(uv.height());
        let TextureState::Texture(texture, _) = self.textures.texture(self.ctx, bytes, whole)
        else {
            return;
        };
        let tint = Color32::from_white_alpha((opacity * 255.0) as u8);
        let mut image = Mesh::with_texture(texture);
        if round {
            disc(&mut image, rect, uv, tint);
        } else {
            quad(&mut image, rect, uv, tint);
        }
        let rest = Mesh::with_texture(TextureId::default());
        self.finished_meshes
            .push(mem::replace(&mut self.mesh, rest));
        self.finished_meshes.push(image);
    }
}

fn disc(mesh: &mut Mesh, rect: Rect, uv: Rect, color: Color32) {
    let mut corner = |pos, uv| mesh.vertices.push(Vertex { pos, uv, color });
    corner(rect.center(), uv.center());
    for i in 0..DISC_SEGMENTS {
        let (y, x) = (i as f32 / DISC_SEGMENTS as f32 * TAU).sin_cos();
        let way = Vec2::new(x, y) / 2.0;
        corner(
            rect.center() + rect.size() * way,
            uv.center() + uv.size() * way,
        );
    }
    for i in 0..DISC_SEGMENTS {
        mesh.add_triangle(0, 1 + i, 1 + (i + 1) % DISC_SEGMENTS);
    }
}
