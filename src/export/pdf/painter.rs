//! Shapes of a scene as PDF drawing operations.
//!
//! Must not know: pages, tags, the model.

use crate::geom::{Path, Point, Rect, Segment, pt};
use crate::image::without_extras;
use crate::scene::{Dash, ImageSource, Media, Shape, Stroke, TextLine, Tone};
use crate::text::{FontKey, TextGlyph, Typesetter};
use crate::theme::{Color, ColorRole, Icon, RoleColors};
use krilla::Data;
use krilla::color::rgb;
use krilla::geom::{PathBuilder, Size, Transform};
use krilla::graphic::Graphic;
use krilla::image::Image;
use krilla::num::NormalizedF32;
use krilla::paint::{Fill, FillRule, LineCap, LineJoin, StrokeDash};
use krilla::surface::Surface;
use krilla::tagging::{Artifact, ArtifactType, ContentTag};
use krilla::text::{Font, GlyphId, KrillaGlyph};
use rustc_hash::FxHashMap;
use std::collections::HashMap;

/// Control points at this share of the radius make a cubic that is a quarter circle to within 0.03 %.
const QUARTER: f32 = 0.552_284_8;

/// Distance from the origin of a group beyond which nothing is drawn: more than any page holds.
const FARTHEST: f32 = 1e6;

/// Fonts, images and icons that the pages of a document share.
#[derive(Default)]
pub(super) struct Assets {
    fonts: FxHashMap<FontKey, Option<Font>>,
    images: HashMap<*const u8, Option<Image>>,
    icons: FxHashMap<(Icon, Color), Option<Graphic>>,
}

