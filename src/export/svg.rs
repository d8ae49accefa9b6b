//! SVG with selectable and searchable text, titles and descriptions for assistive tools, fonts
//! embedded or outlined, and nothing active or external.
//!
//! Must not know: the model's records, layout.

use super::defs::{DATA_ATTRIBUTE, Defs, GLYPH_UNITS, glyph_id, icon_id, open_use};
use super::raster::GlyphDrawing;
use super::xml_writer::XmlWriter;
use super::{ExportError, exported_items};
use crate::geom::Rect;
use crate::image::without_extras;
use crate::scene::ImageHeader;
use crate::scene::{Dash, Group, Scene, SceneObject, Shape, Stroke, TextLine, Tone};
use crate::text::{self, FAMILY, FontKey, Glyph, Typesetter};
use crate::theme::{ColorRole, Icon};
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;

/// Writes the scene as SVG for readers of 1.1 and 2. With `outlines` text is drawn as shapes: the
/// same without any font, but not searchable.
///
/// # Errors
///
/// [`ExportError::Write`] if writing to the sink fails, [`ExportError::Font`] if a face cannot be
/// embedded.
pub fn svg(
    scene: &Scene,
    outlines: bool,
    typesetter: &mut Typesetter,
    sink: &mut dyn Write,
) -> Result<(), ExportError> {
    let mut xml = XmlWriter::new(sink);
    xml.raw("<svg xmlns=\"http://www.w3.org/2000/svg\"")
        .raw(" xmlns:xlink=\"http://www.w3.org/1999/xlink\"")
        .attribute("width", scene.width)
        .attribute("height", scene.height)
        .raw(" viewBox=\"0 0 ")
        .num(scene.width)
        .raw(" ")
        .num(scene.height)
        .raw("\" role=\"graphics-document document\" font-family=\"'")
        .raw(FAMILY)
        .raw("','Fira Sans',Helvetica,Arial,sans-serif\" fill=\"none\">");
    describe(&mut xml, &scene.title, &scene.description);

    let defs = Defs::of(scene, outlines, typesetter);
    xml.raw("<defs>");
    if !outlines {
        xml.raw("<style>");
        defs.used_chars.write_font_faces(&mut xml, typesetter)?;
        xml.raw("</style>");
    }
    defs.define(&mut xml);
    xml.raw("</defs><rect")
        .attribute("width", scene.width)
        .attribute("height", scene.height)
        .paint("fill", scene.colors.paper())
        .raw("/>");
    let mut walk = SvgWriter {
        scene,
        xml: &mut xml,
        typesetter,
        glyphs: outlines.then_some(&defs.glyphs),
        clip_count: 0,
    };
    for group in &scene.groups {
        walk.group(group)?;
    }
    xml.raw("</svg>\n");
    xml.flush()?;
    Ok(())
}

fn describe(xml: &mut XmlWriter<'_>, title: &str, description: &str) {
    if !title.is_empty() {
        xml.raw("<title>").text(title).raw("</title>");
    }
    if !description.is_empty() {
        xml.raw("<desc>").text(description).raw("</desc>");
    }
}

struct SvgWriter<'a, 'b> {
    scene: &'a Scene,
    xml: &'a mut XmlWriter<'b>,
    typesetter: &'a mut Typesetter,
    /// The defined glyphs, if text is drawn as shapes.
    glyphs: Option<&'a BTreeMap<(FontKey, u32), GlyphDrawing>>,
    /// Number of discs to which images are clipped.
    clip_count: u64,
}

impl SvgWriter<'_, '_> {
    fn group(&mut self, group: &Group) -> Result<(), ExportError> {
        let mut open: Option<u32> = None;
        let mut told: BTreeSet<u32> = BTreeSet::new();
        let mut tone = Tone::default();
        self.xml
            .raw("<g transform=\"translate(")
            .num(group.origin.x)
            .raw(" ")
            .num(group.origin.y)
            .raw(")\">");
        for item in exported_items(group, 1.0) {
            if open != Some(item.object) {
                if open.is_some() {
                    self.xml.raw("</g>");
                    self.xml.flush_if_full()?;
                }
                let subject = group.content.objects.get(item.object as usize);
                tone = subject.map_or_else(Tone::default, |subject| self.scene.tone(subject));
                self.open_object(subject, told.insert(item.object));
                open = Some(item.object);
            }
            self.shape(&item.shape, tone);
        }
        if open.is_some() {
            self.xml.raw("</g>");
        }
        self.xml.raw("</g>");
        self.xml.flush_if_full()?;
        Ok(())
    }

