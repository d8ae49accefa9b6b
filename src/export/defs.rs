//! Definitions shared within an SVG: icons, characters of embedded fonts, and glyphs of text drawn
//! as shapes.
//!
//! Must not know: the model, layout.

use super::font_subset::UsedChars;
use super::raster::GlyphDrawing;
use super::xml_writer::XmlWriter;
use crate::scene::{SceneItem, Shape, TextLine};
use crate::text::{self, Bitmap, FontKey, Typesetter};
use crate::theme::Icon;
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use std::collections::{BTreeMap, BTreeSet};

/// Definitions shared within an SVG.
#[derive(Default)]
pub(super) struct Defs {
    icons: BTreeSet<Icon>,
    pub(super) used_chars: UsedChars,
    pub(super) glyphs: BTreeMap<(FontKey, u32), GlyphDrawing>,
}

/// Units an em in which glyphs are defined.
pub(super) const GLYPH_UNITS: f32 = 1000.0;

/// Approximate size of bitmap glyphs in pixels an em.
const BITMAP_SIZE: f32 = 128.0;

impl Defs {
    /// The definitions that these items need.
    pub(super) fn of<'s>(
        items: impl Iterator<Item = &'s SceneItem>,
        outlines: bool,
        typesetter: &mut Typesetter,
    ) -> Defs {
        let mut defs = Defs::default();
        for item in items {
            match &item.shape {
                Shape::Icon { icon, .. } => {
                    defs.icons.insert(*icon);
                }
                Shape::Text(line) if outlines => defs.add_glyphs(line, typesetter),
                Shape::Text(line) => {
                    defs.used_chars
                        .add(&text::displayable(&line.text), line.face);
                }
                Shape::Rect { .. } | Shape::Path { .. } | Shape::Image { .. } => {}
            }
        }
        defs
    }

    fn add_glyphs(&mut self, line: &TextLine, typesetter: &mut Typesetter) {
        for glyph in &typesetter.shape(&line.text, line.face).glyphs {
            let key = (glyph.font, glyph.id);
            if self.glyphs.contains_key(&key) {
                continue;
            }
            let drawn = GlyphDrawing::of(glyph.font, glyph.id, BITMAP_SIZE, typesetter);
            if let Some(drawn) = drawn {
                self.glyphs.insert(key, drawn);
            }
        }
    }

    pub(super) fn define(&self, xml: &mut XmlWriter<'_>) {
        for icon in &self.icons {
            // No symbol, because LibreOffice draws it in the size of its view box.
            xml.raw("<path id=\"");
            icon_id(xml, *icon);
            xml.raw("\"")
                .attribute("stroke-width", Icon::STROKE)
                .raw(" stroke-linecap=\"round\" stroke-linejoin=\"round\" d=\"")
                .path(icon.lines(), 1.0)
                .raw("\"/>");
        }
        for ((font, glyph), drawn) in &self.glyphs {
            match drawn {
                GlyphDrawing::Outline(path) => {
                    xml.raw("<path id=\"");
                    glyph_id(xml, *font, *glyph);
                    xml.raw("\" d=\"").path(path, GLYPH_UNITS).raw("\"/>");
                }
                GlyphDrawing::Bitmap(picture) => {
                    let Some(png) = encode_png(picture) else {
                        continue;
                    };
                    xml.raw("<image id=\"");
                    glyph_id(xml, *font, *glyph);
                    xml.raw("\"")
                        .rect(&picture.rect, GLYPH_UNITS)
                        .raw(DATA_ATTRIBUTE)
                        .raw("image/png;base64,")
                        .raw(&BASE64_STANDARD.encode(&png))
                        .raw("\"/>");
                }
            }
        }
    }
}

/// The attribute with the bytes of an image. SVG 2 makes readers take `xlink:href` where there is no
/// `href`; writing the largest part of the file twice would only make it larger.
pub(super) const DATA_ATTRIBUTE: &str = " xlink:href=\"data:";

/// Opens a `use` element with its reference, for readers of SVG 2 and of SVG 1.1.
pub(super) fn open_use(xml: &mut XmlWriter<'_>, id: impl Fn(&mut XmlWriter<'_>)) {
    for start in ["<use href=\"#", " xlink:href=\"#"] {
        xml.raw(start);
        id(xml);
        xml.raw("\"");
    }
}

pub(super) fn icon_id(xml: &mut XmlWriter<'_>, icon: Icon) {
    xml.raw("i").int(icon as u64);
}

pub(super) fn glyph_id(xml: &mut XmlWriter<'_>, font: FontKey, glyph: u32) {
    xml.raw("g")
        .int(u64::from(font.number()))
        .raw("-")
        .int(u64::from(glyph));
}

fn encode_png(picture: &Bitmap) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, picture.width, picture.height);
    encoder.set_color(png::ColorType::Rgba);
    encoder.set_depth(png::BitDepth::Eight);
    let mut writer = encoder.write_header().ok()?;
    writer.write_image_data(&picture.rgba).ok()?;
    writer.finish().ok()?;
    Some(bytes)
}
