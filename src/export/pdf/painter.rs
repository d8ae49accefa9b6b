//! Shapes of a scene as PDF drawing operations.
//!
//! Must not know: pages, tags, the model.

use super::lines::Lines;
use super::paint::{Boxes, Paint, Stroked, hundredths, line, outline, share};
use crate::export::round_rect::round_rect;
use crate::geom::Rect;
use crate::image::without_extras;
use crate::scene::{ImageSource, Media, Shape, Stroke, TextLine, Tone};
use crate::text::{FontKey, TextGlyph, Typesetter};
use crate::theme::{Color, ColorRole, Icon, RoleColors};
use krilla::Data;
use krilla::geom::{Size, Transform};
use krilla::graphic::Graphic;
use krilla::image::Image;
use krilla::paint::{FillRule, LineCap};
use krilla::surface::Surface;
use krilla::tagging::{Artifact, ArtifactType, ContentTag};
use krilla::text::Font;
use rustc_hash::FxHashMap;
use std::collections::HashMap;

/// Distance from the origin of a group beyond which nothing is drawn: more than any page holds.
const FARTHEST: f32 = 1e6;

/// Fonts, images and drawings that the pages of a document share.
#[derive(Default)]
pub(super) struct Assets {
    fonts: FxHashMap<FontKey, Option<Font>>,
    images: HashMap<*const u8, Option<Image>>,
    icons: FxHashMap<(Icon, Color), Option<Graphic>>,
    boxes: Boxes,
}

/// Draws shapes on a page.
pub(super) struct Painter<'a, 's> {
    pub(super) surface: &'a mut Surface<'s>,
    typesetter: &'a mut Typesetter,
    assets: &'a mut Assets,
    colors: &'a RoleColors,
    /// Lines of text that are not yet drawn.
    lines: Lines,
}

impl<'a, 's> Painter<'a, 's> {
    pub(super) fn new(
        surface: &'a mut Surface<'s>,
        typesetter: &'a mut Typesetter,
        assets: &'a mut Assets,
        colors: &'a RoleColors,
    ) -> Self {
        Painter {
            surface,
            typesetter,
            assets,
            colors,
            lines: Lines::default(),
        }
    }

    /// Draws within a rectangle until the next `pop`, in points; returns whether there is one to
    /// pop.
    pub(super) fn clip(&mut self, rect: &Rect) -> bool {
        let Some(window) = outline(&round_rect(rect, 0.0)) else {
            return false;
        };
        self.surface.push_clip_path(&window, &FillRule::NonZero);
        true
    }

    /// Fills the page, in points.
    pub(super) fn background(&mut self, (width, height): (f32, f32)) {
        let artifact = Artifact::with_kind(ArtifactType::Layout);
        self.surface.start_tagged(ContentTag::Artifact(artifact));
        let rect = Rect::new(0.0, 0.0, width, height);
        let paper = Paint::filled(self.colors.paper());
        paper.draw(&round_rect(&rect, 0.0), self.surface);
        self.surface.end_tagged();
    }

    /// Draws a shape. Lines of text are drawn with those after them, in [`Painter::end_text`] at the
    /// latest.
    pub(super) fn shape(&mut self, shape: &Shape, tone: Tone) {
        if !is_drawable(shape) {
            return;
        }
        if !matches!(shape, Shape::Text(_)) {
            self.end_text();
        }
        match shape {
            Shape::Rect {
                rect,
                radius,
                fill,
                stroke,
            } => {
                let paint = self.paint(*fill, stroke.as_ref(), tone);
                self.assets
                    .boxes
                    .draw((rect, *radius), &paint, self.surface);
            }
            Shape::Path { path, fill, stroke } => {
                let paint = self.paint(*fill, stroke.as_ref(), tone);
                paint.draw(&path.unpack().map(hundredths), self.surface);
            }
            Shape::Icon { icon, rect, color } => {
                let scale = rect.width().min(rect.height()) / Icon::SIDE;
                let (x, y) = (rect.min.x, rect.min.y);
                let place = Transform::from_row(scale, 0.0, 0.0, scale, x, y);
                self.surface.push_transform(&place);
                self.icon(*icon, tone.text(self.colors.color(*color)));
                self.surface.pop();
            }
            Shape::Image {
                source,
                rect,
                round,
            } => self.image(source, rect, *round, tone.image_opacity()),
            Shape::Text(line) => self.text(line, tone),
        }
    }

    /// Draws an icon in its own coordinates; the file has the lines of each color once.
    fn icon(&mut self, icon: Icon, color: Color) {
        let surface = &mut *self.surface;
        let known = self.assets.icons.entry((icon, color));
        let graphic = known.or_insert_with(|| {
            let path = outline(icon.lines())?;
            let mut stroke = line(Icon::STROKE, color);
            stroke.line_cap = LineCap::Round;
            let mut stream = surface.stream_builder();
            let mut drawing = stream.surface();
            drawing.set_stroke(Some(stroke));
            drawing.draw_path(&path);
            drawing.finish();
            Some(Graphic::new(stream.finish(), false))
        });
        if let Some(graphic) = graphic.clone() {
            surface.draw_graphic(graphic);
        }
    }

