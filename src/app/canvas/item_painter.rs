//! Paints the items of groups into a mesh, in one exhaustive match. Images are meshes of
//! their own, because each needs its own texture.
//!
//! Must not know: the groups in view, the lifetime of cached data, image decoding.

use super::atlas::{Atlas, AtlasEntry};
use super::group_cache::{GroupCache, ItemCache};
use super::tessellator::{LineStyle, ShapeTessellator, on_screen, rect_on_screen};
use crate::app::ui::textures::{TextureCache, TextureState};
use crate::export::raster::Symbol;
use crate::geom::{Rect as MapRect, pt};
use crate::model::{FieldRef, ImageHeader};
use crate::scene::{Group, Scene, SceneItem, Shape, Stroke, TextLine, Tone};
use crate::text::Typesetter;
use crate::theme::{Color, ColorRole, RoleColors};
use egui::emath::{TSTransform, remap};
use egui::epaint::Mesh;
use egui::{Color32, Pos2, Rect, TextureId, Vec2, pos2, vec2};
use std::sync::Arc;

/// Smallest em in physical pixels at which text is drawn as glyphs; smaller text is a
/// bar.
pub(crate) const MIN_LEGIBLE_EM: f32 = 5.0;
/// Smallest em in physical pixels at which text is drawn at all.
const MIN_VISIBLE_EM: f32 = 2.0;
/// Images smaller than this, in physical pixels, are drawn as a block of their average
/// colour.
const MIN_TEXTURED_PIXELS: f32 = 6.0;

/// State and resources for painting one frame.
pub(super) struct ItemPainter<'a> {
    pub(super) atlas: &'a mut Atlas,
    pub(super) typesetter: &'a mut Typesetter,
    pub(super) colors: &'a RoleColors,
    pub(super) pen: &'a mut ShapeTessellator,
    pub(super) mesh: Mesh,
    pub(super) zoom: f32,
    /// Zoom step at which glyphs are rasterised, and their scale to the current zoom;
    /// the scale is 1 while the camera rests on a step.
    pub(super) raster_zoom: f32,
    pub(super) raster_scale: f32,
    /// Meshes painted before `mesh`: text and shapes alternating with images, which
    /// have a texture of their own.
    pub(super) finished_meshes: Vec<Mesh>,
    pub(super) textures: &'a mut TextureCache,
    pub(super) ctx: &'a egui::Context,
    /// Text hidden because an inline editor covers it.
    pub(super) hidden_text: Option<&'a FieldRef>,
}

/// Rounds to the nearest quarter of a pixel; returns whole pixels and the fraction.
fn snap_to_quarter(x: f32) -> (f32, f32) {
    let quarters = (x * 4.0).round();
    let whole = (quarters / 4.0).floor();
    (whole, quarters / 4.0 - whole)
}

/// Converts a colour with an opacity to egui's colour.
pub(super) fn color32(color: Color, opacity: f32) -> Color32 {
    let color = if opacity < 1.0 {
        color.alpha(opacity)
    } else {
        color
    };
    Color32::from_rgba_unmultiplied(color.r, color.g, color.b, color.a)
}

/// Returns the shown part of an image: all of it, or the central square if `round`.
fn shown_uv(head: ImageHeader, round: bool) -> Rect {
    let (w, h) = (head.width as f32, head.height as f32);
    let shown = if round {
        Vec2::new((h / w).min(1.0), (w / h).min(1.0))
    } else {
        Vec2::splat(1.0)
    };
    Rect::from_center_size(pos2(0.5, 0.5), shown)
}

