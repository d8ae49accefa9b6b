//! Shapes of a scene as SVG elements, painted in colours or in classes of a style sheet.
//!
//! Must not know: the model's records, layout.

use super::defs::{DATA_ATTRIBUTE, GLYPH_UNITS, glyph_id, icon_id, open_use};
use super::paint_classes::{PaintClasses, PaintUse};
use super::raster::GlyphDrawing;
use super::xml_writer::XmlWriter;
use crate::geom::Rect;
use crate::image::without_extras;
use crate::scene::{Dash, ImageSource, SceneItem, Shape, Stroke, TextLine, Tone, ZoomRange};
use crate::text::{self, FontKey, Glyph, Typesetter};
use crate::theme::{ColorRole, Icon, RoleColors};
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use std::collections::BTreeMap;

/// The way in which elements get their colours.
pub(super) enum Paints<'a> {
    /// Attributes with the colours of a theme; items of other zooms than 1 are not written.
    Colors(&'a RoleColors),
    /// Classes of a style sheet, which knows all themes and zooms.
    Classes(&'a PaintClasses),
}

/// Writes shapes as SVG elements.
pub(super) struct ShapeWriter<'a, 'b> {
    pub(super) xml: &'a mut XmlWriter<'b>,
    typesetter: &'a mut Typesetter,
    /// The defined glyphs, if text is drawn as shapes.
    glyphs: Option<&'a BTreeMap<(FontKey, u32), GlyphDrawing>>,
    paints: Paints<'a>,
    /// The change of colours of the object that is being written.
    pub(super) tone: Tone,
    /// Number of discs to which images are clipped.
    clip_count: u64,
}

impl<'a, 'b> ShapeWriter<'a, 'b> {
    pub(super) fn new(
        xml: &'a mut XmlWriter<'b>,
        typesetter: &'a mut Typesetter,
        glyphs: Option<&'a BTreeMap<(FontKey, u32), GlyphDrawing>>,
        paints: Paints<'a>,
    ) -> ShapeWriter<'a, 'b> {
        ShapeWriter {
            xml,
            typesetter,
            glyphs,
            paints,
            tone: Tone::default(),
            clip_count: 0,
        }
    }

    /// Writes the attributes for colours and zooms.
    fn paint(&mut self, zoom: ZoomRange, uses: &[(PaintUse, ColorRole)]) {
        match self.paints {
            Paints::Colors(colors) => {
                for (of, role) in uses {
                    let color = of.toned(self.tone, colors.color(*role));
                    self.xml.paint(of.property(), color);
                }
            }
            Paints::Classes(classes) => classes.write_attribute(zoom, uses, self.xml),
        }
    }

    /// Writes an item.
    pub(super) fn item(&mut self, item: &SceneItem) {
        let zoom = item.zoom;
        match &item.shape {
            Shape::Rect {
                rect,
                radius,
                fill,
                stroke,
            } => {
                self.xml.raw("<rect").rect(rect, 1.0);
                if *radius > 0.0 {
                    self.xml.attribute("rx", *radius);
                }
                self.painted(zoom, *fill, stroke.as_ref());
            }
            Shape::Path { path, fill, stroke } => {
                let path = path.unpack();
                self.xml.raw("<path d=\"").path(&path, 1.0).raw("\"");
                self.painted(zoom, *fill, stroke.as_ref());
            }
            Shape::Icon { icon, rect, color } => {
                open_use(self.xml, |xml| icon_id(xml, *icon));
                let scale = rect.width().min(rect.height()) / Icon::SIDE;
                self.xml.transform(rect.min, scale);
                self.paint(zoom, &[(PaintUse::Icon, *color)]);
                self.xml.raw("/>");
            }
            Shape::Image {
                source,
                rect,
                round,
            } => self.image(zoom, source, rect, *round),
            Shape::Text(line) => match self.glyphs {
                Some(glyphs) => self.outlined(zoom, line, glyphs),
                None => self.text(zoom, line),
            },
        }
    }

    /// Writes an image with its bytes, under the media type found in the bytes: PNG or JPEG, which
    /// are never active.
    fn image(&mut self, zoom: ZoomRange, source: &ImageSource, rect: &Rect, round: bool) {
        if round {
            let center = rect.center();
            self.clip_count += 1;
            self.xml
                .raw("<clipPath id=\"d")
                .int(self.clip_count)
                .raw("\"><circle")
                .attribute("cx", center.x)
                .attribute("cy", center.y)
                .attribute("r", rect.width() / 2.0)
                .raw("/></clipPath>");
        }
        self.xml.raw("<image").rect(rect, 1.0);
        if round {
            self.xml
                .raw(" preserveAspectRatio=\"xMidYMid slice\" clip-path=\"url(#d")
                .int(self.clip_count)
                .raw(")\"");
        } else {
            self.xml.raw(" preserveAspectRatio=\"none\"");
        }
        let opacity = self.tone.image_opacity();
        if opacity < 1.0 {
            self.xml.attribute("opacity", opacity);
        }
        self.paint(zoom, &[]);
        self.xml
            .raw(DATA_ATTRIBUTE)
            .raw(source.head.media.mime())
            .raw(";base64,")
            .raw(&BASE64_STANDARD.encode(without_extras(&source.bytes)))
            .raw("\"/>");
    }

    /// Ends an element with its fill and stroke.
    fn painted(&mut self, zoom: ZoomRange, fill: Option<ColorRole>, stroke: Option<&Stroke>) {
        let fill = fill.map(|role| (PaintUse::Fill, role));
        let line = stroke.map(|stroke| (PaintUse::Line, stroke.color));
        match (fill, line) {
            (Some(fill), Some(line)) => self.paint(zoom, &[fill, line]),
            (fill, line) => self.paint(zoom, fill.or(line).as_slice()),
        }
        if let Some(stroke) = stroke {
            self.stroke(stroke);
        }
        self.xml.raw("/>");
    }

    fn stroke(&mut self, stroke: &Stroke) {
        self.xml.raw(" stroke-linejoin=\"round\"");
        if (stroke.width - 1.0).abs() > 0.001 {
            self.xml.attribute("stroke-width", stroke.width);
        }
        if let Some([on, off]) = stroke.dash.pattern() {
            self.xml
                .raw(" stroke-dasharray=\"")
                .num(f64::from(on * stroke.width))
                .raw(" ")
                .num(f64::from(off * stroke.width))
                .raw("\"");
        }
        if stroke.dash == Dash::Dotted {
            self.xml.raw(" stroke-linecap=\"round\"");
        }
    }

    fn text(&mut self, zoom: ZoomRange, line: &TextLine) {
        let shown = text::displayable(&line.text);
        self.xml
            .raw("<text")
            .attribute("x", line.at.x)
            .attribute("y", line.at.y)
            .attribute("font-size", line.size);
        if line.face.weight() != 400 {
            self.xml.attribute("font-weight", line.face.weight());
        }
        if line.face.is_italic() {
            self.xml.raw(" font-style=\"italic\"");
        }
        if line.width > 0.0 {
            // As wide as laid out in whatever font a reader uses: not every reader takes the
            // embedded one, and no reader has a face for every script.
            self.xml
                .attribute("textLength", line.width)
                .raw(" lengthAdjust=\"spacingAndGlyphs\"");
        }
        if text::is_right_to_left(&shown) {
            self.xml.raw(" direction=\"rtl\" text-anchor=\"end\"");
        }
        if shown.starts_with(' ') || shown.as_bytes().windows(2).any(|pair| pair == b"  ") {
            self.xml.raw(" xml:space=\"preserve\"");
        }
        self.paint(zoom, &[(PaintUse::Text, line.color)]);
        self.xml.raw(">").text(&shown).raw("</text>");
    }

    fn outlined(
        &mut self,
        zoom: ZoomRange,
        line: &TextLine,
        defined: &BTreeMap<(FontKey, u32), GlyphDrawing>,
    ) {
        let shaped = self.typesetter.shape(&line.text, line.face);
        self.xml
            .raw("<g")
            .transform(line.at, line.size / GLYPH_UNITS);
        self.paint(zoom, &[(PaintUse::Text, line.color)]);
        self.xml.raw(">");
        let drawn = |glyph: &&Glyph| defined.contains_key(&(glyph.font, glyph.id));
        for glyph in shaped.glyphs.iter().filter(drawn) {
            open_use(self.xml, |xml| glyph_id(xml, glyph.font, glyph.id));
            for (name, value) in [("x", glyph.x), ("y", glyph.y)] {
                let value = f64::from(value * GLYPH_UNITS).round();
                if value != 0.0 {
                    self.xml.attribute(name, value);
                }
            }
            self.xml.raw("/>");
        }
        self.xml.raw("</g>");
    }
}
