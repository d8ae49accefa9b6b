//! Paints the items of groups into a mesh, in one exhaustive match.
//!
//! Must not know: the groups in view, the lifetime of cached data.

use super::atlas::{Atlas, AtlasEntry, AtlasFull};
use super::fill_tessellator::{longer_side, quad};
use super::group_cache::{GroupCache, ItemCache};
use super::tessellator::{GroupTransform, LineStyle, ShapeTessellator};
use crate::app::ui::textures::TextureCache;
use crate::geom::{Rect as MapRect, pt};
use crate::model::{FieldRef, ImageHeader};
use crate::scene::{Group, Scene, SceneItem, Shape, Stroke, TextLine};
use crate::text::Typesetter;
use crate::theme::Color;
use crate::theme::Icon;
use egui::epaint::Mesh;
use egui::{Color32, Rect, Vec2, pos2, vec2};

/// Smallest em in physical pixels at which text is drawn as glyphs; smaller text is a
/// bar.
const MIN_LEGIBLE_EM: f32 = 5.0;
/// Smallest em in physical pixels at which text is drawn at all.
const MIN_VISIBLE_EM: f32 = 2.0;

/// State and resources for painting one frame.
pub(super) struct ItemPainter<'a> {
    pub(super) atlas: &'a mut Atlas,
    pub(super) typesetter: &'a mut Typesetter,
    pub(super) pen: &'a mut ShapeTessellator,
    pub(super) mesh: Mesh,
    pub(super) zoom: f32,
    pub(super) ppp: f32,
    /// Zoom step at which glyphs are rasterised, and their scale to the current zoom;
    /// the scale is 1 while the camera rests on a step.
    pub(super) raster_zoom: f32,
    pub(super) raster_scale: f32,
    pub(super) texel: f32,
    pub(super) items: usize,
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
    ///
    /// # Errors
    /// [`AtlasFull`] if the atlas ran out of room.
    pub(super) fn paint_group(
        &mut self,
        scene: &Scene,
        group: &Group,
        place: &GroupTransform,
        store: &mut GroupCache,
        numbers: &mut Vec<u32>,
    ) -> Result<(), AtlasFull> {
        let prepared = store.entry_for(group);
        let clip = self.pen.clip;
        let back = |at: egui::Pos2| {
            pt(
                (at.x * self.ppp - place.x) / place.scale,
                (at.y * self.ppp - place.y) / place.scale,
            )
        };
        let seen = MapRect {
            min: back(clip.min),
            max: back(clip.max),
        };
        // Half a pixel, in map units.
        prepared.visible(&seen, 0.5 / place.scale, numbers);
        let mut opacity = (u32::MAX, 1.0);
        let hidden = self.hidden_text;
        let hidden = |subject: u32, text: &TextLine| {
            hidden.is_some_and(|hidden| {
                let subject = group.content.objects.get(subject as usize);
                text.text_field == Some(hidden.field)
                    && subject.and_then(|shown| shown.id.object()) == Some(&hidden.object)
            })
        };
        for number in numbers.iter() {
            let number = *number as usize;
            let (Some(item), Some(drawn)) = (
                group.content.items.get(number),
                prepared.item_caches.get_mut(number),
            ) else {
                continue;
            };
            if !item.zoom.contains(self.zoom) {
                continue;
            }
            if let Shape::Text(text) = &item.shape
                && hidden(item.object, text)
            {
                continue;
            }
            if opacity.0 != item.object {
                let subject = group.content.objects.get(item.object as usize);
                opacity = (item.object, subject.map_or(1.0, |s| scene.opacity(s)));
            }
            self.items += 1;
            self.paint_item(item, place, opacity.1, drawn)?;
        }
        Ok(())
    }

    fn paint_item(
        &mut self,
        item: &SceneItem,
        place: &GroupTransform,
        opacity: f32,
        drawn: &mut ItemCache,
    ) -> Result<(), AtlasFull> {
        match &item.shape {
            Shape::Rect {
                rect,
                radius,
                fill,
                stroke,
            } => {
                let fill = fill.map_or(Color32::TRANSPARENT, |fill| color32(fill, opacity));
                let on_screen = place.rect(rect);
                let radius = place.length(*radius);
                let line = stroke.map(|stroke| line_style(&stroke, place, opacity));
                self.pen
                    .rounded_rect(on_screen, radius, fill, line, &mut self.mesh);
            }
            Shape::Path { path, fill, stroke } => {
                let octave = place.scale.log2().floor() as i32;
                let flat = drawn.flattened(path, octave, fill.is_some());
                if let Some(fill) = fill {
                    self.pen
                        .fill(&flat, place, color32(*fill, opacity), &mut self.mesh);
                }
                if let Some(stroke) = stroke {
                    let line = line_style(stroke, place, opacity);
                    if line.width * self.ppp > 0.05 {
                        self.pen.lines(&flat, place, line, &mut self.mesh);
                    }
                }
            }
            Shape::Image {
                source,
                rect,
                round,
            } => {
                let uv = shown_uv(source.head, *round);
                self.paint_image(&source.bytes, place.rect(rect), uv, *round, opacity);
            }
            Shape::Text(text) => self.paint_text(text, place, opacity, drawn)?,
            Shape::Icon { icon, rect, color } => {
                self.paint_icon(*icon, rect, *color, place, opacity)?
            }
        }
        Ok(())
    }

    fn paint_text(
        &mut self,
        text: &TextLine,
        place: &GroupTransform,
        opacity: f32,
        drawn: &mut ItemCache,
    ) -> Result<(), AtlasFull> {
        let em = text.size * place.scale;
        if em < MIN_VISIBLE_EM {
            return Ok(());
        }
        if em < MIN_LEGIBLE_EM {
            let bar = MapRect {
                min: pt(text.at.x, text.at.y - text.size * 0.5),
                max: pt(text.at.x + text.width, text.at.y - text.size * 0.08),
            };
            let pale = opacity
                * 0.3
                * ((em - MIN_VISIBLE_EM) / (MIN_LEGIBLE_EM - MIN_VISIBLE_EM)).clamp(0.25, 1.0);
            self.pen
                .fill_rect(place.rect(&bar), color32(text.color, pale), &mut self.mesh);
            return Ok(());
        }
        let px = text.size * self.raster_zoom * self.ppp;
        let bright = text.color.luminance() > 0.4;
        let color = color32(text.color, opacity);
        let plain = Color32::from_white_alpha((opacity * 255.0) as u8);
        let mut baseline = place.y + text.at.y * place.scale;
        let start = place.x + text.at.x * place.scale;
        let crisp = self.raster_scale == 1.0;
        if crisp {
            baseline = baseline.round();
        }
        let (left, right) = (
            self.pen.clip.min.x * self.ppp,
            self.pen.clip.max.x * self.ppp,
        );
        for glyph in &drawn.glyphs(text, self.typesetter).glyphs {
            let x = start + glyph.x * em;
            if x > right + em || x < left - 4.0 * em {
                continue;
            }
            let (whole, phase) = if crisp { snap_to_quarter(x) } else { (x, 0.0) };
            let entry =
                self.atlas
                    .glyph(self.typesetter, (glyph.font, glyph.id), px, phase, bright)?;
            let y = if crisp {
                (glyph.y * em).round()
            } else {
                glyph.y * em
            };
            let color = if entry.colored { plain } else { color };
            self.paint_atlas_entry(&entry, whole, baseline + y, color);
        }
        Ok(())
    }

    fn paint_icon(
        &mut self,
        icon: Icon,
        rect: &MapRect,
        color: Color,
        place: &GroupTransform,
        opacity: f32,
    ) -> Result<(), AtlasFull> {
        let on_screen = place.rect(rect);
        if longer_side(on_screen.size()) * self.ppp < 3.0 {
            let dot = on_screen.shrink(on_screen.width() * 0.3);
            self.pen
                .fill_rect(dot, color32(color, opacity), &mut self.mesh);
            return Ok(());
        }
        let px = rect.width() * self.raster_zoom * self.ppp;
        let entry = self.atlas.icon(icon, px, color.luminance() > 0.4)?;
        let corner = on_screen.min * self.ppp;
        let (x, y) = if self.raster_scale == 1.0 {
            (corner.x.round(), corner.y.round())
        } else {
            (corner.x, corner.y)
        };
        self.paint_atlas_entry(&entry, x, y, color32(color, opacity));
        Ok(())
    }

    /// Paints an atlas entry with its origin at a position in physical pixels.
    fn paint_atlas_entry(&mut self, entry: &AtlasEntry, x: f32, y: f32, color: Color32) {
        if entry.width == 0 {
            return;
        }
        let scale = entry.scale * self.raster_scale;
        let (w, h) = (f32::from(entry.width), f32::from(entry.height));
        let min = pos2(x + entry.left * scale, y + entry.top * scale);
        let size = vec2(w * scale, h * scale);
        let rect = Rect::from_min_size(min / self.ppp, size / self.ppp);
        let from = pos2(f32::from(entry.u), f32::from(entry.v));
        let uv = Rect::from_min_size(from * self.texel, vec2(w, h) * self.texel);
        quad(&mut self.mesh, rect, uv, color);
    }
}

fn line_style(stroke: &Stroke, place: &GroupTransform, opacity: f32) -> LineStyle {
    LineStyle {
        width: place.length(stroke.width),
        color: color32(stroke.color, opacity),
        dash: stroke.dash,
    }
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
