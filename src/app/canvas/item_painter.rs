//! Paints the items of groups into a mesh, in one exhaustive match.
//!
//! Must not know: the groups in view, the lifetime of cached data.

use super::atlas::{Atlas, Entry, Full};
use super::fill_tessellator::{Pen, Place, longest, quad};
use super::group_cache::{Drawn, Store};
use super::pictures;
use super::stroke_tessellator::Line;
use crate::app::ui::textures::Gallery;
use crate::geom::{Rect as MapRect, pt};
use crate::model::Said;
use crate::scene::{Group, Item, Scene, Shape, Stroke, Tag, TextLine};
use crate::text::Typesetter;
use crate::theme::Color;
use crate::theme::Icon;
use egui::epaint::Mesh;
use egui::{Color32, Rect, pos2, vec2};

/// Smallest em in physical pixels at which text is drawn as glyphs; smaller text is a
/// bar.
const LEGIBLE: f32 = 5.0;
/// Smallest em in physical pixels at which text is drawn at all.
const VISIBLE: f32 = 2.0;

/// State and resources for painting one frame.
pub(super) struct Frame<'a> {
    pub(super) atlas: &'a mut Atlas,
    pub(super) source: &'a mut Typesetter,
    pub(super) pen: &'a mut Pen,
    pub(super) mesh: Mesh,
    pub(super) zoom: f32,
    pub(super) ppp: f32,
    /// Zoom step at which glyphs are rasterised, and their scale to the current zoom;
    /// the scale is 1 while the camera rests on a step.
    pub(super) step: f32,
    pub(super) stretch: f32,
    pub(super) texel: f32,
    pub(super) items: usize,
    /// Meshes painted before `mesh`: text and shapes alternating with images, which
    /// have a texture of their own.
    pub(super) parts: Vec<Mesh>,
    pub(super) gallery: &'a mut Gallery,
    pub(super) ctx: &'a egui::Context,
    /// Text hidden because an inline editor covers it.
    pub(super) hidden: Option<&'a (Tag, Said)>,
}