/// Draws shapes on a page.
pub(super) struct Painter<'a, 's> {
    pub(super) surface: &'a mut Surface<'s>,
    typesetter: &'a mut Typesetter,
    assets: &'a mut Assets,
    colors: &'a RoleColors,
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
        }
    }

    /// Draws within a rectangle until the next `pop`, in points; returns whether there is one to
    /// pop.
    pub(super) fn clip(&mut self, rect: &Rect) -> bool {
        let Some(window) = outline(&rounded(rect, 0.0)) else {
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
        let paper = fill(self.colors.paper());
        self.draw(&rounded(&rect, 0.0), Some(paper), None);
        self.surface.end_tagged();
    }

    pub(super) fn shape(&mut self, shape: &Shape, tone: Tone) {
        if !is_drawable(shape) {
            return;
        }
        match shape {
            Shape::Rect {
                rect,
                radius,
                fill,
                stroke,
            } => self.painted(&rounded(rect, *radius), *fill, stroke.as_ref(), tone),
            Shape::Path { path, fill, stroke } => {
                self.painted(&path.unpack(), *fill, stroke.as_ref(), tone);
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

    fn painted(
        &mut self,
        path: &Path,
        color: Option<ColorRole>,
        stroke: Option<&Stroke>,
        tone: Tone,
    ) {
        let stroke = stroke.map(|stroke| {
            let mut drawn = line(stroke.width, tone.line(self.colors.color(stroke.color)));
            drawn.dash = stroke.dash.pattern().map(|[on, off]| StrokeDash {
                array: vec![on * stroke.width, off * stroke.width],
                offset: 0.0,
            });
            if stroke.dash == Dash::Dotted {
                drawn.line_cap = LineCap::Round;
            }
            drawn
        });
        let fill = color.map(|color| fill(tone.fill(self.colors.color(color))));
        // Further digits cannot be seen, and cost space and time.
        let hundredths =
            |p: Point| pt((p.x * 100.0).round() / 100.0, (p.y * 100.0).round() / 100.0);
        self.draw(&path.map(hundredths), fill, stroke);
    }

    fn draw(&mut self, path: &Path, fill: Option<Fill>, stroke: Option<krilla::paint::Stroke>) {
        if fill.is_none() && stroke.is_none() {
            return;
        }
        let Some(path) = outline(path) else { return };
        self.surface.set_fill(fill);
        self.surface.set_stroke(stroke);
        self.surface.draw_path(&path);
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
            if let Some(disc) = outline(&rounded(rect, width / 2.0)) {
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

    fn text(&mut self, line: &TextLine, tone: Tone) {
        let (glyphs, text) = self.typesetter.text_glyphs(&line.text, line.face);
        let fill = fill(tone.text(self.colors.color(line.color)));
        for run in glyphs.chunk_by(|one, next| one.glyph.font == next.glyph.font) {
            let Some(first) = run.first() else { continue };
            match self.font(first.glyph.font) {
                Some(font) => {
                    let start = line.at.x + first.glyph.x * line.size;
                    let start = krilla::geom::Point::from_xy(start, line.at.y);
                    self.surface.set_fill(Some(fill.clone()));
                    self.surface.set_stroke(None);
                    let run: Vec<KrillaGlyph> = placed(run).collect();
                    self.surface
                        .draw_glyphs(start, &run, font, &text, line.size, false);
                }
                None => self.outlined(run, line, &fill),
            }
        }
    }

    /// Draws glyphs as shapes: an instance of a variable font is in no font file.
    fn outlined(&mut self, run: &[TextGlyph], line: &TextLine, fill: &Fill) {
        for TextGlyph { glyph, .. } in run {
            let Some(path) = self.typesetter.outline(glyph.font, glyph.id) else {
                continue;
            };
            let (x, y) = (glyph.x * line.size, glyph.y * line.size);
            let (x, y) = (line.at.x + x, line.at.y + y);
            let place = Transform::from_row(line.size, 0.0, 0.0, line.size, x, y);
            self.surface.push_transform(&place);
            self.draw(&path, Some(fill.clone()), None);
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

/// The glyphs of a run, each advancing to the place of the next, in ems.
fn placed(run: &[TextGlyph]) -> impl Iterator<Item = KrillaGlyph> {
    run.iter().enumerate().map(|(at, it)| {
        let next = run.get(at + 1).map_or(it.glyph.x, |next| next.glyph.x);
        let mut advance = next - it.glyph.x;
        if it.glyph.font.face().is_some() {
            // Bundled typefaces advance by thousandths; an error of rounding would be kerning.
            advance = (advance * 1000.0).round() / 1000.0;
        }
        KrillaGlyph::new(
            GlyphId::new(it.glyph.id),
            advance,
            0.0,
            -it.glyph.y,
            0.0,
            it.text.clone(),
            None,
        )
    })
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

fn share(opacity: f32) -> NormalizedF32 {
    NormalizedF32::new(opacity.clamp(0.0, 1.0)).unwrap_or(NormalizedF32::ONE)
}

fn ink(color: Color) -> rgb::Color {
    rgb::Color::new(color.r, color.g, color.b)
}

fn fill(color: Color) -> Fill {
    Fill {
        paint: ink(color).into(),
        opacity: share(f32::from(color.a) / 255.0),
        rule: FillRule::NonZero,
    }
}

fn line(width: f32, color: Color) -> krilla::paint::Stroke {
    krilla::paint::Stroke {
        paint: ink(color).into(),
        width,
        line_join: LineJoin::Round,
        opacity: share(f32::from(color.a) / 255.0),
        ..krilla::paint::Stroke::default()
    }
}

/// The path as krilla has it; `None` for an empty one.
fn outline(path: &Path) -> Option<krilla::geom::Path> {
    let mut builder = PathBuilder::new();
    for segment in &path.0 {
        match *segment {
            Segment::Move(p) => builder.move_to(p.x, p.y),
            Segment::Line(p) => builder.line_to(p.x, p.y),
            Segment::Cubic(a, b, p) => builder.cubic_to(a.x, a.y, b.x, b.y, p.x, p.y),
            Segment::Close => builder.close(),
        }
    }
    builder.finish()
}

/// A rectangle with round corners.
fn rounded(rect: &Rect, radius: f32) -> Path {
    let Rect { min, max } = *rect;
    let radius = radius.min(rect.width() / 2.0).min(rect.height() / 2.0);
    if radius <= 0.0 {
        return Path::polygon(&[min, pt(max.x, min.y), max, pt(min.x, max.y)]);
    }
    let (r, k) = (radius, radius * (1.0 - QUARTER));
    let corner = |path: Path, [enter, leave]: [Point; 2], controls: [Point; 2]| {
        path.line(enter).cubic(controls[0], controls[1], leave)
    };
    let mut path = Path::start(pt(min.x + r, min.y));
    path = corner(
        path,
        [pt(max.x - r, min.y), pt(max.x, min.y + r)],
        [pt(max.x - k, min.y), pt(max.x, min.y + k)],
    );
    path = corner(
        path,
        [pt(max.x, max.y - r), pt(max.x - r, max.y)],
        [pt(max.x, max.y - k), pt(max.x - k, max.y)],
    );
    path = corner(
        path,
        [pt(min.x + r, max.y), pt(min.x, max.y - r)],
        [pt(min.x + k, max.y), pt(min.x, max.y - k)],
    );
    path = corner(
        path,
        [pt(min.x, min.y + r), pt(min.x + r, min.y)],
        [pt(min.x, min.y + k), pt(min.x + k, min.y)],
    );
    path.close()
}