    /// Opens the group of an object, described once; repetitions and chrome are hidden from
    /// assistive tools.
    fn open_object(&mut self, subject: Option<&SceneObject>, first: bool) {
        match subject {
            Some(subject) if first && !subject.title.is_empty() => {
                self.xml.raw("<g role=\"img\">");
                describe(self.xml, &subject.title, &subject.description);
            }
            _ => {
                self.xml.raw("<g aria-hidden=\"true\">");
            }
        }
    }

    fn shape(&mut self, shape: &Shape, tone: Tone) {
        match shape {
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
                self.painted(*fill, stroke.as_ref(), tone);
            }
            Shape::Path { path, fill, stroke } => {
                let path = path.unpack();
                self.xml.raw("<path d=\"").path(&path, 1.0).raw("\"");
                self.painted(*fill, stroke.as_ref(), tone);
            }
            Shape::Icon { icon, rect, color } => {
                let color = self.scene.colors.color(*color);
                open_use(self.xml, |xml| icon_id(xml, *icon));
                let scale = rect.width().min(rect.height()) / Icon::SIDE;
                self.xml
                    .transform(rect.min, scale)
                    .paint("stroke", tone.text(color))
                    .raw("/>");
            }
            Shape::Image {
                source,
                rect,
                round,
            } => self.image(
                &source.bytes,
                source.head,
                rect,
                *round,
                tone.image_opacity(),
            ),
            Shape::Text(line) => match self.glyphs {
                Some(glyphs) => self.outlined(line, glyphs, tone),
                None => self.text(line, tone),
            },
        }
    }

    /// Writes an image with its bytes, under the media type found in the bytes: PNG or JPEG, which
    /// are never active.
    fn image(&mut self, bytes: &[u8], head: ImageHeader, rect: &Rect, round: bool, opacity: f32) {
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
        if opacity < 1.0 {
            self.xml.attribute("opacity", opacity);
        }
        self.xml
            .raw(DATA_ATTRIBUTE)
            .raw(head.media.mime())
            .raw(";base64,")
            .raw(&BASE64_STANDARD.encode(without_extras(bytes)))
            .raw("\"/>");
    }

    /// Ends an element with its fill and stroke.
    fn painted(&mut self, fill: Option<ColorRole>, stroke: Option<&Stroke>, tone: Tone) {
        if let Some(fill) = fill {
            let color = self.scene.colors.color(fill);
            self.xml.paint("fill", tone.fill(color));
        }
        if let Some(stroke) = stroke {
            self.stroke(stroke, tone);
        }
        self.xml.raw("/>");
    }

    fn stroke(&mut self, stroke: &Stroke, tone: Tone) {
        let color = self.scene.colors.color(stroke.color);
        self.xml
            .paint("stroke", tone.line(color))
            .raw(" stroke-linejoin=\"round\"");
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

    fn text(&mut self, line: &TextLine, tone: Tone) {
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
        self.xml
            .paint("fill", tone.text(self.scene.colors.color(line.color)))
            .raw(">")
            .text(&shown)
            .raw("</text>");
    }

    fn outlined(
        &mut self,
        line: &TextLine,
        defined: &BTreeMap<(FontKey, u32), GlyphDrawing>,
        tone: Tone,
    ) {
        let shaped = self.typesetter.shape(&line.text, line.face);
        self.xml
            .raw("<g")
            .transform(line.at, line.size / GLYPH_UNITS)
            .paint("fill", tone.text(self.scene.colors.color(line.color)))
            .raw(">");
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