impl ItemPainter<'_> {
    /// Paints the visible items of a group.
    pub(super) fn paint_group(
        &mut self,
        scene: &Scene,
        group: &Group,
        place: &TSTransform,
        store: &mut GroupCache,
    ) {
        let prepared = store.entry_for(group);
        let seen = place.inverse() * self.pen.clip;
        let seen = MapRect {
            min: pt(seen.min.x, seen.min.y),
            max: pt(seen.max.x, seen.max.y),
        };
        let half_a_pixel = 0.5 / (place.scaling * self.pen.ppp);
        let mut tone = (u32::MAX, Tone::default());
        for (item, drawn) in prepared.visible(&group.content, seen, half_a_pixel) {
            let subject = group.content.objects.get(item.object as usize);
            if !item.zoom.contains(self.zoom) {
                continue;
            }
            if let Shape::Text(text) = &item.shape
                && let Some(hidden) = self.hidden_text
                && text.text_field == Some(hidden.field)
                && subject.and_then(|shown| shown.id.object()) == Some(&hidden.object)
            {
                continue;
            }
            if tone.0 != item.object {
                let new = subject.map(|subject| scene.tone(subject));
                tone = (item.object, new.unwrap_or_default());
            }
            self.paint_item(item, place, tone.1, drawn);
        }
    }

    /// The colour of an area.
    fn fill32(&self, role: ColorRole, tone: Tone) -> Color32 {
        color32(tone.fill(self.colors.color(role)), 1.0)
    }

    fn paint_item(
        &mut self,
        item: &SceneItem,
        place: &TSTransform,
        tone: Tone,
        drawn: &mut ItemCache,
    ) {
        match &item.shape {
            Shape::Rect {
                rect,
                radius,
                fill,
                stroke,
            } => {
                let fill = fill.map_or(Color32::TRANSPARENT, |fill| self.fill32(fill, tone));
                let rect = rect_on_screen(place, rect);
                let radius = radius * place.scaling;
                let line = stroke.map(|stroke| self.line_style(&stroke, place, tone));
                self.pen
                    .rounded_rect(rect, radius, fill, line, &mut self.mesh);
            }
            Shape::Path { path, fill, stroke } => {
                let octave = (place.scaling * self.pen.ppp).log2().floor() as i32;
                let flat = drawn.flattened(path, octave, fill.is_some());
                if let Some(fill) = fill {
                    let color = self.fill32(*fill, tone);
                    self.pen.fill(flat, place, color, &mut self.mesh);
                }
                if let Some(stroke) = stroke {
                    let line = self.line_style(stroke, place, tone);
                    if line.width * self.pen.ppp > 0.05 {
                        for part in &flat.lines {
                            self.pen
                                .stroke(&part.points, part.closed, place, line, &mut self.mesh);
                        }
                    }
                }
            }
            Shape::Image {
                source,
                rect,
                round,
            } => {
                let uv = shown_uv(source.head, *round);
                self.paint_image(
                    &source.bytes,
                    rect_on_screen(place, rect),
                    uv,
                    *round,
                    tone.image_opacity(),
                );
            }
            Shape::Text(text) => self.paint_text(text, place, tone, drawn),
            Shape::Icon { icon, rect, color } => {
                let shown = rect_on_screen(place, rect);
                let color = self.colors.color(*color);
                let paint = color32(tone.text(color), 1.0);
                if shown.size().max_elem() * self.pen.ppp < 3.0 {
                    let dot = shown.shrink(shown.width() * 0.3);
                    self.pen.fill_rect(dot, paint, &mut self.mesh);
                    return;
                }
                let symbol = Symbol::Icon(*icon);
                let px = rect.width() * self.raster_zoom * self.pen.ppp;
                let bright = color.luminance() > 0.4;
                let entry = self.atlas.entry(self.typesetter, symbol, px, 0.0, bright);
                let mut corner = shown.min * self.pen.ppp;
                if self.raster_scale == 1.0 {
                    corner = corner.round();
                }
                self.paint_atlas_entry(&entry, corner.x, corner.y, paint);
            }
        }
    }

    fn paint_text(
        &mut self,
        text: &TextLine,
        place: &TSTransform,
        tone: Tone,
        drawn: &mut ItemCache,
    ) {
        let ppp = self.pen.ppp;
        let em = text.size * place.scaling * ppp;
        if em < MIN_VISIBLE_EM {
            return;
        }
        let color = self.colors.color(text.color);
        if em < MIN_LEGIBLE_EM {
            let bar = MapRect {
                min: pt(text.at.x, text.at.y - text.size * 0.5),
                max: pt(text.at.x + text.width, text.at.y - text.size * 0.08),
            };
            let pale =
                0.3 * ((em - MIN_VISIBLE_EM) / (MIN_LEGIBLE_EM - MIN_VISIBLE_EM)).clamp(0.25, 1.0);
            let bar = rect_on_screen(place, &bar);
            self.pen
                .fill_rect(bar, color32(tone.text(color), pale), &mut self.mesh);
            return;
        }
        let px = text.size * self.raster_zoom * ppp;
        let bright = color.luminance() > 0.4;
        let color = color32(tone.text(color), 1.0);
        let plain = white(tone.image_opacity());
        let crisp = self.raster_scale == 1.0;
        let round = |y: f32| if crisp { y.round() } else { y };
        let start = on_screen(place, text.at) * ppp;
        let baseline = round(start.y);
        let (left, right) = (self.pen.clip.min.x * ppp, self.pen.clip.max.x * ppp);
        for glyph in &drawn.glyphs(text, self.typesetter).glyphs {
            let x = start.x + glyph.x * em;
            if x > right + em || x < left - 4.0 * em {
                continue;
            }
            let (whole, phase) = if crisp { snap_to_quarter(x) } else { (x, 0.0) };
            let symbol = Symbol::Glyph(glyph.font, glyph.id);
            let entry = self.atlas.entry(self.typesetter, symbol, px, phase, bright);
            let color = if entry.colored { plain } else { color };
            self.paint_atlas_entry(&entry, whole, baseline + round(glyph.y * em), color);
        }
    }

    fn line_style(&self, stroke: &Stroke, place: &TSTransform, tone: Tone) -> LineStyle {
        LineStyle {
            width: stroke.width * place.scaling,
            color: color32(tone.line(self.colors.color(stroke.color)), 1.0),
            dash: stroke.dash,
        }
    }

    /// Paints an atlas entry with its origin at a position in physical pixels.
    fn paint_atlas_entry(&mut self, entry: &AtlasEntry, x: f32, y: f32, color: Color32) {
        if entry.width == 0 {
            return;
        }
        let scale = entry.scale * self.raster_scale;
        let size = vec2(f32::from(entry.width), f32::from(entry.height));
        let min = pos2(x + entry.left * scale, y + entry.top * scale);
        let rect = Rect::from_min_size(min, size * scale) / self.pen.ppp;
        let texel = self.atlas.texel();
        let from = vec2(f32::from(entry.u), f32::from(entry.v)) * texel;
        let uv = Rect::from_min_size(from.to_pos2(), size * texel);
        self.mesh.add_rect_with_uv(rect, uv, color);
    }

    fn paint_image(&mut self, bytes: &Arc<[u8]>, rect: Rect, uv: Rect, round: bool, opacity: f32) {
        let pixels = rect.size().max_elem() * self.pen.ppp;
        if pixels < MIN_TEXTURED_PIXELS {
            if let Some([r, g, b]) = self.textures.average(bytes) {
                let color = color32(Color { r, g, b, a: 255 }, opacity);
                self.pen.fill_rect(rect, color, &mut self.mesh);
            }
            return;
        }
        // The texture also contains the part that is cropped.
        let whole = pixels / uv.width().min(uv.height());
        let TextureState::Texture(texture, _) = self.textures.texture(self.ctx, bytes, whole)
        else {
            return;
        };
        let mut image = Mesh::with_texture(texture);
        if round {
            let on_texture = |at: Pos2| {
                pos2(
                    remap(at.x, rect.x_range(), uv.x_range()),
                    remap(at.y, rect.y_range(), uv.y_range()),
                )
            };
            let disc = &mut self.pen.path;
            disc.clear();
            disc.add_circle(rect.center(), rect.width() / 2.0);
            disc.fill_with_uv(0.0, white(opacity), texture, on_texture, &mut image);
        } else {
            image.add_rect_with_uv(rect, uv, white(opacity));
        }
        let rest = Mesh::with_texture(TextureId::default());
        self.finished_meshes
            .push(std::mem::replace(&mut self.mesh, rest));
        self.finished_meshes.push(image);
    }
}

/// White with an opacity, for pixels that have colours of their own.
fn white(opacity: f32) -> Color32 {
    Color32::from_white_alpha((opacity * 255.0) as u8)
}

#[cfg(test)]
mod tests {
    use super::snap_to_quarter;

    #[test]
    fn glyph_positions_round_to_quarter_pixels() {
        for i in -400..400 {
            let x = i as f32 * 0.037;
            let (whole, rest) = snap_to_quarter(x);
            assert!((whole + rest - x).abs() <= 0.1251, "{x}");
            assert!(
                whole.fract() == 0.0 && [0.0, 0.25, 0.5, 0.75].contains(&rest),
                "{rest}"
            );
        }
    }
}
