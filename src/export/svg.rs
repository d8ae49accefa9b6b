//! SVG with selectable and searchable text, titles and descriptions for assistive tools, fonts
//! embedded or outlined, and nothing active or external.
//!
//! Must not know: the model's records, layout.

use super::defs::Defs;
use super::paper::Paper;
use super::pdf::paper_scene;
use super::svg_shapes::{Paints, ShapeWriter};
use super::xml_writer::XmlWriter;
use super::{ExportError, exported_items};
use crate::scene::{Group, Scene, SceneObject, Tone};
use crate::text::{FAMILY, Typesetter};
use std::collections::BTreeSet;
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
    write(
        scene,
        ((scene.width, scene.height), ""),
        outlines,
        typesetter,
        sink,
    )
}

/// Writes the scene on a page of this paper as SVG of that size.
///
/// # Errors
///
/// As [`svg`], and [`ExportError::NoSize`] if the paper is smaller than its margins.
pub fn svg_on_paper(
    scene: &Scene,
    (paper, outlines): (Paper, bool),
    typesetter: &mut Typesetter,
    sink: &mut dyn Write,
) -> Result<(), ExportError> {
    let page = paper_scene(scene, paper)?;
    let sides = if page.width < page.height {
        (paper.short, paper.long)
    } else {
        (paper.long, paper.short)
    };
    write(&page, (sides, "mm"), outlines, typesetter, sink)
}

/// Writes the scene as SVG with a width and a height in a unit.
fn write(
    scene: &Scene,
    ((width, height), unit): ((f64, f64), &str),
    outlines: bool,
    typesetter: &mut Typesetter,
    sink: &mut dyn Write,
) -> Result<(), ExportError> {
    let mut xml = XmlWriter::new(sink);
    xml.raw("<svg xmlns=\"http://www.w3.org/2000/svg\"")
        .raw(" xmlns:xlink=\"http://www.w3.org/1999/xlink\"")
        .raw(" width=\"")
        .num(width)
        .raw(unit)
        .raw("\" height=\"")
        .num(height)
        .raw(unit)
        .raw("\" viewBox=\"0 0 ")
        .num(scene.width)
        .raw(" ")
        .num(scene.height)
        .raw("\" role=\"graphics-document document\" font-family=\"'")
        .raw(FAMILY)
        .raw("','Fira Sans',Helvetica,Arial,sans-serif\" fill=\"none\">");
    describe(&mut xml, &scene.title, &scene.description);

    let items = scene.groups.iter();
    let items = items.flat_map(|group| exported_items(group, 1.0));
    let defs = Defs::of(items, outlines, typesetter);
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
    let glyphs = outlines.then_some(&defs.glyphs);
    let paints = Paints::Colors(&scene.colors);
    let mut shapes = ShapeWriter::new(&mut xml, typesetter, glyphs, paints);
    for group in &scene.groups {
        write_group(scene, group, &mut shapes)?;
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

fn write_group(
    scene: &Scene,
    group: &Group,
    shapes: &mut ShapeWriter<'_, '_>,
) -> Result<(), ExportError> {
    let mut open: Option<u32> = None;
    let mut told: BTreeSet<u32> = BTreeSet::new();
    shapes
        .xml
        .raw("<g transform=\"translate(")
        .num(group.origin.x)
        .raw(" ")
        .num(group.origin.y)
        .raw(")\">");
    for item in exported_items(group, 1.0) {
        if open != Some(item.object) {
            if open.is_some() {
                shapes.xml.raw("</g>");
                shapes.xml.flush_if_full()?;
            }
            let subject = group.content.objects.get(item.object as usize);
            shapes.tone = subject.map_or_else(Tone::default, |subject| scene.tone(subject));
            open_object(shapes.xml, subject, told.insert(item.object));
            open = Some(item.object);
        }
        shapes.item(item);
    }
    if open.is_some() {
        shapes.xml.raw("</g>");
    }
    shapes.xml.raw("</g>");
    shapes.xml.flush_if_full()?;
    Ok(())
}

/// Opens the group of an object, described once; repetitions and chrome are hidden from assistive
/// tools.
fn open_object(xml: &mut XmlWriter<'_>, subject: Option<&SceneObject>, first: bool) {
    match subject {
        Some(subject) if first && !subject.title.is_empty() => {
            xml.raw("<g role=\"img\">");
            describe(xml, &subject.title, &subject.description);
        }
        _ => {
            xml.raw("<g aria-hidden=\"true\">");
        }
    }
}