/// Rounds to the nearest quarter of a pixel; returns whole pixels and the fraction.
fn quarter(x: f32) -> (f32, f32) {
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

impl Frame<'_> {
    /// Paints the visible items of a group.
    ///
    /// # Errors
    /// [`Full`] if the atlas ran out of room.
    pub(super) fn group(
        &mut self,
        scene: &Scene,
        group: &Group,
        place: &Place,
        store: &mut Store,
        numbers: &mut Vec<u32>,
    ) -> Result<(), Full> {
        let prepared = store.get(group);
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
        let hidden = self.hidden;
        let hidden = |subject: u32, text: &TextLine| {
            hidden.is_some_and(|(tag, said)| {
                let subject = group.body.subjects.get(subject as usize);
                text.said == Some(*said) && subject.is_some_and(|it| it.tag == *tag)
            })
        };
        for number in numbers.iter() {
            let number = *number as usize;
            let (Some(item), Some(drawn)) =
                (group.body.items.get(number), prepared.drawn.get_mut(number))
            else {
                continue;
            };
            if !item.zoom.holds(self.zoom) {
                continue;
            }
            if let Shape::Text(text) = &item.shape
                && hidden(item.subject, text)
            {
                continue;
            }
            if opacity.0 != item.subject {
                let subject = group.body.subjects.get(item.subject as usize);
                opacity = (item.subject, subject.map_or(1.0, |s| scene.opacity(s)));
            }
            self.items += 1;
            self.item(item, place, opacity.1, drawn)?;
        }
        Ok(())
    }

    fn item(
        &mut self,
        item: &Item,
        place: &Place,
        opacity: f32,
        drawn: &mut Drawn,
    ) -> Result<(), Full> {
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
                let line = stroke.map(|stroke| line(&stroke, place, opacity));
                self.pen
                    .rounded(on_screen, radius, fill, line, &mut self.mesh);
            }
            Shape::Path { path, fill, stroke } => {
                let octave = place.scale.log2().floor() as i32;
                let flat = drawn.flat(path, octave, fill.is_some());
                if let Some(fill) = fill {
                    self.pen
                        .fill(&flat, place, color32(*fill, opacity), &mut self.mesh);
                }
                if let Some(stroke) = stroke {
                    let line = line(stroke, place, opacity);
                    if line.width * self.ppp > 0.05 {
                        self.pen.lines(&flat, place, line, &mut self.mesh);
                    }
                }
            }
            Shape::Image {
                bytes,
                head,
                rect,
                round,
            } => {
                let uv = pictures::part(*head, *round);
                self.image(bytes, place.rect(rect), uv, *round, opacity);
            }
            Shape::Text(text) => self.text(text, place, opacity, drawn)?,
            Shape::Icon { icon, rect, color } => self.icon(*icon, rect, *color, place, opacity)?,
        }
        Ok(())
    }

    fn text(
        &mut self,
        text: &TextLine,
        place: &Place,
        opacity: f32,
        drawn: &mut Drawn,
    ) -> Result<(), Full> {
        let em = text.size * place.scale;
        if em < VISIBLE {
            return Ok(());
        }
        if em < LEGIBLE {
            let bar = MapRect {
                min: pt(text.at.x, text.at.y - text.size * 0.5),
                max: pt(text.at.x + text.width, text.at.y - text.size * 0.08),
            };
            let pale = opacity * 0.3 * ((em - VISIBLE) / (LEGIBLE - VISIBLE)).clamp(0.25, 1.0);
            self.pen
                .block(place.rect(&bar), color32(text.color, pale), &mut self.mesh);
            return Ok(());
        }
        let px = text.size * self.step * self.ppp;
        let bright = text.color.luminance() > 0.4;
        let color = color32(text.color, opacity);
        let plain = Color32::from_white_alpha((opacity * 255.0) as u8);
        let mut baseline = place.y + text.at.y * place.scale;
        let start = place.x + text.at.x * place.scale;
        let crisp = self.stretch == 1.0;
        if crisp {
            baseline = baseline.round();
        }
        let (left, right) = (
            self.pen.clip.min.x * self.ppp,
            self.pen.clip.max.x * self.ppp,
        );
        for glyph in &drawn.run(text, self.source).glyphs {
            let x = start + glyph.x * em;
            if x > right + em || x < left - 4.0 * em {
                continue;
            }
            let (whole, phase) = if crisp { quarter(x) } else { (x, 0.0) };
            let entry = self
                .atlas
                .glyph(self.source, (glyph.font, glyph.id), px, phase, bright)?;
            let y = if crisp {
                (glyph.y * em).round()
            } else {
                glyph.y * em
            };
            let color = if entry.coloured { plain } else { color };
            self.picture(&entry, whole, baseline + y, color);
        }
        Ok(())
    }

    fn icon(
        &mut self,
        icon: Icon,
        rect: &MapRect,
        color: Color,
        place: &Place,
        opacity: f32,
    ) -> Result<(), Full> {
        let on_screen = place.rect(rect);
        if longest(on_screen.size()) * self.ppp < 3.0 {
            let dot = on_screen.shrink(on_screen.width() * 0.3);
            self.pen.block(dot, color32(color, opacity), &mut self.mesh);
            return Ok(());
        }
        let px = rect.width() * self.step * self.ppp;
        let entry = self.atlas.icon(icon, px, color.luminance() > 0.4)?;
        let corner = on_screen.min * self.ppp;
        let (x, y) = if self.stretch == 1.0 {
            (corner.x.round(), corner.y.round())
        } else {
            (corner.x, corner.y)
        };
        self.picture(&entry, x, y, color32(color, opacity));
        Ok(())
    }

    /// Paints an atlas entry with its origin at a position in physical pixels.
    fn picture(&mut self, entry: &Entry, x: f32, y: f32, color: Color32) {
        if entry.width == 0 {
            return;
        }
        let scale = entry.scale * self.stretch;
        let (w, h) = (f32::from(entry.width), f32::from(entry.height));
        let min = pos2(x + entry.left * scale, y + entry.top * scale);
        let size = vec2(w * scale, h * scale);
        let rect = Rect::from_min_size(min / self.ppp, size / self.ppp);
        let from = pos2(f32::from(entry.u), f32::from(entry.v));
        let uv = Rect::from_min_size(from * self.texel, vec2(w, h) * self.texel);
        quad(&mut self.mesh, rect, uv, color);
    }
}

fn line(stroke: &Stroke, place: &Place, opacity: f32) -> Line {
    Line {
        width: place.length(stroke.width),
        color: color32(stroke.color, opacity),
        dash: stroke.dash,
    }
}

#[cfg(test)]
mod tests {
    use super::quarter;

    #[test]
    fn glyph_positions_round_to_quarter_pixels() {
        for i in -400..400 {
            let x = i as f32 * 0.037;
            let (whole, rest) = quarter(x);
            assert!((whole + rest - x).abs() <= 0.1251, "{x}");
            assert!(
                whole.fract() == 0.0 && [0.0, 0.25, 0.5, 0.75].contains(&rest),
                "{rest}"
            );
        }
    }
}
