//! The drawings of a page: a scene as SVG within HTML, with the numbers of its objects.
//!
//! Must not know: the model's records, layout, the text of the page.

use super::mark_letters::mark_letters;
use crate::export::ExportError;
use crate::export::svg_shapes::ShapeWriter;
use crate::export::xml_writer::XmlWriter;
use crate::geom::{Area, Rect};
use crate::scene::{Group, Marks, ObjectId, Pin, Scene, SceneObject};

/// A drawing of the map.
pub struct Drawing<'p> {
    /// Name, by which tabs lead to it.
    pub name: &'p str,
    /// The drawing.
    pub scene: &'p Scene,
}

/// Numbers of what an object shows, in the order of the map.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ObjectNumbers {
    /// The stage, if it shows one.
    pub stage: Option<usize>,
    /// The touchpoint that it belongs to, or at which it starts.
    pub touchpoint: Option<usize>,
    /// The touchpoint at which a path ends.
    pub target: Option<usize>,
    /// The persona of a feeling.
    pub persona: Option<usize>,
    /// Whether it stands for the stage or touchpoint as a whole.
    pub is_whole: bool,
}

impl Drawing<'_> {
    /// Writes the drawing within a `noscript`, whose content is a mere text to a browser with
    /// scripts: the script makes elements only of groups in sight. Groups that are pinned in the same
    /// way and follow each other are within one element, which the script moves; each group and each
    /// such element begins a line.
    pub(super) fn write(
        &self,
        is_first: bool,
        numbers: &dyn Fn(&ObjectId) -> ObjectNumbers,
        shapes: &mut ShapeWriter<'_, '_>,
    ) -> Result<(), ExportError> {
        let scene = self.scene;
        shapes.xml.raw("<noscript><svg class=\"drawing");
        shapes.xml.raw(if is_first { " front" } else { "" });
        shapes
            .xml
            .raw("\" aria-hidden=\"true\" focusable=\"false\" data-view=\"")
            .raw(self.name)
            .raw("\" viewBox=\"0 0 ")
            .num(scene.width)
            .raw(" ")
            .num(scene.height)
            .raw("\"");
        let top = pinned(scene, Pin::Top);
        let left = pinned(scene, Pin::Left);
        numbers_attribute("data-top", &[top.top, top.height()], shapes.xml);
        numbers_attribute("data-left", &[left.left, left.width()], shapes.xml);
        shapes.xml.raw(">");
        let filled = scene
            .groups
            .iter()
            .filter(|it| !it.content.items.is_empty());
        let filled: Vec<&Group> = filled.collect();
        for run in filled.chunk_by(|one, next| edge(one.pin) == edge(next.pin)) {
            let pin = run.first().map_or("", |group| edge(group.pin));
            shapes.xml.raw("\n<g data-pin=\"").raw(pin).raw("\">");
            for group in run {
                write_group(group, numbers, shapes)?;
            }
            shapes.xml.raw("</g>");
        }
        shapes.xml.raw("</svg></noscript>");
        Ok(())
    }
}

/// The edges to which a pin holds.
fn edge(pin: Pin) -> &'static str {
    match pin {
        Pin::Top
        | Pin::Along {
            is_on_top: true, ..
        } => "top",
        Pin::Left => "left",
        Pin::Corner => "corner",
        Pin::None | Pin::Along { .. } => "none",
    }
}

/// The area covered by what is pinned to an edge.
fn pinned(scene: &Scene, pin: Pin) -> Area {
    let groups = scene.groups.iter();
    let groups = groups.filter(|it| !it.content.items.is_empty());
    let groups = groups.filter(|group| group.pin == pin || group.pin == Pin::Corner);
    let areas = groups.map(|group| group.area(&group.content.bounds));
    areas.reduce(|a, b| a.union(&b)).unwrap_or_default()
}

fn write_group(
    group: &Group,
    numbers: &dyn Fn(&ObjectId) -> ObjectNumbers,
    shapes: &mut ShapeWriter<'_, '_>,
) -> Result<(), ExportError> {
    let (x, y) = (group.origin.x, group.origin.y);
    let area = group.area(&group.content.bounds);
    shapes.xml.raw("\n<g transform=\"translate(").num(x);
    shapes.xml.raw(" ").num(y).raw(")\"");
    let sides = [area.left, area.top, area.right, area.bottom];
    numbers_attribute("data-box", &sides, shapes.xml);
    if group.pin.most_along() > 0.0 {
        numbers_attribute("data-along", &[x, y, group.pin.most_along()], shapes.xml);
    }
    shapes.xml.raw(">");
    for run in group
        .content
        .items
        .chunk_by(|one, next| one.object == next.object)
    {
        let object = run.first().map_or(0, |item| item.object as usize);
        let object = group.content.objects.get(object);
        let object = object.filter(|object| !object.marks.intersects(Marks::CHROME));
        if let Some(object) = object {
            open_object(object, &numbers(&object.id), group, shapes.xml);
        }
        for item in run {
            shapes.item(item);
        }
        if object.is_some() {
            shapes.xml.raw("</g>");
        }
        shapes.xml.flush_if_full()?;
    }
    shapes.xml.raw("</g>");
    Ok(())
}

/// Opens the element of an object that a highlight can dim.
fn open_object(
    object: &SceneObject,
    numbers: &ObjectNumbers,
    group: &Group,
    xml: &mut XmlWriter<'_>,
) {
    xml.raw("<g class=\"o\"");
    for (name, number) in [
        (" data-s=\"", numbers.stage),
        (" data-t=\"", numbers.touchpoint),
        (" data-to=\"", numbers.target),
        (" data-p=\"", numbers.persona),
    ] {
        if let Some(number) = number {
            xml.raw(name).int(number as u64).raw("\"");
        }
    }
    match mark_letters(object.marks) {
        "" => {}
        letters => {
            xml.raw(" data-m=\"").raw(letters).raw("\"");
        }
    }
    if numbers.is_whole && object.area != Rect::EMPTY {
        let area = group.area(&object.area);
        let sides = [area.left, area.top, area.right, area.bottom];
        numbers_attribute("data-area", &sides, xml);
    }
    xml.raw(">");
}

fn numbers_attribute(name: &str, numbers: &[f64], xml: &mut XmlWriter<'_>) {
    xml.raw(" ").raw(name);
    let mut separator = "=\"";
    for number in numbers {
        xml.raw(separator).num(*number);
        separator = " ";
    }
    xml.raw("\"");
}