    /// The colors of a shape, changed as its object is.
    fn paint(&self, fill: Option<ColorRole>, stroke: Option<&Stroke>, tone: Tone) -> Paint {
        Paint {
            fill: fill.map(|role| tone.fill(self.colors.color(role))),
            stroke: stroke.map(|stroke| Stroked {
                width: stroke.width,
                dash: stroke.dash,
                color: tone.line(self.colors.color(stroke.color)),
            }),
        }
    }

    fn image(&mut self, source: &ImageSource, rect: &Rect, round: bool, opacity: f32) {
        let known = self.assets.images.entry(source.bytes.as_ptr());
        let image = known.or_insert_with(|| {
            let bytes: Data = without_extras(&source.bytes).into_owned().into();
            // PDF/A allows no interpolation.
            match source.head.media {
                Media::Png => Image::from_png(bytes, false).ok(),
                Media::Jpeg => Image::from_jpeg(bytes, false).ok(),
            }
        });
        let Some(image) = image.clone() else { return };
        let (width, height) = (rect.width(), rect.height());
        let mut size = (width, height);
        let mut layers = 1;
        if round {
            if let Some(disc) = outline(&round_rect(rect, width / 2.0)) {
                self.surface.push_clip_path(&disc, &FillRule::NonZero);
                layers += 1;
            }
            let own = image.size();
            let own = (own.0.max(1) as f32, own.1.max(1) as f32);
            let scale = (width / own.0).max(height / own.1);
            size = (own.0 * scale, own.1 * scale);
        }
        if opacity < 1.0 {
            self.surface.push_opacity(share(opacity));
            layers += 1;
        }
        let center = rect.center();
        let (x, y) = (center.x - size.0 / 2.0, center.y - size.1 / 2.0);
        self.surface
            .push_transform(&Transform::from_translate(x, y));
        if let Some(size) = Size::from_wh(size.0, size.1) {
            self.surface.draw_image(image, size);
        }
        for _ in 0..layers {
            self.surface.pop();
        }
    }

    /// Adds a line of text to what is drawn together.
    fn text(&mut self, line: &TextLine, tone: Tone) {
        let (glyphs, text) = self.typesetter.text_glyphs(&line.text, line.face);
        let color = tone.text(self.colors.color(line.color));
        for run in glyphs.chunk_by(|one, next| one.glyph.font == next.glyph.font) {
            let Some(first) = run.first() else { continue };
            match self.font(first.glyph.font) {
                Some(font) => {
                    let place = (line.at.x + first.glyph.x * line.size, line.at.y);
                    let style = (first.glyph.font, line.size, color);
                    if !self.lines.takes(style, run) {
                        self.lines.draw(self.surface);
                        self.lines = Lines::new(style, font, place);
                    }
                    self.lines.add(run, &text, place);
                }
                None => {
                    self.end_text();
                    self.outlined(run, line, color);
                }
            }
        }
    }

    /// Draws the lines of text that were added.
    pub(super) fn end_text(&mut self) {
        self.lines.draw(self.surface);
        self.lines = Lines::default();
    }

    /// Draws glyphs as shapes: an instance of a variable font is in no font file.
    fn outlined(&mut self, run: &[TextGlyph], line: &TextLine, color: Color) {
        for TextGlyph { glyph, .. } in run {
            let Some(path) = self.typesetter.outline(glyph.font, glyph.id) else {
                continue;
            };
            let (x, y) = (glyph.x * line.size, glyph.y * line.size);
            let (x, y) = (line.at.x + x, line.at.y + y);
            let place = Transform::from_row(line.size, 0.0, 0.0, line.size, x, y);
            self.surface.push_transform(&place);
            Paint::filled(color).draw(&path, self.surface);
            self.surface.pop();
        }
    }

    fn font(&mut self, key: FontKey) -> Option<Font> {
        let typesetter = &self.typesetter;
        let font = self.assets.fonts.entry(key).or_insert_with(|| {
            let file = typesetter.font_file(key)?;
            Font::new(file.data.into(), file.index)
        });
        font.clone()
    }
}

/// Whether krilla takes the shape: it fails on numbers that are none, and on scales of zero.
fn is_drawable(shape: &Shape) -> bool {
    let Rect { min, max } = shape.bounds();
    let sides = [min.x, min.y, max.x, max.y];
    let has_size = |rect: &Rect| rect.width() > 0.0 && rect.height() > 0.0;
    let has_ends = |stroke: &Option<Stroke>| stroke.is_none_or(|it| it.width > 0.0);
    sides.iter().all(|side| side.abs() < FARTHEST)
        && match shape {
            Shape::Rect { radius, stroke, .. } => radius.is_finite() && has_ends(stroke),
            Shape::Path { stroke, .. } => has_ends(stroke),
            Shape::Icon { rect, .. } | Shape::Image { rect, .. } => has_size(rect),
            Shape::Text(line) => line.size > 0.0,
        }
}
